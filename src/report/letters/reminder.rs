//! 催报: one text per group, to its lead unit: what has not come, and what has to be done again by somebody else.
//!
//! Whose it is is found out once: groups, people and forms may all be thousands.

use std::collections::{BTreeMap, BTreeSet};

use super::letter::signature;
use crate::ground::Ground;
use crate::model::{GroupId, ReviewerId, SocietyId, day};
use crate::rank::{SocietyState, Standings};
use crate::report::kit::words::return_to;
use crate::report::known::Known;
use crate::report::returns::told::deadline;
use crate::settle::{FormState, is_unsigned};

/// What stands above the mail to a group (an index).
pub(super) fn subject(standings: &Standings<'_>, debts: &Debts, group: GroupId) -> String {
    let lead = &standings.ground.roster.groups[group];
    let label = if lead.is_all() {
        String::new()
    } else {
        lead.label()
    };
    format!(
        "请催办：{label}{}",
        titles(&debts.kinds(standings.ground, group))
    )
}

/// The forms that are owed, by the grounds that they stand on.
fn titles(kinds: &[&Ground]) -> String {
    let titles = kinds.iter().map(|ground| ground.scheme.full_form_title());
    let titles: Vec<String> = titles.map(|title| format!("《{title}》")).collect();
    titles.join("、")
}

/// When they are filled in.
fn stages(kinds: &[&Ground]) -> String {
    let stages = kinds.iter().filter_map(|ground| ground.scheme.stage());
    let said = stages.map(|stage| {
        let (from, to) = (day::say(stage.from), day::say(stage.to));
        format!("{}时间为{from}至{to}", stage.name)
    });
    match said.collect::<Vec<_>>().join("，") {
        none if none.is_empty() => none,
        said => format!("{said}。"),
    }
}

/// What every group owes, each item in words.
pub(super) struct Debts {
    /// The societies (indices) after which a file is named that came and was not read.
    unread: BTreeSet<SocietyId>,
    /// Those that have sent no form of their own, where others have.
    own: BTreeMap<GroupId, Vec<String>>,
    /// The ground that these stand on.
    own_ground: Option<Ground>,
    people: BTreeMap<GroupId, Vec<String>>,
    recused: BTreeMap<GroupId, Vec<String>>,
    /// The groups of societies for which nothing came.
    without: BTreeSet<GroupId>,
}

impl Debts {
    pub(super) fn of(known: &Known<'_>) -> Self {
        let standings = known.standings();
        // While societies assess themselves nobody is asked for what comes after it.
        let mut forms = standings.forms.iter();
        let are_due =
            standings.assessments.is_none() || forms.any(|form| form.state != FormState::Blank);
        let open = standings.files.iter().filter(|file| file.is_open());
        Self {
            unread: open.filter_map(|file| file.unread?.about).collect(),
            own: without_own(standings),
            own_ground: standings
                .assessments
                .as_ref()
                .and_then(|_| standings.ground.assessing()),
            people: if are_due {
                owing(known)
            } else {
                BTreeMap::new()
            },
            recused: recused(known),
            without: if are_due {
                groups_without_form(standings)
            } else {
                BTreeSet::new()
            },
        }
    }

    /// The kinds of forms that a group owes, by the grounds that they stand on.
    fn kinds<'d>(&'d self, ground: &'d Ground, group: GroupId) -> Vec<&'d Ground> {
        let has_own = self.own.contains_key(&group);
        let is_other = [&self.people, &self.recused].map(|debts| debts.contains_key(&group));
        let is_reviewed = is_other.contains(&true) || self.without.contains(&group);
        let reviews = Some(ground).filter(|_| is_reviewed);
        let own = self.own_ground.as_ref().filter(|_| has_own);
        reviews.into_iter().chain(own).collect()
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
            if debts.without.contains(&group) {
                without_form(standings, debts, group)
            } else {
                Vec::new()
            },
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
        (
            &*ground.scheme.own_words("还没有收到自评表的学会"),
            "个",
            own(&debts.own).unwrap_or_default(),
        ),
    ]
    .into_iter()
    .filter(|(_, _, items)| !items.is_empty())
    .map(|(what, measure, items)| (format!("{what}（{}{measure}）", items.len()), items))
    .collect();
    if sections.is_empty() {
        return None;
    }
    let kinds = debts.kinds(ground, group);
    let stage = stages(&kinds);
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
            "　　{whose}{}还有下列未了的，请帮助催办。{stage}",
            titles(&kinds)
        ),
    ];
    for (number, (heading, items)) in ["一", "二", "三", "四"].into_iter().zip(sections) {
        lines.push(String::new());
        lines.push(format!("{number}、{heading}"));
        for (number, item) in (1..).zip(items) {
            lines.push(format!("{number}. {item}"));
        }
    }
    lines.push(String::new());
    // By then all is due, where reviewers' forms are owed as well.
    let first = kinds.first().copied().unwrap_or(ground);
    if let Some(day) = deadline(standings, first) {
        lines.push(format!("　　请于{day}前交齐。谢谢！"));
    }
    lines.extend(return_to(standings));
    lines.extend(signature());
    Some(lines)
}

fn groups_without_form(standings: &Standings<'_>) -> BTreeSet<GroupId> {
    let societies = &standings.ground.roster.societies;
    let all = standings.societies.iter();
    let without = all.filter(|standing| standing.state == SocietyState::Missing);
    without
        .map(|standing| societies[standing.society].group)
        .collect()
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

/// The societies of each group that have sent no form of their own in a round in which others have.
fn without_own(standings: &Standings<'_>) -> BTreeMap<GroupId, Vec<String>> {
    let mut groups: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    let ground = standings.ground;
    let own = standings.assessments.iter();
    for society in own.flat_map(|own| own.owing(ground)) {
        let society = &ground.roster.societies[society];
        let owing = groups.entry(society.group).or_default();
        owing.push(society.name.clone());
    }
    groups
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
