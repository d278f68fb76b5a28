//! The mean, for statistics alone: no total, star or rank is made here.

use rust_decimal::Decimal;

/// The mean; none of nothing. Summed first, divided once, not rounded.
#[must_use]
pub fn mean(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let (count, sum) = values.fold((0_u32, Decimal::ZERO), |(count, sum), value| {
        (count + 1, sum + value)
    });
    (count > 0).then(|| sum / Decimal::from(count))
}
