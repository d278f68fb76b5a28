//! How texts are made alike before they are compared. What is shown is always the original.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::unseen::is_invisible;

/// Folds a text for comparison: NFKC (full-width becomes half-width), every white space and
/// what nobody sees dropped, all kinds of brackets made round.
///
/// `（ 初评 加分 ）` and `(初评加分)` fold to the same.
#[must_use]
pub fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// The same; a text that folds to itself is not copied.
#[must_use]
pub fn folded(text: &str) -> Cow<'_, str> {
    let (staying, mut rest) = text.split_at(staying(text));
    if rest.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    folded.push_str(staying);
    while let Some(character) = rest.chars().next() {
        let Some(normal) = normal(character) else {
            return Cow::Owned(without_void(text.nfkc()).collect());
        };
        folded.extend(without_void(std::iter::once(normal)));
        let behind = &rest[character.len_utf8()..];
        let (staying, other) = behind.split_at(self::staying(behind));
        // Whatever stays as it is is taken over in one piece.
        folded.push_str(staying);
        rest = other;
    }
    Cow::Owned(folded)
}

/// How much of a text, in bytes, is before the first character that may not stay as it is.
fn staying(text: &str) -> usize {
    let mut length = 0;
    while let Some(bytes) = text.as_bytes().get(length..) {
        length += match bytes {
            // The characters that nearly all texts are made of are known by their first bytes: 一 to 鿿.
            [0xe5..=0xe9, ..] | [0xe4, 0xb8..=0xbf, ..] => '一'.len_utf8(),
            _ => match text[length..].chars().next() {
                Some(character) if stays(character) => character.len_utf8(),
                _ => break,
            },
        };
    }
    length
}

/// Whether folding leaves a character as it is, whatever stands beside it: of such nearly all texts are made.
fn stays(character: char) -> bool {
    match character {
        '[' | ']' | '{' | '}' => false,
        '!'..='~' | '一'..='\u{9fff}' | '、' | '。' | '·' | '“' | '”' | '—' | '≤'..='≧' => {
            true
        }
        _ => false,
    }
}

fn without_void(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.filter(|character| !is_void(*character))
        .map(|character| match character {
            '[' | '{' | '【' | '〔' | '〖' | '〈' | '《' | '「' | '『' => '(',
            ']' | '}' | '】' | '〕' | '〗' | '〉' | '》' | '」' | '』' => ')',
            other => other,
        })
}

/// What NFKC makes of a character that is always turned into one other or itself and never joins its neighbours: of
/// these almost every text here is made, and normalising is dear. None for all others.
fn normal(character: char) -> Option<char> {
    match character {
        '\0'..='\u{7f}'
        | '一'..='\u{9fff}'
        | '、'
        | '。'
        | '《'..='】'
        | '〔'..='〗'
        | '·'
        | '“'
        | '”'
        | '—'
        | '≤'..='≧' => Some(character),
        // Full width: as far from ASCII throughout.
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// White space, and what nobody sees.
fn is_void(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Whether nothing is left of a text after folding.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_void)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

    use super::{fold, normal, staying, stays, without_void};

    #[test]
    fn what_is_not_normalised_needs_not_be() {
        for character in '\0'..=char::MAX {
            let Some(normal) = normal(character) else {
                continue;
            };
            assert!(character.nfkc().eq([normal]), "{character:?}");
            // Nor does it change beside any neighbour.
            let alone = is_nfkc_quick(std::iter::once(normal)) == IsNormalized::Yes;
            assert!(alone, "{character:?}");
        }
    }

    #[test]
    fn what_stays_is_what_would_come_out() {
        for character in ('\0'..=char::MAX).filter(|character| stays(*character)) {
            let normal = normal(character);
            assert!(
                without_void(normal.into_iter()).eq([character]),
                "{character:?}"
            );
        }
    }

    #[test]
    fn what_stays_is_told_from_its_bytes_as_well() {
        let mut text = String::new();
        for character in '\0'..=char::MAX {
            text.clear();
            text.push(character);
            let length = if stays(character) { text.len() } else { 0 };
            assert_eq!(staying(&text), length, "{character:?}");
        }
        for (text, length) in [("", 0), ("学会1", 7), ("学会 1", 6), ("（学会）", 0)] {
            assert_eq!(staying(text), length, "{text}");
        }
    }

    #[test]
    fn makes_alike_what_people_see_as_alike() {
        for (written, folded) in [
            ("（初评 加分）", "(初评加分)"),
            ("２５分", "25分"),
            ("\u{feff}编　号\n", "编号"),
            ("【初评】", "(初评)"),
            ("9.2（1）", "9.2(1)"),
        ] {
            assert_eq!(fold(written), folded);
        }
    }
}
