//! 评分更正: points corrected after they came in, on top of what was received.
//!
//! A row is applied whole or not at all: the society, the line, the side and every reviewer must be met, what is
//! written as 原分 must be what counts now, and what it becomes must hold under the scheme. Rows are applied in their
//! order, so that a later one corrects what an earlier one left.

mod codes;
mod fact;
mod read;

use super::SettledForm;
use crate::check::Amended;
use crate::finding::Finding;
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Points};
use crate::register::amend::{Amendment, Item};
use crate::scheme::Line;
pub(super) use codes::CODES;
use fact::{Applied, Unlikely, Wrong};
use read::{Asked, asked};

/// What is wrong with a row: the cell to look at, and why.
type Fault = (Item, Wrong);

/// Applies the rows. What was found, and the rows that were not applied.
pub(super) fn apply(
    ground: &Ground,
    forms: &mut Keyed<FormKey, SettledForm>,
) -> (Vec<Finding>, Vec<String>) {
    let mut findings = Vec::new();
    let mut refused = Vec::new();
    for (index, row) in ground.amendments.rows.iter().enumerate() {
        let changes = asked(ground, row).and_then(|asked| changes(ground, forms, index, &asked));
        match changes {
            Ok(changes) => {
                for (form, change) in changes {
                    forms[form].lines[change.line].put(change.half, change.to);
                    findings.extend(said(ground, row, (form, &forms[form]), &change));
                    forms[form].amended.push(change);
                }
            }
            Err(faults) => {
                refused.push(row.label());
                // The clerk's matter alone: no society is named that a group would be shown it by.
                let faults = faults.into_iter();
                findings.extend(faults.map(|(item, wrong)| Finding::of(wrong, row.at(item))));
            }
        }
    }
    (findings, refused)
}

/// What a row changes, form by form; every form must hold.
fn changes(
    ground: &Ground,
    forms: &Keyed<FormKey, SettledForm>,
    row: usize,
    asked: &Asked,
) -> Result<Vec<(FormKey, Amended)>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut changes = Vec::new();
    for (form, from) in asked.forms(forms)? {
        let one = &forms[form];
        let Some(line) = one.lines.get(asked.line) else {
            continue;
        };
        let now = line.points(asked.half);
        if now != Some(from) {
            let wrong = Wrong::Original {
                reviewer: one.reviewer.clone(),
                written: from,
                now,
                place: one.place.at(line.cell(asked.half)),
                by: last(ground, one, asked),
            };
            faults.push((Item::From, wrong));
            continue;
        }
        if from == asked.to {
            faults.push((Item::To, Wrong::Same { points: from }));
            continue;
        }
        let change = Amended {
            row,
            line: asked.line,
            half: asked.half,
            from,
            to: asked.to,
        };
        if let Some(other) = excluded(&ground.scheme.lines[asked.line], one, &change) {
            let (line, half) = (asked.line, asked.half);
            faults.push((Item::To, Wrong::Exclusive { line, half, other }));
            continue;
        }
        changes.push((form, change));
    }
    if faults.is_empty() {
        Ok(changes)
    } else {
        Err(faults)
    }
}

/// The row that corrected the same points before, in words.
fn last(ground: &Ground, form: &SettledForm, asked: &Asked) -> Option<String> {
    let mut before = form.amended.iter().rev();
    let last = before.find(|one| one.line == asked.line && one.half == asked.half)?;
    ground.amendments.rows.get(last.row).map(Amendment::label)
}

/// The points of the other side, where both may not stand beside each other.
fn excluded(line: &Line, form: &SettledForm, change: &Amended) -> Option<Points> {
    let other = form.lines.get(change.line)?.points(change.half.other())?;
    (line.exclusive && other.is_positive() && change.to.is_positive()).then_some(other)
}

/// That a form was corrected, at the cell it was read from.
fn said(
    ground: &Ground,
    row: &Amendment,
    (key, form): (FormKey, &SettledForm),
    change: &Amended,
) -> impl Iterator<Item = Finding> {
    let line = &ground.scheme.lines[change.line];
    let cell = form
        .lines
        .get(change.line)
        .and_then(|line| line.cell(change.half));
    let applied = Applied {
        row: row.label(),
        line: change.line,
        half: change.half,
        from: change.from,
        to: change.to,
        grounds: row.grounds(),
    };
    let is_odd = !change.half.of(line).attainable.contains(&change.to);
    let odd = is_odd.then(|| {
        let (line, half, to) = (change.line, change.half, change.to);
        Finding::of(Unlikely { line, half, to }, row.at(Item::To))
    });
    let mut applied = Finding::of(applied, form.place.at(cell))
        .form(key)
        .line(&line.code);
    applied.society = form
        .society
        .map(|society| ground.roster.societies[society].name.clone());
    applied.reviewer = Some(form.reviewer.clone()).filter(|name| !name.is_empty());
    std::iter::once(applied).chain(odd)
}
