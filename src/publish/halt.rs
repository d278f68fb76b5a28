//! Stopped from outside: a process that is to end does not end in the midst of an exchange.
//!
//! Nothing but publishing changes the disk, so that the rest of a run may end wherever it is. A process is stopped at
//! most once and as a whole: hence the only state in this program that belongs to nobody.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;

static HALTED: AtomicBool = AtomicBool::new(false);
static EXCHANGED: AtomicBool = AtomicBool::new(false);
static AT_WORK: Mutex<()> = Mutex::new(());

/// Held while the disk is being changed.
pub(super) fn at_work() -> MutexGuard<'static, ()> {
    AT_WORK.lock().unwrap_or_else(PoisonError::into_inner)
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
    while AT_WORK.try_lock().is_err() && began.elapsed() < patience {
        thread::sleep(EVERY);
    }
    EXCHANGED.load(Ordering::SeqCst)
}
