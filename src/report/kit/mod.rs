//! What several workbooks share: sheets built row by row, the words of an outcome, lists that look alike.
//!
//! Shows and never computes; what it shows stands in the standings.

pub(super) mod alike;
pub mod csv;
pub mod links;
pub mod mean;
pub mod names;
mod own;
pub mod policies;
pub mod print;
mod room;
#[cfg(test)]
pub(crate) mod sample;
pub mod sheet;
pub mod steps;
pub mod style;
pub mod table;
pub mod words;

use jiff::civil::Date;
use rust_xlsxwriter::{Workbook, XlsxError};

pub use links::{Links, file_text};
pub use mean::mean;
pub use own::Own;
pub use room::Room;
pub use sheet::Sheet;
pub(crate) use table::columns;
pub use table::{Cell, Column, Layout, Look, Row, Table, Topic};

use crate::error::Error;
use crate::rank::Standings;
use names::SheetNames;
use print::Paper;
use sheet::Leaf;

/// Rows of a list on one sheet; longer ones go on in the next sheet.
const MOST_ROWS: usize = 1_000_000;

/// A workbook while it is being written; it knows nothing of what stands in it.
pub struct Book {
    workbook: Workbook,
    names: SheetNames,
    /// Printed on every sheet.
    mark: Option<String>,
    /// What its tables keep; everything where it is about no scheme.
    own: Option<Own>,
    /// Whether its tables have room outside memory.
    is_outside: bool,
}

impl Book {
    /// An empty workbook of this title, as if written on `day`.
    ///
    /// # Errors
    /// The writer refuses the base font.
    pub fn new(title: &str, day: Option<Date>, mark: Option<&str>) -> Result<Self, XlsxError> {
        Ok(Self {
            workbook: style::workbook(title, day)?,
            names: SheetNames::default(),
            mark: mark.map(str::to_owned),
            own: None,
            is_outside: false,
        })
    }

    /// The same, where there is `room` with this room for its tables. These are then written one after the other.
    ///
    /// # Errors
    /// No file can be made there.
    pub fn with(mut self, room: Option<&Room>) -> Result<Self, XlsxError> {
        if let Some(room) = room {
            self.workbook.set_tempdir(&room.folder)?;
            self.is_outside = true;
        }
        Ok(self)
    }

    /// An empty workbook about the standings.
    ///
    /// # Errors
    /// The writer refuses the base font.
    pub fn about(standings: &Standings<'_>, title: &str) -> Result<Self, XlsxError> {
        Ok(Self {
            own: Some(Own::of(&standings.ground.scheme)),
            ..Self::new(title, standings.as_of, standings.mark.as_deref())?
        })
    }

