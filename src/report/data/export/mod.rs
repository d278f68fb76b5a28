//! 数据导出: the standings as plain tables for other tools, each as CSV and as Parquet.
//!
//! Points leave exactly: as decimals, and a society's score also as what it is made of, sums over a number of forms, so
//! that nothing is rounded twice by who goes on with it. For the secretariat: reviewers are in it. What the columns mean
//! is said in `docs/数据导出.md`.

mod own;
mod parquet;
mod rows;

use std::borrow::Cow;

use ::csv::ByteRecord;

use crate::error::Error;
use crate::model::Points;
use crate::rank::Standings;
use crate::report::Output;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Flag,
    Points,
}

/// A column: its name, the same in every release, and what stands in it. Nothing may stand in any.
type Column = (&'static str, Kind);

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Datum<'s> {
    None,
    Text(Cow<'s, str>),
    Whole(i64),
    Flag(bool),
    Points(Points),
}

impl Datum<'_> {
    /// The next field of a csv: nothing as nothing, points with no more decimals than they need.
    fn push(&self, record: &mut ByteRecord) {
        let mut written = |text: &str| record.push_field(text.as_bytes());
        match self {
            Self::None => written(""),
            Self::Text(text) => written(text),
            Self::Whole(number) => written(&number.to_string()),
            Self::Flag(flag) => written(if *flag { "true" } else { "false" }),
            Self::Points(points) => written(&points.with_decimals(0)),
        }
    }
}

type Row<'s> = Vec<Datum<'s>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Societies,
    Forms,
    Lines,
    Findings,
    /// The societies' own forms.
    Own,
    /// Their items, one by one.
    OwnItems,
    /// What these come to, line by line.
    OwnLines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Parquet,
}

/// One file still to be made; each can be made on its own.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    table: Table,
    format: Format,
}

/// Every file of an export.
#[must_use]
pub fn exports() -> Vec<Export> {
    let tables = [
        Table::Societies,
        Table::Forms,
        Table::Lines,
        Table::Findings,
        Table::Own,
        Table::OwnItems,
        Table::OwnLines,
    ];
    let both = |table| [Format::Csv, Format::Parquet].map(|format| Export { table, format });
    tables.into_iter().flat_map(both).collect()
}

impl Export {
    /// Makes the file.
    ///
    /// # Errors
    /// A value that the format cannot hold: a fault of this program.
    pub fn write(self, standings: &Standings<'_>) -> Result<Output, Error> {
        let (name, columns) = match self.table {
            Table::Societies => ("societies", rows::SOCIETIES),
            Table::Forms => ("forms", rows::FORMS),
            Table::Lines => ("lines", rows::LINES),
            Table::Findings => ("findings", rows::FINDINGS),
            Table::Own => ("self", own::OWN),
            Table::OwnItems => ("self_items", own::ITEMS),
            Table::OwnLines => ("self_lines", own::LINES),
        };
        let rows = rows::of(standings, self.table);
        let (ending, bytes) = match self.format {
            Format::Csv => ("csv", csv(columns, rows)),
            Format::Parquet => ("parquet", parquet::file(columns, rows)),
        };
        let name = format!("{name}.{ending}");
        match bytes {
            Ok(bytes) => Ok(Output { name, bytes }),
            Err(reason) => Err(Error::Sheet { file: name, reason }),
        }
    }
}

/// UTF-8 with its mark, by which Excel knows it.
fn csv<'s>(columns: &[Column], rows: impl Iterator<Item = Row<'s>>) -> Result<Vec<u8>, String> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let said = |error: ::csv::Error| error.to_string();
    let names = columns.iter().map(|(name, _)| name);
    writer.write_record(names).map_err(said)?;
    let mut record = ByteRecord::new();
    for row in rows {
        record.clear();
        for datum in &row {
            datum.push(&mut record);
        }
        writer.write_byte_record(&record).map_err(said)?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Datum, Kind, Table, exports, rows};
    use crate::report::kit::sample;

    #[test]
    fn every_value_is_of_its_column() {
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        for (table, columns) in [
            (Table::Societies, rows::SOCIETIES),
            (Table::Forms, rows::FORMS),
            (Table::Lines, rows::LINES),
            (Table::Findings, rows::FINDINGS),
        ] {
            let mut count = 0;
            for row in rows::of(&standings, table) {
                assert_eq!(row.len(), columns.len(), "{table:?}");
                for (datum, (name, kind)) in row.iter().zip(columns) {
                    let fits = match datum {
                        Datum::None => true,
                        Datum::Text(_) => *kind == Kind::Text,
                        Datum::Whole(_) => *kind == Kind::Whole,
                        Datum::Flag(_) => *kind == Kind::Flag,
                        Datum::Points(_) => *kind == Kind::Points,
                    };
                    assert!(fits, "{table:?}.{name}: {datum:?}");
                }
                count += 1;
            }
            assert!(count > 0, "{table:?}");
        }
        for export in exports() {
            let output = export.write(&standings).expect("written");
            let again = export.write(&standings).expect("written");
            assert_eq!(output.bytes, again.bytes, "{}", output.name);
        }
    }
}
