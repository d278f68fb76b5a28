//! 名单: who is evaluated, in which group, and who reviews.
//!
//! A [`Roster`] exists only when its lists are without fault. Knows nothing of forms or findings.

mod among;
mod columns;
mod cover;
pub(crate) mod list;
mod names;
pub mod nearest;
mod people;
mod read;
mod units;

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{GroupId, Keyed, Located, ReviewerId, SocietyId, fold, numerals};
pub use columns::{ReviewerColumn, SocietyColumn};
pub use cover::Cover;
pub use read::read;
pub use units::Bond;

/// The lists of one year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Roster {
    /// In the order of their numbers.
    pub groups: Keyed<GroupId, ReviewGroup>,
    /// In the order of the list.
    pub societies: Keyed<SocietyId, Society>,
    /// In the order of the list; empty where no list of reviewers is kept.
    pub reviewers: Keyed<ReviewerId, Reviewer>,
    /// Every conflict of the reviewers as written, with its cell in the list.
    #[serde(skip)]
    pub written_conflicts: Vec<WrittenConflict>,
    /// Who belongs to the evaluated does not score it; not where the scheme has no recusal.
    #[serde(skip)]
    recuses: bool,
    /// Units of the scheme that may send reviewers.
    #[serde(skip)]
    known_units: Vec<String>,
    /// Several names of one such unit.
    #[serde(skip)]
    one_units: Vec<Vec<String>>,
    /// Organs of a society, stripped from the names of units before comparing.
    #[serde(skip)]
    organs: Vec<String>,
    /// Made of all the above when first asked for.
    #[serde(skip)]
    names: OnceLock<Arc<names::Names>>,
}

/// 对口分组 (附件3). Where a scheme has no groups there is one, of all.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewGroup {
    pub number: u32,
    /// 牵头联系单位.
    pub lead: String,
}

impl ReviewGroup {
    /// The one group of a scheme without groups.
    const ALL: u32 = 0;

    /// Whether it stands for all, where there are no groups.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.number == Self::ALL
    }

    /// `第1组`.
    #[must_use]
    pub fn label(&self) -> String {
        if self.is_all() {
            return "全部".to_owned();
        }
        format!("第{}组", self.number)
    }
}

/// The number of a group as people write it: `第1组`, `第一组`, `1组` and `1` are one.
#[must_use]
pub fn group_number(text: &str) -> Option<u32> {
    let folded = fold(text);
    let bare = folded.strip_prefix('第').unwrap_or(&folded);
    let bare = bare.strip_suffix('组').unwrap_or(bare);
    bare.parse().ok().or_else(|| numerals::read(bare))
}

/// 学会.
#[derive(Debug, Clone, Serialize)]
pub struct Society {
    pub name: String,
    pub aliases: Vec<String>,
    /// Further names that the clerk's register gives it.
    #[serde(skip)]
    pub ruled_aliases: Vec<String>,
    /// Its row in the list, as Excel counts.
    #[serde(skip)]
    pub row: u32,
    pub group: GroupId,
    /// Its class (an index into the scheme's), where objects have classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<usize>,
    /// Which vetoes the list says apply (indices into the scheme's); none where the list says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vetoes: Option<Vec<usize>>,
    /// 原则上必须参评 (办法2.2).
    pub must_take_part: bool,
    /// What its eligibility is judged by.
    pub facts: Facts,
    /// 不予受理 (办法7.2), with the reason.
    pub ineligible: Option<String>,
    /// 不参评: the clerk's register says that it does not take part.
    #[serde(skip)]
    pub is_withdrawn: bool,
}

impl Society {
    /// Whether forms are due for it: it is accepted and takes part.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.ineligible.is_none() && !self.is_withdrawn
    }

    /// Every other name it is known by, listed or ruled.
    pub fn aliases(&self) -> impl Iterator<Item = &String> {
        self.aliases.iter().chain(&self.ruled_aliases)
    }
}

/// 评价人, as listed.
#[derive(Debug, Clone, Serialize)]
pub struct Reviewer {
    pub name: String,
    pub unit: String,
    /// Without one the person is due nothing.
    pub group: Option<GroupId>,
    /// The person's class (an index into the scheme's), where reviewers have classes and the list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<usize>,
    /// 是否中共党员, where the list says.
    pub member: Option<bool>,
    /// Societies that the person does not score.
    pub conflicts: Vec<SocietyId>,
    /// Conflicts that name no listed society, as written.
    pub unknown_conflicts: Vec<String>,
    /// Where letters go; empty where the list does not say. In no output but the letters.
    #[serde(skip)]
    pub email: String,
}

/// 应回避的学会, as a list of reviewers has it.
#[derive(Debug, Clone)]
pub struct WrittenConflict {
    pub reviewer: ReviewerId,
    pub name: Located<String>,
    /// None where the name is not listed.
    pub society: Option<SocietyId>,
}

/// Facts about a society that decide whether it is accepted (办法7.2), as listed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facts {
    /// 上年度年检结论: empty, 合格, 基本合格, 不合格.
    pub inspection: String,
    /// 通报批评: empty, 无, 未整改, 已整改.
    pub criticism: String,
    /// 停业整顿: likewise.
    pub suspension: String,
    /// 处罚期至, inclusive.
    pub penalty_until: Option<Date>,
}

impl Roster {
    #[must_use]
    pub fn group_of(&self, society: &Society) -> &ReviewGroup {
        &self.groups[society.group]
    }

    /// From here on the society does not take part.
    pub fn withdraw(&mut self, society: SocietyId) {
        self.societies[society].is_withdrawn = true;
    }

    /// The group of a society, where it is known.
    #[must_use]
    pub fn group_at(&self, society: Option<SocietyId>) -> Option<GroupId> {
        society.map(|society| self.societies[society].group)
    }

    /// The societies of one group, with their ids, in roster order.
    pub fn societies_of(&self, group: GroupId) -> impl Iterator<Item = (SocietyId, &Society)> {
        self.societies
            .entries()
            .filter(move |(_, society)| society.group == group)
    }

    /// The societies of every group, in roster order: for whoever goes through all groups, of which there may be
    /// thousands.
    #[must_use]
    pub fn members(&self) -> Keyed<GroupId, Vec<SocietyId>> {
        let mut members = Keyed::of(Vec::new(), self.groups.len());
        for (society, one) in self.societies.entries() {
            members[one.group].push(society);
        }
        members
    }

    /// The listed reviewers who owe a form for this society: those of its group who are members and need not recuse.
    /// None is owed for a society that is not accepted.
    pub fn due(&self, society: SocietyId) -> impl Iterator<Item = (ReviewerId, &Reviewer)> {
        let one = &self.societies[society];
        self.reviewers_of(one.group).filter(move |(_, reviewer)| {
            one.is_due() && reviewer.member != Some(false) && !self.must_recuse(reviewer, society)
        })
    }

    /// Whether the list itself makes this person recuse: own unit, or declared (办法7.4).
    #[must_use]
    pub fn must_recuse(&self, reviewer: &Reviewer, society: SocietyId) -> bool {
        self.recuses
            && (reviewer.conflicts.contains(&society) || self.same_unit(&reviewer.unit, society))
    }
}
