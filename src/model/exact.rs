//! An exact number of any size: what is worked out from points before anything is rounded.
//!
//! A third of a reviewer's points, seventy per cent of a mean, forty times done over target: all of them are
//! fractions, and as fractions they add up. Rounding is not offered here; it happens once, in `score::round`.
//!
//! Nearly all of them are short, and there are millions: a short one is kept in one and a half machine words and worked
//! with in pairs of them, where no step can overflow; what does not fit is kept as long as it is.

use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use super::Points;

/// A fraction in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exact(Size);

/// A value has one size: what is short is never kept long, so that equal ones are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Size {
    /// In lowest terms; the denominator is above 0.
    Short {
        numerator: i64,
        denominator: i32,
    },
    Long(Box<BigRational>),
}

/// Numerator and denominator in double width: products of two words, and sums of two such products, fit there.
type Wide = (i128, i128);

impl Size {
    const ZERO: Self = Self::Short {
        numerator: 0,
        denominator: 1,
    };

    /// Of one that is short.
    fn wide(&self) -> Option<Wide> {
        match self {
            Self::Short {
                numerator,
                denominator,
            } => Some(((*numerator).into(), (*denominator).into())),
            Self::Long(_) => None,
        }
    }
}

impl Exact {
    #[must_use]
    pub const fn zero() -> Self {
        Self(Size::ZERO)
    }

    /// A fraction whose denominator is above 0.
    fn of(numerator: i128, denominator: i128) -> Self {
        // Words are divided much faster than pairs of them.
        if let (Ok(numerator), Ok(denominator)) =
            (i64::try_from(numerator), i64::try_from(denominator))
        {
            return Self::of_words(numerator, denominator);
        }
        let common = common(numerator.unsigned_abs(), denominator.unsigned_abs());
        // A divisor of the denominator fits where that does.
        let common = i128::try_from(common).unwrap_or(1);
        let (numerator, denominator) = (numerator / common, denominator / common);
        match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => Self::lowest(numerator, denominator),
            _ => Self(Size::Long(Box::new(BigRational::new(
                BigInt::from(numerator),
                BigInt::from(denominator),
            )))),
        }
    }

    fn of_words(numerator: i64, denominator: i64) -> Self {
        if denominator == 1 {
            return Self::lowest(numerator, 1);
        }
        let common = common(
            numerator.unsigned_abs().into(),
            denominator.unsigned_abs().into(),
        );
        let common = i64::try_from(common).unwrap_or(1);
        Self::lowest(numerator / common, denominator / common)
    }

    /// A fraction in lowest terms.
    fn lowest(numerator: i64, denominator: i64) -> Self {
        Self(match i32::try_from(denominator) {
            Ok(denominator) => Size::Short {
                numerator,
                denominator,
            },
            Err(_) => Size::Long(Box::new(BigRational::new_raw(
                BigInt::from(numerator),
                BigInt::from(denominator),
            ))),
        })
    }

    /// The same for what was worked out at full length.
    fn whatever(ratio: BigRational) -> Self {
        match (ratio.numer().to_i64(), ratio.denom().to_i32()) {
            (Some(numerator), Some(denominator)) => Self(Size::Short {
                numerator,
                denominator,
            }),
            _ => Self(Size::Long(Box::new(ratio))),
        }
    }

    /// Numerator and denominator, the latter above 0, where both are short.
    #[must_use]
    pub fn short(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Size::Short {
                numerator,
                denominator,
            } => Some((*numerator, (*denominator).into())),
            Size::Long(_) => None,
        }
    }

    /// So many hundredths, as shares are written.
    #[must_use]
    pub fn percent(percent: Points) -> Self {
        Self::from(percent) / Self::from(100_usize)
    }

    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::zero()
    }

    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Size::Short { numerator, .. } => numerator.is_negative(),
            Size::Long(ratio) => ratio.is_negative(),
        }
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Size::Short {
                numerator,
                denominator,
            } => Self::lowest(numerator.div_euclid((*denominator).into()), 1),
            Size::Long(ratio) => Self::whatever(ratio.floor()),
        }
    }

    /// The least whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self::zero() - (Self::zero() - self.clone()).floor()
    }

    #[must_use]
    pub fn ratio(&self) -> BigRational {
        match &self.0 {
            // In lowest terms already.
            Size::Short {
                numerator,
                denominator,
            } => BigRational::new_raw(BigInt::from(*numerator), BigInt::from(*denominator)),
            Size::Long(ratio) => BigRational::clone(ratio),
        }
    }

    /// Both, where they are short and whole: of such nearly all sums are made.
    fn wholes(&self, other: &Self) -> Option<(i64, i64)> {
        match (self.short(), other.short()) {
            (Some((left, 1)), Some((right, 1))) => Some((left, right)),
            _ => None,
        }
    }

    /// Two numbers put together: short ones as the first says, others at full length.
    fn with(
        &self,
        other: &Self,
        short: impl FnOnce(Wide, Wide) -> Wide,
        long: impl FnOnce(BigRational, BigRational) -> BigRational,
    ) -> Self {
        match (self.0.wide(), other.0.wide()) {
            (Some(left), Some(right)) => {
                let (numerator, denominator) = short(left, right);
                Self::of(numerator, denominator)
            }
            _ => Self::whatever(long(self.ratio(), other.ratio())),
        }
    }
}

