//! 评价方案 of a year folder: read, or told what is wrong with it.

use std::path::Path;

use super::{BuiltIn, SCHEME_FILE, Used, existing, read_bytes};
use crate::error::Error;
use crate::intake;
use crate::scheme::{self, Faulty, Scheme};

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
        Some(path) => {
            let bytes = read_bytes(&path)?;
            let text = intake::text::decode(&bytes).ok_or_else(|| Error::Scheme {
                file: format!("“{}”", path.display()),
                faults: vec![scheme::Fault {
                    line: 1,
                    message: "不是文本文件（请用 UTF-8 保存）".to_owned(),
                }],
            })?;
            files.push(Used::of(path.clone(), &bytes));
            (format!("“{}”", path.display()), text)
        }
        None => ("（内置）".to_owned(), built_in.scheme.to_owned()),
    };
    let scheme = scheme::read_or_part(&text).map_err(|Faulty { faults, for_lists }| Unusable {
        error: Error::Scheme { file: name, faults },
        for_lists,
    })?;
    Ok((scheme, text))
}
