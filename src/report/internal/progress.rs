//! 缺报与进度: per group how far it has got, and below it who still owes a form.

use rust_xlsxwriter::XlsxError;

use crate::rank::{Owing, Progress};
use crate::report::parts::{Book, Cell, Column, Look, Row};

const COLUMNS: [(&str, u32, Look); 11] = [
    ("分组", 7, Look::Centre),
    ("牵头联系单位", 24, Look::Left),
    ("类别", 8, Look::Centre),
    ("学会", 26, Look::Left),
    ("评价人", 10, Look::Left),
    ("评价人单位", 26, Look::Left),
    ("应交", 6, Look::Whole),
    ("已交", 6, Look::Whole),
    ("按期", 6, Look::Whole),
    ("待更正", 6, Look::Whole),
    ("已更新", 6, Look::Whole),
];

/// Adds the sheet.
pub(super) fn add(book: &mut Book<'_>, title: &str) -> Result<(), XlsxError> {
    let standings = book.standings;
    let roster = &standings.ground.roster;
    let columns = COLUMNS.map(|(head, width, look)| Column::new(head, width, look));
    let mut sheet = book.sheet("缺报与进度", columns.into(), 10.5)?;
    sheet.heading(standings, title, "单位：份")?;
    sheet.header()?;
    for (index, (group, progress)) in roster.groups.iter().zip(&standings.progress).enumerate() {
        let mut cells = vec![
            Cell::text(group.label()),
            Cell::text(&group.lead),
            Cell::text("本组进度"),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
        ];
        cells.extend(counts(progress));
        sheet.row(&Row::new(cells).sum().heavy(index > 0))?;
        let owing = standings
            .owing
            .iter()
            .filter(|owing| roster.societies[owing.society].group == index);
        for one in owing {
            sheet.row(&owes(book, one))?;
        }
    }
    sheet.end_table()?;
    let mut notes = vec![format!(
        "注：缺报共{}份；“按期”指评价日期在{}阶段之内，“已更新”指已被更正件取代的旧件。",
        standings.owing.len(),
        standings.ground.scheme.stage_name()
    )];
    if !standings.open.is_empty() {
        notes.push(format!(
            "出正式稿之前尚待办理：{}。",
            standings
                .open
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("；")
        ));
    }
    sheet.notes(&notes)?;
    sheet.finish(standings, 1)?;
    book.add(sheet);
    Ok(())
}

fn counts(progress: &Progress) -> Vec<Cell> {
    [
        progress.due,
        progress.received,
        progress.in_time,
        progress.held,
        progress.corrected,
    ]
    .map(Cell::whole)
    .into()
}

fn owes(book: &Book<'_>, owing: &Owing) -> Row {
    let roster = &book.standings.ground.roster;
    let society = &roster.societies[owing.society];
    let group = roster.group_of(society);
    let reviewer = owing
        .reviewer
        .and_then(|reviewer| roster.reviewers.get(reviewer));
    let must = if society.must_take_part {
        "（原则上必须参评）"
    } else {
        ""
    };
    Row::new(vec![
        Cell::text(group.label()),
        Cell::text(&group.lead),
        Cell::text("缺报"),
        Cell::text(format!("{}{must}", society.name)),
        reviewer.map_or_else(Cell::dash, |reviewer| Cell::text(&reviewer.name)),
        reviewer.map_or_else(Cell::dash, |reviewer| Cell::text(&reviewer.unit)),
    ])
}
