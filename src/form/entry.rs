//! What a reviewer put into a cell that is meant for points.

use rust_decimal::Decimal;

use super::length;
use crate::intake::{Sheet, Value};
use crate::model::{CellRef, Points, fold, numerals};

/// A cell meant for points, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub cell: CellRef,
    pub filled: Filled,
    /// What is seen is a formula's result, as far as the format tells; looked at for points only.
    pub is_formula: bool,
}

impl Entry {
    /// Reads a cell meant for points, with what its formatting tells: what counts is what is seen.
    pub(super) fn of(sheet: &Sheet, cell: CellRef) -> Self {
        let value = sheet.get(cell);
        let look = sheet.look(cell);
        let seen = look.and_then(|look| look.seen.as_ref());
        let filled = match (value, seen) {
            _ if look.is_some_and(|look| look.uncalculated) => Filled::NoCachedValue,
            (Some(Value::Number(stored)), Some(seen)) => Filled::Otherwise {
                seen: seen.clone(),
                stored: stored.normalize().to_string(),
            },
            (Some(Value::Text(stored)), Some(seen)) => Filled::Otherwise {
                seen: length::beginning(seen).to_owned(),
                stored: length::beginning(stored.trim()).to_owned(),
            },
            _ => Filled::read(value),
        };
        Self {
            cell,
            filled,
            is_formula: look.is_some_and(|look| look.is_formula),
        }
    }
}

impl Entry {
    /// The same where no points are asked for, but what they are worked out from: words of points say nothing there.
    /// Neither `40分` nor 不得分 is a number of times. That there is none (无, 没有) is one, where `has_none`.
    pub(super) fn for_value(mut self, sheet: &Sheet, has_none: bool) -> Self {
        let written = sheet.get(self.cell).map_or(String::new(), Value::written);
        let is_of_points = match &self.filled {
            Filled::Points { numeric: false, .. } => fold(&written).ends_with('分'),
            Filled::Nothing(word) => !(has_none && NONE.contains(&fold(word).as_str())),
            _ => false,
        };
        if is_of_points {
            self.filled = Filled::Text(written.trim().to_owned());
        }
        self
    }

    /// The same where a rate is asked for, in per cent: `85.5%` is 85.5, written so or shown so for 0.855. Shown rounded
    /// it stays what it is, for nobody can tell which of the two is meant.
    pub(super) fn in_per_cent(mut self) -> Self {
        let rate = |shown: &str| plain(fold(shown).strip_suffix('%')?);
        let (rate, is_shown) = match &self.filled {
            Filled::Text(written) => (rate(written), false),
            Filled::Otherwise { seen, stored } => {
                let stored = stored.parse::<Decimal>().ok();
                let hundredfold =
                    stored.and_then(|stored| stored.checked_mul(Decimal::ONE_HUNDRED));
                // A sign that the format only writes behind the number is no hundredth.
                let is_exact =
                    |rate: &Points| [stored, hundredfold].contains(&Some(rate.decimal()));
                (rate(seen).filter(is_exact), true)
            }
            _ => (None, false),
        };
        if let Some(points) = rate {
            self.filled = Filled::Points {
                points,
                numeric: is_shown,
            };
        }
        self
    }

    /// The same where what is given is taken off: that the format says so, too (`-5`, `减5`), makes no other number of it.
    pub(super) fn taken_off(mut self) -> Self {
        if let Filled::Otherwise { seen, stored } = &self.filled {
            let seen = fold(seen);
            let bare = seen
                .trim_start_matches(['-', '−', '–', '—', '负', '减', '扣', '分', '('])
                .trim_end_matches(['分', ')']);
            if let (Some(points), Some(kept)) = (plain(bare), plain(stored))
                && points == kept
            {
                let numeric = true;
                self.filled = Filled::Points { points, numeric };
            }
        }
        self
    }
}

/// What stands in a cell meant for points. Blank is not 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    Blank,
    /// 无, /, —, -, 不得分, as written: said in words that nothing is given. Counts as 0.
    Nothing(String),
    /// A number, however it was written; with its sign.
    Points {
        points: Points,
        /// Whether the spreadsheet itself sees a number there: its own sums leave text out.
        numeric: bool,
    },
    /// A number as written, but one far too large to be counted with.
    TooLarge(String),
    /// A number as written, but one with far too many decimals to be counted with: 50/3 with all its digits.
    TooFine(String),
    /// Something else, as written.
    Text(String),
    /// `#REF!` and its kin.
    Error(String),
    /// A date or time, as it is shown.
    Date(String),
    /// A formula without a result.
    NoCachedValue,
    /// A number whose format shows another one: 0.4 that is seen as `40%`.
    Otherwise {
        seen: String,
        stored: String,
    },
}

