//! Rows of the table that belong to no line of the scheme.

use super::entry::Filled;
use super::folded::Folded;
use super::locate;
use crate::model::CellRef;

/// A row of the table that belongs to no line of the scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    pub cell: CellRef,
    /// Its code, or the points in it.
    pub text: String,
}

/// Words of rows that add up others.
const SUMS: [&str; 4] = ["小计", "合计", "总计", "总分"];

/// A row that is no line of the scheme but carries a code, or points outside any sum.
pub(super) fn stray(page: &Folded<'_>, row: u32, code: u32, points: [u32; 2]) -> Option<Stray> {
    let cell = CellRef::new(row, code);
    if let Some(text) = page.code(cell)
        && locate::is_code_like(&text)
    {
        let text = text.into_owned();
        return Some(Stray { cell, text });
    }
    let is_sum = page
        .row(row)
        .any(|(_, text)| SUMS.iter().any(|word| text.contains(word)));
    if is_sum {
        return None;
    }
    points.into_iter().find_map(|column| {
        let cell = CellRef::new(row, column);
        let filled = Filled::read(page.sheet.get(cell));
        matches!(filled, Filled::Points { .. }).then(|| Stray {
            cell,
            text: filled.shown(),
        })
    })
}
