//! What programs read: the results, the manifest, and the standings as plain tables.

pub mod export;
pub mod json;
pub mod manifest;
