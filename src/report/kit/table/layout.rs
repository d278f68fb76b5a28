//! How a table wishes to be set out on paper, and who signs it.

use crate::report::kit::print::Paper;

/// A block to sign and to seal.
#[derive(Debug, Clone, PartialEq)]
pub struct Signatures {
    /// What those are who sign.
    pub people: &'static [&'static str],
    /// Whose seal it is.
    pub unit: String,
}

/// How a table wishes to be set out on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Points of the body.
    pub size: f64,
    /// Height in points of a row that needs but one line.
    pub row_height: f64,
    /// Columns that stay in sight when scrolling to the right.
    pub frozen: u16,
    /// How the paper lies, where the widths alone shall not decide. A wider table lies down all the same.
    pub paper: Option<Paper>,
    pub pages: Pages,
    /// Every page repeats what is said above the table, not only its header.
    pub repeats_lead: bool,
}

/// How many pages a table wishes to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// As many as it takes.
    Many,
    /// One, where it can still be read there.
    PreferOne,
}

impl Layout {
    /// A table to look at and to sign.
    #[must_use]
    pub fn paper(size: f64, frozen: u16) -> Self {
        Self {
            size,
            row_height: (size * 1.9).ceil(),
            frozen,
            paper: None,
            pages: Pages::Many,
            repeats_lead: false,
        }
    }

    /// A list, which is long: its rows stand closer.
    #[must_use]
    pub fn list(size: f64, frozen: u16) -> Self {
        Self {
            row_height: (size * 1.6).ceil(),
            ..Self::paper(size, frozen)
        }
    }
}
