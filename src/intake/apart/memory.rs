//! How much memory this process may use. Without a limit, as much as there is.
//!
//! A file can ask for more memory than there is in a way that ends the process; the limit makes sure that it ends
//! early and hurts nobody else. Counting costs too little to be measured.

use std::alloc::System;

use cap::Cap;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// From now on no more than `bytes` in all.
pub(super) fn limit(bytes: u64) {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    // Refused only where more is in use already, which cannot be at the start.
    let _ = MEMORY.set_limit(bytes);
}
