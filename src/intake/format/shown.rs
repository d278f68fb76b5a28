//! What one section of a number format makes of a number or a text, and whether that is something else.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Piece, Section};

/// Characters that change a number when they stand beside it.
const MAGNITUDES: [char; 9] = ['%', '％', '‰', '十', '百', '千', '万', '亿', '/'];
/// Those that say that it is not quite the one that is meant.
const HEDGES: [char; 17] = [
    '约', '近', '超', '余', '多', '几', '<', '>', '＜', '＞', '≤', '≥', '≈', '~', '～', '±', '倍',
];
/// Those that turn its sign when they stand before it.
const MINUSES: [char; 10] = ['-', '−', '－', '–', '—', '负', '减', '扣', '(', '（'];
/// What may stand in the place of 0; signs that are no letters may, too.
const NOTHING: [&str; 8] = [
    "无",
    "零",
    "没有",
    "未得分",
    "不得分",
    "不加分",
    "不减分",
    "不扣分",
];
/// The longest denominator that is looked for.
const PLACES: usize = 3;

impl Section {
    /// What this makes of a number, where it is another one.
    pub(super) fn shows(&self, number: Decimal) -> Option<String> {
        let is_turned = number > Decimal::ZERO && self.turns();
        let number = number.abs();
        if number.is_zero() {
            return self.shows_zero();
        }
        if let Some(stroke) = self.stroke {
            return self.shows_fraction(number, stroke, is_turned);
        }
        if let Some(end) = self.power {
            return self.shows_power(number, end, is_turned);
        }
        if self.is_as_is() {
            let misleads = self.misleads() || is_turned;
            return misleads.then(|| self.around(&number.normalize().to_string()));
        }
        self.shows_digits(number, is_turned)
    }

    /// What it makes of a text, where that says something else.
    pub(super) fn shows_text(&self, text: &str) -> Option<String> {
        let seen = self.around(text);
        let is_other = if self.is_as_is() {
            self.misleads() || self.turns()
        } else {
            seen != text.trim()
        };
        (is_other && !seen.is_empty()).then_some(seen)
    }

    /// What stands beside whatever is shown as it is.
    fn around(&self, shown: &str) -> String {
        let mut seen = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(character) => seen.push(*character),
                Piece::Percent => seen.push('%'),
                Piece::Text | Piece::General => seen.push_str(shown),
                Piece::Digit(_) | Piece::Point | Piece::Comma => {}
            }
        }
        seen.trim().to_owned()
    }

    fn literals(&self) -> impl Iterator<Item = char> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(character) => Some(*character),
            _ => None,
        })
    }

    /// Whether what stands beside a number makes another one of it.
    fn misleads(&self) -> bool {
        self.literals().any(|character| {
            character.is_numeric() || MAGNITUDES.contains(&character) || HEDGES.contains(&character)
        })
    }

    /// Whether what stands before a number turns its sign.
    fn turns(&self) -> bool {
        let before = self
            .pieces
            .iter()
            .take_while(|piece| !matches!(piece, Piece::Digit(_) | Piece::Text | Piece::General));
        let before = before.filter_map(|piece| match piece {
            Piece::Literal(character) => Some(character),
            _ => None,
        });
        before
            .into_iter()
            .any(|character| MINUSES.contains(character))
    }

    /// What it makes of 0, where that is something else. Nothing at all, a stroke or a word for it are the same.
    fn shows_zero(&self) -> Option<String> {
        if self.stroke.is_some() || self.power.is_some() {
            return None;
        }
        if self.has_digits() || self.is_as_is() {
            let is_other = self.literals().any(char::is_numeric);
            let point = self.pieces.iter().position(|piece| *piece == Piece::Point);
            let (whole, fraction) = self.pieces.split_at(point.unwrap_or(self.pieces.len()));
            return is_other.then(|| Self::written(Decimal::ZERO, whole, fraction));
        }
        let seen = self.around("");
        (!says_nothing(&seen)).then_some(seen)
    }

    fn shows_digits(&self, number: Decimal, is_turned: bool) -> Option<String> {
        let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
        let point = self.pieces.iter().position(|piece| *piece == Piece::Point);
        let end = point.unwrap_or(self.pieces.len());
        let (whole, fraction) = self.pieces.split_at(end);
        let last = whole.iter().rposition(is_digit);
        // Commas behind the last digit before the point, or behind the last of all, divide.
        let commas = |pieces: &[Piece]| {
            pieces.iter().rposition(is_digit).map_or(0, |last| {
                let behind = pieces[last + 1..].iter();
                behind.take_while(|piece| **piece == Piece::Comma).count()
            })
        };
        let thousands = commas(whole) + commas(fraction);
        let decimals = fraction.iter().filter(|piece| is_digit(piece)).count();
        let percents = self
            .pieces
            .iter()
            .filter(|piece| **piece == Piece::Percent)
            .count();
        let mut seen = number;
        for _ in 0..percents {
            seen = seen.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..thousands {
            seen = seen.checked_div(Decimal::ONE_THOUSAND)?;
        }
        seen = rounded(seen, decimals);
        let is_split = last.is_some_and(|last| {
            let digits = whole[..last].iter().skip_while(|piece| !is_digit(piece));
            digits
                .into_iter()
                .any(|piece| matches!(piece, Piece::Literal(_)))
        });
        let is_it = self.has_digits()
            && seen == number
            && percents == 0
            && !self.misleads()
            && !is_split
            && !is_turned;
        (!is_it).then(|| Self::written(seen, whole, fraction))
    }

    /// As a power of ten: 43 as `4E+01`.
    fn shows_power(&self, number: Decimal, end: usize, is_turned: bool) -> Option<String> {
        let pieces = self.pieces.get(..end)?;
        let digits = |pieces: &[Piece]| {
            let digits = pieces.iter();
            digits
                .filter(|piece| matches!(piece, Piece::Digit(_)))
                .count()
        };
        let point = pieces.iter().position(|piece| *piece == Piece::Point);
        let (whole, fraction) = pieces.split_at(point.unwrap_or(end));
        let step = i32::try_from(digits(whole).max(1)).ok()?;
        let mut power = 0_i32;
        let mut mantissa = number;
        while mantissa >= Decimal::TEN {
            mantissa = mantissa.checked_div(Decimal::TEN)?;
            power += 1;
        }
        while mantissa < Decimal::ONE && power > -28 {
            mantissa = mantissa.checked_mul(Decimal::TEN)?;
            power -= 1;
        }
        for _ in 0..power.rem_euclid(step) {
            mantissa = mantissa.checked_mul(Decimal::TEN)?;
            power -= 1;
        }
        let seen = rounded(mantissa, digits(fraction));
        let is_other = seen != mantissa || is_turned || self.misleads();
        let sign = if power < 0 { '-' } else { '+' };
        let written = || Self::written(seen, whole, fraction);
        is_other.then(|| format!("{}E{sign}{:02}", written(), power.abs()))
    }

    /// As a fraction: 12.34 as `12 1/3`.
    fn shows_fraction(&self, number: Decimal, stroke: usize, is_turned: bool) -> Option<String> {
        let (before, behind) = self.pieces.split_at_checked(stroke)?;
        let fixed: String = behind
            .iter()
            .map_while(|piece| match piece {
                Piece::Literal(digit) if digit.is_ascii_digit() => Some(*digit),
                Piece::Digit(true) => Some('0'),
                _ => None,
            })
            .collect();
        let fixed = fixed.parse::<u32>().ok().filter(|fixed| *fixed > 0);
        let places = behind
            .iter()
            .filter(|piece| matches!(piece, Piece::Digit(_)))
            .count();
        let most = 10_u32.pow(u32::try_from(places.clamp(1, PLACES)).ok()?) - 1;
        let denominators = fixed.map_or(1..=most, |fixed| fixed..=fixed);
        let mut best: Option<(Decimal, Decimal, u32)> = None;
        for denominator in denominators {
            let times = number.checked_mul(Decimal::from(denominator))?;
            let numerator = rounded(times, 0);
            let off = (numerator.checked_div(Decimal::from(denominator))? - number).abs();
            if times == numerator && !is_turned {
                return None;
            }
            if best.is_none_or(|(least, ..)| off < least) {
                best = Some((off, numerator, denominator));
            }
        }
        let (_, numerator, denominator) = best?;
        let numerator = numerator.to_u64()?;
        let sign = if is_turned { "-" } else { "" };
        let is_mixed = before.contains(&Piece::Literal(' '));
        let each = u64::from(denominator);
        Some(match (numerator / each, numerator % each) {
            (whole, 0) => format!("{sign}{whole}"),
            (whole @ 1.., rest) if is_mixed => format!("{sign}{whole} {rest}/{denominator}"),
            _ => format!("{sign}{numerator}/{denominator}"),
        })
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
                Piece::Point | Piece::Comma | Piece::Text | Piece::General => {}
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
                Piece::Comma | Piece::Text | Piece::General => {}
            }
        }
        written.trim().to_owned()
    }
}

