//! 一级指标 and 二级指标: each once over the lines that share it.

use rust_xlsxwriter::{Format, XlsxError};

use super::Page;
use super::table::Table;
use crate::form::labels::Column;
use crate::model::LineId;
use crate::scheme::Line;

impl Page<'_> {
    /// Writes 一级指标 and 二级指标, each once over the lines that share it. Pages begin with the rows of `breaks`.
    pub(super) fn titles(&mut self, table: &Table, breaks: &[usize]) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        for ((first, _), lines) in table.parts.iter().zip(&table.lines) {
            let lines = lines.iter().map(|line| (*line, &scheme.lines[*line]));
            let lines: Vec<(LineId, &Line)> = lines.collect();
            self.titles_of_part(*first, &lines, breaks)?;
        }
        Ok(())
    }

    fn titles_of_part(
        &mut self,
        first: u32,
        lines: &[(LineId, &Line)],
        breaks: &[usize],
    ) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let looks = self.looks;
        let mut row = first;
        let rows = |page: &Self, run: &[(LineId, &Line)]| -> usize {
            run.iter().map(|(line, _)| page.rows_of(*line)).sum()
        };
        for run in lines.chunk_by(|(_, one), (_, next)| one.dimension == next.dimension) {
            let dimension = scheme.dimension(run[0].1);
            let title = if scheme.has_dimensions() {
                format!("{}.{}", dimension.id, dimension.title)
            } else {
                String::new()
            };
            let formats = [&looks.dimension, &looks.dimension_broken];
            let count = rows(self, run);
            row = self.over(breaks, (row, count), Column::Dimension, &title, formats)?;
        }
        let mut row = first;
        for run in lines.chunk_by(|(_, one), (_, next)| one.indicator == next.indicator) {
            let title = &scheme.indicator(run[0].1).title;
            let formats = [&looks.indicator, &looks.indicator_broken];
            let count = rows(self, run);
            row = self.over(breaks, (row, count), Column::Indicator, title, formats)?;
        }
        Ok(())
    }

    /// Text over `rows` rows of one column, in the format for rows on one page or for rows that a page break
    /// parts. Gives the row below.
    fn over(
        &mut self,
        breaks: &[usize],
        (first, rows): (u32, usize),
        column: Column,
        text: &str,
        [whole, broken]: [&Format; 2],
    ) -> Result<u32, XlsxError> {
        let below = first + u32::try_from(rows).unwrap_or(u32::MAX);
        let column = self.at(column);
        if rows == 1 {
            self.sheet
                .write_string_with_format(first, column, text, whole)?;
        } else {
            let is_parted = breaks
                .iter()
                .filter_map(|row| u32::try_from(*row).ok())
                .any(|row| first < row && row < below);
            let format = if is_parted { broken } else { whole };
            self.sheet
                .merge_range(first, column, below - 1, column, text, format)?;
        }
        Ok(below)
    }
}
