//! 自评: what societies say of themselves, fact by fact, and what it comes to.

use super::Kind::{Flag, Points as Exact, Text, Whole};
use super::rows::{class, exact, name, or_none, origin, whole, word, worked_out, written};
use super::{Column, Datum, Row};
use crate::rank::Standings;
use crate::scheme::{Answer, Item};
use crate::settle::{Assessed, Assessments};

pub(super) const OWN: &[Column] = &[
    ("own", Whole),
    ("file", Text),
    ("sheet", Text),
    ("sha256", Text),
    ("society", Text),
    ("group", Whole),
    ("filled_by", Text),
    ("date", Text),
    ("state", Text),
    ("used", Flag),
    ("bonus", Exact),
    ("deduction", Exact),
    ("total", Exact),
];

pub(super) const ITEMS: &[Column] = &[
    ("own", Whole),
    ("society", Text),
    ("used", Flag),
    ("item", Text),
    ("line", Text),
    ("asks", Text),
    ("answer", Text),
    ("number", Exact),
];

pub(super) const LINES: &[Column] = &[
    ("own", Whole),
    ("society", Text),
    ("used", Flag),
    ("line", Text),
    ("bonus", Exact),
    ("bonus_at_most", Exact),
    ("deduction", Exact),
];

type Rows<'s> = Box<dyn Iterator<Item = Row<'s>> + 's>;

/// A society's own form among all of them.
struct One<'s> {
    number: usize,
    own: &'s Assessed,
    /// Whether it is the one that stands for its society.
    is_used: bool,
}

/// All of them, in the order of files and tabs.
fn all<'s>(standings: &'s Standings<'_>) -> impl Iterator<Item = One<'s>> + use<'s> {
    let assessments = standings.assessments.iter();
    assessments.flat_map(|all: &'s Assessments| {
        let forms = (0..).zip(&all.forms);
        forms.map(|(at, own): (usize, &Assessed)| One {
            number: at + 1,
            own,
            is_used: own.form.society.and_then(|one| all.standing[one]) == Some(at),
        })
    })
}

/// The forms.
pub(super) fn forms<'s>(standings: &'s Standings<'_>) -> Rows<'s> {
    Box::new(all(standings).map(|one| {
        let form = &one.own.form;
        let figures = one.own.figures(standings.ground);
        let mut row = origin(standings, one.number, form);
        row.extend([
            or_none(form.date.map(|date| written(date.to_string()))),
            word(&form.state),
            Datum::Flag(one.is_used),
            worked_out(form.bonus().as_ref()),
            worked_out(form.deduction().as_ref()),
            worked_out(figures.map(|figures| figures.total).as_ref()),
        ]);
        row
    }))
}

/// Their items; what was not answered, or not with anything it asks for, has no answer.
pub(super) fn items<'s>(standings: &'s Standings<'_>) -> Rows<'s> {
    Box::new(all(standings).flat_map(move |one| {
        let items = standings.ground.own.iter().flat_map(|(own, _)| &own.items);
        let answers = one.own.answers.iter();
        items
            .zip(answers)
            .map(move |(item, answer): (&Item, &Option<Answer>)| {
                let number = match answer {
                    Some(Answer::Number(number)) => Some(*number),
                    _ => None,
                };
                let answer = answer.as_ref().map(|answer| item.said(answer));
                vec![
                    whole(one.number),
                    name(standings, &one.own.form),
                    Datum::Flag(one.is_used),
                    written(&item.code),
                    written(&standings.ground.scheme.lines[item.line].code),
                    written(&item.asks),
                    or_none(answer.map(written)),
                    exact(number),
                ]
            })
    }))
}

/// What they come to, line by line; nothing where an answer is missing.
pub(super) fn lines<'s>(standings: &'s Standings<'_>) -> Rows<'s> {
    Box::new(all(standings).flat_map(move |one| {
        let scheme = &standings.ground.scheme;
        let lines = scheme.lines_of_class(class(standings, &one.own.form));
        lines.map(move |(key, line)| {
            let reckoned = one.own.reckoned.get(key).and_then(Option::as_ref);
            let points = |of: &dyn Fn(&crate::scheme::assess::Reckoned) -> crate::model::Points| {
                exact(reckoned.map(of))
            };
            vec![
                whole(one.number),
                name(standings, &one.own.form),
                Datum::Flag(one.is_used),
                written(&line.code),
                points(&|reckoned| reckoned.bonus.least),
                points(&|reckoned| reckoned.bonus.most),
                points(&|reckoned| reckoned.deduction.least),
            ]
        })
    }))
}
