//! Numbers and days as every reader has to see them: to the digits a person sees.
//!
//! Knows nothing of formats; the only place where a float becomes a decimal.

use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span, Unit};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Value;

const SECONDS_OF_A_DAY: i64 = 86_400;

/// A number as its cell shows it, or as text when it is too large or too small to be held.
pub(super) fn number(float: f64) -> Value {
    decimal(float).map_or_else(|| Value::Text(format!("{float:E}")), Value::Number)
}

/// The number behind a float: 15 significant digits. The two further digits that files hold are dust of
/// binary arithmetic (0.1 + 0.2 is stored as 0.30000000000000004) and shown by no program.
pub(super) fn decimal(float: f64) -> Option<Decimal> {
    if float == 0.0 {
        return Some(Decimal::ZERO);
    }
    if !float.is_finite() {
        return None;
    }
    // A whole number of so many digits is all there is of it.
    if float.fract() == 0.0 && float.abs() < 1e15 {
        return float.to_i64().map(Decimal::from);
    }
    let exact = Decimal::from_scientific(&format!("{float:.14e}")).ok();
    // The dust of a difference (1e-17) has more decimals than can be held: what fits is kept.
    let nearly = || {
        (float.abs() < 1.0)
            .then(|| Decimal::from_str(&format!("{float:.28}")).ok())
            .flatten()
    };
    exact
        .or_else(nearly)
        .map(|decimal| decimal.normalize())
        .filter(|decimal| !decimal.is_zero())
}

/// A number of 30 bits: whole or the upper part of a float, perhaps in hundredths.
pub(super) fn small(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        // The sign stands in the highest bit.
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 {
        number / 100.0
    } else {
        number
    }
}

/// An error by the number that binary files have for it, as Excel writes it.
pub(super) const fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#VALUE!",
    }
}

/// A date written as in ISO 8601, with or without a time (`2026-03-01`, `2026-03-01T12:00:00`).
pub(super) fn iso_date(text: &str) -> Option<Value> {
    let text = text.trim().trim_end_matches('Z');
    let moment = DateTime::from_str(text)
        .ok()
        .or_else(|| Some(Date::from_str(text).ok()?.at(0, 0, 0, 0)))?;
    let day = moment.date();
    let number = serial(day)?;
    let seconds = seconds_of(moment.time());
    Some(Value::Date {
        // A mere time of day is written as one of the days before the first that has a number.
        day: (number > 0).then_some(day),
        serial: to_15_digits(Decimal::from(number) + part_of_a_day(seconds)),
    })
}

/// A number that its cell shows as a day.
pub(super) fn serial_date(float: f64) -> Option<Value> {
    let serial = decimal(float)?;
    let days = serial.trunc().to_i32()?;
    // The day they believe in that never was has the number 60.
    let first = match days {
        1..=59 => Some(jiff::civil::date(1899, 12, 31)),
        61.. => Some(jiff::civil::date(1899, 12, 30)),
        _ => None,
    };
    let day = first.and_then(|first| first.checked_add(Span::new().try_days(days).ok()?).ok());
    Some(Value::Date { day, serial })
}

/// A number whose format shows it as a day, or as a mere time (`is_day` tells which). Where days are counted from 1904,
/// each of them has a number less by 1462.
pub(super) fn dated(float: f64, is_1904: bool, is_day: bool) -> Option<Value> {
    const FROM_1904: f64 = 1462.0;
    let serial = decimal(float)?;
    let counted = if is_1904 { float + FROM_1904 } else { float };
    let day = match serial_date(counted).filter(|_| is_day) {
        Some(Value::Date { day, .. }) => day,
        _ => None,
    };
    Some(Value::Date { day, serial })
}

/// A time or span written as in ISO 8601 (`PT10H30M00S`, `10:30:00`).
pub(super) fn iso_time(text: &str) -> Option<Value> {
    let text = text.trim();
    let span = SignedDuration::from_str(text).ok();
    let seconds = match span {
        Some(span) => span.as_secs(),
        None => seconds_of(Time::from_str(text).ok()?),
    };
    Some(Value::Date {
        day: None,
        serial: to_15_digits(part_of_a_day(seconds)),
    })
}

/// The number by which spreadsheet programs count a day. They believe in 1900-02-29, so the days before are
/// one less far from the last day of 1899.
fn serial(day: Date) -> Option<i64> {
    let days = |from: Date| {
        let span = from.until((Unit::Day, day)).ok()?;
        Some(i64::from(span.get_days()))
    };
    let real = days(jiff::civil::date(1899, 12, 30))?;
    Some(if real > 60 { real } else { real - 1 })
}

fn seconds_of(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

fn part_of_a_day(seconds: i64) -> Decimal {
    Decimal::from(seconds)
        .checked_div(Decimal::from(SECONDS_OF_A_DAY))
        .unwrap_or_default()
}

fn to_15_digits(serial: Decimal) -> Decimal {
    serial.round_sf(15).unwrap_or(serial).normalize()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Decimal, Value, iso_date, iso_time, number, serial_date};

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn numbers_have_the_digits_a_person_sees() {
        for (float, seen) in [
            (0.1 + 0.2, "0.3"),
            (4.35 * 100.0, "435"),
            (1.0 / 3.0, "0.333333333333333"),
            (-12.50, "-12.5"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
            (5.551_115_123_125_78e-17, "0.0000000000000000555111512313"),
        ] {
            assert_eq!(number(float), Value::Number(decimal(seen)), "{float}");
        }
    }

    #[test]
    fn what_is_no_amount_stays_text() {
        for (float, written) in [(f64::NAN, "NaN"), (1e300, "1E300"), (1e-300, "1E-300")] {
            assert_eq!(number(float), Value::Text(written.to_owned()));
        }
    }

    #[test]
    fn iso_dates_get_the_serial_a_spreadsheet_has() {
        for (text, day, serial) in [
            ("2026-03-01", date(2026, 3, 1), "46082"),
            ("2026-03-01T12:00:00", date(2026, 3, 1), "46082.5"),
            ("2014-02-14T08:27:48", date(2014, 2, 14), "41684.3526388889"),
            ("1900-03-01", date(1900, 3, 1), "61"),
            ("1900-01-01", date(1900, 1, 1), "1"),
        ] {
            let expected = Value::Date {
                day: Some(day),
                serial: decimal(serial),
            };
            assert_eq!(iso_date(text), Some(expected), "{text}");
        }
        assert_eq!(iso_date("2026年3月1日"), None);
        let time = Value::Date {
            day: None,
            serial: decimal("0.5"),
        };
        assert_eq!(iso_date("1899-12-31T12:00:00.000"), Some(time));
        let noon = Value::Date {
            day: None,
            serial: decimal("0.5"),
        };
        assert_eq!(iso_time("PT12H00M00S"), Some(noon.clone()));
        assert_eq!(iso_time("12:00:00"), Some(noon));
    }

    #[test]
    fn a_serial_is_the_day_it_counts() {
        for (float, day) in [
            (46082.5, Some(date(2026, 3, 1))),
            (61.0, Some(date(1900, 3, 1))),
            (60.0, None),
            (1.0, Some(date(1900, 1, 1))),
            (0.5, None),
            (-1.0, None),
            (1e9, None),
        ] {
            match serial_date(float) {
                Some(Value::Date { day: found, .. }) => assert_eq!(found, day, "{float}"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(serial_date(f64::NAN), None);
    }
}
