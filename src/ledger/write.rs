//! The file as it is written: UTF-8 with its mark, so that Excel and WPS open it as it is.

use super::{COLUMNS, Ledger};
use crate::error::Error;

/// The whole file.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn bytes(ledger: &Ledger, file: &str) -> Result<Vec<u8>, Error> {
    let fault = |reason: String| Error::Sheet {
        file: file.to_owned(),
        reason,
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let mut put = |record: &[&str]| {
        writer
            .write_record(record)
            .map_err(|error| fault(error.to_string()))
    };
    put(&COLUMNS)?;
    for (at, (event, check)) in ledger.events.iter().zip(ledger.checks()).enumerate() {
        let fields = event.fields(at + 1);
        let mut record: Vec<&str> = fields.iter().map(String::as_str).collect();
        record.push(&check);
        put(&record)?;
    }
    writer
        .into_inner()
        .map_err(|error| fault(error.to_string()))
}
