//! The only rounding there is, and the only division of a score into decimals.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use rust_decimal::Decimal;

use crate::model::{Exact, Points};

impl Exact {
    /// Rounded half up (四舍五入: half away from zero, as Excel's ROUND) to `decimals` decimals, in whole numbers
    /// throughout, so that nothing is rounded twice.
    #[must_use]
    pub fn rounded(&self, decimals: u32) -> Points {
        Points::from(self.decimal(decimals))
    }

    /// Rounded and written with all its decimals: `786.50`.
    #[must_use]
    pub fn printed(&self, decimals: u32) -> String {
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
        let points = self.rounded(Points::MOST_DECIMALS);
        (Self::from(points) == *self).then_some(points)
    }

    /// The value to as many digits as a decimal has, for a cell that shows it to the scheme's precision.
    #[must_use]
    pub fn quotient(&self) -> Decimal {
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

    fn decimal(&self, decimals: u32) -> Decimal {
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
