//! What whoever sent a file that was not read may know of it: what they called it, below their own mail.
//!
//! Where it came in no mail nobody knows who sent it, and it may have been saved under another name: a name that speaks
//! of several people or societies is then told by its neutral word.

use super::{Known, key};
use crate::model::{Letter, Place};

/// A file that was not read, as its sender knows it.
pub struct Sent<'s> {
    /// The mail that it came in, or that it is.
    pub mail: Option<&'s Letter>,
    /// Whether it is the mail itself.
    pub is_mail: bool,
    /// Its names from the sender's own down, each without folders.
    pub name: String,
}

impl<'s> Known<'s> {
    /// What the sender of the file at `place` may know.
    #[must_use]
    pub fn sent(&self, place: &Place) -> Sent<'s> {
        let (mail, is_mail) = self.mail(place);
        let names: Vec<&str> = std::iter::once(&place.file)
            .chain(&place.within)
            .map(|path| last(path))
            .collect();
        let own: Vec<&str> = if let Some(mail) = mail {
            let below = names.get(self.above(mail, place)..);
            let below = below.filter(|names| !names.is_empty());
            below.unwrap_or(&names).to_vec()
        } else {
            let named = (0..).zip(names).map(|(inner, name)| {
                let within = place.within.get(..inner).unwrap_or_default();
                if self.directory.are_several(name) {
                    self.code(&key(&place.file, within))
                } else {
                    name
                }
            });
            named.collect()
        };
        Sent {
            mail,
            is_mail,
            name: own.join(" › "),
        }
    }

    /// The mail that a file came in, or that it is; and whether it is one.
    fn mail(&self, place: &Place) -> (Option<&'s Letter>, bool) {
        let file = self.received.at(place);
        (
            file.and_then(|file| file.letter.as_deref()),
            file.is_some_and(|file| file.is_holder),
        )
    }

    /// How many parts of the way to a place lead to the mail itself: none where that is not on the way.
    fn above(&self, mail: &Letter, place: &Place) -> usize {
        let mut ways = (0..place.within.len()).map(|inner| {
            let within = place.within.get(..inner).unwrap_or_default();
            self.mail(&Place::file(&place.file, within))
        });
        // What is inside a mail bears its letter, too: the outermost is the mail.
        let at = ways.position(|(known, is_holder)| is_holder && known == Some(mail));
        at.map_or(0, |at| at + 1)
    }
}

/// The name of a file without its folders.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
