//! How findings are said to people: one line each, repeated ones folded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Code, Finding, Reader, Said, Severity, glance};
use crate::model::Place;
use crate::model::unseen::is_unseen;

/// How many places a folded line names before it only counts.
const NAMED: usize = 2;

/// How many findings of one cause are said one by one where the details stand elsewhere.
const FEW: usize = 3;

/// How much is said of a cause that many files have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every place, and nothing that only one of them says is left out.
    Whole,
    /// A line for each cause: the details stand in a workbook.
    Brief,
}

/// The lines to print, root causes first. What the code marks as folding is said once per sheet: `评价表!I9、I21等3处`;
/// what another finding about the same society says already is not said.
#[must_use]
pub fn lines(findings: &[Finding], to: &Reader<'_>, detail: Detail) -> Vec<(Severity, String)> {
    let groups = groups(findings, to);
    let mut kinds: Vec<Vec<Vec<Said>>> = Vec::new();
    let mut folded: BTreeMap<_, usize> = BTreeMap::new();
    for group in groups {
        let Some(first) = group.first() else {
            continue;
        };
        let words = (detail == Detail::Whole)
            .then(|| (first.message.clone(), first.next.clone(), group.len()));
        let kind = (first.code.id, first.severity, words);
        let next = kinds.len();
        let at = *folded.entry(kind).or_insert(next);
        if at == next {
            kinds.push(Vec::new());
        }
        kinds[at].push(group);
    }
    kinds
        .iter()
        .flat_map(|groups| match detail {
            _ if groups.len() <= FEW => groups.iter().map(|group| single(group)).collect(),
            // Folded ones name lines of the form that are each one's own.
            Detail::Whole if groups[0].len() > 1 => {
                groups.iter().map(|group| single(group)).collect()
            }
            detail => vec![common(groups, detail)],
        })
        .collect()
}

/// What is said together in any case, in order.
fn groups(findings: &[Finding], to: &Reader<'_>) -> Vec<Vec<Said>> {
    let raised: BTreeSet<(&str, Option<&str>)> = findings
        .iter()
        .map(|finding| (finding.code().id, finding.society.as_deref()))
        .collect();
    let mut all: Vec<Said> = findings
        .iter()
        .filter(|finding| {
            let other = finding.code().implied_by;
            let is_said = |other: &Code| raised.contains(&(other.id, finding.society.as_deref()));
            !other.is_some_and(is_said)
        })
        .map(|finding| finding.said(to))
        .collect();
    glance::root_first(&mut all);
    let mut groups: Vec<Vec<Said>> = Vec::new();
    let mut folded: BTreeMap<_, usize> = BTreeMap::new();
    for said in all {
        if said.code.folds {
            // Without a cell it is about people of one society.
            let society = said.place.cell.is_none().then(|| said.society.clone());
            let kind = (said.code.id, said.severity, said.place.at(None), society);
            if let Some(group) = folded.get(&kind) {
                groups[*group].push(said);
                continue;
            }
            folded.insert(kind, groups.len());
        }
        groups.push(vec![said]);
    }
    groups
}

fn single(group: &[Said]) -> (Severity, String) {
    let first = &group[0];
    (first.severity, line(first, group))
}

/// One cause in many places.
fn common(groups: &[Vec<Said>], detail: Detail) -> (Severity, String) {
    let first = &groups[0][0];
    let all = || groups.iter().flatten();
    let what = if all().all(|one| one.message == first.message) {
        &first.message
    } else {
        &first.states
    };
    let next = if all().all(|one| one.next == first.next) {
        &first.next
    } else {
        &first.usually
    };
    let places: Vec<String> = groups
        .iter()
        .filter_map(|group| group.first())
        .map(|said| {
            let cell = said
                .place
                .cell
                .map_or(String::new(), |cell| cell.to_string());
            let way = path(&said.place);
            match (way.is_empty(), cell.is_empty()) {
                (true, _) => said.society.clone().unwrap_or_default(),
                (false, true) => way,
                (false, false) => format!("{way}!{cell}"),
            }
        })
        .filter(|place| !place.is_empty())
        .collect();
    let shown = match detail {
        Detail::Whole => places.len(),
        Detail::Brief => places.len().min(NAMED),
    };
    let more = if shown < places.len() { "等" } else { "" };
    let named = if shown == 0 {
        String::new()
    } else {
        format!("：{}{more}", places[..shown].join("、"))
    };
    let line = format!(
        "【{}】{what}，共{}处{named}。{next}（{}）",
        first.severity.label(),
        all().count(),
        first.code.id
    );
    (first.severity, line)
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
        let _ = write!(line, "{}：{}", first.states, people.join("、"));
    } else {
        let codes: Vec<&str> = group.iter().filter_map(|one| one.line.as_deref()).collect();
        let _ = write!(line, "{}（{}）", first.states, codes.join("、"));
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
