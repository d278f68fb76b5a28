//! The clerk's rulings among all forms: what is set aside, which rulings took effect, which met nothing.
//!
//! A ruling that could mean either of two files is not applied to any; what it could concern is held.

mod codes;
mod misapplied;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use super::doubts;
use crate::check::{Checked, FormState, ReceivedFile};
use crate::finding::{Finding, Moot, Reader, Severity};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Place, SocietyId};
use crate::register::{Concern, Ruling, Treatment, Verified};
pub(super) use codes::CODES;
use misapplied::{Misapplied, Row};
pub(super) use told::ruled;

/// Makes warnings that were looked into merely worth knowing, and answers the doubts that rest on them.
pub(super) fn verify(
    ground: &Ground,
    rulings: &Rulings,
    forms: &mut Keyed<FormKey, Checked>,
    findings: &mut [Finding],
) {
    let clerk = Reader::clerk(ground);
    for (index, one) in forms.entries_mut() {
        for ruling in rulings.clear(ground, Treatment::Verified, index) {
            let row = &ground.register.rulings[ruling];
            let of_form = findings.iter_mut().filter(|finding| {
                finding.severity == Severity::Warning && finding.form == Some(index)
            });
            for finding in of_form {
                let (code, found) = (finding.code(), finding.fact.found(&clerk));
                let is_of = |item: &Verified| item.is_of(code.id, finding.place.cell, &found);
                if !row.verified.iter().any(is_of) {
                    continue;
                }
                finding.close(Moot::Verified { by: row.label() });
                if let Some(doubt) = finding.fact.doubt()
                    && doubt.answers().contains(&Treatment::Verified)
                {
                    one.form.doubts.remove(&doubt);
                }
                if !one.form.rulings.contains(&ruling) {
                    one.form.rulings.push(ruling);
                }
            }
        }
    }
}

/// What checked forms are to the register; nothing where there is no ruling.
pub(super) fn concerns(
    ground: &Ground,
    forms: &Keyed<FormKey, Checked>,
) -> Keyed<FormKey, Concern> {
    if ground.register.rulings.is_empty() {
        return Keyed::default();
    }
    forms.iter().map(|form| concern(ground, form)).collect()
}

fn concern(ground: &Ground, form: &Checked) -> Concern {
    let form = &form.form;
    // A row that names a society, a group or all is about what reviewers say of them.
    if ground.scheme.own.is_some() {
        let concern = Concern::form(&form.place, "", "", &form.reviewer);
        return concern.with(&form.fingerprint, &form.corrects, form.day());
    }
    let society = form.society.map_or(form.society_text.as_str(), |society| {
        ground.roster.societies[society].name.as_str()
    });
    let group = ground.roster.group_at(form.society);
    Concern::form(&form.place, society, &form.society_text, &form.reviewer)
        .in_group(group.map(|group| ground.roster.groups[group].number))
        .with(&form.fingerprint, &form.corrects, form.day())
}

/// What the register says of all forms, and of the files of which nothing could be read; nothing where there is none.
#[derive(Default)]
pub(super) struct Rulings {
    /// By form; none at all where there is no ruling.
    concerns: Keyed<FormKey, Concern>,
    /// The rulings (indices) that name several files, and the forms each could mean.
    ambiguous: BTreeMap<usize, Vec<FormKey>>,
    /// Which files are done with by which ruling (an index).
    files: BTreeMap<Place, usize>,
    /// What a ruling (an index) names that is an archive or mail with something missing: done with is what is missing,
    /// not what is there.
    missing: BTreeSet<(usize, Vec<String>)>,
    /// Forms and the rulings (indices) about them that contradict one another, each by another name for the form.
    at_odds: BTreeSet<(FormKey, usize)>,
}

/// What the register says of several versions.
pub(super) enum Verdict {
    Nothing,
    /// The form that stands, and the ruling (an index) that says so.
    Stands(FormKey, usize),
    /// Several rulings (indices), each for another one.
    Contradicts(BTreeSet<usize>),
}

/// What a file of which nothing could be read is to the register: what it is, is its bytes.
fn file_concern(place: &Place, sha256: &str) -> Concern {
    Concern::file(place).with(&file_mark(sha256), &[], None)
}

/// What a file of which nothing could be read is told by.
pub(super) fn file_mark(sha256: &str) -> String {
    const DIGITS: usize = 12;
    sha256.get(..DIGITS).unwrap_or_default().to_owned()
}

