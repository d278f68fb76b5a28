//! 问题: every finding with its place and remedy, to be found by level, cause, group, society and person.

use maud::{Markup, html};

use super::link;
use crate::finding::Said;
use crate::model::SocietyId;
use crate::rank::Standings;
use crate::report::INTERNAL;
use crate::report::books::findings;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, file_text, words};
use crate::report::page::own;
use crate::report::page::table::Shown;

/// Findings that a browser still shows at ease, some 500 bytes each; nobody reads more of them one by one.
const MOST: usize = 3000;

/// The section: the findings in the order given, the heavy ones first, as many as can be looked at.
pub(super) fn section(standings: &Standings<'_>, said: &[Said]) -> Markup {
    let shown = &said[..said.len().min(MOST)];
    let table = own(standings, table(standings, shown));
    let list = Shown {
        links: shown
            .iter()
            .map(|finding| link(standings, society(standings, finding)?))
            .collect(),
        ..Shown::new("finding", &table)
    };
    html! {
        @if let Some(told) = beyond(said.len()) { p { (told) } }
        (list.html())
    }
}

/// Where those are that are not listed here; nothing where all are.
fn beyond(count: usize) -> Option<String> {
    let others = count.checked_sub(MOST).filter(|others| *others > 0)?;
    Some(format!(
        "问题共{count}处，这里只列前{MOST}处，可查找、筛选的也只是这些；其余{others}处较轻，与前面的一起列在“{INTERNAL}”的“填报核对清单”里。"
    ))
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

#[cfg(test)]
mod tests {
    use super::{MOST, beyond, section};
    use crate::finding::Reader;
    use crate::report::kit::sample;

    #[test]
    fn more_than_a_browser_shows_at_ease_are_told_of_and_not_drawn() {
        assert_eq!(beyond(0), None);
        assert_eq!(beyond(MOST), None);
        assert!(beyond(MOST + 1).is_some_and(|told| told.contains("其余1处")));
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        let reader = Reader::clerk(&ground);
        let one = standings.findings.first().expect("a finding");
        let rows = |count: usize| {
            let said: Vec<_> = (0..count).map(|_| one.said(&reader)).collect();
            let page = section(&standings, &said).into_string();
            // Without that of the heads.
            page.matches("<tr").count() - 1
        };
        assert_eq!(rows(MOST), MOST);
        assert_eq!(rows(MOST + 5), MOST);
    }
}
