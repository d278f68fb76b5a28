//! From a sheet to the filled forms on it.

use super::folded::Folded;
use super::locate;
use super::read::{Form, form};
use super::words::Words;
use crate::intake::Sheet;
use crate::roster::Roster;
use crate::scheme::Scheme;

/// Reads the forms of a scheme.
pub struct Reader<'g> {
    scheme: &'g Scheme,
    roster: &'g Roster,
    words: Words,
}

impl<'g> Reader<'g> {
    #[must_use]
    pub fn of(scheme: &'g Scheme, roster: &'g Roster) -> Self {
        Self {
            scheme,
            roster,
            words: Words::of(scheme),
        }
    }

    /// The forms on a sheet; none where it is no form.
    #[must_use]
    pub fn read(&self, sheet: &Sheet) -> Vec<Form> {
        let page = Folded::new(sheet, &self.words);
        locate::regions(&page, self.scheme)
            .iter()
            .map(|region| form(&page, self.scheme, self.roster, region))
            .collect()
    }
}

/// Reads the forms on one sheet alone.
#[must_use]
pub fn read(sheet: &Sheet, scheme: &Scheme, roster: &Roster) -> Vec<Form> {
    Reader::of(scheme, roster).read(sheet)
}
