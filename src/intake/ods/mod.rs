//! `OpenDocument` spreadsheets: the tables of `content.xml`, cell by cell.
//!
//! Read here and not by the workbook reader, because that one lays out every repeated cell, does not end on a
//! file that is cut off, and tells neither merged regions nor formulas without a result.

mod cell;

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::format::seen_as;
use super::limits::{CELLS, REPEATED, SHEETS, TEXT, Tally};
use super::package::Package;
use super::sheet::Corners;
use super::xml::{Xml, attribute, character, damaged};
use super::{Refusal, Sheet, Value};
use crate::model::CellRef;
use cell::{count, stated, value_of};

/// Elements that hold tables, cells or texts which are not those of the sheet: earlier versions, copies of
/// other documents, drawings, notes.
const ASIDE: [&str; 8] = [
    "tracked-changes",
    "dde-links",
    "shapes",
    "forms",
    "annotation",
    "content-validations",
    "named-expressions",
    "database-ranges",
];

/// All sheets, in the order of the tabs.
pub(super) fn sheets(mut package: Package<'_>) -> Result<Vec<Sheet>, Refusal> {
    let content = package.text("content.xml").ok_or_else(|| damaged(&()))?;
    read(&content)
}

/// All sheets of a document that is one text: its parts follow one another in it.
pub(super) fn flat(text: &str) -> Result<Vec<Sheet>, Refusal> {
    read(text)
}

