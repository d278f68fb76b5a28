//! What is kept of a form once its sheet is dropped: what scoring, tracing and reporting need, and its verdict.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::at::Half;
use crate::finding::{Doubt, FormState, Outcome};
use crate::model::{
    CellRef, Exact, FormKey, Keyed, Letter, LineId, Person, Place, Points, ReviewerId, SocietyId,
    Tag,
};
use crate::roster::Roster;
use crate::scheme::{Figures, Given, Marks, Scheme};
use jiff::civil::Date;

/// One line of a settled form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettledLine {
    /// As it counts (after a clip or a blank taken as 0); none where it cannot be read or is missing.
    pub bonus: Option<Exact>,
    pub deduction: Option<Exact>,
    /// Where they stand; none where the line is missing.
    pub bonus_cell: Option<CellRef>,
    pub deduction_cell: Option<CellRef>,
    /// They are what formulas came to: bonus, deduction.
    pub by_formula: [bool; 2],
    /// Apart, for most lines have nothing but points, and every line of every form is kept.
    pub written: Option<Box<Written>>,
}

/// What a line has beside its points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// What the bonus was worked out from, where the line does not ask for points.
    pub given: Option<Given>,
    /// 佐证材料, as written.
    pub evidence: Box<str>,
    /// 评分说明, as written.
    pub remark: Box<str>,
}

impl Written {
    /// As a line keeps it; nothing takes no room.
    #[must_use]
    pub fn kept(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

impl SettledLine {
    /// What the bonus was worked out from, where the line does not ask for points.
    #[must_use]
    pub fn given(&self) -> Option<&Given> {
        self.written.as_ref()?.given.as_ref()
    }

    /// 佐证材料, as written; empty where nothing is.
    #[must_use]
    pub fn evidence(&self) -> &str {
        self.written
            .as_ref()
            .map_or("", |written| &written.evidence)
    }

    /// 评分说明, as written; empty where nothing is.
    #[must_use]
    pub fn remark(&self) -> &str {
        self.written.as_ref().map_or("", |written| &written.remark)
    }

    /// A line in which nothing is given, and nothing to give: one of another class of objects.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            bonus: Some(Exact::zero()),
            deduction: Some(Exact::zero()),
            ..Self::default()
        }
    }

    /// Whether both what it gives and what it takes can be read.
    fn is_whole(&self) -> bool {
        self.bonus.is_some() && self.deduction.is_some()
    }

    /// What it comes to; none unless both can be read.
    fn net(&self) -> Option<Exact> {
        Some(self.bonus.clone()? - self.deduction.clone()?)
    }

    /// What it gives and takes; none unless both can be read.
    #[must_use]
    pub fn marks(&self) -> Option<Marks> {
        Some(Marks {
            bonus: self.bonus.clone()?,
            deduction: self.deduction.clone()?,
        })
    }
}

/// Points that were corrected after they came in (评分更正单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// Index into the rows of 评分更正单.
    pub row: usize,
    pub line: LineId,
    pub half: Half,
    pub from: Points,
    pub to: Points,
}

/// One form with its verdict: after `check` the verdict on the form alone, after `settle` the verdict among
/// all forms. Texts are as written in the form, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledForm {
    /// File, inner path and sheet.
    pub place: Place,
    /// Of the file, lower-case hex.
    pub sha256: String,
    /// Of the form as it was read, whatever its file is called.
    pub fingerprint: String,
    /// The form itself, as a correction of it would name it.
    pub tag: Option<Tag>,
    /// The scheme that its id names; none where the id cannot be read.
    pub of_scheme: Option<String>,
    /// The mail it came in.
    pub letter: Option<Arc<Letter>>,
    /// Signed forms, scanned, that go with it (indices into the files).
    pub scans: Vec<usize>,
    /// Index into the roster.
    pub society: Option<SocietyId>,
    /// What the form says where the society is not in the roster.
    pub society_text: String,
    pub reviewer: String,
    pub unit: String,
    /// The row of the list that has who filled it; of several the one of the society's group, else the first.
    pub listed: Option<ReviewerId>,
    /// 评价人类别 (an index into the scheme's), where reviewers have classes.
    pub class: Option<usize>,
    /// By veto of the scheme: whether the form says that it applies; none where it does not say.
    pub vetoes: Vec<Option<bool>>,
    pub member: Option<bool>,
    /// 评价方式.
    pub mode: String,
    /// 评价日期.
    pub date: Option<Date>,
    pub phone: String,
    /// 推荐星级.
    pub recommended: Option<u32>,
    /// 推荐意见.
    pub opinion: String,
    /// The total the form itself shows.
    pub stated_total: Option<Points>,
    /// The forms received earlier that this one says it corrects.
    pub corrects: Vec<Tag>,
    pub state: FormState,
    /// The form that this one is a copy of or was superseded by.
    pub instead: Option<FormKey>,
    /// The forms by the same person that say something else, where none of them is the newest.
    pub clashes: Vec<FormKey>,
    /// The clerk's rulings that were applied to it (indices into the register).
    pub rulings: Vec<usize>,
    /// Why it counts only provisionally.
    pub doubts: BTreeSet<Doubt>,
    /// By line of the scheme; empty where the table could not be read.
    pub lines: Keyed<LineId, SettledLine>,
    /// Corrections that `lines` already have, in the order in which they were made.
    pub amended: Vec<Amended>,
}

