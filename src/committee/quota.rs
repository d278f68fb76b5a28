//! Quotas hold for what is decided as for what was computed: a committee cannot give away more places than there are.

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
                "{grade}最多{most}个（{of}），审定了{given}个；请减到名额以内，名额要改的先改评价方案"
            )
        })
    });
    exceeded.collect()
}
