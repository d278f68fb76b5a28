//! A sheet, written from top to bottom: heading, table, notes, signatures, and its set-up for print.
//!
//! Merges nothing but title, notes and signatures, so that people can sort and filter the table. Knows no
//! societies and no forms.

mod cells;
mod fit;
mod heading;
mod page;
mod runs;
mod whole;
mod wrap;

use std::collections::BTreeMap;

use rust_xlsxwriter::{Chart, Format, FormatAlign, IgnoreError, Worksheet, XlsxError};

use crate::report::kit::print::Paper;
use crate::report::kit::style;
use crate::report::kit::table::{Column, Look, Row};
use cells::{Key, LINE};
use runs::Runs;
use wrap::lines;

pub use cells::row_height;
pub use fit::fit;
pub use whole::takes_one_page;
pub use wrap::width;

/// The highest a row may be in a sheet, in points.
const HIGHEST: f64 = 409.0;

/// What a sheet is written on.
pub(super) enum Leaf {
    Memory(Worksheet),
    /// A row leaves memory when the next one begins.
    Outside(Worksheet),
}

/// A sheet while it is being written.
pub struct Sheet {
    worksheet: Worksheet,
    columns: Vec<Column>,
    size: f64,
    formats: BTreeMap<Key, Format>,
    runs: Runs,
    name: String,
    title: String,
    heights: Vec<f64>,
    /// Rows at the top that are for the screen only.
    unprinted: usize,
    /// Links so far.
    links: usize,
    /// Row of the table's header.
    header: Option<u32>,
    /// First row below the heading.
    headed: u32,
    /// Whether every page repeats what stands between heading and header.
    repeats_lead: bool,
    /// Whether it had any rows, once the table has ended.
    has_rows: bool,
    /// Height of a row that needs but one line.
    row_height: f64,
    paper: Paper,
    /// Columns that every page repeats.
    frozen: u16,
    /// Whether all of it is printed on one page.
    one_page: bool,
    /// First row of the notes.
    noted: Option<usize>,
    /// What must not be torn by a page: first row and the row below.
    together: Vec<(usize, usize)>,
}

impl Sheet {
    pub(super) fn new(
        leaf: Leaf,
        name: &str,
        columns: Vec<Column>,
        size: f64,
        paper: Paper,
    ) -> Result<Self, XlsxError> {
        let (mut worksheet, runs) = match leaf {
            Leaf::Memory(worksheet) => (worksheet, Runs::default()),
            Leaf::Outside(worksheet) => (worksheet, Runs::by_row()),
        };
        worksheet.set_name(name)?;
        for (at, column) in (0..).zip(&columns) {
            worksheet.set_column_width_pixels(at, column.pixels(size))?;
        }
        Ok(Self {
            worksheet,
            columns,
            size,
            formats: BTreeMap::new(),
            runs,
            name: name.to_owned(),
            title: String::new(),
            heights: Vec::new(),
            unprinted: 0,
            links: 0,
            header: None,
            headed: 0,
            repeats_lead: false,
            has_rows: false,
            row_height: (size * 1.8).ceil(),
            paper,
            frozen: 0,
            one_page: false,
            noted: None,
            together: Vec::new(),
        })
    }

