//! What becomes of each form is said once, with the first of its findings, from the state it ended in.

use std::collections::BTreeMap;

use super::SettledForm;
use crate::finding::{Finding, FormState, Moot, Severity};
use crate::model::{FormKey, Keyed};

/// Says it with the sorted findings. Whoever must stand aside is asked for nothing else.
pub(super) fn tell(forms: &Keyed<FormKey, SettledForm>, findings: &mut [Finding]) {
    // By form: the first of its heaviest findings.
    let mut first: BTreeMap<FormKey, (Severity, usize)> = BTreeMap::new();
    for (index, finding) in findings.iter_mut().enumerate() {
        let Some(key) = finding.form else {
            continue;
        };
        let form = &forms[key];
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
