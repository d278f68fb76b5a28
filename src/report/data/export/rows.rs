//! The tables themselves, row by row.

use std::borrow::Cow;

use serde::Serialize;

use super::Kind::{Flag, Points as Exact, Text, Whole};
use super::{Column, Datum, Row, Table};
use crate::check::SettledForm;
use crate::finding::{Finding, Reader, text};
use crate::model::{Place, Points};
use crate::rank::{Standing, Standings};

pub(super) const SOCIETIES: &[Column] = &[
    ("scheme", Text),
    ("group", Whole),
    ("class", Text),
    ("society", Text),
    ("state", Text),
    ("provisional", Flag),
    ("forms_due", Whole),
    ("forms_counted", Whole),
    ("bonus_sum", Exact),
    ("deduction_sum", Exact),
    ("total_sum", Exact),
    ("divisor", Whole),
    ("decimals", Whole),
    ("total", Exact),
    ("stars", Whole),
    ("grade", Text),
    ("rank", Whole),
    ("tied", Flag),
    ("rank_in_group", Whole),
];

pub(super) const FORMS: &[Column] = &[
    ("form", Whole),
    ("file", Text),
    ("sheet", Text),
    ("sha256", Text),
    ("society", Text),
    ("group", Whole),
    ("reviewer", Text),
    ("unit", Text),
    ("member", Flag),
    ("mode", Text),
    ("date", Text),
    ("recommended", Whole),
    ("state", Text),
    ("bonus", Exact),
    ("deduction", Exact),
    ("total", Exact),
];

pub(super) const LINES: &[Column] = &[
    ("form", Whole),
    ("society", Text),
    ("state", Text),
    ("line", Text),
    ("bonus", Exact),
    ("deduction", Exact),
    ("bonus_cell", Text),
    ("deduction_cell", Text),
];

pub(super) const FINDINGS: &[Column] = &[
    ("code", Text),
    ("name", Text),
    ("severity", Text),
    ("file", Text),
    ("sheet", Text),
    ("cell", Text),
    ("society", Text),
    ("reviewer", Text),
    ("line", Text),
    ("found", Text),
    ("allowed", Text),
    ("message", Text),
    ("next", Text),
];

/// The rows of a table, made one after the other.
pub(super) fn of<'s>(
    standings: &'s Standings<'_>,
    table: Table,
) -> Box<dyn Iterator<Item = Row<'s>> + 's> {
    let forms = || {
        let forms = standings.forms.entries();
        forms.map(|(key, form)| (key.number(), form))
    };
    match table {
        Table::Own => super::own::forms(standings),
        Table::OwnItems => super::own::items(standings),
        Table::OwnLines => super::own::lines(standings),
        Table::Societies => {
            let societies = standings.societies.iter();
            Box::new(societies.map(|standing| society(standings, standing)))
        }
        Table::Forms => Box::new(forms().map(|(number, one)| form(standings, number, one))),
        Table::Lines => Box::new(forms().flat_map(|(number, form)| lines(standings, number, form))),
        Table::Findings => {
            let reader = Reader::clerk(standings.ground);
            let findings = standings.findings.iter();
            Box::new(findings.map(move |one| finding(&reader, one)))
        }
    }
}

fn society<'s>(standings: &'s Standings<'_>, standing: &'s Standing) -> Row<'s> {
    let ground = standings.ground;
    let society = &ground.roster.societies[standing.society];
    let scheme = &ground.scheme;
    let class = society.class.and_then(|class| scheme.classes.get(class));
    let result = standing.result.as_ref();
    let score = result.map(|result| &result.score);
    vec![
        written(&scheme.id),
        Datum::Whole(i64::from(ground.roster.group_of(society).number)),
        or_none(class.map(|class| written(&class.name))),
        written(&society.name),
        word(&standing.state),
        Datum::Flag(standing.is_provisional()),
        whole(standing.progress.due),
        whole(standing.forms_counted),
        exact(score.map(|score| score.undivided(score.bonus()))),
        exact(score.map(|score| score.undivided(score.deduction()))),
        exact(score.map(|score| score.undivided(score.total()))),
        or_none(score.map(|score| Datum::Whole(i64::from(score.divisor)))),
        Datum::Whole(i64::from(scheme.precision)),
        exact(result.map(|result| result.total)),
        // A scheme without stars gives nobody 0 of them.
        or_none(
            result
                .filter(|_| scheme.has_stars())
                .map(|result| Datum::Whole(i64::from(result.stars))),
        ),
        or_none(
            result
                .and_then(|result| result.grade.as_deref())
                .map(written),
        ),
        or_none(standing.rank.map(|rank| whole(rank.number))),
        Datum::Flag(standing.rank.is_some_and(|rank| rank.tied)),
        or_none(standing.rank_in_group.map(|rank| whole(rank.number))),
    ]
}

