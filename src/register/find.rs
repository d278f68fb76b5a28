//! Where the register of these inputs lies, or another file that the clerk keeps beside them.

use std::path::{Path, PathBuf};

/// Where the file called `file` (without its ending) lies: in a folder that is read or beside it, beside a file.
/// Several are told.
#[must_use]
pub fn find(paths: &[PathBuf], file: &str) -> Found {
    let mut found = Found::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    for folder in paths.iter().flat_map(|path| folders(path)) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        if seen.contains(&real) {
            continue;
        }
        seen.push(real);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| name.contains(file))
            .collect();
        names.sort();
        for name in names {
            let stem_and_ending = name.rsplit_once('.');
            if let Some((stem, "xlsx" | "csv")) = stem_and_ending
                && stem == file
            {
                found.files.push(folder.join(&name));
            } else if name.starts_with(['~', '.']) {
                found.is_open = true;
            } else {
                found.look_alikes.push(name);
            }
        }
    }
    found
}

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    pub files: Vec<PathBuf>,
    pub look_alikes: Vec<String>,
    /// An office program has left its mark beside one.
    pub is_open: bool,
}

/// The folders in which the register of one PATH can lie.
fn folders(path: &Path) -> Vec<PathBuf> {
    let beside = match path.parent() {
        Some(parent) if parent == Path::new("") => PathBuf::from("."),
        // `.` and `..` have no parent that could be told from their names.
        Some(parent) if path.file_name().is_some() => parent.to_owned(),
        _ => path.join(".."),
    };
    if path.is_dir() {
        vec![path.to_owned(), beside]
    } else {
        vec![beside]
    }
}
