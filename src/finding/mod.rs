//! 问题: faults in what was received, and how they are said to people.
//!
//! A finding is never an [`crate::error::Error`]: the program worked, the data is wrong or worth knowing. It carries
//! what its rule found as values ([`Fact`]); what is said of it is made last, for the one who reads it ([`Reader`]).
//! Knows nothing of how any rule decides.

mod code;
mod fact;
pub mod glance;
mod reader;
mod said;
mod state;
pub mod text;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use code::{Code, Explained};
pub use fact::{Advice, Bearing, Fact, Named, Resend};
pub use reader::{Eyes, Reader};
pub use said::Said;
pub use state::{Doubt, FormState, Outcome};

use crate::model::{FormKey, Place};

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

/// 问题: one fault at one place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Usually the code's own; a policy of the scheme can make it lighter.
    pub severity: Severity,
    pub place: Place,
    /// The form it was found in; none where it is about a file, a list or a society.
    pub form: Option<FormKey>,
    /// The society's own form (an index into those) that it was found in.
    pub own: Option<usize>,
    pub society: Option<String>,
    pub reviewer: Option<String>,
    /// Code of the scored line.
    pub line: Option<String>,
    /// What the rule found.
    pub fact: Arc<dyn Fact>,
    /// Why it no longer matters.
    pub moot: Option<Moot>,
    /// What became of the form.
    pub outcome: Option<Outcome>,
    /// The first of the form's findings, with which alone it is said what becomes of the form.
    pub leads: bool,
}

/// Why a finding no longer matters: it is worth knowing, no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moot {
    /// The form does not count any more: a copy, or an older version.
    Aside,
    /// The form's reviewer must stand aside: there is nothing to put right.
    Recused,
    /// The clerk has set the form aside.
    Excluded,
    /// Most forms are another edition's: what is wrong is the year in use.
    Elsewhere,
    /// The clerk has done with the file, by this row of the register.
    Closed { by: String },
    /// The clerk has looked into it and found nothing wrong, by this row of the register.
    Verified { by: String },
}

impl Finding {
    /// What a rule found, at `place`.
    #[must_use]
    pub fn of(fact: impl Fact + 'static, place: Place) -> Self {
        Self {
            severity: fact.code().severity,
            place,
            form: None,
            own: None,
            society: None,
            reviewer: None,
            line: None,
            fact: Arc::new(fact),
            moot: None,
            outcome: None,
            leads: false,
        }
    }

    #[must_use]
    pub fn code(&self) -> &'static Code {
        self.fact.code()
    }

    #[must_use]
    pub fn bearing(&self) -> Bearing {
        self.fact.bearing()
    }

    /// As somebody reads it.
    #[must_use]
    pub fn said(&self, to: &Reader<'_>) -> Said {
        Said::of(self, to)
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

    /// Found in this form.
    #[must_use]
    pub fn form(mut self, form: FormKey) -> Self {
        self.form = Some(form);
        self
    }

    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Worth knowing, no more.
    pub fn close(&mut self, why: Moot) {
        self.severity = Severity::Note;
        self.moot = Some(why);
    }

    /// The order in which findings are listed: by file and place, heavy ones first at the same place, and what
    /// concerns no file at the end. What is equal here stays in the order in which it was found, which follows files and lists.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        (
            self.place.file.is_empty(),
            &self.place,
            self.severity,
            self.code().id,
        )
    }
}
