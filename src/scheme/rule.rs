//! 评分要点的规则: what a criterion can give, as composable data.
//!
//! A rule is read from the scheme, never written in code. Here it only tells which values it can attain;
//! the form's hints and the checks both ask here, so that they cannot disagree.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::Points;

/// The most values one line may attain; beyond that a scheme is refused (a `range` of a million steps is a
/// slip of the pen, not an indicator).
pub const MOST_VALUES: usize = 20_000;

/// Too many attainable values to tell them apart usefully.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

/// What a criterion gives or takes. All points are magnitudes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Rule {
    /// 达到即得: all or nothing.
    Points { points: Points },
    /// 酌情: anything from 0 to `points` in steps of `step`.
    Range { points: Points, step: Points },
    /// 按次: `first` for the first, `each` for every further one, the further ones at most `further`.
    PerCount {
        first: Points,
        each: Points,
        further: Points,
    },
    /// 按档: the points of the highest tier reached; below the lowest nothing.
    Tiers { tiers: Vec<Tier> },
    /// 相加.
    Sum { of: Vec<Clause> },
    /// 取其一: exactly one of them can apply.
    OneOf { of: Vec<Clause> },
    /// 取最高: several can apply, the highest counts.
    BestOf { of: Vec<Clause> },
}

/// One step of [`Rule::Tiers`]: from `at_least` on (a count, inclusive) it gives `points`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tier {
    pub at_least: Points,
    pub points: Points,
}

/// A labelled rule inside a composition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    pub label: String,
    #[serde(flatten)]
    pub rule: Rule,
}

/// How the criteria of one side of a line are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Combine {
    Sum,
    OneOf,
    BestOf,
}

impl Rule {
    /// Every value the rule can give, 0 (not met) included.
    ///
    /// # Errors
    /// [`TooMany`] beyond [`MOST_VALUES`].
    pub fn attainable(&self) -> Result<BTreeSet<Points>, TooMany> {
        match self {
            Self::Points { points } => Ok(BTreeSet::from([Points::ZERO, *points])),
            Self::Range { points, step } => steps(Points::ZERO, *step, *points),
            Self::PerCount {
                first,
                each,
                further,
            } => {
                let mut values: BTreeSet<Points> = steps(*first, *each, *first + *further)?;
                values.insert(Points::ZERO);
                Ok(values)
            }
            Self::Tiers { tiers } => Ok(tiers
                .iter()
                .map(|tier| tier.points)
                .chain([Points::ZERO])
                .collect()),
            Self::Sum { of } => combined(Combine::Sum, of.iter().map(|clause| &clause.rule)),
            Self::OneOf { of } => combined(Combine::OneOf, of.iter().map(|clause| &clause.rule)),
            Self::BestOf { of } => combined(Combine::BestOf, of.iter().map(|clause| &clause.rule)),
        }
    }
}

/// `from`, `from + step`, … up to `to`, which is reached even when the last step is shorter.
fn steps(from: Points, step: Points, to: Points) -> Result<BTreeSet<Points>, TooMany> {
    let mut values = BTreeSet::new();
    let mut value = from;
    while value < to && step.is_positive() {
        if !values.insert(value) || values.len() >= MOST_VALUES {
            return Err(TooMany);
        }
        value = value + step;
    }
    values.insert(to);
    Ok(values)
}

/// Every value the rules can give together.
///
/// # Errors
/// [`TooMany`] beyond [`MOST_VALUES`].
pub fn combined<'a>(
    combine: Combine,
    rules: impl Iterator<Item = &'a Rule>,
) -> Result<BTreeSet<Points>, TooMany> {
    let mut values = BTreeSet::from([Points::ZERO]);
    for rule in rules {
        let others = rule.attainable()?;
        values = match combine {
            Combine::Sum => {
                let mut sums = BTreeSet::new();
                for value in &values {
                    sums.extend(others.iter().map(|other| *value + *other));
                    if sums.len() > MOST_VALUES {
                        return Err(TooMany);
                    }
                }
                sums
            }
            // Either alternative may also not apply, so both give the union.
            Combine::OneOf | Combine::BestOf => values.union(&others).copied().collect(),
        };
        if values.len() > MOST_VALUES {
            return Err(TooMany);
        }
    }
    Ok(values)
}

/// The attainable values in words: `0、20、40、50`, `0至50的整数`, `0至50，每5分一档`.
#[must_use]
pub fn in_words(values: &BTreeSet<Points>) -> String {
    /// Up to this many values are listed.
    const LISTED: usize = 6;
    let list: Vec<Points> = values.iter().copied().collect();
    let (Some(first), Some(last)) = (list.first(), list.last()) else {
        return "0".to_owned();
    };
    let mut gaps: BTreeSet<Points> = BTreeSet::new();
    for pair in list.windows(2) {
        if let [low, high] = pair {
            gaps.insert(*high - *low);
        }
    }
    match (gaps.first(), gaps.len()) {
        (Some(gap), 1) if list.len() > LISTED && *gap == Points::whole(1) => {
            format!("{first}至{last}的整数")
        }
        (Some(gap), 1) if list.len() > LISTED => format!("{first}至{last}，每{gap}分一档"),
        _ => {
            let words: Vec<String> = list.iter().map(ToString::to_string).collect();
            words.join("、")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clause, Combine, Rule, combined, in_words};
    use crate::model::Points;

    fn points(points: i64) -> Rule {
        Rule::Points {
            points: Points::whole(points),
        }
    }

    fn words(combine: Combine, rules: &[Rule]) -> String {
        in_words(&combined(combine, rules.iter()).expect("few values"))
    }

    #[test]
    fn a_sum_attains_every_combination() {
        let rules = [points(15), points(20), points(15)];
        assert_eq!(words(Combine::Sum, &rules), "0、15、20、30、35、50");
    }

    #[test]
    fn a_best_of_can_hold_a_sum() {
        let clause = |value| Clause {
            label: String::new(),
            rule: points(value),
        };
        let rules = [
            points(25),
            Rule::Sum {
                of: vec![clause(15), clause(10)],
            },
        ];
        assert_eq!(words(Combine::BestOf, &rules), "0、10、15、25");
    }

    #[test]
    fn the_cap_on_further_ones_is_reached_even_by_a_shorter_last_step() {
        let rule = Rule::PerCount {
            first: Points::whole(20),
            each: Points::whole(15),
            further: Points::whole(40),
        };
        assert_eq!(words(Combine::Sum, &[rule]), "0、20、35、50、60");
    }

    #[test]
    fn long_runs_are_said_shortly() {
        let range = Rule::Range {
            points: Points::whole(50),
            step: Points::whole(1),
        };
        assert_eq!(words(Combine::Sum, &[range]), "0至50的整数");
        let bulletins = Rule::PerCount {
            first: Points::whole(5),
            each: Points::whole(5),
            further: Points::whole(45),
        };
        assert_eq!(words(Combine::Sum, &[bulletins]), "0至50，每5分一档");
    }
}
