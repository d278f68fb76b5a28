//! Number formats: what a program shows of a number, and whether that is the number that is stored.
//!
//! `0%` shows 40% where 0.4 is stored, `0` shows 13 for 12.5, `;;;` shows nothing. Formats that only dress the number
//! (`0.00`, `0"分"`, `#,##0`) make no difference. Knows nothing of files and cells.

use rust_decimal::{Decimal, RoundingStrategy};

/// Characters that change a number when they stand beside it.
const MAGNITUDES: [char; 9] = ['%', '％', '‰', '十', '百', '千', '万', '亿', '/'];

/// A number format, read once for all the cells that have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Format {
    pub(super) kind: Kind,
    sections: Vec<Section>,
}

/// What a number of the format is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Number,
    /// A day, or a time of day.
    Date,
    /// A span of time: `[h]:mm`.
    Span,
}

/// How positive, negative or other numbers are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Section {
    condition: Option<(Compare, Decimal)>,
    pieces: Vec<Piece>,
    /// It has `General`, `@` or something else that shows the number as it is.
    as_is: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compare {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// `0`, `#` or `?`; whether a digit is shown where the number has none.
    Digit(bool),
    Point,
    Comma,
    Percent,
    Literal(char),
}

impl Format {
    /// Reads the code of a format.
    pub(super) fn read(code: &str) -> Self {
        let mut format = Self {
            kind: Kind::Number,
            sections: vec![Section::default()],
        };
        let mut characters = code.chars().peekable();
        while let Some(character) = characters.next() {
            let is_first = format.sections.len() == 1;
            let Some(section) = format.sections.last_mut() else {
                break;
            };
            match character {
                ';' => format.sections.push(Section::default()),
                '"' => {
                    let quoted = characters
                        .by_ref()
                        .take_while(|character| *character != '"');
                    section.pieces.extend(quoted.map(Piece::Literal));
                }
                '\\' | '!' => section.pieces.extend(characters.next().map(Piece::Literal)),
                // The width of a letter; a letter that fills the cell.
                '_' | '*' => drop(characters.next()),
                '[' => {
                    let inside: String = characters
                        .by_ref()
                        .take_while(|character| *character != ']')
                        .collect();
                    if is_span(&inside) && is_first && format.kind == Kind::Number {
                        format.kind = Kind::Span;
                    } else {
                        section.bracket(&inside);
                    }
                }
                '0' => section.pieces.push(Piece::Digit(true)),
                '#' | '?' => section.pieces.push(Piece::Digit(false)),
                '.' => section.pieces.push(Piece::Point),
                ',' => section.pieces.push(Piece::Comma),
                '%' => section.pieces.push(Piece::Percent),
                '@' => section.as_is = true,
                'G' | 'g' => {
                    // General, in Chinese `G/通用格式`: whatever follows in letters belongs to it.
                    section.as_is = true;
                    while characters
                        .next_if(|next| next.is_alphabetic() || *next == '/')
                        .is_some()
                    {}
                }
                // Powers of ten and fractions show the number itself.
                'E' | 'e' if matches!(characters.peek(), Some('+' | '-')) => section.as_is = true,
                '/' if section
                    .pieces
                    .iter()
                    .any(|piece| matches!(piece, Piece::Digit(_))) =>
                {
                    section.as_is = true;
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A'
                    if is_first =>
                {
                    let is_day = !matches!(character, 'a' | 'A')
                        || matches!(characters.peek(), Some('a' | 'A' | '/' | 'm' | 'M'));
                    if is_day && format.kind == Kind::Number {
                        format.kind = Kind::Date;
                    }
                }
                other => section.pieces.push(Piece::Literal(other)),
            }
        }
        format
    }

    /// The format that has this number in every workbook without being written down.
    pub(super) fn built_in(id: u32) -> Option<Self> {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 => "#,##0",
            4 | 39 | 40 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            41 | 42 => "#,##0;#,##0;\"-\"",
            43 | 44 => "#,##0.00;#,##0.00;\"-\"",
            46 => "[h]:mm:ss",
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => "yyyy-mm-dd",
            _ => return None,
        };
        Some(Self::read(code))
    }

    /// Whether a text is not shown: its section, the fourth, is empty.
    pub(super) fn hides_text(&self) -> bool {
        self.sections
            .get(3)
            .is_some_and(|section| section.pieces.is_empty() && !section.as_is)
    }

    /// What is seen in place of `number`, where that is another number or none at all. A sign is not looked at: many
    /// a format shows it as a colour.
    pub(super) fn shows(&self, number: Decimal) -> Option<String> {
        let section = self.section(number)?;
        if section.as_is || number.is_zero() {
            return None;
        }
        section.shows(number.abs())
    }

