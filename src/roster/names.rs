//! When two names are the same, and which come nearest when they are not.
//!
//! Names are folded and stripped once, when they are first asked for: a thousand reviewers and a hundred thousand
//! forms ask often.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reviewer, Roster};
use crate::model::{fold, near};

/// Every name of a roster, made comparable.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Suffixes of units, folded, longest first.
    suffixes: Vec<String>,
    /// Societies by folded name and alias.
    societies: BTreeMap<String, usize>,
    /// Folded names of the societies, longest first.
    full: Vec<(String, usize)>,
    /// The same with their aliases.
    called: Vec<(String, usize)>,
    /// Unit keys of the societies.
    keys: Vec<String>,
    /// Bare aliases, and the key of the society they stand for.
    aliases: BTreeMap<String, String>,
    /// Keys of all units that scheme or roster know.
    known: BTreeSet<String>,
    /// Listed reviewers by folded name and unit key.
    reviewers: BTreeMap<(String, String), usize>,
}

impl Names {
    pub(super) fn of(roster: &Roster) -> Self {
        let mut names = Self {
            suffixes: roster.suffixes.iter().map(|suffix| fold(suffix)).collect(),
            ..Self::default()
        };
        for (index, society) in roster.societies.iter().enumerate() {
            for name in std::iter::once(&society.name).chain(society.aliases()) {
                names.societies.entry(fold(name)).or_insert(index);
            }
            names.full.push((fold(&society.name), index));
            let key = names.bare(&society.name);
            for alias in society.aliases() {
                let bare = names.bare(alias);
                names.aliases.entry(bare).or_insert_with(|| key.clone());
            }
            names.keys.push(key);
        }
        names.called = names.societies.clone().into_iter().collect();
        for list in [&mut names.full, &mut names.called] {
            list.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        }
        let units = roster.reviewers.iter().map(|reviewer| &reviewer.unit);
        let leads = roster.groups.iter().map(|group| &group.lead);
        let listed = roster.societies.iter().map(|society| &society.name);
        let known: BTreeSet<String> = listed
            .chain(leads)
            .chain(units)
            .chain(&roster.known_units)
            .map(|unit| names.key(unit))
            .collect();
        names.known = known;
        for (index, reviewer) in roster.reviewers.iter().enumerate() {
            let person = (fold(&reviewer.name), names.key(&reviewer.unit));
            names.reviewers.entry(person).or_insert(index);
        }
        names
    }

    /// Folded and without suffixes; a name that is nothing but a suffix stays.
    fn bare(&self, unit: &str) -> String {
        let mut bare = fold(unit);
        while let Some(shorter) = self
            .suffixes
            .iter()
            .filter_map(|suffix| bare.strip_suffix(suffix.as_str()))
            .find(|shorter| !shorter.is_empty())
        {
            bare = shorter.to_owned();
        }
        bare
    }

    fn key(&self, unit: &str) -> String {
        let bare = self.bare(unit);
        self.aliases.get(&bare).cloned().unwrap_or(bare)
    }
}

impl Roster {
    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }

    /// From here on `name` stands for a society (an index), unless it stands for one already.
    pub fn also_called(&mut self, society: usize, name: &str) {
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

    /// The society of this name: equal after folding, or by alias. Never a guess.
    #[must_use]
    pub fn society_named(&self, name: &str) -> Option<usize> {
        self.names().societies.get(&fold(name)).copied()
    }

    /// The societies whose full name stands in a text (a file name). A name inside a longer listed name does
    /// not count for itself.
    #[must_use]
    pub fn societies_in(&self, text: &str) -> Vec<usize> {
        let mut rest = fold(text);
        let mut found = Vec::new();
        for (name, index) in &self.names().full {
            if rest.contains(name.as_str()) {
                rest = rest.replace(name.as_str(), "\u{1f}");
                found.push(*index);
            }
        }
        found.sort_unstable();
        found
    }

    /// The same, aliases counted as names.
    #[must_use]
    pub fn societies_or_aliases_in(&self, text: &str) -> Vec<usize> {
        let mut rest = fold(text);
        let mut found = BTreeSet::new();
        for (name, index) in &self.names().called {
            if rest.contains(name.as_str()) {
                rest = rest.replace(name.as_str(), "\u{1f}");
                found.insert(*index);
            }
        }
        found.into_iter().collect()
    }

    /// A unit's name reduced to what it is compared by: folded, suffixes such as 党委 stripped, and through the
    /// aliases of the societies. `中华医学会理事会党委` and `中华医学会` give the same.
    #[must_use]
    pub fn unit_key(&self, unit: &str) -> String {
        self.names().key(unit)
    }

    /// A unit's name folded and without suffixes; a name that is nothing but a suffix stays.
    #[must_use]
    pub fn bare_unit(&self, unit: &str) -> String {
        self.names().bare(unit)
    }

    /// Whether a unit is the society itself (办法7.4).
    #[must_use]
    pub fn same_unit(&self, unit: &str, society: usize) -> bool {
        self.unit_key(unit) == self.names().keys[society]
    }

    /// Whether scheme or roster know a unit: a listed society, a lead, a member unit, a listed reviewer's.
    #[must_use]
    pub fn knows_unit(&self, unit: &str) -> bool {
        self.names().known.contains(&self.unit_key(unit))
    }

    /// The listed reviewer of this name and unit.
    #[must_use]
    pub fn reviewer_named(&self, name: &str, unit: &str) -> Option<(usize, &Reviewer)> {
        let person = (fold(name), self.unit_key(unit));
        let index = *self.names().reviewers.get(&person)?;
        self.reviewers.get(index).map(|reviewer| (index, reviewer))
    }

    /// The listed names nearest to one that is not listed, best first; none where nothing is near.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        /// In thousandths: half of the characters may differ, no more.
        const NEAR: usize = 500;
        /// How much farther than the best a suggestion may be.
        const MARGIN: usize = 100;
        /// More than this many suggestions help nobody.
        const MOST: usize = 3;
        let folded = fold(name);
        let mut near: Vec<(usize, &str)> = self
            .societies
            .iter()
            .filter_map(|society| {
                let known = fold(&society.name);
                let contained = folded.contains(&known) || known.contains(&folded);
                let likeness = if contained && folded.chars().count() > 1 {
                    1000
                } else {
                    near::likeness(&folded, &known)
                };
                (likeness >= NEAR).then_some((likeness, society.name.as_str()))
            })
            .collect();
        near.sort_by(|(left, _), (right, _)| right.cmp(left));
        // What is much farther than the best is no help.
        let best = near.first().map_or(0, |(likeness, _)| *likeness);
        near.retain(|(likeness, _)| *likeness + MARGIN >= best);
        near.truncate(MOST);
        near.into_iter().map(|(_, name)| name).collect()
    }

    /// The listed reviewers of a group (an index) who could be meant by a name that is not listed: the same name at
    /// another unit, or one character apart.
    #[must_use]
    pub fn nearest_reviewers(&self, name: &str, group: Option<usize>) -> Vec<&Reviewer> {
        let folded = fold(name);
        self.reviewers
            .iter()
            .filter(|reviewer| group.is_some() && reviewer.group == group)
            .filter(|reviewer| near::distance(&fold(&reviewer.name), &folded) <= 1)
            .collect()
    }
}
