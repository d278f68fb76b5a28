//! 公示 and 发布 to be printed and put up, and 异议登记 to be kept while a 公示 hangs.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::made;
use crate::committee::objection::{self, COLUMNS, CONCLUSIONS};
use crate::error::Error;
use crate::ground::Ground;
use crate::notice::Notice;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, words};
use crate::scheme::Scheme;

/// Rows for objections.
const ROWS: usize = 12;

/// The printable notice.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(ground: &Ground, notice: &Notice) -> Result<Vec<u8>, Error> {
    made(notice.kind.label(), build(ground, notice))
}

fn build(ground: &Ground, notice: &Notice) -> Result<Vec<u8>, XlsxError> {
    let mut binder = Binder::new(&notice.title, Some(notice.date), None)?;
    let mut columns = vec![
        Column::new("序号", 7, Look::Whole),
        Column::new(&words::subject_head(&ground.scheme), 40, Look::Left),
    ];
    if notice.has_stars() {
        columns.push(Column::new(Topic::Stars, 9, Look::Star));
    }
    columns.push(Column::new(Topic::Grade, 9, Look::Centre));
    if notice.has_terms {
        columns.push(Column::new("有效期至", 20, Look::Centre));
    }
    let mut sheet = Binder::sheet(notice.kind.label(), columns);
    sheet.table.layout.size = 12.0;
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 17.0;
    let left = format!(
        "{}：{}",
        notice.kind.label(),
        crate::model::day::say(notice.date)
    );
    sheet.head(&notice.title, &left, "");
    for (at, one) in notice.societies.iter().enumerate() {
        let mut cells = vec![Cell::whole(at + 1), Cell::text(&one.name)];
        cells.extend(one.stars.map(Cell::stars));
        cells.push(Cell::text(one.grade.as_deref().unwrap_or("—")));
        if notice.has_terms {
            let until = one
                .valid_until
                .map_or_else(|| "—".to_owned(), crate::model::day::say);
            cells.push(Cell::text(until));
        }
        sheet.row(Row::new(cells));
    }
    sheet.notes(notice.preamble());
    binder.sign(sheet, (&[], &notice.issuer), 0)?;
    binder.bytes()
}

/// 异议登记.xlsx, to be filled in.
///
/// # Errors
/// The writer refuses something.
pub fn objections(ground: &Ground, notice: &Notice) -> Result<Vec<u8>, Error> {
    made(objection::FILE, build_objections(&ground.scheme, notice))
}

fn build_objections(scheme: &Scheme, notice: &Notice) -> Result<Vec<u8>, XlsxError> {
    let object = scheme.object();
    let title = format!("{}异议登记", notice.title);
    let mut binder = Binder::new(&title, Some(notice.date), None)?;
    let widths = [20, 30, 12, 11, 10, 26, 8, 22, 12];
    // Notes below the table stand in the first column: they must not be taken for rows.
    let number = Column::new("序号", 6, Look::Whole);
    let columns = std::iter::once(number).chain(
        std::iter::once(object)
            .chain(COLUMNS)
            .zip(widths)
            .map(|(head, width)| Column::new(head, width, Look::Left)),
    );
    let mut sheet = Binder::sheet(objection::FILE, columns.collect());
    sheet.table.layout.row_height = 30.0;
    let period = notice.period.map_or(String::new(), |(first, last)| {
        objection::period(first, last)
    });
    sheet.head(&title, &period, "");
    for number in 1..=ROWS {
        sheet.row(Row::new(vec![Cell::whole(number)]));
    }
    sheet.choose(objection::CONCLUSION, &CONCLUSIONS);
    sheet.notes(vec![
        format!(
            "注：结论、答复日期都填了才算办结。没有办结的、成立的，{}时都不列该{object}；成立的须重新审议。公示和异议为本工具约定，待发布单位确认。",
            if scheme.has_stars() { "发布和登记" } else { "发布" }
        ),
    ]);
    sheet.frozen(1);
    binder.add(sheet)?;
    binder.bytes()
}