/// Ways of saying that nothing is given, folded.
const NOTHING: [&str; 14] = [
    "无",
    "/",
    "\\",
    "-",
    "--",
    "—",
    "——",
    "–",
    "―",
    "不得分",
    "没有",
    "不加分",
    "不扣分",
    "不减分",
];

/// Those of them that say how many there are.
const NONE: [&str; 2] = ["无", "没有"];

impl Filled {
    /// Reads the content of a cell meant for points.
    #[must_use]
    pub fn read(value: Option<&Value>) -> Self {
        match value {
            None => Self::Blank,
            Some(Value::Number(number)) => match Points::bounded(*number) {
                Some(points) => Self::Points {
                    points,
                    numeric: true,
                },
                None => Self::unbounded(&number.to_string(), &number.to_string()),
            },
            // Longer than any number or answer: only its beginning is kept, to be shown.
            Some(Value::Text(text)) => match length::beginning(text.trim()) {
                start if start.len() < text.trim().len() => Self::Text(start.to_owned()),
                _ => Self::read_text(text),
            },
            Some(Value::Bool(flag)) => {
                Self::Text((if *flag { "TRUE" } else { "FALSE" }).to_owned())
            }
            Some(Value::Error(error)) => Self::Error(length::beginning(error).to_owned()),
            Some(Value::Date { day, serial }) => {
                Self::Date(day.map_or_else(|| serial.to_string(), crate::model::day::say))
            }
            Some(Value::NoCachedValue) => Self::NoCachedValue,
        }
    }

    /// `25`, `25分`, `２５`, `+25`, `-10`, `1,000`, `叁拾`, `无`, or text.
    fn read_text(text: &str) -> Self {
        let folded = fold(text);
        if folded.is_empty() {
            return Self::Blank;
        }
        if NOTHING.contains(&folded.as_str()) {
            return Self::Nothing(text.trim().to_owned());
        }
        if is_ambiguous(text) && !crate::model::day::is_like(text) {
            return Self::Text(text.trim().to_owned());
        }
        if is_error(&folded) {
            return Self::Error(text.trim().to_owned());
        }
        let bare = folded.strip_suffix('分').unwrap_or(&folded);
        match plain(bare).or_else(|| numerals::read(bare).map(Points::from)) {
            Some(points) => Self::Points {
                points,
                numeric: false,
            },
            None if crate::model::day::is_like(text) => Self::Date(text.trim().to_owned()),
            None if is_digits(bare) => Self::unbounded(bare, text.trim()),
            None => Self::Text(text.trim().to_owned()),
        }
    }

    /// Digits that are no points that can be counted with, and how they are written.
    fn unbounded(digits: &str, written: &str) -> Self {
        let whole = digits.split('.').next().unwrap_or(digits);
        match whole.parse::<Points>() {
            Ok(_) => Self::TooFine(written.to_owned()),
            Err(_) => Self::TooLarge(written.to_owned()),
        }
    }

    /// The number, if it is one; explicit nothing is 0.
    #[must_use]
    pub fn points(&self) -> Option<Points> {
        match self {
            Self::Points { points, .. } => Some(*points),
            Self::Nothing(_) => Some(Points::ZERO),
            _ => None,
        }
    }

    /// What the spreadsheet's own sums see in the cell.
    #[must_use]
    pub fn seen_by_sums(&self) -> Points {
        match self {
            Self::Points {
                points,
                numeric: true,
            } => *points,
            _ => Points::ZERO,
        }
    }

    /// As it may be shown in a message.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Nothing(_) => "0".to_owned(),
            Self::Points { points, .. } => points.to_string(),
            Self::TooLarge(text)
            | Self::TooFine(text)
            | Self::Text(text)
            | Self::Error(text)
            | Self::Date(text) => text.clone(),
            Self::Otherwise { seen, .. } => seen.clone(),
            Self::NoCachedValue => "无结果的公式".to_owned(),
        }
    }
}

/// Whether folding would make a number that nobody wrote: `2 0` may be 20, or 2 and 0; `2⁵` and `①` are no
/// numbers of points at all.
fn is_ambiguous(text: &str) -> bool {
    let is_digit =
        |character: char| character.is_ascii_digit() || ('０'..='９').contains(&character);
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_spaced = parts
        .windows(2)
        .any(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit));
    let is_other = |character: char| {
        character.is_numeric() && !is_digit(character) && !numerals::is_numeral(character)
    };
    is_spaced || text.chars().any(is_other)
}

