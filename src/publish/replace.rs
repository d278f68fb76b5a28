//! One file that grows: replaced whole, and only if nobody else has changed it meanwhile.

use std::fs;
use std::path::Path;

use super::lock::Lock;
use super::{busy, write_error};
use crate::error::Error;

/// Puts `bytes` in the place of a file that held `before` (none: there was no such file).
///
/// # Errors
/// Somebody else is at it, or has changed it; it cannot be written. Then it is as it was.
pub fn replace(path: &Path, before: Option<&[u8]>, bytes: &[u8]) -> Result<(), Error> {
    let beside = |suffix: &str| {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(suffix);
        path.with_file_name(name)
    };
    let failed = |source| write_error(path, source);
    let _lock = Lock::take(&beside(".lock"))
        .map_err(failed)?
        .ok_or_else(|| busy(path))?;
    let now = match fs::read(path) {
        Ok(now) => Some(now),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if now.as_deref() != before {
        return Err(Error::Usage(format!(
            "“{}”刚刚被别人改过，什么都没有写。请再运行一次。",
            path.display()
        )));
    }
    let new = beside(".new");
    let written = fs::File::create(&new).and_then(|mut file| {
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&new, path))
        .map_err(|error| {
            let _ = fs::remove_file(&new);
            failed(error)
        })
}
