//! The mail that something came in: who sent it, when, under which subject.

use jiff::Zoned;

/// What the head of a mail says. Texts are decoded, on one line and safe to print; empty where the mail says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// `张三 <zhangsan@example.org>`, or the address alone.
    pub sender: String,
    pub subject: String,
    /// The `Date:` of the mail, with the sender's own offset; two of them compare as moments.
    pub sent: Option<Zoned>,
}

impl Letter {
    /// The moment as papers show it, in the sender's own time: `2018-08-05 09:30`; empty where none is said.
    #[must_use]
    pub fn sent_text(&self) -> String {
        self.sent.as_ref().map_or(String::new(), |sent| {
            sent.strftime("%Y-%m-%d %H:%M").to_string()
        })
    }

    /// The moment for programs, as RFC 3339: `2018-08-05T09:30:00+08:00`.
    #[must_use]
    pub fn sent_iso(&self) -> Option<String> {
        self.sent
            .as_ref()
            .map(|sent| sent.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Letter;

    #[test]
    fn the_moment_is_shown_in_the_senders_own_time() {
        let sent = jiff::fmt::rfc2822::parse("Sun, 5 Aug 2018 09:30:00 +0800").ok();
        let letter = Letter {
            sent,
            ..Letter::default()
        };
        assert_eq!(letter.sent_text(), "2018-08-05 09:30");
        assert_eq!(
            letter.sent_iso().as_deref(),
            Some("2018-08-05T09:30:00+08:00")
        );
    }
}
