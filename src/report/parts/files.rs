//! 材料来源: every file that was met, with its digest and what became of it.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::cell::{Cell, Column, Look, Row};
use super::{Book, Links, List, file_text, words};
use crate::model::Letter;
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
    // A mail that brought others' forms too speaks of them in its subject: it is not told.
    let mixed: BTreeSet<&str> = standings
        .files
        .iter()
        .filter(|file| !file.forms.iter().all(|form| which(*form)))
        .map(|file| file.file.as_str())
        .collect();
    let links = Links::of(standings);
    let rows = (1..).zip(files).map(|(number, file)| {
        let forms: Vec<&SettledForm> = file
            .forms
            .iter()
            .filter(|form| which(**form))
            .filter_map(|form| standings.forms.get(*form))
            .collect();
        let is_mixed = mixed.contains(file.file.as_str());
        let letter = file.letter.as_deref().filter(|_| !is_mixed);
        row(&links, number, file, &forms, letter)
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

fn row(
    links: &Links,
    number: usize,
    file: &ReceivedFile,
    forms: &[&SettledForm],
    letter: Option<&Letter>,
) -> Row {
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
