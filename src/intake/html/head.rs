//! What a page is, before its cells are read: whether it has a table at all, and what its sheet is called.
//!
//! Knows nothing of cells.

use super::lines::Lines;
use super::tokens::{Token, tokens};
use crate::model::quiet::quietly;

/// The most letters of a sheet's name, and those that it cannot have.
const NAME_LENGTH: usize = 31;
const NOT_IN_A_NAME: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// What a page has to offer.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::intake) enum PageKind {
    Table,
    /// Excel's frame around sheets that are files of their own; their folder.
    Frames(String),
    NoTable,
}

/// Looks at a page up to its first table.
pub(in crate::intake) fn page(text: &str) -> PageKind {
    let look = || {
        let mut is_framed = false;
        for token in tokens(text) {
            let Token::Open(name, attributes) = token else {
                continue;
            };
            match name.as_str() {
                "table" if !is_framed => return PageKind::Table,
                "frameset" => is_framed = true,
                "frame" => {
                    if let Some(folder) = attributes.get("src").and_then(|src| folder(src)) {
                        return PageKind::Frames(folder);
                    }
                }
                _ => {}
            }
        }
        PageKind::NoTable
    };
    quietly(look).unwrap_or(PageKind::NoTable)
}

/// The folder of sheets that a frame shows one of: `评价表.files/sheet001.htm`.
fn folder(src: &str) -> Option<String> {
    let path = src.replace('\\', "/");
    let (folders, file) = path.rsplit_once('/')?;
    let folder = folders.rsplit('/').next().unwrap_or(folders);
    if !file.starts_with("sheet") {
        return None;
    }
    // A name written in codes says nothing to people.
    Some(if folder.contains('%') {
        "….files".to_owned()
    } else {
        folder.to_owned()
    })
}

/// The name Excel gave the sheet, else the page's title, as Excel would show it.
pub(super) fn sheet_name(text: &str, title: &str) -> String {
    const SHEET: &str = "<x:ExcelWorksheet>";
    let mut sheets = text.match_indices(SHEET);
    let own = match (sheets.next(), sheets.next()) {
        (Some((at, _)), None) => text[at..]
            .split_once("<x:Name>")
            .and_then(|(_, rest)| rest.split_once('<'))
            .map(|(name, _)| name),
        _ => None,
    };
    let own = own
        .into_iter()
        .flat_map(tokens)
        .filter_map(|token| match token {
            Token::Text(text) => Some(text),
            _ => None,
        });
    let own = cleaned(&own.collect::<String>());
    let title = if own.is_empty() { cleaned(title) } else { own };
    if title.is_empty() {
        "Sheet1".to_owned()
    } else {
        title
    }
}

fn cleaned(name: &str) -> String {
    let mut lines = Lines::default();
    lines.text(name);
    let name: String = lines.take().chars().take(NAME_LENGTH).collect();
    name.trim_matches(|character: char| character == '\'' || character.is_whitespace())
        .replace(NOT_IN_A_NAME, "_")
}
