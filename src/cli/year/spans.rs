//! Spans and shares, as typed: none that nobody can mean.

use jiff::ToSpan;
use jiff::civil::Date;

/// How long a 公示 lasts.
///
/// # Errors
/// Less than a day, more than a year.
pub fn days(text: &str) -> Result<u32, String> {
    within(1, 366, text)
}

/// What counts as soon.
///
/// # Errors
/// More than a century.
pub fn months(text: &str) -> Result<u32, String> {
    within(0, 1200, text)
}

fn within(least: u32, most: u32, text: &str) -> Result<u32, String> {
    let number = text.trim().parse().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("应是{least}至{most}的整数"))
}

/// A share in per cent.
///
/// # Errors
/// Nothing, or more than all.
pub fn share(text: &str) -> Result<u32, String> {
    let number = text.trim().trim_end_matches(['%', '％']).parse().ok();
    number
        .filter(|share| (1..=100).contains(share))
        .ok_or_else(|| "应是1%至100%的整数".to_owned())
}

/// How many years ahead of today a day may be: a year that is prepared or played through is, a slip in the year is not.
pub const AHEAD: i64 = 10;

/// Today, where a day is further ahead of it than can be meant.
pub fn far_ahead(day: Date, today: Date) -> Option<Date> {
    (day > today.saturating_add(AHEAD.years())).then_some(today)
}
