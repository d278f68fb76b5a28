//! Two results held against each other: which forms came, were corrected, went or count otherwise, and which societies
//! moved for it.
//!
//! A form is the same one where its file has the same contents, wherever it lies now; another one of the same reviewer
//! for the same society, or in the same place, is its correction.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edition, Form, Outcome, Results, Society};
use crate::error::Error;
use crate::finding::FormState;
use crate::finding::text::path;
use crate::model::{Person, Place};
use crate::rank::{Earlier, FormChange, Had, Happened, Since, SocietyChange, Was, Why};
use crate::report::RESULTS;
use crate::roster::Roster;

/// What changed between `earlier` and the results in `bytes`, which are compared with nothing yet; `content` is their digest.
///
/// # Errors
/// Bytes that are no results: a fault of this program.
pub fn compared(
    roster: &Roster,
    earlier: &Outcome,
    content: String,
    bytes: &[u8],
) -> Result<Since, Error> {
    let before = &earlier.results;
    let now: Results = serde_json::from_slice(bytes).map_err(|error| Error::Sheet {
        file: RESULTS.to_owned(),
        reason: error.to_string(),
    })?;
    let forms = forms(roster, before, &now);
    Ok(Since {
        earlier: Earlier {
            number: earlier.fingerprint.clone(),
            is_final: before.state == Edition::Final,
            as_of: before.as_of,
            sha256: earlier.source.sha256.clone(),
            size: earlier.source.size,
        },
        content,
        societies: societies(before, &now, &forms),
        forms,
    })
}

fn societies(before: &Results, now: &Results, forms: &[FormChange]) -> Vec<SocietyChange> {
    let touched: BTreeSet<&str> = forms
        .iter()
        .filter_map(|form| form.society.as_deref())
        .collect();
    let earlier: BTreeMap<&str, &Society> = by_name(before);
    let later = by_name(now);
    let listed = now.societies.iter();
    let gone = before.societies.iter();
    let gone = gone.filter(|one| !later.contains_key(one.name.as_str()));
    let changed = |one: &Society| {
        let name = one.name.as_str();
        let was = earlier.get(name).map(|one| had(one));
        let is = later.get(name).map(|one| had(one));
        (was != is).then(|| SocietyChange {
            society: one.name.clone(),
            group: one.group,
            causes: causes(
                before,
                now,
                (was.as_ref(), is.as_ref()),
                touched.contains(name),
            ),
            before: was,
            after: is,
        })
    };
    listed.chain(gone).filter_map(changed).collect()
}

fn by_name(results: &Results) -> BTreeMap<&str, &Society> {
    let societies = results.societies.iter();
    societies.map(|one| (one.name.as_str(), one)).collect()
}

fn had(one: &Society) -> Had {
    Had {
        state: one.state,
        provisional: one.provisional,
        total: one.total,
        rank: one.rank,
        stars: one.stars,
        grade: one.grade.clone(),
    }
}

/// What a society's points and state come from; a rank, and a grade with it, can move with those of others.
fn causes(
    before: &Results,
    now: &Results,
    (was, is): (Option<&Had>, Option<&Had>),
    touched: bool,
) -> BTreeSet<Why> {
    let own = |had: Option<&Had>| had.map(|had| (had.state, had.provisional, had.total));
    let stars = |had: Option<&Had>| had.map(|had| (had.stars, had.grade.clone()));
    let is_own = own(was) != own(is);
    let scheme = before.scheme.fingerprint != now.scheme.fingerprint;
    let mut causes = BTreeSet::new();
    if is_own && touched {
        causes.insert(Why::Forms);
    }
    if scheme && (is_own || stars(was) != stars(is)) {
        causes.insert(Why::Scheme);
    }
    if is_own && before.tool != now.tool {
        causes.insert(Why::Program);
    }
    if causes.is_empty() {
        causes.insert(if is_own { Why::Lists } else { Why::Others });
    }
    causes
}

