//! What a file is, by its content. The ending only decides what to say of content that could be anything.
//!
//! Knows nothing of cells.

use super::compound::{self, Inside};
use super::html::{self, PageKind};
use super::magic;
use super::markup::{Markup, markup};
use super::package::Package;
use super::{Content, Defect, Refusal, Remedy, Shape, Shut, Why, limits, listing, mail, text};

/// A file by what has to be done with it.
pub(super) enum Kind<'a> {
    /// .xlsx, .xlsm and their templates.
    Xlsx(Package<'a>),
    Xlsb(Package<'a>),
    Ods(Package<'a>),
    /// The record stream of an .xls or .et.
    Xls(Vec<u8>),
    /// A web page with a table.
    Html(String),
    /// The web pages of an archive that hold tables: of Excel's, one per sheet.
    WebArchive(Vec<String>),
    /// A workbook in one XML text, as Excel wrote it before there was .xlsx.
    SpreadsheetMl(String),
    /// An `OpenDocument` spreadsheet in one XML text.
    FlatOds(String),
    /// A table written as text.
    Text(String),
    /// Files packed into a zip.
    Archive,
    Mail,
    /// Several mails in one file.
    Mailbox,
    /// None of this work's business; what it is, in Chinese.
    Skipped(&'static str),
    /// Something else that needs no reading.
    Known(Content),
    Refused(Refusal, Shape),
}

/// Endings that promise a spreadsheet: with one of them, a file that is none is worth a complaint.
pub const SPREADSHEET: [&str; 17] = [
    "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ett", "ods", "ots", "fods", "csv",
    "tsv", "tab", "xml", "xlw",
];
/// Those of them that promise a table written as text.
const TEXT: [&str; 3] = ["csv", "tsv", "tab"];
/// Endings under which plain text may be a table.
const TEXT_TABLE: [&str; 2] = ["txt", "prn"];

/// So much is looked at of a part that tells what the others are.
const BEGINNING: u64 = 1024 * 1024;

/// Where a file is best read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// In this process: its reader takes nothing at its word, and it is of an ordinary size. So many bytes are gone
    /// through beyond those it has.
    Here(u64),
    /// In a process of its own.
    Apart,
    /// It holds files, to be opened first.
    Archive,
    Mail,
    Mailbox,
}

/// Where a file is to be read, told from as little of it as possible. Only of a mail with hardly a head the name decides.
pub(super) fn whereabouts(bytes: &[u8], name: &str) -> Where {
    if bytes.starts_with(compound::SIGNATURE) || is_bare_book(bytes) {
        return Where::Apart;
    }
    // A mail may end with a zip as it is; a zip never begins like a mail.
    if mail::is_mailbox(bytes) {
        return Where::Mailbox;
    }
    if mail::is_mail(bytes) || ending(name).is_some_and(|ending| ending == "eml") {
        return Where::Mail;
    }
    let is_zip = bytes.starts_with(b"PK") || listing::ends_like_a_zip(bytes);
    if is_zip && listing::hold(bytes).is_ok() {
        let Some(package) = Package::open(bytes) else {
            return Where::Here(0);
        };
        let size = package.unpacked();
        let is_large = size > limits::UNPACKED_AT_HOME
            || package.largest_called("styles.xml") > limits::STYLES_AT_HOME;
        return match zipped(package) {
            Kind::Archive => Where::Archive,
            Kind::Xlsb(_) => Where::Apart,
            _ if is_large => Where::Apart,
            _ => Where::Here(size),
        };
    }
    if bytes.len() as u64 > limits::AT_HOME {
        Where::Apart
    } else {
        Where::Here(0)
    }
}

/// The record stream of an old workbook without the compound file around it, as some programs export.
fn is_bare_book(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04..=0x10, 0x00, ..]
    )
}

