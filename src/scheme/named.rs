//! One of several names, as people write it and as a spreadsheet compares it: `a` and `Ａ` are A to both.
//!
//! A spreadsheet tells letters from full-width ones, not capitals from small ones; folding tells capitals, not width. What
//! a form shows and what is read from it have to agree, so neither is told.

use crate::model::fold;

/// A name as it is compared.
#[must_use]
pub fn comparable(name: &str) -> String {
    fold(name).to_lowercase()
}

/// Whether something written is meant for a name.
#[must_use]
pub fn is_called(name: &str, written: &str) -> bool {
    comparable(name) == comparable(written)
}

/// The comparisons of a spreadsheet, of which one holds where `value` is this name.
pub(super) fn formulas(value: &str, name: &str) -> Vec<String> {
    let name = name.trim();
    let mut ways = vec![name.to_owned()];
    for way in [narrow(name), wide(name)] {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let quoted = ways.iter().map(|way| way.replace('"', "\"\""));
    quoted.map(|way| format!("{value}=\"{way}\"")).collect()
}

/// The same in one comparison.
pub(super) fn formula(value: &str, name: &str) -> String {
    let mut ways = formulas(value, name);
    if ways.len() == 1 {
        ways.remove(0)
    } else {
        format!("OR({})", ways.join(","))
    }
}

/// How far full-width forms lie from the characters they are forms of.
const WIDTH: u32 = '！' as u32 - '!' as u32;

/// With letters and digits full-width; marks have other meanings then.
fn wide(name: &str) -> String {
    let wide = |one: char| {
        let wide = char::from_u32(u32::from(one) + WIDTH);
        wide.filter(|_| one.is_ascii_alphanumeric()).unwrap_or(one)
    };
    name.chars().map(wide).collect()
}

fn narrow(name: &str) -> String {
    let narrow = |one: char| {
        let narrow = u32::from(one).checked_sub(WIDTH).and_then(char::from_u32);
        let narrow = narrow.filter(char::is_ascii_alphanumeric);
        narrow.unwrap_or(one)
    };
    name.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::{formula, is_called};

    #[test]
    fn letters_are_alike_however_wide_and_however_large() {
        for written in ["A类", "a类", "Ａ类", " ａ 类 "] {
            assert!(is_called("A类", written), "{written}");
        }
        assert!(!is_called("A", "B"));
        assert_eq!(formula("I6", "优"), "I6=\"优\"");
        assert_eq!(formula("I6", "A"), "OR(I6=\"A\",I6=\"Ａ\")");
        assert_eq!(formula("I6", "Ｂ+"), "OR(I6=\"Ｂ+\",I6=\"B+\")");
    }
}
