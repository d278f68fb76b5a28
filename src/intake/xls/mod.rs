//! Old workbooks (.xls, .et): the records of their stream, read in one go.
//!
//! Read here and not by a library, for what counts is what a person sees: number formats, strike-outs, colours, formulas
//! that nobody has calculated, hidden rows; and what is held to limits is the content, not the rectangle around it. The
//! versions of Excel 5 to 2003 are read (BIFF5 to BIFF8); nothing reads the older ones.

mod cells;
mod globals;
mod records;

use super::limits::{self, Tally};
use super::sheet::{told_apart, whole_enough};
use super::{Defect, Refusal, Sheet};
use cells::Cells;
use globals::Globals;
use records::{BOF, Version, records};

/// How workbooks of Excel 2, 3 and 4 begin.
const ANCIENT: [u16; 3] = [0x0009, 0x0209, 0x0409];

/// The worksheets of a stream.
pub(super) fn sheets(stream: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let first = records(stream, 0).next().ok_or_else(damaged)?;
    if ANCIENT.contains(&first.kind) {
        return Err(Refusal::Unreadable(Defect::Ancient));
    }
    let version = Version::of(&first).ok_or_else(damaged)?;
    let globals = Globals::read(stream, version)?;
    limits::SHEETS.hold(globals.tabs.len() as u64)?;
    told_apart(globals.tabs.iter().map(|tab| tab.name.as_str()))?;
    let mut tally = Tally::default();
    let mut sheets = Vec::new();
    let mut broken = None;
    for tab in &globals.tabs {
        let mut sheet = Sheet::new(&tab.name);
        sheet.hidden.sheet = tab.is_hidden;
        let begins = records(stream, tab.start).next();
        if begins.is_some_and(|record| record.kind == BOF) {
            let mut cells = Cells::new(&globals, &mut tally);
            let read = cells.read(stream, tab.start, &mut sheet);
            broken = broken.or(sheet.spares_others(read)?);
        } else {
            sheet.is_lost = true;
        }
        sheets.push(sheet);
    }
    if broken.is_none() && !sheets.is_empty() && sheets.iter().all(|sheet| sheet.is_lost) {
        return Err(damaged());
    }
    whole_enough(sheets, broken)
}

fn damaged() -> Refusal {
    Refusal::Unreadable(Defect::Damaged)
}

#[cfg(test)]
mod tests;
