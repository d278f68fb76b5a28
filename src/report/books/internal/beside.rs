//! Details of more rows than a person opens as a sheet: they are written as data beside the workbook, with the columns
//! and words of the sheet, which says so. They are nowhere held as a whole.

use std::io::{self, Write};

use rust_xlsxwriter::XlsxError;

use super::{forms, values};
use crate::rank::Standings;
use crate::report::books::files;
use crate::report::kit::{Book, Own, Row, Table, csv};
use crate::report::known::Known;

/// Rows that a person still opens, sorts and filters without waiting: those of some 900 forms line by line.
const MOST: usize = 20_000;

/// Rows of one file of data: as many as every office program opens.
const MOST_IN_FILE: usize = 1_000_000;

/// What there may be too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    Values,
    Forms,
    Files,
}

/// A list before it is known where its rows will be.
pub(super) struct List {
    /// The table without them.
    pub blank: Table,
    /// Said where there are none.
    pub empty: &'static str,
    /// Heads of columns that stand there only where some row fills them.
    pub may_be_empty: &'static [&'static str],
}

/// How the rows are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Sheet,
    /// Beside the workbook: so many rows in so many files.
    Data {
        rows: usize,
        files: usize,
    },
}

impl Where {
    fn of(rows: usize, most: usize) -> Self {
        if rows <= most {
            return Self::Sheet;
        }
        let files = rows.div_ceil(MOST_IN_FILE);
        Self::Data { rows, files }
    }
}

impl Detail {
    pub const ALL: [Self; 3] = [Self::Values, Self::Forms, Self::Files];

