//! 0-报告（内部）.html, for the secretariat: where the round stands and what to do next, down to a page per society.
//!
//! Shows and never computes what decides; what it asks about people it asks by the rules it prints.

mod heat;
mod people;
mod problems;
mod society;

use std::collections::BTreeSet;
use std::io::{self, Write};

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::chart::{self, Bar, Words};
use super::committee;
use super::table::{Gauge, Shown, clean};
use super::{Section, Tile, behind, has_groups, has_spread, has_stars, own, tiles};
use crate::finding::{Reader, Severity};
use crate::model::{Points, SocietyId};
use crate::rank::{SocietyState, Standing, Standings};
use crate::report::books::findings;
use crate::report::books::internal::{next, since, unranked};
use crate::report::books::ranking::{by_group, list};
use crate::report::kit::table::{Cell, Column, Look, Topic};
use crate::report::kit::words::{self, Remarks};
use crate::report::known::Known;
use crate::settle::FormState;

/// Writes the page.
///
/// # Errors
/// What `to` refuses.
pub fn page(known: &Known<'_>, to: &mut dyn Write) -> io::Result<()> {
    let standings = known.standings();
    let reader = Reader::clerk(standings.ground);
    let said = standings
        .findings
        .iter()
        .map(|finding| finding.said(&reader));
    let said = &findings::in_order(said);
    let mut sections = vec![
        Section::new("now", "进度", || now(standings)),
        Section::new("problems", "问题", || problems::section(standings, said)),
        Section::new("ranking", "名次", || ranking(standings)),
    ];
    if has_spread(standings) || has_groups(standings) {
        sections.push(Section::new("spread", "分布", || spread(standings)));
    }
    sections.extend([
        Section::new("heat", "指标", || heat::section(standings)),
        Section::new("people", "评价人", || people::section(known)),
    ]);
    super::page(
        standings,
        "报告（内部）",
        "仅供秘书处，不外传",
        sections,
        society::pages(standings, said),
        to,
    )
}

/// What names a society's part of the page (an index into the standings' societies), as far as it has one.
fn link(standings: &Standings<'_>, society: SocietyId) -> Option<String> {
    society::has_pages(standings.societies.len()).then(|| anchor(society))
}

fn anchor(society: SocietyId) -> String {
    format!("s{}", society.place() + 1)
}

/// How stars or grades, dimensions and groups are spread.
fn spread(standings: &Standings<'_>) -> Markup {
    html! {
        @if has_spread(standings) { (committee::spread(standings)) }
        @if has_groups(standings) {
            h3 { "各组" }
            (committee::of_groups(standings))
            @if has_stars(standings) {
                (Shown::still("by-group", &by_group::table(standings)).html())
            }
        }
    }
}

fn now(standings: &Standings<'_>) -> Markup {
    let forms = |which: &dyn Fn(FormState) -> bool| {
        let forms = standings.forms.iter();
        forms.filter(|form| which(form.state)).count().to_string()
    };
    let doubtful = standings
        .forms
        .iter()
        .filter(|form| form.state == FormState::Counted && !form.doubts.is_empty());
    let found = |severity: Severity| {
        let findings = standings.findings.iter();
        let findings = findings.filter(|finding| finding.severity == severity);
        findings.count().to_string()
    };
    let table = own(standings, next::table(standings));
    let bars: Vec<Bar> = standings
        .ground
        .roster
        .groups
        .ids()
        .map(|group| {
            let stand = next::Stand::of(standings, group);
            let one = &standings.ground.roster.groups[group];
            Bar {
                label: format!("{} {}", one.label(), one.lead)
                    .trim_end()
                    .to_owned(),
                value: format!("计入{}／应收{}", stand.progress.counted, stand.progress.due),
                part: Decimal::from(stand.progress.counted),
                whole: Decimal::from(stand.progress.due),
            }
        })
        .collect();
    html! {
        (tiles(&[
            Tile { value: standings.files.len().to_string(), label: "收到文件" },
            Tile { value: forms(&|state| state != FormState::Blank), label: "评价表（份）" },
            Tile { value: forms(&|state| state == FormState::Counted), label: "计入的评价表" },
            Tile { value: forms(&|state| state == FormState::Held), label: "须更正的评价表" },
            Tile { value: doubtful.count().to_string(), label: "计入而暂计的评价表" },
            Tile { value: standings.owing.len().to_string(), label: "未交的评价表" },
            Tile { value: found(Severity::Error), label: "须更正的问题（处）" },
            Tile { value: found(Severity::Warning), label: "请核实的问题（处）" },
        ]))
        @if standings.is_final { p { "正式稿。" } }
        @else if standings.open.is_empty() { p { "核对稿：没有未了事项，可以出正式稿。" } }
        @else {
            p { "出正式稿之前尚待办理：" }
            ul {
                @for open in &standings.open {
                    li { details { summary { (clean(&open.what)) } p { (clean(&open.which.join("、"))) } } }
                }
            }
        }
        (Shown::new("next", &table).html())
        @if let Some(since) = standings.since.get() {
            @let title = words::title(standings, "与上次相比");
            (Shown::new("since", &own(standings, since::table(standings, since, title))).html())
        }
        (behind("进度图", &chart::bars(
            &Words {
                id: "progress",
                title: if has_groups(standings) { "各组计入的评价表占应收的比例" } else { "计入的评价表占应收的比例" },
                describes: committee::told(&bars),
            },
            &bars,
        )))
    }
}

/// The ranking, with what is missing to the next star, and those who are not in it.
fn ranking(standings: &Standings<'_>) -> Markup {
    let scheme = &standings.ground.scheme;
    let mut table = list::by_total(standings, Remarks::All);
    let order = list::in_order(standings);
    let goals: Vec<Option<Points>> = order
        .iter()
        .map(|society| {
            let standing = &standings.societies[*society];
            has_stars(standings).then(|| standing.next_star(scheme))?
        })
        .collect();
    if has_stars(standings) {
        let at = table.column(Topic::Remarks).unwrap_or(table.columns.len());
        let column = Column::new("距上一星", 8, Look::Points(scheme.precision));
        table.columns.insert(at, column);
        for (row, (society, goal)) in table.rows.iter_mut().zip(order.iter().zip(&goals)) {
            let result = standings.societies[*society].ranked();
            let missing = result.zip(*goal).map(|(result, goal)| goal - result.total);
            row.cells.insert(at, Cell::points_or_dash(missing));
        }
    }
    let table = own(standings, table);
    let shown = Shown {
        links: order
            .iter()
            .map(|society| link(standings, *society))
            .collect(),
        gauge: Gauge::of_totals(&table, scheme.full_bonus(), &goals),
        ..Shown::new("total", &table)
    };
    let others: BTreeSet<SocietyState> = standings.societies.iter().map(|one| one.state).collect();
    let has_others = others.iter().any(|state| *state != SocietyState::Ranked)
        || standings.societies.iter().any(Standing::is_provisional);
    html! {
        (shown.html())
        p .note {
            @if has_stars(standings) { "总分条上的短竖线是上一星的分数线。" }
            @if society::has_pages(standings.societies.len()) { "点名称看它的一页。" }
            @else { (society::elsewhere(standings)) }
        }
        @if has_others {
            @let name = unranked::name(&standings.ground.scheme);
            h3 { (name) }
            @let table = unranked::table(standings, words::title(standings, name));
            (Shown::new("unranked", &own(standings, table)).html())
        }
    }
}
