//! A finding as one reader reads it.

use super::{Bearing, Code, Finding, Moot, Reader, Severity};
use crate::model::Place;

/// A finding in words. All are Chinese and without a final full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub code: &'static Code,
    pub severity: Severity,
    /// What it means for the rest.
    pub bearing: Bearing,
    pub place: Place,
    pub society: Option<String>,
    pub reviewer: Option<String>,
    /// Code of the scored line.
    pub line: Option<String>,
    /// What stands there.
    pub found: String,
    /// What may stand there.
    pub allowed: String,
    /// What findings of its code have in common, and what is usually to be done, in the scheme's own words.
    pub states: String,
    pub usually: String,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to do next.
    pub next: String,
}

impl Said {
    pub(super) fn of(finding: &Finding, to: &Reader<'_>) -> Self {
        let fact = &finding.fact;
        let next = match &finding.moot {
            None => next(finding, fact.next(to)),
            Some(Moot::Recused) => "应当回避的表，不必更正，仅供了解".to_owned(),
            Some(Moot::Aside) => "这份已不计，仅供了解".to_owned(),
            Some(Moot::Elsewhere) => "多数表都是这样，先看是不是用错了年度目录".to_owned(),
            Some(Moot::Excluded) => "按处理登记不计入，仅供了解".to_owned(),
            Some(Moot::Verified { by }) => format!("{by}：已核实无误"),
            Some(Moot::Closed { by }) => format!("{by}：不计入，不再处理"),
        };
        Self {
            code: fact.code(),
            severity: finding.severity,
            bearing: fact.bearing(),
            place: finding.place.clone(),
            society: finding.society.clone(),
            reviewer: finding.reviewer.clone(),
            line: finding.line.clone(),
            found: fact.found(to),
            allowed: fact.allowed(to),
            states: to.words(fact.code().states),
            usually: to.words(fact.code().next),
            message: fact.message(to),
            next,
        }
    }
}

/// What becomes of the form, with the first of its findings; with the others how they are taken where it counts. Then what
/// to do.
fn next(finding: &Finding, next: String) -> String {
    let Some(outcome) = finding.outcome else {
        return next;
    };
    let taken = finding.fact.taken();
    let said = if finding.leads {
        outcome.consequence(taken.as_deref())
    } else {
        let is_scored = outcome.state.is_scored();
        taken.filter(|_| is_scored).unwrap_or_default()
    };
    if said.is_empty() {
        next
    } else if next.is_empty() {
        said
    } else if finding.leads && outcome.is_long() {
        format!("{said}；{next}")
    } else {
        format!("{said}，{next}")
    }
}
