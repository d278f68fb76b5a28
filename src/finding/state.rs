//! What became of a form, and how that is said: once, of the form, from the state it ended in. No rule says it.

use serde::{Deserialize, Serialize};

use crate::register::Treatment;

/// Why a form that counts does so only provisionally; each is a 请核实 until a ruling answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// The reviewer's unit bears the society's name.
    Unit,
    /// 有无应回避情形 is blank.
    RecusalUnsaid,
    /// Another form may be by the same person.
    Person,
    /// A slip came back under another reviewer or society.
    Returned,
    /// The sheet is hidden.
    Hidden,
    /// A ruling was made about other content; a new one answers it.
    Ruling,
    /// The forms of one society disagree about a veto; what the list says answers it.
    Veto,
}

impl Doubt {
    /// The rulings that answer it, beside putting the form aside.
    #[must_use]
    pub const fn answers(self) -> &'static [Treatment] {
        match self {
            Self::Unit | Self::RecusalUnsaid => &[Treatment::MayScore],
            Self::Person => &[Treatment::Same, Treatment::NotSame],
            Self::Returned | Self::Hidden => &[Treatment::Verified],
            Self::Ruling | Self::Veto => &[],
        }
    }
}

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FormState {
    /// Counts towards the society's score.
    Counted,
    /// 回避: shown, struck out, never counted (办法7.4).
    Recused,
    /// 须更正: has an error finding; does not count until it is put right.
    Held,
    /// Sound, but the society is not accepted (办法7.2): scored, not ranked.
    Ineligible,
    /// A newer version of the same form has come.
    Superseded,
    /// The same content came before.
    Duplicate,
    /// Nothing filled in; stands for nothing.
    Blank,
    /// Set aside by the clerk's decision.
    Excluded,
}

impl FormState {
    /// As people see it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Counted => "计入",
            Self::Held => "须更正",
            Self::Recused => "回避",
            Self::Ineligible => "不予受理",
            Self::Superseded => "被新版取代",
            Self::Duplicate => "重复件",
            Self::Blank => "空白表",
            Self::Excluded => "不计入",
        }
    }

    /// What becomes of it, in one clause; nothing where another form stands for it.
    #[must_use]
    pub const fn consequence(self) -> &'static str {
        match self {
            Self::Counted => "照常计分",
            Self::Held => "暂不计分",
            Self::Recused => "该表列示但不计分，请另请他人评价",
            Self::Ineligible => "照常计分，不列入名次",
            Self::Superseded | Self::Duplicate | Self::Blank | Self::Excluded => "",
        }
    }
}
