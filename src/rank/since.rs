//! 与上次相比: what changed since an earlier outcome, and why. Values alone: they are found by holding two results
//! against each other (`outcome/since.rs`) and written down as they are, so that a paper can be followed to them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::SocietyState;
use crate::finding::FormState;
use crate::model::Points;

/// Everything that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub earlier: Earlier,
    /// SHA-256 of the results without this comparison: tells a run that brings nothing new.
    pub content: String,
    /// In roster order; those that are no longer listed at the end.
    pub societies: Vec<SocietyChange>,
    /// In the order of the forms; those that are gone at the end.
    pub forms: Vec<FormChange>,
}

/// What was compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// 结果编号.
    pub number: String,
    pub is_final: bool,
    pub as_of: Option<Date>,
    /// Of the results file.
    pub sha256: String,
    pub size: u64,
}

/// What a society had, or has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Had {
    pub state: SocietyState,
    pub provisional: bool,
    pub total: Option<Points>,
    pub rank: Option<usize>,
    pub stars: Option<u32>,
    pub grade: Option<String>,
}

/// A society of which something is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocietyChange {
    pub society: String,
    pub group: u32,
    /// None where it was not listed.
    pub before: Option<Had>,
    /// None where it is no longer listed.
    pub after: Option<Had>,
    pub causes: BTreeSet<Why>,
}

/// Why a society is not as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Forms of its own came, went, or count otherwise.
    Forms,
    /// The scheme is not the same any more.
    Scheme,
    /// Another version of this program.
    Program,
    /// None of these: the lists or the register say something else.
    Lists,
    /// Nothing of its own: others moved.
    Others,
}

/// What happened to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Happened {
    /// 新到: nothing of this reviewer for this society was there.
    New,
    /// 更正: there was one, with other contents.
    Corrected,
    /// 变化: the same form counts otherwise.
    Otherwise,
    /// 不再有: what was there has not been received any more.
    Gone,
}

impl Happened {
    /// As people see it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "新到",
            Self::Corrected => "更正",
            Self::Otherwise => "分数或状态变了",
            Self::Gone => "这次没有",
        }
    }
}

/// What a form was, or is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    pub state: FormState,
    pub total: Option<Points>,
}

/// A form of which something is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormChange {
    pub happened: Happened,
    pub society: Option<String>,
    pub group: Option<u32>,
    pub reviewer: Option<String>,
    /// The way to it.
    pub file: String,
    pub before: Option<Was>,
    pub after: Option<Was>,
}

impl Since {
    /// How many forms this happened to.
    #[must_use]
    pub fn count(&self, happened: Happened) -> usize {
        let forms = self.forms.iter();
        forms.filter(|form| form.happened == happened).count()
    }

    /// How many societies have another one of these than they had.
    #[must_use]
    pub fn moved<T: PartialEq>(&self, of: impl Fn(&Had) -> T) -> usize {
        let value = |had: &Option<Had>| had.as_ref().map(&of);
        let societies = self.societies.iter();
        societies
            .filter(|one| value(&one.before) != value(&one.after))
            .count()
    }

    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.societies.is_empty() && self.forms.is_empty()
    }
}
