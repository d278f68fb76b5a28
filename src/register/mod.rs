//! 处理登记: what the clerk has decided, row by row, as data beside the inputs.
//!
//! A ruling never changes what was received: it is applied on top, and every output says so. Knows nothing of forms
//! and findings; `check` and `settle` ask it.

mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::model::{CellRef, Name, Place, Tag, day, fold};
use crate::roster::group_number;
pub use read::read;

/// What the file is called, without its ending.
pub const FILE: &str = "处理登记";

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

/// 文件或学会 of a ruling about every form.
const ALL: &str = "全部";

/// 处理: what is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    pub society: Option<usize>,
    pub reason: String,
    pub by: String,
    pub date: String,
    /// What 已核实无误 is about.
    pub verified: Vec<Verified>,
    key: Key,
}

/// What was looked into: a code, at a cell, with what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    code: String,
    cell: Option<CellRef>,
    value: String,
}

impl Verified {
    /// `P404 J15 25`, as 核实事项 has it.
    fn read(text: &str) -> Option<Self> {
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

/// Whom a ruling could concern: a form, or a file of which nothing could be read. Made comparable once.
#[derive(Debug, Clone)]
pub struct Concern {
    /// The way, part by part.
    way: Vec<String>,
    /// How many parts lead to the file, to each file inside it, to the sheet.
    ends: Vec<usize>,
    /// How many of them lead to the innermost file.
    file: usize,
    /// The society's listed name, and what the form itself writes; those that are not empty.
    societies: Vec<String>,
    reviewer: Name,
    /// The number of the society's group.
    group: Option<u32>,
    /// Of the form as read; empty for a file of which nothing could be read.
    fingerprint: String,
    /// The forms that it corrects.
    corrects: Vec<Tag>,
    /// The later of the days on which it was filled in and sent.
    day: Option<Date>,
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
struct Key {
    society: String,
    way: Vec<String>,
    /// The way is the whole one, not its end.
    is_whole: bool,
    /// Every form, or every form of a group.
    group: Option<u32>,
    is_all: bool,
    /// Nobody for all.
    reviewers: Vec<Name>,
    mark: Option<Mark>,
    /// 日期, where the row was written by hand.
    day: Option<Date>,
}

/// 校验码: what the form was when the program wrote the row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    fingerprint: String,
    /// A correction of it inherits what was ruled.
    tag: Option<Tag>,
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
    fn of(subject: &str, reviewer: &str) -> Self {
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
    fn bound(mut self, mark: &str, date: &str) -> Self {
        self.mark = Mark::read(mark);
        self.day = day::read(date).filter(|_| self.mark.is_none());
        self
    }
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
        !self.key.is_all && self.key.group.is_none() && self.treatment.is_about_forms()
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

/// The parts of a way as people write it: `组1.zip › 第1组/甲.xlsx`, folded.
fn parts(way: &str) -> Vec<String> {
    way.split(['/', '\\', '›', '>', '》'])
        .map(fold)
        .map(|part| part.trim_matches(['“', '”', '"']).to_owned())
        .filter(|part| !part.is_empty() && part != ".")
        .collect()
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

/// Where the register of these inputs lies: in a folder that is read or beside it, beside a file. Several are told.
#[must_use]
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    for folder in paths.iter().flat_map(|path| folders(path)) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        if seen.contains(&real) {
            continue;
        }
        seen.push(real);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| name.contains(FILE))
            .collect();
        names.sort();
        for name in names {
            let stem_and_ending = name.rsplit_once('.');
            if let Some((FILE, "xlsx" | "csv")) = stem_and_ending {
                found.registers.push(folder.join(&name));
            } else if name.starts_with(['~', '.']) {
                found.is_open = true;
            } else {
                found.look_alikes.push(name);
            }
        }
    }
    found
}

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    pub registers: Vec<PathBuf>,
    pub look_alikes: Vec<String>,
    /// An office program has left its mark beside one.
    pub is_open: bool,
}

/// The folders in which the register of one PATH can lie.
fn folders(path: &Path) -> Vec<PathBuf> {
    let beside = match path.parent() {
        Some(parent) if parent == Path::new("") => PathBuf::from("."),
        // `.` and `..` have no parent that could be told from their names.
        Some(parent) if path.file_name().is_some() => parent.to_owned(),
        _ => path.join(".."),
    };
    if path.is_dir() {
        vec![path.to_owned(), beside]
    } else {
        vec![beside]
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
