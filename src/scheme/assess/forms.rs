//! The scheme as the societies' own forms have it: the same lines, and the items that each of them asks.

use std::sync::{Arc, OnceLock};

use super::{Item, SelfAssessment, clauses};
use crate::model::LineId;
use crate::scheme::{Line, Rule, Scheme};

impl Scheme {
    /// The same scheme as the societies' own forms have it: the same lines, with the items that are asked for.
    #[must_use]
    pub fn assessing(&self, assessment: &Arc<SelfAssessment>) -> Self {
        let mut scheme = self.clone();
        scheme.form_title.clone_from(&assessment.title);
        scheme.form_stage = assessment.stage;
        scheme.vetoes.clear();
        scheme.reviewer_classes.clear();
        scheme.asks.membership = false;
        scheme.asks.recusal = false;
        scheme.deadline = None;
        scheme.return_to = None;
        scheme.own = Some(Arc::clone(assessment));
        scheme.form_fingerprints = OnceLock::new();
        scheme
    }

    /// The items that a line asks for on a society's own form; none on a reviewer's.
    pub fn own_items(&self, line: LineId) -> impl Iterator<Item = (usize, &Item)> {
        let own = self.own.iter();
        own.flat_map(move |own| own.items_of(line))
    }
}

/// Whether anything of a line is left to discretion.
#[must_use]
pub fn has_discretion(line: &Line) -> bool {
    let criteria = line.bonus.criteria.iter().chain(&line.deduction.criteria);
    criteria
        .into_iter()
        .any(|criterion| match clauses(&criterion.rule) {
            Some((_, of)) => of.iter().any(|one| matches!(one.rule, Rule::Range { .. })),
            None => matches!(criterion.rule, Rule::Range { .. }),
        })
}
