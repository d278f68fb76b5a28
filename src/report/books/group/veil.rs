//! What a group may see: its own, and of others not even the name.
//!
//! Findings speak of two societies now and then (a copied form, equal lines); the other group's name is left out.
//! A form that contradicts itself may be another group's: nothing of it is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Eyes, Finding, Reader, Said, text};
use crate::ground::Ground;
use crate::model::Place;
use crate::rank::Standings;
use crate::report::known::names::{ELSEWHERE, Names};
use crate::report::known::{Known, View, Whom};
use crate::settle::ReceivedFile;

/// The view of one group.
pub(super) struct Veil<'k, 's> {
    standings: &'s Standings<'s>,
    group: usize,
    view: View<'k, 's>,
    names: Names<'s>,
    /// Everything that a message may name, by the way to it.
    places: BTreeMap<String, Place>,
}

impl<'k, 's> Veil<'k, 's> {
    pub(super) fn new(known: &'k Known<'s>, group: usize) -> Self {
        let standings = known.standings();
        let files = standings.files.iter().map(ReceivedFile::place);
        let forms = standings.forms.iter().map(|form| form.place.clone());
        Self {
            standings,
            places: files
                .chain(forms)
                .map(|place| (text::path(&place), place))
                .collect(),
            group,
            view: known.view(Whom::Group(group)),
            names: Names::new(&standings.ground.roster, group),
        }
    }

    /// Whether a form (an index) is surely the group's.
    pub(super) fn owns(&self, form: usize) -> bool {
        self.view.owns(form)
    }

    /// The findings that are the group's, as it may read them.
    pub(super) fn findings(&self) -> impl Iterator<Item = Said> {
        self.standings
            .findings
            .iter()
            .filter(|finding| self.shows(finding))
            .map(|finding| self.told(finding))
    }

    /// The files that are the group's as a whole or in part, as it may see them: those with a form of the group,
    /// those named after one of its societies that could not be read as a form, and the scans of its signed forms.
    pub(super) fn files(&self) -> impl Iterator<Item = ReceivedFile> {
        let told: BTreeSet<(&str, &[String])> = self
            .standings
            .findings
            .iter()
            .filter(|finding| self.shows(finding))
            .map(|finding| (finding.place.file.as_str(), finding.place.within.as_slice()))
            .collect();
        let societies = &self.standings.ground.roster.societies;
        let is_own = move |file: &&ReceivedFile| {
            let is_scan = file
                .scan_of
                .is_some_and(|one| societies[one].group == self.group);
            is_scan
                || file.forms.iter().any(|form| self.owns(*form))
                || told.contains(&(file.file.as_str(), file.within.as_slice()))
        };
        self.standings.files.iter().filter(is_own).map(|file| {
            let mut told = file.clone();
            told.forms.retain(|form| self.owns(*form));
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
        let place = file.place();
        let mut findings = self.standings.findings.iter();
        let about = findings.find(|finding| finding.place == place);
        about.map_or(String::new(), |finding| finding.code().states.to_owned())
    }

    /// Whether a finding is the group's: by the form it was found in; of what holds no form, by its society.
    fn shows(&self, finding: &Finding) -> bool {
        let place = &finding.place;
        let is_own = finding
            .society
            .as_deref()
            .and_then(|society| self.names.is_own(society));
        if place.file.is_empty() {
            return is_own == Some(true);
        }
        match self.view.owns_sheet(place) {
            Some(owns) => owns && is_own != Some(false),
            // Of a file with forms as a whole: only where all of them are the group's.
            None if self.view.has_forms(place) => self.view.owns_all_in(&place.file, &place.within),
            None => is_own == Some(true),
        }
    }

    /// A finding without what is another group's.
    fn told(&self, finding: &Finding) -> Said {
        let finding = &finding.said(&Reader::with(self.standings.ground, self));
        let mut told = finding.clone();
        // Findings about several files name the others.
        told.message = self.ways(&told.message);
        told.next = self.ways(&told.next);
        let units = self.units(finding);
        let say = |text: &str| self.names.say(text, &units);
        told.society = finding.society.as_deref().map(say);
        told.message = say(&told.message);
        told.found = say(&finding.found);
        told.allowed = say(&finding.allowed);
        told.next = say(&told.next);
        told.place = self.view.place(&finding.place);
        told
    }

    /// A message with the ways to files as the group may know them.
    fn ways(&self, message: &str) -> String {
        let mut told = String::new();
        let mut rest = message;
        while let Some((before, after)) = rest.split_once('“') {
            told.push_str(before);
            told.push('“');
            rest = after;
            if let Some((quoted, after)) = rest.split_once('”')
                && let Some(place) = self.places.get(quoted)
            {
                told.push_str(&self.way(place));
                told.push('”');
                rest = after;
            }
        }
        told.push_str(rest);
        told
    }

    /// The units of the people a finding is about. They are the fact to check, though many are named after a
    /// society of another group.
    fn units(&self, finding: &Said) -> BTreeSet<&str> {
        let listed = self
            .standings
            .ground
            .roster
            .reviewers
            .iter()
            .filter(|one| Some(&one.name) == finding.reviewer.as_ref())
            .map(|one| one.unit.as_str());
        let place = finding.place.at(None);
        let forms = self.standings.forms.iter();
        let written = forms
            .filter(|form| form.place == place)
            .map(|form| form.unit.as_str());
        listed
            .chain(written)
            .filter(|unit| !unit.is_empty())
            .collect()
    }
}

impl Eyes for Veil<'_, '_> {
    fn society(&self, ground: &Ground, society: usize) -> String {
        let society = &ground.roster.societies[society];
        if society.group == self.group {
            society.name.clone()
        } else {
            ELSEWHERE.to_owned()
        }
    }

    fn way(&self, place: &Place) -> String {
        text::path(&self.view.place(place))
    }

    /// Why and by whom something was ruled is the secretariat's own.
    fn see_grounds(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
