//! Who must stand aside where a society is verified.

use super::{is_called, named};
use crate::committee::Member;
use crate::ground::Ground;
use crate::model::fold;

/// Whether a checker is of the society's own unit, or is listed to stand aside.
#[must_use]
pub fn must_recuse(
    ground: &Ground,
    checkers: &[Member],
    society: &str,
    checker: &str,
    unit: &str,
) -> bool {
    let listed = ground.society_named(society);
    let is_own = |name: &str| {
        fold(name) == fold(society) || listed.is_some() && ground.society_named(name) == listed
    };
    let is_listed = checkers
        .iter()
        .filter(|one| named(checker).any(|name| is_called(one, name)))
        .any(|one| one.recused.iter().any(|name| is_own(name)));
    is_listed || is_own(unit) || listed.is_some_and(|at| ground.roster.same_unit(unit, at))
}
