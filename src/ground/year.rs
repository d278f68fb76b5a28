//! 评价方案 of a year folder: read, or told what is wrong with it.

use std::path::Path;
use std::sync::Arc;

use super::{BuiltIn, OWN_FILE, SCHEME_FILE, Used, existing, read_bytes};
use crate::error::Error;
use crate::intake;
use crate::scheme::{self, Faulty, Scheme, SelfAssessment};

/// Why a scheme cannot be used, and as much of it as the lists beside it need, where that is sound.
pub(super) struct Unusable {
    pub(super) error: Error,
    pub(super) for_lists: Option<Box<Scheme>>,
}

impl From<Error> for Unusable {
    fn from(error: Error) -> Self {
        Self {
            error,
            for_lists: None,
        }
    }
}

/// The scheme of a year folder, else the built-in one, with its text; where it is a file, it joins `files`.
pub(super) fn scheme_of(
    folder: Option<&Path>,
    built_in: &BuiltIn,
    files: &mut Vec<Used>,
) -> Result<(Scheme, String), Unusable> {
    let (name, text) = match existing(folder, SCHEME_FILE) {
        Some(path) => text_of(&path, files)?,
        None => ("（内置）".to_owned(), built_in.scheme.to_owned()),
    };
    let scheme = scheme::read_or_part(&text).map_err(|Faulty { faults, for_lists }| Unusable {
        error: Error::Scheme { file: name, faults },
        for_lists,
    })?;
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
