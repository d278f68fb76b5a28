//! From settled forms and scores to the standings.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    Before, Contender, GroupSpread, Merit, Rank, SocietyState, Standing, Standings, award, merit,
    order, provisional, ranks, would_be,
};
use crate::ground::Ground;
use crate::model::{FormKey, GroupId, Keyed, Points, SocietyId};
use crate::score::Rating;
use crate::settle::{FormState, Progress, Settled, SettledForm};

/// What the user asked for beside the data.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// 数据截至; otherwise the latest 评价日期 of a scored form that lies within the stage.
    pub date: Option<Date>,
    /// Printed on every sheet.
    pub mark: Option<String>,
    pub is_final: bool,
    /// Where outputs may link to; see [`Standings::link_base`].
    pub link_base: Option<String>,
}

/// Ranks the societies. `results` are by society of the roster, none where nothing counts; `received` are what they
/// were before points were corrected, none where none were.
#[must_use]
pub fn stand(
    ground: &Ground,
    settled: Settled,
    results: Keyed<SocietyId, Option<Rating>>,
    received: Option<Keyed<SocietyId, Option<Rating>>>,
    asked: Asked,
) -> Standings<'_> {
    let all = |results: Keyed<SocietyId, Option<Rating>>| -> Keyed<SocietyId, Standing> {
        let ids = results.ids();
        let owed: BTreeSet<SocietyId> = settled.owing.iter().map(|one| one.society).collect();
        let mut all: Keyed<SocietyId, Standing> = ids
            .zip(results)
            .map(|(society, result)| standing(ground, &settled, &owed, society, result))
            .collect();
        grade(ground, &mut all);
        all
    };
    let before = received.map(|received| before(ground, all(received)));
    let mut societies = all(results);
    let order_of_all = rank_all(ground, &mut societies);
    let members = ground.roster.members();
    let order_in_group = members
        .iter()
        .map(|own| {
            rank(ground, &mut societies, own, |standing, rank| {
                standing.rank_in_group = Some(rank);
            })
        })
        .collect();
    let merits = merits(ground, &societies, &order_of_all);
    for standing in &mut societies {
        standing.would_be_rank = match (&standing.result, standing.state) {
            (Some(result), SocietyState::Ineligible) => {
                Some(would_be(&merits, &merit(&ground.scheme, result)))
            }
            _ => None,
        };
    }
    let spread = spread(&members, &societies);
    let progress = members
        .iter()
        .map(|own| Progress::sum(own.iter().map(|society| &settled.progress[*society])))
        .collect();
    let recommended = societies.iter().map(|one| one.recommended.clone());
    let recommendations = recommended.collect();
    let open = super::open::open(ground, &settled, &societies);
    let as_of = asked.date.or_else(|| {
        // A slip of the pen in one date must not become the date on every page.
        let stage = ground.scheme.stage();
        let scored = settled.forms.iter().filter(|form| form.is_scored());
        scored
            .filter_map(|form| form.date)
            .filter(|date| stage.is_none_or(|stage| stage.holds(*date)))
            .max()
    });
    Standings {
        ground,
        is_final: asked.is_final && open.is_empty(),
        as_of,
        mark: asked.mark,
        link_base: asked.link_base,
        before,
        since: OnceLock::new(),
        spread,
        open,
        societies,
        order: order_of_all,
        order_in_group,
        members,
        recommendations,
        assessments: settled.assessments,
        forms: settled.forms,
        findings: settled.findings,
        files: settled.files,
        owing: settled.owing,
        nobody: settled.nobody,
        given_up: settled.given_up,
        pending: settled.pending,
        not_amended: settled.not_amended,
        elsewhere: settled.elsewhere,
        progress,
    }
}

/// Gives grades as vetoes and quotas leave them, and takes those out of the ranking whom a veto does.
fn grade(ground: &Ground, societies: &mut Keyed<SocietyId, Standing>) {
    let scheme = &ground.scheme;
    let contenders: Vec<Contender> = societies
        .iter()
        .map(|one| Contender {
            total: one
                .result
                .as_ref()
                .map_or(Points::ZERO, |result| result.total),
            step: one.result.as_ref().map_or(0, |result| result.stars),
            vetoes: one.vetoes.clone(),
            ranked: one.state == SocietyState::Ranked,
        })
        .collect();
    for (one, award) in societies.iter_mut().zip(award(scheme, &contenders)) {
        let is_ranked = one.state == SocietyState::Ranked;
        if let Some(result) = &mut one.result {
            result.grade = award.grade.map(|grade| scheme.grades[grade].name.clone());
            // Stars are what a grade stands upon: a star above it would say otherwise.
            if scheme.has_stars() {
                result.stars = award.step;
            }
            one.held_down = award.held_down;
        }
        if is_ranked && !award.ranked {
            one.state = SocietyState::Vetoed;
            one.provisional.clear();
        }
    }
}

/// Ranks all, or each class of objects for itself, class by class.
fn rank_all(ground: &Ground, societies: &mut Keyed<SocietyId, Standing>) -> Vec<SocietyId> {
    let classes: Vec<Option<usize>> = if ground.scheme.classes.is_empty() {
        vec![None]
    } else {
        (0..ground.scheme.classes.len()).map(Some).collect()
    };
    classes
        .into_iter()
        .flat_map(|class| {
            let all = ground.roster.societies.entries();
            let own = all.filter(|(_, society)| society.class == class);
            let own: Vec<SocietyId> = own.map(|(society, _)| society).collect();
            rank(ground, societies, &own, |standing, rank| {
                standing.rank = Some(rank);
            })
        })
        .collect()
}