/// Kind of `bytes`; `name` is what the file is called.
pub(super) fn sniff<'a>(bytes: &'a [u8], name: &str) -> Kind<'a> {
    if bytes.is_empty() {
        return if promises_spreadsheet(name) {
            unreadable(Defect::Empty)
        } else {
            Kind::Skipped("空文件")
        };
    }
    if let Err(refusal) = limits::FILE.hold(bytes.len() as u64) {
        return match too_large(name, refusal) {
            Content::Refused(refusal, shape) => Kind::Refused(refusal, shape),
            content => Kind::Known(content),
        };
    }
    if bytes.starts_with(compound::SIGNATURE) {
        return match compound::open(bytes) {
            Inside::Book(stream) => Kind::Xls(stream),
            Inside::Mail => Kind::Known(Content::packed(
                "Outlook 邮件（.msg）",
                Remedy::SaveAttachments,
            )),
            Inside::Other(what) => Kind::Skipped(what),
            Inside::Damaged => match damaged(name, "损坏的文件") {
                // Of a document nobody would miss anything; a mail may have brought forms.
                Kind::Skipped(_) if ending(name).is_none_or(|ending| ending == "msg") => {
                    Kind::Known(Content::packed("损坏的文件或邮件", Remedy::SendAgain))
                }
                other => other,
            },
        };
    }
    if bytes.starts_with(b"PK") {
        if let Err(refusal) = listing::hold(bytes) {
            // Too long a list to tell what it lists.
            let shape = if promises_spreadsheet(name) {
                Shape::File
            } else {
                Shape::Archive
            };
            return Kind::Refused(refusal, shape);
        }
        return Package::open(bytes).map_or_else(|| damaged_zip(name), zipped);
    }
    if let Some(content) = magic::known(bytes) {
        return Kind::Known(content);
    }
    if is_bare_book(bytes) {
        return Kind::Xls(bytes.to_vec());
    }
    if mail::is_web_archive(bytes) {
        let mut pages = match mail::pages(bytes) {
            Ok(pages) => pages,
            Err(refusal) => return Kind::Refused(refusal, Shape::File),
        };
        pages.retain(|page| matches!(html::page(page), PageKind::Table));
        return if pages.is_empty() {
            no_table(name)
        } else {
            Kind::WebArchive(pages)
        };
    }
    if mail::is_mailbox(bytes) {
        return Kind::Mailbox;
    }
    if mail::is_mail(bytes) {
        return Kind::Mail;
    }
    let text = if looks_like_markup(bytes) {
        text::decode_markup(bytes)
    } else {
        text::decode(bytes)
    };
    if let Some(text) = text.filter(|text| reads_like_text(text)) {
        return textual(text, name);
    }
    // Mail programs put things before the zip; its list of parts is at the end.
    if listing::ends_like_a_zip(bytes)
        && listing::hold(bytes).is_ok()
        && let Some(package) = Package::open(bytes)
    {
        return zipped(package);
    }
    let is_table = ending(name).is_some_and(|ending| TEXT.contains(&ending.as_str()));
    match text::fault(bytes).filter(|_| is_table) {
        Some((line, byte)) => unreadable(Defect::NoLetter { line, byte }),
        None => damaged(name, "不是表格的文件"),
    }
}

/// What to say of a file that is too large to be looked at.
pub(super) fn too_large(name: &str, refusal: Refusal) -> Content {
    const PACKED: [&str; 9] = ["zip", "rar", "7z", "gz", "tar", "eml", "msg", "mbox", "pst"];
    if promises_spreadsheet(name) {
        Content::Refused(refusal, Shape::File)
    } else if ending(name).is_some_and(|ending| PACKED.contains(&ending.as_str())) {
        Content::packed("太大的压缩包或邮件", Remedy::Unpack)
    } else {
        Content::skipped("不是表格的大文件", Why::Unrelated)
    }
}

/// What the list of a container's types mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Binary,
    Workbook,
    Document,
    Presentation,
}

impl Type {
    fn all_in(text: &str) -> Vec<Self> {
        let of = [
            (Self::Binary, &["sheet.binary.macroEnabled.main"][..]),
            (
                Self::Workbook,
                &[
                    "spreadsheetml.sheet.main",
                    "spreadsheetml.template.main",
                    "ms-excel.sheet.macroEnabled.main",
                    "ms-excel.template.macroEnabled.main",
                    "ms-excel.addin.macroEnabled.main",
                ],
            ),
            (Self::Document, &["wordprocessingml"]),
            (Self::Presentation, &["presentationml"]),
        ];
        of.into_iter()
            .filter(|(_, words)| words.iter().any(|word| text.contains(word)))
            .map(|(one, _)| one)
            .collect()
    }
}

