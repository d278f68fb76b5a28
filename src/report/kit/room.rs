//! Room outside memory for the rows of sheets while their workbook is being made, in temporary files that go with it.

use std::env;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use crate::model::quiet::quietly;

/// Where the rows of sheets wait for their workbook. Of those in memory the writer makes each sheet on a thread of its own:
/// where two processors are at work such a thread waits for one of them, and everything waits for it.
#[derive(Debug, Clone)]
pub struct Room {
    pub(super) folder: PathBuf,
}

impl Room {
    /// On the disk, for sheets that may be long: in memory their rows take several times what the workbook takes in the end.
    #[must_use]
    pub fn on_disk() -> Self {
        Self {
            folder: env::temp_dir(),
        }
    }

    /// In files that are never on a disk, where the system has such; for sheets that are not long, of which there are many.
    #[must_use]
    pub fn off_disk() -> Self {
        const SHARED: &str = "/dev/shm";
        let shared = Path::new(SHARED);
        if cfg!(target_os = "linux") && shared.is_dir() {
            Self {
                folder: shared.to_owned(),
            }
        } else {
            Self::on_disk()
        }
    }

    /// Makes a workbook with this room; without it where a disk refuses, of which the writer panics.
    ///
    /// # Errors
    /// The writer refuses something else.
    pub fn or_memory(
        self,
        make: impl Fn(Option<&Self>) -> Result<Vec<u8>, XlsxError>,
    ) -> Result<Vec<u8>, XlsxError> {
        match quietly(|| make(Some(&self))) {
            Some(Ok(made)) => Ok(made),
            Some(Err(_)) | None => make(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};
    use std::path::PathBuf;

    use jiff::civil::date;
    use zip::ZipArchive;

    use super::Room;
    use crate::model::Points;
    use crate::report::kit::table::{Content, Struck, Tone, Total};
    use crate::report::kit::{Book, Cell, Layout, Look, Row, Table, columns, sample};

    /// Of every kind of cell some, in runs and alone, and rows that begin with nothing or are nothing.
    fn table(is_struck: bool) -> Table {
        let columns = columns![
            ("序号", 6, Look::Whole),
            ("学会", 20, Look::Left),
            ("日期", 16, Look::Day),
            ("加分", 8, Look::Points(2)),
            ("合计", 8, Look::Points(2)),
        ];
        let total = Total {
            first: 3,
            last: 3,
            decimals: 2,
            printed: Points::from(3),
        };
        let struck = Struck {
            value: "7".to_owned(),
            words: "（已更正）".to_owned(),
        };
        let row = |at: usize| {
            let text = Cell::text(format!("学会{at}\n第二行"));
            let cells = match at % 5 {
                0 => vec![Cell::blank(), text.linked(Some("a.xlsx".to_owned()))],
                1 => vec![Cell::whole(at), text.struck(), Cell::day(date(2018, 8, 30))],
                2 if at.is_multiple_of(2) => vec![Cell::blank(); 5],
                // Of this nothing is left.
                2 => vec![Cell::text("\u{1}"), Cell::blank()],
                3 if is_struck => vec![
                    Cell::whole(at),
                    Content::Struck(Box::new(struck.clone())).into(),
                ],
                _ => vec![
                    Cell::whole(at),
                    text.toned(Tone::Wrong),
                    Cell::dash(),
                    Cell::points(Points::from(3)),
                    Content::Total(Box::new(total)).into(),
                ],
            };
            Row::new(cells).heavy(at.is_multiple_of(3))
        };
        Table {
            title: "清单".to_owned(),
            lead: vec!["说明".to_owned()],
            rows: (0..40).map(row).collect(),
            sums: vec![Row::new(vec![Cell::blank(), Cell::text("合计")]).sum()],
            notes: vec!["注".to_owned()],
            ..Table::of(columns, Layout::list(10.5, 1))
        }
    }

    fn book(room: Option<&Room>, is_struck: bool) -> Vec<u8> {
        let book = Book::new("清单", None, Some("内部资料")).and_then(|book| book.with(room));
        let mut book = book.expect("a book");
        for name in ["一", "二"] {
            book.add_called(name, table(is_struck)).expect("added");
        }
        book.bytes().expect("written")
    }

    fn part(package: &[u8], name: &str) -> String {
        let mut parts = ZipArchive::new(Cursor::new(package)).expect("a package");
        let mut part = String::new();
        let mut entry = parts.by_name(name).expect("a part");
        entry.read_to_string(&mut part).expect("read");
        part
    }

    /// A row in memory says which columns it has, for programs in haste; outside, a row without anything ends the sheet.
    fn as_outside(sheet: &str) -> String {
        let sheet = sheet.replace("ref=\"A1:E47\"", "ref=\"A1:E48\"");
        let sheet = sheet.replace("</sheetData>", "<row r=\"48\"></row></sheetData>");
        let mut rows = sheet.split(" spans=\"");
        let first = rows.next().unwrap_or_default().to_owned();
        rows.fold(first, |sheet, row| {
            sheet + row.split_once('"').expect("an end").1
        })
    }

    #[test]
    fn what_waits_outside_is_what_would_be_in_memory() {
        let room = Room::off_disk();
        let (inside, outside) = (book(None, false), book(Some(&room), false));
        for name in ["xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"] {
            assert_eq!(part(&inside, name), part(&outside, name), "{name}");
        }
        for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
            let (inside, outside) = (part(&inside, name), part(&outside, name));
            assert!(inside.contains(" spans=") && !outside.contains(" spans="));
            assert!(as_outside(&inside) == outside, "{name}");
        }
        // Text of several formats is kept elsewhere, and reads the same.
        let (inside, outside) = (book(None, true), book(Some(&room), true));
        assert!(part(&outside, "xl/worksheets/sheet1.xml").contains("inlineStr"));
        assert_eq!(sample::sheets(&inside), sample::sheets(&outside));
    }

    #[test]
    fn where_there_is_no_room_the_workbook_is_made_in_memory() {
        let nowhere = Room {
            folder: PathBuf::from("没有这个目录"),
        };
        let make = |room: Option<&Room>| {
            let mut book = Book::new("清单", None, None)?.with(room)?;
            book.add(table(true))?;
            book.bytes()
        };
        let inside = make(None).expect("made");
        assert_eq!(nowhere.clone().or_memory(make).expect("made"), inside);
        // A disk that is full.
        let full = |room: Option<&Room>| match room {
            Some(_) => panic!("Couldn't write to xml file"),
            None => make(None),
        };
        assert_eq!(nowhere.or_memory(full).expect("made"), inside);
    }
}
