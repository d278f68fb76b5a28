//! 填报事项 of a society's own form: what each item was answered with, and where.

use std::collections::BTreeMap;
use std::ops::Range;

use super::entry::{Entry, Filled};
use super::folded::Folded;
use super::labels::Column;
use super::length;
use super::marks::Mark;
use super::read::Row;
use super::spot::Spot;
use crate::intake::{Sheet, Value};
use crate::model::{CellRef, Keyed, LineId, fold};
use crate::scheme::{Item, Scheme, SelfAssessment};

/// The items of a form, as filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// By item of the scheme; none where no row carries its number.
    pub items: Vec<Option<Answered>>,
    /// 加分 and 减分 of each line as the form itself shows them.
    pub shown: Keyed<LineId, Option<[Entry; 2]>>,
    /// Second rows that carry the number of an item (an index).
    pub twice: Vec<(usize, CellRef)>,
}

/// One item as filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub value: Entry,
    /// The same as it is written.
    pub written: String,
    /// 佐证材料.
    pub evidence: String,
    /// 备注.
    pub remark: String,
    /// Where the question stands, unless it is the item's own; none where it is, or where there is no such column.
    pub question: Option<(CellRef, Question)>,
}

/// What stands in the place of an item's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// That of another item (an index): what is answered is not what its number says.
    Of(usize),
    /// Another text, as written.
    Changed(String),
}

impl Told {
    /// Whether nothing has been filled in.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let mut items = self.items.iter().flatten();
        items.all(|item| {
            item.value.filled == Filled::Blank && item.evidence.is_empty() && item.remark.is_empty()
        })
    }

    /// What an item (an index) was answered with, where its row is there.
    #[must_use]
    pub fn item(&self, item: usize) -> Option<&Answered> {
        self.items.get(item)?.as_ref()
    }

    /// The cells filled in that are not shown, with the line of their item.
    pub(super) fn unseen(&self, sheet: &Sheet, own: &SelfAssessment) -> Vec<(LineId, CellRef)> {
        let items = own.items.iter().zip(&self.items);
        items
            .filter_map(|(item, told)| Some((item.line, told.as_ref()?)))
            .filter(|(_, told)| told.value.filled != Filled::Blank)
            .map(|(line, told)| (line, told.value.cell))
            .filter(|(_, cell)| sheet.hidden.hides(*cell))
            .collect()
    }

    /// What only the formatting of the filled cells tells.
    pub(super) fn marks(&self, sheet: &Sheet) -> Vec<Mark> {
        let items = self.items.iter().enumerate();
        items
            .filter_map(|(item, told)| {
                let cell = told.as_ref()?.value.cell;
                let look = sheet.look(cell)?;
                (look.unseen || !look.struck.is_empty()).then(|| Mark {
                    cell,
                    spot: Spot::Item(item),
                    struck: look.struck.clone(),
                    is_unseen: look.unseen,
                })
            })
            .collect()
    }
}

/// Finds the row of every item by its number, below the head of a table, and reads it; none unless the scheme's forms ask
/// for items. Gives the last row as well.
pub(super) fn read(
    page: &Folded<'_>,
    scheme: &Scheme,
    table: Range<u32>,
    columns: &BTreeMap<Column, u32>,
    rows: &Keyed<LineId, Option<Row>>,
) -> Option<(Told, u32)> {
    let own = scheme.own.as_ref()?;
    let (number, value) = (columns.get(&Column::Item)?, columns.get(&Column::Value)?);
    let written = |row: u32, column: u32| {
        let value = page.sheet.get(CellRef::new(row, column));
        value.map_or(String::new(), Value::written)
    };
    let shown = |row: &Row| [row.bonus.clone(), row.deduction.clone()];
    let mut told = Told {
        items: vec![None; own.items.len()],
        shown: rows.iter().map(|row| row.as_ref().map(shown)).collect(),
        twice: Vec::new(),
    };
    let numbers: BTreeMap<String, usize> = (0..)
        .zip(&own.items)
        .map(|(item, one): (usize, &Item)| (fold(&one.code), item))
        .collect();
    let mut last = table.start;
    for row in table.start + 1..table.end {
        let cell = CellRef::new(row, *number);
        let Some(item) = page
            .code(cell)
            .and_then(|code| numbers.get(&*code).copied())
        else {
            continue;
        };
        last = row;
        if told.items[item].is_some() {
            told.twice.push((item, cell));
            continue;
        }
        let entry = Entry::of(page.sheet, CellRef::new(row, *value));
        let beside = |column| {
            let at = columns.get(&column);
            at.map_or(String::new(), |at| written(row, *at))
        };
        let is_rate = matches!(own.items[item].holds, crate::scheme::assess::Holds::Percent);
        let entry = entry.for_value(page.sheet, !is_rate);
        told.items[item] = Some(Answered {
            value: if is_rate { entry.in_per_cent() } else { entry },
            written: length::beginning(&written(row, *value)).to_owned(),
            evidence: beside(Column::Evidence),
            remark: beside(Column::Remark),
            question: columns.get(&Column::Asks).and_then(|at| {
                let cell = CellRef::new(row, *at);
                Some((cell, question(own, item, &written(row, *at))?))
            }),
        });
    }
    Some((told, last))
}

/// What a text is in the place of an item's question; none where it is that question, or nothing.
fn question(own: &SelfAssessment, item: usize, written: &str) -> Option<Question> {
    let text = fold(written);
    let is_asked = |one: &Item| fold(&one.asks) == text;
    if text.is_empty() || is_asked(&own.items[item]) {
        return None;
    }
    Some(match own.items.iter().position(is_asked) {
        Some(other) => Question::Of(other),
        None => Question::Changed(length::beginning(written.trim()).to_owned()),
    })
}
