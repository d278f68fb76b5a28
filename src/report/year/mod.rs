//! The papers of the committee's year: sheets to deliberate on and to sign, what was decided, what is published and
//! kept.
//!
//! Shows and never decides; what it shows stands in the outcome of a run, in a decision or in the ledger.

pub mod decided;
pub mod deliberation;
pub mod meeting;
pub mod society;

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::parts::{self, Sheet};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::SchemeId;

/// Year and title of the scheme, with what this paper is.
#[must_use]
pub fn title(ground: &Ground, what: &str) -> String {
    format!("{}年{}{what}", ground.scheme.year, ground.scheme.title)
}

/// What a paper was made from.
#[must_use]
pub fn based_on(fingerprint: &str) -> String {
    format!("依据结果：{fingerprint}")
}

/// Offers a closed list in the table's rows of one column.
fn choose(
    sheet: &mut Sheet,
    column: u16,
    choices: &[String],
    message: &str,
) -> Result<(), XlsxError> {
    if let Some((first, last)) = sheet.table_rows() {
        let validation = DataValidation::new()
            .allow_list_strings(choices)?
            .set_error_title("请改正")?
            .set_error_message(message)?;
        sheet
            .worksheet()
            .add_data_validation(first, column, last, column, &validation)?;
    }
    Ok(())
}

/// The stars there are, as a list to choose from.
fn stars(ground: &Ground) -> Vec<String> {
    (0..=ground.scheme.stars.most())
        .rev()
        .map(|star| star.to_string())
        .collect()
}

/// The label of a group by its number.
#[must_use]
pub fn group_label(number: u32) -> String {
    format!("第{number}组")
}

/// What the writer refused, as the error of a run.
fn made(file: &str, bytes: Result<Vec<u8>, XlsxError>) -> Result<Vec<u8>, Error> {
    bytes.map_err(|error| parts::fault(file, &error))
}

/// The manifest of a paper made from these inputs.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn manifest(
    scheme: &SchemeId,
    inputs: Vec<super::manifest::Entry>,
    outputs: &[super::Output],
) -> Result<super::Output, Error> {
    super::manifest::of(&scheme.id, &scheme.fingerprint, inputs, outputs)
}
