//! 材料来源: every file that was met, with its digest and what became of it.

use std::borrow::Cow;

use rust_xlsxwriter::XlsxError;

use super::cell::{Cell, Column, Look, Row};
use super::{Book, Links, List, file_text, words};
use crate::model::Letter;
use crate::settle::{ReceivedFile, SettledForm};

/// Adds the sheet.
///
/// # Errors
/// The writer refuses something.
pub fn add<'f>(
    book: &mut Book<'_>,
    title: &str,
    files: impl Iterator<Item = Cow<'f, ReceivedFile>>,
) -> Result<(), XlsxError> {
    let standings = book.standings;
    let links = Links::of(standings);
    let rows = (1..).zip(files).map(|(number, file)| {
        let forms: Vec<&SettledForm> = file
            .forms
            .iter()
            .filter_map(|form| standings.forms.get(*form))
            .collect();
        row(&links, number, &file, &forms)
    });
    let columns = [
        ("序号", 5, Look::Whole),
        ("文件", 44, Look::Left),
        ("来件人", 18, Look::Left),
        ("来件时间", 11, Look::Centre),
        ("邮件主题", 20, Look::Left),
        ("字节数", 10, Look::Whole),
        ("评价表份数", 7, Look::Whole),
        ("状态", 18, Look::Left),
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
    let letter = file.letter.as_deref();
    let mut states: Vec<String> = Vec::new();
    if file.scan_of.is_some() {
        states.push("签字件".to_owned());
    }
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
        Cell::text(letter.map_or("", |letter| letter.sender.as_str())),
        Cell::text(letter.map_or(String::new(), Letter::sent_text)),
        Cell::text(letter.map_or("", |letter| letter.subject.as_str())),
        Cell::number(file.size.into()),
        Cell::whole(forms.len()),
        Cell::text(states.join("、")),
        Cell::text(&file.remark),
        Cell::text(&file.sha256),
    ])
}
