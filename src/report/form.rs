//! 空白评价表: what is sent out to be filled in.
//!
//! Everything a year decides (lines, parts, caps, stage, precision, stars) comes from the scheme. Must not know
//! how a filled form is read: both sides share `form::labels` and `form::id`, and nothing else.

mod fields;
mod foot;
mod looks;
mod table;

use rust_xlsxwriter::{ProtectionOptions, Workbook, Worksheet, XlsxError};

use crate::error::Error;
use crate::form::labels::{self, Column};
use crate::ground::Ground;
use crate::report::style;
use crate::roster::{Reviewer, Society};
use looks::Looks;

/// One blank form to write: which society, and for which listed reviewer (both indices into the roster).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blank {
    pub society: usize,
    pub reviewer: Option<usize>,
}

/// One workbook with one sheet per blank form.
///
/// # Errors
/// The workbook cannot be made; an index that the roster does not have.
pub fn workbook(ground: &Ground, blanks: &[Blank]) -> Result<Vec<u8>, Error> {
    let failed = |reason: String| Error::Sheet {
        file: labels::SHEET.to_owned(),
        reason,
    };
    let missing = || failed("名单中没有这个学会或评价人".to_owned());
    let mut orders = Vec::new();
    for blank in blanks {
        let society = ground.roster.societies.get(blank.society).ok_or_else(missing)?;
        let reviewer = match blank.reviewer {
            Some(index) => Some(ground.roster.reviewers.get(index).ok_or_else(missing)?),
            None => None,
        };
        orders.push(Order {
            index: blank.society,
            society,
            reviewer,
        });
    }
    write(ground, &orders).map_err(|error| failed(error.to_string()))
}

/// A blank form whose indices have been looked up.
struct Order<'g> {
    index: usize,
    society: &'g Society,
    reviewer: Option<&'g Reviewer>,
}

/// A sheet being written, top to bottom.
struct Page<'p> {
    ground: &'p Ground,
    looks: &'p Looks,
    sheet: &'p mut Worksheet,
    /// Heights of the rows so far, in points: the next row is their number.
    heights: Vec<f64>,
}

fn write(ground: &Ground, orders: &[Order]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = style::workbook(&ground.scheme.form_title, None);
    let looks = Looks::new();
    let mut names = style::SheetNames::default();
    for (number, order) in orders.iter().enumerate() {
        let name = match (orders.len(), order.reviewer) {
            (1, _) => names.name(labels::SHEET),
            (_, Some(reviewer)) => names.name(&format!("{}-{}", order.society.name, reviewer.name)),
            (_, None) => names.name(&order.society.name),
        };
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        let id_row = one(ground, &looks, sheet, order)?;
        let id_name = if orders.len() == 1 {
            labels::ID_NAME.to_owned()
        } else {
            format!("{}_{}", labels::ID_NAME, number + 1)
        };
        point_to(&mut workbook, &id_name, &name, id_row)?;
    }
    workbook.save_to_buffer()
}

/// A workbook-level name for the cell that holds a form id.
fn point_to(workbook: &mut Workbook, name: &str, sheet: &str, row: u32) -> Result<(), XlsxError> {
    let target = format!("='{}'!$D${}", sheet.replace('\'', "''"), row + 1);
    workbook.define_name(name, &target)?;
    Ok(())
}

/// One form. Gives the row of its id.
fn one(
    ground: &Ground,
    looks: &Looks,
    sheet: &mut Worksheet,
    order: &Order,
) -> Result<u32, XlsxError> {
    // What a line's score shows before it is filled in; the sums say their own.
    sheet.set_formula_result_default("");
    let mut page = Page {
        ground,
        looks,
        sheet,
        heights: Vec::new(),
    };
    page.columns()?;
    page.heading()?;
    page.fields(order)?;
    let header = page.row();
    let table = page.table()?;
    let id_row = page.foot(order, &table)?;
    page.printing(header, order)?;
    Ok(id_row)
}

/// Where a column stands on the form.
const fn at(column: Column) -> u16 {
    column as u16
}

