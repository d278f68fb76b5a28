//! What a ruling is about, and what a form or file is to it, made comparable once.

use jiff::civil::Date;

use crate::model::{CellRef, Name, Place, Tag, day, fold};
use crate::roster::group_number;

/// What was looked into: a code, at a cell, with what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    code: String,
    cell: Option<CellRef>,
    value: String,
}

impl Verified {
    /// `P404 J15 25`, as 核实事项 has it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let code = words.next()?.to_ascii_uppercase();
        let is_code = code.len() == 4 && code.bytes().skip(1).all(|byte| byte.is_ascii_digit());
        let rest: Vec<&str> = words.collect();
        let cell = rest.first().and_then(|word| CellRef::read(word));
        let value = rest.get(usize::from(cell.is_some())..).unwrap_or_default();
        is_code.then(|| Self {
            code,
            cell,
            value: fold(&value.concat()),
        })
    }

    /// Whether this was said, and of this value.
    #[must_use]
    pub fn is_of(&self, code: &str, cell: Option<CellRef>, value: &str) -> bool {
        self.code == code && self.cell == cell && self.value == fold(value)
    }

    /// As it was read.
    #[must_use]
    pub fn said(&self) -> String {
        Self::text(&self.code, self.cell, &self.value)
    }

    /// The same for 核实事项.
    #[must_use]
    pub fn text(code: &str, cell: Option<CellRef>, value: &str) -> String {
        let cell = cell.map(|cell| cell.to_string()).unwrap_or_default();
        let words = [code, &cell, value];
        words
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// 文件或学会 of a ruling about every form.
const ALL: &str = "全部";

/// Whom a ruling could concern: a form, or a file of which nothing could be read. Made comparable once.
#[derive(Debug, Clone)]
pub struct Concern {
    /// The way, part by part.
    pub(super) way: Vec<String>,
    /// How many parts lead to the file, to each file inside it, to the sheet.
    pub(super) ends: Vec<usize>,
    /// How many of them lead to the innermost file.
    pub(super) file: usize,
    /// The society's listed name, and what the form itself writes; those that are not empty.
    pub(super) societies: Vec<String>,
    pub(super) reviewer: Name,
    /// The number of the society's group.
    pub(super) group: Option<u32>,
    /// Of the form as read; empty for a file of which nothing could be read.
    pub(super) fingerprint: String,
    /// The forms that it corrects.
    pub(super) corrects: Vec<Tag>,
    /// The later of the days on which it was filled in and sent.
    pub(super) day: Option<Date>,
}

impl Concern {
    /// A form at `place`: the society's listed name, the name that the form writes, the reviewer.
    #[must_use]
    pub fn form(place: &Place, society: &str, written: &str, reviewer: &str) -> Self {
        let mut way = Vec::new();
        let mut ends = Vec::new();
        let steps = std::iter::once(&place.file)
            .chain(&place.within)
            .chain(std::iter::once(&place.sheet));
        for step in steps.filter(|step| !step.is_empty()) {
            way.extend(parts(step));
            ends.push(way.len());
        }
        let societies = [society, written].map(fold);
        let sheet = usize::from(!place.sheet.is_empty());
        let file = ends.len().checked_sub(sheet + 1);
        Self {
            file: file
                .and_then(|last| ends.get(last))
                .copied()
                .unwrap_or_default(),
            way,
            ends,
            societies: societies
                .into_iter()
                .filter(|name| !name.is_empty())
                .collect(),
            reviewer: Name::of(reviewer),
            group: None,
            fingerprint: String::new(),
            corrects: Vec::new(),
            day: None,
        }
    }

    /// The same, of a society of this group.
    #[must_use]
    pub fn in_group(mut self, group: Option<u32>) -> Self {
        self.group = group;
        self
    }

    /// The same, with what tells this form from another of the same name: its fingerprint, what it corrects, and the
    /// later of the days on which it was filled in and sent.
    #[must_use]
    pub fn with(mut self, fingerprint: &str, corrects: &[Tag], day: Option<Date>) -> Self {
        fingerprint.clone_into(&mut self.fingerprint);
        self.corrects = corrects.to_vec();
        self.day = day;
        self
    }

    /// A file of which nothing could be read.
    #[must_use]
    pub fn file(place: &Place) -> Self {
        Self::form(place, "", "", "")
    }

    /// Whether this way leads to it, and not to something around it.
    #[must_use]
    pub fn is_at(&self, way: &[String]) -> bool {
        self.way == way
    }
}

/// 文件或学会 and 评价人 of a ruling, made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) society: String,
    pub(super) way: Vec<String>,
    /// The way is the whole one, not its end.
    pub(super) is_whole: bool,
    /// Every form, or every form of a group.
    pub(super) group: Option<u32>,
    pub(super) is_all: bool,
    /// Nobody for all.
    pub(super) reviewers: Vec<Name>,
    pub(super) mark: Option<Mark>,
    /// 日期, where the row was written by hand.
    pub(super) day: Option<Date>,
}

/// 校验码: what the form was when the program wrote the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) fingerprint: String,
    /// A correction of it inherits what was ruled.
    pub(super) tag: Option<Tag>,
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        Some(Self {
            fingerprint: words.next()?.to_owned(),
            tag: words.next().and_then(|word| Tag::find(word).pop()),
        })
    }
}

/// 校验码 of a form, or of a file in which none could be read.
#[must_use]
pub fn mark(fingerprint: &str, tag: Option<&Tag>) -> String {
    let tag = tag.map_or(String::new(), |tag| format!(" {tag}"));
    format!("{fingerprint}{tag}")
}

impl Key {
    pub(super) fn of(subject: &str, reviewer: &str) -> Self {
        let society = fold(subject);
        let reviewers = reviewer.split(['、', '，', ',', '；', ';', '\n']);
        Self {
            is_whole: society.starts_with('/') || society.starts_with("./"),
            way: parts(subject),
            group: society
                .starts_with('第')
                .then(|| group_number(subject))
                .flatten(),
            is_all: society == ALL || society.is_empty(),
            society,
            reviewers: reviewers
                .map(Name::of)
                .filter(|name| !name.is_empty())
                .collect(),
            mark: None,
            day: None,
        }
    }

    /// The same with what the program or the clerk wrote beside it.
    pub(super) fn bound(mut self, mark: &str, date: &str) -> Self {
        self.mark = Mark::read(mark);
        self.day = day::read(date).filter(|_| self.mark.is_none());
        self
    }
}

/// The parts of a way as people write it: `组1.zip › 第1组/甲.xlsx`, folded.
fn parts(way: &str) -> Vec<String> {
    way.split(['/', '\\', '›', '>', '》'])
        .map(fold)
        .map(|part| part.trim_matches(['“', '”', '"']).to_owned())
        .filter(|part| !part.is_empty() && part != ".")
        .collect()
}
