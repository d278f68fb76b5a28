//! A page per society: shown alone when it is asked for, and printed alone. Of more societies than a browser opens at
//! ease there are none; the groups' workbooks say the same of each.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::anchor;
use super::problems::{place, society};
use crate::finding::Said;
use crate::model::SocietyId;
use crate::rank::{Standing, Standings};
use crate::report::books::findings;
use crate::report::books::internal::society::{forms, lines};
use crate::report::books::ranking::list;
use crate::report::kit::table::Content;
use crate::report::kit::words::Remarks;
use crate::report::kit::{Cell, Layout, Look, Row, Table, Topic, columns, words};
use crate::report::page::table::{Gauge, Part, Shown, clean};
use crate::report::page::{Tile, has_grades, has_stars, own, tiles};

/// Societies whose pages a browser still opens at ease: some 15 kB each.
const MOST: usize = 1000;

/// Whether so many societies have pages.
pub(super) const fn has_pages(societies: usize) -> bool {
    societies <= MOST
}

/// Where what would stand on them is to be found.
pub(super) fn elsewhere(standings: &Standings<'_>) -> String {
    let object = standings.ground.scheme.object();
    format!("{object}超过{MOST}个，这里不再逐个列页：各{object}的明细见所在组的汇总表。")
}

/// All of them, in the order of the ranking, one after the other.
pub(super) fn pages<'s>(
    standings: &'s Standings<'_>,
    said: &'s [Said],
) -> impl Iterator<Item = Markup> + 's {
    let order = if has_pages(standings.societies.len()) {
        list::in_order(standings)
    } else {
        Vec::new()
    };
    let mut about: BTreeMap<SocietyId, Vec<&Said>> = BTreeMap::new();
    for finding in said {
        if let Some(society) = society(standings, finding) {
            about.entry(society).or_default().push(finding);
        }
    }
    (0..order.len()).map(move |at| {
        let before = at.checked_sub(1).and_then(|at| order.get(at)).copied();
        let after = order.get(at + 1).copied();
        let about = about.get(&order[at]).map_or(&[][..], Vec::as_slice);
        page(standings, order[at], about, [before, after])
    })
}

fn page(
    standings: &Standings<'_>,
    index: SocietyId,
    said: &[&Said],
    [before, after]: [Option<SocietyId>; 2],
) -> Markup {
    let standing = &standings.societies[index];
    let roster = &standings.ground.roster;
    let society = &roster.societies[standing.society];
    let id = anchor(index);
    let lines = lines(standings, standing);
    let lines = own(standings, lines);
    let gauge = lines.column(Topic::Score).map(|column| Gauge {
        column,
        parts: lines.rows.iter().map(|row| part(&lines, row)).collect(),
    });
    let forms = own(standings, forms(standings, standing));
    let tied = standing.rank.is_some_and(|rank| rank.tied);
    let scheme = &standings.ground.scheme;
    let class = society.class.and_then(|class| scheme.classes.get(class));
    let group = scheme.asks.groups.then(|| roster.group_of(society).label());
    let placed = class
        .map(|class| class.name.clone())
        .into_iter()
        .chain(group);
    html! {
        article .society #(id) aria-labelledby={ (id) "-h" } {
            @if let Some(mark) = &standings.mark { p .mark { (clean(mark)) } }
            p .way {
                a href="#ranking" { "返回总览" }
                @if let Some(before) = before { a href={ "#" (anchor(before)) } rel="prev" { "上一个" } }
                @if let Some(after) = after { a href={ "#" (anchor(after)) } rel="next" { "下一个" } }
            }
            h2 #{ (id) "-h" } tabindex="-1" { (clean(&words::subject_of(standings, standing))) }
            p .dated {
                @for one in placed { (one) "　" }
                (standing.state.label())
                span .whom { (words::dated(standings)) }
            }
            (tiles(&facts(standings, standing)))
            p { (clean(&words::remarks(standings, standing, tied, Remarks::All))) }
            (Shown { gauge, ..Shown::still(&format!("{id}-l"), &lines) }.html())
            (Shown::still(&format!("{id}-f"), &forms).html())
            @if !said.is_empty() { (Shown::still(&format!("{id}-p"), &problems(standings, said)).html()) }
        }
    }
}

/// What a society has in a line, as a part of its cap.
fn part(table: &Table, row: &Row) -> Option<Part> {
    let number = |topic: Topic| match row.cells.get(table.column(topic)?)?.content {
        Content::Number(number) => Some(number),
        _ => None,
    };
    let (whole, here) = (number(Topic::Cap)?, number(Topic::Score)?);
    (whole > Decimal::ZERO).then_some(Part {
        here,
        whole,
        goal: None,
    })
}

fn facts(standings: &Standings<'_>, standing: &Standing) -> Vec<Tile> {
    let scheme = &standings.ground.scheme;
    let mut tiles = Vec::new();
    let mut tile = |label: &'static str, value: String| tiles.push(Tile { value, label });
    if let Some(rank) = standing.rank {
        let within = if scheme.classes.is_empty() {
            "名次"
        } else {
            "类内名次"
        };
        tile(within, rank.number.to_string());
    }
    if let Some(rank) = standing.rank_in_group.filter(|_| scheme.asks.groups) {
        tile("组内名次", rank.number.to_string());
    }
    if let Some(rank) = standing.would_be_rank {
        tile("如受理名次", rank.to_string());
    }
    if let Some(result) = &standing.result {
        tile(
            "总分",
            result.total.with_decimals(scheme.precision).to_string(),
        );
    }
    if let Some(result) = standing.ranked() {
        if has_stars(standings) {
            tile("测算星级", format!("{}星", result.stars));
        }
        if has_grades(standings) {
            let grade = result.grade.clone().unwrap_or_else(|| "—".to_owned());
            tile("等次", grade);
        }
        let next = standing.next_star(scheme);
        if let Some(next) = next.filter(|_| has_stars(standings)) {
            let missing = next - result.total;
            tile(
                "距上一星",
                missing.with_decimals(scheme.precision).to_string(),
            );
        }
    }
    tile("应收份数", standing.progress.due.to_string());
    tile("计入份数", standing.forms_counted.to_string());
    tiles
}

fn problems(standings: &Standings<'_>, said: &[&Said]) -> Table {
    let columns = columns![
        ("级别", 6, Look::Centre),
        ("评价人", 8, Look::Left),
        ("位置", 28, Look::Left),
        ("问题", 34, Look::Left),
        ("处理建议", 30, Look::Left),
    ];
    let rows = said.iter().map(|finding| {
        Row::new(vec![
            Cell::text(finding.severity.label()).toned(findings::tone(finding.severity)),
            Cell::text(finding.reviewer.as_deref().unwrap_or_default()),
            Cell::text(place(finding)),
            Cell::text(format!("{}（{}）", finding.message, finding.code.id)),
            Cell::text(&finding.next),
        ])
    });
    Table {
        rows: rows.collect(),
        ..words::table(standings, "问题".to_owned(), columns, Layout::list(9.0, 1))
    }
}
