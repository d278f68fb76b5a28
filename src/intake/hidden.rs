//! Which rows and columns of an .xlsx are hidden: what the workbook reader does not tell.
//!
//! Reads no values. A part that cannot be made out hides nothing: the reader itself will say that it is damaged.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::sheet::Hidden;

/// What is hidden on each worksheet, by the names of the sheets.
pub(super) fn of_xlsx(
    package: &mut Package<'_>,
    parts: Vec<(String, String)>,
) -> BTreeMap<String, Hidden> {
    let mut hidden = BTreeMap::new();
    for (name, part) in parts {
        if let Some(sheet) = package.text(&part) {
            hidden.insert(name, of_sheet(&sheet));
        }
    }
    hidden
}

/// The worksheets and the parts they stand in.
pub(super) fn parts(package: &mut Package<'_>) -> Option<Vec<(String, String)>> {
    let targets = package.targets("xl/_rels/workbook.xml.rels")?;
    let workbook = package.text("xl/workbook.xml")?;
    let mut reader = Reader::from_str(&workbook);
    let mut parts = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "sheet" =>
            {
                let relation = value(&element, "id").and_then(|id| targets.get(&id));
                if let (Some(name), Some(part)) = (value(&element, "name"), relation) {
                    parts.push((name, part.clone()));
                }
            }
            Event::Eof => return Some(parts),
            _ => {}
        }
    }
}

fn of_sheet(sheet: &str) -> Hidden {
    let mut hidden = Hidden::default();
    // Columns stand before the cells. Most sheets hide no row; those need not be gone through.
    let cells = sheet.find("sheetData").unwrap_or(sheet.len());
    let (head, rest) = sheet.split_at(cells);
    let wanted = if rest.contains("hidden=") {
        sheet
    } else {
        head
    };
    let mut reader = Reader::from_str(wanted);
    let mut row = 0_u32;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "row" => {
                    // A row that does not say its number is the next one.
                    row = number(&element, "r").unwrap_or(row.saturating_add(1));
                    if is_hidden(&element) && row > 0 {
                        hidden.rows(row - 1, row - 1);
                    }
                }
                "col" if is_hidden(&element) => {
                    if let (Some(first @ 1..), Some(last @ 1..)) =
                        (number(&element, "min"), number(&element, "max"))
                    {
                        hidden.columns(first - 1, last - 1);
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    hidden
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(value(element, "hidden").as_deref(), Some("1" | "true"))
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    value(element, name)?.trim().parse().ok()
}

/// An attribute by its local name, entities resolved.
fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attribute = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = attribute
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .ok()?;
    Some(value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::of_sheet;
    use crate::model::CellRef;

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let hidden = of_sheet(
            r#"<worksheet><cols><col min="7" max="8" hidden="1"/><col min="9" max="9" width="3"/></cols>
            <sheetData><row r="2" hidden="true"/><row hidden="1"/><row r="9"/><row r="11" hidden="0"/></sheetData></worksheet>"#,
        );
        for (row, column, hides) in [
            (0, 6, true),
            (0, 7, true),
            (0, 8, false),
            (1, 0, true),
            (2, 0, true),
            (3, 0, false),
            (8, 0, false),
            (10, 0, false),
        ] {
            assert_eq!(
                hidden.hides(CellRef::new(row, column)),
                hides,
                "{row} {column}"
            );
        }
    }

    #[test]
    fn what_cannot_be_made_out_hides_nothing() {
        for sheet in [
            "",
            "<row",
            "<row r='x' hidden='1'",
            "<cols><col hidden='1'/></cols>",
        ] {
            assert_eq!(of_sheet(sheet), super::Hidden::default());
        }
    }
}
