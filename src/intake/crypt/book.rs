//! The encryption of old workbooks: RC4 over the data of their records.

use md5::Md5;
use rc4::{KeyInit, Rc4, StreamCipher};
use sha2::Digest;

use super::keys::{Hash, wide};
use super::{Passwords, Shut, long, unlock, word};
use crate::intake::Refusal;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FILE_PASS: u16 = 0x002f;
const BOUND_SHEET: u16 = 0x0085;
/// Records that are never encrypted: they tell how to read the others.
const PLAIN: [u16; 7] = [BOF, FILE_PASS, 0x00e1, 0x0138, 0x0194, 0x0195, 0x0196];
/// So many bytes of the stream have one key.
const BLOCK: usize = 1024;

/// How the keys of the blocks are made.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lock {
    /// From MD5, 40 bits of it.
    Weak(Verifier),
    /// From SHA-1, so many bytes of it.
    Provided {
        key_bytes: usize,
        verifier: Verifier,
    },
}

/// What a password is tried with: salt, a random number and its digest, encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Verifier {
    salt: Vec<u8>,
    number: Vec<u8>,
    digest: Vec<u8>,
}

/// What the keys of the blocks are made from.
struct Root<'l> {
    lock: &'l Lock,
    digest: Vec<u8>,
}

/// Decrypts a stream in place, if it is encrypted.
pub(in crate::intake) fn open(stream: &mut [u8], passwords: &Passwords) -> Result<(), Refusal> {
    let Some(data) = pass(stream) else {
        return Ok(());
    };
    let lock = Lock::read(&stream[data]).ok_or(Refusal::Encrypted(Shut::Foreign))?;
    let root = unlock(passwords, 1, |password| lock.root(password))?;
    let mut key_stream = KeyStream::of(&root);
    let mut next = 0;
    while let (Some(kind), Some(length)) = (word(stream, next), word(stream, next + 2)) {
        let start = next + 4;
        let end = start + usize::from(length);
        // The position of a sheet stands in plain before its name.
        let from = match kind {
            BOUND_SHEET => start + 4,
            _ => start,
        };
        if !PLAIN.contains(&kind)
            && let Some(data) = stream.get_mut(from..end.max(from))
        {
            key_stream
                .apply(from, data)
                .ok_or(Refusal::Encrypted(Shut::Foreign))?;
        }
        next = end;
    }
    Ok(())
}

/// Where the record stands that says how the stream is encrypted.
fn pass(stream: &[u8]) -> Option<std::ops::Range<usize>> {
    let mut next = 0;
    loop {
        let (kind, length) = (word(stream, next)?, word(stream, next + 2)?);
        let data = next + 4..next + 4 + usize::from(length);
        match kind {
            FILE_PASS => return Some(data).filter(|data| data.end <= stream.len()),
            EOF => return None,
            _ => next = data.end,
        }
    }
}

impl Lock {
    fn read(data: &[u8]) -> Option<Self> {
        const RC4: u16 = 1;
        if word(data, 0)? != RC4 {
            return None;
        }
        let (major, minor) = (word(data, 2)?, word(data, 4)?);
        let verifier = |at: usize, digest: usize| {
            Some(Verifier {
                salt: data.get(at..at + 16)?.to_vec(),
                number: data.get(at + 16..at + 32)?.to_vec(),
                digest: data.get(digest..)?.to_vec(),
            })
        };
        match (major, minor) {
            (1, 1) => verifier(6, 38).map(Self::Weak),
            (2..=4, 2) => {
                const HEADER: usize = 14;
                let size = usize::try_from(long(data, 10)?).ok()?;
                let header = data.get(HEADER..HEADER.checked_add(size)?)?;
                let is_rc4 = long(header, 8)? == 0x6801;
                // None is said to be 40.
                let bits = long(header, 16)?.max(40);
                let at = HEADER + size + 4;
                let verifier = verifier(at, at + 36)?;
                is_rc4.then_some(Self::Provided {
                    key_bytes: usize::try_from(bits).ok()? / 8,
                    verifier,
                })
            }
            _ => None,
        }
    }

    /// What the keys are made from, if the password is the right one.
    fn root(&self, password: &str) -> Option<Root<'_>> {
        let (verifier, digest) = match self {
            Self::Weak(verifier) => {
                const TIMES: usize = 16;
                let first = Md5::digest(wide(password));
                let mixed = [first.get(..5)?, &verifier.salt].concat();
                (
                    verifier,
                    Md5::digest(mixed.repeat(TIMES)).get(..5)?.to_vec(),
                )
            }
            Self::Provided { verifier, .. } => {
                let digest = Hash::Sha1.of(&[&verifier.salt, &wide(password)]);
                (verifier, digest)
            }
        };
        let root = Root { lock: self, digest };
        let mut tried = [verifier.number.as_slice(), &verifier.digest].concat();
        let mut cipher = root.cipher(0)?;
        cipher.try_apply_keystream(&mut tried).ok()?;
        let (number, digest) = tried.split_at_checked(verifier.number.len())?;
        let expected = match self {
            Self::Weak(_) => Md5::digest(number).to_vec(),
            Self::Provided { .. } => Hash::Sha1.of(&[number]),
        };
        (digest.get(..expected.len())? == expected).then_some(root)
    }
}

impl Root<'_> {
    /// The cipher of a block.
    fn cipher(&self, block: u32) -> Option<Rc4> {
        let number = block.to_le_bytes();
        let key = match self.lock {
            Lock::Weak(_) => Md5::digest([self.digest.as_slice(), &number].concat()).to_vec(),
            Lock::Provided { key_bytes, .. } => {
                let mut key = Hash::Sha1.of(&[&self.digest, &number]);
                key.truncate(*key_bytes);
                // A key of 40 bits is filled up.
                if *key_bytes == 5 {
                    key.resize(16, 0);
                }
                key
            }
        };
        Rc4::new_from_slice(&key).ok()
    }
}

/// What is mixed into the stream, block by block as it is needed.
struct KeyStream<'r> {
    root: &'r Root<'r>,
    block: Option<usize>,
    bytes: [u8; BLOCK],
}

impl<'r> KeyStream<'r> {
    const fn of(root: &'r Root<'r>) -> Self {
        Self {
            root,
            block: None,
            bytes: [0; BLOCK],
        }
    }

    /// Decrypts what stands at this place of the stream.
    fn apply(&mut self, at: usize, data: &mut [u8]) -> Option<()> {
        for (place, byte) in (at..).zip(data) {
            let block = place / BLOCK;
            if self.block != Some(block) {
                self.bytes = [0; BLOCK];
                let mut cipher = self.root.cipher(u32::try_from(block).ok()?)?;
                cipher.try_apply_keystream(&mut self.bytes).ok()?;
                self.block = Some(block);
            }
            *byte ^= self.bytes[place % BLOCK];
        }
        Some(())
    }
}
