//! The sheets of a file that a person keeps beside the forms: a list, a table of the clerk's.

use std::path::Path;

use crate::error::Error;
use crate::intake::{self, Content, Refusal, Sheet, Source};
use crate::model::open;

/// The bytes of a list, bounded.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    open::read(path, open::LIST).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

/// The sheets of a file that a person names, and its bytes.
///
/// # Errors
/// It is not there, cannot be read, or holds no sheets.
pub fn sheets_in(path: &Path) -> Result<(Vec<Sheet>, Vec<u8>), Error> {
    if !path.exists() {
        return Err(Error::NoSuchPath(path.to_owned()));
    }
    let bytes = read_bytes(path)?;
    let shown = format!("“{}”", path.display());
    let sheets = sheets_of(&path.to_string_lossy(), &shown, &bytes)?;
    Ok((sheets, bytes))
}

/// The sheets of a list, called `shown` in messages.
pub(super) fn sheets_of(file: &str, shown: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let source = Source {
        file: file.to_owned(),
        named: true,
        ..Source::default()
    };
    let fault = |reason: String| Error::List {
        file: shown.to_owned(),
        faults: vec![reason],
    };
    match intake::read_bytes(source, bytes).content {
        Content::Sheets(sheets) => Ok(sheets),
        Content::Skipped(skipped) => Err(fault(format!("不是表格（{}）", skipped.what))),
        Content::Holder(holder) => Err(fault(format!("不是表格（{}）", holder.what.said()))),
        Content::Refused(refusal, _) => Err(fault(match refusal {
            Refusal::Encrypted(_) => "设有密码，请去掉密码后保存".to_owned(),
            Refusal::Unreadable(what) => what.said(),
            Refusal::OverLimits(limit) => limit.exceeded(),
        })),
    }
}
