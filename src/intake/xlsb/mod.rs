//! Binary workbooks (.xlsb): the records of their parts, read in one go.
//!
//! A record is a kind, a length (both of seven bits to the byte) and data. Read here and not by a library, for what
//! counts is what a person sees: number formats, strike-outs, colours, formulas that nobody has calculated.

mod cells;
mod records;
mod styles;

use super::limits::{self, Tally};
use super::looks::{Run, Styles};
use super::package::{Package, Relations};
use super::sheet::{told_apart, whole_enough};
use super::texts::{Rich, Texts};
use super::{Defect, Refusal, Sheet};
use records::{Fields, records};

const SHARED_TEXT: u32 = 0x0013;
const WORKBOOK_PROPERTIES: u32 = 0x0099;
const BUNDLE_SHEET: u32 = 0x009c;
const CALCULATION: u32 = 0x009d;

/// What holds for all sheets.
#[derive(Debug, Default)]
struct Book {
    tabs: Vec<Tab>,
    is_1904: bool,
    /// Its formulas are to be calculated when it is opened.
    is_stale: bool,
    styles: Styles,
    texts: Texts,
}

#[derive(Debug)]
struct Tab {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// The worksheets, in the order of the tabs.
pub(super) fn sheets(mut package: Package<'_>) -> Result<Vec<Sheet>, Refusal> {
    const WORKBOOK: &str = "xl/workbook.bin";
    let relations = package.relations(WORKBOOK).unwrap_or_default();
    let workbook = package.part(WORKBOOK).ok_or_else(damaged)?;
    let mut book = Book::read(&workbook)?;
    limits::SHEETS.hold(book.tabs.len() as u64)?;
    told_apart(book.tabs.iter().map(|tab| tab.name.as_str()))?;
    if let Some(styles) = part(&mut package, &relations, "/styles") {
        book.styles = styles::read(&styles);
    }
    if let Some(texts) = part(&mut package, &relations, "/sharedStrings") {
        book.texts = texts_of(&texts, &book.styles)?;
    }
    let mut tally = Tally::default();
    let mut sheets = Vec::new();
    let mut has_content = false;
    let mut broken = None;
    for tab in std::mem::take(&mut book.tabs) {
        let mut sheet = Sheet::new(&tab.name);
        sheet.hidden.sheet = tab.is_hidden;
        match relations.get(&tab.relation) {
            Some(relation) if !relation.kind.ends_with("/worksheet") => continue,
            relation => match relation.and_then(|relation| package.part(&relation.target)) {
                Some(part) => {
                    has_content = true;
                    let read = cells::read(&book, &part, &mut tally, &mut sheet);
                    broken = broken.or(sheet.spares_others(read)?);
                }
                None => sheet.is_lost = true,
            },
        }
        sheets.push(sheet);
    }
    if has_content || sheets.is_empty() {
        whole_enough(sheets, broken)
    } else {
        Err(damaged())
    }
}

fn part(package: &mut Package<'_>, relations: &Relations, kind: &str) -> Option<Vec<u8>> {
    let relation = relations
        .values()
        .find(|relation| relation.kind.ends_with(kind))?;
    package.part(&relation.target)
}

impl Book {
    fn read(part: &[u8]) -> Result<Self, Refusal> {
        const FULL_ON_LOAD: u16 = 0x01;
        const SOME_UNCALCULATED: u16 = 0x10;
        let mut book = Self::default();
        for (kind, data) in records(part) {
            let mut fields = Fields::of(data);
            match kind {
                WORKBOOK_PROPERTIES => {
                    book.is_1904 = fields.long().is_some_and(|flags| flags & 1 != 0);
                }
                CALCULATION => {
                    let flags = fields.skip(24).and_then(|()| fields.word());
                    let asks = FULL_ON_LOAD | SOME_UNCALCULATED;
                    book.is_stale = flags.is_some_and(|flags| flags & asks != 0);
                }
                BUNDLE_SHEET => {
                    let state = fields.long().ok_or_else(damaged)?;
                    let texts = fields.long().and_then(|_| fields.text()).zip(fields.text());
                    let (relation, name) = texts.ok_or_else(damaged)?;
                    book.tabs.push(Tab {
                        name,
                        relation,
                        is_hidden: state != 0,
                    });
                    limits::ENTRIES.hold(book.tabs.len() as u64)?;
                }
                _ => {}
            }
        }
        Ok(book)
    }
}

fn texts_of(part: &[u8], styles: &Styles) -> Result<Texts, Refusal> {
    let mut texts = Texts::default();
    for (_, data) in records(part).filter(|(kind, _)| *kind == SHARED_TEXT) {
        texts.push(rich(&mut Fields::of(data), styles).ok_or_else(damaged)?)?;
    }
    Ok(texts)
}

/// A text with its parts: flags, letters, then where each part begins and its font.
fn rich(fields: &mut Fields<'_>, styles: &Styles) -> Option<Rich> {
    let has_runs = fields.byte()? & 1 != 0;
    let text = fields.text()?;
    if !has_runs {
        return Some(Rich::plain(text));
    }
    let count = fields.long()?;
    let mut begins = Vec::new();
    for _ in 0..count {
        let (Some(begin), Some(font)) = (fields.word(), fields.word()) else {
            break;
        };
        begins.push((begin, styles.fonts.get(usize::from(font)).copied()));
    }
    Some(Rich {
        runs: Run::parts(&text, &begins),
        text,
    })
}

fn damaged() -> Refusal {
    Refusal::Unreadable(Defect::Damaged)
}

#[cfg(test)]
mod tests;
