//! SpreadsheetML of 2003: workbooks that web systems and old programs write as one XML text named .xls or .xml.
//!
//! Knows nothing of what the cells mean.

use quick_xml::events::{BytesStart, Event};

use super::limits::{SHEETS, Tally};
use super::sheet::Corners;
use super::xml::{Xml, attribute, attributes, character, damaged};
use super::{Refusal, Sheet, Value, value};

/// All sheets, in the order of the tabs.
pub(super) fn sheets(text: &str) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Book {
        xml: Xml::new(text),
        tally: Tally::default(),
    };
    let mut sheets = Vec::new();
    loop {
        match book.xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "Workbook" => {}
                "Worksheet" => {
                    sheets.push(book.worksheet(&start)?);
                    SHEETS.hold(sheets.len() as u64)?;
                }
                _ => book.xml.skip(&start)?,
            },
            Event::Eof if sheets.is_empty() => return Err(damaged(&())),
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// What the attributes of rows and cells say; whatever is not stated is 0.
#[derive(Default)]
struct Stated {
    /// The row's or column's own number, counted from 1.
    index: u32,
    /// Further rows that a row stands for; all of them are empty.
    span: u32,
    /// Further columns and rows that a cell is merged over.
    across: u32,
    down: u32,
    formula: bool,
}

struct Book<'a> {
    xml: Xml<'a>,
    tally: Tally,
}

