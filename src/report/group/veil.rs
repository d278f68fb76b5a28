//! What a group may see: its own, and of others not even the name.
//!
//! Findings speak of two societies now and then (a copied form, equal lines); the other group's name is left out.
//! A form that contradicts itself may be another group's: of it only the contradiction is told.

pub(in crate::report) mod names;

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::model::Place;
use crate::rank::Standings;
use crate::settle::ReceivedFile;
use names::Names;

/// Said instead of a file that may hold another group's data.
const INSIDE: &str = "见内部工作底稿";
/// The finding that a form's id, society and file name contradict one another.
const CONTRADICTION: &str = "identity-contradiction";

/// The finding that the clerk's register was applied.
const RULED: &str = "ruled";

/// A file: its path and the way inside it.
type Name<'s> = (&'s str, &'s [String]);

/// Where a form lies: the file and the sheet.
type Spot<'s> = (Name<'s>, &'s str);

fn name(place: &Place) -> Name<'_> {
    (&place.file, &place.within)
}

fn spot(place: &Place) -> Spot<'_> {
    (name(place), &place.sheet)
}

/// The view of one group.
pub(super) struct Veil<'s> {
    standings: &'s Standings<'s>,
    group: usize,
    names: Names<'s>,
    /// The group's forms, those that contradict themselves left out.
    forms: BTreeSet<usize>,
    /// Where they lie, and the files as a whole.
    spots: BTreeSet<Spot<'s>>,
    /// Where forms lie that contradict themselves.
    doubtful: BTreeSet<Spot<'s>>,
    /// Files that hold other forms and none of the group's.
    closed: BTreeSet<Name<'s>>,
}

impl<'s> Veil<'s> {
    pub(super) fn new(standings: &'s Standings<'_>, group: usize) -> Self {
        let roster = &standings.ground.roster;
        let doubtful: BTreeSet<Spot<'_>> = standings
            .findings
            .iter()
            .filter(|finding| finding.code.name == CONTRADICTION)
            .map(|finding| spot(&finding.place))
            .collect();
        let mut forms = BTreeSet::new();
        let mut spots = BTreeSet::new();
        let mut closed = BTreeSet::new();
        for (index, form) in standings.forms.iter().enumerate() {
            let own = form
                .society
                .map(|society| roster.societies[society].group == group);
            if doubtful.contains(&spot(&form.place)) || own == Some(false) {
                closed.insert(name(&form.place));
            } else if own == Some(true) {
                forms.insert(index);
                spots.insert(spot(&form.place));
                // What is said of the whole file concerns its forms.
                spots.insert((name(&form.place), ""));
            }
        }
        closed.retain(|file| !spots.contains(&(*file, "")));
        Self {
            standings,
            group,
            names: Names::new(roster, group),
            forms,
            spots,
            doubtful,
            closed,
        }
    }

    /// Whether a form (an index) is surely the group's.
    pub(super) fn owns(&self, form: usize) -> bool {
        self.forms.contains(&form)
    }

    /// The findings that are the group's, as it may read them.
    pub(super) fn findings(&self) -> impl Iterator<Item = Finding> {
        self.standings
            .findings
            .iter()
            .filter(|finding| self.shows(finding))
            .map(|finding| self.told(finding))
    }

    /// The files that are the group's: those with a form of it, and those named after one of its societies that
    /// could not be read as a form.
    pub(super) fn files(&self) -> impl Iterator<Item = &'s ReceivedFile> {
        let told: BTreeSet<Name<'_>> = self
            .standings
            .findings
            .iter()
            .filter(|finding| self.shows(finding))
            .map(|finding| name(&finding.place))
            .filter(|file| !self.closed.contains(file))
            .collect();
        self.standings.files.iter().filter(move |file| {
            let name = (file.file.as_str(), file.within.as_slice());
            told.contains(&name) || self.spots.contains(&(name, ""))
        })
    }

    /// Whether a finding is the group's: by its society, else by the form it was found in.
    fn shows(&self, finding: &Finding) -> bool {
        let place = &finding.place;
        let doubtful = self.doubtful.contains(&spot(place))
            // Of the whole file, in which nothing is surely the group's.
            || place.sheet.is_empty() && self.closed.contains(&name(place));
        if doubtful && finding.code.name != CONTRADICTION {
            return false;
        }
        let society = finding.society.as_deref();
        if let Some(own) = society.and_then(|society| self.names.is_own(society)) {
            return own;
        }
        !place.file.is_empty() && self.spots.contains(&spot(place))
    }

    /// A finding without what is another group's.
    fn told(&self, finding: &Finding) -> Finding {
        let mut told = finding.clone();
        // Why and by whom something was ruled is the secretariat's own.
        if finding.code.name == RULED
            && let Some((ruled, _)) = finding.message.split_once('（')
        {
            ruled.clone_into(&mut told.message);
        }
        // There two societies are compared, and a unit named like one of them must not give it away.
        let contradicts = finding.code.name == CONTRADICTION;
        let units = if contradicts {
            BTreeSet::new()
        } else {
            self.units(finding)
        };
        let say = |text: &str| self.names.say(text, &units);
        told.society = finding.society.as_deref().map(say);
        told.message = say(&told.message);
        told.found = say(&finding.found);
        told.allowed = say(&finding.allowed);
        told.next = say(&finding.next);
        let place = &mut told.place;
        if contradicts || self.closed.contains(&name(&finding.place)) {
            INSIDE.clone_into(&mut place.file);
            place.within.clear();
            // Sheets are named after societies, too.
            place.sheet.clear();
        }
        if contradicts {
            let roster = &self.standings.ground.roster;
            // However the form writes it.
            for written in [&finding.found, &finding.allowed] {
                let society = roster.society_named(written);
                if society.is_some_and(|one| roster.societies[one].group != self.group) {
                    told.message = told.message.replace(written, names::ELSEWHERE);
                    for text in [&mut told.found, &mut told.allowed] {
                        if text == written {
                            names::ELSEWHERE.clone_into(text);
                        }
                    }
                }
            }
            told.reviewer = told.reviewer.filter(|reviewer| {
                roster
                    .reviewers
                    .iter()
                    .any(|one| one.group == Some(self.group) && one.name == *reviewer)
            });
        }
        told
    }

    /// The units of the people a finding is about. They are the fact to check, though many are named after a
    /// society of another group.
    fn units(&self, finding: &Finding) -> BTreeSet<&str> {
        let listed = self
            .standings
            .ground
            .roster
            .reviewers
            .iter()
            .filter(|one| Some(&one.name) == finding.reviewer.as_ref())
            .map(|one| one.unit.as_str());
        let written = self
            .forms
            .iter()
            .filter_map(|form| self.standings.forms.get(*form))
            .filter(|form| spot(&form.place) == spot(&finding.place))
            .map(|form| form.unit.as_str());
        listed
            .chain(written)
            .filter(|unit| !unit.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests;
