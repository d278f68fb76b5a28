//! 有效期 (办法3.2): from the day of decision to the day before the anniversary.

use jiff::Span;
use jiff::civil::Date;

/// The last day of a term of so many years that begins on `from`. Where the last year has no such day (29 February)
/// it is the last of that month.
#[must_use]
pub fn last_day(from: Date, years: u32) -> Date {
    let term = Span::new().try_years(years);
    let Ok(anniversary) = term.and_then(|term| from.checked_add(term)) else {
        return Date::MAX;
    };
    if anniversary.day() == from.day() {
        anniversary.yesterday().unwrap_or(anniversary)
    } else {
        anniversary
    }
}

#[cfg(test)]
mod tests {
    use super::last_day;
    use jiff::civil::date;

    #[test]
    fn a_term_ends_the_day_before_the_anniversary() {
        for (from, years, last) in [
            (date(2018, 9, 20), 3, date(2021, 9, 19)),
            (date(2018, 3, 1), 2, date(2020, 2, 29)),
            (date(2020, 2, 29), 3, date(2023, 2, 28)),
            (date(2020, 2, 29), 4, date(2024, 2, 28)),
            (date(2018, 1, 1), 3, date(2020, 12, 31)),
        ] {
            assert_eq!(last_day(from, years), last, "{from}");
        }
    }
}
