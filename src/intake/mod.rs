//! Intake: from paths to sheets. A file is read the same under any rules.
//!
//! Knows nothing of schemes, rosters, forms or findings. The only calamine is in `workbook`, the only
//! `encoding_rs` in `text`, the only `mail_parser` in `mail`; every bound is in `limits`.

mod biff;
mod compound;
pub mod limits;
#[cfg_attr(
    not(test),
    expect(dead_code, unused_imports, reason = "called by the unpacking station")
)]
mod mail;
mod ods;
mod package;
pub mod quiet;
pub mod sheet;
mod sniff;
pub mod text;
mod value;
pub mod walk;
mod workbook;
mod xlsb;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

pub use crate::model::sha256_hex;
pub use sheet::{Sheet, Source, Value};
pub use walk::{Found, NoSuchPath, walk};

use sniff::Kind;

/// One file, read.
#[derive(Debug)]
pub struct Intake {
    pub source: Source,
    pub content: Content,
}

/// What a file turned out to be.
#[derive(Debug)]
pub enum Content {
    /// A spreadsheet: its worksheets in the order of the tabs (one for csv).
    Sheets(Vec<Sheet>),
    /// Not a spreadsheet, or nothing to do with this work: set aside, with the reason in Chinese
    /// ("Excel 打开文件时留下的临时文件", "PDF 文件").
    Skipped(&'static str),
    /// A spreadsheet that cannot be read.
    Refused(Refusal),
}

/// Whether what was set aside for this reason may hold spreadsheets: an archive, a mail.
#[must_use]
pub fn may_hold_spreadsheets(reason: &str) -> bool {
    reason.contains("压缩包") || reason.contains("邮件")
}

/// Why a spreadsheet could not be read. The text is one Chinese clause without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Damaged, or of a kind that is not read; what is wrong.
    Unreadable(String),
    /// Password-protected.
    Encrypted,
    /// Larger than anything a form can be; which limit was met, with its figure.
    OverLimits(String),
}

/// Reads one found file. Never fails and never panics: whatever is wrong with the file is said in
/// [`Content::Refused`] or [`Content::Skipped`].
#[must_use]
pub fn read(found: &Found) -> Intake {
    let mut source = Source {
        file: found.file.clone(),
        within: Vec::new(),
        sha256: String::new(),
        size: 0,
        named: found.named,
    };
    if let Some(reason) = found.junk {
        source.size = fs::symlink_metadata(&found.path).map_or(0, |metadata| metadata.len());
        return Intake {
            source,
            content: Content::Skipped(reason),
        };
    }
    match bytes_of(&found.path, &mut source) {
        Ok(bytes) => read_bytes(source, &bytes),
        Err(content) => Intake { source, content },
    }
}

/// Reads what lies in memory: a list built into the program, later what is inside mails and archives. Size
/// and digest of `source` are set from the bytes; its name tells only what to say of content that could be
/// anything.
#[must_use]
pub fn read_bytes(source: Source, bytes: &[u8]) -> Intake {
    let source = Source {
        sha256: sha256_hex(bytes),
        size: bytes.len() as u64,
        ..source
    };
    let name = source.within.last().unwrap_or(&source.file);
    let sheets = match sniff::sniff(bytes, name) {
        Kind::Xlsx(package) => workbook::xlsx(bytes, package),
        Kind::Xlsb(package) => workbook::xlsb(bytes, package),
        Kind::Xls(stream) => workbook::xls(stream),
        Kind::Ods(package) => ods::sheets(package),
        Kind::Text(text) => text::sheet(&text).map(|sheet| vec![sheet]),
        Kind::Refused(refusal) => Err(refusal),
        Kind::Skipped(what) => {
            let content = Content::Skipped(what);
            return Intake { source, content };
        }
    };
    let content = match sheets {
        Ok(sheets) => Content::Sheets(sheets),
        Err(refusal) => Content::Refused(refusal),
    };
    Intake { source, content }
}

/// The bytes of a file, or what to say of it instead. Nothing that is no plain file is opened: a pipe would
/// keep us waiting for ever.
fn bytes_of(path: &Path, source: &mut Source) -> Result<Vec<u8>, Content> {
    let refused = |what: &str| Content::Refused(Refusal::Unreadable(what.to_owned()));
    let metadata = fs::metadata(path).map_err(|error| refused(why(&error)))?;
    if metadata.is_dir() {
        return Err(refused("文件夹打不开，请检查访问权限"));
    }
    if !metadata.is_file() {
        return Err(Content::Skipped("不是普通文件"));
    }
    source.size = metadata.len();
    let file = File::open(path).map_err(|error| refused(why(&error)))?;
    let most = limits::FILE.most();
    let mut bytes = Vec::new();
    // One byte more than the most shows a file that is larger than it said.
    let size = if source.size > most {
        source.size
    } else {
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(why(&error)))? as u64
    };
    match limits::FILE.hold(size) {
        Ok(()) => Ok(bytes),
        Err(refusal) => Err(match sniff::too_large(&source.file, refusal) {
            Kind::Refused(refusal) => Content::Refused(refusal),
            _ => Content::Skipped("不是表格的大文件"),
        }),
    }
}

/// Why a file does not open, with what to do.
fn why(error: &io::Error) -> &'static str {
    /// Windows: another program has the file open, or a part of it locked.
    const SHARING: [i32; 2] = [32, 33];
    let shared = cfg!(windows)
        && error
            .raw_os_error()
            .is_some_and(|code| SHARING.contains(&code));
    match error.kind() {
        _ if shared => "文件正被其他程序占用，请关闭后重试",
        io::ErrorKind::NotFound => "文件已不在原处",
        io::ErrorKind::PermissionDenied => "没有读取权限，或正被其他程序占用，请关闭后重试",
        _ => "读取出错，请检查磁盘或网络后重试",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Content, Found, Refusal, read};
    use crate::model::sha256_hex;

    fn found(path: &std::path::Path, junk: Option<&'static str>) -> Found {
        Found {
            path: path.to_owned(),
            file: "a.csv".to_owned(),
            named: true,
            junk,
        }
    }

    #[test]
    fn a_file_is_read_with_its_digest() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        fs::write(&path, "abc").expect("written");
        let intake = read(&found(&path, None));
        assert_eq!(intake.source.size, 3);
        assert_eq!(intake.source.sha256, sha256_hex(b"abc"));
        assert!(intake.source.sha256.starts_with("ba7816bf"));
        assert!(matches!(intake.content, Content::Sheets(sheets) if sheets.len() == 1));
    }

    #[test]
    fn what_cannot_be_opened_is_told_and_junk_is_not_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().to_owned(), folder.path().join("gone")] {
            let intake = read(&found(&path, None));
            assert!(matches!(
                intake.content,
                Content::Refused(Refusal::Unreadable(_))
            ));
        }
        let intake = read(&found(folder.path(), Some("隐藏文件夹")));
        assert!(matches!(intake.content, Content::Skipped("隐藏文件夹")));
    }
}
