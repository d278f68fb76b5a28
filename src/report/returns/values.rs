//! What the sender had put into the form, carried over into a fresh one.

use std::collections::BTreeMap;

use super::advice::Point;
use crate::finding::Severity;
use crate::form::{Asked, Entry, Field, Filled, Form};
use crate::model::{Exact, LineId, Tag};
use crate::report::forms::evaluation::filling::{FilledItem, FilledLine, Filling, Mark, Put, Spot};
use crate::settle::SettledForm;

/// Everything that was filled in, as it was written, with the marks of the points. The lines are left out where
/// they are not those of this year's form.
pub(super) fn filling(
    form: &Form,
    settled: &SettledForm,
    has_lines: bool,
    points: &[Point],
    corrects: Vec<Tag>,
) -> Filling {
    let mut fields: BTreeMap<Field, Put> = [
        Field::Reviewer,
        Field::Unit,
        Field::Member,
        Field::Mode,
        Field::Recusal,
        Field::Phone,
        Field::Recommended,
        Field::Class,
    ]
    .into_iter()
    .map(|field| (field, Put::text(form.text(field))))
    .collect();
    let date = settled
        .date
        .map_or_else(|| Put::text(form.text(Field::Date)), Put::Day);
    fields.insert(Field::Date, date);
    let rows = form.rows.entries();
    let lines = rows.map(|(index, row)| match row {
        // Of a society's own form points follow from the items.
        Some(_) if has_lines && form.told.is_some() => worked_out(settled, index),
        Some(row) if has_lines => FilledLine {
            bonus: match row.asked {
                Some(_) => Put::Blank,
                None => put(&row.bonus, true),
            },
            value: row.asked.as_ref().map_or(Put::Blank, value),
            target: row
                .asked
                .as_ref()
                .and_then(|asked| asked.target.as_ref())
                .map_or(Put::Blank, |target| put(target, true)),
            worked_out: row
                .asked
                .as_ref()
                .and_then(|_| settled.lines.get(index)?.bonus.clone()),
            deduction: put(&row.deduction, false),
            evidence: row.evidence.clone(),
            remark: row.remark.clone().unwrap_or_default(),
        },
        _ => FilledLine::default(),
    });
    Filling {
        fields,
        lines: lines.collect(),
        items: if has_lines { items(form) } else { Vec::new() },
        vetoes: form
            .vetoes
            .iter()
            .map(|answer| {
                answer
                    .as_ref()
                    .map_or(String::new(), |text| text.text.clone())
            })
            .collect(),
        opinion: form.opinion.clone(),
        marks: marks(points),
        corrects,
    }
}

/// What points are worked out from: a number, or the name of a level.
fn value(asked: &Asked) -> Put {
    answered(&asked.value, &asked.written)
}

fn answered(value: &Entry, written: &str) -> Put {
    match put(value, true) {
        Put::Number(number) => Put::Number(number),
        _ => Put::text(written),
    }
}

/// What the items of a society's own form come to in a line.
fn worked_out(settled: &SettledForm, line: LineId) -> FilledLine {
    let points = settled.lines.get(line);
    let points = points.and_then(|one| Some((one.bonus.as_ref()?, one.deduction.as_ref()?)));
    let number = |points: &Exact| points.points().map_or(Put::Blank, Put::Number);
    points.map_or_else(FilledLine::default, |(bonus, deduction)| FilledLine {
        bonus: number(bonus),
        deduction: number(deduction),
        ..FilledLine::default()
    })
}

/// What a society put into the rows of its items.
fn items(form: &Form) -> Vec<FilledItem> {
    let told = form.told.iter().flat_map(|told| &told.items);
    told.map(|one| {
        let one = one.as_ref();
        one.map_or_else(FilledItem::default, |one| FilledItem {
            value: answered(&one.value, &one.written),
            evidence: one.evidence.clone(),
            remark: one.remark.clone(),
        })
    })
    .collect()
}

/// A cell for points. A deduction of -10 means 10, and is written so that the form's own sums agree.
fn put(entry: &Entry, is_bonus: bool) -> Put {
    match &entry.filled {
        Filled::Blank | Filled::Error(_) | Filled::NoCachedValue => Put::Blank,
        Filled::Points { points, .. } if is_bonus => Put::Number(*points),
        Filled::Points { points, .. } => Put::Number(points.magnitude()),
        Filled::Nothing(text)
        | Filled::TooLarge(text)
        | Filled::TooFine(text)
        | Filled::Text(text)
        | Filled::Date(text)
        | Filled::Otherwise { seen: text, .. } => Put::text(text),
    }
}

/// The marks; of several at one cell the heavier is seen, and the note says all.
fn marks(points: &[Point]) -> BTreeMap<Spot, Mark> {
    let mut marks: BTreeMap<Spot, Mark> = BTreeMap::new();
    for (number, point) in (1..).zip(points) {
        let is_error = point.severity == Severity::Error;
        let note = note(number, point);
        for spot in &point.spots {
            marks
                .entry(*spot)
                .and_modify(|mark| {
                    mark.is_error |= is_error;
                    mark.note = format!("{}\n\n{note}", mark.note);
                })
                .or_insert_with(|| Mark {
                    is_error,
                    note: note.clone(),
                });
        }
    }
    marks
}

fn note(number: usize, point: &Point) -> String {
    let mut lines = vec![format!("第{number}条（{}）", point.severity.label())];
    if !point.advice.found.is_empty() {
        lines.push(format!("您填的：{}", point.advice.found));
    }
    if !point.advice.allowed.is_empty() {
        lines.push(format!("允许的：{}", point.advice.allowed));
    }
    lines.push(point.advice.fix.clone());
    lines.join("\n")
}
