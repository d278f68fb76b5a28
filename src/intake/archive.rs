//! A zip that somebody packed files into: its files by their names, read in memory and never written anywhere.
//!
//! Knows nothing of what is in the files.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits;
use super::{Defect, Refusal, Shut, listing, text};

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Files, folders left out, in the order of their names.
    pub(super) entries: Vec<Entry>,
}

/// One file of an archive, not yet unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its way inside the archive, with `/`, without anything that leads out of it. Not yet safe to be printed.
    pub(super) name: String,
    index: usize,
    /// Bytes unpacked, as the archive states; unpacking stops there.
    pub(super) size: u64,
    pub(super) is_link: bool,
    pub(super) is_encrypted: bool,
}

impl<'a> Archive<'a> {
    /// Opens the archive and lists it; nothing is unpacked.
    ///
    /// # Errors
    /// Damaged, too many files, names that stand for two files each.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        listing::hold(bytes)?;
        let stated = listing::stated(bytes).unwrap_or_default();
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        limits::ENTRIES.hold(zip.len() as u64)?;
        if stated > zip.len() as u64 {
            return Err(Refusal::Unreadable(Defect::EntriesAlike));
        }
        let mut entries = Vec::new();
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(|_| damaged())?;
            if file.is_dir() {
                continue;
            }
            entries.push(Entry {
                name: inner(&text::decode_name(file.name_raw())),
                index,
                size: file.size(),
                is_link: file.is_symlink(),
                is_encrypted: file.encrypted(),
            });
        }
        entries.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
        Ok(Self { zip, entries })
    }

    /// Whether it cannot be opened without a password.
    pub(super) fn is_encrypted(&self) -> bool {
        !self.entries.is_empty() && self.entries.iter().all(|entry| entry.is_encrypted)
    }

    /// One file, unpacked.
    ///
    /// # Errors
    /// A password, damage, a way of packing that is not known, a file that is too large.
    pub(super) fn unpack(&mut self, entry: &Entry) -> Result<Vec<u8>, Refusal> {
        if entry.is_encrypted {
            return Err(Refusal::Encrypted(Shut::Foreign));
        }
        limits::FILE.hold(entry.size)?;
        let file = self
            .zip
            .by_index(entry.index)
            .map_err(|error| match error {
                ZipError::UnsupportedArchive(_) => Refusal::Unreadable(Defect::OddlyPacked),
                _ => damaged(),
            })?;
        let mut bytes = Vec::new();
        file.take(limits::FILE.most() + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| damaged())?;
        limits::FILE.hold(bytes.len() as u64)?;
        Ok(bytes)
    }

    /// Folders in the archive that are an output of this tool.
    pub(super) fn outputs(&mut self, is_manifest: impl Fn(&[u8]) -> bool) -> BTreeSet<String> {
        let manifests: Vec<Entry> = self
            .entries
            .iter()
            .filter(|entry| format!("/{}", entry.name).ends_with("/data/manifest.json"))
            .cloned()
            .collect();
        manifests
            .iter()
            .filter(|entry| self.unpack(entry).is_ok_and(|bytes| is_manifest(&bytes)))
            .map(|entry| entry.name.trim_end_matches("data/manifest.json").to_owned())
            .collect()
    }
}

/// The way inside the archive: parts that lead up, to a drive or to the root are left out.
fn inner(name: &str) -> String {
    let parts: Vec<&str> = name
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .filter(|part| !(part.len() == 2 && part.ends_with(':')))
        .collect();
    if parts.is_empty() {
        "（没有文件名）".to_owned()
    } else {
        parts.join("/")
    }
}

fn damaged() -> Refusal {
    Refusal::Unreadable(Defect::ArchiveDamaged)
}

#[cfg(test)]
mod tests {
    use super::{Archive, Refusal, inner};
    use crate::intake::package::tests::zip;

    #[test]
    fn names_lead_nowhere_else() {
        for (written, read) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/abs/a.xlsx", "abs/a.xlsx"),
            ("C:\\收件\\a.xlsx", "收件/a.xlsx"),
            ("./a//b.xlsx", "a/b.xlsx"),
            ("..", "（没有文件名）"),
        ] {
            assert_eq!(inner(written), read);
        }
    }

    /// An archive of one file whose name is these bytes, without any word on how they are to be read.
    fn named(name: &[u8]) -> Vec<u8> {
        let plain = "N".repeat(name.len());
        let bytes = zip(&[(&plain, "x")]);
        let mut renamed = bytes.clone();
        for at in 0..bytes.len() - name.len() {
            if bytes[at..].starts_with(plain.as_bytes()) {
                renamed[at..at + name.len()].copy_from_slice(name);
            }
        }
        renamed
    }

    #[test]
    fn names_are_read_in_the_letters_they_were_written_in() {
        for bytes in ["学会.xlsx".as_bytes(), b"\xd1\xa7\xbb\xe1.xlsx"] {
            let bytes = named(bytes);
            let archive = Archive::open(&bytes).expect("an archive");
            assert_eq!(archive.entries[0].name, "学会.xlsx");
        }
    }

    #[test]
    fn files_come_in_the_order_of_their_names_and_whole() {
        let bytes = zip(&[("b", "2"), ("a/c", "1"), ("a/", "")]);
        let mut archive = Archive::open(&bytes).expect("an archive");
        let entries = archive.entries.clone();
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["a/c", "b"]);
        assert_eq!(archive.unpack(&entries[1]), Ok(b"2".to_vec()));
        assert!(!archive.is_encrypted());
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let bytes = zip(&[("a", "1")]);
        for length in 0..bytes.len() {
            assert!(matches!(
                Archive::open(&bytes[..length]),
                Err(Refusal::Unreadable(_))
            ));
        }
    }
}
