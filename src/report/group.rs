pub fn workbook(_: &crate::rank::Standings<'_>, _: usize) -> Result<Vec<u8>, crate::error::Error> { Ok(vec![]) }
