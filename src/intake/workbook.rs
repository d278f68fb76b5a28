//! Workbooks of the Excel family to sheets. The only calamine.
//!
//! Knows nothing of folders and of what the cells mean. Of the reader it uses the streaming side where there is
//! one: what it calls a range is the whole rectangle around the cells, which a stray cell makes enormous.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek};

use calamine::{
    CellErrorType, Data, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError,
    XlsOptions, Xlsb, XlsbError, Xlsx, XlsxError,
};
use jiff::civil::Date;

use super::limits::{self, AGAIN, Tally};
use super::package::Package;
use super::quiet::quietly;
use super::{Refusal, Sheet, Value, biff, compound, hidden, value, xlsb};

/// The days that have a serial: 1900-01-01 to 9999-12-31. Below lies a mere time of day.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

/// The worksheets of an .xlsx or .xlsm.
pub(super) fn xlsx(bytes: &[u8], mut package: Package<'_>) -> Result<Vec<Sheet>, Refusal> {
    if !package.has_room_for_its_strings() {
        return Err(damaged());
    }
    let parts = quietly(|| hidden::parts(&mut package)).flatten();
    let parts = parts.unwrap_or_default();
    let known = package.size_of(parts.iter().map(|(_, part)| part));
    let (largest, once) = (package.largest_called(""), package.unpacked());
    let again = |sheets: usize| {
        // Sheets that are found otherwise might all be the largest part.
        let others = sheets.saturating_sub(parts.len()) as u64;
        let all = known.saturating_add(largest.saturating_mul(others));
        AGAIN.hold(all.saturating_sub(once))
    };
    let mut sheets = guarded(|| xlsx_sheets(bytes, &again));
    if let Err(Refusal::Unreadable(_)) = sheets
        && let Some(repaired) = package.repaired()
    {
        sheets = guarded(|| xlsx_sheets(&repaired, &again));
    }
    let mut sheets = sheets?;
    let mut hidden = quietly(|| hidden::of_xlsx(&mut package, parts)).unwrap_or_default();
    for sheet in &mut sheets {
        let is_hidden = sheet.hidden.sheet;
        if let Some(more) = hidden.remove(&sheet.name) {
            sheet.hidden = more;
            sheet.hidden.sheet = is_hidden;
        }
    }
    Ok(sheets)
}

/// `again` holds so many sheets to how much would be gone through for more than one of them.
fn xlsx_sheets(
    bytes: &[u8],
    again: &dyn Fn(usize) -> Result<(), Refusal>,
) -> Result<Vec<Sheet>, Refusal> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::Encrypted,
        _ => damaged(),
    })?;
    let mut tally = Tally::default();
    let mut sheets = Vec::new();
    let worksheets = worksheets(&workbook)?;
    again(worksheets.len())?;
    for mut sheet in worksheets {
        let name = sheet.name.clone();
        let mut cells = workbook
            .worksheet_cells_reader(&name)
            .map_err(|_| damaged_sheet(&name))?;
        while let Some(cell) = cells
            .next_cell_with_formula_metadata()
            .map_err(|_| damaged_sheet(&name))?
        {
            let (row, column) = cell.pos;
            // A result that is an empty text is stated; a result that was never calculated is not.
            let value = match value_of(cell.value.into()) {
                None if cell.formula.is_some() => Some(Value::NoCachedValue),
                value => value,
            };
            if let Some(value) = value {
                tally.put(&mut sheet, row, column, value)?;
            }
        }
        drop(cells);
        // They are a help in finding things; without them the cells are as good.
        let merged = workbook.merge_cells_by_sheet_name(&name);
        merge_all(&mut tally, &mut sheet, &merged.unwrap_or_default())?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The worksheets of an .xlsb. It cannot be told whether a formula was ever calculated.
pub(super) fn xlsb(bytes: &[u8], mut package: Package<'_>) -> Result<Vec<Sheet>, Refusal> {
    // Without it errors would be read as blank cells.
    let mut further = quietly(|| xlsb::sheets(&mut package))
        .flatten()
        .ok_or_else(damaged)?;
    guarded(|| {
        let mut workbook = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsbError::Password => Refusal::Encrypted,
            _ => damaged(),
        })?;
        let mut tally = Tally::default();
        let mut sheets = Vec::new();
        for mut sheet in worksheets(&workbook)? {
            let name = sheet.name.clone();
            let mut cells = workbook
                .worksheet_cells_reader(&name)
                .map_err(|_| damaged_sheet(&name))?;
            while let Some(cell) = cells.next_cell().map_err(|_| damaged_sheet(&name))? {
                let (row, column) = cell.get_position();
                if let Some(value) = value_of(cell.get_value().clone().into()) {
                    tally.put(&mut sheet, row, column, value)?;
                }
            }
            let further = further.remove(&name).ok_or_else(|| damaged_sheet(&name))?;
            for ((row, column), error) in further.errors {
                let error = Value::Error(error.to_owned());
                tally.put(&mut sheet, row, column, error)?;
            }
            for (first, last) in further.merged {
                tally.merge(&mut sheet, first, last)?;
            }
            sheets.push(sheet);
        }
        Ok(sheets)
    })
}

