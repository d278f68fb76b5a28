//! 名单 and 指标体系 as people edit and proof-read them: the two lists of a year folder, and the scheme as a
//! table.
//!
//! Headings come from the roster, so that what is written here can be read there. Must not know how a list is
//! read, nor anything of forms.

mod columns;
mod items;
mod register;
mod rosters;
mod scheme;
mod words;

/// How a scheme is said in words, for those who compare two.
pub mod said {
    pub use super::items::{ItemSaid, items};
    pub use super::words::{FINGERPRINTS, conditions, criteria, rules};
    pub use crate::report::kit::policies::Said;
}

use std::iter;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};

use crate::error::Error;
use crate::ground::Ground;
use crate::register::AMENDMENTS;
use crate::register::amend::Item;
use crate::report::kit::print::{self, Paper};
use crate::report::kit::sheet::fit;
use crate::report::kit::style::{self, BODY, GREY, HEAD};
use crate::report::kit::{self, Look};
use crate::scheme::Scheme;
use columns::{Column, Kind};
pub use register::register;
pub use rosters::{reviewers, societies};
pub use scheme::{line_table, table as scheme_table, text as scheme_text};

const SIZE: f64 = style::SIZE;
/// Rows for which lists and checks are offered, the heading not counted.
const ROWS: u32 = 1000;
/// The sheet that a choice among societies is taken from.
const SOCIETIES_SHEET: &str = "名称清单";
/// The sheet that a choice among lines is taken from.
const LINES_SHEET: &str = "指标名称";
/// Rows that are there to be filled in even where nothing is listed yet.
const LEAST: usize = 20;
/// Points of such a row.
const BLANK: f64 = 22.0;
/// The sheet that explains the columns.
const EXPLANATION: &str = "填写说明";

/// A blank 评分更正单.xlsx.
///
/// # Errors
/// The workbook cannot be made.
pub fn amendments(ground: &Ground) -> Result<Vec<u8>, Error> {
    let scheme = &ground.scheme;
    let lines = scheme.lines.iter();
    let offers = Offers {
        societies: names(ground),
        lines: lines
            .map(|line| format!("{} {}", line.code, scheme.indicator(line).title))
            .collect(),
    };
    let headings = Item::ALL.map(Item::label);
    made(
        scheme,
        AMENDMENTS,
        &headings,
        &columns::amendments(scheme),
        &[],
        &offers,
    )
}

