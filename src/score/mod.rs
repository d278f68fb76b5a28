//! 计分: from the counted forms of one society to its score, exactly.
//!
//! Line score = bonus − deduction. Sums first, division last, one rounding (in `round`). Knows no files,
//! findings or floats.

mod aggregate;
mod round;

pub use aggregate::aggregate;

use crate::model::Points;
pub use crate::model::{Exact, Keyed, LineId};
use crate::scheme::Scheme;
pub use crate::scheme::{Figures, Marks};

/// What one form gives and takes in one line; both magnitudes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinePoints {
    pub bonus: Points,
    pub deduction: Points,
}

impl From<LinePoints> for Marks {
    fn from(points: LinePoints) -> Self {
        Self {
            bonus: Exact::from(points.bonus),
            deduction: Exact::from(points.deduction),
        }
    }
}

/// One counted form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoredForm {
    /// The class of its reviewer (an index), where the scheme has classes.
    pub class: Option<usize>,
    /// By line of the scheme.
    pub lines: Keyed<LineId, Marks>,
}

/// The exact score of one society.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    figures: Figures,
    /// By how many forms its sums are divided: without weights, that many times every figure is a decimal.
    pub divisor: u32,
    /// How many forms it was made of.
    pub forms: usize,
    /// Which of them (as indices) were left out as highest and lowest.
    pub trimmed: Vec<usize>,
    /// What the reviewers' forms alone come to, where the society's own facts count as well.
    reviewed: Option<Figures>,
}

impl Score {
    #[must_use]
    pub fn line_bonus(&self, line: LineId) -> Exact {
        self.figures.lines[line].bonus.clone()
    }

    #[must_use]
    pub fn line_deduction(&self, line: LineId) -> Exact {
        self.figures.lines[line].deduction.clone()
    }

    /// Bonus − deduction of a line, neither weighted nor capped.
    #[must_use]
    pub fn line(&self, line: LineId) -> Exact {
        self.figures.lines[line].net()
    }

    /// The same by the reviewers' forms alone.
    #[must_use]
    pub fn reviewed_line(&self, line: LineId) -> Exact {
        let figures = self.reviewed.as_ref().unwrap_or(&self.figures);
        figures.lines[line].net()
    }

    /// The total by the reviewers' forms alone; can be below 0.
    #[must_use]
    pub fn reviewed_total(&self) -> Exact {
        let figures = self.reviewed.as_ref().unwrap_or(&self.figures);
        figures.total.clone()
    }

    /// What divided by [`Score::divisor`] gives `figure`.
    #[must_use]
    pub fn undivided(&self, figure: Exact) -> Points {
        (figure * Exact::from(Points::from(self.divisor))).rounded(Points::MOST_DECIMALS)
    }

    #[must_use]
    pub fn bonus(&self) -> Exact {
        let lines = self.figures.lines.iter();
        lines.map(|line| line.bonus.clone()).sum()
    }

    #[must_use]
    pub fn deduction(&self) -> Exact {
        let lines = self.figures.lines.iter();
        lines.map(|line| line.deduction.clone()).sum()
    }

    /// The total, weighted and capped; can be below 0.
    #[must_use]
    pub fn total(&self) -> Exact {
        self.figures.total.clone()
    }

    /// What a part (an index) comes to; can be below 0.
    #[must_use]
    pub fn part(&self, part: usize) -> Exact {
        self.figures.parts[part].clone()
    }

    /// What a dimension (an index) comes to; can be below 0.
    #[must_use]
    pub fn dimension(&self, dimension: usize) -> Exact {
        self.figures.dimensions[dimension].clone()
    }

    /// Bonus alone of a dimension (an index), to set against its cap.
    #[must_use]
    pub fn dimension_bonus(&self, scheme: &Scheme, dimension: usize) -> Exact {
        let lines = scheme.lines.iter().zip(&self.figures.lines);
        let own = lines.filter(|(line, _)| line.dimension == dimension);
        own.map(|(_, marks)| marks.bonus.clone()).sum()
    }
}

/// What a society's score comes to: printed total, star, grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub score: Score,
    /// The printed total: rounded once, half up, to the scheme's precision, at least 0. It alone decides the
    /// star and the rank.
    pub total: Points,
    /// The exact total was below 0 and counts as 0.
    pub below_zero: bool,
    /// 测算星级 (办法8.2).
    pub stars: u32,
    /// 等次 (办法8.3), if the star has one.
    pub grade: Option<String>,
    /// 基础分 (办法8.1): every base line at its cap. None where the scheme has no base.
    pub has_base: Option<bool>,
    /// What is missing to the next star, where it is less than the scheme's `near`.
    pub to_next_star: Option<Points>,
}

/// Scores one society from its counted forms, each a list of points by line of the scheme, in the order of
/// the reviewers. None without a form.
#[must_use]
pub fn score(scheme: &Scheme, forms: &[Vec<LinePoints>]) -> Option<Rating> {
    let marks = |form: &Vec<LinePoints>| ScoredForm {
        class: None,
        lines: form.iter().copied().map(Marks::from).collect(),
    };
    score_forms(scheme, &forms.iter().map(marks).collect::<Vec<_>>())
}

/// The same for forms of classes of reviewers, or with points that were worked out. None also where a class of
/// reviewers is missing.
#[must_use]
pub fn score_forms(scheme: &Scheme, forms: &[ScoredForm]) -> Option<Rating> {
    Some(rating(scheme, aggregate(scheme, forms)?))
}

/// The same together with what the society's own facts come to, by line, where the scheme lets them count: none then
/// without them, for what is missing is never made up for.
#[must_use]
pub fn score_with(
    scheme: &Scheme,
    forms: &[ScoredForm],
    own: Option<Keyed<LineId, Marks>>,
) -> Option<Rating> {
    let Some(percent) = scheme.policies.self_percent else {
        return score_forms(scheme, forms);
    };
    let score = aggregate(scheme, forms)?.weighed(scheme, own?, percent)?;
    Some(rating(scheme, score))
}

fn rating(scheme: &Scheme, score: Score) -> Rating {
    let exact = score.total().rounded(scheme.precision);
    let below_zero = exact.is_negative();
    let total = if below_zero { Points::ZERO } else { exact };
    let stars = scheme.stars.of(total);
    let has_base = scheme.base.as_ref().map(|base| {
        base.lines.iter().all(|line| {
            score
                .line_bonus(*line)
                .reaches(scheme.lines[*line].bonus.cap)
        })
    });
    let next = scheme.stars.next(total);
    let to_next_star = next
        .map(|threshold| threshold - total)
        .filter(|missing| *missing < scheme.stars.near);
    Rating {
        total,
        below_zero,
        stars,
        grade: scheme.grade(stars).map(str::to_owned),
        has_base,
        to_next_star,
        score,
    }
}
