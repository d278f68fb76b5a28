//! The cells of a sheet: what is written, in which format, how high a row becomes.

use std::borrow::Cow;
use std::collections::btree_map::Entry;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{
    Format, FormatAlign, FormatBorder, FormatUnderline, Formula, Url, XlsxError,
};

use super::Sheet;
use super::runs::Alike;
use super::wrap::lines;
use crate::model::CellRef;
use crate::report::kit::style;
use crate::report::kit::table::{Cell, Column, Content, Look, Row, Tone, Total};

/// Height of a line of text in sizes of its font: that of the highest fonts which take the place of missing ones.
pub(super) const LINE: f64 = 1.45;

/// What makes one format of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    look: Look,
    text: bool,
    struck: bool,
    /// Of the row: the heavier line above it, the font of headings.
    row: (bool, bool),
    tone: Tone,
    link: bool,
}

/// Links a sheet holds; further ones are text.
const MOST_LINKS: usize = 65_530;
/// Dark enough for a black and white printer; the line below says it too.
const LINK: u32 = 0x001F_3864;

impl Sheet {
    pub(super) fn cell(
        &mut self,
        at: u32,
        column: u16,
        look: Look,
        cell: Cell,
        row: (bool, bool),
    ) -> Result<(), XlsxError> {
        let link = cell.link.filter(|_| self.links < MOST_LINKS);
        let key = Key {
            look,
            text: !matches!(
                cell.content,
                Content::Number(_) | Content::Day(_) | Content::Total(_)
            ),
            struck: cell.struck,
            row,
            tone: cell.tone,
            link: link.is_some(),
        };
        let size = self.size;
        let begins = self.runs.add(at, column, key);
        let begins_row = self.runs.are_by_row && column == 0;
        let content = match cell.content {
            Content::Text(text) if begins_row && style::cell_words(&text).is_empty() => {
                Content::Blank
            }
            content => content,
        };
        let worksheet = &mut self.worksheet;
        // A cell is written bare and gets its format with those like it; only the first of its kind gets it here, so that
        // formats are numbered in the order in which they are met.
        match (content, link) {
            // The writer takes a row as begun once something is written there, and nothing is no text.
            (Content::Blank, _) if begins_row => {
                let format = self.formats.entry(key).or_insert_with(|| format(key, size));
                worksheet.write_blank(at, column, format)?
            }
            (Content::Blank, _) => worksheet,
            (Content::Text(text), Some(link)) => {
                self.links += 1;
                // The writer wants this prefix and leaves it out of relative links.
                let url = Url::new(format!("file:///{}", link.0)).set_text(style::cell_text(&text));
                let format = self.formats.entry(key).or_insert_with(|| format(key, size));
                worksheet.write_url_with_format(at, column, url, format)?
            }
            (Content::Text(text), None) => {
                worksheet.write_string(at, column, style::own_text(text))?
            }
            (Content::Number(number), _) => {
                worksheet.write_number(at, column, style::number(number))?
            }
            (Content::Day(day), _) => worksheet.write_number(at, column, counted(day))?,
            (Content::Total(total), _) => {
                let Total {
                    decimals, printed, ..
                } = *total;
                let [first, last] =
                    [total.first, total.last].map(|part| CellRef::new(at, u32::from(part)));
                let formula =
                    Formula::new(format!("=MAX(0,ROUND(SUM({first}:{last}),{decimals}))"))
                        .set_result(printed.to_string());
                worksheet.write_formula(at, column, formula)?
            }
            (Content::Struck(said), _) => {
                let plain = style::font(style::BODY, size);
                let struck = plain.clone().set_font_strikethrough();
                let parts = [
                    (&struck, style::cell_text(&said.value)),
                    (&plain, style::cell_text(&said.words)),
                ];
                let parts: Vec<(&Format, &str)> = parts
                    .iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(format, text)| (*format, text.as_str()))
                    .collect();
                worksheet.write_rich_string(at, column, &parts)?
            }
        };
        if begins && let Entry::Vacant(entry) = self.formats.entry(key) {
            let format = entry.insert(format(key, size));
            self.worksheet.set_cell_format(at, column, format)?;
        }
        Ok(())
    }

    /// No more cells of the row come.
    pub(super) fn end_row(&mut self) -> Result<(), XlsxError> {
        self.runs.end_row();
        self.give_formats()
    }

    /// Gives their format to cells that were written bare, where no more like them come.
    pub(super) fn give_formats(&mut self) -> Result<(), XlsxError> {
        for Alike { key, rows, columns } in self.runs.ended() {
            if let Some(format) = self.formats.get(&key) {
                self.worksheet
                    .set_range_format(rows.0, columns.0, rows.1, columns.1, format)?;
            }
        }
        Ok(())
    }
}

