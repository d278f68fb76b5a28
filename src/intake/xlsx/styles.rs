//! How the cells of a workbook look: number formats, strike-outs, and colours that hide.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::is_set;
use super::strings::{Face, face};
use crate::intake::Refusal;
use crate::intake::format::Format;
use crate::intake::xml::{Xml, attribute};

/// The styles that cells name by their number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: BTreeMap<u32, Format>,
    fonts: Vec<Face>,
    /// The background, where it is one plain colour or none at all.
    fills: Vec<Option<Colour>>,
    cells: Vec<Style>,
}

/// One style, by the numbers of what it is made of.
#[derive(Debug, Default, Clone, Copy)]
struct Style {
    format: u32,
    font: u32,
    fill: u32,
}

/// A colour as far as it can be compared: red, green and blue, or a shade of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Rgb(u32),
    /// Not to be told; equals nothing.
    Other,
}

const BLACK: Colour = Colour::Rgb(0);
const WHITE: Colour = Colour::Rgb(0x00ff_ffff);

impl Default for Colour {
    fn default() -> Self {
        BLACK
    }
}

impl Colour {
    /// What a `color` or `fgColor` says.
    pub(super) fn read(start: &BytesStart<'_>) -> Result<Self, Refusal> {
        if let Some(rgb) = attribute(start, "rgb")? {
            let digits = rgb.get(rgb.len().saturating_sub(6)..).unwrap_or_default();
            return Ok(u32::from_str_radix(digits, 16).map_or(Self::Other, Self::Rgb));
        }
        let tint = attribute(start, "tint")?;
        if tint.is_some_and(|tint| tint.trim().parse() != Ok(0.0)) {
            return Ok(Self::Other);
        }
        let number = |name| -> Result<Option<u32>, Refusal> {
            Ok(attribute(start, name)?.and_then(|number| number.trim().parse().ok()))
        };
        // The first two of every theme that an office has are the paper and the ink.
        Ok(match (number("theme")?, number("indexed")?) {
            (Some(0), _) | (None, Some(1 | 9 | 65)) => WHITE,
            (Some(1), _) | (None, Some(0 | 8 | 64)) => BLACK,
            (None, None) if is_set(start, "auto")? => BLACK,
            _ => Self::Other,
        })
    }

    fn is(self, other: Self) -> bool {
        self == other && self != Self::Other
    }
}

/// Whether an element that is a switch is on.
pub(super) fn flag(start: &BytesStart<'_>) -> Result<bool, Refusal> {
    let value = attribute(start, "val")?;
    Ok(!matches!(
        value.as_deref().map(str::trim),
        Some("0" | "false")
    ))
}

/// The looks of one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks<'a> {
    pub(super) format: Option<&'a Format>,
    pub(super) font: Face,
    background: Option<Colour>,
}

impl Looks<'_> {
    /// Whether what is written in this font cannot be seen in the cell.
    pub(super) fn hides(&self, font: Face) -> bool {
        self.background
            .is_some_and(|background| background.is(font.colour))
    }
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        let mut xml = Xml::new(text);
        let mut styles = Self::default();
        loop {
            match xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "styleSheet" => {}
                    "numFmts" => styles.formats(&mut xml)?,
                    "fonts" => styles.fonts(&mut xml)?,
                    "fills" => styles.fills(&mut xml)?,
                    "cellXfs" => styles.cells(&mut xml)?,
                    _ => xml.skip(&start)?,
                },
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    fn formats(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next_inside()? {
                Event::Start(start) => {
                    let id = attribute(&start, "numFmtId")?.and_then(|id| id.trim().parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")?) {
                        self.formats.insert(id, Format::read(&code));
                    }
                    xml.skip(&start)?;
                }
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn fonts(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next_inside()? {
                Event::Start(_) => self.fonts.push(face(xml)?),
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn fills(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next_inside()? {
                Event::Start(_) => self.fills.push(fill(xml)?),
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn cells(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        loop {
            match xml.next_inside()? {
                Event::Start(start) => {
                    let number = |name| -> Result<u32, Refusal> {
                        let number = attribute(&start, name)?;
                        Ok(number
                            .and_then(|text| text.trim().parse().ok())
                            .unwrap_or(0))
                    };
                    self.cells.push(Style {
                        format: number("numFmtId")?,
                        font: number("fontId")?,
                        fill: number("fillId")?,
                    });
                    xml.skip(&start)?;
                }
                Event::End(_) => {
                    self.resolve();
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// Sees to it that each format is there that a cell can have.
    fn resolve(&mut self) {
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
        Looks {
            format: self.formats.get(&style.format),
            font: self.fonts.get(at(style.font)).copied().unwrap_or_default(),
            background: self
                .fills
                .get(at(style.fill))
                .copied()
                .unwrap_or(Some(WHITE)),
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
                    "fgColor" if is_solid => colour = Some(Colour::read(&start)?),
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
