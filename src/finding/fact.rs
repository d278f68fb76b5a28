//! What a rule found, as values. The sentence is made last, for the one who reads it.
//!
//! A rule family has one struct or enum of what it can find, in its own file, and says there how it reads: to the
//! clerk, and to the sender of the form. Nobody else tells a finding by its code or looks into its words.

use std::fmt;

use serde::Serialize;

use super::code::Code;
use super::reader::Reader;
use super::state::Doubt;
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::SocietyId;
use crate::register::Treatment;

/// What a rule found.
pub trait Fact: erased_serde::Serialize + fmt::Debug + Send + Sync {
    fn code(&self) -> &'static Code;

    /// What is wrong, in one clause.
    fn message(&self, to: &Reader<'_>) -> String;

    /// What stands there, as written.
    fn found(&self, _to: &Reader<'_>) -> String {
        String::new()
    }

    /// What may stand there.
    fn allowed(&self, _to: &Reader<'_>) -> String {
        String::new()
    }

    /// How it is taken where the form counts, if otherwise than as it stands there: by a policy, or by a ruling.
    fn taken(&self) -> Option<String> {
        None
    }

    /// What to do next; what becomes of the form is said from its settled state.
    fn next(&self, to: &Reader<'_>) -> String {
        to.words(self.code().next)
    }

    /// Which cells of the form it is about, the one to point at first; none where it is about the whole form.
    fn spots(&self, _ground: &Ground) -> Vec<Spot> {
        Vec::new()
    }

    /// What the sender of the form is told; none where it is the clerk's matter alone.
    fn advice(&self, _to: &Reader<'_>) -> Option<Advice> {
        None
    }

    /// What the sender of a file that was not read is told.
    fn resend(&self, _to: &Reader<'_>) -> Option<Resend> {
        None
    }

    /// Whether it tells who reviewed, or of which unit: those who may not know it are told what its code states.
    fn tells_people(&self) -> bool {
        false
    }

    /// Which treatments of 处理登记 could settle it, beside putting the form aside.
    fn treatments(&self) -> &'static [Treatment] {
        &[]
    }

    /// Why a form of which this was found counts only for the time being, though nothing holds it.
    fn doubt(&self) -> Option<Doubt> {
        None
    }

    /// What it means for the rest of the house.
    fn bearing(&self) -> Bearing {
        Bearing::Plain
    }
}

erased_serde::serialize_trait_object!(Fact);

/// A society that a fact speaks of: programs read its name, people read it as far as they may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Named {
    /// An index into the roster.
    #[serde(skip)]
    pub society: SocietyId,
    name: String,
}

impl Named {
    #[must_use]
    pub fn of(ground: &Ground, society: SocietyId) -> Self {
        Self {
            society,
            name: ground.roster.societies[society].name.clone(),
        }
    }
}

/// What a finding means for stations behind its rule; what may be behind many others first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearing {
    /// The table is another edition's: the same code may be another indicator there.
    OtherEdition,
    /// Forms may lie in a file that was not read.
    HidesForms,
    /// A ruling of the register met nothing.
    NotApplied,
    /// It is unclear whose form it is: the form supersedes nothing, and belongs to no group for sure.
    Contradicts,
    /// One of several versions that cannot be told apart.
    Clashes,
    /// The reviewer must stand aside.
    Recuses,
    Plain,
    /// How the form stands among others: still to be said when it no longer counts.
    Beside,
}

impl Bearing {
    /// Whether it says how a form stands among others.
    #[must_use]
    pub const fn is_beside(self) -> bool {
        matches!(self, Self::Beside | Self::Clashes)
    }

    /// Whether it is still to be said of a form whose reviewer must stand aside: it says why, or that the form is not
    /// even about what it says.
    #[must_use]
    pub const fn outlasts_recusal(self) -> bool {
        self.is_beside() || matches!(self, Self::Recuses | Self::Contradicts | Self::OtherEdition)
    }
}

/// What the sender of a form is told about one finding. All in the words of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// 指标/栏目; empty where the cell says it.
    pub what: String,
    /// 您填的.
    pub found: String,
    /// Nothing was filled in: 您填的 only says so.
    pub left_out: bool,
    /// 允许的.
    pub allowed: String,
    /// 怎么改: what is wrong and what to do, in full sentences.
    pub fix: String,
    /// Whether it asks for a word in reply, which may settle it.
    pub asks: bool,
}

impl Advice {
    #[must_use]
    pub fn new(fix: impl Into<String>) -> Self {
        Self {
            fix: fix.into(),
            ..Self::default()
        }
    }

    /// What the sender wrote.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    /// The sender wrote nothing, in these words.
    #[must_use]
    pub fn left_out(mut self, said: &str) -> Self {
        self.found = format!("（{said}）");
        self.left_out = true;
        self
    }

    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = allowed.into();
        self
    }

    #[must_use]
    pub fn about(mut self, what: impl Into<String>) -> Self {
        self.what = what.into();
        self
    }
}

/// What the sender of a file that was not read is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resend {
    /// What is wrong with it, in one clause.
    pub reason: String,
    /// What to do, in one clause.
    pub remedy: String,
    /// The names of what a mail only links to, where that is what is missing.
    pub linked: Vec<String>,
}
