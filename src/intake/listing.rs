//! How long the list of a zip's parts is, found out before anything reads the list: alone it can fill the memory.
//!
//! Knows nothing of what is in the parts.

use super::Refusal;
use super::limits;

/// What the record at the end of every zip begins with.
const END: &[u8] = b"PK\x05\x06";
/// What the record before it begins with where the zip has more parts or bytes than the end can state, and where it is
/// looked for.
const LARGE_END: &[u8] = b"PK\x06\x06";
const LARGE_WITHIN: usize = 1024;
/// Length of that record, and the longest comment that may follow it.
const END_LENGTH: usize = 22;
const COMMENT_LENGTH: usize = u16::MAX as usize;
/// What each line of the list begins with, and where the lengths of the name, the extra fields and the comment stand
/// in it.
const LINE: &[u8] = b"PK\x01\x02";
const LENGTHS: [usize; 3] = [28, 30, 32];

/// Whether the list is short enough to be read at all.
pub(super) fn hold(bytes: &[u8]) -> Result<(), Refusal> {
    limits::ENTRIES.hold(stated(bytes).unwrap_or_default())?;
    // The end can lie, and a reader that does not believe it takes an earlier one. But any list is made of lines, so
    // there is none longer than all of them together. Those of zips inside this one are among them.
    let (mut lines, mut texts) = (0, 0);
    for at in memchr::memmem::find_iter(bytes, LINE) {
        lines += 1;
        let length = |field: usize| word(bytes, at + field).map_or(0, u64::from);
        texts += LENGTHS.into_iter().map(length).sum::<u64>();
    }
    limits::LINES.hold(lines)?;
    limits::NAMES.hold(texts)
}

/// Whether `bytes` end like a zip, whatever they begin with.
pub(super) fn ends_like_a_zip(bytes: &[u8]) -> bool {
    end(bytes).is_some()
}

/// The number of parts stated at the end. Counted by name, parts of one name would be one.
pub(super) fn stated(bytes: &[u8]) -> Option<u64> {
    let end = end(bytes)?;
    let small = word(bytes, end + 10)?;
    if small != u16::MAX {
        return Some(u64::from(small));
    }
    // Too large to be stated there, or stated in the larger record before it all the same.
    let before = &bytes[..end];
    let from = end.saturating_sub(LARGE_WITHIN);
    let large = before[from..]
        .windows(LARGE_END.len())
        .rposition(|window| window == LARGE_END);
    let number = large.and_then(|large| {
        let at = from + large + 32;
        Some(u64::from_le_bytes(before.get(at..at + 8)?.try_into().ok()?))
    });
    Some(number.unwrap_or(u64::from(small)))
}

/// Where the record at the end begins.
fn end(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(END_LENGTH + COMMENT_LENGTH);
    bytes[from..]
        .windows(END.len())
        .rposition(|window| window == END)
        .map(|position| from + position)
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{END, LINE, Refusal, hold, stated};
    use crate::intake::package::tests::zip;

    #[test]
    fn a_list_is_held_to_its_length_whatever_the_end_says() {
        let honest = zip(&[("a", "1"), ("b", "2")]);
        assert_eq!(stated(&honest), Some(2));
        assert_eq!(hold(&honest), Ok(()));
        let line = [LINE, &[0; 42]].concat();
        let many = [line.repeat(100_001), honest.clone()].concat();
        assert!(matches!(hold(&many), Err(Refusal::OverLimits(_))));
        let mut long = line;
        long[28..34].fill(0xff);
        let long = [long.repeat(50), honest].concat();
        assert!(matches!(hold(&long), Err(Refusal::OverLimits(_))));
        // More than can be stated there, and nowhere else.
        let full = [END, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], &[0; 10]].concat();
        assert!(matches!(hold(&full), Err(Refusal::OverLimits(_))));
    }
}
