//! What nobody is there to fill.

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
pub(super) fn nobody(ground: &Ground, forms: &[SettledForm], missing: &Gaps) -> Vec<Nobody> {
    let societies = ground.roster.societies.entries();
    societies
        .filter(|(_, society)| society.ineligible.is_none() && !society.is_withdrawn)
        .filter(|(index, _)| {
            let given_up = missing.given_up.iter().map(|one| &one.owing);
            let mut waited_for = missing.owing.iter().chain(given_up);
            waited_for.all(|owing| owing.society != *index)
        })
        .filter_map(|(society, _)| {
            let has = |state| {
                let mut own = forms.iter().filter(|form| form.society == Some(society));
                own.any(|form| form.state == state)
            };
            let may_count = has(FormState::Counted) || has(FormState::Held);
            (!may_count).then(|| Nobody {
                society,
                only_recused: has(FormState::Recused),
            })
        })
        .collect()
}
