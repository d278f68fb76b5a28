use crate::finding::Code;
pub fn codes() -> impl Iterator<Item = &'static Code> { std::iter::empty() }
