//! The same society, reviewer and unit twice.
//!
//! The same content counts once. A corrected slip stands for the form it corrects, whatever the dates. Of other
//! differing versions the one with the later 评价日期 counts, even when it is held; where dates are equal or
//! missing all are held. File times are never used. A form that contradicts itself supersedes nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::corrections::{Class, Corrections};
use crate::check::{Checked, FormState};
use crate::finding::{Code, Finding, Severity};
use crate::ground::Ground;
use crate::model::{Place, Tag, fold};

pub const CODES: &[&Code] = &[&IDENTICAL, &SUPERSEDED, &CONFLICTING];

static IDENTICAL: Code = Code::note("V101", "identical-copy", "与另一份内容相同", "只计一次");
static SUPERSEDED: Code = Code::warning(
    "V102",
    "superseded",
    "已被更正件或评价日期更晚的一份取代",
    "以较晚的一份为准，请核实",
);
static CONFLICTING: Code = Code::error(
    "V103",
    "conflicting-versions",
    "同一评价人对同一学会有内容不同的几份，评价日期分不出先后",
    "都暂不计分，请确认以哪份为准，另一份移出后重新运行",
);

/// Settles duplicates, corrections and versions among the checked forms, whose tags are given with them, and says so.
pub(super) fn settle(ground: &Ground, forms: &mut [Checked], tags: &[Option<Tag>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let corrections = Corrections::new(forms, tags);
    let mut classes: Vec<Class> = Vec::new();
    // By group: which classes are its versions.
    let mut versions: Vec<Vec<usize>> = Vec::new();
    for group in groups(ground, forms, &corrections) {
        let first = classes.len();
        for form in group {
            let alike = classes[first..]
                .iter_mut()
                .find(|class| forms[class.first()].content == forms[form].content);
            match alike {
                Some(class) => {
                    let first = class.first();
                    class.push(form);
                    findings.push(about(
                        ground,
                        &IDENTICAL,
                        &forms[form],
                        format!("与{}内容相同", name(&forms[first].form.place)),
                    ));
                    set(&mut forms[form], FormState::Duplicate, first);
                }
                None => classes.push(Class::of(form)),
            }
        }
        versions.push((first..classes.len()).collect());
    }
    // What is in no group can be corrected, too: a form that contradicts itself, or whose society nobody knows.
    let grouped: BTreeSet<usize> = classes.iter().flat_map(Class::forms).collect();
    let alone = (0..forms.len()).filter(|form| !grouped.contains(form));
    classes.extend(alone.map(Class::of));
    let corrected = corrections.among(ground, forms, &classes);
    for (older, newer) in &corrected {
        let (older, newer) = (classes[*older].first(), classes[*newer].first());
        findings.push(correction(ground, &forms[older], &forms[newer]));
        set(&mut forms[older], FormState::Superseded, newer);
    }
    for group in versions {
        let versions: Vec<usize> = group
            .into_iter()
            .filter(|class| !corrected.contains_key(class))
            .map(|class| classes[class].first())
            .collect();
        if versions.len() < 2 {
            continue;
        }
        match newest(forms, &versions) {
            Some(newest) => {
                for older in versions.into_iter().filter(|version| *version != newest) {
                    let message = format!(
                        "评价日期早于{}，已被其取代",
                        name(&forms[newest].form.place)
                    );
                    findings.push(about(ground, &SUPERSEDED, &forms[older], message));
                    set(&mut forms[older], FormState::Superseded, newest);
                }
            }
            None => findings.extend(conflict(ground, forms, &versions)),
        }
    }
    findings
}

/// That a form was corrected, as was asked for: nothing to look at, unless somebody else or another society is
/// named on the correction.
fn correction(ground: &Ground, older: &Checked, newer: &Checked) -> Finding {
    let message = format!("已由更正件{}更正", name(&newer.form.place));
    let finding = about(ground, &SUPERSEDED, older, message);
    let is_same = older.form.society == newer.form.society
        && fold(&older.form.reviewer) == fold(&newer.form.reviewer);
    if is_same {
        finding.severity(Severity::Note).next("以更正件为准")
    } else {
        finding.next("以更正件为准，学会或评价人与原来的不同，请核实")
    }
}

/// What is wrong with a form that no longer matters is worth knowing, no more: the copy says the same once, the
/// newer version is what counts.
pub(super) fn demote(forms: &[Checked], findings: &mut [Finding]) {
    let replaced: BTreeSet<&Place> = forms
        .iter()
        .map(|one| &one.form)
        .filter(|form| matches!(form.state, FormState::Superseded | FormState::Duplicate))
        .map(|form| &form.place)
        .collect();
    let standing: BTreeSet<&Place> = forms
        .iter()
        .map(|one| &one.form)
        .filter(|form| !matches!(form.state, FormState::Superseded | FormState::Duplicate))
        .map(|form| &form.place)
        .collect();
    for finding in findings
        .iter_mut()
        .filter(|finding| !CODES.contains(&finding.code))
    {
        let place = finding.place.at(None);
        // Two forms on one sheet share its name; then nothing is made lighter.
        if replaced.contains(&place) && !standing.contains(&place) {
            finding.severity = Severity::Note;
            "这份已不计，仅供了解".clone_into(&mut finding.next);
        }
    }
}

/// Forms that may be versions of each other. Without a reviewer and unit only copies can be told, and a copy
/// is told by its content.
fn groups(ground: &Ground, forms: &[Checked], corrections: &Corrections) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(usize, String, String, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (index, one) in forms.iter().enumerate() {
        let form = &one.form;
        let Some(society) = form.society else {
            continue;
        };
        if form.state == FormState::Blank || one.contradicts {
            continue;
        }
        let reviewer = fold(&form.reviewer);
        let unit = ground.roster.unit_key(&form.unit);
        let content = if reviewer.is_empty() || unit.is_empty() {
            one.content.clone()
        } else {
            Vec::new()
        };
        groups
            .entry((society, reviewer, unit, content))
            .or_default()
            .push(index);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    for group in &mut groups {
        // Of copies the soundest stands for all, then the latest correction: remarks and dates are no part of what
        // is compared. Copies carry longer names, (1) or 副本, so that the plain name is the original.
        group.sort_by_key(|form| {
            let place = &forms[*form].form.place;
            let state = forms[*form].form.state;
            let file = place.within.last().unwrap_or(&place.file);
            let corrected = Reverse(corrections.depth(*form));
            (state, corrected, file.chars().count(), *form)
        });
    }
    groups
}

/// The version with the latest date, if every version has one and the latest stands alone.
fn newest(forms: &[Checked], versions: &[usize]) -> Option<usize> {
    let mut dated: Vec<_> = versions
        .iter()
        .map(|version| forms[*version].form.date.map(|date| (date, *version)))
        .collect::<Option<_>>()?;
    dated.sort_unstable();
    match dated.as_slice() {
        [.., (before, _), (last, version)] if before < last => Some(*version),
        _ => None,
    }
}

fn conflict(ground: &Ground, forms: &mut [Checked], versions: &[usize]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for version in versions {
        let others: Vec<String> = versions
            .iter()
            .filter(|other| *other != version)
            .map(|other| name(&forms[*other].form.place))
            .collect();
        let why = if versions.iter().any(|one| forms[*one].form.date.is_none()) {
            "有的没有评价日期"
        } else {
            "评价日期相同"
        };
        let message = format!(
            "与{}是同一评价人对同一学会的评价，内容不同，{why}，分不出先后",
            others.join("、")
        );
        findings.push(about(ground, &CONFLICTING, &forms[*version], message));
    }
    for version in versions {
        let form = &mut forms[*version].form;
        if form.state == FormState::Counted {
            form.state = FormState::Held;
        }
    }
    findings
}

fn set(form: &mut Checked, state: FormState, instead: usize) {
    form.form.state = state;
    form.form.instead = Some(instead);
}

/// A finding about the whole sheet of a form.
fn about(ground: &Ground, code: &'static Code, form: &Checked, message: String) -> Finding {
    let form = &form.form;
    let mut finding = Finding::new(code, form.place.clone(), message);
    finding.society = form
        .society
        .map(|society| ground.roster.societies[society].name.clone());
    finding.reviewer = Some(form.reviewer.clone()).filter(|name| !name.is_empty());
    finding
}

/// A form's place as another form's message names it.
fn name(place: &Place) -> String {
    format!("“{}”", crate::finding::text::path(place))
}
