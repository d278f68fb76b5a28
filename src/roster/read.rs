//! From the two lists to a [`Roster`]: every fault of a list at once, each with its cell.

use std::collections::BTreeMap;
use std::mem;

use super::list::{Faults, List};
use super::{Facts, ReviewGroup, Reviewer, Roster, Society, WrittenConflict, group_number};
use crate::intake::{Sheet, Value};
use crate::model::{
    GroupId, Keyed, Likeness, Located, Name, Person, ReviewerId, fold, fold::is_blank,
};
use crate::scheme::{Eligibility, Scheme};

/// Headings of 学会名单; the first three are required.
pub const SOCIETY_COLUMNS: [&str; 9] = [
    "组号",
    "牵头联系单位",
    "学会名称",
    "别名",
    "原则上必须参评",
    "上年度年检结论",
    "通报批评",
    "停业整顿",
    "处罚期至",
];

/// Headings of 评价人名单; the first two are required.
pub const REVIEWER_COLUMNS: [&str; 6] = [
    "姓名",
    "单位",
    "组号",
    "是否中共党员",
    "应回避的学会",
    "邮箱",
];

/// What the annual inspection can have found.
const INSPECTIONS: [&str; 4] = ["", "合格", "基本合格", "不合格"];
/// Whether a criticism or suspension has been put right.
const REMEDIES: [&str; 4] = ["", "无", "未整改", "已整改"];

/// Reads the two lists under a scheme.
///
/// # Errors
/// The faults of 学会名单 and of 评价人名单, in this order; both are read to the end.
pub fn read(
    scheme: &Scheme,
    societies: &[Sheet],
    reviewers: &[Sheet],
) -> Result<Roster, (Faults, Faults)> {
    let members = scheme.units.members.iter().flat_map(|field| &field.names);
    let mut roster = Roster {
        known_units: members.cloned().collect(),
        one_units: scheme
            .units
            .members
            .iter()
            .filter(|field| field.is_one)
            .map(|field| field.names.clone())
            .collect(),
        organs: scheme.units.suffixes.clone(),
        ..Roster::default()
    };
    let mut society_faults = Vec::new();
    read_societies(
        &mut roster,
        &scheme.eligibility,
        societies,
        &mut society_faults,
    );
    let mut reviewer_faults = Vec::new();
    read_reviewers(&mut roster, reviewers, &mut reviewer_faults);
    // What was asked while the list was being read did not know all of it.
    roster.names.take();
    if society_faults.is_empty() && reviewer_faults.is_empty() {
        Ok(roster)
    } else {
        Err((society_faults, reviewer_faults))
    }
}

