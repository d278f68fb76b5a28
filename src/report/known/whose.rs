//! Whose a form, a scan or a file is: of which group, and of which person. What is not surely somebody's is nobody's.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Bearing;
use crate::model::{FormKey, GroupId, Keyed, Person, SocietyId};
use crate::rank::Standings;
use crate::settle::{FormState, ReceivedFile, SettledForm};

/// A form that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// A reviewer's.
    Review(FormKey),
    /// A society's own (an index into those).
    Own(usize),
}

impl Came {
    /// The forms of a file, the societies' own at the end.
    pub fn in_file(file: &ReceivedFile) -> impl Iterator<Item = Self> {
        let own = file.assessments.iter().map(|own| Self::Own(*own));
        let reviews = file.forms.iter().map(|form| Self::Review(*form));
        reviews.chain(own)
    }

    #[must_use]
    pub fn form<'s>(self, standings: &'s Standings<'_>) -> Option<&'s SettledForm> {
        match self {
            Self::Review(form) => standings.forms.get(form),
            Self::Own(own) => {
                let own = standings.assessments.as_ref()?.forms.get(own)?;
                Some(&own.form)
            }
        }
    }
}

/// Who filled in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filler {
    /// A reviewer, told by the first form of theirs.
    Reviewer(FormKey),
    /// A society, of itself.
    Society(SocietyId),
    /// A society that nobody knows for sure, of itself, told by its form (an index).
    Unclear(usize),
}

/// Whose all of something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Whose<T> {
    /// Nothing was met yet.
    #[default]
    Empty,
    One(T),
    /// Several people's, or nobody knows whose.
    Others,
}

impl<T: Copy + PartialEq> Whose<T> {
    fn of(one: Option<T>) -> Self {
        match one {
            Some(one) => Self::One(one),
            None => Self::Others,
        }
    }

    fn join(&mut self, other: Self) {
        *self = match (*self, other) {
            (Self::Empty, one) | (one, Self::Empty) => one,
            (one, other) if one == other => one,
            _ => Self::Others,
        };
    }
}

/// The group and the person to whom all of something belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Owner {
    group: Whose<GroupId>,
    person: Whose<Filler>,
}

impl Owner {
    const NOBODY: Self = Self {
        group: Whose::Others,
        person: Whose::Others,
    };

    pub(super) fn join(&mut self, other: Self) {
        self.group.join(other.group);
        self.person.join(other.person);
    }

    pub(super) fn is_group(self, group: GroupId) -> bool {
        self.group == Whose::One(group)
    }

    pub(super) const fn group(self) -> Option<GroupId> {
        match self.group {
            Whose::One(group) => Some(group),
            Whose::Empty | Whose::Others => None,
        }
    }

    pub(super) fn is_person(self, person: Filler) -> bool {
        self.person == Whose::One(person)
    }
}

/// By form and by file.
pub(super) struct Ownership {
    forms: Keyed<FormKey, Owner>,
    /// Of the societies' own forms.
    assessments: Vec<Owner>,
    societies: Vec<Filler>,
    files: Vec<Owner>,
    persons: Keyed<FormKey, FormKey>,
    /// By person: the groups whose societies they reviewed.
    groups: BTreeMap<FormKey, BTreeSet<GroupId>>,
}

