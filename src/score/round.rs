//! The only rounding there is, and the only division of a score into decimals.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use rust_decimal::Decimal;

use crate::model::{Exact, Points, Short};

impl Exact {
    /// Rounded half up (四舍五入: half away from zero, as Excel's ROUND) to `decimals` decimals, in whole numbers
    /// throughout, so that nothing is rounded twice.
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> Points {
        if let Some(whole) = self.few_digits()
            && decimals <= Points::MOST_DECIMALS
        {
            return Points::whole(whole);
        }
        Points::from(self.decimal(decimals))
    }

    /// Rounded and written with all its decimals: `786.50`.
    #[must_use]
    pub fn printed(&self, decimals: u32) -> Short {
        self.rounded(decimals).with_decimals(decimals)
    }

    /// As it is where that is a decimal nobody need round, else rounded to `decimals` decimals: `25`, `12.5`, `33.33`.
    #[must_use]
    pub fn shown(&self, decimals: u32) -> String {
        self.points()
            .unwrap_or_else(|| self.rounded(decimals))
            .to_string()
    }

    /// The same number as points; none where no decimal of the usual length is it.
    #[must_use]
    pub fn points(&self) -> Option<Points> {
        if let Some(whole) = self.few_digits() {
            return Some(Points::whole(whole));
        }
        let points = self.rounded(Points::MOST_DECIMALS);
        (Self::from(points) == *self).then_some(points)
    }

    /// The value to as many digits as a decimal has, for a cell that shows it to the scheme's precision.
    #[must_use]
    pub fn quotient(&self) -> Decimal {
        match self.short() {
            Some((whole, 1)) => return Decimal::from(whole),
            Some((numerator, denominator)) => {
                return Decimal::from(numerator) / Decimal::from(denominator);
            }
            None => {}
        }
        let ratio = self.ratio();
        let part = |number: &BigInt| {
            let number = number.to_i128()?;
            Decimal::try_from_i128_with_scale(number, 0).ok()
        };
        match (part(ratio.numer()), part(ratio.denom())) {
            (Some(numerator), Some(denominator)) => numerator / denominator,
            _ => self.decimal(FINEST),
        }
    }

    /// Whether it is at least `points`, exactly.
    #[must_use]
    pub fn reaches(&self, points: Points) -> bool {
        *self >= Self::from(points)
    }

    /// A whole number that is a decimal with as many decimals as there may be: nothing to round, nothing to divide.
    fn few_digits(&self) -> Option<i64> {
        const MOST: i64 = 1_000_000_000_000_000;
        let (numerator, denominator) = self.short()?;
        (denominator == 1 && (-MOST..=MOST).contains(&numerator)).then_some(numerator)
    }

    fn decimal(&self, decimals: u32) -> Decimal {
        if let Some(decimal) = self.short_decimal(decimals) {
            return decimal;
        }
        let ratio = self.ratio();
        let (numerator, denominator) = (ratio.numer(), ratio.denom());
        let unit = BigInt::from(10).pow(decimals);
        let twice = numerator.abs() * unit * 2 + denominator;
        let magnitude: BigInt = twice / (denominator * 2);
        let signed = if numerator.is_negative() {
            -magnitude
        } else {
            magnitude
        };
        // Points stay below 10⁹ where they come in: 28 digits hold what a year can sum up to. Should anything ever come
        // to more, it must not pass for 0.
        let held = |number: &BigInt| {
            let mantissa = number.to_i128()?;
            Decimal::try_from_i128_with_scale(mantissa, decimals).ok()
        };
        held(&signed).unwrap_or(if numerator.is_negative() {
            Decimal::MIN
        } else {
            Decimal::MAX
        })
    }

    /// The same, where every step fits a machine's double word.
    fn short_decimal(&self, decimals: u32) -> Option<Decimal> {
        let (numerator, denominator) = self.short()?;
        let unit = 10_i128.checked_pow(decimals)?;
        let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
        let twice = numerator.abs().checked_mul(unit)?.checked_mul(2)?;
        let magnitude = twice.checked_add(denominator)? / (denominator * 2);
        let signed = if numerator < 0 { -magnitude } else { magnitude };
        Decimal::try_from_i128_with_scale(signed, decimals).ok()
    }
}

