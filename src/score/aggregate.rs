//! How several reviewers' forms become one score, by the scheme's `aggregation`.

use super::{LinePoints, Score, net};
use crate::model::Points;
use crate::scheme::Aggregation;

/// From how many forms up the trimmed mean leaves out the highest and the lowest.
const TRIMS_FROM: usize = 5;

/// Puts the forms of one society together, line by line. None without a form.
///
/// `forms` come in the order of the reviewers, which decides which of equal totals is left out.
#[must_use]
pub fn aggregate(aggregation: Aggregation, forms: &[Vec<LinePoints>]) -> Option<Score> {
    if forms.is_empty() {
        return None;
    }
    let (lines, over, trimmed) = match aggregation {
        Aggregation::Mean => (sums(forms.iter()), forms.len(), Vec::new()),
        Aggregation::Median => {
            let (lines, over) = medians(forms);
            (lines, over, Vec::new())
        }
        Aggregation::TrimmedMean => {
            let trimmed = extremes(forms);
            let kept = forms
                .iter()
                .enumerate()
                .filter(|(form, _)| !trimmed.contains(form))
                .map(|(_, form)| form);
            (sums(kept), forms.len() - trimmed.len(), trimmed)
        }
    };
    Some(Score {
        lines,
        over: u32::try_from(over).ok()?,
        forms: forms.len(),
        trimmed,
    })
}

fn sums<'a>(forms: impl Iterator<Item = &'a Vec<LinePoints>>) -> Vec<LinePoints> {
    forms.fold(Vec::new(), |mut sums, form| {
        sums.resize(form.len().max(sums.len()), LinePoints::default());
        for (sum, line) in sums.iter_mut().zip(form) {
            sum.bonus = sum.bonus + line.bonus;
            sum.deduction = sum.deduction + line.deduction;
        }
        sums
    })
}

/// The median of each line, bonus and deduction apart; of an even number the two in the middle over two.
fn medians(forms: &[Vec<LinePoints>]) -> (Vec<LinePoints>, usize) {
    let middle = forms.len() / 2;
    let even = forms.len().is_multiple_of(2);
    let median = |mut values: Vec<Points>| {
        values.sort_unstable();
        if even {
            values[middle - 1] + values[middle]
        } else {
            values[middle]
        }
    };
    let width = forms.iter().map(Vec::len).min().unwrap_or(0);
    let lines = (0..width)
        .map(|line| LinePoints {
            bonus: median(forms.iter().map(|form| form[line].bonus).collect()),
            deduction: median(forms.iter().map(|form| form[line].deduction).collect()),
        })
        .collect();
    (lines, if even { 2 } else { 1 })
}

/// The form with the highest and the form with the lowest total, from five forms up: of several highest the
/// first, of several lowest the last.
fn extremes(forms: &[Vec<LinePoints>]) -> Vec<usize> {
    if forms.len() < TRIMS_FROM {
        return Vec::new();
    }
    let totals: Vec<Points> = forms
        .iter()
        .map(|form| form.iter().map(net).sum())
        .collect();
    let highest = totals.iter().max();
    let lowest = totals.iter().min();
    let first = totals.iter().position(|total| Some(total) == highest);
    let last = totals.iter().rposition(|total| Some(total) == lowest);
    first.into_iter().chain(last).collect()
}
