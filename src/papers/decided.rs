//! 审定结果: what the committee decided, by star or grade, to be signed; what it changed; what waits.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::{award, awarded, based_on, made, place, placed};
use crate::committee::term;
use crate::committee::{Award, Decision, Level, Verdict, column, in_order};
use crate::error::Error;
use crate::ground::Ground;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, words};

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
    let level = Level::of(scheme);
    let has_stars = level == Level::Stars;
    let mut columns = vec![Column::new("序号", 6, Look::Whole)];
    columns.extend(match level {
        Level::Stars => vec![
            Column::new("审定星级", 8, Look::Star),
            Column::new(Topic::Grade, 8, Look::Centre),
        ],
        Level::Grades => vec![Column::new("审定等次", 12, Look::Centre)],
        Level::Ranks => vec![Column::new("名次", 8, Look::Centre)],
    });
    columns.push(Column::new(&words::subject_head(scheme), 36, Look::Left));
    if level == Level::Ranks {
        // What is agreed to.
        columns.push(Column::new(
            column::TOTAL,
            9,
            Look::Points(scheme.precision),
        ));
    }
    columns.extend(placed(ground).map(|head| Column::new(head, 8, Look::Centre)));
    if scheme.validity_years.is_some() {
        columns.push(Column::new("有效期至", 18, Look::Centre));
    }
    columns.push(Column::new("备注", 14, Look::Left));
    let mut sheet = Binder::sheet("审定结果", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    // So that the usual number stands on one page with the block to sign.
    let is_long = decided.societies.len() > 25;
    sheet.table.layout.row_height = if is_long { 16.0 } else { 20.0 };
    sheet.head(&ground.scheme.titled("审定结果"), &left(verdict), "");
    let mut above = None;
    for (at, (given, one)) in in_order(scheme, &decided.societies).into_iter().enumerate() {
        let heavy = above.as_ref().is_some_and(|above| *above != given);
        let remark = if one.is_changed() { "审议调整" } else { "" };
        let mut cells = vec![Cell::whole(at + 1)];
        cells.push(match level {
            Level::Stars | Level::Grades => award(&given),
            Level::Ranks => one.rank.map_or_else(Cell::dash, Cell::whole),
        });
        if has_stars {
            cells.push(Cell::text(one.grade.as_deref().unwrap_or("—")));
        }
        above = Some(given);
        cells.push(Cell::text(words::subject(scheme, &one.name)));
        if level == Level::Ranks {
            cells.push(Cell::points(one.total));
        }
        cells.extend(placed(ground).map(|_| place(ground, one.class.as_deref(), one.group)));
        cells.extend(
            scheme
                .validity_years
                .map(|years| Cell::text(crate::model::day::say(term::last_day(one.day, years)))),
        );
        cells.push(Cell::text(remark));
        sheet.row(Row::new(cells).heavy(heavy));
    }
    let pending: Vec<String> = decided
        .societies
        .iter()
        .filter(|one| one.is_pending())
        .map(|one| format!("{}（{}）", words::subject(scheme, &one.name), one.reason))
        .collect();
    let mut notes = vec![
        match level {
            Level::Stars => "注：等次随审定星级；同一星级内按总名次排列。",
            Level::Grades => "注：同一等次内按名次排列。",
            Level::Ranks if !scheme.classes.is_empty() => {
                "注：按类别和总分排列，名次是测算的类内名次。"
            }
            Level::Ranks => "注：按总分排列，名次是测算的名次。",
        }
        .to_owned(),
    ];
    notes.push(if pending.is_empty() {
        "暂缓：无。".to_owned()
    } else {
        let kept = match level {
            Level::Stars => "不公示、不登记，",
            Level::Grades => "不公示，",
            Level::Ranks => "",
        };
        format!("暂缓（{kept}另行补审）：{}。", pending.join("；"))
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
    let level = Level::of(scheme);
    let look = awarded(level);
    let mut columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 30, Look::Left),
        Column::new("总分", 9, Look::Points(scheme.precision)),
    ];
    columns.extend(match level {
        Level::Stars => vec![
            Column::new(Topic::ComputedStars, 7, look),
            Column::new("测算等次", 7, Look::Centre),
            Column::new(Topic::RecommendedStars, 7, look),
            Column::new("审定星级", 7, look),
            Column::new("审定等次", 7, Look::Centre),
        ],
        Level::Grades => vec![
            Column::new("测算等次", 10, look),
            Column::new("推荐等次", 10, look),
            Column::new("审定等次", 10, look),
        ],
        Level::Ranks => Vec::new(),
    });
    if level.heads().is_some() {
        columns.push(Column::new(column::GROUP_REASON, 30, Look::Left));
    }
    columns.extend([
        Column::new("审议意见", 8, Look::Centre),
        Column::new("理由", 36, Look::Left),
        Column::new("表决", 14, Look::Centre),
    ]);
    let mut sheet = Binder::sheet("变更对照", columns);
    sheet.table.layout.row_height = 20.0;
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.head(
        &ground.scheme.titled("审议变更对照"),
        &left(verdict),
        "单位：分",
    );
    let is_shown = |one: &&Decision| one.is_pending() || one.is_changed() || one.is_overruled();
    let given = |one: Option<Award>| one.map_or_else(Cell::dash, |one| award(&one));
    let grade = |grade: &Option<String>| Cell::text(grade.as_deref().unwrap_or("—"));
    for (at, one) in decided.societies.iter().filter(is_shown).enumerate() {
        let mut cells = vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::points(one.total),
        ];
        let three = [Some(one.computed()), one.recommended(), one.decided()].map(given);
        let [computed, recommended, awarded] = three;
        cells.extend(match level {
            Level::Stars => vec![
                computed,
                grade(&one.computed_grade),
                recommended,
                awarded,
                grade(&one.grade),
            ],
            Level::Grades => vec![computed, recommended, awarded],
            Level::Ranks => Vec::new(),
        });
        if level.heads().is_some() {
            cells.push(match one.recommended_reason.as_str() {
                "" => Cell::blank(),
                reason => Cell::text(reason),
            });
        }
        cells.extend([
            Cell::text(one.opinion.label()),
            Cell::text(&one.reason),
            Cell::text(&one.votes),
        ]);
        sheet.row(Row::new(cells));
    }
    let shown = decided.societies.iter().filter(is_shown).count();
    let agreed = decided.societies.len() - shown;
    sheet.notes(vec![match level.heads() {
        Some(heads) => format!(
            "注：只列审定与测算、推荐不同的和暂缓的；其余{agreed}个同意{}。测算名次不因审定而改变。",
            heads.computed
        ),
        None => format!("注：只列暂缓的；其余{agreed}个同意测算的总分和名次。"),
    }]);
    sheet.table.leave_out(&[column::GROUP_REASON]);
    if level == Level::Grades && !scheme.asks.groups {
        sheet.without(&["推荐等次"]);
    }
    sheet.table.empty = "没有调整和暂缓的。";
    binder.sign(sheet, (&["制表人", "审核人"], "审议单位"), 2)
}