impl Book<'_> {
    fn worksheet(&mut self, start: &BytesStart<'_>) -> Result<Sheet, Refusal> {
        let name = attribute(start, "Name")?.unwrap_or_default();
        let mut sheet = Sheet::new(&name);
        let mut merged = Vec::new();
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "Table" => {
                    self.table(&mut sheet, &mut merged)?;
                }
                Event::Start(start) => self.xml.skip(&start)?,
                Event::End(_) => break,
                _ => {}
            }
        }
        for (first, last) in merged {
            self.tally.merge(&mut sheet, first, last)?;
        }
        Ok(sheet)
    }

    fn table(&mut self, sheet: &mut Sheet, merged: &mut Vec<Corners>) -> Result<(), Refusal> {
        let mut row = 0_u32;
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "Row" => {
                    let stated = stated(&start)?;
                    row = stated.index.checked_sub(1).unwrap_or(row);
                    self.row(sheet, row, merged)?;
                    row = row.saturating_add(stated.span).saturating_add(1);
                }
                Event::Start(start) => self.xml.skip(&start)?,
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn row(
        &mut self,
        sheet: &mut Sheet,
        row: u32,
        merged: &mut Vec<Corners>,
    ) -> Result<(), Refusal> {
        let mut column = 0_u32;
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "Cell" => {
                    let stated = stated(&start)?;
                    column = stated.index.checked_sub(1).unwrap_or(column);
                    if let Some(value) = self.cell(stated.formula)? {
                        self.tally.put(sheet, row, column, value)?;
                    }
                    let right = column.saturating_add(stated.across);
                    if stated.across > 0 || stated.down > 0 {
                        merged.push(((row, column), (row.saturating_add(stated.down), right)));
                    }
                    column = right.saturating_add(1);
                }
                Event::Start(start) => self.xml.skip(&start)?,
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    /// The value of a cell, up to the cell's end. Notes hold data too, but not the cell's.
    fn cell(&mut self, formula: bool) -> Result<Option<Value>, Refusal> {
        let mut value = formula.then_some(Value::NoCachedValue);
        loop {
            match self.xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "Data" => {
                    let kind = attribute(&start, "Type")?.unwrap_or_default();
                    let shown = self.text()?;
                    // A result that is an empty text is stated; a number that was never calculated is not.
                    if !shown.is_empty() || kind == "String" {
                        value = value_of(&kind, shown);
                    }
                }
                Event::Start(start) => self.xml.skip(&start)?,
                Event::End(_) => return Ok(value),
                _ => {}
            }
        }
    }

    /// The text of an element and of all that is in it: parts of a text may be marked as bold and so on.
    fn text(&mut self) -> Result<String, Refusal> {
        let mut text = String::new();
        let mut depth = 0_u32;
        loop {
            match self.xml.next_inside()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => text.push_str(&character(&entity)?),
                Event::Start(_) => depth = depth.saturating_add(1),
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
    }
}

fn stated(start: &BytesStart<'_>) -> Result<Stated, Refusal> {
    let mut stated = Stated::default();
    for attribute in attributes(start) {
        let (key, value) = attribute?;
        let number = || value.trim().parse().unwrap_or_default();
        match key {
            "Index" => stated.index = number(),
            "Span" => stated.span = number(),
            "MergeAcross" => stated.across = number(),
            "MergeDown" => stated.down = number(),
            "Formula" => stated.formula = true,
            _ => {}
        }
    }
    Ok(stated)
}

/// The value that `shown` is, stated to be of `kind`; what cannot be made out is at least shown as text.
fn value_of(kind: &str, shown: String) -> Option<Value> {
    let written = shown.trim();
    let value = match kind {
        "Number" => written.parse().ok().map(value::number),
        "DateTime" => value::iso_date(written),
        "Boolean" => match written {
            "1" => Some(Value::Bool(true)),
            "0" => Some(Value::Bool(false)),
            _ => None,
        },
        "Error" => Some(Value::Error(written.to_owned())),
        _ => None,
    };
    value.or_else(|| (!shown.is_empty()).then_some(Value::Text(shown)))
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Sheet, Value, sheets};
    use crate::intake::sheet::tests::shown;
    use crate::model::CellRef;

    /// As Excel writes it.
    fn book(rows: &str) -> String {
        format!(
            r#"<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40">
 <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>某某</Author></DocumentProperties>
 <Styles><Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="宋体" x:CharSet="134"/></Style></Styles>
 <Names><NamedRange ss:Name="a" ss:RefersTo="=评价表!R1C1"/></Names>
 <Worksheet ss:Name="评价表">
  <Table ss:ExpandedColumnCount="9" ss:ExpandedRowCount="9" x:FullColumns="1" x:FullRows="1">
   <Column ss:Index="2" ss:Hidden="1" ss:Width="66.75" ss:Span="1"/>
   {rows}
  </Table>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Selected/></WorksheetOptions>
 </Worksheet>
</Workbook>
"#
        )
    }

    fn first(rows: &str) -> Sheet {
        sheets(&book(rows)).expect("readable").remove(0)
    }

    #[test]
    fn rows_and_cells_stand_where_their_index_says() {
        let sheet = first(
            r#"<Row ss:AutoFitHeight="0"><Cell><Data ss:Type="String">a</Data></Cell><Cell ss:Index="4"><Data ss:Type="String">d</Data></Cell><Cell><Data ss:Type="String">e</Data></Cell></Row>
            <Row ss:Span="2"/>
            <Row ss:Hidden="1"><Cell><Data ss:Type="Number">5</Data></Cell></Row>
            <Row ss:Index="8"><Cell ss:Index="2"><Data ss:Type="Number">25.5</Data></Cell></Row>"#,
        );
        assert_eq!(sheet.name, "评价表");
        assert_eq!(shown(&sheet), ["A1=a", "D1=d", "E1=e", "A5=5", "B8=25.5"]);
    }

    #[test]
    fn values_are_of_the_kind_that_is_stated() {
        let sheet = first(
            r#"<Row>
            <Cell><Data ss:Type="Number">0.30000000000000004</Data></Cell>
            <Cell><Data ss:Type="String">25</Data></Cell>
            <Cell><Data ss:Type="DateTime">2018-08-05T00:00:00.000</Data></Cell>
            <Cell><Data ss:Type="Boolean">1</Data></Cell>
            <Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>
            <Cell ss:Formula="=SUM(R1C1:R1C2)"/>
            <Cell ss:Formula="=SUM(R1C1:R1C2)"><Data ss:Type="Number"></Data></Cell>
            <Cell ss:Formula="=&quot;&quot;"><Data ss:Type="String"></Data></Cell>
            <Cell ss:Formula="=SUM(R1C1:R1C2)"><Data ss:Type="Number">3</Data></Cell>
            </Row>"#,
        );
        assert_eq!(
            shown(&sheet),
            [
                "A1=0.3",
                "B1=25",
                "C1=2018-08-05",
                "D1=是",
                "E1=#DIV/0!",
                "F1=",
                "G1=",
                "I1=3"
            ]
        );
        let at = |column| sheet.get(CellRef::new(0, column));
        assert!(matches!(at(0), Some(Value::Number(_))));
        assert!(matches!(at(1), Some(Value::Text(_))));
        assert!(matches!(at(2), Some(Value::Date { day: Some(_), .. })));
        assert!(matches!(at(4), Some(Value::Error(_))));
        assert_eq!(at(5), Some(&Value::NoCachedValue));
        assert_eq!(at(6), Some(&Value::NoCachedValue));
    }

    #[test]
    fn texts_lose_their_markup_and_notes_are_not_read() {
        let sheet = first(
            r##"<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>中国</B><Font html:Color="#FF0000">地质学会&amp;</Font>&#10;二行</ss:Data><Comment ss:Author="某某"><ss:Data xmlns="http://www.w3.org/TR/REC-html40">批注</ss:Data></Comment><NamedCell ss:Name="a"/></Cell></Row>"##,
        );
        assert_eq!(shown(&sheet), ["A1=中国地质学会&\n二行"]);
    }

    #[test]
    fn merged_cells_push_the_next_ones_aside() {
        let sheet = first(
            r#"<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">d</Data></Cell></Row>
            <Row><Cell ss:Index="4"><Data ss:Type="String">e</Data></Cell></Row>"#,
        );
        assert_eq!(shown(&sheet), ["A1=a", "D1=d", "D2=e"]);
        assert_eq!(sheet.end_of(CellRef::new(0, 0)), CellRef::new(1, 2));
    }

    #[test]
    fn any_prefix_will_do() {
        let text = r#"<s:Workbook xmlns:s="urn:schemas-microsoft-com:office:spreadsheet"><s:Worksheet s:Name="一"><s:Table><s:Row><s:Cell s:Index="2"><s:Data s:Type="String">a</s:Data></s:Cell></s:Row></s:Table></s:Worksheet><s:Worksheet s:Name="二"/></s:Workbook>"#;
        let sheets = sheets(text).expect("readable");
        assert_eq!(shown(&sheets[0]), ["B1=a"]);
        assert_eq!(sheets[1].name, "二");
    }

    #[test]
    fn what_is_cut_off_or_far_off_is_refused() {
        let whole =
            book(r#"<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">a</Data></Cell></Row>"#);
        let end = whole.find("</Worksheet>").expect("there");
        for cut in (0..end).filter(|cut| whole.is_char_boundary(*cut)) {
            assert!(sheets(&whole[..cut]).is_err(), "{cut}");
        }
        for rows in [
            r#"<Row ss:Index="4000000000"><Cell><Data ss:Type="String">a</Data></Cell></Row>"#,
            r#"<Row ss:Span="4294967295"/><Row><Cell ss:Index="4294967295" ss:MergeAcross="4294967295"><Data ss:Type="String">a</Data></Cell></Row>"#,
            r#"<Row><Cell ss:MergeDown="4294967295"/></Row>"#,
        ] {
            assert!(matches!(sheets(&book(rows)), Err(Refusal::Unreadable(_))));
        }
        let deep = "<B>".repeat(100_000);
        let deep = book(&format!(r#"<Row><Cell><Data ss:Type="String">{deep}"#));
        assert!(sheets(&deep).is_err());
    }
}
