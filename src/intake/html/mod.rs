//! Web pages saved as spreadsheets: by Excel and WPS, and above all by web systems that name them .xls.
//!
//! All tables of a page stand on one sheet, one below the other with a blank row between; text outside of them
//! has a row of its own, as Excel shows it. Knows nothing of what the cells mean, and nothing of styles: what is
//! hidden is read too. A number is one only where the page says so beside the text that it shows.

mod cell;
mod grid;
mod head;
mod lines;
mod tokens;

use super::limits::{MERGED, Tally};
use super::sheet::Corners;
use super::xml::damaged;
use super::{Refusal, Sheet, Value};
use crate::model::CellRef;
use crate::model::quiet::quietly;
use cell::{span, value_of};
use grid::Grid;
pub(super) use head::{PageKind, page};
use lines::Lines;
use tokens::{Attributes, Token, tokens};

/// The most columns and rows that a cell may take, as in browsers.
const COLSPAN: u32 = 1000;
const ROWSPAN: u32 = 65_534;
/// Elements whose content is not shown: `xml` is Microsoft's, `comment` LibreOffice's.
const ASIDE: [&str; 9] = [
    "script", "style", "title", "xml", "comment", "noscript", "noframes", "noembed", "iframe",
];
/// Elements that have lines of their own.
const OWN_LINE: [&str; 25] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "pre",
    "blockquote",
    "center",
    "form",
    "fieldset",
    "hr",
    "address",
    "section",
    "article",
    "header",
    "footer",
];

/// The one sheet of a page.
pub(super) fn sheets(text: &str) -> Result<Vec<Sheet>, Refusal> {
    let read = || {
        let mut reader = Reader::default();
        for token in tokens(text) {
            reader.take(token)?;
        }
        reader.end()
    };
    let (mut sheet, title) = quietly(read).unwrap_or_else(|| Err(damaged(&())))?;
    sheet.name = head::sheet_name(text, &title);
    Ok(vec![sheet])
}

/// A cell being read.
struct Cell {
    row: u32,
    column: u32,
    attributes: Attributes,
}

/// A page being read.
#[derive(Default)]
struct Reader {
    sheet: Sheet,
    tally: Tally,
    merged: Vec<Corners>,
    /// The merged regions before this table's.
    before: usize,
    grid: Grid,
    lines: Lines,
    title: String,
    /// Tables within one another; all but the outermost are text in a cell of it.
    depth: u32,
    in_row: bool,
    cell: Option<Cell>,
    /// The row above is a table's.
    below_a_table: bool,
    /// The element whose content is not shown, and how many of that name are open.
    aside: Option<(String, u32)>,
    /// In what Excel writes for programs that cannot show its notes.
    unseen: bool,
}

impl Reader {
    fn take(&mut self, token: Token) -> Result<(), Refusal> {
        match token {
            Token::Text(text) => match &self.aside {
                Some((name, _)) if name == "title" => self.title.push_str(&text),
                None if !self.unseen => self.lines.text(&text),
                _ => {}
            },
            Token::Comment(comment) => match comment.trim() {
                "[if !supportAnnotations]" => self.unseen = true,
                "[endif]" => self.unseen = false,
                _ => {}
            },
            Token::Open(name, attributes) => {
                if self.shows_on_opening(&name) {
                    self.open(&name, attributes)?;
                }
            }
            Token::Close(name) => {
                if self.shows_on_closing(&name) {
                    self.close(&name)?;
                }
            }
        }
        Ok(())
    }

    fn shows_on_opening(&mut self, name: &str) -> bool {
        match &mut self.aside {
            // It was never closed: no program lets the rest of the page vanish.
            Some(_) if ["body", "table", "tr", "td", "th"].contains(&name) => {
                self.aside = None;
                true
            }
            Some((aside, depth)) => {
                if aside == name {
                    *depth = depth.saturating_add(1);
                }
                false
            }
            None => true,
        }
    }

    fn shows_on_closing(&mut self, name: &str) -> bool {
        let Some((aside, depth)) = &mut self.aside else {
            return true;
        };
        if aside == name {
            *depth -= 1;
            if *depth == 0 {
                self.aside = None;
            }
        }
        false
    }

