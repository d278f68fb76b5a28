//! The cells of one sheet.

use std::collections::BTreeSet;

use super::globals::Globals;
use super::records::{BOF, EOF, Parts, Record, Version, double, long, records, word};
use crate::intake::limits::{MERGED, Tally};
use crate::intake::looks::{Formulas, Run, Told};
use crate::intake::sheet::Corners;
use crate::intake::texts::Rich;
use crate::intake::{Defect, Refusal, Sheet, Value, value};

const FORMULA: u16 = 0x0006;
/// The results of the formulas were out of date when the sheet was saved.
const UNCALCULATED: u16 = 0x005e;
const COLUMNS: u16 = 0x007d;
const SMALL_NUMBERS: u16 = 0x00bd;
const RICH_LABEL: u16 = 0x00d6;
const MERGED_CELLS: u16 = 0x00e5;
const SHARED_LABEL: u16 = 0x00fd;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH_OR_ERROR: u16 = 0x0205;
const RESULT: u16 = 0x0207;
const ROW: u16 = 0x0208;
const SMALL_NUMBER: u16 = 0x027e;

/// Row, column and style of a cell: what each of its records begins with.
type Place = (u32, u32, usize);

/// The reader of one sheet.
pub(super) struct Cells<'a> {
    globals: &'a Globals,
    tally: &'a mut Tally,
    formulas: Formulas,
    /// A formula whose result, a text, is to stand in a record behind it.
    awaited: Option<Place>,
    is_stale: bool,
    hidden_rows: BTreeSet<u16>,
    merged: Vec<Corners>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(globals: &'a Globals, tally: &'a mut Tally) -> Self {
        Self {
            globals,
            tally,
            formulas: Formulas::default(),
            awaited: None,
            is_stale: false,
            hidden_rows: BTreeSet::new(),
            merged: Vec::new(),
        }
    }

    /// Reads the sheet that begins at `start`. Charts that lie on it have cells of their own, which are not the sheet's.
    pub(super) fn read(
        &mut self,
        stream: &[u8],
        start: usize,
        sheet: &mut Sheet,
    ) -> Result<(), Refusal> {
        let mut depth = 0_u32;
        let mut is_whole = false;
        for record in records(stream, start) {
            match record.kind {
                BOF => depth += 1,
                EOF if depth <= 1 => {
                    is_whole = true;
                    break;
                }
                EOF => depth -= 1,
                _ if depth > 1 => {}
                _ => self
                    .record(stream, &record, sheet)?
                    .ok_or_else(|| damaged_sheet(&sheet.name))?,
            }
        }
        self.unanswered(sheet)?;
        if !is_whole {
            return Err(damaged_sheet(&sheet.name));
        }
        for row in std::mem::take(&mut self.hidden_rows) {
            sheet.hidden.rows(row.into(), row.into());
        }
        for (first, last) in std::mem::take(&mut self.merged) {
            self.tally.merge(sheet, first, last)?;
        }
        std::mem::take(&mut self.formulas).finish(sheet, self.is_stale);
        Ok(())
    }

    /// Reads one record; none where it is cut off.
    fn record(
        &mut self,
        stream: &[u8],
        record: &Record<'_>,
        sheet: &mut Sheet,
    ) -> Result<Option<()>, Refusal> {
        let data = record.data;
        let is_cell = matches!(
            record.kind,
            FORMULA
                | SMALL_NUMBERS
                | RICH_LABEL
                | SHARED_LABEL
                | NUMBER
                | LABEL
                | TRUTH_OR_ERROR
                | SMALL_NUMBER
        );
        if !is_cell {
            return self.other(stream, record, sheet);
        }
        self.unanswered(sheet)?;
        let Some(place) = place(data) else {
            return Ok(None);
        };
        let letters = self.globals.letters();
        let is_five = self.globals.version == Version::Five;
        let value = match record.kind {
            FORMULA => return self.formula(place, data, sheet),
            SMALL_NUMBERS => return self.small_numbers(place, data, sheet),
            SHARED_LABEL => {
                let Some((text, runs)) =
                    long(data, 6).and_then(|index| self.globals.texts.get(index))
                else {
                    return Ok(None);
                };
                let value = Value::Text(text.to_owned());
                return self.put(place, Some(value), runs, false, sheet).map(Some);
            }
            RICH_LABEL | LABEL => {
                let rich = if record.kind == LABEL {
                    let written = data.get(6..).unwrap_or_default();
                    letters.short(written, false).map(Rich::plain)
                } else if is_five {
                    letters.rich_of_five(data.get(6..).unwrap_or_default())
                } else {
                    let parts = Parts::of(stream, record).behind(6);
                    parts.and_then(|mut parts| letters.rich(&mut parts, true))
                };
                let Some(rich) = rich else {
                    return Ok(None);
                };
                let value = Value::Text(rich.text);
                let runs = &rich.runs;
                return self.put(place, Some(value), runs, false, sheet).map(Some);
            }
            NUMBER => double(data, 6).map(|number| self.number(place, number)),
            SMALL_NUMBER => long(data, 6).map(|number| self.number(place, value::small(number))),
            _ => truth_or_error(data, 6),
        };
        match value {
            Some(value) => self.put(place, Some(value), &[], false, sheet).map(Some),
            None => Ok(None),
        }
    }

    /// Reads what is no cell.
    fn other(
        &mut self,
        stream: &[u8],
        record: &Record<'_>,
        sheet: &mut Sheet,
    ) -> Result<Option<()>, Refusal> {
        let data = record.data;
        let at = |at| word(data, at).unwrap_or_default();
        match record.kind {
            RESULT => {
                if let Some(place) = self.awaited.take() {
                    let letters = self.globals.letters();
                    let text = match self.globals.version {
                        Version::Five => letters.short(data, false),
                        Version::Eight => letters
                            .rich(&mut Parts::of(stream, record), false)
                            .map(|rich| rich.text),
                    };
                    let Some(text) = text else { return Ok(None) };
                    self.put(place, Some(Value::Text(text)), &[], true, sheet)?;
                }
            }
            UNCALCULATED => self.is_stale = true,
            // A height of 0 hides it, too.
            ROW if at(12) & 0x20 != 0 || data.len() > 12 && at(6) == 0 => {
                self.hidden_rows.insert(at(0));
            }
            COLUMNS if at(8) & 1 != 0 || data.len() > 8 && at(4) == 0 => {
                sheet.hidden.columns(at(0).into(), at(2).into());
            }
            MERGED_CELLS => {
                let regions = data.get(2..).unwrap_or_default().chunks_exact(8);
                for region in regions.take(usize::from(at(0))) {
                    let at = |at| u32::from(word(region, at).unwrap_or_default());
                    self.merged.push(((at(0), at(4)), (at(2), at(6))));
                }
                MERGED.hold(self.merged.len() as u64)?;
            }
            _ => {}
        }
        Ok(Some(()))
    }

    fn formula(
        &mut self,
        place: Place,
        data: &[u8],
        sheet: &mut Sheet,
    ) -> Result<Option<()>, Refusal> {
        let value = match (data.get(6..14), word(data, 12)) {
            (Some([0, ..]), Some(0xffff)) => {
                self.awaited = Some(place);
                return Ok(Some(()));
            }
            (Some([1, _, truth, ..]), Some(0xffff)) => Value::Bool(*truth != 0),
            (Some([2, _, error, ..]), Some(0xffff)) => {
                Value::Error(value::error(*error).to_owned())
            }
            (Some([3, ..]), Some(0xffff)) => Value::Text(String::new()),
            _ => match double(data, 6) {
                Some(number) => self.number(place, number),
                None => return Ok(None),
            },
        };
        self.put(place, Some(value), &[], true, sheet).map(Some)
    }

    /// A row of small numbers, each with its style.
    fn small_numbers(
        &mut self,
        (row, first, _): Place,
        data: &[u8],
        sheet: &mut Sheet,
    ) -> Result<Option<()>, Refusal> {
        let numbers = data.get(4..data.len().saturating_sub(2));
        for (column, number) in (first..).zip(numbers.unwrap_or_default().chunks_exact(6)) {
            let (Some(style), Some(number)) = (word(number, 0), long(number, 2)) else {
                return Ok(None);
            };
            let place = (row, column, usize::from(style));
            let value = self.number(place, value::small(number));
            self.put(place, Some(value), &[], false, sheet)?;
        }
        Ok(Some(()))
    }

    /// A formula whose text never came has no result.
    fn unanswered(&mut self, sheet: &mut Sheet) -> Result<(), Refusal> {
        match self.awaited.take() {
            Some(place) => self.put(place, None, &[], true, sheet),
            None => Ok(()),
        }
    }

    fn number(&self, (_, _, style): Place, number: f64) -> Value {
        let looks = self.globals.styles.of(style);
        looks.number(number, self.globals.is_1904)
    }

    fn put(
        &mut self,
        (row, column, style): Place,
        value: Option<Value>,
        runs: &[Run],
        is_formula: bool,
        sheet: &mut Sheet,
    ) -> Result<(), Refusal> {
        let looks = self.globals.styles.of(style);
        let told = Told {
            at: (row, column),
            value,
            runs,
            is_formula,
        };
        self.formulas.place(self.tally, sheet, &looks, told)
    }
}

fn place(data: &[u8]) -> Option<Place> {
    let at = |at| word(data, at);
    Some((at(0)?.into(), at(2)?.into(), at(4)?.into()))
}

fn truth_or_error(data: &[u8], at: usize) -> Option<Value> {
    match data.get(at..at.checked_add(2)?)? {
        [truth, 0] => Some(Value::Bool(*truth != 0)),
        [error, _] => Some(Value::Error(value::error(*error).to_owned())),
        _ => None,
    }
}

fn damaged_sheet(name: &str) -> Refusal {
    let sheet = name.to_owned();
    Refusal::Unreadable(Defect::SheetBroken { sheet })
}
