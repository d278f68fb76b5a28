//! 推荐页: what each group recommends of its own, on pages of the 审议表.

use std::collections::BTreeMap;

use super::level::Heads;
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
    let mut places: BTreeMap<SocietyId, String> = BTreeMap::new();
    for sheet in sheets {
        let Some(list) = page(heads, &head, sheet, faults) else {
            continue;
        };
        let mut own = Faults::new();
        list.hidden(&[&head, heads.of_group, column::GROUP_REASON], &mut own);
        for row in list.touched() {
            list.unsure(row, &mut own);
        }
        let mut group = None;
        for row in list.rows() {
            let written = list.text(row, heads.of_group);
            let reason = list.text(row, column::GROUP_REASON);
            let name = list.text(row, &head);
            let society = ground.society_named(&name);
            let award = Award::read(&ground.scheme, &written);
            if award.is_none() && !written.is_empty() {
                let allowed = level.allowed(&ground.scheme);
                let message = format!("{}填的是“{written}”，只能填{allowed}", heads.of_group);
                list.fault(&mut own, row, heads.of_group, &message);
            }
            let says = award.is_some() || !reason.is_empty();
            let Some(society) = society else {
                if says {
                    let object = ground.scheme.object();
                    let near = ground.roster.hint(&name);
                    let message = format!(
                        "填了推荐，名单中却没有“{name}”这个{object}{near}，请写名单中的全称"
                    );
                    list.fault(&mut own, row, &head, &message);
                }
                continue;
            };
            // A page is of the group of its first society: it recommends its own and no others.
            let of = ground.roster.societies[society].group;
            if *group.get_or_insert(of) != of {
                let message = format!(
                    "“{name}”不是本组的，推荐页只列本组的{}",
                    ground.scheme.object()
                );
                list.fault(&mut own, row, &head, &message);
                continue;
            }
            if !says {
                continue;
            }
            let now = Recommendation { award, reason };
            let place = list.cell(row, heads.of_group).map(|cell| cell.to_string());
            let place = format!("{}!{}", list.sheet_name(), place.unwrap_or_default());
            match recommended.get(&society) {
                Some(before) if *before != now => {
                    let other = places.get(&society).map_or("", String::as_str);
                    let message =
                        format!("“{name}”的推荐与{other}的不同，不知以哪个为准；只能留一个");
                    list.fault(&mut own, row, heads.of_group, &message);
                }
                _ => {
                    places.insert(society, place);
                    recommended.insert(society, now);
                }
            }
        }
        faults.extend(own.iter().map(|fault| list.placed(fault)));
    }
    recommended
}

/// The list of a page, if a sheet is one. One that lacks the heading above the recommendations is still a page: what
/// stands there would be passed over.
fn page<'s>(
    heads: Heads,
    head: &'s str,
    sheet: &'s Sheet,
    faults: &mut Faults,
) -> Option<List<'s>> {
    let one = std::slice::from_ref(sheet);
    let said = &str::to_owned;
    let known = [head, heads.of_group, column::GROUP_REASON];
    let mut own = Faults::new();
    if let Some(list) = List::find_said(one, &known, 2, said, &mut own) {
        faults.extend(own.iter().map(|fault| list.placed(fault)));
        return Some(list);
    }
    let printed = [head, heads.computed, heads.decided];
    let list = List::find_said(one, &printed, 2, said, &mut Faults::new())?;
    let is_table = list
        .below()
        .any(|row| list.cell(row, heads.decided).is_some());
    if !is_table {
        faults.push(list.placed(&format!(
            "找不到表头“{}”，推荐页的表头不能改；不是推荐页的请删去整张",
            heads.of_group
        )));
    }
    None
}
