//! 评价人明细: reviewers by societies, each with the total of the form, and how far they lie apart. Recused forms are
//! struck out and said to be.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use crate::model::{self, Points};
use crate::rank::Standing;
use crate::report::parts::cell::Content;
use crate::report::parts::{Book, Cell, Column, Look, Row};
use crate::settle::{FormState, SettledForm};

/// A person: place in the list of reviewers (unlisted ones behind), unit and name as compared.
type Person = (usize, model::Person);

/// A person's forms, by society.
type Sheaf<'s> = BTreeMap<usize, Vec<&'s SettledForm>>;

/// Adds the sheet, with the forms that `which` (an index) keeps.
pub(super) fn add(
    book: &mut Book<'_>,
    group: usize,
    title: &str,
    which: impl Fn(usize) -> bool,
) -> Result<(), XlsxError> {
    let standings = book.standings;
    let ground = standings.ground;
    let societies: Vec<&Standing> = standings
        .societies
        .iter()
        .filter(|standing| ground.roster.societies[standing.society].group == group)
        .collect();
    let mut columns = vec![
        Column::new("评价人", 12, Look::Left),
        Column::new("评价人单位", 30, Look::Left),
    ];
    columns.extend(societies.iter().map(|standing| {
        Column::new(
            &ground.roster.societies[standing.society].name,
            12,
            Look::Plain,
        )
    }));
    let mut sheet = book.sheet("评价人明细", columns, 10.5)?;
    sheet.heading(standings, title, "单位：分")?;
    sheet.header()?;
    for (people, sheaf) in people(book, &societies, which) {
        let (name, unit) = people;
        let name = if name.is_empty() {
            "（未填）"
        } else {
            name
        };
        let mut cells = vec![Cell::text(name), Cell::text(unit)];
        cells.extend(societies.iter().map(|standing| {
            sheaf
                .get(&standing.society)
                .map_or_else(Cell::blank, |forms| cell(forms))
        }));
        sheet.row(&Row::new(cells))?;
    }
    sheet.end_table()?;
    let totals: Vec<Vec<Points>> = societies
        .iter()
        .map(|standing| scored(book, standing))
        .collect();
    let apart = |totals: &Vec<Points>| {
        totals
            .iter()
            .max()
            .zip(totals.iter().min())
            .map(|(most, least)| *most - *least)
    };
    let sums: [(&str, Vec<Cell>); 4] = [
        (
            "计分份数",
            totals
                .iter()
                .map(|totals| Cell::whole(totals.len()))
                .collect(),
        ),
        (
            "最高",
            totals
                .iter()
                .map(|totals| Cell::points_or_dash(totals.iter().max().copied()))
                .collect(),
        ),
        (
            "最低",
            totals
                .iter()
                .map(|totals| Cell::points_or_dash(totals.iter().min().copied()))
                .collect(),
        ),
        (
            "极差",
            totals
                .iter()
                .map(|totals| Cell::points_or_dash(apart(totals)))
                .collect(),
        ),
    ];
    for (at, (label, values)) in sums.into_iter().enumerate() {
        let mut cells = vec![Cell::text(label), Cell::blank()];
        cells.extend(values);
        sheet.row(&Row::new(cells).sum().heavy(at == 0))?;
    }
    sheet.notes(&[
        "注：各格为该评价人所评合计（加分减减分）；划线的未计入，原因写在其后；空白为未交；极差为最高减最低。"
            .to_owned(),
    ])?;
    sheet.finish(standings, 2)?;
    book.add(sheet);
    Ok(())
}

/// Everybody who sent a form for one of the societies, in the order of the list of reviewers.
fn people<'s>(
    book: &Book<'s>,
    societies: &[&'s Standing],
    which: impl Fn(usize) -> bool,
) -> Vec<((&'s str, &'s str), Sheaf<'s>)> {
    let standings = book.standings;
    let roster = &standings.ground.roster;
    let mut people: BTreeMap<Person, ((&str, &str), Sheaf<'_>)> = BTreeMap::new();
    for standing in societies {
        for form in standing
            .forms
            .iter()
            .filter(|form| which(**form))
            .filter_map(|form| standings.forms.get(*form))
        {
            let listed =
                roster.reviewer_named(&form.reviewer, &form.unit, roster.group_at(form.society));
            let person = (
                listed.map_or(usize::MAX, |(index, _)| index),
                roster.person(&form.reviewer, &form.unit),
            );
            people
                .entry(person)
                .or_insert_with(|| ((form.reviewer.as_str(), form.unit.as_str()), Sheaf::new()))
                .1
                .entry(standing.society)
                .or_default()
                .push(form);
        }
    }
    people.into_values().collect()
}

/// The totals of the society's scored forms.
fn scored(book: &Book<'_>, standing: &Standing) -> Vec<Points> {
    standing
        .forms
        .iter()
        .filter_map(|form| book.standings.forms.get(*form))
        .filter(|form| form.is_scored())
        .filter_map(SettledForm::total)
        .collect()
}

/// The form that is scored; where none is, the others, struck out, with what became of them.
fn cell(forms: &[&SettledForm]) -> Cell {
    if let Some(total) = forms
        .iter()
        .find(|form| form.is_scored())
        .and_then(|form| form.total())
    {
        return Cell::points(total);
    }
    // A copy or an older version says nothing that the newest does not say. Where nothing tells which of several is
    // the newest, all stand.
    let mut standing: Vec<&SettledForm> = forms
        .iter()
        .copied()
        .filter(|form| !matches!(form.state, FormState::Superseded | FormState::Duplicate))
        .collect();
    if standing.is_empty() {
        standing.extend(forms.first().copied());
    }
    let mut totals: Vec<String> = Vec::new();
    let mut states: Vec<&str> = Vec::new();
    for form in &standing {
        let total = form.total().map(|total| total.to_string());
        if let Some(total) = total.filter(|total| !totals.contains(total)) {
            totals.push(total);
        }
        if !states.contains(&form.state.label()) {
            states.push(form.state.label());
        }
    }
    if standing.is_empty() {
        return Cell::blank();
    }
    Cell::from(Content::Struck {
        value: totals.join("、"),
        words: format!("（{}）", states.join("、")),
    })
}
