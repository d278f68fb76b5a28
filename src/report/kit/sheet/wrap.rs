//! Into how many lines a text is broken, as office programs do it: a height that is too small hides words.

use unicode_width::UnicodeWidthStr;

const QUOTE_OPENS: char = '\u{201c}';
const QUOTE_CLOSES: char = '\u{201d}';

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
        .map(|line| match wide(line) {
            wide if wide <= whole => 1,
            wide => wide.div_ceil(broken).max(filled(line, broken)),
        })
        .sum();
    u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
}

/// What a text is never wider than, without asking for each of its characters: nothing is wider than it has bytes.
fn at_most(text: &str) -> usize {
    text.chars()
        .map(|character| plain(character).unwrap_or(3))
        .sum()
}

/// Half-width characters of a text. Tables of widths are asked only for what is not plain: a text is measured for each
/// cell of every workbook.
fn wide(text: &str) -> usize {
    let mut characters = text.chars();
    let plain = characters.try_fold(0, |sum, character| Some(sum + plain(character)?));
    plain.unwrap_or_else(|| text.width_cjk())
}

/// The width of a character that is as wide wherever it stands: what is written in nearly every text.
const fn plain(character: char) -> Option<usize> {
    match character {
        ' '..='~' => Some(1),
        // Chinese characters and their marks.
        '\u{3000}'..='\u{3029}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}'
        | QUOTE_OPENS
        | QUOTE_CLOSES
        | '‘'
        | '’'
        | '—'
        | '…' => Some(2),
        _ => None,
    }
}

/// The lines that come about when each is filled until the next piece does not fit.
fn filled(line: &str, columns: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for piece in pieces(line) {
        let wide = wide(piece);
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
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices();
        let (_, mut before) = characters.next()?;
        let end = characters.find_map(|(at, character)| {
            let is_end = breaks(before, character);
            before = character;
            is_end.then_some(at)
        });
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(piece)
    })
}

/// Whether a line may be broken between two characters.
const fn breaks(before: char, after: char) -> bool {
    !(is_opening(before)
        || is_closing(after)
        || in_word(before) && in_word(after)
        || after.is_whitespace())
}

/// Never at the beginning of a line.
const fn is_closing(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | QUOTE_CLOSES
            | '’'
            | '…'
            | '—'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
            | '％'
    )
}

/// Never at the end of one.
const fn is_opening(character: char) -> bool {
    matches!(
        character,
        '（' | '《' | '「' | '『' | '【' | '〔' | QUOTE_OPENS | '‘' | '(' | '[' | '{'
    )
}

/// Part of a word or a number.
const fn in_word(character: char) -> bool {
    matches!(character, '!'..='~')
}

#[cfg(test)]
mod tests {
    use super::{at_most, lines, pieces, plain, wide};

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
    fn what_is_plain_is_as_wide_as_the_tables_say() {
        use unicode_width::UnicodeWidthStr;
        let all: Vec<char> = ('\0'..=char::MAX)
            .filter(|one| plain(*one).is_some())
            .collect();
        for character in &all {
            assert_eq!(
                plain(*character),
                Some(character.to_string().width_cjk()),
                "{character:?}"
            );
        }
        // Nor does any of them change its neighbour.
        for step in [1, 97, 4999] {
            let text: String = (0..all.len())
                .map(|at| all[at * step % all.len()])
                .collect();
            assert_eq!(wide(&text), text.width_cjk());
        }
        for text in ["", "第1组\u{20e3}", "<\u{338}=", "か\u{3099}", "“甲”—乙…"] {
            assert_eq!(wide(text), text.width_cjk(), "{text:?}");
        }
    }

    #[test]
    fn marks_and_numbers_are_not_torn() {
        assert_eq!(
            pieces("（至2020年1月）").collect::<Vec<_>>(),
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
