//! A form that is not blank: a sender's own values, marks at the cells that are to be looked at, and what the
//! form's formulas come to, so that it shows the right numbers before anybody recalculates.
//!
//! Decides nothing: what is wrong, and where, is told.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatBorder, Note, XlsxError};

use super::Page;
pub use crate::form::Spot;
use crate::form::labels::Field;
use crate::model::{CellRef, Exact, Keyed, LineId, Points, Tag};
use crate::report::kit::sheet::width;
use crate::report::kit::style;
use crate::scheme::{Figures, Marks, Scheme};

/// Light red and light yellow, each with a border of its own, so that they differ in black and white, too.
const ERROR_FILL: u32 = 0x00FF_C7CE;
const ERROR_LINE: u32 = 0x00C0_0000;
const WARNING_FILL: u32 = 0x00FF_EB9C;
const WARNING_LINE: u32 = 0x007F_6000;

/// What goes into a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Put {
    #[default]
    Blank,
    Text(String),
    Number(Points),
    Day(Date),
}

impl Put {
    /// Text, or nothing where there is none.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// What the form's own sums see: numbers, and 0 for text.
    fn seen(&self) -> Option<Points> {
        match self {
            Self::Blank => None,
            Self::Number(points) => Some(*points),
            Self::Text(_) | Self::Day(_) => Some(Points::ZERO),
        }
    }
}

/// What a sender put into one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilledLine {
    pub bonus: Put,
    pub deduction: Put,
    /// 填报内容 and 目标数, where points are worked out from them.
    pub value: Put,
    pub target: Put,
    /// What the form's formula makes of these.
    pub worked_out: Option<Exact>,
    pub evidence: String,
    pub remark: String,
}

impl FilledLine {
    /// What the form's formula for the line comes to; none where it shows nothing.
    pub(super) fn net(&self) -> Option<Exact> {
        let bonus = self.bonus_seen();
        let deduction = self.deduction.seen();
        (bonus.is_some() || deduction.is_some()).then(|| self.seen().net())
    }

    /// What the form's own sums see.
    pub(super) fn seen(&self) -> Marks {
        Marks {
            bonus: self.bonus_seen().unwrap_or_default(),
            deduction: Exact::from(self.deduction.seen().unwrap_or_default()),
        }
    }

    fn bonus_seen(&self) -> Option<Exact> {
        self.worked_out
            .clone()
            .or_else(|| self.bonus.seen().map(Exact::from))
    }
}

/// What a society put into the row of an item of its own form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilledItem {
    pub value: Put,
    pub evidence: String,
    pub remark: String,
}

/// A mark at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The form does not count before this is put right.
    pub is_error: bool,
    /// What is wrong and what is allowed.
    pub note: String,
}

/// Everything that a form holds beyond the blank one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filling {
    pub fields: BTreeMap<Field, Put>,
    pub lines: Keyed<LineId, FilledLine>,
    /// By item of a society's own form.
    pub items: Vec<FilledItem>,
    /// By veto of the scheme, as answered.
    pub vetoes: Vec<String>,
    /// 推荐意见.
    pub opinion: String,
    pub marks: BTreeMap<Spot, Mark>,
    /// The forms received that a form made of this one corrects.
    pub corrects: Vec<Tag>,
}

impl Filling {
    /// One line of the scheme.
    pub(super) fn line(&self, line: LineId) -> FilledLine {
        self.lines.get(line).cloned().unwrap_or_default()
    }

    /// What the form's own total comes to.
    pub(super) fn total(&self, scheme: &Scheme) -> Exact {
        let lines = scheme.lines.ids().map(|line| self.line(line).seen());
        Figures::of(scheme, lines.collect()).total
    }

    /// How many of the bonuses that can be given are not said, in the lines of a class of objects.
    pub(super) fn unscored(&self, scheme: &Scheme, class: Option<usize>) -> usize {
        let is_blank = |line: LineId| {
            let filled = self.line(line);
            filled.bonus == Put::Blank && filled.worked_out.is_none()
        };
        let lines = scheme.lines_of_class(class);
        lines
            .filter(|(line, one)| one.bonus.is_open() && is_blank(*line))
            .count()
    }
}