/// What may be chosen from where it is too much for a list in the cell itself.
#[derive(Default)]
struct Offers {
    societies: Vec<String>,
    lines: Vec<String>,
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

fn names(ground: &Ground) -> Vec<String> {
    let societies = ground.roster.societies.iter();
    societies.map(|one| one.name.clone()).collect()
}

/// `error` as this program's own.
fn failed(file: &str, error: &XlsxError) -> Error {
    Error::Sheet {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}

fn made(
    scheme: &Scheme,
    title: &str,
    headings: &[&str],
    columns: &[Column],
    rows: &[Vec<String>],
    offers: &Offers,
) -> Result<Vec<u8>, Error> {
    fitted(scheme, title, headings, columns, rows, &[], offers)
}

/// The same with what may be chosen in each of the first rows, where that is not the same for all.
fn fitted(
    scheme: &Scheme,
    title: &str,
    headings: &[&str],
    columns: &[Column],
    rows: &[Vec<String>],
    fits: &[Fit],
    offers: &Offers,
) -> Result<Vec<u8>, Error> {
    // Those evaluated have the scheme's own name.
    let headings: Vec<String> = headings.iter().map(|one| scheme.own_words(one)).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let headings = headings.as_slice();
    let columns: Vec<Column> = columns.iter().map(|one| one.said(scheme)).collect();
    let columns = columns.as_slice();
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = style::workbook(title, None)?;
        let sheet = workbook.add_worksheet().set_name(title)?;
        list(sheet, headings, columns, rows, fits, offers)?;
        printable(sheet, 0, Paper::A4Landscape, title)?;
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
fn heading() -> Format {
    style::boxed(HEAD, SIZE)
        .set_align(FormatAlign::Center)
        .set_text_wrap()
        .set_background_color(Color::RGB(GREY))
}

/// What all these sheets share: one page wide, the heading row frozen and repeated, page numbers, and what it is.
fn printable(
    sheet: &mut Worksheet,
    header: u32,
    paper: Paper,
    title: &str,
) -> Result<(), XlsxError> {
    sheet
        .set_freeze_panes(header + 1, 0)?
        .set_repeat_rows(0, header)?;
    paper.set_up(sheet, print::Fit::Wide(1), None, title);
    Ok(())
}

/// Columns of these widths, narrower where they could not be read on a page.
fn readable(widths: impl Iterator<Item = u32>, paper: Paper) -> Vec<kit::Column> {
    let columns = widths.map(|width| kit::Column::new("", width, Look::Left));
    fit(columns.collect(), SIZE, Some(paper)).0
}

/// What may be chosen in a row; none where anything may that the column allows.
#[derive(Clone, PartialEq)]
struct Fit {
    choices: Option<Vec<&'static str>>,
    /// Whether a society is to be named.
    names_society: bool,
}

fn list(
    sheet: &mut Worksheet,
    headings: &[&str],
    columns: &[Column],
    rows: &[Vec<String>],
    fits: &[Fit],
    offers: &Offers,
) -> Result<(), XlsxError> {
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    let centred = body.clone().set_align(FormatAlign::Center);
    let day = centred.clone().set_num_format("yyyy-mm-dd");
    let told = body.clone().set_background_color(Color::RGB(GREY));
    let widths = readable(
        columns.iter().map(|column| column.width),
        Paper::A4Landscape,
    );
    let heads = headings.iter().zip(&widths);
    let lines = heads.map(|(head, column)| style::wrapped_lines(head, wide(column)));
    sheet.set_row_height(0, high(lines.max().unwrap_or(1)).max(24.0))?;
    for (((at, title), column), width) in (0_u16..).zip(headings).zip(columns).zip(&widths) {
        sheet.set_column_width_pixels(at, width.pixels(SIZE))?;
        sheet.write_string_with_format(0, at, *title, &heading())?;
        let format = match &column.kind {
            Kind::Text | Kind::Society | Kind::Line => &body,
            Kind::Told => &told,
            Kind::Day => &day,
            Kind::Group | Kind::Choice(_) => &centred,
        };
        let blanks = LEAST.saturating_sub(rows.len());
        for (row, values) in (1_u32..).zip(rows.iter().chain(iter::repeat_n(&Vec::new(), blanks))) {
            let text = values.get(usize::from(at)).map_or("", String::as_str);
            match (&column.kind, text.parse::<u32>()) {
                (Kind::Group, Ok(number)) => {
                    sheet.write_number_with_format(row, at, number, format)?
                }
                _ => sheet.write_string_with_format(row, at, style::cell_text(text), format)?,
            };
        }
        // Rows still to be written look like those that are there.
        sheet.set_column_format(at, &format.clone().set_border(FormatBorder::None))?;
        let mut from = 1;
        for alike in fits.chunk_by(|one, other| one == other) {
            let rows = u32::try_from(alike.len()).unwrap_or(u32::MAX);
            if let Some(validation) = fitting(&column.kind, title, offers, &alike[0])? {
                sheet.add_data_validation(from, at, from + rows - 1, at, &validation)?;
            }
            from += rows;
        }
        if let Some(validation) = validation(&column.kind, title, offers)?
            && from <= ROWS
        {
            sheet.add_data_validation(from, at, ROWS, at, &validation)?;
        }
    }
    for (row, values) in (1_u32..).zip(rows) {
        let lines = values
            .iter()
            .zip(&widths)
            .map(|(text, column)| style::wrapped_lines(text, wide(column)))
            .max()
            .unwrap_or(1);
        sheet.set_row_height(row, high(lines))?;
    }
    // Room to write in by hand.
    for row in rows.len()..LEAST {
        sheet.set_row_height(u32::try_from(row + 1).unwrap_or(u32::MAX), BLANK)?;
    }
    Ok(())
}

/// Half-width characters of a line in this column, less one Chinese character where it is long: punctuation may not
/// begin a line.
fn wide(column: &kit::Column) -> usize {
    let width = usize::try_from(column.width).unwrap_or_default();
    if width < 14 { width } else { width - 2 }
}

/// Points for so many lines of text.
fn high(lines: usize) -> f64 {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * SIZE * 1.36 + 5.0).clamp(20.0, 409.0)
}

/// [`validation`] of a row in which not everything fits.
fn fitting(
    kind: &Kind,
    heading: &str,
    offers: &Offers,
    fit: &Fit,
) -> Result<Option<DataValidation>, XlsxError> {
    match (kind, &fit.choices) {
        (Kind::Choice(_), Some(choices)) => {
            let message = format!("这一行的“{heading}”只能填{}，或留空。", choices.join("、"));
            let validation = DataValidation::new()
                .allow_list_strings(choices)?
                .set_error_message(message)?
                .set_error_title("请改正")?;
            Ok(Some(validation))
        }
        (Kind::Society, _) if !fit.names_society => Ok(None),
        _ => validation(kind, heading, offers),
    }
}

fn validation(
    kind: &Kind,
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
            .set_error_message("日期请按“年-月-日”的样式填写。")?,
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
    let sheet = workbook.add_worksheet().set_name(EXPLANATION)?;
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    let widths = readable(WIDTHS.into_iter(), Paper::A4Landscape);
    for ((at, title), width) in (0_u16..).zip(["栏目", "必填", "怎样填写"]).zip(&widths) {
        sheet.set_column_width_pixels(at, width.pixels(SIZE))?;
        sheet.write_string_with_format(0, at, title, &heading())?;
    }
    for ((row, title), column) in (1_u32..).zip(headings).zip(columns) {
        let needed = if column.needed { "必填" } else { "" };
        for (at, text) in (0_u16..).zip([*title, needed, &column.about]) {
            sheet.write_string_with_format(row, at, text, &body)?;
        }
        sheet.set_row_height(row, high(style::wrapped_lines(&column.about, 76)))?;
    }
    printable(sheet, 0, Paper::A4Landscape, EXPLANATION)
}

#[cfg(test)]
mod tests {
    use super::{reviewers, scheme_table, scheme_text, societies};
    use crate::ground::Ground;
    use crate::intake::{self, Content, Sheet, Source};
    use crate::model::{GroupId, SocietyId};
    use crate::roster;

    fn sheets(bytes: &[u8]) -> Vec<Sheet> {
        let source = Source {
            file: "list.xlsx".to_owned(),
            named: true,
            ..Source::default()
        };
        match intake::read_bytes(source, bytes).content {
            Content::Sheets(sheets) => sheets,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_lists_are_read_back_as_they_were() {
        let mut ground = Ground::load(None, &[]).expect("the built-in year");
        ground.roster.societies[SocietyId::at(0)].aliases =
            vec!["地质学会".to_owned(), "中地".to_owned()];
        ground.roster.societies[SocietyId::at(1)].must_take_part = true;
        ground.roster.reviewers.push(roster::Reviewer {
            name: "=张三".to_owned(),
            unit: "中国化学会党委".to_owned(),
            group: Some(GroupId::at(0)),
            class: None,
            member: Some(true),
            conflicts: vec![SocietyId::at(2)],
            unknown_conflicts: vec!["某学会".to_owned()],
            email: String::new(),
        });
        let first = sheets(&societies(&ground).expect("a workbook"));
        let second = sheets(&reviewers(&ground).expect("a workbook"));
        let read = roster::read(&ground.scheme, &first, &second).expect("no fault");
        let json = |roster| serde_json::to_string(roster).expect("plain data");
        assert_eq!(json(&read), json(&ground.roster));
        assert_eq!(first.len(), 2);
    }

    #[test]
    fn the_scheme_is_shown_whole_and_without_tabs() {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let text = scheme_text(&ground);
        let table = sheets(&scheme_table(&ground).expect("a workbook"));
        for line in &ground.scheme.lines {
            assert!(text.contains(&line.code), "{}", line.code);
            let shown = table[0]
                .cells()
                .filter(|(_, value)| **value == intake::Value::Text(line.code.clone()))
                .count();
            assert_eq!(shown, 1, "{}", line.code);
        }
        assert!(!text.contains('\t'));
        assert!(text.lines().all(|line| line.trim_end() == line));
    }
}
