//! Whatever is read in the program's own process, with as much memory as one file may take.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xingping::intake::{Apart, Patience, items_of};

/// What the file is called decides only what is said of content that could be anything.
const NAMES: [&str; 5] = ["a.xlsx", "a.xls", "a.csv", "a.txt", "a"];

fuzz_target!(|bytes: &[u8]| {
    let name = NAMES[bytes.len() % NAMES.len()];
    for item in items_of(name, bytes.to_vec()) {
        if !item.is_apart() {
            let _ = item.read(&Apart::default(), &mut Patience::default());
        }
    }
});
