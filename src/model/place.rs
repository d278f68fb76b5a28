//! Where something was found: file, inner path, sheet, cell. What every finding points at.

use serde::Serialize;

use super::CellRef;

/// A place a person can go to. Empty parts are not said: a finding about a whole file has no sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Place {
    /// Relative to the PATH it was found under, with `/`.
    pub file: String,
    /// The way inside archives and mails, outermost first.
    pub within: Vec<String>,
    /// The sheet as Excel shows it; empty for csv.
    pub sheet: String,
    pub cell: Option<CellRef>,
}

impl Place {
    /// The whole file.
    #[must_use]
    pub fn file(file: &str, within: &[String]) -> Self {
        Self {
            file: file.to_owned(),
            within: within.to_vec(),
            ..Self::default()
        }
    }

    /// The same sheet at another cell.
    #[must_use]
    pub fn at(&self, cell: impl Into<Option<CellRef>>) -> Self {
        Self {
            cell: cell.into(),
            ..self.clone()
        }
    }
}
