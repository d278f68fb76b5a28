//! 报告: the standings for people who would rather look than read, one self-contained page for each of two audiences.
//!
//! Made of the same tables as the workbooks. What the committee's page may show is what 总排名.xlsx may: no reviewer,
//! no finding of a form, and not how near anybody is to the next star.

mod chart;
mod committee;
mod internal;
pub mod shell;
mod table;

use std::io::{self, Write};

use maud::{Markup, html};

use super::kit::table::Table;
use super::kit::{Own, words};
use crate::rank::Standings;

pub use committee::page as committee;
pub use internal::page as internal;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A section of a page: what links name it, what it is called, what it holds, made when it is its turn.
struct Section<'s> {
    id: &'static str,
    title: &'static str,
    body: Box<dyn FnOnce() -> Markup + 's>,
}

impl<'s> Section<'s> {
    fn new(id: &'static str, title: &'static str, body: impl FnOnce() -> Markup + 's) -> Self {
        let body = Box::new(body);
        Self { id, title, body }
    }

    fn html(self) -> Markup {
        let Self { id, title, body } = self;
        html! {
            section #(id) aria-labelledby={ (id) "-h" } {
                h2 #{ (id) "-h" } { (title) }
                (body())
            }
        }
    }
}

/// One number that says where things stand.
struct Tile {
    value: String,
    label: &'static str,
}

/// Stands where parts of a page come that are made later, and in no text: what commands is taken out of these.
const LATER: char = '\0';

/// Writes a page of sections below its heading, part by part: with thousands of societies each is large, and none is held
/// longer than it takes to write it. What is `behind` the sections may be many parts itself.
fn page(
    standings: &Standings<'_>,
    what: &str,
    whom: &str,
    sections: Vec<Section<'_>>,
    behind: impl Iterator<Item = Markup>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let title = words::title(standings, what);
    let body = html! {
        a .skip href="#main" { "跳到正文" }
        header {
            @if let Some(mark) = &standings.mark { p .mark { (table::clean(mark)) } }
            h1 { (table::clean(&title)) }
            p .dated { (words::dated(standings)) span .whom { (whom) } }
        }
        nav aria-label="目录" {
            @for section in &sections { a href={ "#" (section.id) } { (section.title) } }
        }
        main #main { (LATER) }
        (LATER)
        footer { "由星评生成。本页不联网，可以离线打开、打印、存档。" }
    };
    let frame = shell::document(&table::clean(&title), STYLE, SCRIPT, &body);
    let mut frame = frame.split(LATER);
    let mut go_on = |to: &mut dyn Write| to.write_all(frame.next().unwrap_or_default().as_bytes());
    go_on(to)?;
    for section in sections {
        to.write_all(section.html().0.as_bytes())?;
    }
    go_on(to)?;
    for part in behind {
        to.write_all(part.0.as_bytes())?;
    }
    go_on(to)
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
