//! 0-工作底稿（内部）.xlsx, for the secretariat's eyes: everything, down to the cell a value came from.
//!
//! Shows and never computes.

pub mod agreement;
pub mod amended;
pub mod beside;
pub mod forms;
pub mod next;
pub mod progress;
pub mod register;
pub mod since;
pub mod society;
pub mod unranked;
pub mod values;

use rust_xlsxwriter::XlsxError;

use crate::error::Error;
use crate::finding::Reader;
use crate::model::FormKey;
use crate::rank::Standings;
use crate::report::INTERNAL;
use crate::report::books::{assessment, files, findings};
use crate::report::kit::{self, Book, Cell, Links, Room, words};
use crate::report::known::Known;
use crate::settle::SettledForm;
use beside::{Detail, List};

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(known: &Known<'_>) -> Result<Vec<u8>, Error> {
    Room::on_disk()
        .or_memory(|room| build(known, room))
        .map_err(|error| kit::fault(INTERNAL, &error))
}

fn build(known: &Known<'_>, room: Option<&Room>) -> Result<Vec<u8>, XlsxError> {
    let standings = known.standings();
    let title = |what: &str| words::title(standings, what);
    let mut book = Book::about(standings, &title("工作底稿（内部）"))?.with(room)?;
    let reader = Reader::clerk(standings.ground);
    let all = standings
        .findings
        .iter()
        .map(|finding| finding.said(&reader));
    book.add(findings::table(standings, title("填报核对清单"), all))?;
    if let Some(since) = standings.since.get() {
        book.add(since::table(standings, since, title("与上次相比")))?;
    }
    book.add(progress::table(standings, title("缺报与进度")))?;
    book.add(unranked::table(
        standings,
        title(unranked::name(&standings.ground.scheme)),
    ))?;
    if !standings.ground.register.rulings.is_empty() {
        book.add(register::table(standings, title("处理登记")))?;
    }
    let links = Links::of(standings);
    if standings.before.is_some() {
        book.add(amended::table(standings, &links, title("评分更正")))?;
    }
    let societies = standings.societies.iter();
    let title_of_own = title("自评对照");
    if let Some(table) = assessment::table(standings, title_of_own, societies, Some(&links)) {
        book.add(table)?;
    }
    let list = forms::list(standings, title(Detail::Forms.name()));
    let rows = || forms::rows(standings, Some(&links));
    Detail::Forms.add(&mut book, standings, list, rows)?;
    let list = values::list(standings, title(Detail::Values.name()));
    let rows = || values::rows(standings, Some(&links));
    Detail::Values.add(&mut book, standings, list, rows)?;
    let list = List {
        blank: files::blank(standings, title(Detail::Files.name()), true),
        empty: files::EMPTY,
        may_be_empty: &files::MAY_BE_EMPTY,
    };
    let rows = || files::all(known, Some(&links));
    Detail::Files.add(&mut book, standings, list, rows)?;
    drop(links);
    book.bytes()
}

/// 表号, 分组, 学会, 评价人: which form a row is about.
fn which(standings: &Standings<'_>, key: FormKey, form: &SettledForm) -> [Cell; 4] {
    let roster = &standings.ground.roster;
    let society = form.society.map(|society| &roster.societies[society]);
    [
        Cell::whole(key.number()),
        society.map_or_else(Cell::dash, |society| {
            Cell::text(roster.group_of(society).label())
        }),
        Cell::text(society.map_or(&form.society_text, |society| &society.name)),
        Cell::text(&form.reviewer),
    ]
}

#[cfg(test)]
mod tests;
