//! Rulings that could concern a form and were not applied to it, as the form's finding says so.

use serde::Serialize;

use super::codes::{AMBIGUOUS, AT_ODDS, OUTDATED};
use crate::finding::text::quote;
use crate::finding::{Code, Doubt, Fact, Reader};
use crate::register::{Ruling, Treatment};

/// A row of the register.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    label: String,
    subject: String,
    treatment: Treatment,
}

impl Row {
    pub(super) fn of(ruling: &Ruling) -> Self {
        Self {
            label: ruling.label(),
            subject: ruling.subject.clone(),
            treatment: ruling.treatment,
        }
    }

    /// The row with what it names, which may be anything that came.
    fn said(&self, to: &Reader<'_>) -> String {
        if to.sees_all() {
            format!("{}写的{}", self.label, quote(&self.subject))
        } else {
            self.label.clone()
        }
    }
}

/// Rulings that a form could be meant by.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Misapplied {
    /// It could be another file as well.
    Ambiguous { row: Row },
    /// They say the contrary of one another.
    AtOdds { rows: Vec<Row> },
    /// It was made about something else.
    Outdated {
        row: Row,
        /// The content is another; else it came after the ruling's day.
        changed: bool,
    },
}

impl Fact for Misapplied {
    fn code(&self) -> &'static Code {
        match self {
            Self::Ambiguous { .. } => &AMBIGUOUS,
            Self::AtOdds { .. } => &AT_ODDS,
            Self::Outdated { .. } => &OUTDATED,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Ambiguous { row } => {
                format!("{}对应到几个同名文件，分不清是哪一个", row.said(to))
            }
            Self::AtOdds { rows } => {
                let rows: Vec<String> = rows
                    .iter()
                    .map(|row| format!("{}“{}”", row.label, row.treatment.label()))
                    .collect();
                format!("对这一份，{}互相矛盾，都没有采用", rows.join("与"))
            }
            Self::Outdated { row, changed } => {
                let why = if *changed {
                    "这一份现在的内容与登记时不同"
                } else {
                    "这一份是登记那天以后填报或收到的"
                };
                format!(
                    "{}（{}）没有用在这一份上：{why}",
                    row.said(to),
                    row.treatment.label()
                )
            }
        }
    }

    fn doubt(&self) -> Option<Doubt> {
        matches!(self, Self::Outdated { .. }).then_some(Doubt::Ruling)
    }
}
