//! 更正件标记: what a corrected form carries so that it is known which form it stands for, whatever its date.

use std::fmt;

use super::fold;

/// A form received earlier: the first digits of its file's SHA-256, and its number within that file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    digest: String,
    number: usize,
}

impl Tag {
    /// Hex digits of the SHA-256: enough to tell apart every file of a year.
    const DIGITS: usize = 12;

    /// The tag of the form `number` (counted from one) of the file with this SHA-256; none where there is none.
    #[must_use]
    pub fn of(sha256: &str, number: usize) -> Option<Self> {
        let digest = sha256.get(..Self::DIGITS)?.to_ascii_lowercase();
        let is_hex = digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_hex && number > 0).then_some(Self { digest, number })
    }

    /// The tags in the text of a cell, alone or behind a label, with 、 or , between them.
    #[must_use]
    pub fn find(text: &str) -> Vec<Self> {
        let folded = fold(text);
        let tags = folded.rsplit(':').next().unwrap_or(&folded);
        tags.split(['、', ',']).filter_map(Self::read).collect()
    }

    fn read(text: &str) -> Option<Self> {
        // Programs turn the hyphen into its kin.
        let plain = text.replace(['−', '–', '—', '‐'], "-");
        let (digest, number) = plain.split_once('-')?;
        let is_whole = digest.len() == Self::DIGITS;
        Self::of(digest, number.parse().ok()?).filter(|_| is_whole)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.digest, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn is_found_alone_or_behind_its_label_and_beside_others() {
        let tag = Tag::of("3fa9c0d1e2b4ffff", 1).expect("a tag");
        assert_eq!(tag.to_string(), "3fa9c0d1e2b4-1");
        for text in [
            "3fa9c0d1e2b4-1",
            "更正件（请勿修改）：3fa9c0d1e2b4-1",
            " 3FA9C0D1E2B4 — １ ",
        ] {
            assert_eq!(Tag::find(text), std::slice::from_ref(&tag), "{text}");
        }
        assert_eq!(Tag::find("3fa9c0d1e2b4-1、00a9c0d1e2b4-12").len(), 2);
    }

    #[test]
    fn is_not_seen_where_there_is_none() {
        for text in [
            "",
            "无",
            "3fa9c0d1e2b4",
            "3fa9c0d1e2b4-0",
            "3fa9-1",
            "3fa9c0d1e2b4a-1",
            "学会学会学会学会-1",
        ] {
            assert_eq!(Tag::find(text), [], "{text}");
        }
        assert_eq!(Tag::of("", 1), None);
    }
}
