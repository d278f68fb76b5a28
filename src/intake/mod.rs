//! Intake: from paths to sheets. A file is read the same under any rules.
//!
//! Path by path `walk` finds what lies there, `unpack` opens archives and mails, and each item is read: here, or apart
//! where its reader cannot be trusted with it. Knows nothing of schemes, rosters, forms or findings. The only calamine
//! is in `workbook`, the only `encoding_rs` in `text`, the only `mail_parser` in `mail`; every bound is in `limits`.

pub mod apart;
mod archive;
mod biff;
mod compound;
mod hidden;
pub mod limits;
mod mail;
mod ods;
mod package;
pub mod quiet;
pub mod sheet;
mod sniff;
pub mod text;
mod unpack;
mod value;
pub mod walk;
mod workbook;
mod xlsb;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use crate::model::sha256_hex;
pub use apart::{Apart, Patience};
pub use sheet::{Hidden, Sheet, Source, Value};
pub use unpack::{Item, unpack};
pub use walk::{Found, NoSuchPath, walk};

use sniff::Kind;

/// One file, read.
#[derive(Debug)]
pub struct Intake {
    pub source: Source,
    pub content: Content,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A spreadsheet: its worksheets in the order of the tabs (one for csv).
    Sheets(Vec<Sheet>),
    /// An archive or a mail that was opened; what is inside comes as items of its own.
    Holder(Holder),
    /// Not a spreadsheet, or nothing to do with this work: set aside.
    Skipped(Skipped),
    /// A spreadsheet that cannot be read.
    Refused(Refusal),
}

/// An archive or a mail that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// In Chinese: 压缩包, 邮件, 邮箱文件.
    pub what: Cow<'static, str>,
    /// How many files it holds itself.
    pub files: usize,
    /// Large attachments of a mail that are only links in its text, by their names as far as it says them.
    pub linked: Vec<String>,
}

/// What was set aside, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// What it is, in Chinese: `PDF 文件`, `Excel 或 WPS 打开文件时留下的临时文件`.
    pub what: Cow<'static, str>,
    pub why: Why,
    /// What to do, where there is something to do.
    pub advice: Cow<'static, str>,
}

/// Why something was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It has nothing to do with this work.
    Unrelated,
    /// A picture or PDF: perhaps a signed form, scanned.
    Scan,
    /// Something in which forms may lie and which is not opened: a kind of archive or mail that is not read.
    Packed,
    /// Set aside by a person: it lies in a folder 作废.
    Voided,
}

impl Content {
    fn skipped(what: &'static str, why: Why) -> Self {
        Self::advised(what, why, "")
    }

    fn advised(what: &'static str, why: Why, advice: &'static str) -> Self {
        Self::Skipped(Skipped {
            what: Cow::Borrowed(what),
            why,
            advice: Cow::Borrowed(advice),
        })
    }
}

/// Why a spreadsheet could not be read. The text is one Chinese clause without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Damaged, or of a kind that is not read; what is wrong.
    Unreadable(String),
    /// Password-protected.
    Encrypted,
    /// Larger than anything a form can be; which limit was met, with its figure.
    OverLimits(String),
}

/// Reads what lies in memory, in this process: a list, a form of a test. Size and digest of `source` are set from the
/// bytes; its name tells only what to say of content that could be anything. An archive or mail is said to be one.
#[must_use]
pub fn read_bytes(source: Source, bytes: &[u8]) -> Intake {
    let source = source.of(bytes);
    let content = content(source.name(), bytes);
    Intake { source, content }
}

/// What `bytes`, called `name`, turn out to be. Never fails and never panics: whatever is wrong is said in
/// [`Content::Refused`] or [`Content::Skipped`].
fn content(name: &str, bytes: &[u8]) -> Content {
    let sheets = match sniff::sniff(bytes, name) {
        Kind::Xlsx(package) => workbook::xlsx(bytes, package),
        Kind::Xlsb(package) => workbook::xlsb(bytes, package),
        Kind::Xls(stream) => workbook::xls(stream),
        Kind::Ods(package) => ods::sheets(package),
        Kind::Text(text) => text::sheet(&text).map(|sheet| vec![sheet]),
        Kind::Refused(refusal) => Err(refusal),
        Kind::Skipped(what) => return Content::skipped(what, Why::Unrelated),
        Kind::Known(content) => return content,
        // Opened by `unpack`, which alone knows how deep it has got.
        Kind::Archive => return Content::skipped("压缩包", Why::Packed),
        Kind::Mail => return Content::skipped("邮件", Why::Packed),
        Kind::Mailbox => return Content::skipped("邮箱文件", Why::Packed),
    };
    match sheets {
        Ok(sheets) => Content::Sheets(sheets),
        Err(refusal) => Content::Refused(refusal),
    }
}