/// What two short ones add up to.
fn sum(left: Wide, right: Wide) -> Wide {
    if left.1 == right.1 {
        (left.0 + right.0, left.1)
    } else {
        (left.0 * right.1 + right.0 * left.1, left.1 * right.1)
    }
}

/// The greatest number that divides both; the second is above 0.
fn common(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        let rest = match (u64::try_from(left), u64::try_from(right)) {
            // Words are divided much faster than pairs of them.
            (Ok(left), Ok(right)) => u128::from(left % right),
            _ => left % right,
        };
        (left, right) = (right, rest);
    }
    left
}

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

impl From<Points> for Exact {
    fn from(points: Points) -> Self {
        let decimal = points.decimal();
        if decimal.scale() == 0
            && let Ok(whole) = i64::try_from(decimal.mantissa())
        {
            return Self::lowest(whole, 1);
        }
        // At most 28 decimals: their unit fits.
        Self::of(decimal.mantissa(), 10_i128.pow(decimal.scale()))
    }
}

impl From<usize> for Exact {
    fn from(whole: usize) -> Self {
        Self::whatever(BigRational::from_integer(BigInt::from(whole)))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0.wide(), other.0.wide()) {
            (Some(left), Some(right)) => (left.0 * right.1).cmp(&(right.0 * left.1)),
            _ => self.ratio().cmp(&other.ratio()),
        }
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if let Some((left, right)) = self.wholes(&other)
            && let Some(sum) = left.checked_add(right)
        {
            return Self::lowest(sum, 1);
        }
        self.with(&other, sum, Add::add)
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        if let Some((left, right)) = self.wholes(&other)
            && let Some(rest) = left.checked_sub(right)
        {
            return Self::lowest(rest, 1);
        }
        let less = |left, (numerator, denominator): Wide| sum(left, (-numerator, denominator));
        self.with(&other, less, Sub::sub)
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let times = |left: Wide, right: Wide| (left.0 * right.0, left.1 * right.1);
        self.with(&other, times, Mul::mul)
    }
}

impl Div for Exact {
    type Output = Self;
    /// A quotient over nothing is nothing: who divides asks before.
    fn div(self, other: Self) -> Self {
        if other.is_zero() {
            return Self::zero();
        }
        let over = |left: Wide, right: Wide| {
            let (numerator, denominator) = (left.0 * right.1, left.1 * right.0);
            // The sign is the numerator's.
            (numerator * denominator.signum(), denominator.abs())
        };
        self.with(&other, over, Div::div)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use num_rational::BigRational;
    use proptest::prelude::{Strategy, any, prop_oneof, proptest};

    use super::{Exact, Points, Size};

    fn exact(numerator: i64, denominator: i64) -> Exact {
        let whole = |number: i64| Exact::whatever(BigRational::from_integer(BigInt::from(number)));
        whole(numerator) / whole(denominator)
    }

    /// Points as they are, fractions as they come of them, and what is hardly or not at all held in a word.
    fn part() -> impl Strategy<Value = i64> {
        let edge = (0..4_i64).prop_flat_map(|by| {
            let edges = [i64::MAX - by, i64::MIN + by, (1 << 32) - by, (1 << 31) + by];
            proptest::sample::select(edges.to_vec())
        });
        prop_oneof![-3..=3_i64, -1600..=1600_i64, any::<i64>(), edge]
    }

    proptest! {
        #[test]
        fn whatever_is_worked_out_is_what_it_is_at_full_length(
            parts in proptest::collection::vec((part(), part(), 0..4_u8), 1..12)
        ) {
            let mut short = Exact::zero();
            let mut long = BigRational::from_integer(BigInt::from(0));
            for (numerator, denominator, step) in parts {
                let denominator = if denominator == 0 { 1 } else { denominator };
                let ratio = BigRational::new(BigInt::from(numerator), BigInt::from(denominator));
                let other = exact(numerator, denominator);
                assert_eq!(other.ratio(), ratio);
                assert_eq!(short.cmp(&other), long.cmp(&ratio));
                (short, long) = match step {
                    0 => (short + other, long + ratio),
                    1 => (short - other, long - ratio),
                    2 => (short * other, long * ratio),
                    _ if numerator == 0 => continue,
                    _ => (short / other, long / ratio),
                };
                assert_eq!(short.ratio(), long);
                assert_eq!(short.floor().ratio(), long.floor());
                assert_eq!(short.ceil().ratio(), long.ceil());
                // Of one value there is one shape.
                assert_eq!(short, Exact::whatever(long.clone()));
                let fits = i64::try_from(long.numer()).is_ok() && i32::try_from(long.denom()).is_ok();
                assert_eq!(matches!(short.0, Size::Short { .. }), fits);
            }
        }

        #[test]
        fn points_are_the_fraction_they_are(mantissa in part(), scale in 0..=28_u32) {
            let decimal = rust_decimal::Decimal::new(mantissa, scale);
            let ratio = BigRational::new(BigInt::from(mantissa), BigInt::from(10).pow(scale));
            assert_eq!(Exact::from(Points::from(decimal)).ratio(), ratio);
        }
    }
}
