//! Text files: which encoding, and csv to a sheet. The only `encoding_rs`.
//!
//! Knows nothing of files and folders; bytes in, text or cells out.

use encoding_rs::{
    BIG5, DecoderResult, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE, WINDOWS_874, WINDOWS_1252,
};
use memchr::memchr;

use super::limits::Tally;
use super::{Defect, Refusal, Sheet, Value};

/// Lines looked at to find the delimiter.
const LOOK_AHEAD: usize = 50;

/// How much of a page may stand before it names its encoding.
const NAMED_WITHIN: usize = 4096;

/// The text behind `bytes`: by its byte order mark, else as UTF-8, else as GB18030 (which contains GBK and
/// GB2312). Nothing when it is none of these without fault, or holds a NUL: no letter is ever replaced.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    // Its mark begins like that of UTF-16.
    if let Some(wide) = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]) {
        return of_four(wide, u32::from_le_bytes);
    }
    match (Encoding::for_bom(bytes), bytes) {
        (Some((encoding, mark)), _) => strictly(&[encoding], &bytes[mark..]),
        (None, _) if let Some(text) = without_a_mark(bytes) => Some(text),
        // XML whose writer forgot the mark.
        (None, [b'<', 0, ..]) => strictly(&[UTF_16LE], bytes),
        (None, [0, b'<', ..]) => strictly(&[UTF_16BE], bytes),
        _ => strictly(&[UTF_8], bytes).or_else(|| {
            let is_cut = is_cut_utf_8(bytes);
            (!is_cut).then(|| strictly(&[GB18030], bytes)).flatten()
        }),
    }
}

/// The same of bytes that nobody else needs: a whole part of a workbook, which nearly always is UTF-8, is not copied.
pub(super) fn decode_whole(bytes: Vec<u8>) -> Option<String> {
    if Encoding::for_bom(&bytes).is_some() || memchr(0, &bytes).is_some() {
        return decode(&bytes);
    }
    String::from_utf8(bytes).map_or_else(|error| decode(error.as_bytes()), Some)
}

/// Whether bytes are UTF-8 up to a fault: what follows may pass for GB18030 all the same, and all letters for others.
fn is_cut_utf_8(bytes: &[u8]) -> bool {
    /// So many letters are in order by chance in no other encoding.
    const LETTERS: usize = 8;
    let Err(error) = std::str::from_utf8(bytes) else {
        return false;
    };
    let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let begin = sound.iter().filter(|byte| **byte >= 0xc0);
    begin.count() >= LETTERS
}

/// The text of bytes that stand in twos or fours without saying so, as some programs write a csv: of the separators and
/// line ends every second byte, or three of four, are nought.
fn without_a_mark(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 4096;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let noughts = |of: usize, at: usize| {
        head.iter()
            .skip(at)
            .step_by(of)
            .filter(|byte| **byte == 0)
            .count()
    };
    let quarter = head.len() / 4;
    if quarter == 0 || head.len() < 8 || !head.contains(&0) {
        return None;
    }
    // Of letters in fours the highest byte is always nought.
    let of_fours = |highest, number| {
        let is_so = noughts(4, highest) == quarter;
        is_so.then(|| of_four(bytes, number)).flatten()
    };
    let little = of_fours(3, u32::from_le_bytes);
    let of_fours = little.or_else(|| of_fours(0, u32::from_be_bytes));
    // A single nought among letters is a fault, no sign of twos; separators are many. Their other byte is a nought in
    // few letters: 一, 开, a wide blank.
    let many = 2.max(quarter / 16);
    let outweighs = |one: usize, other: usize| one >= many && one / 4 >= other;
    of_fours.or_else(|| match (noughts(2, 1), noughts(2, 0)) {
        (behind, before) if outweighs(behind, before) => strictly(&[UTF_16LE], bytes),
        (behind, before) if outweighs(before, behind) => strictly(&[UTF_16BE], bytes),
        _ => None,
    })
}

