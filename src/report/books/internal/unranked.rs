//! 不予受理与待更正: who has no rank or only a provisional one, why, and which rank a society that is not accepted
//! would have.

use crate::rank::{SocietyState, Standing, Standings};
use crate::report::books::due::Due;
use crate::report::books::score;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, columns, words};
use crate::scheme::Scheme;

/// What it is called: where all are accepted, nobody is refused.
#[must_use]
pub const fn name(scheme: &Scheme) -> &'static str {
    if scheme.asks.eligibility {
        "不予受理与待更正"
    } else {
        "未列名次与待更正"
    }
}

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, title: String) -> Table {
    let mut concerned: Vec<&Standing> = standings
        .societies
        .iter()
        .filter(|standing| standing.is_provisional() || standing.state != SocietyState::Ranked)
        .collect();
    let due = Due::of(&concerned);
    let mut columns = columns![
        (Topic::Group, 7, Look::Centre),
        (Topic::Object, 26, Look::Left),
        ("状态", 12, Look::Centre),
        ("原因", 36, Look::Left),
    ];
    columns.extend(due.columns());
    columns.extend(columns![
        ("总分", 9, Look::Points(standings.ground.scheme.precision)),
        (Topic::ComputedStars, 6, Look::Star),
        (Topic::Grade, 6, Look::Centre),
    ]);
    let scheme = &standings.ground.scheme;
    let refuses = scheme.asks.eligibility;
    if refuses {
        columns.push(Column::new("如受理名次", 7, Look::Whole));
    }
    // Those not accepted first, then held, missing, and at the end the ranked that may still change.
    concerned.sort_by_key(|standing| (standing.state == SocietyState::Ranked, standing.state));
    let rows = concerned
        .into_iter()
        .map(|standing| row(standings, standing, &due, refuses));
    let supposed = refuses.then(|| {
        format!(
            "注：“如受理名次”是假定该{}单独列入名次时的位次，仅供内部掌握，不对外提供。",
            scheme.object()
        )
    });
    Table {
        name: name(scheme),
        unit: "单位：分",
        rows: rows.collect(),
        empty: if refuses {
            "没有不予受理、待更正或未交的。"
        } else {
            "没有未列名次、待更正或未交的。"
        },
        notes: supposed.into_iter().chain(due.note()).collect(),
        ..words::table(standings, title, columns, Layout::list(10.5, 2))
    }
}

fn row(standings: &Standings<'_>, standing: &Standing, due: &Due, refuses: bool) -> Row {
    let roster = &standings.ground.roster;
    let society = &roster.societies[standing.society];
    let state = if standing.state == SocietyState::Ranked {
        "列入（暂计）"
    } else {
        standing.label()
    };
    let reason = if standing.state == SocietyState::Ranked {
        words::provisional(standing)
    } else {
        words::reason(standings, standing)
    };
    let result = standing.result.as_ref();
    let ranked = standing.ranked();
    let mut cells = vec![
        Cell::text(roster.group_of(society).label()),
        Cell::text(&society.name),
        Cell::text(state),
        Cell::text(reason),
    ];
    cells.extend(due.cells(standing));
    cells.extend([
        Cell::points_or_dash(result.map(|result| result.total)),
        ranked.map_or_else(Cell::dash, |result| Cell::stars(result.stars)),
        ranked.map_or_else(Cell::dash, score::grade),
    ]);
    if refuses {
        cells.push(standing.would_be_rank.map_or_else(Cell::dash, Cell::whole));
    }
    Row::new(cells)
}