    /// Adds a table as a sheet, or as several where it is too long for one. Its rows are gone as they are written.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn add(&mut self, table: Table) -> Result<(), XlsxError> {
        self.add_called(table.name, table)
    }

    /// The same under a name that is known only now.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn add_called(&mut self, name: &str, table: Table) -> Result<(), XlsxError> {
        self.add_in_sheets(name, table, MOST_ROWS)
    }

    /// Adds a table whose `rows` are made while they are written, for all of them take more room than the sheet.
    /// They are made once before, to leave out those columns of these heads that none fills; sums do not count. They have
    /// room on one sheet, or the writer refuses them.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn add_streamed<R: Iterator<Item = Row>>(
        &mut self,
        mut table: Table,
        heads: &[&str],
        rows: impl Fn() -> R,
    ) -> Result<(), XlsxError> {
        let mut empty = table.called(heads);
        for row in rows() {
            if empty.is_empty() {
                break;
            }
            row.leaves_empty(&mut empty);
        }
        table.remove(&empty);
        let gone = self.own.as_ref().map(|own| own.narrow(&mut table));
        let gone = gone.unwrap_or_default();
        let rows = rows().map(|mut row| {
            row.remove(&empty);
            row.remove(&gone);
            row
        });
        let columns = std::mem::take(&mut table.columns);
        let fitted = sheet::fit(columns, table.layout.size, table.layout.paper);
        let sheet = self.blank(table.name, fitted, table.layout.size)?;
        self.add_sheet(sheet, &table, rows, true)
    }

    /// Adds one sheet of a table: `rows` are as many as there is room for, `is_last` when no more come.
    fn add_sheet(
        &mut self,
        sheet: Sheet,
        table: &Table,
        rows: impl Iterator<Item = Row>,
        is_last: bool,
    ) -> Result<(), XlsxError> {
        let sheet = sheet.table(self.mark.as_deref(), table, rows, is_last)?;
        self.workbook.push_worksheet(sheet.into_worksheet());
        Ok(())
    }

    /// See [`Book::add_called`], with at most so many rows on a sheet.
    fn add_in_sheets(&mut self, name: &str, table: Table, most: usize) -> Result<(), XlsxError> {
        let mut table = match &self.own {
            Some(own) => own.table(table),
            None => table,
        };
        let mut rows = std::mem::take(&mut table.rows).into_iter();
        let columns = std::mem::take(&mut table.columns);
        let fitted = sheet::fit(columns, table.layout.size, table.layout.paper);
        loop {
            let is_last = rows.len() <= most;
            let here = rows.by_ref().take(most);
            let sheet = self.blank(name, fitted.clone(), table.layout.size)?;
            self.add_sheet(sheet, &table, here, is_last)?;
            if is_last {
                return Ok(());
            }
        }
    }

    /// A sheet for what is more than one table; it becomes part of the workbook by [`Book::push`].
    ///
    /// # Errors
    /// The writer refuses the name or a width.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: Vec<Column>,
        size: f64,
    ) -> Result<Sheet, XlsxError> {
        // In memory: a chart takes with it what it shows of its table.
        self.named(
            Leaf::Memory(style::worksheet()?),
            name,
            sheet::fit(columns, size, None),
            size,
        )
    }

    /// A sheet for a table, on which nothing stands.
    fn blank(
        &mut self,
        name: &str,
        fitted: (Vec<Column>, Paper),
        size: f64,
    ) -> Result<Sheet, XlsxError> {
        let leaf = if self.is_outside {
            Leaf::Outside(style::worksheet_outside(&mut self.workbook)?)
        } else {
            Leaf::Memory(style::worksheet()?)
        };
        self.named(leaf, name, fitted, size)
    }

    /// A sheet of this name on a leaf.
    fn named(
        &mut self,
        leaf: Leaf,
        name: &str,
        (columns, paper): (Vec<Column>, Paper),
        size: f64,
    ) -> Result<Sheet, XlsxError> {
        Sheet::new(leaf, &self.names.name(name), columns, size, paper)
    }

    /// Adds a filled sheet behind the others, set up for print.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn push(&mut self, mut sheet: Sheet) -> Result<(), XlsxError> {
        sheet.finish(self.mark.as_deref())?;
        self.workbook.push_worksheet(sheet.into_worksheet());
        Ok(())
    }

    /// What is printed on every sheet.
    #[must_use]
    pub fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// The finished workbook.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        style::saved(&mut self.workbook)
    }
}

/// What the writer refused, as the error of a run.
#[must_use]
pub fn fault(file: &str, error: &XlsxError) -> Error {
    Error::Sheet {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::sample;
    use super::{Book, Cell, Layout, Look, Row, Table, columns};

    #[test]
    fn a_list_longer_than_a_sheet_goes_on_in_the_next() {
        const MOST: usize = 10;
        for (count, sheets) in [(0, 1), (MOST, 1), (MOST + 1, 2), (3 * MOST, 3)] {
            let columns = columns![("序号", 6, Look::Whole), ("名称", 20, Look::Left)];
            let row = |at| Row::new(vec![Cell::whole(at), Cell::text(format!("甲{at}乙"))]);
            let table = Table {
                title: "清单".to_owned(),
                rows: (0..count).map(row).collect(),
                empty: "没有。",
                sums: vec![Row::new(vec![Cell::blank(), Cell::text("合计")])],
                ..Table::of(columns, Layout::list(10.5, 1))
            };
            let mut book = Book::new("清单", None, None).expect("a book");
            book.add_in_sheets("清单", table, MOST).expect("added");
            let read = sample::sheets(&book.bytes().expect("written"));
            assert_eq!(read.len(), sheets, "{count}");
            let texts: Vec<String> = read.iter().map(sample::texts).collect();
            for (at, text) in texts.iter().enumerate() {
                // Every sheet has the heads; the sums stand where the rows end.
                assert!(text.contains("名称"), "{count}");
                assert_eq!(text.contains("合计"), at + 1 == sheets, "{count}");
                let here = (0..count).filter(|row| text.contains(&format!("甲{row}乙")));
                let from = at * MOST;
                assert!(here.eq(from..count.min(from + MOST)), "{count}");
            }
        }
    }
}
