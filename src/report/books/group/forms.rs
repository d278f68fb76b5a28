//! 各表逐项: what each form of the group gives in each line, beside what counts, so that every mean can be followed.
//! Forms that do not count are struck out and say why.

use crate::model::{FormKey, GroupId};
use crate::rank::{Standing, Standings};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, policies, words};
use crate::settle::{FormState, SettledForm};

/// The table, with the forms that `which` keeps.
#[must_use]
pub fn table(
    standings: &Standings<'_>,
    group: GroupId,
    title: String,
    which: impl Fn(FormKey) -> bool,
) -> Table {
    let ground = standings.ground;
    let societies: Vec<(&Standing, Vec<&SettledForm>)> = standings
        .of_group(group)
        .map(|standing| (standing, shown(standings, standing, &which)))
        .filter(|(_, forms)| !forms.is_empty())
        .collect();
    let most = societies
        .iter()
        .map(|(_, forms)| forms.len())
        .max()
        .unwrap_or(0);
    let mut columns = vec![
        Column::new(ground.scheme.object(), 20, Look::Left),
        Column::new("编号", 7, Look::Centre),
        Column::new("加减", 5, Look::Centre),
    ];
    columns
        .extend((1..=most).map(|number| Column::new(&format!("第{number}份"), 12, Look::Centre)));
    columns.push(Column::new(
        "计入",
        9,
        Look::Points(ground.scheme.precision),
    ));
    let rows = societies
        .iter()
        .flat_map(|(standing, forms)| of_society(standings, standing, forms, most));
    let how = policies::aggregation(&ground.scheme);
    Table {
        name: "各表逐项",
        unit: "单位：分",
        rows: rows.collect(),
        empty: "没有收到评价表。",
        notes: vec![format!("注：划线的未计入，原因写在评价人后面。{how}")],
        ..words::table(standings, title, columns, Layout::list(10.5, 3))
    }
}

/// The forms that say something: a copy or an older version says nothing that the newest does not say.
fn shown<'s>(
    standings: &'s Standings<'_>,
    standing: &Standing,
    which: impl Fn(FormKey) -> bool,
) -> Vec<&'s SettledForm> {
    let silent = [
        FormState::Superseded,
        FormState::Duplicate,
        FormState::Blank,
    ];
    standing
        .forms
        .iter()
        .filter(|form| which(**form))
        .filter_map(|form| standings.forms.get(*form))
        .filter(|form| !silent.contains(&form.state))
        .collect()
}

/// Who gave what: a row with the reviewers, then one for each side of a line where something can be given.
fn of_society(
    standings: &Standings<'_>,
    standing: &Standing,
    forms: &[&SettledForm],
    most: usize,
) -> Vec<Row> {
    let ground = standings.ground;
    let society = &ground.roster.societies[standing.society];
    let name = &society.name;
    let row = |code: &str, side: &str, values: Vec<Cell>, counted: Cell| {
        let mut cells = vec![Cell::text(name), Cell::text(code), Cell::text(side)];
        cells.extend(values);
        cells.resize(3 + most, Cell::blank());
        cells.push(counted);
        Row::new(cells)
    };
    let heads = forms.iter().map(|form| {
        let name = if form.reviewer.is_empty() {
            "（未填）"
        } else {
            &form.reviewer
        };
        Cell::text(if form.is_scored() {
            name.to_owned()
        } else {
            format!("{name}（{}）", form.state.label())
        })
    });
    let mut rows = vec![
        row("", "", heads.collect(), Cell::blank())
            .sum()
            .heavy(true),
    ];
    let score = standing.result.as_ref().map(|result| &result.score);
    for (index, line) in ground.scheme.lines_of_class(society.class) {
        let sides = [
            ("加分", &line.bonus, true),
            ("减分", &line.deduction, false),
        ];
        for (side, _, is_bonus) in sides.into_iter().filter(|(_, side, _)| side.is_open()) {
            let values = forms.iter().map(|form| {
                let given = form.lines.get(index);
                let points = given.and_then(|given| {
                    if is_bonus {
                        given.bonus.as_ref()
                    } else {
                        given.deduction.as_ref()
                    }
                });
                let cell = Cell::exact_or_dash(points);
                if form.is_scored() {
                    cell
                } else {
                    cell.struck()
                }
            });
            let counted = score.map(|score| {
                if is_bonus {
                    score.line_bonus(index)
                } else {
                    score.line_deduction(index)
                }
            });
            let counted = counted.map_or_else(Cell::dash, |exact| Cell::number(exact.quotient()));
            rows.push(row(&line.code, side, values.collect(), counted));
        }
    }
    rows
}
