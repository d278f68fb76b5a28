//! A sheet, written from top to bottom: heading, table, notes, signatures, and its set-up for print.
//!
//! Merges nothing but title, notes and signatures, so that people can sort and filter the table. Knows no
//! societies and no forms.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Chart, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::cell::{Cell, Column, Content, Look, Row};
use super::words;
use crate::model::CellRef;
use crate::rank::Standings;
use crate::report::print::{self, Fit, Paper};
use crate::report::style;

/// The highest a row may be in a sheet, in points.
const HIGHEST: f64 = 409.0;
/// Height of a line of text in sizes of its font.
const LINE: f64 = 1.3;

/// What makes one format of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    look: Look,
    text: bool,
    struck: bool,
    /// Of the row: the heavier line above it, the font of headings.
    row: (bool, bool),
    fill: Option<u32>,
}

/// A sheet while it is being written.
pub struct Sheet {
    worksheet: Worksheet,
    columns: Vec<Column>,
    size: f64,
    formats: BTreeMap<Key, Format>,
    name: String,
    title: String,
    heights: Vec<f64>,
    /// Row of the table's header.
    header: Option<u32>,
    /// First row below the heading.
    headed: u32,
    /// First and last row below it, once the table has ended.
    table: Option<(u32, u32)>,
    /// Height of a row that needs but one line.
    pub row_height: f64,
    /// Paper, where the widths alone shall not decide.
    pub paper: Option<Paper>,
    pub fit: Fit,
    /// First row of the notes.
    noted: Option<usize>,
    /// First row of what must not be torn by a page.
    together: Option<usize>,
    breaks: Vec<usize>,
}

