//! 自评表: a society's own form is looked at by the same families as a reviewer's, as far as they concern it.
//!
//! They look at the points that follow from its answers, for those count; only `told` looks at what the form shows.

use super::{
    Family, date, edition, formatting, hidden, identity, length, needs, printed_caps, rate,
    society, table, told, total,
};
use crate::form::{Filled, Form};
use crate::ground::Ground;
use crate::model::Points;
use crate::scheme::Answer;

/// The families that look at a society's own form, in their order.
pub(super) const FAMILIES: &[Family] = &[
    edition::FAMILY,
    identity::FAMILY,
    society::FAMILY,
    date::FAMILY,
    table::FAMILY,
    hidden::FAMILY,
    formatting::FAMILY,
    length::FAMILY,
    printed_caps::FAMILY,
    told::FAMILY,
    told::question::FAMILY,
    rate::FAMILY,
    needs::FAMILY,
    total::FAMILY,
];

/// Those of them that look at no reviewer's form.
pub(super) const ALONE: &[Family] = &[told::FAMILY, told::question::FAMILY];

/// A society's own form, worked out.
pub(super) struct Own {
    /// By item.
    pub(super) answers: Vec<Option<Answer>>,
    /// The form with the points that follow from its answers; none where they cannot be worked out.
    pub(super) reckoned: Form,
}

impl Own {
    /// None for a reviewer's form.
    pub(super) fn of(ground: &Ground, form: &Form) -> Option<Self> {
        let own = ground.scheme.own.as_ref()?;
        let answers = told::answers(own, form);
        let mut reckoned = form.clone();
        for (line, row) in reckoned.rows.entries_mut() {
            let Some(row) = row else { continue };
            let points = own.reckon(&ground.scheme, line, &answers);
            row.bonus.filled = filled(points.map(|one| one.bonus.least));
            row.deduction.filled = filled(points.map(|one| one.deduction.least));
        }
        Some(Self { answers, reckoned })
    }
}

fn filled(points: Option<Points>) -> Filled {
    match points {
        Some(points) => Filled::Points {
            points,
            numeric: true,
        },
        None => Filled::Blank,
    }
}
