//! What a code is, and the one table of all codes.
//!
//! A code is declared in the file of the rule that raises it, so that a rule is one file; the table is put
//! together from the families and held by the tests to be unique. A code is never reused.

use super::Severity;

/// A code: what kind of fault a finding states.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Family letter and three digits: I intake, F form, P points, R reviewer, E eligibility, D date,
    /// T total, V versions, M missing.
    pub id: &'static str,
    /// The fact it states, in kebab case.
    pub name: &'static str,
    pub severity: Severity,
    /// What it states in general, in Chinese; said for several places at once where findings are folded.
    pub states: &'static str,
    /// What becomes of it and what to do next, in Chinese, as one or more full sentences.
    pub next: &'static str,
    /// Whether several in one sheet are said in one sentence.
    pub folds: bool,
    /// The code that says as much already where it is raised for the same society; people are told once.
    pub implied_by: Option<&'static str>,
}

impl Code {
    #[must_use]
    pub const fn error(
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
    ) -> Self {
        Self::new(Severity::Error, id, name, states, next)
    }

    #[must_use]
    pub const fn warning(
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
    ) -> Self {
        Self::new(Severity::Warning, id, name, states, next)
    }

    #[must_use]
    pub const fn note(
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
    ) -> Self {
        Self::new(Severity::Note, id, name, states, next)
    }

    const fn new(
        severity: Severity,
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
    ) -> Self {
        Self {
            id,
            name,
            severity,
            states,
            next,
            folds: false,
            implied_by: None,
        }
    }

    /// Not said to people where the code called `name` is raised for the same society.
    #[must_use]
    pub const fn implied_by(mut self, name: &'static str) -> Self {
        self.implied_by = Some(name);
        self
    }

    /// Several in one sheet are said in one sentence.
    #[must_use]
    pub const fn folding(mut self) -> Self {
        self.folds = true;
        self
    }
}

/// The one table of codes, in the order of their ids.
#[must_use]
pub fn all() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = crate::check::codes()
        .chain(crate::settle::codes())
        .collect();
    codes.sort_by_key(|code| code.id);
    codes
}
