//! 缺报与进度: per group how far it has got, and below it who still owes a form.

use crate::rank::{Nobody, Owing, Progress, Standings};
use crate::report::books::due;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, columns, words};

fn before() -> Vec<Column> {
    columns![
        (Topic::Group, 7, Look::Centre),
        (Topic::Lead, 24, Look::Left),
        ("类别", 8, Look::Centre),
        (Topic::Object, 26, Look::Left),
        ("评价人", 10, Look::Left),
        ("评价人单位", 26, Look::Left),
    ]
}
/// Behind what is due and what became of it.
fn behind() -> Vec<Column> {
    columns![("按期", 6, Look::Whole), ("已更新", 6, Look::Whole)]
}

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, title: String) -> Table {
    let roster = &standings.ground.roster;
    let all = due::All::of(standings);
    let kind = if standings.ground.scheme.asks.groups {
        "本组进度"
    } else {
        "进度"
    };
    let mut rows = Vec::new();
    for ((index, group), progress) in roster.groups.entries().zip(&standings.progress) {
        let mut cells = vec![
            Cell::text(group.label()),
            Cell::text(&group.lead),
            Cell::text(kind),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
        ];
        cells.extend(counts(&all, progress));
        rows.push(Row::new(cells).sum().heavy(!rows.is_empty()));
        let owing = standings
            .owing
            .iter()
            .filter(|owing| roster.societies[owing.society].group == index);
        rows.extend(owing.map(|one| owes(standings, one)));
        let nobody = standings
            .nobody
            .iter()
            .filter(|nobody| roster.societies[nobody.society].group == index);
        rows.extend(nobody.map(|one| is_nobodys(standings, one)));
    }
    let mut cells = vec![
        Cell::text("合计"),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
    ];
    cells.extend(counts(&all, &Progress::sum(&standings.progress)));
    rows.push(Row::new(cells).sum().heavy(true));
    let mut notes = vec![format!(
        "{}。缺报共{}份，无人可评的{}{}个（{}）；“按期”指交来的评价日期在{}阶段之内，“已更新”指已被更正件取代的旧件。名单外的人交来的、旧件和重复件不在应收之内；全部收到的评价表共{}份：{}。",
        all.note(),
        standings.owing.len(),
        standings.ground.scheme.object(),
        standings.nobody.len(),
        all.nobody(),
        standings.ground.scheme.stage_name(),
        words::filled(standings),
        words::form_states(standings)
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
    Table {
        name: "缺报与进度",
        unit: "单位：份",
        rows,
        notes,
        ..words::table(standings, title, columns(&all), Layout::paper(10.5, 1))
    }
}

fn columns(all: &due::All) -> Vec<Column> {
    let mut columns = before();
    columns.extend(all.columns(6));
    columns.extend(behind());
    columns
}

fn counts(all: &due::All, progress: &Progress) -> Vec<Cell> {
    let behind = [progress.in_time, progress.corrected];
    let counts = all.counts(progress).into_iter();
    counts.chain(behind).map(Cell::whole).collect()
}

fn owes(standings: &Standings<'_>, owing: &Owing) -> Row {
    let roster = &standings.ground.roster;
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

/// A society that somebody has to be found for.
fn is_nobodys(standings: &Standings<'_>, nobody: &Nobody) -> Row {
    let roster = &standings.ground.roster;
    let society = &roster.societies[nobody.society];
    let group = roster.group_of(society);
    let why = if nobody.only_recused {
        "（评价人都应当回避）"
    } else {
        "（没有人应评）"
    };
    Row::new(vec![
        Cell::text(group.label()),
        Cell::text(&group.lead),
        Cell::text("无人可评"),
        Cell::text(format!("{}{why}", society.name)),
        Cell::dash(),
        Cell::dash(),
    ])
}
