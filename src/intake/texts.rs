//! The shared texts of a workbook, and which parts of them look differently.

use std::collections::BTreeMap;

use super::Refusal;
use super::looks::{Face, Run};
use super::xml::damaged;

/// A text in parts that look differently.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rich {
    pub(super) text: String,
    /// The parts in order, none of them empty. A plain text has none.
    pub(super) runs: Vec<Run>,
}

impl Rich {
    /// A text that looks as its cell does.
    pub(super) fn plain(text: String) -> Self {
        Self {
            text,
            runs: Vec::new(),
        }
    }
}

impl Rich {
    /// Ends a part: what was added since the last one looks like this.
    pub(super) fn end(&mut self, font: Face) {
        let end = self.text.len();
        if self.runs.last().map_or(0, |run| run.end) < end {
            let font = Some(font);
            self.runs.push(Run { end, font });
        }
    }
}

/// One behind the other in one place: five bytes of a file can be a text of their own.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
    rich: BTreeMap<u32, Vec<Run>>,
}

impl Texts {
    pub(super) fn push(&mut self, rich: Rich) -> Result<(), Refusal> {
        self.all.push_str(&rich.text);
        if rich.runs.iter().any(|run| run.font.is_some()) {
            let index = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            self.rich.insert(index, rich.runs);
        }
        let end = u32::try_from(self.all.len());
        self.ends.push(end.map_err(|error| damaged(&error))?);
        Ok(())
    }

    /// The text of this number with its parts.
    pub(super) fn get(&self, index: u32) -> Option<(&str, &[Run])> {
        let at = usize::try_from(index).ok()?;
        let end = usize::try_from(*self.ends.get(at)?).ok()?;
        let start = match at.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        let runs = self.rich.get(&index).map_or(&[][..], Vec::as_slice);
        Some((self.all.get(start..end)?, runs))
    }
}
