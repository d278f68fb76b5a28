//! 不予受理与待更正: who has no rank or only a provisional one, why, and which rank a society that is not accepted
//! would have.

use crate::rank::{SocietyState, Standing, Standings};
use crate::report::books::score;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, words};

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, title: String) -> Table {
    let columns = Column::all([
        ("分组", 7, Look::Centre),
        ("学会", 26, Look::Left),
        ("状态", 12, Look::Centre),
        ("原因", 36, Look::Left),
        ("应收", 6, Look::Whole),
        ("计入", 6, Look::Whole),
        ("待更正", 7, Look::Whole),
        ("总分", 9, Look::Points(standings.ground.scheme.precision)),
        ("测算星级", 6, Look::Star),
        ("等次", 6, Look::Centre),
        ("如受理名次", 7, Look::Whole),
    ]);
    let mut concerned: Vec<&Standing> = standings
        .societies
        .iter()
        .filter(|standing| standing.is_provisional() || standing.state != SocietyState::Ranked)
        .collect();
    // Those not accepted first, then held, missing, and at the end the ranked that may still change.
    concerned.sort_by_key(|standing| (standing.state == SocietyState::Ranked, standing.state));
    let rows = concerned
        .into_iter()
        .map(|standing| row(standings, standing));
    Table {
        name: "不予受理与待更正",
        unit: "单位：分",
        rows: rows.collect(),
        empty: "没有不予受理、待更正或未交的。",
        notes: vec![format!(
            "注：“如受理名次”是假定该{}单独列入名次时的位次，仅供内部掌握，不对外提供。",
            standings.ground.scheme.object()
        )],
        ..words::table(standings, title, columns, Layout::list(10.5, 2))
    }
}

fn row(standings: &Standings<'_>, standing: &Standing) -> Row {
    let roster = &standings.ground.roster;
    let society = &roster.societies[standing.society];
    let state = if standing.state == SocietyState::Ranked {
        "列入（暂计）"
    } else {
        standing.label()
    };
    let held = standing.held;
    let reason = if standing.state == SocietyState::Ranked {
        words::provisional(standing)
    } else {
        words::reason(standings, standing)
    };
    let result = standing.result.as_ref();
    let ranked = standing.ranked();
    Row::new(vec![
        Cell::text(roster.group_of(society).label()),
        Cell::text(&society.name),
        Cell::text(state),
        Cell::text(reason),
        Cell::whole(standing.forms_due),
        Cell::whole(standing.forms_counted),
        Cell::whole(held),
        Cell::points_or_dash(result.map(|result| result.total)),
        ranked.map_or_else(Cell::dash, |result| Cell::stars(result.stars)),
        ranked.map_or_else(Cell::dash, score::grade),
        standing.would_be_rank.map_or_else(Cell::dash, Cell::whole),
    ])
}
