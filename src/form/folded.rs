//! A sheet with its texts folded once: everything is found by comparing them, over and over.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::labels::Column;
use super::words::Words;
use crate::intake::{Sheet, Value};
use crate::model::{CellRef, folded};

/// A sheet and its folded texts.
pub(super) struct Folded<'s> {
    pub sheet: &'s Sheet,
    pub words: &'s Words,
    /// In reading order.
    texts: Vec<(CellRef, Cow<'s, str>)>,
}

impl<'s> Folded<'s> {
    pub(super) fn new(sheet: &'s Sheet, words: &'s Words) -> Self {
        let texts = sheet
            .cells()
            .filter_map(|(cell, value)| match value {
                Value::Text(text) => Some((cell, folded(text))),
                _ => None,
            })
            .collect();
        Self {
            sheet,
            words,
            texts,
        }
    }

    /// All folded texts in reading order.
    pub(super) fn texts(&self) -> impl Iterator<Item = (CellRef, &str)> {
        self.texts.iter().map(|(cell, text)| (*cell, &**text))
    }

    /// The folded text of a cell.
    pub(super) fn text(&self, cell: CellRef) -> Option<&str> {
        let at = self.texts.binary_search_by_key(&cell, |(cell, _)| *cell);
        Some(&self.texts.get(at.ok()?)?.1)
    }

    /// The folded texts of a row, left to right.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (CellRef, &str)> {
        let from = self.texts.partition_point(|(cell, _)| cell.row() < row);
        self.texts[from..]
            .iter()
            .take_while(move |(cell, _)| cell.row() == row)
            .map(|(cell, text)| (*cell, &**text))
    }

    /// The folded text of a cell in the code column. A program may have turned `1.1` into a number.
    pub(super) fn code(&self, cell: CellRef) -> Option<Cow<'_, str>> {
        if let Some(text) = self.text(cell) {
            return Some(text.into());
        }
        match self.sheet.get(cell)? {
            Value::Number(number) => Some(number.normalize().to_string().into()),
            _ => None,
        }
    }

    /// The headings of a row and the columns they stand in, left to right.
    pub(super) fn headings(&self, row: u32) -> BTreeMap<Column, Vec<CellRef>> {
        let mut found: BTreeMap<Column, Vec<CellRef>> = BTreeMap::new();
        for (cell, written) in self.row(row) {
            if let Some(column) = self.words.heading(written) {
                found.entry(column).or_default().push(cell);
            }
        }
        found
    }

    /// Whether several of the form's labels stand on the sheet.
    pub(super) fn has_fields(&self) -> bool {
        const SEVERAL: usize = 3;
        let labels = self.texts.iter().filter(|(cell, _)| self.is_label(*cell));
        labels.take(SEVERAL).count() == SEVERAL
    }

    /// Whether a cell is a label of the form itself.
    pub(super) fn is_label(&self, cell: CellRef) -> bool {
        self.text(cell).is_some_and(|text| {
            self.words
                .labels
                .iter()
                .any(|label| labelled(text, label).is_some())
        })
    }
}

/// Whether a folded text is `label` (folded), alone or with a colon; then what stands behind the colon.
pub(super) fn labelled<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(label)?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix(':')
}