/// The kind of a zip, by its parts.
fn zipped(mut package: Package<'_>) -> Kind<'_> {
    let types = package
        .beginning_understood("[Content_Types].xml", BEGINNING, |text| {
            Ok(Type::all_in(text))
        })
        .and_then(Result::ok)
        .unwrap_or_default();
    let mimetype = package.beginning("mimetype", 256).unwrap_or_default();
    let mimetype = String::from_utf8_lossy(&mimetype);
    if types.contains(&Type::Binary) || package.has("xl/workbook.bin") {
        return spreadsheet(package, Kind::Xlsb);
    }
    if types.contains(&Type::Workbook) || package.has("xl/workbook.xml") {
        return spreadsheet(package, Kind::Xlsx);
    }
    if types.contains(&Type::Document) || package.has("word/document.xml") {
        return Kind::Skipped("Word 文档");
    }
    if types.contains(&Type::Presentation) || package.has("ppt/presentation.xml") {
        return Kind::Skipped("PowerPoint 演示文稿");
    }
    if let Some(content) = magic::of_apple(&|part| package.has(part)) {
        return Kind::Known(content);
    }
    match mimetype.strip_prefix("application/vnd.oasis.opendocument.") {
        Some(document) if document.starts_with("spreadsheet") => open_document(package),
        Some(_) => Kind::Skipped("不是表格的 OpenDocument 文档"),
        None if mimetype.is_empty()
            && package.has("content.xml")
            && package.has("META-INF/manifest.xml") =>
        {
            open_document(package)
        }
        None => Kind::Archive,
    }
}

fn spreadsheet<'a>(package: Package<'a>, kind: fn(Package<'a>) -> Kind<'a>) -> Kind<'a> {
    if package.is_encrypted() {
        return Kind::Refused(Refusal::Encrypted(Shut::Foreign), Shape::File);
    }
    match package.check() {
        Ok(()) => kind(package),
        Err(refusal) => Kind::Refused(refusal, Shape::File),
    }
}

/// An `OpenDocument` spreadsheet says in its manifest that its parts need a password, not in the zip.
fn open_document(mut package: Package<'_>) -> Kind<'_> {
    let manifest = package.beginning("META-INF/manifest.xml", BEGINNING);
    let manifest = manifest.unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Kind::Refused(Refusal::Encrypted(Shut::Foreign), Shape::File);
    }
    spreadsheet(package, Kind::Ods)
}

/// Whether bytes of any encoding that keeps ASCII begin with a tag.
fn looks_like_markup(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

/// What a text is: a table, or one of the formats written as text.
fn textual<'a>(text: String, name: &str) -> Kind<'a> {
    let start = text
        .trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    if start.starts_with('<') {
        return marked_up(text, name);
    }
    if start.starts_with("MIME-Version:") {
        return no_table(name);
    }
    // Any text would pass for a table of one column.
    let plain = ending(name).is_none_or(|ending| TEXT_TABLE.contains(&ending.as_str()));
    if plain || promises_spreadsheet(name) {
        Kind::Text(text)
    } else {
        Kind::Skipped("文本文件")
    }
}

/// What a text with tags is.
fn marked_up<'a>(text: String, name: &str) -> Kind<'a> {
    match markup(&text) {
        Markup::SpreadsheetMl => Kind::SpreadsheetMl(text),
        Markup::FlatOds => Kind::FlatOds(text),
        Markup::FlatOther => Kind::Skipped("不是表格的 OpenDocument 文档"),
        Markup::Html => match html::page(&text) {
            PageKind::Table => Kind::Html(text),
            PageKind::Frames(folder) => unreadable(Defect::Frames { folder }),
            PageKind::NoTable if promises_spreadsheet(name) => unreadable(Defect::NoTableOnPage),
            PageKind::NoTable => Kind::Skipped("网页文件"),
        },
        Markup::Other => no_table(name),
    }
}

/// A web archive, or XML that is no spreadsheet.
fn no_table<'a>(name: &str) -> Kind<'a> {
    if promises_spreadsheet(name) {
        unreadable(Defect::Markup)
    } else {
        Kind::Skipped("网页文件")
    }
}

/// Whether a text has only the control characters that people's programs write. Binary data may decode as
/// GB18030 by chance.
fn reads_like_text(text: &str) -> bool {
    // The last is the end mark of DOS.
    let known = |character| matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
    !text
        .chars()
        .any(|character| character.is_ascii_control() && !known(character))
}

fn damaged<'a>(name: &str, otherwise: &'static str) -> Kind<'a> {
    if promises_spreadsheet(name) {
        unreadable(Defect::NoTable)
    } else {
        Kind::Skipped(otherwise)
    }
}

