//! JSON that people also look at in a terminal: indented, and whatever commands a terminal is escaped.

use std::io::{self, Write};

use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::model::unseen::unseen;

/// Writes values to `to` as they come.
pub(super) fn serializer<W: Write>(to: W) -> Serializer<W, Plain> {
    Serializer::with_formatter(to, Plain::default())
}

/// As JSON is usually indented, with what is unseen in texts as its number.
#[derive(Default)]
pub(super) struct Plain {
    /// Lists and objects that are open.
    depth: usize,
    /// Whether there is anything in the one that is closed next.
    is_filled: bool,
}

impl Plain {
    /// A new line, at whose beginning what is at this depth stands; before it what `ends` the one before.
    fn line<W: ?Sized + Write>(&self, to: &mut W, ends: Ends) -> io::Result<()> {
        /// Each level stands so many blanks further to the right.
        const STEP: usize = 2;
        /// As deep as most files go: in one piece.
        const LINE: &[u8] = b",\n                        ";
        let line = match ends {
            Ends::Entry => LINE,
            Ends::Nothing => &LINE[1..],
        };
        let most = LINE.len() - b",\n".len();
        let blanks = STEP * self.depth;
        to.write_all(&line[..line.len() - most.saturating_sub(blanks)])?;
        for _ in most..blanks {
            to.write_all(b" ")?;
        }
        Ok(())
    }

    fn open<W: ?Sized + Write>(&mut self, to: &mut W, with: u8) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        to.write_all(&[with])
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, with: u8) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.is_filled {
            self.line(to, Ends::Nothing)?;
        }
        to.write_all(&[with])
    }

    fn entry<W: ?Sized + Write>(&self, to: &mut W, first: bool) -> io::Result<()> {
        self.line(to, if first { Ends::Nothing } else { Ends::Entry })
    }
}

/// What ends with a line.
#[derive(Clone, Copy)]
enum Ends {
    /// An entry behind which another comes.
    Entry,
    Nothing,
}

impl Formatter for Plain {
    /// A piece of a text that JSON itself would leave as it is.
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        piece: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, character) in unseen(piece) {
            to.write_all(&piece.as_bytes()[from..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(to, "\\u{unit:04x}")?;
            }
            from = at + character.len_utf8();
        }
        to.write_all(&piece.as_bytes()[from..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b'[')
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b']')
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.entry(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b'{')
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b'}')
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.entry(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    #[test]
    fn what_commands_a_terminal_is_escaped_and_nothing_else() {
        let text = "第1组\u{1b}[1m \u{202e}\u{e0041}\n“甲”\"\u{7f}👩";
        let mut to = Vec::new();
        let value = std::collections::BTreeMap::from([(text, vec![text]), ("空", Vec::new())]);
        value
            .serialize(&mut super::serializer(&mut to))
            .expect("written");
        let written = String::from_utf8(to).expect("text");
        let said = r#""第1组\u001b[1m \u202e\udb40\udc41\n“甲”\"\u007f👩""#;
        let said = format!("{{\n  \"空\": [],\n  {said}: [\n    {said}\n  ]\n}}");
        assert_eq!(written, said);
        let read: std::collections::BTreeMap<String, Vec<String>> =
            serde_json::from_str(&written).expect("json");
        assert_eq!(read[text], [text]);
    }

    #[test]
    fn it_is_indented_as_json_usually_is() {
        let mut value =
            serde_json::json!([[], {}, [{}, 1], {"甲": [], "乙": {"丙": [null, "丁"]}}]);
        for _ in 0..20 {
            value = serde_json::json!({"里": [value, 1, {}]});
            let mut to = Vec::new();
            let mut serializer = super::serializer(&mut to);
            value.serialize(&mut serializer).expect("written");
            let usual = serde_json::to_string_pretty(&value).expect("written");
            assert_eq!(String::from_utf8(to).expect("text"), usual);
        }
    }
}
