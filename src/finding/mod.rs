//! 问题: faults in what was received, and how they are said to people.
//!
//! A finding is never an [`crate::error::Error`]: the program worked, the data is wrong or worth knowing.
//! Knows nothing of how any rule decides.

pub mod code;
pub mod text;

use serde::{Deserialize, Serialize};

pub use code::{Code, Explained};

use crate::model::Place;

/// How much a finding weighs. Ordered from heavy to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 须更正: the form does not count.
    Error,
    /// 请核实: counted or listed, to be looked at.
    Warning,
    /// 提示: worth knowing.
    Note,
}

impl Severity {
    /// As people see it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "须更正",
            Self::Warning => "请核实",
            Self::Note => "提示",
        }
    }
}

/// 问题: one fault at one place. `message`, `found` and `allowed` are Chinese without a final full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static Code,
    /// Usually the code's own; a policy of the scheme can make it lighter.
    pub severity: Severity,
    pub place: Place,
    pub society: Option<String>,
    pub reviewer: Option<String>,
    /// Code of the scored line.
    pub line: Option<String>,
    pub found: String,
    pub allowed: String,
    /// What is wrong, in one clause.
    pub message: String,
    /// What becomes of it and what to do next.
    pub next: String,
}

impl Finding {
    /// `code` at `place`, saying `message`.
    #[must_use]
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            place,
            society: None,
            reviewer: None,
            line: None,
            found: String::new(),
            allowed: String::new(),
            message: message.into(),
            next: code.next.to_owned(),
        }
    }

    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = allowed.into();
        self
    }

    #[must_use]
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }

    #[must_use]
    pub fn line(mut self, line: &str) -> Self {
        self.line = Some(line.to_owned());
        self
    }

    #[must_use]
    pub fn society(mut self, society: &str) -> Self {
        self.society = Some(society.to_owned());
        self
    }

    #[must_use]
    pub fn reviewer(mut self, reviewer: &str) -> Self {
        self.reviewer = Some(reviewer.to_owned());
        self
    }

    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The order in which findings are listed: by file and place, heavy ones first at the same place, and what
    /// concerns no file at the end. What is equal here stays in the order in which it was found, which follows files and lists.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        (
            self.place.file.is_empty(),
            &self.place,
            self.severity,
            self.code.id,
        )
    }
}
