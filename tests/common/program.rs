//! The program run as people run it. Apart from the rest of the common part, which an example uses, too: only tests know
//! where the program is.

use std::path::Path;
use std::process::Command;

/// Runs the program in `room`; its exit status and what it said.
pub fn xingping(arguments: &[&str], room: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(arguments)
        .current_dir(room)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().expect("it ended"), said)
}
