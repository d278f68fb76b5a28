//! Rows that grow with what is typed into them. The writer marks every row whose height it is told as set by
//! hand, and such rows cut long texts; here that mark is taken off again, the height stays.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::report::kit::alike::alike;

/// Rows of a sheet, first and last, counted from zero.
pub(in crate::report) type Rows = (u32, u32);

/// The mark of a row whose height was set by hand.
const BY_HAND: &str = " customHeight=\"1\"";

/// The workbook with these rows free to grow, given sheet by sheet.
pub(in crate::report) fn free(workbook: &[u8], sheets: &[Vec<Rows>]) -> Result<Vec<u8>, ZipError> {
    let mut parts = ZipArchive::new(Cursor::new(workbook))?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len())));
    for index in 0..parts.len() {
        let mut part = parts.by_index(index)?;
        let name = part.name()?.into_owned();
        let sheet = (1..)
            .zip(sheets)
            .find(|(number, _)| name == format!("xl/worksheets/sheet{number}.xml"));
        let Some((_, rows)) = sheet else {
            drop(part);
            copy.raw_copy_file(parts.by_index_raw(index)?)?;
            continue;
        };
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        // No clock: the same form is the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        copy.start_file(name, options)?;
        copy.write_all(without_mark(&text, rows).as_bytes())?;
    }
    Ok(alike(copy.finish()?.into_inner()))
}

fn without_mark(sheet: &str, rows: &[Rows]) -> String {
    let mut freed = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find("<row r=\"") {
        let (before, from) = rest.split_at(start);
        let (row, after) = from.split_at(from.find('>').unwrap_or(from.len()));
        freed.push_str(before);
        let number = row
            .split('"')
            .nth(1)
            .and_then(|number| number.parse::<u32>().ok());
        let is_free = number.is_some_and(|number| {
            rows.iter()
                .any(|(first, last)| (first + 1..=last + 1).contains(&number))
        });
        if is_free {
            freed.push_str(&row.replace(BY_HAND, ""));
        } else {
            freed.push_str(row);
        }
        rest = after;
    }
    freed.push_str(rest);
    freed
}

#[cfg(test)]
mod tests {
    use super::without_mark;

    #[test]
    fn only_the_rows_named_may_grow() {
        let row = |number: u32, mark: &str| {
            format!(r#"<row r="{number}" ht="25.5"{mark}><c r="A{number}"/></row>"#)
        };
        let sheet = |marks: [&str; 3]| {
            let rows: String = (9..)
                .zip(marks)
                .map(|(number, mark)| row(number, mark))
                .collect();
            format!("<sheetData>{rows}</sheetData>")
        };
        let mark = super::BY_HAND;
        assert_eq!(
            without_mark(&sheet([mark; 3]), &[(8, 8), (10, 10)]),
            sheet(["", mark, ""])
        );
        assert_eq!(without_mark("<row r=\"1\"", &[(0, 0)]), "<row r=\"1\"");
    }
}
