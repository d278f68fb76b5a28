//! Whether a name speaks of somebody else: another group's society, by its full name or by what is its own in it;
//! another person; or points, for nobody can tell whose they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{GroupId, fold};
use crate::rank::Standings;
use crate::roster::{Roster, Society};

/// Everybody who reviews, listed or not, and the groups they review for.
pub(super) struct People<'s> {
    groups: BTreeMap<&'s str, BTreeSet<GroupId>>,
}

impl<'s> People<'s> {
    pub(super) fn of(standings: &'s Standings<'_>) -> Self {
        let roster = &standings.ground.roster;
        let listed = roster.reviewers.iter();
        let listed = listed.map(|one| (one.name.as_str(), one.group));
        let wrote = standings.forms.iter().map(|form| {
            let society = form.society.map(|society| &roster.societies[society]);
            (form.reviewer.as_str(), society.map(|one| one.group))
        });
        let mut groups: BTreeMap<&str, BTreeSet<GroupId>> = BTreeMap::new();
        for (name, group) in listed.chain(wrote) {
            groups.entry(name).or_default().extend(group);
        }
        Self { groups }
    }
}

/// Every word that tells of somebody, folded, and whether that is the reader's own.
pub(super) struct Hush {
    words: BTreeMap<String, bool>,
    /// How long they are in bytes, the longest first.
    lengths: Vec<usize>,
}

impl Hush {
    pub(super) fn group(roster: &Roster, people: &People<'_>, group: GroupId) -> Self {
        let is_own = |_: &str, groups: &BTreeSet<GroupId>| groups.contains(&group);
        Self::new(roster, &[group], people, is_own)
    }

    /// Of somebody who reviews for these groups.
    pub(super) fn person(
        roster: &Roster,
        people: &People<'_>,
        groups: &[GroupId],
        name: &str,
    ) -> Self {
        Self::new(roster, groups, people, |other, _| other == name)
    }

    fn new(
        roster: &Roster,
        groups: &[GroupId],
        people: &People<'_>,
        is_own: impl Fn(&str, &BTreeSet<GroupId>) -> bool,
    ) -> Self {
        let mut hush = Self {
            words: BTreeMap::new(),
            lengths: Vec::new(),
        };
        for society in &roster.societies {
            for word in words(society) {
                hush.add(word, groups.contains(&society.group));
            }
        }
        for (name, groups) in &people.groups {
            hush.add(fold(name), is_own(name, groups));
        }
        hush.measure();
        hush
    }

    /// What is both the reader's and somebody else's is the reader's.
    fn add(&mut self, word: String, is_own: bool) {
        // A single letter stands in many words.
        if word.chars().nth(1).is_some() {
            *self.words.entry(word).or_default() |= is_own;
        }
    }

    fn measure(&mut self) {
        let lengths: BTreeSet<usize> = self.words.keys().map(String::len).collect();
        self.lengths = lengths.into_iter().rev().collect();
    }

    /// Whether a text speaks of others. Of words inside each other the longest is meant.
    pub(super) fn names_others(&self, text: &str) -> bool {
        let text = fold(text);
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let met = self.lengths.iter().find_map(|length| {
                let is_own = self.words.get(rest.get(..*length)?)?;
                Some((*length, *is_own))
            });
            match met {
                Some((_, false)) => return true,
                Some((length, true)) => rest = rest.get(length..).unwrap_or_default(),
                None => rest = rest.get(first.len_utf8()..).unwrap_or_default(),
            }
        }
        tells_points(&text)
    }
}

/// A society's names, and what is its own in them.
fn words(society: &Society) -> Vec<String> {
    let names = std::iter::once(&society.name).chain(society.aliases());
    names
        .flat_map(|name| {
            let name = fold(name);
            let core = core(&name).to_owned();
            [name, core]
        })
        .collect()
}

/// `水利` of `中国水利学会`: without what many names begin and end with.
fn core(name: &str) -> &str {
    const FRONT: [&str; 2] = ["中国", "中华"];
    const BACK: [&str; 3] = ["学会", "协会", "研究会"];
    let front = FRONT.iter().find_map(|word| name.strip_prefix(word));
    let name = front.unwrap_or(name);
    let back = BACK.iter().find_map(|word| name.strip_suffix(word));
    back.unwrap_or(name)
}

/// Whether a text names a number of points: `230分`.
fn tells_points(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|character| {
        let is_told = character == '分' && before.is_ascii_digit();
        before = character;
        is_told
    })
}

#[cfg(test)]
mod tests {
    use super::{core, tells_points};

    #[test]
    fn what_is_a_societys_own_in_its_name() {
        assert_eq!(core("中国水利学会"), "水利");
        assert_eq!(core("中华医学会"), "医");
        assert_eq!(core("国际数字地球协会"), "国际数字地球");
    }

    #[test]
    fn points_are_told_by_a_number() {
        assert!(tells_points("李老师230分"));
        assert!(!tells_points("评分表2018"));
    }
}
