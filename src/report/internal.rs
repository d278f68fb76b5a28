//! 0-工作底稿（内部）.xlsx, for the secretariat's eyes: everything, down to the cell a value came from.
//!
//! Shows and never computes.

mod forms;
mod progress;
mod register;
mod unranked;
mod values;

use std::borrow::Cow;

use rust_xlsxwriter::XlsxError;

use super::INTERNAL;
use super::parts::{self, Book, files, findings, words};
use crate::error::Error;
use crate::finding::Reader;
use crate::rank::Standings;

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    build(standings).map_err(|error| parts::fault(INTERNAL, &error))
}

fn build(standings: &Standings<'_>) -> Result<Vec<u8>, XlsxError> {
    let title = |what: &str| words::title(standings, what);
    let mut book = Book::new(standings, &title("工作底稿（内部）"));
    let reader = Reader::clerk(standings.ground);
    findings::add(
        &mut book,
        &title("填报核对清单"),
        standings
            .findings
            .iter()
            .map(|finding| finding.said(&reader)),
    )?;
    progress::add(&mut book, &title("缺报与进度"))?;
    unranked::add(&mut book, &title("不予受理与待更正"))?;
    if !standings.ground.register.rulings.is_empty() {
        register::add(&mut book, &title("处理登记"))?;
    }
    forms::add(&mut book, &title("评价人明细"))?;
    values::add(&mut book, &title("逐项明细"))?;
    files::add(
        &mut book,
        &title("材料来源"),
        standings.files.iter().map(Cow::Borrowed),
    )?;
    book.bytes()
}

#[cfg(test)]
mod tests;
