//! Workbooks of the older and the binary kinds (.xls, .xlsb) to sheets. The only calamine.
//!
//! Knows nothing of folders and of what the cells mean. Of the reader it uses the streaming side where there is
//! one: what it calls a range is the whole rectangle around the cells, which a stray cell makes enormous.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek};

use calamine::{
    CellErrorType, Data, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError,
    XlsOptions, Xlsb, XlsbError,
};
use jiff::civil::Date;

use super::limits::{self, Tally};
use super::package::Package;
use super::quiet::quietly;
use super::{Fault, Refusal, SAVE_AGAIN, Sheet, Value, biff, compound, value, xlsb};

/// The days that have a serial: 1900-01-01 to 9999-12-31. Below lies a mere time of day.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

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
        return Err(Refusal::Unreadable(Fault::new(
            "有重名的工作表",
            SAVE_AGAIN,
        )));
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
    Refusal::Unreadable(Fault::new("文件已损坏", SAVE_AGAIN))
}

fn damaged_sheet(name: &str) -> Refusal {
    let reason = format!("工作表\"{name}\"读不完整");
    Refusal::Unreadable(Fault::new(reason, SAVE_AGAIN))
}

#[cfg(test)]
mod tests {
    use super::super::biff::tests::stream;
    use super::super::sheet::tests::shown;
    use super::xls;
    use crate::model::CellRef;

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
