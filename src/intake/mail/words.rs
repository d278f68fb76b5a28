//! Encoded words (`=?gb2312?B?xsA=?=`), and what of a text may be shown.
//!
//! Knows nothing of fields.

use std::fmt::Write;

use mail_parser::decoders::base64::base64_decode;

use super::super::text;
use crate::model::unseen::is_unseen;

/// The longest name that is given, in letters.
const LONGEST: usize = 200;

/// A text as it is written.
enum Piece<'a> {
    Plain(&'a str),
    /// Encoded words side by side, decoded.
    Word(String),
}

/// The text behind a field's bytes.
pub(super) fn decode_raw(raw: &[u8]) -> String {
    decode(&text::decode_as(raw, ""))
}

/// The text with its encoded words decoded, wherever they stand.
pub(super) fn decode(text: &str) -> String {
    let pieces = pieces(text).into_iter();
    pieces
        .map(|piece| match piece {
            Piece::Plain(plain) => plain.to_owned(),
            Piece::Word(word) => word,
        })
        .collect()
}

/// The same text, its encoded words made whole and in UTF-8, so that any program may decode them.
pub(super) fn recode(text: &str) -> String {
    let mut recoded = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) => recoded.push_str(plain),
            Piece::Word(word) => {
                recoded.push_str("=?utf-8?Q?");
                for byte in word.bytes() {
                    // Writing to a String does not fail.
                    let _ = write!(recoded, "={byte:02X}");
                }
                recoded.push_str("?=");
            }
        }
    }
    recoded
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open: Option<(&str, Vec<u8>)> = None;
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find("=?").map(|at| at + from) {
        let Some(word) = Word::read(&rest[at..]) else {
            from = at + 2;
            continue;
        };
        let plain = &rest[..at];
        rest = &rest[at + word.length..];
        from = 0;
        match &mut open {
            // White space between two words is none of the text; bytes of one charset are joined before they
            // are decoded, because programs cut letters in two.
            Some((charset, bytes)) if plain.trim().is_empty() => {
                if !charset.eq_ignore_ascii_case(word.charset) {
                    pieces.push(Piece::Word(text::decode_as(bytes, charset)));
                    *charset = word.charset;
                    bytes.clear();
                }
                bytes.extend(word.bytes);
            }
            _ => {
                close(&mut pieces, open.take());
                pieces.push(Piece::Plain(plain));
                open = Some((word.charset, word.bytes));
            }
        }
    }
    close(&mut pieces, open);
    pieces.push(Piece::Plain(rest));
    pieces
}

fn close(pieces: &mut Vec<Piece<'_>>, open: Option<(&str, Vec<u8>)>) {
    if let Some((charset, bytes)) = open {
        pieces.push(Piece::Word(text::decode_as(&bytes, charset)));
    }
}

/// One encoded word.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    length: usize,
}

impl<'a> Word<'a> {
    /// The word at the start of `text`. It ends at the next question mark and is never looked for beyond.
    fn read(text: &'a str) -> Option<Self> {
        let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
        let (encoding, rest) = rest.split_once('?')?;
        let (data, rest) = rest.split_once('?')?;
        let rest = rest.strip_prefix('=')?;
        let bytes = match encoding {
            "B" | "b" => base64_decode(data.as_bytes())?,
            "Q" | "q" => quoted(data),
            _ => return None,
        };
        Some(Self {
            // A language may follow: `gb2312*zh`.
            charset: charset.split('*').next().unwrap_or_default(),
            bytes,
            length: text.len() - rest.len(),
        })
    }
}

/// The bytes behind `=C6=C0_x`. An equals sign that encodes nothing is one.
fn quoted(written: &str) -> Vec<u8> {
    let written = written.as_bytes();
    let mut bytes = Vec::with_capacity(written.len());
    let mut at = 0;
    while let Some(byte) = written.get(at) {
        let pair = written.get(at + 1..at + 3).filter(|_| *byte == b'=');
        let pair = pair
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        at += if pair.is_some() { 3 } else { 1 };
        bytes.push(pair.unwrap_or(if *byte == b'_' { b' ' } else { *byte }));
    }
    bytes
}

/// The text on one line, without what could disturb a screen or show another text than there is.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        match character {
            _ if character.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ if is_unseen(character) => {}
            _ => line.push(character),
        }
    }
    line.trim().to_owned()
}

