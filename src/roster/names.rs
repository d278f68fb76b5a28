//! When two names are the same, and which come nearest when they are not.

use super::{Reviewer, Roster};
use crate::model::fold;

impl Roster {
    /// The society of this name: equal after folding, or by alias. Never a guess.
    #[must_use]
    pub fn society_named(&self, name: &str) -> Option<usize> {
        let folded = fold(name);
        self.societies.iter().position(|society| {
            fold(&society.name) == folded
                || society.aliases.iter().any(|alias| fold(alias) == folded)
        })
    }

    /// The societies whose full name stands in a text (a file name). A name inside a longer listed name does
    /// not count for itself.
    #[must_use]
    pub fn societies_in(&self, text: &str) -> Vec<usize> {
        let mut rest = fold(text);
        let mut names: Vec<(usize, String)> = self
            .societies
            .iter()
            .enumerate()
            .map(|(index, society)| (index, fold(&society.name)))
            .collect();
        names.sort_by_key(|(_, name)| std::cmp::Reverse(name.chars().count()));
        let mut found = Vec::new();
        for (index, name) in names {
            if rest.contains(&name) {
                rest = rest.replace(&name, "\u{1f}");
                found.push(index);
            }
        }
        found.sort_unstable();
        found
    }

    /// A unit's name reduced to what it is compared by: folded, suffixes such as 党委 stripped, and through the
    /// aliases of the societies. `中华医学会理事会党委` and `中华医学会` give the same.
    #[must_use]
    pub fn unit_key(&self, unit: &str) -> String {
        let bare = self.bare_unit(unit);
        self.societies
            .iter()
            .find(|society| {
                society
                    .aliases
                    .iter()
                    .any(|alias| self.bare_unit(alias) == bare)
            })
            .map_or(bare, |society| self.bare_unit(&society.name))
    }

    /// Folded and without suffixes; a name that is nothing but a suffix stays.
    #[must_use]
    pub fn bare_unit(&self, unit: &str) -> String {
        let mut bare = fold(unit);
        while let Some(shorter) = self
            .suffixes
            .iter()
            .filter_map(|suffix| bare.strip_suffix(fold(suffix).as_str()))
            .find(|shorter| !shorter.is_empty())
        {
            bare = shorter.to_owned();
        }
        bare
    }

    /// Whether a unit is the society itself (办法7.4).
    #[must_use]
    pub fn same_unit(&self, unit: &str, society: usize) -> bool {
        self.unit_key(unit) == self.unit_key(&self.societies[society].name)
    }

    /// Whether scheme or roster know a unit: a listed society, a lead, a member unit, a listed reviewer's.
    #[must_use]
    pub fn knows_unit(&self, unit: &str) -> bool {
        let key = self.unit_key(unit);
        let listed = self.societies.iter().map(|society| &society.name);
        let leads = self.groups.iter().map(|group| &group.lead);
        let units = self.reviewers.iter().map(|reviewer| &reviewer.unit);
        listed
            .chain(leads)
            .chain(units)
            .chain(&self.known_units)
            .any(|known| self.unit_key(known) == key)
    }

    /// The listed reviewer of this name and unit.
    #[must_use]
    pub fn reviewer_named(&self, name: &str, unit: &str) -> Option<(usize, &Reviewer)> {
        let (name, unit) = (fold(name), self.unit_key(unit));
        self.reviewers.iter().enumerate().find(|(_, reviewer)| {
            fold(&reviewer.name) == name && self.unit_key(&reviewer.unit) == unit
        })
    }

    /// The listed names nearest to one that is not listed, best first; none where nothing is near.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        /// Half of the characters may differ, no more.
        const NEAR: f64 = 0.5;
        /// How much farther than the best a suggestion may be.
        const MARGIN: f64 = 0.1;
        /// More than this many suggestions help nobody.
        const MOST: usize = 3;
        let folded = fold(name);
        let mut near: Vec<(f64, &str)> = self
            .societies
            .iter()
            .filter_map(|society| {
                let known = fold(&society.name);
                let contained = folded.contains(&known) || known.contains(&folded);
                let likeness = if contained && folded.chars().count() > 1 {
                    1.0
                } else {
                    strsim::normalized_damerau_levenshtein(&folded, &known)
                };
                (likeness >= NEAR).then_some((likeness, society.name.as_str()))
            })
            .collect();
        near.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        // What is much farther than the best is no help.
        let best = near.first().map_or(0.0, |(likeness, _)| *likeness);
        near.retain(|(likeness, _)| *likeness + MARGIN >= best);
        near.truncate(MOST);
        near.into_iter().map(|(_, name)| name).collect()
    }
}
