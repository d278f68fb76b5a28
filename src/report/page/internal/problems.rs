//! 问题: every finding with its place and remedy, to be found by level, cause, group, society and person.

use maud::Markup;

use super::link;
use crate::finding::Said;
use crate::model::SocietyId;
use crate::rank::Standings;
use crate::report::books::findings;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, file_text, words};
use crate::report::page::own;
use crate::report::page::table::Shown;

/// The section: the findings in the order given.
pub(super) fn section(standings: &Standings<'_>, said: &[Said]) -> Markup {
    let table = own(standings, table(standings, said));
    Shown {
        links: said
            .iter()
            .map(|finding| link(standings, society(standings, finding)?))
            .collect(),
        ..Shown::new("finding", &table)
    }
    .html()
}

/// The society (an index into the standings') that a finding is about.
pub(super) fn society(standings: &Standings<'_>, finding: &Said) -> Option<SocietyId> {
    let name = finding.society.as_deref()?;
    standings.ground.roster.society_named(name)
}

fn table(standings: &Standings<'_>, said: &[Said]) -> Table {
    let columns = vec![
        Column::new("级别", 6, Look::Centre).choosable(),
        Column::new("原因", 24, Look::Left).choosable(),
        Column::new(Topic::Group, 7, Look::Centre).choosable(),
        Column::new(standings.ground.scheme.object(), 26, Look::Fitted).choosable(),
        Column::new("评价人", 8, Look::Left).choosable(),
        Column::new("位置", 30, Look::Left),
        Column::new("问题", 30, Look::Left),
        Column::new("填报与允许", 20, Look::Left),
        Column::new("处理建议", 30, Look::Left),
    ];
    Table {
        unit: "",
        rows: said.iter().map(|finding| row(standings, finding)).collect(),
        empty: "没有需要核对的问题。",
        ..words::table(
            standings,
            "填报核对清单".to_owned(),
            columns,
            Layout::list(9.0, 2),
        )
    }
}

fn row(standings: &Standings<'_>, finding: &Said) -> Row {
    let roster = &standings.ground.roster;
    let group = society(standings, finding).map(|society| {
        let society = &roster.societies[standings.societies[society].society];
        Cell::text(roster.group_of(society).label()).ordered(society.group.place())
    });
    let values: Vec<String> = [("填报", &finding.found), ("允许", &finding.allowed)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| format!("{what}：{value}"))
        .collect();
    Row::new(vec![
        Cell::text(finding.severity.label())
            .toned(findings::tone(finding.severity))
            .ordered(finding.severity as usize),
        Cell::text(format!("{} {}", finding.code.id, finding.states)),
        group.unwrap_or_else(Cell::dash),
        finding.society.as_ref().map_or_else(Cell::dash, Cell::text),
        Cell::text(finding.reviewer.as_deref().unwrap_or_default()),
        Cell::text(place(finding)),
        Cell::text(&finding.message),
        Cell::text(values.join("\n")),
        Cell::text(&finding.next),
    ])
}

/// File, sheet and cell: `第1组/中国地质学会.xlsx › 评价表!H12`.
pub(super) fn place(finding: &Said) -> String {
    let place = &finding.place;
    let mut said = file_text(&place.file, &place.within);
    if !place.sheet.is_empty() {
        said.push_str(" › ");
        said.push_str(&place.sheet);
    }
    if let Some(cell) = place.cell {
        said.push_str(if place.sheet.is_empty() { " › " } else { "!" });
        said.push_str(&cell.to_string());
    }
    said
}