impl SettledLine {
    /// The points of one side, as they count.
    #[must_use]
    pub fn points(&self, half: Half) -> Option<Points> {
        let side = match half {
            Half::Deduction => &self.deduction,
            Half::Bonus | Half::Value | Half::Target => &self.bonus,
        };
        side.as_ref()?.points()
    }

    /// Where they stand.
    #[must_use]
    pub const fn cell(&self, half: Half) -> Option<CellRef> {
        match half {
            Half::Deduction => self.deduction_cell,
            Half::Bonus | Half::Value | Half::Target => self.bonus_cell,
        }
    }

    pub(crate) fn put(&mut self, half: Half, points: Points) {
        let points = Some(Exact::from(points));
        match half {
            Half::Deduction => self.deduction = points,
            Half::Bonus | Half::Value | Half::Target => self.bonus = points,
        }
    }
}

impl SettledForm {
    /// Who filled it.
    #[must_use]
    pub fn person<'g>(&self, roster: &'g Roster) -> Cow<'g, Person> {
        roster.person_listed(&self.reviewer, &self.unit, self.listed)
    }

    /// It is no longer told which society it is about.
    pub(crate) fn forget_society(&mut self, roster: &Roster) {
        self.society = None;
        let listed = roster.reviewer_named(&self.reviewer, &self.unit, None);
        self.listed = listed.map(|(row, _)| row);
    }

    /// The lines as they came in, before any correction.
    #[must_use]
    pub fn lines_received(&self) -> Keyed<LineId, SettledLine> {
        let mut lines = self.lines.clone();
        for one in self.amended.iter().rev() {
            if let Some(line) = lines.get_mut(one.line) {
                line.put(one.half, one.from);
            }
        }
        lines
    }

    /// When the mail it came in was sent.
    #[must_use]
    pub fn sent(&self) -> Option<&jiff::Zoned> {
        self.letter.as_ref()?.sent.as_ref()
    }

    /// The later of the days on which it was filled in and sent.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.date.max(self.sent().map(jiff::Zoned::date))
    }

    /// Sum of the bonuses; none while any cannot be read.
    #[must_use]
    pub fn bonus(&self) -> Option<Exact> {
        self.sum(|line| line.bonus.clone())
    }

    /// Sum of the deductions; none while any cannot be read.
    #[must_use]
    pub fn deduction(&self) -> Option<Exact> {
        self.sum(|line| line.deduction.clone())
    }

    fn sum(&self, points: impl Fn(&SettledLine) -> Option<Exact>) -> Option<Exact> {
        if self.lines.is_empty() {
            return None;
        }
        self.lines.iter().map(points).sum()
    }

    /// Whether there are points in every line.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(SettledLine::is_whole)
    }

    /// The form's own total under its scheme, as it is: it can be below 0. None while any points cannot be read.
    #[must_use]
    pub fn total(&self, scheme: &Scheme) -> Option<Exact> {
        if self.lines.is_empty() {
            return None;
        }
        let nets = self.lines.iter().map(SettledLine::net);
        let nets: Vec<Exact> = nets.collect::<Option<_>>()?;
        Some(Figures::total_of(scheme, nets.into_iter()))
    }

    /// The points that count, line by line: none unless the form counts and has points in every line.
    #[must_use]
    pub fn counting(&self) -> Option<Keyed<LineId, Marks>> {
        marks(&self.lines).filter(|_| self.is_scored())
    }

    /// The same as it came in, before any correction.
    #[must_use]
    pub fn counting_as_received(&self) -> Option<Keyed<LineId, Marks>> {
        marks(&self.lines_received()).filter(|_| self.is_scored())
    }

    /// Whether it has points that count.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.is_scored() && self.is_whole()
    }

    /// Whether the form was scored: counted, or sound for a society that is not accepted.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.state.is_scored()
    }

    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome {
            state: self.state,
            doubtful: !self.doubts.is_empty(),
        }
    }
}

/// One file that was met, for 材料来源 and the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedFile {
    pub file: String,
    pub within: Vec<String>,
    /// Empty where the file was not read.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// The forms found in it.
    pub forms: Vec<FormKey>,
    /// The societies' own forms found in it (indices into those).
    pub assessments: Vec<usize>,
    /// The mail it came in; of a mail, its own head.
    pub letter: Option<Arc<Letter>>,
    /// An archive or a mail that was opened: what is inside is listed by itself.
    pub is_holder: bool,
    /// A signed form, scanned: of which society (an index into the roster).
    pub scan_of: Option<SocietyId>,
    /// That forms may lie in it which were not read, or that it was named and holds none.
    pub unread: Option<Unread>,
    /// Why there are no forms, in words; empty where there are.
    pub remark: String,
}

/// A file that was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unread {
    /// The one society (an index into the roster) that it is named after.
    pub about: Option<SocietyId>,
    /// The clerk's ruling (an index into the register) by which it is done with all the same.
    pub ruling: Option<usize>,
}

impl ReceivedFile {
    /// Whether it was not read, and nobody has done with it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.unread.is_some_and(|unread| unread.ruling.is_none())
    }

    /// The whole file as a place.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::file(&self.file, &self.within)
    }

    /// The name a person gave it, without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        let path = self.within.last().unwrap_or(&self.file);
        path.rsplit('/').next().unwrap_or(path)
    }
}

/// The points of every line; none while any cannot be read.
fn marks(lines: &[SettledLine]) -> Option<Keyed<LineId, Marks>> {
    if lines.is_empty() {
        return None;
    }
    lines.iter().map(SettledLine::marks).collect()
}
