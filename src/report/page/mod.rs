//! 报告: the standings for people who would rather look than read, one self-contained page for each of two audiences.
//!
//! Made of the same tables as the workbooks. What the committee's page may show is what 总排名.xlsx may: no reviewer,
//! no finding of a form, and not how near anybody is to the next star.

mod chart;
mod committee;
mod internal;
pub mod shell;
mod table;

use maud::{Markup, html};

use super::kit::table::Table;
use super::kit::{Own, words};
use crate::rank::Standings;

pub use committee::page as committee;
pub use internal::page as internal;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A section of a page: what links name it, what it is called, what it holds.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Markup,
}

/// One number that says where things stand.
struct Tile {
    value: String,
    label: &'static str,
}

/// A page of sections below its heading.
fn page(
    standings: &Standings<'_>,
    what: &str,
    whom: &str,
    sections: &[Section],
    behind: &Markup,
) -> String {
    let title = words::title(standings, what);
    let body = html! {
        a .skip href="#main" { "跳到正文" }
        header {
            @if let Some(mark) = &standings.mark { p .mark { (table::clean(mark)) } }
            h1 { (table::clean(&title)) }
            p .dated { (words::dated(standings)) span .whom { (whom) } }
        }
        nav aria-label="目录" {
            @for section in sections { a href={ "#" (section.id) } { (section.title) } }
        }
        main #main {
            @for section in sections {
                section #(section.id) aria-labelledby={ (section.id) "-h" } {
                    h2 #{ (section.id) "-h" } { (section.title) }
                    (section.body)
                }
            }
        }
        (behind)
        footer { "由星评生成。本页不联网，可以离线打开、打印、存档。" }
    };
    shell::document(&table::clean(&title), STYLE, SCRIPT, &body)
}

/// Whether there are stars to show.
fn has_stars(standings: &Standings<'_>) -> bool {
    standings.ground.scheme.has_stars()
}

/// Whether there are grades to show.
fn has_grades(standings: &Standings<'_>) -> bool {
    !standings.ground.scheme.grades.is_empty()
}

/// Whether there are groups to compare.
fn has_groups(standings: &Standings<'_>) -> bool {
    standings.ground.scheme.asks.groups && standings.ground.roster.groups.len() > 1
}

/// Whether there is anything to draw of how the outcome is spread.
fn has_spread(standings: &Standings<'_>) -> bool {
    has_stars(standings) || has_grades(standings) || standings.ground.scheme.has_dimensions()
}

/// A table with nothing in it that the scheme does not have, as the workbooks show it.
fn own(standings: &Standings<'_>, table: Table) -> Table {
    Own::of(&standings.ground.scheme).table(table)
}

fn tiles(tiles: &[Tile]) -> Markup {
    html! {
        dl .tiles {
            @for tile in tiles { div { dt { (tile.label) } dd { (tile.value) } } }
        }
    }
}

/// The numbers behind a chart, for whoever would rather read than look.
fn behind(summary: &str, table: &Markup) -> Markup {
    html! { details .numbers { summary { (summary) } (table) } }
}

#[cfg(test)]
mod tests;
