//! Which cells of a sheet look alike: the writer finds a format by everything it says, and that takes longer than writing
//! a cell. So cells are written bare and get their format together, once for all of a column that stand below each other.

use super::cells::Key;

/// Cells of a column below each other, in one format: from a row to the one below the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    key: Key,
    rows: (u32, u32),
}

/// Cells of one format that form a rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alike {
    pub key: Key,
    /// First and last.
    pub rows: (u32, u32),
    /// First and last.
    pub columns: (u16, u16),
}

/// What has been written bare.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// By column: those to which the next row may add.
    open: Vec<Option<Run>>,
    /// From left to right, those that no cell is added to any more.
    ended: Vec<(u16, Run)>,
    /// Whether they end with the row.
    pub(super) are_by_row: bool,
}

impl Runs {
    /// Of a sheet whose rows leave memory one by one.
    pub(super) fn by_row() -> Self {
        Self {
            are_by_row: true,
            ..Self::default()
        }
    }

    /// Takes in one more cell; whether it looks otherwise than the one above it.
    pub(super) fn add(&mut self, row: u32, column: u16, key: Key) -> bool {
        let place = usize::from(column);
        if self.open.len() <= place {
            self.open.resize(place + 1, None);
        }
        match &mut self.open[place] {
            Some(run) if run.key == key && run.rows.1 == row => {
                run.rows.1 += 1;
                false
            }
            other => {
                let run = Run {
                    key,
                    rows: (row, row + 1),
                };
                let before = other.replace(run);
                self.ended.extend(before.map(|run| (column, run)));
                true
            }
        }
    }

    /// No more cells of the row come.
    pub(super) fn end_row(&mut self) {
        if self.are_by_row {
            self.end();
        }
    }

    /// No more cells come.
    pub(super) fn end(&mut self) {
        let open = (0..).zip(&mut self.open);
        self.ended
            .extend(open.filter_map(|(column, run)| Some((column, run.take()?))));
    }

    /// Those that are complete; columns side by side that ended together are one.
    pub(super) fn ended(&mut self) -> Vec<Alike> {
        let mut all: Vec<Alike> = Vec::new();
        for (column, Run { key, rows }) in self.ended.drain(..) {
            let rows = (rows.0, rows.1 - 1);
            match all.last_mut() {
                Some(last) if (last.key, last.rows, last.columns.1 + 1) == (key, rows, column) => {
                    last.columns.1 = column;
                }
                _ => all.push(Alike {
                    key,
                    rows,
                    columns: (column, column),
                }),
            }
        }
        all
    }
}
