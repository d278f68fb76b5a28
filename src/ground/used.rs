//! The files that a run rests on beside the forms, told by what was read of them.

use std::path::PathBuf;

use super::name_of;
use crate::model::sha256_hex;

/// A file that a run rests on beside the forms: scheme, lists, register; told by what was read of it.
#[derive(Debug, Clone)]
pub struct Used {
    pub path: PathBuf,
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

impl Used {
    pub(super) fn of(path: PathBuf, bytes: &[u8]) -> Self {
        Self {
            path,
            sha256: sha256_hex(bytes),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        }
    }

    /// Its name without folders.
    #[must_use]
    pub fn name(&self) -> String {
        name_of(&self.path).unwrap_or_default()
    }
}
