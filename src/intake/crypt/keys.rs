//! Digests and ciphers by the names that files give them.

use aes::cipher::{Block, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use sha1::Sha1;
use sha2::digest::{FixedOutputReset, Output};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The bytes of a block of AES.
pub(super) const BLOCK: usize = 16;

/// A digest that keys are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn called(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" | "SHA-256" => Self::Sha256,
            "SHA384" | "SHA-384" => Self::Sha384,
            "SHA512" | "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    /// The digest of these pieces, one behind the other.
    pub(super) fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            for piece in pieces {
                digest.update(piece);
            }
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => digest::<Sha1>(pieces),
            Self::Sha256 => digest::<Sha256>(pieces),
            Self::Sha384 => digest::<Sha384>(pieces),
            Self::Sha512 => digest::<Sha512>(pieces),
        }
    }

    /// The digest of salt and password, gone over so many times, each time with the number of the round before it.
    pub(super) fn spun(self, salt: &[u8], password: &str, rounds: u32) -> Vec<u8> {
        /// Without a new place in memory for every round.
        fn spin<D: Digest + FixedOutputReset>(first: &[u8], rounds: u32) -> Vec<u8> {
            let mut digest = first.to_vec();
            let mut next = Output::<D>::default();
            let mut digesting = D::new();
            for round in 0..rounds {
                Digest::update(&mut digesting, round.to_le_bytes());
                Digest::update(&mut digesting, &digest);
                Digest::finalize_into_reset(&mut digesting, &mut next);
                digest.copy_from_slice(&next);
            }
            digest
        }
        let first = self.of(&[salt, &wide(password)]);
        match self {
            Self::Sha1 => spin::<Sha1>(&first, rounds),
            Self::Sha256 => spin::<Sha256>(&first, rounds),
            Self::Sha384 => spin::<Sha384>(&first, rounds),
            Self::Sha512 => spin::<Sha512>(&first, rounds),
        }
    }
}

/// A password in UTF-16, as it goes into keys.
pub(super) fn wide(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Cut or filled up to a length.
pub(super) fn fit(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    const FILLER: u8 = 0x36;
    bytes.resize(length, FILLER);
    bytes
}

/// Decrypts whole blocks, each mixed with the one before it; what is left of half a block stays as it is.
pub(super) fn decrypt_chained(key: &[u8], start: &[u8], bytes: &mut [u8]) -> Option<()> {
    fn decrypt<C: BlockModeDecrypt + KeyIvInit>(
        key: &[u8],
        start: &[u8],
        bytes: &mut [u8],
    ) -> Option<()> {
        let mut cipher = C::new_from_slices(key, start).ok()?;
        for piece in bytes.chunks_exact_mut(BLOCK) {
            let mut block = Block::<C>::try_from(&*piece).ok()?;
            cipher.decrypt_block(&mut block);
            piece.copy_from_slice(&block);
        }
        Some(())
    }
    match key.len() {
        16 => decrypt::<cbc::Decryptor<Aes128>>(key, start, bytes),
        24 => decrypt::<cbc::Decryptor<Aes192>>(key, start, bytes),
        32 => decrypt::<cbc::Decryptor<Aes256>>(key, start, bytes),
        _ => None,
    }
}

/// Decrypts whole blocks, each for itself.
pub(super) fn decrypt_plainly(key: &[u8], bytes: &mut [u8]) -> Option<()> {
    fn decrypt<C: BlockCipherDecrypt + KeyInit>(key: &[u8], bytes: &mut [u8]) -> Option<()> {
        let cipher = C::new_from_slice(key).ok()?;
        for piece in bytes.chunks_exact_mut(BLOCK) {
            let mut block = Block::<C>::try_from(&*piece).ok()?;
            cipher.decrypt_block(&mut block);
            piece.copy_from_slice(&block);
        }
        Some(())
    }
    match key.len() {
        16 => decrypt::<Aes128>(key, bytes),
        24 => decrypt::<Aes192>(key, bytes),
        32 => decrypt::<Aes256>(key, bytes),
        _ => None,
    }
}
