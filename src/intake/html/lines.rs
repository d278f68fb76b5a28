//! Text as a browser lays it out: white space is one blank, and elements end lines.
//!
//! Knows nothing of tables.

/// Text being put together.
#[derive(Default)]
pub(super) struct Lines {
    shown: String,
    /// A blank before the next letter.
    blank: bool,
    /// So many line ends before the next letter.
    ends: usize,
}

impl Lines {
    pub(super) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.blank = true,
                // One that is not to be taken together with others: people put it into empty cells.
                '\u{a0}' => self.push(' '),
                // A byte order mark that got inside.
                '\u{feff}' => {}
                _ => self.push(character),
            }
        }
    }

    /// A blank between what would otherwise be read as one word.
    pub(super) fn blank(&mut self) {
        self.blank = true;
    }

    /// `<br>`: the line ends here.
    pub(super) fn line_end(&mut self) {
        self.ends += 1;
    }

    /// What begins or ends here has a line of its own.
    pub(super) fn own_line(&mut self) {
        self.ends = self.ends.max(1);
    }

    /// The text so far, from which on a new one begins; empty when it is nothing but blanks.
    pub(super) fn take(&mut self) -> String {
        let text = std::mem::take(self).shown;
        if text.trim().is_empty() {
            String::new()
        } else {
            text
        }
    }

    fn push(&mut self, character: char) {
        if !self.shown.is_empty() {
            if self.ends > 0 {
                self.shown.extend(std::iter::repeat_n('\n', self.ends));
            } else if self.blank {
                self.shown.push(' ');
            }
        }
        self.ends = 0;
        self.blank = false;
        self.shown.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn white_space_is_one_blank_and_none_at_the_ends_of_lines() {
        let mut lines = Lines::default();
        lines.text("\u{feff}\n  a\r\n\tb ");
        lines.line_end();
        lines.text(" c");
        lines.line_end();
        lines.own_line();
        lines.text("d\u{a0} \u{a0}e");
        lines.own_line();
        lines.line_end();
        lines.text("f");
        lines.blank();
        lines.text("g \n");
        lines.line_end();
        assert_eq!(lines.take(), "a b\nc\nd   e\n\nf g");
        lines.text("\u{a0} \u{3000}");
        assert_eq!(lines.take(), "");
    }
}
