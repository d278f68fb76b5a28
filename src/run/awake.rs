//! Threads that stay awake: while one alone can work, the other waits for it with its eyes open.
//!
//! A thread that sleeps has to be woken, and where processors share no cache the system wakes it behind the one that woke
//! it: there it waits for several milliseconds while the other processor has nothing to do. Of a run of a third of a
//! second on two processors that took a fiftieth.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Whoever waits longer may fall asleep: what takes so long is not worth a processor that does nothing.
const PATIENCE: Duration = Duration::from_millis(20);

/// Does both, side by side where there are threads. Whoever is done with `right` stays awake until `left` is done.
pub fn both<L: Send, R: Send>(
    left: impl FnOnce() -> L + Send,
    right: impl FnOnce() -> R + Send,
) -> (L, R) {
    let is_done = AtomicBool::new(false);
    rayon::join(
        || {
            let _done = Done(&is_done);
            left()
        },
        || {
            let made = right();
            // On one thread this comes behind what it waits for.
            let began = Instant::now();
            while !is_done.load(Ordering::Acquire) && began.elapsed() < PATIENCE {
                thread::yield_now();
            }
            made
        },
    )
}

/// Does `work` alone, while another thread stays awake for what comes behind it.
pub fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    both(work, || ()).0
}

/// Says so at the end, even of work that panics: the other waits for nothing then.
struct Done<'d>(&'d AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::Instant;

    use rayon::ThreadPoolBuilder;

    use super::{PATIENCE, alone, both};

    #[test]
    fn nobody_waits_for_what_is_done_or_has_failed() {
        for threads in [1, 2, 3] {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build();
            let pool = pool.expect("threads");
            let began = Instant::now();
            for time in 0..20 {
                assert_eq!(pool.install(|| both(|| time, || "right")), (time, "right"));
                assert_eq!(pool.install(|| alone(|| time)), time);
            }
            let failing = || pool.install(|| alone(|| panic!("work")));
            assert!(catch_unwind(AssertUnwindSafe(failing)).is_err());
            assert!(began.elapsed() < PATIENCE * 41, "{threads} threads");
        }
    }
}
