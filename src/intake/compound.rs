//! The compound file that old Office documents, WPS tables and encrypted workbooks are.
//!
//! Knows which streams it holds, not what is in them.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use super::limits;
use super::quiet::quietly;

/// What a compound file begins with.
pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The largest unit a compound file is made of.
const SECTOR: usize = 4096;

/// What a compound file turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// An old workbook (.xls, .et): its only stream that matters.
    Book(Vec<u8>),
    /// An Office document behind a password.
    Encrypted,
    /// Something else, named in Chinese.
    Other(&'static str),
    Damaged,
}

/// Looks into a compound file.
pub(super) fn open(bytes: &[u8]) -> Inside {
    quietly(|| look(bytes)).flatten().unwrap_or(Inside::Damaged)
}

fn look(bytes: &[u8]) -> Option<Inside> {
    // Some programs leave off the end of the last sector, which the reader insists on.
    let mut whole = bytes.to_vec();
    whole.resize(bytes.len().next_multiple_of(SECTOR), 0);
    let mut file = CompoundFile::open(Cursor::new(whole)).ok()?;
    if file.exists("/EncryptedPackage") || file.exists("/EncryptionInfo") {
        return Some(Inside::Encrypted);
    }
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
        ("/__properties_version1.0", super::magic::OUTLOOK),
    ];
    let other = other.iter().find(|(stream, _)| file.exists(stream));
    Some(Inside::Other(
        other.map_or("不是表格的文件", |(_, name)| name),
    ))
}

/// A compound file that holds nothing but this workbook stream: whatever was wrong with the one it came in
/// is left behind.
pub(super) fn around(stream: &[u8]) -> Option<Vec<u8>> {
    // The workbook reader finds nothing in the later version with its larger sectors.
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).ok()?;
    let mut workbook = file.create_stream("/Workbook").ok()?;
    workbook.write_all(stream).ok()?;
    workbook.flush().ok()?;
    drop(workbook);
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}

#[cfg(test)]
mod tests {
    use super::{CompoundFile, Cursor, Inside, around, open};

    fn holding(stream: &str) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("created");
        file.create_stream(stream).expect("created");
        file.flush().expect("written");
        file.into_inner().into_inner()
    }

    #[test]
    fn is_known_by_its_streams() {
        let encrypted = holding("/EncryptedPackage");
        assert_eq!(open(&encrypted), Inside::Encrypted);
        assert_eq!(open(&holding("/WordDocument")), Inside::Other("Word 文档"));
        assert_eq!(open(&encrypted[..600]), Inside::Damaged);
    }

    #[test]
    fn a_workbook_stream_comes_out_as_it_went_in() {
        for length in [1, 5_000, 100_000] {
            let stream = vec![7; length];
            let mut file = around(&stream).expect("made");
            assert_eq!(open(&file), Inside::Book(stream.clone()));
            file.pop();
            assert_eq!(open(&file), Inside::Book(stream));
        }
    }
}
