//! The class of objects whose lines a form carries: classes number their lines each for itself.

use super::folded::Folded;
use super::locate::{self, Region};
use super::read::behind_label;
use crate::roster::Roster;
use crate::scheme::Scheme;

/// Whose class a form is read as: the one of the society that its id names, else its own field; else the first.
pub(super) fn of(
    page: &Folded<'_>,
    scheme: &Scheme,
    roster: &Roster,
    region: &Region,
) -> Option<usize> {
    if scheme.classes.is_empty() {
        return None;
    }
    let listed = |name: &str| {
        let society = roster.society_named(name)?;
        roster.societies[society].class
    };
    let label = &page.words.society;
    let by_field = || {
        let (_, value) = locate::value_of(page, region, None, label)?;
        listed(&behind_label(value?.written(), label))
    };
    let by_id = region.id.as_ref().and_then(|id| listed(&id.value.society));
    by_id.or_else(by_field).or(Some(0))
}
