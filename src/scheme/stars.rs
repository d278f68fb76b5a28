//! 星级与等次: what a total comes to (办法8.2, 8.3).

use super::{Scheme, Stars};
use crate::model::{Exact, Points};

impl Stars {
    /// The star of a printed total.
    #[must_use]
    pub fn of(&self, printed_total: Points) -> u32 {
        let reached = self
            .thresholds
            .iter()
            .filter(|threshold| printed_total >= **threshold)
            .count();
        u32::try_from(reached).unwrap_or(u32::MAX)
    }

    /// What a printed total would have to come to for the next star; none where there is no higher one.
    #[must_use]
    pub fn next(&self, printed_total: Points) -> Option<Points> {
        let mut thresholds = self.thresholds.iter();
        thresholds
            .find(|threshold| **threshold > printed_total)
            .copied()
    }

    /// The highest star there is.
    #[must_use]
    pub fn most(&self) -> u32 {
        u32::try_from(self.thresholds.len()).unwrap_or(u32::MAX)
    }
}

impl Scheme {
    /// Half of the last printed decimal: two numbers closer than this may print the same.
    #[must_use]
    pub fn half_unit(&self) -> Points {
        Points::from(rust_decimal::Decimal::new(5, self.precision + 1))
    }

    /// The star of a form's own exact total, as it would print.
    #[must_use]
    pub fn own_star(&self, total: &Exact) -> u32 {
        self.stars.of(total.rounded(self.precision))
    }

    /// The grade of a star, if it has one.
    #[must_use]
    pub fn grade(&self, star: u32) -> Option<&str> {
        self.grades
            .iter()
            .find(|grade| (grade.from..=grade.to).contains(&star))
            .map(|grade| grade.name.as_str())
    }
}
