use crate::error::Error;
pub fn societies(_: &crate::ground::Ground) -> Result<Vec<u8>, Error> { Ok(vec![]) }
pub fn reviewers(_: &crate::ground::Ground) -> Result<Vec<u8>, Error> { Ok(vec![]) }
pub fn scheme_table(_: &crate::scheme::Scheme) -> Result<Vec<u8>, Error> { Ok(vec![]) }
pub fn scheme_text(_: &crate::scheme::Scheme) -> String { String::new() }
