//! From a filled 审议表 to a decision: every fault at once, each with its cell. With one fault nothing is decided.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::meeting::meeting;
use super::{Decided, Decision, Meeting, Opinion, SCHEMA, column};
use crate::ground::Ground;
use crate::intake::{Sheet, Value};
use crate::model::{Points, SocietyId, fold, numerals};
use crate::outcome::{Edition, Outcome, Society};
use crate::report::data::json::TOOL;
use crate::report::kit::words::{subject, subject_head};
use crate::roster::list::{Faults, List};

/// Reads the sheet that was made from `outcome`. `earlier` is the decision whose pending societies it completes.
///
/// # Errors
/// Every row that cannot be decided, with its cell, what was found and what is allowed.
pub fn read(
    ground: &Ground,
    outcome: &Outcome,
    earlier: Option<&Decided>,
    sheets: &[Sheet],
) -> Result<Decided, Faults> {
    let mut faults = Faults::new();
    edition(outcome, &mut faults);
    let meeting = meeting(ground, outcome, sheets, &mut faults);
    let recommended = recommended(ground, sheets, &mut faults);
    let head = subject_head(&ground.scheme);
    let known = [
        head.as_str(),
        column::STARS,
        column::OPINION,
        column::TOTAL,
        column::COMPUTED,
        column::REASON,
        column::VISIT,
        column::FEEDBACK,
        column::VOTES,
        column::RECOMMENDED,
    ];
    let mut decided: BTreeMap<String, Decision> = BTreeMap::new();
    if let Some(list) = List::find(sheets, &known, 6, &mut faults) {
        let mut own = Faults::new();
        let table = Table {
            ground,
            day: meeting.as_ref().map(|meeting| meeting.day),
            list: &list,
            head: &head,
            recommended: &recommended,
        };
        let mut seen = BTreeSet::new();
        for row in list.rows() {
            // The block to sign below the table has nothing in these columns.
            if list.text(row, &head).is_empty() && list.text(row, column::OPINION).is_empty() {
                continue;
            }
            let Some(society) = table.society(outcome, earlier, row, &mut own) else {
                continue;
            };
            if !seen.insert(society.name.clone()) {
                let message = format!("“{}”出现了两次，只能有一行", society.name);
                list.fault(&mut own, row, &head, &message);
                continue;
            }
            if let Some(decision) = table.decision(society, row, &mut own) {
                decided.insert(society.name.clone(), decision);
            }
        }
        faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
        for society in due(outcome, earlier) {
            if !seen.contains(&society.name) {
                faults.push(format!(
                    "缺少“{}”这一行，参加审议的学会一个也不能少",
                    subject(&ground.scheme, &society.name)
                ));
            }
        }
    }
    match meeting {
        Some(meeting) if faults.is_empty() => Ok(complete(outcome, earlier, meeting, &decided)),
        _ => Err(faults),
    }
}

/// The societies that a sheet deliberates on: all that are ranked, or those left pending.
#[must_use]
pub fn due<'o>(outcome: &'o Outcome, earlier: Option<&Decided>) -> Vec<&'o Society> {
    let is_due = |name: &str| {
        earlier.is_none_or(|earlier| {
            let mut pending = earlier.societies.iter().filter(|one| one.stars.is_none());
            pending.any(|one| one.name == name)
        })
    };
    let ranked = outcome.ranked().into_iter();
    ranked.filter(|one| is_due(&one.name)).collect()
}

/// Nothing is decided on what is not final.
fn edition(outcome: &Outcome, faults: &mut Faults) {
    if outcome.results.state != Edition::Final {
        let open = if outcome.results.open.is_empty() {
            "请用 consolidate --final 出正式稿".to_owned()
        } else {
            format!("还有未了事项：{}", outcome.results.open.join("；"))
        };
        faults.push(format!("依据的结果不是正式稿，不能据以审定；{open}"));
    }
    for society in &outcome.results.societies {
        if society.provisional {
            faults.push(format!(
                "“{}”的分数是暂定的（还有评价表待更正），不能据以审定",
                society.name
            ));
        }
    }
}