/// The worksheets of an .xls or .et. It cannot be told whether a formula was ever calculated.
pub(super) fn xls(stream: Vec<u8>) -> Result<Vec<Sheet>, Refusal> {
    let book = biff::prepare(stream)?;
    let file = compound::around(&book.stream).ok_or_else(damaged)?;
    guarded(|| {
        let mut options = XlsOptions::default();
        options.force_codepage = book.codepage;
        let mut workbook =
            Xls::new_with_options(Cursor::new(file), options).map_err(|error| match error {
                XlsError::Password => Refusal::Encrypted,
                _ => damaged(),
            })?;
        let mut tally = Tally::default();
        let mut sheets = Vec::new();
        for mut sheet in worksheets(&workbook)? {
            let name = sheet.name.clone();
            let range = workbook
                .worksheet_range(&name)
                .map_err(|_| damaged_sheet(&name))?;
            // A range counts from its own first cell.
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else {
                    return Err(damaged_sheet(&name));
                };
                if let Some(value) = value_of(data.clone()) {
                    tally.put(&mut sheet, top + row, left + column, value)?;
                }
            }
            let merged = workbook.merge_cells_by_sheet_name(&name);
            merge_all(&mut tally, &mut sheet, &merged.unwrap_or_default())?;
            sheets.push(sheet);
        }
        Ok(sheets)
    })
}

/// Runs the reader on a stranger's file; where it panics, the file is damaged.
fn guarded(read: impl FnOnce() -> Result<Vec<Sheet>, Refusal>) -> Result<Vec<Sheet>, Refusal> {
    quietly(read).unwrap_or_else(|| Err(damaged()))
}

/// The worksheets in the order of the tabs, still empty; hidden ones too, but no charts, dialogs and macros.
fn worksheets<B, R>(workbook: &R) -> Result<Vec<Sheet>, Refusal>
where
    Cursor<B>: Read + Seek,
    R: Reader<Cursor<B>>,
{
    let sheets = workbook.sheets_metadata();
    limits::SHEETS.hold(sheets.len() as u64)?;
    let mut seen = BTreeSet::new();
    // The reader finds a sheet by its name: of two with one name it would read the first one twice.
    if !sheets.iter().all(|sheet| seen.insert(&sheet.name)) {
        return Err(Refusal::Unreadable(
            "有重名的工作表，请用 Excel 或 WPS 打开后另存为 .xlsx".to_owned(),
        ));
    }
    let worksheets = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    Ok(worksheets
        .map(|found| {
            let mut sheet = Sheet::new(&found.name);
            sheet.hidden.sheet = found.visible != SheetVisible::Visible;
            sheet
        })
        .collect())
}

fn merge_all(tally: &mut Tally, sheet: &mut Sheet, merged: &[Dimensions]) -> Result<(), Refusal> {
    for region in merged {
        tally.merge(sheet, region.start, region.end)?;
    }
    Ok(())
}

