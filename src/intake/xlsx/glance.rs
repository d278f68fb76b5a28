//! Rows, cells and texts as programs write nearly all of them, told from their look: elements of one shape, perhaps on
//! lines of their own, in which nothing is escaped, and nothing stands that is not known here.
//!
//! Whatever has any other look is none of these and left to the reader of XML, which gives the same for those that are.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};
use quick_xml::escape::unescape;

use super::around::{columns, is_no_measure};
use super::is_yes;
use super::strings::ENOUGH;
use crate::intake::sheet::Corners;

/// `<row r="3" ht="18"><c r="B3" s="4"/></row>`: its attributes, and its cells up to its end, but for those that hold
/// nothing, which most do.
#[derive(Default)]
pub(super) struct Row<'a> {
    /// Name without prefix and value of each, in order.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    pub(super) cells: Vec<Plain<'a>>,
}

impl<'a> Row<'a> {
    /// More cells than forms have in a row: longer rows are gone through cell by cell, and not kept.
    const LONGEST: usize = 1024;

    /// Takes in the row that a text begins with, in the place of what it was, and gives what stands behind it.
    pub(super) fn read(&mut self, text: &'a str) -> Option<&'a str> {
        self.attributes.clear();
        self.cells.clear();
        let mut scan = Scan::of(text);
        scan.expect(b"<row")?;
        let attributes = &mut self.attributes;
        if scan.attributes(|name, value| attributes.push((name, value)))? {
            return Some(scan.rest());
        }
        for _ in 0..=Self::LONGEST {
            scan.space();
            if !scan.token(Plain::BEGINNING) {
                scan.expect(b"</row>")?;
                return Some(scan.rest());
            }
            let cell = Plain::scan(&mut scan)?;
            if cell.holds_something() {
                self.cells.push(cell);
            }
        }
        None
    }
}

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
    const BEGINNING: &'static [u8; 6] = b"<c r=\"";

    /// The cell that a text begins with, and what stands behind it.
    pub(super) fn read(text: &'a str) -> Option<(Self, &'a str)> {
        let mut scan = Scan::of(text);
        scan.expect(Self::BEGINNING)?;
        let plain = Self::scan(&mut scan)?;
        Some((plain, scan.rest()))
    }

    /// Whether it has a value, be it an empty one.
    pub(super) fn holds_something(&self) -> bool {
        self.value.is_some() || self.inline.is_some()
    }

    /// What stands behind the beginning of a cell.
    fn scan(scan: &mut Scan<'a>) -> Option<Self> {
        let at = scan.place()?;
        scan.expect(b"\"")?;
        let mut plain = Self {
            at,
            style: 0,
            kind: "",
            value: None,
            inline: None,
            is_formula: false,
        };
        if scan.token(b" s=\"") {
            plain.style = usize::try_from(scan.number()?).ok()?;
            scan.expect(b"\"")?;
        }
        if scan.token(b" t=\"") {
            plain.kind = scan.while_any(u8::is_ascii_alphanumeric);
            scan.expect(b"\"")?;
        }
        if scan.token(b"/>") {
            return Some(plain);
        }
        scan.expect(b">")?;
        if scan.token(b"<is><t>") {
            plain.inline = Some(scan.letters()?);
            scan.expect(b"</t></is></c>")?;
            return Some(plain);
        }
        if scan.token(b"<f") {
            plain.is_formula = true;
            if !scan.attributes(|_, _| ())? {
                scan.pass()?;
                scan.expect(b"</f>")?;
            }
        }
        scan.expect(b"<v>")?;
        plain.value = Some(scan.letters()?);
        scan.expect(b"</v></c>")?;
        Some(plain)
    }
}

/// The shared text that a text begins with, and whether it keeps its space: `<si><t>学会</t></si>`, perhaps with how its
/// readings look, which Excel says of every text in Chinese; and what stands behind it.
pub(super) fn text(text: &str) -> Option<((&str, bool), &str)> {
    let mut scan = Scan::of(text);
    scan.expect(b"<si><t")?;
    let keeps_space = scan.token(b" xml:space=\"preserve\"");
    scan.expect(b">")?;
    let letters = scan.letters()?;
    scan.expect(b"</t>")?;
    if scan.token(b"<phoneticPr") && !scan.attributes(|_, _| ())? {
        return None;
    }
    scan.expect(b"</si>")?;
    Some(((letters, keeps_space), scan.rest()))
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

/// The columns that a text begins with, `<col min="1" max="2" width="4" hidden="1"/>`, where they are hidden, counted from
/// zero; and what stands behind them.
pub(super) fn hidden_columns(text: &str) -> Option<(Option<(u32, u32)>, &str)> {
    let mut scan = Scan::of(text);
    scan.expect(b"<col")?;
    let (mut first, mut last, mut hidden, mut width) = (None, None, None, None);
    let is_whole = scan.attributes(|name, value| {
        let stated = match name {
            "min" => &mut first,
            "max" => &mut last,
            "hidden" => &mut hidden,
            "width" => &mut width,
            _ => return,
        };
        stated.get_or_insert(value);
    })?;
    let is_hidden = hidden.is_some_and(is_yes) || width.is_some_and(is_no_measure);
    let columns = is_hidden.then(|| columns(first, last)).flatten();
    is_whole.then_some((columns, scan.rest()))
}

/// First and last cell of the region that a text begins with, `<mergeCell ref="A1:M1"/>`, and what stands behind it.
pub(super) fn merged(text: &str) -> Option<(Corners, &str)> {
    let mut scan = Scan::of(text);
    scan.expect(b"<mergeCell ref=\"")?;
    let first = scan.place()?;
    scan.expect(b":")?;
    let last = scan.place()?;
    scan.expect(b"\"/>")?;
    Some(((first, last), scan.rest()))
}

/// A text that is gone through from its beginning.
struct Scan<'a> {
    text: &'a str,
    /// What was gone through, in bytes: up to the end of a letter.
    at: usize,
}