    /// As the sheet is called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Values => "逐项明细",
            Self::Forms => "评价人明细",
            Self::Files => "材料来源",
        }
    }

    /// Where those who look for a part of it had better look, and what is for programs.
    const fn instead(self) -> &'static str {
        match self {
            Self::Values => {
                "只看一个学会的，请看所在组的汇总表“各表逐项”；程序请读 data/results.json，或运行时加 --export"
            }
            Self::Forms => {
                "只看一个组的，请看该组汇总表的“评价人明细”；程序请读 data/results.json，或运行时加 --export"
            }
            Self::Files => "只看一个组的，请看该组汇总表的“材料来源”；程序请读 data/manifest.json",
        }
    }

    fn rows(self, standings: &Standings<'_>) -> usize {
        match self {
            Self::Values => values::count(standings),
            Self::Forms => standings.forms.len(),
            Self::Files => standings.files.len() + standings.ground.files.len(),
        }
    }

    fn place(self, standings: &Standings<'_>) -> Where {
        Where::of(self.rows(standings), MOST)
    }

    /// How many files of data there are beside the workbook; none where the sheet has room for all.
    #[must_use]
    pub fn files(self, standings: &Standings<'_>) -> usize {
        match self.place(standings) {
            Where::Sheet => 0,
            Where::Data { files, .. } => files,
        }
    }

    /// What such a file (counted from 0) is called.
    #[must_use]
    pub fn file_name(self, file: usize) -> String {
        let name = self.name();
        match file {
            0 => format!("0-{name}（内部）.csv"),
            file => format!("0-{name}（内部）-{}.csv", file + 1),
        }
    }

    /// Writes such a file: the rows that the sheet would have, with its columns; a file of values has no links.
    ///
    /// # Errors
    /// What `to` refuses.
    pub fn write(self, known: &Known<'_>, file: usize, to: &mut dyn Write) -> io::Result<()> {
        let standings = known.standings();
        let own = Own::of(&standings.ground.scheme);
        let (from, most) = (file * MOST_IN_FILE, MOST_IN_FILE);
        let title = String::new();
        match self {
            Self::Values => {
                let rows = values::rows(standings, None).skip(from).take(most);
                csv::write(&own, &values::blank(standings, title), rows, to)
            }
            Self::Forms => {
                let rows = forms::rows(standings, None).skip(from).take(most);
                csv::write(&own, &forms::blank(standings, title), rows, to)
            }
            Self::Files => {
                let rows = files::all(known, None).skip(from).take(most);
                csv::write(&own, &files::blank(standings, title, true), rows, to)
            }
        }
    }

    /// Adds the sheet: the list with these rows, or where its rows are.
    pub(super) fn add<R: Iterator<Item = Row>>(
        self,
        book: &mut Book,
        standings: &Standings<'_>,
        list: List,
        rows: impl Fn() -> R,
    ) -> Result<(), XlsxError> {
        let List {
            blank,
            empty,
            may_be_empty,
        } = list;
        match self.place(standings) {
            Where::Sheet => book.add_streamed(Table { empty, ..blank }, may_be_empty, rows),
            Where::Data { rows, files } => book.add(self.told(blank, rows, files)),
        }
    }

    /// What the sheet is where its rows are elsewhere.
    fn told(self, blank: Table, rows: usize, files: usize) -> Table {
        Table {
            lead: vec![self.elsewhere(rows, files)],
            ..blank
        }
    }

    /// Where the rows are, in words.
    fn elsewhere(self, rows: usize, files: usize) -> String {
        let names: Vec<String> = (0..files)
            .map(|file| format!("“{}”", self.file_name(file)))
            .collect();
        format!(
            "{}共{rows}行，超过一张工作表便于打开的{MOST}行，没有列在这里，列和行照旧写在同一目录的{}里，双击即可用 Excel 或 WPS 打开、筛选。{}。",
            self.name(),
            names.join("、"),
            self.instead()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Detail, MOST_IN_FILE, Where};
    use crate::report::books::files;
    use crate::report::books::internal::{forms, values};
    use crate::report::kit::sample;
    use crate::report::kit::table::Content;
    use crate::report::known::Known;

    #[test]
    fn what_no_person_opens_is_written_as_data_and_the_sheet_says_so() {
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        let known = Known::of(&standings);
        let title = String::new;
        for detail in Detail::ALL {
            let all = detail.rows(&standings);
            assert!(all > 5, "{detail:?}");
            let (blank, rows) = match detail {
                Detail::Values => (
                    values::blank(&standings, title()),
                    values::rows(&standings, None).collect::<Vec<_>>(),
                ),
                Detail::Forms => (
                    forms::blank(&standings, title()),
                    forms::rows(&standings, None).collect(),
                ),
                Detail::Files => (
                    files::blank(&standings, title(), true),
                    files::all(&known, None).collect(),
                ),
            };
            assert_eq!(rows.len(), all, "{detail:?}");
            // Just as many as a sheet takes, and one more.
            assert_eq!(Where::of(all, all), Where::Sheet);
            let data = Where::Data {
                rows: all,
                files: 1,
            };
            assert_eq!(Where::of(all, all - 1), data);
            let told = detail.told(blank.clone(), all, 1);
            assert!(told.rows.is_empty());
            let said = &told.lead[0];
            assert!(
                said.contains(&format!("共{all}行")) && said.contains(&detail.file_name(0)),
                "{said}"
            );
            // Nothing is lost on the way: the same cells, row by row.
            let mut to = Vec::new();
            detail.write(&known, 0, &mut to).expect("written");
            let mut read = ::csv::Reader::from_reader(&to["\u{feff}".len()..]);
            let heads = read.headers().expect("heads").clone();
            let read: Vec<::csv::StringRecord> =
                read.records().collect::<Result<_, _>>().expect("rows");
            assert_eq!(read.len(), all, "{detail:?}");
            let mut met = 0;
            for (record, row) in read.iter().zip(&rows) {
                for (column, cell) in blank.columns.iter().zip(&row.cells) {
                    let Content::Text(text) = &cell.content else {
                        continue;
                    };
                    // A column that the scheme does not have is not there.
                    if let Some(at) = heads.iter().position(|head| head == column.head) {
                        assert!(record[at].ends_with(&**text), "{detail:?} {}", column.head);
                        met += 1;
                    }
                }
            }
            assert!(met > all, "{detail:?}");
        }
    }

    #[test]
    fn more_than_an_office_program_opens_is_several_files() {
        let most = MOST_IN_FILE;
        for (rows, files) in [(most, 1), (most + 1, 2), (2 * most + 1, 3)] {
            assert_eq!(Where::of(rows, 5), Where::Data { rows, files });
        }
        assert_eq!(Detail::Values.file_name(0), "0-逐项明细（内部）.csv");
        assert_eq!(Detail::Forms.file_name(1), "0-评价人明细（内部）-2.csv");
    }
}
