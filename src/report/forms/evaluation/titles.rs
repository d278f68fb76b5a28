//! 一级指标 and 二级指标: each once over the lines that share it, and again where they go on on another page.

use rust_xlsxwriter::{Format, XlsxError};

use super::{Page, at};
use crate::form::labels::Column;
use crate::scheme::Line;

impl Page<'_> {
    /// Writes 一级指标 and 二级指标, each once over the lines that share it, and again on another page.
    pub(super) fn titles(&mut self, first: u32, lines: &[&Line]) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let looks = self.looks;
        let mut row = first;
        for run in lines.chunk_by(|one, next| one.dimension == next.dimension) {
            let dimension = scheme.dimension(run[0]);
            let title = format!("{}.{}", dimension.id, dimension.title);
            row = self.over(
                (row, run.len()),
                Column::Dimension,
                &title,
                &looks.dimension,
            )?;
        }
        let mut row = first;
        for run in lines.chunk_by(|one, next| one.indicator == next.indicator) {
            let title = &scheme.indicator(run[0]).title;
            row = self.over((row, run.len()), Column::Indicator, title, &looks.indicator)?;
        }
        Ok(())
    }

    /// Text over `rows` rows of one column, once on every page. Gives the row below.
    fn over(
        &mut self,
        (first, rows): (u32, usize),
        column: Column,
        text: &str,
        look: &Format,
    ) -> Result<u32, XlsxError> {
        let (mut row, mut left) = (first, rows);
        while left > 0 {
            let piece = self.unbroken(row, left);
            let below = row + u32::try_from(piece).unwrap_or(u32::MAX);
            let column = at(column);
            if piece == 1 {
                self.sheet
                    .write_string_with_format(row, column, text, look)?;
            } else {
                self.sheet
                    .merge_range(row, column, below - 1, column, text, look)?;
            }
            (row, left) = (below, left - piece);
        }
        Ok(row)
    }
}

/// The rows where another 一级指标 begins, of lines that stand from `first` on.
pub(super) fn runs(first: u32, lines: &[&Line]) -> Vec<usize> {
    let first = usize::try_from(first).unwrap_or_default();
    let mut begins = Vec::new();
    let mut row = first;
    for run in lines.chunk_by(|one, next| one.dimension == next.dimension) {
        begins.push(row);
        row += run.len();
    }
    // The first one has the heading of its part above it.
    begins.into_iter().skip(1).collect()
}