/// The name of a file, out of whatever was written as one: without folders, not endless.
pub(super) fn file_name(text: &str) -> Option<String> {
    let line = one_line(text);
    let name = line.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if name.trim_matches('.').is_empty() {
        return None;
    }
    let length = name.chars().count();
    if length <= LONGEST {
        return Some(name.to_owned());
    }
    // The ending says what to make of the file.
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending: String = ending.chars().take(10).collect();
    let start: String = name.chars().take(LONGEST - 12).collect();
    Some(format!("{start}….{ending}"))
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_raw, file_name, one_line, recode};

    #[test]
    fn words_are_decoded_in_every_charset() {
        for (text, expected) in [
            ("=?gb2312?B?xsC827Ht?=", "评价表"),
            ("=?GBK?Q?=C6=C0=BC=DB=b1=ed?=", "评价表"),
            ("=?gb18030?B?xsC827Ht?=", "评价表"),
            ("=?utf-8?Q?=E8=AF=84=E4=BB=B7=E8=A1=A8?=", "评价表"),
            ("=?UTF8?b?6K+E5Lu36KGo?=", "评价表"),
            ("=?big5?B?tfu7+art?=", "評價表"),
            ("=?gb2312*zh?B?xsC827Ht?=", "评价表"),
            ("=?iso-8859-1?B?xsC827Ht?=", "评价表"),
            // Letters that GB2312 lacks, under its name.
            ("=?gb2312?B?6UY=?=", "镕"),
            ("=?gb2312?B?gjWHOA==?=", "\u{4db5}"),
            // White space between words goes, other stays.
            (
                "a =?gb2312?B?xsA=?= b =?gb2312?B?vNs=?=\t =?utf-8?B?6KGo?=c",
                "a 评 b 价表c",
            ),
            ("=?gb2312?B?xsA=?==?GB2312?B?vNs=?=", "评价"),
            ("=?utf-8?Q?a_b=5Fc=?=", "a b_c="),
            // Letters cut in two, within and between encodings.
            (
                "=?gb2312?B?xg==?= =?gb2312?B?wLw=?= =?GB2312?Q?=DB=B1=ED?=",
                "评价表",
            ),
            ("=?utf-8?B?6K8=?=  =?utf-8?B?hOS7?= =?utf-8?Q?=B7?=", "评价"),
            ("=?big5?B?tfu7?= =?big5?B?+art?=", "評價表"),
            // Lost padding, white space inside.
            ("=?utf-8?B?6K+E5Lu3YQ?=", "评价a"),
            ("=?gb2312?B?xsC8 27Ht?=", "评价表"),
            // No words.
            ("=?gb2312?B?xsC827Ht", "=?gb2312?B?xsC827Ht"),
            ("=?gb2312?X?xsC8?=", "=?gb2312?X?xsC8?="),
            ("=?gb2312?B?x*C8?=", "=?gb2312?B?x*C8?="),
            ("=??=?=", "=??=?="),
            ("=?", "=?"),
            ("评价", "评价"),
            ("", ""),
        ] {
            assert_eq!(decode(text), expected, "{text}");
            assert_eq!(decode(&recode(text)), expected, "{text}");
        }
        assert_eq!(decode_raw(b"\xc6\xc0\xbc\xdb =?utf-8?B?6KGo?="), "评价 表");
        assert_eq!(decode_raw("评价表".as_bytes()), "评价表");
    }

    #[test]
    fn nothing_takes_long() {
        for text in ["=?", "=?a?B?", "=?a?B? ", "=?a?Q?=?", "=?a?B?YQ==?= "] {
            let long = text.repeat(40_000);
            let began = std::time::Instant::now();
            assert!(decode(&long).len() <= long.len(), "{text}");
            // Looking through the rest for each of them would take minutes.
            assert!(began.elapsed().as_secs() < 5, "{text}");
        }
    }

    #[test]
    fn what_is_shown_is_safe() {
        assert_eq!(
            one_line(" a\r\n\tb\u{202e}c\u{0}\u{1b}[1m\u{feff}\u{3000}d "),
            "a bc[1m d"
        );
        for (text, name) in [
            ("评价表.xls", Some("评价表.xls")),
            ("C:\\表\\a.xls", Some("a.xls")),
            ("../../a.xls", Some("a.xls")),
            ("a\u{202e}slx.exe", Some("aslx.exe")),
            ("..", None),
            ("a/", None),
            (" \n", None),
        ] {
            assert_eq!(file_name(text).as_deref(), name, "{text:?}");
        }
        let long = file_name(&format!("{}.xlsx", "长".repeat(1_000))).expect("a name");
        assert!(long.chars().count() <= super::LONGEST && long.ends_with("….xlsx"));
    }
}
