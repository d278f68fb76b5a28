//! A society's row of `results.json`.

use serde::Serialize;

use super::own::OwnRow;
use crate::model::Short;
use crate::rank::{Cause, HeldDown, SocietyState, Standing, Standings};

#[derive(Serialize)]
#[allow(clippy::option_option)] // left out, or null, or known
pub(super) struct SocietyRow<'s> {
    name: &'s str,
    group: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'s str>,
    state: SocietyState,
    provisional: bool,
    /// Why.
    provisional_for: &'s [Cause],
    forms_due: usize,
    forms_counted: usize,
    due_counted: usize,
    /// Whether rank, stars and grade are what a society would have that is not accepted.
    would_be: bool,
    rank: Option<usize>,
    tied: bool,
    rank_in_group: Option<usize>,
    would_be_rank: Option<usize>,
    has_base: Option<bool>,
    bonus: Option<Short>,
    deduction: Option<Short>,
    total: Option<Short>,
    /// Left out where the scheme has no stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    stars: Option<Option<u32>>,
    grade: Option<&'s str>,
    /// Why the grade is not the one of the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_down: Option<HeldDownRow<'s>>,
    /// 一票否决, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vetoes: Vec<&'s str>,
    /// Classes of reviewers of which nobody's form counts, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    absent_classes: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommended: Option<Vec<Recommended>>,
    parts: Vec<PartRow<'s>>,
    lines: Vec<LineRow<'s>>,
    forms: Vec<usize>,
    /// What its own facts come to; left out where no society has sent any.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    own: Option<OwnRow<'s>>,
}

/// `{"by": "quota", "grade": "五星"}`, `{"by": "veto", "veto": "…"}`.
#[derive(Serialize)]
#[serde(tag = "by", rename_all = "lowercase")]
enum HeldDownRow<'s> {
    Quota {
        grade: &'s str,
        #[serde(skip_serializing_if = "Option::is_none")]
        veto: Option<&'s str>,
    },
    Veto {
        veto: &'s str,
    },
}

impl<'s> HeldDownRow<'s> {
    fn of(held_down: &'s HeldDown) -> Self {
        match held_down {
            HeldDown::Quota { grade, veto } => Self::Quota {
                grade,
                veto: veto.as_deref(),
            },
            HeldDown::Veto(veto) => Self::Veto { veto },
        }
    }
}

#[derive(Serialize)]
struct Recommended {
    stars: u32,
    forms: usize,
}

#[derive(Serialize)]
struct PartRow<'s> {
    id: &'s str,
    points: Short,
}

#[derive(Serialize)]
struct LineRow<'s> {
    code: &'s str,
    bonus: Short,
    deduction: Short,
}

impl<'s> SocietyRow<'s> {
    pub(super) fn of(standings: &'s Standings<'_>, standing: &'s Standing) -> Self {
        let scheme = &standings.ground.scheme;
        let society = &standings.ground.roster.societies[standing.society];
        let result = standing.result.as_ref();
        let decimals = scheme.precision;
        let score = result.map(|result| &result.score);
        Self {
            name: &society.name,
            group: standings.ground.roster.group_of(society).number,
            class: society
                .class
                .and_then(|class| scheme.classes.get(class))
                .map(|class| class.name.as_str()),
            state: standing.state,
            provisional: standing.is_provisional(),
            provisional_for: &standing.provisional,
            forms_due: standing.progress.due,
            forms_counted: standing.forms_counted,
            due_counted: standing.progress.counted,
            would_be: standing.state == SocietyState::Ineligible && result.is_some(),
            rank: standing.rank.map(|rank| rank.number),
            tied: standing.rank.is_some_and(|rank| rank.tied),
            rank_in_group: standing.rank_in_group.map(|rank| rank.number),
            would_be_rank: standing.would_be_rank,
            has_base: result.and_then(|result| result.has_base),
            bonus: score.map(|score| score.bonus().printed(decimals)),
            deduction: score.map(|score| score.deduction().printed(decimals)),
            total: result.map(|result| result.total.with_decimals(decimals)),
            stars: scheme
                .has_stars()
                .then(|| result.map(|result| result.stars)),
            grade: result.and_then(|result| result.grade.as_deref()),
            held_down: standing.held_down.as_ref().map(HeldDownRow::of),
            vetoes: standing
                .vetoes
                .iter()
                .map(|veto| scheme.vetoes[*veto].name.as_str())
                .collect(),
            absent_classes: standing
                .absent
                .iter()
                .map(|class| scheme.reviewer_classes[*class].name.as_str())
                .collect(),
            recommended: scheme.has_stars().then(|| {
                let recommended = standing.recommended.iter();
                recommended
                    .map(|(stars, forms)| Recommended {
                        stars: *stars,
                        forms: *forms,
                    })
                    .collect()
            }),
            parts: score.map_or(Vec::new(), |score| {
                let parts = scheme.parts.iter().enumerate();
                parts
                    .map(|(index, part)| PartRow {
                        id: &part.id,
                        points: score.part(index).printed(decimals),
                    })
                    .collect()
            }),
            lines: score.map_or(Vec::new(), |score| {
                let lines = scheme.lines_of_class(society.class);
                lines
                    .map(|(index, line)| LineRow {
                        code: &line.code,
                        bonus: score.line_bonus(index).printed(decimals),
                        deduction: score.line_deduction(index).printed(decimals),
                    })
                    .collect()
            }),
            forms: standing.forms.iter().map(|form| form.number()).collect(),
            own: OwnRow::of(standings, standing),
        }
    }
}
