//! 试算: last year's forms by this year's scheme, as far as the two can be compared.

use serde::Serialize;

use crate::model::{Keyed, LineId, Points};
use crate::outcome::{Form, Outcome, Society};
use crate::scheme::{Scheme, Side};
use crate::score::{self, LinePoints};

/// One society.
#[derive(Debug, Serialize)]
pub struct Trial {
    pub society: String,
    pub total: Points,
    pub stars: u32,
    /// What the lines that can be compared come to by either scheme; none where none can.
    pub comparable: Option<(Points, Points)>,
    /// Lines that cannot be compared, by their codes: of the newer scheme, and of the older.
    pub new_alone: Vec<String>,
    pub old_alone: Vec<String>,
    /// The star by the newer scheme; none unless every line can be compared.
    pub new_stars: Option<u32>,
}

/// The societies that were ranked, in the order of the ranking. `pairs` are by line of the newer scheme.
pub(super) fn trials(
    from: &Scheme,
    to: &Scheme,
    pairs: &Keyed<LineId, Option<LineId>>,
    outcome: &Outcome,
) -> Vec<Trial> {
    let ranked = outcome.ranked().into_iter();
    ranked
        .filter_map(|society| trial(from, to, pairs, outcome, society))
        .collect()
}

fn trial(
    from: &Scheme,
    to: &Scheme,
    pairs: &Keyed<LineId, Option<LineId>>,
    outcome: &Outcome,
    society: &Society,
) -> Option<Trial> {
    let mut forms = outcome.forms_of(&society.name);
    // The order in which they were scored: which of equal forms is left out depends on it.
    forms.sort_by_key(|form| form.id);
    // A line holds for all forms of a society or for none.
    let holds = |old: LineId, new: LineId| {
        let line = &to.lines[new];
        forms.iter().all(|form| {
            points(form, old).is_some_and(|points| {
                fits(points.bonus, &line.bonus) && fits(points.deduction, &line.deduction)
            })
        })
    };
    let kept: Keyed<LineId, Option<LineId>> = pairs
        .entries()
        .map(|(new, old)| old.filter(|old| holds(*old, new)))
        .collect();
    let old_alone: Vec<String> = from
        .lines
        .entries()
        .filter(|(at, _)| !kept.contains(&Some(*at)))
        .map(|(_, line)| line.code.clone())
        .collect();
    let new_alone: Vec<String> = to
        .lines
        .iter()
        .zip(&kept)
        .filter(|(_, old)| old.is_none())
        .map(|(line, _)| line.code.clone())
        .collect();
    let of = |form: &&Form, old: LineId| points(form, old).unwrap_or_default();
    let by_new = forms.iter().map(|form| {
        let lines = kept.iter();
        lines
            .map(|old| old.map_or_else(LinePoints::default, |old| of(form, old)))
            .collect()
    });
    let by_old = forms.iter().map(|form| {
        let lines = from.lines.ids();
        lines
            .map(|old| {
                if kept.contains(&Some(old)) {
                    of(form, old)
                } else {
                    LinePoints::default()
                }
            })
            .collect()
    });
    let old = score::score(from, &by_old.collect::<Vec<_>>());
    let new = score::score(to, &by_new.collect::<Vec<_>>());
    let is_whole = old_alone.is_empty() && new_alone.is_empty();
    let is_any = kept.iter().any(Option::is_some);
    Some(Trial {
        society: society.name.clone(),
        total: society.total?,
        stars: society.stars?,
        comparable: old
            .as_ref()
            .zip(new.as_ref())
            .filter(|_| is_any)
            .map(|(old, new)| (old.total, new.total)),
        new_stars: new.filter(|_| is_whole).map(|new| new.stars),
        new_alone,
        old_alone,
    })
}

fn points(form: &Form, line: LineId) -> Option<LinePoints> {
    let line = form.lines.get(line.place())?;
    Some(LinePoints {
        bonus: line.bonus?,
        deduction: line.deduction?,
    })
}

/// Whether points could stand there: within the cap, and a value that the criteria give.
fn fits(points: Points, side: &Side) -> bool {
    points <= side.cap && (points.is_zero() || side.attainable.contains(&points))
}
