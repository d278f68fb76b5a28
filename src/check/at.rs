//! A cell meant for points: as the families look at it, and as what they found keeps it.

use serde::Serialize;

use super::Subject;
use crate::finding::text::shown;
use crate::finding::{Advice, Fact, Finding, Reader};
use crate::form::{Entry, Filled, Spot};
use crate::model::{LineId, Points};
use crate::scheme::{Ask, Line, Side, Value};

/// One of the two columns of points, or of those that stand in the place of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    Bonus,
    Deduction,
    /// 填报内容, which points are worked out from.
    Value,
    /// 目标数.
    Target,
}

impl Half {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bonus => "加分",
            Self::Deduction => "减分",
            Self::Value => "填报内容",
            Self::Target => "目标数",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Deduction => Self::Bonus,
            Self::Bonus | Self::Value | Self::Target => Self::Deduction,
        }
    }

    /// The side of a line that it is, or makes.
    #[must_use]
    pub const fn of(self, line: &Line) -> &Side {
        match self {
            Self::Bonus | Self::Value | Self::Target => &line.bonus,
            Self::Deduction => &line.deduction,
        }
    }

    /// Whether it is typed in points.
    pub(super) const fn is_points(self) -> bool {
        matches!(self, Self::Bonus | Self::Deduction)
    }

    pub(super) const fn spot(self, line: LineId) -> Spot {
        match self {
            Self::Bonus => Spot::Bonus(line),
            Self::Deduction => Spot::Deduction(line),
            Self::Value => Spot::Value(line),
            Self::Target => Spot::Target(line),
        }
    }
}

/// One cell meant for points.
pub(super) struct PointsCell<'a> {
    pub(super) index: LineId,
    pub(super) line: &'a Line,
    pub(super) half: Half,
    pub(super) side: &'a Side,
    pub(super) entry: &'a Entry,
}

impl PointsCell<'_> {
    pub(super) fn is_bonus(&self) -> bool {
        self.half == Half::Bonus
    }

    /// The points as they are meant: a deduction written as -10 means 10. None where there is no number.
    pub(super) fn points(&self) -> Option<Points> {
        let points = self.entry.filled.points()?;
        Some(if self.half == Half::Deduction {
            points.magnitude()
        } else {
            points
        })
    }

    /// Whether a bonus could be given here and nothing is said. Not the same as 0.
    pub(super) fn is_unscored(&self) -> bool {
        self.is_bonus() && self.side.is_open() && self.entry.filled == Filled::Blank
    }

    /// What is kept of it.
    pub(super) fn at(&self) -> At {
        At {
            line: self.index,
            side: self.half,
            written: self.entry.filled.shown(),
            by_formula: self.entry.is_formula && self.entry.filled.points().is_some(),
        }
    }

    /// A finding about this cell.
    pub(super) fn found(&self, subject: &Subject<'_>, fact: impl Fact + 'static) -> Finding {
        subject.found(self.entry.cell, fact).line(&self.line.code)
    }
}

/// A cell meant for points, and what stands there.
#[derive(Debug, Clone, Serialize)]
pub(super) struct At {
    /// The finding has its code.
    #[serde(skip)]
    pub(super) line: LineId,
    pub(super) side: Half,
    pub(super) written: String,
    /// The number is what a formula came to: whoever looks for it finds something else in the cell.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) by_formula: bool,
}

impl At {
    pub(super) fn spot(&self) -> Spot {
        self.side.spot(self.line)
    }

    pub(super) const fn is_points(&self) -> bool {
        self.side.is_points()
    }

    /// Whether it asks for a number of times.
    pub(super) fn asks_count(&self, to: &Reader<'_>) -> bool {
        let line = &to.ground.scheme.lines[self.line];
        self.side == Half::Value && line.value.as_ref().map(Value::ask) == Some(Ask::Count)
    }

    /// `3.2“定期召开党委会”加分`.
    pub(super) fn title(&self, to: &Reader<'_>) -> String {
        let by = if self.by_formula {
            "（由公式得出）"
        } else {
            ""
        };
        format!("{}{}{by}", to.line(self.line), self.side.label())
    }

    /// What may stand there, in words.
    pub(super) fn allowed(&self, to: &Reader<'_>) -> String {
        let line = &to.ground.scheme.lines[self.line];
        let side = self.side.of(line);
        if let (Half::Value, Some(value)) = (self.side, &line.value) {
            match value.ask() {
                Ask::Level(_) => value.ask().to_string(),
                Ask::Count => "次数（不小于0的整数）".to_owned(),
                ask if value.may_be_negative() => format!("{ask}，可以是负数"),
                ask => format!("{ask}，不小于0"),
            }
        } else if self.side == Half::Target {
            "大于0的数".to_owned()
        } else if side.is_open() {
            side.in_words()
        } else {
            "不填".to_owned()
        }
    }

    /// What the sender is told, with what they wrote and what may stand there.
    pub(super) fn advice(&self, to: &Reader<'_>, fix: impl Into<String>) -> Advice {
        Advice::new(fix)
            .found(shown(&self.written))
            .allowed(self.allowed(to))
    }
}
