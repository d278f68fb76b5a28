//! What a group may see: its own, and of others not even the name.
//!
//! Findings speak of two societies now and then (a copied form, equal lines); their sentences are made for the group,
//! which is told of another's that there is one. A form that contradicts itself may be another group's: nothing of it
//! is told.

use crate::finding::{Eyes, Finding, Reader, Said, text};
use crate::ground::Ground;
use crate::model::{FormKey, GroupId, Place, SocietyId};
use crate::rank::Standings;
use crate::report::known::{Known, View, Whom};
use crate::settle::ReceivedFile;

/// The view of one group.
pub(super) struct Veil<'k, 's> {
    standings: &'s Standings<'s>,
    known: &'k Known<'s>,
    group: GroupId,
    view: View<'k, 's>,
}

impl<'k, 's> Veil<'k, 's> {
    pub(super) fn new(known: &'k Known<'s>, group: GroupId) -> Self {
        Self {
            standings: known.standings(),
            known,
            group,
            view: known.view(Whom::Group(group)),
        }
    }

    /// Whether a form is surely the group's.
    pub(super) fn owns(&self, form: FormKey) -> bool {
        self.view.owns(form)
    }

    /// The findings that are the group's, as it may read them.
    pub(super) fn findings(&self) -> impl Iterator<Item = Said> {
        self.shown().map(|finding| self.told(finding))
    }

    /// The files that are the group's as a whole or in part, as it may see them: those with a form of the group,
    /// those named after one of its societies that could not be read as a form, and the scans of its signed forms.
    pub(super) fn files(&self) -> impl Iterator<Item = ReceivedFile> {
        self.known.files(self.group).map(|file| {
            let mut told = file.clone();
            told.forms.retain(|form| self.owns(*form));
            told.assessments
                .retain(|own| self.view.owns_assessment(*own));
            (told.file, told.within) = self.view.way(&file.file, &file.within);
            told.letter = self.view.letter(file);
            if !self.view.owns_all_in(&file.file, &file.within) {
                told.remark = self.states(file);
            }
            told
        })
    }

    /// What is wrong with a file, in general.
    fn states(&self, file: &ReceivedFile) -> String {
        let about = self.known.about(file);
        about.map_or(String::new(), |finding| {
            self.standings
                .ground
                .scheme
                .own_words(finding.code().states)
        })
    }

    /// The findings that are the group's.
    fn shown(&self) -> impl Iterator<Item = &'k Finding> {
        let standings = self.standings;
        let shown = self.known.findings(self.group).iter();
        shown.filter_map(|finding| standings.findings.get(*finding))
    }

    /// A finding in words for the group.
    fn told(&self, finding: &Finding) -> Said {
        let said = finding.said(&Reader::with(self.standings.ground, self));
        Said {
            place: self.view.place(&finding.place),
            ..said
        }
    }
}

impl Eyes for Veil<'_, '_> {
    fn knows(&self, ground: &Ground, society: SocietyId) -> bool {
        ground.roster.societies[society].group == self.group
    }

    fn way(&self, place: &Place) -> String {
        text::path(&self.view.place(place))
    }

    fn see_all(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
