//! How cells look, as far as it tells more than their values: number formats, strike-outs, colours that hide.
//!
//! What the readers of workbooks share: each fills the tables of its format, and lays out its cells through here.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::format::{Format, Kind};
use super::limits::Tally;
use super::sheet::Look;
use super::{Refusal, Sheet, Value, value};
use crate::model::CellRef;

/// A colour as far as it can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    /// Red, green and blue.
    Rgb(u32),
    /// One of the palette, by its number.
    Palette(u16),
    /// Not to be told; equals nothing.
    Other,
}

pub(super) const BLACK: Colour = Colour::Rgb(0);
pub(super) const WHITE: Colour = Colour::Rgb(0x00ff_ffff);

impl Default for Colour {
    fn default() -> Self {
        BLACK
    }
}

impl Colour {
    /// One of the usual palette, by its number; the last two are the window's own.
    pub(super) const fn of_palette(number: u16) -> Self {
        match number {
            0 | 8 | 64 | 0x7fff => BLACK,
            1 | 9 | 65 => WHITE,
            other => Self::Palette(other),
        }
    }

    /// One of the theme's, by its number: the first two of every theme that an office has are the paper and the ink.
    pub(super) const fn of_theme(number: u32) -> Self {
        match number {
            0 => WHITE,
            1 => BLACK,
            _ => Self::Other,
        }
    }

    /// Whether nobody tells the one on the other: white on the pale yellow of a form is as good as white on white.
    fn is(self, other: Self) -> bool {
        /// How far red, green and blue may be apart.
        const NEAR: u8 = 0x20;
        match (self, other) {
            (Self::Rgb(one), Self::Rgb(other)) => {
                let (one, other) = (one.to_be_bytes(), other.to_be_bytes());
                let mut parts = one.iter().zip(&other).skip(1);
                parts.all(|(one, other)| one.abs_diff(*other) <= NEAR)
            }
            _ => self == other && self != Self::Other,
        }
    }
}

/// What matters of a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Face {
    pub(super) struck: bool,
    pub(super) colour: Colour,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it ends, in bytes.
    pub(super) end: usize,
    /// How it looks, where it does not look as its cell does.
    pub(super) font: Option<Face>,
}

impl Run {
    /// The parts of a text that begin at these letters (of 16 bits), each in its font.
    pub(super) fn parts(text: &str, begins: &[(u16, Option<Face>)]) -> Vec<Self> {
        let mut runs: Vec<Self> = Vec::new();
        let mut begins = begins.iter().peekable();
        let (mut font, mut unit) = (None, 0_usize);
        for (at, letter) in text.char_indices() {
            while let Some((_, next)) = begins.next_if(|(from, _)| usize::from(*from) <= unit) {
                if at > runs.last().map_or(0, |run| run.end) {
                    runs.push(Self { end: at, font });
                }
                font = *next;
            }
            unit += letter.len_utf16();
        }
        if !text.is_empty() {
            let end = text.len();
            runs.push(Self { end, font });
        }
        runs
    }
}

/// The styles that cells name by their number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub(super) formats: BTreeMap<u32, Format>,
    pub(super) fonts: Vec<Face>,
    /// The background, where it is one plain colour or none at all.
    pub(super) fills: Vec<Option<Colour>>,
    pub(super) cells: Vec<Style>,
}

/// One style, by the numbers of what it is made of.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Style {
    pub(super) format: u32,
    pub(super) font: u32,
    pub(super) fill: u32,
}

/// The looks of one cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks<'a> {
    format: Option<&'a Format>,
    pub(super) font: Face,
    background: Option<Colour>,
    /// What is written in its font cannot be seen.
    is_hidden: bool,
    /// A text without parts of its own looks like any other.
    is_plain: bool,
}

/// Styles, of which the first are looked up once for all cells: a form has few of them, over and over.
pub(super) struct Usual<'a> {
    styles: &'a Styles,
    looks: Vec<Looks<'a>>,
}

impl<'a> Usual<'a> {
    /// More than a form has; further ones are looked up cell by cell.
    const MOST: usize = 256;

    pub(super) fn of(styles: &'a Styles) -> Self {
        let first = 0..styles.cells.len().min(Self::MOST);
        Self {
            styles,
            looks: first.map(|style| styles.of(style)).collect(),
        }
    }

    /// How a cell of this style looks.
    pub(super) fn looks(&self, style: usize) -> Looks<'a> {
        let usual = self.looks.get(style).copied();
        usual.unwrap_or_else(|| self.styles.of(style))
    }
}

impl Styles {
    /// Sees to it that each format is there that a cell can have. To be called when all styles are.
    pub(super) fn resolve(&mut self) {
        for style in &self.cells {
            if !self.formats.contains_key(&style.format)
                && let Some(format) = Format::built_in(style.format)
            {
                self.formats.insert(style.format, format);
            }
        }
    }

    /// How a cell of this style looks.
    pub(super) fn of(&self, style: usize) -> Looks<'_> {
        let style = self.cells.get(style).copied().unwrap_or_default();
        let at = |index: u32| usize::try_from(index).unwrap_or(usize::MAX);
        let fill = self.fills.get(at(style.fill)).copied();
        Looks::of(
            self.formats.get(&style.format),
            self.fonts.get(at(style.font)).copied().unwrap_or_default(),
            fill.unwrap_or(Some(WHITE)),
        )
    }
}

