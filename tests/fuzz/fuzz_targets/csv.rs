//! Texts: which letters, which delimiter, which cells.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xingping::intake::text;

fuzz_target!(|bytes: &[u8]| {
    if let Some(text) = text::decode(bytes) {
        let _ = text::sheet(&text);
    }
    let _ = text::decode_name(bytes);
});
