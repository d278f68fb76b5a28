//! How much memory this process uses, and whether that is too much.
//!
//! A file can ask for more memory than there is in a way that ends the process; looking often makes sure that it ends
//! early and hurts nobody else. An allocator that counts would be exact, but every thread of the main program would
//! wait for its one counter: it took a tenth to a fifth of the time of a large batch.

use std::time::Duration;

/// How often to look. In this time a process can fill some tens of megabytes.
pub(super) const EVERY: Duration = Duration::from_millis(4);

/// Whether more than `bytes` are in use.
pub(super) fn exceeds(bytes: u64) -> bool {
    memory_stats::memory_stats().is_some_and(|used| used.physical_mem as u64 > bytes)
}
