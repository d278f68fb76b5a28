//! Who reads: what they may know of what a finding speaks of.

use super::text;
use crate::ground::Ground;
use crate::model::{Place, SocietyId};

/// What somebody may know. Whatever a sentence takes from outside its rule passes through here.
pub trait Eyes {
    /// A society (an index into the roster).
    fn society(&self, ground: &Ground, society: SocietyId) -> String {
        ground.roster.societies[society].name.clone()
    }

    /// Something a sender wrote, in a form or a name.
    fn written(&self, text: &str) -> String {
        text.to_owned()
    }

    /// The way to a file or sheet, without quotes.
    fn way(&self, place: &Place) -> String {
        text::path(place)
    }

    /// Whether they may read why and by whom something was ruled.
    fn see_grounds(&self) -> bool {
        true
    }
}

/// The secretariat, and programs: everything.
struct All;

impl Eyes for All {}

/// For whom a sentence is made.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    pub ground: &'r Ground,
    eyes: &'r dyn Eyes,
}

impl<'r> Reader<'r> {
    /// The clerk, who may know everything.
    #[must_use]
    pub fn clerk(ground: &'r Ground) -> Self {
        Self { ground, eyes: &All }
    }

    /// Somebody with these eyes.
    #[must_use]
    pub fn with(ground: &'r Ground, eyes: &'r dyn Eyes) -> Self {
        Self { ground, eyes }
    }

    /// The name of a society (an index into the roster).
    #[must_use]
    pub fn society(&self, society: SocietyId) -> String {
        self.eyes.society(self.ground, society)
    }

    /// What a sender wrote, as it may be shown.
    #[must_use]
    pub fn written(&self, text: &str) -> String {
        self.eyes.written(text)
    }

    /// The same in quotes, on one line and not endless.
    #[must_use]
    pub fn quote(&self, text: &str) -> String {
        text::quote(&self.eyes.written(text))
    }

    /// The same without quotes, as it may stand in a cell or letter.
    #[must_use]
    pub fn shown(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        self.quote(text).trim_matches(['“', '”']).to_owned()
    }

    /// The way to a file or sheet.
    #[must_use]
    pub fn way(&self, place: &Place) -> String {
        self.eyes.way(place)
    }

    #[must_use]
    pub fn sees_grounds(&self) -> bool {
        self.eyes.see_grounds()
    }

    /// `3.2“定期召开党委会”`; `line` is an index into the scheme's.
    #[must_use]
    pub fn line(&self, line: usize) -> String {
        let scheme = &self.ground.scheme;
        scheme.title(&scheme.lines[line])
    }
}
