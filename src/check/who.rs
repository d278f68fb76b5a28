//! Who filled in a form: the person, made comparable once, for many families ask.

use crate::form::{Field, Form};
use crate::ground::Ground;
use crate::model::{Person, ReviewerId, SocietyId};
use crate::roster::{Bond, Reviewer};

/// The reviewer of a form, or who fills in a society's own.
pub(super) struct Who<'g> {
    pub(super) person: Person,
    /// As the list has the person, where it does; of several rows the one of the society's group, else the first.
    pub(super) listed: Option<(ReviewerId, &'g Reviewer)>,
    /// What the unit is to the society, where that is known and it matters.
    pub(super) bond: Option<Bond>,
}

impl<'g> Who<'g> {
    /// Who filled in a form about this society.
    pub(super) fn of(ground: &'g Ground, form: &Form, society: Option<SocietyId>) -> Self {
        let roster = &ground.roster;
        let (name, unit) = (form.text(Field::Reviewer), form.text(Field::Unit));
        let person = roster.person(name, unit);
        let recused = society.filter(|_| ground.scheme.asks.recusal);
        Self {
            listed: roster.listed(&person, roster.group_at(society)),
            bond: recused.map(|society| roster.bond(unit, society)),
            person,
        }
    }

    /// Whether the list of reviewers says that this person does not score the society.
    pub(super) fn is_conflict(&self, society: SocietyId) -> bool {
        let listed = self.listed;
        listed.is_some_and(|(_, listed)| listed.conflicts.contains(&society))
    }
}