const FIRST: u16 = at(Column::Code);
const LAST: u16 = at(Column::Remark);

/// A4 landscape without its margins, in points: what one page holds at full size.
const PAGE: (f64, f64) = (842.0 - 2.0 * SIDE * 72.0, 595.0 - (TOP + BOTTOM) * 72.0);
/// Margins in inches: 1.2 cm, and 1.3 cm below, so that 27 lines stay readable on two pages.
const SIDE: f64 = 1.2 / 2.54;
const TOP: f64 = 1.2 / 2.54;
const BOTTOM: f64 = 1.3 / 2.54;

impl Page<'_> {
    /// The row to be written next, counted from zero.
    fn row(&self) -> u32 {
        u32::try_from(self.heights.len()).unwrap_or(u32::MAX)
    }

    /// Closes the row being written, `height` points high.
    fn close(&mut self, height: f64) -> Result<(), XlsxError> {
        /// The highest row there can be.
        const MOST: f64 = 409.0;
        let height = height.min(MOST);
        self.sheet.set_row_height(self.row(), height)?;
        self.heights.push(height);
        Ok(())
    }

    fn columns(&mut self) -> Result<(), XlsxError> {
        for column in Column::ALL {
            self.sheet.set_column_width_pixels(at(column), looks::width(column))?;
        }
        // Self-assessment is shown to the reviewer only once there is any.
        self.sheet.set_column_hidden(at(Column::SelfBonus))?;
        self.sheet.set_column_hidden(at(Column::SelfDeduction))?;
        Ok(())
    }

    fn heading(&mut self) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let title = match scheme.stage_name() {
            "" => format!("{}年{}", scheme.year, scheme.form_title),
            stage => format!("{}年{}（{stage}）", scheme.year, scheme.form_title),
        };
        self.merge(FIRST, LAST, &title, &self.looks.title)?;
        self.close(32.0)?;
        self.merge(FIRST, LAST, looks::INSTRUCTION, &self.looks.instruction)?;
        self.close(19.0)
    }

    /// Text over several columns of the current row.
    fn merge(
        &mut self,
        first: u16,
        last: u16,
        text: &str,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), XlsxError> {
        let row = self.row();
        self.sheet.merge_range(row, first, row, last, text, format)?;
        Ok(())
    }

    /// How the sheet is protected, shown and printed. `header` is the row that every page repeats.
    fn printing(&mut self, header: u32, order: &Order) -> Result<(), XlsxError> {
        let last = self.row() - 1;
        let pages = self.pages(header);
        self.sheet
            .protect_with_options(&ProtectionOptions {
                format_columns: true,
                format_rows: true,
                ..ProtectionOptions::new()
            })
            .set_freeze_panes(header + 1, 0)?
            .set_landscape()
            .set_paper_size(9)
            .set_margins(SIDE, SIDE, TOP, BOTTOM, 0.8 / 2.54, 0.6 / 2.54)
            .set_print_center_horizontally(true)
            .set_print_area(0, FIRST, last, LAST)?
            .set_repeat_rows(header, header)?
            // At most two pages where that is readable; a much longer scheme runs on.
            .set_print_fit_to_pages(1, if pages <= 2.2 { 2 } else { 0 })
            .set_footer(format!(
                "&L&\"宋体,常规\"&9{}&C&\"宋体,常规\"&9— &P —",
                order.society.name.replace('&', "&&")
            ))
            .set_screen_gridlines(false);
        // The first cell to fill in; Tab goes on from there.
        self.sheet.set_selection(3, FIRST + 1, 3, FIRST + 1)?;
        Ok(())
    }

    /// How many pages the form fills when it is one page wide.
    fn pages(&self, header: u32) -> f64 {
        self.page_at(header, self.row())
    }

    /// On which page the top of a row comes to stand, counted from zero, with the part of the page above it.
    fn page_at(&self, header: u32, row: u32) -> f64 {
        let width: f64 = Column::ALL
            .into_iter()
            .filter(|column| !matches!(column, Column::SelfBonus | Column::SelfDeduction))
            .map(|column| f64::from(looks::width(column)) * 0.75)
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
