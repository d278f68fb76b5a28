//! 评分更正: every correction with what stood there before, down to the cell, and by whose word.

use crate::check::Amended;
use crate::rank::Standings;
use crate::register::amend::Item;
use crate::report::kit::{Cell, Layout, Links, Look, Row, Table, Topic, columns, words};
use crate::settle::SettledForm;

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, links: &Links, title: String) -> Table {
    let columns = columns![
        ("更正单行", 5, Look::Whole),
        (Topic::Object, 18, Look::Left),
        ("评价人", 10, Look::Left),
        ("编号", 7, Look::Centre),
        (Topic::Indicator, 24, Look::Left),
        ("加减", 5, Look::Centre),
        ("原分", 7, Look::Plain),
        ("改后", 7, Look::Plain),
        ("依据", 26, Look::Left),
        ("批准人", 10, Look::Left),
        ("日期", 13, Look::Centre),
        ("文件", 28, Look::Left),
        ("工作表", 10, Look::Left),
        ("单元格", 7, Look::Centre),
    ];
    let mut made: Vec<(&Amended, &SettledForm)> = standings
        .forms
        .iter()
        .flat_map(|form| form.amended.iter().map(move |one| (one, form)))
        .collect();
    made.sort_by_key(|(one, _)| one.row);
    let rows = made
        .into_iter()
        .map(|(one, form)| row(standings, links, one, form));
    Table {
        name: "评分更正",
        unit: "单位：分",
        rows: rows.collect(),
        empty: "没有更正。",
        ..words::table(standings, title, columns, Layout::list(9.0, 3))
    }
}

fn row(standings: &Standings<'_>, links: &Links, one: &Amended, form: &SettledForm) -> Row {
    let ground = standings.ground;
    let line = &ground.scheme.lines[one.line];
    let written = ground.amendments.rows.get(one.row);
    let text = |item| Cell::text(written.map_or("", |row| row.text(item)));
    let number = written.and_then(|row| usize::try_from(row.row).ok());
    let society = form.society.map_or(form.society_text.as_str(), |society| {
        ground.roster.societies[society].name.as_str()
    });
    let cell = form
        .lines
        .get(one.line)
        .and_then(|line| line.cell(one.half));
    Row::new(vec![
        number.map_or_else(Cell::dash, Cell::whole),
        Cell::text(society),
        Cell::text(&form.reviewer),
        Cell::text(&line.code),
        Cell::text(ground.scheme.name(line)),
        Cell::text(one.half.label()),
        Cell::points(one.from),
        Cell::points(one.to),
        text(Item::Basis),
        text(Item::By),
        text(Item::Date),
        links.cell(&form.place.file, &form.place.within),
        Cell::text(&form.place.sheet),
        Cell::text(cell.map_or(String::new(), |cell| cell.to_string())),
    ])
}
