//! An exact number of any size: what is worked out from points before anything is rounded.
//!
//! A third of a reviewer's points, seventy per cent of a mean, forty times done over target: all of them are
//! fractions, and as fractions they add up. Rounding is not offered here; it happens once, in `score::round`.

use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use super::Points;

/// A fraction in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl Exact {
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// So many hundredths, as shares are written.
    #[must_use]
    pub fn percent(percent: Points) -> Self {
        Self::from(percent) / Self::from(100_usize)
    }

    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// The least whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(self.0.ceil())
    }

    #[must_use]
    pub fn ratio(&self) -> &BigRational {
        &self.0
    }

    /// The number itself where it is whole, as nearly all points are.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        self.0.is_integer().then(|| self.0.numer().to_i64())?
    }

    /// Of two whole numbers what they come to is whole, and there is nothing to shorten.
    fn both(self, other: Self, whole: fn(BigInt, BigInt) -> BigInt) -> Result<Self, (Self, Self)> {
        if !(self.0.is_integer() && other.0.is_integer()) {
            return Err((self, other));
        }
        let ((one, _), (other, _)) = (self.0.into_raw(), other.0.into_raw());
        Ok(Self(BigRational::from_integer(whole(one, other))))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

impl From<Points> for Exact {
    fn from(points: Points) -> Self {
        let decimal = points.decimal();
        if decimal.scale() == 0 {
            return Self(BigRational::from_integer(BigInt::from(decimal.mantissa())));
        }
        let unit = BigInt::from(10).pow(decimal.scale());
        Self(BigRational::new(BigInt::from(decimal.mantissa()), unit))
    }
}

impl From<usize> for Exact {
    fn from(whole: usize) -> Self {
        Self(BigRational::from_integer(BigInt::from(whole)))
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.both(other, Add::add)
            .unwrap_or_else(|(one, other)| Self(one.0 + other.0))
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.both(other, Sub::sub)
            .unwrap_or_else(|(one, other)| Self(one.0 - other.0))
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.both(other, Mul::mul)
            .unwrap_or_else(|(one, other)| Self(one.0 * other.0))
    }
}

impl Div for Exact {
    type Output = Self;
    /// A quotient over nothing is nothing: who divides asks before.
    fn div(self, other: Self) -> Self {
        if other.is_zero() {
            return Self::zero();
        }
        Self(self.0 / other.0)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), Add::add)
    }
}
