//! 一览: findings in the order in which they are dealt with, and how many there are of what.
//!
//! Root causes come first over the whole run: what stands for many others by what it means
//! ([`Bearing`](super::Bearing)), then what concerns most files; what concerns no file follows from the rest and stands
//! last.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Said, Severity};
use crate::model::Place;

/// One cause: findings of one code and one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    pub code: &'static Code,
    pub severity: Severity,
    /// What it is, in the scheme's own words.
    pub states: String,
    pub count: usize,
}

/// Brings the heaviest first, and among those root causes.
pub fn root_first(findings: &mut [Said]) {
    let mut files: BTreeMap<Kind, BTreeSet<Place>> = BTreeMap::new();
    for one in findings.iter() {
        let file = Place::file(&one.place.file, &one.place.within);
        files.entry(kind(one)).or_default().insert(file);
    }
    findings.sort_by_cached_key(|one| {
        (
            one.severity,
            one.place.file.is_empty(),
            one.bearing,
            Reverse(files.get(&kind(one)).map(BTreeSet::len)),
            one.code.id,
            one.place.clone(),
        )
    });
}

/// What findings of one cause have in common.
type Kind = (&'static str, Severity);

fn kind(one: &Said) -> Kind {
    (one.code.id, one.severity)
}

/// The causes of findings, in the order of [`root_first`].
#[must_use]
pub fn causes(findings: &[Said]) -> Vec<Cause> {
    let mut sorted = findings.to_vec();
    root_first(&mut sorted);
    let mut causes: Vec<Cause> = Vec::new();
    let mut at: BTreeMap<Kind, usize> = BTreeMap::new();
    for one in &sorted {
        let next = causes.len();
        let index = *at.entry(kind(one)).or_insert(next);
        if index == next {
            causes.push(Cause {
                code: one.code,
                severity: one.severity,
                states: one.states.clone(),
                count: 0,
            });
        }
        causes[index].count += 1;
    }
    causes
}

/// How many there are of what, a line for each weight: `【须更正】5处：文件读不出来（I201）2处；…`. Nothing where there is
/// nothing.
#[must_use]
pub fn lines(findings: &[Said]) -> Vec<String> {
    let causes = causes(findings);
    let said = |severity: Severity| {
        let own: Vec<&Cause> = causes
            .iter()
            .filter(|cause| cause.severity == severity)
            .collect();
        let count: usize = own.iter().map(|cause| cause.count).sum();
        let words: Vec<String> = own
            .iter()
            .map(|cause| format!("{}（{}）{}处", cause.states, cause.code.id, cause.count))
            .collect();
        (count > 0).then(|| format!("【{}】{count}处：{}", severity.label(), words.join("；")))
    };
    [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(said)
        .collect()
}
