//! 数据导出: the standings as plain tables for other tools, each as CSV and as Parquet.
//!
//! Points leave exactly: as decimals, and a society's score also as what it is made of, sums over a number of forms, so
//! that nothing is rounded twice by who goes on with it. For the secretariat: reviewers are in it. What the columns mean
//! is said in `docs/数据导出.md`.

mod own;
mod parquet;
mod rows;

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
enum Datum {
    None,
    Text(String),
    Whole(i64),
    Flag(bool),
    Points(Points),
}

impl Datum {
    /// As a csv has it: nothing as nothing, points with no more decimals than they need.
    fn written(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Points(points) => points.to_string(),
        }
    }
}

type Row = Vec<Datum>;

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
fn csv(columns: &[Column], rows: impl Iterator<Item = Row>) -> Result<Vec<u8>, String> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let said = |error: ::csv::Error| error.to_string();
    let names = columns.iter().map(|(name, _)| name);
    writer.write_record(names).map_err(said)?;
    for row in rows {
        let texts = row.iter().map(Datum::written);
        writer.write_record(texts).map_err(said)?;
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
