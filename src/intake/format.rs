//! Number formats: what a program shows of a number, and whether that is the number that is stored.
//!
//! `0%` shows 40% where 0.4 is stored, `0` shows 13 for 12.5, `;;;` shows nothing. Formats that only dress the number
//! (`0.00`, `0"分"`, `#,##0`) make no difference. Knows nothing of files and cells.

use rust_decimal::Decimal;

mod shown;

pub(super) use shown::seen_as;

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
    /// The colour that it writes in, whatever the font says.
    colour: Option<u32>,
    /// Before which piece the sign of powers of ten stands: `0.00E+00`.
    power: Option<usize>,
    /// Before which piece the stroke of a fraction stands: `# ?/?`.
    stroke: Option<usize>,
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
    /// `@`: what stands there, as it is.
    Text,
    /// `General`: a number as it is.
    General,
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
                '@' => section.pieces.push(Piece::Text),
                'G' | 'g' => {
                    // General, in Chinese `G/通用格式`: whatever follows in letters belongs to it.
                    section.pieces.push(Piece::General);
                    while characters
                        .next_if(|next| next.is_alphabetic() || *next == '/')
                        .is_some()
                    {}
                }
                'E' | 'e' if matches!(characters.peek(), Some('+' | '-')) => {
                    characters.next();
                    section.power = Some(section.pieces.len());
                }
                '/' if section.has_digits() => section.stroke = Some(section.pieces.len()),
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
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            48 => "##0.0E+0",
            41 | 42 => "#,##0;#,##0;\"-\"",
            43 | 44 => "#,##0.00;#,##0.00;\"-\"",
            46 => "[h]:mm:ss",
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => "yyyy-mm-dd",
            _ => return None,
        };
        Some(Self::read(code))
    }

    /// Whether a text looks like any other.
    pub(super) fn keeps_text(&self) -> bool {
        self.text().is_none_or(|section| {
            matches!(section.pieces.as_slice(), [Piece::Text | Piece::General])
        })
    }

    /// Whether a text is not shown: its section has no place for it.
    pub(super) fn hides_text(&self) -> bool {
        self.text().is_some_and(|section| !section.is_as_is())
    }

    /// What is seen in place of a text, where it says something else.
    pub(super) fn shows_text(&self, text: &str) -> Option<String> {
        self.text()?.shows_text(text)
    }

    /// The section by which texts are shown: the fourth, or the last where it has a place for them.
    fn text(&self) -> Option<&Section> {
        let last = self.sections.last();
        let is_for_text = |section: &&Section| section.pieces.contains(&Piece::Text);
        self.sections.get(3).or(last.filter(is_for_text))
    }

    /// The colour that a number is written in, where the format says one.
    pub(super) fn colour(&self, number: Decimal) -> Option<u32> {
        self.section(number)?.colour
    }

    /// What is seen in place of `number`, where that is another number or none at all. That a negative number has no
    /// sign is not looked at: many a format shows it as a colour.
    pub(super) fn shows(&self, number: Decimal) -> Option<String> {
        self.section(number)?.shows(number)
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
    fn has_digits(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Digit(_)))
    }

    /// Whether what stands in the cell is shown as it is, perhaps with something beside it.
    fn is_as_is(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Text | Piece::General))
    }

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
        self.colour = self.colour.or(match inside.to_ascii_lowercase().as_str() {
            "black" | "color1" => Some(0),
            "white" | "color2" => Some(0x00ff_ffff),
            "red" | "color3" => Some(0x00ff_0000),
            "green" | "color4" => Some(0x0000_ff00),
            "blue" | "color5" => Some(0x0000_00ff),
            "yellow" | "color6" => Some(0x00ff_ff00),
            "magenta" | "color7" => Some(0x00ff_00ff),
            "cyan" | "color8" => Some(0x0000_ffff),
            _ => None,
        });
    }
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
            ("0.0,", "43000", "43.0"),
            ("#,##0.0,", "43000", "43.0"),
            ("0.0,,", "43", "0.0"),
            ("?0.0,", "43000", "43.0"),
            ("0.0,;;", "43000", "43.0"),
            ("-0", "43", "-43"),
            ("\\(0\\)", "43", "(43)"),
            ("\"减\"0", "43", "减43"),
            ("\"约\"0", "43", "约43"),
            (">0", "43", ">43"),
            ("\"50\"", "0", "50"),
            ("0;0;\"满分\"", "0", "满分"),
            ("0;0;5\\0", "0", "50"),
            ("0E+00", "43", "4E+01"),
            ("# ?/?", "12.34", "12 1/3"),
            ("# ?/8", "12.34", "12 3/8"),
            ("General\"%\"", "40", "40%"),
            ("@\"%\"", "40", "40%"),
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
            ("+0", "43"),
            ("0_);(0)", "43"),
            ("0_);\\(0\\)", "-43"),
            ("0\"分\"", "0"),
            ("0.00", "0"),
            ("0;0;\"无\"", "0"),
            ("#", "0"),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", "0"),
            ("0E+00", "40"),
            ("# ?/8", "12.5"),
            ("#,##0.0", "43000"),
            ("0\"（分）\"", "43"),
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
            ("50", "0", true),
            ("满分", "0", true),
            ("-", "0", false),
            ("-43", "43", true),
            ("(43)", "43", true),
            ("4E+01", "43", true),
            ("4E+01", "40", false),
            ("12 1/3", "12.34", true),
            ("12 1/2", "12.5", false),
            ("约43", "43", true),
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
        let text = |code: &str| Format::read(code).shows_text("25");
        assert_eq!(text("@\"%\"").as_deref(), Some("25%"));
        assert_eq!(text("0;0;0;\"50\"").as_deref(), Some("50"));
        assert!(Format::read(";;;\"有\"").hides_text());
        assert!(Format::read("0_ ;@").keeps_text());
        for code in [
            "@",
            "@\"分\"",
            "0.00",
            "General",
            "0;0;0;@",
            "0;0;0;General",
        ] {
            assert_eq!(text(code), None, "{code}");
        }
    }
}
