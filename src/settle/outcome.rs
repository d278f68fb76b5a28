//! What becomes of each form is said once, with the first of its findings, from the state it ended in.

use std::collections::BTreeMap;

use super::SettledForm;
use crate::finding::{Finding, FormState, Moot, Severity};
use crate::ground::Ground;
use crate::model::Place;

/// A form as its findings tell it: where it lies, its society and its reviewer.
type Key = (Place, Option<String>, Option<String>);

/// Says it with the sorted findings. Whoever must stand aside is asked for nothing else.
pub(super) fn tell(ground: &Ground, forms: &[SettledForm], findings: &mut [Finding]) {
    let mut at: BTreeMap<&Place, Vec<&SettledForm>> = BTreeMap::new();
    for form in forms {
        at.entry(&form.place).or_default().push(form);
    }
    // By form, told by where it lies and its person: the first of its heaviest findings.
    let mut first: BTreeMap<Key, (Severity, usize)> = BTreeMap::new();
    for (index, finding) in findings.iter_mut().enumerate() {
        let place = finding.place.at(None);
        let Some(form) = at
            .get(&place)
            .and_then(|forms| meant(ground, forms, finding))
        else {
            continue;
        };
        if form.state == FormState::Recused && !finding.bearing().outlasts_recusal() {
            finding.close(Moot::Recused);
        }
        if finding.moot.is_some() {
            continue;
        }
        finding.outcome = Some(form.outcome());
        if finding.severity == Severity::Note {
            continue;
        }
        let key = (place, finding.society.clone(), finding.reviewer.clone());
        let heavier = first
            .get(&key)
            .is_none_or(|(severity, _)| finding.severity < *severity);
        if heavier {
            first.insert(key, (finding.severity, index));
        }
    }
    for (_, index) in first.into_values() {
        findings[index].leads = true;
    }
}

/// Which of the forms of one sheet a finding is about.
fn meant<'f>(
    ground: &Ground,
    forms: &[&'f SettledForm],
    finding: &Finding,
) -> Option<&'f SettledForm> {
    if let [form] = forms {
        return Some(form);
    }
    forms.iter().copied().find(|form| {
        let society = form.society.map_or(form.society_text.as_str(), |society| {
            ground.roster.societies[society].name.as_str()
        });
        finding.society.as_deref().unwrap_or_default() == society
            && finding.reviewer.as_deref().unwrap_or_default() == form.reviewer
    })
}
