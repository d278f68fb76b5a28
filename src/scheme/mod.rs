//! 评价方案: one year's rules, as data. Indicators are tuned every year (附件2第四条), so nothing of a year is
//! in the code.
//!
//! A [`Scheme`] exists only when every fault of its file has been put right: whoever holds one may rely on its
//! sums, counts and references. Knows nothing of forms, files received or findings.

mod another;
mod asks;
pub mod assess;
mod doubts;
mod faults;
mod figures;
mod fingerprint;
mod full;
pub mod kinds;
pub mod named;
mod read;
mod reader;
pub mod rule;
pub mod said;
mod stars;
mod terms;
pub mod value;
mod words;
mod year;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Exact, Keyed, LineId, Points, Weight, day};
pub use another::of_another_year;
pub use asks::Asks;
pub use assess::{Answer, Item, SelfAssessment};
pub use faults::Fault;
pub use figures::{Figures, Marks};
pub use read::{Faulty, keys, read, read_or_part};
pub use rule::Rule;
pub use terms::{Cap, Effect, ObjectClass, Per, Places, Quota, ReviewerClass, Veto};
pub use value::{Ask, Given, Value};
pub use year::{Basis, Eligibility, Quote, Report, Stage, UnitField, Units};

/// 评价方案 / 指标体系.
#[derive(Debug, Clone, Serialize)]
pub struct Scheme {
    /// Stable name, printed in every form id: `cast-2018`.
    pub id: String,
    pub title: String,
    /// 评价表的名称 (办法7.5).
    pub form_title: String,
    pub year: u32,
    /// What is evaluated, as headings call it: `学会党组织`.
    pub subject: String,
    /// What makes a society's name the name of what is evaluated: `党组织`. Empty where it is the society.
    pub subject_suffix: String,
    /// Number of the official document, if there is one.
    pub source: Option<String>,
    /// Decimals of the printed total, which decides the star.
    pub precision: u32,
    pub parts: Vec<Part>,
    pub dimensions: Vec<Dimension>,
    pub indicators: Vec<Indicator>,
    /// In the order of the form.
    pub lines: Keyed<LineId, Line>,
    pub base: Option<Base>,
    pub stars: Stars,
    pub grades: Vec<Grade>,
    pub policies: Policies,
    pub stages: Vec<Stage>,
    /// The stage the forms belong to, as an index into `stages`.
    pub form_stage: usize,
    /// By when and where to forms are sent back, where the office has said so. No part of what is scored.
    #[serde(skip)]
    pub deadline: Option<Date>,
    #[serde(skip)]
    pub return_to: Option<String>,
    /// 评价有效期 in years (办法3.2).
    pub validity_years: Option<u32>,
    /// Societies of this grade or better are supported (办法9.1).
    pub support_grade: Option<String>,
    pub eligibility: Eligibility,
    pub units: Units,
    /// The paragraphs that the tool's own rules come from.
    pub basis: Basis,
    /// Further conventions to print, one sentence each.
    pub conventions: Vec<String>,
    /// What those who hold a star report; of no weight in scoring.
    #[serde(skip)]
    pub reports: Vec<Report>,
    /// Paragraphs to quote as they stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// Caps on groups of lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Cap>,
    /// The most a total can be (最高不超过).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_at_most: Option<Points>,
    /// Classes of reviewers; none where all weigh alike.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reviewer_classes: Vec<ReviewerClass>,
    /// Classes of what is evaluated, each with its own lines; none where all have the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<ObjectClass>,
    /// 一票否决.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<Veto>,
    /// 名额.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<Quota>,
    /// What a form asks about its reviewer.
    #[serde(skip_serializing_if = "Asks::is_all")]
    pub asks: Asks,
    /// What the societies' own forms ask, where this is the scheme of those; see [`Scheme::assessing`].
    #[serde(skip)]
    pub own: Option<Arc<SelfAssessment>>,
    /// Whether a reviewer's forms show what the societies say of themselves.
    #[serde(skip)]
    pub shows_own: bool,
    /// What every form is compared with, of no class and of each; made when first asked for.
    #[serde(skip)]
    form_fingerprints: OnceLock<Vec<String>>,
}

/// 部分.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    pub id: String,
    pub title: String,
    /// What the bonus caps of its lines add up to.
    pub bonus: Points,
    pub deduction: Points,
    /// Its weight in the total, in per cent; none where parts are added up as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Weight>,
    /// The most it can come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Points>,
}

/// 一级指标.
#[derive(Debug, Clone, Serialize)]
pub struct Dimension {
    pub id: String,
    pub title: String,
    /// Index into [`Scheme::parts`].
    pub part: usize,
    /// The most it can come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Points>,
    /// Whether the scheme has written it; otherwise it is its part, for the lines that stand right under that.
    #[serde(skip)]
    pub is_written: bool,
}

/// 二级指标.
#[derive(Debug, Clone, Serialize)]
pub struct Indicator {
    pub id: String,
    pub title: String,
    /// Index into [`Scheme::dimensions`].
    pub dimension: usize,
}

/// 评分行: one scored row of the form.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// 编号: usually the indicator's, `9.2(1)` where an indicator has several rows.
    pub code: String,
    /// Index into [`Scheme::indicators`].
    pub indicator: usize,
    /// Index into [`Scheme::dimensions`].
    pub dimension: usize,
    /// Index into [`Scheme::parts`].
    pub part: usize,
    /// 评价要求 as officially worded, where the scheme gives it.
    pub wording: Option<String>,
    pub bonus: Side,
    pub deduction: Side,
    /// Lines whose bonus this line's bonus presupposes.
    pub needs: Vec<LineId>,
    /// Bonus and deduction exclude each other.
    pub exclusive: bool,
    /// What is asked for in the place of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Its weight in its part, in per cent; none where lines are added up as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Weight>,
    /// The class of objects it belongs to (an index); none where there are no classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<usize>,
    /// To how many decimals its points are rounded before anything is added up, where it has a rounding of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u32>,
}

