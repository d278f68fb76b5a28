//! The columns of a score, the same in the ranking and in a group's summary.
//!
//! Shows and never computes: the total is a formula whose stored result is the binding one.

use crate::model::Points;
use crate::rank::{Standing, Standings};
use crate::report::kit::table::{Content, Total};
use crate::report::kit::{Cell, Column, Look, Topic, sheet, words};
use crate::scheme::Scheme;
use crate::score::{Exact, Rating};

/// One of the columns, as far as a scheme has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    Part(usize),
    Bonus,
    Deduction,
    Total,
    Stars,
    Grade,
    Recommended,
}

/// The parts, 加分 and 减分 where anything is deducted, 总分, 测算星级, 等次, 推荐星级.
fn figures(scheme: &Scheme) -> Vec<Figure> {
    let parts = 0..scheme.parts.len();
    let parts = parts.filter(|_| scheme.has_parts()).map(Figure::Part);
    let deducts = scheme.has_deductions();
    let rest = [
        (Figure::Bonus, deducts),
        (Figure::Deduction, deducts),
        (Figure::Total, true),
        (Figure::Stars, scheme.has_stars()),
        (
            Figure::Grade,
            scheme.has_stars() || !scheme.grades.is_empty(),
        ),
        (Figure::Recommended, scheme.has_stars()),
    ];
    let rest = rest
        .into_iter()
        .filter_map(|(figure, is_there)| is_there.then_some(figure));
    parts.chain(rest).collect()
}

/// The columns of a score.
#[must_use]
pub fn columns(standings: &Standings<'_>) -> Vec<Column> {
    let scheme = &standings.ground.scheme;
    // `8星×2、7星×1` is not broken.
    let recommended =
        standings.recommendations.iter().map(|recommended| {
            match words::recommended(recommended).content {
                Content::Text(text) => sheet::width(&text),
                _ => 4,
            }
        });
    let recommended = recommended.max().unwrap_or(4);
    let look = Look::Points(scheme.precision);
    let column = |figure: &Figure| match figure {
        Figure::Part(part) => {
            let part = &scheme.parts[*part];
            Column::new(&words::part(&part.id), width(part.bonus, scheme, 7), look).minor()
        }
        Figure::Bonus => {
            Column::new(Topic::Bonus, width(scheme.full_bonus(), scheme, 6), look).minor()
        }
        Figure::Deduction => Column::new(
            Topic::Deduction,
            width(scheme.full_deduction(), scheme, 6),
            look,
        )
        .minor(),
        Figure::Total => Column::new("总分", width(scheme.full_bonus(), scheme, 6), look).gauged(),
        Figure::Stars => Column::new(Topic::ComputedStars, 4, Look::Star).choosable(),
        Figure::Grade => Column::new(Topic::Grade, grade_width(scheme), Look::Centre).choosable(),
        Figure::Recommended => {
            Column::new(Topic::RecommendedStars, recommended, Look::Star).minor()
        }
    };
    figures(scheme).iter().map(column).collect()
}

/// How many columns that is.
#[must_use]
pub fn count(scheme: &Scheme) -> usize {
    figures(scheme).len()
}

/// Half-width characters of the longest number in a column, at least `least`.
fn width(most: Points, scheme: &Scheme, least: u32) -> u32 {
    let digits = most.with_decimals(scheme.precision).len();
    u32::try_from(digits).unwrap_or(least).max(least)
}

fn grade_width(scheme: &Scheme) -> u32 {
    let longest = scheme
        .grades
        .iter()
        .map(|grade| grade.name.chars().count() * 2)
        .max();
    longest
        .and_then(|longest| u32::try_from(longest).ok())
        .unwrap_or(4)
        .clamp(4, 12)
}

/// The cells of those columns; `first` is the column of the first part. — where nothing counts.
#[must_use]
pub fn cells(scheme: &Scheme, standing: &Standing, first: u16) -> Vec<Cell> {
    let recommended = || words::recommended(&standing.recommended);
    let figures = figures(scheme);
    let Some(result) = &standing.result else {
        let dash = |figure: &Figure| match figure {
            Figure::Recommended => recommended(),
            _ => Cell::dash(),
        };
        return figures.iter().map(dash).collect();
    };
    let score = &result.score;
    let ranked = standing.ranked();
    let cell = |figure: &Figure| match figure {
        Figure::Part(part) => Cell::number(score.part(*part).quotient()),
        Figure::Bonus => Cell::number(score.bonus().quotient()),
        Figure::Deduction => Cell::number(score.deduction().quotient()),
        Figure::Total => total(scheme, result, first),
        Figure::Stars => ranked.map_or_else(Cell::dash, |result| Cell::stars(result.stars)),
        Figure::Grade => ranked.map_or_else(Cell::dash, grade),
        Figure::Recommended => recommended(),
    };
    figures.iter().map(cell).collect()
}

