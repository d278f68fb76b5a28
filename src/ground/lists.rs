//! The lists of a year folder: where each lies, and its sheets.

use std::path::{Path, PathBuf};

use super::{REVIEWERS_FILE, SOCIETIES_FILE, Used, existing, read_bytes, sheets_of};
use crate::error::Error;
use crate::intake::Sheet;
use crate::scheme::Scheme;

/// What the list of the evaluated is called in a year folder: as the scheme calls them, or as 2018 did.
pub(super) fn list_name(folder: Option<&Path>, scheme: &Scheme) -> String {
    let own = scheme.list_name();
    let is_there = |name: &str| !matches!(list_of(folder, name), Listed::Nowhere);
    if !is_there(&own) && is_there(SOCIETIES_FILE) {
        SOCIETIES_FILE.to_owned()
    } else {
        own
    }
}

/// Where a list lies in a year folder.
pub(super) enum Listed {
    Nowhere,
    At(PathBuf),
    Twice(PathBuf, PathBuf),
}

pub(super) fn list_of(folder: Option<&Path>, name: &str) -> Listed {
    let csv = existing(folder, &format!("{name}.csv"));
    let xlsx = existing(folder, &format!("{name}.xlsx"));
    match (csv, xlsx) {
        (Some(csv), Some(xlsx)) => Listed::Twice(csv, xlsx),
        (Some(path), None) | (None, Some(path)) => Listed::At(path),
        (None, None) => Listed::Nowhere,
    }
}

/// One list: from the folder as .csv or .xlsx (not both), else the built-in one. Its name for messages, and
/// its sheets.
pub(super) fn list(
    found: Listed,
    name: &str,
    built_in: &str,
    files: &mut Vec<Used>,
) -> Result<(String, Vec<Sheet>), Error> {
    let (file, shown, bytes) = match found {
        Listed::Twice(csv, xlsx) => return Err(Error::TwoLists(csv, xlsx)),
        Listed::At(path) => {
            let bytes = read_bytes(&path)?;
            let shown = format!("“{}”", path.display());
            let file = path.to_string_lossy().into_owned();
            files.push(Used::of(path, &bytes));
            (file, shown, bytes)
        }
        Listed::Nowhere => (
            format!("{name}.csv"),
            format!("内置的{name}"),
            built_in.as_bytes().to_vec(),
        ),
    };
    let sheets = sheets_of(&file, &shown, &bytes)?;
    Ok((shown, sheets))
}

/// What is wrong with the lists as files, where the scheme tells nothing by which their rows could be read; and that
/// those are still to be read.
pub(super) fn faults_without_scheme(folder: Option<&Path>) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    for name in [SOCIETIES_FILE, REVIEWERS_FILE] {
        let found = list_of(folder, name);
        if matches!(found, Listed::Nowhere) {
            continue;
        }
        match list(found, name, "", &mut Vec::new()) {
            Ok((shown, _)) => waiting.push(shown),
            Err(error) => errors.push(error),
        }
    }
    if !waiting.is_empty() {
        errors.push(Error::Usage(format!(
            "{}能打开，里面各行要等评价方案改好后才能检查；改好后请再运行一次。",
            waiting.join("和")
        )));
    }
    errors
}
