//! Where the parts of a form are: its table, its lines, its labels. By what is written there, never by
//! position.

use std::collections::BTreeMap;

use super::folded::{Folded, labelled};
use super::id::FormId;
use super::labels::Column;
use crate::intake::Value;
use crate::model::{CellRef, Keyed, LineId, Located};
use crate::scheme::Scheme;

/// How many headings must stand in one row for it to be the head of a table.
const HEADINGS: usize = 4;

/// What has been done to the table of a form so that it cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The form has an id but no table.
    NoTable { cell: CellRef },
    /// A needed column has lost its heading; where it should stand.
    ColumnMissing { label: String, cell: CellRef },
    /// Two columns carry the same needed heading; where the second stands.
    ColumnTwice { label: String, cell: CellRef },
    /// Beside a needed column stands another one for the same, filled in: how its heading is written, and where.
    ColumnBeside {
        label: String,
        written: String,
        cell: CellRef,
    },
    /// A column that the form does not have, with numbers in the rows of lines: how it is headed, and where. It may be
    /// for anything, so that the form can still be read.
    ColumnAdded { written: String, cell: CellRef },
    /// No row carries the code of a line; where it should stand.
    LineMissing { line: LineId, cell: CellRef },
    /// A second row carries the code of a line.
    LineTwice { line: LineId, cell: CellRef },
    /// In the row with the code of a line stands the name or the wording of another one.
    LineMisnamed {
        line: LineId,
        other: LineId,
        column: String,
        cell: CellRef,
    },
}

/// One form on a sheet: the rows it takes up and the head of its table.
#[derive(Debug)]
pub(super) struct Region {
    /// First row.
    pub from: u32,
    /// The row after the last.
    pub to: u32,
    /// The row of the headings; none where only the id is left.
    pub head: Option<u32>,
    pub id: Option<Located<FormId>>,
}

/// Finds the forms on a sheet. A second head without a 学会名称 above it is a heading row somebody repeated,
/// not a second form.
pub(super) fn regions(page: &Folded<'_>, scheme: &Scheme) -> Vec<Region> {
    let rows = page.sheet.rows();
    let end = rows.last().map_or(0, |last| last + 1);
    let names: Vec<u32> = page
        .texts()
        .filter(|(_, text)| labelled(text, &page.words.society).is_some())
        .map(|(cell, _)| cell.row())
        .collect();
    let mut starts: Vec<(u32, u32)> = Vec::new();
    for head in rows.into_iter().filter(|row| is_head(page, scheme, *row)) {
        let from = match starts.last() {
            None => Some(0),
            Some((_, above)) => names
                .iter()
                .copied()
                .find(|name| (*above..head).contains(name)),
        };
        if let Some(from) = from {
            starts.push((from, head));
        }
    }
    let ids: Vec<Located<FormId>> = page
        .texts()
        .filter(|(_, text)| FormId::can_be_in(text))
        .filter_map(|(cell, text)| FormId::find(text).map(|id| Located::new(id, cell)))
        .collect();
    if starts.is_empty() {
        // A list of ids is no form: a form has its fields, too.
        return ids
            .first()
            .filter(|_| page.has_fields())
            .map(|id| Region {
                from: 0,
                to: end,
                head: None,
                id: Some(id.clone()),
            })
            .into_iter()
            .collect();
    }
    let mut regions = Vec::new();
    for (index, (from, head)) in starts.iter().enumerate() {
        let to = starts.get(index + 1).map_or(end, |(next, _)| *next);
        let id = ids.iter().rfind(|id| (*from..to).contains(&id.cell.row()));
        regions.push(Region {
            from: *from,
            to,
            head: Some(*head),
            id: id.cloned(),
        });
    }
    regions
}

/// Whether a row holds the headings of the table: enough of them, and one that only a form has.
fn is_head(page: &Folded<'_>, scheme: &Scheme, row: u32) -> bool {
    let few = page
        .row(row)
        .filter(|(_, text)| page.words.heading(text).is_some());
    if few.take(HEADINGS).count() < HEADINGS {
        return false;
    }
    let found = page.headings(row);
    // A reviewer's form may show what the society says of itself under the same headings.
    let is_kind = scheme.own.is_none() || found.contains_key(&Column::Item);
    is_kind
        && found.len() >= HEADINGS
        && (found.contains_key(&Column::Bonus) || found.contains_key(&Column::Deduction))
}

/// The table's columns, and what is wrong with the needed ones.
pub(super) fn columns(
    page: &Folded<'_>,
    scheme: &Scheme,
    head: u32,
) -> (BTreeMap<Column, u32>, Vec<Damage>) {
    let found = page.headings(head);
    let mut damage = Vec::new();
    for column in Column::needed(scheme) {
        let label = column.label(scheme);
        match found.get(&column).map_or(&[][..], Vec::as_slice) {
            [] => damage.push(Damage::ColumnMissing {
                label,
                cell: expected_head(scheme, &found, column, head),
            }),
            [_] => {}
            [_, second, ..] => damage.push(Damage::ColumnTwice {
                label,
                cell: *second,
            }),
        }
    }
    // A heading typed over by another is one fault, not two.
    let doubled: Vec<CellRef> = damage
        .iter()
        .filter_map(|one| match one {
            Damage::ColumnTwice { cell, .. } => Some(*cell),
            _ => None,
        })
        .collect();
    damage.retain(|one| match one {
        Damage::ColumnMissing { cell, .. } => !doubled.contains(cell),
        _ => true,
    });
    let columns = found
        .into_iter()
        .filter_map(|(column, cells)| cells.first().map(|cell| (column, cell.column())))
        .collect();
    (columns, damage)
}

