//! Rules of lines that cannot be meant.

use crate::scheme::rule::Clause;
use crate::scheme::{Line, Rule, Scheme, Value};

impl Scheme {
    /// What is odd about values and tiers, line by line.
    pub(super) fn doubts_of_rules(&self) -> Vec<String> {
        let of_line = |line: &Line| -> Vec<String> {
            let values = line.value.iter().flat_map(Value::doubts);
            let criteria = line.bonus.criteria.iter().chain(&line.deduction.criteria);
            let rules = criteria.flat_map(|criterion| of_rule(&criterion.rule));
            let all = values.chain(rules);
            all.map(|doubt| format!("{}：{doubt}，请核对", self.title(line)))
                .collect()
        };
        self.lines.iter().flat_map(of_line).collect()
    }
}

/// Higher tiers that give no more.
fn of_rule(rule: &Rule) -> Vec<String> {
    match rule {
        Rule::Tiers { tiers } => {
            let pairs = tiers.windows(2);
            let idle = pairs.filter(|pair| pair[0].points >= pair[1].points);
            idle.map(|pair| {
                format!(
                    "达到{}得{}分，达到{}得{}分，高一档的分没有更多",
                    pair[0].at_least, pair[0].points, pair[1].at_least, pair[1].points
                )
            })
            .collect()
        }
        Rule::Sum { of } | Rule::OneOf { of } | Rule::BestOf { of } => {
            let rules = of.iter().map(|clause: &Clause| &clause.rule);
            rules.flat_map(of_rule).collect()
        }
        Rule::Points { .. } | Rule::Range { .. } | Rule::PerCount { .. } => Vec::new(),
    }
}
