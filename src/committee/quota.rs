//! Quotas of what was computed, held to what is decided: a committee that gives away more places than there are is told so,
//! for the scheme is not its own to change.

use super::Decided;
use crate::outcome::Outcome;
use crate::rank::places;
use crate::scheme::{Places, Scheme};

/// Each grade that was given to more than its quota has places for, in one clause.
#[must_use]
pub fn exceeded(scheme: &Scheme, outcome: &Outcome, decided: &Decided) -> Vec<String> {
    let societies = outcome.results.societies.iter();
    let ranked = societies.filter(|one| one.rank.is_some()).count();
    let exceeded = scheme.quotas.iter().filter_map(|quota| {
        let grade = &scheme.grades[quota.grade].name;
        let given = decided.societies.iter();
        let given = given
            .filter(|one| one.grade.as_ref() == Some(grade))
            .count();
        let most = places(&quota.places, ranked);
        let of = match &quota.places {
            Places::Percent(share) => format!("列入名次的{ranked}个的{share}%"),
            Places::Count(_) => "方案规定的名额".to_owned(),
        };
        (given > most).then(|| {
            format!(
                "{grade}最多{most}个（{of}），审定了{given}个；超出名额的请减到名额以内，或先改评价方案的名额"
            )
        })
    });
    exceeded.collect()
}
