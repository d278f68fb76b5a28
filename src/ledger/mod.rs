//! 星级登记 `register.csv` (办法3.2, 7.8): who was given which star, and what became of it. Append-only events, one a
//! row, each with a digest over itself and the row before; a row that somebody changed is named.
//!
//! Stores nothing that can be computed: who holds what on a day is worked out from the events. (The notice numbers two
//! paragraphs 7.8: the first speaks of spot checks and adjustment, the second of downgrading and withdrawal.)

pub mod asked;
pub mod draw;
pub mod grading;
pub mod hold;
pub mod read;
pub mod rules;
mod write;

use jiff::civil::Date;

use crate::ground::Ground;
use crate::model::{SocietyId, day, fold, sha256_hex};

use grading::Grading;
pub use write::bytes;

/// Headings of the file.
pub const COLUMNS: [&str; 14] = [
    "序号",
    "事件",
    "学会",
    "星级",
    "新名称",
    "生效日期",
    "登记日期",
    "有效期至",
    "依据",
    "理由",
    "整改期限",
    "学会陈述",
    "来源编号",
    "校验码",
];

/// Of every award, before its digest; rows that were written before there was one have none.
pub const GRADING: &str = "等次标准";

/// The same where those evaluated are not called 学会; the file is known by either, whatever the scheme.
const PLAIN: [&str; 14] = [
    "序号",
    "事件",
    "名称",
    "星级",
    "新名称",
    "生效日期",
    "登记日期",
    "有效期至",
    "依据",
    "理由",
    "整改期限",
    "陈述",
    "来源编号",
    "校验码",
];

/// A heading of [`COLUMNS`] as it is in the other.
#[must_use]
pub fn plain_heading(heading: &str) -> String {
    let at = COLUMNS.iter().position(|one| *one == heading);
    at.map_or(heading, |at| PLAIN[at]).to_owned()
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 授予: from a decision.
    Awarded,
    /// 复核确认: a spot check found the star right.
    Confirmed,
    /// 调整 (办法7.8, the first).
    Adjusted,
    /// 降级 (办法7.8, the second).
    Downgraded,
    /// 撤销 (办法7.8, the second).
    Revoked,
    /// 续评: from a new evaluation.
    Renewed,
    /// 更正: an earlier entry was a slip.
    Corrected,
    /// 更名.
    Renamed,
    /// 合并: into the society of the new name.
    Merged,
    /// 注销.
    Dissolved,
    /// 抽查: drawn to be checked.
    Drawn,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Awarded,
        Self::Confirmed,
        Self::Adjusted,
        Self::Downgraded,
        Self::Revoked,
        Self::Renewed,
        Self::Corrected,
        Self::Renamed,
        Self::Merged,
        Self::Dissolved,
        Self::Drawn,
    ];

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Awarded => "授予",
            Self::Confirmed => "复核确认",
            Self::Adjusted => "调整",
            Self::Downgraded => "降级",
            Self::Revoked => "撤销",
            Self::Renewed => "续评",
            Self::Corrected => "更正",
            Self::Renamed => "更名",
            Self::Merged => "合并",
            Self::Dissolved => "注销",
            Self::Drawn => "抽查",
        }
    }

    /// Whether it sets a star.
    #[must_use]
    pub const fn sets_star(self) -> bool {
        matches!(
            self,
            Self::Awarded | Self::Adjusted | Self::Downgraded | Self::Renewed | Self::Corrected
        )
    }

    /// Whether a term begins with it.
    #[must_use]
    pub const fn begins(self) -> bool {
        matches!(self, Self::Awarded | Self::Renewed)
    }

    /// Whether it gives another name.
    #[must_use]
    pub const fn names(self) -> bool {
        matches!(self, Self::Renamed | Self::Merged)
    }

    /// Whether it changes nothing in what is held.
    #[must_use]
    pub const fn is_noted(self) -> bool {
        matches!(self, Self::Confirmed | Self::Drawn)
    }

    /// Whether the society must have had a deadline and its say before.
    #[must_use]
    pub const fn punishes(self) -> bool {
        matches!(self, Self::Downgraded | Self::Revoked)
    }
}

/// One row, without its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub kind: Kind,
    pub society: String,
    pub stars: Option<u32>,
    pub new_name: String,
    /// Day of effect.
    pub effective: Date,
    /// Day of entry.
    pub entered: Date,
    /// Last day of the term that begins with it, by the scheme of its award; none where that set none.
    pub until: Option<Date>,
    pub basis: String,
    pub reason: String,
    /// For putting right.
    pub deadline: Option<Date>,
    /// What the society said.
    pub statement: String,
    /// 审定编号 or the like.
    pub source: String,
    /// What the stars of the term that begins with it mean, by the scheme of its award; none in rows of old.
    pub grading: Option<Grading>,
}

