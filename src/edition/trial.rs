//! 试算: last year's forms by this year's scheme, as far as the two can be compared.

use std::borrow::Cow;

use serde::Serialize;

use super::pairs;
use crate::model::{Keyed, LineId, Points};
use crate::outcome::{Form, Outcome, Society};
use crate::scheme::{Line, Scheme, Side};
use crate::score::{self, LinePoints, Rating, ScoredForm};

/// One society.
#[derive(Debug, Serialize)]
pub struct Trial {
    pub society: String,
    pub total: Points,
    /// Left out where the older scheme has no stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<u32>,
    /// The same where it has grades alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// What the lines that can be compared come to by either scheme; none where none can.
    pub comparable: Option<(Points, Points)>,
    /// Lines that cannot be compared, by their codes: of the newer scheme, and of the older.
    pub new_alone: Vec<String>,
    pub old_alone: Vec<String>,
    /// The star by the newer scheme; none unless every line can be compared, and the scheme has stars.
    pub new_stars: Option<u32>,
    /// The grade by its total, where the newer scheme has grades alone: no quota and no veto is applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_grade: Option<String>,
}

impl Trial {
    /// What it had, as people write it; empty where a scheme has neither stars nor grades.
    #[must_use]
    pub fn had(&self) -> String {
        said(self.stars, self.grade.as_deref()).unwrap_or_default()
    }

    /// What it would have; none where that cannot be told.
    #[must_use]
    pub fn would_have(&self) -> Option<String> {
        said(self.new_stars, self.new_grade.as_deref())
    }
}

fn said(stars: Option<u32>, grade: Option<&str>) -> Option<String> {
    let stars = stars.map(|stars| format!("{stars}星"));
    stars.or_else(|| grade.map(str::to_owned))
}

/// The societies that were ranked, in the order of the ranking.
pub(super) fn trials(from: &Scheme, to: &Scheme, outcome: &Outcome) -> Vec<Trial> {
    let ranked = outcome.ranked().into_iter();
    ranked
        .filter_map(|society| {
            let of = |scheme| of_class(scheme, society.class.as_deref());
            // Who is in no class of the newer scheme has no line there.
            let (from, new) = (of(from)?, of(to));
            let pairs = new.as_ref().map(|to| pairs(&from, to));
            let to = new.unwrap_or_else(|| Cow::Borrowed(to));
            let none = || Keyed::of(None, to.lines.len());
            let pairs = pairs.unwrap_or_else(none);
            trial(&from, &to, &pairs, outcome, society)
        })
        .collect()
}

/// The lines that a society of this class has; none where the scheme has no such class.
fn of_class<'s>(scheme: &'s Scheme, class: Option<&str>) -> Option<Cow<'s, Scheme>> {
    if scheme.classes.is_empty() {
        return Some(Cow::Borrowed(scheme));
    }
    let mut classes = scheme.classes.iter();
    let class = classes.position(|one| Some(one.name.as_str()) == class)?;
    Some(Cow::Owned(scheme.of_class(class)))
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
        let (was, is) = (&from.lines[old], &to.lines[new]);
        forms.iter().all(|form| {
            points(form, old).is_some_and(|points| {
                is_same_rule(was, is)
                    || fits(points.bonus, &is.bonus) && fits(points.deduction, &is.deduction)
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
    let of = |form: &Form, old: LineId| points(form, old).unwrap_or_default();
    let by_new = scored(to, &forms, |form| {
        let lines = kept.iter();
        lines
            .map(|old| old.map_or_else(LinePoints::default, |old| of(form, old)))
            .collect()
    });
    let by_old = scored(from, &forms, |form| {
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
    let is_whole = old_alone.is_empty() && new_alone.is_empty();
    let is_any = kept.iter().any(Option::is_some);
    let (new_total, whole) = (
        by_new.as_ref().map(|new| new.total),
        by_new.filter(|_| is_whole),
    );
    let new_stars = whole.as_ref().filter(|_| to.has_stars());
    let new_grade = whole.as_ref().filter(|_| !to.has_stars());
    Some(Trial {
        society: society.name.clone(),
        total: society.total?,
        stars: society.stars,
        grade: society.grade.clone().filter(|_| society.stars.is_none()),
        comparable: by_old
            .map(|old| old.total)
            .zip(new_total)
            .filter(|_| is_any),
        new_stars: new_stars.map(|new| new.stars),
        new_grade: new_grade.and_then(|new| to.grade(new.stars).map(str::to_owned)),
        new_alone,
        old_alone,
    })
}

/// What the forms come to by a scheme; none where it gives no total.
fn scored(
    scheme: &Scheme,
    forms: &[&Form],
    lines: impl Fn(&Form) -> Vec<LinePoints>,
) -> Option<Rating> {
    let class = |form: &Form| {
        let mut classes = scheme.reviewer_classes.iter();
        classes.position(|class| Some(class.name.as_str()) == form.class.as_deref())
    };
    let forms: Vec<ScoredForm> = forms
        .iter()
        .map(|form| ScoredForm {
            class: class(form),
            lines: lines(form).into_iter().map(Into::into).collect(),
        })
        .collect();
    // Whoever is in no class of reviewers weighs nothing there.
    let is_classed =
        scheme.reviewer_classes.is_empty() || forms.iter().all(|one| one.class.is_some());
    score::score_forms(scheme, &forms).filter(|_| is_classed)
}

fn points(form: &Form, line: LineId) -> Option<LinePoints> {
    let line = form.lines.get(line.place())?;
    Some(LinePoints {
        bonus: line.bonus?,
        deduction: line.deduction?,
    })
}

/// Whether points are worked out by the same rule: then whatever it gave stands.
fn is_same_rule(old: &Line, new: &Line) -> bool {
    old.value.is_some() && old.value == new.value && old.decimals == new.decimals
}

/// Whether points could stand there: within the cap, and a value that the criteria give.
fn fits(points: Points, side: &Side) -> bool {
    points <= side.cap && (points.is_zero() || side.attainable.contains(&points))
}
