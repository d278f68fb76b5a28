//! How the blank form is protected, shown and printed, and where its pages break.

use rust_xlsxwriter::{ProtectionOptions, XlsxError};

use super::{FIRST, Order, Page, looks};
use crate::form::labels::Column;
use crate::report::kit::print::{break_at, breaks, code, header_text};
use crate::report::kit::style;

/// A4 landscape without its margins, in points: what one page holds at full size.
const PAGE: (f64, f64) = (842.0 - 2.0 * SIDE * 72.0, 595.0 - (TOP + BOTTOM) * 72.0);
/// Margins in inches: 1.2 cm at the sides and below, 1 cm above.
const SIDE: f64 = 1.2 / 2.54;
const TOP: f64 = 1.0 / 2.54;
const BOTTOM: f64 = 1.2 / 2.54;

impl Page<'_> {
    /// How the sheet is protected, shown and printed. `header` is the row that every page repeats; what stands below
    /// `total` is not signed on a page of its own.
    pub(super) fn printing(
        &mut self,
        header: u32,
        total: u32,
        order: &Order,
    ) -> Result<(), XlsxError> {
        /// Rows that go along with the total to the page of the signature.
        const COMPANY: usize = 2;
        let last = self.row() - 1;
        let last_column = self.last();
        let [head, total] = [header, total].map(|row| usize::try_from(row).unwrap_or_default());
        let repeated = self.heights.get(head).copied().unwrap_or_default();
        let block = (total.saturating_sub(COMPANY), self.heights.len());
        let breaks = breaks(&self.heights, repeated, PAGE.1, &[block]);
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
        let scheme = &self.ground.scheme;
        let width: f64 = Column::of(scheme)
            .filter(|column| column.is_shown(scheme))
            .map(|column| f64::from(looks::width(column, scheme)) * 0.75)
            .sum();
        let scale = (PAGE.0 / width).min(1.0);
        let repeated = self.height_above(header + 1) - self.height_above(header);
        (self.height_above(row) - repeated) / (PAGE.1 / scale - repeated)
    }

    /// Points above a row.
    fn height_above(&self, row: u32) -> f64 {
        let rows = usize::try_from(row).unwrap_or(usize::MAX);
        self.heights.iter().take(rows).sum()
    }
}