/// The content of a cell, if it has any.
fn value_of(data: Data) -> Option<Value> {
    match data {
        Data::Empty => None,
        Data::Int(number) => Some(Value::Number(number.into())),
        Data::Float(number) => Some(value::number(number)),
        Data::String(text) => Some(Value::Text(text)),
        Data::Bool(truth) => Some(Value::Bool(truth)),
        Data::DateTime(moment) => Some(date_of(moment)),
        Data::DateTimeIso(text) => Some(
            value::iso_date(&text)
                .or_else(|| value::iso_time(&text))
                .unwrap_or(Value::Text(text)),
        ),
        Data::DurationIso(text) => Some(value::iso_time(&text).unwrap_or(Value::Text(text))),
        Data::Error(error) => Some(Value::Error(match error {
            CellErrorType::GettingData => "#GETTING_DATA".to_owned(),
            error => error.to_string(),
        })),
    }
}

/// A number whose format shows it as a date or time. Some formats are taken for those of dates wrongly, so
/// the number is kept beside the day.
fn date_of(moment: ExcelDateTime) -> Value {
    let Some(serial) = value::decimal(moment.as_f64()) else {
        return value::number(moment.as_f64());
    };
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let day = match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day))
            if DAYS.contains(&moment.as_f64()) && !moment.is_duration() =>
        {
            Date::new(year, month, day).ok()
        }
        _ => None,
    };
    Value::Date { day, serial }
}

fn damaged() -> Refusal {
    Refusal::Unreadable("文件已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx".to_owned())
}

