//! Where a value stands in a sheet, said the way Excel says it.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Short;

/// One cell of a sheet.
///
/// Counted from zero inside; printed as Excel shows it (`H12`). Row-major order, so that an ordered map of
/// cells is read like a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellRef {
    /// Counted from one, so that none takes no more room than some: every value of every form keeps where it stood.
    row: NonZeroU32,
    column: u32,
}

impl CellRef {
    /// Rows of the largest sheet any of the formats knows.
    pub const ROWS: u32 = 1_048_576;
    /// Columns of the largest sheet any of the formats knows.
    pub const COLUMNS: u32 = 16_384;

    /// The cell in zero-based `row` and `column`.
    #[must_use]
    pub const fn new(row: u32, column: u32) -> Self {
        Self {
            row: NonZeroU32::MIN.saturating_add(row),
            column,
        }
    }

    /// A cell as Excel shows it: `H12`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.find(|character: char| character.is_ascii_digit())?;
        let (letters, row) = text.split_at(digits);
        let mut column: u32 = 0;
        for letter in letters.bytes() {
            let place = letter
                .is_ascii_alphabetic()
                .then(|| letter.to_ascii_uppercase() - b'A')?;
            column = column.checked_mul(26)?.checked_add(u32::from(place) + 1)?;
        }
        let row: u32 = row.parse().ok()?;
        let cell = Self::new(row.checked_sub(1)?, column.checked_sub(1)?);
        (cell.row() < Self::ROWS && cell.column < Self::COLUMNS).then_some(cell)
    }

    /// Zero-based row.
    #[must_use]
    pub const fn row(self) -> u32 {
        self.row.get() - 1
    }

    /// Zero-based column.
    #[must_use]
    pub const fn column(self) -> u32 {
        self.column
    }

    /// As Excel shows it: `H12`.
    #[must_use]
    pub fn said(self) -> Short {
        let mut said = Short::default();
        said.put_whole(self.row.get().into());
        let mut rest = self.column + 1;
        while rest > 0 {
            let digit = (rest - 1) % 26;
            said.put(b'A' + u8::try_from(digit).unwrap_or(0));
            rest = (rest - 1) / 26;
        }
        said
    }

    /// The cell `columns` further to the right in the same row.
    #[must_use]
    pub const fn right(self, columns: u32) -> Self {
        Self::new(self.row(), self.column + columns)
    }
}

impl PartialOrd for CellRef {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CellRef {
    fn cmp(&self, other: &Self) -> Ordering {
        // As one number each: cells are looked up over and over.
        let number = |cell: &Self| u64::from(cell.row.get()) << 32 | u64::from(cell.column);
        number(self).cmp(&number(other))
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said())
    }
}

impl Serialize for CellRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.said())
    }
}

/// Text that is no cell as Excel shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("不是单元格地址")]
pub struct NotACell;

impl FromStr for CellRef {
    type Err = NotACell;

    /// `H12`, as it is printed: capital letters, then the number of the row.
    fn from_str(text: &str) -> Result<Self, NotACell> {
        let at = text.find(|character: char| !character.is_ascii_uppercase());
        let (letters, number) = text.split_at(at.ok_or(NotACell)?);
        if letters.is_empty() || letters.len() > 3 || number.starts_with(['0', '+']) {
            return Err(NotACell);
        }
        let column = letters.bytes().fold(0, |column, letter| {
            column * 26 + u32::from(letter - b'A') + 1
        }) - 1;
        let row = number.parse::<u32>().map_err(|_| NotACell)? - 1;
        if row < Self::ROWS && column < Self::COLUMNS {
            Ok(Self::new(row, column))
        } else {
            Err(NotACell)
        }
    }
}

impl<'d> Deserialize<'d> for CellRef {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'d, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A value together with the cell it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located<T> {
    pub value: T,
    pub cell: CellRef,
}

impl<T> Located<T> {
    /// `value`, as found in `cell`.
    pub const fn new(value: T, cell: CellRef) -> Self {
        Self { value, cell }
    }
}

#[cfg(test)]
mod tests {
    use super::CellRef;

    #[test]
    fn none_takes_no_more_room_than_some() {
        assert_eq!(size_of::<Option<CellRef>>(), size_of::<CellRef>());
        let first = CellRef::new(0, 0);
        assert_eq!((first.row(), first.to_string()), (0, "A1".to_owned()));
    }

    #[test]
    fn is_printed_as_excel_shows_it() {
        for (row, column, shown) in [
            (0, 0, "A1"),
            (11, 7, "H12"),
            (0, 25, "Z1"),
            (0, 26, "AA1"),
            (0, 701, "ZZ1"),
            (0, 702, "AAA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(CellRef::new(row, column).to_string(), shown);
            assert_eq!(shown.parse(), Ok(CellRef::new(row, column)));
        }
        for no_cell in [
            "", "A", "1", "A0", "a1", "A+1", "XFE1", "A1048577", "A1B", "AAAA1", "A 1",
        ] {
            assert!(no_cell.parse::<CellRef>().is_err(), "{no_cell}");
        }
    }

    #[test]
    fn is_ordered_like_a_page_is_read() {
        assert!(CellRef::new(0, 9) < CellRef::new(1, 0));
    }
}
