//! Days as people write them.

use jiff::civil::Date;

use super::{fold, numerals};

/// Reads a day: `2018-08-01`, `2018/8/1`, `2018.8.1`, `2018年8月1日`, `20180801`, full-width or with blanks, a
/// time of day behind it ignored. The year must be written in full; nothing is guessed.
#[must_use]
pub fn read(text: &str) -> Option<Date> {
    let trimmed = text.trim();
    // A time of day stands behind a blank or a T; folding would glue it to the day.
    let day = match trimmed.split_once([' ', 'T', '\u{3000}']) {
        Some((day, time)) if time.contains(':') => day,
        _ => trimmed,
    };
    let folded = in_digits(&fold(day)).replace(['年', '月', '/', '.', '。', '-', '—', '–'], "-");
    let plain = folded.trim_end_matches(['日', '号']).trim_end_matches('-');
    let numbers: Vec<&str> = plain.split('-').collect();
    let (year, month, day) = match numbers.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [digits] if digits.len() == 8 && digits.is_ascii() => {
            (&digits[..4], &digits[4..6], &digits[6..])
        }
        _ => return None,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(month) || !digits(day) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day written in Chinese numerals (`二〇一八年八月十五日`) in digits: the year digit by digit, month and day as numbers.
/// Whatever else stands there stays.
fn in_digits(folded: &str) -> String {
    let read = || {
        let (year, rest) = folded.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        let day = day.strip_suffix(['日', '号']).unwrap_or(day);
        let digit = |numeral: char| match numeral {
            '〇' | '零' | '○' | 'O' => Some('0'),
            other => char::from_digit(numerals::read(other.encode_utf8(&mut [0; 4]))?, 10),
        };
        let year: String = year.chars().map(digit).collect::<Option<_>>()?;
        let (month, day) = (numerals::read(month)?, numerals::read(day)?);
        Some(format!("{year}年{month}月{day}日"))
    };
    read().unwrap_or_else(|| folded.to_owned())
}

/// The day that spreadsheet programs show for a number which has lost its format: 43327 is 2018-08-15. Only numbers of
/// days of this century, for any number is some day.
#[must_use]
pub fn of_serial(text: &str) -> Option<Date> {
    const CENTURY: std::ops::RangeInclusive<i32> = 36_526..=73_050;
    let serial = fold(text).parse().ok()?;
    if !CENTURY.contains(&serial) {
        return None;
    }
    let days = jiff::Span::new().try_days(serial).ok()?;
    jiff::civil::date(1899, 12, 30).checked_add(days).ok()
}

/// A day as office papers write it: `2018年8月1日`.
#[must_use]
pub fn say(day: Date) -> String {
    day.strftime("%Y年%-m月%-d日").to_string()
}

/// Whether a text looks like a day although it cannot be read as one: `5月10日`, `10/5`, `05/10/18`, as a csv
/// shows what a program took for a date.
#[must_use]
pub fn is_like(text: &str) -> bool {
    if read(text).is_some() {
        return true;
    }
    let folded = fold(text);
    let bare = folded.strip_suffix('日').unwrap_or(&folded);
    let parts: Vec<&str> = bare.split(['年', '月', '/', '-']).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let is_month_and_day = |one: u32, other: u32| {
        let (least, most) = (one.min(other), one.max(other));
        (1..=12).contains(&least) && (1..=31).contains(&most)
    };
    match numbers.as_deref() {
        Some([one, other]) => is_month_and_day(*one, *other),
        // The year in front or behind, in full or without its century.
        Some([first, second, third]) => {
            (*first > 31 && is_month_and_day(*second, *third))
                || (*third < 100 || *third > 1000) && is_month_and_day(*first, *second)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_like, of_serial, read};

    #[test]
    fn a_number_may_be_a_day_that_lost_its_format() {
        let day = jiff::civil::date(2018, 8, 15);
        assert_eq!(of_serial("43327"), Some(day));
        assert_eq!(of_serial(" ４３３２７"), Some(day));
        for text in ["43327.5", "2018", "20180815", "99999", "", "八月"] {
            assert_eq!(of_serial(text), None, "{text}");
        }
    }

    #[test]
    fn knows_a_day_when_it_sees_one() {
        for text in ["5月10日", "5/10", "05/10/18", "3-5", "2018-08-01"] {
            assert!(is_like(text), "{text}");
        }
        for text in [
            "-10", "25", "5月", "a-b", "1-2-3-4", "20/25", "0/5", "13-14", "",
        ] {
            assert!(!is_like(text), "{text}");
        }
    }

    #[test]
    fn reads_days_as_people_write_them() {
        for text in [
            "2018-08-01",
            "2018/8/1",
            "2018.8.1",
            "2018年8月1日",
            " ２０１８年８月 1 日 ",
            "20180801",
            "2018-08-01 00:00:00",
            "2018-08-01T09:30:00",
            "二〇一八年八月一日",
            "二零一八年八月一日",
        ] {
            assert_eq!(read(text), Some(jiff::civil::date(2018, 8, 1)), "{text}");
        }
    }

    #[test]
    fn guesses_nothing() {
        for text in [
            "8月1日",
            "18-8-1",
            "一八年八月一日",
            "二〇一八年十三月一日",
            "2018-13-01",
            "2018-02-30",
            "昨天",
            "",
            "2018",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