fn forms(roster: &Roster, before: &Results, now: &Results) -> Vec<FormChange> {
    let person = |form| person(roster, form);
    let earlier: Vec<&Form> = filled(before);
    let later: Vec<&Form> = filled(now);
    let mut pairs = Pairs::new(earlier.len(), later.len());
    pairs.join(&earlier, &later, |form| {
        Some((form.place().clone(), form.sha256.as_str()))
    });
    pairs.join(&earlier, &later, |form| {
        Some((form.sheet.as_str(), form.sha256.as_str()))
    });
    let same = pairs.of_later.clone();
    pairs.join(&earlier, &later, |form| Some(form.place()));
    pairs.join(&earlier, &later, person);
    let mut people: BTreeMap<_, &Form> = BTreeMap::new();
    for form in &earlier {
        if let Some(person) = person(form) {
            people.insert(person, form);
        }
    }
    // What an earlier form gave way to is its correction, whatever stands in it.
    let gave_way: BTreeMap<usize, &Form> = later
        .iter()
        .zip(&same)
        .filter_map(|(form, same)| Some((form.instead?, earlier[(*same)?])))
        .collect();
    let mut changes = Vec::new();
    let mut corrected = BTreeSet::new();
    for (index, form) in later.iter().enumerate() {
        if same[index].is_some() {
            continue;
        }
        let was = pairs.of_later[index]
            .map(|at| earlier[at])
            .or_else(|| gave_way.get(&form.id).copied())
            .or_else(|| people.get(&person(form)?).copied())
            // What came twice corrects nothing.
            .filter(|_| form.state != FormState::Duplicate);
        corrected.extend(was.map(|was| was.id));
        changes.push((index, change(was, Some(form))));
    }
    for (index, form) in later.iter().enumerate() {
        let Some(was) = same[index].map(|at| earlier[at]) else {
            continue;
        };
        let is_told = form.state == FormState::Superseded && corrected.contains(&was.id);
        if !is_told && (self::was(was), &was.society) != (self::was(form), &form.society) {
            changes.push((index, otherwise(was, form)));
        }
    }
    let gone = (0..earlier.len()).filter(|at| {
        let stays = pairs.of_earlier[*at];
        !stays && !corrected.contains(&earlier[*at].id)
    });
    changes.extend(gone.map(|at| (usize::MAX, change(Some(earlier[at]), None))));
    changes.sort_by_key(|(index, _)| *index);
    changes.into_iter().map(|(_, change)| change).collect()
}

/// Those in which something is filled in.
fn filled(results: &Results) -> Vec<&Form> {
    let forms = results.forms.iter();
    forms
        .filter(|form| form.state != FormState::Blank)
        .collect()
}

/// Whose form it is, and for whom; none where that is not known.
fn person<'f>(roster: &Roster, form: &'f Form) -> Option<(&'f str, Person)> {
    let unit = form.unit.as_deref().unwrap_or_default();
    let person = roster.person(form.reviewer.as_deref()?, unit);
    Some((form.society.as_deref()?, person))
}

fn was(form: &Form) -> Was {
    Was {
        state: form.state,
        total: form.total,
    }
}

fn change(before: Option<&Form>, after: Option<&Form>) -> FormChange {
    let happened = match (before, after) {
        (None, _) => Happened::New,
        (Some(_), Some(_)) => Happened::Corrected,
        (Some(_), None) => Happened::Gone,
    };
    let shown = after.or(before);
    FormChange {
        happened,
        society: shown.and_then(|form| form.society.clone()),
        group: shown.and_then(|form| form.group),
        reviewer: shown.and_then(|form| form.reviewer.clone()),
        file: shown.map(|form| path(&form.place())).unwrap_or_default(),
        before: before.map(was),
        after: after.map(was),
    }
}

fn otherwise(before: &Form, after: &Form) -> FormChange {
    FormChange {
        happened: Happened::Otherwise,
        ..change(Some(before), Some(after))
    }
}

impl Form {
    fn place(&self) -> Place {
        Place {
            sheet: self.sheet.clone(),
            ..Place::file(&self.file, &self.within)
        }
    }
}

/// Which form of the earlier results is which of the later ones.
struct Pairs {
    /// By later form: the earlier one.
    of_later: Vec<Option<usize>>,
    /// By earlier form: whether it has been found again.
    of_earlier: Vec<bool>,
}

impl Pairs {
    fn new(earlier: usize, later: usize) -> Self {
        Self {
            of_later: vec![None; later],
            of_earlier: vec![false; earlier],
        }
    }

    /// Joins what is still alone and has the same key, in order.
    fn join<'f, K: Ord>(
        &mut self,
        earlier: &[&'f Form],
        later: &[&'f Form],
        key: impl Fn(&'f Form) -> Option<K>,
    ) {
        let mut alone: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for (at, form) in earlier.iter().enumerate().rev() {
            if !self.of_earlier[at]
                && let Some(key) = key(form)
            {
                alone.entry(key).or_default().push(at);
            }
        }
        for (at, form) in later.iter().enumerate() {
            if self.of_later[at].is_none()
                && let Some(key) = key(form)
                && let Some(found) = alone.get_mut(&key).and_then(Vec::pop)
            {
                self.of_later[at] = Some(found);
                self.of_earlier[found] = true;
            }
        }
    }
}