/// Decimals of a fraction too long for a plain division.
const FINEST: u32 = 12;

#[cfg(test)]
mod tests {
    use crate::model::{Exact, Points};

    fn exact(sum: &str, over: usize) -> Exact {
        Exact::from(sum.parse::<Points>().expect("points")) / Exact::from(over)
    }

    #[test]
    fn rounds_half_up_once() {
        assert_eq!(exact("1599.99", 2).printed(2), "800.00");
        assert_eq!(exact("2399.98", 3).printed(2), "799.99");
        assert_eq!(exact("799.994", 1).printed(2), "799.99");
        assert_eq!(exact("-0.005", 1).printed(2), "-0.01");
        assert_eq!(exact("2", 3).printed(2), "0.67");
    }

    proptest::proptest! {
        /// Against whole numbers of any length: what is rounded lies no farther off than half a unit, and a half is
        /// rounded away from nothing.
        #[test]
        fn is_rounded_to_the_nearest(numerator in proptest::num::i64::ANY, over in 1..=i64::MAX, decimals in 0..=12_u32) {
            use num_bigint::BigInt;
            use num_rational::BigRational;

            let [numerator, over] = [numerator, over].map(|part| Exact::from(Points::whole(part)));
            let fraction = numerator / over;
            let rounded = fraction.decimal(decimals);
            let rounded = BigRational::new(
                BigInt::from(rounded.mantissa()),
                BigInt::from(10).pow(rounded.scale()),
            );
            let sign = if fraction.is_negative() { -1 } else { 1 };
            // In half units, away from nothing.
            let beyond = (rounded - fraction.ratio())
                * BigInt::from(2 * sign)
                * BigInt::from(10).pow(decimals);
            let half = BigRational::from_integer(BigInt::from(1));
            assert!(-half.clone() < beyond && beyond <= half);
        }
    }

    #[test]
    fn whole_numbers_come_to_what_fractions_come_to() {
        let most = 1_000_000_000_000_000_i64;
        for number in [0, 1, -1, 25, 100, -30, most, -most, most + 1, -most - 1] {
            let whole = Exact::from(Points::whole(number));
            // The same by way of a fraction, which is neither added nor rounded as a whole number.
            let half = exact("0.5", 1);
            let long = (whole.clone() - half.clone()) + half.clone();
            assert_eq!(whole, long, "{number}");
            assert_eq!(whole.clone() * half.clone() + whole.clone() * half, whole);
            for decimals in [0, 2, 12] {
                let written = whole.decimal(decimals);
                assert_eq!(whole.rounded(decimals), Points::from(written), "{number}");
            }
            assert_eq!(whole.points(), Some(Points::whole(number)), "{number}");
            assert_eq!(whole.quotient(), rust_decimal::Decimal::from(number));
        }
        assert_eq!(exact("1", 2).few_digits(), None);
    }

    #[test]
    fn thirds_are_compared_before_they_are_divided() {
        assert!(exact("300", 3).reaches(Points::whole(100)));
        assert!(!exact("299.99", 3).reaches(Points::whole(100)));
    }

    #[test]
    fn what_no_decimal_holds_never_passes_for_nothing() {
        let long = (0..4).fold(exact("999999999", 1), |long, _| long.clone() * long);
        assert!(long.rounded(2) > Points::whole(1000));
        let below = Exact::zero() - long;
        assert!(below.rounded(2) < Points::ZERO);
    }

    #[test]
    fn a_fraction_too_long_for_a_decimal_is_still_rounded_rightly() {
        let long = exact("1", 999_999_937) * exact("1", 999_999_929);
        let long = long.clone() * long;
        let two_thirds = exact("2", 3) + long;
        assert_eq!(two_thirds.printed(2), "0.67");
        assert_eq!(two_thirds.quotient().to_string(), "0.666666666667");
    }
}