/// Where a filled form came to stand on its sheet.
#[derive(Debug, Default)]
pub struct Placed {
    /// The row of the form id.
    pub id_row: u32,
    /// Rows that may grow.
    pub rows: Vec<super::Rows>,
    /// Where each marked cell stands.
    pub cells: BTreeMap<Spot, CellRef>,
}

impl Page<'_> {
    /// Writes what goes into a cell of the current row, over the columns up to `last`, marked where it is to be
    /// looked at.
    pub(super) fn put(
        &mut self,
        spot: Spot,
        (first, last): (u16, u16),
        put: &Put,
        look: &Format,
    ) -> Result<(), XlsxError> {
        let row = self.row();
        let look = self.marked(spot, first, look)?;
        if first < last {
            self.sheet.merge_range(row, first, row, last, "", &look)?;
        }
        match put {
            Put::Blank => self.sheet.write_blank(row, first, &look)?,
            Put::Text(text) => {
                self.sheet
                    .write_string_with_format(row, first, style::cell_text(text), &look)?
            }
            Put::Number(points) => self.sheet.write_number_with_format(
                row,
                first,
                style::number(points.decimal()),
                &look,
            )?,
            Put::Day(day) => match excel_day(*day) {
                Some(date) => self
                    .sheet
                    .write_datetime_with_format(row, first, &date, &look)?,
                None => self
                    .sheet
                    .write_string_with_format(row, first, day.to_string(), &look)?,
            },
        };
        Ok(())
    }

    /// The look of a cell of the current row, with its mark and note where it has one.
    pub(super) fn marked(
        &mut self,
        spot: Spot,
        column: u16,
        look: &Format,
    ) -> Result<Format, XlsxError> {
        let Some(mark) = self.filling.and_then(|filling| filling.marks.get(&spot)) else {
            return Ok(look.clone());
        };
        let row = self.row();
        self.cells
            .insert(spot, CellRef::new(row, u32::from(column)));
        self.sheet.insert_note(row, column, &note(&mark.note))?;
        let (fill, border, line) = if mark.is_error {
            (ERROR_FILL, FormatBorder::Thick, ERROR_LINE)
        } else {
            (WARNING_FILL, FormatBorder::MediumDashed, WARNING_LINE)
        };
        let look = look
            .clone()
            .set_background_color(Color::RGB(fill))
            .set_border(border)
            .set_border_color(Color::RGB(line));
        // What is to be changed must not be locked, though nothing can be given there.
        Ok(match spot {
            // On a society's own form points are formulas.
            Spot::Bonus(_) | Spot::Deduction(_) if self.ground.scheme.own.is_some() => look,
            Spot::Bonus(_) | Spot::Deduction(_) | Spot::Value(_) | Spot::Target(_) => {
                look.set_unlocked()
            }
            _ => look,
        })
    }
}

/// A day as a sheet holds it; none for those before sheets begin.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let [month, day_of_month] = [day.month(), day.day()].map(i8::unsigned_abs);
    let year = u16::try_from(day.year()).ok().filter(|year| *year > 1900)?;
    ExcelDateTime::from_ymd(year, month, day_of_month).ok()
}

/// A note as large as its text.
fn note(text: &str) -> Note {
    /// Half-width characters to a line, and pixels of one.
    const COLUMNS: usize = 36;
    const COLUMN: u32 = 6;
    const LINE: u32 = 17;
    let lines = u32::try_from(style::wrapped_lines(text, COLUMNS)).unwrap_or(1);
    let widest = text.lines().map(width).max().unwrap_or(0).min(36);
    Note::new(text)
        .set_author("星评")
        .add_author_prefix(false)
        .set_font_name(style::BODY)
        .set_font_size(9)
        .set_width(widest.max(16) * COLUMN + 28)
        .set_height(lines * LINE + 14)
}
