//! What a group may see: its own, and of others not even the name.
//!
//! Findings speak of two societies now and then (a copied form, equal lines); the other group's name is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::rank::Standings;

/// Said instead of a society of another group.
const ELSEWHERE: &str = "其他组学会";

/// Where a form lies: file, inner path, sheet.
type Spot<'s> = (&'s str, &'s [String], &'s str);

/// The view of one group.
pub(super) struct Veil<'s> {
    forms: BTreeSet<usize>,
    spots: BTreeSet<Spot<'s>>,
    /// Every name and alias, and whether it is of the group.
    names: BTreeMap<&'s str, bool>,
    /// With which characters names begin, and how long they are in bytes.
    initials: BTreeSet<char>,
    lengths: BTreeSet<usize>,
    /// The group's own societies by name: true; those of others: false.
    societies: BTreeMap<&'s str, bool>,
}

impl<'s> Veil<'s> {
    pub(super) fn new(standings: &'s Standings<'_>, group: usize) -> Self {
        let roster = &standings.ground.roster;
        let forms: BTreeSet<usize> = standings
            .forms
            .iter()
            .enumerate()
            .filter(|(_, form)| {
                form.society
                    .is_some_and(|society| roster.societies[society].group == group)
            })
            .map(|(index, _)| index)
            .collect();
        let mut spots = BTreeSet::new();
        for place in forms.iter().map(|form| &standings.forms[*form].place) {
            spots.insert((
                place.file.as_str(),
                place.within.as_slice(),
                place.sheet.as_str(),
            ));
            // What is said of the whole file concerns its forms.
            spots.insert((place.file.as_str(), place.within.as_slice(), ""));
        }
        let names: BTreeMap<&str, bool> = roster
            .societies
            .iter()
            .flat_map(|society| {
                std::iter::once(&society.name)
                    .chain(&society.aliases)
                    .map(|name| (name.as_str(), society.group == group))
            })
            .filter(|(name, _)| !name.is_empty())
            .collect();
        Self {
            forms,
            spots,
            initials: names
                .keys()
                .filter_map(|name| name.chars().next())
                .collect(),
            lengths: names.keys().map(|name| name.len()).collect(),
            names,
            societies: roster
                .societies
                .iter()
                .map(|society| (society.name.as_str(), society.group == group))
                .collect(),
        }
    }

    /// Whether a form (an index) is the group's.
    pub(super) fn owns(&self, form: usize) -> bool {
        self.forms.contains(&form)
    }

    /// Whether a finding is the group's: by its society, else by the form it was found in.
    pub(super) fn shows(&self, finding: &Finding) -> bool {
        let society = finding.society.as_deref();
        if let Some(own) = society.and_then(|society| self.societies.get(society)) {
            return *own;
        }
        let place = &finding.place;
        !place.file.is_empty()
            && self.spots.contains(&(
                place.file.as_str(),
                place.within.as_slice(),
                place.sheet.as_str(),
            ))
    }

    /// A text without the names of other groups' societies.
    pub(super) fn say(&self, text: &str) -> String {
        let mut said = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let met = self.name_at(rest);
            let length = met.map_or(character.len_utf8(), |(length, _)| length);
            let (word, further) = rest.split_at(length);
            said.push_str(match met {
                Some((_, false)) => ELSEWHERE,
                _ => word,
            });
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
            let own = self.names.get(text.get(..*length)?)?;
            Some((*length, *own))
        })
    }
}