impl Sheet {
    pub(super) fn new(name: &str, columns: Vec<Column>, size: f64) -> Result<Self, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?;
        for (at, column) in (0..).zip(&columns) {
            worksheet.set_column_width_pixels(at, column.pixels(size))?;
        }
        Ok(Self {
            worksheet,
            columns,
            size,
            formats: BTreeMap::new(),
            name: name.to_owned(),
            title: String::new(),
            heights: Vec::new(),
            header: None,
            headed: 0,
            table: None,
            row_height: (size * 2.0).ceil(),
            paper: None,
            fit: Fit::Wide,
            noted: None,
            together: None,
            breaks: Vec::new(),
        })
    }

    /// Its name, for charts that draw from it.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Points of all rows so far.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// The row that comes next.
    #[must_use]
    pub fn next_row(&self) -> u32 {
        u32::try_from(self.heights.len()).unwrap_or(u32::MAX)
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// First and last row of the ended table; none where it is empty.
    #[must_use]
    pub const fn table_rows(&self) -> Option<(u32, u32)> {
        self.table
    }

    /// Width of all columns.
    #[must_use]
    pub fn pixels(&self) -> u32 {
        self.columns
            .iter()
            .map(|column| column.pixels(self.size))
            .sum()
    }

    /// The writer's own sheet, for what only one sheet has: charts, lists to choose from.
    pub fn worksheet(&mut self) -> &mut Worksheet {
        &mut self.worksheet
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

    /// Mark, title, day of the data and unit.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn heading(
        &mut self,
        standings: &Standings<'_>,
        title: &str,
        unit: &str,
    ) -> Result<(), XlsxError> {
        title.clone_into(&mut self.title);
        let last = self.last_column();
        if let Some(mark) = &standings.mark {
            let row = self.begin(18.0)?;
            let format = style::font(style::HEAD, 10.5);
            self.worksheet
                .write_string_with_format(row, 0, style::cell_text(mark), &format)?;
        }
        // A title too long for the sheet's width is broken, not cut.
        let room = f64::from(self.pixels()) * 0.75;
        let lines = (f64::from(width(title)) * 9.0 / room).ceil().max(1.0);
        let row = self.begin(8.0 + 24.0 * lines)?;
        let format = style::font(style::TITLE, 18.0)
            .set_align(FormatAlign::Center)
            .set_text_wrap();
        self.across(row, (0, last), title, &format)?;
        let row = self.begin(17.0)?;
        let format = style::font(style::BODY, self.size);
        let day = format!("数据截至：{}", words::as_of(standings));
        self.worksheet
            .write_string_with_format(row, 0, day, &format)?;
        if !unit.is_empty() && last > 0 {
            let format = format.set_align(FormatAlign::Right);
            self.worksheet
                .write_string_with_format(row, last, unit, &format)?;
        }
        self.headed = self.next_row();
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
        let format = self.header_format();
        for (at, column) in (0..).zip(&self.columns) {
            self.worksheet
                .write_string_with_format(row, at, &column.head, &format)?;
        }
        Ok(())
    }

    /// One row of the table.
    ///
    /// # Errors
    /// The writer refuses something, or there is no more room.
    pub fn row(&mut self, row: &Row) -> Result<(), XlsxError> {
        let at = self.begin(row_height(&self.columns, row, self.size, self.row_height))?;
        let blank = Cell::blank();
        for (column, index) in (0..).zip(0..self.columns.len()) {
            let cell = row.cells.get(index).unwrap_or(&blank);
            let look = self.columns[index].look;
            self.cell(at, column, look, cell, row)?;
        }
        Ok(())
    }

    /// One row of a small table whose columns look otherwise than the sheet's; as wide as `looks`.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn row_as(&mut self, row: &Row, looks: &[Look]) -> Result<(), XlsxError> {
        let at = self.begin(self.row_height)?;
        for (column, (look, cell)) in (0..).zip(looks.iter().zip(&row.cells)) {
            self.cell(at, column, *look, cell, row)?;
        }
        Ok(())
    }

    /// The header of a small table.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn small_header(&mut self, heads: &[&str]) -> Result<(), XlsxError> {
        let row = self.begin(self.size * 2.2)?;
        let format = self.header_format();
        for (at, head) in (0..).zip(heads) {
            self.worksheet
                .write_string_with_format(row, at, *head, &format)?;
        }
        Ok(())
    }

    /// The heading of a section.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn subheading(&mut self, text: &str) -> Result<(), XlsxError> {
        let row = self.begin(self.size * 2.2)?;
        let format = style::font(style::HEAD, self.size + 1.5);
        self.worksheet
            .write_string_with_format(row, 0, text, &format)?;
        Ok(())
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

    fn cell(
        &mut self,
        at: u32,
        column: u16,
        look: Look,
        cell: &Cell,
        row: &Row,
    ) -> Result<(), XlsxError> {
        let key = Key {
            look,
            text: !matches!(cell.content, Content::Number(_) | Content::Total { .. }),
            struck: cell.struck,
            row: (row.heavy, row.sum),
            fill: cell.fill,
        };
        let size = self.size;
        let format = self.formats.entry(key).or_insert_with(|| format(key, size));
        let worksheet = &mut self.worksheet;
        match &cell.content {
            Content::Blank => worksheet.write_blank(at, column, format)?,
            Content::Text(text) => {
                worksheet.write_string_with_format(at, column, style::cell_text(text), format)?
            }
            Content::Number(number) => {
                worksheet.write_number_with_format(at, column, *number, format)?
            }
            Content::Total {
                first,
                last,
                decimals,
                printed,
            } => {
                let [first, last] = [*first, *last].map(|part| CellRef::new(at, u32::from(part)));
                let formula =
                    Formula::new(format!("=MAX(0,ROUND(SUM({first}:{last}),{decimals}))"))
                        .set_result(printed.to_string());
                worksheet.write_formula_with_format(at, column, formula, format)?
            }
            Content::Struck { value, words } => {
                let plain = style::font(style::BODY, size);
                let struck = plain.clone().set_font_strikethrough();
                let parts = [
                    (&struck, style::cell_text(value)),
                    (&plain, style::cell_text(words)),
                ];
                let parts: Vec<(&Format, &str)> = parts
                    .iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(format, text)| (*format, text.as_str()))
                    .collect();
                worksheet.write_rich_string_with_format(at, column, &parts, format)?
            }
        };
        Ok(())
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
            self.table = Some((header + 1, last));
            self.worksheet.autofilter(header, 0, last, last_column)?;
            for (at, column) in (0..).zip(&self.columns) {
                // Codes such as 3.2 are text; a total leaves out its neighbours on purpose.
                let kind = if column.look.number_format().is_none() {
                    IgnoreError::NumberStoredAsText
                } else {
                    IgnoreError::FormulaOmitsCells
                };
                self.worksheet
                    .ignore_error_range(header, at, last, at, kind)?;
            }
        }
        Ok(())
    }

    /// Notes below the table, one paragraph each.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn notes(&mut self, notes: &[String]) -> Result<(), XlsxError> {
        let format = style::font(style::BODY, self.size).set_text_wrap();
        let columns = f64::from(self.pixels()) / (self.size * 2.0 / 3.0);
        let last = self.last_column();
        self.noted = Some(self.heights.len());
        for note in notes {
            let lines = (f64::from(width(note)) / columns).ceil().max(1.0);
            let row = self.begin(lines * self.size * LINE + 2.0)?;
            self.across(row, (0, last), note, &format)?;
        }
        Ok(())
    }

    /// The block to sign and to seal, kept on one page: at the left what people write, at the right the unit
    /// and the day, with room for the seal (4.2 cm) over both.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn signatures(&mut self, people: &[&str], unit: &str) -> Result<(), XlsxError> {
        /// Four of them leave 4.5 cm even where the sheet is shrunk a little.
        const HEIGHT: f64 = 35.0;
        const ROWS: usize = 4;
        self.together = self.noted.or(Some(self.heights.len()));
        self.gap(6.0)?;
        let last = self.last_column();
        let half = self.half();
        let left = style::font(style::BODY, 12.0);
        let right = left.clone().set_align(FormatAlign::Center).set_text_wrap();
        for line in 0..ROWS.max(people.len()) {
            let row = self.begin(HEIGHT)?;
            if let Some(person) = people.get(line) {
                self.across(
                    row,
                    (0, half),
                    &format!("{person}：＿＿＿＿＿＿＿＿"),
                    &left,
                )?;
            }
            let text = match line {
                1 => format!("{unit}（盖章）"),
                2 => "　　　　年　　月　　日".to_owned(),
                _ => continue,
            };
            if half < last {
                self.across(row, (half + 1, last), &text, &right)?;
            }
        }
        Ok(())
    }

    /// The last column of the left half.
    fn half(&self) -> u16 {
        let all = self.pixels();
        let mut used = 0;
        for (at, column) in (0..).zip(&self.columns) {
            used += column.pixels(self.size);
            if used * 2 >= all {
                return at;
            }
        }
        0
    }

    /// The page breaks before the row that comes next.
    pub fn break_here(&mut self) {
        self.breaks.push(self.heights.len());
    }

    /// Takes one page where that shrinks the sheet but a little.
    pub fn prefer_one_page(&mut self) {
        /// Less than this and letters become hard to read.
        const READABLE: f64 = 0.82;
        let pixels = self.pixels();
        let paper = self.paper.unwrap_or_else(|| Paper::fitting(pixels));
        let wide = paper.scale(pixels);
        let high = paper.room(1) / self.height();
        if wide.min(high) >= READABLE {
            self.fit = Fit::One;
        }
    }

    /// Sets the sheet up for screen and print; `frozen` columns stay in sight.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn finish(&mut self, standings: &Standings<'_>, frozen: u16) -> Result<(), XlsxError> {
        let pixels = self.pixels();
        let paper = self.paper.unwrap_or_else(|| Paper::fitting(pixels));
        let last_row = self.next_row().saturating_sub(1);
        let last_column = self.last_column();
        let mark = standings.mark.as_deref();
        paper.set_up(&mut self.worksheet, self.fit, pixels, mark, &self.title);
        self.worksheet.set_print_area(0, 0, last_row, last_column)?;
        let mut repeated = 0.0;
        if let Some(header) = self.header {
            self.worksheet.set_repeat_rows(header, header)?;
            self.worksheet.set_freeze_panes(header + 1, frozen)?;
            repeated = usize::try_from(header)
                .ok()
                .and_then(|header| self.heights.get(header).copied())
                .unwrap_or_default();
            if frozen > 0 {
                self.worksheet.set_repeat_columns(0, frozen - 1)?;
            }
        } else {
            self.worksheet.set_freeze_panes(self.headed, 0)?;
        }
        if let (Some(from), Fit::Wide) = (self.together, self.fit) {
            let room = paper.room(pixels);
            self.breaks
                .extend(print::break_before(&self.heights, repeated, room, from));
        }
        if !self.breaks.is_empty() && self.fit == Fit::Wide {
            print::break_at(&mut self.worksheet, &self.breaks)?;
        }
        Ok(())
    }
}

