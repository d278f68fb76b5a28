//! Parse, run, outcome to exit status; everything else is in the library.

use std::process::ExitCode;

/// A round of thousands of forms asks for tens of millions of pieces of memory from several threads at once: the
/// allocators that come with the systems take a sixth of its time and more the longer it runs.
#[cfg(any(
    all(windows, feature = "mimalloc"),
    all(target_os = "linux", target_arch = "x86_64")
))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    xingping::cli::main(std::env::args_os())
}
