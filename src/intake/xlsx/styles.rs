//! How the cells of a workbook look: number formats, strike-outs, and colours that hide.

use quick_xml::events::{BytesStart, Event};

use super::is_set;
use super::strings::face;
use crate::intake::Refusal;
use crate::intake::format::Format;
use crate::intake::looks::{Colour, Style, Styles, WHITE};
use crate::intake::xml::{Xml, attribute};

/// What a `color` or `fgColor` says.
pub(super) fn colour(start: &BytesStart<'_>) -> Result<Colour, Refusal> {
    if let Some(rgb) = attribute(start, "rgb")? {
        let digits = rgb.get(rgb.len().saturating_sub(6)..).unwrap_or_default();
        return Ok(u32::from_str_radix(digits, 16).map_or(Colour::Other, Colour::Rgb));
    }
    let tint = attribute(start, "tint")?;
    if tint.is_some_and(|tint| tint.trim().parse() != Ok(0.0)) {
        return Ok(Colour::Other);
    }
    let number = |name| -> Result<Option<u32>, Refusal> {
        Ok(attribute(start, name)?.and_then(|number| number.trim().parse().ok()))
    };
    Ok(match (number("theme")?, number("indexed")?) {
        (Some(theme), _) => Colour::of_theme(theme),
        (None, Some(index)) => u16::try_from(index).map_or(Colour::Other, Colour::of_palette),
        (None, None) if is_set(start, "auto")? => Colour::default(),
        (None, None) => Colour::Other,
    })
}

/// Whether an element that is a switch is on.
pub(super) fn flag(start: &BytesStart<'_>) -> Result<bool, Refusal> {
    let value = attribute(start, "val")?;
    Ok(!matches!(
        value.as_deref().map(str::trim),
        Some("0" | "false")
    ))
}

/// The styles of a part.
pub(super) fn read(text: &str) -> Result<Styles, Refusal> {
    let mut xml = Xml::new(text);
    let mut styles = Styles::default();
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "styleSheet" => {}
                "numFmts" => formats(&mut xml, &mut styles)?,
                "fonts" => fonts(&mut xml, &mut styles)?,
                "fills" => fills(&mut xml, &mut styles)?,
                "cellXfs" => cells(&mut xml, &mut styles)?,
                _ => xml.skip(&start)?,
            },
            Event::Eof => {
                styles.resolve();
                return Ok(styles);
            }
            _ => {}
        }
    }
}

fn formats(xml: &mut Xml<'_>, styles: &mut Styles) -> Result<(), Refusal> {
    loop {
        match xml.next_inside()? {
            Event::Start(start) => {
                let id = attribute(&start, "numFmtId")?.and_then(|id| id.trim().parse().ok());
                if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")?) {
                    styles.formats.insert(id, Format::read(&code));
                }
                xml.skip(&start)?;
            }
            Event::End(_) => return Ok(()),
            _ => {}
        }
    }
}

fn fonts(xml: &mut Xml<'_>, styles: &mut Styles) -> Result<(), Refusal> {
    loop {
        match xml.next_inside()? {
            Event::Start(_) => styles.fonts.push(face(xml)?),
            Event::End(_) => return Ok(()),
            _ => {}
        }
    }
}

fn fills(xml: &mut Xml<'_>, styles: &mut Styles) -> Result<(), Refusal> {
    loop {
        match xml.next_inside()? {
            Event::Start(_) => styles.fills.push(fill(xml)?),
            Event::End(_) => return Ok(()),
            _ => {}
        }
    }
}

fn cells(xml: &mut Xml<'_>, styles: &mut Styles) -> Result<(), Refusal> {
    loop {
        match xml.next_inside()? {
            Event::Start(start) => {
                let number = |name| -> Result<u32, Refusal> {
                    let number = attribute(&start, name)?;
                    Ok(number
                        .and_then(|text| text.trim().parse().ok())
                        .unwrap_or(0))
                };
                styles.cells.push(Style {
                    format: number("numFmtId")?,
                    font: number("fontId")?,
                    fill: number("fillId")?,
                });
                xml.skip(&start)?;
            }
            Event::End(_) => return Ok(()),
            _ => {}
        }
    }
}

/// The background that a fill gives.
fn fill(xml: &mut Xml<'_>) -> Result<Option<Colour>, Refusal> {
    let mut colour = None;
    let mut depth = 0_u32;
    let mut is_solid = false;
    loop {
        match xml.next_inside()? {
            Event::Start(start) => {
                match start.local_name().as_ref() {
                    "patternFill" => match attribute(&start, "patternType")?.as_deref() {
                        None | Some("none") => colour = Some(WHITE),
                        Some("solid") => is_solid = true,
                        _ => {}
                    },
                    "fgColor" if is_solid => colour = Some(self::colour(&start)?),
                    _ => {}
                }
                depth = depth.saturating_add(1);
            }
            Event::End(_) if depth == 0 => return Ok(colour),
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
}
