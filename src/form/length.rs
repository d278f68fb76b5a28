//! How much of what is written on a form is kept: more than anybody writes there, so that one form does not weigh on all
//! outputs and on every search for a name. What is beyond stays in the file, and the cell is named.

use std::collections::BTreeMap;

use super::labels::{Column, Field};
use super::read::{Form, Text};
use super::spot::Spot;
use crate::intake::Sheet;
use crate::model::{CellRef, LineId};

/// Letters of a field, of an answer, and of what stands in the place of points.
pub const FIELD: usize = 200;

/// Letters of what is written freely (佐证材料, 评分说明, 推荐意见) on one form, all together.
pub const FREELY: usize = 40_000;

/// A cell of which only the beginning is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub cell: CellRef,
    pub of: Whole,
    /// Letters that stand there.
    pub letters: usize,
}

/// What was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Field(Field),
    Veto(usize),
    Evidence(LineId),
    Remark(LineId),
    /// 佐证材料 of an item (an index).
    ItemEvidence(usize),
    /// 备注 of an item (an index).
    ItemRemark(usize),
    Opinion,
}

impl Whole {
    /// Where it stands, as far as a cell of the form is known for it.
    #[must_use]
    pub fn spot(self) -> Option<Spot> {
        match self {
            Self::Field(field) => Some(Spot::Field(field)),
            Self::Veto(veto) => Some(Spot::Veto(veto)),
            Self::Remark(line) => Some(Spot::Remark(line)),
            Self::Evidence(_) | Self::ItemEvidence(_) | Self::ItemRemark(_) | Self::Opinion => None,
        }
    }

    /// Whether it is written freely.
    #[must_use]
    pub fn is_free(self) -> bool {
        !matches!(self, Self::Field(_) | Self::Veto(_))
    }
}

/// The beginning of a text that is a field, an answer, or stands in the place of points.
pub(super) fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(FIELD);
    end.map_or(text, |(end, _)| &text[..end])
}

/// Shortens the texts of a table, whose columns are given.
pub(super) fn table(form: &mut Form, sheet: &Sheet, columns: &BTreeMap<Column, u32>) {
    let mut left = FREELY;
    let mut cuts = Cuts {
        sheet,
        cuts: &mut form.cut,
    };
    let told = form.told.iter_mut().flat_map(|told| &mut told.items);
    // Of a society's own form the cells beside its items are those beside its lines: each is one.
    let mut known: BTreeMap<CellRef, usize> = BTreeMap::new();
    for (item, answered) in told.enumerate() {
        let Some(answered) = answered else { continue };
        let row = answered.value.cell.row();
        let (evidence, remark) = (&mut answered.evidence, &mut answered.remark);
        for (text, column, of) in [
            (evidence, Column::Evidence, Whole::ItemEvidence(item)),
            (remark, Column::Remark, Whole::ItemRemark(item)),
        ] {
            if let Some(column) = columns.get(&column) {
                let cell = CellRef::new(row, *column);
                cuts.hold(text, &mut left, cell, of);
                known.insert(cell, text.len());
            }
        }
    }
    for (line, row) in form.rows.entries_mut() {
        let Some(row) = row else { continue };
        let at = row.bonus.cell.row();
        let evidence = (&mut row.evidence, Column::Evidence, Whole::Evidence(line));
        let remark = row.remark.as_mut();
        let remark = remark.map(|remark| (remark, Column::Remark, Whole::Remark(line)));
        for (text, column, of) in [evidence].into_iter().chain(remark) {
            let Some(column) = columns.get(&column) else {
                continue;
            };
            let cell = CellRef::new(at, *column);
            match known.get(&cell) {
                Some(kept) => text.truncate(text.floor_char_boundary(*kept)),
                None => cuts.hold(text, &mut left, cell, of),
            }
        }
    }
}

/// Shortens what stands outside the table; `opinion` is where 推荐意见 stands.
pub(super) fn outside(form: &mut Form, sheet: &Sheet, opinion: Option<CellRef>) {
    let mut cuts = Cuts {
        sheet,
        cuts: &mut form.cut,
    };
    for (field, text) in &mut form.fields {
        cuts.field(text, Whole::Field(*field));
    }
    for (veto, text) in form.vetoes.iter_mut().enumerate() {
        if let Some(text) = text {
            cuts.field(text, Whole::Veto(veto));
        }
    }
    if let Some(cell) = opinion {
        cuts.hold(&mut form.opinion, &mut { FREELY }, cell, Whole::Opinion);
    }
}

/// What was cut of the cells of a sheet.
struct Cuts<'s> {
    sheet: &'s Sheet,
    cuts: &'s mut Vec<Cut>,
}

impl Cuts<'_> {
    fn field(&mut self, text: &mut Text, of: Whole) {
        self.hold(&mut text.text, &mut { FIELD }, text.cell, of);
        if let Some(crate::intake::Value::Text(value)) = &mut text.value {
            let end = beginning(value).len();
            value.truncate(end);
        }
    }

    /// Keeps as many letters as are left, and takes them from those.
    fn hold(&mut self, text: &mut String, left: &mut usize, cell: CellRef, of: Whole) {
        if text.len() <= *left {
            // No letter is less than a byte, and few of those that are allowed are used up.
            *left -= text.chars().count();
            return;
        }
        let letters = text.chars().count();
        if let Some((end, _)) = text.char_indices().nth(*left) {
            text.truncate(end);
            // What is longer than any program allows was said to be so by the reader of the file.
            if !self.sheet.clipped.contains(&cell) {
                self.cuts.push(Cut { cell, of, letters });
            }
        }
        *left = left.saturating_sub(letters);
    }
}

#[cfg(test)]
mod tests {
    use super::{Cuts, FIELD, Whole, beginning};
    use crate::intake::Sheet;
    use crate::model::CellRef;

    #[test]
    fn as_many_letters_are_kept_as_are_allowed() {
        for (letters, kept, is_cut) in [
            (0, 0, false),
            (FIELD, FIELD, false),
            (FIELD + 1, FIELD, true),
            (40 * FIELD, FIELD, true),
        ] {
            for letter in ["a", "张", "𠮷"] {
                let whole = letter.repeat(letters);
                assert_eq!(beginning(&whole).chars().count(), kept);
                let (sheet, mut cuts) = (Sheet::default(), Vec::new());
                let mut text = whole.clone();
                let mut all = Cuts {
                    sheet: &sheet,
                    cuts: &mut cuts,
                };
                let mut left = FIELD;
                all.hold(&mut text, &mut left, CellRef::new(0, 0), Whole::Opinion);
                assert_eq!(text.chars().count(), kept, "{letters} × {letter}");
                assert_eq!(left, FIELD - kept);
                assert_eq!(
                    cuts.first().map(|cut| cut.letters),
                    is_cut.then_some(letters)
                );
            }
        }
    }
}
