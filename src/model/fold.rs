//! How texts are made alike before they are compared. What is shown is always the original.

use unicode_normalization::UnicodeNormalization;

use super::unseen::is_invisible;

/// Folds a text for comparison: NFKC (full-width becomes half-width), every white space and
/// what nobody sees dropped, all kinds of brackets made round.
///
/// `（ 初评 加分 ）` and `(初评加分)` fold to the same.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.chars().all(|character| normal(character).is_some()) {
        without_void(text.chars().filter_map(normal))
    } else {
        without_void(text.nfkc())
    }
}

fn without_void(text: impl Iterator<Item = char>) -> String {
    text.filter(|character| !is_void(*character))
        .map(|character| match character {
            '[' | '{' | '【' | '〔' | '〖' | '〈' | '《' | '「' | '『' => '(',
            ']' | '}' | '】' | '〕' | '〗' | '〉' | '》' | '」' | '』' => ')',
            other => other,
        })
        .collect()
}

/// What NFKC makes of a character that is always turned into one other or itself and never joins its neighbours: of
/// these almost every text here is made, and normalising is dear. None for all others.
fn normal(character: char) -> Option<char> {
    match character {
        '\0'..='\u{7f}' | '一'..='\u{9fff}' | '、' | '。' | '《'..='】' | '·' | '“' | '”' | '—' => {
            Some(character)
        }
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

    use super::{fold, normal};

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
