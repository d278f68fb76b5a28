//! What identifies a content.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex, as `certutil` and `sha256sum` show it.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