fn damaged_zip<'a>(name: &str) -> Kind<'a> {
    let is_archive = ending(name).is_none_or(|ending| ending == "zip");
    match damaged(name, "损坏的文件") {
        Kind::Skipped(_) if is_archive => {
            Kind::Known(Content::packed("损坏的压缩包", Remedy::PackAgain))
        }
        other => other,
    }
}

fn unreadable<'a>(fault: Defect) -> Kind<'a> {
    Kind::Refused(Refusal::Unreadable(fault), Shape::File)
}

/// Whether a name's ending promises a spreadsheet.
pub(super) fn promises_spreadsheet(name: &str) -> bool {
    ending(name).is_some_and(|ending| SPREADSHEET.contains(&ending.as_str()))
}

fn ending(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.trim().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::{Content, Defect, Kind, Refusal, Where, limits, sniff, whereabouts};

    /// The kind in one word.
    fn kind(bytes: &[u8], name: &str) -> String {
        match sniff(bytes, name) {
            Kind::Xlsx(_) => "xlsx".to_owned(),
            Kind::Xlsb(_) => "xlsb".to_owned(),
            Kind::Ods(_) => "ods".to_owned(),
            Kind::Xls(_) => "xls".to_owned(),
            Kind::Html(_) => "html".to_owned(),
            Kind::WebArchive(_) => "web archive".to_owned(),
            Kind::SpreadsheetMl(_) => "spreadsheetml".to_owned(),
            Kind::FlatOds(_) => "fods".to_owned(),
            Kind::Text(_) => "text".to_owned(),
            Kind::Archive => "archive".to_owned(),
            Kind::Mail => "mail".to_owned(),
            Kind::Mailbox => "mailbox".to_owned(),
            Kind::Skipped(what) => what.to_owned(),
            Kind::Known(Content::Skipped(skipped)) => skipped.what.into_owned(),
            Kind::Known(_) => "known".to_owned(),
            Kind::Refused(Refusal::Encrypted(_), _) => "encrypted".to_owned(),
            Kind::Refused(Refusal::Unreadable(_), _) => "unreadable".to_owned(),
            Kind::Refused(Refusal::OverLimits(_), _) => "over limits".to_owned(),
        }
    }

    #[test]
    fn zips_are_known_by_their_parts() {
        let types = |of: &str| {
            format!("<Types><Override ContentType=\"application/vnd.{of}+xml\"/></Types>")
        };
        let odd = types("openxmlformats-officedocument.spreadsheetml.sheet.main");
        let ods = "application/vnd.oasis.opendocument.spreadsheet";
        for (parts, expected) in [
            (vec![("xl/workbook.xml", "")], "xlsx"),
            (
                vec![("[Content_Types].xml", odd.as_str()), ("a/b.xml", "")],
                "xlsx",
            ),
            (vec![("xl/workbook.bin", "")], "xlsb"),
            (vec![("mimetype", ods), ("content.xml", "")], "ods"),
            (
                vec![
                    ("mimetype", ods),
                    ("META-INF/manifest.xml", "<m:encryption-data>"),
                ],
                "encrypted",
            ),
            (vec![("word/document.xml", "")], "Word 文档"),
            (vec![("a.xlsx", "")], "archive"),
        ] {
            let bytes = zip(&parts);
            assert_eq!(kind(&bytes, "x.xlsx"), expected);
            let prefixed = [b"\x01junk", bytes.as_slice()].concat();
            assert_eq!(kind(&prefixed, "x.xlsx"), expected);
            assert_eq!(kind(&bytes[..bytes.len() - 30], "x.xlsx"), "unreadable");
        }
    }

    #[test]
    fn content_decides_and_the_ending_only_what_to_say() {
        for (bytes, name, expected) in [
            (&b""[..], "a.xlsx", "unreadable"),
            (b"", "a.txt", "空文件"),
            (b"%PDF-1.7", "a.xlsx", "PDF 文件"),
            (b"a,b\n1,2", "a.xls", "text"),
            (b"BM,1", "a.csv", "text"),
            (b"BM\x00\x01", "a.bmp", "图片"),
            (b"a,b", "README.md", "文本文件"),
            (b"a,b", "无后缀", "text"),
            (b"<html>", "a.xls", "unreadable"),
            (b"<html>", "a.html", "网页文件"),
            (b"<html><table>", "a.xls", "html"),
            (b"<html><table>", "a.html", "html"),
            (b"\r\n<META charset=gb2312><TABLE>", "a.et", "html"),
            (
                b"<frameset><frame src='a.files/sheet001.htm'>",
                "a.htm",
                "unreadable",
            ),
            (b"<frameset><frame src='menu.htm'>", "a.htm", "网页文件"),
            (
                b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
                "a.xls",
                "spreadsheetml",
            ),
            (
                b"<o:document o:mimetype='application/vnd.oasis.opendocument.spreadsheet'/>",
                "a.xml",
                "fods",
            ),
            (
                b"<o:document o:mimetype='application/vnd.oasis.opendocument.text'/>",
                "a.xml",
                "不是表格的 OpenDocument 文档",
            ),
            (b"<w:wordDocument/>", "a.xml", "unreadable"),
            (b"<svg/>", "a.svg", "网页文件"),
            (b"MIME-Version: 1.0\r\n", "a.xls", "unreadable"),
            (
                b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=b\r\n\r\n\
                --b\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1</table>\r\n--b--\r\n",
                "a.xls",
                "web archive",
            ),
            (b"MIME-Version: 1.0\r\n", "a.mht", "网页文件"),
            (b"\x09\x04\x06\x00\x00\x00", "a.xls", "xls"),
            (b"\x00\x01\x02", "a.et", "unreadable"),
            (b"\x00\x01\x02", "a.bin", "不是表格的文件"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "unreadable"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "损坏的文件"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "a.msg",
                "损坏的文件或邮件",
            ),
        ] {
            assert_eq!(kind(bytes, name), expected, "{name}");
        }
    }

    #[test]
    fn pages_without_a_table_are_told_apart() {
        let fault = |text: &str| match sniff(text.as_bytes(), "a.xls") {
            Kind::Refused(Refusal::Unreadable(fault), _) => fault,
            _ => panic!("{text}"),
        };
        assert_eq!(fault("<html><body>请登录"), Defect::NoTableOnPage);
        let frames = fault("<html><frameset><frame src=\"评价表.files/sheet001.htm\">");
        let folder = "评价表.files".to_owned();
        assert_eq!(frames, Defect::Frames { folder });
    }

    #[test]
    fn what_grows_in_its_reader_is_read_apart() {
        let size = usize::try_from(limits::STYLES_AT_HOME).expect("small");
        let book = |styles: usize| {
            zip(&[
                ("xl/workbook.xml", ""),
                ("XL\\Styles.xml", &" ".repeat(styles)),
            ])
        };
        let apart = whereabouts(&book(size + 1), "a.xlsx");
        assert_eq!(apart, Where::Apart);
        let here = whereabouts(&book(size), "a.xlsx");
        assert_eq!(here, Where::Here(limits::STYLES_AT_HOME));
    }
}
