//! Into how many lines a text is broken, as office programs do it: a height that is too small hides words.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::kit::style;

/// Never at the beginning of a line.
const CLOSING: &str = "，。、；：？！）》」』】〕”’…—,.;:?!)]}%％";
/// Never at the end of one.
const OPENING: &str = "（《「『【〔“‘([{";

/// Half-width characters of a text in one line.
#[must_use]
pub fn width(text: &str) -> u32 {
    u32::try_from(text.width_cjk()).unwrap_or(u32::MAX)
}

/// How many lines a text takes in a column of `columns` half-width characters.
pub(super) fn lines(text: &str, columns: u32) -> u32 {
    let whole = usize::try_from(columns).unwrap_or(1).max(1);
    // Nearly every text.
    if (text.len() <= whole || at_most(text) <= whole) && !text.contains('\n') {
        return 1;
    }
    // A line that is broken is seldom full, and fonts that take the place of missing ones are a little wider. The
    // few words of a narrow column are chosen to fit it.
    let broken = match whole / 2 * 2 {
        narrow @ ..14 => narrow.max(2),
        wide => wide - 2,
    };
    let lines: usize = text
        .lines()
        .map(|line| match style::wrapped_lines(line, whole) {
            1 => 1,
            _ => style::wrapped_lines(line, broken).max(filled(line, broken)),
        })
        .sum();
    u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
}

/// What a text is never wider than, without asking for each of its characters: nothing is wider than it has bytes.
fn at_most(text: &str) -> usize {
    let wide = |character| match character {
        '\0'..='\u{7f}' => 1,
        // Chinese characters and their marks.
        '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' => 2,
        _ => 3,
    };
    text.chars().map(wide).sum()
}

/// The lines that come about when each is filled until the next piece does not fit.
fn filled(line: &str, columns: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for piece in pieces(line) {
        let wide = piece.width_cjk();
        if used > 0 && used + wide > columns {
            lines += 1;
            used = 0;
        }
        used += wide;
        // What is longer than a line is broken anywhere.
        while used > columns {
            lines += 1;
            used -= columns;
        }
    }
    lines
}

/// What is never broken: a Chinese character or a word or number, with the marks that belong to it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut before) = (0, None);
    for (at, character) in line.char_indices() {
        if before.is_some_and(|before| breaks(before, character)) {
            pieces.push(&line[from..at]);
            from = at;
        }
        before = Some(character);
    }
    pieces.push(&line[from..]);
    pieces
}

/// Whether a line may be broken between two characters.
fn breaks(before: char, after: char) -> bool {
    let in_word = |character: char| {
        !character.is_whitespace() && character.is_ascii() && character.width() == Some(1)
    };
    !(OPENING.contains(before)
        || CLOSING.contains(after)
        || in_word(before) && in_word(after)
        || after.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{at_most, lines, pieces};

    #[test]
    fn nothing_is_wider_than_it_has_bytes() {
        use unicode_width::UnicodeWidthStr;
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for character in all {
            let text = character.to_string();
            let most = text.len().min(at_most(&text));
            assert!(text.width_cjk() <= most, "{character:?}");
        }
        for text in ["1\u{fe0f}\u{20e3}", "👩\u{200d}🔬", "🇨🇳", "①№"] {
            let most = text.len().min(at_most(text));
            assert!(text.width_cjk() <= most, "{text:?}");
        }
    }

    #[test]
    fn marks_and_numbers_are_not_torn() {
        assert_eq!(
            pieces("（至2020年1月）"),
            ["（至", "2020", "年", "1", "月）"]
        );
    }

    #[test]
    fn a_reason_in_a_narrow_column_has_room_for_all_its_lines() {
        let reason = "不予受理：仍在处罚期内（至2020年1月1日）";
        assert_eq!(lines(reason, 14), 4);
        assert_eq!(lines(reason, 40), 1);
        // Eight characters to a line, and a number that takes one of its own.
        assert_eq!(lines("甲乙20200101丙丁", 8), 3);
    }
}