/// The whole file, sound to its last row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    pub events: Vec<Event>,
}

impl Event {
    /// The values as the file holds them, the number of the row in front.
    fn fields(&self, number: usize) -> [String; 13] {
        let text = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        [
            number.to_string(),
            self.kind.label().to_owned(),
            self.society.clone(),
            self.stars.map_or(String::new(), |stars| stars.to_string()),
            self.new_name.clone(),
            text(Some(self.effective)),
            text(Some(self.entered)),
            text(self.until),
            self.basis.clone(),
            self.reason.clone(),
            text(self.deadline),
            self.statement.clone(),
            self.source.clone(),
        ]
    }

    /// 校验码 of the row: over the one before and these values. It begins with a letter, so that no spreadsheet takes it
    /// for a number.
    fn check(&self, number: usize, before: &str) -> String {
        let mut all = before.to_owned();
        let grading = self.grading.as_ref().map(Grading::say);
        for field in self.fields(number).into_iter().chain(grading) {
            all.push('\u{1f}');
            all.push_str(&field);
        }
        let digest = sha256_hex(all.as_bytes());
        format!("L{}", digest.get(..16).unwrap_or(&digest))
    }
}

impl Ledger {
    /// What there was before each draw that was entered, with its number; the earliest first.
    pub fn before_draws(&self) -> impl Iterator<Item = (&str, Self)> {
        let mut seen: Vec<&str> = Vec::new();
        let events = self.events.iter().enumerate();
        events.filter_map(move |(at, event)| {
            let number = event.source.as_str();
            if event.kind != Kind::Drawn || seen.contains(&number) {
                return None;
            }
            seen.push(number);
            let events = self.events[..at].to_vec();
            Some((number, Self { events }))
        })
    }

    /// Those that a draw of this number drew, as they were called then.
    #[must_use]
    pub fn drawn(&self, number: &str) -> Vec<&str> {
        let events = self.events.iter();
        let drawn = events.filter(|one| one.kind == Kind::Drawn && one.source == number);
        drawn.map(|one| one.society.as_str()).collect()
    }

    /// What a society is called now.
    #[must_use]
    pub fn name_now(&self, name: &str) -> String {
        let renamed = self.events.iter().filter(|one| one.kind == Kind::Renamed);
        renamed.fold(name.to_owned(), |name, event| {
            if event.society == name {
                event.new_name.clone()
            } else {
                name
            }
        })
    }

    /// The society (an index into the roster) that a paper names, also by a name that the list does not have yet.
    #[must_use]
    pub fn society_named(&self, ground: &Ground, written: &str) -> Option<SocietyId> {
        let bare = |name: &str| {
            let name = fold(name);
            let suffix = fold(&ground.scheme.subject_suffix);
            name.strip_suffix(&suffix)
                .map_or(name.clone(), str::to_owned)
        };
        let mut name = written.to_owned();
        let mut found = ground.society_named(&name);
        let renamed = self.events.iter().rev();
        for event in renamed.filter(|one| one.kind == Kind::Renamed) {
            if found.is_none() && bare(&event.new_name) == bare(&name) {
                name.clone_from(&event.society);
                found = ground.society_named(&name);
            }
        }
        found
    }

    /// 校验码 of every row.
    #[must_use]
    pub fn checks(&self) -> Vec<String> {
        let mut checks: Vec<String> = Vec::with_capacity(self.events.len());
        for (at, event) in self.events.iter().enumerate() {
            let before = checks.last().map_or("", String::as_str);
            checks.push(event.check(at + 1, before));
        }
        checks
    }

    /// 校验码 of the last row: what stands for the whole file on paper.
    #[must_use]
    pub fn last_check(&self) -> Option<String> {
        self.checks().pop()
    }
}

/// A text as it is kept: on one line, no blanks around it.
#[must_use]
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why a text would not survive being saved by a spreadsheet program; none where it would.
#[must_use]
pub fn unsafe_text(text: &str) -> Option<&'static str> {
    let plain = plain(text);
    if plain.is_empty() {
        return None;
    }
    if plain.starts_with(['=', '+', '-', '@', '\'']) {
        return Some("不能以等号、加减号、@或单引号开头");
    }
    let digits = plain.replace([',', '，', '%', '.', ' '], "");
    let is_number =
        digits.bytes().all(|byte| byte.is_ascii_digit()) || plain.parse::<f64>().is_ok();
    let is_word = matches!(plain.to_ascii_uppercase().as_str(), "TRUE" | "FALSE");
    if is_number
        || is_word
        || day::is_like(&plain)
        || plain.contains(':')
            && digits
                .replace(':', "")
                .bytes()
                .all(|byte| byte.is_ascii_digit())
    {
        return Some("不能只是一个数字或日期，表格软件会改写它；请写成一句话");
    }
    None
}
