//! 处理登记: what the clerk has decided, row by row, as data beside the inputs.
//!
//! A ruling never changes what was received: it is applied on top, and every output says so. Knows nothing of forms
//! and findings; `check` and `settle` ask it.

pub mod amend;
mod find;
mod key;
mod read;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::model::{CellRef, Name, Place, SocietyId, fold};
use crate::scheme::Scheme;
pub use amend::{AMENDMENTS, Amendment, Amendments};
pub use find::{Found, find};
use key::Key;
pub use key::{Concern, Verified, mark};
pub use read::read;

/// What the file is called, without its ending.
pub const FILE: &str = "处理登记";

/// Whether a file that is called so was meant to be it.
#[must_use]
pub fn is_called_so(stem: &str) -> bool {
    stem.trim() == FILE
}

/// Standing words as the scheme has them; as they are written down where there is none.
fn own_words(scheme: Option<&Scheme>, standing: &str) -> String {
    scheme.map_or_else(|| standing.to_owned(), |scheme| scheme.own_words(standing))
}

/// Headings; the first three are required.
pub const COLUMNS: [&str; 9] = [
    "文件或学会",
    "评价人",
    "处理",
    "对应学会",
    "依据",
    "处理人",
    "日期",
    "核实事项",
    "校验码",
];

/// 处理: what is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// 以此份为准: of several versions this one counts.
    Stands,
    /// 不计入: the forms do not count; a file that could not be read is done with.
    Excluded,
    /// 空白按0分: what is not scored in the form counts as 0.
    BlankAsZero,
    /// 视同别名: the name written in the form, or given in 文件或学会, stands for the society in 对应学会.
    Alias,
    /// 无须回避: what looked like a reason to recuse is none.
    MayScore,
    /// 同一人: forms by what may be one person are by one person.
    Same,
    /// 不是同一人: they are by several.
    NotSame,
    /// 已核实无误: a warning was looked into, and there is nothing wrong.
    Verified,
    /// 不再等: what is due will not come.
    GivenUp,
    /// 不参评: the society does not take part.
    Withdrawn,
}

impl Treatment {
    pub const ALL: [Self; 10] = [
        Self::Stands,
        Self::Excluded,
        Self::BlankAsZero,
        Self::Alias,
        Self::MayScore,
        Self::Same,
        Self::NotSame,
        Self::Verified,
        Self::GivenUp,
        Self::Withdrawn,
    ];

    /// Whether it is about forms that lie there.
    const fn is_about_forms(self) -> bool {
        !matches!(self, Self::Alias | Self::GivenUp | Self::Withdrawn)
    }

    /// As people write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stands => "以此份为准",
            Self::Excluded => "不计入",
            Self::BlankAsZero => "空白按0分",
            Self::Alias => "视同别名",
            Self::MayScore => "无须回避",
            Self::Same => "同一人",
            Self::NotSame => "不是同一人",
            Self::Verified => "已核实无误",
            Self::GivenUp => "不再等",
            Self::Withdrawn => "不参评",
        }
    }
}

/// Written where something is under way and nothing is to be done by the program.
pub const UNDER_WAY: &str = "已联系更正";

/// Whether what is written under 处理 settles nothing yet.
#[must_use]
pub fn is_undecided(written: &str) -> bool {
    written.is_empty() || fold(written) == UNDER_WAY
}

/// One row with a treatment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Where 文件或学会 stands.
    pub cell: CellRef,
    /// 文件或学会, as written.
    pub subject: String,
    /// 评价人, as written; empty for all.
    pub reviewer: String,
    pub treatment: Treatment,
    /// 对应学会 (an index into the roster), for 视同别名 alone.
    pub society: Option<SocietyId>,
    pub reason: String,
    pub by: String,
    pub date: String,
    /// What 已核实无误 is about.
    pub verified: Vec<Verified>,
    key: Key,
}

/// The whole register; empty where none is kept.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Where it was found; none where there is none.
    pub path: Option<PathBuf>,
    pub rulings: Vec<Ruling>,
    /// The rows to be kept when the register is written anew, as written: those with a treatment, and those in which
    /// somebody has noted something. By their row as Excel counts.
    pub rows: BTreeMap<u32, Vec<String>>,
    /// An office program has it open: what is not saved yet was not read.
    pub is_open: bool,
    /// Files beside it that are called nearly so, and are not used.
    pub look_alikes: Vec<String>,
}

