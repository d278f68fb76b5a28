//! What identifies a content.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex, as `certutil` and `sha256sum` show it.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
    let mut hex = String::with_capacity(2 * digest.len());
    hex.extend(digits);
    hex
}

/// Passes on what is written, and knows at the end what it was.
pub struct Digesting<W> {
    to: W,
    digest: Sha256,
    size: u64,
}

impl<W: Write> Digesting<W> {
    pub fn new(to: W) -> Self {
        Self {
            to,
            digest: Sha256::new(),
            size: 0,
        }
    }

    /// SHA-256, as [`sha256_hex`] has it, of what has passed and of `more` behind it.
    #[must_use]
    pub fn with(&self, more: &[u8]) -> String {
        hex(&self.digest.clone().chain_update(more).finalize())
    }

    /// SHA-256 as [`sha256_hex`] has it, and the bytes.
    #[must_use]
    pub fn done(self) -> (String, u64) {
        (hex(&self.digest.finalize()), self.size)
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.size += u64::try_from(written).unwrap_or(u64::MAX);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{Digesting, sha256_hex};

    #[test]
    fn what_passes_is_what_is_known_of_it() {
        let mut to = [0; 5];
        let mut digesting = Digesting::new(to.as_mut_slice());
        digesting.write_all(b"abc").expect("written");
        // Only what was taken counts.
        assert_eq!(digesting.write(b"defg").expect("written"), 2);
        assert_eq!(digesting.with(b"fg"), sha256_hex(b"abcdefg"));
        assert_eq!(digesting.done(), (sha256_hex(b"abcde"), 5));
    }
}
