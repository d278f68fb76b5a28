//! 审议 (办法7.6): what the committee decides on the groups' recommendations, as data.
//!
//! A decision stands beside the computed star, or grade, and never changes the ranking. It is tied to the results it was made
//! from by their fingerprint: other results, other decisions.

pub mod level;
pub mod meeting;
pub mod objection;
pub mod printed;
pub mod quota;
pub mod read;
pub mod recheck;
mod recommended;
pub mod term;
mod whole;

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Name, Points};
use crate::outcome::{Kept, SchemeId, fingerprint};
use crate::scheme::Scheme;
pub use level::{Award, Level};

/// For programs.
pub const DECIDED: &str = "data/decided.json";
/// Raised when what others rely on changes.
pub const SCHEMA: u32 = 1;

/// Headings of 审议表 that are the same every year; the name of who is evaluated has the scheme's own heading, and what
/// is decided those of its level ([`level::Heads`]).
pub mod column {
    pub const NUMBER: &str = "序号";
    pub const GROUP: &str = "分组";
    /// In its place where there are classes.
    pub const CLASS: &str = "类别";
    pub const TOTAL: &str = "总分";
    pub const RANK: &str = "名次";
    pub const GRADE: &str = "等次";
    pub const VISIT: &str = "调研走访情况";
    pub const FEEDBACK: &str = "各方反馈意见";
    pub const OPINION: &str = "审议意见";
    pub const REASON: &str = "理由";
    pub const VOTES: &str = "表决（同意／反对／弃权）";
    /// Of a group's page.
    pub const GROUP_REASON: &str = "推荐理由";
    /// Of the members.
    pub const MEMBER: &str = "姓名";
    pub const UNIT: &str = "单位";
    pub const PRESENT: &str = "出席情况";
    /// Of the meeting.
    pub const ITEM: &str = "会议事项";
    pub const CONTENT: &str = "内容";
}

/// What the sheet asks about the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Results,
    Day,
    Place,
    Chair,
    Clerk,
    Minutes,
}

impl Item {
    pub const ALL: [Self; 6] = [
        Self::Results,
        Self::Day,
        Self::Place,
        Self::Chair,
        Self::Clerk,
        Self::Minutes,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Results => "结果编号（请勿修改）",
            Self::Day => "审定日期",
            Self::Place => "会议名称和地点",
            Self::Chair => "主持人",
            Self::Clerk => "记录人",
            Self::Minutes => "会议纪要（可另附）",
        }
    }
}

/// 审议意见.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Opinion {
    /// 同意: what was computed.
    Agreed,
    /// 调整: another star or grade, with the reason.
    Adjusted,
    /// 暂缓: pending, completed by a later sheet.
    Deferred,
}

impl Opinion {
    pub const ALL: [Self; 3] = [Self::Agreed, Self::Adjusted, Self::Deferred];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agreed => "同意",
            Self::Adjusted => "调整",
            Self::Deferred => "暂缓",
        }
    }
}

/// 审定结果: the whole of a committee's decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    pub schema: u32,
    pub tool: String,
    /// 结果编号 of the results that were deliberated.
    pub results: String,
    pub scheme: SchemeId,
    pub mark: Option<String>,
    pub meeting: Meeting,
    /// The meetings whose decision this one completed, the first of them first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Meeting>,
    /// In the order of the ranking.
    pub societies: Vec<Decision>,
}

/// The meeting, as minuted. Of several the last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    pub day: Date,
    pub place: String,
    pub chair: String,
    pub clerk: String,
    pub minutes: String,
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub name: String,
    pub unit: String,
    pub present: String,
    /// Societies the person does not deliberate on.
    pub recused: Vec<String>,
}

/// One society: what was computed, recommended, decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    pub name: String,
    pub group: u32,
    /// Where the scheme has classes of objects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    pub total: Points,
    pub rank: Option<usize>,
    /// Left out where the scheme has no stars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed_stars: Option<u32>,
    pub computed_grade: Option<String>,
    /// The group's.
    pub recommended: Option<u32>,
    /// The same where grades are recommended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommended_grade: Option<String>,
    /// 推荐理由: why the group recommends it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recommended_reason: String,
    pub visit: String,
    pub feedback: String,
    pub votes: String,
    pub opinion: Opinion,
    pub reason: String,
    /// The day of the meeting that decided it; of a pending one, that deferred it.
    pub day: Date,
    /// None while pending, and where the scheme has no stars.
    pub stars: Option<u32>,
    pub grade: Option<String>,
}

