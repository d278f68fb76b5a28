//! The cells of a sheet in reading order. Files have them in this order nearly always: then they lie one behind the other;
//! where they do not, in a tree, so that no order of theirs is dear.
//!
//! Knows nothing of what is in them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Value;
use crate::model::CellRef;

/// Cells that are not empty, each with its value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Grid {
    InOrder(Vec<(CellRef, Value)>),
    Anyhow(BTreeMap<CellRef, Value>),
}

impl Default for Grid {
    fn default() -> Self {
        Self::InOrder(Vec::new())
    }
}

/// The same cells are the same, however they came.
impl PartialEq for Grid {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Grid {}

impl Grid {
    /// Room for as many cells as a form has, more or less, is made at once.
    const USUAL: usize = 256;

    /// Puts a value into a cell, in the place of what was there.
    pub(super) fn put(&mut self, cell: CellRef, value: Value) {
        match self {
            Self::InOrder(cells) if cells.last().is_none_or(|(last, _)| *last < cell) => {
                if cells.is_empty() {
                    cells.reserve(Self::USUAL);
                }
                cells.push((cell, value));
            }
            Self::InOrder(cells) => {
                let mut cells = tree(cells);
                cells.insert(cell, value);
                *self = Self::Anyhow(cells);
            }
            Self::Anyhow(cells) => {
                cells.insert(cell, value);
            }
        }
    }

    /// Empties a cell that is not empty.
    pub(super) fn remove(&mut self, cell: CellRef) {
        match self {
            Self::InOrder(cells) => {
                let mut cells = tree(cells);
                cells.remove(&cell);
                *self = Self::Anyhow(cells);
            }
            Self::Anyhow(cells) => {
                cells.remove(&cell);
            }
        }
    }

    pub(super) fn get(&self, cell: CellRef) -> Option<&Value> {
        match self {
            Self::InOrder(cells) => {
                let at = cells.binary_search_by_key(&cell, |(cell, _)| *cell).ok()?;
                cells.get(at).map(|(_, value)| value)
            }
            Self::Anyhow(cells) => cells.get(&cell),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (CellRef, &Value)> {
        let (in_order, anyhow) = match self {
            Self::InOrder(cells) => (cells.as_slice(), None),
            Self::Anyhow(cells) => (&[][..], Some(cells)),
        };
        let in_order = in_order.iter().map(|(cell, value)| (*cell, value));
        let anyhow = anyhow.into_iter().flatten();
        in_order.chain(anyhow.map(|(cell, value)| (*cell, value)))
    }

    /// The cells within these bounds.
    pub(super) fn within(&self, bounds: Range<CellRef>) -> impl Iterator<Item = (CellRef, &Value)> {
        let (in_order, anyhow) = match self {
            Self::InOrder(cells) => {
                let from = cells.partition_point(|(cell, _)| *cell < bounds.start);
                (&cells[from..], None)
            }
            Self::Anyhow(cells) => (&[][..], Some(cells.range(bounds.clone()))),
        };
        let in_order = in_order
            .iter()
            .take_while(move |(cell, _)| *cell < bounds.end)
            .map(|(cell, value)| (*cell, value));
        let anyhow = anyhow.into_iter().flatten();
        in_order.chain(anyhow.map(|(cell, value)| (*cell, value)))
    }
}

/// The same in a tree.
fn tree(cells: &mut Vec<(CellRef, Value)>) -> BTreeMap<CellRef, Value> {
    std::mem::take(cells).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{CellRef, Grid, Value};

    /// What is in a grid, as rows and columns.
    fn cells(grid: &Grid) -> Vec<(u32, u32)> {
        let cells = grid.iter();
        cells.map(|(cell, _)| (cell.row(), cell.column())).collect()
    }

    #[test]
    fn the_order_in_which_cells_come_makes_no_difference() {
        let order = [(0, 1), (0, 3), (1, 0), (1, 2), (4, 0)];
        let grid = |order: &mut dyn Iterator<Item = &(u32, u32)>| {
            let mut grid = Grid::default();
            for (row, column) in order {
                grid.put(CellRef::new(*row, *column), Value::Bool(true));
            }
            grid
        };
        let straight = grid(&mut order.iter());
        let backwards = grid(&mut order.iter().rev());
        let twice = grid(&mut order.iter().chain(&order[1..2]));
        assert!(matches!(straight, Grid::InOrder(_)));
        assert!(matches!(backwards, Grid::Anyhow(_)));
        for mut grid in [straight.clone(), backwards, twice] {
            assert_eq!(grid, straight);
            assert_eq!(cells(&grid), order);
            let bounds = CellRef::new(0, 2)..CellRef::new(1, 2);
            let within: Vec<CellRef> = grid.within(bounds).map(|(cell, _)| cell).collect();
            assert_eq!(within, [CellRef::new(0, 3), CellRef::new(1, 0)]);
            assert!(grid.get(CellRef::new(1, 2)).is_some());
            assert!(grid.get(CellRef::new(1, 1)).is_none());
            grid.remove(CellRef::new(1, 0));
            assert_eq!(cells(&grid), [(0, 1), (0, 3), (1, 2), (4, 0)]);
            assert!(!grid.is_empty());
        }
        assert!(Grid::default().is_empty());
    }
}
