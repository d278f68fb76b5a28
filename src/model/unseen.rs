//! Characters that nobody sees but that change what is seen.

/// Whether a character commands instead of showing something: control characters (a terminal obeys them), those
/// that turn the direction of writing, hidden tags, separators of lines, and what is no character at all. A line
/// break and a tab are among them: who wants to keep them says so.
#[must_use]
pub fn is_unseen(character: char) -> bool {
    /// The last two of every plane are no characters.
    const NONE: u32 = 0xFFFE;
    character.is_control()
        || u32::from(character) & NONE == NONE
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The unseen characters of a text and where they stand. Nearly every text has none, which its bytes tell before they are
/// put together to characters: there are hundreds of thousands of them.
pub fn unseen(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let mut rest = text.as_bytes().get(from..)?.iter();
            from += rest.position(|byte| MAY_BEGIN[usize::from(*byte)])?;
            let at = from;
            let character = text.get(at..)?.chars().next()?;
            from += character.len_utf8();
            if is_unseen(character) {
                return Some((at, character));
            }
        }
    })
}

/// By byte: whether a character that is unseen may begin with it. None that goes on in a character is among them.
const MAY_BEGIN: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < may.len() {
        may[byte] = matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf0..=0xf4);
        byte += 1;
    }
    may
};

/// Whether nobody sees the character in a word: what commands, and what joins or varies its neighbours.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    is_unseen(character) || matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::{MAY_BEGIN, is_unseen, unseen};

    #[test]
    fn every_unseen_character_is_found() {
        let all: String = ('\0'..=char::MAX).collect();
        let one_by_one = all.char_indices().filter(|(_, one)| is_unseen(*one));
        assert!(unseen(&all).eq(one_by_one));
        assert!(!(0x80..0xc0).any(|byte: usize| MAY_BEGIN[byte]));
        assert_eq!(unseen("“甲”（乙）").count(), 0);
        assert_eq!(unseen("").count(), 0);
        assert!(unseen("甲\n\u{200b}").eq([(3, '\n'), (4, '\u{200b}')]));
    }

    #[test]
    fn what_is_written_is_seen() {
        let written = "第1组-张三（Zhang）　\u{20000}é ﾊﾝｶｸ 👩\u{200d}🔬 ①％∑";
        assert!(!written.chars().any(is_unseen));
        let commands =
            "\u{0}\u{1b}\u{7f}\u{9b}\n\t\u{202e}\u{2066}\u{feff}\u{fffe}\u{10ffff}\u{e0041}";
        assert!(commands.chars().all(is_unseen));
    }
}
