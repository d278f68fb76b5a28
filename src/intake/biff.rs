//! The record stream inside an old workbook (.xls, .et), looked at before the reader parses all of it.
//!
//! Reads no cell values. What it changes are two records the reader would take at their word: the size of a
//! sheet, for which it reserves memory, and the code page, which the later format does not use.

use super::{Fault, Refusal, SAVE_AGAIN, limits};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FILEPASS: u16 = 0x002f;
const CODEPAGE: u16 = 0x0042;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
/// A row of small numbers: the only cell record that spans columns.
const MULTIPLE_RK: u16 = 0x00bd;
/// Records of one cell: formula, number, label, rich label, bool or error, small number, shared string.
const SINGLE: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd];
/// How workbooks of Excel 2, 3 and 4 begin. Nothing reads them here.
const ANCIENT: [u16; 3] = [0x0009, 0x0209, 0x0409];

/// The code page of text in Excel 97 and later, whatever the record says.
const UTF_16: u16 = 1200;
/// The code page assumed where an older file names none that is known: this is where the forms come from.
const CHINESE: u16 = 936;

/// A stream fit to be parsed.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) stream: Vec<u8>,
    /// The code page to read texts with instead of the stated one.
    pub(super) codepage: Option<u16>,
}

/// Checks the stream and makes it harmless.
pub(super) fn prepare(mut stream: Vec<u8>) -> Result<Book, Refusal> {
    let (first, version) = match record(&stream, 0) {
        Some(record) => (record.kind, word(&stream, record.data.start)),
        None => return Err(damaged()),
    };
    if ANCIENT.contains(&first) {
        let fault = Fault::new("是 Excel 4.0 或更早的格式", SAVE_AGAIN);
        return Err(Refusal::Unreadable(fault));
    }
    if first != BOF {
        return Err(damaged());
    }
    let mut stated = None;
    let mut sheets = Vec::new();
    for record in records(&stream, 0) {
        let data = record.data.start;
        match record.kind {
            FILEPASS => return Err(Refusal::Encrypted),
            CODEPAGE => stated = word(&stream, data),
            BOUND_SHEET => sheets.push(position(&stream, data).ok_or_else(damaged)?),
            EOF => break,
            _ => {}
        }
    }
    limits::SHEETS.hold(sheets.len() as u64)?;
    let (mut area, mut cells) = (0, 0);
    let mut sizes = Vec::new();
    for start in sheets {
        area += used_area(&stream, start, &mut sizes, &mut cells);
        limits::AREA.hold(area)?;
        limits::CELLS.hold(cells)?;
    }
    for size in sizes {
        make_empty(&mut stream[size]);
    }
    let codepage = match version {
        Some(0x0500) => known(stated),
        _ => Some(UTF_16),
    };
    Ok(Book { stream, codepage })
}

/// The code page of an older workbook, where the stated one will not do.
fn known(stated: Option<u16>) -> Option<u16> {
    match stated {
        // Numbers the reader knows.
        Some(874 | 932 | 936 | 949 | 950 | 1250..=1258 | 10000 | 65001) => None,
        // Windows-1252 by the number Excel has for it, and what it nearly contains.
        Some(0x8001 | 367 | 437) => Some(1252),
        _ => Some(CHINESE),
    }
}

/// The size of the rectangle around all cells of the sheet at `start`; notes its DIMENSIONS records and counts the cells.
fn used_area(
    stream: &[u8],
    start: usize,
    sizes: &mut Vec<std::ops::Range<usize>>,
    cells: &mut u64,
) -> u64 {
    let mut used: Option<[u16; 4]> = None;
    let mut depth = 0_u32;
    for record in records(stream, start) {
        let data = record.data.start;
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            DIMENSIONS => sizes.push(record.data),
            kind if kind == MULTIPLE_RK || SINGLE.contains(&kind) => {
                let (Some(row), Some(first)) = (word(stream, data), word(stream, data + 2)) else {
                    continue;
                };
                let last = match kind {
                    MULTIPLE_RK => word(stream, record.data.end.saturating_sub(2)),
                    _ => None,
                };
                let last = last.unwrap_or(first).max(first);
                *cells += u64::from(last - first) + 1;
                let [top, left, bottom, right] = used.unwrap_or([row, first, row, last]);
                used = Some([
                    top.min(row),
                    left.min(first),
                    bottom.max(row),
                    right.max(last),
                ]);
            }
            _ => {}
        }
    }
    used.map_or(0, |[top, left, bottom, right]| {
        (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
    })
}

