//! 汇总: the group's societies in the order of their rank, to be signed and sealed.

use crate::model::{GroupId, SocietyId};
use crate::rank::{SocietyState, Standing, Standings};
use crate::report::books::due::{self, Due};
use crate::report::books::score;
use crate::report::kit::table::Signatures;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, policies, words};

/// So many societies surely stand on one page, with what is noted below them.
const ON_ONE_PAGE: usize = 8;

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, group: GroupId, title: String) -> Table {
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let own: Vec<&Standing> = standings.of_group(group).collect();
    let due = Due::of(&own);
    let mut columns = vec![
        Column::new(Topic::RankInGroup, 5, Look::Whole),
        Column::new(&words::subject_head(scheme), 28, Look::Fitted),
    ];
    columns.extend(due.columns());
    columns.extend(score::columns(standings));
    columns.push(Column::new("状态", 12, Look::Centre));
    // What is wider would take its room from the names.
    columns.push(Column::new("备注", 18, Look::Left));
    let ranked = standings.order_in_group[group].iter().copied();
    let mut others: Vec<SocietyId> = standings
        .of_group(group)
        .filter(|standing| standing.state != SocietyState::Ranked)
        .map(|standing| standing.society)
        .collect();
    others.sort_by_key(|society| standings.societies[*society].state);
    let first_other = standings.order_in_group[group].len();
    let rows = ranked.chain(others).enumerate().map(|(at, society)| {
        let standing = &standings.societies[society];
        row(standings, standing, &due).heavy(at > 0 && at == first_other)
    });
    let shown = standings.of_group(group);
    // Behind a table of one page it is said on that page already.
    let ahead = score::rounding_ahead(standings, standings.of_group(group));
    let lead: Vec<String> = ahead
        .filter(|_| own.len() > ON_ONE_PAGE)
        .into_iter()
        .collect();
    let layout = Layout {
        repeats_lead: !lead.is_empty(),
        ..Layout::paper(10.5, 2)
    };
    Table {
        name: "汇总",
        unit: "单位：分",
        lead,
        rows: rows.collect(),
        notes: score::legend(scheme)
            .into_iter()
            .chain(due.note())
            .chain(score::rounding(standings, shown))
            .chain(policies::preliminary(scheme))
            .collect(),
        signatures: Some(Signatures {
            people: if scheme.asks.groups {
                &["制表人", "评价人（签字）", "组长（签字）"]
            } else {
                &["制表人", "审核人", "负责人（签字）"]
            },
            unit: ground.roster.groups[group].lead.clone(),
        }),
        ..words::table(standings, title, columns, layout)
    }
    .without_empty(&["推荐星级", "备注"])
}

fn row(standings: &Standings<'_>, standing: &Standing, figures: &Due) -> Row {
    let rank = standing.rank_in_group;
    let mut cells = vec![
        rank.map_or_else(Cell::dash, |rank| Cell::whole(rank.number)),
        Cell::text(words::subject_of(standings, standing)),
    ];
    cells.extend(figures.cells(standing));
    // The total is reckoned from the parts, by where they stand.
    let first_part = 2 + figures.count();
    cells.extend(score::cells(&standings.ground.scheme, standing, first_part));
    let state = if standing.is_provisional() {
        "列入（暂计）"
    } else {
        standing.label()
    };
    cells.push(Cell::text(state));
    let tied = rank.is_some_and(|rank| rank.tied);
    let mut said = vec![words::remarks(
        standings,
        standing,
        tied,
        words::Remarks::All,
    )];
    said.extend(due::beyond(standing));
    said.retain(|text| !text.is_empty());
    cells.push(Cell::text(said.join("；")));
    Row::new(cells)
}
