//! How texts are made alike before they are compared. What is shown is always the original.

use unicode_normalization::UnicodeNormalization;

use super::unseen::is_invisible;

/// Folds a text for comparison: NFKC (full-width becomes half-width), every white space and
/// what nobody sees dropped, all kinds of brackets made round.
///
/// `（ 初评 加分 ）` and `(初评加分)` fold to the same.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc()
        .filter(|character| !is_void(*character))
        .map(|character| match character {
            '[' | '{' | '【' | '〔' | '〖' | '〈' | '《' | '「' | '『' => '(',
            ']' | '}' | '】' | '〕' | '〗' | '〉' | '》' | '」' | '』' => ')',
            other => other,
        })
        .collect()
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
    use super::fold;

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
