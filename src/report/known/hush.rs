//! Whether a name speaks of somebody else: another group's society, by its full name or by what is its own in it;
//! another person; or points, for nobody can tell whose they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{GroupId, fold};
use crate::rank::Standings;
use crate::roster::Society;

/// Every word that tells of somebody, folded, and of whom. The same for all readers.
pub(super) struct Told<'s> {
    words: BTreeMap<String, Of<'s>>,
    /// How long they are in bytes, the longest first.
    lengths: Vec<usize>,
}

/// Of whom a word tells.
#[derive(Default)]
struct Of<'s> {
    /// The groups of the societies that it names.
    groups: BTreeSet<GroupId>,
    /// The people whose name it is, as they write it, and the groups they review for.
    people: Vec<(&'s str, BTreeSet<GroupId>)>,
}

impl<'s> Told<'s> {
    pub(super) fn of(standings: &'s Standings<'_>) -> Self {
        let roster = &standings.ground.roster;
        let mut told = Self {
            words: BTreeMap::new(),
            lengths: Vec::new(),
        };
        for society in &roster.societies {
            for word in words(society) {
                if let Some(of) = told.word(word) {
                    of.groups.insert(society.group);
                }
            }
        }
        // Everybody who reviews, listed or not.
        let listed = roster.reviewers.iter();
        let listed = listed.map(|one| (one.name.as_str(), one.group));
        let wrote = standings.forms.iter().map(|form| {
            let society = form.society.map(|society| &roster.societies[society]);
            (form.reviewer.as_str(), society.map(|one| one.group))
        });
        let mut people: BTreeMap<&str, BTreeSet<GroupId>> = BTreeMap::new();
        for (name, group) in listed.chain(wrote) {
            people.entry(name).or_default().extend(group);
        }
        for (name, groups) in people {
            if let Some(of) = told.word(fold(name)) {
                of.people.push((name, groups));
            }
        }
        let lengths: BTreeSet<usize> = told.words.keys().map(String::len).collect();
        told.lengths = lengths.into_iter().rev().collect();
        told
    }

    /// None for a single letter, which stands in many words.
    fn word(&mut self, word: String) -> Option<&mut Of<'s>> {
        word.chars().nth(1)?;
        Some(self.words.entry(word).or_default())
    }
}

/// What a reader is told of others.
pub(super) struct Hush<'k, 's> {
    told: &'k Told<'s>,
    /// Whose societies are the reader's.
    groups: Vec<GroupId>,
    reader: Reader<'k>,
}

enum Reader<'k> {
    Group(GroupId),
    Person(&'k str),
}

impl<'k, 's> Hush<'k, 's> {
    pub(super) fn group(told: &'k Told<'s>, group: GroupId) -> Self {
        Self {
            told,
            groups: vec![group],
            reader: Reader::Group(group),
        }
    }

    /// Of somebody who reviews for these groups.
    pub(super) fn person(told: &'k Told<'s>, groups: Vec<GroupId>, name: &'k str) -> Self {
        Self {
            told,
            groups,
            reader: Reader::Person(name),
        }
    }

    /// What is both the reader's and somebody else's is the reader's.
    fn is_own(&self, of: &Of<'_>) -> bool {
        self.groups.iter().any(|group| of.groups.contains(group))
            || of.people.iter().any(|(name, groups)| match &self.reader {
                Reader::Group(group) => groups.contains(group),
                Reader::Person(reader) => name == reader,
            })
    }

    /// Whether a text speaks of others. Of words inside each other the longest is meant.
    pub(super) fn names_others(&self, text: &str) -> bool {
        let text = fold(text);
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let met = self.told.lengths.iter().find_map(|length| {
                let of = self.told.words.get(rest.get(..*length)?)?;
                Some((*length, self.is_own(of)))
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
