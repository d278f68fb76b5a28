//! Files of a year folder that are meant to be one of its own and are not called like it: nobody must have to guess that
//! they are not used.

use std::path::{Path, PathBuf};

use super::{REVIEWERS_FILE, SCHEME_FILE, SOCIETIES_FILE, Used, name_of};
use crate::error::Error;
use crate::intake;
use crate::model::open;

/// What a file looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Like {
    Scheme,
    List,
}

/// A file that is not used, though it looks like one of a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LookAlike {
    pub like: Like,
    /// Without its folder.
    pub name: String,
}

/// A file that is meant to be the scheme and is not called like it: `scheme.toml.txt`, `评价方案.toml`.
pub(super) fn scheme_alike(folder: &Path) -> Option<String> {
    let names = names_in(folder);
    names
        .iter()
        .find(|name| is_scheme_alike(folder, name, &names))
        .cloned()
}

/// Files in `folders` that look like one of a year but are none of those in use; `list` is what the scheme calls the
/// list of those evaluated.
pub(super) fn look_alikes(folders: &[&Path], list: &str, used: &[Used]) -> Vec<LookAlike> {
    let mut found = Vec::new();
    for folder in folders {
        let names = names_in(folder);
        for name in &names {
            let is_list = [list, SOCIETIES_FILE, REVIEWERS_FILE];
            let like = if is_scheme_alike(folder, name, &names) {
                Like::Scheme
            } else if is_list.iter().any(|list| name.contains(list)) {
                Like::List
            } else {
                continue;
            };
            if !used.iter().any(|file| file.path == folder.join(name)) {
                let name = name.clone();
                found.push(LookAlike { like, name });
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The names of what lies in a folder, sorted; without what programs leave there.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let files = entries.flatten().map(|entry| entry.path());
    let mut names: Vec<String> = files
        .filter(|path| !path.is_dir())
        .filter_map(|path| name_of(&path))
        .filter(|name| !name.starts_with(['~', '.']))
        .collect();
    names.sort();
    names
}

fn is_scheme_alike(folder: &Path, name: &str, names: &[String]) -> bool {
    let lower = name.to_lowercase();
    if lower == SCHEME_FILE {
        // `Scheme.toml` is the scheme itself where the disk knows no capitals.
        let is_it = name == SCHEME_FILE
            || folder.join(SCHEME_FILE).exists() && !names.iter().any(|one| one == SCHEME_FILE);
        return !is_it;
    }
    lower.split('.').skip(1).any(|ending| ending == "toml")
        && (lower.contains("scheme")
            || lower.contains("方案")
            || reads_like_one(&folder.join(name)))
}

/// Whether a file says what only a scheme says.
fn reads_like_one(path: &Path) -> bool {
    let text = open::read(path, open::LIST).ok();
    let text = text.and_then(|bytes| intake::text::decode(&bytes));
    text.is_some_and(|text| text.contains("[[lines]]") && text.contains("form_title"))
}

/// That a year folder has no scheme but a file that only looks like it.
pub(super) fn misnamed(folder: &Path, name: &str) -> Error {
    Error::Usage(format!(
        "“{}”里有“{name}”，像是评价方案，但评价方案的文件名必须是 {SCHEME_FILE}，没有读取。请改名为 {SCHEME_FILE}（改名前先让电脑显示文件扩展名）；不是评价方案的，请移到别处。",
        folder.display()
    ))
}

/// The folders in which nothing of a year was found, and in which something may only be called wrongly.
pub(super) fn searched<'p>(folder: Option<&'p Path>, candidates: &'p [PathBuf]) -> Vec<&'p Path> {
    match folder {
        Some(folder) => vec![folder],
        None => candidates.iter().map(PathBuf::as_path).collect(),
    }
}
