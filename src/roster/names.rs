//! When two names are the same, and which come nearest when they are not.
//!
//! Names are folded and stripped once, when they are first asked for: a thousand reviewers and a hundred thousand
//! forms ask often.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::Roster;
use super::among::Among;
use super::nearest::{self, Known, Nearest};
use super::units::Units;
use crate::model::{GroupId, Keyed, Name, Person, ReviewerId, SocietyId, fold, fold_chinese};

/// What the party organisation of a society is called behind the society's name, and whose it may be said to be between
/// the two (附件1 1.1: 成立理事会党委).
const PARTY: [&str; 6] = ["党组织", "党委会", "党委", "党总支", "党支部", "党组"];
const COUNCIL: &str = "理事会";

/// Every name of a roster, made comparable.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Organs of a society, folded, longest first.
    organs: Vec<String>,
    /// Societies by folded name and alias.
    societies: BTreeMap<String, SocietyId>,
    /// Names of the societies.
    full: Among,
    /// The same with their aliases.
    called: Among,
    /// Unit keys of the societies.
    pub(super) keys: Keyed<SocietyId, String>,
    /// Bare further names, and the key of the society or unit they stand for.
    aliases: BTreeMap<String, String>,
    /// Keys of all units that scheme or roster know.
    known: BTreeSet<String>,
    /// Bare names of all societies, leads and member units, longest first, with the society, where it is one.
    pub(super) bare: Vec<(String, Option<SocietyId>)>,
    /// The same, to be asked for one.
    all_bare: BTreeSet<String>,
    /// Listed reviewers by group.
    pub(super) by_group: BTreeMap<GroupId, Vec<ReviewerId>>,
    /// The names in the list of reviewers as they stand there: forms write them the same way.
    pub(super) people: BTreeMap<String, Name>,
    /// The units in the cells of the list of reviewers: forms write them the same way.
    listed_units: BTreeMap<String, Units>,
    /// Who the listed reviewers are.
    pub(super) persons: Keyed<ReviewerId, Person>,
    /// Listed reviewers by name, in the order of the list.
    pub(super) reviewers: BTreeMap<Name, Vec<ReviewerId>>,
    /// What is compared for nearness, once that was asked for.
    near: OnceLock<Known>,
}

impl Names {
    pub(super) fn of(roster: &Roster) -> Self {
        let mut names = Self {
            organs: roster
                .organs
                .iter()
                .map(|organ| fold_chinese(organ))
                .collect(),
            ..Self::default()
        };
        let longest_first = |text: &String| std::cmp::Reverse(text.chars().count());
        names.organs.sort_by_key(longest_first);
        let mut full = Vec::new();
        let mut bare: BTreeMap<String, Option<SocietyId>> = BTreeMap::new();
        for (index, society) in roster.societies.entries() {
            for name in std::iter::once(&society.name).chain(society.aliases()) {
                names.societies.entry(fold_chinese(name)).or_insert(index);
            }
            full.push((fold_chinese(&society.name), index));
            let key = names.bare(&society.name);
            bare.entry(key.clone()).or_insert(Some(index));
            for alias in society.aliases() {
                let bare_alias = names.bare(alias);
                bare.entry(bare_alias.clone()).or_insert(Some(index));
                names
                    .aliases
                    .entry(bare_alias)
                    .or_insert_with(|| key.clone());
            }
            names.keys.push(key);
        }
        for several in &roster.one_units {
            let mut several = several.iter().map(|name| names.bare(name));
            if let Some(first) = several.next() {
                for other in several.collect::<Vec<_>>() {
                    names.aliases.entry(other).or_insert_with(|| first.clone());
                }
            }
        }
        names.full = Among::of(full);
        names.called = Among::of(names.societies.clone().into_iter().collect());
        let leads = roster.groups.iter().map(|group| &group.lead);
        for unit in leads.clone().chain(&roster.known_units) {
            bare.entry(names.bare(unit)).or_insert(None);
        }
        names.all_bare = bare.keys().cloned().collect();
        names.bare = bare.into_iter().collect();
        names.bare.sort_by_key(|(name, _)| longest_first(name));
        let units = roster.reviewers.iter().map(|reviewer| &reviewer.unit);
        let listed = roster.societies.iter().map(|society| &society.name);
        let known: BTreeSet<String> = listed
            .chain(leads)
            .chain(units)
            .chain(&roster.known_units)
            .map(|unit| names.key(unit))
            .collect();
        names.known = known;
        for (index, reviewer) in roster.reviewers.entries() {
            let units = names.units(&reviewer.unit).into_owned();
            names
                .listed_units
                .insert(reviewer.unit.clone(), units.clone());
            let name = Name::of(&reviewer.name);
            names.people.insert(reviewer.name.clone(), name.clone());
            names.reviewers.entry(name.clone()).or_default().push(index);
            names.persons.push(Person {
                name,
                units: units.keys,
            });
            if let Some(group) = reviewer.group {
                names.by_group.entry(group).or_default().push(index);
            }
        }
        names
    }

    /// Folded and without organs, in brackets or not; a name that is nothing but an organ stays.
    pub(super) fn bare(&self, unit: &str) -> String {
        self.bare_of(&fold_chinese(unit)).to_owned()
    }

