//! The step taken, where a rule works points out.

use crate::scheme::{Line, Scheme};
use crate::settle::SettledLine;

/// How the points of a line were worked out: `10分，扣3次×5分，扣完为止 → 0分`; none where they were typed.
#[must_use]
pub fn step(scheme: &Scheme, line: &Line, filled: &SettledLine) -> Option<String> {
    let (value, given) = (line.value.as_ref()?, filled.given()?);
    let points = filled.bonus.as_ref()?.shown(scheme.precision);
    Some(value.step(given, &points))
}
