//! 指标热图: what every society has in every line, as a part of what it could have. The number says it, the shade
//! only repeats it.

use maud::{Markup, html};
use rust_decimal::{Decimal, RoundingStrategy};

use super::link;
use crate::model::{LineId, SocietyId};
use crate::rank::Standings;
use crate::report::kit::table::{Cell, Column, Content, Layout, Look, Row, Table, Topic};
use crate::report::kit::words;
use crate::report::page::own;
use crate::report::page::table::{Shown, clean};
use crate::scheme::{Line, Scheme};
use crate::score::Rating;

/// The section.
pub(super) fn section(standings: &Standings<'_>) -> Markup {
    let scheme = &standings.ground.scheme;
    html! {
        p .note {
            @if scheme.has_deductions() {
                "各格是得分占加分上限的百分比，满分为100。只有减分的行，没有减的空着，减了的写占减分上限的百分比，为负。"
            } @else {
                "各格是得分占满分的百分比，满分为100。"
            }
        }
        p .legend aria-hidden="true" {
            @for (class, text) in shades(scheme) { span class=(class) { (text) } }
        }
        @for class in scheme.all_classes() { (map(standings, class)) }
    }
}

/// The map of one class of objects (an index), or of all.
fn map(standings: &Standings<'_>, class: Option<usize>) -> Markup {
    let (table, societies) = heat(standings, class);
    let scheme = &standings.ground.scheme;
    let table = own(standings, table);
    let id = class.map_or_else(|| "map".to_owned(), |class| format!("map-{}", class + 1));
    let shade = |row: usize, column: usize| {
        let cell = table.rows.get(row)?.cells.get(column)?;
        match cell.content {
            Content::Number(share) => Some(shade(share)),
            _ => None,
        }
    };
    let shown = Shown {
        links: societies
            .into_iter()
            .map(|society| link(standings, society))
            .collect(),
        shade: Some(&shade),
        ..Shown::new(&id, &table)
    };
    html! {
        (shown.html())
        details {
            summary { "编号是哪一项" }
            ul .codes { @for (_, line) in scheme.lines_of_class(class) { li { (clean(&line.code)) " " (clean(&scheme.name(line))) } } }
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

/// The shades that can be met: nothing is below zero where nothing is deducted.
fn shades(scheme: &Scheme) -> &'static [(&'static str, &'static str)] {
    if scheme.has_deductions() {
        &SHADES
    } else {
        &SHADES[1..]
    }
}

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

/// Whom a map is about: those of a class, or all.
fn of_whom(scheme: &Scheme, class: Option<usize>) -> String {
    let class = class.and_then(|class| scheme.classes.get(class));
    let class = class.map_or("", |class| class.name.as_str());
    format!("{class}{}", scheme.object())
}

/// Society by society, group after group, with whom the rows are about.
fn heat(standings: &Standings<'_>, class: Option<usize>) -> (Table, Vec<SocietyId>) {
    let scheme = &standings.ground.scheme;
    let roster = &standings.ground.roster;
    let mut columns = vec![
        Column::new(Topic::Group, 7, Look::Centre).choosable(),
        Column::new(scheme.object(), 26, Look::Fitted),
    ];
    columns.extend(
        scheme
            .lines_of_class(class)
            .map(|(_, line)| Column::new(&line.code, 5, Look::Plain)),
    );
    let mut rows = Vec::new();
    let mut societies = Vec::new();
    for (group, one) in roster.groups.entries() {
        let own = standings.of_group(group);
        let own = own.filter(|one| roster.societies[one.society].class == class);
        for (at, standing) in own.enumerate() {
            let mut cells = vec![
                Cell::text(one.label()).ordered(group.place()),
                Cell::text(&roster.societies[standing.society].name),
            ];
            let lines = scheme.lines_of_class(class);
            cells.extend(lines.map(|(line, of)| share(of, standing.result.as_ref(), line)));
            rows.push(Row::new(cells).heavy(at == 0 && !rows.is_empty()));
            societies.push(standing.society);
        }
    }
    let table = Table {
        rows,
        ..words::table(
            standings,
            format!("各{}各评分行得分率", of_whom(scheme, class)),
            columns,
            Layout::list(9.0, 2),
        )
    };
    (table, societies)
}

/// A society's points in a line (with its index) as hundredths of what it could have, or lose.
fn share(of: &Line, result: Option<&Rating>, line: LineId) -> Cell {
    let Some(result) = result else {
        return Cell::dash();
    };
    let points = result.score.line(line).quotient();
    let [bonus, deduction] = [&of.bonus, &of.deduction].map(|side| side.cap.decimal());
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

    use super::{heat, shade};
    use crate::report::kit::sample;
    use crate::report::kit::table::Content;

    /// Columns before the lines: group and society.
    const BEFORE: usize = 2;

    #[test]
    fn only_what_is_full_looks_full() {
        let shades: Vec<&str> = ["-10", "0", "0.1", "39.9", "40", "99.9", "100"]
            .map(|text| shade(text.parse::<Decimal>().expect("a number")))
            .into();
        assert_eq!(shades, ["h0", "h1", "h2", "h2", "h3", "h5", "h6"]);
    }

    #[test]
    fn every_society_stands_beside_its_own_points() {
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        let (table, societies) = heat(&standings, None);
        let mut told = 0;
        for (row, society) in table.rows.iter().zip(&societies) {
            let name = &ground.roster.societies[*society].name;
            assert_eq!(row.cells[1].content, Content::Text(name.as_str().into()));
            for (line, of) in ground.scheme.lines.entries() {
                let Some(result) = &standings.societies[*society].result else {
                    continue;
                };
                let Content::Number(share) = row.cells[BEFORE + line.place()].content else {
                    continue;
                };
                let cap = [&of.bonus, &of.deduction].map(|side| side.cap.decimal());
                let cap = cap.into_iter().find(|cap| !cap.is_zero());
                let points = share * cap.expect("a cap") / Decimal::ONE_HUNDRED;
                let apart = (points - result.score.line(line).quotient()).abs();
                assert!(apart <= Decimal::new(5, 2), "{name} {}", of.code);
                told += usize::from(!share.is_zero());
            }
        }
        assert!(told > ground.scheme.lines.len());
    }
}
