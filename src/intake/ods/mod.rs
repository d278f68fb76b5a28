//! `OpenDocument` spreadsheets: the tables of `content.xml`, cell by cell.
//!
//! Read here and not by the workbook reader, because that one lays out every repeated cell, does not end on a
//! file that is cut off, and tells neither merged regions nor formulas without a result.

mod cell;
mod styles;

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::format::seen_as;
use super::limits::{CELLS, LINES, REPEATED, SHEETS, TEXT, Tally};
use super::looks::{Face, Formulas, Looks, Run, Told};
use super::package::Package;
use super::sheet::Corners;
use super::texts::Rich;
use super::xml::{Xml, attribute, character, damaged};
use super::{Refusal, Sheet, Value};
use crate::model::CellRef;
use cell::{count, stated, value_of};
use styles::Styles;

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
    let mut styles = Styles::default();
    if let Some(text) = package.text("styles.xml") {
        // What cannot be made out of it makes no difference.
        let mut xml = Xml::new(&text);
        while let Ok(event) = xml.next() {
            match event {
                Event::Start(start) => styles.take(&start)?,
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let content = package.text("content.xml").ok_or_else(|| damaged(&()))?;
    read(&content, styles)
}

/// All sheets of a document that is one text: its parts follow one another in it.
pub(super) fn flat(text: &str) -> Result<Vec<Sheet>, Refusal> {
    read(text, Styles::default())
}

fn read(content: &str, styles: Styles) -> Result<Vec<Sheet>, Refusal> {
    let mut tables = Tables {
        xml: Xml::new(content),
        tally: Tally::default(),
        repeated: 0,
        not_shown: BTreeSet::new(),
        styles,
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
                style = attribute(&start, "name")?.unwrap_or_default().into_owned();
                tables.styles.take(&start)?;
            }
            Event::Start(start)
                if start.local_name().as_ref() == "table-properties"
                    && attribute(&start, "display")?.as_deref() == Some("false") =>
            {
                tables.not_shown.insert(style.clone());
            }
            Event::Start(start) => tables.styles.take(&start)?,
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
    styles: Styles,
}

/// A cell that holds something, or a formula.
#[derive(Debug)]
struct Filled {
    columns: std::ops::Range<u32>,
    value: Option<Value>,
    runs: Vec<Run>,
    is_formula: bool,
    looks: Looks<'static>,
    /// What is seen in place of a number, where it is another one or nothing.
    seen: Option<String>,
}

/// The styles of cells that name none.
#[derive(Debug, Default)]
struct Usual {
    /// By columns, each with the one behind the last that it is for.
    columns: Vec<(u32, String)>,
    row: Option<String>,
}

impl Usual {
    fn of(&self, column: u32) -> &str {
        let by_column = || {
            let at = self.columns.partition_point(|(end, _)| *end <= column);
            Some(self.columns.get(at)?.1.as_str())
        };
        let row = self.row.as_deref();
        row.or_else(by_column).unwrap_or_default()
    }
}

impl Tables<'_> {
    fn table(&mut self, start: &BytesStart<'_>) -> Result<Sheet, Refusal> {
        let mut sheet = Sheet::new(&attribute(start, "name")?.unwrap_or_default());
        let style = attribute(start, "style-name")?;
        sheet.hidden.sheet = style.is_some_and(|style| self.not_shown.contains(style.as_ref()));
        let mut merged = Vec::new();
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut usual = Usual::default();
        let mut formulas = Formulas::default();
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
                    let style = attribute(&start, "default-cell-style-name")?;
                    if usual.columns.len() < CellRef::COLUMNS as usize {
                        let style = style.unwrap_or_default().into_owned();
                        usual.columns.push((column, style));
                    }
                }
                Event::Start(start) if start.local_name().as_ref() == "table-row" => {
                    usual.row = attribute(&start, "default-cell-style-name")?.map(Cow::into_owned);
                    let repeated = attribute(&start, "number-rows-repeated")?;
                    let repeated = repeated.map_or(1, |number| count(&number));
                    if is_hidden(&start)? {
                        let last = row.saturating_add(repeated - 1);
                        sheet.hidden.rows(row, last);
                    }
                    let cells = self.row(row, &usual, &mut merged)?;
                    let count = |cell: &Filled| u64::from(cell.columns.end - cell.columns.start);
                    let count: u64 = cells.iter().map(count).sum();
                    // Before they are written out: a few bytes may ask for a million rows.
                    let written_out = u64::from(repeated).saturating_mul(count);
                    CELLS.hold(written_out)?;
                    self.repeated += written_out - count;
                    REPEATED.hold(self.repeated)?;
                    for again in (0..repeated).take_while(|_| count > 0) {
                        for cell in &cells {
                            let row = row.saturating_add(again);
                            self.put(&mut sheet, &mut formulas, row, cell)?;
                        }
                    }
                    row = row.saturating_add(repeated);
                }
                Event::End(end) if end.local_name().as_ref() == "table" => break,
                _ => {}
            }
        }
        formulas.finish(&mut sheet, false);
        for (first, last) in merged {
            self.tally.merge(&mut sheet, first, last)?;
        }
        Ok(sheet)
    }

    fn put(
        &mut self,
        sheet: &mut Sheet,
        formulas: &mut Formulas,
        row: u32,
        cell: &Filled,
    ) -> Result<(), Refusal> {
        for column in cell.columns.clone() {
            let told = Told {
                at: (row, column),
                value: cell.value.clone(),
                runs: &cell.runs,
                is_formula: cell.is_formula,
            };
            formulas.place(&mut self.tally, sheet, &cell.looks, told)?;
            if let Some(seen) = &cell.seen {
                let look = sheet.note(CellRef::new(row, column));
                if seen.is_empty() {
                    look.unseen = true;
                } else {
                    look.seen = Some(seen.clone());
                }
            }
        }
        Ok(())
    }

    /// The cells of one row that hold something; notes the merged regions that begin in it.
    fn row(
        &mut self,
        row: u32,
        usual: &Usual,
        merged: &mut Vec<Corners>,
    ) -> Result<Vec<Filled>, Refusal> {
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
            let style = stated.style.as_deref();
            let looks = self.styles.cell(style.unwrap_or_else(|| usual.of(column)));
            let (shown, paragraphs) = self.text_of_cell(looks.font)?;
            if (stated.columns > 1 || stated.rows > 1) && !covered {
                let last = (
                    row.saturating_add(stated.rows - 1),
                    column.saturating_add(stated.columns - 1),
                );
                merged.push(((row, column), last));
            }
            // What a covered cell still holds is not shown.
            let value = value_of(&stated, shown.text.clone(), paragraphs);
            if (value.is_some() || stated.formula) && !covered {
                let seen = match &value {
                    Some(Value::Number(number)) if stated.is_number() => {
                        // Where no text is kept at all, nothing can be said of it.
                        let is_hidden = paragraphs > 0 && shown.text.trim().is_empty();
                        let is_hidden = is_hidden && !number.is_zero();
                        seen_as(&shown.text, *number).or(is_hidden.then(String::new))
                    }
                    _ => None,
                };
                let end = column.saturating_add(stated.repeated);
                if end > CellRef::COLUMNS {
                    return Err(damaged(&()));
                }
                if let Some(Value::Text(text) | Value::Error(text)) = &value {
                    in_row += text.len() as u64 * u64::from(stated.repeated);
                    TEXT.hold(in_row)?;
                }
                self.repeated += u64::from(stated.repeated - 1);
                REPEATED.hold(self.repeated)?;
                let is_as_shown = matches!(&value, Some(Value::Text(text)) if *text == shown.text);
                cells.push(Filled {
                    columns: column..end,
                    value: match value {
                        Some(Value::NoCachedValue) => None,
                        // The result is an empty text.
                        None => Some(Value::Text(String::new())),
                        value => value,
                    },
                    runs: if is_as_shown { shown.runs } else { Vec::new() },
                    is_formula: stated.formula,
                    looks,
                    seen,
                });
            }
            column = column.saturating_add(stated.repeated);
        }
    }

    /// The text a cell shows, up to the cell's end: its paragraphs as lines, and their number.
    fn text_of_cell(&mut self, font: Face) -> Result<(Rich, u32), Refusal> {
        let mut text = Rich::default();
        let mut paragraphs = 0_u32;
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "p" => {
                    if paragraphs > 0 {
                        text.text.push('\n');
                    }
                    paragraphs += 1;
                    self.paragraph(&mut text, font)?;
                }
                Event::Start(start) => self.xml.skip(&start)?,
                Event::End(_) => return Ok((text, paragraphs)),
                _ => {}
            }
        }
    }

    /// The text of a paragraph, with what is nested in it.
    fn paragraph(&mut self, rich: &mut Rich, font: Face) -> Result<(), Refusal> {
        // The font of each element that is open; where it is a span's, the part ends with it.
        let mut fonts = vec![font];
        loop {
            let text = &mut rich.text;
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
                        fonts.extend(fonts.last().copied());
                    }
                    "tab" => {
                        text.push('\t');
                        fonts.extend(fonts.last().copied());
                    }
                    "line-break" => {
                        text.push('\n');
                        fonts.extend(fonts.last().copied());
                    }
                    "annotation" | "note" | "frame" | "ruby-text" => self.xml.skip(&start)?,
                    "span" => {
                        let around = fonts.last().copied().unwrap_or_default();
                        rich.end(around);
                        let style = attribute(&start, "style-name")?.unwrap_or_default();
                        fonts.push(self.styles.text(&style, around));
                    }
                    _ => fonts.extend(fonts.last().copied()),
                },
                Event::End(_) => {
                    rich.end(fonts.pop().unwrap_or_default());
                    if fonts.is_empty() {
                        return Ok(());
                    }
                }
                _ => {}
            }
            // A few bytes may ask for thousands of blanks, or for as many fonts.
            TEXT.hold(rich.text.len() as u64)?;
            LINES.hold(fonts.len() as u64)?;
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
    use super::{Refusal, Sheet, Styles, Value};
    use crate::model::CellRef;

    fn read(content: &str) -> Result<Vec<Sheet>, Refusal> {
        super::read(content, Styles::default())
    }

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
    fn what_is_struck_out_or_hidden_by_its_colour_is_told() {
        let content = r##"<o:document-content xmlns:o="office" xmlns:t="table" xmlns:s="style" xmlns:fo="fo" xmlns:x="text"><o:automatic-styles>
            <s:style s:name="a" s:family="table-cell"><s:text-properties s:text-line-through-style="solid"/></s:style>
            <s:style s:name="b" s:family="table-cell" s:parent-style-name="a"><s:table-cell-properties fo:background-color="#000000"/><s:text-properties s:text-line-through-style="none"/></s:style>
            <s:style s:name="a" s:family="text"><s:text-properties s:text-line-through-style="solid"/></s:style></o:automatic-styles>
            <o:body><o:spreadsheet><t:table t:name="a"><t:table-column t:default-cell-style-name="a"/><t:table-column/>
            <t:table-row><t:table-cell o:value-type="float" o:value="1"><x:p>1</x:p></t:table-cell>
            <t:table-cell o:value-type="string"><x:p><x:span x:style-name="a">1</x:span>9</x:p></t:table-cell>
            <t:table-cell t:style-name="b" o:value-type="float" o:value="2"><x:p>2</x:p></t:table-cell>
            <t:table-cell o:value-type="float" o:value="3"><x:p/></t:table-cell>
            <t:table-cell o:value-type="float" o:value="4"/></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"##;
        let sheet = read(content).expect("readable").remove(0);
        let look = |column| {
            let look = sheet.look(CellRef::new(0, column));
            look.map(|look| (look.struck.as_str(), look.unseen))
        };
        assert_eq!(look(0), Some(("1", false)));
        assert_eq!(look(1), Some(("1", false)));
        assert_eq!(look(2), Some(("", true)));
        assert_eq!(look(3), Some(("", true)));
        assert_eq!(look(4), None);
    }

    #[test]
    fn formulas_that_nobody_calculated_have_no_result() {
        let cell = |formula: &str, value: u8| {
            format!(
                r#"<table:table-cell {formula} o:value-type="float" o:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
            )
        };
        let formula = r#"table:formula="of:=1+1""#;
        let uncalculated = |cells: [String; 2]| {
            let cells = cells.concat();
            let sheet = first(&format!("<table:table-row>{cells}</table:table-row>"));
            let look = sheet.look(CellRef::new(0, 0));
            look.is_some_and(|look| look.uncalculated)
        };
        assert!(uncalculated([cell(formula, 0), cell("", 5)]));
        assert!(!uncalculated([cell(formula, 0), cell(formula, 5)]));
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
