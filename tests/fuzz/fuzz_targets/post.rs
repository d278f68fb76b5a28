//! Mails, mailboxes and archives: what is in them, however deep, and what is said of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xingping::intake::items_of;

fuzz_target!(|bytes: &[u8]| {
    for item in items_of("a.eml", bytes.to_vec()) {
        // Nothing leads out of the folder or disturbs a screen.
        let shown = item.source().within.concat();
        assert!(!shown.contains(char::is_control), "{shown:?}");
    }
});
