//! Which group a finding is shown to: by the form it was found in; of what holds no form, by its society. Found out
//! once, for groups and findings may both be thousands.

use std::collections::BTreeMap;

use super::way::{key, sheet_key};
use super::{Known, Owner};
use crate::finding::Finding;
use crate::model::GroupId;

/// The findings (indices) of each group.
pub(super) fn by_group(known: &Known<'_>) -> BTreeMap<GroupId, Vec<usize>> {
    let mut groups: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
    for (index, finding) in known.standings.findings.iter().enumerate() {
        if let Some(group) = group(known, finding) {
            groups.entry(group).or_default().push(index);
        }
    }
    groups
}

fn group(known: &Known<'_>, finding: &Finding) -> Option<GroupId> {
    let place = &finding.place;
    let roster = &known.standings.ground.roster;
    let society = finding.society.as_deref();
    let society = society.and_then(|society| roster.society_named(society));
    let own = society.map(|society| roster.societies[society].group);
    if place.file.is_empty() {
        return own;
    }
    let of_form = |group: Option<GroupId>| {
        let group = group?;
        own.is_none_or(|own| own == group).then_some(group)
    };
    if let Some(form) = finding.form {
        return of_form(known.group(form));
    }
    if let Some(sheet) = known.sheets.get(&sheet_key(place)) {
        return of_form(sheet.owner.group());
    }
    // Of a file with forms as a whole: only where all of them are the group's.
    if known.has_forms(place) {
        let node = known.nodes.get(&key(&place.file, &place.within));
        return node.map_or(Owner::default(), |node| node.owner).group();
    }
    own
}
