//! What the workbook reader does not give of an .xlsb: errors that formulas result in, and merged regions.
//!
//! Reads no other values. The parts hold records: a kind, a length (both of seven bits to the byte), data.

use std::collections::BTreeMap;

use super::package::Package;
use super::sheet::Corners;

const ROW: u32 = 0x0000;
const FORMULA_ERROR: u32 = 0x000b;
const END_SHEET_DATA: u32 = 0x0092;
const BUNDLE_SHEET: u32 = 0x009c;
const MERGED: u32 = 0x00b0;

/// The further content of one sheet, all zero-based (row, column).
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Further {
    pub(super) errors: Vec<((u32, u32), &'static str)>,
    pub(super) merged: Vec<Corners>,
}

/// The sheets by their names.
pub(super) fn sheets(package: &mut Package<'_>) -> Option<BTreeMap<String, Further>> {
    let targets = package.relations("xl/workbook.bin")?;
    let workbook = package.part("xl/workbook.bin")?;
    let mut sheets = BTreeMap::new();
    for (kind, data) in records(&workbook) {
        if kind == BUNDLE_SHEET
            && let Some((relation, rest)) = wide_text(data.get(8..).unwrap_or_default())
            && let Some((name, _)) = wide_text(rest)
            && let Some(target) = targets.get(&relation)
        {
            sheets.insert(name, further(&package.part(&target.target)?));
        }
    }
    Some(sheets)
}

fn further(sheet: &[u8]) -> Further {
    let mut further = Further::default();
    let mut row = 0;
    let mut in_cells = true;
    for (kind, data) in records(sheet) {
        match kind {
            ROW if in_cells => row = long(data, 0).unwrap_or(row),
            FORMULA_ERROR if in_cells => {
                if let (Some(column), Some(code)) = (long(data, 0), data.get(8)) {
                    further.errors.push(((row, column), error(*code)));
                }
            }
            END_SHEET_DATA => in_cells = false,
            MERGED => {
                let part = |index: usize| long(data, index * 4);
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (part(0), part(1), part(2), part(3))
                {
                    further.merged.push(((top, left), (bottom, right)));
                }
            }
            _ => {}
        }
    }
    further
}

/// An error by its number, as Excel writes it.
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#VALUE!",
    }
}

/// The records of a part, as far as they are whole.
fn records(part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (kind, after) = kind(rest)?;
        let (length, after) = length(after)?;
        let (data, after) = after.split_at_checked(length)?;
        rest = after;
        Some((kind, data))
    })
}

/// One or two bytes; the first one's high bit tells of the second.
fn kind(bytes: &[u8]) -> Option<(u32, &[u8])> {
    match bytes {
        [first @ 0x80..=0xff, second, rest @ ..] => Some((
            u32::from(*first & 0x7f) | u32::from(*second & 0x7f) << 7,
            rest,
        )),
        [first @ 0..=0x7f, rest @ ..] => Some((u32::from(*first), rest)),
        _ => None,
    }
}

/// Up to four bytes of seven bits, the lowest first.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 || index == 3 {
            return Some((length, &bytes[index + 1..]));
        }
    }
    None
}

/// A text of two-byte units after their number.
fn wide_text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let units = usize::try_from(long(bytes, 0)?).ok()?;
    let (text, rest) = bytes.get(4..)?.split_at_checked(units.checked_mul(2)?)?;
    let units: Vec<u16> = text
        .chunks_exact(2)
        .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
        .collect();
    Some((String::from_utf16_lossy(&units), rest))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Further, further};

    #[test]
    fn errors_and_merged_regions_are_found() {
        let mut part = vec![0x00, 4, 6, 0, 0, 0];
        part.extend([0x0b, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0x07]);
        part.extend([0x92, 0x01, 0]);
        part.extend([
            0xb0, 0x01, 16, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0,
        ]);
        let expected = Further {
            errors: vec![((6, 2), "#DIV/0!")],
            merged: vec![((1, 3), (2, 4))],
        };
        assert_eq!(further(&part), expected);
        // Cut off anywhere, it is read as far as it goes.
        for length in 0..part.len() {
            let _ = further(&part[..length]);
        }
    }
}
