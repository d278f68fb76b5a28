//! What nobody is there to fill.

use std::collections::BTreeSet;

use super::missing::Gaps;
use super::{FormState, SettledForm};
use crate::ground::Ground;
use crate::model::SocietyId;

/// An accepted society for which nothing counts and nobody owes a form that could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nobody {
    /// Index into the roster.
    pub society: SocietyId,
    /// Whether somebody did fill a form, but must stand aside; else nobody is listed who may.
    pub only_recused: bool,
}

/// The societies that somebody has to be found for.
pub(super) fn nobody<'f, F: Iterator<Item = &'f SettledForm>>(
    ground: &Ground,
    of_society: &impl Fn(SocietyId) -> F,
    missing: &Gaps,
) -> Vec<Nobody> {
    let given_up = missing.given_up.iter().map(|one| &one.owing);
    let waited_for = missing.owing.iter().chain(given_up);
    let waited_for: BTreeSet<SocietyId> = waited_for.map(|owing| owing.society).collect();
    let societies = ground.roster.societies.entries();
    societies
        .filter(|(_, society)| society.ineligible.is_none() && !society.is_withdrawn)
        .filter(|(index, _)| !waited_for.contains(index))
        .filter_map(|(society, _)| {
            let has = |state| of_society(society).any(|form| form.state == state);
            let may_count = has(FormState::Counted) || has(FormState::Held);
            (!may_count).then(|| Nobody {
                society,
                only_recused: has(FormState::Recused),
            })
        })
        .collect()
}
