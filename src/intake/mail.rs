//! Mails saved as files: from their bytes to the head and the attachments.
//!
//! Attachments come out as they went in; what they are, and how deep mails may lie in mails, is not decided
//! here. The only `mail_parser`. It takes single heads and bodies; the boundaries between the parts are found in
//! `parts`, because the crate holds a mail with mails in it as a tree (as deep as the sender likes, so that
//! dropping it can exhaust the stack) and looks for each missing boundary to the end of the file. Names are
//! decoded in `words` and `field`, because the crate loses letters that are split between two encoded words or
//! written as plain bytes.

mod field;
mod head;
mod linked;
mod parts;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::Zoned;
use jiff::fmt::rfc2822::DateTimeParser;
use mail_parser::MessageParser;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::parsers::MessageStream;

use super::limits::ENTRIES;
use super::{Defect, Refusal, text, uu};
use crate::model::Letter;
use crate::model::quiet::quietly;
use field::Field;
use parts::Part;

pub(super) use head::{is_mail, is_mailbox, is_web_archive};

/// A mail, opened.
#[derive(Debug)]
pub(super) struct Mail {
    pub(super) letter: Letter,
    /// In the order of the mail. A mail in the mail is one of them, to be opened in turn.
    pub(super) attachments: Vec<Attachment>,
    /// Large attachments that lie on a server, the mail holding only a link: their names as far as the mail
    /// tells them, else one empty name.
    pub(super) linked: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attachment {
    /// A file name without folders, safe to print; never empty.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// As much of a text is looked through for links to large attachments, and so many of them are named.
const TEXT_WITHIN: usize = 1024 * 1024;
const LINKED: usize = 200;

/// Opens a mail.
///
/// # Errors
/// `bytes` do not begin with a head, or there are too many parts.
pub(super) fn open(bytes: &[u8]) -> Result<Mail, Refusal> {
    let bytes = head::start(bytes);
    if head::lines(bytes).next().is_none() {
        return Err(Refusal::Unreadable(Defect::MailBroken));
    }
    let mut mail = Mail {
        letter: letter(parts::head_of(bytes)),
        attachments: Vec::new(),
        linked: Vec::new(),
    };
    let mut linked = BTreeSet::new();
    let mut count = 0;
    parts::each(bytes, |part| {
        count += 1;
        ENTRIES.hold(count)?;
        let typed = Typed::of(part);
        if !typed.is_body() {
            let bytes = content(part).into_owned();
            let name = typed.name(&bytes, mail.attachments.len() + 1);
            mail.attachments.push(Attachment { name, bytes });
        } else if typed.kind.starts_with("text/") && linked.len() < LINKED {
            let body = content(part);
            // Old programs write attachments into the text itself.
            for (name, bytes) in uu::all_in(&body).take(LINKED) {
                let name = words::file_name(&name).unwrap_or_else(|| "附件".to_owned());
                mail.attachments.push(Attachment {
                    name,
                    bytes: bytes.to_vec(),
                });
            }
            let body = &body[..body.len().min(TEXT_WITHIN)];
            let body = text::decode_as(body, &typed.charset);
            let names = linked::names(&body, typed.kind == "text/html");
            let new = names.into_iter().filter(|name| linked.insert(name.clone()));
            mail.linked.extend(new.take(LINKED));
        }
        Ok(())
    })?;
    // The same attachments may be told with names in one form of the text and without in the other.
    if mail.linked.iter().any(|name| !name.is_empty()) {
        mail.linked.retain(|name| !name.is_empty());
    }
    Ok(mail)
}

/// The web pages of a web archive (.mht), which is written like a mail.
///
/// # Errors
/// Too many parts.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut pages = Vec::new();
    let mut count = 0;
    parts::each(head::start(bytes), |part| {
        count += 1;
        ENTRIES.hold(count)?;
        let typed = Typed::of(part);
        if typed.kind == "text/html" {
            let page = content(part);
            let read = typed.charset.is_empty().then(|| text::decode_markup(&page));
            let page = read.flatten();
            pages.push(page.unwrap_or_else(|| text::decode_as(&content(part), &typed.charset)));
        }
        Ok(())
    })?;
    Ok(pages)
}

/// The mails of a mailbox file, one after the other.
pub(super) fn mailbox(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mails = MessageIterator::new(head::without_blank(bytes));
    let mut mails = mails
        .map_while(Result::ok)
        .map(mail_parser::mailbox::mbox::Message::unwrap_contents)
        .peekable();
    std::iter::from_fn(move || {
        let mut mail = mails.next()?;
        // A line of the text that begins with "From " and was not quoted by the program that wrote it.
        while let Some(rest) = mails.next_if(|next| !is_mail(next)) {
            mail.extend(rest);
        }
        Some(mail)
    })
}

/// What the head says.
fn letter(head: &[u8]) -> Letter {
    let from = ["From", "Sender"].map(|name| field::raw(head, name));
    let subject = field::raw(head, "Subject");
    Letter {
        sender: from
            .into_iter()
            .flatten()
            .map(|from| sender(&text::decode_as(&from, "")))
            .find(|sender| !sender.is_empty())
            .unwrap_or_default(),
        subject: words::one_line(&subject.map_or(String::new(), |raw| words::decode_raw(&raw))),
        sent: field::raw(head, "Date").and_then(|date| sent(&text::decode_as(&date, ""))),
    }
}

/// `张三 <zhangsan@example.org>`, or the one of both that is there.
fn sender(from: &str) -> String {
    let line = format!("From: {}\n\n", words::recode(from));
    let parsed = quietly(|| MessageParser::new().parse_headers(line.as_bytes()));
    let parsed = parsed.flatten();
    let first = parsed.as_ref().and_then(|mail| mail.from()?.first());
    let part = |text: Option<&str>| words::one_line(&words::decode(text.unwrap_or_default()));
    let name = part(first.and_then(|first| first.name()));
    let name = name.trim_matches(['"', '\'', ' ']);
    let address = part(first.and_then(|first| first.address()));
    match (name, address.as_str()) {
        ("", "") => words::one_line(&words::decode(from)),
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) if name == address => address.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

/// The moment of a `Date:` field.
fn sent(date: &str) -> Option<Zoned> {
    let date = date.trim();
    // Bare, it means China to those who write it and the middle of America to the standard. As a comment behind
    // a figure it does no harm.
    if date.to_ascii_uppercase().ends_with(" CST") {
        return None;
    }
    DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_zoned(date)
        .ok()
}

/// What a part is, by its head.
struct Typed {
    /// `application/zip`
    kind: String,
    charset: String,
    /// Whether the sender's program says that it is no part of the text.
    is_attached: bool,
    /// The name that the sender's file had.
    given: Option<String>,
}

impl Typed {
    fn of(part: &Part<'_>) -> Self {
        let read = |name| Field::read(&field::raw(part.head, name).unwrap_or_default());
        let content_type = read("Content-Type");
        let disposition = read("Content-Disposition");
        let kind = match content_type.value.as_str() {
            "" if part.in_digest => "message/rfc822",
            "" => "text/plain",
            kind => kind,
        };
        Self {
            kind: kind.to_owned(),
            charset: content_type
                .parameter("charset")
                .unwrap_or_default()
                .to_owned(),
            is_attached: disposition.value == "attachment",
            given: given_name(&disposition, &content_type),
        }
    }

    /// Whether this is what the sender wrote (or a picture in it, or a report on the delivery), not what was
    /// attached.
    fn is_body(&self) -> bool {
        let (family, of) = self.kind.split_once('/').unwrap_or((&self.kind, ""));
        let written = match family {
            "text" => of != "csv" && !of.ends_with("separated-values"),
            "message" => !self.is_mail(),
            "image" | "audio" | "video" => true,
            _ => false,
        };
        written && !self.is_attached && self.given.is_none()
    }

    fn is_mail(&self) -> bool {
        ["message/rfc822", "message/global"].contains(&self.kind.as_str())
    }

    /// What the attachment is to be called: by its own name, else by its type.
    fn name(&self, bytes: &[u8], number: usize) -> String {
        const ENDINGS: [(&str, &str); 20] = [
            (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ".xlsx",
            ),
            ("application/vnd.ms-excel.sheet.macroenabled.12", ".xlsm"),
            (
                "application/vnd.ms-excel.sheet.binary.macroenabled.12",
                ".xlsb",
            ),
            ("application/vnd.ms-excel", ".xls"),
            ("application/msexcel", ".xls"),
            ("application/x-msexcel", ".xls"),
            ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
            ("application/wps-office.xlsx", ".xlsx"),
            ("application/wps-office.xls", ".xls"),
            ("application/wps-office.et", ".et"),
            ("text/csv", ".csv"),
            ("application/zip", ".zip"),
            ("application/x-zip-compressed", ".zip"),
            ("application/vnd.rar", ".rar"),
            ("application/x-rar-compressed", ".rar"),
            ("application/x-7z-compressed", ".7z"),
            ("application/pdf", ".pdf"),
            ("application/msword", ".doc"),
            ("text/plain", ".txt"),
            ("text/html", ".html"),
        ];
        if let Some(name) = &self.given {
            return name.clone();
        }
        match self.kind.as_str() {
            _ if self.is_mail() => {
                let head = parts::head_of(head::start(bytes));
                let subject = field::raw(head, "Subject");
                let subject = subject.map_or(String::new(), |raw| words::decode_raw(&raw));
                // A subject is no path.
                let subject = words::file_name(&subject.replace(['/', '\\'], "_"));
                format!("{}.eml", subject.as_deref().unwrap_or("邮件"))
            }
            // Outlook's wrapping, which it calls so itself.
            "application/ms-tnef" | "application/vnd.ms-tnef" => "winmail.dat".to_owned(),
            kind => {
                let ending = ENDINGS.iter().find(|(of, _)| *of == kind);
                format!("附件{number}{}", ending.map_or("", |(_, ending)| ending))
            }
        }
    }
}

/// The first name without a hole: some programs write one of them well and the other as question marks.
fn given_name(disposition: &Field, content_type: &Field) -> Option<String> {
    let all = || {
        let first = disposition
            .texts("filename")
            .chain(disposition.texts("name"));
        let second = content_type
            .texts("name")
            .chain(content_type.texts("filename"));
        first
            .chain(second)
            .filter_map(|name| words::file_name(&name))
    };
    let whole = |name: &String| !name.contains(['\u{fffd}', '?']);
    all().find(whole).or_else(|| all().next())
}

/// The content of a part, out of its transfer encoding. What was not encoded as it says is given as it is.
fn content<'a>(part: &Part<'a>) -> Cow<'a, [u8]> {
    let encoding = field::raw(part.head, "Content-Transfer-Encoding").unwrap_or_default();
    let encoding = Field::read(&encoding).value;
    let decoded = match encoding.as_str() {
        "base64" => base64_decode(part.body).or_else(|| base64_decode(&only_base64(part.body))),
        "quoted-printable" => quietly(|| {
            let mut stream = MessageStream::new(part.body);
            let (end, decoded) = stream.decode_quoted_printable_mime(b"");
            (end != usize::MAX).then(|| decoded.into_owned())
        })
        .flatten(),
        _ => None,
    };
    decoded.map_or(Cow::Borrowed(part.body), Cow::Owned)
}

/// The lines that are base64, up to the first that is padded: what mailing lists and virus scanners write
/// below an attachment is none of it.
fn only_base64(body: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        let known = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/= \t".contains(byte);
        if line.iter().all(known) {
            kept.extend_from_slice(line);
        }
        if kept.ends_with(b"=") {
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests;
