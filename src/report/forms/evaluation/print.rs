//! How the blank form is protected, shown and printed, and where its pages break.

use rust_xlsxwriter::{ProtectionOptions, XlsxError};

use super::{FIRST, LAST, Order, Page};
use crate::report::kit::print::{break_at, code, header_text};
use crate::report::kit::style;

/// Margins in inches: 1.2 cm at the sides and below, 1 cm above.
const SIDE: f64 = 1.2 / 2.54;
const TOP: f64 = 1.0 / 2.54;
const BOTTOM: f64 = 1.2 / 2.54;
/// What a page of A4 lying down holds at full size, in points of rows.
const ROOM: f64 = 595.0 - (TOP + BOTTOM) * 72.0;

impl Page<'_> {
    /// How the sheet is protected, shown and printed. `header` is the row that every page repeats.
    pub(super) fn printing(&mut self, header: u32, order: &Order) -> Result<(), XlsxError> {
        let last = self.row() - 1;
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
            .set_print_area(0, FIRST, last, LAST)?
            .set_repeat_rows(header, header)?
            // As many pages as it takes to be read.
            .set_print_fit_to_pages(1, 0)
            .set_footer(format!(
                "&L{font}{}&C{font}— &P —",
                header_text(&order.society.name)
            ))
            .set_screen_gridlines(false);
        break_at(self.sheet, &self.breaks)
    }

    /// Breaks pages among the rows of a part, from `first` to the last so far, with `below` points of rows that follow
    /// them: before the part where it then stands whole, else where one of its `titles` begins, else between any rows.
    /// What follows never stands alone.
    pub(super) fn paginate(&mut self, header: u32, first: u32, titles: &[usize], below: f64) {
        /// Less of a page than this is not left empty for the sake of a better break.
        const WELL_FILLED: f64 = 0.9;
        /// Rows that go along with what follows.
        const COMPANY: usize = 2;
        let [header, first] = [header, first].map(|row| usize::try_from(row).unwrap_or_default());
        let end = self.heights.len();
        let repeated = self.heights.get(header).copied().unwrap_or_default();
        let own: f64 = self.heights[first..].iter().sum();
        let used = |top: usize, row: usize, heights: &[f64]| -> f64 {
            let again = if top > header { repeated } else { 0.0 };
            again + heights[top..row].iter().sum::<f64>()
        };
        let mut top = self.breaks.last().copied().unwrap_or_default();
        let before = used(top, first, &self.heights);
        if before + own + below <= ROOM {
            return;
        }
        if before >= ROOM * WELL_FILLED && repeated + own + below <= ROOM {
            self.breaks.push(first);
            return;
        }
        for row in first..end {
            let follows = if row + COMPANY >= end { below } else { 0.0 };
            let rest = if follows > 0.0 { end } else { row + 1 };
            if used(top, rest, &self.heights) + follows <= ROOM || row <= top {
                continue;
            }
            let well = |title: &&usize| {
                let at = **title;
                at > top && at <= row && used(top, at, &self.heights) >= ROOM * WELL_FILLED
            };
            top = titles.iter().rev().find(well).copied().unwrap_or(row);
            self.breaks.push(top);
        }
    }

    /// The piece of `rows` rows from `first` on that stands on one page; at least one row.
    pub(super) fn unbroken(&self, first: u32, rows: usize) -> usize {
        let at = usize::try_from(first).unwrap_or_default();
        let next = self.breaks.iter().find(|row| **row > at);
        next.map_or(rows, |next| rows.min(next - at))
    }
}
