//! A list as a sheet to fill in: what may be chosen, how it prints, and the sheet that explains its columns.

use std::iter;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};

use super::columns::{Column, Kind};
use crate::error::Error;
use crate::report::kit::style::{self, BODY, GREY, HEAD};

/// 小四 would widen the lists beyond a page; 11 points read well on screen and paper.
pub(super) const SIZE: f64 = 11.0;
/// Rows for which lists and checks are offered, the heading not counted.
const ROWS: u32 = 1000;
/// The sheet that a choice among societies is taken from.
const SOCIETIES_SHEET: &str = "学会名称";
/// The sheet that a choice among lines is taken from.
const LINES_SHEET: &str = "指标名称";
/// Rows that are there to be filled in even where nothing is listed yet.
const LEAST: usize = 20;

/// What may be chosen from where it is too much for a list in the cell itself.
#[derive(Default)]
pub(super) struct Offers {
    pub(super) societies: Vec<String>,
    pub(super) lines: Vec<String>,
}

impl Offers {
    /// By the sheet that holds them.
    fn all(&self) -> [(&'static str, &[String]); 2] {
        [
            (SOCIETIES_SHEET, &self.societies),
            (LINES_SHEET, &self.lines),
        ]
    }
}

/// `error` as this program's own.
pub(super) fn failed(file: &str, error: &XlsxError) -> Error {
    Error::Sheet {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}

pub(super) fn made(
    title: &str,
    headings: &[&str],
    columns: &[Column],
    rows: &[Vec<String>],
    offers: &Offers,
) -> Result<Vec<u8>, Error> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = style::workbook(title, None);
        list(
            workbook.add_worksheet().set_name(title)?,
            headings,
            columns,
            rows,
            offers,
        )?;
        // Behind the list: a reader takes the first sheet that has the headings in one row.
        explanation(&mut workbook, headings, columns)?;
        for (name, offered) in offers.all() {
            if offered.is_empty() {
                continue;
            }
            let sheet = workbook.add_worksheet().set_name(name)?;
            sheet.set_column_width_pixels(0, 300)?;
            for (row, name) in (0..).zip(offered) {
                sheet.write_string(row, 0, style::cell_text(name))?;
            }
        }
        style::saved(&mut workbook)
    };
    write().map_err(|error| failed(title, &error))
}

/// A format for headings of tables.
pub(super) fn heading() -> Format {
    style::boxed(HEAD, SIZE)
        .set_align(FormatAlign::Center)
        .set_text_wrap()
        .set_background_color(Color::RGB(GREY))
}

/// What all these sheets share: A4 landscape, one page wide, the heading row frozen and repeated, page numbers.
pub(super) fn printable(sheet: &mut Worksheet, header: u32) -> Result<(), XlsxError> {
    sheet
        .set_freeze_panes(header + 1, 0)?
        .set_repeat_rows(0, header)?
        .set_landscape()
        .set_paper_size(9)
        .set_margins(0.71, 0.71, 0.79, 0.71, 0.39, 0.31)
        .set_print_center_horizontally(true)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&C&\"宋体,常规\"&10— &P —");
    Ok(())
}

