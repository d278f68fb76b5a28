//! The styles that cells name by their number.

use super::records::{Fields, records};
use crate::intake::format::Format;
use crate::intake::looks::{Colour, Face, Style, Styles, WHITE};

const FONT: u32 = 0x002b;
const FORMAT: u32 = 0x002c;
const FILL: u32 = 0x002d;
const XF: u32 = 0x002f;
const BEGIN_CELL_XFS: u32 = 0x0269;
const END_CELL_XFS: u32 = 0x026a;

/// What cannot be made out of it makes no difference.
pub(super) fn read(part: &[u8]) -> Styles {
    let mut styles = Styles::default();
    let mut is_of_cells = false;
    for (kind, data) in records(part) {
        let mut fields = Fields::of(data);
        match kind {
            FORMAT => {
                if let Some((number, code)) = fields.word().zip(fields.text()) {
                    styles.formats.insert(number.into(), Format::read(&code));
                }
            }
            FONT => styles.fonts.push(font(&mut fields).unwrap_or_default()),
            FILL => styles.fills.push(fill(&mut fields)),
            BEGIN_CELL_XFS => is_of_cells = true,
            END_CELL_XFS => is_of_cells = false,
            XF if is_of_cells => styles.cells.push(style(&mut fields).unwrap_or_default()),
            _ => {}
        }
    }
    styles.resolve();
    styles
}

fn font(fields: &mut Fields<'_>) -> Option<Face> {
    const STRUCK: u16 = 0x08;
    fields.skip(2)?;
    let flags = fields.word()?;
    fields.skip(8)?;
    Some(Face {
        struck: flags & STRUCK != 0,
        colour: colour(fields)?,
    })
}

/// The background that a fill gives.
fn fill(fields: &mut Fields<'_>) -> Option<Colour> {
    match fields.long()? {
        0 => Some(WHITE),
        1 => colour(fields),
        _ => None,
    }
}

fn style(fields: &mut Fields<'_>) -> Option<Style> {
    fields.skip(2)?;
    Some(Style {
        format: fields.word()?.into(),
        font: fields.word()?.into(),
        fill: fields.word()?.into(),
    })
}

/// A colour: what kind it is of, its number, how much lighter or darker, and its parts.
fn colour(fields: &mut Fields<'_>) -> Option<Colour> {
    let kind = fields.byte()? >> 1;
    let number = fields.byte()?;
    let is_tinted = fields.word()? != 0;
    let [red, green, blue] = [fields.byte()?, fields.byte()?, fields.byte()?];
    fields.byte()?;
    Some(match kind {
        _ if is_tinted => Colour::Other,
        0 => Colour::default(),
        1 => Colour::of_palette(number.into()),
        2 => Colour::Rgb(u32::from_be_bytes([0, red, green, blue])),
        3 => Colour::of_theme(number.into()),
        _ => Colour::Other,
    })
}
