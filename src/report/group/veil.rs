//! What a group may see: its own, and of others not even the name.
//!
//! Findings speak of two societies now and then (a copied form, equal lines); the other group's name is left out.
//! A form that contradicts itself may be another group's: of it only the contradiction is told.

pub(in crate::report) mod names;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Bearing, Eyes, Finding, Reader, Said};
use crate::model::Place;
use crate::rank::Standings;
use crate::settle::ReceivedFile;
use names::Names;

/// Said instead of a file that may hold another group's data.
const INSIDE: &str = "见内部工作底稿";
/// Said instead of the name of a mail or an archive that brought others' files, too: whoever packed it named it
/// after all of them.
const SHARED: &str = "与其他材料同寄";
/// A file: its path and the way inside it.
type Name<'s> = (&'s str, &'s [String]);

/// Where a form lies: the file and the sheet.
type Spot<'s> = (Name<'s>, &'s str);

fn name(place: &Place) -> Name<'_> {
    (&place.file, &place.within)
}

fn named(file: &ReceivedFile) -> Name<'_> {
    (&file.file, &file.within)
}

fn spot(place: &Place) -> Spot<'_> {
    (name(place), &place.sheet)
}

/// Why and by whom something was ruled is the secretariat's own. Names are veiled in what is said.
struct Group;

impl Eyes for Group {
    fn see_grounds(&self) -> bool {
        false
    }
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
    /// Files that are the group's as a whole or in part.
    files: BTreeSet<Name<'s>>,
    /// Mails and archives that brought what is not the group's.
    shared: BTreeSet<&'s str>,
}

impl<'s> Veil<'s> {
    pub(super) fn new(standings: &'s Standings<'_>, group: usize) -> Self {
        let roster = &standings.ground.roster;
        let doubtful: BTreeSet<Spot<'_>> = standings
            .findings
            .iter()
            .filter(|finding| finding.bearing() == Bearing::Contradicts)
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
        let mut veil = Self {
            standings,
            group,
            names: Names::new(roster, group),
            forms,
            spots,
            doubtful,
            closed,
            files: BTreeSet::new(),
            shared: BTreeSet::new(),
        };
        veil.files = veil.own_files();
        veil.shared = standings
            .files
            .iter()
            .filter(|file| veil.is_foreign(file))
            .map(|file| file.file.as_str())
            .collect();
        veil
    }

    /// The files with a form of the group, those named after one of its societies that could not be read as a form,
    /// and the scans of its signed forms.
    fn own_files(&self) -> BTreeSet<Name<'s>> {
        let roster = &self.standings.ground.roster;
        let told = self
            .standings
            .findings
            .iter()
            .filter(|finding| self.shows(finding))
            .map(|finding| name(&finding.place))
            .filter(|file| !self.closed.contains(file));
        let formed = self.spots.iter().map(|(file, _)| *file);
        let scans = self
            .standings
            .files
            .iter()
            .filter(|file| {
                file.scan_of
                    .is_some_and(|society| roster.societies[society].group == self.group)
            })
            .map(named);
        told.chain(formed).chain(scans).collect()
    }

    /// Whether a file is not the group's, or not it alone. What nobody opened says nothing but its name.
    fn is_foreign(&self, file: &ReceivedFile) -> bool {
        if file.is_holder {
            return false;
        }
        let name = self.names.say(file.name(), &BTreeSet::new());
        name != file.name()
            || file.forms.iter().any(|form| !self.owns(*form))
            || !file.sha256.is_empty() && !self.files.contains(&named(file))
    }

    /// Whether a form (an index) is surely the group's.
    pub(super) fn owns(&self, form: usize) -> bool {
        self.forms.contains(&form)
    }

    /// The findings that are the group's, as it may read them.
    pub(super) fn findings(&self) -> impl Iterator<Item = Said> {
        self.standings
            .findings
            .iter()
            .filter(|finding| self.shows(finding))
            .map(|finding| self.told(finding))
    }

    /// The files that are the group's, as it may see them: with its own forms alone, and without what the mail says
    /// that brought others', too.
    pub(super) fn files(&self) -> impl Iterator<Item = ReceivedFile> {
        let own = |file: &&ReceivedFile| self.files.contains(&named(file));
        self.standings.files.iter().filter(own).map(|file| {
            let mut told = file.clone();
            told.forms.retain(|form| self.owns(*form));
            (told.file, told.within) = self.path(&file.file, &file.within);
            told.remark = self.say(&file.remark);
            told.letter = file
                .letter
                .as_deref()
                .filter(|_| !self.shared.contains(file.file.as_str()))
                .map(|letter| {
                    let mut letter = letter.clone();
                    letter.subject = self.say(&letter.subject);
                    Arc::new(letter)
                });
            told
        })
    }

    /// The way to a file, without what is others'.
    fn path(&self, file: &str, within: &[String]) -> (String, Vec<String>) {
        let outer = if !within.is_empty() && self.shared.contains(file) {
            SHARED.to_owned()
        } else {
            self.say(file)
        };
        (outer, within.iter().map(|part| self.say(part)).collect())
    }

    /// A text without the names of others' societies.
    fn say(&self, text: &str) -> String {
        self.names.say(text, &BTreeSet::new())
    }

    /// Whether a finding is the group's: by its society, else by the form it was found in.
    fn shows(&self, finding: &Finding) -> bool {
        let place = &finding.place;
        let doubtful = self.doubtful.contains(&spot(place))
            // Of the whole file, in which nothing is surely the group's.
            || place.sheet.is_empty() && self.closed.contains(&name(place));
        if doubtful && finding.bearing() != Bearing::Contradicts {
            return false;
        }
        let society = finding.society.as_deref();
        if let Some(own) = society.and_then(|society| self.names.is_own(society)) {
            return own;
        }
        !place.file.is_empty() && self.spots.contains(&spot(place))
    }

    /// A finding without what is another group's.
    fn told(&self, finding: &Finding) -> Said {
        // There two societies are compared, and a unit named like one of them must not give it away.
        let contradicts = finding.bearing() == Bearing::Contradicts;
        let finding = &finding.said(&Reader::with(self.standings.ground, &Group));
        let mut told = finding.clone();
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
        } else {
            (place.file, place.within) = self.path(&finding.place.file, &finding.place.within);
            place.sheet = self.say(&finding.place.sheet);
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
    fn units(&self, finding: &Said) -> BTreeSet<&str> {
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
