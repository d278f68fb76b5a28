//! Every word in a file that was written, wherever it stands.

#![allow(dead_code)] // each test binary uses its part

use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::path::Path;

/// Every part of a workbook, a letter or a mail, as text, and its name.
pub fn words_in(name: &str, bytes: &[u8]) -> String {
    let mut text = name.to_owned();
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    if ending == Some("xlsx") {
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        for index in 0..parts.len() {
            let mut part = parts.by_index(index).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("bytes");
            text.push_str(&part.name().expect("a name"));
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    } else if ending == Some("eml") {
        let mail = mail_parser::MessageParser::default()
            .parse(bytes)
            .expect("a mail");
        text.push_str(&String::from_utf8_lossy(bytes));
        for header in mail.headers() {
            write!(text, "{:?}", header.value).expect("written");
        }
        for part in &mail.parts {
            if let mail_parser::PartType::Text(body) = &part.body {
                text.push_str(body);
            }
        }
        for attachment in mail.attachments() {
            use mail_parser::MimeHeaders;
            let name = attachment.attachment_name().expect("a name");
            text.push_str(&words_in(name, attachment.contents()));
        }
    } else {
        text.push_str(&String::from_utf8_lossy(bytes));
    }
    text
}