/// Where a lost heading should stand: as far from its nearest neighbour as on the blank form, if no other
/// heading is there; else the first heading of the row.
fn expected_head(
    scheme: &Scheme,
    found: &BTreeMap<Column, Vec<CellRef>>,
    missing: Column,
    head: u32,
) -> CellRef {
    let place = |column: Column| {
        Column::of(scheme)
            .position(|one| one == column)
            .unwrap_or(0)
    };
    let known: Vec<(usize, CellRef)> = found
        .iter()
        .filter_map(|(column, cells)| cells.first().map(|cell| (place(*column), *cell)))
        .collect();
    let wanted = place(missing);
    let nearest = known.iter().min_by_key(|(at, _)| at.abs_diff(wanted));
    let guess = nearest.and_then(|(at, cell)| {
        let distance = u32::try_from(at.abs_diff(wanted)).ok()?;
        let column = if *at < wanted {
            cell.column() + distance
        } else {
            cell.column().checked_sub(distance)?
        };
        let guess = CellRef::new(head, column);
        (!known.iter().any(|(_, taken)| *taken == guess)).then_some(guess)
    });
    guess.unwrap_or_else(|| {
        known
            .first()
            .map_or(CellRef::new(head, 0), |(_, cell)| *cell)
    })
}

/// The rows that carry the codes of the scheme's lines.
pub(super) struct LineRows {
    /// By line of the scheme.
    pub rows: Keyed<LineId, Option<u32>>,
    pub damage: Vec<Damage>,
}

/// Finds the row of every line by its code.
pub(super) fn lines(
    page: &Folded<'_>,
    scheme: &Scheme,
    class: Option<usize>,
    region: &Region,
    head: u32,
    code_column: u32,
) -> LineRows {
    let mut rows: Keyed<LineId, Option<u32>> = Keyed::of(None, scheme.lines.len());
    let mut damage = Vec::new();
    for row in head + 1..region.to {
        let cell = CellRef::new(row, code_column);
        let code = page.code(cell);
        let Some(line) = code.and_then(|code| page.words.line(class, &code)) else {
            continue;
        };
        if rows[line].is_some() {
            damage.push(Damage::LineTwice { line, cell });
        } else {
            rows[line] = Some(row);
        }
    }
    for (line, _) in scheme.lines_of_class(class) {
        if rows[line].is_none() {
            let row = expected_row(page, scheme, &rows, line, head, code_column);
            damage.push(Damage::LineMissing {
                line,
                cell: CellRef::new(row, code_column),
            });
        }
    }
    LineRows { rows, damage }
}

/// Where a missing line should stand: below the line before it, at the first row that has content but no line,
/// heading or sum of its own; if there is none, at the row that stands in its place since it was deleted. That is
/// the next line for the first of a part, for a sum and a heading part it from the line before.
fn expected_row(
    page: &Folded<'_>,
    scheme: &Scheme,
    rows: &[Option<u32>],
    line: LineId,
    head: u32,
    code_column: u32,
) -> u32 {
    let place = line.place();
    let before = rows[..place]
        .iter()
        .rev()
        .flatten()
        .next()
        .copied()
        .unwrap_or(head);
    let after = rows[place + 1..]
        .iter()
        .flatten()
        .next()
        .copied()
        .unwrap_or(before + 2);
    let is_orphan = |row: &u32| {
        let others = page
            .sheet
            .row(*row)
            .filter(|(cell, _)| cell.column() != code_column);
        let has_content = others.count() > 1;
        let cell = CellRef::new(*row, code_column);
        let is_named = page.code(cell).is_some_and(|text| !is_code_like(&text));
        has_content && !is_named
    };
    let deleted = if scheme.begins_part(line) {
        after
    } else {
        before + 1
    };
    (before + 1..after).find(is_orphan).unwrap_or(deleted)
}

/// `3.2`, `9.2(1)`: digits with dots, perhaps a number in brackets.
pub(super) fn is_code_like(text: &str) -> bool {
    let bare = text
        .split_once('(')
        .and_then(|(bare, rest)| rest.ends_with(')').then_some(bare))
        .unwrap_or(text);
    bare.contains('.')
        && bare
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The texts of a form outside the rows of its table: among them are its labels.
pub(super) fn outside<'p>(
    page: &'p Folded<'_>,
    region: &Region,
    table: Option<&std::ops::RangeInclusive<u32>>,
) -> Vec<(CellRef, &'p str)> {
    let is_outside = |row: u32| {
        (region.from..region.to).contains(&row) && !table.is_some_and(|rows| rows.contains(&row))
    };
    let texts = page.texts();
    texts.filter(|(cell, _)| is_outside(cell.row())).collect()
}

/// Finds the value that belongs to a label (folded) among the texts outside the table: behind the colon in the same cell,
/// else the first filled cell to the right before the next label. The cell is where the value stands or
/// should stand.
pub(super) fn value_of<'s>(
    page: &Folded<'s>,
    outside: &[(CellRef, &str)],
    label: &str,
) -> Option<(CellRef, Option<&'s Value>)> {
    let mut outside = outside.iter();
    let (at, rest) =
        outside.find_map(|(cell, text)| labelled(text, label).map(|rest| (*cell, rest)))?;
    if !rest.is_empty() {
        return Some((at, page.sheet.get(at)));
    }
    let first = CellRef::new(at.row(), page.sheet.end_of(at).column() + 1);
    let right = page
        .sheet
        .row(at.row())
        .find(|(cell, _)| *cell >= first)
        .filter(|(cell, _)| !page.is_label(*cell));
    Some(right.map_or((first, None), |(cell, value)| (cell, Some(value))))
}