impl Rulings {
    /// What the register says of forms, by what they are to it. A row that could mean one of them and one `beside` them,
    /// too, means neither.
    pub(super) fn of(
        ground: &Ground,
        concerns: &Keyed<FormKey, Concern>,
        files: &[ReceivedFile],
        beside: &[Concern],
    ) -> Self {
        let register = &ground.register;
        if register.rulings.is_empty() {
            return Self::default();
        }
        let mut ambiguous = BTreeMap::new();
        let mut done_with = BTreeMap::new();
        let mut missing = BTreeSet::new();
        let unread: Vec<(&ReceivedFile, Concern)> = files
            .iter()
            .filter(|file| file.unread.is_some())
            .map(|file| (file, file_concern(&file.place(), &file.sha256)))
            .collect();
        for (index, ruling) in register.rulings.iter().enumerate() {
            let meant: Vec<(FormKey, &[String])> = concerns
                .entries()
                .filter(|(_, concern)| ruling.concerns(concern))
                .filter_map(|(form, concern)| Some((form, ruling.named(concern)?)))
                .collect();
            let excludes = matches!(ruling.treatment, Treatment::Excluded | Treatment::GivenUp);
            let closed: Vec<(&ReceivedFile, &[String])> = unread
                .iter()
                .filter(|(_, concern)| excludes && ruling.concerns(concern))
                .filter_map(|(one, concern)| Some((*one, ruling.named(concern)?)))
                .collect();
            let ways = meant.iter().map(|(_, way)| *way);
            let elsewhere = beside.iter().filter(|one| ruling.concerns(one));
            let elsewhere = elsewhere.filter_map(|one| ruling.named(one));
            let ways: BTreeSet<&[String]> = ways
                .chain(closed.iter().map(|(_, way)| *way))
                .chain(elsewhere)
                .collect();
            // What is told by its content lies there twice.
            if ways.len() > 1 && !ruling.is_marked() {
                ambiguous.insert(index, meant.iter().map(|(form, _)| *form).collect());
                continue;
            }
            for (one, way) in closed {
                done_with.entry(one.place()).or_insert(index);
                // The whole way to it, not to something around it.
                if one.is_holder && Concern::file(&one.place()).is_at(way) {
                    missing.insert((index, way.to_vec()));
                }
            }
        }
        let mut at_odds = BTreeSet::new();
        for (form, concern) in concerns.entries() {
            let rulings = register.rulings.iter().enumerate();
            let own: Vec<(usize, &Ruling)> = rulings
                .filter(|(_, ruling)| ruling.concerns(concern))
                .collect();
            for (index, ruling) in &own {
                if own.iter().any(|(_, other)| ruling.is_against(other)) {
                    at_odds.insert((form, *index));
                }
            }
        }
        Self {
            concerns: concerns.clone(),
            ambiguous,
            files: done_with,
            missing,
            at_odds,
        }
    }

    /// The ruling (an index) by which a file that could not be read is done with.
    pub(super) fn of_file(&self, place: &Place) -> Option<usize> {
        self.files.get(place).copied()
    }

    /// Whether two forms are said to be by one person (treatment 同一人) or by several: the first ruling (an index) about
    /// either.
    pub(super) fn about_persons(
        &self,
        ground: &Ground,
        treatment: Treatment,
        forms: [FormKey; 2],
    ) -> Option<usize> {
        let mut rulings = forms
            .into_iter()
            .flat_map(|form| self.clear(ground, treatment, form));
        rulings.next()
    }

