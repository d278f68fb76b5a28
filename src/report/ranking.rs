pub fn workbook(_: &crate::rank::Standings<'_>) -> Result<Vec<u8>, crate::error::Error> { Ok(vec![]) }