/// The text of letters of four bytes each.
fn of_four(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Option<String> {
    if !bytes.len().is_multiple_of(4) {
        return None;
    }
    let letters = bytes.chunks_exact(4).map(|four| {
        let four = <[u8; 4]>::try_from(four).ok()?;
        char::from_u32(number(four)).filter(|letter| *letter != '\0')
    });
    let text: String = letters.collect::<Option<_>>()?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The text behind a web page or XML, which may name its encoding. Programs often name a wrong one, so what is
/// UTF-8 is taken for that, and a western encoding, which fits anything, is believed last.
pub(super) fn decode_markup(bytes: &[u8]) -> Option<String> {
    match named_encoding(bytes) {
        Some(named) if named.is_single_byte() => strictly(&[UTF_8, GB18030, named], bytes),
        Some(named) => strictly(&[UTF_8, named, GB18030], bytes),
        None => decode(bytes),
    }
}

/// The text by the first of the encodings that it is in without fault.
fn strictly(encodings: &[&'static Encoding], bytes: &[u8]) -> Option<String> {
    encodings
        .iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
        // Whole parts of workbooks go through here.
        .filter(|text| memchr(0, text.as_bytes()).is_none())
        .map(std::borrow::Cow::into_owned)
}

/// Where bytes that are no text cease to be one, as the line and the byte in it, both counted from one: in the encoding
/// that goes furthest.
pub(super) fn fault(bytes: &[u8]) -> Option<(usize, usize)> {
    let by_utf_8 = std::str::from_utf8(bytes)
        .err()
        .map(|error| error.valid_up_to());
    let at = if is_cut_utf_8(bytes) {
        by_utf_8?
    } else {
        by_utf_8?.max(fault_in_gb18030(bytes)?)
    };
    let before = &bytes[..at];
    let mut lines = before.split(|byte| *byte == b'\n');
    let last = lines.next_back().unwrap_or_default();
    Some((lines.count() + 1, last.len() + 1))
}

/// The first byte that is no letter of GB18030.
fn fault_in_gb18030(bytes: &[u8]) -> Option<usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut room = [0; 4096];
    let mut at = 0;
    loop {
        let (result, read, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut room, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return None,
            DecoderResult::OutputFull => {}
            // What is told is where the letter begins.
            DecoderResult::Malformed(length, further) => {
                return Some(at.saturating_sub(usize::from(length) + usize::from(further)));
            }
        }
    }
}

/// A text in the letters of a code page, by its number in Windows; what is none of them is replaced.
pub(super) fn of_code_page(bytes: &[u8], page: u16) -> String {
    let encoding = match page {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        950 => BIG5,
        10000 => MACINTOSH,
        65001 => UTF_8,
        1250..=1258 => {
            let name = format!("windows-{page}");
            Encoding::for_label(name.as_bytes()).unwrap_or(WINDOWS_1252)
        }
        _ => GB18030,
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The name of a file inside an archive that does not say in which letters it is written: UTF-8, else GB18030. A
/// name is never refused; what cannot be read is replaced.
#[must_use]
pub fn decode_name(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        str::to_owned,
    )
}

/// The encoding that a page names in its head: `charset=big5`, `encoding="big5"`.
fn named_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..NAMED_WITHIN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, name) = ["charset=", "encoding="]
        .iter()
        .find_map(|key| head.split_once(key))?;
    let name = name.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|character: char| {
        !character.is_ascii_alphanumeric() && !matches!(character, '-' | '_' | ':' | '.')
    });
    Encoding::for_label(&name.as_bytes()[..end.unwrap_or(name.len())])
        // It could not have been read here.
        .filter(|encoding| encoding.is_ascii_compatible())
}

/// The text behind `bytes` in the charset that a mail names for them; where that name is unknown or does not
/// fit, as [`decode`] finds it. What is left unreadable then becomes U+FFFD: a name with one hole in it still
/// tells more than none.
#[must_use]
pub fn decode_as(bytes: &[u8], charset: &str) -> String {
    let named = encoding(charset);
    // Programs that know nothing better name a western charset for whatever bytes they have.
    let trusted = named.filter(|named| *named != WINDOWS_1252);
    trusted
        .and_then(|named| named.decode_without_bom_handling_and_without_replacement(bytes))
        .map(std::borrow::Cow::into_owned)
        .or_else(|| decode(bytes))
        .unwrap_or_else(|| named.unwrap_or(UTF_8).decode(bytes).0.into_owned())
}

