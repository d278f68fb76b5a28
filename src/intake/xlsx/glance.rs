//! Cells and texts as programs write nearly all of them, told from their look: an element of one shape, perhaps on a line
//! of its own, in which nothing is escaped, and nothing stands that is not known here.
//!
//! Whatever has any other look is none of these and left to the reader of XML, which gives the same for those that are.

use std::borrow::Cow;

use quick_xml::escape::unescape;

use super::cells::place;
use super::strings::ENOUGH;

/// `<c r="B3" s="4" t="s"><v>7</v></c>`, `<c r="B3" s="4"/>`, with `<f>A1+1</f>` before the value, or with
/// `<is><t>学会</t></is>` in its place.
pub(super) struct Plain<'a> {
    pub(super) at: (u32, u32),
    pub(super) style: usize,
    /// Empty where none is stated.
    pub(super) kind: &'a str,
    pub(super) value: Option<&'a str>,
    pub(super) inline: Option<&'a str>,
    pub(super) is_formula: bool,
}

impl<'a> Plain<'a> {
    /// The cell that a text begins with, and what stands behind it.
    pub(super) fn read(text: &'a str) -> Option<(Self, &'a str)> {
        let (at, rest) = stated(text.trim_ascii_start(), "<c r=\"")?;
        let (style, rest) = stated(rest, " s=\"").unwrap_or(("", rest));
        let (kind, rest) = stated(rest, " t=\"").unwrap_or(("", rest));
        let mut plain = Self {
            at: place(at)?,
            style: style.parse().unwrap_or_default(),
            kind,
            value: None,
            inline: None,
            is_formula: false,
        };
        if let Some(rest) = rest.strip_prefix("/>") {
            return Some((plain, rest));
        }
        let mut rest = rest.strip_prefix('>')?;
        if let Some(inline) = rest.strip_prefix("<is><t>") {
            let (inline, behind) = letters(inline)?;
            plain.inline = Some(inline);
            return Some((plain, behind.strip_prefix("</t></is></c>")?));
        }
        if let Some(formula) = rest.strip_prefix("<f>") {
            let (_, behind) = letters(formula)?;
            plain.is_formula = true;
            rest = behind.strip_prefix("</f>")?;
        }
        let rest = rest.strip_prefix("<v>")?;
        let is_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'E' | b'e');
        let length = rest.bytes().take_while(|byte| is_number(byte)).count();
        plain.value = Some(rest.get(..length)?);
        Some((plain, rest.get(length..)?.strip_prefix("</v></c>")?))
    }
}

/// What an attribute states, which begins with this, in letters and digits; and what stands behind it.
fn stated<'a>(text: &'a str, begin: &str) -> Option<(&'a str, &'a str)> {
    let text = text.strip_prefix(begin)?;
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    Some((text.get(..length)?, text.get(length..)?.strip_prefix('"')?))
}

/// The shared text that a text begins with, `<si><t>学会</t></si>`, and what stands behind it.
pub(super) fn text(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_ascii_start();
    let (shared, rest) = letters(text.strip_prefix("<si><t>")?)?;
    Some((shared, rest.strip_prefix("</t></si>")?))
}

/// What stands before the next tag, and the rest; none where anything in it does not stand for itself, or may be escaped
/// wrongly.
fn letters(text: &str) -> Option<(&str, &str)> {
    // What is longer is looked for no further.
    let near = &text[..text.floor_char_boundary(ENOUGH + 1)];
    let (letters, rest) = text.split_at(near.find(['<', '&', '\r'])?);
    rest.starts_with('<').then_some((letters, rest))
}

/// The letters before the next tag, where some are written as entities, and the rest: many programs write every Chinese
/// letter so. None where one of them means nothing, or line ends must be looked at.
pub(super) fn escaped(text: &str) -> Option<(Cow<'_, str>, &str)> {
    /// The longest entity of a letter.
    const ENTITY: usize = "&#x10FFFF;".len();
    let near = &text[..text.floor_char_boundary(ENTITY * ENOUGH)];
    let (letters, rest) = text.split_at(near.find(['<', '\r'])?);
    rest.starts_with('<').then_some(())?;
    Some((unescape(letters).ok()?, rest))
}

/// The beginning of letters that go on for longer than any are read, and where they end. The end of the beginning may be
/// in the midst of them.
pub(super) fn endless(text: &str) -> Option<(&str, &str)> {
    let beginning = &text[..text.floor_char_boundary(ENOUGH + 4)];
    if beginning.contains(['<', '&', '\r']) {
        return None;
    }
    Some((beginning, &text[text.find('<')?..]))
}
