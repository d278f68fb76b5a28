//! 评价人明细: reviewers by societies, each with the total of the form, and how far they lie apart. Recused forms are
//! struck out and said to be.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{self, Exact, FormKey, GroupId, ReviewerId, SocietyId};
use crate::rank::{Standing, Standings};
use crate::report::kit::table::{Content, Struck};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, words};
use crate::scheme::Scheme;
use crate::settle::{FormState, SettledForm};

/// A person: place in the list of reviewers (unlisted ones behind), unit and name as compared.
type Person<'r> = (bool, Option<ReviewerId>, Cow<'r, model::Person>);

/// A person's forms, by society.
type Sheaf<'s> = BTreeMap<SocietyId, Vec<(FormKey, &'s SettledForm)>>;

/// The totals of forms that are scored.
type Totals = BTreeMap<FormKey, Exact>;

/// The table, with the forms that `which` keeps.
#[must_use]
pub fn table(
    standings: &Standings<'_>,
    group: GroupId,
    title: String,
    which: impl Fn(FormKey) -> bool,
) -> Table {
    let ground = standings.ground;
    let societies: Vec<&Standing> = standings.of_group(group).collect();
    let mut columns = vec![
        Column::new("评价人", 12, Look::Left),
        Column::new("评价人单位", 30, Look::Left),
    ];
    columns.extend(societies.iter().map(|standing| {
        Column::new(
            &ground.roster.societies[standing.society].name,
            12,
            words::form_points(&ground.scheme),
        )
    }));
    // Adding up a form takes longer than writing it down.
    let all: Totals = societies
        .iter()
        .flat_map(|standing| scored(standings, standing))
        .collect();
    let mut rows = Vec::new();
    for (people, sheaf) in people(standings, &societies, which) {
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
                .map_or_else(Cell::blank, |forms| cell(&ground.scheme, &all, forms))
        }));
        rows.push(Row::new(cells));
    }
    let totals: Vec<Vec<&Exact>> = societies
        .iter()
        .map(|standing| {
            let forms = standing.forms.iter();
            forms.filter_map(|form| all.get(form)).collect()
        })
        .collect();
    let most = |totals: &[&Exact]| totals.iter().copied().max().cloned();
    let least = |totals: &[&Exact]| totals.iter().copied().min().cloned();
    let apart = |totals: &[&Exact]| {
        most(totals)
            .zip(least(totals))
            .map(|(most, least)| most - least)
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
                .map(|totals| Cell::exact_or_dash(most(totals).as_ref()))
                .collect(),
        ),
        (
            "最低",
            totals
                .iter()
                .map(|totals| Cell::exact_or_dash(least(totals).as_ref()))
                .collect(),
        ),
        (
            "极差",
            totals
                .iter()
                .map(|totals| Cell::exact_or_dash(apart(totals).as_ref()))
                .collect(),
        ),
    ];
    let below = sums.into_iter().enumerate().map(|(at, (label, values))| {
        let mut cells = vec![Cell::text(label), Cell::blank()];
        cells.extend(values);
        Row::new(cells).sum().heavy(at == 0)
    });
    Table {
        name: "评价人明细",
        unit: "单位：分",
        rows,
        sums: below.collect(),
        notes: vec![format!(
            "注：各格为该评价人所评合计{}；划线的未计入，原因写在其后；空白为未交；极差为最高减最低。",
            if standings.ground.scheme.has_deductions() {
                "（加分减减分）"
            } else {
                ""
            }
        )],
        ..words::table(standings, title, columns, Layout::paper(10.5, 2))
    }
}

/// Everybody who sent a form for one of the societies, in the order of the list of reviewers.
fn people<'s>(
    standings: &'s Standings<'_>,
    societies: &[&'s Standing],
    which: impl Fn(FormKey) -> bool,
) -> Vec<((&'s str, &'s str), Sheaf<'s>)> {
    let roster = &standings.ground.roster;
    let mut people: BTreeMap<Person<'_>, ((&str, &str), Sheaf<'_>)> = BTreeMap::new();
    for standing in societies {
        for (key, form) in standing
            .forms
            .iter()
            .filter(|form| which(**form))
            .filter_map(|form| Some((*form, standings.forms.get(*form)?)))
        {
            let person = (form.listed.is_none(), form.listed, form.person(roster));
            people
                .entry(person)
                .or_insert_with(|| ((form.reviewer.as_str(), form.unit.as_str()), Sheaf::new()))
                .1
                .entry(standing.society)
                .or_default()
                .push((key, form));
        }
    }
    people.into_values().collect()
}

/// The totals of the society's scored forms.
fn scored(
    standings: &Standings<'_>,
    standing: &Standing,
) -> impl Iterator<Item = (FormKey, Exact)> {
    standing
        .forms
        .iter()
        .filter_map(|form| Some((*form, standings.forms.get(*form)?)))
        .filter(|(_, form)| form.is_scored())
        .filter_map(|(key, form)| Some((key, form.total(&standings.ground.scheme)?)))
}

/// The form that is scored; where none is, the others, struck out, with what became of them.
fn cell(scheme: &Scheme, totals: &Totals, forms: &[(FormKey, &SettledForm)]) -> Cell {
    if let Some(total) = forms
        .iter()
        .find(|(_, form)| form.is_scored())
        .and_then(|(key, _)| totals.get(key))
    {
        return Cell::number(total.quotient());
    }
    // A copy or an older version says nothing that the newest does not say. Where nothing tells which of several is
    // the newest, all stand.
    let mut standing: Vec<&SettledForm> = forms
        .iter()
        .map(|(_, form)| *form)
        .filter(|form| !matches!(form.state, FormState::Superseded | FormState::Duplicate))
        .collect();
    if standing.is_empty() {
        standing.extend(forms.first().map(|(_, form)| *form));
    }
    let mut totals: Vec<String> = Vec::new();
    let mut states: Vec<&str> = Vec::new();
    for form in &standing {
        let total = form.total(scheme);
        let total = total.map(|total| total.shown(scheme.precision));
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
    Cell::from(Content::Struck(Box::new(Struck {
        value: totals.join("、"),
        words: format!("（{}）", states.join("、")),
    })))
}
