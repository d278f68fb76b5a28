//! 空白评价表: what is sent out to be filled in; and the same form with a sender's own values, sent back marked.
//!
//! Everything a year decides (lines, parts, caps, stage, precision, stars) comes from the scheme. Must not know
//! how a filled form is read: both sides share `form::labels` and `form::id`, and nothing else.

mod fields;
pub mod filling;
mod foot;
mod grow;
mod looks;
mod own;
mod print;
mod rules;
mod shown;
mod sums;
mod table;
mod titles;
mod value;

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::error::Error;
use crate::form::labels::{self, Column};
use crate::ground::Ground;
use crate::model::{CellRef, Keyed, LineId, ReviewerId, SocietyId};
use crate::report::kit::{names, style};
use crate::roster::{Reviewer, Society};
use crate::scheme::{Line, Marks, Scheme};
use filling::{Filling, Placed, Spot};
pub(in crate::report) use grow::{Rows, free};
use looks::Looks;

/// One blank form to write: which society, and for which listed reviewer (both indices into the roster).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blank {
    pub society: SocietyId,
    pub reviewer: Option<ReviewerId>,
}

/// One workbook with one sheet per blank form.
///
/// # Errors
/// The workbook cannot be made; an index that the roster does not have.
pub fn workbook(ground: &Ground, blanks: &[Blank]) -> Result<Vec<u8>, Error> {
    showing(ground, blanks, &BTreeMap::new())
}

/// The same, showing the reviewers what societies say of themselves, by line.
///
/// # Errors
/// As there.
pub fn showing(
    ground: &Ground,
    blanks: &[Blank],
    own: &BTreeMap<SocietyId, Keyed<LineId, Marks>>,
) -> Result<Vec<u8>, Error> {
    let failed = |reason: String| Error::Sheet {
        file: labels::SHEET.to_owned(),
        reason,
    };
    let missing = || failed("名单中没有这个学会或评价人".to_owned());
    let mut orders = Vec::new();
    for blank in blanks {
        let society = ground
            .roster
            .societies
            .get(blank.society)
            .ok_or_else(missing)?;
        let reviewer = match blank.reviewer {
            Some(index) => Some(ground.roster.reviewers.get(index).ok_or_else(missing)?),
            None => None,
        };
        orders.push(Order {
            index: blank.society,
            society,
            reviewer,
            filling: None,
            own: own.get(&blank.society),
        });
    }
    let (bytes, rows) = write(ground, &orders).map_err(|error| failed(error.to_string()))?;
    free(&bytes, &rows).map_err(|error| failed(error.to_string()))
}

/// A blank form whose indices have been looked up.
struct Order<'g> {
    index: SocietyId,
    society: &'g Society,
    reviewer: Option<&'g Reviewer>,
    /// What it holds beyond the blank form.
    filling: Option<&'g Filling>,
    /// What the society says of itself, by line.
    own: Option<&'g Keyed<LineId, Marks>>,
}

/// A sheet being written, top to bottom.
struct Page<'p> {
    ground: &'p Ground,
    looks: &'p Looks,
    sheet: &'p mut Worksheet,
    /// Heights of the rows so far, in points: the next row is their number.
    heights: Vec<f64>,
    filling: Option<&'p Filling>,
    /// What the society says of itself, by line.
    own: Option<&'p Keyed<LineId, Marks>>,
    /// The columns that the scheme's forms have, left to right.
    columns: Vec<Column>,
    /// The class of objects (an index) whose lines are printed, where objects have classes.
    class: Option<usize>,
    /// Where marked cells stand.
    cells: BTreeMap<Spot, CellRef>,
}

