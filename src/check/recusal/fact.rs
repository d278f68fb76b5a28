//! What is found about whether a reviewer may score a society, and what the clerk and the sender are told.

use serde::Serialize;

use super::{BRANCH, BY_NAME, NEAR, Question, RECUSED, UNCLEAR};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Bearing, Code, Doubt, Fact, Reader};
use crate::form::{Field, Spot};
use crate::ground::Ground;
use crate::model::SocietyId;
use crate::register::Treatment;
use crate::scheme::Basis;

/// Why a reviewer must stand aside, or may have to.
#[derive(Debug, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub(super) enum Recusal {
    /// The unit is the society itself, or an organ of it.
    Own {
        unit: String,
        #[serde(skip)]
        society: SocietyId,
    },
    /// The list of reviewers says so.
    Declared {
        #[serde(skip)]
        reviewer: String,
        unit: String,
        #[serde(skip)]
        society: SocietyId,
    },
    /// The reviewer says so.
    Ticked { written: String },
    /// The unit is a branch of the society, or an office in it.
    Branch {
        unit: String,
        #[serde(skip)]
        society: SocietyId,
    },
    /// The unit bears the society's name.
    Near {
        unit: String,
        #[serde(skip)]
        society: SocietyId,
    },
    /// Of whom the list says so is another of this name.
    Namesake {
        #[serde(skip)]
        reviewer: String,
        unit: String,
        #[serde(skip)]
        society: SocietyId,
    },
    /// What was answered is no answer.
    Unclear { written: String },
}

impl Recusal {
    /// What it asks, where it is not plain.
    const fn question(&self) -> Option<Question> {
        match self {
            Self::Own { .. } | Self::Declared { .. } | Self::Ticked { .. } => None,
            Self::Branch { .. } => Some(Question::Branch),
            Self::Near { .. } => Some(Question::Near),
            Self::Namesake { .. } => Some(Question::Namesake),
            Self::Unclear { .. } => Some(Question::Unclear),
        }
    }
}

impl Fact for Recusal {
    fn code(&self) -> &'static Code {
        match self {
            Self::Own { .. } | Self::Declared { .. } | Self::Ticked { .. } => &RECUSED,
            Self::Branch { .. } => &BRANCH,
            Self::Near { .. } => &NEAR,
            Self::Namesake { .. } => &BY_NAME,
            Self::Unclear { .. } => &UNCLEAR,
        }
    }

    fn tells_people(&self) -> bool {
        true
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let basis = Basis::cite(to.ground.scheme.basis.recusal.as_deref());
        match self {
            Self::Own { unit, society } => format!(
                "评价人单位{}就是被评的“{}”，应当回避{basis}",
                quote(unit),
                to.society(*society)
            ),
            Self::Declared {
                reviewer, society, ..
            } => format!(
                "评价人名单注明{}须回避“{}”，应当回避{basis}",
                quote(reviewer),
                to.society(*society)
            ),
            Self::Ticked { written } => {
                format!("有无应回避情形填{}，应当回避{basis}", quote(written))
            }
            Self::Branch { unit, society } => format!(
                "评价人单位{}像是被评的“{}”的分支机构或任职",
                quote(unit),
                to.society(*society)
            ),
            Self::Near { unit, society } => format!(
                "评价人单位{}与被评的“{}”名称相近，是否应当回避",
                quote(unit),
                to.society(*society)
            ),
            Self::Namesake {
                reviewer,
                unit,
                society,
            } => format!(
                "评价人{}（{}）与评价人名单中须回避“{}”的人同名，单位不同",
                quote(reviewer),
                unit.clone(),
                to.society(*society)
            ),
            Self::Unclear { written } => {
                format!("有无应回避情形填{}，应填“无”或“有”", quote(written))
            }
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Own { unit, .. }
            | Self::Declared { unit, .. }
            | Self::Branch { unit, .. }
            | Self::Near { unit, .. } => unit.clone(),
            Self::Namesake { reviewer, .. } => reviewer.clone(),
            Self::Ticked { written } | Self::Unclear { written } => written.clone(),
        }
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Ticked { .. } => "无",
            Self::Unclear { .. } => "无、有",
            _ => "",
        }
        .to_owned()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(match self {
            Self::Own { .. } | Self::Declared { .. } | Self::Branch { .. } | Self::Near { .. } => {
                Field::Unit
            }
            Self::Namesake { .. } => Field::Reviewer,
            Self::Ticked { .. } | Self::Unclear { .. } => Field::Recusal,
        })]
    }

    /// Who must stand aside has nothing to put right; whose name or unit is only like another's, the clerk looks up.
    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        match self {
            Self::Branch { unit, .. } => Some(
                Advice::new(to.words("单位像是被评学会的分支机构，或您在该学会任职。请在回信中说明是否应当回避；单位填错了的请改正。"))
                    .found(shown(unit)),
            ),
            Self::Unclear { written } => Some(
                Advice::new("看不明白。请从列表里选“无”或“有”。")
                    .found(shown(written))
                    .allowed("无、有"),
            ),
            Self::Own { .. }
            | Self::Declared { .. }
            | Self::Ticked { .. }
            | Self::Near { .. }
            | Self::Namesake { .. } => None,
        }
    }

    fn treatments(&self) -> &'static [Treatment] {
        self.question().map_or(&[], Question::answers)
    }

    fn doubt(&self) -> Option<Doubt> {
        matches!(self, Self::Near { .. }).then_some(Doubt::Unit)
    }

    fn bearing(&self) -> Bearing {
        match self.question() {
            None => Bearing::Recuses,
            Some(_) => Bearing::Plain,
        }
    }
}
