//! Who reads: what they may know of what a finding speaks of.

use super::{Named, text};
use crate::ground::Ground;
use crate::model::{LineId, Place, SocietyId};

/// Said instead of a society that is not the reader's.
pub const ELSEWHERE: &str = "其他组学会";

/// What somebody may know. Whatever a sentence takes from outside its rule passes through here.
pub trait Eyes {
    /// Whether they may know that something is about this society (an index into the roster).
    fn knows(&self, _ground: &Ground, _society: SocietyId) -> bool {
        true
    }

    /// The way to a file or sheet, without quotes.
    fn way(&self, place: &Place) -> String {
        text::path(place)
    }

    /// Whether they may read what belongs to the secretariat: why and by whom something was ruled, and what things are
    /// called of which nobody knows whose they are.
    fn see_all(&self) -> bool {
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

    /// The name of a society (an index into the roster), where they may know it.
    fn known_society(&self, society: SocietyId) -> Option<String> {
        let is_known = self.eyes.knows(self.ground, society);
        is_known.then(|| self.ground.roster.societies[society].name.clone())
    }

    /// The name of a society (an index into the roster), or that it is another one.
    #[must_use]
    pub fn society(&self, society: SocietyId) -> String {
        self.known_society(society)
            .unwrap_or_else(|| self.words(ELSEWHERE))
    }

    /// Those of these societies that they may know, by name.
    pub fn known<'n>(&self, societies: impl IntoIterator<Item = &'n Named>) -> Vec<String> {
        let societies = societies.into_iter();
        societies
            .filter_map(|one| self.known_society(one.society))
            .collect()
    }

    /// The way to a file or sheet.
    #[must_use]
    pub fn way(&self, place: &Place) -> String {
        self.eyes.way(place)
    }

    #[must_use]
    pub fn sees_all(&self) -> bool {
        self.eyes.see_all()
    }

    /// What those evaluated are called this year.
    #[must_use]
    pub fn object(&self) -> &str {
        self.ground.scheme.object()
    }

    /// Standing words with those evaluated called so; no name stands in them.
    #[must_use]
    pub fn words(&self, standing: &str) -> String {
        self.ground.scheme.own_words(standing)
    }

    /// `3.2“定期召开党委会”`; `line` is an index into the scheme's.
    #[must_use]
    pub fn line(&self, line: LineId) -> String {
        let scheme = &self.ground.scheme;
        scheme.title(&scheme.lines[line])
    }
}
