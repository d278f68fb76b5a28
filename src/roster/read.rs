//! From the two lists to a [`Roster`]: every fault of a list at once, each with its cell.

mod reviewers;

use std::collections::BTreeMap;

use super::columns::SocietyColumn;
use super::list::{Faults, List};
use super::{Facts, ReviewGroup, Roster, Society, group_number};
use crate::intake::{Sheet, Value};
use crate::model::{GroupId, fold, fold::is_blank};
use crate::scheme::{Eligibility, Scheme};

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
        recuses: scheme.asks.recusal,
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
    read_societies(&mut roster, scheme, societies, &mut society_faults);
    let mut reviewer_faults = Vec::new();
    reviewers::read(&mut roster, scheme, reviewers, &mut reviewer_faults);
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

/// A heading as a list has it: as the scheme calls those evaluated, or as they were called when all were societies.
fn as_written(sheets: &[Sheet], own: String, old: &str) -> String {
    let is_there = |heading: &str| {
        let folded = fold(heading);
        let mut cells = sheets.iter().flat_map(Sheet::cells);
        cells.any(|(_, value)| fold(&value.written()) == folded)
    };
    if !is_there(&own) && is_there(old) {
        old.to_owned()
    } else {
        own
    }
}

/// Headings, those that a list must have in front.
fn headings<C: Copy>(
    columns: &[C],
    is_needed: impl Fn(C) -> bool,
    heading: impl Fn(C) -> String,
) -> (Vec<String>, usize) {
    let (needed, other): (Vec<C>, Vec<C>) = columns.iter().partition(|column| is_needed(**column));
    let required = needed.len();
    let all = needed.into_iter().chain(other).map(heading).collect();
    (all, required)
}

fn read_societies(roster: &mut Roster, scheme: &Scheme, sheets: &[Sheet], faults: &mut Faults) {
    let columns = SocietyColumn::of(scheme);
    let title = &as_written(sheets, SocietyColumn::Name.heading(scheme), "学会名称");
    let (known, required) = headings(&columns, SocietyColumn::is_needed, |one| match one {
        SocietyColumn::Name => title.clone(),
        other => other.heading(scheme),
    });
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let Some(list) = List::find(sheets, &known, required, faults) else {
        return;
    };
    let mut leads: BTreeMap<u32, (String, u32)> = BTreeMap::new();
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    let mut societies: Vec<(u32, Society)> = Vec::new();
    // Merged or left-out group cells of the official list continue the group above.
    let mut above: Option<u32> = None;
    for row in list.rows() {
        let name = list.text(row, title);
        if name.is_empty() {
            list.fault(faults, row, title, &format!("{title}未填"));
            continue;
        }
        let written = list.text(row, "组号");
        let number = number(scheme, &written, above);
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
                list.fault(faults, row, title, &message);
            }
        }
        let class = class(
            &list,
            faults,
            row,
            scheme.classes.iter().map(|one| &one.name),
        );
        let vetoes = vetoes(&list, faults, row, scheme);
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
                class,
                vetoes,
                must_take_part: must,
                ineligible: reason(&facts, &scheme.eligibility),
                is_withdrawn: false,
                facts,
            },
        ));
    }
    if !scheme.asks.groups {
        roster.groups.push(ReviewGroup {
            number: ReviewGroup::ALL,
            lead: String::new(),
        });
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
        faults.push(format!("名单里没有{}", scheme.object()));
    }
}

/// The number of a group as written; left out, it is that of the row above, and where there are no groups that of all.
fn number(scheme: &Scheme, written: &str, above: Option<u32>) -> Option<u32> {
    if !scheme.asks.groups {
        Some(ReviewGroup::ALL)
    } else if written.is_empty() {
        above
    } else {
        group_number(written)
    }
}

/// The class that 类别 names (an index); a list of classes asks for it in every row.
fn class<'n>(
    list: &List<'_>,
    faults: &mut Faults,
    row: u32,
    mut names: impl Iterator<Item = &'n String> + Clone,
) -> Option<usize> {
    let known: Vec<&String> = names.clone().collect();
    if known.is_empty() {
        return None;
    }
    let written = fold(&list.text(row, "类别"));
    let found = names.position(|name| fold(name) == written);
    if found.is_none() {
        let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
        let message = format!("类别填“{written}”，只能填{}", known.join("、"));
        list.fault(faults, row, "类别", &message);
    }
    found
}

/// What 一票否决 says: 无, or which of the scheme's vetoes apply. None where it says nothing, for then the forms do.
fn vetoes(list: &List<'_>, faults: &mut Faults, row: u32, scheme: &Scheme) -> Option<Vec<usize>> {
    let written = list.text(row, "一票否决");
    if is_blank(&written) {
        return None;
    }
    if fold(&written) == "无" {
        return Some(Vec::new());
    }
    let mut found = Vec::new();
    for name in names(&written) {
        let known = |veto: &crate::scheme::Veto| fold(&veto.name) == fold(&name);
        if let Some(veto) = scheme.vetoes.iter().position(known) {
            found.push(veto);
        } else {
            let known: Vec<&str> = scheme
                .vetoes
                .iter()
                .map(|veto| veto.name.as_str())
                .collect();
            let message = format!(
                "一票否决填“{name}”，只能填无或{}，几项之间用顿号隔开",
                known.join("、")
            );
            list.fault(faults, row, "一票否决", &message);
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
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
