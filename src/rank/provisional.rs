//! 暂计: why the points of a ranked society may still change. Decided here, once; papers and programs only show it.
//!
//! The whole table, cause by cause, with what is printed and what clears it, is `docs/暂计与不计.md`; `tests/provisional.rs`
//! holds both to each other.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::SocietyId;
use crate::settle::{FormState, Settled};

/// Why a society's points are provisional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// A form that is due does not count: it has not come, or does not count yet.
    Owed,
    /// Another of its forms waits for a correction.
    Held,
    /// A form counts, and somebody has yet to look into it.
    Doubtful,
}

/// The causes for a ranked society, each once.
/// `owed` are the societies that a form is owed for.
pub(super) fn causes(
    settled: &Settled,
    owed: &BTreeSet<SocietyId>,
    society: SocietyId,
) -> Vec<Cause> {
    let mut own = settled.by_society[society].iter();
    let has_held = own.any(|form| settled.forms[*form].state == FormState::Held);
    let is_owed = owed.contains(&society);
    let progress = &settled.progress[society];
    let lacks = progress.counted < progress.due;
    let counting = &settled.scored[society];
    let is_doubtful = counting
        .iter()
        .any(|form| !settled.forms[*form].doubts.is_empty());
    [
        (is_owed || lacks, Cause::Owed),
        (has_held, Cause::Held),
        (is_doubtful, Cause::Doubtful),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, cause)| cause)
    .collect()
}
