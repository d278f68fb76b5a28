//! Which names come nearest to one that nobody has: to suggest what was meant, never to decide it.
//!
//! What many names begin or end with, 中国 and 学会, makes none of them like another: what is left of both must be alike, too.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Roster;
use crate::model::{SocietyId, fold, near};

/// What a lead is said to be.
pub const LEAD: &str = "牵头联系单位";
/// The same where a society is asked for.
pub const UNLISTED_LEAD: &str = "牵头联系单位，不在参评名单中";

/// The names that come nearest, best first; none where nothing is near.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nearest {
    pub societies: Vec<SocietyId>,
    /// Leads of groups that are as near, where they are not listed themselves.
    pub leads: Vec<String>,
}

/// All names that can be meant, made comparable once: of thousands of forms each may ask.
#[derive(Debug, Clone)]
pub(super) struct Known {
    names: Vec<(String, Near)>,
    common: Common,
}

impl Known {
    pub(super) fn of(roster: &Roster) -> Self {
        let names = known(roster);
        let common = Common::of(names.iter().map(|(name, _)| name.as_str()));
        Self { names, common }
    }

    /// Those nearest to `name`.
    pub(super) fn nearest(&self, name: &str) -> Nearest {
        let mut nearest = Nearest::default();
        for one in near(self, name) {
            match one.society {
                Some(society) => nearest.societies.push(society),
                None => nearest.leads.push(one.name),
            }
        }
        nearest
    }
}

/// A name that comes near.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Near {
    name: String,
    /// None for the lead of a group that is not listed itself.
    society: Option<SocietyId>,
}

/// The names nearest to `name`, best first.
fn near(known: &Known, name: &str) -> Vec<Near> {
    /// In thousandths: half of the characters may differ, no more.
    const NEAR: usize = 500;
    /// How much farther than the best a suggestion may be.
    const MARGIN: usize = 100;
    /// More than this many suggestions help nobody.
    const MOST: usize = 3;
    let folded = fold(name);
    let Known {
        names: known,
        common,
    } = known;
    let core = common.core(&folded);
    // A name within another, or short for it. What would fit many says nothing.
    let fits = |known: &str| {
        known.chars().nth(1).is_some() && folded.contains(known)
            || folded.chars().nth(1).is_some() && known.contains(folded.as_str())
            || near::is_short_for(&folded, known)
    };
    let fitting: Vec<bool> = known.iter().map(|(known, _)| fits(known)).collect();
    let fit_few = fitting.iter().filter(|fits| **fits).count() <= MOST;
    let is_like = |known: &str| {
        let other = common.core(known);
        let is_within =
            |inner: &str, outer: &str| inner.chars().nth(1).is_some() && outer.contains(inner);
        near::distance(&folded, known) <= 1
            || near::likeness(core, other) >= NEAR
            || is_within(core, other)
            || is_within(other, core)
    };
    let mut found: Vec<(usize, Near)> = known
        .iter()
        .zip(fitting)
        .filter_map(|((known, one), fits)| {
            let likeness = if fits && fit_few {
                1000
            } else {
                near::likeness(&folded, known)
            };
            let is_near = likeness >= NEAR && (likeness == 1000 || is_like(known));
            is_near.then(|| (likeness, one.clone()))
        })
        .collect();
    found.sort_by(|(one, left), (other, right)| {
        (Reverse(one), &right.name, right.society).cmp(&(Reverse(other), &left.name, left.society))
    });
    // What is much farther than the best is no help.
    let best = found.first().map_or(0, |(likeness, _)| *likeness);
    found.retain(|(likeness, _)| *likeness + MARGIN >= best);
    found.truncate(MOST);
    found.into_iter().map(|(_, one)| one).collect()
}

/// The nearest as they are added to what is said of a name, with `what` the leads among
/// them are; nothing where there are none.
#[must_use]
pub fn said(societies: &[impl AsRef<str>], leads: &[String], what: &str) -> String {
    let quoted = |names: Vec<&str>| format!("“{}”", names.join("”“"));
    let mut said = Vec::new();
    if !societies.is_empty() {
        said.push(quoted(societies.iter().map(AsRef::as_ref).collect()));
    }
    if !leads.is_empty() {
        let leads = quoted(leads.iter().map(String::as_str).collect());
        said.push(format!("{leads}（{what}）"));
    }
    if said.is_empty() {
        return String::new();
    }
    format!("，最接近{}", said.join("和"))
}

/// The names that can be meant, folded: those listed, and the leads that are not.
fn known(roster: &Roster) -> Vec<(String, Near)> {
    let societies = roster.societies.entries().map(|(index, society)| {
        let near = Near {
            name: society.name.clone(),
            society: Some(index),
        };
        (fold(&society.name), near)
    });
    let leads: BTreeMap<String, Near> = roster
        .groups
        .iter()
        .map(|group| roster.bare_unit(&group.lead))
        .filter(|lead| !lead.is_empty() && roster.society_named(lead).is_none())
        .map(|name| {
            let near = Near {
                name: name.clone(),
                society: None,
            };
            (fold(&name), near)
        })
        .collect();
    societies.chain(leads).collect()
}

/// What many names begin and end with.
#[derive(Debug, Clone, Default)]
struct Common {
    begins: BTreeSet<String>,
    ends: BTreeSet<String>,
}

impl Common {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        /// Fewer have something in common by chance; of many names, one in so many.
        const FEWEST: usize = 3;
        const ONE_IN: usize = 10;
        let (mut begins, mut ends) = (BTreeMap::<&str, usize>::new(), BTreeMap::new());
        let mut count = 0;
        for name in names {
            count += 1;
            for (at, _) in name.char_indices().skip(1) {
                let (begin, end) = name.split_at(at);
                *begins.entry(begin).or_default() += 1;
                *ends.entry(end).or_default() += 1;
            }
        }
        let most = FEWEST.max(count / ONE_IN);
        let often = |parts: BTreeMap<&str, usize>| {
            let parts = parts.into_iter().filter(|(_, count)| *count >= most);
            parts.map(|(part, _)| part.to_owned()).collect()
        };
        Self {
            begins: often(begins),
            ends: often(ends),
        }
    }

    /// What is left of a name; something always is.
    fn core<'m>(&self, name: &'m str) -> &'m str {
        let places = |text: &'m str| text.char_indices().skip(1).map(|(at, _)| at);
        let begin = places(name).filter(|at| self.begins.contains(&name[..*at]));
        let rest = &name[begin.last().unwrap_or(0)..];
        let mut ends = places(rest).filter(|at| self.ends.contains(&rest[*at..]));
        ends.next().map_or(rest, |at| &rest[..at])
    }
}

#[cfg(test)]
mod tests {
    use crate::ground::Ground;

    #[test]
    fn leads_are_meant_too_and_what_all_share_makes_nothing_near() {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let roster = &ground.roster;
        let hint = |name: &str| roster.hint(name);
        let lead = |name: &str| format!("，最接近“{name}”（牵头联系单位，不在参评名单中）");
        assert_eq!(hint("中国农机学会"), lead("中国农业机械学会"));
        assert_eq!(hint("中国图书馆协会"), lead("中国图书馆学会"));
        // Near misses: a slip in a listed name, and a name of nobody's.
        assert_eq!(hint("中国地址学会"), "，最接近“中国地质学会”");
        assert_eq!(hint("北京茶叶学会"), "，最接近“中国茶叶学会”");
        assert_eq!(hint("中国摄影家协会"), "");
    }
}
