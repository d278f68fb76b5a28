//! Ctrl-C: the work is left where it is, the disk is not.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::say;
use crate::error::Error;
use crate::publish;

/// How long what is being written may take to be cleared away: a person waits for no more than a second in all.
const PATIENCE: Duration = Duration::from_millis(800);

/// As much as the system gives to a program's first thread.
const STACK: usize = 8 << 20;

/// What `work` comes to; none where somebody pressed Ctrl-C meanwhile. It then ends with the process, for it may be at
/// something that cannot be asked to stop.
pub fn unless_interrupted<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Option<Result<T, Error>> {
    let (to, events) = channel();
    let pressed = to.clone();
    // Where the system does not allow it Ctrl-C does what it did: it kills, and the next run clears up.
    let _ = ctrlc::set_handler(move || {
        let _ = pressed.send(None);
    });
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        // The first thread dies of what this one died of.
        let _ = to.send(Some(catch_unwind(AssertUnwindSafe(work))));
    });
    if let Err(source) = worker {
        return Some(Err(Error::Usage(format!(
            "系统资源不足，启动不了（{source}）。请关闭一些程序后重试。"
        ))));
    }
    match events.recv() {
        Ok(Some(Ok(done))) => Some(done),
        Ok(Some(Err(died))) => resume_unwind(died),
        Ok(None) | Err(_) => {
            say::interrupted(publish::halt(PATIENCE));
            None
        }
    }
}
