//! How cells and texts look, by the names of their styles: strike-outs, and colours that hide.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use crate::intake::Refusal;
use crate::intake::looks::{BLACK, Colour, Face, Looks, WHITE};
use crate::intake::xml::attributes;

/// The styles read so far. One is told in several elements, and only what it changes of its parent.
#[derive(Debug, Default)]
pub(super) struct Styles {
    named: BTreeMap<Name, Style>,
    /// The one whose elements are being read.
    current: Name,
}

/// Styles of cells and of texts may have one name.
type Name = (String, String);

/// What a style says.
#[derive(Debug, Default, Clone, Copy)]
struct Style {
    struck: Option<bool>,
    colour: Option<Colour>,
    background: Option<Colour>,
}

impl Styles {
    /// Takes in an element that may belong to a style.
    pub(super) fn take(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        let element = start.local_name();
        let element = element.as_ref();
        if !matches!(
            element,
            "style" | "text-properties" | "table-cell-properties"
        ) {
            return Ok(());
        }
        let mut stated = BTreeMap::new();
        for attribute in attributes(start) {
            let (key, value) = attribute?;
            stated.insert(key, value);
        }
        let said = |key: &str| stated.get(key).map(AsRef::as_ref);
        if element == "style" {
            let name = |key| {
                let family = said("family").unwrap_or_default();
                (family.to_owned(), said(key).unwrap_or_default().to_owned())
            };
            let parent = self.named.get(&name("parent-style-name")).copied();
            self.current = name("name");
            let style = parent.unwrap_or_default();
            self.named.insert(self.current.clone(), style);
        } else if let Some(style) = self.named.get_mut(&self.current) {
            match element {
                "text-properties" => {
                    if let Some(line) = said("text-line-through-style") {
                        style.struck = Some(line != "none");
                    } else if let Some(line) = said("text-line-through-type") {
                        style.struck = Some(line != "none");
                    }
                    if said("use-window-font-color") == Some("true") {
                        style.colour = Some(BLACK);
                    } else if let Some(colour) = said("color") {
                        style.colour = Some(colour_of(colour));
                    }
                }
                _ => {
                    if let Some(colour) = said("background-color") {
                        style.background = Some(colour_of(colour));
                    }
                }
            }
        }
        Ok(())
    }

    /// How a cell of this style looks.
    pub(super) fn cell(&self, name: &str) -> Looks<'static> {
        let style = self.style("table-cell", name);
        let font = Face {
            struck: style.struck.unwrap_or(false),
            colour: style.colour.unwrap_or_default(),
        };
        Looks::of(None, font, Some(style.background.unwrap_or(WHITE)))
    }

    /// How a text of this style looks where the text around it looks like this.
    pub(super) fn text(&self, name: &str, around: Face) -> Face {
        let style = self.style("text", name);
        Face {
            struck: style.struck.unwrap_or(around.struck),
            colour: style.colour.unwrap_or(around.colour),
        }
    }

    fn style(&self, family: &str, name: &str) -> Style {
        let name = (family.to_owned(), name.to_owned());
        self.named.get(&name).copied().unwrap_or_default()
    }
}

fn colour_of(written: &str) -> Colour {
    match written.strip_prefix('#') {
        Some(digits) => u32::from_str_radix(digits, 16).map_or(Colour::Other, Colour::Rgb),
        None if written == "transparent" => WHITE,
        None => Colour::Other,
    }
}
