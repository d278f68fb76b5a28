//! What counts of a form: its points under the scheme's policies, and those that its values come to.

use super::{SettledLine, Subject, Written, value};
use crate::form::{Entry, Filled};
use crate::model::{Exact, Keyed, LineId, Points};
use crate::scheme::{Blank, OverCap, Scheme, Side};

/// The points as they count under the scheme's policies. A line of another class of objects has none, and lacks none.
pub(super) fn lines(subject: &Subject<'_>) -> Keyed<LineId, SettledLine> {
    let scheme = &subject.ground.scheme;
    let counted = |side: &Side, entry: &Entry, is_bonus: bool| {
        let blank_counts = !is_bonus || !side.is_open() || subject.blank == Blank::Zero;
        let points = match entry.filled.points() {
            None if entry.filled == Filled::Blank && blank_counts => Points::ZERO,
            None => return None,
            Some(points) if is_bonus => points,
            Some(points) => points.magnitude(),
        };
        let clips = scheme.policies.over_cap == OverCap::Clip && side.is_open();
        Some(Exact::from(if clips {
            points.min(side.cap)
        } else {
            points
        }))
    };
    scheme
        .lines
        .iter()
        .zip(&subject.form.rows)
        .map(|(line, row)| {
            if !Scheme::is_line_of(line, subject.form.class) {
                return SettledLine::nothing();
            }
            let Some(row) = row else {
                return SettledLine::default();
            };
            let given = row
                .asked
                .as_ref()
                .and_then(|_| value::given(line, row).ok());
            let worked_out = given.as_ref().and_then(|given| line.worked_out(given));
            SettledLine {
                bonus: if line.value.is_some() {
                    worked_out
                } else {
                    counted(&line.bonus, &row.bonus, true)
                },
                deduction: counted(&line.deduction, &row.deduction, false),
                by_formula: [row.bonus.is_formula, row.deduction.is_formula],
                bonus_cell: Some(match &row.asked {
                    Some(asked) => asked.value.cell,
                    None => row.bonus.cell,
                }),
                deduction_cell: Some(row.deduction.cell),
                written: Written {
                    given,
                    evidence: row.evidence.as_str().into(),
                    remark: row.remark.as_deref().unwrap_or_default().into(),
                }
                .kept(),
            }
        })
        .collect()
}
