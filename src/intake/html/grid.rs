//! Where the cells of a web page's table stand: beside one another, past those that reach down from above.
//!
//! Knows nothing of tags. What a hostile page may ask for is bounded: columns end where a sheet's do, and what
//! was looked at is counted.

use std::collections::BTreeMap;

use crate::intake::Refusal;
use crate::intake::limits::PASSED;
use crate::model::CellRef;

/// The place of the next cell.
#[derive(Default)]
pub(super) struct Grid {
    row: u32,
    column: u32,
    /// Columns taken by cells that reach down from above: from the first column on to the one before the
    /// second, to this row. No two of those that still reach have a column in common.
    reaching: BTreeMap<u32, (u32, u32)>,
    looked_at: u64,
}

impl Grid {
    /// The zero-based row that is being filled.
    pub(super) fn row(&self) -> u32 {
        self.row
    }

    pub(super) fn next_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }

    /// Forgets the cells above: another table begins.
    pub(super) fn clear(&mut self) {
        self.column = 0;
        self.reaching.clear();
    }

    /// The column of the next cell, which takes so many columns and rows.
    pub(super) fn place(&mut self, columns: u32, rows: u32) -> Result<u32, Refusal> {
        let mut column = self.column;
        while let Some(end) = self.taken(column) {
            column = end;
            self.looked_at += 1;
        }
        PASSED.hold(self.looked_at)?;
        self.column = column.saturating_add(columns);
        if rows > 1 && column < CellRef::COLUMNS {
            self.reach_down(column, rows);
        }
        Ok(column)
    }

    /// The end of the cell from above that takes this column.
    fn taken(&self, column: u32) -> Option<u32> {
        let (_, &(end, last)) = self.reaching.range(..=column).next_back()?;
        (end > column && last >= self.row).then_some(end)
    }

    /// Notes the cell just placed. Where it meets another from above, the page contradicts itself, and the
    /// other one keeps its columns.
    fn reach_down(&mut self, column: u32, rows: u32) {
        let mut end = self.column.min(CellRef::COLUMNS);
        while let Some((&start, &(_, last))) = self.reaching.range(column..end).next() {
            if last >= self.row {
                end = start;
                break;
            }
            self.reaching.remove(&start);
        }
        let last = self.row.saturating_add(rows - 1);
        self.reaching.insert(column, (end, last));
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, PASSED, Refusal};

    #[test]
    fn cells_stand_past_those_that_reach_down() {
        let mut grid = Grid::default();
        let mut place = |cells: &[(u32, u32)]| {
            let columns: Vec<u32> = cells
                .iter()
                .map(|(columns, rows)| grid.place(*columns, *rows).expect("within bounds"))
                .collect();
            grid.next_row();
            columns
        };
        assert_eq!(place(&[(1, 1), (2, 3), (1, 2), (1, 1)]), [0, 1, 3, 4]);
        assert_eq!(place(&[(1, 1), (1, 1)]), [0, 4]);
        // This one meets the cell that reaches down over the second and third column.
        assert_eq!(place(&[(4, 2), (1, 1)]), [0, 4]);
        assert_eq!(place(&[(1, 1), (1, 1)]), [1, 2]);
        assert_eq!(place(&[(1, 1), (1, 1)]), [0, 1]);
    }

    #[test]
    fn looking_past_too_many_is_refused() {
        let mut grid = Grid::default();
        for column in 0..16_384 {
            grid.place(1, 60_000 + column % 2).expect("within bounds");
        }
        grid.next_row();
        assert_eq!(grid.place(1, 1), Ok(16_384));
        grid.looked_at = PASSED.most() - 16_384;
        grid.next_row();
        assert_eq!(grid.place(1, 1), Ok(16_384));
        grid.next_row();
        assert!(matches!(grid.place(1, 1), Err(Refusal::OverLimits(_))));
    }
}
