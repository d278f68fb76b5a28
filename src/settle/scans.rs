//! 签字件: which forms a scanned signature goes with.
//!
//! A scan is matched to its society by its name; where the name bears a reviewer too, to that reviewer's forms alone.
//! What is in the picture is not read.

use std::collections::BTreeMap;

use crate::check::{FormState, ReceivedFile, SettledForm};
use crate::model::{FormKey, Keyed, SocietyId, fold};

/// Notes with every form the scans that go with it.
pub(super) fn match_up(forms: &mut Keyed<FormKey, SettledForm>, files: &[ReceivedFile]) {
    let mut of_society: BTreeMap<SocietyId, Vec<FormKey>> = BTreeMap::new();
    for (index, form) in forms.entries() {
        if let Some(society) = form.society.filter(|_| form.state != FormState::Blank) {
            of_society.entry(society).or_default().push(index);
        }
    }
    for (scan, file) in files.iter().enumerate() {
        let Some(society) = file.scan_of else {
            continue;
        };
        let name = fold(file.name());
        let own = of_society.get(&society).map_or(&[][..], Vec::as_slice);
        let bears = |form: &&FormKey| {
            let reviewer = fold(&forms[**form].reviewer);
            !reviewer.is_empty() && name.contains(&reviewer)
        };
        let named: Vec<FormKey> = own.iter().filter(bears).copied().collect();
        let meant = if named.is_empty() {
            own.to_vec()
        } else {
            named
        };
        for form in meant {
            forms[form].scans.push(scan);
        }
    }
}
