//! The class of objects whose lines a form carries: classes number their lines each for itself.

use std::collections::BTreeMap;

use super::entry::Filled;
use super::folded::Folded;
use super::labels::Column;
use super::locate::{self, Region};
use super::read::behind_label;
use crate::model::{CellRef, LineId, fold};
use crate::roster::Roster;
use crate::scheme::Scheme;

/// Whose class a form is read as: the one of the society that its id names, else its own field; else the first.
pub(super) fn of(
    page: &Folded<'_>,
    scheme: &Scheme,
    roster: &Roster,
    region: &Region,
) -> Option<usize> {
    if scheme.classes.is_empty() {
        return None;
    }
    let listed = |name: &str| {
        let society = roster.society_named(name)?;
        roster.societies[society].class
    };
    let label = &page.words.society;
    let by_field = || {
        let texts = locate::outside(page, region, None);
        let (_, value) = locate::value_of(page, &texts, label)?;
        listed(&behind_label(value?.written(), label))
    };
    let by_id = region.id.as_ref().and_then(|id| listed(&id.value.society));
    by_id.or_else(by_field).or(Some(0))
}

/// Whether a table read as that of `class` is rather another's: a row has the code of a line that only the other has, or
/// the name, the wording and the cap of the other's line of that code and not those of its own.
pub(super) fn is_another(
    page: &Folded<'_>,
    scheme: &Scheme,
    class: Option<usize>,
    rows: std::ops::Range<u32>,
    columns: &BTreeMap<Column, u32>,
) -> bool {
    let Some(code_column) = columns.get(&Column::Code) else {
        return false;
    };
    let at = |row: u32, column: Column| {
        let column = columns.get(&column)?;
        page.sheet.get(CellRef::new(row, *column))
    };
    let fits = |row: u32, line: LineId| {
        let title = at(row, Column::Indicator).map(|text| fold(&text.written()));
        let cap = Filled::read(at(row, Column::BonusCap)).points();
        let asks = at(row, Column::Requirement).map(|text| fold(&text.written()));
        let line = &scheme.lines[line];
        let wording = fold(scheme.requirement(line).trim());
        title.is_none_or(|title| title == fold(&scheme.indicator(line).title))
            && asks.is_none_or(|asks| asks.contains(&wording))
            && cap.is_none_or(|cap| cap == line.bonus.cap)
    };
    let others = (0..scheme.classes.len()).filter(|other| Some(*other) != class);
    let others: Vec<Option<usize>> = others.map(Some).collect();
    rows.into_iter().any(|row| {
        let Some(code) = page.code(CellRef::new(row, *code_column)) else {
            return false;
        };
        let own = page.words.line(class, &code);
        let others = others
            .iter()
            .filter_map(|other| page.words.line(*other, &code));
        let mut others = others.filter(|other| Some(*other) != own);
        match own {
            Some(own) => !fits(row, own) && others.any(|other| fits(row, other)),
            None => others.next().is_some(),
        }
    })
}
