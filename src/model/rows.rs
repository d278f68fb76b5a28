//! Rows as a csv that Excel and WPS open as it is: UTF-8 with its mark, lines that end as theirs do.

/// The whole file.
///
/// # Errors
/// Rows of different lengths: a fault of this program, as the writer says it.
pub fn written<R, F>(rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, String>
where
    R: IntoIterator<Item = F>,
    F: AsRef<[u8]>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer
            .write_record(row)
            .map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
