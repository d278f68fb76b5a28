//! A letter as an unsent mail: a mail program opens it as a draft, to be looked at and sent. Nothing of it depends on
//! the clock, so that the same run writes the same bytes.

use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use super::letter::plain;
use crate::model::sha256_hex;
use crate::report::Output;

/// What a workbook is to a mail program.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A letter, ready to be sent but for its signature.
pub(super) struct Draft<'d> {
    /// The address; empty where it is not known for sure.
    pub to: &'d str,
    pub subject: &'d str,
    pub lines: &'d [String],
    /// Workbooks.
    pub attached: &'d [&'d Output],
}

impl Draft<'_> {
    /// The mail.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let text = plain(self.lines);
        let subject = plain(&[self.subject.replace('\n', " ")]);
        // Parts of a mail are told apart by a line that none of them holds.
        let mut all = text.clone().into_bytes();
        for slip in self.attached {
            all.extend(&slip.bytes);
        }
        let digest = sha256_hex(&all);
        let mark = format!("=_{}", digest.get(..32).unwrap_or(&digest));
        let mut parts = vec![MimePart::new("text/plain", text)];
        parts.extend(self.attached.iter().map(|slip| {
            let name = slip.name.rsplit('/').next().unwrap_or(&slip.name);
            MimePart::new(WORKBOOK, slip.bytes.as_slice()).attachment(name)
        }));
        let kind = ContentType::new("multipart/mixed").attribute("boundary", mark);
        let mut mail = MimePart::new(kind, parts)
            .header("MIME-Version", Raw::new("1.0"))
            .header("X-Unsent", Raw::new("1"))
            .header("Subject", Text::new(subject.trim_end()));
        if !self.to.is_empty() {
            let to = Address::new_address(None::<&str>, self.to);
            mail = mail.header("To", to);
        }
        let mut bytes = Vec::new();
        mail.write_part(&mut bytes);
        bytes
    }
}

/// The address in what a mail says of its sender: `zhang@example.org` of `张三 <zhang@example.org>`.
pub(super) fn address(sender: &str) -> Option<&str> {
    let inner = sender.rsplit_once('<');
    let bare = inner
        .map_or(sender, |(_, inner)| inner.trim_end_matches('>'))
        .trim();
    let is_plain =
        |one: char| one.is_ascii_graphic() && !matches!(one, '<' | '>' | ',' | ';' | '"');
    let (name, host) = bare.split_once('@')?;
    (!name.is_empty() && host.contains('.') && !host.contains('@') && bare.chars().all(is_plain))
        .then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::{Draft, address};
    use crate::report::Output;

    #[test]
    fn only_one_plain_address_is_one() {
        assert_eq!(
            address("张三 <zhang@example.org>"),
            Some("zhang@example.org")
        );
        assert_eq!(address("zhang@example.org"), Some("zhang@example.org"));
        for other in ["", "张三", "a@b.cn, c@d.cn", "a@b@c.cn", "张三@b.cn"] {
            assert_eq!(address(other), None, "{other}");
        }
    }

    #[test]
    fn a_draft_is_unsent_and_the_same_every_time() {
        let slip = Output {
            name: "第1组/甲-退回.xlsx".to_owned(),
            bytes: vec![7; 300],
        };
        let draft = Draft {
            to: "zhang@example.org",
            subject: "请更正：中国地质学会的评价表",
            lines: &["张三同志：".to_owned(), "您好！".to_owned()],
            attached: &[&slip],
        };
        let bytes = draft.bytes();
        assert_eq!(bytes, draft.bytes());
        let head = String::from_utf8_lossy(&bytes);
        assert!(head.contains("X-Unsent: 1\r\n") && head.contains("To: <zhang@example.org>"));
        assert!(!head.contains("Date:") && !head.contains("Message-ID"));
    }
}