/// Half-width characters of a text in one line.
fn width(text: &str) -> u32 {
    u32::try_from(text.width_cjk()).unwrap_or(u32::MAX)
}

/// Points a row of the table needs at `size`; at least `least`.
#[must_use]
pub fn row_height(columns: &[Column], row: &Row, size: f64, least: f64) -> f64 {
    let lines = columns
        .iter()
        .zip(&row.cells)
        .filter(|(column, _)| column.look.wraps())
        .map(|(column, cell)| lines(&cell.shown(), column.width))
        .max()
        .unwrap_or(1);
    if lines > 1 {
        (f64::from(lines) * size * LINE + 2.0).max(least)
    } else {
        least
    }
}

/// How many lines a text takes in a column of `columns` half-width characters.
fn lines(text: &str, columns: u32) -> u32 {
    // A Chinese character never stands half in one line, half in the next.
    let columns = usize::try_from(columns / 2 * 2).unwrap_or(1);
    u32::try_from(style::wrapped_lines(text, columns)).unwrap_or(u32::MAX)
}

fn format(key: Key, size: f64) -> Format {
    let (heavy, sum) = key.row;
    let font = if sum { style::HEAD } else { style::BODY };
    let mut format = style::boxed(font, size);
    if heavy {
        format = format.set_border_top(FormatBorder::Medium);
    }
    if key.struck {
        format = format.set_font_strikethrough();
    }
    if let Some(fill) = key.fill {
        format = format.set_background_color(fill);
    }
    format = match key.look {
        Look::Left => format.set_align(FormatAlign::Left).set_text_wrap(),
        Look::Fitted => format.set_align(FormatAlign::Left).set_shrink(),
        Look::Centre | Look::Star if key.text => {
            format.set_align(FormatAlign::Center).set_text_wrap()
        }
        _ => format.set_align(FormatAlign::Center).set_shrink(),
    };
    match key.look.number_format() {
        Some(number) if !key.text => format.set_num_format(number),
        _ => format,
    }
}
