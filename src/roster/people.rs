//! The listed reviewers by name and unit: who is who, and who could be meant.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Reviewer, Roster};
use crate::model::{GroupId, Name, Person, ReviewerId, fold, near};

impl Roster {
    /// A person, made comparable.
    #[must_use]
    pub fn person(&self, name: &str, unit: &str) -> Person {
        Person {
            name: self.name(name).into_owned(),
            units: match self.names().units(unit) {
                Cow::Borrowed(units) => units.keys.clone(),
                Cow::Owned(units) => units.keys,
            },
        }
    }

    /// The same, borrowed from the list where the person stands there in the row `listed`, written the same way: nearly
    /// every form has it so.
    #[must_use]
    pub fn person_listed(
        &self,
        name: &str,
        unit: &str,
        listed: Option<ReviewerId>,
    ) -> Cow<'_, Person> {
        let is_written_so = |row: &ReviewerId| {
            let reviewer = self.reviewers.get(*row);
            reviewer.is_some_and(|reviewer| reviewer.name == name && reviewer.unit == unit)
        };
        let row = listed.filter(is_written_so);
        match row.and_then(|row| self.names().persons.get(row)) {
            Some(person) => Cow::Borrowed(person),
            None => Cow::Owned(self.person(name, unit)),
        }
    }

    /// A person's name, made comparable.
    fn name(&self, name: &str) -> Cow<'_, Name> {
        match self.names().people.get(name) {
            Some(listed) => Cow::Borrowed(listed),
            None => Cow::Owned(Name::of(name)),
        }
    }

    /// The listed reviewers of a group, in the order of the list.
    pub(super) fn reviewers_of(
        &self,
        group: GroupId,
    ) -> impl Iterator<Item = (ReviewerId, &Reviewer)> {
        let own = self
            .names()
            .by_group
            .get(&group)
            .map_or(&[][..], Vec::as_slice);
        own.iter()
            .filter_map(|one| Some((*one, self.reviewers.get(*one)?)))
    }

    /// The listed reviewer of this name and unit; of several rows the one of this group, else the first.
    #[must_use]
    pub fn reviewer_named(
        &self,
        name: &str,
        unit: &str,
        group: Option<GroupId>,
    ) -> Option<(ReviewerId, &Reviewer)> {
        self.listed_as(&self.name(name), &self.names().units(unit).keys, group)
    }

    /// The same of a person.
    #[must_use]
    pub fn listed(
        &self,
        person: &Person,
        group: Option<GroupId>,
    ) -> Option<(ReviewerId, &Reviewer)> {
        self.listed_as(&person.name, &person.units, group)
    }

    fn listed_as(
        &self,
        name: &Name,
        own_units: &BTreeSet<String>,
        group: Option<GroupId>,
    ) -> Option<(ReviewerId, &Reviewer)> {
        let names = self.names();
        let rows = names.reviewers.get(name)?;
        let mut own = rows
            .iter()
            .filter(|row| !names.persons[**row].units.is_disjoint(own_units))
            .filter_map(|row| Some((*row, self.reviewers.get(*row)?)));
        let first = own.clone().next();
        own.find(|(_, reviewer)| reviewer.group == group).or(first)
    }

    /// The listed reviewers of this name, whatever their unit.
    pub fn reviewers_called(&self, name: &Name) -> impl Iterator<Item = &Reviewer> {
        let rows = self.names().reviewers.get(name);
        let rows = rows.map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|row| self.reviewers.get(*row))
    }

    /// The listed reviewers of a group (an index) who could be meant by a name that is not listed: the same name at
    /// another unit, or one character apart.
    #[must_use]
    pub fn nearest_reviewers(&self, name: &str, group: Option<GroupId>) -> Vec<&Reviewer> {
        let folded = fold(name);
        self.reviewers
            .iter()
            .filter(|reviewer| group.is_some() && reviewer.group == group)
            .filter(|reviewer| near::distance(&fold(&reviewer.name), &folded) <= 1)
            .collect()
    }
}
