//! What intake hands on: sheets of cells, whatever program wrote them.
//!
//! Owned and free of any spreadsheet crate's types, so that a mail, an archive or a separate reading process
//! can produce them too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::{Defect, Refusal};
use crate::model::{CellRef, Letter, Place, sha256_hex};

/// Where a file came from and what identifies its content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Relative to the PATH it was found under, with `/`; for a PATH that is a file, its name.
    pub file: String,
    /// The way inside archives and mails, outermost first. Empty for a plain file.
    pub within: Vec<String>,
    /// SHA-256 of the bytes, lower-case hex. Empty when the file could not be read at all.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Given on the command line itself, not met in a folder.
    pub named: bool,
    /// The mail it came in: of several one inside the other, the innermost.
    pub letter: Option<Arc<Letter>>,
}

impl Source {
    /// What the file itself is called, without the way to it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.within.last().unwrap_or(&self.file)
    }

    /// With size and digest of these bytes.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> Self {
        Self {
            sha256: sha256_hex(bytes),
            size: bytes.len() as u64,
            ..self
        }
    }

    /// The whole file as a place.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::file(&self.file, &self.within)
    }

    /// A sheet of the file as a place.
    #[must_use]
    pub fn sheet(&self, sheet: &str) -> Place {
        Place {
            sheet: sheet.to_owned(),
            ..self.place()
        }
    }

    /// The name a person gave the file, without folders and without its ending.
    #[must_use]
    pub fn stem(&self) -> &str {
        let path = self.name();
        let name = path.rsplit('/').next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// The content of one cell that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Text as written, not folded. Never empty.
    Text(String),
    /// A number to the 15 significant digits that the spreadsheet program shows.
    Number(Decimal),
    /// A number whose format shows it as a date or time.
    Date {
        /// The day, unless the serial is none (a mere time of day, 1900-02-29, out of range).
        day: Option<Date>,
        /// The number behind it, to 15 digits.
        serial: Decimal,
    },
    Bool(bool),
    /// `#REF!` and its kin, as Excel writes them.
    Error(String),
    /// A formula that carries no result, because a program wrote it and none calculated it.
    NoCachedValue,
}

impl Value {
    /// The value as text, trimmed; empty for a formula without a result.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::NoCachedValue => String::new(),
            Self::Text(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Date { day: Some(day), .. } => day.to_string(),
            Self::Date { serial, .. } => serial.to_string(),
            Self::Bool(flag) => (if *flag { "是" } else { "否" }).to_owned(),
        }
    }
}

/// The first and the last cell of a merged region, zero-based (row, column), as files tell them.
pub(super) type Corners = ((u32, u32), (u32, u32));

/// Sees to it that the sheets of a workbook can be told apart by what they are called.
pub(super) fn told_apart<'n>(mut names: impl Iterator<Item = &'n str>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    if names.all(|name| seen.insert(name)) {
        Ok(())
    } else {
        Err(Refusal::Unreadable(Defect::SheetsAlike))
    }
}

/// The sheets of a workbook, unless all that could be read are lost; `broken` says why the first of them is.
pub(super) fn whole_enough(
    sheets: Vec<Sheet>,
    broken: Option<Refusal>,
) -> Result<Vec<Sheet>, Refusal> {
    match broken {
        Some(refusal) if sheets.iter().all(|sheet| sheet.is_lost) => Err(refusal),
        _ => Ok(sheets),
    }
}

/// One sheet: its non-empty cells in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// As Excel shows it; empty for csv.
    pub name: String,
    cells: Grid,
    merged: BTreeMap<CellRef, CellRef>,
    /// What the program that saved it does not show, as far as the reader of its format can tell.
    pub hidden: Hidden,
    /// Some cell is a number.
    numbers: bool,
    looks: BTreeMap<CellRef, Look>,
    /// The workbook names it, but what is on it is not there.
    pub is_lost: bool,
    /// Cells whose text was longer than any program allows, and was cut off.
    pub clipped: Vec<CellRef>,
}

/// What is not in the value of a cell, as far as the reader of its format can tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    /// What of it is struck out, its beginning; empty where nothing is.
    pub struck: String,
    /// All of it or a part cannot be seen: its colour is that of the paper, or its format shows nothing.
    pub unseen: bool,
    /// The number that is seen, where it is not the one that is stored: `40%` for 0.4.
    pub seen: Option<String>,
    pub is_formula: bool,
    /// A formula whose result, 0 or nothing, no program has ever calculated.
    pub uncalculated: bool,
}

impl Look {
    /// How much is kept of what is struck out: enough to know it by.
    const KEPT: usize = 40;

    /// Notes what is struck out.
    pub(super) fn struck_out(&mut self, text: &str) {
        self.struck = text.trim().chars().take(Self::KEPT).collect();
    }
}

/// What of a sheet is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hidden {
    /// The sheet itself.
    pub sheet: bool,
    /// Zero-based rows, first and last, that hold something.
    rows: Vec<(u32, u32)>,
    /// Zero-based columns, first and last.
    columns: Vec<(u32, u32)>,
}