    /// The same of a folded name.
    pub(super) fn bare_of<'n>(&self, folded: &'n str) -> &'n str {
        let mut bare = folded;
        while let Some(shorter) = self.without_organ(bare) {
            bare = shorter;
        }
        bare
    }

    /// The name without the organ behind it; two characters at least must be left.
    fn without_organ<'n>(&self, name: &'n str) -> Option<&'n str> {
        let bracketed = || {
            let (before, within) = name.strip_suffix(')')?.rsplit_once('(')?;
            self.is_organ(within).then_some(before)
        };
        let plain = || {
            let mut organs = self.organs.iter();
            organs.find_map(|organ| name.strip_suffix(organ.as_str()))
        };
        bracketed()
            .or_else(plain)
            .filter(|left| left.chars().nth(1).is_some())
    }

    /// Whether a text names nothing but organs: `党委办公室`; blank does.
    pub(super) fn is_organ(&self, text: &str) -> bool {
        let mut rest = text.trim_matches(['(', ')']);
        while let Some(organ) = self
            .organs
            .iter()
            .find(|organ| rest.ends_with(organ.as_str()))
        {
            rest = rest[..rest.len() - organ.len()].trim_matches(['(', ')']);
        }
        rest.is_empty()
    }

    pub(super) fn key(&self, unit: &str) -> String {
        self.key_of(self.bare(unit))
    }

    /// The same of a bare name.
    pub(super) fn key_of(&self, bare: String) -> String {
        self.aliases.get(&bare).cloned().unwrap_or(bare)
    }

    /// All units in a cell.
    pub(super) fn units(&self, cell: &str) -> Cow<'_, Units> {
        match self.listed_units.get(cell) {
            Some(listed) => Cow::Borrowed(listed),
            None => Cow::Owned(Units::of(self, cell)),
        }
    }

    /// Whether a bare name is one of a society, a lead or a member unit.
    pub(super) fn is_known(&self, bare: &str) -> bool {
        self.all_bare.contains(bare)
    }
}

impl Roster {
    /// Makes the names comparable now, not when they are first asked for.
    pub fn prepare(&self) {
        self.names();
    }

    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Arc::new(Names::of(self)))
    }

    /// From here on `name` stands for a society (an index), unless it stands for one already.
    pub fn also_called(&mut self, society: SocietyId, name: &str) {
        if self.society_named(name).is_none() {
            self.societies[society].ruled_aliases.push(name.to_owned());
            self.names.take();
        }
    }

    /// Whether a name stands for a society only because the clerk's register says so.
    #[must_use]
    pub fn is_ruled_alias(&self, name: &str) -> bool {
        let folded = fold(name);
        let mut ruled = self.societies.iter().flat_map(|one| &one.ruled_aliases);
        ruled.any(|alias| fold(alias) == folded)
    }

    /// The society of this name: equal after folding, or by alias; or the one whose party organisation it is, for that is
    /// what is reviewed. Never a guess.
    #[must_use]
    pub fn society_named(&self, name: &str) -> Option<SocietyId> {
        let societies = &self.names().societies;
        let named = |folded: &str| {
            let of_party = || {
                let mut whose = PARTY.iter().filter_map(|organ| folded.strip_suffix(organ));
                whose.find_map(|society| {
                    let of_council = || societies.get(society.strip_suffix(COUNCIL)?);
                    societies.get(society).or_else(of_council)
                })
            };
            societies.get(folded).or_else(of_party).copied()
        };
        // Nearly all are written as they are listed.
        named(&fold(name)).or_else(|| named(&fold_chinese(name)))
    }

    /// The societies whose full name stands in a text (a file name). A name inside a longer listed name does
    /// not count for itself.
    #[must_use]
    pub fn societies_in(&self, text: &str) -> Vec<SocietyId> {
        let mut found = self.names().full.found_in(&fold_chinese(text));
        found.sort_unstable();
        found
    }

    /// The same, aliases counted as names.
    #[must_use]
    pub fn societies_or_aliases_in(&self, text: &str) -> Vec<SocietyId> {
        let mut found = self.names().called.found_in(&fold_chinese(text));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A unit's name reduced to what it is compared by: folded, organs such as 党委 stripped, and through the
    /// aliases of the societies. `中华医学会理事会党委` and `中华医学会` give the same.
    #[must_use]
    pub fn unit_key(&self, unit: &str) -> String {
        self.names().key(unit)
    }

    /// A unit's name folded and without organs; a name that is nothing but an organ stays.
    #[must_use]
    pub fn bare_unit(&self, unit: &str) -> String {
        self.names().bare(unit)
    }

    /// Whether one of the units in a cell is the society itself (办法7.4).
    #[must_use]
    pub fn same_unit(&self, cell: &str, society: SocietyId) -> bool {
        let names = self.names();
        names.units(cell).keys.contains(&names.keys[society])
    }

    /// Whether scheme or roster know a unit: a listed society, a lead, a member unit, a listed reviewer's.
    #[must_use]
    pub fn knows_unit(&self, cell: &str) -> bool {
        let names = self.names();
        names
            .units(cell)
            .keys
            .iter()
            .any(|unit| names.known.contains(unit))
    }

    /// The names nearest to one that is not listed. To suggest what was meant, never to decide it.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Nearest {
        let near = &self.names().near;
        near.get_or_init(|| Known::of(self)).nearest(name)
    }

    /// The same as it is added to what is said of the name.
    #[must_use]
    pub fn hint(&self, name: &str) -> String {
        let Nearest { societies, leads } = self.nearest(name);
        let societies: Vec<&str> = societies
            .into_iter()
            .map(|society| self.societies[society].name.as_str())
            .collect();
        nearest::said(&societies, &leads, nearest::UNLISTED_LEAD)
    }
}
