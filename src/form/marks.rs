//! What only the formatting of a filled cell tells: strike-outs, and writing that cannot be seen.

use std::collections::BTreeMap;

use super::labels::Field;
use super::read::{Row, Text};
use super::spot::Spot;
use crate::intake::Sheet;
use crate::model::{CellRef, Keyed, LineId};

/// A filled cell that does not look as what stands in it would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub cell: CellRef,
    pub spot: Spot,
    /// What of it is struck out; empty where nothing is.
    pub struck: String,
    /// All or a part of it cannot be seen.
    pub is_unseen: bool,
}

/// The marks of the cells that a person fills in.
pub(super) fn marks(
    sheet: &Sheet,
    fields: &BTreeMap<Field, Text>,
    rows: &Keyed<LineId, Option<Row>>,
) -> Vec<Mark> {
    let fields = fields
        .iter()
        .map(|(field, text)| (text.cell, Spot::Field(*field)));
    let rows = rows.entries();
    let points = rows
        .filter_map(|(line, row)| Some((line, row.as_ref()?)))
        .flat_map(|(line, row)| {
            let asked = row.asked.as_ref();
            let target = asked.and_then(|asked| asked.target.as_ref());
            [
                asked
                    .is_none()
                    .then_some((row.bonus.cell, Spot::Bonus(line))),
                Some((row.deduction.cell, Spot::Deduction(line))),
                asked.map(|asked| (asked.value.cell, Spot::Value(line))),
                target.map(|target| (target.cell, Spot::Target(line))),
            ]
        })
        .flatten();
    fields
        .chain(points)
        .filter_map(|(cell, spot)| {
            let look = sheet.look(cell)?;
            // Points that are seen as something else are said to be that.
            let is_unseen = look.unseen && (matches!(spot, Spot::Field(_)) || look.seen.is_none());
            (is_unseen || !look.struck.is_empty()).then(|| Mark {
                cell,
                spot,
                struck: look.struck.clone(),
                is_unseen,
            })
        })
        .collect()
}
