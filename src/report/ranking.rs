//! 总排名.xlsx, for the committee: the ranking twice, the grades, the statistics and the rules.
//!
//! Shows and never computes what decides; must not know any reviewer.

mod grades;
mod list;
mod rules;
mod statistics;

use rust_xlsxwriter::XlsxError;

use super::RANKING;
use super::parts::{self, Book, words};
use crate::error::Error;
use crate::rank::Standings;

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    build(standings).map_err(|error| parts::fault(RANKING, &error))
}

fn build(standings: &Standings<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(standings, &words::title(standings, "总排名"));
    list::by_total(&mut book)?;
    list::by_group(&mut book)?;
    grades::add(&mut book)?;
    statistics::add(&mut book)?;
    rules::add(&mut book)?;
    book.bytes()
}

#[cfg(test)]
mod tests;
