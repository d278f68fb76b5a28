//! 审定结果: what the committee decided, by star, to be signed; what it changed; what waits.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::{based_on, group_label, made};
use crate::committee::term;
use crate::committee::{Verdict, in_order};
use crate::error::Error;
use crate::ground::Ground;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, words};

/// What the file is called.
pub const FILE: &str = "审定结果.xlsx";

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(ground: &Ground, verdict: &Verdict) -> Result<Vec<u8>, Error> {
    made(FILE, build(ground, verdict))
}

fn build(ground: &Ground, verdict: &Verdict) -> Result<Vec<u8>, XlsxError> {
    let decided = &verdict.decided;
    let mut binder = Binder::new(
        &ground.scheme.titled("审定结果"),
        Some(decided.meeting.day),
        decided.mark.as_deref(),
    )?;
    by_star(&mut binder, ground, verdict)?;
    changes(&mut binder, ground, verdict)?;
    binder.bytes()
}

/// 审定日期, 依据结果 and 审定编号.
fn left(verdict: &Verdict) -> String {
    format!(
        "审定日期：{}　{}　审定编号：{}",
        crate::model::day::say(verdict.decided.meeting.day),
        based_on(&verdict.decided.results),
        verdict.fingerprint
    )
}

fn by_star(binder: &mut Binder, ground: &Ground, verdict: &Verdict) -> Result<(), XlsxError> {
    let decided = &verdict.decided;
    let scheme = &ground.scheme;
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new("审定星级", 8, Look::Star),
        Column::new("等次", 8, Look::Centre),
        Column::new(&words::subject_head(scheme), 36, Look::Left),
        Column::new("分组", 8, Look::Centre),
        Column::new("有效期至", 18, Look::Centre),
        Column::new("备注", 14, Look::Left),
    ];
    let mut sheet = Binder::sheet("审定结果", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 20.0;
    sheet.head(&ground.scheme.titled("审定结果"), &left(verdict), "");
    let mut above = None;
    for (at, (stars, one)) in in_order(&decided.societies).into_iter().enumerate() {
        let until = scheme.validity_years.map_or_else(
            || "未规定".to_owned(),
            |years| crate::model::day::say(term::last_day(one.day, years)),
        );
        let heavy = above.is_some_and(|above| above != stars);
        above = Some(stars);
        let remark = if one.is_changed() { "审议调整" } else { "" };
        let row = Row::new(vec![
            Cell::whole(at + 1),
            Cell::stars(stars),
            Cell::text(one.grade.as_deref().unwrap_or("—")),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::text(group_label(one.group)),
            Cell::text(until),
            Cell::text(remark),
        ]);
        sheet.row(row.heavy(heavy));
    }
    let pending: Vec<String> = decided
        .societies
        .iter()
        .filter(|one| one.stars.is_none())
        .map(|one| format!("{}（{}）", words::subject(scheme, &one.name), one.reason))
        .collect();
    let mut notes = vec!["注：等次随审定星级；同一星级内按总名次排列。".to_owned()];
    notes.push(if pending.is_empty() {
        "暂缓：无。".to_owned()
    } else {
        format!("暂缓（不公示、不登记，另行补审）：{}。", pending.join("；"))
    });
    sheet.notes(notes);
    binder.sign(
        sheet,
        (&["制表人", "审核人", "负责人（签字）"], "审议单位"),
        0,
    )
}

fn changes(binder: &mut Binder, ground: &Ground, verdict: &Verdict) -> Result<(), XlsxError> {
    let decided = &verdict.decided;
    let scheme = &ground.scheme;
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 30, Look::Left),
        Column::new("总分", 9, Look::Points(scheme.precision)),
        Column::new("测算星级", 7, Look::Star),
        Column::new("测算等次", 7, Look::Centre),
        Column::new("推荐星级", 7, Look::Star),
        Column::new("审定星级", 7, Look::Star),
        Column::new("审定等次", 7, Look::Centre),
        Column::new("审议意见", 8, Look::Centre),
        Column::new("理由", 36, Look::Left),
        Column::new("表决", 14, Look::Centre),
    ];
    let mut sheet = Binder::sheet("变更对照", columns);
    sheet.table.layout.row_height = 20.0;
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.head(
        &ground.scheme.titled("审议变更对照"),
        &left(verdict),
        "单位：分",
    );
    let changed = decided
        .societies
        .iter()
        .filter(|one| one.stars != Some(one.computed_stars));
    let stars = |stars: Option<u32>| stars.map_or_else(Cell::dash, Cell::stars);
    let grade = |grade: &Option<String>| Cell::text(grade.as_deref().unwrap_or("—"));
    for (at, one) in changed.enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::points(one.total),
            Cell::stars(one.computed_stars),
            grade(&one.computed_grade),
            stars(one.recommended),
            stars(one.stars),
            grade(&one.grade),
            Cell::text(one.opinion.label()),
            Cell::text(&one.reason),
            Cell::text(&one.votes),
        ]));
    }
    let agreed = decided.societies.len()
        - decided
            .societies
            .iter()
            .filter(|one| one.stars != Some(one.computed_stars))
            .count();
    sheet.notes(vec![format!(
        "注：只列审定与测算不同的和暂缓的；其余{agreed}个同意测算星级。测算名次不因审定而改变。"
    )]);
    binder.sign(sheet, (&["制表人", "审核人"], "审议单位"), 2)
}
