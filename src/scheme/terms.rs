//! Weights, caps, classes, vetoes and places: what a scheme may say beyond lines, stars and grades.

use std::sync::OnceLock;

use serde::Serialize;

use super::{Aggregation, Policies, Scheme};
use crate::model::{LineId, Points};

/// From how many forms up the trimmed mean leaves out the highest and the lowest, unless the scheme says otherwise.
const USUAL_TRIM: usize = 5;

/// A cap on a group of lines: 附加分 together at most 5.
#[derive(Debug, Clone, Serialize)]
pub struct Cap {
    pub name: String,
    /// All of one part.
    pub lines: Vec<LineId>,
    pub at_most: Points,
}

/// What several reviewers' forms are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Line by line; caps and weights come after.
    Line,
    /// Each form's capped and weighted total for itself.
    Total,
}

impl Policies {
    /// Whether an aggregation works on the totals of forms. Unless the scheme says it, mean and median work on lines,
    /// and the trimmed mean leaves out whole forms.
    #[must_use]
    pub fn by_total(&self, aggregation: Aggregation) -> bool {
        match self.per {
            Some(per) => per == Per::Total,
            None => aggregation == Aggregation::TrimmedMean,
        }
    }

    /// From how many forms up the trimmed mean leaves any out.
    #[must_use]
    pub fn trim(&self) -> usize {
        self.trims_from.unwrap_or(USUAL_TRIM)
    }
}

/// A class of reviewers and what its score weighs, in per cent.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewerClass {
    pub name: String,
    pub percent: Points,
    /// Within the class; otherwise the scheme's.
    pub aggregation: Option<Aggregation>,
}

/// A class of what is evaluated: its lines are its own, and ranks are within it.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectClass {
    pub name: String,
    /// What the bonus caps of its lines add up to.
    pub bonus: Points,
}

/// 一票否决.
#[derive(Debug, Clone, Serialize)]
pub struct Veto {
    pub name: String,
    pub effect: Effect,
}

/// What a veto does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Neither grade nor rank.
    NotRanked,
    /// No grade; the rank stays.
    NoGrade,
    /// At most this grade (an index into [`Scheme::grades`]); the rank stays.
    AtMost(usize),
}

/// 名额: how many may have a grade, and where those beyond go.
#[derive(Debug, Clone, Serialize)]
pub struct Quota {
    /// Index into [`Scheme::grades`].
    pub grade: usize,
    pub places: Places,
    /// Index into [`Scheme::grades`].
    pub down_to: usize,
}

/// How many places a quota has.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// This share of those ranked, in per cent, rounded down.
    Percent(Points),
    /// So many.
    Count(u32),
}

impl Scheme {
    /// The scheme of one class of objects (an index): its lines and no others.
    #[must_use]
    pub fn of_class(&self, class: usize) -> Self {
        let mut scheme = self.clone();
        // Its forms are others.
        scheme.form_fingerprints = OnceLock::new();
        let kept: Vec<LineId> = self
            .lines
            .ids()
            .filter(|line| self.lines[*line].class.is_none_or(|of| of == class))
            .collect();
        scheme.lines = kept.iter().map(|line| self.lines[*line].clone()).collect();
        for cap in &mut scheme.caps {
            cap.lines = cap
                .lines
                .iter()
                .filter_map(|line| kept.iter().position(|kept| kept == line))
                .map(LineId::at)
                .collect();
        }
        for (part, of) in scheme.parts.iter_mut().enumerate() {
            let lines = || scheme.lines.iter().filter(|line| line.part == part);
            of.bonus = lines().map(|line| line.bonus.cap).sum();
            of.deduction = lines().map(|line| line.deduction.cap).sum();
        }
        scheme
    }
}
