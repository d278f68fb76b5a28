//! How several reviewers' forms become one score, by the scheme's `aggregation`.
//!
//! Either line by line, and caps and weights come after; or each form is worked out to its end, and what comes of
//! it is put together. Classes of reviewers are put together each for itself first, and then weighed.

use super::{Figures, Marks, Score, ScoredForm};
use crate::model::{Exact, Keyed, LineId, Points};
use crate::scheme::{Aggregation, Scheme};

/// Puts the forms of one society together. None without a form, or with none of a class of reviewers that counts:
/// what is missing is never made up for by the others.
///
/// `forms` come in the order of the reviewers, which decides which of equal totals is left out.
#[must_use]
pub fn aggregate(scheme: &Scheme, forms: &[ScoredForm]) -> Option<Score> {
    if forms.is_empty() {
        return None;
    }
    let policies = &scheme.policies;
    let worked: Vec<Figures> = forms
        .iter()
        .map(|form| Figures::of(scheme, form.lines.clone()))
        .collect();
    let mut trimmed = Vec::new();
    let mut put = |which: &[usize], aggregation: Aggregation| {
        let of: Vec<&Figures> = which.iter().map(|form| &worked[*form]).collect();
        let is_total = policies.by_total(aggregation);
        let trims = aggregation == Aggregation::TrimmedMean && of.len() >= policies.trim();
        let left_out = if trims && is_total {
            extremes(&of)
        } else {
            Vec::new()
        };
        trimmed.extend(left_out.iter().map(|form| which[*form]));
        let kept: Vec<Vec<Exact>> = of
            .iter()
            .enumerate()
            .filter(|(form, _)| !left_out.contains(form))
            .map(|(_, figures)| figures.flat())
            .collect();
        let one = |values: Vec<Exact>| match aggregation {
            Aggregation::Median => median(values),
            Aggregation::TrimmedMean if trims && !is_total => trimmed_mean(values),
            Aggregation::Mean | Aggregation::TrimmedMean => mean(values),
        };
        let width = kept.first().map_or(0, Vec::len);
        let together = (0..width)
            .map(|figure| one(kept.iter().map(|form| form[figure].clone()).collect()))
            .collect();
        Figures::from_flat(scheme, together, is_total)
    };
    let figures = if scheme.reviewer_classes.is_empty() {
        let all: Vec<usize> = (0..forms.len()).collect();
        put(&all, policies.aggregation)?
    } else {
        // A form of no class would weigh nothing without anybody noticing.
        if forms.iter().any(|form| form.class.is_none()) {
            return None;
        }
        let mut weighed: Vec<Vec<Exact>> = Vec::new();
        for (index, class) in scheme.reviewer_classes.iter().enumerate() {
            let of: Vec<usize> = (0..forms.len())
                .filter(|form| forms[*form].class == Some(index))
                .collect();
            if of.is_empty() {
                return None;
            }
            let aggregation = class.aggregation.unwrap_or(policies.aggregation);
            let share = class.percent.share();
            let figures = put(&of, aggregation)?.flat();
            weighed.push(figures.into_iter().map(|one| one * share.clone()).collect());
        }
        let width = weighed.first().map_or(0, Vec::len);
        let sums = (0..width)
            .map(|figure| weighed.iter().map(|class| class[figure].clone()).sum())
            .collect();
        Figures::from_flat(scheme, sums, true)?
    };
    trimmed.sort_unstable();
    let over = match policies.aggregation {
        Aggregation::Mean => forms.len(),
        Aggregation::Median if forms.len().is_multiple_of(2) => 2,
        Aggregation::Median => 1,
        Aggregation::TrimmedMean => forms.len() - trimmed.len(),
    };
    Some(Score {
        figures,
        divisor: u32::try_from(over).ok()?,
        forms: forms.len(),
        trimmed,
        reviewed: None,
    })
}

impl Score {
    /// Together with what the society's own facts come to, by line, which weigh `percent` of the whole.
    pub(super) fn weighed(
        self,
        scheme: &Scheme,
        own: Keyed<LineId, Marks>,
        percent: Points,
    ) -> Option<Self> {
        let (own_share, share) = (
            Exact::percent(percent),
            Exact::percent(Points::whole(100) - percent),
        );
        let own = Figures::of(scheme, own).flat().into_iter();
        let both = self.figures.flat().into_iter().zip(own);
        let together = both
            .map(|(reviewed, own)| reviewed * share.clone() + own * own_share.clone())
            .collect();
        Some(Self {
            figures: Figures::from_flat(scheme, together, true)?,
            reviewed: Some(self.figures),
            ..self
        })
    }
}

fn mean(values: Vec<Exact>) -> Exact {
    let over = Exact::from(values.len());
    values.into_iter().sum::<Exact>() / over
}

/// Of an even number the two in the middle over two.
fn median(mut values: Vec<Exact>) -> Exact {
    values.sort_unstable();
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        mean(values.drain(middle - 1..=middle).collect())
    } else {
        values.swap_remove(middle)
    }
}

/// Without one highest and one lowest.
fn trimmed_mean(mut values: Vec<Exact>) -> Exact {
    values.sort_unstable();
    let last = values.len() - 1;
    mean(values.drain(1..last).collect())
}

/// The form with the highest and the form with the lowest total: of several highest the first, of several lowest the
/// last.
fn extremes(forms: &[&Figures]) -> Vec<usize> {
    let totals: Vec<&Exact> = forms.iter().map(|form| &form.total).collect();
    let highest = totals.iter().max();
    let lowest = totals.iter().min();
    let first = totals.iter().position(|total| Some(total) == highest);
    let last = totals.iter().rposition(|total| Some(total) == lowest);
    first.into_iter().chain(last).collect()
}

impl Figures {
    /// Everything that is put together, as one row of numbers.
    fn flat(&self) -> Vec<Exact> {
        let bonuses = self.lines.iter().map(|line| line.bonus.clone());
        let deductions = self.lines.iter().map(|line| line.deduction.clone());
        bonuses
            .chain(deductions)
            .chain(self.dimensions.iter().cloned())
            .chain(self.parts.iter().cloned())
            .chain([self.total.clone()])
            .collect()
    }

    /// The reverse of [`Figures::flat`]; where the row was put together line by line, what stands above the lines is
    /// worked out anew.
    fn from_flat(scheme: &Scheme, row: Vec<Exact>, is_total: bool) -> Option<Self> {
        let count = scheme.lines.len();
        let mut row = row.into_iter();
        let bonuses: Vec<Exact> = row.by_ref().take(count).collect();
        let deductions = row.by_ref().take(count);
        let lines: Keyed<LineId, Marks> = bonuses
            .into_iter()
            .zip(deductions)
            .map(|(bonus, deduction)| Marks { bonus, deduction })
            .collect();
        if !is_total {
            return Some(Self::of(scheme, lines));
        }
        Some(Self {
            lines,
            dimensions: row.by_ref().take(scheme.dimensions.len()).collect(),
            parts: row.by_ref().take(scheme.parts.len()).collect(),
            total: row.next()?,
        })
    }
}
