//! Workbooks of the kind .xlsx and .xlsm: the sheets with their cells, and what only their formatting tells.
//!
//! Each part is gone through once, from its first byte to its last. Knows nothing of what the cells mean.

mod around;
mod cells;
mod glance;
mod strings;
mod styles;

use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};

use super::limits::{self, AGAIN, Tally};
use super::looks::Usual;
use super::package::{Package, Relations};
use super::sheet::{told_apart, whole_enough};
use super::xml::{Xml, attribute, damaged};
use super::{Defect, Refusal, Sheet};
use crate::model::quiet::quietly;
use cells::Cells;

/// The worksheets in the order of the tabs; hidden ones too, but no charts, dialogs and macros.
pub(super) fn sheets(mut package: Package<'_>) -> Result<Vec<Sheet>, Refusal> {
    quietly(|| read(&mut package)).unwrap_or_else(|| Err(damaged(&())))
}

fn read(package: &mut Package<'_>) -> Result<Vec<Sheet>, Refusal> {
    let main = main_part(package);
    let relations = package.relations(&main).unwrap_or_default();
    let book = package.understood(&main, Book::read);
    let book = book.ok_or_else(|| damaged(&()))??;
    let tabs: Vec<&Tab> = book
        .tabs
        .iter()
        .filter(|tab| {
            // Without its relation it cannot be told what it is; then it is most likely a worksheet.
            relations
                .get(&tab.relation)
                .is_none_or(|relation| relation.kind.ends_with("/worksheet"))
        })
        .collect();
    limits::SHEETS.hold(tabs.len() as u64)?;
    told_apart(tabs.iter().map(|tab| tab.name.as_str()))?;
    let parts: Vec<Option<&String>> = tabs
        .iter()
        .map(|tab| Some(&relations.get(&tab.relation)?.target))
        .map(|part| part.filter(|part| package.has(part)))
        .collect();
    let all = package.size_of(parts.iter().copied().flatten());
    AGAIN.hold(all.saturating_sub(package.unpacked()))?;
    if parts.iter().all(Option::is_none) {
        return Err(damaged(&()));
    }
    let texts = part(package, &relations, "/sharedStrings", strings::shared)?;
    let styles = part(package, &relations, "/styles", styles::read)?;
    let styles = Usual::of(&styles);
    let mut tally = Tally::default();
    let mut sheets = Vec::new();
    let mut broken = None;
    for (tab, part) in tabs.iter().zip(&parts) {
        let mut sheet = Sheet::new(&tab.name);
        sheet.hidden.sheet = tab.is_hidden;
        if let Some(part) = part {
            let mut cells = Cells {
                texts: &texts,
                styles: &styles,
                is_1904: book.is_1904,
                is_stale: book.is_stale,
                tally: &mut tally,
            };
            let text = package.text(part).ok_or_else(|| damaged_sheet(&tab.name));
            let read = text.and_then(|text| {
                cells
                    .read(&text, &mut sheet)
                    .map_err(|refusal| match refusal {
                        Refusal::Unreadable(_) => damaged_sheet(&tab.name),
                        other => other,
                    })
            });
            broken = broken.or(sheet.spares_others(read)?);
        } else {
            sheet.is_lost = true;
        }
        sheets.push(sheet);
    }
    whole_enough(sheets, broken)
}

/// The part that the workbook is.
fn main_part(package: &mut Package<'_>) -> String {
    package
        .relations("")
        .unwrap_or_default()
        .values()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map(|relation| relation.target.clone())
        .filter(|part| package.has(part))
        .unwrap_or_else(|| "xl/workbook.xml".to_owned())
}

/// What the part that a relation of this kind leads to comes to; where there is none, nothing is in it.
fn part<T: Default + 'static>(
    package: &mut Package<'_>,
    relations: &Relations,
    kind: &str,
    read: fn(&str) -> Result<T, Refusal>,
) -> Result<Rc<T>, Refusal> {
    let mut relations = relations.values();
    let relation = relations.find(|relation| relation.kind.ends_with(kind));
    let part = relation.and_then(|relation| package.understood(&relation.target, read));
    part.unwrap_or_else(|| Ok(Rc::default()))
}

/// What the workbook says of its sheets.
#[derive(Default)]
struct Book {
    tabs: Vec<Tab>,
    is_1904: bool,
    /// Its formulas are to be calculated when it is opened: their results may never have been.
    is_stale: bool,
}

struct Tab {
    name: String,
    relation: String,
    is_hidden: bool,
}

impl Book {
    fn read(text: &str) -> Result<Self, Refusal> {
        let mut xml = Xml::new(text);
        let mut book = Self::default();
        loop {
            match xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "sheet" => book.tabs.push(Tab {
                        name: attribute(&start, "name")?.unwrap_or_default().into_owned(),
                        relation: attribute(&start, "id")?.unwrap_or_default().into_owned(),
                        is_hidden: attribute(&start, "state")?
                            .is_some_and(|state| state.contains("idden")),
                    }),
                    "workbookPr" => book.is_1904 |= is_set(&start, "date1904")?,
                    "calcPr" => book.is_stale |= is_set(&start, "fullCalcOnLoad")?,
                    _ => {}
                },
                Event::Eof => return Ok(book),
                _ => {}
            }
            limits::ENTRIES.hold(book.tabs.len() as u64)?;
        }
    }
}

/// Whether an attribute says yes.
fn is_set(start: &BytesStart<'_>, name: &str) -> Result<bool, Refusal> {
    Ok(attribute(start, name)?.is_some_and(|value| is_yes(&value)))
}

fn is_yes(value: &str) -> bool {
    matches!(value.trim(), "1" | "true")
}

fn damaged_sheet(name: &str) -> Refusal {
    let sheet = name.to_owned();
    Refusal::Unreadable(Defect::SheetBroken { sheet })
}

#[cfg(test)]
mod tests;
