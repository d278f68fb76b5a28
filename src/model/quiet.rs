//! Keeps a stranger's panic from taking down the run, and from reaching the screen.
//!
//! Knows nothing of what it runs.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `work` and gives its result, or nothing when it panicked.
///
/// The panic hook belongs to the process, and files are read on several threads, so it is set once and asks
/// each thread whether it wants to be quiet. What `work` was changing must not be looked at afterwards.
pub fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // A thread that is just ending has no flag any more; then it is none of ours.
            if !QUIET.try_with(Cell::get).unwrap_or(false) {
                loud(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::quietly;

    #[test]
    fn a_panic_is_nothing() {
        assert_eq!(quietly(|| 1), Some(1));
        assert_eq!(quietly(|| Vec::<u8>::new()[1]), None);
    }
}
