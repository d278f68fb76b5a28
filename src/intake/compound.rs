//! The compound file that old Office documents, WPS tables and encrypted workbooks are.
//!
//! Knows which streams it holds, not what is in them.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::limits;
use crate::model::quiet::quietly;

/// What a compound file begins with.
pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The largest unit a compound file is made of.
const SECTOR: usize = 4096;

/// What a compound file turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// An old workbook (.xls, .et): its only stream that matters.
    Book(Vec<u8>),
    /// A mail that Outlook itself saved.
    Mail,
    /// Something else, named in Chinese.
    Other(&'static str),
    Damaged,
}

/// Looks into a compound file.
pub(super) fn open(bytes: &[u8]) -> Inside {
    quietly(|| look(bytes)).flatten().unwrap_or(Inside::Damaged)
}

fn look(bytes: &[u8]) -> Option<Inside> {
    let mut file = CompoundFile::open(Cursor::new(whole(bytes))).ok()?;
    // A file saved for two generations of Excel at once holds both; "Book" is the older one.
    for name in ["/Workbook", "/Book"] {
        if file.is_stream(name) {
            let mut stream = Vec::new();
            let content = file.open_stream(name).ok()?;
            content
                .take(limits::FILE.most())
                .read_to_end(&mut stream)
                .ok()?;
            return Some(Inside::Book(stream));
        }
    }
    let other = [
        ("/WordDocument", "Word 文档"),
        ("/PowerPoint Document", "PowerPoint 演示文稿"),
        ("/VisioDocument", "Visio 绘图"),
    ];
    if file.exists("/__properties_version1.0") {
        return Some(Inside::Mail);
    }
    let other = other.iter().find(|(stream, _)| file.exists(stream));
    Some(Inside::Other(
        other.map_or("不是表格的文件", |(_, name)| name),
    ))
}

/// Whether it is an Office document behind a password.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
        && quietly(|| {
            let file = CompoundFile::open(Cursor::new(whole(bytes)));
            file.is_ok_and(|file| file.exists("/EncryptedPackage"))
        })
        .unwrap_or(false)
}

/// With the end of the last sector, which some programs leave off and the reader insists on.
pub(super) fn whole(bytes: &[u8]) -> Vec<u8> {
    let mut whole = bytes.to_vec();
    whole.resize(bytes.len().next_multiple_of(SECTOR), 0);
    whole
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{CompoundFile, Cursor, Inside, is_locked, open};

    fn holding(stream: &str) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("created");
        file.create_stream(stream).expect("created");
        file.flush().expect("written");
        file.into_inner().into_inner()
    }

    #[test]
    fn is_known_by_its_streams() {
        let encrypted = holding("/EncryptedPackage");
        assert!(is_locked(&encrypted));
        assert!(!is_locked(&holding("/WordDocument")));
        assert_eq!(open(&holding("/WordDocument")), Inside::Other("Word 文档"));
        assert_eq!(open(&encrypted[..600]), Inside::Damaged);
    }

    #[test]
    fn a_workbook_stream_comes_out_as_it_went_in() {
        for length in [1, 5_000, 100_000] {
            let stream = vec![7; length];
            let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("created");
            let mut workbook = file.create_stream("/Workbook").expect("created");
            workbook.write_all(&stream).expect("written");
            drop(workbook);
            file.flush().expect("written");
            let mut file = file.into_inner().into_inner();
            assert_eq!(open(&file), Inside::Book(stream.clone()));
            file.pop();
            assert_eq!(open(&file), Inside::Book(stream));
        }
    }
}