    /// The rulings of one kind that concern a form, can mean no other file, and that no other row contradicts.
    pub(super) fn clear(&self, ground: &Ground, treatment: Treatment, form: FormKey) -> Vec<usize> {
        let Some(concern) = self.concerns.get(form) else {
            return Vec::new();
        };
        let rulings = ground.register.of(treatment, concern);
        rulings
            .filter(|(index, ruling)| {
                let way = ruling.named(concern).map(<[String]>::to_vec);
                !self.ambiguous.contains_key(index)
                    && !self.at_odds.contains(&(form, *index))
                    && way.is_none_or(|way| !self.missing.contains(&(*index, way)))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// Applies 不计入, holds what an ambiguous ruling or contradicting ones could concern, and marks what was ruled when
    /// something else lay there; gives the findings of these.
    pub(super) fn apply(
        &self,
        ground: &Ground,
        forms: &mut Keyed<FormKey, Checked>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        findings.extend(self.hold_contradicted(ground, forms));
        findings.extend(self.doubt_outdated(ground, forms));
        for (index, meant) in &self.ambiguous {
            let ruling = &ground.register.rulings[*index];
            for form in meant {
                let one = &mut forms[*form];
                if one.form.state == FormState::Blank {
                    continue;
                }
                if one.form.state == FormState::Counted {
                    one.form.state = FormState::Held;
                }
                // What it was taken for, it may not be: it stands for nothing, and nothing gives way to it.
                one.stands_alone = true;
                if one.form.rulings.contains(index) && ruling.treatment == Treatment::Alias {
                    one.form.forget_society(&ground.roster);
                }
                let fact = Misapplied::Ambiguous {
                    row: Row::of(ruling),
                };
                findings.push(super::found(ground, fact, (*form, &one.form)));
            }
        }
        for (index, form) in forms.entries_mut() {
            let rulings = &mut form.form.rulings;
            rulings.retain(|ruling| !self.ambiguous.contains_key(ruling));
            let mut excluded = self.clear(ground, Treatment::Excluded, index);
            excluded.extend(withdrawn(ground, form.form.society));
            if form.form.state != FormState::Blank && !excluded.is_empty() {
                form.form.state = FormState::Excluded;
                form.form.rulings.extend(excluded);
            }
        }
        findings
    }

    /// Holds what two rows say the contrary of.
    fn hold_contradicted(
        &self,
        ground: &Ground,
        forms: &mut Keyed<FormKey, Checked>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, one) in forms.entries_mut() {
            let own = self.at_odds.range((index, 0)..=(index, usize::MAX));
            let rows: Vec<Row> = own
                .map(|(_, ruling)| Row::of(&ground.register.rulings[*ruling]))
                .collect();
            if rows.is_empty() || one.form.state == FormState::Blank {
                continue;
            }
            if one.form.state == FormState::Counted {
                one.form.state = FormState::Held;
            }
            let fact = Misapplied::AtOdds { rows };
            findings.push(super::found(ground, fact, (index, &one.form)));
        }
        findings
    }

    /// The forms that a row names although it was made about something else.
    fn outdated(&self, ruling: &Ruling) -> impl Iterator<Item = FormKey> {
        // What the program wrote it about lies elsewhere now, or is still there.
        let is_met = ruling.is_marked() && self.concerns.iter().any(|one| ruling.concerns(one));
        let concerns = self.concerns.entries();
        concerns
            .filter(move |_| ruling.is_about_forms() && !is_met)
            .filter(|(_, concern)| ruling.names(concern) && !ruling.concerns(concern))
            .map(|(index, _)| index)
    }

    /// Marks what a row names although it was made about something else: the file has other content now, or came after
    /// the row's day.
    fn doubt_outdated(&self, ground: &Ground, forms: &mut Keyed<FormKey, Checked>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for ruling in &ground.register.rulings {
            for index in self.outdated(ruling) {
                let form = &mut forms[index];
                if form.form.state == FormState::Blank {
                    continue;
                }
                let fact = Misapplied::Outdated {
                    row: Row::of(ruling),
                    changed: ruling.is_marked(),
                };
                findings.push(doubts::doubted(ground, fact, (index, form)));
            }
        }
        findings
    }

    /// Which of several versions the register lets stand.
    pub(super) fn verdict(&self, ground: &Ground, versions: &[FormKey]) -> Verdict {
        let standing: Vec<(FormKey, usize)> = versions
            .iter()
            .filter_map(|version| {
                let rulings = self.clear(ground, Treatment::Stands, *version);
                Some((*version, *rulings.first()?))
            })
            .collect();
        match standing.as_slice() {
            [] => Verdict::Nothing,
            [(form, ruling)] => Verdict::Stands(*form, *ruling),
            several => Verdict::Contradicts(several.iter().map(|(_, ruling)| *ruling).collect()),
        }
    }
}

/// Makes what was said of a file that is done with merely worth knowing.
pub(super) fn close(ground: &Ground, ruling: usize, findings: &mut [Finding]) {
    let label = ground.register.rulings[ruling].label();
    for finding in findings {
        finding.close(Moot::Closed { by: label.clone() });
    }
}

/// The ruling (an index) by which a society does not take part: nothing counts that came for it.
fn withdrawn(ground: &Ground, society: Option<SocietyId>) -> Option<usize> {
    let society = society?;
    ground.register.rulings.iter().position(|ruling| {
        ruling.treatment == Treatment::Withdrawn
            && ground.roster.society_named(&ruling.subject) == Some(society)
    })
}
