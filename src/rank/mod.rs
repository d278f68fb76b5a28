//! 名次: standard competition ranking (1, 2, 2, 4) on the printed total, then by the scheme's tie-breaks.
//!
//! The notice ranks nobody; where the scheme breaks no tie, ties share the rank and stand in roster order.
//! Ranks know nothing of files, forms or findings; the standings that are reported carry them along.

mod award;
mod open;
mod provisional;
mod since;
mod stand;
pub mod standings;

use std::cmp::Reverse;

use crate::model::Points;
use crate::scheme::{Scheme, TieBreak};
use crate::score::Rating;
pub use crate::settle::{Elsewhere, GivenUp, Nobody, Owing, Pending, Progress, Shown};
pub use award::{Award, Contender, award, places};
pub use provisional::Cause;
pub use since::{Earlier, FormChange, Had, Happened, Since, SocietyChange, Was, Why};
pub use stand::{Asked, stand};
pub use standings::{Before, GroupSpread, Open, SocietyState, Standing, Standings};

/// 名次, and whether it is shared (并列).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    pub number: usize,
    pub tied: bool,
}

/// Why a grade is not the one of the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldDown {
    /// 因名额: the grade that there was no place in; of the total, unless a veto had held that down before.
    Quota { grade: String, veto: Option<String> },
    /// 一票否决: the veto.
    Veto(String),
}

/// What a society is ranked by: the printed total, then the printed value of each tie-break. Higher is better.
pub type Merit = Vec<Points>;

/// What `result` is ranked by under `scheme`.
#[must_use]
pub fn merit(scheme: &Scheme, result: &Rating) -> Merit {
    let decimals = scheme.precision;
    let score = &result.score;
    let breaks = scheme
        .policies
        .tie_breaks
        .iter()
        .map(|tie_break| match tie_break {
            TieBreak::FewerDeductions => -score.deduction().rounded(decimals),
            TieBreak::MoreBonus => score.bonus().rounded(decimals),
            TieBreak::Part(part) => score.part(*part).rounded(decimals),
            TieBreak::Dimension(dimension) => score.dimension(*dimension).rounded(decimals),
            TieBreak::Line(line) => score.line(*line).rounded(decimals),
        });
    std::iter::once(result.total).chain(breaks).collect()
}

/// The rank of each contender, in the order given.
#[must_use]
pub fn ranks(merits: &[Merit]) -> Vec<Rank> {
    let mut sorted: Vec<&Merit> = merits.iter().collect();
    sorted.sort_by_key(|merit| Reverse(*merit));
    merits
        .iter()
        .map(|merit| {
            let better = sorted.partition_point(|other| *other > merit);
            let not_worse = sorted.partition_point(|other| *other >= merit);
            Rank {
                number: 1 + better,
                tied: not_worse - better > 1,
            }
        })
        .collect()
}

/// The rank a contender would have if it alone joined the ranked.
#[must_use]
pub fn would_be(merits: &[Merit], joining: &Merit) -> usize {
    1 + merits.iter().filter(|merit| *merit > joining).count()
}

/// The contenders in the order of the list: best first, equal ones in the order given.
#[must_use]
pub fn order(merits: &[Merit]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..merits.len()).collect();
    order.sort_by_key(|one| Reverse(&merits[*one]));
    order
}
