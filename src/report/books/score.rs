//! The columns of a score, the same in the ranking and in a group's summary.
//!
//! Shows and never computes: the total is a formula whose stored result is the binding one.

use crate::model::Points;
use crate::rank::{Standing, Standings};
use crate::report::kit::table::Content;
use crate::report::kit::{Cell, Column, Look, words};
use crate::scheme::Scheme;
use crate::score::Result;

/// The columns of the parts, 加分, 减分, 总分, 测算星级, 等次, 推荐星级.
#[must_use]
pub fn columns(standings: &Standings<'_>) -> Vec<Column> {
    let scheme = &standings.ground.scheme;
    // `8星×2、` needs more room than one number that all agree on.
    let agreed = standings
        .societies
        .iter()
        .all(|standing| standing.recommended.len() < 2);
    let look = Look::Points(scheme.precision);
    let mut columns: Vec<Column> = scheme
        .parts
        .iter()
        .map(|part| Column::new(&words::part(&part.id), width(part.bonus, scheme, 7), look).minor())
        .collect();
    columns.extend([
        Column::new("加分", width(scheme.full_bonus(), scheme, 6), look).minor(),
        Column::new("减分", width(scheme.full_deduction(), scheme, 6), look).minor(),
        Column::new("总分", width(scheme.full_bonus(), scheme, 6), look),
        Column::new("测算星级", 4, Look::Star).choosable(),
        Column::new("等次", grade_width(scheme), Look::Centre).choosable(),
        Column::new("推荐星级", if agreed { 4 } else { 8 }, Look::Star).minor(),
    ]);
    columns
}

/// How many columns that is.
#[must_use]
pub fn count(scheme: &Scheme) -> usize {
    scheme.parts.len() + 6
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
    let Some(result) = &standing.result else {
        let mut cells = vec![Cell::dash(); count(scheme) - 1];
        cells.push(words::recommended(&standing.recommended));
        return cells;
    };
    let score = &result.score;
    let mut cells: Vec<Cell> = (0..scheme.parts.len())
        .map(|part| Cell::number(score.part(part).quotient()))
        .collect();
    cells.extend([
        Cell::number(score.bonus().quotient()),
        Cell::number(score.deduction().quotient()),
        total(scheme, result, first),
        standing
            .ranked()
            .map_or_else(Cell::dash, |result| Cell::stars(result.stars)),
        standing.ranked().map_or_else(Cell::dash, grade),
        words::recommended(&standing.recommended),
    ]);
    cells
}

/// The printed total, as a formula over the parts in the same row.
fn total(scheme: &Scheme, result: &Result, first: u16) -> Cell {
    let parts = u16::try_from(scheme.parts.len()).unwrap_or(u16::MAX);
    Cell::from(Content::Total {
        first,
        last: first.saturating_add(parts).saturating_sub(1),
        decimals: scheme.precision,
        printed: result.total,
    })
}

/// 等次, or — where the star has none.
#[must_use]
pub fn grade(result: &Result) -> Cell {
    result.grade.as_ref().map_or_else(Cell::dash, Cell::text)
}

/// What the short heads of the parts stand for: `第1部分：…（满分400分，减分至100分）`.
#[must_use]
pub fn legend(scheme: &Scheme) -> String {
    let parts: Vec<String> = scheme
        .parts
        .iter()
        .map(|part| {
            let taken = if part.deduction.is_positive() {
                format!("，最多减{}分", part.deduction)
            } else {
                String::new()
            };
            format!(
                "{}：{}（满分{}分{taken}）",
                words::part(&part.id),
                part.title,
                part.bonus
            )
        })
        .collect();
    format!("注：{}。各部分得分为加分减去减分。", parts.join("；"))
}
