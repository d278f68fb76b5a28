//! Whom a slip goes to, and what they may read: their own, and nothing of another group or another reviewer.

use std::sync::Arc;

use crate::finding::Eyes;
use crate::finding::text::path;
use crate::ground::Ground;
use crate::model::{GroupId, Letter, Place, SocietyId};
use crate::report::known::{Came, Known, View, Whom};
use crate::settle::{ReceivedFile, SettledForm};

/// The sender of one form.
pub(super) struct Sender<'k, 's> {
    form: &'s SettledForm,
    /// The file that the form came in.
    received: Option<&'s ReceivedFile>,
    view: View<'k, 's>,
    /// None where the group is not known.
    group: Option<GroupId>,
}

impl<'k, 's> Sender<'k, 's> {
    /// The sender of a form that came as this, which is about a society of this group.
    pub(super) fn new(
        known: &'k Known<'s>,
        (came, form): (Came, &'s SettledForm),
        group: Option<GroupId>,
    ) -> Self {
        Self {
            form,
            received: known.file_with(came),
            view: known.view(Whom::Filler(came)),
            group,
        }
    }

    /// The file as it came, with the way inside archives.
    pub(super) fn file(&self) -> String {
        let mut place = self.view.place(&self.form.place);
        place.sheet.clear();
        path(&place)
    }

    /// The file as its sender named it; none where its name may speak of others.
    pub(super) fn file_name(&self) -> Option<String> {
        let place = &self.form.place;
        self.view.file_name(&place.file, &place.within)
    }

    /// The mail it came in; without its subject where that may speak of others.
    pub(super) fn mail(&self) -> Option<Arc<Letter>> {
        self.view.letter(self.received?)
    }

    /// The sheet as it came; sheets are named after societies and people, too.
    pub(super) fn sheet(&self) -> String {
        match self.view.sheet(&self.form.place) {
            sheet if sheet.is_empty() => "（没有工作表名）".to_owned(),
            sheet => sheet,
        }
    }
}

impl Eyes for Sender<'_, '_> {
    fn knows(&self, ground: &Ground, society: SocietyId) -> bool {
        let group = ground.roster.societies[society].group;
        self.group.is_none_or(|own| own == group)
    }

    fn way(&self, place: &Place) -> String {
        path(&self.view.place(place))
    }

    fn see_all(&self) -> bool {
        false
    }
}