    /// The section by which `number` is shown.
    fn section(&self, number: Decimal) -> Option<&Section> {
        let numbers = self.sections.get(..self.sections.len().min(3))?;
        if numbers.iter().any(|section| section.condition.is_some()) {
            return numbers.iter().find(|section| {
                section
                    .condition
                    .is_none_or(|condition| holds(condition, number))
            });
        }
        let index = match numbers.len() {
            2 | 3 if number.is_sign_negative() && !number.is_zero() => 1,
            3 if number.is_zero() => 2,
            _ => 0,
        };
        numbers.get(index)
    }
}

impl Section {
    /// A colour, a locale, a condition, or a sign of money.
    fn bracket(&mut self, inside: &str) {
        if let Some(money) = inside.strip_prefix('$') {
            let sign = money.split('-').next().unwrap_or_default();
            self.pieces.extend(sign.chars().map(Piece::Literal));
            return;
        }
        let kinds = [
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<>", Compare::Unequal),
            ("<", Compare::Less),
            (">", Compare::More),
            ("=", Compare::Equal),
        ];
        let kind = kinds
            .iter()
            .find_map(|(sign, kind)| Some((*kind, inside.strip_prefix(sign)?)));
        if let Some((kind, number)) = kind
            && let Ok(number) = number.trim().parse()
        {
            self.condition = Some((kind, number));
        }
    }

    /// What this makes of a number without its sign, where it is another one.
    fn shows(&self, number: Decimal) -> Option<String> {
        let count = |wanted: &Piece| self.pieces.iter().filter(|piece| *piece == wanted).count();
        let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
        let point = self.pieces.iter().position(|piece| *piece == Piece::Point);
        let end = point.unwrap_or(self.pieces.len());
        let (whole, fraction) = self.pieces.split_at(end);
        let last = whole.iter().rposition(is_digit);
        let thousands = last.map_or(0, |last| {
            let behind = whole[last + 1..].iter();
            behind.take_while(|piece| **piece == Piece::Comma).count()
        });
        let decimals = fraction.iter().filter(|piece| is_digit(piece)).count();
        let percents = count(&Piece::Percent);
        let mut seen = number;
        for _ in 0..percents {
            seen = seen.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..thousands {
            seen = seen.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let decimals = u32::try_from(decimals).unwrap_or(u32::MAX);
        seen =
            seen.round_dp_with_strategy(decimals.min(28), RoundingStrategy::MidpointAwayFromZero);
        let has_digits = self.pieces.iter().any(is_digit);
        let literals = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(character) => Some(*character),
            _ => None,
        });
        let misleads = literals
            .clone()
            .any(|character| character.is_numeric() || MAGNITUDES.contains(&character));
        let is_split = last.is_some_and(|last| {
            let digits = whole[..last].iter().skip_while(|piece| !is_digit(piece));
            digits
                .into_iter()
                .any(|piece| matches!(piece, Piece::Literal(_)))
        });
        if has_digits && seen == number && percents == 0 && !misleads && !is_split {
            return None;
        }
        Some(Self::written(seen, whole, fraction))
    }

