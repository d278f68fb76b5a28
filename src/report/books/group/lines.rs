//! 指标明细: what each society of the group got in each line, the mean of what is printed, and its share of the cap.

use crate::model::{GroupId, Points};
use crate::rank::{Standing, Standings};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, mean, words};
use crate::scheme::{Line, Scheme};
use crate::score::Exact;

/// The table. Societies without a scored form stand there with —.
#[must_use]
pub fn table(standings: &Standings<'_>, group: GroupId, title: String) -> Table {
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let societies: Vec<&Standing> = standings.of_group(group).collect();
    let look = Look::Points(scheme.precision);
    let mut columns = vec![
        Column::new("编号", 7, Look::Centre),
        Column::new(Topic::Dimension, 12, Look::Left),
        Column::new(Topic::Indicator, 26, Look::Left),
        Column::new(Topic::BonusCap, 4, Look::Plain),
        Column::new(Topic::DeductionCap, 4, Look::Plain),
    ];
    columns.extend(societies.iter().map(|standing| {
        let name = &ground.roster.societies[standing.society].name;
        // What does not count in the mean says so.
        let apart = if standing.result.is_some() && standing.ranked().is_none() {
            "（不计入平均）"
        } else {
            ""
        };
        Column::new(&format!("{name}{apart}"), 8, look)
    }));
    columns.push(Column::new("平均得分", 8, look));
    columns.push(Column::new("得分率", 7, Look::Rate));
    // A line of another class of objects is none of a society's: it has no points there, not 0.
    let has = |standing: &Standing, line: &Line| {
        Scheme::is_line_of(line, ground.roster.societies[standing.society].class)
    };
    let mut rows = Vec::new();
    for (index, line) in scheme.lines.entries() {
        let cap = line.bonus.cap.decimal();
        let mut cells = vec![
            Cell::text(&line.code),
            Cell::text(&scheme.dimension(line).title),
            Cell::text(scheme.name(line)),
            Cell::points(line.bonus.cap),
            Cell::points(line.deduction.cap),
        ];
        cells.extend(societies.iter().map(|standing| {
            let score = standing
                .result
                .as_ref()
                .filter(|_| has(standing, line))
                .map(|result| result.score.line(index));
            exact(score)
        }));
        let own = societies.iter().filter(|standing| has(standing, line));
        let mean = mean(own.filter_map(|standing| {
            let result = standing.ranked()?;
            Some(result.score.line(index).quotient())
        }));
        cells.push(mean.map_or_else(Cell::dash, Cell::number));
        let rate = mean.filter(|_| !cap.is_zero()).map(|mean| mean / cap);
        cells.push(rate.map_or_else(Cell::dash, Cell::number));
        rows.push(Row::new(cells).heavy(scheme.begins_part(index)));
    }
    let mut below = Vec::new();
    let parts = scheme.parts.iter().enumerate();
    for (index, part) in parts.filter(|(_, part)| !part.id.is_empty()) {
        let mut cells = sums(&format!("{}小计", words::part(&part.id)));
        [cells[3], cells[4]] = caps_of_part(scheme, index);
        cells.extend(societies.iter().map(|standing| {
            let score = standing
                .result
                .as_ref()
                .map(|result| result.score.part(index));
            exact(score)
        }));
        let ranked = societies.iter().filter_map(|standing| standing.ranked());
        let mean = mean(ranked.map(|result| result.score.part(index).quotient()));
        cells.push(mean.map_or_else(Cell::dash, Cell::number));
        below.push(Row::new(cells).sum().heavy(index == 0));
    }
    let mut cells = sums("总分");
    let full =
        scheme.by_class(|class| (scheme.full_bonus_of(class), scheme.full_deduction_of(class)));
    [cells[3], cells[4]] = both(&full);
    cells.extend(
        societies.iter().map(|standing| {
            Cell::points_or_dash(standing.result.as_ref().map(|result| result.total))
        }),
    );
    let ranked = societies.iter().filter_map(|standing| standing.ranked());
    let mean = mean(ranked.map(|result| result.total.decimal()));
    cells.push(mean.map_or_else(Cell::dash, Cell::number));
    below.push(Row::new(cells).sum());
    Table {
        name: "指标明细",
        unit: "单位：分",
        rows,
        sums: below,
        notes: vec![
            if scheme.has_deductions() {
                "注：得分为加分减去减分；平均得分是列入名次的各列的平均数；得分率为平均得分占加分上限的比例，只有减分的行没有得分率。"
            } else {
                "注：平均得分是列入名次的各列的平均数；得分率为平均得分占满分的比例。"
            }
            .to_owned(),
        ],
        ..words::table(standings, title, columns, Layout::paper(10.5, 3))
    }
}

/// The same of a part. One that is weighed or capped is less than its lines.
fn caps_of_part(scheme: &Scheme, part: usize) -> [Cell; 2] {
    let caps = scheme.by_class(|class| {
        let full = scheme.full_part(part, class);
        let (_, taken) = scheme.caps_of_part(part, class);
        (full.rounded(scheme.precision), taken)
    });
    both(&caps)
}

/// What can be had and lost, where it is the same of all classes.
fn both(all: &[(Option<usize>, (Points, Points))]) -> [Cell; 2] {
    match all {
        [(_, (given, taken))] => [*given, *taken].map(Cell::points),
        _ => [Cell::dash(), Cell::dash()],
    }
}

/// A row of sums up to the first society.
fn sums(label: &str) -> Vec<Cell> {
    let mut cells = vec![Cell::blank(); 5];
    cells[2] = Cell::text(label);
    cells
}

fn exact(score: Option<Exact>) -> Cell {
    score.map_or_else(Cell::dash, |score| Cell::number(score.quotient()))
}
