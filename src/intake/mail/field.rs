//! One field of a head: its bytes, its value and its parameters.
//!
//! Knows how fields are written, not which there are.

use std::collections::BTreeMap;

use super::super::text;
use super::words;

/// So much of a field is read, in bytes. No name and no subject is longer; whatever is quadratic in the length
/// of a field stays harmless.
const LONGEST: usize = 32 * 1024;
/// So many parameters of a field are read.
const PARAMETERS: usize = 500;

/// Name and value of a line that begins a field.
pub(super) fn named(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().take(80).position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let fits = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    fits.then_some((name, &line[colon + 1..]))
}

/// The bytes of the first field of this name, on one line.
pub(super) fn raw(head: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.find_map(|line| {
        let (of, value) = named(line)?;
        of.eq_ignore_ascii_case(name.as_bytes()).then_some(value)
    })?;
    let mut raw = Vec::new();
    let folded = lines.take_while(|line| line.starts_with(b" ") || line.starts_with(b"\t"));
    for line in std::iter::once(first).chain(folded) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let room = LONGEST.saturating_sub(raw.len());
        raw.extend_from_slice(&line[..line.len().min(room)]);
        if line.len() > room {
            break;
        }
    }
    Some(raw)
}

/// A field such as `attachment; filename="a.xls"`.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// In small letters.
    pub(super) value: String,
    /// Names in small letters, values as they are written, without the quotes around them.
    parameters: Vec<(String, String)>,
}

impl Field {
    pub(super) fn read(raw: &[u8]) -> Self {
        // Decoded first: the second byte of a Chinese letter may look like a backslash.
        let text = text::decode_as(raw, "");
        let mut segments = segments(&text).into_iter();
        let value = segments.next().unwrap_or_default();
        // What stands in parentheses is a remark.
        let value = value.split('(').next().unwrap_or_default().trim();
        Self {
            value: value.trim_matches('"').to_ascii_lowercase(),
            parameters: segments.take(PARAMETERS).filter_map(parameter).collect(),
        }
    }

    /// A parameter as it is written.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        parameters
            .find(|(of, _)| of == name)
            .map(|(_, value)| value.as_str())
    }

    /// What a parameter says for people, in each of the ways in which it is written, the better way first:
    /// `filename*=gb2312''%C6%C0.xls` (RFC 2231, also in pieces), then `filename="=?gb2312?B?xsA=?=.xls"`, which
    /// no standard allows and most programs send.
    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = String> {
        let plain = self.parameter(name).map(|value| {
            let text = words::decode(value);
            percent_of_utf8(&text).unwrap_or(text)
        });
        self.extended(name).into_iter().chain(plain)
    }

    fn extended(&self, name: &str) -> Option<String> {
        // By number; whether it is percent-encoded.
        let mut pieces: BTreeMap<u32, (bool, &str)> = BTreeMap::new();
        for (of, value) in &self.parameters {
            let Some(rest) = of.strip_prefix(name).and_then(|of| of.strip_prefix('*')) else {
                continue;
            };
            let (number, encoded) = match rest.strip_suffix('*') {
                _ if rest.is_empty() => ("0", true),
                Some(number) => (number, true),
                None => (rest, false),
            };
            if let Ok(number) = number.parse() {
                pieces.entry(number).or_insert((encoded, value));
            }
        }
        if pieces.is_empty() {
            return None;
        }
        if pieces.values().all(|(encoded, _)| !encoded) {
            let joined: String = pieces.values().map(|(_, value)| *value).collect();
            return Some(words::decode(&joined));
        }
        let mut charset = "";
        let mut bytes = Vec::new();
        for (at, (encoded, value)) in pieces.values().enumerate() {
            let mut value = *value;
            if at == 0
                && *encoded
                && let Some((named, rest)) = value.split_once('\'')
                && let Some((_, rest)) = rest.split_once('\'')
            {
                (charset, value) = (named, rest);
            }
            if *encoded {
                bytes.extend(percent(value));
            } else {
                bytes.extend_from_slice(value.as_bytes());
            }
        }
        // Joined first: a letter may be split between two pieces.
        let text = text::decode_as(&bytes, charset);
        // Some programs put encoded words into this form too.
        Some(words::decode(&text))
    }
}

