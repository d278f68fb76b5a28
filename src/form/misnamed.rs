//! Rows whose code and name disagree: somebody sorted the table without its first column, or shifted the names.
//!
//! Only a name that is another line's, and not this one's, tells that: a shortened or mistyped one is nobody else's.

use std::collections::BTreeMap;

use super::folded::Folded;
use super::labels::Column;
use super::locate::Damage;
use crate::model::{CellRef, Keyed, LineId};
use crate::scheme::Scheme;

/// The lines in whose rows the name or the wording of another one stands.
pub(super) fn misnamed(
    page: &Folded<'_>,
    scheme: &Scheme,
    class: Option<usize>,
    columns: &BTreeMap<Column, u32>,
    rows: &Keyed<LineId, Option<u32>>,
) -> Vec<Damage> {
    let is_named = |column: Column, line: LineId, text: &str| {
        let name = &page.words.names[line];
        match column {
            Column::Indicator => name.title == text,
            // Behind the wording stands what can be given for it.
            _ => !name.wording.is_empty() && text.starts_with(&name.wording),
        }
    };
    let mut damage = Vec::new();
    for (line, row) in rows.entries() {
        let Some(row) = row else { continue };
        let disagrees = [Column::Indicator, Column::Requirement]
            .into_iter()
            .find_map(|column| {
                let cell = CellRef::new(*row, *columns.get(&column)?);
                let text = page.text(cell).filter(|text| !text.is_empty())?;
                if is_named(column, line, text) {
                    return None;
                }
                let mut others = scheme.lines_of_class(class).map(|(other, _)| other);
                let other = others.find(|other| is_named(column, *other, text))?;
                Some((cell, column, other))
            });
        if let Some((cell, column, other)) = disagrees {
            damage.push(Damage::LineMisnamed {
                line,
                other,
                column: column.label(scheme),
                cell,
            });
        }
    }
    damage
}