/// An error value that a csv shows as text: `#REF!` and its kin, LibreOffice's `Err:502`.
fn is_error(text: &str) -> bool {
    let numbered = text.strip_prefix("Err:");
    matches!(
        text,
        "#REF!" | "#DIV/0!" | "#VALUE!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!"
    ) || numbered.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Nothing but digits, with an optional sign and a point among them.
fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Digits with an optional sign and thousands separators.
fn plain(text: &str) -> Option<Points> {
    let signed = text.replace(['−', '–', '—'], "-");
    // A point at the end, as typed for a full stop, is none of the number's; `3.1.` may be that of a line.
    let signed = match signed.strip_suffix('.') {
        Some(whole) if !whole.contains('.') => whole,
        _ => &signed,
    };
    let digits = signed.trim_start_matches(['+', '-']);
    if !digits.contains(',') {
        return signed.parse().ok();
    }
    let whole = digits.split('.').next().unwrap_or(digits);
    let mut groups = whole.split(',');
    let first = groups
        .next()
        .is_some_and(|group| (1..=3).contains(&group.len()));
    (first && groups.all(|group| group.len() == 3))
        .then(|| signed.replace(',', "").parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{CellRef, Entry, Filled};
    use crate::intake::Value;
    use crate::model::Points;

    fn text(text: &str) -> Filled {
        Filled::read(Some(&Value::Text(text.to_owned())))
    }

    #[test]
    fn reads_points_as_people_write_them() {
        for (written, points) in [
            ("25", "25"),
            ("25分", "25"),
            ("２５", "25"),
            (" +25 ", "25"),
            ("-10", "-10"),
            ("－10分", "-10"),
            ("叁拾", "30"),
            ("三十", "30"),
            ("十", "10"),
            ("二十五分", "25"),
            ("壹佰", "100"),
            ("零", "0"),
            ("12.50", "12.5"),
            ("1,000", "1000"),
            ("25．", "25"),
            ("25.", "25"),
            ("25．分", "25"),
        ] {
            let points: Points = points.parse().expect("points");
            assert_eq!(text(written).points(), Some(points), "{written}");
        }
    }

    #[test]
    fn a_number_too_long_to_count_with_is_still_a_number() {
        for written in [
            "16.666666666666668",
            "-16.66666666666666666666666666666666",
            "16.6666666666666667分",
        ] {
            assert_eq!(text(written), Filled::TooFine(written.to_owned()));
        }
        let large = "-1234567890123";
        assert_eq!(text(large), Filled::TooLarge(large.to_owned()));
        let exact = Filled::read(Some(&Value::Number(
            "16.6666666666667".parse().expect("a number"),
        )));
        assert_eq!(exact, Filled::TooFine("16.6666666666667".to_owned()));
        for written in ["3.1.", "16.6666.6666666666667", "16.", "."] {
            let filled = text(written);
            let is_number = matches!(filled, Filled::TooFine(_) | Filled::TooLarge(_));
            assert!(!is_number, "{written}");
        }
        assert_eq!(text("3.1."), Filled::Text("3.1.".to_owned()));
    }

    #[test]
    fn a_rate_is_in_per_cent_however_it_is_shown() {
        let rate = |filled| {
            let entry = Entry {
                cell: CellRef::new(0, 0),
                filled,
                is_formula: false,
            };
            entry
                .in_per_cent()
                .filled
                .points()
                .map(|points| points.to_string())
        };
        let shown = |seen: &str, stored: &str| Filled::Otherwise {
            seen: seen.to_owned(),
            stored: stored.to_owned(),
        };
        assert_eq!(rate(text("85.5%")).as_deref(), Some("85.5"));
        assert_eq!(rate(text("85.5％")).as_deref(), Some("85.5"));
        assert_eq!(rate(text("85.5")).as_deref(), Some("85.5"));
        assert_eq!(rate(shown("85.50%", "0.855")).as_deref(), Some("85.5"));
        for other in [shown("86%", "0.855"), shown("13", "12.5"), text("约85%")] {
            assert_eq!(rate(other), None);
        }
    }

    #[test]
    fn explicit_nothing_is_nought_and_blank_is_not() {
        for written in ["无", "/", "—", "-", "不得分", "不扣分", "不减分", " － "] {
            assert!(matches!(text(written), Filled::Nothing(_)), "{written}");
        }
        for written in ["", "  ", "\u{3000}\n"] {
            assert_eq!(text(written), Filled::Blank, "{written}");
        }
    }

    #[test]
    fn guesses_nothing() {
        for written in [
            "约25", "2 0", "2\n5", "2⁵", "①", "十十", "25左右", "1e2", "20+5", "优", "25.5.1",
            "12,5",
        ] {
            assert_eq!(text(written), Filled::Text(written.to_owned()), "{written}");
        }
        for written in ["#REF!", "#N/A", "Err:502"] {
            assert!(matches!(text(written), Filled::Error(_)), "{written}");
        }
        for written in ["2018-05-10", "5月10日", "2018-05-10 00:00:00"] {
            assert!(matches!(text(written), Filled::Date(_)), "{written}");
        }
    }
}
