//! Files for a folder that people also work in: blank forms, a year folder, a table.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::beside::is_there;
use super::disk::{Disk, Real};
use super::lock::Lock;
use super::stage::Stage;
use super::{Above, busy, halt, write_error};
use crate::error::Error;
use crate::model::open;
use crate::report::Output;

/// Hidden names in the folder, while files are put into it.
const LOCK: &str = ".xingping-lock";
const NEW: &str = ".xingping-new";

/// Puts files into a folder that people also work in: what is there with other contents is never overwritten.
///
/// # Errors
/// Files of these names with other contents, or whatever cannot be written; then nothing has been changed.
pub fn add(folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    add_on(&Real, folder, outputs)
}

pub(super) fn add_on(disk: &dyn Disk, folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    let differs = |output: &&Output| {
        let path = folder.join(&output.name);
        is_there(&path) && !open::read(&path, open::OUTPUT).is_ok_and(|bytes| bytes == output.bytes)
    };
    let changed: Vec<&Output> = outputs.iter().filter(differs).collect();
    if let Some(first) = changed.first() {
        let message = format!(
            "“{}”里已有{}个同名而内容不同的文件（如“{}”），什么都没有改动。请换一个目录，或先把它们移走。",
            folder.display(),
            changed.len(),
            first.name
        );
        return Err(Error::Usage(message));
    }
    let is_complete = outputs
        .iter()
        .all(|output| is_there(&folder.join(&output.name)));
    if is_complete && !is_there(&folder.join(NEW)) {
        return Ok(());
    }
    let _at_work = halt::at_work();
    let above = Above::of(folder);
    fs::create_dir_all(folder).map_err(|source| write_error(folder, source))?;
    let added = locked(disk, folder, outputs);
    if added.is_err() {
        above.remove();
    }
    added
}

/// All are written whole under a hidden name first, so that no half-written form ever bears its name.
fn locked(disk: &dyn Disk, folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    let _lock = Lock::take(&folder.join(LOCK))
        .map_err(|source| write_error(folder, source))?
        .ok_or_else(|| busy(folder))?;
    let new = folder.join(NEW);
    if is_there(&new) {
        disk.remove_dir_all(&new)
            .map_err(|source| write_error(&new, source))?;
    }
    let mut placed = Placed::default();
    let added = stage(disk, &new, outputs, folder)
        .and_then(|()| place(disk, folder, &new, outputs, &mut placed));
    if added.is_err() {
        for file in &placed.files {
            let _ = fs::remove_file(file);
        }
        for folders in placed.folders.iter().rev() {
            folders.remove();
        }
    }
    let _ = disk.remove_dir_all(&new);
    added
}

/// Writes all of them, and to the disk.
fn stage(disk: &dyn Disk, new: &Path, outputs: &[Output], folder: &Path) -> Result<(), Error> {
    let stage = Stage::new(disk, new, folder);
    for output in outputs {
        stage.put(&output.name, &mut |to| to.write_all(&output.bytes))?;
    }
    stage.settle()
}

/// What one call has put into the folder so far.
#[derive(Default)]
struct Placed {
    files: Vec<PathBuf>,
    folders: Vec<Above>,
}

fn place(
    disk: &dyn Disk,
    folder: &Path,
    new: &Path,
    outputs: &[Output],
    placed: &mut Placed,
) -> Result<(), Error> {
    for output in outputs {
        let path = folder.join(&output.name);
        // The same is there already.
        if is_there(&path) {
            continue;
        }
        let above = path.parent().unwrap_or(folder);
        placed.folders.push(Above::of(above));
        disk.create_dir_all(above)
            .and_then(|()| disk.rename(&new.join(&output.name), &path))
            .map_err(|source| write_error(&path, source))?;
        placed.files.push(path);
    }
    Ok(())
}
