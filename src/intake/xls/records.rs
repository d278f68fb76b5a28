//! The records of a stream, and the texts in them, which may go on in the records that follow.

use crate::intake::looks::{Face, Run};
use crate::intake::text;
use crate::intake::texts::Rich;

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;

/// One record; those that continue it are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    /// Where the next one begins.
    pub(super) next: usize,
}

/// The records from `start` on, as far as they are whole.
pub(super) fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut next = start;
    std::iter::from_fn(move || {
        let head = stream.get(next..)?;
        let (kind, length) = (word(head, 0)?, word(head, 2)?);
        let data = head.get(4..4 + usize::from(length))?;
        next += 4 + data.len();
        Some(Record { kind, data, next })
    })
}

/// What generation of Excel wrote the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Excel 5 and 95: texts in the letters of a code page.
    Five,
    /// Excel 97 and later: texts in UTF-16.
    Eight,
}

impl Version {
    pub(super) fn of(first: &Record<'_>) -> Option<Self> {
        match (first.kind, word(first.data, 0)?) {
            (BOF, 0x0500) => Some(Self::Five),
            (BOF, _) => Some(Self::Eight),
            _ => None,
        }
    }
}

/// How texts are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters<'f> {
    pub(super) version: Version,
    pub(super) page: u16,
    pub(super) fonts: &'f [Face],
}

impl Letters<'_> {
    /// A text that is no longer than its record, behind its length of one byte or two.
    pub(super) fn short(self, data: &[u8], length_of_one: bool) -> Option<String> {
        let (length, rest) = if length_of_one {
            let (length, rest) = data.split_first()?;
            (usize::from(*length), rest)
        } else {
            (usize::from(word(data, 0)?), data.get(2..)?)
        };
        match self.version {
            Version::Five => {
                let bytes = rest.get(..length).unwrap_or(rest);
                Some(text::of_code_page(bytes, self.page))
            }
            Version::Eight => {
                let mut parts = Parts::new(vec![rest]);
                let flags = parts.byte()?;
                parts.letters(length, flags)
            }
        }
    }

    /// A text of the later version, with its parts that look differently. `is_bare` where these are not told by a flag
    /// but always stand behind the text.
    pub(super) fn rich(self, parts: &mut Parts<'_>, is_bare: bool) -> Option<Rich> {
        let length = usize::from(parts.word()?);
        let flags = parts.byte()?;
        let has_runs = flags & 0x08 != 0;
        let mut runs = if has_runs { parts.word()? } else { 0 };
        let further = if flags & 0x04 != 0 { parts.long()? } else { 0 };
        let text = parts.letters(length, flags)?;
        if is_bare {
            runs = parts.word().unwrap_or(0);
        }
        let mut begins = Vec::new();
        for _ in 0..runs {
            begins.push((parts.word()?, self.font(parts.word()?)));
        }
        parts.skip(usize::try_from(further).ok()?);
        Some(Rich {
            runs: Run::parts(&text, &begins),
            text,
        })
    }

    /// A text of the earlier version with its parts: each begins at a byte.
    pub(super) fn rich_of_five(self, data: &[u8]) -> Option<Rich> {
        let length = usize::from(word(data, 0)?);
        let bytes = data.get(2..2 + length)?;
        let runs = data.get(2 + length..).unwrap_or_default();
        let (count, runs) = runs.split_first().unwrap_or((&0, &[]));
        let mut rich = Rich::default();
        let mut begins = vec![(0, None)];
        for run in runs.chunks_exact(2).take(usize::from(*count)) {
            begins.push((usize::from(run[0]), self.font(u16::from(run[1]))));
        }
        let ends = begins.iter().skip(1).map(|(begin, _)| *begin);
        for ((begin, font), end) in begins.iter().zip(ends.chain([length])) {
            let piece = bytes.get(*begin..end).unwrap_or_default();
            if !piece.is_empty() {
                rich.text.push_str(&text::of_code_page(piece, self.page));
                rich.runs.push(Run {
                    end: rich.text.len(),
                    font: *font,
                });
            }
        }
        Some(rich)
    }

    /// The font of this number; there is none of number 4.
    fn font(self, number: u16) -> Option<Face> {
        self.fonts.get(font_at(number)).copied()
    }
}

/// Where the font of a number stands among the fonts: there is none of number 4.
pub(super) const fn font_at(number: u16) -> usize {
    if number > 4 {
        number as usize - 1
    } else {
        number as usize
    }
}

/// What stands in a record and those that continue it.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

impl<'a> Parts<'a> {
    fn new(parts: Vec<&'a [u8]>) -> Self {
        let mut parts = parts.into_iter();
        let rest = parts.next().unwrap_or_default();
        Self { parts, rest }
    }

    /// A record and those behind it that continue it.
    pub(super) fn of(stream: &'a [u8], record: &Record<'a>) -> Self {
        let further = records(stream, record.next).take_while(|next| next.kind == CONTINUE);
        let parts = std::iter::once(record.data).chain(further.map(|next| next.data));
        Self::new(parts.collect())
    }

    /// Behind so many bytes of the record.
    pub(super) fn behind(mut self, bytes: usize) -> Option<Self> {
        self.rest = self.rest.get(bytes..)?;
        Some(self)
    }

    pub(super) fn is_over(&mut self) -> bool {
        while self.rest.is_empty() {
            match self.parts.next() {
                Some(part) => self.rest = part,
                None => return true,
            }
        }
        false
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        if self.is_over() {
            return None;
        }
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(super) fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn long(&mut self) -> Option<u32> {
        let (low, high) = (self.word()?, self.word()?);
        Some(u32::from(low) | u32::from(high) << 16)
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 && !self.is_over() {
            let part = bytes.min(self.rest.len());
            self.rest = &self.rest[part..];
            bytes -= part;
        }
    }

    /// So many letters, of one byte or two as the flags say; where a record ends among them, the next one says anew.
    fn letters(&mut self, length: usize, flags: u8) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(length);
        let mut is_wide = flags & 1 != 0;
        while units.len() < length {
            if self.rest.is_empty() {
                self.rest = self.parts.next()?;
                is_wide = self.byte()? & 1 != 0;
                continue;
            }
            let wanted = length - units.len();
            let size = if is_wide { 2 } else { 1 };
            let part = wanted.min(self.rest.len() / size);
            if part == 0 {
                // Half a letter.
                return None;
            }
            let (bytes, rest) = self.rest.split_at(part * size);
            self.rest = rest;
            if is_wide {
                let pairs = bytes.chunks_exact(2);
                units.extend(pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
            } else {
                units.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn double(bytes: &[u8], at: usize) -> Option<f64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}
