//! JSON that people also look at in a terminal: indented, and whatever commands a terminal is escaped.

use std::io::{self, Write};

use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use crate::model::unseen::unseen;

/// Writes values to `to` as they come.
pub(super) fn serializer<W: Write>(to: W) -> Serializer<W, Plain> {
    Serializer::with_formatter(to, Plain(PrettyFormatter::new()))
}

/// As JSON is usually indented, with what is unseen in texts as its number.
pub(super) struct Plain(PrettyFormatter<'static>);

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
        self.0.begin_array(to)
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array(to)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_array_value(to)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object(to)
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object(to)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.begin_object_value(to)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.0.end_object_value(to)
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
}