/// 加分 or 减分 of a line: how far it goes, and by which criteria.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// 上限, as a magnitude. 0: nothing can be given here.
    pub cap: Points,
    pub criteria: Vec<Criterion>,
    pub combine: rule::Combine,
    /// Every value the criteria can produce, 0 and the cap included.
    pub attainable: BTreeSet<Points>,
}

/// 评分要点: one clause of a line that gives or takes points.
#[derive(Debug, Clone, Serialize)]
pub struct Criterion {
    /// Stable over the years.
    pub id: String,
    pub label: String,
    pub rule: Rule,
}

/// 基础分 (办法8.1): lines that together hold the base points. Not on top of them.
#[derive(Debug, Clone, Serialize)]
pub struct Base {
    pub lines: Vec<LineId>,
    pub points: Points,
}

/// 星级: the least total of each star, rising; the number of thresholds reached is the star (办法8.2).
#[derive(Debug, Clone, Serialize)]
pub struct Stars {
    pub thresholds: Vec<Points>,
    /// A total closer than this to the next threshold is remarked on; 0 never.
    pub near: Points,
    /// Grades stand on the total itself and these are their bounds: there are no stars to print.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unseen: bool,
}

/// 等次: a word for a range of stars, both ends included (办法8.3).
#[derive(Debug, Clone, Serialize)]
pub struct Grade {
    pub name: String,
    pub from: u32,
    pub to: u32,
}

/// What we had to settle; the committee may settle it otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct Policies {
    pub aggregation: Aggregation,
    pub blank: Blank,
    pub over_cap: OverCap,
    /// Applied in this order to equal totals.
    pub tie_breaks: Vec<TieBreak>,
    /// What the aggregation works on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
    /// From how many forms up the trimmed mean leaves out the highest and the lowest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trims_from: Option<usize>,
    /// What the societies' own facts weigh in the total, in per cent; none where the reviewers' points alone count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_percent: Option<Points>,
}

/// How several reviewers of one society become one score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregation {
    /// Mean of each line.
    Mean,
    /// Median of each line.
    Median,
    /// From five forms up without the form of the highest and that of the lowest total; then the mean.
    TrimmedMean,
}

/// What a blank bonus becomes where a bonus could be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blank {
    Hold,
    Zero,
}

/// What points over a cap become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverCap {
    Hold,
    Clip,
}

/// 同分规则.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieBreak {
    FewerDeductions,
    MoreBonus,
    /// More points in a part (an index).
    Part(usize),
    /// More points in a dimension (an index).
    Dimension(usize),
    /// More points in a line.
    Line(LineId),
}

impl Scheme {
    /// A paragraph as it stands, where the scheme quotes it.
    #[must_use]
    pub fn quote(&self, paragraph: Option<&str>) -> Option<&Quote> {
        let paragraph = paragraph?;
        self.quotes
            .iter()
            .find(|quote| quote.paragraph == paragraph)
    }

    #[must_use]
    pub fn stage(&self) -> Option<&Stage> {
        self.stages.get(self.form_stage)
    }

    /// The name of the stage the forms belong to: 初评.
    #[must_use]
    pub fn stage_name(&self) -> &str {
        self.stage().map_or("", |stage| &stage.name)
    }

    /// By when and where to a form is to be sent back, as far as the scheme says: `请于2018年8月25日前发到…`; empty where it
    /// says neither.
    #[must_use]
    pub fn send_back(&self) -> String {
        let by = self.deadline.map(|day| format!("于{}前", day::say(day)));
        let to = self.return_to.as_ref().map(|to| format!("发到{to}"));
        match (by, to) {
            (None, None) => String::new(),
            (Some(by), None) => format!("请{by}发回。"),
            (by, Some(to)) => format!("请{}{to}。", by.unwrap_or_default()),
        }
    }

    #[must_use]
    pub fn indicator(&self, line: &Line) -> &Indicator {
        &self.indicators[line.indicator]
    }

    #[must_use]
    pub fn dimension(&self, line: &Line) -> &Dimension {
        &self.dimensions[line.dimension]
    }

    /// The lines of one part.
    pub fn lines_of(&self, part: usize) -> impl Iterator<Item = (LineId, &Line)> {
        self.lines
            .entries()
            .filter(move |(_, line)| line.part == part)
    }
}

impl Line {
    /// Whether its form asks for a target beside the value.
    #[must_use]
    pub fn asks_target(&self) -> bool {
        self.value.as_ref().is_some_and(Value::asks_target)
    }

    /// Whether its form asks for a rate in per cent.
    #[must_use]
    pub fn asks_rate(&self) -> bool {
        let asked = self.value.as_ref().map(Value::ask);
        asked == Some(Ask::Number("%"))
    }

    /// The points of what was given in their place, by the line's own rounding; none where nothing can be worked out.
    #[must_use]
    pub fn worked_out(&self, given: &Given) -> Option<Exact> {
        let exact = self.value.as_ref()?.points(given)?;
        Some(match self.decimals {
            Some(decimals) => Exact::from(exact.rounded(decimals)),
            None => exact,
        })
    }
}

impl Side {
    /// Whether anything can be given here at all.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.cap.is_positive()
    }
}