impl Meeting {
    /// Societies that whoever chairs the meeting does not deliberate on.
    #[must_use]
    pub fn chair_stands_aside(&self) -> Vec<&str> {
        let chair = Name::of(&self.chair);
        let is_chair = |one: &&Member| !chair.is_empty() && Name::of(&one.name) == chair;
        let own = self.members.iter().filter(is_chair);
        own.flat_map(|one| &one.recused)
            .map(String::as_str)
            .collect()
    }
}

impl Decision {
    /// What was computed.
    #[must_use]
    pub fn computed(&self) -> Award {
        Award {
            stars: self.computed_stars,
            grade: self.computed_grade.clone(),
        }
    }

    /// What was decided; none while pending.
    #[must_use]
    pub fn decided(&self) -> Option<Award> {
        (!self.is_pending()).then(|| Award {
            stars: self.stars,
            grade: self.grade.clone(),
        })
    }

    /// What the group recommends.
    #[must_use]
    pub fn recommended(&self) -> Option<Award> {
        let is_any = self.recommended.is_some() || self.recommended_grade.is_some();
        is_any.then(|| Award {
            stars: self.recommended,
            grade: self.recommended_grade.clone(),
        })
    }

    /// Whether it waits for a later sheet.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.opinion == Opinion::Deferred
    }

    /// Whether the group recommends another star or grade than computed.
    #[must_use]
    pub fn is_recommended_otherwise(&self) -> bool {
        let recommended = self.recommended();
        recommended.is_some_and(|recommended| !recommended.is_level_with(&self.computed()))
    }

    /// Whether another star or grade was decided than the group recommends.
    #[must_use]
    pub fn is_overruled(&self) -> bool {
        let both = self.recommended().zip(self.decided());
        both.is_some_and(|(recommended, decided)| !recommended.is_level_with(&decided))
    }

    /// Whether another star or grade was decided than computed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let decided = self.decided();
        decided.is_some_and(|decided| !decided.is_level_with(&self.computed()))
    }
}

/// A decision read back, and what identifies it.
#[derive(Debug)]
pub struct Verdict {
    /// 审定编号.
    pub fingerprint: String,
    pub source: crate::report::data::manifest::Entry,
    pub decided: Decided,
}

impl Verdict {
    /// Reads the folder that `decide` wrote.
    ///
    /// # Errors
    /// No such folder; no decision in it; a file changed since, or of another version.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let kept = Kept::load(folder, DECIDED, "审定结果")?;
        Ok(Self {
            fingerprint: fingerprint('D', &kept.bytes),
            decided: kept.parse(SCHEMA)?,
            source: kept.entry,
        })
    }

    /// Whether it was made from these results.
    #[must_use]
    pub fn is_of(&self, results: &str) -> bool {
        self.decided.results == results
    }

    /// Whether it was made from these results: a correction after the decision voids it.
    ///
    /// # Errors
    /// It was made from others.
    pub fn hold(&self, results: &str) -> Result<(), Error> {
        if self.is_of(results) {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "审定结果依据的是结果 {}，现在的结果是 {results}：结果在审定以后更正过，原审定不再有效。请按新的结果重新审议。",
            self.decided.results
        )))
    }
}

/// The decided societies, most stars or the best grade first; equal ones in the order of the ranking.
#[must_use]
pub fn in_order<'d>(scheme: &Scheme, decisions: &'d [Decision]) -> Vec<(Award, &'d Decision)> {
    let decided = decisions
        .iter()
        .filter_map(|one| Some((one.decided()?, one)));
    let mut decided: Vec<(Award, &Decision)> = decided.collect();
    decided.sort_by_key(|(award, _)| std::cmp::Reverse(height(scheme, award)));
    decided
}

/// How high an award stands among those of its scheme.
#[must_use]
pub fn height(scheme: &Scheme, award: &Award) -> Option<u32> {
    award.stars.or_else(|| {
        let name = award.grade.as_deref()?;
        let mut grades = scheme.grades.iter();
        Some(grades.find(|grade| grade.name == name)?.from)
    })
}
