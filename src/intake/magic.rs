//! What is no spreadsheet and is known by how it begins: scans, other archives, programs.
//!
//! Knows nothing of spreadsheets, and of what is in the files no more than their first bytes.

use super::{Content, Remedy, Why, text, uu};

/// What well-known formats begin with.
const MAGIC: [(&[u8], Known); 23] = [
    (b"%PDF", Known::Scan("PDF 文件")),
    (b"\xff\xd8\xff", Known::Scan("图片")),
    (b"\x89PNG", Known::Scan("图片")),
    (b"GIF8", Known::Scan("图片")),
    (b"BM", Known::Scan("图片")),
    (b"II*\x00", Known::Scan("图片")),
    (b"MM\x00*", Known::Scan("图片")),
    (b"Rar!", Known::Packed("压缩包（.rar）", Remedy::Unpack)),
    (
        b"7z\xbc\xaf\x27\x1c",
        Known::Packed("压缩包（.7z）", Remedy::Unpack),
    ),
    (b"\x1f\x8b", Known::Packed("压缩包（.gz）", Remedy::Unpack)),
    (b"BZh", Known::Packed("压缩包（.bz2）", Remedy::Unpack)),
    (b"\xfd7zXZ", Known::Packed("压缩包（.xz）", Remedy::Unpack)),
    (
        b"\x28\xb5\x2f\xfd",
        Known::Packed("压缩包（.zst）", Remedy::Unpack),
    ),
    (b"MSCF", Known::Packed("压缩包（.cab）", Remedy::Unpack)),
    // TNEF, by the name it always has.
    (
        b"\x78\x9f\x3e\x22",
        Known::Packed("Outlook 专有格式的附件（winmail.dat）", Remedy::SendPlainly),
    ),
    (
        b"!BDN",
        Known::Packed("Outlook 数据文件（.pst）", Remedy::SaveAttachments),
    ),
    (b"{\\rtf", Known::Other("RTF 文档")),
    (b"MZ", Known::Other("程序")),
    (b"\x7fELF", Known::Other("程序")),
    (b"ID3", Known::Other("音频")),
    (b"OggS", Known::Other("音频")),
    (b"RIFF", Known::Other("音频、视频或图片")),
    (b"SQLite format 3", Known::Other("数据库")),
];

/// What one of the well-known formats is to this work, named in Chinese.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    Other(&'static str),
    Scan(&'static str),
    /// What it is, and what to do.
    Packed(&'static str, Remedy),
}

impl Known {
    pub(super) fn content(self) -> Content {
        match self {
            Self::Other(what) => Content::skipped(what, Why::Unrelated),
            Self::Scan(what) => Content::skipped(what, Why::Scan),
            Self::Packed(what, remedy) => Content::packed(what, remedy),
        }
    }
}

/// The content of what is known by its first bytes to be no spreadsheet. Two bytes could begin a text, too.
pub(super) fn known(bytes: &[u8]) -> Option<Content> {
    at_a_glance(bytes).or_else(|| {
        let (_, known) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic))?;
        text::decode(bytes).is_none().then(|| known.content())
    })
}

/// The same as far as the first bytes leave no doubt.
pub(super) fn at_a_glance(bytes: &[u8]) -> Option<Content> {
    let sure = |magic: &[u8]| magic.len() > 2 && bytes.starts_with(magic);
    if is_photo(bytes) {
        return Some(Known::Scan("图片").content());
    }
    if uu::is_one(bytes) {
        let known = Known::Packed("uuencode 编码的附件", Remedy::SendAgain);
        return Some(known.content());
    }
    let (_, known) = MAGIC.iter().find(|(magic, _)| sure(magic))?;
    Some(known.content())
}

/// A zip that is a document of Apple's office, of this day or of earlier ones, by its parts. What lies in it beside the
/// document is a picture of its first page, and nobody's scan.
pub(super) fn of_apple(has: &dyn Fn(&str) -> bool) -> Option<Content> {
    const PARTS: [&str; 5] = [
        "Index/Document.iwa",
        "Index/Metadata.iwa",
        "Index.zip",
        "index.apxl",
        "buildVersionHistory.plist",
    ];
    let what = "苹果的 Numbers、Pages 或 Keynote 文件";
    let is_one = PARTS.iter().any(|part| has(part));
    is_one.then(|| Content::packed(what, Remedy::SaveAs))
}

/// The pictures that telephones take, and those of the web: what they begin with stands behind a length.
fn is_photo(bytes: &[u8]) -> bool {
    const HEIF: [&[u8]; 5] = [b"heic", b"heix", b"mif1", b"msf1", b"avif"];
    let (head, kind) = (bytes.get(..8), bytes.get(8..).unwrap_or_default());
    match head {
        Some([b'R', b'I', b'F', b'F', ..]) => kind.starts_with(b"WEBP"),
        Some([_, _, _, _, b'f', b't', b'y', b'p']) => {
            HEIF.iter().any(|known| kind.starts_with(known))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, known};

    #[test]
    fn what_begins_like_it_is_what_it_is() {
        for (bytes, what) in [
            (&b"%PDF-1.7"[..], "PDF 文件"),
            (b"\x00\x00\x00\x18ftypheic", "图片"),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"),
            (b"RIFF\x00\x00\x00\x00WAVEfmt ", "音频、视频或图片"),
            (b"Rar!\x1a\x07", "压缩包（.rar）"),
            (b"BM\x00\x01", "图片"),
        ] {
            match known(bytes) {
                Some(Content::Skipped(skipped)) => assert_eq!(skipped.what, what),
                other => panic!("{what}: {other:?}"),
            }
        }
        for text in [&b"BM,1"[..], b"a,b", b""] {
            assert_eq!(known(text), None);
        }
    }
}
