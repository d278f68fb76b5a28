//! 评分更正单: which points were corrected after they came in, row by row, as data beside the inputs.
//!
//! Read as written: whether a row meets a form and holds is asked where all forms are known, so that every fault
//! is a finding at its cell.

use std::path::PathBuf;

use crate::intake::Sheet;
use crate::model::{CellRef, Place};
use crate::roster::list::{Faults, List};
use crate::scheme::Scheme;

use super::own_words;

/// What the file is called, without its ending.
pub const AMENDMENTS: &str = "评分更正单";

/// 评价人 of a row about every form that counts.
pub const EVERYBODY: &str = "全部";

/// 加减: which side of a line.
pub const SIDES: [&str; 2] = ["加", "减"];

/// A column of 评分更正单.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Society,
    Line,
    Side,
    Reviewer,
    From,
    To,
    Basis,
    By,
    Date,
}

impl Item {
    /// In the order of the sheet; the first six find it.
    pub const ALL: [Self; 9] = [
        Self::Society,
        Self::Line,
        Self::Side,
        Self::Reviewer,
        Self::From,
        Self::To,
        Self::Basis,
        Self::By,
        Self::Date,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Society => "学会",
            Self::Line => "指标",
            Self::Side => "加减",
            Self::Reviewer => "评价人",
            Self::From => "原分",
            Self::To => "改后",
            Self::Basis => "依据",
            Self::By => "批准人",
            Self::Date => "日期",
        }
    }
}

/// One row, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// As Excel counts.
    pub row: u32,
    /// The file and its sheet.
    place: Place,
    /// In the order of [`Item::ALL`].
    texts: [String; 9],
    cells: [Option<CellRef>; 9],
}

impl Amendment {
    /// What is written there, trimmed; empty where nothing is.
    #[must_use]
    pub fn text(&self, item: Item) -> &str {
        &self.texts[item as usize]
    }

    /// Where it is written.
    #[must_use]
    pub fn at(&self, item: Item) -> Place {
        self.place.at(self.cells[item as usize])
    }

    /// `评分更正单第4行`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{AMENDMENTS}第{}行", self.row)
    }

    /// What stands behind it, in words.
    #[must_use]
    pub fn grounds(&self) -> String {
        [Item::Basis, Item::By, Item::Date]
            .map(|item| format!("{}：{}", item.label(), self.text(item)))
            .join("；")
    }
}

/// The whole file; empty where none is kept.
#[derive(Debug, Clone, Default)]
pub struct Amendments {
    /// Where it was found; none where there is none.
    pub path: Option<PathBuf>,
    pub rows: Vec<Amendment>,
    /// An office program has it open: what is not saved yet was not read.
    pub is_open: bool,
    /// Files beside it that are called nearly so, and are not used.
    pub look_alikes: Vec<String>,
}

/// Every row in which somebody has written something.
///
/// # Errors
/// No such table in the file.
pub fn read(
    scheme: Option<&Scheme>,
    file: &str,
    sheets: &[Sheet],
) -> Result<Vec<Amendment>, Faults> {
    let labels = Item::ALL.map(Item::label);
    let mut faults = Faults::new();
    let said = |standing: &str| own_words(scheme, standing);
    let found = List::find_said(sheets, &labels, 6, &said, &mut faults);
    // Where it is not known what those evaluated are called, its headings are not known either.
    if found.is_none() && scheme.is_none() {
        return Ok(Vec::new());
    }
    let Some(list) = found.filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    for row in list.touched() {
        list.unsure(row, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let place = Place {
        sheet: list.sheet_name().to_owned(),
        ..Place::file(file, &[])
    };
    let rows = list.rows().map(|row| Amendment {
        row: row + 1,
        place: place.clone(),
        texts: labels.map(|label| list.text(row, label)),
        cells: labels.map(|label| list.cell(row, label)),
    });
    Ok(rows.collect())
}
