//! The only rounding there is, and the only division a score goes through.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::Points;

/// An exact score: a sum of points over a number of forms, not yet divided.
///
/// Three reviewers' thirds stay thirds until they are printed, so that they still add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    sum: Points,
    over: u32,
}

impl Exact {
    /// `sum` over `over` forms (at least one).
    #[must_use]
    pub(super) fn new(sum: Points, over: u32) -> Self {
        Self {
            sum,
            over: over.max(1),
        }
    }

    /// What is to be divided.
    #[must_use]
    pub fn sum(self) -> Points {
        self.sum
    }

    /// By how many it is to be divided.
    #[must_use]
    pub fn divisor(self) -> u32 {
        self.over
    }

    /// Rounded half up (四舍五入: half away from zero, as Excel's ROUND) to `decimals` decimals.
    ///
    /// The quotient carries 28 digits; a tie is a finite decimal, so it is met exactly and nothing is rounded
    /// twice.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Points {
        let rounded = self
            .quotient()
            .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        Points::from(rounded)
    }

    /// Rounded and written with all its decimals: `786.50`.
    #[must_use]
    pub fn printed(self, decimals: u32) -> String {
        self.rounded(decimals).with_decimals(decimals)
    }

    /// The unrounded value to 28 digits, for a cell that shows it to the scheme's precision.
    #[must_use]
    pub fn quotient(self) -> Decimal {
        self.sum.decimal() / Decimal::from(self.over)
    }

    /// Whether it is at least `points`, exactly.
    #[must_use]
    pub fn reaches(self, points: Points) -> bool {
        self.sum.decimal() >= points.decimal() * Decimal::from(self.over)
    }
}

#[cfg(test)]
mod tests {
    use super::Exact;
    use crate::model::Points;

    fn exact(sum: &str, over: u32) -> Exact {
        Exact::new(sum.parse().expect("points"), over)
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
}