fn complete(
    outcome: &Outcome,
    earlier: Option<&Decided>,
    meeting: Meeting,
    decided: &BTreeMap<String, Decision>,
) -> Decided {
    let before = |name: &str| earlier?.societies.iter().find(|one| one.name == name);
    let societies = outcome
        .ranked()
        .into_iter()
        .filter_map(|one| {
            let now = decided.get(&one.name);
            now.or_else(|| before(&one.name)).cloned()
        })
        .collect();
    Decided {
        schema: SCHEMA,
        tool: TOOL.to_owned(),
        results: outcome.fingerprint.clone(),
        scheme: outcome.results.scheme.clone(),
        mark: outcome.results.mark.clone(),
        meeting,
        societies,
    }
}

/// A number of stars as people write it: 8, 8星, 八星.
pub(crate) fn star(text: &str) -> Option<u32> {
    let folded = fold(text);
    let bare = folded.strip_suffix('星').unwrap_or(&folded);
    bare.parse().ok().or_else(|| numerals::read(bare))
}

struct Table<'t> {
    ground: &'t Ground,
    /// Of the decision; none where the sheet does not say.
    day: Option<Date>,
    list: &'t List<'t>,
    head: &'t str,
    recommended: &'t BTreeMap<SocietyId, u32>,
}

impl Table<'_> {
    /// Which society a row is about.
    fn society<'o>(
        &self,
        outcome: &'o Outcome,
        earlier: Option<&Decided>,
        row: u32,
        faults: &mut Faults,
    ) -> Option<&'o Society> {
        let written = self.list.text(row, self.head);
        let listed = self.ground.society_named(&written);
        let all = due(outcome, earlier);
        let listed = listed.map(|at| self.ground.roster.societies[at].name.as_str());
        let found = all
            .into_iter()
            .find(|one| Some(one.name.as_str()) == listed);
        if found.is_none() {
            let why = match listed {
                None => "名单中没有这个学会",
                Some(_) if earlier.is_some() => "不在上次暂缓的学会之中",
                Some(_) => "没有列入名次，不在审议之列",
            };
            let message = format!("“{written}”{why}，这一行不应有");
            self.list.fault(faults, row, self.head, &message);
        }
        found
    }

    fn decision(&self, society: &Society, row: u32, faults: &mut Faults) -> Option<Decision> {
        let list = self.list;
        let (total, computed) = (society.total?, society.stars?);
        let before = faults.len();
        // What the sheet was printed with must be what the results say.
        if points(list.value(row, column::TOTAL)) != Some(total) {
            let found = list.text(row, column::TOTAL);
            let message = format!("总分填的是“{found}”，结果中是{total}；总分不能在这里改");
            list.fault(faults, row, column::TOTAL, &message);
        }
        if star(&list.text(row, column::COMPUTED)) != Some(computed) {
            let found = list.text(row, column::COMPUTED);
            let message = format!("测算星级填的是“{found}”，结果中是{computed}星；改在“审议星级”");
            list.fault(faults, row, column::COMPUTED, &message);
        }
        let most = self.ground.scheme.stars.most();
        let written = list.text(row, column::STARS);
        let stars = star(&written).filter(|stars| *stars <= most);
        if !written.is_empty() && stars.is_none() {
            let message = format!("审议星级填的是“{written}”，只能填0至{most}");
            list.fault(faults, row, column::STARS, &message);
        }
        let opinion = list.text(row, column::OPINION);
        let known = Opinion::ALL
            .into_iter()
            .find(|one| one.label() == fold(&opinion));
        let reason = list.text(row, column::REASON);
        let mut fault = |heading: &str, message: &str| list.fault(faults, row, heading, message);
        match (known, stars) {
            (None, _) if opinion.is_empty() => {
                fault(column::OPINION, "审议意见没有填，这个学会还没有审定");
            }
            (None, _) => {
                let message = format!("审议意见填的是“{opinion}”，只能填同意、调整或暂缓");
                fault(column::OPINION, &message);
            }
            (Some(Opinion::Deferred), Some(_)) => {
                fault(
                    column::STARS,
                    "暂缓的不填审议星级；要定星级，审议意见请填同意或调整",
                );
            }
            (Some(Opinion::Agreed | Opinion::Adjusted), None) if written.is_empty() => {
                fault(column::STARS, "审议星级没有填，这个学会还没有审定");
            }
            (Some(Opinion::Agreed), Some(stars)) if stars != computed => {
                let message = format!(
                    "审议意见是同意，审议星级却是{stars}星，测算是{computed}星；改了星级请填调整"
                );
                fault(column::OPINION, &message);
            }
            (Some(Opinion::Adjusted), Some(stars)) if stars == computed => {
                let message =
                    format!("审议意见是调整，审议星级却与测算的{computed}星相同；没有改请填同意");
                fault(column::OPINION, &message);
            }
            _ => {}
        }
        if matches!(known, Some(Opinion::Adjusted | Opinion::Deferred)) && reason.is_empty() {
            fault(column::REASON, "调整和暂缓都要写明理由");
        }
        let listed = self.ground.roster.society_named(&society.name);
        let recommended = listed.and_then(|at| self.recommended.get(&at).copied());
        let copied = list.text(row, column::RECOMMENDED);
        let given = star(&copied).filter(|stars| *stars <= most);
        let differs = recommended.is_some() && given != recommended;
        if !copied.is_empty() && (given.is_none() || differs) {
            let said = recommended.map_or_else(|| "没有填".to_owned(), |one| format!("{one}星"));
            let message = format!("推荐星级填的是“{copied}”，本组推荐页上是{said}");
            list.fault(faults, row, column::RECOMMENDED, &message);
        }
        let recommended = recommended.or(given);
        let opinion = known.filter(|_| faults.len() == before)?;
        let scheme = &self.ground.scheme;
        Some(Decision {
            name: society.name.clone(),
            group: society.group,
            total,
            rank: society.rank,
            computed_stars: computed,
            computed_grade: society.grade.clone(),
            recommended,
            visit: list.text(row, column::VISIT),
            feedback: list.text(row, column::FEEDBACK),
            votes: list.text(row, column::VOTES),
            opinion,
            reason,
            day: self.day?,
            stars,
            grade: stars
                .and_then(|stars| scheme.grade(stars))
                .map(str::to_owned),
        })
    }
}

