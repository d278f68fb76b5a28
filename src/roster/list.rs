//! A list that people keep in a spreadsheet, found by its headings and read cell by cell.
//!
//! Knows nothing of what is listed.

use std::collections::BTreeMap;

use crate::intake::{Sheet, Value};
use crate::model::{CellRef, fold, fold::is_blank, near};

/// Faults of one list, as `B5：…` clauses with the cell.
pub type Faults = Vec<String>;

/// A list found by its headings: the sheet, the heading row, and the column of each heading that is there.
pub(crate) struct List<'s> {
    sheet: &'s Sheet,
    header: u32,
    columns: BTreeMap<&'s str, u32>,
}

impl<'s> List<'s> {
    /// Finds the list in the first sheet that has the required headings in one row.
    pub(crate) fn find(
        sheets: &'s [Sheet],
        known: &[&'s str],
        required: usize,
        faults: &mut Faults,
    ) -> Option<Self> {
        Self::find_said(sheets, known, required, &str::to_owned, faults)
    }

    /// The same where people read headings otherwise, as `said` has them; those of the house are known, too.
    pub(crate) fn find_said(
        sheets: &'s [Sheet],
        known: &[&'s str],
        required: usize,
        said: &dyn Fn(&str) -> String,
        faults: &mut Faults,
    ) -> Option<Self> {
        let is = |heading: &str, written: &str| {
            fold(heading) == written || fold(&said(heading)) == written
        };
        for sheet in sheets {
            for row in sheet.rows() {
                let mut columns = BTreeMap::new();
                for (cell, value) in sheet.row(row) {
                    let written = fold(&value.written());
                    if let Some(heading) = known.iter().find(|heading| is(heading, &written)) {
                        columns.entry(*heading).or_insert(cell.column());
                    }
                }
                let found = known.iter().take(required);
                if found.clone().all(|heading| columns.contains_key(heading)) {
                    let list = Self {
                        sheet,
                        header: row,
                        columns,
                    };
                    list.misspelt(known, said, faults);
                    return Some(list);
                }
            }
        }
        let names: Vec<String> = known.iter().take(required).map(|one| said(one)).collect();
        faults.push(format!("找不到表头，表头中至少要有：{}", names.join("、")));
        None
    }

    /// A heading nearly like a known one that is missing would silently switch a column off.
    fn misspelt(&self, known: &[&str], said: &dyn Fn(&str) -> String, faults: &mut Faults) {
        for (cell, value) in self.sheet.row(self.header) {
            let written = fold(&value.written());
            let is = |heading: &str| fold(heading) == written || fold(&said(heading)) == written;
            if known.iter().any(|heading| is(heading)) {
                continue;
            }
            let near = known.iter().find(|heading| {
                !self.columns.contains_key(*heading)
                    && near::distance(&fold(&said(heading)), &written) <= 1
            });
            if let Some(heading) = near {
                let heading = said(heading);
                faults.push(format!("{cell}：表头“{written}”是否应为“{heading}”"));
            }
        }
    }

    pub(crate) fn sheet_name(&self) -> &str {
        &self.sheet.name
    }

    pub(crate) fn cell(&self, row: u32, heading: &str) -> Option<CellRef> {
        self.columns
            .get(heading)
            .map(|column| CellRef::new(row, *column))
    }

    pub(crate) fn value(&self, row: u32, heading: &str) -> Option<&Value> {
        self.cell(row, heading)
            .and_then(|cell| self.sheet.get(cell))
    }

    /// The text of a cell, trimmed; empty where there is none.
    pub(crate) fn text(&self, row: u32, heading: &str) -> String {
        self.value(row, heading)
            .map_or(String::new(), Value::written)
    }

    /// The rows below the heading that hold anything in a known column.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.sheet.rows().into_iter().filter(|row| {
            *row > self.header
                && self.columns.values().any(|column| {
                    self.sheet
                        .get(CellRef::new(*row, *column))
                        .is_some_and(|value| !is_blank(&value.written()))
                })
        })
    }

    pub(crate) fn fault(&self, faults: &mut Faults, row: u32, heading: &str, message: &str) {
        let place = self
            .cell(row, heading)
            .map_or_else(|| format!("第{}行", row + 1), |cell| cell.to_string());
        faults.push(format!("{place}：{message}"));
    }

    /// A fault of this list with the sheet in front, where a workbook has several: `审议表!K7：…`.
    pub(crate) fn placed(&self, fault: &str) -> String {
        if self.sheet.name.is_empty() {
            fault.to_owned()
        } else {
            format!("{}!{fault}", self.sheet.name)
        }
    }

    /// A value of a closed list; blank is allowed where the list holds "".
    pub(crate) fn choice(
        &self,
        faults: &mut Faults,
        row: u32,
        heading: &str,
        choices: &[&str],
    ) -> String {
        let written = fold(&self.text(row, heading));
        if !choices.contains(&written.as_str()) {
            let choices: Vec<&str> = choices
                .iter()
                .filter(|one| !one.is_empty())
                .copied()
                .collect();
            let message = format!("{heading}填“{written}”，只能为空或{}", choices.join("、"));
            self.fault(faults, row, heading, &message);
        }
        written
    }
}