fn rounded(number: Decimal, decimals: usize) -> Decimal {
    let decimals = u32::try_from(decimals).unwrap_or(u32::MAX).min(28);
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Whether 0 may be said so.
fn says_nothing(seen: &str) -> bool {
    !seen.contains(char::is_alphanumeric) || NOTHING.contains(&seen)
}

/// The same told from the text that a file keeps beside a number: what is seen, where that is another number.
pub(in crate::intake) fn seen_as(shown: &str, number: Decimal) -> Option<String> {
    let shown = shown.trim();
    if shown.is_empty() {
        return None;
    }
    let digits: String = shown
        .chars()
        .filter(|character| character.is_ascii_digit() || *character == '.')
        .collect();
    let is_power = shown.contains(['E', 'e']);
    let power = is_power
        .then(|| Decimal::from_scientific(shown).ok())
        .flatten();
    let is_it = if number.is_zero() {
        if digits.is_empty() {
            says_nothing(shown)
        } else {
            digits.parse() == Ok(Decimal::ZERO)
        }
    } else if let Some(said) = power.or_else(|| fraction(shown)) {
        said.abs() == number.abs()
    } else {
        let mut before = shown
            .chars()
            .take_while(|character| !character.is_ascii_digit());
        let is_turned =
            number > Decimal::ZERO && before.any(|character| MINUSES.contains(&character));
        digits.parse() == Ok(number.abs())
            && !shown.contains(MAGNITUDES)
            && !shown.contains(HEDGES)
            && !is_turned
    };
    (!is_it).then(|| shown.to_owned())
}

/// `12 1/2`, `1/3`.
fn fraction(shown: &str) -> Option<Decimal> {
    let (before, denominator) = shown.split_once('/')?;
    let mut parts = before.split_whitespace();
    let (first, second) = (parts.next()?, parts.next());
    let number = |text: &str| text.trim().parse::<u32>().ok().map(Decimal::from);
    let part = number(second.unwrap_or(first))?.checked_div(number(denominator)?)?;
    match second {
        Some(_) => number(first)?.checked_add(part),
        None => Some(part),
    }
}
