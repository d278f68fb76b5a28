//! Whose a folder is: this tool's as it wrote it, or somebody's who changed it or has it open.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;

use super::halt;
use crate::model::{Digesting, open};
use crate::report::MANIFEST;
use crate::report::data::manifest::Manifest;

/// Files that systems put into a folder when somebody merely looks at it.
const OF_THE_SYSTEM: [&str; 3] = ["Thumbs.db", "desktop.ini", ".DS_Store"];

/// Whether nothing in a folder would be missed: it holds but what its manifest says this tool wrote, or nothing.
pub fn is_ours(folder: &Path) -> bool {
    is_all_ours(folder, || true)
}

/// The same as long as `goes_on`.
fn is_all_ours(folder: &Path, goes_on: impl Fn() -> bool + Sync) -> bool {
    let Ok(files) = list(folder) else {
        return false;
    };
    if files.is_empty() {
        return true;
    }
    let Some(manifest) = Manifest::load(folder) else {
        return false;
    };
    let outputs = manifest.outputs.iter();
    let known: BTreeMap<&str, &str> = outputs
        .map(|entry| (entry.file.as_str(), entry.sha256.as_str()))
        .collect();
    files.par_iter().all(|file| {
        let is_as_written = |sha256: &&str| has_digest(&folder.join(file), sha256);
        goes_on() && (file == MANIFEST || known.get(file.as_str()).is_some_and(is_as_written))
    })
}

/// A folder that has been looked through, and how it looked then: looking through it takes long, seeing that nobody has
/// been at it since does not.
pub struct Seen {
    is_ours: bool,
    /// None where that cannot be told.
    looks: Option<Looks>,
}

/// Files, whether they are links, their lengths and when they were last written.
type Looks = Vec<(String, bool, u64, SystemTime)>;

impl Seen {
    /// What it says is good for nothing where the process is to end.
    pub fn of(folder: &Path) -> Self {
        Self {
            looks: looks(folder).ok(),
            is_ours: is_all_ours(folder, || halt::go_on().is_ok()),
        }
    }

    /// What [`is_ours`] says of the folder, which may have been moved since.
    pub fn is_ours(&self, folder: &Path) -> bool {
        match (&self.looks, looks(folder)) {
            (Some(then), Ok(now)) if *then == now => self.is_ours,
            _ => is_ours(folder),
        }
    }
}

fn looks(folder: &Path) -> io::Result<Looks> {
    let mut looks = Vec::new();
    for file in list(folder)? {
        let path = folder.join(&file);
        let is_link = path.is_symlink();
        // Opened: of files on another computer systems remember for a while what they were told of them.
        let about = open::file(&path)?.metadata()?;
        looks.push((file, is_link, about.len(), about.modified()?));
    }
    looks.sort();
    Ok(looks)
}

/// Whether a folder holds an output of this tool from its first file to its last.
pub fn is_whole(folder: &Path) -> bool {
    Manifest::load(folder).is_some_and(|manifest| {
        manifest
            .outputs
            .par_iter()
            .all(|entry| has_digest(&folder.join(&entry.file), &entry.sha256))
    })
}

/// What tells the content of a folder of ours from another of its kind; none where none is worth keeping.
pub fn number(folder: &Path) -> Option<String> {
    Manifest::load(folder)?.number()
}

fn has_digest(file: &Path, sha256: &str) -> bool {
    let digest = || {
        let mut digesting = Digesting::new(io::sink());
        io::copy(&mut open::file(file)?, &mut digesting)?;
        io::Result::Ok(digesting.done())
    };
    !file.is_symlink() && digest().is_ok_and(|(digest, _)| digest == sha256)
}

/// A workbook of the target that an office program has open, and the file by which that shows.
pub fn open_elsewhere(target: &Path) -> Option<(String, String)> {
    let files = list(target).ok()?;
    files.into_iter().find_map(|file| {
        let name = file.rsplit('/').next().unwrap_or_default();
        let office = name.strip_prefix("~$");
        let libre = name
            .strip_prefix(".~lock.")
            .and_then(|name| name.strip_suffix('#'));
        let wps = name.strip_prefix(".~");
        let open = office.or(libre).or(wps)?.to_owned();
        Some((open, file))
    })
}

/// A file of the target that another program holds without leaving a trace of it, as only Windows lets it: the folder
/// could not be exchanged, which is better known before a long run than after it.
pub fn held(target: &Path) -> Option<String> {
    if !cfg!(windows) {
        return None;
    }
    let files = list(target).ok()?;
    files.into_iter().find(|file| {
        let opened = File::options().write(true).open(target.join(file));
        opened.is_err_and(|error| is_sharing(&error))
    })
}

/// Whether a file is refused since somebody has it open: `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`. A file that
/// is merely read-only is refused otherwise, and can be moved.
fn is_sharing(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(32 | 33))
}

/// The files below a folder, with `/`.
fn list(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_dir() || OF_THE_SYSTEM.contains(&name.as_ref()) {
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<String> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        files.push(parts.join("/"));
    }
    Ok(files)
}
