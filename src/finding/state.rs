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
    pub const ALL: [Self; 7] = [
        Self::Unit,
        Self::RecusalUnsaid,
        Self::Person,
        Self::Returned,
        Self::Hidden,
        Self::Ruling,
        Self::Veto,
    ];

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unit => "评价人单位与被评学会名称相近",
            Self::RecusalUnsaid => "有无应回避情形空着",
            Self::Person => "与另一份可能是同一评价人填的",
            Self::Returned => "更正件上的学会或评价人与原来的不同",
            Self::Hidden => "评价表在隐藏的工作表里",
            Self::Ruling => "处理登记中的一行是对另一份内容定的",
            Self::Veto => "几份表对一票否决情形的填报不一致",
        }
    }

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
    pub const ALL: [Self; 8] = [
        Self::Counted,
        Self::Recused,
        Self::Held,
        Self::Ineligible,
        Self::Superseded,
        Self::Duplicate,
        Self::Blank,
        Self::Excluded,
    ];

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

    /// Whether its points are reckoned with: counted, or sound for a society that is not accepted.
    #[must_use]
    pub const fn is_scored(self) -> bool {
        matches!(self, Self::Counted | Self::Ineligible)
    }
}

/// What became of a form, and whether only for the time being: it counts, but somebody has to look at it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub state: FormState,
    pub doubtful: bool,
}

impl Outcome {
    /// What becomes of the form, in one clause; nothing where another form stands for it. `taken` is how what was found
    /// is taken where the form counts.
    #[must_use]
    pub fn consequence(self, taken: Option<&str>) -> String {
        let plain = match self.state {
            FormState::Counted if self.doubtful => {
                return taken.map_or("暂计".to_owned(), |taken| format!("暂{taken}"));
            }
            FormState::Counted | FormState::Ineligible => taken.unwrap_or("照常计分"),
            FormState::Held => "暂不计分",
            FormState::Recused => "该表列示但不计分，请另请他人评价",
            FormState::Superseded
            | FormState::Duplicate
            | FormState::Blank
            | FormState::Excluded => "",
        };
        if self.state == FormState::Ineligible {
            format!("{plain}，不列入名次")
        } else {
            plain.to_owned()
        }
    }

    /// Whether what becomes of the form is more than one thing.
    pub(super) const fn is_long(self) -> bool {
        matches!(self.state, FormState::Recused | FormState::Ineligible)
    }

    /// The same to whoever filled the form, in one clause: of a held one only where it is they who can put it right.
    #[must_use]
    pub const fn to_sender(self, is_theirs: bool) -> &'static str {
        match self.state {
            FormState::Counted if self.doubtful => "这份表已暂计，核实后确定",
            FormState::Counted | FormState::Ineligible => "这份表已照常计分",
            FormState::Held if is_theirs => "更正之前，这份表暂不计分",
            _ => "",
        }
    }
}
