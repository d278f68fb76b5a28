//! 指标热图: what every society has in every line, as a part of what it could have. The number says it, the shade
//! only repeats it.

use maud::{Markup, html};
use rust_decimal::{Decimal, RoundingStrategy};

use super::link;
use crate::model::SocietyId;
use crate::rank::Standings;
use crate::report::books::group::lines;
use crate::report::kit::table::{Cell, Column, Content, Layout, Look, Row, Table};
use crate::report::kit::words;
use crate::report::page::table::{Shown, clean};

/// Columns before the lines: group and society.
const BEFORE: usize = 2;
/// Of the groups' tables: where the caps and the first society stand.
const CAPS: [usize; 2] = [3, 4];
const FIRST: usize = 6;

/// The section.
pub(super) fn section(standings: &Standings<'_>) -> Markup {
    let (table, societies) = heat(standings);
    let shade = |row: usize, column: usize| {
        let cell = table.rows.get(row)?.cells.get(column)?;
        match (column.checked_sub(BEFORE), &cell.content) {
            (Some(_), Content::Number(share)) => Some(shade(*share)),
            _ => None,
        }
    };
    let shown = Shown {
        links: societies
            .into_iter()
            .map(|society| link(standings, society))
            .collect(),
        shade: Some(&shade),
        ..Shown::new("map", &table)
    };
    let scheme = &standings.ground.scheme;
    html! {
        p .note {
            "各格是得分占加分上限的百分比，满分为100。只有减分的行，没有减的空着，减了的写占减分上限的百分比，为负。"
        }
        p .legend aria-hidden="true" {
            @for (class, text) in SHADES { span class=(class) { (text) } }
        }
        (shown.html())
        details {
            summary { "编号是哪一项" }
            ul .codes { @for line in &scheme.lines { li { (clean(&line.code)) " " (clean(&scheme.indicator(line).title)) } } }
        }
    }
}

const SHADES: [(&str, &str); 7] = [
    ("h0", "负"),
    ("h1", "0"),
    ("h2", "不足40"),
    ("h3", "不足60"),
    ("h4", "不足80"),
    ("h5", "不足100"),
    ("h6", "满分"),
];

fn shade(share: Decimal) -> &'static str {
    let bounds = [0, 1, 40, 60, 80, 100];
    let reached = match share {
        share if share < Decimal::ZERO => 0,
        share if share.is_zero() => 1,
        share => {
            bounds[2..]
                .iter()
                .filter(|bound| share >= Decimal::from(**bound))
                .count()
                + 2
        }
    };
    SHADES[reached].0
}

/// Society by society, group after group, with whom the rows are about; from the groups' own tables.
fn heat(standings: &Standings<'_>) -> (Table, Vec<SocietyId>) {
    let scheme = &standings.ground.scheme;
    let roster = &standings.ground.roster;
    let mut columns = vec![
        Column::new("分组", 7, Look::Centre).choosable(),
        Column::new(scheme.object(), 26, Look::Fitted),
    ];
    columns.extend(
        scheme
            .lines
            .iter()
            .map(|line| Column::new(&line.code, 5, Look::Plain)),
    );
    let mut rows = Vec::new();
    let mut societies = Vec::new();
    for (group, one) in roster.groups.entries() {
        let of = lines::table(standings, group, String::new());
        for (at, standing) in standings.of_group(group).enumerate() {
            let mut cells = vec![
                Cell::text(one.label()),
                Cell::text(&roster.societies[standing.society].name),
            ];
            cells.extend(of.rows.iter().map(|row| share(row, FIRST + at)));
            rows.push(Row::new(cells).heavy(at == 0 && !rows.is_empty()));
            societies.push(standing.society);
        }
    }
    let table = Table {
        rows,
        ..words::table(
            standings,
            format!("各{}各评分行得分率", scheme.object()),
            columns,
            Layout::list(9.0, 2),
        )
    };
    (table, societies)
}

/// A society's points in a line as hundredths of what it could have, or lose.
fn share(row: &Row, society: usize) -> Cell {
    let number = |column: usize| match row.cells.get(column)?.content {
        Content::Number(number) => Some(number),
        _ => None,
    };
    let Some(points) = number(society) else {
        return Cell::dash();
    };
    let [bonus, deduction] = CAPS.map(|column| number(column).unwrap_or_default());
    let cap = if bonus.is_zero() { deduction } else { bonus };
    // Where nothing can be had, having lost nothing is no score.
    if cap.is_zero() || (bonus.is_zero() && points.is_zero()) {
        return Cell::blank();
    }
    let share = points / cap * Decimal::ONE_HUNDRED;
    Cell::number(share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::shade;

    #[test]
    fn only_what_is_full_looks_full() {
        let shades: Vec<&str> = ["-10", "0", "0.1", "39.9", "40", "99.9", "100"]
            .map(|text| shade(text.parse::<Decimal>().expect("a number")))
            .into();
        assert_eq!(shades, ["h0", "h1", "h2", "h2", "h3", "h5", "h6"]);
    }
}
