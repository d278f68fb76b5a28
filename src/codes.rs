//! The one table of codes, put together from the families of rules.

use crate::finding::Code;
use crate::{check, settle};

/// All codes, in the order of their ids.
#[must_use]
pub fn all() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = check::codes().chain(settle::codes()).collect();
    codes.sort_by_key(|code| code.id);
    codes
}
