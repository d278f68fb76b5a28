//! 推荐页: what each group recommends of its own, on pages of the 审议表.

use std::collections::BTreeMap;

use super::{Award, Level, column};
use crate::ground::Ground;
use crate::intake::Sheet;
use crate::model::SocietyId;
use crate::report::kit::words::subject_head;
use crate::roster::list::{Faults, List};

/// What a group recommends of one of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Recommendation {
    pub(super) award: Option<Award>,
    /// Why (推荐理由); empty where it says nothing.
    pub(super) reason: String,
}

impl Recommendation {
    /// The same, held to what was copied into a row of the 审议表: a copy must be true, and stands for what is missing.
    pub(super) fn held(
        self,
        ground: &Ground,
        list: &List<'_>,
        row: u32,
        faults: &mut Faults,
    ) -> Self {
        let Some(heads) = Level::of(&ground.scheme).heads() else {
            return self;
        };
        let copied = list.text(row, heads.recommended);
        let given = Award::read(&ground.scheme, &copied);
        let differs = self.award.is_some() && given != self.award;
        if !copied.is_empty() && (given.is_none() || differs) {
            let said = self.award.as_ref();
            let said = said.map_or_else(|| "没有填".to_owned(), Award::say);
            let message = format!(
                "{}填的是“{copied}”，本组推荐页上是{said}",
                heads.recommended
            );
            list.fault(faults, row, heads.recommended, &message);
        }
        Self {
            award: self.award.or(given),
            ..self
        }
    }
}

/// What the groups recommend, by society.
pub(super) fn recommended(
    ground: &Ground,
    sheets: &[Sheet],
    faults: &mut Faults,
) -> BTreeMap<SocietyId, Recommendation> {
    let mut recommended = BTreeMap::new();
    let level = Level::of(&ground.scheme);
    let Some(heads) = level.heads() else {
        return recommended;
    };
    let head = subject_head(&ground.scheme);
    let known = [head.as_str(), heads.of_group, column::GROUP_REASON];
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
            let award = Award::read(&ground.scheme, &written);
            if award.is_none() && !written.is_empty() {
                let allowed = level.allowed(&ground.scheme);
                let message = format!("{}填的是“{written}”，只能填{allowed}", heads.of_group);
                let mut own = Faults::new();
                list.fault(&mut own, row, heads.of_group, &message);
                faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
            }
            let reason = list.text(row, column::GROUP_REASON);
            if award.is_some() || !reason.is_empty() {
                recommended.insert(society, Recommendation { award, reason });
            }
        }
    }
    recommended
}
