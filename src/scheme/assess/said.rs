//! What items make apply, and when, in words: for those who proof-read them.

use super::{Bound, Met, SelfAssessment, Source, clauses};
use crate::scheme::{Rule, Scheme};

/// A criterion, or a clause of one, that an item makes apply.
#[derive(Debug)]
pub struct Effect<'s> {
    /// When it does.
    pub when: String,
    pub label: &'s str,
    pub rule: &'s Rule,
    /// Whether it takes points.
    pub takes: bool,
}

impl SelfAssessment {
    /// What an item (an index) makes apply, in the order of its answers.
    #[must_use]
    pub fn effects<'s>(&self, scheme: &'s Scheme, item: usize) -> Vec<Effect<'s>> {
        let sources = self.sources.iter();
        sources
            .filter_map(|source| {
                let when = self.when(source, item)?;
                let line = scheme.lines.get(source.line)?;
                let side = if source.takes {
                    &line.deduction
                } else {
                    &line.bonus
                };
                let criterion = side.criteria.get(source.criterion)?;
                let (label, rule) = match (clauses(&criterion.rule), source.clause) {
                    (Some((_, of)), Some(at)) => {
                        let clause = of.get(at)?;
                        (clause.label.as_str(), &clause.rule)
                    }
                    _ => (criterion.label.as_str(), &criterion.rule),
                };
                Some(Effect {
                    when,
                    label,
                    rule,
                    takes: source.takes,
                })
            })
            .collect()
    }

    /// When a source applies by an item (an index); none where it does not rest on it.
    fn when(&self, source: &Source, item: usize) -> Option<String> {
        match &source.met {
            Met::Is(on, answer) if *on == item => {
                Some(format!("填“{}”", self.items[item].said(answer)))
            }
            Met::Times(on) if *on == item => Some("按所填的数".to_owned()),
            Met::Within(on, from, to) if *on == item => {
                let to = to.map_or(String::new(), |to| format!("、{}", below(to)));
                Some(format!("{}{to}", beyond(*from)))
            }
            Met::Lacks(first, second, required) if [first, second].contains(&&item) => {
                let said = required.iter().map(|one| {
                    let odd = if one.odd { "且为单数" } else { "" };
                    format!("{}起须不少于{}{odd}", one.from, one.at_least)
                });
                let said: Vec<String> = said.collect();
                let (first, second) = (&self.items[*first].asks, &self.items[*second].asks);
                Some(format!(
                    "“{second}”不合要求的（“{first}”{}）",
                    said.join("，")
                ))
            }
            _ => None,
        }
    }
}

fn beyond(bound: Bound) -> String {
    let word = if bound.inclusive {
        "不小于"
    } else {
        "大于"
    };
    format!("{word}{}%", bound.at)
}

fn below(bound: Bound) -> String {
    let word = if bound.inclusive {
        "小于"
    } else {
        "不大于"
    };
    format!("{word}{}%", bound.at)
}
