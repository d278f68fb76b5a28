//! 推荐页: what each group recommends of its own, on pages of the 审议表.

use std::collections::BTreeMap;

use super::{Award, Level};
use crate::ground::Ground;
use crate::intake::Sheet;
use crate::model::SocietyId;
use crate::report::kit::words::subject_head;
use crate::roster::list::{Faults, List};

/// What the groups recommend, by society.
pub(super) fn recommended(
    ground: &Ground,
    sheets: &[Sheet],
    faults: &mut Faults,
) -> BTreeMap<SocietyId, Award> {
    let mut recommended = BTreeMap::new();
    let level = Level::of(&ground.scheme);
    let Some(heads) = level.heads() else {
        return recommended;
    };
    let head = subject_head(&ground.scheme);
    let known = [head.as_str(), heads.of_group];
    for sheet in sheets {
        let one = std::slice::from_ref(sheet);
        // Sheets of other kinds have no such headings.
        let said = &str::to_owned;
        let Some(list) = List::find_said(one, &known, 2, said, &mut Faults::new()) else {
            continue;
        };
        let mut unsure = Faults::new();
        for row in list.touched() {
            list.unsure(row, &mut unsure);
        }
        faults.extend(unsure.iter().map(|fault| list.placed(fault)));
        for row in list.rows() {
            let written = list.text(row, heads.of_group);
            let Some(society) = ground.society_named(&list.text(row, &head)) else {
                continue;
            };
            match Award::read(&ground.scheme, &written) {
                Some(award) => {
                    recommended.insert(society, award);
                }
                None if written.is_empty() => {}
                None => {
                    let allowed = level.allowed(&ground.scheme);
                    let message = format!("{}填的是“{written}”，只能填{allowed}", heads.of_group);
                    let mut own = Faults::new();
                    list.fault(&mut own, row, heads.of_group, &message);
                    faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
                }
            }
        }
    }
    recommended
}
