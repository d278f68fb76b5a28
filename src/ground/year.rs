//! 评价方案 of a year folder: read, or refused where a file only looks like it.

use std::path::Path;
use std::sync::Arc;

use super::{BuiltIn, OWN_FILE, SCHEME_FILE, Used, existing, name_of, read_bytes};
use crate::error::Error;
use crate::intake;
use crate::scheme::{self, Scheme, SelfAssessment};

/// The scheme of a year folder, else the built-in one, with its text; where it is a file, it joins `files`.
pub(super) fn scheme_of(
    folder: Option<&Path>,
    built_in: &BuiltIn,
    files: &mut Vec<Used>,
) -> Result<(Scheme, String), Error> {
    let (name, text) = match existing(folder, SCHEME_FILE) {
        Some(path) => text_of(&path, files)?,
        None => ("（内置）".to_owned(), built_in.scheme.to_owned()),
    };
    let scheme = scheme::read(&text).map_err(|faults| Error::Scheme { file: name, faults })?;
    Ok((scheme, text))
}

/// What the societies fill in about themselves, with its text: the folder's own; else the built-in one, for the built-in
/// scheme alone.
pub(super) fn own_of(
    folder: Option<&Path>,
    built_in: &BuiltIn,
    scheme: &Scheme,
    files: &mut Vec<Used>,
) -> Result<Option<(Arc<SelfAssessment>, String)>, Error> {
    let (name, text) = match existing(folder, OWN_FILE) {
        Some(path) => text_of(&path, files)?,
        None if existing(folder, SCHEME_FILE).is_some() => return Ok(None),
        None => ("（内置）".to_owned(), built_in.own.to_owned()),
    };
    let own = scheme::assess::read(&text, scheme)
        .map_err(|faults| Error::Scheme { file: name, faults })?;
    Ok(Some((Arc::new(own), text)))
}

/// That the scheme lets the societies' own facts count, and nothing says which those are.
pub(super) fn own_missing() -> Error {
    Error::Usage(format!(
        "{SCHEME_FILE} 的 self_percent 写明自评计入总分，年度目录里却没有 {OWN_FILE}，不知自评填报什么事项。请补上 {OWN_FILE}，或删去 self_percent。"
    ))
}

/// A file of the scheme as messages call it, and its text.
fn text_of(path: &Path, files: &mut Vec<Used>) -> Result<(String, String), Error> {
    let bytes = read_bytes(path)?;
    let name = format!("“{}”", path.display());
    let text = intake::text::decode(&bytes).ok_or_else(|| Error::Scheme {
        file: name.clone(),
        faults: vec![scheme::Fault {
            line: 1,
            message: "不是文本文件（请用 UTF-8 保存）".to_owned(),
        }],
    })?;
    files.push(Used::of(path.to_owned(), &bytes));
    Ok((name, text))
}

/// A file that is meant to be the scheme and is not called like it: `scheme.toml.txt`, `评价方案.toml`. Without it the
/// built-in scheme would be used, and nobody would know.
pub(super) fn scheme_alike(folder: &Path) -> Option<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| name_of(&entry.ok()?.path()))
        .filter(|name| is_scheme_alike(name))
        .collect();
    names.sort();
    names.into_iter().next()
}

fn is_scheme_alike(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower != SCHEME_FILE
        && !lower.starts_with(['~', '.'])
        && lower.split('.').skip(1).any(|ending| ending == "toml")
        && (lower.contains("scheme") || lower.contains("方案"))
}

pub(super) fn misnamed(folder: &Path, name: &str) -> Error {
    Error::Usage(format!(
        "“{}”里有“{name}”，像是评价方案，但评价方案的文件名必须是 {SCHEME_FILE}，没有读取。请改名为 {SCHEME_FILE}（改名前先让电脑显示文件扩展名）；不是评价方案的，请移到别处。",
        folder.display()
    ))
}
