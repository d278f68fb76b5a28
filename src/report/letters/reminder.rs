//! 催报: one text per group, to its lead unit: what has not come, and what has to be done again by somebody else.
//!
//! Whose it is is found out once: groups, people and forms may all be thousands.

use std::collections::{BTreeMap, BTreeSet};

use super::letter::signature;
use crate::model::{GroupId, ReviewerId, SocietyId, day};
use crate::rank::{SocietyState, Standings};
use crate::report::kit::words::{deadline, form_title, return_to};
use crate::report::known::Known;
use crate::settle::{FormState, is_unsigned};

/// What stands above the mail to a group (an index).
pub(super) fn subject(standings: &Standings<'_>, group: GroupId) -> String {
    let lead = &standings.ground.roster.groups[group];
    let label = if lead.is_all() {
        String::new()
    } else {
        lead.label()
    };
    format!("请催办：{label}《{}》", form_title(standings))
}

/// What every group owes, each item in words.
pub(super) struct Debts {
    /// The societies (indices) after which a file is named that came and was not read.
    unread: BTreeSet<SocietyId>,
    people: BTreeMap<GroupId, Vec<String>>,
    recused: BTreeMap<GroupId, Vec<String>>,
}

impl Debts {
    pub(super) fn of(known: &Known<'_>) -> Self {
        let standings = known.standings();
        let open = standings.files.iter().filter(|file| file.is_open());
        Self {
            unread: open.filter_map(|file| file.unread?.about).collect(),
            people: owing(known),
            recused: recused(known),
        }
    }
}

/// The lines of a group's (an index); none where it owes nothing.
pub(super) fn lines(
    standings: &Standings<'_>,
    debts: &Debts,
    group: GroupId,
) -> Option<Vec<String>> {
    let own = |debts: &BTreeMap<GroupId, Vec<String>>| debts.get(&group).cloned();
    let ground = standings.ground;
    let roster = &ground.roster;
    let lead = &roster.groups[group];
    let sections: Vec<(String, Vec<String>)> = [
        (
            &*ground.scheme.own_words("还没有收到评价表的学会"),
            "个",
            without_form(standings, debts, group),
        ),
        (
            "评价人还没有交的",
            "人",
            own(&debts.people).unwrap_or_default(),
        ),
        (
            "评价人应当回避，须另请他人评价的",
            "份",
            own(&debts.recused).unwrap_or_default(),
        ),
    ]
    .into_iter()
    .filter(|(_, _, items)| !items.is_empty())
    .map(|(what, measure, items)| (format!("{what}（{}{measure}）", items.len()), items))
    .collect();
    if sections.is_empty() {
        return None;
    }
    let stage = ground.scheme.stage().map_or(String::new(), |stage| {
        format!(
            "{}时间为{}至{}。",
            stage.name,
            day::say(stage.from),
            day::say(stage.to)
        )
    });
    // Without groups there is no lead to be asked.
    let (whom, whose) = if lead.is_all() {
        ("各有关单位", String::new())
    } else {
        let whose = format!("贵单位牵头的{}，", lead.label());
        (lead.lead.as_str(), whose)
    };
    let mut lines = vec![
        format!("{whom}："),
        String::new(),
        format!(
            "　　{whose}《{}》还有下列未了的，请帮助催办。{stage}",
            form_title(standings)
        ),
    ];
    for (number, (heading, items)) in ["一", "二", "三"].into_iter().zip(sections) {
        lines.push(String::new());
        lines.push(format!("{number}、{heading}"));
        for (number, item) in (1..).zip(items) {
            lines.push(format!("{number}. {item}"));
        }
    }
    lines.push(String::new());
    if let Some(day) = deadline(standings) {
        lines.push(format!("　　请于{day}前交齐。谢谢！"));
    }
    lines.extend(return_to(standings));
    lines.extend(signature());
    Some(lines)
}

/// The accepted societies of the group for which nothing came.
fn without_form(standings: &Standings<'_>, debts: &Debts, group: GroupId) -> Vec<String> {
    let roster = &standings.ground.roster;
    standings
        .of_group(group)
        .filter(|standing| standing.state == SocietyState::Missing)
        .map(|standing| {
            let society = &roster.societies[standing.society];
            let must = if society.must_take_part {
                "（原则上必须参评）"
            } else {
                ""
            };
            let unread = if debts.unread.contains(&standing.society) {
                "（发来的文件没有读成，请重新发来）"
            } else {
                ""
            };
            format!("{}{must}{unread}", society.name)
        })
        .collect()
}

/// The listed reviewers of each group who owe a form, person by person. Where a form of the society that is surely the
/// group's names nobody, it may be the one.
fn owing(known: &Known<'_>) -> BTreeMap<GroupId, Vec<String>> {
    let standings = known.standings();
    let roster = &standings.ground.roster;
    let forms = standings.forms.entries();
    let unsigned: BTreeSet<SocietyId> = forms
        .filter(|(index, form)| is_unsigned(form) && known.group(*index).is_some())
        .filter_map(|(_, form)| form.society)
        .collect();
    let mut groups: BTreeMap<GroupId, BTreeMap<ReviewerId, Vec<String>>> = BTreeMap::new();
    for owing in &standings.owing {
        let society = &roster.societies[owing.society];
        if let Some(reviewer) = owing.reviewer {
            let maybe = if unsigned.contains(&owing.society) {
                "（收到过没有填评价人的一份，是这一份的不用重填，请告知）"
            } else {
                ""
            };
            let people = groups.entry(society.group).or_default();
            let societies: &mut Vec<String> = people.entry(reviewer).or_default();
            societies.push(format!("{}{maybe}", society.name));
        }
    }
    let said = |(reviewer, societies): (ReviewerId, Vec<String>)| {
        let reviewer = &roster.reviewers[reviewer];
        format!(
            "{}（{}）：{}",
            reviewer.name,
            reviewer.unit,
            societies.join("、")
        )
    };
    let groups = groups.into_iter();
    groups
        .map(|(group, people)| (group, people.into_iter().map(said).collect()))
        .collect()
}

/// The forms that are surely of each group, whose reviewers should have stood aside.
fn recused(known: &Known<'_>) -> BTreeMap<GroupId, Vec<String>> {
    let standings = known.standings();
    let roster = &standings.ground.roster;
    let mut groups: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    let forms = standings.forms.entries();
    for (index, form) in forms.filter(|(_, form)| form.state == FormState::Recused) {
        let society = form.society.and_then(|one| roster.societies.get(one));
        let (Some(group), Some(society)) = (known.group(index), society) else {
            continue;
        };
        let reviewer = if form.reviewer.is_empty() {
            "评价人没有填"
        } else {
            &form.reviewer
        };
        let said = format!("{}：{reviewer}", society.name);
        groups.entry(group).or_default().push(said);
    }
    groups
}
