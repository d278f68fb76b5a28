//! 等次 after vetoes and quotas: what a total alone does not decide.

use std::cmp::Reverse;

use super::HeldDown;
use crate::model::{Exact, Points};
use crate::scheme::{Effect, Places, Scheme};

/// One of those among whom places are given away.
#[derive(Debug, Clone)]
pub struct Contender {
    /// The printed total.
    pub total: Points,
    /// The step of the grades that the total reaches.
    pub step: u32,
    /// Which vetoes apply (indices into the scheme's).
    pub vetoes: Vec<usize>,
    /// Whether it would be ranked if no veto applied.
    pub ranked: bool,
}

/// What became of a contender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// The grade (an index into the scheme's), if it has one.
    pub grade: Option<usize>,
    pub ranked: bool,
    /// Why the grade is not the one of the total.
    pub held_down: Option<HeldDown>,
}

/// Vetoes first: who may not have a grade takes no place of it. Then each quota from the best grade down: its share
/// of those ranked, rounded down; equal totals across its line go down together.
#[must_use]
pub fn award(scheme: &Scheme, contenders: &[Contender]) -> Vec<Award> {
    let mut awards: Vec<Award> = contenders.iter().map(|one| vetoed(scheme, one)).collect();
    let ranked = awards.iter().filter(|award| award.ranked).count();
    for quota in &scheme.quotas {
        let places = places(&quota.places, ranked);
        let mut reached: Vec<usize> = (0..awards.len())
            .filter(|one| awards[*one].ranked && awards[*one].grade == Some(quota.grade))
            .collect();
        reached.sort_by_key(|one| Reverse(contenders[*one].total));
        // The first for whom there is no place: nobody with a total like that has one.
        let Some(first_beyond) = reached.get(places).map(|one| contenders[*one].total) else {
            continue;
        };
        for one in reached {
            if contenders[one].total <= first_beyond {
                let award = &mut awards[one];
                award.grade = Some(quota.down_to);
                let veto = match award.held_down.take() {
                    // Gone down by more than one quota: from where it was before the first.
                    Some(first @ HeldDown::Quota { .. }) => {
                        award.held_down = Some(first);
                        continue;
                    }
                    Some(HeldDown::Veto(veto)) => Some(veto),
                    None => None,
                };
                let grade = scheme.grades[quota.grade].name.clone();
                award.held_down = Some(HeldDown::Quota { grade, veto });
            }
        }
    }
    awards
}

/// The grade of the total, as far as the contender's vetoes leave it.
fn vetoed(scheme: &Scheme, contender: &Contender) -> Award {
    let step = contender.step;
    let of_step = |step: u32| {
        let mut grades = scheme.grades.iter();
        grades.position(|grade| (grade.from..=grade.to).contains(&step))
    };
    let mut award = Award {
        grade: of_step(step),
        ranked: contender.ranked,
        held_down: None,
    };
    for veto in contender.vetoes.iter().map(|veto| &scheme.vetoes[*veto]) {
        let (grade, ranked) = match veto.effect {
            Effect::NotRanked => (None, false),
            Effect::NoGrade => (None, award.ranked),
            Effect::AtMost(most) => {
                let is_above =
                    |grade: &usize| scheme.grades[*grade].from > scheme.grades[most].from;
                let lowered = award
                    .grade
                    .map(|grade| if is_above(&grade) { most } else { grade });
                (lowered, award.ranked)
            }
        };
        if grade != award.grade || ranked != award.ranked {
            // Of several the one that goes furthest: what it does is what is seen.
            award.held_down = Some(HeldDown::Veto(veto.name.clone()));
        }
        award.grade = grade;
        award.ranked = ranked;
    }
    award
}

/// How many places there are among so many ranked.
#[must_use]
pub fn places(places: &Places, ranked: usize) -> usize {
    match places {
        Places::Count(count) => usize::try_from(*count).unwrap_or(usize::MAX),
        Places::Percent(percent) => {
            // A percentage of at most 100 of a number of societies is far below what a usize holds.
            let whole = (Exact::percent(*percent) * Exact::from(ranked)).floor();
            usize::try_from(whole.ratio().to_integer()).unwrap_or(0)
        }
    }
}