/// The workbook, and of each sheet the rows that may grow.
fn write(ground: &Ground, orders: &[Order]) -> Result<(Vec<u8>, Vec<Vec<Rows>>), XlsxError> {
    let mut workbook = style::workbook(&ground.scheme.form_title, None)?;
    let looks = Looks::new(&ground.scheme);
    let mut rows = Vec::new();
    let mut names = names::SheetNames::default();
    for (number, order) in orders.iter().enumerate() {
        let name = match (orders.len(), order.reviewer) {
            (1, _) => names.name(labels::sheet(&ground.scheme)),
            (_, Some(reviewer)) => names.name(&format!("{}-{}", order.society.name, reviewer.name)),
            (_, None) => names.name(&order.society.name),
        };
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        let placed = one(ground, &looks, sheet, order)?;
        rows.push(placed.rows);
        let id_name = if orders.len() == 1 {
            labels::ID_NAME.to_owned()
        } else {
            format!("{}_{}", labels::ID_NAME, number + 1)
        };
        point_to(&mut workbook, &id_name, &name, placed.id_row)?;
    }
    Ok((style::saved(&mut workbook)?, rows))
}

/// A workbook-level name for the cell that holds a form id.
pub(in crate::report) fn point_to(
    workbook: &mut Workbook,
    name: &str,
    sheet: &str,
    row: u32,
) -> Result<(), XlsxError> {
    let target = format!("='{}'!$D${}", sheet.replace('\'', "''"), row + 1);
    workbook.define_name(name, &target)?;
    Ok(())
}

/// The form of a society (an index into the roster) with what `filling` holds, on a sheet of its own.
///
/// # Errors
/// The writer refuses something.
pub(in crate::report) fn filled(
    ground: &Ground,
    society: SocietyId,
    filling: &Filling,
    sheet: &mut Worksheet,
) -> Result<Placed, XlsxError> {
    let order = Order {
        index: society,
        society: &ground.roster.societies[society],
        reviewer: None,
        filling: Some(filling),
        own: None,
    };
    sheet.set_name(labels::sheet(&ground.scheme))?;
    one(ground, &Looks::new(&ground.scheme), sheet, &order)
}

/// One form, and where it came to stand.
fn one(
    ground: &Ground,
    looks: &Looks,
    sheet: &mut Worksheet,
    order: &Order,
) -> Result<Placed, XlsxError> {
    // What a line's score shows before it is filled in; the sums say their own.
    sheet.set_formula_result_default("");
    let mut page = Page::new(ground, looks, sheet, order.society.class);
    page.filling = order.filling;
    page.own = order.own;
    page.columns()?;
    page.heading()?;
    page.fields(order)?;
    let header = page.row();
    let table = page.table()?;
    let id_row = page.foot(order, &table)?;
    let breaks = page.breaks(header, &table);
    page.titles(&table, &breaks)?;
    page.printing(header, &breaks, order)?;
    Ok(Placed {
        id_row,
        rows: table.parts,
        cells: page.cells,
    })
}

/// The first column of the form.
const FIRST: u16 = 0;

impl<'p> Page<'p> {
    fn new(
        ground: &'p Ground,
        looks: &'p Looks,
        sheet: &'p mut Worksheet,
        class: Option<usize>,
    ) -> Self {
        Self {
            columns: Column::of(&ground.scheme).collect(),
            class,
            ground,
            looks,
            sheet,
            heights: Vec::new(),
            filling: None,
            own: None,
            cells: BTreeMap::new(),
        }
    }