impl<'a> Looks<'a> {
    pub(super) fn of(format: Option<&'a Format>, font: Face, background: Option<Colour>) -> Self {
        let mut looks = Self {
            format,
            font,
            background,
            is_hidden: false,
            is_plain: false,
        };
        looks.is_hidden = looks.hides(font);
        looks.is_plain = !font.struck && !looks.is_hidden && format.is_none_or(Format::keeps_text);
        looks
    }

    /// Whether what is written in this font cannot be seen in the cell.
    fn hides(&self, font: Face) -> bool {
        self.background
            .is_some_and(|background| background.is(font.colour))
    }

    /// A number, or the day that its format shows it as.
    pub(super) fn number(&self, number: f64, is_1904: bool) -> Value {
        match self.format.map_or(Kind::Number, |format| format.kind) {
            Kind::Number => value::number(number),
            kind => value::dated(number, is_1904, kind == Kind::Date)
                .unwrap_or_else(|| value::number(number)),
        }
    }

    /// What formatting tells of a value; none where that is nothing, as of nearly all.
    fn look(&self, value: &Value, runs: &[Run]) -> Option<Look> {
        let mut look = Look::default();
        match value {
            Value::Text(_) if runs.is_empty() && self.is_plain => return None,
            Value::Text(text) => {
                let mut start = 0;
                let whole = [Run {
                    end: text.len(),
                    font: None,
                }];
                let runs = if runs.is_empty() { &whole } else { runs };
                let mut struck = String::new();
                for run in runs {
                    let part = text.get(start..run.end).unwrap_or_default();
                    start = run.end;
                    let font = run.font.unwrap_or(self.font);
                    if part.trim().is_empty() {
                        continue;
                    }
                    if font.struck {
                        struck.push_str(part);
                    }
                    look.unseen |= self.hides(font);
                }
                look.struck_out(&struck);
                if let Some(format) = self.format {
                    look.unseen |= format.hides_text();
                    look.seen = format.shows_text(text);
                }
            }
            Value::NoCachedValue => return None,
            _ if self.format.is_none() && !self.font.struck && !self.is_hidden => return None,
            other => {
                if self.font.struck {
                    look.struck_out(&other.written());
                }
                let mut font = self.font;
                if let (Value::Number(number), Some(format)) = (other, self.format) {
                    let colour = format.colour(*number).map(Colour::Rgb);
                    font.colour = colour.unwrap_or(font.colour);
                }
                look.unseen = self.hides(font);
                if let (Value::Number(number), Some(format)) = (other, self.format) {
                    look.shows(format.shows(*number), *number);
                }
            }
        }
        (look != Look::default()).then_some(look)
    }
}

impl Look {
    /// Notes what a format shows instead of the number.
    fn shows(&mut self, seen: Option<String>, number: Decimal) {
        match seen {
            Some(seen) if seen.is_empty() => self.unseen |= !number.is_zero(),
            seen => self.seen = seen,
        }
    }
}

/// Formulas of a sheet and their results.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    /// Those whose result is 0 or nothing.
    naught: Vec<CellRef>,
    /// Some formula has another result.
    any: bool,
}

/// A cell as its file tells it. A result that is an empty text is a value; a result that was never calculated is none.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) at: (u32, u32),
    pub(super) value: Option<Value>,
    pub(super) runs: &'a [Run],
    pub(super) is_formula: bool,
}

impl Formulas {
    /// Puts a cell into its sheet, with what its looks tell.
    pub(super) fn place(
        &mut self,
        tally: &mut Tally,
        sheet: &mut Sheet,
        looks: &Looks<'_>,
        told: Told<'_>,
    ) -> Result<(), Refusal> {
        let (row, column) = told.at;
        let value = told.value.as_ref();
        let mut look = value.and_then(|value| looks.look(value, told.runs));
        if told.is_formula {
            look.get_or_insert_default().is_formula = true;
        }
        let is_stated = told.value.is_some();
        let value = match told.value {
            None if told.is_formula => Some(Value::NoCachedValue),
            Some(Value::Text(text)) if text.is_empty() => None,
            value => value,
        };
        if told.is_formula {
            let is_naught = match &value {
                None => true,
                Some(Value::Number(number)) => number.is_zero(),
                Some(_) => false,
            };
            if is_naught && row < CellRef::ROWS && column < CellRef::COLUMNS {
                tally.look()?;
                self.naught.push(CellRef::new(row, column));
            } else {
                self.any |= is_stated;
            }
        }
        if let Some(value) = value {
            tally.put(sheet, row, column, value)?;
            if let Some(look) = look {
                *sheet.note(CellRef::new(row, column)) = look;
            }
        }
        Ok(())
    }

    /// Notes which results nobody has ever calculated. To be called when all cells are there. Nobody fills in formulas all
    /// of which come to nothing; `is_stale` says that the file itself asks for them to be calculated.
    pub(super) fn finish(self, sheet: &mut Sheet, is_stale: bool) {
        if is_stale || !self.any {
            for cell in self.naught {
                sheet.note(cell).uncalculated = true;
            }
        }
    }
}
