//! A table as a file of values, for rows that are too many for a sheet: the same words, readable by every office
//! program. UTF-8 with its mark, by which Excel knows it.

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::ByteRecord;

use super::style::cell_words;
use super::table::{Cell, Content};
use super::{Own, Row, Table};
use crate::model::{Short, day};

/// So many bytes are written at once.
const PIECE: usize = 1 << 16;

/// Writes the columns of `table` and `rows`, which are not held as a whole; `table` has none of its own.
///
/// # Errors
/// What `to` refuses.
pub fn write(
    own: &Own,
    table: &Table,
    rows: impl Iterator<Item = Row>,
    to: &mut dyn Write,
) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut writer = ::csv::WriterBuilder::new()
        .buffer_capacity(PIECE)
        .from_writer(to);
    let mut heads = table.clone();
    let gone = own.narrow(&mut heads);
    writer.write_record(
        heads
            .columns
            .iter()
            .map(|column| harmless(&column.head).into_owned()),
    )?;
    // A record at a time is written much faster than field by field. There is room for two: this row and the one before.
    let (mut record, mut last) = (ByteRecord::new(), ByteRecord::new());
    let mut before = Row::default();
    for mut row in rows {
        row.remove(&gone);
        std::mem::swap(&mut record, &mut last);
        record.clear();
        for (at, cell) in row.cells.iter().enumerate() {
            let other = before.cells.get(at);
            match last.get(at) {
                // A text that the row before has, too, need not be looked through again.
                Some(said) if other.is_some_and(|other| is_text_of(cell, other)) => {
                    record.push_field(said);
                }
                _ => push(&mut record, cell),
            }
        }
        writer.write_byte_record(&record)?;
        before = row;
    }
    writer.flush()
}

/// Whether two cells hold the same text.
fn is_text_of(cell: &Cell, other: &Cell) -> bool {
    match (&cell.content, &other.content) {
        (Content::Text(text), Content::Text(other)) => text == other,
        _ => false,
    }
}

/// What a cell says, as the next field. Numbers are written with the decimals they have.
fn push(record: &mut ByteRecord, cell: &Cell) {
    let mut said = |text: &str| record.push_field(text.as_bytes());
    match &cell.content {
        Content::Blank => said(""),
        Content::Text(text) => said(&harmless(text)),
        Content::Number(number) => said(&Short::decimal(*number, 0)),
        Content::Day(one) => said(&day::say(*one)),
        Content::Total(total) => said(&total.printed.with_decimals(total.decimals)),
        Content::Struck(struck) => said(&harmless(&format!("{}{}", struck.value, struck.words))),
    }
}

/// A text that no office program takes for a formula when it opens the file.
fn harmless(text: &str) -> Cow<'_, str> {
    let text = cell_words(text);
    match text.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{text}"))
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::write;
    use crate::report::kit::sample;
    use crate::report::kit::{Cell, Layout, Look, Own, Row, Table, columns};

    #[test]
    fn every_row_is_written_and_none_commands() {
        let own = Own::of(&sample::ground().scheme);
        let columns = columns![("编号", 7, Look::Centre), ("评分说明", 20, Look::Left)];
        let table = Table::of(columns, Layout::list(10.5, 1));
        let texts = ["=1+1", " @SUM(A1)", "第1组\u{1b}", "“甲”，\n乙"];
        // Each text in three rows, one below the other.
        let rows = (0..2500).map(|at| {
            Row::new(vec![
                Cell::number(Decimal::new(-150, 2)),
                Cell::text(texts[at / 3 % texts.len()]),
            ])
        });
        let mut to = Vec::new();
        write(&own, &table, rows, &mut to).expect("written");
        let text = String::from_utf8(to).expect("text");
        let text = text.strip_prefix('\u{feff}').expect("the mark");
        let read: Vec<(String, String)> = ::csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .expect("rows");
        assert_eq!(read.len(), 2500);
        let said = ["'=1+1", "' @SUM(A1)", "第1组", "“甲”，\n乙"];
        for (at, (number, text)) in read.iter().enumerate() {
            assert_eq!(
                (number.as_str(), text.as_str()),
                ("-1.5", said[at / 3 % said.len()])
            );
        }
    }
}
