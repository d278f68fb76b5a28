//! How findings are said to people: one line each, repeated ones folded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Finding, Reader, Said, Severity};
use crate::model::Place;
use crate::model::unseen::is_unseen;

/// How many places a folded line names before it only counts.
const NAMED: usize = 2;

/// The lines to print, heaviest first, in the order of files and places. What the code marks as folding is
/// said once per sheet: `评价表!I9、I21等3处`; what another finding about the same society says already is not said.
#[must_use]
pub fn lines(findings: &[Finding], to: &Reader<'_>) -> Vec<(Severity, String)> {
    let raised: BTreeSet<(&str, Option<&str>)> = findings
        .iter()
        .map(|finding| (finding.code().id, finding.society.as_deref()))
        .collect();
    let mut groups: Vec<Vec<Said>> = Vec::new();
    let mut folded: BTreeMap<_, usize> = BTreeMap::new();
    for finding in findings {
        let code = finding.code();
        if code
            .implied_by
            .is_some_and(|other| raised.contains(&(other.id, finding.society.as_deref())))
        {
            continue;
        }
        if code.folds {
            // Without a cell it is about people of one society.
            let society = finding.place.cell.is_none().then_some(&finding.society);
            let kind = (code.id, finding.severity, finding.place.at(None), society);
            if let Some(group) = folded.get(&kind) {
                groups[*group].push(finding.said(to));
                continue;
            }
            folded.insert(kind, groups.len());
        }
        groups.push(vec![finding.said(to)]);
    }
    let mut lines: Vec<(Severity, String)> = groups
        .iter()
        .filter_map(|group| {
            group
                .first()
                .map(|first| (first.severity, line(first, group)))
        })
        .collect();
    lines.sort_by_key(|(severity, _)| *severity);
    lines
}

/// One finding, or several of one kind in one sheet.
fn line(first: &Said, group: &[Said]) -> String {
    let mut line = format!("【{}】", first.severity.label());
    let mut place = path(&first.place);
    let cells: Vec<String> = group
        .iter()
        .filter_map(|finding| finding.place.cell.map(|cell| cell.to_string()))
        .collect();
    if !cells.is_empty() {
        if !first.place.sheet.is_empty() {
            place.push('!');
        } else if !place.is_empty() {
            place.push_str(" › ");
        }
        place.push_str(&cells[..cells.len().min(NAMED)].join("、"));
        if cells.len() > NAMED {
            let _ = write!(place, "等{}处", cells.len());
        }
    }
    if place.is_empty() {
        place = first.society.clone().unwrap_or_default();
    }
    if !place.is_empty() {
        let _ = write!(line, "{place}：");
    }
    if group.len() == 1 {
        line.push_str(&first.message);
    } else if cells.is_empty() {
        let people: Vec<&str> = group
            .iter()
            .filter_map(|one| one.reviewer.as_deref())
            .collect();
        let _ = write!(line, "{}：{}", first.code.states, people.join("、"));
    } else {
        let codes: Vec<&str> = group.iter().filter_map(|one| one.line.as_deref()).collect();
        let _ = write!(line, "{}（{}）", first.code.states, codes.join("、"));
    }
    let _ = write!(line, "。{}（{}）", first.next, first.code.id);
    line
}

/// File, inner path and sheet of a place: `组1.eml › 评价表.zip › 中国地质学会.xlsx › 评价表`.
#[must_use]
pub fn path(place: &Place) -> String {
    std::iter::once(&place.file)
        .chain(&place.within)
        .chain(std::iter::once(&place.sheet))
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" › ")
}

/// A value from a form in quotes, as it may be shown in a message.
#[must_use]
pub fn quote(text: &str) -> String {
    format!("“{}”", shown(text))
}

/// A value from a form as it may be shown in a message, cell or letter: no control characters, not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text
        .chars()
        .map(
            |character| {
                if is_unseen(character) { ' ' } else { character }
            },
        )
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown.trim().to_owned()
}
