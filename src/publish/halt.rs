//! Stopped from outside: a process that is to end does not end in the midst of an exchange.
//!
//! Nothing but publishing changes the disk, save temporary files that go by themselves, so that the rest of a run may end
//! wherever it is: a file that is written as it is made asks at every write, and what has been written of an output that
//! is not whole is cleared away. A process is stopped at most once and as a whole: hence the only state in this program
//! that belongs to nobody.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::thread;
use std::time::{Duration, Instant};

use super::Above;
use super::beside::Beside;
use crate::error::Error;

static HALTED: AtomicBool = AtomicBool::new(false);
static EXCHANGED: AtomicBool = AtomicBool::new(false);
/// Held by all who are changing the disk. Nobody waits to hold it alone, so that who holds it may ask for it again.
static AT_WORK: RwLock<()> = RwLock::new(());
/// Outputs that are not whole yet, by the folders they are written to.
static STAGED: Mutex<BTreeMap<PathBuf, Staged>> = Mutex::new(BTreeMap::new());

/// What else goes with such a folder.
struct Staged {
    lock: PathBuf,
    above: Above,
}

/// Held while the disk is being changed.
pub(super) fn at_work() -> RwLockReadGuard<'static, ()> {
    AT_WORK.read().unwrap_or_else(PoisonError::into_inner)
}

fn all_staged() -> MutexGuard<'static, BTreeMap<PathBuf, Staged>> {
    STAGED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An output has been begun.
pub(super) fn staged(beside: &Beside, above: &Above) {
    let staged = Staged {
        lock: beside.lock.clone(),
        above: above.clone(),
    };
    all_staged().insert(beside.new.clone(), staged);
}

/// It is in its place, or has been given up.
pub(super) fn unstaged(beside: &Beside) {
    all_staged().remove(&beside.new);
}

/// # Errors
/// The process is to end: what has been staged is to be removed.
pub(super) fn go_on() -> Result<(), Error> {
    if HALTED.load(Ordering::SeqCst) {
        Err(Error::Halted)
    } else {
        Ok(())
    }
}

/// A new output is in its place.
pub(super) fn exchanged() {
    EXCHANGED.store(true, Ordering::SeqCst);
}

/// From here on nothing is published by this process; what is being written is cleared away, for which `patience` is
/// had. Should it not be enough, the next run clears up. Gives whether a new output had come to its place before.
pub fn halt(patience: Duration) -> bool {
    const EVERY: Duration = Duration::from_millis(10);
    HALTED.store(true, Ordering::SeqCst);
    let began = Instant::now();
    while began.elapsed() < patience {
        if let Ok(_alone) = AT_WORK.try_write() {
            for (folder, staged) in std::mem::take(&mut *all_staged()) {
                let _ = fs::remove_dir_all(folder);
                let _ = fs::remove_file(staged.lock);
                staged.above.remove();
            }
            break;
        }
        thread::sleep(EVERY);
    }
    EXCHANGED.load(Ordering::SeqCst)
}
