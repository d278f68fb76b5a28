//! Enough of every container to build a trap in it: zips, workbooks, compound files, records.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file that wants to do harm, by the name it is sent under.
pub struct Trap {
    pub name: String,
    pub bytes: Vec<u8>,
}

pub fn trap(name: &str, bytes: impl Into<Vec<u8>>) -> Trap {
    Trap {
        name: name.to_owned(),
        bytes: bytes.into(),
    }
}

/// What is large by itself and not by what it states. A reader built for tests is slow.
pub const LARGE: usize = if cfg!(debug_assertions) {
    1 << 18
} else {
    30 << 20
};

/// As many copies of `what` as make `LARGE`.
pub fn large(what: &str) -> String {
    what.repeat(LARGE / what.len())
}

pub fn zip<N: AsRef<str>, C: AsRef<[u8]>>(parts: &[(N, C)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // Packing is slow where nothing is optimised.
        let is_slow = cfg!(debug_assertions) && content.as_ref().len() > 1 << 16;
        let options = SimpleFileOptions::default();
        let options = if is_slow {
            options.compression_method(CompressionMethod::Stored)
        } else {
            options.compression_level(Some(1))
        };
        zip.start_file(name.as_ref(), options).expect("started");
        zip.write_all(content.as_ref()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// Where the lines of a zip's list and the heads of its parts begin.
pub fn records(zip: &[u8], magic: &[u8]) -> Vec<usize> {
    let windows = zip.windows(magic.len()).enumerate();
    windows
        .filter(|(_, window)| *window == magic)
        .map(|(at, _)| at)
        .collect()
}

/// The zip, each part of which says it is of this size unpacked.
pub fn stating_size(mut zip: Vec<u8>, size: u32) -> Vec<u8> {
    for at in records(&zip, b"PK\x03\x04") {
        zip[at + 22..at + 26].copy_from_slice(&size.to_le_bytes());
    }
    for at in records(&zip, b"PK\x01\x02") {
        zip[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    }
    zip
}

/// The zip with `from` in its bytes replaced by `to`, which is as long.
pub fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let found = records(&bytes, from);
    assert!(!found.is_empty());
    for at in found {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

pub fn relations(relations: &str) -> String {
    format!("<Relationships>{relations}</Relationships>")
}

/// The parts of an .xlsx with one sheet; each of `others` stands instead of the one of its name, or beside them.
pub fn xlsx_parts(others: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let usual = [
        (
            "[Content_Types].xml",
            "<Types>spreadsheetml.sheet.main</Types>".to_owned(),
        ),
        (
            "_rels/.rels",
            relations(&relation("r", "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&format!(
                "{}{}",
                relation("r1", "worksheet", "worksheets/sheet1.xml"),
                relation("r2", "sharedStrings", "sharedStrings.xml")
            )),
        ),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#
                .to_owned(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#),
        ),
    ];
    let mut parts: Vec<(String, Vec<u8>)> = usual
        .into_iter()
        .map(|(name, content)| (name.to_owned(), content.into_bytes()))
        .collect();
    for (name, content) in others {
        let content = content.as_bytes().to_vec();
        match parts.iter_mut().find(|(of, _)| of == name) {
            Some(part) => part.1 = content,
            None => parts.push(((*name).to_owned(), content)),
        }
    }
    parts
}

pub fn xlsx(others: &[(&str, &str)]) -> Vec<u8> {
    zip(&xlsx_parts(others))
}

/// An .xlsx whose one sheet has these rows.
pub fn rows(rows: &str) -> Vec<u8> {
    xlsx(&[("xl/worksheets/sheet1.xml", &sheet(rows))])
}

pub fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// Records of an .xls, each a kind, a length and data.
pub fn biff(records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, data) in records {
        stream.extend(kind.to_le_bytes());
        stream.extend(u16::try_from(data.len()).expect("short").to_le_bytes());
        stream.extend(*data);
    }
    stream
}

/// A compound file around a stream.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let file = Cursor::new(Vec::new());
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, file).expect("a file");
    let mut content = file.create_stream(name).expect("a stream");
    content.write_all(stream).expect("written");
    content.flush().expect("written");
    drop(content);
    file.flush().expect("written");
    file.into_inner().into_inner()
}

/// The compound file with the number `at` changed.
pub fn patched(mut file: Vec<u8>, at: usize, number: u32) -> Vec<u8> {
    file[at..at + 4].copy_from_slice(&number.to_le_bytes());
    file
}

pub fn number(file: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes"))
}

/// Where a sector of a compound file begins.
pub fn sector(id: u32) -> usize {
    512 * (usize::try_from(id).expect("small") + 1)
}

/// Records of an .xlsb, each a kind, a length and data.
pub fn wide_records(records: &[(u32, &[u8])]) -> Vec<u8> {
    let mut part = Vec::new();
    for (kind, data) in records {
        if *kind < 128 {
            part.push(u8::try_from(*kind).expect("a byte"));
        } else {
            part.push(u8::try_from(kind & 0x7f | 0x80).expect("a byte"));
            part.push(u8::try_from(kind >> 7).expect("a byte"));
        }
        let mut length = data.len();
        while length >= 128 {
            part.push(u8::try_from(length & 0x7f | 0x80).expect("a byte"));
            length >>= 7;
        }
        part.push(u8::try_from(length).expect("a byte"));
        part.extend(*data);
    }
    part
}

/// An .xlsb with this sheet and these shared strings.
pub fn xlsb(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u32::try_from(text.len()).expect("short");
        [length.to_le_bytes().to_vec(), units].concat()
    };
    let bundle = [vec![0, 0, 0, 0, 1, 0, 0, 0], wide("r1"), wide("a")].concat();
    let workbook = wide_records(&[
        (0x83, &[]),
        (0x8f, &[]),
        (0x9c, &bundle),
        (0x90, &[]),
        (0x84, &[]),
    ]);
    let relations = relations(&format!(
        "{}{}",
        relation("r1", "worksheet", "worksheets/sheet1.bin"),
        relation("r2", "sharedStrings", "sharedStrings.bin")
    ));
    zip(&[
        (
            "[Content_Types].xml",
            b"<Types>sheet.binary.macroEnabled.main</Types>".as_slice(),
        ),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/sharedStrings.bin", strings),
    ])
}

/// An .ods with this as its content.
pub fn ods(content: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", content),
    ])
}

/// The content of an .ods with these rows.
pub fn content(rows: &str) -> String {
    format!(
        r#"<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x"><o:body><o:spreadsheet><t:table t:name="a">{rows}</t:table></o:spreadsheet></o:body></o:document-content>"#
    )
}
