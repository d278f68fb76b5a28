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

/// Whether nobody sees the character in a word: what commands, and what joins or varies its neighbours.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    is_unseen(character) || matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::is_unseen;

    #[test]
    fn what_is_written_is_seen() {
        let written = "第1组-张三（Zhang）　\u{20000}é ﾊﾝｶｸ 👩\u{200d}🔬 ①％∑";
        assert!(!written.chars().any(is_unseen));
        let commands =
            "\u{0}\u{1b}\u{7f}\u{9b}\n\t\u{202e}\u{2066}\u{feff}\u{fffe}\u{10ffff}\u{e0041}";
        assert!(commands.chars().all(is_unseen));
    }
}
