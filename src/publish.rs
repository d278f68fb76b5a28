//! Writing for good: outputs are written beside the target as they are made, then exchanged by two renames.
//!
//! At any moment the earlier output or the new one is whole: in the target, or beside it under a name from which
//! the next run puts it back. Nothing is ever deleted that this tool did not write, and no results are but for the
//! same ones. Must not know what is in the outputs.

mod add;
mod beside;
mod disk;
mod exchange;
mod halt;
mod lock;
mod next;
mod ours;
mod replace;
mod stage;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::Output;
use beside::Beside;
use disk::{Disk, Real};
use lock::Lock;

pub use add::add;
pub use halt::halt;
pub use next::Next;
pub use replace::replace;

/// What became of earlier outputs.
#[derive(Debug, Default)]
pub struct Published {
    /// An interrupted exchange had left the target without its earlier output; that is in its place again.
    pub restored: bool,
    /// The target held something that this tool did not write or that somebody changed; it is here now.
    pub moved_aside: Vec<PathBuf>,
    /// An earlier output of ours with other results, which stays here.
    pub kept: Option<PathBuf>,
    /// How many of those stay by now.
    pub count_kept: usize,
}

/// Before a long run: whether the target can be written as far as that shows, and the repair of what an earlier
/// run left when it was stopped, so that its output is found again even if this run comes to nothing.
///
/// # Errors
/// A target that cannot be written, another run at it, a workbook of it open elsewhere.
pub fn prepare(target: &Path, stamp: &str) -> Result<Published, Error> {
    let beside = Beside::of(target)?;
    let published = if beside.has_leftovers() {
        let _lock = locked(&beside, target)?;
        exchange::repair(&Real, &beside, stamp)?
    } else {
        Published::default()
    };
    refuse_open(&beside, target)?;
    Ok(published)
}

/// Puts `outputs` into the folder `target`. What was there is replaced if this tool wrote it and nobody changed
/// it since; otherwise it is moved aside under a name that ends with `stamp`.
///
/// # Errors
/// Whatever cannot be written, with its path; then the target is as it was. Another run at the same target.
pub fn publish(target: &Path, outputs: &[Output], stamp: &str) -> Result<Published, Error> {
    publish_on(&Real, target, outputs, stamp, Earlier::Stays)
}

/// What becomes of results of ours that others take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Under a name of their own, unless they are the same.
    Stays,
    /// They go: nothing in them that counts is another.
    Goes,
}

fn publish_on(
    disk: &dyn Disk,
    target: &Path,
    outputs: &[Output],
    stamp: &str,
    earlier: Earlier,
) -> Result<Published, Error> {
    let next = Next::begin_on(disk, target, stamp)?;
    next.put_all(outputs)?;
    next.finish(earlier)
}

fn locked(beside: &Beside, target: &Path) -> Result<Lock, Error> {
    Lock::take(&beside.lock)
        .map_err(|source| write_error(&beside.parent, source))?
        .ok_or_else(|| busy(target))
}

fn busy(target: &Path) -> Error {
    Error::Usage(format!(
        "另一个星评正在写“{}”，请等它结束后再运行。",
        target.display()
    ))
}

fn refuse_open(beside: &Beside, target: &Path) -> Result<(), Error> {
    if let Some((file, trace)) = ours::open_elsewhere(&beside.target) {
        return Err(Error::Usage(format!(
            "“{}”里的“{file}”正在 Excel 或 WPS 中打开，请先关闭再运行，或用 -o 换一个目录。如果已经关闭，请删除那里的“{trace}”。",
            target.display()
        )));
    }
    if let Some(file) = ours::held(&beside.target) {
        return Err(Error::Usage(format!(
            "“{}”里的“{file}”正被别的程序（Excel、WPS 或浏览器等）使用，请先关闭再运行，或用 -o 换一个目录。",
            target.display()
        )));
    }
    Ok(())
}

/// The folders above the target that a run had to make: they go again if it comes to nothing.
#[derive(Clone)]
struct Above(Vec<PathBuf>);

impl Above {
    fn of(folder: &Path) -> Self {
        let missing = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && above.symlink_metadata().is_err());
        Self(missing.map(Path::to_owned).collect())
    }

    fn remove(&self) {
        for folder in &self.0 {
            // Only empty folders can be removed so.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn write_error(path: &Path, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}