impl Hidden {
    /// Notes hidden rows, top to bottom.
    pub fn rows(&mut self, first: u32, last: u32) {
        match self.rows.last_mut() {
            Some((_, end)) if end.saturating_add(1) == first => *end = last,
            _ => self.rows.push((first, last)),
        }
    }

    /// Notes hidden columns. There cannot be more of them than a sheet has columns.
    pub fn columns(&mut self, first: u32, last: u32) {
        if (self.columns.len() as u64) < u64::from(CellRef::COLUMNS) {
            self.columns.push((first, last));
        }
    }

    /// Whether a row of a shown sheet is hidden.
    #[must_use]
    pub fn hides_row(&self, row: u32) -> bool {
        let at = self.rows.partition_point(|(_, last)| *last < row);
        self.rows.get(at).is_some_and(|(first, _)| *first <= row)
    }

    /// Whether a cell of a shown sheet stands in a hidden row or column.
    #[must_use]
    pub fn hides(&self, cell: CellRef) -> bool {
        self.hides_row(cell.row())
            || self
                .columns
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&cell.column()))
    }
}

impl Sheet {
    /// Takes in what reading it came to: one that is broken is lost as a whole, and the others of its workbook are not.
    /// Then says why.
    pub(super) fn spares_others(
        &mut self,
        read: Result<(), Refusal>,
    ) -> Result<Option<Refusal>, Refusal> {
        match read {
            Ok(()) => Ok(None),
            Err(why @ Refusal::Unreadable(_)) => {
                let is_hidden = self.hidden.sheet;
                *self = Self::new(&self.name);
                self.hidden.sheet = is_hidden;
                self.is_lost = true;
                Ok(Some(why))
            }
            Err(other) => Err(other),
        }
    }

    /// An empty sheet called `name`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Puts `value` into `cell`; empty text is no value.
    pub fn put(&mut self, cell: CellRef, value: Value) {
        if !matches!(&value, Value::Text(text) if text.is_empty()) {
            self.numbers |= matches!(value, Value::Number(_));
            self.cells.put(cell, value);
        }
    }

    /// Notes a merged region by its first (top left) and last (bottom right) cell. It is never expanded.
    pub fn merge(&mut self, first: CellRef, last: CellRef) {
        self.merged.insert(first, last);
    }

    /// Merges a region and drops what its covered cells still hold: programs keep it, people never see it.
    /// Gives the number of cells looked at.
    pub(super) fn merge_and_empty(&mut self, first: CellRef, last: CellRef) -> u64 {
        let end = last.max(first).right(1);
        let mut looked_at = 0;
        let covered: Vec<CellRef> = self
            .cells
            .within(first..end)
            .map(|(cell, _)| cell)
            .inspect(|_| looked_at += 1)
            .filter(|cell| (first.column()..=last.column()).contains(&cell.column()))
            .filter(|cell| *cell != first)
            .collect();
        for cell in covered {
            self.cells.remove(cell);
            self.looks.remove(&cell);
        }
        self.merge(first, last);
        looked_at
    }

    /// What stands in `cell`. The covered cells of a merged region are empty.
    #[must_use]
    pub fn get(&self, cell: CellRef) -> Option<&Value> {
        self.cells.get(cell)
    }

    /// What is not in the value of `cell`, to be noted.
    pub(crate) fn note(&mut self, cell: CellRef) -> &mut Look {
        self.looks.entry(cell).or_default()
    }

    /// What is not in the value of `cell`, if there is such a thing.
    #[must_use]
    pub fn look(&self, cell: CellRef) -> Option<&Look> {
        self.looks.get(&cell)
    }

    /// All non-empty cells in reading order.
    pub fn cells(&self) -> impl Iterator<Item = (CellRef, &Value)> {
        self.cells.iter()
    }

    /// The non-empty cells of one zero-based row, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (CellRef, &Value)> {
        let rows = CellRef::new(row, 0)..CellRef::new(row + 1, 0);
        self.cells.within(rows)
    }

    /// The zero-based rows that hold anything, top to bottom.
    #[must_use]
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.iter().map(|(cell, _)| cell.row()).collect();
        rows.dedup();
        rows
    }

    /// The last cell of the merged region that `cell` begins, or `cell` itself.
    #[must_use]
    pub fn end_of(&self, cell: CellRef) -> CellRef {
        self.merged.get(&cell).copied().unwrap_or(cell)
    }

    /// Whether the sheet does not tell text from numbers: a csv and most web pages hold nothing but texts.
    #[must_use]
    pub fn is_text(&self) -> bool {
        !self.numbers
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{CellRef, Sheet, Value};

    /// Every cell as `A1=text`, for the tests of the readers.
    pub(in crate::intake) fn shown(sheet: &Sheet) -> Vec<String> {
        let shown = |(cell, value): (CellRef, &Value)| match value {
            Value::Text(text) => format!("{cell}={text}"),
            other => format!("{cell}={}", other.written()),
        };
        sheet.cells().map(shown).collect()
    }
}
