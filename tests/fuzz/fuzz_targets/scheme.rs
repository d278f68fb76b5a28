//! The year's rules, written by hand: every fault is told, none is a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = xingping::scheme::read(text);
});
