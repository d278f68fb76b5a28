//! What several workbooks share: sheets built row by row, the words of an outcome, lists that look alike.
//!
//! Shows and never computes; what it shows stands in the standings.

pub mod cell;
pub mod files;
pub mod findings;
pub mod links;
pub mod mean;
pub mod policies;
#[cfg(test)]
pub(crate) mod sample;
pub mod score;
pub mod sheet;
pub mod words;

use rust_xlsxwriter::{Workbook, XlsxError};

pub use cell::{Cell, Column, Look, Row};
pub use links::{Links, file_text};
pub use mean::mean;
pub use sheet::Sheet;

use super::names::SheetNames;
use super::style;
use crate::error::Error;
use crate::rank::Standings;

/// Rows of a list on one sheet; longer ones go on in the next sheet.
const MOST_ROWS: usize = 1_000_000;

/// A workbook of sheets, bound to no standings.
pub struct Binder {
    workbook: Workbook,
    names: SheetNames,
}

impl Binder {
    /// An empty workbook of this title, as if written on this day.
    #[must_use]
    pub fn new(title: &str, day: Option<jiff::civil::Date>) -> Self {
        Self {
            workbook: style::workbook(title, day),
            names: SheetNames::default(),
        }
    }

    /// A sheet to be filled; it becomes part of the workbook by [`Binder::add`].
    ///
    /// # Errors
    /// The writer refuses the name or a width.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: Vec<Column>,
        size: f64,
    ) -> Result<Sheet, XlsxError> {
        Sheet::new(&self.names.name(name), columns, size)
    }

    /// Adds a finished sheet behind the others.
    pub fn add(&mut self, sheet: Sheet) {
        self.workbook.push_worksheet(sheet.into_worksheet());
    }

    /// The finished workbook.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

/// A workbook while it is being written.
pub struct Book<'s> {
    pub standings: &'s Standings<'s>,
    binder: Binder,
}

impl<'s> Book<'s> {
    /// An empty workbook of this title.
    #[must_use]
    pub fn new(standings: &'s Standings<'s>, title: &str) -> Self {
        Self {
            standings,
            binder: Binder::new(title, standings.as_of),
        }
    }

    /// A sheet to be filled; it becomes part of the workbook by [`Book::add`].
    ///
    /// # Errors
    /// The writer refuses the name or a width.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: Vec<Column>,
        size: f64,
    ) -> Result<Sheet, XlsxError> {
        self.binder.sheet(name, columns, size)
    }

    /// Adds a finished sheet behind the others.
    pub fn add(&mut self, sheet: Sheet) {
        self.binder.add(sheet);
    }

    /// Adds a plain list as a sheet, or as several where it is too long for one. `empty` is said where there
    /// are no rows; `finish` may add to each sheet what only this list has.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn list(
        &mut self,
        list: &List<'_>,
        rows: impl Iterator<Item = Row>,
        finish: impl Fn(&mut Sheet) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        let mut rows = rows.peekable();
        loop {
            let mut sheet = self.sheet(list.name, list.columns.clone(), list.size)?;
            // Lists are long: their rows stand closer than those of a table to sign.
            sheet.row_height = (list.size * 1.6).ceil();
            sheet.heading(self.standings, list.title, list.unit)?;
            sheet.header()?;
            for row in rows.by_ref().take(MOST_ROWS) {
                sheet.row(&row)?;
            }
            sheet.end_table()?;
            if sheet.table_rows().is_none() {
                sheet.notes(&[list.empty.to_owned()])?;
            }
            finish(&mut sheet)?;
            sheet.finish(self.standings, list.frozen)?;
            self.add(sheet);
            if rows.peek().is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The finished workbook.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn bytes(self) -> Result<Vec<u8>, XlsxError> {
        self.binder.bytes()
    }
}

/// How a plain list looks.
#[derive(Debug, Clone)]
pub struct List<'l> {
    /// Of the sheet.
    pub name: &'l str,
    pub title: &'l str,
    /// Said at the right above the table: `单位：分`; may be empty.
    pub unit: &'l str,
    pub columns: Vec<Column>,
    /// Points of the body.
    pub size: f64,
    /// Columns that stay in sight when scrolling to the right.
    pub frozen: u16,
    /// Said where there are no rows.
    pub empty: &'l str,
}

/// What the writer refused, as the error of a run.
#[must_use]
pub fn fault(file: &str, error: &XlsxError) -> Error {
    Error::Sheet {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}