fn read(content: &str) -> Result<Vec<Sheet>, Refusal> {
    let mut tables = Tables {
        xml: Xml::new(content),
        tally: Tally::default(),
        repeated: 0,
        not_shown: BTreeSet::new(),
    };
    let mut sheets = Vec::new();
    let mut style = String::new();
    loop {
        match tables.xml.next()? {
            Event::Start(start) if aside(&start) => tables.xml.skip(&start)?,
            Event::Start(start) if start.local_name().as_ref() == "table" => {
                sheets.push(tables.table(&start)?);
                SHEETS.hold(sheets.len() as u64)?;
            }
            Event::Start(start) if start.local_name().as_ref() == "style" => {
                style = attribute(&start, "name")?.unwrap_or_default();
            }
            Event::Start(start)
                if start.local_name().as_ref() == "table-properties"
                    && attribute(&start, "display")?.as_deref() == Some("false") =>
            {
                tables.not_shown.insert(style.clone());
            }
            Event::Eof if sheets.is_empty() => return Err(damaged(&())),
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

struct Tables<'a> {
    xml: Xml<'a>,
    tally: Tally,
    /// Cells that stand only because another one is said to stand for several.
    repeated: u64,
    /// Styles of sheets that are not shown.
    not_shown: BTreeSet<String>,
}

/// A cell that holds something: its column, its value, and what is seen where that is another number.
type Filled = (u32, Value, Option<String>);

impl Tables<'_> {
    fn table(&mut self, start: &BytesStart<'_>) -> Result<Sheet, Refusal> {
        let mut sheet = Sheet::new(&attribute(start, "name")?.unwrap_or_default());
        let style = attribute(start, "style-name")?;
        sheet.hidden.sheet = style.is_some_and(|style| self.not_shown.contains(&style));
        let mut merged = Vec::new();
        let (mut row, mut column) = (0_u32, 0_u32);
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if aside(&start) => self.xml.skip(&start)?,
                Event::Start(start) if start.local_name().as_ref() == "table-column" => {
                    let repeated = attribute(&start, "number-columns-repeated")?;
                    let repeated = repeated.map_or(1, |number| count(&number));
                    if is_hidden(&start)? {
                        let last = column.saturating_add(repeated - 1);
                        sheet.hidden.columns(column, last);
                    }
                    column = column.saturating_add(repeated);
                }
                Event::Start(start) if start.local_name().as_ref() == "table-row" => {
                    let repeated = attribute(&start, "number-rows-repeated")?;
                    let repeated = repeated.map_or(1, |number| count(&number));
                    if is_hidden(&start)? {
                        let last = row.saturating_add(repeated - 1);
                        sheet.hidden.rows(row, last);
                    }
                    let cells = self.row(row, &mut merged)?;
                    if !cells.is_empty() {
                        // Before they are written out: a few bytes may ask for a million rows.
                        let written_out = u64::from(repeated).saturating_mul(cells.len() as u64);
                        CELLS.hold(written_out)?;
                        self.repeated += written_out - cells.len() as u64;
                        REPEATED.hold(self.repeated)?;
                        for again in 0..repeated {
                            for (column, value, seen) in &cells {
                                let row = row.saturating_add(again);
                                self.tally.put(&mut sheet, row, *column, value.clone())?;
                                if seen.is_some() {
                                    sheet.note(CellRef::new(row, *column)).seen.clone_from(seen);
                                }
                            }
                        }
                    }
                    row = row.saturating_add(repeated);
                }
                Event::End(end) if end.local_name().as_ref() == "table" => break,
                _ => {}
            }
        }
        for (first, last) in merged {
            self.tally.merge(&mut sheet, first, last)?;
        }
        Ok(sheet)
    }

    /// The cells of one row that hold something; notes the merged regions that begin in it.
    fn row(&mut self, row: u32, merged: &mut Vec<Corners>) -> Result<Vec<Filled>, Refusal> {
        let mut cells = Vec::new();
        let mut column = 0_u32;
        let mut in_row = 0_u64;
        loop {
            let start = match self.xml.next_inside()? {
                Event::Start(start) => start,
                Event::End(end) if end.local_name().as_ref() == "table-row" => return Ok(cells),
                _ => continue,
            };
            let covered = match start.local_name().as_ref() {
                "table-cell" => false,
                "covered-table-cell" => true,
                _ => {
                    self.xml.skip(&start)?;
                    continue;
                }
            };
            let stated = stated(&start)?;
            let (shown, paragraphs) = self.text_of_cell()?;
            if (stated.columns > 1 || stated.rows > 1) && !covered {
                let last = (
                    row.saturating_add(stated.rows - 1),
                    column.saturating_add(stated.columns - 1),
                );
                merged.push(((row, column), last));
            }
            // What a covered cell still holds is not shown.
            let seen = stated.is_number().then(|| shown.clone());
            if let Some(value) = value_of(&stated, shown, paragraphs).filter(|_| !covered) {
                let seen = match &value {
                    Value::Number(number) => seen.and_then(|seen| seen_as(&seen, *number)),
                    _ => None,
                };
                let end = column.saturating_add(stated.repeated);
                if end > CellRef::COLUMNS {
                    return Err(damaged(&()));
                }
                if let Value::Text(text) | Value::Error(text) = &value {
                    in_row += text.len() as u64 * u64::from(stated.repeated);
                    TEXT.hold(in_row)?;
                }
                self.repeated += u64::from(stated.repeated - 1);
                REPEATED.hold(self.repeated)?;
                cells.extend((column..end).map(|column| (column, value.clone(), seen.clone())));
            }
            column = column.saturating_add(stated.repeated);
        }
    }

    /// The text a cell shows, up to the cell's end: its paragraphs as lines, and their number.
    fn text_of_cell(&mut self) -> Result<(String, u32), Refusal> {
        let mut text = String::new();
        let mut paragraphs = 0_u32;
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "p" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    self.paragraph(&mut text)?;
                }
                Event::Start(start) => self.xml.skip(&start)?,
                Event::End(_) => return Ok((text, paragraphs)),
                _ => {}
            }
        }
    }

    /// The text of a paragraph, with what is nested in it.
    fn paragraph(&mut self, text: &mut String) -> Result<(), Refusal> {
        let mut depth = 0_u32;
        loop {
            match self.xml.next_inside()? {
                Event::Text(part) => text.push_str(&collapse(&part.xml10_content(), text)),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => text.push_str(&character(&entity)?),
                Event::Start(start) => match start.local_name().as_ref() {
                    "s" => {
                        let spaces = attribute(&start, "c")?;
                        let spaces = spaces.map_or(1, |number| count(&number));
                        let spaces = usize::try_from(spaces.min(CellRef::COLUMNS)).unwrap_or(1);
                        text.extend(std::iter::repeat_n(' ', spaces));
                        depth += 1;
                    }
                    "tab" => {
                        text.push('\t');
                        depth += 1;
                    }
                    "line-break" => {
                        text.push('\n');
                        depth += 1;
                    }
                    "annotation" | "note" | "frame" | "ruby-text" => self.xml.skip(&start)?,
                    _ => depth += 1,
                },
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => depth -= 1,
                _ => {}
            }
            // A few bytes may ask for thousands of blanks.
            TEXT.hold(text.len() as u64)?;
        }
    }
}

