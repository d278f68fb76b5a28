//! What the program reads in a process of its own, where memory may run out: no panic gets through all the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xingping::intake::{Source, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    let source = Source {
        file: "a.xls".to_owned(),
        ..Source::default()
    };
    let _ = read_bytes(source, bytes);
});
