//! 计分: from the counted forms of one society to its score, exactly.
//!
//! Line score = bonus − deduction. Sums first, division last, one rounding (in `round`). Knows no files,
//! findings or floats.

mod aggregate;
mod round;

pub use aggregate::aggregate;
pub use round::Exact;

use crate::model::Points;
use crate::scheme::Scheme;

/// What one form gives and takes in one line; both magnitudes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinePoints {
    pub bonus: Points,
    pub deduction: Points,
}

/// The exact score of one society: for each line of the scheme a sum of points over one common divisor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    lines: Vec<LinePoints>,
    over: u32,
    /// How many forms it was made of.
    pub forms: usize,
    /// Which of them (as indices) were left out as highest and lowest.
    pub trimmed: Vec<usize>,
}

impl Score {
    fn exact(&self, sum: Points) -> Exact {
        Exact::new(sum, self.over)
    }

    /// The sum of `points` over the lines that `which` keeps.
    fn sum(&self, which: impl Fn(usize) -> bool, points: impl Fn(&LinePoints) -> Points) -> Exact {
        let kept = self
            .lines
            .iter()
            .enumerate()
            .filter(|(line, _)| which(*line));
        self.exact(kept.map(|(_, line)| points(line)).sum())
    }

    #[must_use]
    pub fn line_bonus(&self, line: usize) -> Exact {
        self.exact(self.lines[line].bonus)
    }

    #[must_use]
    pub fn line_deduction(&self, line: usize) -> Exact {
        self.exact(self.lines[line].deduction)
    }

    /// Bonus − deduction of a line.
    #[must_use]
    pub fn line(&self, line: usize) -> Exact {
        self.sum(|one| one == line, net)
    }

    #[must_use]
    pub fn bonus(&self) -> Exact {
        self.sum(|_| true, |line| line.bonus)
    }

    #[must_use]
    pub fn deduction(&self) -> Exact {
        self.sum(|_| true, |line| line.deduction)
    }

    /// Bonus − deduction over all lines; can be below 0.
    #[must_use]
    pub fn total(&self) -> Exact {
        self.sum(|_| true, net)
    }

    /// Bonus − deduction of a part (an index); can be below 0.
    #[must_use]
    pub fn part(&self, scheme: &Scheme, part: usize) -> Exact {
        self.sum(|line| scheme.lines[line].part == part, net)
    }

    /// Bonus − deduction of a dimension (an index); can be below 0.
    #[must_use]
    pub fn dimension(&self, scheme: &Scheme, dimension: usize) -> Exact {
        self.sum(|line| scheme.lines[line].dimension == dimension, net)
    }

    /// Bonus alone of a dimension (an index), to set against its cap.
    #[must_use]
    pub fn dimension_bonus(&self, scheme: &Scheme, dimension: usize) -> Exact {
        self.sum(
            |line| scheme.lines[line].dimension == dimension,
            |line| line.bonus,
        )
    }
}

fn net(line: &LinePoints) -> Points {
    line.bonus - line.deduction
}

/// What a society's score comes to: printed total, star, grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
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
pub fn score(scheme: &Scheme, forms: &[Vec<LinePoints>]) -> Option<Result> {
    let score = aggregate(scheme.policies.aggregation, forms)?;
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
    let next = scheme
        .stars
        .thresholds
        .iter()
        .find(|threshold| **threshold > total);
    let to_next_star = next
        .map(|threshold| *threshold - total)
        .filter(|missing| *missing < scheme.stars.near);
    Some(Result {
        total,
        below_zero,
        stars,
        grade: scheme.grade(stars).map(str::to_owned),
        has_base,
        to_next_star,
        score,
    })
}
