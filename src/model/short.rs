//! Texts of a few letters, numbers and cells, as they are written by the hundred thousand: made without asking for memory.

use std::fmt;
use std::ops::Deref;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// Bytes enough for the longest of them, a sign, 29 digits, and a point behind a zero.
const ROOM: usize = 40;

/// A short text. It is filled from its end, as digits come.
#[derive(Clone, Copy)]
pub struct Short {
    bytes: [u8; ROOM],
    from: usize,
}

impl Short {
    const EMPTY: Self = Self {
        bytes: [0; ROOM],
        from: ROOM,
    };

    /// A number with at least so many decimals, and with more where it has more; zeros behind these are none.
    #[must_use]
    pub fn decimal(number: Decimal, decimals: u32) -> Self {
        Self::usual(number, decimals).unwrap_or_else(|| {
            let mut number = number.normalize();
            if number.scale() < decimals {
                number.rescale(decimals);
            }
            Self::copied(number.to_string().as_bytes())
        })
    }

    /// The same for one that fits in a machine word, as nearly all do.
    fn usual(number: Decimal, decimals: u32) -> Option<Self> {
        /// More zeros would not fit behind every word.
        const MOST_DECIMALS: u32 = 8;
        let mut rest = u64::try_from(number.mantissa().unsigned_abs()).ok()?;
        if decimals > MOST_DECIMALS {
            return None;
        }
        let is_negative = number.is_sign_negative() && rest != 0;
        let mut scale = if rest == 0 { 0 } else { number.scale() };
        while scale > 0 && rest.is_multiple_of(10) {
            (rest, scale) = (rest / 10, scale - 1);
        }
        let mut text = Self::EMPTY;
        for _ in scale..decimals {
            text.put(b'0');
        }
        for _ in 0..scale {
            rest = text.put_digit(rest);
        }
        if text.from < ROOM {
            text.put(b'.');
        }
        text.put_whole(rest);
        if is_negative {
            text.put(b'-');
        }
        Some(text)
    }

    fn copied(bytes: &[u8]) -> Self {
        let mut text = Self::EMPTY;
        bytes.iter().rev().for_each(|byte| text.put(*byte));
        text
    }

    /// The digits of a number, before what is there already.
    pub(super) fn put_whole(&mut self, mut number: u64) {
        number = self.put_digit(number);
        while number > 0 {
            number = self.put_digit(number);
        }
    }

    /// The last digit of a number, whose others are left.
    fn put_digit(&mut self, number: u64) -> u64 {
        self.put(b'0' + u8::try_from(number % 10).unwrap_or_default());
        number / 10
    }

    /// An ASCII letter, before what is there already.
    pub(super) fn put(&mut self, letter: u8) {
        // Nothing that is put here is longer than the room.
        self.from = self.from.saturating_sub(1);
        self.bytes[self.from] = letter;
    }
}

impl Default for Short {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Deref for Short {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.from..]).unwrap_or_default()
    }
}

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq<&str> for Short {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for Short {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

impl Serialize for Short {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_oneof, proptest};
    use rust_decimal::Decimal;

    use super::Short;

    /// As the library writes it.
    fn at_length(number: Decimal, decimals: u32) -> String {
        let mut number = number.normalize();
        if number.scale() < decimals {
            number.rescale(decimals);
        }
        number.to_string()
    }

    proptest! {
        #[test]
        fn a_number_is_written_as_the_library_writes_it(
            mantissa in prop_oneof![-2000..=2000_i128, i128::from(i64::MIN)..=i128::from(u64::MAX), -(1_i128 << 96) + 1..1 << 96],
            zeros in 0..4_u32,
            scale in prop_oneof![0..=4_u32, 0..=28_u32],
            decimals in prop_oneof![0..=4_u32, 0..=30_u32],
            negative_zero in any::<bool>(),
        ) {
            let longer = mantissa * 10_i128.pow(zeros);
            let mantissa = if longer.unsigned_abs() < 1 << 96 { longer } else { mantissa };
            let mut number = Decimal::from_i128_with_scale(mantissa, scale);
            if number.is_zero() {
                number.set_sign_negative(negative_zero);
            }
            assert_eq!(&*Short::decimal(number, decimals), at_length(number, decimals));
        }
    }
}
