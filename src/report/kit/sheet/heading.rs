//! What stands above a table: mark, title, and below it from which day it is and what is counted in.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::Sheet;
use super::cells::LINE;
use super::wrap::lines;
use crate::report::kit::style;

impl Sheet {
    /// Mark and title, and below it what stands at the left and at the right.
    ///
    /// # Errors
    /// The writer refuses something.
    pub fn heading(
        &mut self,
        mark: Option<&str>,
        title: &str,
        dated: &str,
        unit: &str,
    ) -> Result<(), XlsxError> {
        title.clone_into(&mut self.title);
        let last = self.last_on_first_page();
        if let Some(mark) = mark {
            let row = self.begin(18.0)?;
            let format = style::font(style::HEAD, 10.5);
            self.worksheet
                .write_string_with_format(row, 0, style::cell_text(mark), &format)?;
            self.unprinted = self.heights.len();
        }
        // A title too long for the sheet's width is broken, not cut.
        let room = f64::from(self.pixels()) * 0.75 / f64::from(self.pages_wide());
        let lines = lines(title, (room / 9.0).to_u32().unwrap_or(1));
        let row = self.begin(8.0 + 24.0 * f64::from(lines))?;
        let format = style::font(style::HEAD, 18.0)
            .set_align(FormatAlign::Center)
            .set_text_wrap();
        self.across(row, (0, last), title, &format)?;
        self.dated(dated, unit, room)?;
        self.headed = self.next_row();
        Ok(())
    }

    /// What stands below the title. It runs over the columns; where they have no room for it, it is broken, not cut.
    fn dated(&mut self, dated: &str, unit: &str, room: f64) -> Result<(), XlsxError> {
        let last = self.last_on_first_page();
        let format = style::font(style::BODY, self.size);
        let is_alone = unit.is_empty() || last == 0;
        let (to, taken) = if is_alone {
            (last, 0)
        } else {
            (last - 1, self.columns[usize::from(last)].pixels(self.size))
        };
        let letters = (room - f64::from(taken) * 0.75) / (self.size / 2.0);
        let lines = lines(dated, letters.to_u32().unwrap_or(1));
        let row = self.begin((f64::from(lines) * self.size * LINE).max(18.0))?;
        if lines > 1 {
            self.across(row, (0, to), dated, &format.clone().set_text_wrap())?;
        } else {
            self.worksheet
                .write_string_with_format(row, 0, style::cell_text(dated), &format)?;
        }
        if !is_alone {
            let format = format.set_align(FormatAlign::Right);
            self.worksheet
                .write_string_with_format(row, last, unit, &format)?;
        }
        Ok(())
    }
}
