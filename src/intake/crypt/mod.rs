//! Files behind a password, opened where the password is known.
//!
//! The arithmetic is [MS-OFFCRYPTO]'s, on the primitives of `RustCrypto`. What a stranger's file asks for, thousands of
//! rounds for each password, is bounded; no password is ever shown or kept.

mod agile;
mod book;
mod keys;
mod standard;

use std::fmt;
use std::io::{Cursor, Read};

use cfb::CompoundFile;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::{compound, limits};
use crate::model::quiet::quietly;

pub(super) use book::open as book;

/// What Excel itself opens files with, without asking: workbooks that are protected, not secret.
const STANDING: &str = "VelvetSweatshop";

/// More than any program writes of how a file is encrypted.
const INFO: u64 = 1024 * 1024;

/// The passwords that are known.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Passwords(Vec<String>);

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({})", self.0.len())
    }
}

impl Passwords {
    /// One in each line, as it stands there.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines();
        let filled = lines.filter(|line| !line.is_empty());
        Self(filled.map(str::to_owned).collect())
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Why a file stays shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shut {
    /// None of so many passwords that were given opens it.
    Unknown { tried: usize },
    /// Each try costs so much that only so many of the passwords that were given were tried.
    Costly { tried: usize },
    /// It is encrypted in a way that is not read.
    Foreign,
}

/// The first key that one of the passwords gives; `rounds` is what one try costs.
fn unlock<K>(
    passwords: &Passwords,
    rounds: u64,
    key: impl Fn(&str) -> Option<K>,
) -> Result<K, Refusal> {
    let known = std::iter::once(STANDING).chain(passwords.0.iter().map(String::as_str));
    let mut spent = 0_u64;
    for (tried, password) in known.enumerate() {
        spent = spent.saturating_add(rounds.max(1));
        // By the work and never by the clock: the same files come to the same wherever they are read.
        if spent > limits::ROUNDS {
            let tried = tried.saturating_sub(1);
            return Err(Refusal::Encrypted(Shut::Costly { tried }));
        }
        if let Some(key) = key(password) {
            return Ok(key);
        }
    }
    let tried = passwords.0.len();
    Err(Refusal::Encrypted(Shut::Unknown { tried }))
}

/// What trying all that is known costs at most, in digests, where it costs anything worth speaking of.
pub(super) fn cost(bytes: &[u8], passwords: &Passwords) -> u64 {
    let rounds = || {
        let mut file = CompoundFile::open(Cursor::new(compound::whole(bytes))).ok()?;
        let mut info = Vec::new();
        let stream = file.open_stream("/EncryptionInfo").ok()?;
        stream.take(INFO).read_to_end(&mut info).ok()?;
        match (word(&info, 0)?, word(&info, 2)?) {
            (4, 4) => Some(agile::Lock::read(info.get(8..)?)?.rounds()),
            _ => Some(u64::from(standard::ROUNDS)),
        }
    };
    let rounds = quietly(rounds).flatten().unwrap_or_default();
    let tries = passwords.0.len() as u64 + 1;
    let affordable = limits::ROUNDS.checked_div(rounds).unwrap_or_default();
    rounds * tries.min(affordable)
}

/// The document inside an encrypted compound file.
pub(super) fn package(bytes: &[u8], passwords: &Passwords) -> Result<Vec<u8>, Refusal> {
    let foreign = || Refusal::Encrypted(Shut::Foreign);
    let mut file =
        CompoundFile::open(Cursor::new(compound::whole(bytes))).map_err(|_| foreign())?;
    let mut stream = |name| {
        let mut content = Vec::new();
        let stream = file.open_stream(name).ok()?;
        stream
            .take(limits::FILE.most())
            .read_to_end(&mut content)
            .ok()?;
        Some(content)
    };
    let info = stream("/EncryptionInfo").ok_or_else(foreign)?;
    let mut package = stream("/EncryptedPackage").ok_or_else(foreign)?;
    let size = package.first_chunk().map(|size| u64::from_le_bytes(*size));
    let size = size.and_then(|size| usize::try_from(size).ok());
    let size = size.ok_or_else(foreign)?;
    package.drain(..8);
    let (major, minor) = (word(&info, 0), word(&info, 2));
    match (major, minor) {
        (Some(4), Some(4)) => {
            let lock = agile::Lock::read(info.get(8..).unwrap_or_default()).ok_or_else(foreign)?;
            let key = unlock(passwords, lock.rounds(), |password| lock.key(password))?;
            lock.open(&key, &mut package).ok_or_else(foreign)?;
        }
        (Some(2..=4), Some(2)) => {
            let lock = standard::Lock::read(&info).ok_or_else(foreign)?;
            let key = unlock(passwords, standard::ROUNDS.into(), |password| {
                lock.key(password)
            })?;
            standard::open(&key, &mut package).ok_or_else(foreign)?;
        }
        _ => return Err(foreign()),
    }
    package.truncate(size);
    Ok(package)
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests;
