//! 得分说明: one page for one society, for its questions. No reviewer, no other society.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::{based_on, lines_of, made, said};
use crate::committee::Verdict;
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{Outcome, Remarks, Society};
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, words};
use crate::report::known::SpeaksOf;
use crate::scheme::{Aggregation, Scheme};

/// The page of a society. With `remarks`, what the reviewers wrote, but for
/// what speaks of any of them or of other societies.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(
    ground: &Ground,
    outcome: &Outcome,
    verdict: Option<&Verdict>,
    society: &Society,
    remarks: bool,
) -> Result<Vec<u8>, Error> {
    let built = build(ground, outcome, verdict, society, remarks);
    made("得分说明", built)
}

fn build(
    ground: &Ground,
    outcome: &Outcome,
    verdict: Option<&Verdict>,
    society: &Society,
    remarks: bool,
) -> Result<Vec<u8>, XlsxError> {
    let scheme = &ground.scheme;
    let name = words::subject(scheme, &society.name);
    let mut binder = Binder::new(
        &format!("{name}得分说明"),
        outcome.results.as_of,
        outcome.results.mark.as_deref(),
    )?;
    let points = Look::Points(scheme.precision);
    let mut columns = vec![
        Column::new("编号", 6, Look::Centre),
        Column::new("二级指标", 24, Look::Left),
        Column::new("评价要求", 60, Look::Left),
        Column::new("加分上限", 5, Look::Plain),
        Column::new("减分上限", 5, Look::Plain),
        Column::new("加分", 7, points),
        Column::new("减分", 7, points),
    ];
    if remarks {
        columns.push(Column::new("评分说明", 34, Look::Left));
    }
    let mut sheet = Binder::sheet("得分说明", columns);
    sheet.table.layout.row_height = 13.0;
    sheet.table.layout.paper = Some(if remarks {
        Paper::A4Landscape
    } else {
        Paper::A4Portrait
    });
    let left = format!("{name}　{}", based_on(&outcome.fingerprint));
    sheet.head(&ground.scheme.titled("得分说明"), &left, "单位：分");
    let forms = outcome.forms_of(&society.name);
    for (at, line) in lines_of(ground, &society.name) {
        let settled = society.lines.get(at);
        let side = |is_open: bool, value: Option<crate::model::Points>| {
            if is_open {
                Cell::points_or_dash(value)
            } else {
                Cell::dash()
            }
        };
        let mut cells = vec![
            Cell::text(&line.code),
            Cell::text(&scheme.indicator(line).title),
            Cell::text(scheme.requirement(line)),
            Cell::points(line.bonus.cap),
            Cell::points(line.deduction.cap),
            side(line.bonus.is_open(), settled.map(|line| line.bonus)),
            side(line.deduction.is_open(), settled.map(|line| line.deduction)),
        ];
        if remarks {
            // A society reads neither of other societies nor of who reviewed.
            let hidden = [SpeaksOf::Reviewer, SpeaksOf::Society];
            let remarks = Remarks::on(&forms, at, &hidden);
            cells.push(Cell::text(said(&remarks)));
        }
        sheet.row(Row::new(cells));
    }
    sheet.notes(notes(scheme, outcome, verdict, society));
    if !remarks {
        sheet.prefer_one_page();
    }
    sheet.frozen(2);
    binder.add(sheet)?;
    binder.bytes()
}

/// How the total and the star came about.
fn notes(
    scheme: &Scheme,
    outcome: &Outcome,
    verdict: Option<&Verdict>,
    society: &Society,
) -> Vec<String> {
    let printed = |points: Option<crate::model::Points>| {
        points.unwrap_or_default().with_decimals(scheme.precision)
    };
    let counted = outcome.forms_of(&society.name).len();
    let how = match scheme.policies.aggregation {
        Aggregation::Mean => "每项取平均数",
        Aggregation::Median => "每项取中位数",
        Aggregation::TrimmedMean => "五份及以上时去掉总分最高、最低各一份，其余每项取平均数",
    };
    let stars = society.stars.unwrap_or_default();
    let mut notes = vec![
        format!("一、分数：计入评价表{counted}份，{how}。"),
        format!(
            "二、总分：加分合计{}－减分合计{}＝{}分，一次四舍五入到{}位小数（各栏分别四舍五入，以总分为准；低于0分的按0分计）。",
            printed(society.bonus),
            printed(society.deduction),
            printed(society.total),
            scheme.precision
        ),
    ];
    let at = usize::try_from(stars).unwrap_or_default();
    let reached = at
        .checked_sub(1)
        .and_then(|at| scheme.stars.thresholds.get(at));
    let reached = reached.map_or_else(
        || "没有达到1星的分数".to_owned(),
        |least| format!("达到{stars}星的{least}分"),
    );
    let next = scheme
        .stars
        .thresholds
        .get(at)
        .map_or(String::new(), |next| {
            format!("，没有达到{}星的{next}分", stars + 1)
        });
    let grade = society.grade.as_deref().unwrap_or("不设等次");
    notes.push(format!(
        "三、测算星级：{reached}{next}，测算为{stars}星，{grade}。"
    ));
    let decision = verdict.and_then(|verdict| {
        let mut all = verdict.decided.societies.iter();
        all.find(|one| one.name == society.name)
    });
    notes.push(match decision {
        None => "四、以上是测算，星级以审定结果为准。".to_owned(),
        Some(decision) => {
            let day = crate::model::day::say(decision.day);
            match decision.stars {
                None => format!("四、审定：{day}暂缓审定，理由：{}。", decision.reason),
                Some(decided) => {
                    let grade = decision.grade.as_deref().unwrap_or("不设等次");
                    let why = if decision.is_changed() {
                        format!("，由测算的{stars}星调整，理由：{}", decision.reason)
                    } else {
                        "，与测算相同".to_owned()
                    };
                    format!("四、审定：{day}审定为{decided}星，{grade}{why}。")
                }
            }
        }
    });
    notes
}