/// The encoding of this name. What is called GB2312 or GBK is read as GB18030, which contains both: people's
/// names need the letters that the older two lack.
fn encoding(charset: &str) -> Option<&'static Encoding> {
    let charset = charset.trim().to_ascii_lowercase();
    match charset.as_str() {
        "cp936" | "ms936" | "windows-936" | "gb-18030" | "gb_18030" => Some(GB18030),
        "cp950" | "ms950" | "windows-950" => Some(BIG5),
        "cp65001" | "utf_8" => Some(UTF_8),
        _ => match Encoding::for_label(charset.as_bytes())? {
            named if named.name() == "GBK" => Some(GB18030),
            // What the standard will not read on purpose, it would turn into a single U+FFFD.
            named if named.name() == "replacement" => None,
            named => Some(named),
        },
    }
}

/// The cells of a csv, addressed as Excel shows them when it opens the file. All values are texts.
///
/// # Errors
///
/// [`Refusal::OverLimits`] or [`Refusal::Unreadable`] when it is larger than a form or a sheet can be.
pub fn sheet(text: &str) -> Result<Sheet, Refusal> {
    let (named, content) = named_delimiter(text);
    let delimiter = named.unwrap_or_else(|| likely_delimiter(content));
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content.as_bytes());
    let mut sheet = Sheet::new("");
    let mut tally = Tally::default();
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    loop {
        let start = records.position().byte();
        let more = records
            .read_record(&mut record)
            .map_err(|_| Refusal::Unreadable(Defect::NoText))?;
        if !more {
            return Ok(sheet);
        }
        row += blank_lines(content, start);
        for (column, field) in (0..).zip(&record) {
            if !field.is_empty() {
                tally.put(&mut sheet, row, column, Value::Text(field.to_owned()))?;
            }
        }
        row = row.saturating_add(1);
    }
}

/// The delimiter that Excel's own first line `sep=;` names, and the text after that line: Excel obeys it and
/// does not show it.
fn named_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) => (Some(delimiter), rest),
        _ => (None, text),
    }
}

/// The delimiter that divides the most lines into the same number of fields.
fn likely_delimiter(text: &str) -> u8 {
    [b',', b'\t', b';']
        .into_iter()
        // The first of equals counts, so the comma where nothing speaks for another.
        .rev()
        .max_by_key(|delimiter| agreement(text, *delimiter))
        .unwrap_or(b',')
}

/// How many of the first lines have the commonest number (not none) of `delimiter`, and that number.
fn agreement(text: &str, delimiter: u8) -> (usize, usize) {
    let mut counts = Vec::new();
    let mut count = 0;
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                counts.push(count);
                count = 0;
                if counts.len() == LOOK_AHEAD {
                    break;
                }
            }
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
    }
    counts.push(count);
    counts.retain(|count| *count > 0);
    let lines = |count: usize| counts.iter().filter(|other| **other == count).count();
    counts
        .iter()
        .map(|count| (lines(*count), *count))
        .max()
        .unwrap_or_default()
}

