//! What the clerk keeps beside the inputs: the register, and the corrected points.

use std::path::PathBuf;

use super::{Ground, Used, name_of, read_bytes, sheets_of};
use crate::error::Error;
use crate::register::{self, AMENDMENTS, Treatment};

impl Ground {
    /// The same with what the clerk keeps beside the inputs, if there is any: the register, and the corrected points.
    /// Names that the register makes aliases are known from here on.
    ///
    /// # Errors
    /// Several of a kind; every fault of the register; a list of corrections without its headings.
    pub fn with_register(self, inputs: &[PathBuf]) -> Result<Self, Error> {
        self.with_rulings(inputs)?.with_amendments(inputs)
    }

    fn with_amendments(mut self, inputs: &[PathBuf]) -> Result<Self, Error> {
        let found = register::find(inputs, AMENDMENTS);
        if let Some(path) = only(&found.files, AMENDMENTS)? {
            let shown = format!("“{}”", path.display());
            let bytes = read_bytes(&path)?;
            let sheets = sheets_of(&path.to_string_lossy(), &shown, &bytes)?;
            let name = name_of(&path).unwrap_or_default();
            self.amendments.rows =
                register::amend::read(&self.scheme, &name, &sheets).map_err(|faults| {
                    Error::List {
                        file: shown,
                        faults,
                    }
                })?;
            self.files.push(Used::of(path.clone(), &bytes));
            self.amendments.path = Some(path);
            self.amendments.is_open = found.is_open;
        }
        self.amendments.look_alikes = found.look_alikes;
        Ok(self)
    }

    fn with_rulings(mut self, inputs: &[PathBuf]) -> Result<Self, Error> {
        let found = register::find(inputs, register::FILE);
        let path = only(&found.files, register::FILE)?;
        if let Some(path) = path {
            let shown = format!("“{}”", path.display());
            let bytes = read_bytes(&path)?;
            let sheets = sheets_of(&path.to_string_lossy(), &shown, &bytes)?;
            self.register =
                register::read(&self.scheme, &self.roster, &sheets).map_err(|faults| {
                    Error::List {
                        file: shown,
                        faults,
                    }
                })?;
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
            self.files.push(Used::of(path.clone(), &bytes));
            self.register.path = Some(path);
            self.register.is_open = found.is_open;
        }
        self.register.look_alikes = found.look_alikes;
        Ok(self)
    }
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