/// White space as `OpenDocument` counts it: a run of it is one blank (more of them are written as elements).
fn collapse(part: &str, before: &str) -> String {
    let mut collapsed = String::with_capacity(part.len());
    for character in part.chars() {
        let blank = matches!(character, ' ' | '\t' | '\n' | '\r');
        let last = collapsed
            .chars()
            .next_back()
            .or_else(|| before.chars().next_back());
        match (blank, last) {
            (false, _) => collapsed.push(character),
            (true, Some(last)) if last != ' ' && last != '\n' => collapsed.push(' '),
            (true, _) => {}
        }
    }
    collapsed
}

/// Whether a row or column is not shown: by hand, or by a filter.
fn is_hidden(start: &BytesStart<'_>) -> Result<bool, Refusal> {
    let visibility = attribute(start, "visibility")?;
    Ok(matches!(visibility.as_deref(), Some("collapse" | "filter")))
}

fn aside(start: &BytesStart<'_>) -> bool {
    ASIDE.contains(&start.local_name().as_ref())
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Sheet, Value, read};
    use crate::model::CellRef;

    fn content(rows: &str) -> String {
        format!(
            r#"<o:document-content xmlns:o="office" xmlns:table="table" xmlns:text="text">
            <o:body><o:spreadsheet><table:table table:name="表 1"><table:table-column/>{rows}</table:table>
            </o:spreadsheet></o:body></o:document-content>"#
        )
    }

    fn first(rows: &str) -> Sheet {
        read(&content(rows)).expect("readable").remove(0)
    }

    fn shown(sheet: &Sheet) -> Vec<String> {
        let shown = |(cell, value): (CellRef, &Value)| match value {
            Value::Text(text) => format!("{cell}={text}"),
            Value::Number(number) => format!("{cell}={number}"),
            other => format!("{cell}={other:?}"),
        };
        sheet.cells().map(shown).collect()
    }

    #[test]
    fn repeated_cells_and_rows_keep_their_addresses() {
        let sheet = first(
            r#"<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
            <table:table-row table:number-rows-repeated="2">
              <table:table-cell table:number-columns-repeated="2"/>
              <table:table-cell o:value-type="float" o:value="0.30000000000000004" table:number-columns-repeated="2"><text:p>0.3</text:p></table:table-cell>
            </table:table-row>
            <table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
        );
        assert_eq!(sheet.name, "表 1");
        assert_eq!(shown(&sheet), ["C4=0.3", "D4=0.3", "C5=0.3", "D5=0.3"]);
    }

    #[test]
    fn texts_are_as_they_are_shown() {
        let sheet = first(
            r#"<table:table-row><table:table-cell o:value-type="string"><text:p>a<text:s text:c="2"/>b &amp;&#20013;</text:p><text:p><text:span>c</text:span><text:line-break/>d</text:p><o:annotation><text:p>note</text:p></o:annotation></table:table-cell></table:table-row>"#,
        );
        assert_eq!(shown(&sheet), ["A1=a  b &中\nc\nd"]);
    }

    #[test]
    fn a_formula_without_a_result_is_not_one_that_gives_nothing() {
        let sheet = first(
            r#"<table:table-row>
            <table:table-cell table:formula="of:=1+1"/>
            <table:table-cell table:formula="of:=&quot;&quot;" o:value-type="string" o:string-value=""/>
            <table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>
            <table:table-cell table:formula="of:=1/0" o:value-type="string" o:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
            <table:table-cell table:formula="of:=1/0" o:value-type="float" o:value="0"><text:p>#DIV/0!</text:p></table:table-cell>
            </table:table-row>"#,
        );
        let error = "Error(\"#DIV/0!\")";
        let expected = [
            "A1=NoCachedValue".to_owned(),
            format!("D1={error}"),
            format!("E1={error}"),
        ];
        assert_eq!(shown(&sheet), expected);
    }

    #[test]
    fn merged_regions_hide_what_they_cover() {
        let sheet = first(
            r#"<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" o:value-type="float" o:value="1"/><table:covered-table-cell o:value-type="float" o:value="2"/></table:table-row>"#,
        );
        assert_eq!(shown(&sheet), ["A1=1"]);
        assert_eq!(sheet.end_of(CellRef::new(0, 0)), CellRef::new(1, 1));
    }

    #[test]
    fn what_is_not_shown_is_read_and_told() {
        let content = r#"<o:document-content xmlns:o="office" xmlns:t="table"><o:automatic-styles>
            <s:style s:name="ta2" s:family="table"><s:table-properties t:display="false"/></s:style></o:automatic-styles>
            <o:body><o:spreadsheet><t:table t:name="a" t:style-name="ta2"><t:table-column t:number-columns-repeated="2"/>
            <t:table-column t:visibility="collapse"/><t:table-row t:visibility="filter"><t:table-cell o:value-type="float" o:value="1"/></t:table-row>
            <t:table-row><t:table-cell/></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"#;
        let sheet = read(content).expect("readable").remove(0);
        assert!(sheet.hidden.sheet);
        assert_eq!(shown(&sheet), ["A1=1"]);
        for (cell, hides) in [
            ((0, 0), true),
            ((1, 0), false),
            ((1, 2), true),
            ((1, 3), false),
        ] {
            assert_eq!(sheet.hidden.hides(CellRef::new(cell.0, cell.1)), hides);
        }
    }

    #[test]
    fn what_is_cut_off_or_endless_is_refused() {
        let whole = content("<table:table-row><table:table-cell/></table:table-row>");
        for end in [
            "<table:table-row>",
            "<table:table-cell",
            "</table:table-row>",
        ] {
            let cut = &whole[..whole.find(end).expect("there")];
            assert!(matches!(read(cut), Err(Refusal::Unreadable(_))), "{end}");
        }
        let endless = content(
            r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell o:value-type="float" o:value="1" table:number-columns-repeated="16384"/></table:table-row>"#,
        );
        assert!(matches!(read(&endless), Err(Refusal::OverLimits(_))));
    }

    #[test]
    fn a_few_bytes_do_not_become_many() {
        let cell = |attributes: &str, inner: &str| {
            format!(
                r#"<table:table-row><table:table-cell o:value-type="string" {attributes}>{inner}</table:table-cell></table:table-row>"#
            )
        };
        let repeated = r#"table:number-columns-repeated="16384""#;
        let text = format!("<text:p>{}</text:p>", "长".repeat(1_000));
        let blanks = format!(
            "<text:p>{}</text:p>",
            r#"<text:s text:c="99999"/>"#.repeat(2_000)
        );
        for rows in [
            cell(repeated, &text),
            cell("", &blanks),
            cell(repeated, "<text:p>a</text:p>").repeat(2),
            cell("", "<text:p>a</text:p>").replacen(
                "table-row>",
                r#"table-row table:number-rows-repeated="20002">"#,
                1,
            ),
        ] {
            let read = read(&content(&rows));
            assert!(matches!(read, Err(Refusal::OverLimits(_))), "{rows:.200}");
        }
        first(&cell(repeated, "<text:p>a</text:p>"));
    }
}