impl Ruling {
    /// `处理登记第3行`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{FILE}第{}行", self.cell.row() + 1)
    }

    /// Its place in the register.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::file(FILE, &[]).at(self.cell)
    }

    /// What stands behind it, in words: `依据：…；处理人：…；日期：…`; empty where the row says nothing.
    #[must_use]
    pub fn grounds(&self) -> String {
        [
            ("依据", &self.reason),
            ("处理人", &self.by),
            ("日期", &self.date),
        ]
        .into_iter()
        .filter(|(_, said)| !said.is_empty())
        .map(|(what, said)| format!("{what}：{said}"))
        .collect::<Vec<_>>()
        .join("；")
    }

    /// Whether it concerns this form or file. A row that the program wrote is about the form that lay there, and about
    /// corrections of it, whatever they are called; one written by hand about what it names, if that lay there on
    /// its day.
    #[must_use]
    pub fn concerns(&self, one: &Concern) -> bool {
        match &self.key.mark {
            Some(mark) => {
                mark.fingerprint == one.fingerprint
                    || mark
                        .tag
                        .as_ref()
                        .is_some_and(|tag| one.corrects.contains(tag))
            }
            None => self.names(one) && !self.is_before(one),
        }
    }

    /// Whether it names this form or file, which may have been another one then: by the way to it or the end of that
    /// way, by the society or its group; and by the reviewer, where the row names one.
    #[must_use]
    pub fn names(&self, one: &Concern) -> bool {
        let key = &self.key;
        (key.reviewers.is_empty() || key.reviewers.contains(&one.reviewer))
            && (key.is_all
                || key.group.is_some() && key.group == one.group
                || one.societies.contains(&key.society)
                || self.leads_to(one).is_some())
    }

    /// Whether it was made before this form came.
    fn is_before(&self, one: &Concern) -> bool {
        matches!((self.key.day, one.day), (Some(made), Some(came)) if came > made)
    }

    /// Whether it is about one form or the forms of one society, and not about what a name stands for.
    #[must_use]
    pub fn is_about_forms(&self) -> bool {
        !self.is_wide() && self.treatment.is_about_forms()
    }

    /// Whether it is about whatever came of a person, a group or all, and nobody looked at one form for it.
    #[must_use]
    pub const fn is_wide(&self) -> bool {
        self.key.is_all || self.key.group.is_some()
    }

    /// Whether the program wrote it, so that it is bound to what lay there.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.key.mark.is_some()
    }

    /// Whether what one says goes against the other.
    #[must_use]
    pub fn is_against(&self, other: &Self) -> bool {
        use Treatment::{Excluded, NotSame, Same, Stands};
        matches!(
            (self.treatment, other.treatment),
            (Excluded, Stands) | (Stands, Excluded) | (Same, NotSame) | (NotSame, Same)
        )
    }

    /// Whether it names this reviewer, or nobody in particular.
    #[must_use]
    pub fn is_for(&self, reviewer: &str) -> bool {
        self.key.reviewers.is_empty() || self.key.reviewers.contains(&Name::of(reviewer))
    }

    /// The way to what 文件或学会 names, if it is the way to a form or file, the end of that way, or leads to an archive
    /// or mail it lies in. With a slash in front it must be the whole way. A ruling that names several such ways could
    /// mean any of them.
    #[must_use]
    pub fn named<'o>(&self, one: &'o Concern) -> Option<&'o [String]> {
        if self.is_marked() {
            // What it is about is told by what it is.
            return self.concerns(one).then_some(&one.way[..]);
        }
        self.leads_to(one)
    }

    /// The same by the name alone, whatever lay there when it was written.
    fn leads_to<'o>(&self, one: &'o Concern) -> Option<&'o [String]> {
        let key = &self.key;
        if key.way.is_empty() || key.is_all || key.group.is_some() {
            return None;
        }
        one.ends
            .iter()
            .map(|end| &one.way[..*end])
            // A sheet is named behind its file: every form stands on a sheet of the same name.
            .filter(|way| way.len() <= one.file || key.way.len() > way.len() - one.file)
            .find(|way| *way == key.way || !key.is_whole && way.ends_with(&key.way))
    }
}

impl Register {
    /// The rulings of one kind that concern a form or file, with their places in the register.
    pub fn of<'r>(
        &'r self,
        treatment: Treatment,
        one: &Concern,
    ) -> impl Iterator<Item = (usize, &'r Ruling)> {
        self.rulings
            .iter()
            .enumerate()
            .filter(move |(_, ruling)| ruling.treatment == treatment && ruling.concerns(one))
    }
}

#[cfg(test)]
mod tests {
    use super::{CellRef, Concern, Key, Place, Ruling, Treatment};

    fn ruling(subject: &str, reviewer: &str) -> Ruling {
        Ruling {
            cell: CellRef::new(1, 0),
            subject: subject.to_owned(),
            reviewer: reviewer.to_owned(),
            treatment: Treatment::Excluded,
            society: None,
            reason: String::new(),
            by: String::new(),
            date: String::new(),
            verified: Vec::new(),
            key: Key::of(subject, reviewer),
        }
    }

    #[test]
    fn a_file_is_named_by_its_way_or_the_end_of_it() {
        let place = Place {
            file: "收/组1.eml".to_owned(),
            within: vec!["表.zip".to_owned(), "第1组/甲.xlsx".to_owned()],
            sheet: "评价表".to_owned(),
            cell: None,
        };
        let one = Concern::file(&place);
        for subject in [
            "甲.xlsx",
            "/收/组1.eml",
            "第1组/甲.xlsx",
            "收/组1.eml › 表.zip › 第1组/甲.xlsx › 评价表",
            "“甲.xlsx › 评价表”",
            "表.zip",
            "组1.eml",
            "组1.eml > 表.zip",
            "甲.ｘlsx",
        ] {
            assert!(ruling(subject, "").named(&one).is_some(), "{subject}");
        }
        for subject in [
            "",
            "/甲.xlsx",
            "第1组",
            "收",
            "乙.xlsx",
            "lsx",
            "表.zip/评价表",
            "组1",
        ] {
            assert!(ruling(subject, "").named(&one).is_none(), "{subject}");
        }
    }

    #[test]
    fn a_society_is_named_in_full_and_a_reviewer_narrows_it() {
        let place = Place::file("甲.xlsx", &[]);
        let one = Concern::form(&place, "中国地质学会", "地质学会", "张三");
        for (subject, reviewer, concerns) in [
            ("中国地质学会", "", true),
            ("地质学会", "张 三", true),
            ("中国地质学会", "李四", false),
            ("地质", "", false),
            ("甲.xlsx", "张三", true),
        ] {
            assert_eq!(
                ruling(subject, reviewer).concerns(&one),
                concerns,
                "{subject} {reviewer}"
            );
        }
    }
}
