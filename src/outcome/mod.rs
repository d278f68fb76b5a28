//! The outcome of a run, read back from its folder: `data/results.json`, typed and held to its manifest.
//!
//! What the committee's year works on. It says what was decided and decides nothing again; a file that was changed,
//! or that another version wrote, is refused.

mod brief;
mod since;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::finding::{FormState, Severity};
use crate::ground::Ground;
use crate::model::{Points, open, sha256_hex};
use crate::rank::Since;
use crate::rank::SocietyState;
use crate::report::data::json;
use crate::report::data::manifest::{Entry, Manifest, number};
use crate::report::known::SpeaksOf;
use crate::report::{MANIFEST, RESULTS};

pub use brief::Brief;
pub use since::compared;

/// The results of a run, and what identifies them.
#[derive(Debug)]
pub struct Outcome {
    /// 结果编号. See [`fingerprint`].
    pub fingerprint: String,
    /// The file itself, as manifests list it.
    pub source: Entry,
    pub results: Results,
}

/// `data/results.json`, as far as the committee's year needs it.
#[derive(Debug, Deserialize)]
pub struct Results {
    pub tool: String,
    pub state: Edition,
    pub scheme: SchemeId,
    pub as_of: Option<Date>,
    pub mark: Option<String>,
    /// What keeps it from being final.
    pub open: Vec<String>,
    /// In roster order.
    pub societies: Vec<Society>,
    pub forms: Vec<Form>,
    pub findings: Vec<Finding>,
    /// What changed since those before; none where they were compared with none.
    #[serde(default)]
    pub since: Option<Since>,
    /// What the groups have done.
    #[serde(default)]
    pub groups: Vec<GroupWork>,
}

/// How far a group has got with its forms.
#[derive(Debug, Clone, Deserialize)]
pub struct GroupWork {
    pub number: u32,
    pub lead: String,
    pub due: usize,
    pub received: usize,
    pub in_time: usize,
    pub held: usize,
    pub corrected: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edition {
    Draft,
    Final,
}

/// Which scheme it was scored by.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, serde::Serialize)]
pub struct SchemeId {
    pub id: String,
    pub year: u32,
    pub fingerprint: String,
}

#[derive(Debug, Deserialize)]
pub struct Society {
    pub name: String,
    pub group: u32,
    /// Where the scheme has classes of objects.
    #[serde(default)]
    pub class: Option<String>,
    pub state: SocietyState,
    pub provisional: bool,
    pub rank: Option<usize>,
    pub tied: bool,
    pub rank_in_group: Option<usize>,
    pub bonus: Option<Points>,
    pub deduction: Option<Points>,
    pub total: Option<Points>,
    /// Left out where the scheme has no stars.
    #[serde(default)]
    pub stars: Option<u32>,
    pub grade: Option<String>,
    /// Why the grade is not the one of the total.
    #[serde(default)]
    pub held_down: Option<HeldDown>,
    #[serde(default)]
    pub recommended: Vec<Recommended>,
    pub lines: Vec<Line>,
}

/// Why a grade is not the one of its total: `{"by": "quota", "grade": "五星"}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum HeldDown {
    /// The grade of the total, or what a veto had left of it.
    Quota {
        grade: String,
        #[serde(default)]
        veto: Option<String>,
    },
    Veto {
        veto: String,
    },
}

#[derive(Debug, Deserialize)]
pub struct Recommended {
    pub stars: u32,
    pub forms: usize,
}

/// A line of a society: the settled points.
#[derive(Debug, Deserialize)]
pub struct Line {
    pub code: String,
    pub bonus: Points,
    pub deduction: Points,
}

#[derive(Debug, Deserialize)]
pub struct Form {
    pub id: usize,
    pub file: String,
    #[serde(default)]
    pub within: Vec<String>,
    pub sheet: String,
    pub sha256: String,
    pub society: Option<String>,
    pub group: Option<u32>,
    pub reviewer: Option<String>,
    pub unit: Option<String>,
    /// 评价人类别.
    #[serde(default)]
    pub class: Option<String>,
    pub state: FormState,
    /// The form (its id) that this one is a copy of, or was superseded by.
    pub instead: Option<usize>,
    pub total: Option<Points>,
    pub lines: Vec<FormLine>,
}

#[derive(Debug, Deserialize)]
pub struct FormLine {
    pub code: String,
    pub bonus: Option<Points>,
    pub deduction: Option<Points>,
    /// How points that a rule works out came about.
    #[serde(default)]
    pub step: Option<String>,
    remark: Option<String>,
    /// Of whom the remark speaks.
    remark_speaks_of: Option<Vec<SpeaksOf>>,
}

/// The remarks on one line that a reader may see, and how many there are beside them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Remarks<'o> {
    pub shown: Vec<&'o str>,
    pub kept_back: usize,
}

impl<'o> Remarks<'o> {
    /// Those on a line (an index) of these forms that speak of nobody of whom the reader must not read.
    #[must_use]
    pub fn on(forms: &[&'o Form], line: usize, hidden: &[SpeaksOf]) -> Self {
        let mut remarks = Self::default();
        for line in forms.iter().filter_map(|form| form.lines.get(line)) {
            let Some(remark) = &line.remark else {
                continue;
            };
            let names = line.remark_speaks_of.as_ref();
            if names.is_some_and(|names| names.iter().all(|named| !hidden.contains(named))) {
                remarks.shown.push(remark);
            } else {
                remarks.kept_back += 1;
            }
        }
        remarks
    }
}

#[derive(Debug, Deserialize)]
pub struct Finding {
    pub severity: Severity,
    pub society: Option<String>,
    pub line: Option<String>,
    /// For those who may not know who reviewed; of warnings about a society.
    pub without_people: Option<String>,
}

/// What identifies a content on paper: `letter` and 16 hex digits.
#[must_use]
pub fn fingerprint(letter: char, bytes: &[u8]) -> String {
    number(letter, &sha256_hex(bytes))
}

impl Outcome {
    /// Reads the folder that a run wrote.
    ///
    /// # Errors
    /// No such folder; no results in it; a file changed since, or of another version.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let kept = Kept::load(folder, RESULTS, "汇总结果")?;
        Ok(Self {
            fingerprint: number('R', &kept.entry.sha256),
            results: kept.parse(json::SCHEMA)?,
            source: kept.entry,
        })
    }

