//! The program run as people run it. Apart from the rest of the common part, which an example uses, too: only tests know
//! where the program is.

#![allow(dead_code)] // each test binary uses its part

use std::path::Path;
use std::process::Command;

/// Runs the program in `room`: its exit status, its data and what it said to people.
pub fn streams_in(room: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(arguments)
        .current_dir(room)
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs");
    (
        output.status.code().expect("it ended"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

/// The same where the folder does not matter.
pub fn streams(arguments: &[&str]) -> (i32, String, String) {
    streams_in(Path::new("."), arguments)
}

/// Its exit status and what it said to people.
pub fn xingping(arguments: &[&str], room: &Path) -> (i32, String) {
    let (status, _, said) = streams_in(room, arguments);
    (status, said)
}

/// Its exit status and all it said, its data last.
pub fn all_said(room: &Path, arguments: &[&str]) -> (i32, String) {
    let (status, data, said) = streams_in(room, arguments);
    (status, said + &data)
}
