//! The cells of one sheet.

use super::records::{Fields, records};
use super::{Book, rich};
use crate::intake::limits::{MERGED, Tally};
use crate::intake::looks::{Formulas, Run, Told};
use crate::intake::{Defect, Refusal, Sheet, Value, value};

const ROW: u32 = 0x0000;
const SMALL_NUMBER: u32 = 0x0002;
const ERROR: u32 = 0x0003;
const TRUTH: u32 = 0x0004;
const NUMBER: u32 = 0x0005;
const TEXT: u32 = 0x0006;
const SHARED_TEXT: u32 = 0x0007;
const FORMULA_TEXT: u32 = 0x0008;
const FORMULA_NUMBER: u32 = 0x0009;
const FORMULA_TRUTH: u32 = 0x000a;
const FORMULA_ERROR: u32 = 0x000b;
const COLUMNS: u32 = 0x003c;
const RICH_TEXT: u32 = 0x003e;
const END_SHEET: u32 = 0x0082;
const END_CELLS: u32 = 0x0092;
const MERGED_CELLS: u32 = 0x00b0;

/// Reads the part of a sheet.
pub(super) fn read(
    book: &Book,
    part: &[u8],
    tally: &mut Tally,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    let mut formulas = Formulas::default();
    let mut merged = Vec::new();
    let mut row = 0;
    let (mut in_cells, mut is_whole) = (true, false);
    for (kind, data) in records(part) {
        let mut fields = Fields::of(data);
        match kind {
            ROW if in_cells => {
                row = fields.long().ok_or_else(|| damaged(sheet))?;
                if hides_row(&mut fields).unwrap_or(false) {
                    sheet.hidden.rows(row, row);
                }
            }
            SMALL_NUMBER..=FORMULA_ERROR | RICH_TEXT if in_cells => {
                let cell = cell(book, kind, &mut fields).ok_or_else(|| damaged(sheet))?;
                let looks = book.styles.of(cell.style);
                let told = Told {
                    at: (row, cell.column),
                    value: Some(cell.value),
                    runs: &cell.runs,
                    is_formula: (FORMULA_TEXT..=FORMULA_ERROR).contains(&kind),
                };
                formulas.place(tally, sheet, &looks, told)?;
            }
            COLUMNS => {
                if let Some((first, last)) = hidden_columns(&mut fields) {
                    sheet.hidden.columns(first, last);
                }
            }
            END_CELLS => in_cells = false,
            END_SHEET => is_whole = true,
            MERGED_CELLS => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (fields.long(), fields.long(), fields.long(), fields.long())
                {
                    merged.push(((top, left), (bottom, right)));
                    MERGED.hold(merged.len() as u64)?;
                }
            }
            _ => {}
        }
    }
    if !is_whole {
        return Err(damaged(sheet));
    }
    for (first, last) in merged {
        tally.merge(sheet, first, last)?;
    }
    formulas.finish(sheet, book.is_stale);
    Ok(())
}

struct Cell {
    column: u32,
    style: usize,
    value: Value,
    runs: Vec<Run>,
}

/// A cell; none where its record is cut off, or its text is not there.
fn cell(book: &Book, kind: u32, fields: &mut Fields<'_>) -> Option<Cell> {
    let column = fields.long()?;
    let style = usize::try_from(fields.long()? & 0x00ff_ffff).ok()?;
    let mut runs = Vec::new();
    let number = |number| book.styles.of(style).number(number, book.is_1904);
    let value = match kind {
        SMALL_NUMBER => number(value::small(fields.long()?)),
        NUMBER | FORMULA_NUMBER => number(fields.double()?),
        TRUTH | FORMULA_TRUTH => Value::Bool(fields.byte()? != 0),
        ERROR | FORMULA_ERROR => Value::Error(value::error(fields.byte()?).to_owned()),
        TEXT | FORMULA_TEXT => Value::Text(fields.text()?),
        SHARED_TEXT => {
            let (text, parts) = book.texts.get(fields.long()?)?;
            runs = parts.to_vec();
            Value::Text(text.to_owned())
        }
        _ => {
            let rich = rich(fields, &book.styles)?;
            runs = rich.runs;
            Value::Text(rich.text)
        }
    };
    Some(Cell {
        column,
        style,
        value,
        runs,
    })
}

/// Whether a row is hidden, by what stands behind its number: style, height, flags.
fn hides_row(fields: &mut Fields<'_>) -> Option<bool> {
    const HIDDEN: u8 = 0x10;
    fields.skip(4)?;
    let height = fields.word()?;
    fields.skip(1)?;
    Some(fields.byte()? & HIDDEN != 0 || height == 0)
}

/// The columns that a record hides, if it does.
fn hidden_columns(fields: &mut Fields<'_>) -> Option<(u32, u32)> {
    let (first, last) = (fields.long()?, fields.long()?);
    let width = fields.long()?;
    fields.skip(4)?;
    (fields.word()? & 1 != 0 || width == 0).then_some((first, last))
}

fn damaged(sheet: &Sheet) -> Refusal {
    let sheet = sheet.name.clone();
    Refusal::Unreadable(Defect::SheetBroken { sheet })
}
