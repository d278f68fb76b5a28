//! What stands below a table, and the sheet as a page: notes, signatures, breaks, set-up for print.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::Sheet;
use super::cells::LINE;
use super::wrap::{lines, width};
use crate::report::kit::print::{self, Fit, Paper};
use crate::report::kit::style;

impl Sheet {
    /// Notes below the table, one paragraph each.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn notes(&mut self, notes: &[&str]) -> Result<(), XlsxError> {
        let first = self.heights.len();
        self.noted = Some(first);
        self.paragraphs(notes)?;
        self.keep_with_table(first);
        Ok(())
    }

    /// What begins at a row is not parted from the last rows of the table: alone on a page it would speak of nothing.
    fn keep_with_table(&mut self, first: usize) {
        /// Rows of the table that go along.
        const COMPANY: usize = 2;
        let header = usize::try_from(self.headed).unwrap_or_default();
        let company = first.saturating_sub(COMPANY).max(header);
        self.together.push((company, self.heights.len()));
    }

    /// Texts over the width of the first page.
    pub(super) fn paragraphs(&mut self, texts: &[impl AsRef<str>]) -> Result<(), XlsxError> {
        let format = style::font(style::BODY, self.size).set_text_wrap();
        let pages = f64::from(self.pages_wide());
        let columns = f64::from(self.pixels()) / pages / (self.size * 2.0 / 3.0);
        let last = self.last_on_first_page();
        for text in texts {
            let text = text.as_ref();
            let lines = f64::from(lines(text, columns.to_u32().unwrap_or(1)));
            let row = self.begin(lines * self.size * LINE + 2.0)?;
            self.across(row, (0, last), text, &format)?;
        }
        Ok(())
    }

    /// The block to sign and to seal, kept on one page: at the left what people write, at the right the unit
    /// and the day, with room for the seal (4.2 cm) over both.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn signatures(&mut self, people: &[&str], unit: &str) -> Result<(), XlsxError> {
        /// Four of them leave 4.5 cm even where the sheet is shrunk a little.
        const HEIGHT: f64 = 37.0;
        const ROWS: usize = 4;
        /// Pixels that a unit, its seal and a day take.
        const SEAL: u32 = 200;
        let first = self.noted.unwrap_or(self.heights.len());
        self.gap(6.0)?;
        let last = self.last_column();
        let half = self.half();
        let left = style::font(style::BODY, 12.0);
        let rest = self.columns.iter().skip(usize::from(half) + 1);
        let is_narrow = rest.map(|column| column.pixels(self.size)).sum::<u32>() < SEAL;
        // Where no column ends near the middle, both sides stand in the outermost cells and run over the empty ones.
        let (left_to, right_from, right) = if is_narrow {
            (0, last, left.clone().set_align(FormatAlign::Right))
        } else {
            let centred = left.clone().set_align(FormatAlign::Center);
            (half, half + 1, centred.set_text_wrap())
        };
        for line in 0..ROWS.max(people.len()) {
            let row = self.begin(HEIGHT)?;
            if let Some(person) = people.get(line) {
                self.across(
                    row,
                    (0, left_to),
                    &format!("{person}：＿＿＿＿＿＿＿＿"),
                    &left,
                )?;
            }
            let text = match line {
                1 => format!("{unit}（盖章）"),
                2 => "　　　　年　　月　　日".to_owned(),
                _ => continue,
            };
            if half < last {
                self.across(row, (right_from, last), &text, &right)?;
            }
        }
        self.keep_with_table(first);
        Ok(())
    }

    /// The last column of the left half.
    fn half(&self) -> u16 {
        let all = self.pixels();
        let mut used = 0;
        for (at, column) in (0..).zip(&self.columns) {
            used += column.pixels(self.size);
            if used * 2 >= all {
                return at;
            }
        }
        0
    }

    /// Takes one page where it can be read there.
    pub fn prefer_one_page(&mut self) {
        self.one_page = self.paper.takes(self.pixels(), self.height(), self.size);
    }

    /// Whether all of it surely stands on one page.
    fn takes_one_page(&self) -> bool {
        /// Office programs differ a little in how high a row comes out.
        const SURELY: f64 = 0.9;
        let room = self.paper.room(self.pixels()) * SURELY;
        self.one_page || self.pages_wide() == 1 && self.height() <= room
    }

    /// Begins a row below the last, in which nothing stands. The writer tells twice of the last row of a sheet outside
    /// memory where its height was set, and Excel takes such a workbook for damaged.
    fn leave_last_row(&mut self) -> Result<(), XlsxError> {
        let below = self.next_row();
        self.worksheet.write_blank(below, 0, &style::base())?;
        self.worksheet.clear_cell(below, 0);
        Ok(())
    }

    /// Sets the sheet up for screen and print.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn finish(&mut self, mark: Option<&str>) -> Result<(), XlsxError> {
        self.runs.end();
        self.give_formats()?;
        if self.runs.are_by_row {
            self.leave_last_row()?;
        }
        let (paper, frozen) = (self.paper, self.frozen);
        let last_row = self.next_row().saturating_sub(1);
        let last_column = self.last_column();
        // The first page has the title above its table; only the pages after it need to be told.
        let running = if self.takes_one_page() {
            ""
        } else {
            self.title.as_str()
        };
        let mark = mark.map(|mark| fitting(mark, paper, running));
        let mark = mark.as_deref();
        let fit = if self.one_page {
            Fit::One
        } else {
            Fit::Wide(self.pages_wide())
        };
        paper.set_up(&mut self.worksheet, fit, mark, running);
        // On paper the page header says the mark, on every page: the cell that says it is for the screen.
        let first_row = u32::try_from(self.unprinted).unwrap_or_default();
        self.worksheet
            .set_print_area(first_row, 0, last_row.max(first_row), last_column)?;
        let mut repeated = 0.0;
        if let Some(header) = self.header {
            let first = if self.repeats_lead {
                self.headed.min(header)
            } else {
                header
            };
            self.worksheet.set_repeat_rows(first, header)?;
            self.worksheet.set_freeze_panes(header + 1, frozen)?;
            let at = |row: u32| usize::try_from(row).unwrap_or_default();
            let heights = self.heights.get(at(first)..=at(header));
            repeated = heights.unwrap_or_default().iter().sum();
            if frozen > 0 {
                self.worksheet.set_repeat_columns(0, frozen - 1)?;
            }
        } else {
            self.worksheet.set_freeze_panes(self.headed, 0)?;
        }
        if !self.one_page {
            let room = paper.room(self.pixels());
            let mut printed = self.heights.clone();
            printed[..self.unprinted].fill(0.0);
            let rows = print::breaks(&printed, repeated, room, &self.together);
            print::break_at(&mut self.worksheet, &rows)?;
        }
        Ok(())
    }
}

