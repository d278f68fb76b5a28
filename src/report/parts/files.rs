//! 材料来源: every file that was met, with its digest and what became of it.

use rust_xlsxwriter::XlsxError;

use super::cell::{Cell, Column, Look, Row};
use super::{Book, Links, List, file_text, words};
use crate::settle::{ReceivedFile, SettledForm};

/// Adds the sheet. Of each file only the forms that `which` (an index) keeps are told.
///
/// # Errors
/// The writer refuses something.
pub fn add<'f>(
    book: &mut Book<'_>,
    title: &str,
    files: impl Iterator<Item = &'f ReceivedFile>,
    which: impl Fn(usize) -> bool,
) -> Result<(), XlsxError> {
    let standings = book.standings;
    let links = Links::of(standings);
    let rows = (1..).zip(files).map(|(number, file)| {
        let forms: Vec<&SettledForm> = file
            .forms
            .iter()
            .filter(|form| which(**form))
            .filter_map(|form| standings.forms.get(*form))
            .collect();
        row(&links, number, file, &forms)
    });
    let columns = [
        ("序号", 5, Look::Whole),
        ("文件", 44, Look::Left),
        ("字节数", 10, Look::Whole),
        ("评价表份数", 7, Look::Whole),
        ("状态", 22, Look::Left),
        ("说明", 28, Look::Left),
        ("SHA-256", 34, Look::Left),
    ]
    .map(|(head, width, look)| Column::new(head, width, look));
    let list = List {
        name: "材料来源",
        title,
        unit: "",
        columns: columns.into(),
        size: 9.0,
        frozen: 2,
        empty: "没有收到文件。",
    };
    book.list(&list, rows, |_| Ok(()))
}

fn row(links: &Links, number: usize, file: &ReceivedFile, forms: &[&SettledForm]) -> Row {
    let mut states: Vec<String> = Vec::new();
    for form in forms {
        let state = words::form_state(form);
        if !states.contains(&state) {
            states.push(state);
        }
    }
    Row::new(vec![
        Cell::whole(number),
        // What was skipped was not even opened, and is nowhere kept.
        if file.sha256.is_empty() {
            Cell::text(file_text(&file.file, &file.within))
        } else {
            links.cell(&file.file, &file.within)
        },
        Cell::number(file.size.into()),
        Cell::whole(forms.len()),
        Cell::text(states.join("、")),
        Cell::text(&file.remark),
        Cell::text(&file.sha256),
    ])
}
