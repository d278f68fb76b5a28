//! Intake: from paths to sheets. A file is read the same under any rules.
//!
//! Path by path `walk` finds what lies there, `unpack` opens archives and mails, and each item is read: here, or apart
//! where its reader cannot be trusted with it. Knows nothing of schemes, rosters, forms or findings. The only ciphers are
//! in `crypt`, the only `encoding_rs` in `text`, the only html5gum in
//! `html`, the only `mail_parser` in `mail`; every bound is in `limits`.

pub mod apart;
mod archive;
mod compound;
mod crypt;
mod format;
mod grid;
mod html;
mod inflate;
pub mod limits;
mod listing;
mod looks;
mod magic;
mod mail;
mod markup;
mod ods;
mod package;
mod refusal;
mod seen;
pub mod sheet;
mod sniff;
mod spreadsheetml;
pub mod text;
mod texts;
mod unpack;
mod uu;
mod value;
pub mod walk;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use crate::model::sha256_hex;
pub use apart::{Apart, Patience};
pub use crypt::{Passwords, Shut};
pub use refusal::{Defect, Machine, Refusal, Shape};
pub use sheet::{Hidden, Look, Sheet, Source, Value};
pub use sniff::SPREADSHEET;
pub use unpack::{Item, items_of, unpack};
pub use walk::{Found, NoSuchPath, walk, walk_while};

use crate::model::quiet::quietly;
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
    /// A spreadsheet, archive or mail that cannot be read, and which of them it is.
    Refused(Refusal, Shape),
}

/// An archive or a mail that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub what: Holding,
    /// How many files it holds itself.
    pub files: usize,
    /// Large attachments of a mail that are only links in its text, by their names as far as it says them.
    pub linked: Vec<String>,
}

/// What holds files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holding {
    Archive,
    Mail,
    Mailbox,
}

impl Holding {
    /// What it is called.
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            Self::Archive => "压缩包",
            Self::Mail => "邮件",
            Self::Mailbox => "邮箱文件",
        }
    }
}

/// What was set aside, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// What it is, in Chinese: `PDF 文件`, `Excel 或 WPS 打开文件时留下的临时文件`.
    pub what: Cow<'static, str>,
    pub why: Why,
    /// What to do, where there is something to do.
    pub remedy: Option<Remedy>,
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
        Self::set_aside(what, why, None)
    }

    /// In which forms may lie, and what to do about it.
    fn packed(what: &'static str, remedy: Remedy) -> Self {
        Self::set_aside(what, Why::Packed, Some(remedy))
    }

    fn set_aside(what: &'static str, why: Why, remedy: Option<Remedy>) -> Self {
        Self::Skipped(Skipped {
            what: Cow::Borrowed(what),
            why,
            remedy,
        })
    }
}

/// What to do with what is packed in ways that are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    Unpack,
    /// A slip that came back may be among the files of an output of this tool.
    TakeOut,
    SaveAttachments,
    /// A document of another office's own kind.
    SaveAs,
    /// A mail in a form that only Outlook reads.
    SendPlainly,
    SendAgain,
    /// An archive of a kind that is opened, but broken.
    PackAgain,
}

impl Remedy {
    /// What the clerk does.
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            Self::Unpack => "请先解压，把里面的文件放进收件文件夹，再运行一次",
            Self::TakeOut => "里面如有改好的退回件，请取出来放进收件文件夹，再运行一次",
            Self::SaveAttachments => "请在 Outlook 中打开，把附件另存到收件文件夹，再运行一次",
            Self::SaveAs => "请发件人在原来的程序里导出或另存为 .xlsx 后重发",
            Self::SendPlainly => {
                "附件包在里面打不开，请发件人把邮件改为纯文本或 HTML 格式重发，或直接发送表格文件"
            }
            Self::SendAgain => "请发件人重新发送，或直接发送里面的表格文件",
            Self::PackAgain => "请发件人重新压缩后再发，或直接发送里面的文件",
        }
    }
}

/// Reads what lies in memory, in this process: a list, a form of a test. Size and digest of `source` are set from the
/// bytes; its name tells only what to say of content that could be anything. An archive or mail is said to be one.
#[must_use]
pub fn read_bytes(source: Source, bytes: &[u8]) -> Intake {
    let source = source.of(bytes);
    let content = content(source.name(), bytes, &Passwords::default());
    Intake { source, content }
}

/// What `bytes`, called `name`, turn out to be. Where they are encrypted, these passwords are tried. Never fails and never panics: whatever is wrong is said in
/// [`Content::Refused`] or [`Content::Skipped`].
fn content(name: &str, bytes: &[u8], passwords: &Passwords) -> Content {
    if compound::is_locked(bytes) {
        return match quietly(|| crypt::package(bytes, passwords)) {
            Some(Ok(package)) => open_content(name, &package, passwords),
            Some(Err(refusal)) => Content::Refused(refusal, Shape::File),
            None => Content::Refused(Refusal::Encrypted(Shut::Foreign), Shape::File),
        };
    }
    open_content(name, bytes, passwords)
}