/// As much of a mark as the page header has room for beside the running title, with … where it is cut: what is
/// longer would be printed over the title.
fn fitting(mark: &str, paper: Paper, running: &str) -> String {
    /// Fonts that take the place of missing ones are a little wider.
    const CAREFUL: f64 = 0.92;
    /// Half-width characters between the two.
    const GAP: f64 = 4.0;
    /// Some of the mark is always said.
    const LEAST: f64 = 8.0;
    /// Characters that a page header takes.
    const MOST: usize = 48;
    // Only the first characters of a title are printed.
    let title: String = running.chars().take(MOST).collect();
    let room = f64::from(print::header_room(paper)) * CAREFUL - f64::from(width(&title));
    let room = (room - GAP).max(LEAST);
    let mark = style::cell_text(mark).replace('\n', " ");
    if f64::from(width(&mark)) <= room && mark.chars().count() <= MOST {
        return mark;
    }
    let mut cut = String::new();
    for character in mark.chars().take(MOST - 1) {
        cut.push(character);
        if f64::from(width(&cut) + 2) > room {
            cut.pop();
            break;
        }
    }
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::fitting;
    use crate::report::kit::print::Paper;

    #[test]
    fn a_long_mark_leaves_room_for_the_title() {
        let title = "2018年创建星级学会党组织试点评价总排名（初稿）";
        let cut = fitting(&"内部资料".repeat(20), Paper::A4Portrait, title);
        assert!(cut.ends_with('…') && cut.chars().count() < 30, "{cut}");
        assert_eq!(fitting("内部资料", Paper::A4Portrait, title), "内部资料");
        assert_eq!(
            fitting(&"长".repeat(60), Paper::A4Landscape, "")
                .chars()
                .count(),
            48
        );
    }
}
