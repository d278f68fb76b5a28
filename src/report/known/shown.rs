//! Which group a finding is shown to: by the form it was found in; of what holds no form, by its society. And to which
//! groups a file. Found out once, for groups, findings and files may all be thousands.

use std::collections::{BTreeMap, BTreeSet};

use super::way::{key, sheet_key};
use super::{Known, Owner};
use crate::finding::Finding;
use crate::model::GroupId;
use crate::settle::ReceivedFile;

/// The files (indices) of each group: those with a form of the group, those that it is shown a finding of, and the scans
/// of its signed forms. A file may be several groups'.
pub(super) fn files(known: &Known<'_>) -> BTreeMap<GroupId, BTreeSet<usize>> {
    let mut groups: BTreeMap<GroupId, BTreeSet<usize>> = BTreeMap::new();
    for (index, file) in known.standings.files.iter().enumerate() {
        for group in holds(known, file) {
            groups.entry(group).or_default().insert(index);
        }
    }
    for (group, findings) in &known.findings {
        let own = groups.entry(*group).or_default();
        let findings = findings.iter();
        for finding in findings.filter_map(|finding| known.standings.findings.get(*finding)) {
            let place = &finding.place;
            own.extend(known.received.indices(&place.file, &place.within));
        }
    }
    groups
}

/// The groups that something in a file is surely of.
fn holds(known: &Known<'_>, file: &ReceivedFile) -> impl Iterator<Item = GroupId> {
    let societies = &known.standings.ground.roster.societies;
    let scan = file.scan_of.map(|one| societies[one].group);
    let forms = file.forms.iter().map(|form| known.ownership.form(*form));
    let own = file.assessments.iter();
    let own = own.map(|own| known.ownership.assessment(*own));
    scan.into_iter()
        .chain(forms.chain(own).filter_map(Owner::group))
}

/// The findings (indices) of each group.
pub(super) fn findings(known: &Known<'_>) -> BTreeMap<GroupId, Vec<usize>> {
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
