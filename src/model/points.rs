//! 分值: exact points. The only number a score is made of.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Short;

/// Points, exact: below [`Points::BOUND`] and with at most [`Points::MOST_DECIMALS`] decimals where they come in,
/// so that millions of them are added up in 28 digits without rounding or overflow. Dividing is not offered
/// here, for it happens once, at the end, in `score::round`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Points(Decimal);

impl Points {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// What no number of points comes near: 10⁹.
    pub const BOUND: Decimal = Decimal::from_parts(Self::WHOLE_BOUND, 0, 0, false, 0);
    const WHOLE_BOUND: u32 = 1_000_000_000;

    /// More decimals than anybody gives points in.
    pub const MOST_DECIMALS: u32 = 12;

    /// A number as points; none where it is far too large or too fine to be any.
    #[must_use]
    pub fn bounded(number: Decimal) -> Option<Self> {
        // Nearly all are whole and small, and normalising is dear.
        if number.scale() == 0
            && let Ok(whole) = i32::try_from(number.mantissa())
        {
            return (whole.unsigned_abs() < Self::WHOLE_BOUND).then(|| Self::whole(whole.into()));
        }
        let number = number.normalize();
        (number.abs() < Self::BOUND && number.scale() <= Self::MOST_DECIMALS)
            .then_some(Self(number))
    }

    /// A whole number of points.
    #[must_use]
    pub fn whole(points: i64) -> Self {
        Self(Decimal::from(points))
    }

    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    #[must_use]
    pub fn is_positive(self) -> bool {
        !self.0.is_zero() && self.0.is_sign_positive()
    }

    #[must_use]
    pub fn is_negative(self) -> bool {
        !self.0.is_zero() && self.0.is_sign_negative()
    }

    /// How many decimals are needed to write this value (25.50 needs one).
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.normalize().scale()
    }

    /// The amount without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self(self.0.abs())
    }

    /// The decimal inside, for rounding and for writing into a sheet.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Written with at least `decimals` decimals, and with more where the value has more: nothing is
    /// rounded away ("25" with two decimals is "25.00", "0.125" stays "0.125").
    #[must_use]
    pub fn with_decimals(self, decimals: u32) -> Short {
        Short::decimal(self.0, decimals)
    }
}

impl From<u32> for Points {
    fn from(whole: u32) -> Self {
        Self(Decimal::from(whole))
    }
}

impl From<Decimal> for Points {
    fn from(value: Decimal) -> Self {
        Self(value.normalize())
    }
}

/// Text that is not a plain decimal number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPoints;

impl FromStr for Points {
    type Err = NotPoints;

    /// Plain decimals only: an optional sign, digits, an optional fraction. No exponent, no separators; a
    /// number out of bounds is refused, not rounded.
    fn from_str(text: &str) -> Result<Self, NotPoints> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(NotPoints),
            None => (digits, ""),
        };
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return Err(NotPoints);
        }
        Decimal::from_str_exact(text)
            .ok()
            .and_then(Self::bounded)
            .ok_or(NotPoints)
    }
}

impl fmt::Display for Points {
    /// As short as it can be written exactly: 25, 12.5, -3.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_decimals(0))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn reads_plain_decimals_only() {
        for good in ["0", "25", "+25", "-3", "12.50", "0.001"] {
            assert!(good.parse::<Points>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "+",
            ".5",
            "5.",
            "1e2",
            "1_0",
            "1,000",
            "NaN",
            " 1",
            "0.12345678901234567890123456789",
            "1000000000",
            "79228162514264337593543950335",
        ] {
            assert!(bad.parse::<Points>().is_err(), "{bad}");
        }
    }

    #[test]
    fn is_written_without_losing_digits() {
        let points = |text: &str| text.parse::<Points>().expect("a number");
        assert_eq!(points("25").with_decimals(2), "25.00");
        assert_eq!(points("0.125").with_decimals(2), "0.125");
        assert_eq!(points("12.500").to_string(), "12.5");
        assert_eq!(points("25.50").decimals(), 1);
    }
}
