//! A table as a sheet, from its heading to the block to sign.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, XlsxError};

use super::{HIGHEST, Leaf, Sheet, fit};
use crate::report::kit::style;
use crate::report::kit::table::{Column, Pages, Row, Table};

impl Sheet {
    /// The whole of a table: what stands above and below it, and its rows. `rows` are as many of its own as there is
    /// room for on one sheet; `is_last` when no more come.
    pub(in crate::report::kit) fn table(
        mut self,
        mark: Option<&str>,
        table: &Table,
        rows: impl Iterator<Item = Row>,
        is_last: bool,
    ) -> Result<Self, XlsxError> {
        let layout = &table.layout;
        self.row_height = layout.row_height;
        self.frozen = layout.frozen;
        self.repeats_lead = layout.repeats_lead;
        self.heading(mark, &table.title, &table.dated, table.unit)?;
        self.paragraphs(&table.lead)?;
        self.header()?;
        for row in rows {
            self.row(row)?;
        }
        self.end_table()?;
        if is_last {
            for row in &table.sums {
                self.row(row.clone())?;
            }
        }
        let empty = !self.has_rows && !table.empty.is_empty();
        let notes: Vec<&str> = empty
            .then_some(table.empty)
            .into_iter()
            .chain(table.notes.iter().map(String::as_str))
            .collect();
        if !notes.is_empty() {
            self.notes(&notes)?;
        }
        if let Some(signatures) = &table.signatures {
            self.signatures(signatures.people, &signatures.unit)?;
        }
        match layout.pages {
            Pages::Many => {}
            Pages::PreferOne => self.prefer_one_page(),
        }
        self.finish(mark)?;
        Ok(self)
    }
}

/// Whether a table that wishes for one page can be read on it, all of it.
///
/// # Errors
/// The writer refuses something.
pub fn takes_one_page(table: &Table) -> Result<bool, XlsxError> {
    let size = table.layout.size;
    let (columns, paper) = fit(table.columns.clone(), size, table.layout.paper);
    let leaf = Leaf::Memory(style::worksheet()?);
    let sheet = Sheet::new(leaf, "一页", columns, size, paper)?;
    let sheet = sheet.table(None, table, table.rows.iter().cloned(), true)?;
    // Of a row that would have to be higher, words are out of sight.
    let is_clipped = sheet.heights.iter().any(|height| *height >= HIGHEST);
    Ok(sheet.one_page && !is_clipped)
}

/// What a cell of the column may be chosen from; other words are asked about, not refused.
pub(super) fn choice(column: &Column) -> Result<DataValidation, XlsxError> {
    let head = &column.head;
    DataValidation::new()
        .allow_list_strings(&column.choices)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(head)?
        .set_error_message(format!("不在可选的{head}之中。确要这样写，请按“是”。"))
}