/// The blank lines before the record that is read from byte `start` on. The csv crate skips them; a sheet
/// shows them.
fn blank_lines(text: &str, start: u64) -> u32 {
    let bytes = text.as_bytes();
    let start = usize::try_from(start)
        .unwrap_or(usize::MAX)
        .min(bytes.len());
    let (read, rest) = bytes.split_at(start);
    // A record may be read to the CR only; the LF then still belongs to its own line end.
    let rest = match (read.last(), rest) {
        (Some(b'\r'), [b'\n', rest @ ..]) => rest,
        _ => rest,
    };
    let mut lines = 0;
    let mut before = None;
    for byte in rest {
        match byte {
            b'\n' if before == Some(b'\r') => {}
            b'\r' | b'\n' => lines += 1,
            _ => break,
        }
        before = Some(*byte);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_as, decode_markup, fault, sheet};
    use crate::model::CellRef;

    fn shown(text: &str) -> Vec<(String, String)> {
        let sheet = sheet(text).expect("readable");
        sheet
            .cells()
            .map(|(cell, value)| match value {
                super::Value::Text(text) => (cell.to_string(), text.clone()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn cells(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(cell, text): &(&str, &str)| ((*cell).to_owned(), (*text).to_owned());
        cells.iter().map(owned).collect()
    }

    #[test]
    fn decodes_what_chinese_programs_write() {
        assert_eq!(decode("学会".as_bytes()).as_deref(), Some("学会"));
        assert_eq!(decode(b"\xef\xbb\xbfa").as_deref(), Some("a"));
        assert_eq!(decode(b"\xd1\xa7\xbb\xe1").as_deref(), Some("学会"));
        assert_eq!(decode(b"\xff\xfe\x66\x5b").as_deref(), Some("学"));
        assert_eq!(decode(b"\xfe\xff\x5b\x66").as_deref(), Some("学"));
        // A character that only the four-byte part of GB18030 has.
        assert_eq!(decode(b"\x82\x35\x87\x38").as_deref(), Some("\u{4db5}"));
        for binary in [
            &b"\x00\x01"[..],
            b"\xff\xff\xff",
            b"a\xff",
            b"\xff\xfe\x00\xd8",
        ] {
            assert_eq!(decode(binary), None, "{binary:?}");
        }
    }

    #[test]
    fn letters_of_two_and_four_bytes_need_no_mark() {
        for text in [
            "单位,分\n中国地质学会,25\n",
            "a,b,c\nd,e,f\n",
            "一,开,\u{3000}\n1,,,,,,2\n",
            "甲,1\n乙,2\n",
        ] {
            let twos = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
            let fours = |bytes: fn(u32) -> [u8; 4], mark: &str| {
                let letters = mark.chars().chain(text.chars());
                letters
                    .flat_map(|letter| bytes(u32::from(letter)))
                    .collect()
            };
            let written: [Vec<u8>; 6] = [
                twos(u16::to_le_bytes),
                twos(u16::to_be_bytes),
                fours(u32::to_le_bytes, ""),
                fours(u32::to_be_bytes, ""),
                fours(u32::to_le_bytes, "\u{feff}"),
                fours(u32::to_be_bytes, "\u{feff}"),
            ];
            for bytes in written {
                assert_eq!(decode(&bytes).as_deref(), Some(text), "{bytes:?}");
            }
        }
        // One letter lost is no sign of another encoding.
        assert_eq!(decode("单位,分\n中国\0地质学会,25\n".as_bytes()), None);
        assert_eq!(decode("单位,分\n中国a\0地质学会,25\n".as_bytes()), None);
    }

    #[test]
    fn a_page_is_in_the_encoding_it_names_where_it_can_be() {
        let page = |head: &str, bytes: &[u8]| {
            let bytes = [head.as_bytes(), bytes].concat();
            let text = decode_markup(&bytes).expect("a text");
            text[head.len()..].to_owned()
        };
        // 學會 in Big5 would pass for other letters in GB18030.
        let big5 = b"\xbe\xc7\xb7|";
        for head in [
            "<meta charset=big5>",
            "<META http-equiv=Content-Type content=\"text/html; charset=Big5\">",
            "<?xml version='1.0' encoding='big5'?>",
        ] {
            assert_eq!(page(head, big5), "學會", "{head}");
        }
        let gbk = b"\xd1\xa7\xbb\xe1";
        for head in [
            "<meta charset=gb2312>",
            "<meta charset=utf-8>",
            "<meta charset=iso-8859-1>",
            "<meta charset=utf-16>",
            "<meta charset=none>",
            "<meta charset=",
            "<p>",
        ] {
            assert_eq!(page(head, gbk), "学会", "{head}");
            assert_eq!(page(head, "学会".as_bytes()), "学会", "{head}");
        }
        assert_eq!(page("<meta charset=iso-8859-1>", b"caf\xe9 "), "café ");
        assert_eq!(decode(b"<\x00\x66\x5b").as_deref(), Some("<学"));
        assert_eq!(decode(b"\x00<\x5b\x66").as_deref(), Some("<学"));
    }

    #[test]
    fn decodes_by_the_charset_that_is_named_and_by_sight_where_that_is_wrong() {
        for (bytes, charset, text) in [
            (&b"\xd1\xa7\xbb\xe1"[..], "gb2312", "学会"),
            (b"\xd1\xa7\xbb\xe1", " GBK ", "学会"),
            (b"\xd1\xa7\xbb\xe1", "cp936", "学会"),
            (b"\x82\x35\x87\x38", "gb2312", "\u{4db5}"),
            (b"\xbe\xc7\xb7|", "big5", "學會"),
            ("学会".as_bytes(), "utf-8", "学会"),
            // A wrong name, no name, an unknown one.
            (b"\xd1\xa7\xbb\xe1", "utf-8", "学会"),
            (b"\xd1\xa7\xbb\xe1", "iso-8859-1", "学会"),
            ("学会".as_bytes(), "us-ascii", "学会"),
            (b"\xd1\xa7\xbb\xe1", "", "学会"),
            ("学会".as_bytes(), "x-unknown", "学会"),
            (b"caf\xe9", "iso-8859-1", "café"),
            (b"a\xff", "gbk", "a\u{fffd}"),
            (b"a\xff", "", "a\u{fffd}"),
        ] {
            assert_eq!(decode_as(bytes, charset), text, "{bytes:?} {charset}");
        }
    }

    #[test]
    fn where_a_text_ends_is_told() {
        let gbk = b"\xd1\xa7\xbb\xe1,25\n\xd1\xa7\xff\xff,30\n";
        assert_eq!(fault(gbk), Some((2, 3)));
        let cut = "学会名称,评价人,分\n中国地质学会,王".as_bytes();
        let cut = &cut[..cut.len() - 1];
        assert_eq!(decode(cut), None);
        assert_eq!(fault(cut), Some((2, 20)));
        assert_eq!(fault("学会,25\n".as_bytes()), None);
        assert_eq!(fault(b"\xd1\xa7"), None);
    }

    #[test]
    fn addresses_are_those_excel_shows() {
        let expected = cells(&[
            ("A1", "a"),
            ("B1", "b"),
            ("A4", "c"),
            ("A5", "x\ny"),
            ("B6", "d"),
        ]);
        for text in [
            "a,b\n\n\nc\n\"x\ny\"\n,d\n",
            "a,b\r\n\r\n\r\nc\r\n\"x\ny\"\r\n,d",
            "a,b\r\r\rc\r\"x\ny\"\r,d\r",
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(shown("\n\na"), cells(&[("A3", "a")]));
        assert_eq!(shown("\r\na"), cells(&[("A2", "a")]));
    }

    #[test]
    fn the_delimiter_is_found() {
        let expected = cells(&[("A1", "名称"), ("B1", "a,b;c"), ("A2", "x"), ("B2", "y")]);
        for text in [
            "名称,\"a,b;c\"\nx,y\n",
            "名称\ta,b;c\nx\ty\n",
            "名称;\"a,b;c\"\nx;y\n",
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(shown("sep=|\r\na|b"), cells(&[("A1", "a"), ("B1", "b")]));
        assert_eq!(
            shown("只有一列\n甲"),
            cells(&[("A1", "只有一列"), ("A2", "甲")])
        );
    }

    #[test]
    fn quotes_and_blanks_are_kept() {
        assert_eq!(
            shown("\" a \"\"b\"\" \", c"),
            cells(&[("A1", " a \"b\" "), ("B1", " c")])
        );
        assert!(
            sheet("")
                .expect("readable")
                .get(CellRef::new(0, 0))
                .is_none()
        );
    }
}