fn damaged_sheet(name: &str) -> Refusal {
    Refusal::Unreadable(format!(
        "工作表\"{name}\"读不完整，请用 Excel 或 WPS 打开后另存为 .xlsx"
    ))
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

    use super::super::biff::tests::stream;
    use super::super::package::Package;
    use super::super::package::tests::zip;
    use super::{Refusal, Sheet, Value, xls, xlsx};
    use crate::model::CellRef;

    fn shown(sheet: &Sheet) -> Vec<String> {
        let shown = |(cell, value): (CellRef, &Value)| match value {
            Value::Text(text) => format!("{cell}={text}"),
            Value::Number(number) => format!("{cell}={number}"),
            Value::Date { day, serial } => format!("{cell}={day:?} {serial}"),
            other => format!("{cell}={other:?}"),
        };
        sheet.cells().map(shown).collect()
    }

    fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
        xlsx(bytes, Package::open(bytes).expect("a zip"))
    }

    /// An .xlsx with one sheet of this XML, and what belongs to it.
    fn with_sheet(sheet: &str) -> Vec<u8> {
        const RELATION: &str =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relations = |kind: &str, target: &str| {
            format!(
                r#"<Relationships><Relationship Id="r" Type="{RELATION}/{kind}" Target="{target}"/></Relationships>"#
            )
        };
        zip(&[
            (
                "_rels/.rels",
                &relations("officeDocument", "xl/workbook.xml"),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &relations("worksheet", "worksheets/a.xml"),
            ),
            (
                "xl/workbook.xml",
                r#"<workbook><sheets><sheet name="表" r:id="r"/></sheets></workbook>"#,
            ),
            ("xl/worksheets/a.xml", sheet),
        ])
    }

    #[test]
    fn values_are_what_excel_shows_where_it_shows_them() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let plain = Format::new();
        let first = ExcelDateTime::from_ymd(2026, 3, 1).expect("a day");
        sheet.write(11, 7, " 学会 ").expect("written");
        sheet.write(2, 1, 0.1 + 0.2).expect("written");
        sheet.write(2, 2, true).expect("written");
        sheet
            .write_with_format(2, 3, &first, &date)
            .expect("written");
        sheet.write_with_format(2, 4, 60, &date).expect("written");
        sheet.write_with_format(2, 5, 0.5, &date).expect("written");
        sheet
            .write(3, 1, Formula::new("=1+1").set_result("2"))
            .expect("written");
        sheet
            .write(3, 3, Formula::new("=1/0").set_result("#DIV/0!"))
            .expect("written");
        sheet
            .merge_range(4, 1, 5, 3, "合并", &plain)
            .expect("merged");
        workbook
            .add_worksheet()
            .set_name("隐藏")
            .expect("named")
            .set_hidden(true);
        let bytes = workbook.save_to_buffer().expect("saved");
        let sheets = read(&bytes).expect("readable");
        let expected = [
            "B3=0.3",
            "C3=Bool(true)",
            "D3=Some(2026-03-01) 46082",
            "E3=None 60",
            "F3=None 0.5",
            "B4=2",
            "D4=Error(\"#DIV/0!\")",
            "B5=合并",
            "H12= 学会 ",
        ];
        assert_eq!(shown(&sheets[0]), expected);
        assert_eq!(sheets[0].end_of(CellRef::new(4, 1)), CellRef::new(5, 3));
        assert_eq!(sheets[1].name, "隐藏");
    }

    #[test]
    fn a_formula_without_a_result_is_not_one_that_gives_nothing() {
        let bytes = with_sheet(
            r#"<worksheet><sheetData><row r="1">
            <c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f><v/></c><c r="C1"><f>1+1</f></c>
            <c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1+1</f><v>0</v></c><c r="F1" s="0"/>
            </row></sheetData></worksheet>"#,
        );
        let sheets = read(&bytes).expect("readable");
        let expected = [
            "A1=NoCachedValue",
            "B1=NoCachedValue",
            "C1=NoCachedValue",
            "E1=0",
        ];
        assert_eq!(shown(&sheets[0]), expected);
    }

    #[test]
    fn stray_cells_and_odd_sizes_cost_nothing() {
        for size in ["A1", "??", "XFD1048576:A1", "A1:ZZZZZZZ99999999999"] {
            let bytes = with_sheet(&format!(
                r#"<worksheet><dimension ref="{size}"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
                <row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#
            ));
            let sheets = read(&bytes).expect("readable");
            assert_eq!(shown(&sheets[0]), ["A1=1", "XFD1048576=2"], "{size}");
        }
    }

    #[test]
    fn a_sheet_that_breaks_off_costs_the_file() {
        let start = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>"#;
        for rest in [
            "",
            r#"<row r="2"><c r="A2" t="s"><v>9</v></c></row></sheetData></worksheet>"#,
        ] {
            let bytes = with_sheet(&format!("{start}{rest}"));
            assert!(matches!(read(&bytes), Err(Refusal::Unreadable(_))));
        }
    }

    #[test]
    fn old_workbooks_are_read_in_their_own_letters() {
        let name: &[u8] = &[0, 0, 0, 0, 0, 0, 1, 1, 0x68, 0x88];
        let globals = |at: u8| {
            let mut name = name.to_vec();
            name[0] = at;
            stream(&[
                (0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]),
                (0x0042, &936_u16.to_le_bytes()),
                (0x0085, &name),
                (0x000a, &[]),
            ])
        };
        let at = u8::try_from(globals(0).len()).expect("short");
        let number = [&[2, 0, 1, 0, 0, 0][..], &25.5_f64.to_le_bytes()].concat();
        let cells = stream(&[
            (0x0809, &[0, 6, 16, 0, 0, 0, 0, 0]),
            (0x0200, &[255; 14]),
            // A label: row, column, format, length, wide letters.
            (0x0204, &[1, 0, 1, 0, 0, 0, 2, 0, 1, 0x66, 0x5b, 0x1a, 0x4f]),
            (0x0203, &number),
            (0x00e5, &[1, 0, 1, 0, 1, 0, 1, 0, 3, 0]),
            (0x000a, &[]),
        ]);
        let sheets = xls([globals(at), cells].concat()).expect("readable");
        assert_eq!(sheets[0].name, "\u{8868}");
        assert_eq!(shown(&sheets[0]), ["B2=学会", "B3=25.5"]);
        assert_eq!(sheets[0].end_of(CellRef::new(1, 1)), CellRef::new(1, 3));
    }
}
