//! 名单 and 指标体系 as people edit and proof-read them: the two lists of a year folder, and the scheme as a
//! table.
//!
//! Headings come from the roster, so that what is written here can be read there. Must not know how a list is
//! read, nor anything of forms.

mod columns;
mod scheme;
mod sheet;
mod words;

use std::collections::BTreeMap;

use crate::error::Error;
use crate::ground::Ground;
use crate::rank::{Pending, Standings};
use crate::register;
use crate::register::AMENDMENTS;
use crate::register::amend::Item;
use crate::roster::{REVIEWER_COLUMNS, SOCIETY_COLUMNS};
use columns::{REGISTER, REVIEWERS, SOCIETIES};
pub use scheme::{table as scheme_table, text as scheme_text};
use sheet::{Offers, made};

/// 学会名单.xlsx with the current contents.
///
/// # Errors
/// The workbook cannot be made.
pub fn societies(ground: &Ground) -> Result<Vec<u8>, Error> {
    let roster = &ground.roster;
    let rows: Vec<Vec<String>> = roster
        .societies
        .iter()
        .map(|society| {
            let group = roster.group_of(society);
            let must = if society.must_take_part { "是" } else { "" };
            vec![
                group.number.to_string(),
                group.lead.clone(),
                society.name.clone(),
                society.aliases.join("、"),
                must.to_owned(),
                society.facts.inspection.clone(),
                society.facts.criticism.clone(),
                society.facts.suspension.clone(),
                society
                    .facts
                    .penalty_until
                    .map_or(String::new(), |day| day.to_string()),
            ]
        })
        .collect();
    let none = Offers::default();
    made("学会名单", &SOCIETY_COLUMNS, &SOCIETIES, &rows, &none)
}

/// 评价人名单.xlsx with the current contents.
///
/// # Errors
/// The workbook cannot be made.
pub fn reviewers(ground: &Ground) -> Result<Vec<u8>, Error> {
    let roster = &ground.roster;
    let rows: Vec<Vec<String>> = roster
        .reviewers
        .iter()
        .map(|reviewer| {
            let group = reviewer.group.and_then(|group| roster.groups.get(group));
            let mut conflicts: Vec<&str> = reviewer
                .conflicts
                .iter()
                .filter_map(|society| roster.societies.get(*society))
                .map(|society| society.name.as_str())
                .collect();
            conflicts.extend(reviewer.unknown_conflicts.iter().map(String::as_str));
            vec![
                reviewer.name.clone(),
                reviewer.unit.clone(),
                group.map_or(String::new(), |group| group.number.to_string()),
                match reviewer.member {
                    Some(true) => "是".to_owned(),
                    Some(false) => "否".to_owned(),
                    None => String::new(),
                },
                conflicts.join("、"),
                reviewer.email.clone(),
            ]
        })
        .collect();
    let none = Offers::default();
    made("评价人名单", &REVIEWER_COLUMNS, &REVIEWERS, &rows, &none)
}

/// 处理登记.xlsx: the rows that the clerk has filled in, where they were, and a row for everything that waits for a
/// decision.
///
/// # Errors
/// The workbook cannot be made.
pub fn register(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    let told = |pending: &Pending| {
        let treatments: Vec<&str> = pending.treatments.iter().map(|one| one.label()).collect();
        [pending.problem.clone(), treatments.join("、")]
    };
    let mut rows: BTreeMap<u32, Vec<String>> = standings.ground.register.rows.clone();
    let mut pending: Vec<&Pending> = standings.pending.iter().collect();
    // Something that was noted, but settles nothing yet, keeps its row. A decision stays bound to what lay there when
    // it was made: with the mark of another form it would count for that one, which nobody has decided.
    for row in rows.values_mut() {
        if !row.get(2).is_some_and(|said| register::is_undecided(said)) {
            continue;
        }
        let same = |one: &&Pending| {
            let is_his = row[1].is_empty() || one.reviewer.is_empty() || row[1] == one.reviewer;
            row[0] == one.subject && is_his
        };
        if let Some(at) = pending.iter().position(same) {
            let one = pending.remove(at);
            row[7].clone_from(&one.verify);
            row[8].clone_from(&one.mark);
            row.extend(told(one));
        }
    }
    // The heading stands in the first row.
    let mut next = 2;
    for one in pending {
        while rows.contains_key(&next) {
            next += 1;
        }
        let mut row = vec![String::new(); register::COLUMNS.len()];
        row[0].clone_from(&one.subject);
        row[1].clone_from(&one.reviewer);
        row[7].clone_from(&one.verify);
        row[8].clone_from(&one.mark);
        row.extend(told(one));
        rows.insert(next, row);
    }
    let last = rows.keys().last().copied().unwrap_or(1);
    let rows: Vec<Vec<String>> = (2..=last)
        .map(|row| rows.remove(&row).unwrap_or_default())
        .collect();
    let headings = [&register::COLUMNS[..], &["待处理的问题", "可以怎样处理"]].concat();
    let offers = Offers {
        societies: names(standings.ground),
        lines: Vec::new(),
    };
    made(register::FILE, &headings, &REGISTER, &rows, &offers)
}

/// A blank 评分更正单.xlsx.
///
/// # Errors
/// The workbook cannot be made.
pub fn amendments(ground: &Ground) -> Result<Vec<u8>, Error> {
    let scheme = &ground.scheme;
    let lines = scheme.lines.iter();
    let offers = Offers {
        societies: names(ground),
        lines: lines
            .map(|line| format!("{} {}", line.code, scheme.indicator(line).title))
            .collect(),
    };
    let headings = Item::ALL.map(Item::label);
    made(AMENDMENTS, &headings, &columns::AMENDMENTS, &[], &offers)
}

fn names(ground: &Ground) -> Vec<String> {
    let societies = ground.roster.societies.iter();
    societies.map(|one| one.name.clone()).collect()
}

#[cfg(test)]
mod tests;
