//! 变更对照: what corrected points changed, society by society: total, rank, stars and grade before and after.

use crate::rank::{Before, Rank, Standing, Standings};
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, policies, words};

/// The table; none where no points were corrected.
#[must_use]
pub fn table(standings: &Standings<'_>) -> Option<Table> {
    let before = standings.before.as_ref()?;
    let scheme = &standings.ground.scheme;
    let object = scheme.object();
    let points = Look::Points(scheme.precision);
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 34, Look::Left),
        Column::new("原总分", 10, points),
        Column::new("现总分", 10, points),
        Column::new("增减", 9, points),
        Column::new("原名次", 9, Look::Centre),
        Column::new("现名次", 9, Look::Centre),
        Column::new(Topic::StarsBefore, 8, Look::Star),
        Column::new(Topic::StarsNow, 8, Look::Star),
        Column::new(Topic::GradeBefore, 8, Look::Centre),
        Column::new(Topic::GradeNow, 8, Look::Centre),
    ];
    let changed: Vec<(&Standing, Option<&Before>)> = standings
        .order
        .iter()
        .map(|society| &standings.societies[*society])
        .map(|standing| {
            (
                standing,
                before.get(standing.society).and_then(Option::as_ref),
            )
        })
        .filter(|(standing, before)| is_changed(standing, *before))
        .collect();
    let corrected = standings
        .forms
        .iter()
        .filter(|form| !form.amended.is_empty());
    let of = corrected.clone().count();
    let count: usize = corrected.map(|form| form.amended.len()).sum();
    let rows = changed.iter().enumerate();
    let rows = rows.map(|(at, (standing, before))| row(standings, at, standing, *before));
    Some(Table {
        name: "变更对照",
        unit: "单位：分",
        rows: rows.collect(),
        empty: "更正没有改变谁的得分和名次。",
        notes: vec![
            format!(
                "注：按评分更正单更正{of}份评价表的{count}处分数；“原”为更正以前，“现”为更正以后。"
            ),
            format!(
                "只列{}有变化的{object}；名次也会因别的{object}更正而变。每处更正见工作底稿（内部）的“评分更正”。",
                policies::outcome(scheme)
            ),
        ],
        ..words::table(
            standings,
            words::title(standings, "变更对照"),
            columns,
            Layout {
                paper: Some(Paper::A4Landscape),
                row_height: 20.0,
                ..Layout::paper(10.5, 2)
            },
        )
    })
}

fn is_changed(standing: &Standing, before: Option<&Before>) -> bool {
    let Some(result) = standing.ranked() else {
        return false;
    };
    before.is_none_or(|before| {
        before.total != result.total
            || before.stars != result.stars
            || before.grade != result.grade
            || before.rank != standing.rank
    })
}

fn row(standings: &Standings<'_>, at: usize, standing: &Standing, before: Option<&Before>) -> Row {
    let now = standing.ranked();
    let difference = now
        .zip(before)
        .map(|(now, before)| now.total - before.total);
    let grade = |grade: Option<&str>| Cell::text(grade.unwrap_or("—"));
    Row::new(vec![
        Cell::whole(at + 1),
        Cell::text(words::subject_of(standings, standing)),
        Cell::points_or_dash(before.map(|before| before.total)),
        Cell::points_or_dash(now.map(|now| now.total)),
        Cell::points_or_dash(difference),
        rank(before.and_then(|before| before.rank)),
        rank(standing.rank),
        before.map_or_else(Cell::dash, |before| Cell::stars(before.stars)),
        now.map_or_else(Cell::dash, |now| Cell::stars(now.stars)),
        grade(before.and_then(|before| before.grade.as_deref())),
        grade(now.and_then(|now| now.grade.as_deref())),
    ])
}

fn rank(rank: Option<Rank>) -> Cell {
    rank.map_or_else(Cell::dash, |rank| {
        let tied = if rank.tied { "（并列）" } else { "" };
        Cell::text(format!("{}{tied}", rank.number))
    })
}
