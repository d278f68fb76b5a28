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
    /// The step of the grades that is left: no higher than its grade goes, none where it may have no grade.
    pub step: u32,
    /// Why grade or step is not the one of the total.
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
                award.grade = quota.down_to;
                let below = quota.down_to.map_or_else(
                    || scheme.grades[quota.grade].from.saturating_sub(1),
                    |down_to| scheme.grades[down_to].to,
                );
                award.step = award.step.min(below);
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
        step,
        held_down: None,
    };
    for veto in contender.vetoes.iter().map(|veto| &scheme.vetoes[*veto]) {
        let (grade, ranked, step) = match veto.effect {
            Effect::NotRanked => (None, false, 0),
            Effect::NoGrade => (None, award.ranked, 0),
            // Whoever stands between two grades, above this one, comes down as well.
            Effect::AtMost(most) if award.step > scheme.grades[most].to => {
                (Some(most), award.ranked, scheme.grades[most].to)
            }
            Effect::AtMost(_) => (award.grade, award.ranked, award.step),
        };
        if (grade, ranked, step) != (award.grade, award.ranked, award.step) {
            // Of several the one that goes furthest: what it does is what is seen.
            award.held_down = Some(HeldDown::Veto(veto.name.clone()));
        }
        award.grade = grade;
        award.ranked = ranked;
        award.step = step;
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

#[cfg(test)]
mod tests {
    use super::{Award, Contender, award};
    use crate::model::Points;
    use crate::rank::HeldDown;
    use crate::scheme::{self, Scheme};

    /// Stars with grades upon them, and a star (3) between two grades.
    fn scheme() -> Scheme {
        let source = "id = \"x-2027\"\ntitle = \"例\"\nform_title = \"例\"\nyear = 2027\nsubject = \"社区\"\nstage = \"review\"\nprecision = 1\nasks = []\n\
            [declared]\nlines = 1\nbonus = 100\n[stars]\nthresholds = [60, 70, 80, 85, 95]\n\
            [[grades]]\nname = \"示范\"\nfrom = 5\nto = 5\n[[grades]]\nname = \"先进\"\nfrom = 4\nto = 4\n\
            [[grades]]\nname = \"达标\"\nfrom = 1\nto = 2\n[[quotas]]\ngrade = \"示范\"\ncount = 1\n\
            [[vetoes]]\nname = \"事件\"\nat_most = \"达标\"\n[[vetoes]]\nname = \"事故\"\neffect = \"no-grade\"\n\
            [[vetoes]]\nname = \"作假\"\neffect = \"not-ranked\"\n\
            [[stages]]\nid = \"review\"\nname = \"评\"\nfrom = 2027-12-01\nto = 2027-12-31\n\
            [[lines]]\ncode = \"1\"\ntitle = \"治理\"\nbonus = 100\nstep = 0.1\n";
        scheme::read(source).expect("a sound scheme")
    }

    fn awards(all: &[(i64, &[usize])]) -> Vec<Award> {
        let scheme = scheme();
        let contenders: Vec<Contender> = all
            .iter()
            .map(|(total, vetoes)| Contender {
                total: Points::whole(*total),
                step: scheme.stars.of(Points::whole(*total)),
                vetoes: vetoes.to_vec(),
                ranked: true,
            })
            .collect();
        award(&scheme, &contenders)
    }

    #[test]
    fn a_star_comes_down_with_its_grade() {
        let awards = awards(&[(98, &[]), (96, &[]), (97, &[0]), (96, &[1]), (99, &[2])]);
        let came: Vec<(Option<usize>, u32)> =
            awards.iter().map(|one| (one.grade, one.step)).collect();
        assert_eq!(
            came,
            [
                (Some(0), 5),
                (Some(1), 4),
                (Some(2), 2),
                (None, 0),
                (None, 0)
            ]
        );
        assert!(awards[1..].iter().all(|one| one.held_down.is_some()));
    }

    #[test]
    fn a_star_between_two_grades_comes_down_as_well() {
        let awards = awards(&[(82, &[0]), (72, &[0]), (82, &[])]);
        assert_eq!((awards[0].grade, awards[0].step), (Some(2), 2));
        assert_eq!(awards[0].held_down, Some(HeldDown::Veto("事件".to_owned())));
        // Nothing is taken from whom the veto leaves what the total gives.
        assert_eq!((awards[1].step, &awards[1].held_down), (2, &None));
        assert_eq!((awards[2].step, &awards[2].held_down), (3, &None));
    }
}
