//! 总排名.xlsx, for the committee: the ranking twice, the grades, the statistics and the rules.
//!
//! Shows and never computes what decides; must not know any reviewer.

pub mod by_group;
pub mod changes;
pub mod grades;
pub mod list;
pub mod rules;
pub mod statistics;

use rust_xlsxwriter::XlsxError;

use crate::error::Error;
use crate::rank::Standings;
use crate::report::RANKING;
use crate::report::kit::words::Remarks;
use crate::report::kit::{self, Book, Room, words};

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    Room::off_disk()
        .or_memory(|room| build(standings, room))
        .map_err(|error| kit::fault(RANKING, &error))
}

fn build(standings: &Standings<'_>, room: Option<&Room>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::about(standings, &words::title(standings, "总排名"))?.with(room)?;
    book.add(list::by_total(standings, Remarks::All))?;
    let scheme = &standings.ground.scheme;
    if scheme.asks.groups {
        book.add(list::by_group(standings, Remarks::All))?;
    }
    if scheme.has_stars() || !scheme.grades.is_empty() {
        book.add(grades::table(standings))?;
    }
    if let Some(changes) = changes::table(standings) {
        book.add(changes)?;
    }
    if scheme.has_stars() || scheme.has_dimensions() || scheme.asks.groups {
        statistics::add(&mut book, standings)?;
    }
    book.add(rules::table(standings))?;
    book.bytes()
}

#[cfg(test)]
mod tests;