/// How the ranked societies stood on what was received.
fn before(
    ground: &Ground,
    mut societies: Keyed<SocietyId, Standing>,
) -> Keyed<SocietyId, Option<Before>> {
    rank_all(ground, &mut societies);
    let societies = societies.into_iter();
    societies
        .map(|standing| {
            let result = standing.ranked()?;
            Some(Before {
                total: result.total,
                stars: result.stars,
                grade: result.grade.clone(),
                rank: standing.rank,
            })
        })
        .collect()
}

/// One society's row, not yet ranked.
fn standing(
    ground: &Ground,
    settled: &Settled,
    owed: &BTreeSet<SocietyId>,
    society: SocietyId,
    result: Option<Rating>,
) -> Standing {
    let own = settled.by_society[society].iter().copied();
    let forms: Vec<FormKey> = own
        .filter(|form| settled.forms[*form].state != FormState::Blank)
        .collect();
    // Forms count, and what is to be weighed with them is missing.
    let lacks_own = ground.scheme.policies.self_percent.is_some()
        && !settled.scored[society].is_empty()
        && settled
            .assessments
            .as_ref()
            .is_none_or(|own| own.of(society).is_none());
    let state = if ground.roster.societies[society].is_withdrawn {
        SocietyState::Withdrawn
    } else if ground.roster.societies[society].ineligible.is_some() {
        SocietyState::Ineligible
    } else if result.is_some() {
        SocietyState::Ranked
    } else if !settled.absent[society].is_empty() || lacks_own {
        SocietyState::Incomplete
    } else if forms
        .iter()
        .all(|form| settled.forms[*form].state == FormState::Excluded)
    {
        // What the clerk set aside stands for nothing.
        SocietyState::Missing
    } else {
        SocietyState::Held
    };
    let scored = &settled.scored[society];
    Standing {
        society,
        state,
        provisional: match state {
            SocietyState::Ranked => provisional::causes(settled, owed, society),
            _ => Vec::new(),
        },
        progress: settled.progress[society].clone(),
        held: forms
            .iter()
            .filter(|form| settled.forms[**form].state == FormState::Held)
            .count(),
        doubtful: scored
            .iter()
            .filter(|form| !settled.forms[**form].doubts.is_empty())
            .count(),
        forms_counted: scored.len(),
        rank: None,
        rank_in_group: None,
        held_down: None,
        lacks_own,
        vetoes: settled.vetoes[society].clone(),
        absent: settled.absent[society].clone(),
        would_be_rank: None,
        result,
        recommended: recommended(scored.iter().map(|form| &settled.forms[*form])),
        forms,
    }
}

/// 推荐星级 and how many forms say so, most stars first.
fn recommended<'a>(forms: impl Iterator<Item = &'a SettledForm>) -> Vec<(u32, usize)> {
    let mut stars: Vec<u32> = forms.filter_map(|form| form.recommended).collect();
    stars.sort_unstable_by(|left, right| right.cmp(left));
    let mut counted: Vec<(u32, usize)> = Vec::new();
    for star in stars {
        match counted.last_mut() {
            Some((last, count)) if *last == star => *count += 1,
            _ => counted.push((star, 1)),
        }
    }
    counted
}

/// Ranks those of `which` that are ranked, and gives their order.
fn rank(
    ground: &Ground,
    societies: &mut Keyed<SocietyId, Standing>,
    which: &[SocietyId],
    set: impl Fn(&mut Standing, Rank),
) -> Vec<SocietyId> {
    let ranked: Vec<SocietyId> = which
        .iter()
        .copied()
        .filter(|one| societies[*one].state == SocietyState::Ranked)
        .collect();
    let merits = merits(ground, societies, &ranked);
    for (society, rank) in ranked.iter().zip(ranks(&merits)) {
        set(&mut societies[*society], rank);
    }
    order(&merits).into_iter().map(|one| ranked[one]).collect()
}

fn merits(
    ground: &Ground,
    societies: &Keyed<SocietyId, Standing>,
    which: &[SocietyId],
) -> Vec<Merit> {
    which
        .iter()
        .filter_map(|society| societies[*society].result.as_ref())
        .map(|result| merit(&ground.scheme, result))
        .collect()
}

/// Mean and range of each group's printed totals: shown, never applied.
fn spread(
    members: &Keyed<GroupId, Vec<SocietyId>>,
    societies: &Keyed<SocietyId, Standing>,
) -> Vec<GroupSpread> {
    members
        .entries()
        .map(|(group, own)| {
            let own = own.iter().map(|society| &societies[*society]);
            let totals: Vec<Points> = own
                .filter(|one| one.state == SocietyState::Ranked)
                .filter_map(|one| one.result.as_ref().map(|result| result.total))
                .collect();
            let sum: Points = totals.iter().copied().sum();
            GroupSpread {
                group,
                ranked: totals.len(),
                mean: (!totals.is_empty()).then(|| sum.decimal() / Decimal::from(totals.len())),
                highest: totals.iter().max().copied(),
                lowest: totals.iter().min().copied(),
            }
        })
        .collect()
}
