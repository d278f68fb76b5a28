//! What a code is.
//!
//! A code is declared in the file of the rule that raises it, so that a rule is one file; the table of all of them
//! ([`crate::codes`]) is put together from the families and held by the tests to be unique. A code is never reused.

use super::Severity;

/// The documentation of a code, for `explain` and for the page of all codes: whole Chinese sentences, plain
/// text in one line. [`Code::error`] and its like demand it, so that no rule goes without; `tests/explain.rs`
/// holds what it must look like.
#[derive(Debug, PartialEq, Eq)]
pub struct Explained {
    /// What was compared with what, and why it matters.
    pub means: &'static str,
    /// The paragraph of the official notice behind it, with its year; or that it is this tool's convention, with
    /// the scheme's key where the scheme decides.
    pub basis: &'static str,
    /// One real message with its place, as the code's own case in `tests/cases` raises it.
    pub example: &'static str,
    /// What the clerk does and what is asked of the reviewer, step by step.
    pub remedy: &'static str,
}

#[cfg(test)]
impl Explained {
    /// Of codes that only unit tests know.
    pub const NOTHING: Self = Self {
        means: "",
        basis: "",
        example: "",
        remedy: "",
    };
}

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
    pub explained: Explained,
    /// Whether several in one sheet are said in one sentence.
    pub folds: bool,
    /// The code that says as much already where it is raised for the same society; people are told once.
    pub implied_by: Option<&'static Code>,
}

impl Code {
    #[must_use]
    pub const fn error(
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
        explained: Explained,
    ) -> Self {
        Self::new(Severity::Error, id, name, states, next, explained)
    }

    #[must_use]
    pub const fn warning(
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
        explained: Explained,
    ) -> Self {
        Self::new(Severity::Warning, id, name, states, next, explained)
    }

    #[must_use]
    pub const fn note(
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
        explained: Explained,
    ) -> Self {
        Self::new(Severity::Note, id, name, states, next, explained)
    }

    const fn new(
        severity: Severity,
        id: &'static str,
        name: &'static str,
        states: &'static str,
        next: &'static str,
        explained: Explained,
    ) -> Self {
        Self {
            id,
            name,
            severity,
            states,
            next,
            explained,
            folds: false,
            implied_by: None,
        }
    }

    /// Not said to people where this code is raised for the same society.
    #[must_use]
    pub const fn implied_by(mut self, code: &'static Code) -> Self {
        self.implied_by = Some(code);
        self
    }

    /// Several in one sheet are said in one sentence.
    #[must_use]
    pub const fn folding(mut self) -> Self {
        self.folds = true;
        self
    }
}
