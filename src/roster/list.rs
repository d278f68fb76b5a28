//! A list that people keep in a spreadsheet, found by its headings and read cell by cell.
//!
//! Knows nothing of what is listed.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Finds the list in the first sheet that has the required headings in one row. What of it is not as it looks is a
    /// fault: see [`List::unsure`].
    pub(crate) fn find(
        sheets: &'s [Sheet],
        known: &[&'s str],
        required: usize,
        faults: &mut Faults,
    ) -> Option<Self> {
        let list = Self::find_said(sheets, known, required, &str::to_owned, faults)?;
        let mut own = Faults::new();
        for row in list.touched() {
            list.unsure(row, &mut own);
        }
        if sheets.len() > 1 {
            own = own.iter().map(|fault| list.placed(fault)).collect();
        }
        faults.extend(own);
        Some(list)
    }

    /// The same where people read headings otherwise, as `said` has them; those of the house are known, too. Which rows have
    /// to be as they look is left to who reads them.
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

    /// Whether some row has most of the headings, so that it is such a list whatever became of the others.
    pub(crate) fn resembles(
        sheets: &[Sheet],
        known: &[&str],
        said: &dyn Fn(&str) -> String,
    ) -> bool {
        let rows = sheets
            .iter()
            .flat_map(|sheet| sheet.rows().into_iter().map(move |row| (sheet, row)));
        rows.into_iter().any(|(sheet, row)| {
            let written: BTreeSet<String> = sheet
                .row(row)
                .map(|(_, value)| fold(&value.written()))
                .collect();
            let is = |heading: &&&str| {
                written.contains(&fold(heading)) || written.contains(&fold(&said(heading)))
            };
            known.iter().filter(is).count() * 2 > known.len()
        })
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

    /// What stands above the headings or under none that is known.
    pub(crate) fn beside(&self) -> impl Iterator<Item = (CellRef, &Value)> + '_ {
        self.sheet.cells().filter(|(cell, value)| {
            let is_known = cell.row() >= self.header
                && self.columns.values().any(|column| *column == cell.column());
            !is_known && !is_blank(&value.written())
        })
    }

    /// The rows below the heading in which anything stands in a known column, be it a formula without a result.
    pub(crate) fn touched(&self) -> impl Iterator<Item = u32> + '_ {
        let rows = self.sheet.rows().into_iter();
        rows.filter(|row| *row > self.header && self.filled(*row).next().is_some())
    }

    /// The known cells of a row in which anything stands, with their headings.
    fn filled(&self, row: u32) -> impl Iterator<Item = (&'s str, CellRef, &'s Value)> + '_ {
        self.columns.iter().filter_map(move |(heading, column)| {
            let cell = CellRef::new(row, *column);
            let value = self.sheet.get(cell)?;
            let is_there = *value == Value::NoCachedValue || !is_blank(&value.written());
            is_there.then_some((*heading, cell, value))
        })
    }

    /// Whether anything stands in a cell, be it a formula without a result.
    pub(crate) fn is_filled(&self, row: u32, heading: &str) -> bool {
        self.filled(row).any(|(one, ..)| one == heading)
    }

    /// What of a row is not as whoever reads the sheet sees it: struck out, invisible, shown otherwise than it is stored,
    /// hidden, not calculated. Whether it is meant cannot be told, so it is never taken as it stands.
    pub(crate) fn unsure(&self, row: u32, faults: &mut Faults) {
        if self.sheet.hidden.hides_row(row) {
            faults.push(format!(
                "第{}行：这一行被隐藏（或被筛选掉），里面填有内容；请取消隐藏或筛选核对，不要的请删去整行",
                row + 1
            ));
        }
        let mut filled: Vec<_> = self.filled(row).collect();
        filled.sort_by_key(|(_, cell, _)| *cell);
        let is_struck = |cell: &CellRef| {
            let look = self.sheet.look(*cell);
            look.is_some_and(|look| !look.struck.is_empty())
        };
        // A row that is struck out as a whole is one fault.
        let struck = filled.iter().filter(|(_, cell, _)| is_struck(cell));
        if struck.count() == filled.len() && filled.len() > 1 {
            faults.push(format!(
                "第{}行：整行划了删除线，是要还是不要看不出来；要的请去掉删除线，不要的请删去整行",
                row + 1
            ));
            return;
        }
        for (heading, _, value) in filled {
            let message = match value {
                Value::NoCachedValue => {
                    "是没有计算结果的公式，请直接填写内容，或用 Excel 或 WPS 打开、保存一次"
                        .to_owned()
                }
                value => match self.unlike(row, heading, value) {
                    Some(message) => message,
                    None => continue,
                },
            };
            self.fault(faults, row, heading, &message);
        }
    }

    /// How a cell looks other than what stands in it.
    fn unlike(&self, row: u32, heading: &str, value: &Value) -> Option<String> {
        let look = self.sheet.look(self.cell(row, heading)?)?;
        if !look.struck.is_empty() {
            return Some(format!(
                "“{}”划了删除线，是要还是不要看不出来；要的请去掉删除线，不要的请删去",
                look.struck
            ));
        }
        if look.unseen {
            return Some(format!(
                "填有“{}”，却看不见（字色与底色相同，或格式不显示）；请改成看得见的，不要的请删去",
                value.written()
            ));
        }
        let seen = look.seen.as_deref()?;
        let is_the_same = match value {
            // With naughts before or behind it, it is the same.
            Value::Number(number) => fold(seen).parse() == Ok(*number),
            _ => false,
        };
        (!is_the_same).then(|| {
            format!(
                "显示的是“{seen}”，实际存的是“{}”，不知以哪个为准；请改成一致的",
                value.written()
            )
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

#[cfg(test)]
mod tests {
    use super::{CellRef, Faults, List};
    use crate::intake::{Sheet, Value};

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("表");
        for (row, texts) in [["学会", "星级"], ["甲", "9"], ["乙", "8"]]
            .iter()
            .enumerate()
        {
            for (column, text) in texts.iter().enumerate() {
                let at = |one: usize| u32::try_from(one).expect("small");
                let cell = CellRef::new(at(row), at(column));
                sheet.put(cell, Value::Text((*text).to_owned()));
            }
        }
        sheet
    }

    fn faults(sheet: Sheet) -> Faults {
        let mut faults = Faults::new();
        List::find(&[sheet], &["学会", "星级"], 2, &mut faults).expect("a list");
        faults
    }

    #[test]
    fn a_list_that_is_as_it_looks_has_no_faults() {
        assert_eq!(faults(sheet()), Faults::new());
        // Hidden where nothing stands; a formula beside the list; as many naughts as anybody likes.
        let mut one = sheet();
        one.hidden.rows(7, 9);
        one.put(CellRef::new(1, 5), Value::NoCachedValue);
        one.put(CellRef::new(2, 1), Value::Number(8.into()));
        one.note(CellRef::new(2, 1)).seen = Some("8.00".to_owned());
        assert_eq!(faults(one), Faults::new());
    }

    #[test]
    fn what_is_not_as_it_looks_is_a_fault_at_its_cell() {
        let cell = CellRef::new(1, 1);
        let mut struck = sheet();
        struck.note(cell).struck = "9".to_owned();
        let mut unseen = sheet();
        unseen.note(cell).unseen = true;
        let mut otherwise = sheet();
        otherwise.put(cell, Value::Number(9.into()));
        otherwise.note(cell).seen = Some("10".to_owned());
        let mut formula = sheet();
        formula.put(cell, Value::NoCachedValue);
        let mut hidden = sheet();
        hidden.hidden.rows(1, 1);
        for (sheet, expected) in [
            (struck, "B2：“9”划了删除线"),
            (unseen, "B2：填有“9”，却看不见"),
            (otherwise, "B2：显示的是“10”，实际存的是“9”"),
            (formula, "B2：是没有计算结果的公式"),
            (hidden, "第2行：这一行被隐藏"),
        ] {
            let faults = faults(sheet);
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].starts_with(expected), "{faults:?}");
        }
    }
}
