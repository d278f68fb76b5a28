//! Whose forms are one person's: by name and unit, and by what the clerk's register says where that leaves it open.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::rulings::Rulings;
use crate::check::{Checked, Content, FormState};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Likeness, Person, ReviewerId, SocietyId};
use crate::register::Treatment;

/// The forms for one society, person by person.
pub(super) struct Persons {
    /// Forms of one person for one society. Where it is not told who filled them, only copies are one's.
    pub(super) groups: Vec<Vec<FormKey>>,
    /// Forms of which nobody has said whether one person filled both.
    pub(super) unclear: Vec<[FormKey; 2]>,
    /// The rulings (indices into the register) that were asked for a form.
    pub(super) applied: Vec<(FormKey, usize)>,
}

/// Forms by person; of two of one name and unit, who are told apart, form by form.
type Told<'p> = BTreeMap<(Cow<'p, Person>, Option<FormKey>), Vec<FormKey>>;

/// Some forms of what is certainly one person; never none.
struct One<'p> {
    person: Cow<'p, Person>,
    /// The row of the list that has this person.
    listed: Option<ReviewerId>,
    forms: Vec<FormKey>,
    /// Which of them stands for the cluster it was put into.
    stands_for: usize,
}

/// Sorts the forms that can have versions by person.
pub(super) fn among(
    ground: &Ground,
    forms: &Keyed<FormKey, Checked>,
    rulings: &Rulings,
) -> Persons {
    let mut sorted = Persons {
        groups: Vec::new(),
        unclear: Vec::new(),
        applied: Vec::new(),
    };
    if ground.scheme.own.is_some() {
        sorted.groups = by_society(forms);
        return sorted;
    }
    let mut told: BTreeMap<SocietyId, Told<'_>> = BTreeMap::new();
    let mut untold: BTreeMap<(SocietyId, &Content), Vec<FormKey>> = BTreeMap::new();
    for (index, one) in forms.entries() {
        let form = &one.form;
        let Some(society) = form.society else {
            continue;
        };
        if !can_have_versions(one) {
            continue;
        }
        let person = form.person(&ground.roster);
        if person.is_told() {
            // Two of one name and unit are told apart form by form.
            let apart = rulings.clear(ground, Treatment::NotSame, index);
            let alone = apart.first().map(|_| index);
            let own = told.entry(society).or_default();
            own.entry((person, alone)).or_default().push(index);
        } else {
            untold
                .entry((society, &one.content))
                .or_default()
                .push(index);
        }
    }
    for persons in told.into_values() {
        let ones = persons.into_iter().enumerate();
        let ones = ones
            .map(|(stands_for, ((person, _), own))| One {
                person,
                // They are one person's for one society, so that the list has them all in one row.
                listed: own.first().and_then(|form| forms[*form].form.listed),
                forms: own,
                stands_for,
            })
            .collect();
        of_society(ground, rulings, ones, &mut sorted);
    }
    sorted.groups.extend(untold.into_values());
    sorted
}

/// Whether it can have versions at all.
const fn can_have_versions(one: &Checked) -> bool {
    let is_aside = matches!(one.form.state, FormState::Blank | FormState::Excluded);
    !is_aside && !one.stands_alone
}

/// A society has one form of its own, whoever filled it in.
fn by_society(forms: &Keyed<FormKey, Checked>) -> Vec<Vec<FormKey>> {
    let mut groups: BTreeMap<SocietyId, Vec<FormKey>> = BTreeMap::new();
    for (index, one) in forms.entries().filter(|(_, one)| can_have_versions(one)) {
        if let Some(society) = one.form.society {
            groups.entry(society).or_default().push(index);
        }
    }
    groups.into_values().collect()
}

/// Joins those of one society that are one person, and notes those that may be.
fn of_society(ground: &Ground, rulings: &Rulings, mut ones: Vec<One<'_>>, sorted: &mut Persons) {
    let mut unclear = Vec::new();
    for (one, other) in near(&ones) {
        let likeness = ones[one].person.likeness(&ones[other].person);
        if likeness == Likeness::Different {
            continue;
        }
        let (Some(first), Some(second)) = (ones[one].forms.first(), ones[other].forms.first())
        else {
            continue;
        };
        let pair = [*first, *second];
        let ruled = |treatment| rulings.about_persons(ground, treatment, pair);
        if let Some(ruling) = ruled(Treatment::NotSame) {
            sorted.applied.extend(pair.map(|form| (form, ruling)));
        } else if likeness == Likeness::Same {
            join(&mut ones, one, other);
        } else if let Some(ruling) = ruled(Treatment::Same) {
            sorted.applied.extend(pair.map(|form| (form, ruling)));
            join(&mut ones, one, other);
        } else if ones[one].listed.is_none() || ones[other].listed.is_none() {
            // Of two whom the list has in two rows the list says that they are two.
            unclear.push((one, other));
        }
    }
    for (one, other) in unclear {
        if ones[one].stands_for != ones[other].stands_for {
            let pairs = ones[one]
                .forms
                .iter()
                .flat_map(|left| ones[other].forms.iter().map(move |right| [*left, *right]));
            sorted.unclear.extend(pairs);
        }
    }
    let mut clusters: BTreeMap<usize, Vec<FormKey>> = BTreeMap::new();
    for one in ones {
        clusters
            .entry(one.stands_for)
            .or_default()
            .extend(one.forms);
    }
    sorted.groups.extend(clusters.into_values());
}

/// Puts two into one cluster.
fn join(ones: &mut [One<'_>], one: usize, other: usize) {
    let (into, from) = (ones[one].stands_for, ones[other].stands_for);
    for one in ones {
        if one.stands_for == from {
            one.stands_for = into;
        }
    }
}

/// Pairs that are worth comparing: one name, or one within the other. Thousands of reviewers are not compared each
/// with each, nor is every part of a cell full of text looked up as a name.
fn near(ones: &[One<'_>]) -> BTreeSet<(usize, usize)> {
    /// Longer ones, in bytes, are no names; of them only beginning and end are looked up.
    const LONGEST: usize = 48;
    let mut called: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, one) in ones.iter().enumerate() {
        called
            .entry(one.person.name.as_str())
            .or_default()
            .push(index);
    }
    let lengths: BTreeSet<usize> = called.keys().map(|name| name.len()).collect();
    let mut pairs = BTreeSet::new();
    for (index, one) in ones.iter().enumerate() {
        let name = one.person.name.as_str();
        for length in lengths.range(..=name.len()) {
            let last = name.len() - length;
            let step = if name.len() > LONGEST { last.max(1) } else { 1 };
            let parts = (0..=last)
                .step_by(step)
                .filter_map(|start| name.get(start..start + length));
            for other in parts.filter_map(|part| called.get(part)).flatten() {
                if index != *other {
                    pairs.insert((index.min(*other), index.max(*other)));
                }
            }
        }
    }
    pairs
}
