//! How the blank form is protected, shown and printed, and where its pages break.

use rust_xlsxwriter::{ProtectionOptions, XlsxError};

use super::table::Table;
use super::{FIRST, Order, Page, looks};
use crate::form::labels::Column;
use crate::report::kit::print::{WIDER, break_at, breaks, code, header_text};
use crate::report::kit::style;

/// A4 landscape without its margins, in points: what one page holds at full size.
const PAGE: (f64, f64) = (842.0 - 2.0 * SIDE * 72.0, 595.0 - (TOP + BOTTOM) * 72.0);
/// Margins in inches: 1.2 cm at the sides and below, 1 cm above.
const SIDE: f64 = 1.2 / 2.54;
const TOP: f64 = 1.0 / 2.54;
const BOTTOM: f64 = 1.2 / 2.54;

impl Page<'_> {
    /// How the sheet is protected, shown and printed. `header` is the row that every page repeats; what stands below
    /// the total is not signed on a page of its own.
    pub(super) fn printing(
        &mut self,
        header: u32,
        table: &Table,
        order: &Order,
    ) -> Result<(), XlsxError> {
        /// Rows that go along with the total to the page of the signature.
        const COMPANY: usize = 2;
        let last = self.row() - 1;
        let last_column = self.last();
        let at = |row: u32| usize::try_from(row).unwrap_or_default();
        let repeated = self.heights.get(at(header)).copied().unwrap_or_default();
        // The heading of a part goes with its first line.
        let parts = table.parts.iter().zip(&table.lines);
        let mut together: Vec<(usize, usize)> = parts
            .map(|((first, _), lines)| {
                let rows = lines.first().map_or(1, |line| self.rows_of(*line));
                (at(*first).saturating_sub(1), at(*first) + rows)
            })
            .collect();
        together.extend(self.own_blocks(table));
        // Where both begin at one row the whole block is what matters.
        let block = (at(table.total).saturating_sub(COMPANY), self.heights.len());
        together.retain(|(first, _)| *first < block.0);
        together.push(block);
        let breaks = breaks(&self.heights, repeated, PAGE.1 / self.scale(), &together);
        let font = code(style::BODY);
        self.sheet
            .protect_with_options(&ProtectionOptions {
                format_columns: true,
                format_rows: true,
                ..ProtectionOptions::new()
            })
            .set_freeze_panes(header + 1, 0)?
            .set_landscape()
            .set_paper_size(9)
            .set_margins(SIDE, SIDE, TOP, BOTTOM, 0.5 / 2.54, 0.5 / 2.54)
            .set_print_center_horizontally(true)
            .set_print_area(0, FIRST, last, last_column)?
            .set_repeat_rows(header, header)?
            // As many pages as it takes to be read.
            .set_print_fit_to_pages(1, 0)
            .set_footer(format!(
                "&L{font}{}&C{font}— &P —",
                header_text(&order.society.name)
            ))
            .set_screen_gridlines(false);
        break_at(self.sheet, &breaks)
    }

    /// How many pages the form fills when it is one page wide.
    #[cfg(test)]
    pub(super) fn pages(&self, header: u32) -> f64 {
        self.page_at(header, self.row())
    }

    /// On which page the top of a row comes to stand, counted from zero, with the part of the page above it.
    pub(super) fn page_at(&self, header: u32, row: u32) -> f64 {
        let repeated = self.height_above(header + 1) - self.height_above(header);
        (self.height_above(row) - repeated) / (PAGE.1 / self.scale() - repeated)
    }

    /// How much smaller the form is printed to be one page wide.
    fn scale(&self) -> f64 {
        let scheme = &self.ground.scheme;
        let width: f64 = Column::of(scheme)
            .filter(|column| column.is_shown(scheme))
            .map(|column| f64::from(looks::width(column, scheme)) * 0.75 * WIDER)
            .sum();
        (PAGE.0 / width).min(1.0)
    }

    /// Points above a row.
    fn height_above(&self, row: u32) -> f64 {
        let rows = usize::try_from(row).unwrap_or(usize::MAX);
        self.heights.iter().take(rows).sum()
    }
}
