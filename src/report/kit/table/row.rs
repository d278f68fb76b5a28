//! One row of a table, and what becomes of it where columns go.

use super::{Cell, Content};

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// A heavier line above it.
    pub heavy: bool,
    /// In the font of headings: sums and means.
    pub sum: bool,
}

impl Row {
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            ..Self::default()
        }
    }

    /// Keeps those of these columns in which the row has nothing; — is nothing.
    pub fn leaves_empty(&self, columns: &mut Vec<usize>) {
        let is_nothing = |cell: &Cell| match &cell.content {
            Content::Blank => true,
            Content::Text(_) => *cell == Cell::dash(),
            _ => false,
        };
        columns.retain(|at| self.cells.get(*at).is_none_or(is_nothing));
    }

    /// Takes columns away, from left to right; see [`super::Table::remove`].
    pub fn remove(&mut self, gone: &[usize]) {
        if gone.is_empty() {
            return;
        }
        for cell in &mut self.cells {
            if let Content::Total(total) = &mut cell.content {
                let gone = before(total.first, gone);
                total.first -= gone;
                total.last -= gone;
            }
        }
        let mut at = 0;
        self.cells.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }

    #[must_use]
    pub fn heavy(mut self, heavy: bool) -> Self {
        self.heavy = heavy;
        self
    }

    #[must_use]
    pub fn sum(mut self) -> Self {
        self.sum = true;
        self
    }
}

/// How many of these columns stand before `end`.
pub(super) fn before(end: u16, columns: &[usize]) -> u16 {
    let before = columns.iter().filter(|at| **at < usize::from(end));
    u16::try_from(before.count()).unwrap_or(u16::MAX)
}
