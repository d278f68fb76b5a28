//! 报告.html, for the committee: the ranking, the stars, the grades and the groups; what 总排名.xlsx holds, to look at.
//!
//! Must not know any reviewer, form or finding.

use std::borrow::Cow;
use std::io::{self, Write};

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::chart::{self, Bar, Range, Words};
use super::table::{Gauge, Shown, said};
use super::{Section, Tile, behind, has_grades, has_groups, has_spread, has_stars, own, tiles};
use crate::rank::{SocietyState, Standings};
use crate::report::books::ranking::{by_group, grades, list, statistics};
use crate::report::kit::table::{Content, Row, Table, Topic};
use crate::report::kit::words::Remarks;
use crate::settle::FormState;

/// Writes the page.
///
/// # Errors
/// What `to` refuses.
pub fn page(standings: &Standings<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut sections = vec![
        Section::new("now", "概况", || now(standings)),
        Section::new("ranking", "总排名", || ranking(standings)),
    ];
    if has_spread(standings) {
        sections.push(Section::new("spread", "分布", || spread(standings)));
    }
    if has_grades(standings) {
        sections.push(Section::new("grades", "等次", || {
            Shown::new("grade", &own(standings, grades::table(standings))).html()
        }));
    }
    if has_groups(standings) {
        sections.push(Section::new("groups", "各组", || groups(standings)));
    }
    super::page(
        standings,
        "报告",
        "供审议",
        sections,
        std::iter::empty(),
        to,
    )
}

fn now(standings: &Standings<'_>) -> Markup {
    let count = standings.count();
    let of = |state: SocietyState| count.get(&state).copied().unwrap_or_default();
    let counted = standings
        .forms
        .iter()
        .filter(|form| form.state == FormState::Counted);
    let all = standings.societies.len();
    let ranked = of(SocietyState::Ranked);
    html! {
        (tiles(&[
            Tile { value: all.to_string(), label: "名单上" },
            Tile { value: ranked.to_string(), label: "列入名次" },
            Tile { value: (all - ranked).to_string(), label: "未列入" },
            Tile { value: counted.count().to_string(), label: "计入的评价表" },
        ]))
        p {
            @if standings.is_final { "正式稿。" }
            @else if standings.open.is_empty() { "核对稿：没有未了事项，尚未定为正式稿。" }
            @else {
                "初稿，名次和得分可能变动。未了事项："
                (standings.open.iter().map(|open| open.what.as_str()).collect::<Vec<_>>().join("；"))
                "。"
            }
        }
    }
}

fn ranking(standings: &Standings<'_>) -> Markup {
    let table = own(standings, list::by_total(standings, Remarks::ButNearness));
    let most = standings.ground.scheme.full_bonus();
    Shown {
        gauge: Gauge::of_totals(&table, most, &[]),
        ..Shown::new("total", &table)
    }
    .html()
}

/// How stars, or grades where there are none, and dimensions are spread.
pub(super) fn spread(standings: &Standings<'_>) -> Markup {
    let stars = statistics::stars(standings);
    let dimensions = statistics::dimensions(standings);
    let of_stars: Vec<Bar> = stars
        .rows
        .iter()
        .rev()
        .map(|row| bar(&stars, row, Topic::Stars, Topic::Count, Decimal::ZERO))
        .collect();
    let of_dimensions: Vec<Bar> = dimensions
        .rows
        .iter()
        .map(|row| {
            bar(
                &dimensions,
                row,
                Topic::Dimension,
                Topic::Rate,
                Decimal::ONE,
            )
        })
        .collect();
    let grades = grades::counts(standings);
    let of_grades: Vec<Bar> = grades
        .rows
        .iter()
        .map(|row| bar(&grades, row, Topic::Grade, Topic::Count, Decimal::ZERO))
        .collect();
    html! {
        div .pair {
            @if !has_stars(standings) && has_grades(standings) { div {
                (chart::columns(
                    &Words { id: "grades-spread", title: "等次分布（个）", describes: told(&of_grades) },
                    &of_grades,
                ))
                (behind("等次分布的数据", &Shown::still("grade-counts", &grades).html()))
            } }
            @if has_stars(standings) { div {
                (chart::columns(
                    &Words { id: "stars", title: "星级分布（个）", describes: told(&of_stars) },
                    &of_stars,
                ))
                (behind("星级分布的数据", &Shown::still("star", &stars).html()))
            } }
            @if standings.ground.scheme.has_dimensions() { div {
                (chart::bars(
                    &Words { id: "dimensions", title: "一级指标平均得分率", describes: told(&of_dimensions) },
                    &of_dimensions,
                ))
                (behind("得分率的数据", &Shown::still("dimension", &dimensions).html()))
            } }
        }
    }
}