/// Points a row of the table needs at `size`; at least `least`.
#[must_use]
pub fn row_height(columns: &[Column], row: &Row, size: f64, least: f64) -> f64 {
    let lines = columns
        .iter()
        .zip(&row.cells)
        .map(|(column, cell)| lines(&running(cell), column.width))
        .max()
        .unwrap_or(1);
    if lines > 1 {
        (f64::from(lines) * size * LINE + 2.0).max(least)
    } else {
        least
    }
}

/// The running text of a cell, which alone makes its row higher.
fn running(cell: &Cell) -> Cow<'_, str> {
    match &cell.content {
        Content::Text(text) => Cow::Borrowed(text),
        Content::Struck(said) => Cow::Owned(format!("{}{}", said.value, said.words)),
        Content::Blank | Content::Number(_) | Content::Day(_) | Content::Total(_) => {
            Cow::Borrowed("")
        }
    }
}

/// Whether cells hold numbers, which must not be cut.
const fn is_number(look: Look) -> bool {
    !matches!(look, Look::Left | Look::Fitted | Look::Centre | Look::Star)
}

/// The number format of cells that hold a number.
pub(super) fn number_format(look: Look) -> Option<String> {
    match look {
        Look::Left | Look::Fitted | Look::Centre => None,
        Look::Points(decimals) => Some(style::decimals(decimals)),
        Look::Plain => Some("General".to_owned()),
        Look::Whole => Some("0".to_owned()),
        Look::Star => Some("0\"星\"".to_owned()),
        Look::Rate => Some("0.0%".to_owned()),
        Look::Day => Some("yyyy\"年\"m\"月\"d\"日\"".to_owned()),
    }
}

/// Pale.
const fn fill(tone: Tone) -> Option<u32> {
    match tone {
        Tone::Wrong => Some(0x00F8_E0DC),
        Tone::Doubtful => Some(0x00FD_F3D7),
        Tone::Plain => None,
    }
}

/// A day as the number a sheet counts it by, so that days can be sorted. From 1900-03-01 on; earlier days are counted
/// wrongly by every sheet.
fn counted(day: Date) -> f64 {
    let days = date(1899, 12, 30)
        .until(day)
        .map_or(0, |span| span.get_days());
    f64::from(days)
}

impl Column {
    /// Pixels it takes at `size` points, padding included.
    #[must_use]
    pub fn pixels(&self, size: f64) -> u32 {
        // Excel needs less padding than the safe measure of running text gives; the digits of a font that stands in for
        // a missing one are wider than half a Chinese character, and a number is never broken.
        let less = if is_number(self.look) { 1 } else { 5 };
        style::pixels_of(self.width, size).saturating_sub(less)
    }
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
    if key.link {
        format = format
            .set_font_color(LINK)
            .set_underline(FormatUnderline::Single);
    }
    if let Some(fill) = fill(key.tone) {
        format = format.set_background_color(fill);
    }
    format = match key.look {
        Look::Left | Look::Fitted => format.set_align(FormatAlign::Left).set_text_wrap(),
        // Words in a column of numbers take another line; only a number must stay on one.
        _ if key.text => format.set_align(FormatAlign::Center).set_text_wrap(),
        _ => format.set_align(FormatAlign::Center).set_shrink(),
    };
    match number_format(key.look) {
        Some(number) if !key.text => format.set_num_format(number),
        _ => format,
    }
}
