//! 各组星级: how many societies of each group have which star.

use std::collections::BTreeMap;

use crate::model::GroupId;
use crate::rank::Standings;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, words};

/// The table: a column for each star that anybody has, most first.
#[must_use]
pub fn table(standings: &Standings<'_>) -> Table {
    let roster = &standings.ground.roster;
    let mut counts: BTreeMap<u32, BTreeMap<GroupId, usize>> = BTreeMap::new();
    for standing in &standings.societies {
        if let Some(result) = standing.ranked() {
            let group = roster.societies[standing.society].group;
            *counts
                .entry(result.stars)
                .or_default()
                .entry(group)
                .or_default() += 1;
        }
    }
    let mut columns = vec![
        Column::new(Topic::Group, 7, Look::Centre),
        Column::new(Topic::Lead, 24, Look::Fitted),
    ];
    columns.extend(
        counts
            .keys()
            .rev()
            .map(|star| Column::new(&format!("{star}星"), 5, Look::Whole)),
    );
    let rows = roster.groups.entries().map(|(index, group)| {
        let mut cells = vec![Cell::text(group.label()), Cell::text(&group.lead)];
        cells.extend(counts.values().rev().map(|of| {
            of.get(&index)
                .map_or_else(Cell::blank, |count| Cell::whole(*count))
        }));
        Row::new(cells)
    });
    Table {
        name: "各组星级",
        unit: "单位：个",
        rows: rows.collect(),
        ..words::table(
            standings,
            "各组星级分布".to_owned(),
            columns,
            Layout::list(9.0, 2),
        )
    }
}
