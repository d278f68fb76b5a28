//! 待处理: what waits for the clerk's word, and what could settle it. Offered, never decided.

use std::collections::BTreeMap;

use crate::check::file::hides_forms;
use crate::check::{FormState, ReceivedFile, SettledForm};
use crate::finding::text::path;
use crate::finding::{Finding, Reader, Severity};
use crate::ground::Ground;
use crate::model::Place;
use crate::register::Treatment;

/// 待处理: something that waits for the clerk's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// As 文件或学会 names it: the whole way to the file, with the sheet where the file holds several forms.
    pub subject: String,
    /// Empty for a file of which nothing could be read.
    pub reviewer: String,
    /// What is wrong, in words.
    pub problem: String,
    /// Which treatments could settle it.
    pub treatments: Vec<Treatment>,
}

/// What waits for a ruling: forms that are held, and files that could not be read.
pub(super) fn pending(
    ground: &Ground,
    forms: &[SettledForm],
    files: &[ReceivedFile],
    unread: &[Place],
    findings: &[Finding],
) -> Vec<Pending> {
    let mut at: BTreeMap<Place, Vec<&Finding>> = BTreeMap::new();
    for finding in findings
        .iter()
        .filter(|one| one.severity == Severity::Error || hides_forms(one))
    {
        at.entry(finding.place.at(None)).or_default().push(finding);
    }
    let held = files
        .iter()
        .flat_map(|file| {
            file.forms
                .iter()
                .map(|form| (file.forms.len(), &forms[*form]))
        })
        .filter(|(_, form)| form.state == FormState::Held)
        .map(|(count, form)| {
            let wrong = at.get(&form.place).map_or(&[][..], Vec::as_slice);
            let whole = Place::file(&form.place.file, &form.place.within);
            Pending {
                subject: whole_way(if count > 1 { &form.place } else { &whole }),
                reviewer: form.reviewer.clone(),
                problem: problem(ground, wrong),
                treatments: treatments(wrong),
            }
        });
    let files = unread.iter().map(|place| Pending {
        subject: whole_way(place),
        reviewer: String::new(),
        problem: problem(ground, at.get(place).map_or(&[][..], Vec::as_slice)),
        treatments: vec![Treatment::Excluded],
    });
    held.chain(files).collect()
}

/// The way to a place so that no other one can be meant.
fn whole_way(place: &Place) -> String {
    format!("/{}", path(place))
}

/// The first few things that are wrong.
fn problem(ground: &Ground, findings: &[&Finding]) -> String {
    const FEW: usize = 2;
    let named = findings
        .iter()
        .take(FEW)
        .map(|finding| finding.fact.message(&Reader::clerk(ground)));
    let named = named.collect::<Vec<_>>().join("；");
    if findings.len() > FEW {
        format!("{named}；等{}处", findings.len())
    } else {
        named
    }
}

/// What can settle these errors. Putting the form aside always does.
fn treatments(findings: &[&Finding]) -> Vec<Treatment> {
    let any = |treatment| {
        let mut findings = findings.iter();
        findings.any(|finding| finding.fact.treatments().contains(&treatment))
    };
    let all = |treatment| {
        let mut findings = findings.iter();
        findings.all(|finding| finding.fact.treatments().contains(&treatment))
    };
    let mut treatments = Vec::new();
    if any(Treatment::Stands) {
        treatments.push(Treatment::Stands);
    }
    if any(Treatment::Alias) {
        treatments.push(Treatment::Alias);
    }
    // Where something else is wrong as well, it would not help.
    if all(Treatment::BlankAsZero) {
        treatments.push(Treatment::BlankAsZero);
    }
    treatments.push(Treatment::Excluded);
    treatments
}
