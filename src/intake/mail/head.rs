//! Whether something begins as a mail, a mailbox or a web archive does.
//!
//! Knows names of fields, not what is in them.

use super::field;

/// So much is looked at: what comes before the fields that matter is never longer.
const LOOK_AHEAD: usize = 64 * 1024;

/// Fields that only programs write: one of them at least makes the head of a mail. People begin notes with
/// "Date:" and "Subject:" too.
const WRITTEN_BY_PROGRAMS: [&str; 13] = [
    "From",
    "Received",
    "Return-Path",
    "Delivered-To",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "DKIM-Signature",
    "Authentication-Results",
    "Received-SPF",
    "ARC-Seal",
    "Sender",
];
const WRITTEN_BY_PEOPLE: [&str; 9] = [
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Date",
    "Reply-To",
    "In-Reply-To",
    "References",
    "Content-Disposition",
];

/// Whether this is the start of a saved mail. A web archive, which looks alike, is none.
pub(in super::super) fn is_mail(text_start: &[u8]) -> bool {
    let mut known: Vec<&str> = Vec::new();
    let mut by_program = false;
    for (name, _) in lines(looked_at(text_start)) {
        let listed = |list: &'static [&'static str]| {
            let mut list = list.iter();
            list.find(|one| name.eq_ignore_ascii_case(one.as_bytes()))
                .copied()
        };
        let program = listed(&WRITTEN_BY_PROGRAMS).or_else(|| {
            let extra = name.len() > 2 && name[..2].eq_ignore_ascii_case(b"X-");
            extra.then_some("X-")
        });
        by_program |= program.is_some();
        if let Some(name) = program.or_else(|| listed(&WRITTEN_BY_PEOPLE))
            && !known.contains(&name)
        {
            known.push(name);
        }
    }
    by_program && known.len() >= 2 && !is_web_archive(text_start)
}

/// Whether this is the start of a web page or workbook saved in one file (.mht), which is written like a mail
/// that nobody sent.
pub(in super::super) fn is_web_archive(start: &[u8]) -> bool {
    let start = looked_at(start);
    let has = |name: &str| lines(start).any(|(of, _)| of.eq_ignore_ascii_case(name.as_bytes()));
    if ["Snapshot-Content-Location", "X-Document-Type"]
        .into_iter()
        .any(has)
    {
        return true;
    }
    let content_type = field::raw(start, "Content-Type").unwrap_or_default();
    let content_type = field::Field::read(&content_type).value;
    let from = field::raw(start, "From").unwrap_or_default();
    let sent = [
        "To",
        "Cc",
        "Bcc",
        "Received",
        "Return-Path",
        "Message-ID",
        "Delivered-To",
    ];
    has("MIME-Version")
        && (content_type == "multipart/related" || has("Content-Location"))
        && !from.contains(&b'@')
        && !sent.into_iter().any(has)
}

/// Whether this is the start of a mailbox: many mails in one file, each behind a line "From ".
pub(in super::super) fn is_mailbox(start: &[u8]) -> bool {
    let start = without_blank(start);
    start.starts_with(b"From ") && is_mail(self::start(start))
}

fn looked_at(start: &[u8]) -> &[u8] {
    let start = without_blank(start);
    &start[..start.len().min(LOOK_AHEAD)]
}

/// Where the head of a mail begins: behind blank lines, a byte order mark, and the line with which a mailbox
/// begins each mail.
pub(super) fn start(bytes: &[u8]) -> &[u8] {
    let bytes = without_blank(bytes);
    if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        return end.map_or(&[], |end| &bytes[end + 1..]);
    }
    bytes
}

pub(super) fn without_blank(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.trim_ascii_start();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start()
}

/// The fields from the start on, with what stands behind the colon on the same line; ends with the first line
/// that belongs to none.
pub(super) fn lines(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut before = false;
    head.split(|byte| *byte == b'\n')
        .map_while(move |line| {
            let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
            if before && is_folded {
                return Some(None);
            }
            before = true;
            field::named(line).map(Some)
        })
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{is_mail, is_mailbox, is_web_archive};

    #[test]
    fn a_mail_is_known_by_its_first_fields() {
        for mail in [
            "From: a@b.cn\nTo: c@d.cn\n\nx",
            "\r\n\r\nReceived: from x\r\n\tby y;\r\n z\r\nDate: Sun, 5 Aug 2018 09:30:00 +0800\r\n",
            "\u{feff}MIME-Version: 1.0\nSubject: x",
            "X-QQ-mid: 1\nSubject : x\n",
            "date:x\nmessage-id:<1@x>",
            "Content-Type: multipart/mixed; boundary=x\nMIME-Version: 1.0\n\n",
            "MIME-Version: 1.0\nFrom: a@b.cn\nContent-Type: multipart/related;\n boundary=x\n\n",
        ] {
            assert!(is_mail(mail.as_bytes()), "{mail:?}");
            assert!(!is_web_archive(mail.as_bytes()), "{mail:?}");
            assert!(!is_mailbox(mail.as_bytes()), "{mail:?}");
            let boxed = format!("From - Mon Sep 03 10:00:00 2018\n{}", mail.trim_start());
            assert!(is_mailbox(boxed.as_bytes()), "{boxed:?}");
            assert!(!is_mail(boxed.as_bytes()), "{boxed:?}");
        }
    }

    #[test]
    fn tables_and_notes_are_no_mails() {
        for text in [
            "",
            "学会名称,总分\n中国地质学会,90\n",
            "From,To\na,b\n",
            "From: a\n",
            "Date: 2018-08-05\nSubject: 会议纪要\nTo: 各组\n",
            "说明\nFrom: a@b.cn\nTo: c@d.cn\n",
            "From the start: 1,2\nSubject: x\n",
            "X-: 1\nTo: y\n",
            "http://a\nfrom: x",
            "\n\n\n",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text:?}");
            assert!(!is_mailbox(text.as_bytes()), "{text:?}");
            assert!(!is_web_archive(text.as_bytes()), "{text:?}");
        }
        assert!(!is_mailbox(b"From now on\nwe write\n"));
    }

    #[test]
    fn web_archives_are_no_mails() {
        for archive in [
            "MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=\"x\"\n\n",
            "From: <Saved by Blink>\nSnapshot-Content-Location: http://a\nSubject: x\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n type=\"text/html\"\n",
            "From: =?gb2312?B?08kgSUUgsaO05g==?=\nSubject: x\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n",
            "From: \"Saved by Windows Internet Explorer 8\"\nSubject: x\nDate: x\nMIME-Version: 1.0\nContent-Type: text/html\nContent-Location: http://a\n",
            "\r\nMIME-Version: 1.0\r\nContent-Type: Multipart/Related; boundary=x\r\n\r\n",
        ] {
            assert!(is_web_archive(archive.as_bytes()), "{archive:?}");
            assert!(!is_mail(archive.as_bytes()), "{archive:?}");
        }
    }
}
