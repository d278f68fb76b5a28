//! What is found about who scored, and what the clerk and the sender are told.

use serde::Serialize;

use super::{
    CANDIDATE, MEMBERSHIP_MISSING, NOT_A_MEMBER, OTHER_GROUP, REVIEWER_MISSING, UNATTACHED,
    UNIT_MISSING, UNIT_UNKNOWN, UNLISTED,
};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Code, Fact, Named, Reader};
use crate::form::{Field, Spot};
use crate::ground::Ground;
use crate::roster::nearest;
use crate::scheme::Basis;

/// What is not right about who scored.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Reviewer {
    NameMissing {},
    /// Empty, or it names nobody.
    UnitMissing {
        unit: String,
    },
    MembershipMissing {
        written: String,
    },
    NotAMember {
        written: String,
        /// The list says so, against the form.
        by_list: bool,
    },
    Candidate {
        written: String,
    },
    OtherGroup {
        #[serde(skip)]
        reviewer: String,
        /// The group that the list has this person in.
        listed: String,
        own: String,
    },
    Unattached {
        unit: String,
    },
    Unlisted {
        #[serde(skip)]
        reviewer: String,
        unit: String,
        /// Whom of the own group the name is near to: name and unit.
        nearest: Vec<(String, String)>,
    },
    UnitUnknown {
        unit: String,
        /// The societies that it is near to.
        nearest: Vec<Named>,
        /// Leads of groups that it is as near to and that are not listed.
        #[serde(skip)]
        leads: Vec<String>,
    },
}

impl Reviewer {
    /// The field of the form it is about.
    pub(super) const fn field(&self) -> Field {
        match self {
            Self::NameMissing {} | Self::OtherGroup { .. } | Self::Unlisted { .. } => {
                Field::Reviewer
            }
            Self::UnitMissing { .. } | Self::Unattached { .. } | Self::UnitUnknown { .. } => {
                Field::Unit
            }
            Self::MembershipMissing { .. } | Self::NotAMember { .. } | Self::Candidate { .. } => {
                Field::Member
            }
        }
    }

    /// What stands in that field.
    fn written(&self) -> &str {
        match self {
            Self::NameMissing {} => "",
            Self::OtherGroup { reviewer, .. } | Self::Unlisted { reviewer, .. } => reviewer,
            Self::UnitMissing { unit }
            | Self::Unattached { unit }
            | Self::UnitUnknown { unit, .. } => unit,
            Self::MembershipMissing { written }
            | Self::NotAMember { written, .. }
            | Self::Candidate { written } => written,
        }
    }
}

impl Fact for Reviewer {
    fn code(&self) -> &'static Code {
        match self {
            Self::NameMissing {} => &REVIEWER_MISSING,
            Self::UnitMissing { .. } => &UNIT_MISSING,
            Self::MembershipMissing { .. } => &MEMBERSHIP_MISSING,
            Self::NotAMember { .. } => &NOT_A_MEMBER,
            Self::Candidate { .. } => &CANDIDATE,
            Self::OtherGroup { .. } => &OTHER_GROUP,
            Self::Unattached { .. } => &UNATTACHED,
            Self::Unlisted { .. } => &UNLISTED,
            Self::UnitUnknown { .. } => &UNIT_UNKNOWN,
        }
    }

    fn tells_people(&self) -> bool {
        true
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let basis = || Basis::cite(to.ground.scheme.basis.membership.as_deref());
        let written = quote(self.written());
        match self {
            Self::NameMissing {} => REVIEWER_MISSING.states.to_owned(),
            Self::UnitMissing { unit } if unit.is_empty() => UNIT_MISSING.states.to_owned(),
            Self::UnitMissing { .. } => {
                format!("评价人单位填{written}，看不出是哪个单位，无法判断是否应回避")
            }
            Self::MembershipMissing { written } if written.is_empty() => {
                MEMBERSHIP_MISSING.states.to_owned()
            }
            Self::MembershipMissing { .. } => {
                format!("是否中共党员填{written}，应填“是”或“否”")
            }
            Self::NotAMember { by_list: false, .. } => {
                format!("{}{}", NOT_A_MEMBER.states, basis())
            }
            Self::NotAMember { by_list: true, .. } => {
                format!("表上填的是中共党员，评价人名单中却不是{}", basis())
            }
            Self::Candidate { .. } => format!("是否中共党员填{written}"),
            Self::OtherGroup { listed, own, .. } => {
                format!("评价人{written}在评价人名单中属于{listed}，不是{own}")
            }
            Self::Unattached { .. } => {
                format!("评价人单位填{written}，无法核对是否应当回避")
            }
            Self::Unlisted { unit, .. } => {
                format!("评价人{written}（{}）不在评价人名单中", unit.clone())
            }
            Self::UnitUnknown { nearest, leads, .. } => {
                let hint = nearest::said(&to.known(nearest), leads, nearest::LEAD);
                format!("评价人单位{written}不在名单和成员单位中{hint}")
            }
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.written().to_owned()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        let allowed = if self.field() == Field::Member {
            "是"
        } else {
            ""
        };
        allowed.to_owned()
    }

    fn next(&self, to: &Reader<'_>) -> String {
        let Self::Unlisted {
            reviewer,
            unit,
            nearest,
        } = self
        else {
            return to.words(self.code().next);
        };
        // Whose name is near is the group's own matter.
        let near: Vec<String> = nearest
            .iter()
            .map(|(name, unit)| format!("{name}（{unit}）"))
            .collect();
        let hint = if near.is_empty() {
            String::new()
        } else {
            format!(
                "；名单中最接近的是{}，如系同一人，请统一写法",
                near.join("、")
            )
        };
        format!(
            "请核实身份，确属评价人的请在“评价人名单”加一行：姓名{}、单位{}{hint}",
            quote(reviewer),
            quote(unit)
        )
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(self.field())]
    }

    /// What the clerk has to look up, the sender is not asked.
    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let advice = match self {
            Self::NameMissing {} => Advice::new("请填评价人姓名。"),
            Self::UnitMissing { .. } => {
                Advice::new("请填评价人单位全称，以便判断是否应当回避。")
            }
            Self::MembershipMissing { .. } => {
                Advice::new("请从列表里选“是”或“否”。").allowed("是、否")
            }
            Self::NotAMember { .. } => Advice::new(format!(
                "评价人须是中共党员{}。填错了的请改正；名单登记有误的请在回信中说明；确不是党员的，请另请党员评价，并改填其姓名、单位。",
                Basis::cite(to.ground.scheme.basis.membership.as_deref())
            ))
            .allowed(self.allowed(to)),
            Self::Unlisted { .. } => Advice::new(
                "评价人名单里没有这一位（按姓名和单位对照）。请核对姓名、单位是否写对；确是评价人的，请在回信中说明，以便补入名单。",
            ),
            Self::Unattached { .. } => {
                Advice::new("请写明现在或退休前的单位全称，以便判断是否应当回避。")
            }
            Self::Candidate { .. } | Self::OtherGroup { .. } | Self::UnitUnknown { .. } => {
                return None;
            }
        };
        Some(match shown(self.written()) {
            found if found.is_empty() => advice.left_out("没有填"),
            found => advice.found(found),
        })
    }
}
