//! 一级指标 and 二级指标: each once over the lines that share it.

use rust_xlsxwriter::{Format, XlsxError};

use super::Page;
use crate::form::labels::Column;
use crate::model::LineId;
use crate::scheme::Line;

impl Page<'_> {
    /// Writes 一级指标 and 二级指标, each once over the lines that share it.
    pub(super) fn titles(
        &mut self,
        header: u32,
        first: u32,
        lines: &[(LineId, &Line)],
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
            row = self.over(header, (row, count), Column::Dimension, &title, formats)?;
        }
        let mut row = first;
        for run in lines.chunk_by(|(_, one), (_, next)| one.indicator == next.indicator) {
            let title = &scheme.indicator(run[0].1).title;
            let formats = [&looks.indicator, &looks.indicator_broken];
            let count = rows(self, run);
            row = self.over(header, (row, count), Column::Indicator, title, formats)?;
        }
        Ok(())
    }

    /// Text over `rows` rows of one column, in the format for rows on one page or for rows that a page break
    /// may part. Gives the row below.
    fn over(
        &mut self,
        header: u32,
        (first, rows): (u32, usize),
        column: Column,
        text: &str,
        [whole, broken]: [&Format; 2],
    ) -> Result<u32, XlsxError> {
        /// Part of a page by which programs differ in where they break.
        const SLACK: f64 = 0.05;
        let below = first + u32::try_from(rows).unwrap_or(u32::MAX);
        let column = self.at(column);
        if rows == 1 {
            self.sheet
                .write_string_with_format(first, column, text, whole)?;
        } else {
            let top = self.page_at(header, first) - SLACK;
            let bottom = self.page_at(header, below) + SLACK;
            let format = if top.max(0.0).floor() < bottom.floor() {
                broken
            } else {
                whole
            };
            self.sheet
                .merge_range(first, column, below - 1, column, text, format)?;
        }
        Ok(below)
    }
}
