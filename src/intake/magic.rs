//! What is no spreadsheet and is known by how it begins: scans, other archives, programs.
//!
//! Knows nothing of spreadsheets, and of what is in the files no more than their first bytes.

use super::{Content, Why, text};

/// What well-known formats begin with.
const MAGIC: [(&[u8], Known); 23] = [
    (b"%PDF", Known::Scan("PDF 文件")),
    (b"\xff\xd8\xff", Known::Scan("图片")),
    (b"\x89PNG", Known::Scan("图片")),
    (b"GIF8", Known::Scan("图片")),
    (b"BM", Known::Scan("图片")),
    (b"II*\x00", Known::Scan("图片")),
    (b"MM\x00*", Known::Scan("图片")),
    (b"Rar!", Known::Packed("压缩包（.rar）", UNPACK)),
    (
        b"7z\xbc\xaf\x27\x1c",
        Known::Packed("压缩包（.7z）", UNPACK),
    ),
    (b"\x1f\x8b", Known::Packed("压缩包（.gz）", UNPACK)),
    (b"BZh", Known::Packed("压缩包（.bz2）", UNPACK)),
    (b"\xfd7zXZ", Known::Packed("压缩包（.xz）", UNPACK)),
    (b"\x28\xb5\x2f\xfd", Known::Packed("压缩包（.zst）", UNPACK)),
    (b"MSCF", Known::Packed("压缩包（.cab）", UNPACK)),
    // TNEF, by the name it always has.
    (
        b"\x78\x9f\x3e\x22",
        Known::Packed("Outlook 专有格式的附件（winmail.dat）", RESEND),
    ),
    (b"!BDN", Known::Packed("Outlook 数据文件（.pst）", SAVE)),
    (b"{\\rtf", Known::Other("RTF 文档")),
    (b"MZ", Known::Other("程序")),
    (b"\x7fELF", Known::Other("程序")),
    (b"ID3", Known::Other("音频")),
    (b"OggS", Known::Other("音频")),
    (b"RIFF", Known::Other("音频、视频或图片")),
    (b"SQLite format 3", Known::Other("数据库")),
];

/// What to do with what is packed in ways that are not read.
pub(super) const UNPACK: &str = "请先解压，把里面的文件放进收件文件夹，再运行一次";
const RESEND: &str =
    "附件包在里面打不开，请发件人把邮件改为纯文本或 HTML 格式重发，或直接发送表格文件";
pub(super) const SAVE: &str = "请在 Outlook 中打开，把附件另存到收件文件夹，再运行一次";
pub(super) const AGAIN: &str = "请发件人重新发送，或直接发送里面的表格文件";
pub(super) const REPACK: &str = "请发件人重新压缩后再发，或直接发送里面的文件";

/// Saved by Outlook itself.
pub(super) const OUTLOOK: &str = "Outlook 邮件（.msg）";

/// What one of the well-known formats is to this work, named in Chinese.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    Other(&'static str),
    Scan(&'static str),
    /// What it is, and what to do.
    Packed(&'static str, &'static str),
}

impl Known {
    pub(super) fn content(self) -> Content {
        match self {
            Self::Other(what) => Content::skipped(what, Why::Unrelated),
            Self::Scan(what) => Content::skipped(what, Why::Scan),
            Self::Packed(what, advice) => Content::advised(what, Why::Packed, advice),
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
    let (_, known) = MAGIC.iter().find(|(magic, _)| sure(magic))?;
    Some(known.content())
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
