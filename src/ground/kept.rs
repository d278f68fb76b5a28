//! What the clerk keeps beside the inputs: the register, and the corrected points.

use std::path::{Path, PathBuf};

use super::{Ground, Used, read_bytes, sheets_of, together};
use crate::error::Error;
use crate::intake::Sheet;
use crate::register::{self, AMENDMENTS, Amendment, Register, Treatment};
use crate::roster::Roster;
use crate::scheme::Scheme;

impl Ground {
    /// The same with what the clerk keeps beside the inputs, if there is any: the register, and the corrected points.
    /// Names that the register makes aliases are known from here on.
    ///
    /// # Errors
    /// Several of a kind; every fault of the register; a list of corrections without its headings.
    pub fn with_register(mut self, inputs: &[PathBuf]) -> Result<Self, Error> {
        let rulings = self.take_rulings(inputs);
        let amendments = self.take_amendments(inputs);
        let errors: Vec<Error> = [rulings, amendments]
            .into_iter()
            .filter_map(Result::err)
            .collect();
        if errors.is_empty() {
            Ok(self)
        } else {
            Err(together(errors))
        }
    }

    fn take_amendments(&mut self, inputs: &[PathBuf]) -> Result<(), Error> {
        let found = register::find(inputs, AMENDMENTS);
        if let Some(path) = only(&found.files, AMENDMENTS)? {
            let (rows, used) = amendments(Some(&self.scheme), &path)?;
            self.amendments.rows = rows;
            self.files.push(used);
            self.amendments.path = Some(path);
            self.amendments.is_open = found.is_open;
        }
        self.amendments.look_alikes = found.look_alikes;
        Ok(())
    }

    fn take_rulings(&mut self, inputs: &[PathBuf]) -> Result<(), Error> {
        let found = register::find(inputs, register::FILE);
        if let Some(path) = only(&found.files, register::FILE)? {
            let (register, used) = rulings(&path, Some(&self.scheme), Some(&self.roster))?;
            self.register = register;
            for ruling in &self.register.rulings {
                if ruling.treatment == Treatment::Withdrawn
                    && let Some(society) = self.roster.society_named(&ruling.subject)
                {
                    self.roster.withdraw(society);
                }
                // For one reviewer alone it is no name that everybody may use.
                if let Some(society) = ruling.society
                    && ruling.reviewer.is_empty()
                {
                    self.roster.also_called(society, &ruling.subject);
                }
            }
            self.files.push(used);
            self.register.path = Some(path);
            self.register.is_open = found.is_open;
        }
        self.register.look_alikes = found.look_alikes;
        Ok(())
    }
}

/// What is wrong with what the clerk keeps beside the inputs, where the lists are at fault themselves: the names in it
/// cannot be looked up, all else can be read.
pub(super) fn faults_without_lists(scheme: Option<&Scheme>, inputs: &[PathBuf]) -> Vec<Error> {
    let register = only(
        &register::find(inputs, register::FILE).files,
        register::FILE,
    );
    let register =
        register.and_then(|path| path.map(|path| rulings(&path, scheme, None)).transpose());
    let other = only(&register::find(inputs, AMENDMENTS).files, AMENDMENTS);
    let other = other.and_then(|path| path.map(|path| amendments(scheme, &path)).transpose());
    [register.err(), other.err()]
        .into_iter()
        .flatten()
        .collect()
}

/// The rulings in a register; without a roster, those that name nobody who would have to be looked up.
fn rulings(
    path: &Path,
    scheme: Option<&Scheme>,
    roster: Option<&Roster>,
) -> Result<(Register, Used), Error> {
    let (file, sheets, used) = kept(path)?;
    let read = register::read(scheme, roster, &sheets);
    Ok((read.map_err(|faults| Error::List { file, faults })?, used))
}

/// The rows of a list of corrected points.
fn amendments(scheme: Option<&Scheme>, path: &Path) -> Result<(Vec<Amendment>, Used), Error> {
    let (file, sheets, used) = kept(path)?;
    let read = register::amend::read(scheme, &used.name(), &sheets);
    Ok((read.map_err(|faults| Error::List { file, faults })?, used))
}

/// A file that the clerk keeps: what it is called in messages, its sheets, and that it is used.
fn kept(path: &Path) -> Result<(String, Vec<Sheet>, Used), Error> {
    let shown = format!("“{}”", path.display());
    let bytes = read_bytes(path)?;
    let sheets = sheets_of(&path.to_string_lossy(), &shown, &bytes)?;
    Ok((shown, sheets, Used::of(path.to_owned(), &bytes)))
}

/// The one file of a kind, if there is any.
fn only(found: &[PathBuf], what: &str) -> Result<Option<PathBuf>, Error> {
    match found {
        [] => Ok(None),
        [path] => Ok(Some(path.clone())),
        [one, other, ..] => Err(Error::Usage(format!(
            "有两份{what}：“{}”和“{}”，不知以哪份为准。请只留一份。",
            one.display(),
            other.display()
        ))),
    }
}
