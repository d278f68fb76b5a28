//! How the blank form is protected, shown and printed, and where its pages break.

use rust_xlsxwriter::{ProtectionOptions, XlsxError};

use super::table::Table;
use super::{FIRST, Order, Page, looks};
use crate::form::labels::Column;
use crate::model::LineId;
use crate::report::kit::print::{break_at, breaks, code, header_text};
use crate::report::kit::style;

/// A4 landscape without its margins, in points: what one page holds at full size.
const PAGE: (f64, f64) = (842.0 - 2.0 * SIDE * 72.0, 595.0 - (TOP + BOTTOM) * 72.0);
/// Margins in inches: 1.2 cm at the sides, 1 cm below with the page number in it, 0.8 cm above.
const SIDE: f64 = 1.2 / 2.54;
const TOP: f64 = 0.8 / 2.54;
const BOTTOM: f64 = 1.0 / 2.54;

impl Page<'_> {
    /// The rows with which pages begin. `header` is the row that every page repeats; the heading of a part goes with its
    /// first line, its sum with its last, and what stands below the total is not signed on a page of its own.
    pub(super) fn breaks(&self, header: u32, table: &Table) -> Vec<usize> {
        /// Rows that go along with the total to the page of the signature.
        const COMPANY: usize = 2;
        let at = |row: u32| usize::try_from(row).unwrap_or_default();
        let repeated = self.heights.get(at(header)).copied().unwrap_or_default();
        let block = (at(table.total).saturating_sub(COMPANY), self.heights.len());
        let mut together: Vec<(usize, usize)> = Vec::new();
        for ((first, last), lines) in table.parts.iter().zip(&table.lines) {
            let rows = |line: Option<&LineId>| line.map_or(1, |line| self.rows_of(*line));
            let head = (
                at(*first).saturating_sub(1),
                at(*first) + rows(lines.first()),
            );
            let sum = (at(*last) + 1 - rows(lines.last()), at(*last) + 2);
            // A part of one line stands as a whole.
            if head.1 > sum.0 {
                together.push((head.0, sum.1));
            } else {
                together.extend([head, sum]);
            }
        }
        together.extend(self.own_blocks(table));
        // What reaches into the block goes with it.
        let reaching = together.iter().filter(|(_, below)| *below > block.0);
        let begin = reaching.map(|(first, _)| *first).min();
        let begin = begin.unwrap_or(block.0).min(block.0);
        together.retain(|(first, _)| *first < begin);
        together.push((begin, block.1));
        breaks(&self.heights, repeated, PAGE.1 / self.scale(), &together)
    }

    /// How the sheet is protected, shown and printed, with pages that begin with the rows of `breaks`.
    pub(super) fn printing(
        &mut self,
        header: u32,
        breaks: &[usize],
        order: &Order,
    ) -> Result<(), XlsxError> {
        let last = self.row() - 1;
        let last_column = self.last();
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
        break_at(self.sheet, breaks)
    }

    /// How much smaller the form is printed to be one page wide, at the least: where columns come out wider than asked, it
    /// shrinks more, and more fits on a page.
    fn scale(&self) -> f64 {
        let scheme = &self.ground.scheme;
        let width: f64 = Column::of(scheme)
            .filter(|column| column.is_shown(scheme))
            .map(|column| f64::from(looks::width(column, scheme)) * 0.75)
            .sum();
        (PAGE.0 / width).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::{Order, Page};
    use crate::ground::Ground;
    use crate::model::SocietyId;
    use crate::report::forms::evaluation::looks::Looks;
    use crate::scheme::{self, Scheme};

    /// A scheme of so many parts with so many lines each.
    fn scheme_of(parts: usize, lines: usize) -> Scheme {
        let mut text = format!(
            "id = \"a-2027\"\ntitle = \"评估\"\nform_title = \"评分表\"\nyear = 2027\nsubject = \"社会组织\"\nprecision = 2\n\
             stage = \"a\"\n[declared]\nparts = {parts}\nlines = {}\nbonus = {}\n[stars]\nthresholds = [5, 10]\n\
             [[stages]]\nid = \"a\"\nname = \"评审\"\nfrom = 2027-03-01\nto = 2027-04-30\n",
            parts * lines,
            parts * lines * 10,
        );
        for part in 1..=parts {
            write!(text, "[[parts]]\nid = \"{part}\"\ntitle = \"组织建设\"\n").expect("a text");
            for line in 1..=lines {
                write!(
                    text,
                    "[[lines]]\ncode = \"{part}.{line}\"\npart = \"{part}\"\ntitle = \"指标\"\nbonus = 10\nstep = 1\n"
                )
                .expect("a text");
            }
        }
        scheme::read(&text).expect("sound")
    }

    /// Eight parts of two lines, a form of many parts as an office has it, left the signature on a page of its own.
    #[test]
    fn no_form_is_signed_on_a_page_without_its_total() {
        let mut ground = Ground::load(None, &[]).expect("the built-in year");
        let mut several = 0;
        for (parts, lines) in (1..=12).flat_map(|parts| (1..=6).map(move |lines| (parts, lines))) {
            ground.scheme = scheme_of(parts, lines);
            let order = Order {
                index: SocietyId::at(0),
                society: &ground.roster.societies[SocietyId::at(0)],
                reviewer: None,
                filling: None,
                own: None,
            };
            let looks = Looks::new(&ground.scheme);
            let mut sheet = rust_xlsxwriter::Worksheet::new();
            let mut page = Page::new(&ground, &looks, &mut sheet, None);
            page.heading().expect("a heading");
            page.fields(&order).expect("fields");
            let header = page.row();
            let table = page.table().expect("a table");
            page.foot(&order, &table).expect("a foot");
            let breaks = page.breaks(header, &table);
            let total = usize::try_from(table.total).expect("a row");
            several += breaks.len();
            for row in breaks {
                assert!(
                    row + 2 <= total,
                    "{parts} parts of {lines}: {row} of {total}"
                );
                let parted = table.parts.iter().any(|(first, last)| {
                    // Its heading alone at the foot of a page, or its sum at the head of one.
                    [*first, last + 1]
                        .iter()
                        .any(|one| usize::try_from(*one) == Ok(row))
                });
                assert!(!parted, "{parts} parts of {lines}: {row}");
            }
        }
        assert!(several > 60, "{several}");
    }
}