/// The printed total: a formula over the parts in the same row where it is their sum, else as it was worked out.
fn total(scheme: &Scheme, result: &Rating, first: u16) -> Cell {
    if !scheme.has_parts() || !scheme.adds_up() {
        return Cell::points(result.total);
    }
    let parts = u16::try_from(scheme.parts.len()).unwrap_or(u16::MAX);
    Cell::from(Content::Total(Box::new(Total {
        first,
        last: first.saturating_add(parts).saturating_sub(1),
        decimals: scheme.precision,
        printed: result.total,
    })))
}

/// 等次, or — where the star has none.
#[must_use]
pub fn grade(result: &Rating) -> Cell {
    result.grade.as_ref().map_or_else(Cell::dash, Cell::text)
}

/// What the short heads of the parts stand for; nothing without parts: `第1部分：…（满分400分，减分至100分）`.
#[must_use]
pub fn legend(scheme: &Scheme) -> Option<String> {
    let parts: Vec<String> = scheme
        .parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            let taken = if part.deduction.is_positive() {
                format!("，最多减{}分", part.deduction)
            } else {
                String::new()
            };
            let weight = part
                .percent
                .map_or(String::new(), |percent| format!("，占总分的{percent}"));
            format!(
                "{}：{}（满分{}分{taken}{weight}）",
                words::part(&part.id),
                part.title,
                scheme.full_of_part(index)
            )
        })
        .collect();
    if !scheme.has_parts() {
        return None;
    }
    let is_difference = (0..scheme.parts.len()).all(|part| scheme.part_adds_up(part));
    let net = if scheme.has_deductions() && is_difference {
        "各部分得分为加分减去减分。"
    } else {
        ""
    };
    Some(format!("注：{}。{net}", parts.join("；")))
}

/// How far the parts of a society, each rounded for itself, come to stand from its printed total when they are added
/// up; none where they add up, or where the total is not their sum.
#[must_use]
pub fn apart(scheme: &Scheme, standing: &Standing) -> Option<Points> {
    let result = standing.result.as_ref()?;
    if result.below_zero {
        return None;
    }
    let score = &result.score;
    let exact: Exact = (0..scheme.parts.len()).map(|part| score.part(part)).sum();
    let shown: Points = (0..scheme.parts.len())
        .map(|part| score.part(part).rounded(scheme.precision))
        .sum();
    let is_sum = exact.rounded(scheme.precision) == result.total;
    let apart = shown - result.total;
    (is_sum && apart != Points::ZERO).then_some(apart)
}

/// The same in a few words for the head of every page, where any of the societies shown has such parts: a page that is torn
/// off does not have what stands below the table.
pub fn rounding_ahead<'s>(
    standings: &Standings<'_>,
    mut shown: impl Iterator<Item = &'s Standing>,
) -> Option<String> {
    let scheme = &standings.ground.scheme;
    let is_apart = shown.any(|standing| apart(scheme, standing).is_some());
    is_apart.then(|| {
        "注：各部分得分分别四舍五入显示，相加与总分有出入的，以总分为准（逐个说明在表后）。"
            .to_owned()
    })
}

/// Says of the societies shown on a page why their parts do not add up to the total; none where all do.
#[must_use]
pub fn rounding<'s>(
    standings: &Standings<'_>,
    shown: impl Iterator<Item = &'s Standing>,
) -> Option<String> {
    let scheme = &standings.ground.scheme;
    let apart: Vec<String> = shown
        .filter_map(|standing| {
            let apart = apart(scheme, standing)?;
            let more = if apart.is_negative() { "少" } else { "多" };
            let by = if apart.is_negative() { -apart } else { apart };
            let name = words::subject_of(standings, standing);
            Some(format!(
                "{name}{more}{}",
                by.with_decimals(scheme.precision)
            ))
        })
        .collect();
    (!apart.is_empty()).then(|| {
        format!(
            "各部分得分分别四舍五入显示，相加与总分略有出入（以总分为准）：{}分。",
            apart.join("分，")
        )
    })
}
