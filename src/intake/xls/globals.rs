//! What a workbook says before its sheets: their names, fonts, formats, styles and shared texts.

use std::collections::BTreeMap;

use super::damaged;
use super::records::{BOF, EOF, Letters, Parts, Record, Version, font_at, long, records, word};
use crate::intake::Refusal;
use crate::intake::format::Format;
use crate::intake::limits;
use crate::intake::looks::{Colour, Face, Style, Styles, WHITE};
use crate::intake::texts::Texts;

const DATE_MODE: u16 = 0x0022;
const FONT: u16 = 0x0031;
const CODE_PAGE: u16 = 0x0042;
const BOUND_SHEET: u16 = 0x0085;
const PALETTE: u16 = 0x0092;
const XF: u16 = 0x00e0;
const SHARED_TEXTS: u16 = 0x00fc;
const FORMAT: u16 = 0x041e;
/// What Excel 5 called the same.
const FORMAT_OF_FIVE: u16 = 0x001e;

/// The code page assumed where an older file names none that is known: this is where the forms come from.
const CHINESE: u16 = 936;

/// What holds for all sheets.
#[derive(Debug)]
pub(super) struct Globals {
    pub(super) version: Version,
    pub(super) page: u16,
    pub(super) is_1904: bool,
    pub(super) tabs: Vec<Tab>,
    pub(super) styles: Styles,
    pub(super) texts: Texts,
}

/// A worksheet as the workbook names it.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) start: usize,
    pub(super) is_hidden: bool,
}

impl Globals {
    pub(super) fn read(stream: &[u8], version: Version) -> Result<Self, Refusal> {
        let mut globals = Self {
            version,
            page: page(stream),
            is_1904: false,
            tabs: Vec::new(),
            styles: Styles::default(),
            texts: Texts::default(),
        };
        let mut palette = BTreeMap::new();
        let mut entries = 0;
        let mut is_whole = false;
        for record in records(stream, 0).skip(1) {
            match record.kind {
                // A chart or sheet where the workbook should go on.
                BOF => break,
                EOF => {
                    is_whole = true;
                    break;
                }
                DATE_MODE => globals.is_1904 = word(record.data, 0) == Some(1),
                FONT => globals.styles.fonts.extend(font(record.data)),
                PALETTE => colours(record.data, &mut palette),
                XF => globals.style(record.data),
                FORMAT | FORMAT_OF_FIVE => globals.format(&record),
                BOUND_SHEET => globals.tab(record.data).ok_or_else(damaged)?,
                SHARED_TEXTS => globals.texts(stream, &record)?,
                _ => {}
            }
            entries += 1;
            limits::CELLS.hold(entries)?;
        }
        if !is_whole && globals.tabs.is_empty() {
            return Err(damaged());
        }
        globals.paint(&palette);
        globals.styles.resolve();
        Ok(globals)
    }

    pub(super) fn letters(&self) -> Letters<'_> {
        Letters {
            version: self.version,
            page: self.page,
            fonts: &self.styles.fonts,
        }
    }

    /// A tab, if it is one of a worksheet: charts, macros and dialogs have no cells.
    fn tab(&mut self, data: &[u8]) -> Option<()> {
        const WORKSHEET: u8 = 0;
        let start = usize::try_from(long(data, 0)?).ok()?;
        let (state, kind) = (*data.get(4)?, *data.get(5)?);
        if kind == WORKSHEET {
            self.tabs.push(Tab {
                name: self
                    .letters()
                    .short(data.get(6..)?, true)?
                    .replace('\0', ""),
                start,
                is_hidden: state & 0x03 != 0,
            });
        }
        Some(())
    }

    fn format(&mut self, record: &Record<'_>) {
        let number = word(record.data, 0);
        let written = record.data.get(2..).unwrap_or_default();
        let code = self.letters().short(written, self.version == Version::Five);
        if let (Some(number), Some(code)) = (number, code) {
            let format = Format::read(&code);
            self.styles.formats.insert(u32::from(number), format);
        }
    }

    /// A style brings its own background along.
    fn style(&mut self, data: &[u8]) {
        let at = |at| word(data, at).unwrap_or_default();
        let (pattern, colour) = match self.version {
            Version::Eight => (at(16) >> 10, at(18) & 0x7f),
            Version::Five => (at(10) & 0x3f, at(8) & 0x7f),
        };
        self.styles.fills.push(match pattern {
            0 => Some(WHITE),
            1 => Some(Colour::of_palette(colour)),
            _ => None,
        });
        let font = u32::try_from(font_at(at(0))).unwrap_or(u32::MAX);
        self.styles.cells.push(Style {
            format: u32::from(at(2)),
            font,
            fill: u32::try_from(self.styles.fills.len() - 1).unwrap_or(u32::MAX),
        });
    }

    fn texts(&mut self, stream: &[u8], record: &Record<'_>) -> Result<(), Refusal> {
        let count = long(record.data, 4).ok_or_else(damaged)?;
        let mut parts = Parts::of(stream, record).behind(8).ok_or_else(damaged)?;
        for _ in 0..count {
            if parts.is_over() {
                break;
            }
            let letters = Letters {
                version: self.version,
                page: self.page,
                fonts: &self.styles.fonts,
            };
            let rich = letters.rich(&mut parts, false).ok_or_else(damaged)?;
            self.texts.push(rich)?;
        }
        Ok(())
    }

    /// Puts the colours of the workbook's own palette in the place of their numbers.
    fn paint(&mut self, palette: &BTreeMap<u16, Colour>) {
        let painted = |colour: &mut Colour, number| {
            if let Some(own) = palette.get(&number) {
                *colour = *own;
            }
        };
        let fonts = self.styles.fonts.iter_mut().map(|font| &mut font.colour);
        let fills = self.styles.fills.iter_mut().flatten();
        for colour in fonts.chain(fills) {
            if let Colour::Palette(number) = *colour {
                painted(colour, number);
            }
        }
    }
}

fn font(data: &[u8]) -> Option<Face> {
    const STRUCK: u16 = 0x08;
    Some(Face {
        struck: word(data, 2)? & STRUCK != 0,
        colour: Colour::of_palette(word(data, 4)?),
    })
}

/// The colours that a workbook has of its own, from number 8 on.
fn colours(data: &[u8], palette: &mut BTreeMap<u16, Colour>) {
    let own = data.get(2..).unwrap_or_default().chunks_exact(4);
    for (number, colour) in (8..64).zip(own) {
        let rgb = u32::from_be_bytes([0, colour[0], colour[1], colour[2]]);
        palette.insert(number, Colour::Rgb(rgb));
    }
}

/// The code page of the workbook; what was written in UTF-16 has no need of one.
fn page(stream: &[u8]) -> u16 {
    let stated = records(stream, 0)
        .take_while(|record| record.kind != EOF)
        .find(|record| record.kind == CODE_PAGE)
        .and_then(|record| word(record.data, 0));
    match stated {
        Some(known @ (874 | 932 | 936 | 949 | 950 | 1250..=1258 | 10000 | 65001)) => known,
        // Windows-1252 by the number Excel has for it, and what it nearly contains.
        Some(0x8001 | 367 | 437) => 1252,
        _ => CHINESE,
    }
}