/// The field between its semicolons; those in quotes divide nothing.
fn segments(text: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let mut quoted = false;
    let mut escaped = false;
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if !escaped => quoted = !quoted,
            b';' if !quoted => {
                segments.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    segments.push(&text[from..]);
    segments
}

fn parameter(segment: &str) -> Option<(String, String)> {
    let (name, value) = segment.split_once('=')?;
    let value = value.trim();
    let value = match value.strip_prefix('"') {
        // Only what must be: paths of Windows are often written as they are.
        Some(quoted) => {
            let quoted = quoted.strip_suffix('"').unwrap_or(quoted);
            quoted.replace("\\\\", "\\").replace("\\\"", "\"")
        }
        None => value.to_owned(),
    };
    Some((name.trim().to_ascii_lowercase(), value))
}

/// The bytes behind `%C6%C0`; a percent sign that encodes nothing is one.
fn percent(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| {
        byte.and_then(|byte| char::from(*byte).to_digit(16))
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let pair = (*first == b'%')
            .then(|| Some(digit(others.first())? * 16 + digit(others.get(1))?))
            .flatten();
        bytes.push(pair.unwrap_or(*first));
        rest = if pair.is_some() { &others[2..] } else { others };
    }
    bytes
}

/// The text behind a plain parameter that is percent-encoded against all standards. UTF-8 does not come about
/// by chance.
fn percent_of_utf8(text: &str) -> Option<String> {
    let decoded = String::from_utf8(percent(text)).ok()?;
    (text.is_ascii() && !decoded.is_ascii()).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::{Field, LONGEST, raw};

    fn names(field: &[u8]) -> Vec<String> {
        Field::read(field).texts("filename").collect()
    }

    #[test]
    fn a_field_is_found_and_unfolded() {
        let head = b"A: 1\r\nSubject : x\r\n\ty\r\n z\r\nSubject: second\r\nB:\r\n";
        assert_eq!(raw(head, "subject").as_deref(), Some(&b" x\ty z"[..]));
        assert_eq!(raw(head, "B").as_deref(), Some(&b""[..]));
        assert_eq!(raw(head, "C"), None);
        let long = [b"A: ".to_vec(), vec![b'x'; 1_000_000], b"\n y".to_vec()].concat();
        assert_eq!(raw(&long, "A").map(|raw| raw.len()), Some(LONGEST));
    }

    #[test]
    fn parameters_are_read_however_they_are_quoted() {
        let field = Field::read(
            b" Multipart/Mixed (x); Boundary=\"a;b\\\"c\" ; charset = gb2312;\tname=a b.xls",
        );
        assert_eq!(field.value, "multipart/mixed");
        assert_eq!(field.parameter("boundary"), Some("a;b\"c"));
        assert_eq!(field.parameter("charset"), Some("gb2312"));
        assert_eq!(field.parameter("name"), Some("a b.xls"));
        assert_eq!(field.parameter("x"), None);
        for (field, name) in [
            (
                "a; filename=\"关于\"评价\"的通知.xls\"",
                "关于\"评价\"的通知.xls",
            ),
            ("a; filename=\"C:\\表\\a.xls\"", "C:\\表\\a.xls"),
            ("a; filename=\"没有结束.xls", "没有结束.xls"),
            ("a; FileName=''; filename=b", "''"),
        ] {
            assert_eq!(names(field.as_bytes()), [name], "{field}");
        }
        assert!(names(b"").is_empty());
        assert!(names(b";;=;filename").is_empty());
    }

    #[test]
    fn names_are_read_in_every_charset_and_form() {
        let expected = "评价表.xls";
        for field in [
            // RFC 2231, whole and in pieces, with letters split between the pieces, in any order.
            &b"a; filename*=UTF-8''%E8%AF%84%E4%BB%B7%E8%A1%A8.xls"[..],
            b"a; filename*=\"utf-8'zh-cn'%E8%AF%84%E4%BB%B7%E8%A1%A8.xls\"",
            b"a; filename*=gb2312''%C6%C0%BC%DB%B1%ED%2Exls",
            b"a; filename*=gb18030'zh'%c6%c0%bc%db%b1%ed.xls",
            b"a; filename*=GBK''%C6%C0%BC%DB%B1%ED.xls",
            b"a; filename*0*=gbk''%C6%C0%BC; filename*1*=%DB%B1%ED; filename*2=\".xls\"",
            b"a; filename*1*=%84%E4%BB%B7%E8%A1; filename*0*=utf-8''%E8%AF; filename*2*=%A8.xls",
            b"a; filename*=''%C6%C0%BC%DB%B1%ED.xls",
            b"a; filename*=%E8%AF%84%E4%BB%B7%E8%A1%A8.xls",
            // An encoded word in pieces.
            b"a; filename*0=\"=?gb2312?B?xsC8\"; filename*1=\"27Ht?=.xls\"",
            b"a; filename*0=\"\xc6\xc0\xbc\xdb\"; filename*1=\"\xb1\xed.xls\"",
            // Encoded words, bare and in quotes.
            b"a; filename=\"=?gb2312?B?xsC827HtLnhscw==?=\"",
            b"a; filename==?GBK?B?xsC827HtLnhscw==?=",
            b"a; filename=\"=?gb18030?Q?=C6=C0=BC=DB=B1=ED.xls?=\"",
            b"a; filename=\"=?utf-8?b?6K+E5Lu36KGoLnhscw==?=\"",
            b"a; filename=\"=?utf-8?B?6K+E5Lu3?=\t =?utf-8?B?6KGoLnhscw==?=\"",
            b"a; filename=\"=?utf-8?B?6K+E5A==?= =?utf-8?B?u7fooag=?=.xls\"",
            // Plain bytes.
            b"a; filename=\"\xc6\xc0\xbc\xdb\xb1\xed.xls\"",
            b"a; filename=\xc6\xc0\xbc\xdb\xb1\xed.xls",
            "a; filename=\"评价表.xls\"".as_bytes(),
            // Percent-encoded without saying so.
            b"a; filename=\"%E8%AF%84%E4%BB%B7%E8%A1%A8.xls\"",
        ] {
            let shown = String::from_utf8_lossy(field);
            assert_eq!(names(field), [expected], "{shown}");
        }
        for field in [
            &b"a; filename*=big5''%B5%FB%BB%F9%AA%ED.xls"[..],
            b"a; filename=\"=?big5?B?tfu7+artLnhscw==?=\"",
            b"a; filename=\"=?Big5?Q?=B5=FB=BB=F9=AA=ED.xls?=\"",
        ] {
            assert_eq!(names(field), ["評價表.xls"]);
        }
        // The second byte of this letter is a backslash.
        assert_eq!(names(b"a; filename=\"\x81\x5c\xb1\xed.xls\""), ["乗表.xls"]);
        // Nothing that was not percent-encoded is decoded.
        assert_eq!(names(b"a; filename=\"100%.xls\""), ["100%.xls"]);
        assert_eq!(names(b"a; filename=\"50%25.xls\""), ["50%25.xls"]);
        assert_eq!(names(b"a; filename*=utf-8''100%.xls"), ["100%.xls"]);
        // Both forms: the better first.
        assert_eq!(
            names(b"a; filename=\"x.xls\"; filename*=utf-8''%E8%A1%A8.xls"),
            ["表.xls", "x.xls"]
        );
    }
}
