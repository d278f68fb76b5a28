//! The clerk's desk: workbooks that somebody fills in, and commands that must go well. Apart from the rest of the common
//! part as `program.rs` is.

#![allow(dead_code)] // each test binary uses its part

use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use xingping::intake::{Sheet, Value};
use xingping::model::CellRef;

use crate::program::all_said;

/// A workbook that somebody fills in.
pub struct Book {
    pub sheets: Vec<Sheet>,
}

impl Book {
    pub fn open(path: &Path) -> Self {
        Self {
            sheets: crate::common::sheets(&fs::read(path).expect("a workbook")),
        }
    }

    pub fn find(&self, sheet: &str, text: &str) -> CellRef {
        let sheet = self.sheet(sheet);
        let found = sheet.cells().find(|(_, value)| value.written() == text);
        found.unwrap_or_else(|| panic!("no {text}")).0
    }

    pub fn sheet(&self, name: &str) -> &Sheet {
        let found = self.sheets.iter().find(|sheet| sheet.name == name);
        found.unwrap_or_else(|| panic!("no sheet {name}"))
    }

    /// The text in the row of `row` under the heading `column`.
    pub fn get(&self, sheet: &str, row: &str, column: &str) -> String {
        let cell = CellRef::new(
            self.find(sheet, row).row(),
            self.find(sheet, column).column(),
        );
        let value = self.sheet(sheet).get(cell);
        value.map_or(String::new(), Value::written)
    }

    pub fn set(&mut self, sheet: &str, row: &str, column: &str, text: &str) {
        let cell = CellRef::new(
            self.find(sheet, row).row(),
            self.find(sheet, column).column(),
        );
        let found = self.sheets.iter_mut().find(|one| one.name == sheet);
        let value = text
            .parse()
            .map_or_else(|_| Value::Text(text.to_owned()), Value::Number);
        found.expect("the sheet").put(cell, value);
    }

    pub fn save(&self, path: &Path) {
        let mut book = Workbook::new();
        for sheet in &self.sheets {
            let into = book.add_worksheet();
            into.set_name(&sheet.name).expect("a name");
            for (cell, value) in sheet.cells() {
                let column = u16::try_from(cell.column()).expect("a column");
                let text = value.written();
                match value {
                    Value::Number(_) => {
                        let number: f64 = text.parse().expect("a number");
                        into.write_number(cell.row(), column, number).expect("put");
                    }
                    _ => {
                        into.write_string(cell.row(), column, &text).expect("put");
                    }
                }
            }
        }
        fs::write(path, book.save_to_buffer().expect("bytes")).expect("written");
    }
}

/// Runs what must go well; what is said.
pub fn well(room: &Path, arguments: &[&str]) -> String {
    let (status, said) = all_said(room, arguments);
    assert_eq!(status, 0, "{arguments:?}: {said}");
    said
}

/// Every file below a folder as text, workbooks by their cells.
pub fn everything(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all += &everything(&path);
        } else if path.extension().is_some_and(|ending| ending == "xlsx") {
            for sheet in Book::open(&path).sheets {
                for (_, value) in sheet.cells() {
                    all.push_str(&value.written());
                    all.push('\n');
                }
            }
        } else {
            all += &fs::read_to_string(&path).expect("a text");
        }
    }
    all
}
