//! The steps themselves. Whatever step a run is stopped at, [`repair`] knows from the names what to do:
//!
//! | there is | the run was stopped | what is done |
//! |---|---|---|
//! | `new` | before the second rename | removed: it may not be complete |
//! | `old` and no target | between the two renames | put back |
//! | `old` and a target | after the second rename | removed if it is ours, else moved aside; other results stay under a name of their own |
//! | `gone` | while it was being removed | removed: it was ours and has been replaced |

use std::fs;
use std::io;
use std::path::PathBuf;

use super::beside::{self, Beside, is_there};
use super::disk::Disk;
use super::{Earlier, Published, halt, ours, write_error};
use crate::error::Error;

/// Puts right what an interrupted exchange left behind; the lock is held, so that no other run is at it.
pub fn repair(disk: &dyn Disk, beside: &Beside, stamp: &str) -> Result<Published, Error> {
    let mut published = Published::default();
    let (target, old) = (&beside.target, &beside.old);
    if is_there(old) {
        // Somebody may have made the folder anew, finding it missing. This removes empty ones only.
        let _ = fs::remove_dir(target);
        if !is_there(target) {
            disk.rename(old, target)
                .map_err(|source| lost(beside, source))?;
            let _ = disk.sync(&beside.parent);
            published.restored = true;
        } else if ours::is_whole(target) {
            // The run that was stopped is not there to say what it knew.
            let is_ours = ours::is_ours(old);
            dispose(
                disk,
                beside,
                stamp,
                (Earlier::Stays, is_ours),
                &mut published,
            );
        } else {
            published.moved_aside.push(move_aside(disk, beside, stamp));
        }
    }
    if is_there(&beside.new) {
        disk.remove_dir_all(&beside.new)
            .map_err(|source| write_error(&beside.new, source))?;
    }
    if is_there(&beside.gone) {
        // Where that fails it is in nobody's way.
        let _ = disk.remove_dir_all(&beside.gone);
    }
    Ok(published)
}

/// The two renames.
pub fn swap(disk: &dyn Disk, beside: &Beside) -> Result<(), Error> {
    let refused = |source| Error::Exchange {
        path: beside.target.clone(),
        source,
    };
    let existed = is_there(&beside.target);
    if existed {
        disk.rename(&beside.target, &beside.old).map_err(refused)?;
    }
    if let Err(source) = disk.rename(&beside.new, &beside.target) {
        if existed {
            disk.rename(&beside.old, &beside.target)
                .map_err(|source| lost(beside, source))?;
        }
        return Err(refused(source));
    }
    halt::exchanged();
    // Before the earlier output goes.
    let _ = disk.sync(&beside.parent);
    Ok(())
}

/// The earlier output is whole, but not in its place.
fn lost(beside: &Beside, source: io::Error) -> Error {
    Error::Displaced {
        path: beside.target.clone(),
        now: beside.old.clone(),
        source,
    }
}

/// Removes an earlier output if it is ours, leaves it under another name if its results are others, or moves aside what is
/// not ours. The new output is in its place already, so that nothing that goes wrong here is an error.
pub fn dispose(
    disk: &dyn Disk,
    beside: &Beside,
    stamp: &str,
    (earlier, is_ours): (Earlier, bool),
    published: &mut Published,
) {
    let (old, gone) = (&beside.old, &beside.gone);
    if !is_there(old) {
        return;
    }
    if !is_ours {
        published.moved_aside.push(move_aside(disk, beside, stamp));
        return;
    }
    if earlier == Earlier::Stays
        && let Some(number) = ours::number(old)
        && ours::number(&beside.target).as_ref() != Some(&number)
    {
        let kept = beside.kept(&number);
        // The same results may have been there before.
        if !(ours::is_ours(&kept) && ours::number(&kept).as_ref() == Some(&number)) {
            let kept = beside::free(&kept);
            if disk.rename(old, &kept).is_ok() {
                published.kept = Some(kept);
                published.count_kept = beside.count_kept();
            }
            return;
        }
        published.kept = Some(kept);
        published.count_kept = beside.count_kept();
    }
    // Named as what is to be removed before the first file of it goes: half of it would not look like ours.
    let name = if is_there(gone) {
        beside::free(&gone.join("old"))
    } else {
        gone.clone()
    };
    if disk.rename(old, &name).is_ok() {
        let _ = disk.remove_dir_all(gone);
    }
}

/// Gives a name that people see to what is not ours.
fn move_aside(disk: &dyn Disk, beside: &Beside, stamp: &str) -> PathBuf {
    let aside = beside.aside(stamp);
    match disk.rename(&beside.old, &aside) {
        Ok(()) => aside,
        // The next run tries again.
        Err(_) => beside.old.clone(),
    }
}