/// Which form it is, where it came from and about whom: what the row of any form begins with.
pub(super) fn origin<'s>(
    standings: &'s Standings<'_>,
    number: usize,
    form: &'s SettledForm,
) -> Row<'s> {
    let roster = &standings.ground.roster;
    let society = form.society.map(|society| &roster.societies[society]);
    let group = society.map(|society| roster.group_of(society).number);
    vec![
        whole(number),
        file(&form.place),
        written(&form.place.sheet),
        written(&form.sha256),
        name(standings, form),
        or_none(group.map(|group| Datum::Whole(i64::from(group)))),
        written(&form.reviewer),
    ]
}

fn form<'s>(standings: &'s Standings<'_>, number: usize, form: &'s SettledForm) -> Row<'s> {
    let mut row = origin(standings, number, form);
    row.extend([
        written(&form.unit),
        or_none(form.member.map(Datum::Flag)),
        written(&form.mode),
        or_none(form.date.map(|date| written(date.to_string()))),
        or_none(form.recommended.map(|stars| Datum::Whole(i64::from(stars)))),
        word(&form.state),
        worked_out(form.bonus().as_ref()),
        worked_out(form.deduction().as_ref()),
        worked_out(form.total(&standings.ground.scheme).as_ref()),
    ]);
    row
}

/// The class of objects (an index) that a form is about: its lines alone are the form's.
pub(super) fn class(standings: &Standings<'_>, form: &SettledForm) -> Option<usize> {
    let societies = &standings.ground.roster.societies;
    form.society.and_then(|society| societies[society].class)
}

fn lines<'s>(standings: &'s Standings<'_>, number: usize, form: &'s SettledForm) -> Vec<Row<'s>> {
    let (name, state) = (name(standings, form), word(&form.state));
    let scheme = &standings.ground.scheme;
    let lines = scheme.lines_of_class(class(standings, form));
    lines
        .filter_map(|(key, line)| Some((line, form.lines.get(key)?)))
        .map(|(line, filled)| {
            let cell = |cell: Option<crate::model::CellRef>| {
                or_none(cell.map(|cell| written(cell.to_string())))
            };
            vec![
                whole(number),
                name.clone(),
                state.clone(),
                written(&line.code),
                worked_out(filled.bonus.as_ref()),
                worked_out(filled.deduction.as_ref()),
                cell(filled.bonus_cell),
                cell(filled.deduction_cell),
            ]
        })
        .collect()
}

fn finding<'s>(reader: &Reader<'_>, finding: &'s Finding) -> Row<'s> {
    let said = finding.said(reader);
    let text = |text: Option<&'s String>| or_none(text.map(written));
    vec![
        written(finding.code().id),
        written(finding.code().name),
        word(&finding.severity),
        file(&finding.place),
        written(&finding.place.sheet),
        or_none(finding.place.cell.map(|cell| written(cell.to_string()))),
        text(finding.society.as_ref()),
        text(finding.reviewer.as_ref()),
        text(finding.line.as_ref()),
        written(said.found),
        written(said.allowed),
        written(said.message),
        written(said.next),
    ]
}

/// The society a form is about: as listed, else as the form has it.
pub(super) fn name<'s>(standings: &'s Standings<'_>, form: &'s SettledForm) -> Datum<'s> {
    let societies = &standings.ground.roster.societies;
    let listed = form.society.map(|society| societies[society].name.as_str());
    written(listed.unwrap_or(&form.society_text))
}

/// The file, with the way inside archives and mails.
pub(super) fn file(place: &Place) -> Datum<'static> {
    let whole_file = Place {
        sheet: String::new(),
        cell: None,
        ..place.clone()
    };
    written(text::path(&whole_file))
}

/// Nothing where nothing stands.
pub(super) fn written<'s>(text: impl Into<Cow<'s, str>>) -> Datum<'s> {
    let text = text.into();
    if text.is_empty() {
        Datum::None
    } else {
        Datum::Text(text)
    }
}

pub(super) fn whole(number: usize) -> Datum<'static> {
    i64::try_from(number).map_or(Datum::None, Datum::Whole)
}

pub(super) fn exact(points: Option<Points>) -> Datum<'static> {
    points.map_or(Datum::None, Datum::Points)
}

/// To the decimals that the format holds; only points worked out by a rule need more.
pub(super) fn worked_out(points: Option<&crate::model::Exact>) -> Datum<'static> {
    exact(points.map(|points| points.rounded(Points::MOST_DECIMALS)))
}

pub(super) fn or_none(datum: Option<Datum<'_>>) -> Datum<'_> {
    datum.unwrap_or(Datum::None)
}

/// A state by the word that `results.json` has for it.
pub(super) fn word(state: &impl Serialize) -> Datum<'static> {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(word)) => Datum::Text(word.into()),
        _ => Datum::None,
    }
}