fn list(
    sheet: &mut Worksheet,
    headings: &[&str],
    columns: &[Column],
    rows: &[Vec<String>],
    offers: &Offers,
) -> Result<(), XlsxError> {
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    let centred = body.clone().set_align(FormatAlign::Center);
    let day = centred.clone().set_num_format("yyyy-mm-dd");
    let told = body.clone().set_background_color(Color::RGB(GREY));
    for ((at, title), column) in (0_u16..).zip(headings).zip(columns) {
        sheet.set_column_width_pixels(at, column.width * 8 + 10)?;
        sheet.write_string_with_format(0, at, *title, &heading())?;
        let format = match column.kind {
            Kind::Text | Kind::Society | Kind::Line => &body,
            Kind::Told => &told,
            Kind::Day => &day,
            Kind::Group | Kind::Choice(_) => &centred,
        };
        let blanks = LEAST.saturating_sub(rows.len());
        for (row, values) in (1_u32..).zip(rows.iter().chain(iter::repeat_n(&Vec::new(), blanks))) {
            let text = values.get(usize::from(at)).map_or("", String::as_str);
            match (column.kind, text.parse::<u32>()) {
                (Kind::Group, Ok(number)) => {
                    sheet.write_number_with_format(row, at, number, format)?
                }
                _ => sheet.write_string_with_format(row, at, style::cell_text(text), format)?,
            };
        }
        // Rows still to be written look like those that are there.
        sheet.set_column_format(at, &format.clone().set_border(FormatBorder::None))?;
        if let Some(validation) = validation(column.kind, title, offers)? {
            sheet.add_data_validation(1, at, ROWS, at, &validation)?;
        }
    }
    sheet.set_row_height(0, 24.0)?;
    for (row, values) in (1_u32..).zip(rows) {
        let lines = values
            .iter()
            .zip(columns)
            .map(|(text, column)| {
                let columns = usize::try_from(column.width).unwrap_or_default();
                style::wrapped_lines(text, columns)
            })
            .max()
            .unwrap_or(1);
        sheet.set_row_height(row, high(lines))?;
    }
    printable(sheet, 0)
}

/// Points for so many lines of text.
pub(super) fn high(lines: usize) -> f64 {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * SIZE * 1.36 + 5.0).clamp(20.0, 409.0)
}

fn validation(
    kind: Kind,
    heading: &str,
    offers: &Offers,
) -> Result<Option<DataValidation>, XlsxError> {
    let validation = DataValidation::new();
    let validation = match kind {
        Kind::Text | Kind::Told => return Ok(None),
        Kind::Society | Kind::Line => {
            let of_line = usize::from(matches!(kind, Kind::Line));
            let (sheet, offered) = offers.all()[of_line];
            if offered.is_empty() {
                return Ok(None);
            }
            let formula = format!("={sheet}!$A$1:$A${}", offered.len());
            validation
                .allow_list_formula(Formula::new(formula))
                .set_error_message(format!("“{heading}”请从列表中选择，或留空。"))?
        }
        Kind::Group => validation
            .allow_whole_number(DataValidationRule::Between(1, 999))
            .set_error_message("组号请填数字，如1。")?,
        Kind::Choice(choices) => validation
            .allow_list_strings(choices)?
            .set_error_message(format!("“{heading}”只能填{}，或留空。", choices.join("、")))?,
        Kind::Day => validation
            .allow_date(DataValidationRule::Between(
                ExcelDateTime::from_ymd(1950, 1, 1)?,
                ExcelDateTime::from_ymd(2199, 12, 31)?,
            ))
            .set_error_message("请按“2018-12-31”的样式填写日期。")?,
    };
    Ok(Some(validation.set_error_title("请改正")?))
}

/// The sheet that explains every column in a sentence.
fn explanation(
    workbook: &mut Workbook,
    headings: &[&str],
    columns: &[Column],
) -> Result<(), XlsxError> {
    const WIDTHS: [u32; 3] = [22, 8, 80];
    let sheet = workbook.add_worksheet().set_name("填写说明")?;
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    for ((at, title), width) in (0_u16..).zip(["栏目", "必填", "怎样填写"]).zip(WIDTHS) {
        sheet.set_column_width_pixels(at, width * 8 + 10)?;
        sheet.write_string_with_format(0, at, title, &heading())?;
    }
    for ((row, title), column) in (1_u32..).zip(headings).zip(columns) {
        let needed = if column.needed { "必填" } else { "" };
        for (at, text) in (0_u16..).zip([title, needed, column.about]) {
            sheet.write_string_with_format(row, at, text, &body)?;
        }
        sheet.set_row_height(row, high(style::wrapped_lines(column.about, 76)))?;
    }
    printable(sheet, 0)
}