/// The same for what is not encrypted as a whole.
fn open_content(name: &str, bytes: &[u8], passwords: &Passwords) -> Content {
    let sheets = match sniff::sniff(bytes, name) {
        Kind::Xlsx(package) => xlsx::sheets(package),
        Kind::Xlsb(package) => guarded(|| xlsb::sheets(package)),
        Kind::Xls(mut stream) => guarded(|| {
            crypt::book(&mut stream, passwords)?;
            xls::sheets(&stream)
        }),
        Kind::Ods(package) => ods::sheets(package),
        Kind::FlatOds(text) => ods::flat(&text),
        Kind::SpreadsheetMl(text) => spreadsheetml::sheets(&text),
        Kind::Html(text) => html::sheets(&text),
        Kind::WebArchive(pages) => archived(&pages),
        Kind::Text(text) => text::sheet(&text).map(|sheet| vec![sheet]),
        Kind::Refused(refusal, shape) => return Content::Refused(refusal, shape),
        Kind::Skipped(what) => return Content::skipped(what, Why::Unrelated),
        Kind::Known(content) => return content,
        // Opened by `unpack`, which alone knows how deep it has got.
        Kind::Archive => return Content::skipped(Holding::Archive.said(), Why::Packed),
        Kind::Mail => return Content::skipped(Holding::Mail.said(), Why::Packed),
        Kind::Mailbox => return Content::skipped(Holding::Mailbox.said(), Why::Packed),
    };
    match sheets {
        Ok(sheets) => Content::Sheets(sheets),
        Err(refusal) => Content::Refused(refusal, Shape::File),
    }
}

/// Runs a reader on a stranger's file; should it panic, the file is damaged.
fn guarded(read: impl FnOnce() -> Result<Vec<Sheet>, Refusal>) -> Result<Vec<Sheet>, Refusal> {
    quietly(read).unwrap_or_else(|| Err(xml::damaged(&())))
}

/// The sheets of all pages.
fn archived(pages: &[String]) -> Result<Vec<Sheet>, Refusal> {
    limits::SHEETS.hold(pages.len() as u64)?;
    let sheets: Vec<Vec<Sheet>> = pages
        .iter()
        .map(|page| html::sheets(page))
        .collect::<Result<_, _>>()?;
    Ok(sheets.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::sheet::tests::shown;
    use super::{Content, Sheet, Source, read_bytes};

    /// The first sheet of what is called `name`.
    fn sheet(name: &str, bytes: &[u8]) -> Sheet {
        let source = Source {
            file: name.to_owned(),
            ..Source::default()
        };
        match read_bytes(source, bytes).content {
            Content::Sheets(mut sheets) => sheets.remove(0),
            other => panic!("{name}: {other:?}"),
        }
    }

    /// A text as Windows writes it in UTF-16, with the mark of the byte order.
    fn wide(text: &str) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn texts_that_are_called_workbooks_are_read() {
        for (name, bytes) in [
            ("a.xls", "学会\t得分\r\n甲\t25\r\n".as_bytes().to_vec()),
            ("a.xls", wide("学会\t得分\r\n甲\t25\r\n")),
            ("a.xlsx", "学会,得分\r\n甲,25\r\n".as_bytes().to_vec()),
            (
                "a.et",
                b"\xd1\xa7\xbb\xe1\t\xb5\xc3\xb7\xd6\n\xbc\xd7\t25\n".to_vec(),
            ),
            ("a.tsv", "学会\t得分\n甲\t25".as_bytes().to_vec()),
            ("a.txt", wide("学会\t得分\n甲\t25")),
        ] {
            let sheet = sheet(name, &bytes);
            assert_eq!(
                shown(&sheet),
                ["A1=学会", "B1=得分", "A2=甲", "B2=25"],
                "{name}"
            );
        }
    }

    #[test]
    fn markup_is_read_whatever_it_is_called_and_however_encoded() {
        let page =
            "<html><head><meta charset=gb2312></head><table><tr><td>学会<td x:num>25</table>";
        let (head, tail) = page.split_once("学会").expect("there");
        let gb2312 = [head.as_bytes(), b"\xd1\xa7\xbb\xe1", tail.as_bytes()].concat();
        let book = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"a\"><Table><Row><Cell><Data ss:Type=\"String\">学会</Data></Cell><Cell><Data ss:Type=\"Number\">25</Data></Cell></Row></Table></Worksheet></Workbook>";
        let flat = "<o:document xmlns:o=\"office\" o:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><o:styles/><o:body><o:spreadsheet><t:table t:name=\"a\"><t:table-row><t:table-cell o:value-type=\"string\"><x:p>学会</x:p></t:table-cell><t:table-cell o:value-type=\"float\" o:value=\"25\"/></t:table-row></t:table></o:spreadsheet></o:body></o:document>";
        let marked = |text: &str| [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        for (name, bytes) in [
            ("a.xls", gb2312),
            ("a.html", marked(page)),
            ("a", wide(page)),
            ("a.xls", wide(book)),
            ("a.xml", wide(book)[2..].to_vec()),
            ("a.xlsx", marked(book)),
            ("a.fods", flat.as_bytes().to_vec()),
            ("a.xls", wide(flat)),
        ] {
            assert_eq!(shown(&sheet(name, &bytes)), ["A1=学会", "B1=25"], "{name}");
        }
    }
}
