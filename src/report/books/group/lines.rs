//! 指标明细: what each society of the group got in each line, and how much of the points was given on average.

use rust_decimal::Decimal;

use crate::model::GroupId;
use crate::rank::{Standing, Standings};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, mean, words};
use crate::score::Exact;

/// The table. Societies without a scored form stand there with —.
#[must_use]
pub fn table(standings: &Standings<'_>, group: GroupId, title: String) -> Table {
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let societies: Vec<&Standing> = standings
        .societies
        .iter()
        .filter(|standing| ground.roster.societies[standing.society].group == group)
        .collect();
    let look = Look::Points(scheme.precision);
    let mut columns = vec![
        Column::new("编号", 7, Look::Centre),
        Column::new("一级指标", 12, Look::Left),
        Column::new("二级指标", 26, Look::Left),
        Column::new("加分上限", 4, Look::Plain),
        Column::new("减分上限", 4, Look::Plain),
        Column::new("平均得分率", 7, Look::Rate),
    ];
    columns.extend(
        societies
            .iter()
            .map(|standing| Column::new(&ground.roster.societies[standing.society].name, 8, look)),
    );
    let mut rows = Vec::new();
    for (index, line) in scheme.lines.iter().enumerate() {
        let cap = line.bonus.cap.decimal();
        let bonuses = societies.iter().filter_map(|standing| {
            let result = standing.ranked()?;
            Some(result.score.line_bonus(index).quotient())
        });
        let mut cells = vec![
            Cell::text(&line.code),
            Cell::text(&scheme.dimension(line).title),
            Cell::text(&scheme.indicator(line).title),
            Cell::points(line.bonus.cap),
            Cell::points(line.deduction.cap),
            rate(bonuses, cap).map_or_else(Cell::dash, Cell::number),
        ];
        cells.extend(societies.iter().map(|standing| {
            let score = standing
                .result
                .as_ref()
                .map(|result| result.score.line(index));
            exact(score)
        }));
        let first_of_part = index > 0 && scheme.lines[index - 1].part != line.part;
        rows.push(Row::new(cells).heavy(first_of_part));
    }
    let mut below = Vec::new();
    for (index, part) in scheme.parts.iter().enumerate() {
        let mut cells = sums(&format!("{}小计", words::part(&part.id)));
        cells[3] = Cell::points(part.bonus);
        cells[4] = Cell::points(part.deduction);
        cells.extend(societies.iter().map(|standing| {
            let score = standing
                .result
                .as_ref()
                .map(|result| result.score.part(index));
            exact(score)
        }));
        below.push(Row::new(cells).sum().heavy(index == 0));
    }
    let mut cells = sums("总分");
    cells[3] = Cell::points(scheme.full_bonus());
    cells[4] = Cell::points(scheme.full_deduction());
    cells.extend(
        societies.iter().map(|standing| {
            Cell::points_or_dash(standing.result.as_ref().map(|result| result.total))
        }),
    );
    below.push(Row::new(cells).sum());
    Table {
        name: "指标明细",
        unit: "单位：分",
        rows,
        sums: below,
        notes: vec![
            "注：得分为加分减去减分；平均得分率为加分平均数占加分上限的比例，只有减分的行不计。"
                .to_owned(),
        ],
        ..words::table(standings, title, columns, Layout::paper(9.0, 3))
    }
}

/// A row of sums up to the first society.
fn sums(label: &str) -> Vec<Cell> {
    let mut cells = vec![Cell::blank(); 6];
    cells[2] = Cell::text(label);
    cells
}

fn exact(score: Option<Exact>) -> Cell {
    score.map_or_else(Cell::dash, |score| Cell::number(score.quotient()))
}

/// The mean of what was given over what could be; none where nothing could be, or nothing was scored.
fn rate(bonuses: impl Iterator<Item = Decimal>, cap: Decimal) -> Option<Decimal> {
    mean(bonuses)
        .filter(|_| !cap.is_zero())
        .map(|mean| mean / cap)
}