impl Ownership {
    pub(super) fn of(standings: &Standings<'_>) -> Self {
        let roster = &standings.ground.roster;
        let doubtful: BTreeSet<FormKey> = standings
            .findings
            .iter()
            .filter(|finding| finding.bearing() == Bearing::Contradicts)
            .filter_map(|finding| finding.form)
            .collect();
        let persons = persons(standings);
        let mut groups: BTreeMap<FormKey, BTreeSet<GroupId>> = BTreeMap::new();
        let mut forms = Keyed::default();
        for (key, form) in standings.forms.entries() {
            let person = &persons[key];
            let group = form
                .society
                .filter(|_| !doubtful.contains(&key))
                .map(|society| roster.societies[society].group);
            groups.entry(*person).or_default().extend(group);
            let is_blank = form.state == FormState::Blank;
            forms.push(Owner {
                group: Whose::of(group),
                // A blank form is as if it were not there.
                person: if is_blank {
                    Whose::Empty
                } else {
                    Whose::One(Filler::Reviewer(*person))
                },
            });
        }
        let own = standings.assessments.iter().flat_map(|own| &own.forms);
        let (mut assessments, mut societies) = (Vec::new(), Vec::new());
        for (index, own) in own.enumerate() {
            let society = own.form.society.filter(|_| !own.is_unclear);
            let filler = society.map_or(Filler::Unclear(index), Filler::Society);
            let is_blank = own.form.state == FormState::Blank;
            assessments.push(Owner {
                group: Whose::of(society.map(|society| roster.societies[society].group)),
                person: if is_blank {
                    Whose::Empty
                } else {
                    Whose::One(filler)
                },
            });
            societies.push(filler);
        }
        let mut ownership = Self {
            assessments,
            societies,
            forms,
            files: Vec::new(),
            persons,
            groups,
        };
        let mut scans: BTreeMap<usize, Whose<Filler>> = BTreeMap::new();
        for (form, own) in standings.forms.iter().zip(&ownership.forms) {
            for scan in &form.scans {
                scans.entry(*scan).or_default().join(own.person);
            }
        }
        let files = standings.files.iter().enumerate();
        ownership.files = files
            .map(|(index, file)| {
                if file.unread.is_some() {
                    Owner::NOBODY
                } else {
                    let signed = scans.get(&index).copied().unwrap_or_default();
                    ownership.of_file(standings, signed, file)
                }
            })
            .collect();
        ownership
    }

    /// `signed`: whose forms it is a scan of.
    fn of_file(
        &self,
        standings: &Standings<'_>,
        signed: Whose<Filler>,
        file: &ReceivedFile,
    ) -> Owner {
        let mut owner = Owner::default();
        if let Some(society) = file.scan_of {
            let societies = &standings.ground.roster.societies;
            owner.group = Whose::One(societies[society].group);
            owner.person = signed;
            if owner.person == Whose::Empty {
                owner.person = Whose::Others;
            }
            return owner;
        }
        for form in &file.forms {
            owner.join(self.form(*form));
        }
        for own in &file.assessments {
            owner.join(self.assessment(*own));
        }
        // What an archive holds is listed by itself.
        if file.forms.is_empty() && file.assessments.is_empty() && !file.is_holder {
            owner = Owner::NOBODY;
        }
        owner
    }

    pub(super) fn form(&self, form: FormKey) -> Owner {
        self.forms[form]
    }

    pub(super) fn assessment(&self, own: usize) -> Owner {
        self.assessments.get(own).copied().unwrap_or(Owner::NOBODY)
    }

    pub(super) fn file(&self, file: usize) -> Owner {
        self.files.get(file).copied().unwrap_or(Owner::NOBODY)
    }

    /// Who filled in a form, and whose it is.
    pub(super) fn came(&self, came: Came) -> (Filler, Owner) {
        match came {
            Came::Review(form) => (Filler::Reviewer(self.person(form)), self.form(form)),
            Came::Own(own) => {
                let filler = self.societies.get(own).copied();
                let filler = filler.unwrap_or(Filler::Unclear(own));
                (filler, self.assessment(own))
            }
        }
    }

    pub(super) fn person(&self, form: FormKey) -> FormKey {
        self.persons[form]
    }

    /// The groups that the person who filled a form reviewed for.
    pub(super) fn groups_of(&self, form: FormKey) -> Vec<GroupId> {
        let groups = self.groups.get(&self.person(form));
        groups.into_iter().flatten().copied().collect()
    }
}

/// By form: the first of the same person. Without name and unit nobody can be told apart from others.
fn persons(standings: &Standings<'_>) -> Keyed<FormKey, FormKey> {
    let roster = &standings.ground.roster;
    let mut known: BTreeMap<Cow<'_, Person>, FormKey> = BTreeMap::new();
    let forms = standings.forms.entries();
    forms
        .map(|(index, form)| {
            let person = form.person(roster);
            if person.is_told() {
                *known.entry(person).or_insert(index)
            } else {
                index
            }
        })
        .collect()
}
