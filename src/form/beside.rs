//! Columns of the table that the form does not have: somebody added 初评加分（调整后）, or 二次评分.

use std::collections::BTreeSet;

use super::entry::Filled;
use super::folded::Folded;
use super::labels::Column;
use super::locate::Damage;
use crate::intake::Value;
use crate::model::{CellRef, Keyed, LineId, fold};
use crate::scheme::Scheme;

/// As many numbers that follow one another are counted, not given.
const COUNTED: usize = 3;

/// The columns that the form does not have and that hold points in the rows of lines; a column of remarks takes nothing
/// away, nor does one that only counts the rows.
pub(super) fn beside(
    page: &Folded<'_>,
    scheme: &Scheme,
    class: Option<usize>,
    head: u32,
    rows: &Keyed<LineId, Option<u32>>,
) -> Vec<Damage> {
    let known: BTreeSet<u32> = page
        .headings(head)
        .into_values()
        .flatten()
        .map(CellRef::column)
        .collect();
    let columns: BTreeSet<u32> = rows
        .iter()
        .flatten()
        .flat_map(|row| page.sheet.row(*row))
        .map(|(cell, _)| cell.column())
        .filter(|column| !known.contains(column))
        .collect();
    columns
        .into_iter()
        .filter_map(|column| {
            let first = first_given(page, class, rows, column)?;
            let at = CellRef::new(head, column);
            let written = page.sheet.get(at).map_or(String::new(), Value::written);
            let cell = if written.is_empty() { first } else { at };
            Some(match meant(scheme, &fold(&written)) {
                Some(same) => Damage::ColumnBeside {
                    label: same.label(scheme),
                    written,
                    cell,
                },
                None => Damage::ColumnAdded { written, cell },
            })
        })
        .collect()
}

/// The needed column that a heading (folded) says it is for, too.
fn meant(scheme: &Scheme, heading: &str) -> Option<Column> {
    let bare = |column: &Column| {
        let label = fold(&column.label(scheme));
        let stage = fold(scheme.stage_name());
        label.strip_prefix(&stage).unwrap_or(&label).to_owned()
    };
    [Column::Bonus, Column::Deduction]
        .into_iter()
        .find(|column| heading.contains(&bare(column)))
}

/// Where the first number stands that somebody gave in the rows of lines.
fn first_given(
    page: &Folded<'_>,
    class: Option<usize>,
    rows: &Keyed<LineId, Option<u32>>,
    column: u32,
) -> Option<CellRef> {
    let mut given = Vec::new();
    for (line, row) in rows.entries() {
        let Some(row) = row else { continue };
        let cell = CellRef::new(*row, column);
        if let Filled::Points { points, .. } = Filled::read(page.sheet.get(cell)) {
            // 1.1 once more is the code of the row.
            let code = page.code(cell);
            let is_code = code.is_some_and(|code| page.words.line(class, &code) == Some(line));
            given.push((cell, points.decimal(), is_code));
        }
    }
    given.sort_by_key(|(cell, ..)| *cell);
    let follows = |pair: &[(CellRef, rust_decimal::Decimal, bool)]| match pair {
        [(_, one, _), (_, next, _)] => {
            one.fract().is_zero() && *next == *one + rust_decimal::Decimal::ONE
        }
        _ => false,
    };
    let is_count = given.len() >= COUNTED && given.windows(2).all(follows);
    let is_codes = given.iter().all(|(.., is_code)| *is_code);
    let (first, ..) = given.first()?;
    (!is_count && !is_codes).then_some(*first)
}
