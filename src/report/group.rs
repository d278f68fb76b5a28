//! 第N组-牵头单位-汇总.xlsx, for one review group: its summary to sign, its lines, its reviewers, its findings.
//!
//! Shows and never computes; must not show any society, reviewer, file or finding of another group (通知三、2).

mod lines;
mod reviewers;
mod summary;
pub(super) mod veil;

use std::borrow::Cow;

use rust_xlsxwriter::XlsxError;

use super::parts::{self, Book, files, findings, words};
use crate::error::Error;
use crate::rank::Standings;
use veil::Veil;

/// The whole workbook of a group (an index into the roster's groups).
///
/// # Errors
/// The writer refuses something.
pub fn workbook(standings: &Standings<'_>, group: usize) -> Result<Vec<u8>, Error> {
    let label = standings.ground.roster.groups[group].label();
    build(standings, group).map_err(|error| parts::fault(&format!("{label}汇总"), &error))
}

fn build(standings: &Standings<'_>, group: usize) -> Result<Vec<u8>, XlsxError> {
    let label = standings.ground.roster.groups[group].label();
    let title = |what: &str| words::title(standings, &format!("{label}{what}"));
    let veil = Veil::new(standings, group);
    let mut book = Book::new(standings, &title("汇总"));
    summary::add(&mut book, group, &title("汇总表"))?;
    lines::add(&mut book, group, &title("指标明细"))?;
    let own = |form: usize| veil.owns(form);
    reviewers::add(&mut book, group, &title("评价人明细"), own)?;
    let findings = veil.findings();
    findings::add(&mut book, &title("填报核对清单"), findings)?;
    files::add(&mut book, &title("材料来源"), veil.files().map(Cow::Owned))?;
    book.bytes()
}

#[cfg(test)]
mod tests;