    fn open(&mut self, name: &str, attributes: Attributes) -> Result<(), Refusal> {
        let style = attributes.get("style").map_or("", String::as_str);
        if ASIDE.contains(&name) || style.contains("mso-element:comment-list") {
            self.aside = Some((name.to_owned(), 1));
            return Ok(());
        }
        match (name, self.depth) {
            ("table", _) => self.begin_table()?,
            ("tr", 1) => {
                self.end_row()?;
                self.in_row = true;
            }
            ("thead" | "tbody" | "tfoot", 1) => self.end_row()?,
            ("td" | "th", 1) => self.begin_cell(attributes)?,
            ("caption", 1) => {
                self.end_row()?;
                self.begin_cell(Attributes::new())?;
            }
            ("tr", 2..) => self.lines.own_line(),
            ("td" | "th", 2..) => self.lines.blank(),
            ("br", 0) => self.end_line()?,
            ("br", _) => self.lines.line_end(),
            _ => self.own_line(name)?,
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match (name, self.depth) {
            ("table", 0) => {}
            ("table", 1) => self.end_table()?,
            ("table", _) => {
                self.depth -= 1;
                self.lines.own_line();
            }
            ("td" | "th", 1) => self.end_cell()?,
            ("tr" | "caption" | "thead" | "tbody" | "tfoot", 1) => self.end_row()?,
            _ => self.own_line(name)?,
        }
        Ok(())
    }

    fn own_line(&mut self, name: &str) -> Result<(), Refusal> {
        match self.depth {
            _ if !OWN_LINE.contains(&name) => {}
            0 => self.end_line()?,
            _ => self.lines.own_line(),
        }
        Ok(())
    }

    /// The text outside of tables has a row of its own.
    fn end_line(&mut self) -> Result<(), Refusal> {
        let text = self.lines.take();
        if !text.is_empty() {
            let row = self.grid.row();
            self.tally.put(&mut self.sheet, row, 0, Value::Text(text))?;
            self.grid.next_row();
            self.below_a_table = false;
        }
        Ok(())
    }

    fn begin_table(&mut self) -> Result<(), Refusal> {
        if self.cell.is_some() {
            self.depth = self.depth.saturating_add(1);
            self.lines.own_line();
            return Ok(());
        }
        // A table between the cells of another ends it.
        if self.depth > 0 {
            self.end_table()?;
        } else {
            self.end_line()?;
        }
        if self.below_a_table {
            self.grid.next_row();
            self.below_a_table = false;
        }
        self.depth = 1;
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        self.end_row()?;
        self.lines.take();
        // Cells do not reach out of their table.
        let last = self.grid.row().saturating_sub(1);
        for (_, (row, _)) in self.merged.iter_mut().skip(self.before) {
            *row = last.min(*row);
        }
        self.before = self.merged.len();
        self.grid.clear();
        self.depth = 0;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if self.in_row {
            self.in_row = false;
            self.below_a_table = true;
            self.grid.next_row();
        }
        Ok(())
    }

    fn begin_cell(&mut self, attributes: Attributes) -> Result<(), Refusal> {
        self.end_cell()?;
        // Between cells nothing can be shown.
        self.lines.take();
        self.in_row = true;
        let columns = span(&attributes, "colspan", COLSPAN);
        let rows = span(&attributes, "rowspan", ROWSPAN);
        let row = self.grid.row();
        let column = self.grid.place(columns, rows)?;
        // Text that runs over blank cells is written as if they were one cell with it.
        let is_run_over = attributes
            .get("style")
            .is_some_and(|style| style.contains("mso-ignore:colspan"));
        if (columns > 1 || rows > 1) && !is_run_over && column < CellRef::COLUMNS {
            let last = column.saturating_add(columns - 1);
            let bottom = row.saturating_add(rows - 1);
            self.merged
                .push(((row, column), (bottom, last.min(CellRef::COLUMNS - 1))));
            MERGED.hold(self.merged.len() as u64)?;
        }
        self.cell = Some(Cell {
            row,
            column,
            attributes,
        });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        self.unseen = false;
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        if let Some(value) = value_of(&cell.attributes, self.lines.take()) {
            self.tally
                .put(&mut self.sheet, cell.row, cell.column, value)?;
        }
        Ok(())
    }

    /// The sheet and the page's title.
    fn end(mut self) -> Result<(Sheet, String), Refusal> {
        if self.depth > 0 {
            self.end_table()?;
        } else {
            self.end_line()?;
        }
        for (first, last) in self.merged {
            if first != last {
                self.tally.merge(&mut self.sheet, first, last)?;
            }
        }
        Ok((self.sheet, self.title))
    }
}

#[cfg(test)]
mod tests;
