//! The societies' own forms among themselves: the same stations as reviewers' forms, on the ground of their own.
//!
//! In here keys of forms are those of own forms; what leaves says so.

use super::Settled;
use crate::check::{Checked, ReceivedFile};
use crate::finding::Finding;
use crate::ground::Ground;
use crate::model::{FormKey, Keyed};
use crate::register::{Concern, Treatment};
use crate::settle::rulings::{self, Rulings};
use crate::settle::{pending, versions};

/// All of them, still to be settled.
pub(in crate::settle) struct Among {
    /// That of own forms.
    ground: Ground,
    forms: Keyed<FormKey, Checked>,
    /// What they are to the register.
    pub(in crate::settle) concerns: Keyed<FormKey, Concern>,
}

impl Among {
    /// None where there is none.
    pub(in crate::settle) fn of(ground: &Ground, own: Vec<Checked>) -> Option<Self> {
        if own.is_empty() {
            return None;
        }
        let ground = ground.assessing()?;
        let forms = own.into();
        Some(Self {
            concerns: rulings::concerns(&ground, &forms),
            forms,
            ground,
        })
    }

    /// `beside` is what reviewers' forms are to the register.
    pub(in crate::settle) fn settle(self, files: &[ReceivedFile], beside: &[Concern]) -> Settled {
        let Self {
            ground,
            mut forms,
            concerns,
        } = self;
        let rulings = Rulings::of(&ground, &concerns, &[], beside);
        let mut findings = Vec::new();
        for (key, one) in forms.entries_mut() {
            let said = one.findings.drain(..);
            findings.extend(said.map(|finding| finding.form(key)));
            // Whose a name is was asked for; what reviewers alone are asked is nothing to it.
            let register = &ground.register.rulings;
            let is_name = |row: &usize| register[*row].treatment == Treatment::Alias;
            one.form.rulings.retain(is_name);
        }
        let unclear = rulings.apply(&ground, &mut forms);
        let (settled, contradicting) = versions::settle(&ground, &mut forms, &rulings);
        findings.extend(settled);
        versions::demote(&forms, &mut findings);
        findings.extend(unclear);
        rulings::verify(&ground, &rulings, &mut forms, &mut findings);
        let mut settled = Settled {
            rulings,
            contradicting,
            ..Settled::default()
        };
        for mut one in forms {
            settled.unclear.push(one.stands_alone);
            settled.answers.push(one.answers.take().unwrap_or_default());
            settled.forms.push(*one.form);
        }
        findings.extend(rulings::ruled(&ground, &settled.forms));
        let theirs = |file: &ReceivedFile| -> Vec<FormKey> {
            file.assessments
                .iter()
                .map(|own| FormKey::at(*own))
                .collect()
        };
        settled.pending = pending::of_forms(&ground, &settled.forms, files, theirs, &findings);
        settled.findings = findings.into_iter().map(of_own).collect();
        settled
    }
}

/// What was found of a society's own form, said so.
fn of_own(mut finding: Finding) -> Finding {
    finding.own = finding.form.take().map(FormKey::place);
    finding
}
