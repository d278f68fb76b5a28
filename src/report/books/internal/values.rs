//! 逐项明细: every value that was scored, with the cell it was read from.

use std::rc::Rc;

use super::beside::{Detail, List};
use super::which;
use crate::model::{CellRef, FormKey, Keyed, LineId};
use crate::rank::Standings;
use crate::report::kit::{
    Cell, Column, Layout, Links, Look, Row, Table, Topic, columns, steps, words,
};
use crate::scheme::{Line, Scheme, Side};
use crate::settle::{SettledForm, SettledLine};

fn columns() -> Vec<Column> {
    columns![
        // Which line a row is about, every page side by side repeats.
        ("表号", 5, Look::Whole),
        (Topic::Object, 18, Look::Left),
        ("评价人", 8, Look::Left),
        ("编号", 7, Look::Centre),
        (Topic::Group, 6, Look::Centre),
        ("状态", 8, Look::Centre),
        (Topic::Indicator, 30, Look::Left),
        (Topic::Bonus, 7, Look::Plain),
        (Topic::BonusCell, 7, Look::Centre),
        (Topic::Deduction, 7, Look::Plain),
        (Topic::DeductionCell, 7, Look::Centre),
        ("佐证材料", 20, Look::Left),
        ("评分说明", 20, Look::Left),
        ("文件", 36, Look::Left),
        ("工作表", 10, Look::Left),
    ]
}

/// What there is to list; of what is not scored nothing is.
pub(super) fn list(standings: &Standings<'_>, title: String) -> List {
    List {
        blank: blank(standings, title),
        empty: "没有计入的评价表。",
        may_be_empty: &[],
    }
}

/// How many rows it has.
pub(super) fn count(standings: &Standings<'_>) -> usize {
    let forms = listed(standings);
    forms.map(|(_, form)| lines(standings, form).count()).sum()
}

/// The table without its rows.
pub(super) fn blank(standings: &Standings<'_>, title: String) -> Table {
    let mut columns = columns();
    if standings.before.is_some() {
        columns.push(Column::new("更正", 24, Look::Left));
    }
    Table {
        name: Detail::Values.name(),
        unit: "单位：分",
        ..words::table(standings, title, columns, Layout::list(10.5, 4))
    }
}

/// The forms that are listed.
fn listed<'s>(standings: &'s Standings<'_>) -> impl Iterator<Item = (FormKey, &'s SettledForm)> {
    let forms = standings.forms.entries();
    forms.filter(|(_, form)| form.is_scored())
}

/// Those lines of a form that are listed.
fn lines<'s>(
    standings: &'s Standings<'_>,
    form: &'s SettledForm,
) -> impl Iterator<Item = (LineId, &'s SettledLine, &'s Line)> {
    let class = form
        .society
        .and_then(|society| standings.ground.roster.societies[society].class);
    let lines = form.lines.entries().zip(&standings.ground.scheme.lines);
    lines
        .filter(move |(_, line)| Scheme::is_line_of(line, class))
        .map(|((at, settled), line)| (at, settled, line))
}

/// One row after the other.
pub(super) fn rows<'s>(
    standings: &'s Standings<'_>,
    links: Option<&'s Links>,
) -> impl Iterator<Item = Row> + 's {
    let scheme = &standings.ground.scheme;
    // What a line is called is put together from all lines: once, not for every form.
    let names = scheme
        .lines
        .iter()
        .map(|line| Cell::text(scheme.name(line)));
    let names: Rc<Keyed<LineId, Cell>> = Rc::new(names.collect::<Vec<_>>().into());
    listed(standings).flat_map(move |(key, form)| {
        let own = OfForm::of(standings, links, key, form);
        let names = Rc::clone(&names);
        lines(standings, form).map(move |(at, settled, line)| {
            let mut row = row(standings, &own, &names[at], (line, settled));
            if standings.before.is_some() {
                row.cells.push(Cell::text(corrected(standings, form, at)));
            }
            row
        })
    })
}

/// What every row of a form says.
struct OfForm {
    number: Cell,
    society: Cell,
    reviewer: Cell,
    group: Cell,
    state: Cell,
    file: Cell,
    sheet: Cell,
}

impl OfForm {
    fn of(
        standings: &Standings<'_>,
        links: Option<&Links>,
        key: FormKey,
        form: &SettledForm,
    ) -> Self {
        let [number, group, society, reviewer] = which(standings, key, form);
        Self {
            number,
            society,
            reviewer,
            group,
            state: Cell::text(form.state.label()),
            file: Links::cell_of(links, &form.place.file, &form.place.within),
            sheet: Cell::text(&form.place.sheet),
        }
    }
}

/// What the points of a line were before they were corrected, and by which row.
fn corrected(standings: &Standings<'_>, form: &SettledForm, line: LineId) -> String {
    let own = form.amended.iter().filter(|one| one.line == line);
    let from: Vec<String> = own
        .map(|one| format!("{}原{}", one.half.label(), one.from))
        .collect();
    if from.is_empty() {
        return String::new();
    }
    let by = words::amended(standings, form, |one| one.line == line);
    format!("{}，{by}", from.join("、"))
}

fn row(
    standings: &Standings<'_>,
    own: &OfForm,
    name: &Cell,
    (line, settled): (&Line, &SettledLine),
) -> Row {
    // Where nothing can be given there is nothing to look up.
    let cell = |cell: Option<CellRef>, side: &Side, by_formula: bool| match cell
        .filter(|_| side.is_open())
    {
        Some(cell) if by_formula => Cell::text(format!("{cell}（公式）")),
        Some(cell) => Cell::text(&*cell.said()),
        None => Cell::blank(),
    };
    let [bonus_by_formula, deduction_by_formula] = settled.by_formula;
    Row::new(vec![
        own.number.clone(),
        own.society.clone(),
        own.reviewer.clone(),
        Cell::text(&line.code),
        own.group.clone(),
        own.state.clone(),
        name.clone(),
        Cell::exact_or_dash(settled.bonus.as_ref().filter(|_| line.bonus.is_open())),
        cell(settled.bonus_cell, &line.bonus, bonus_by_formula),
        Cell::exact_or_dash(
            settled
                .deduction
                .as_ref()
                .filter(|_| line.deduction.is_open()),
        ),
        cell(
            settled.deduction_cell,
            &line.deduction,
            deduction_by_formula,
        ),
        Cell::text(settled.evidence()),
        said(standings, line, settled),
        own.file.clone(),
        own.sheet.clone(),
    ])
}

/// 评分说明, and before it how points came about that were worked out.
fn said(standings: &Standings<'_>, line: &Line, settled: &SettledLine) -> Cell {
    let step = steps::step(&standings.ground.scheme, line, settled);
    match step {
        Some(step) if settled.remark().is_empty() => Cell::text(step),
        Some(step) => Cell::text(format!("{step}；{}", settled.remark())),
        None => Cell::text(settled.remark()),
    }
}
