//! The meeting as the sheet tells it: which results, which day, who was there, who recused.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Decided, Item, Meeting, Member, column};
use crate::ground::Ground;
use crate::intake::Sheet;
use crate::model::{day, fold};
use crate::outcome::Outcome;
use crate::roster::list::{Faults, List};
use crate::scheme::Scheme;

/// The meeting, and whether the sheet was made from these results.
pub(super) fn meeting(
    ground: &Ground,
    outcome: &Outcome,
    earlier: Option<&Decided>,
    sheets: &[Sheet],
    faults: &mut Faults,
) -> Option<Meeting> {
    let all = faults;
    let faults = &mut Faults::new();
    let list = List::find(sheets, &[column::ITEM, column::CONTENT], 2, all)?;
    let mut written: BTreeMap<&str, (u32, String)> = BTreeMap::new();
    for row in list.rows() {
        let label = fold(&list.text(row, column::ITEM));
        if let Some(item) = Item::ALL.iter().find(|item| fold(item.label()) == label) {
            written.insert(item.label(), (row, list.text(row, column::CONTENT)));
        }
    }
    let text = |item: Item| {
        written
            .get(item.label())
            .map_or(String::new(), |(_, text)| text.clone())
    };
    let row = |item: Item| written.get(item.label()).map_or(0, |(row, _)| *row);
    let made_from = text(Item::Results);
    if made_from != outcome.fingerprint {
        let message = format!(
            "这张审议表依据的是结果“{made_from}”，现在给的结果是“{}”；结果改过以后，审议表要重新出",
            outcome.fingerprint
        );
        list.fault(faults, row(Item::Results), column::CONTENT, &message);
    }
    let on = text(Item::Day);
    let found = day::read(&on);
    if found.is_none() {
        let message = format!(
            "审定日期填的是“{on}”，应写成{}这样的日期{}",
            ground.scheme.deciding_day(),
            counted_from(ground)
        );
        list.fault(faults, row(Item::Day), column::CONTENT, &message);
    }
    if let Some(why) = found.and_then(|day| too_early(day, outcome, earlier)) {
        let message = format!("审定日期填的是“{on}”，{why}，请核对年月日");
        list.fault(faults, row(Item::Day), column::CONTENT, &message);
    }
    all.extend(faults.drain(..).map(|fault| list.placed(&fault)));
    let members = members(ground, sheets, all);
    Some(Meeting {
        day: found?,
        place: text(Item::Place),
        chair: text(Item::Chair),
        clerk: text(Item::Clerk),
        minutes: text(Item::Minutes),
        members,
    })
}

/// Nothing is decided before what it is decided on was there: such a day is a slip, and the term would begin with it.
fn too_early(day: Date, outcome: &Outcome, earlier: Option<&Decided>) -> Option<String> {
    let as_of = outcome.results.as_of.filter(|as_of| day < *as_of);
    let before = earlier.map(|earlier| earlier.meeting.day);
    let before = before.filter(|before| day < *before);
    let as_of = as_of.map(|as_of| format!("早于评价数据的截至日期（{}）", day::say(as_of)));
    as_of.or_else(|| before.map(|before| format!("早于上次审定的日期（{}）", day::say(before))))
}

/// What hangs on the day.
fn counted_from(ground: &Ground) -> &'static str {
    if ground.scheme.validity_years.is_some() {
        "；有效期从这一天算起"
    } else {
        ""
    }
}

/// The heading above those whom a member must not deliberate on: `应回避的学会`.
#[must_use]
pub fn recused_head(scheme: &Scheme) -> String {
    format!("应回避的{}", scheme.object())
}

/// The members of the committee, as their list or the sheet has them.
pub fn members(ground: &Ground, sheets: &[Sheet], faults: &mut Faults) -> Vec<Member> {
    let scheme = &ground.scheme;
    let recusals = recused_head(scheme);
    let known = [
        column::MEMBER,
        column::UNIT,
        column::PRESENT,
        recusals.as_str(),
    ];
    let mut members = Vec::new();
    let Some(list) = List::find(sheets, &known, 2, faults) else {
        return members;
    };
    let mut own = Faults::new();
    for row in list.rows() {
        let name = list.text(row, column::MEMBER);
        if name.is_empty() {
            continue;
        }
        let recused = list.text(row, &recusals);
        let recused: Vec<String> = recused
            .split(['、', '，', ',', ';', '；', '\n'])
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        for one in &recused {
            if ground.society_named(one).is_none() {
                let message = format!(
                    "应回避的“{one}”不在{}中，请写名单中的全称",
                    scheme.list_name()
                );
                list.fault(&mut own, row, &recusals, &message);
            }
        }
        members.push(Member {
            name,
            unit: list.text(row, column::UNIT),
            present: list.text(row, column::PRESENT),
            recused,
        });
    }
    faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
    members
}