impl<'a> Scan<'a> {
    /// Space before it is passed over.
    fn of(text: &'a str) -> Self {
        let mut scan = Self { text, at: 0 };
        scan.space();
        scan
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        while is_space(self.text.as_bytes().get(self.at)) {
            self.at += 1;
        }
    }

    /// Whether this, of ASCII alone, comes next; then it is passed.
    fn token<const N: usize>(&mut self, token: &[u8; N]) -> bool {
        let is_next = self.bytes().first_chunk() == Some(token);
        if is_next {
            self.at += N;
        }
        is_next
    }

    /// Passes what must come next.
    fn expect<const N: usize>(&mut self, token: &[u8; N]) -> Option<()> {
        self.token(token).then_some(())
    }

    /// What comes next up to here.
    fn take(&mut self, length: usize) -> Option<&'a str> {
        let end = self.at + length;
        let taken = self.text.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// ASCII characters of this kind that come next.
    fn while_any(&mut self, is_such: impl Fn(&u8) -> bool) -> &'a str {
        let bytes = self.bytes();
        let length = bytes.iter().position(|byte| !is_such(byte));
        self.take(length.unwrap_or(bytes.len())).unwrap_or_default()
    }

    /// Signs of a number that is written with these, one for each from `first` on and counted from `least`; no more of them
    /// than `MOST`, lest it be too large.
    fn signs<const MOST: usize>(&mut self, first: u8, base: u32, least: u32) -> Option<u32> {
        let bytes = self.bytes();
        let (mut number, mut length) = (0, 0);
        while let Some(byte) = bytes.get(length) {
            let sign = u32::from(byte.wrapping_sub(first));
            if sign >= base {
                break;
            }
            if length == MOST {
                return None;
            }
            number = number * base + sign + least;
            length += 1;
        }
        self.at += length;
        (length > 0).then_some(number)
    }

    /// A number without sign that is short enough to be one.
    fn number(&mut self) -> Option<u32> {
        self.signs::<8>(b'0', 10, 0)
    }

    /// `H12` as row and column, counted from zero.
    fn place(&mut self) -> Option<(u32, u32)> {
        let column = self.signs::<3>(b'A', 26, 1)?;
        Some((self.number()?.checked_sub(1)?, column - 1))
    }

    /// What stands before the next tag; none where anything in it does not stand for itself, or may be escaped wrongly.
    fn letters(&mut self) -> Option<&'a str> {
        // What is longer is looked for no further.
        let bytes = self.bytes();
        let near = bytes.get(..=ENOUGH).unwrap_or(bytes);
        let length = memchr3(b'<', b'&', b'\r', near)?;
        (near.get(length) == Some(&b'<')).then_some(())?;
        self.take(length)
    }

    /// Passes what stands before the next tag, whatever is escaped in it.
    fn pass(&mut self) -> Option<()> {
        loop {
            self.at += memchr2(b'<', b'&', self.bytes())?;
            if !self.token(b"&") {
                return Some(());
            }
            let name = self.while_any(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
            if name.is_empty() {
                return None;
            }
            self.expect(b";")?;
        }
    }

    /// The attributes of a tag up to its end, each by its name without prefix; gives whether the element ends with it.
    fn attributes(&mut self, mut each: impl FnMut(&'a str, &'a str)) -> Option<bool> {
        loop {
            if self.token(b">") {
                return Some(false);
            }
            if self.token(b"/>") {
                return Some(true);
            }
            self.expect(b" ")?;
            let mut name = self.while_any(u8::is_ascii_alphanumeric);
            if self.token(b":") {
                name = self.while_any(u8::is_ascii_alphanumeric);
            }
            self.expect(b"=\"")?;
            let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !b"\"&<".contains(byte);
            let value = self.while_any(is_plain);
            self.expect(b"\"")?;
            if name.is_empty() {
                return None;
            }
            each(name, value);
        }
    }
}
