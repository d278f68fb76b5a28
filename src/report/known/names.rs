//! Names of societies in a text, those of other groups left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::roster::Roster;

/// Said instead of a society of another group.
pub(in crate::report) const ELSEWHERE: &str = "其他组学会";

/// Every name of a society, and whether it is of the group.
pub(in crate::report) struct Names<'s> {
    /// With the aliases.
    known: BTreeMap<&'s str, bool>,
    /// With which characters names begin, and how long they are in bytes.
    initials: BTreeSet<char>,
    lengths: BTreeSet<usize>,
    /// The names as listed alone.
    societies: BTreeMap<&'s str, bool>,
}

impl<'s> Names<'s> {
    pub(in crate::report) fn new(roster: &'s Roster, group: usize) -> Self {
        let names: BTreeMap<&str, bool> = roster
            .societies
            .iter()
            .flat_map(|society| {
                std::iter::once(&society.name)
                    .chain(society.aliases())
                    .map(|name| (name.as_str(), society.group == group))
            })
            .filter(|(name, _)| !name.is_empty())
            .collect();
        Self {
            initials: names
                .keys()
                .filter_map(|name| name.chars().next())
                .collect(),
            lengths: names.keys().map(|name| name.len()).collect(),
            known: names,
            societies: roster
                .societies
                .iter()
                .map(|society| (society.name.as_str(), society.group == group))
                .collect(),
        }
    }

    /// Whether a listed society is the group's; none where it is not listed.
    pub(in crate::report) fn is_own(&self, society: &str) -> Option<bool> {
        self.societies.get(society).copied()
    }

    /// A text without the names of other groups' societies; what is in `kept` stays.
    pub(in crate::report) fn say(&self, text: &str, kept: &BTreeSet<&str>) -> String {
        let mut said = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let stays = kept
                .iter()
                .filter(|word| rest.starts_with(**word))
                .map(|word| word.len())
                .max();
            let met = self.name_at(rest);
            let (length, hidden) = match (stays, met) {
                // The longer one is meant: a name inside a longer one is part of it.
                (Some(stays), Some((length, own))) if length > stays => (length, !own),
                (Some(stays), _) => (stays, false),
                (None, Some((length, own))) => (length, !own),
                (None, None) => (character.len_utf8(), false),
            };
            let (word, further) = rest.split_at(length);
            said.push_str(if hidden { ELSEWHERE } else { word });
            rest = further;
        }
        said
    }

    /// The name a text begins with: its length in bytes, and whether it is of the group. The longest counts: a
    /// name inside a longer one is not meant.
    fn name_at(&self, text: &str) -> Option<(usize, bool)> {
        let initial = text.chars().next()?;
        if !self.initials.contains(&initial) {
            return None;
        }
        self.lengths.iter().rev().find_map(|length| {
            let own = self.known.get(text.get(..*length)?)?;
            Some((*length, *own))
        })
    }
}
