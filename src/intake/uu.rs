//! Files that stand in a text as old mail programs write them (uuencode). They are found and said, not read: whoever sent
//! one can send it otherwise.

/// So much is taken of one that has no end.
const MOST: usize = 1024 * 1024;

/// Whether bytes begin like one: `begin 644 name`, and a line of as many letters as its first one says.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let begins = lines.next().is_some_and(|line| name(line).is_some());
    begins && lines.next().is_some_and(holds)
}

/// Those in a text, from where each begins, with its name.
pub(super) fn all_in(text: &[u8]) -> impl Iterator<Item = (String, &[u8])> {
    let starts = memchr::memmem::find_iter(text, b"begin ");
    starts.filter_map(|start| {
        let is_line = start == 0 || text.get(start - 1) == Some(&b'\n');
        let rest = text.get(start..)?;
        let line = rest.split(|byte| *byte == b'\n').next()?;
        let name = name(line)?;
        let end = memchr::memmem::find(rest, b"\nend").map_or(MOST, |end| end + 4);
        let whole = &rest[..rest.len().min(end)];
        (is_line && is_one(rest)).then_some((name, whole))
    })
}

/// The name that the first line gives.
fn name(line: &[u8]) -> Option<String> {
    let line = line.trim_ascii_end().strip_prefix(b"begin ")?;
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let name = line.get(digits..)?.strip_prefix(b" ")?;
    let is_mode = (3..=4).contains(&digits) && !name.is_empty();
    is_mode.then(|| super::text::decode_as(name, ""))
}

/// Whether a line holds what its first letter says: so many bytes, three in four letters.
fn holds(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let Some((first, rest)) = line.split_first() else {
        return false;
    };
    let bytes = usize::from(first.wrapping_sub(b' ') & 63);
    let letters = bytes.div_ceil(3) * 4;
    let is_written = rest.iter().all(|byte| (b' '..=b'`').contains(byte));
    // Blanks at the end may be lost on the way, a letter more is a checksum.
    (b' '..=b'`').contains(first) && is_written && (bytes..=letters + 1).contains(&rest.len())
}

#[cfg(test)]
mod tests {
    use super::{all_in, is_one};

    #[test]
    fn a_file_in_a_text_is_found_by_its_name() {
        let text = b"\xe6\x82\xa8\xe5\xa5\xbd\r\nbegin 644 a.xlsx\r\n#86)C\r\n`\r\nend\r\n";
        let found: Vec<String> = all_in(text).map(|(name, _)| name).collect();
        assert_eq!(found, ["a.xlsx"]);
        assert!(is_one(b"begin 644 a.xlsx\n#86)C\n`\nend\n"));
    }

    #[test]
    fn what_merely_begins_so_is_a_text() {
        for text in [
            &b"begin 644 reviews\nby Friday\n"[..],
            b"begin with\n#86)C\n",
            b"to begin 644 a.xlsx\n#86)C\n",
            b"begin 644 a.xlsx",
        ] {
            assert_eq!(all_in(text).count(), 0, "{}", String::from_utf8_lossy(text));
        }
    }
}
