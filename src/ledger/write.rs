//! The file as it is written: UTF-8 with its mark, so that Excel and WPS open it as it is.

use super::grading::Grading;
use super::{COLUMNS, GRADING, Ledger, plain_heading};
use crate::error::Error;
use crate::model::rows::written;
use crate::scheme::Scheme;

/// The whole file.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn bytes(scheme: &Scheme, ledger: &Ledger, file: &str) -> Result<Vec<u8>, Error> {
    let mut head = if scheme.is_about_societies() {
        COLUMNS.map(str::to_owned).to_vec()
    } else {
        COLUMNS.map(plain_heading).to_vec()
    };
    // The digest stays the last.
    head.insert(head.len() - 1, GRADING.to_owned());
    let events = ledger.events.iter().zip(ledger.checks()).enumerate();
    let rows = events.map(|(at, (event, check))| {
        let mut row: Vec<String> = event.fields(at + 1).into_iter().collect();
        row.push(event.grading.as_ref().map_or(String::new(), Grading::say));
        row.push(check);
        row
    });
    written(std::iter::once(head).chain(rows)).map_err(|reason| Error::Sheet {
        file: file.to_owned(),
        reason,
    })
}