/// Points as a sheet holds them.
fn points(value: Option<&Value>) -> Option<Points> {
    match value? {
        Value::Number(number) => Points::bounded(*number),
        other => other.written().parse().ok(),
    }
}

/// 小组推荐星级 by society.
fn recommended(ground: &Ground, sheets: &[Sheet], faults: &mut Faults) -> BTreeMap<SocietyId, u32> {
    let head = subject_head(&ground.scheme);
    let known = [head.as_str(), column::GROUP_RECOMMENDED];
    let most = ground.scheme.stars.most();
    let mut recommended = BTreeMap::new();
    for sheet in sheets {
        let one = std::slice::from_ref(sheet);
        // Sheets of other kinds have no such headings.
        let Some(list) = List::find(one, &known, 2, &mut Faults::new()) else {
            continue;
        };
        for row in list.rows() {
            let written = list.text(row, column::GROUP_RECOMMENDED);
            let Some(society) = ground.society_named(&list.text(row, &head)) else {
                continue;
            };
            match star(&written).filter(|stars| *stars <= most) {
                Some(stars) => {
                    recommended.insert(society, stars);
                }
                None if written.is_empty() => {}
                None => {
                    let message = format!("小组推荐星级填的是“{written}”，只能填0至{most}");
                    let mut own = Faults::new();
                    list.fault(&mut own, row, column::GROUP_RECOMMENDED, &message);
                    faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
                }
            }
        }
    }
    recommended
}
