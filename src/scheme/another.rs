//! Another year's scheme out of this one's file: its id, year, titles and dates, and nothing that nobody has decided.

use jiff::civil::Date;

/// The text of a scheme file for the year `to`, where it is of the year `from`: dates keep day and month, and a stage that
/// ends in the next year still does. The number of the official document is left out, for nobody knows it yet. Everything
/// else stays as it is written.
#[must_use]
pub fn of_another_year(text: &str, from: u32, to: u32) -> String {
    let (old, new) = (from.to_string(), to.to_string());
    let said = (format!("{from}年"), format!("{to}年"));
    let line = |line: &str| -> String {
        if line.trim_start().starts_with('#') {
            return if line.contains(&said.0) {
                let line = line.replace(&said.0, &said.1);
                format!("{line}（由{from}年的方案改来，请逐项核对。）")
            } else {
                line.to_owned()
            };
        }
        let Some((key, value)) = line.split_once('=') else {
            return line.to_owned();
        };
        match key.trim() {
            "id" | "year" => format!("{key}={}", value.replacen(&old, &new, 1)),
            "title" | "form_title" => line.replace(&said.0, &said.1),
            "source" => format!(
                "# source = \"\"　　{to}年通知的文号，发了再填（原为{}）",
                value.trim()
            ),
            _ => moved(line, i64::from(to) - i64::from(from)),
        }
    };
    let mut written: String = text.lines().map(|one| line(one) + "\n").collect();
    if !text.ends_with('\n') {
        written.pop();
    }
    written
}

/// A line with each of its days so many years later. What stands in a text or behind # is no day of the scheme.
fn moved(line: &str, years: i64) -> String {
    /// `2018-07-13`.
    const LENGTH: usize = 10;
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        let quotes = written.matches('"').count();
        if next == '#' && quotes.is_multiple_of(2) {
            break;
        }
        let day = rest.get(..LENGTH).and_then(|text| text.parse().ok());
        let begins = !written.ends_with(|one: char| one.is_alphanumeric() || one == '-');
        let after = rest.get(LENGTH..).and_then(|after| after.chars().next());
        let stands_alone = quotes.is_multiple_of(2) || written.ends_with('"') && after == Some('"');
        if let Some(day) = day.filter(|_| begins && stands_alone) {
            written.push_str(&in_another(day, years).to_string());
            rest = &rest[LENGTH..];
        } else {
            written.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    written + rest
}

/// The same day of another year; the last of February where that has none.
fn in_another(day: Date, years: i64) -> Date {
    let year = i64::from(day.year()) + years;
    let year = i16::try_from(year).unwrap_or(day.year());
    let last = Date::new(year, day.month(), 28);
    Date::new(year, day.month(), day.day())
        .or(last)
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::{moved, of_another_year};
    use crate::ground::BUILT_IN;
    use crate::scheme;

    #[test]
    fn nothing_of_the_old_year_is_left_and_all_else_is() {
        let text = BUILT_IN[0].scheme;
        let made = of_another_year(text, 2018, 2020);
        let (old, new) = (scheme::read(text), scheme::read(&made));
        let (old, new) = (old.expect("sound"), new.expect("sound"));
        assert_eq!((new.id.as_str(), new.year), ("cast-2020", 2020));
        assert!(new.source.is_none());
        assert!(new.doubts().is_empty(), "{:?}", new.doubts());
        for (old, new) in old.stages.iter().zip(&new.stages) {
            assert_eq!(new.from.year(), 2020);
            assert_eq!(
                (new.from.month(), new.to.day()),
                (old.from.month(), old.to.day())
            );
        }
        assert_eq!(old.form_fingerprint(), new.form_fingerprint());
        for line in made.lines().filter(|line| line.contains("2018")) {
            assert!(line.starts_with('#'), "{line}");
        }
    }

    #[test]
    fn titles_and_days_go_along_and_nothing_else() {
        let made = |line: &str| of_another_year(line, 2018, 2020);
        assert_eq!(made("title = \"2018年度评价\""), "title = \"2020年度评价\"");
        assert_eq!(made("deadline = 2018-09-05"), "deadline = 2020-09-05");
        // The stage that ends in the next year still does.
        assert_eq!(
            made("to = 2019-01-31  # 2018-12-01起"),
            "to = 2021-01-31  # 2018-12-01起"
        );
        assert_eq!(
            made("stages = [{ id = \"a\", from = \"2018-12-01\", to = 2019-01-31 }]"),
            "stages = [{ id = \"a\", from = \"2020-12-01\", to = 2021-01-31 }]"
        );
        for same in [
            "wording = \"2018-07-13起算\"",
            "code = \"2018-07-131\"",
            "bonus = 2018",
        ] {
            assert_eq!(made(same), same);
        }
        assert_eq!(moved("on = 2020-02-29", 1), "on = 2021-02-28");
    }
}