    /// Where a column stands on the form; one that the form does not have stands nowhere it would be looked for.
    fn at(&self, column: Column) -> u16 {
        let at = self.columns.iter().position(|one| *one == column);
        at.and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX)
    }

    /// The column beside a label in the first: the next that is shown.
    fn beside_label(&self) -> Column {
        if Column::Dimension.is_shown(&self.ground.scheme) {
            Column::Dimension
        } else {
            Column::Indicator
        }
    }

    /// A label in the first column of the current row, up to the column beside it.
    fn label(&mut self, text: &str, format: &rust_xlsxwriter::Format) -> Result<(), XlsxError> {
        let (first, last) = (FIRST, self.at(self.beside_label()) - 1);
        if first < last {
            return self.merge(first, last, text, format);
        }
        let row = self.row();
        self.sheet
            .write_string_with_format(row, first, text, format)?;
        Ok(())
    }

    /// The last column of the form.
    fn last(&self) -> u16 {
        self.at(Column::Remark)
    }

    /// A cell as formulas name it.
    fn cell(&self, row: u32, column: Column) -> String {
        CellRef::new(row, u32::from(self.at(column))).to_string()
    }

    /// A piece of one column as formulas name it.
    fn range(&self, (first, last): (u32, u32), column: Column) -> String {
        format!("{}:{}", self.cell(first, column), self.cell(last, column))
    }

    /// The lines of a part that are printed.
    fn lines_of(&self, part: usize) -> Vec<(LineId, &'p Line)> {
        let ground = self.ground;
        let lines = ground.scheme.lines_of(part);
        lines
            .filter(|(_, line)| Scheme::is_line_of(line, self.class))
            .collect()
    }

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
        let scheme = &self.ground.scheme;
        for column in Column::of(scheme) {
            let at = self.at(column);
            self.sheet
                .set_column_width_pixels(at, looks::width(column, scheme))?;
            if !column.is_shown(scheme) {
                self.sheet.set_column_hidden(at)?;
            }
        }
        Ok(())
    }

    fn heading(&mut self) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let title = scheme.full_form_title();
        self.merge(FIRST, self.last(), &title, &self.looks.title)?;
        self.close(26.0)?;
        // Where it is sent to may be a long address.
        let instruction = format!("{}{}", looks::instruction(scheme), scheme.send_back());
        self.merge(FIRST, self.last(), &instruction, &self.looks.instruction)?;
        let shown = Column::of(scheme).filter(|column| column.is_shown(scheme));
        let over: Vec<Column> = shown.collect();
        let lines = looks::lines_over(&instruction, &over, scheme);
        self.close(looks::field_height(lines).max(27.0))
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
        let text = style::cell_text(text);
        self.sheet
            .merge_range(row, first, row, last, &text, format)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Blank, looks::Looks, one, workbook};
    use crate::form::{self, Field, FormId};
    use crate::ground::Ground;
    use crate::intake::{self, Content, Sheet, Source};
    use crate::model::{GroupId, LineId, Points, ReviewerId, SocietyId};
    use crate::roster::Reviewer;

    fn ground() -> Ground {
        Ground::load(None, &[]).expect("the built-in year")
    }

    fn sheets(bytes: &[u8]) -> Vec<Sheet> {
        let source = Source {
            file: "form.xlsx".to_owned(),
            named: true,
            ..Source::default()
        };
        match intake::read_bytes(source, bytes).content {
            Content::Sheets(sheets) => sheets,
            other => panic!("{other:?}"),
        }
    }

    fn blank(society: usize) -> Blank {
        Blank {
            society: SocietyId::at(society),
            reviewer: None,
        }
    }

    #[test]
    fn a_blank_form_is_read_back_whole_and_empty() {
        let ground = ground();
        let bytes = workbook(&ground, &[blank(3)]).expect("a workbook");
        let sheets = sheets(&bytes);
        assert_eq!(sheets[0].name, "评价表");
        let forms = form::read(&sheets[0], &ground.scheme, &ground.roster);
        let [form] = forms.as_slice() else {
            panic!("one form");
        };
        let id = form.id.as_ref().expect("an id");
        assert_eq!(
            id.value,
            FormId::of(&ground.scheme, &ground.roster, SocietyId::at(3))
        );
        assert_eq!(form.damage, []);
        assert_eq!(form.strays, []);
        assert!(form.is_untouched());
        assert!(form.rows.iter().all(Option::is_some));
        for field in Field::ALL
            .into_iter()
            .filter(|one| one.is_asked(&ground.scheme))
        {
            assert!(form.cell(field).is_some(), "{field:?}");
        }
        assert_eq!(
            form.text(Field::Society),
            ground.roster.societies[SocietyId::at(3)].name
        );
        assert_eq!(form.text(Field::Group), "第1组");
        assert_eq!(form.text(Field::Reviewer), "");
        let cell = form.cell(Field::Society).expect("a cell");
        assert_eq!(cell.to_string(), "B3");
    }

    #[test]
    fn a_listed_reviewer_finds_the_own_fields_filled_in() {
        let mut ground = ground();
        ground.roster.reviewers.push(Reviewer {
            name: "张三".to_owned(),
            unit: "中国化学会党委".to_owned(),
            group: Some(GroupId::at(0)),
            class: None,
            member: Some(true),
            conflicts: Vec::new(),
            unknown_conflicts: Vec::new(),
            email: String::new(),
        });
        let for_one = Blank {
            society: SocietyId::at(1),
            reviewer: Some(ReviewerId::at(0)),
        };
        let bytes = workbook(&ground, &[blank(1), for_one, for_one]).expect("a workbook");
        let sheets = sheets(&bytes);
        let society = &ground.roster.societies[SocietyId::at(1)].name;
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(
            names,
            [
                society.clone(),
                format!("{society}-张三"),
                format!("{society}-张三(2)")
            ]
        );
        let forms = form::read(&sheets[1], &ground.scheme, &ground.roster);
        assert_eq!(forms[0].text(Field::Reviewer), "张三");
        assert_eq!(forms[0].text(Field::Unit), "中国化学会党委");
        assert_eq!(forms[0].text(Field::Member), "是");
    }

    #[test]
    fn the_same_blanks_are_the_same_bytes_and_unknown_ones_an_error() {
        let ground = ground();
        let twice = [(), ()].map(|()| workbook(&ground, &[blank(0), blank(5)]).expect("bytes"));
        assert_eq!(twice[0], twice[1]);
        assert!(workbook(&ground, &[blank(999)]).is_err());
    }

    #[test]
    fn another_year_needs_no_other_code() {
        let mut ground = ground();
        let scheme = &mut ground.scheme;
        scheme.stages[scheme.form_stage].name = "复评".to_owned();
        scheme.precision = 0;
        scheme.stars.thresholds = (0..90).map(|star| Points::whole(star * star)).collect();
        scheme.lines[LineId::at(0)].wording = None;
        scheme.lines.swap(1, 20);
        let bytes = workbook(&ground, &[blank(0)]).expect("a workbook");
        let forms = form::read(&sheets(&bytes)[0], &ground.scheme, &ground.roster);
        assert_eq!(forms[0].damage, []);
        assert!(forms[0].rows.iter().all(Option::is_some));
    }

    #[test]
    fn the_form_of_2018_fits_three_pages() {
        let ground = ground();
        let order = super::Order {
            index: SocietyId::at(0),
            society: &ground.roster.societies[SocietyId::at(0)],
            reviewer: None,
            filling: None,
            own: None,
        };
        let looks = Looks::new(&ground.scheme);
        let mut sheet = rust_xlsxwriter::Worksheet::new();
        let mut page = super::Page::new(&ground, &looks, &mut sheet, None);
        page.heading().expect("a heading");
        page.fields(&order).expect("fields");
        let header = page.row();
        let table = page.table().expect("a table");
        page.foot(&order, &table).expect("a foot");
        // Two of them, and neither parts a sum from its lines nor the signature from the total.
        let breaks = page.breaks(header, &table);
        assert_eq!(breaks.len(), 2, "{breaks:?}");
        let total = usize::try_from(table.total).expect("a row");
        assert!(breaks.iter().all(|row| row + 2 <= total), "{breaks:?}");
        let sums = table.parts.iter().map(|(_, last)| last + 1);
        let sums: Vec<usize> = sums
            .map(|row| usize::try_from(row).expect("a row"))
            .collect();
        assert!(sums.iter().all(|row| !breaks.contains(row)), "{breaks:?}");
        assert!(
            one(
                &ground,
                &looks,
                &mut rust_xlsxwriter::Worksheet::new(),
                &order
            )
            .is_ok()
        );
    }
}