    /// Its name, for charts that draw from it.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Points of all printed rows so far.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.heights[self.unprinted..].iter().sum()
    }

    /// The row that comes next.
    #[must_use]
    pub fn next_row(&self) -> u32 {
        u32::try_from(self.heights.len()).unwrap_or(u32::MAX)
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// The last column on the first page: what stands above and below the table is not torn by the next page.
    fn last_on_first_page(&self) -> u16 {
        let (all, pages) = (self.pixels(), self.pages_wide());
        if pages <= 1 {
            return self.last_column();
        }
        let room = all / u32::from(pages);
        let mut used = 0;
        (0..)
            .zip(&self.columns)
            .take_while(|(_, column)| {
                used += column.pixels(self.size);
                used <= room
            })
            .last()
            .map_or(0, |(at, _)| at)
    }

    /// Width of all columns.
    #[must_use]
    pub fn pixels(&self) -> u32 {
        fit::pixels(&self.columns, self.size)
    }

    /// Pages side by side.
    fn pages_wide(&self) -> u16 {
        let repeated = fit::pixels(&self.columns[..usize::from(self.frozen)], self.size);
        self.paper.pages_wide(self.pixels(), repeated, self.size)
    }

    pub(super) fn into_worksheet(self) -> Worksheet {
        self.worksheet
    }

    /// Begins a row of this height.
    pub(super) fn begin(&mut self, height: f64) -> Result<u32, XlsxError> {
        let row = self.next_row();
        let height = height.min(HIGHEST);
        self.worksheet.set_row_height(row, height)?;
        self.heights.push(height);
        Ok(row)
    }

    /// Leaves room before what follows.
    ///
    /// # Errors
    /// The writer refuses the row.
    pub fn gap(&mut self, height: f64) -> Result<(), XlsxError> {
        self.begin(height).map(|_| ())
    }

    /// A text over all columns from `first` to `last`.
    pub(super) fn across(
        &mut self,
        row: u32,
        (first, last): (u16, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let text = style::cell_text(text);
        if first < last {
            self.worksheet
                .merge_range(row, first, row, last, &text, format)?;
        } else {
            self.worksheet
                .write_string_with_format(row, first, &text, format)?;
        }
        Ok(())
    }

    /// The table's header.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn header(&mut self) -> Result<(), XlsxError> {
        let lines = self
            .columns
            .iter()
            .map(|column| lines(&column.head, column.width))
            .max()
            .unwrap_or(1);
        let row = self.begin(f64::from(lines) * self.size * LINE + 6.0)?;
        self.header = Some(row);
        let heads: Vec<String> = self
            .columns
            .iter()
            .map(|column| style::cell_text(&column.head))
            .collect();
        self.heads(row, heads)
    }

    /// Heads side by side. The writer finds their format once, not for each of them.
    fn heads(&mut self, row: u32, heads: Vec<String>) -> Result<(), XlsxError> {
        let format = self.header_format();
        let mut last = None;
        for (at, head) in (0..).zip(heads) {
            self.worksheet.write_string(row, at, head)?;
            last = Some(at);
        }
        if let Some(last) = last {
            self.worksheet
                .set_range_format(row, 0, row, last, &format)?;
        }
        Ok(())
    }

    /// One row of the table.
    ///
    /// # Errors
    /// The writer refuses something, or there is no more room.
    pub fn row(&mut self, row: Row) -> Result<(), XlsxError> {
        let at = self.begin(row_height(&self.columns, &row, self.size, self.row_height))?;
        let mut cells = row.cells.into_iter();
        for (column, index) in (0..).zip(0..self.columns.len()) {
            let cell = cells.next().unwrap_or_default();
            let look = self.columns[index].look;
            self.cell(at, column, look, cell, (row.heavy, row.sum))?;
        }
        self.end_row()
    }

    /// One row of a small table whose columns look otherwise than the sheet's; as wide as `looks`.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn row_as(&mut self, row: Row, looks: &[Look]) -> Result<(), XlsxError> {
        // A name that takes two lines is not cut.
        let at = self.begin(row_height(&self.columns, &row, self.size, self.row_height))?;
        for (column, (look, cell)) in (0..).zip(looks.iter().zip(row.cells)) {
            self.cell(at, column, *look, cell, (row.heavy, row.sum))?;
        }
        self.end_row()
    }

    /// The header of a small table.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn small_header(&mut self, heads: &[&str]) -> Result<(), XlsxError> {
        let row = self.begin(self.size * 2.2)?;
        let heads = heads.iter().map(|head| style::cell_text(head)).collect();
        self.heads(row, heads)
    }

    /// The heading of a section.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn subheading(&mut self, text: &str) -> Result<(), XlsxError> {
        let row = self.begin(self.size * 2.2)?;
        let format = style::font(style::HEAD, self.size + 1.5);
        self.worksheet
            .write_string_with_format(row, 0, style::cell_text(text), &format)?;
        Ok(())
    }

    /// A line of text between tables.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn say(&mut self, text: &str) -> Result<(), XlsxError> {
        self.paragraphs(&[text])
    }

    fn header_format(&self) -> Format {
        style::boxed(style::HEAD, self.size)
            .set_align(FormatAlign::Center)
            .set_text_wrap()
            .set_background_color(style::GREY)
    }

    /// Puts a chart over the cells from `row` and `column` on.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn chart(&mut self, row: u32, column: u16, chart: &Chart) -> Result<(), XlsxError> {
        self.worksheet
            .insert_chart_with_offset(row, column, chart, 8, 0)?;
        Ok(())
    }

    /// From here on a row that needs but one line is `height` points high.
    pub const fn rows(&mut self, height: f64) {
        self.row_height = height;
    }

    /// Keeps the rows from `first` to the last so far on one page.
    pub fn keep(&mut self, first: u32) {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        self.together.push((first, self.heights.len()));
    }

    /// Ends the table: what is written so far can be filtered, what follows is not part of it.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn end_table(&mut self) -> Result<(), XlsxError> {
        let (Some(header), last_column) = (self.header, self.last_column()) else {
            return Ok(());
        };
        let last = self.next_row().saturating_sub(1);
        if last > header {
            self.has_rows = true;
            self.worksheet.autofilter(header, 0, last, last_column)?;
            for (at, column) in (0..).zip(&self.columns) {
                // Codes such as 3.2 are text; a total leaves out its neighbours on purpose.
                let kind = if cells::number_format(column.look).is_none() {
                    IgnoreError::NumberStoredAsText
                } else {
                    IgnoreError::FormulaOmitsCells
                };
                self.worksheet
                    .ignore_error_range(header, at, last, at, kind)?;
                if !column.choices.is_empty() {
                    let choice = whole::choice(column)?;
                    self.worksheet
                        .add_data_validation(header + 1, at, last, at, &choice)?;
                }
            }
        }
        Ok(())
    }
}