    /// The number as it is written by this section.
    fn written(seen: Decimal, whole: &[Piece], fraction: &[Piece]) -> String {
        let text = seen.normalize().to_string();
        let (digits, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut digits: Vec<char> = digits.chars().collect();
        let mut decimals = decimals.chars();
        // From the right, so that the digits before the first place all stand there.
        let mut places = whole
            .iter()
            .filter(|piece| matches!(piece, Piece::Digit(_)))
            .count();
        let mut backwards = Vec::new();
        for piece in whole.iter().rev() {
            match piece {
                Piece::Digit(shown) => {
                    places -= 1;
                    match digits.pop() {
                        Some(digit) => backwards.push(digit),
                        None if *shown => backwards.push('0'),
                        None => {}
                    }
                    if places == 0 {
                        backwards.extend(digits.drain(..).rev());
                    }
                }
                Piece::Literal(character) => backwards.push(*character),
                Piece::Percent => backwards.push('%'),
                Piece::Point | Piece::Comma => {}
            }
        }
        let mut written: String = backwards.iter().rev().collect();
        for piece in fraction {
            match piece {
                Piece::Point => written.push('.'),
                Piece::Digit(shown) => match decimals.next() {
                    Some(digit) => written.push(digit),
                    None if *shown => written.push('0'),
                    None => {}
                },
                Piece::Literal(character) => written.push(*character),
                Piece::Percent => written.push('%'),
                Piece::Comma => {}
            }
        }
        written.trim().to_owned()
    }
}

/// The same told from the text that a file keeps beside a number: what is seen, where that is another number.
pub(super) fn seen_as(shown: &str, number: Decimal) -> Option<String> {
    let shown = shown.trim();
    let is_power = shown.contains(['E', 'e']);
    if shown.is_empty() || number.is_zero() || is_power {
        return None;
    }
    let digits: String = shown
        .chars()
        .filter(|character| character.is_ascii_digit() || *character == '.')
        .collect();
    let is_it = digits.parse() == Ok(number.abs()) && !shown.contains(MAGNITUDES);
    (!is_it).then(|| shown.to_owned())
}

fn is_span(inside: &str) -> bool {
    let letters = inside.to_ascii_lowercase();
    let mut kinds = letters.chars();
    kinds
        .next()
        .is_some_and(|first| "hms".contains(first) && kinds.all(|letter| letter == first))
}

fn holds((compare, limit): (Compare, Decimal), number: Decimal) -> bool {
    match compare {
        Compare::Less => number < limit,
        Compare::AtMost => number <= limit,
        Compare::More => number > limit,
        Compare::AtLeast => number >= limit,
        Compare::Equal => number == limit,
        Compare::Unequal => number != limit,
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Kind, seen_as};

    fn shows(code: &str, number: &str) -> Option<String> {
        Format::read(code).shows(number.parse().expect("a number"))
    }

    #[test]
    fn another_number_is_seen() {
        for (code, number, seen) in [
            ("0%", "0.4", "40%"),
            ("0.00%", "0.855", "85.50%"),
            ("#%", "0.4", "40%"),
            ("0", "12.5", "13"),
            ("0.0", "1.25", "1.3"),
            ("0\"%\"", "40", "40%"),
            ("0,", "12000", "12"),
            ("0\"万\"", "3", "3万"),
            ("0\".\"0", "25", "2.5"),
            ("\"1\"0", "5", "15"),
            (";;;", "25", ""),
            ("0;;", "-5", ""),
            ("\"合格\"", "20", "合格"),
            ("[>10]0%;0", "12", "1200%"),
            ("[Red]0%", "1", "100%"),
        ] {
            assert_eq!(
                shows(code, number).as_deref(),
                Some(seen),
                "{code} {number}"
            );
        }
    }

    #[test]
    fn the_number_itself_is_seen() {
        for (code, number) in [
            ("General", "0.4"),
            ("G/通用格式\"分\"", "25"),
            ("@", "0.4"),
            ("0.00", "25"),
            ("0\"分\"", "25"),
            ("#,##0.00", "1234.5"),
            ("0.00_);[Red]\\(0.00\\)", "-10"),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", "30"),
            ("000", "25"),
            ("0.00E+00", "25"),
            ("# ?/?", "0.5"),
            ("0%", "0"),
            ("0;-0;;@", "0"),
            ("[DBNum1][$-804]General", "25"),
            ("[>10]0%;0", "9"),
            ("0!分", "9"),
        ] {
            assert_eq!(shows(code, number), None, "{code} {number}");
        }
    }

    #[test]
    fn days_and_spans_are_told_from_numbers() {
        for (code, kind) in [
            ("yyyy\"年\"m\"月\"d\"日\"", Kind::Date),
            ("[$-804]aaaa;@", Kind::Date),
            ("h:mm AM/PM", Kind::Date),
            ("[h]:mm", Kind::Span),
            ("[$-409]m/d/yy", Kind::Date),
            ("0.00\"d\"", Kind::Number),
            ("\\Y000", Kind::Number),
            ("0;yyyy", Kind::Number),
            ("[Red]0", Kind::Number),
            ("General", Kind::Number),
        ] {
            assert_eq!(Format::read(code).kind, kind, "{code}");
        }
    }

    #[test]
    fn a_text_kept_beside_a_number_tells_the_same() {
        for (shown, number, seen) in [
            ("40%", "0.4", true),
            ("13", "12.5", true),
            ("合格", "20", true),
            ("25.00", "25", false),
            ("1,234.50分", "1234.5", false),
            ("-10", "-10", false),
            ("", "25", false),
            ("0%", "0", false),
        ] {
            let number = number.parse().expect("a number");
            assert_eq!(seen_as(shown, number).is_some(), seen, "{shown}");
        }
    }

    #[test]
    fn text_may_be_hidden() {
        assert!(Format::read(";;;").hides_text());
        assert!(!Format::read("0;0;0;@").hides_text());
        assert!(!Format::read("0").hides_text());
    }
}
