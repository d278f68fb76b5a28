//! Whether a name speaks of somebody else: another group's society, by its full name or by what is its own in it;
//! another person; or points, for nobody can tell whose they are.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::Lexicon;
use crate::model::{GroupId, Name, SocietyId, fold};
use crate::rank::Standings;
use crate::roster::Society;

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

    /// With those who filled in what societies say of themselves: no reviewers, but theirs to be named by alone.
    fn with_assessors(mut self, standings: &Standings<'_>) -> Self {
        let roster = &standings.ground.roster;
        for own in standings.assessments.iter().flat_map(|own| &own.forms) {
            let society = own.form.society.filter(|_| !own.is_unclear);
            let group = society.map(|society| roster.societies[society].group);
            let name = Name::of(&own.form.reviewer);
            self.groups.entry(name).or_default().extend(group);
        }
        self
    }

    /// Everybody's name.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.groups.keys()
    }
}

/// Of whom a word tells.
struct Of {
    /// The societies that it names, and their groups.
    societies: BTreeSet<SocietyId>,
    groups: BTreeSet<GroupId>,
    /// The people whose name it is, and the groups they review for.
    people: Vec<(Name, BTreeSet<GroupId>)>,
}

/// Every word that tells of somebody, and of whom. The same for all readers: there may be thousands of these, too.
pub(super) struct Told(Lexicon<Of>);

impl Told {
    pub(super) fn of(standings: &Standings<'_>) -> Self {
        let societies = standings.ground.roster.societies.entries();
        let societies = societies.flat_map(|(index, society)| {
            let of = move |word| {
                let of = Of {
                    societies: BTreeSet::from([index]),
                    groups: BTreeSet::from([society.group]),
                    people: Vec::new(),
                };
                (word, of)
            };
            words(society).into_iter().map(of)
        });
        let people = People::of(standings).with_assessors(standings);
        let people = people.groups.into_iter();
        let people = people.map(|(name, groups)| {
            let word = name.as_str().to_owned();
            let of = Of {
                societies: BTreeSet::new(),
                groups: BTreeSet::new(),
                people: vec![(name, groups)],
            };
            (word, of)
        });
        Self(Lexicon::of(societies.chain(people), |mut one, other| {
            one.societies.extend(other.societies);
            one.groups.extend(other.groups);
            one.people.extend(other.people);
            one
        }))
    }
}

/// What is told of others than the reader.
pub(super) struct Hush<'k> {
    told: &'k Told,
    /// Whose societies are the reader's.
    groups: Vec<GroupId>,
    reader: Reader,
}

enum Reader {
    Group(GroupId),
    Person(Name),
    /// Whoever filled in a society's own form: of the others of its group it is told nothing either.
    Society(SocietyId, Name),
}

impl<'k> Hush<'k> {
    pub(super) fn group(told: &'k Told, group: GroupId) -> Self {
        Self {
            told,
            groups: vec![group],
            reader: Reader::Group(group),
        }
    }

    /// Of somebody who reviews for these groups.
    pub(super) fn person(told: &'k Told, groups: Vec<GroupId>, name: &str) -> Self {
        Self {
            told,
            groups,
            reader: Reader::Person(Name::of(name)),
        }
    }

    /// Of a society, of whose own form somebody of this name is the filler.
    pub(super) fn society(told: &'k Told, society: SocietyId, name: &str) -> Self {
        Self {
            told,
            groups: Vec::new(),
            reader: Reader::Society(society, Name::of(name)),
        }
    }

    /// What is both the reader's and somebody else's is the reader's.
    fn is_own(&self, of: &Of) -> bool {
        let is_society =
            matches!(&self.reader, Reader::Society(own, _) if of.societies.contains(own));
        is_society
            || self.groups.iter().any(|group| of.groups.contains(group))
            || of.people.iter().any(|(name, groups)| match &self.reader {
                Reader::Group(group) => groups.contains(group),
                Reader::Person(reader) | Reader::Society(_, reader) => name == reader,
            })
    }

    /// Whether a text speaks of others.
    pub(super) fn names_others(&self, text: &str) -> bool {
        let mut met = self.told.0.met(text).into_iter();
        met.any(|of| !self.is_own(of)) || tells_points(&fold(text))
    }
}

/// A society's names, and what is its own in them.
pub(super) fn words(society: &Society) -> Vec<String> {
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
