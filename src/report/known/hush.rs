//! Whether a name speaks of somebody else: another group's society, by its full name or by what is its own in it;
//! another person; or points, for nobody can tell whose they are.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::Lexicon;
use crate::model::{GroupId, Name, fold};
use crate::rank::Standings;
use crate::roster::{Roster, Society};

/// Everybody who reviews, listed or not, and the groups they review for.
pub(super) struct People {
    groups: BTreeMap<Name, BTreeSet<GroupId>>,
}

impl People {
    pub(super) fn of(standings: &Standings<'_>) -> Self {
        let roster = &standings.ground.roster;
        let listed = roster.reviewers.iter();
        let listed = listed.map(|one| (one.name.as_str(), one.group));
        let wrote = standings.forms.iter().map(|form| {
            let society = form.society.map(|society| &roster.societies[society]);
            (form.reviewer.as_str(), society.map(|one| one.group))
        });
        let mut groups: BTreeMap<Name, BTreeSet<GroupId>> = BTreeMap::new();
        for (name, group) in listed.chain(wrote) {
            groups.entry(Name::of(name)).or_default().extend(group);
        }
        Self { groups }
    }

    /// Everybody's name.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.groups.keys()
    }
}

/// Every word that tells of somebody, and whether that is the reader's own.
pub(super) struct Hush {
    words: Lexicon<bool>,
}

impl Hush {
    pub(super) fn group(roster: &Roster, people: &People, group: GroupId) -> Self {
        let is_own = |_: &Name, groups: &BTreeSet<GroupId>| groups.contains(&group);
        Self::new(roster, &[group], people, is_own)
    }

    /// Of somebody who reviews for these groups.
    pub(super) fn person(roster: &Roster, people: &People, groups: &[GroupId], name: &str) -> Self {
        let name = Name::of(name);
        Self::new(roster, groups, people, |other, _| *other == name)
    }

    fn new(
        roster: &Roster,
        groups: &[GroupId],
        people: &People,
        is_own: impl Fn(&Name, &BTreeSet<GroupId>) -> bool,
    ) -> Self {
        let societies = roster.societies.iter().flat_map(|society| {
            let is_own = groups.contains(&society.group);
            words(society).into_iter().map(move |word| (word, is_own))
        });
        let people = people.groups.iter();
        let people = people.map(|(name, of)| (name.as_str().to_owned(), is_own(name, of)));
        Self {
            // What is both the reader's and somebody else's is the reader's.
            words: Lexicon::of(societies.chain(people), |one, other| one || other),
        }
    }

    /// Whether a text speaks of others.
    pub(super) fn names_others(&self, text: &str) -> bool {
        let mut met = self.words.met(text).into_iter();
        met.any(|is_own| !is_own) || tells_points(&fold(text))
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