/// Makes a DIMENSIONS record tell of an empty sheet.
fn make_empty(dimensions: &mut [u8]) {
    dimensions.fill(0);
}

struct Record {
    kind: u16,
    data: std::ops::Range<usize>,
}

/// The record at `start`, if it is there in full.
fn record(stream: &[u8], start: usize) -> Option<Record> {
    let kind = word(stream, start)?;
    let from = start + 4;
    let data = from..from + usize::from(word(stream, start + 2)?);
    stream.get(data.clone())?;
    Some(Record { kind, data })
}

/// The records from `start` on, as far as they are whole.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record> {
    let mut next = start;
    std::iter::from_fn(move || {
        let record = record(stream, next)?;
        next = record.data.end;
        Some(record)
    })
}

fn word(stream: &[u8], at: usize) -> Option<u16> {
    let bytes = stream.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn position(stream: &[u8], at: usize) -> Option<usize> {
    let bytes = stream.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

fn damaged() -> Refusal {
    Refusal::Unreadable(Fault::new("文件已损坏", SAVE_AGAIN))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{BOF, BOUND_SHEET, CODEPAGE, DIMENSIONS, EOF, FILEPASS, Refusal, limits, prepare};

    /// A stream made of these records.
    pub(in crate::intake) fn stream(records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut stream = Vec::new();
        for (kind, data) in records {
            let length = u16::try_from(data.len()).expect("short");
            stream.extend(kind.to_le_bytes());
            stream.extend(length.to_le_bytes());
            stream.extend(*data);
        }
        stream
    }

    #[test]
    fn a_password_and_an_old_format_are_told() {
        let locked = stream(&[(BOF, &[0, 6]), (FILEPASS, &[1, 0]), (EOF, &[])]);
        assert_eq!(prepare(locked).err(), Some(Refusal::Encrypted));
        for bad in [stream(&[(0x0409, &[0, 0])]), stream(&[(EOF, &[])]), vec![]] {
            assert!(matches!(prepare(bad), Err(Refusal::Unreadable(_))));
        }
    }

    #[test]
    fn later_workbooks_are_never_read_by_their_code_page() {
        for (version, stated, forced) in
            [(6, 936_u16, Some(1200)), (5, 936, None), (5, 0, Some(936))]
        {
            let stream = stream(&[(BOF, &[0, version]), (CODEPAGE, &stated.to_le_bytes())]);
            assert_eq!(prepare(stream).expect("fit").codepage, forced);
        }
    }

    #[test]
    fn cells_are_counted_before_they_are_laid_out() {
        let row = [&[0_u8; 4][..], &[0; 6], &[255, 0]].concat();
        let cells = stream(&[(0x00bd, row.as_slice())]).repeat(2_000);
        let globals = stream(&[(BOF, &[0, 6]), (BOUND_SHEET, &[18, 0, 0, 0]), (EOF, &[])]);
        let sheet = [stream(&[(BOF, &[0, 6])]), cells].concat();
        assert_eq!(
            prepare([globals, sheet].concat()).err(),
            limits::CELLS.hold(512_000).err()
        );
    }

    #[test]
    fn the_size_of_a_sheet_is_judged_by_its_cells() {
        let sheet = |last_row: u16, last_column: u16| {
            let mut last = Vec::new();
            last.extend(last_row.to_le_bytes());
            last.extend(last_column.to_le_bytes());
            stream(&[
                (BOF, &[0, 6]),
                (BOUND_SHEET, &[18, 0, 0, 0]),
                (EOF, &[]),
                (BOF, &[0, 6]),
                (DIMENSIONS, &[255; 14]),
                (0x0203, &[0, 0, 0, 0]),
                (0x0203, &last),
                (EOF, &[]),
            ])
        };
        let book = prepare(sheet(65_535, 9)).expect("fit");
        assert!(!book.stream.windows(14).any(|window| window == [255; 14]));
        let refused = prepare(sheet(65_535, 255));
        assert!(matches!(refused, Err(Refusal::OverLimits(_))));
    }
}