/// How far the groups lie apart, and the ranking group by group.
fn groups(standings: &Standings<'_>) -> Markup {
    let by_group = own(standings, list::by_group(standings, Remarks::ButNearness));
    let most = standings.ground.scheme.full_bonus();
    let shown = Shown {
        gauge: Gauge::of_totals(&by_group, most, &[]),
        ..Shown::new("group", &by_group)
    };
    html! {
        (of_groups(standings))
        @if has_stars(standings) {
            (Shown::still("by-group", &by_group::table(standings)).html())
        }
        (behind("分组排名", &shown.html()))
    }
}

/// The ranges of the groups, drawn and as numbers.
pub(super) fn of_groups(standings: &Standings<'_>) -> Markup {
    let table = statistics::groups(standings);
    let most = standings.ground.scheme.full_bonus().decimal();
    let ranges: Vec<Range> = table
        .rows
        .iter()
        .filter_map(|row| range(&table, row))
        .collect();
    let told: Vec<String> = ranges
        .iter()
        .map(|range| format!("{}：{}", range.label, range.value))
        .collect();
    html! {
        (chart::ranges(
            &Words {
                id: "ranges",
                title: &format!("各组总分（横轴0至{most}分）：最低、平均（菱形）、最高"),
                describes: told.join("；"),
            },
            &ranges,
            most,
        ))
        (behind("各组总分的数据", &Shown::new("apart", &table).html()))
        p .note { "各组评分宽严的差异只作展示，不据以调整任何得分。" }
    }
}

/// A cell of a row as it reads; nothing where the table has no such column.
fn read(table: &Table, row: &Row, topic: Topic) -> String {
    let cell = table.column(topic).and_then(|at| {
        let (column, cell) = (table.columns.get(at)?, row.cells.get(at)?);
        Some(said(column.look, &cell.content))
    });
    cell.map(Cow::into_owned).unwrap_or_default()
}

/// The number in a cell of a row.
fn number(table: &Table, row: &Row, topic: Topic) -> Option<Decimal> {
    match row.cells.get(table.column(topic)?)?.content {
        Content::Number(number) => Some(number),
        _ => None,
    }
}

/// A row as a bar of a whole: the column that names it, and that of how long it is.
fn bar(table: &Table, row: &Row, name: Topic, long: Topic, whole: Decimal) -> Bar {
    Bar {
        label: read(table, row, name),
        value: read(table, row, long),
        part: number(table, row, long).unwrap_or_default(),
        whole,
    }
}

/// A group's row as a range; none for a group without a score.
fn range(table: &Table, row: &Row) -> Option<Range> {
    let said = |topic: Topic| read(table, row, topic);
    let number = |topic: Topic| number(table, row, topic);
    Some(Range {
        label: format!("{} {}", said(Topic::Group), said(Topic::Lead)),
        value: [Topic::Lowest, Topic::Mean, Topic::Highest]
            .map(said)
            .join(" – "),
        low: number(Topic::Lowest)?,
        mean: number(Topic::Mean)?,
        high: number(Topic::Highest)?,
    })
}

/// Bars in words.
pub(super) fn told(bars: &[Bar]) -> String {
    let told: Vec<String> = bars
        .iter()
        .map(|bar| format!("{}：{}", bar.label, bar.value))
        .collect();
    told.join("；")
}
