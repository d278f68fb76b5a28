//! Parse, run, outcome to exit status; everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    xingping::cli::main(std::env::args_os())
}
