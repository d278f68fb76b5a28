//! 第N组-牵头单位-汇总.xlsx, for one review group: its summary to sign, its lines, its reviewers, its findings.
//!
//! Shows and never computes; must not show any society, reviewer, file or finding of another group (通知三、2).

pub mod forms;
pub mod lines;
pub mod reviewers;
pub mod summary;
pub(super) mod veil;

use rust_xlsxwriter::XlsxError;

use crate::error::Error;
use crate::model::{FormKey, GroupId};
use crate::report::books::{assessment, files, findings};
use crate::report::kit::{self, Book, Room, words};
use crate::report::known::Known;
use veil::Veil;

/// The whole workbook of a group (an index into the roster's groups).
///
/// # Errors
/// The writer refuses something.
pub fn workbook(known: &Known<'_>, group: GroupId) -> Result<Vec<u8>, Error> {
    let standings = known.standings();
    let label = standings.ground.roster.groups[group].label();
    Room::off_disk()
        .or_memory(|room| build(known, group, room))
        .map_err(|error| kit::fault(&format!("{label}汇总"), &error))
}

fn build(known: &Known<'_>, group: GroupId, room: Option<&Room>) -> Result<Vec<u8>, XlsxError> {
    let standings = known.standings();
    let group_itself = &standings.ground.roster.groups[group];
    let label = if group_itself.is_all() {
        String::new()
    } else {
        group_itself.label()
    };
    let title = |what: &str| words::title(standings, &format!("{label}{what}"));
    let veil = Veil::new(known, group);
    let mut book = Book::about(standings, &title("汇总"))?.with(room)?;
    book.add(summary::table(standings, group, title("汇总表")))?;
    book.add(lines::table(standings, group, title("指标明细")))?;
    let own = |form: FormKey| veil.owns(form);
    book.add(forms::table(standings, group, title("各表逐项"), own))?;
    book.add(reviewers::table(standings, group, title("评价人明细"), own))?;
    let societies = standings.of_group(group);
    if let Some(table) = assessment::table(standings, title("自评对照"), societies, None) {
        book.add(table)?;
    }
    let findings = veil.findings();
    book.add(findings::table(standings, title("填报核对清单"), findings))?;
    book.add(files::table(standings, title("材料来源"), veil.files()))?;
    book.bytes()
}

#[cfg(test)]
mod tests;