    /// Whether it was scored by this year's scheme.
    ///
    /// # Errors
    /// It was not.
    pub fn hold(&self, ground: &Ground) -> Result<(), Error> {
        hold(&self.results.scheme, ground)
    }

    /// Whether it is the final edition.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.results.state == Edition::Final
    }

    /// The society of this name.
    #[must_use]
    pub fn society(&self, name: &str) -> Option<&Society> {
        self.results.societies.iter().find(|one| one.name == name)
    }

    /// The societies that were ranked, best first, class after class; equal ones in roster order.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Society> {
        let mut ranked: Vec<&Society> = self
            .results
            .societies
            .iter()
            .filter(|one| one.state == SocietyState::Ranked)
            .collect();
        // Ranks are within a class.
        let mut classes: Vec<Option<&str>> = Vec::new();
        for one in &self.results.societies {
            let class = one.class.as_deref();
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        let place = |one: &Society| {
            let mut classes = classes.iter();
            classes.position(|class| *class == one.class.as_deref())
        };
        ranked.sort_by_key(|one| (place(one), one.rank));
        ranked
    }

    /// The forms that count for a society, in an order that tells nothing of who wrote them.
    #[must_use]
    pub fn forms_of(&self, society: &str) -> Vec<&Form> {
        let mut forms: Vec<&Form> = self
            .results
            .forms
            .iter()
            .filter(|form| form.state == FormState::Counted)
            .filter(|form| form.society.as_deref() == Some(society))
            .collect();
        forms.sort_by_key(|form| {
            sha256_hex(format!("{}{society}{}", self.fingerprint, form.id).as_bytes())
        });
        forms
    }

    /// How many reviewers have a form that counts in a group.
    #[must_use]
    pub fn reviewers_in(&self, group: u32) -> usize {
        let counted = self
            .results
            .forms
            .iter()
            .filter(|form| form.state == FormState::Counted && form.group == Some(group));
        let people: BTreeSet<(Option<&str>, Option<&str>)> = counted
            .map(|form| (form.reviewer.as_deref(), form.unit.as_deref()))
            .collect();
        people.len()
    }
}

/// A scheme that something was scored by, held against the year in use.
///
/// # Errors
/// They differ.
pub fn hold(scheme: &SchemeId, ground: &Ground) -> Result<(), Error> {
    if ground.scheme.fingerprint() == scheme.fingerprint {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "结果是按{}年的方案 {}（{}）得出的，现用的是 {}（{}）。请用 --scheme 指定当时的年度目录。",
        scheme.year,
        scheme.id,
        scheme.fingerprint,
        ground.scheme.id,
        ground.scheme.fingerprint()
    )))
}

/// A file of an output folder that is still as its manifest says.
pub struct Kept {
    pub bytes: Vec<u8>,
    pub entry: Entry,
    path: PathBuf,
}

impl Kept {
    /// Reads `file` of an output folder; `what` it is called by people.
    ///
    /// # Errors
    /// It is not there, or not as it was written.
    pub fn load(folder: &Path, file: &str, what: &str) -> Result<Self, Error> {
        if !folder.exists() {
            return Err(Error::NoSuchPath(folder.to_owned()));
        }
        let path = folder.join(file);
        let lacking = || {
            Error::Usage(format!(
                "“{}”里没有{what}（{file} 和 {MANIFEST}）。请指定本工具写出的整个输出目录。",
                folder.display()
            ))
        };
        let manifest = open::read(&folder.join(MANIFEST), open::OUTPUT).map_err(|_| lacking())?;
        let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|_| lacking())?;
        let known = manifest
            .outputs
            .into_iter()
            .find(|entry| entry.file == file);
        let entry = known.ok_or_else(lacking)?;
        let bytes = open::read(&path, open::OUTPUT).map_err(|source| Error::Read {
            path: path.clone(),
            source,
        })?;
        if sha256_hex(&bytes) != entry.sha256 {
            return Err(Error::Usage(format!(
                "“{}”写出以后被改动过，不能再用。请重新生成一次，不要手工修改它。",
                path.display()
            )));
        }
        Ok(Self { bytes, entry, path })
    }

    /// Its values, if it is of this version.
    ///
    /// # Errors
    /// It is of another one.
    pub fn parse<T: DeserializeOwned>(&self, schema: u32) -> Result<T, Error> {
        #[derive(Deserialize)]
        struct Versioned {
            schema: u32,
        }
        let refused = |reason: String| {
            Error::Usage(format!(
                "“{}”{reason}。请用现在的程序重新生成一次。",
                self.path.display()
            ))
        };
        let version: Versioned = serde_json::from_slice(&self.bytes)
            .map_err(|error| refused(format!("无法识别（{error}）")))?;
        if version.schema != schema {
            return Err(refused(format!(
                "是第{}版，本程序只认第{schema}版",
                version.schema
            )));
        }
        serde_json::from_slice(&self.bytes).map_err(|error| refused(format!("内容不全（{error}）")))
    }
}
