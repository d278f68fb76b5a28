//! The encryption of Excel 2007, described in fields ("standard"): AES and SHA-1.

use super::keys::{Hash, decrypt_plainly};
use super::long;

/// What one try costs.
pub(super) const ROUNDS: u32 = 50_000;

/// What opens the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lock {
    key_bytes: usize,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    digest: Vec<u8>,
}

impl Lock {
    pub(super) fn read(info: &[u8]) -> Option<Self> {
        /// Versions, flags and the size of the header stand before it.
        const HEADER: usize = 12;
        const AES: std::ops::RangeInclusive<u32> = 0x660e..=0x6610;
        let size = usize::try_from(long(info, 8)?).ok()?;
        let header = info.get(HEADER..HEADER.checked_add(size)?)?;
        if !AES.contains(&long(header, 8)?) {
            return None;
        }
        let key_bytes = usize::try_from(long(header, 16)?).ok()? / 8;
        let mut rest = info.get(HEADER + size + 4..)?;
        let mut field = |length: usize| {
            let (field, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some(field.to_vec())
        };
        let (salt, verifier) = (field(16)?, field(16)?);
        field(4)?;
        Some(Self {
            key_bytes,
            salt,
            verifier,
            digest: field(32)?,
        })
    }

    /// The key of the document, if the password is the right one.
    pub(super) fn key(&self, password: &str) -> Option<Vec<u8>> {
        const PAD: usize = 64;
        let spun = Hash::Sha1.spun(&self.salt, password, ROUNDS);
        let last = Hash::Sha1.of(&[&spun, &0_u32.to_le_bytes()]);
        let padded = |filler: u8| {
            let mut bytes = [filler; PAD];
            for (byte, mixed) in bytes.iter_mut().zip(&last) {
                *byte ^= mixed;
            }
            Hash::Sha1.of(&[&bytes])
        };
        let mut key = [padded(0x36), padded(0x5c)].concat();
        key.truncate(self.key_bytes);
        let (mut verifier, mut digest) = (self.verifier.clone(), self.digest.clone());
        decrypt_plainly(&key, &mut verifier)?;
        decrypt_plainly(&key, &mut digest)?;
        let expected = Hash::Sha1.of(&[&verifier]);
        (digest.get(..expected.len())? == expected).then_some(key)
    }
}

pub(super) fn open(key: &[u8], package: &mut [u8]) -> Option<()> {
    decrypt_plainly(key, package)
}