/// Several names in one cell.
fn names(text: &str) -> Vec<String> {
    text.split(['、', '；', ';', '，', ',', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn read_societies(
    roster: &mut Roster,
    eligibility: &Eligibility,
    sheets: &[Sheet],
    faults: &mut Faults,
) {
    let Some(list) = List::find(sheets, &SOCIETY_COLUMNS, 3, faults) else {
        return;
    };
    let mut leads: BTreeMap<u32, (String, u32)> = BTreeMap::new();
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    let mut societies: Vec<(u32, Society)> = Vec::new();
    // Merged or left-out group cells of the official list continue the group above.
    let mut above: Option<u32> = None;
    for row in list.rows() {
        let name = list.text(row, "学会名称");
        if name.is_empty() {
            list.fault(faults, row, "学会名称", "学会名称未填");
            continue;
        }
        let written = list.text(row, "组号");
        let number = if written.is_empty() {
            above
        } else {
            group_number(&written)
        };
        let Some(number) = number else {
            list.fault(faults, row, "组号", &format!("组号填“{written}”，应为整数"));
            continue;
        };
        above = Some(number);
        let lead = list.text(row, "牵头联系单位");
        if !lead.is_empty() {
            let (first, at) = leads.entry(number).or_insert_with(|| (lead.clone(), row));
            if fold(first) != fold(&lead) {
                let message = format!(
                    "第{number}组的牵头联系单位与第{}行的“{first}”不一致",
                    *at + 1
                );
                list.fault(faults, row, "牵头联系单位", &message);
            }
        }
        let aliases = names(&list.text(row, "别名"));
        for name in std::iter::once(&name).chain(&aliases) {
            if let Some(at) = known.insert(fold(name), row) {
                let message = format!("“{name}”在第{}行已经出现过", at + 1);
                list.fault(faults, row, "学会名称", &message);
            }
        }
        let facts = facts(&list, faults, row);
        let must = list.choice(faults, row, "原则上必须参评", &["", "是", "否"]) == "是";
        societies.push((
            number,
            Society {
                name,
                aliases,
                ruled_aliases: Vec::new(),
                row: row + 1,
                // Known only when all groups are.
                group: GroupId::at(0),
                must_take_part: must,
                ineligible: reason(&facts, eligibility),
                is_withdrawn: false,
                facts,
            },
        ));
    }
    for (number, (lead, _)) in &leads {
        roster.groups.push(ReviewGroup {
            number: *number,
            lead: lead.clone(),
        });
    }
    for (number, mut society) in societies {
        let group = roster.groups.find(|group| group.number == number);
        if let Some(group) = group {
            society.group = group;
            roster.societies.push(society);
            continue;
        }
        let message = format!("第{number}组没有写牵头联系单位");
        if !faults.contains(&message) {
            faults.push(message);
        }
    }
    if roster.societies.is_empty() && faults.is_empty() {
        faults.push("名单里没有学会".to_owned());
    }
}

fn facts(list: &List<'_>, faults: &mut Faults, row: u32) -> Facts {
    let penalty_until = match list.value(row, "处罚期至") {
        None => None,
        Some(Value::Date { day: Some(day), .. }) => Some(*day),
        Some(value) => {
            let text = value.written();
            let day = crate::model::day::read(&text);
            if day.is_none() && !is_blank(&text) {
                let message = format!("处罚期至填“{text}”，应为日期，如 2018-12-31");
                list.fault(faults, row, "处罚期至", &message);
            }
            day
        }
    };
    Facts {
        inspection: list.choice(faults, row, "上年度年检结论", &INSPECTIONS),
        criticism: list.choice(faults, row, "通报批评", &REMEDIES),
        suspension: list.choice(faults, row, "停业整顿", &REMEDIES),
        penalty_until,
    }
}

/// Why a society is not accepted (办法7.2), or none.
fn reason(facts: &Facts, eligibility: &Eligibility) -> Option<String> {
    let mut reasons = Vec::new();
    if eligibility.refused_inspections.contains(&facts.inspection) {
        reasons.push(format!("上年度年检{}", facts.inspection));
    }
    if facts.criticism == "未整改" {
        reasons.push("通报批评未完成整改".to_owned());
    }
    if facts.suspension == "未整改" {
        reasons.push("停业整顿未完成整改".to_owned());
    }
    if let (Some(until), Some(on)) = (facts.penalty_until, eligibility.on)
        && until >= on
    {
        reasons.push(format!(
            "仍在处罚期内（至{}）",
            crate::model::day::say(until)
        ));
    }
    (!reasons.is_empty()).then(|| reasons.join("；"))
}

/// Whether a text is one address of a mail.
fn is_address(text: &str) -> bool {
    let is_plain =
        |one: char| one.is_ascii_graphic() && !matches!(one, '<' | '>' | ',' | ';' | '"');
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && text.chars().all(is_plain)
    })
}

fn read_reviewers(roster: &mut Roster, sheets: &[Sheet], faults: &mut Faults) {
    let Some(list) = List::find(sheets, &REVIEWER_COLUMNS, 2, faults) else {
        return;
    };
    let mut known: Keyed<ReviewerId, (Person, u32)> = Keyed::default();
    let mut by_name: BTreeMap<Name, Vec<ReviewerId>> = BTreeMap::new();
    for row in list.rows() {
        let (name, unit) = (list.text(row, "姓名"), list.text(row, "单位"));
        if name.is_empty() {
            list.fault(faults, row, "姓名", "姓名未填");
        }
        if unit.is_empty() {
            list.fault(faults, row, "单位", "单位未填");
        }
        let written = list.text(row, "组号");
        let group = group_number(&written)
            .and_then(|number| roster.groups.find(|group| group.number == number));
        if group.is_none() && !written.is_empty() {
            list.fault(
                faults,
                row,
                "组号",
                &format!("学会名单中没有“{written}”这一组"),
            );
        }
        let member = match list
            .choice(faults, row, "是否中共党员", &["", "是", "否"])
            .as_str()
        {
            "是" => Some(true),
            "否" => Some(false),
            _ => None,
        };
        let email = list.text(row, "邮箱");
        if !email.is_empty() && !is_address(&email) {
            let message = format!("邮箱填“{email}”，应是一个邮箱地址，如 name@example.org");
            list.fault(faults, row, "邮箱", &message);
        }
        let mut conflicts = Vec::new();
        let mut unknown_conflicts = Vec::new();
        for name in names(&list.text(row, "应回避的学会")) {
            let key = roster.unit_key(&name);
            let society = roster
                .societies
                .ids()
                .find(|society| roster.unit_key(&roster.societies[*society].name) == key);
            if let Some(cell) = list.cell(row, "应回避的学会") {
                roster.written_conflicts.push(WrittenConflict {
                    reviewer: roster.reviewers.next(),
                    name: Located::new(name.clone(), cell),
                    society,
                });
            }
            match society {
                Some(society) => conflicts.push(society),
                None => unknown_conflicts.push(name),
            }
        }
        let person = roster.person(&name, &unit);
        let same: Vec<ReviewerId> = by_name
            .get(&person.name)
            .into_iter()
            .flatten()
            .copied()
            .filter(|index| known[*index].0.likeness(&person) == Likeness::Same)
            .collect();
        let says = |index: &&ReviewerId| roster.reviewers[**index].member.is_some();
        if let Some(other) = same.iter().find(says)
            && member.is_some()
            && roster.reviewers[*other].member != member
        {
            let at = known[*other].1 + 1;
            let message = format!("“{name}”（{unit}）是否中共党员与第{at}行不一致");
            list.fault(faults, row, "是否中共党员", &message);
        }
        let rows = by_name.entry(person.name.clone()).or_default();
        rows.push(known.push((person, row)));
        roster.reviewers.push(Reviewer {
            name,
            unit,
            group,
            member,
            conflicts,
            unknown_conflicts,
            email,
        });
    }
    unite(roster, &known, &by_name);
}

/// One person in several rows is one person: every row says what all of them say, and a row that adds no group goes.
fn unite(
    roster: &mut Roster,
    known: &Keyed<ReviewerId, (Person, u32)>,
    by_name: &BTreeMap<Name, Vec<ReviewerId>>,
) {
    let mut stands_for: Keyed<ReviewerId, ReviewerId> = roster.reviewers.ids().collect();
    for rows in by_name.values().filter(|rows| rows.len() > 1) {
        let listed = roster.reviewers.clone();
        for row in rows {
            let same = rows
                .iter()
                .filter(|other| known[**other].0.likeness(&known[*row].0) == Likeness::Same);
            let one = &mut roster.reviewers[*row];
            for other in same {
                one.member = one.member.or(listed[*other].member);
                let conflicts = listed[*other].conflicts.iter().copied();
                one.conflicts.extend(conflicts);
                let is_earlier = other < row && stands_for[*other] == *other;
                let adds_no_group = one.group.is_none() || one.group == listed[*other].group;
                if is_earlier && adds_no_group && stands_for[*row] == *row {
                    stands_for[*row] = *other;
                }
            }
            one.conflicts.sort_unstable();
            one.conflicts.dedup();
        }
    }
    // What goes has said all it says in the row that stays.
    let mut places: Keyed<ReviewerId, ReviewerId> = Keyed::default();
    let mut kept = Keyed::default();
    for ((row, stands), reviewer) in stands_for.entries().zip(mem::take(&mut roster.reviewers)) {
        let place = if *stands == row {
            kept.push(reviewer)
        } else {
            places[*stands]
        };
        places.push(place);
    }
    roster.reviewers = kept;
    for conflict in &mut roster.written_conflicts {
        conflict.reviewer = places[conflict.reviewer];
    }
}
