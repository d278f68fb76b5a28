//! 评分要点: criteria and the rules they are composed of.

use std::collections::BTreeSet;

use super::{unique, word};
use crate::model::Points;
use crate::model::near::distance;
use crate::scheme::Criterion;
use crate::scheme::reader::Table;
use crate::scheme::rule::{Clause, Rule, Tier};

/// The criteria of a line: those that give and those that take. None where one of them cannot be read: what they come to
/// is then not known, and no fault of its own.
pub(super) fn criteria(
    table: &Table<'_, '_>,
    ids: &mut BTreeSet<String>,
) -> Option<(Vec<Criterion>, Vec<Criterion>)> {
    let mut is_whole = true;
    let mut bonuses = Vec::new();
    let mut deductions = Vec::new();
    for criterion in table.tables("criteria") {
        let id = criterion.required_text("id");
        let label = criterion.required_text("label");
        let takes = word(&criterion, "side", &[("bonus", false), ("deduction", true)]);
        let rule = rule(&criterion);
        criterion.finish();
        if let (Some(id), Some(label), Some(rule)) = (id, label, rule) {
            unique(&criterion, ids, "评分要点", &id);
            let side = if takes == Some(true) {
                &mut deductions
            } else {
                &mut bonuses
            };
            side.push(Criterion {
                id: id.value,
                label: label.value,
                rule,
            });
        } else {
            is_whole = false;
        }
    }
    is_whole.then_some((bonuses, deductions))
}

fn rule(table: &Table<'_, '_>) -> Option<Rule> {
    let Some(kind) = table.required_text("kind") else {
        // What else it holds is told by its kind.
        table.know(&[
            "points",
            "step",
            "each",
            "first",
            "further_at_most",
            "at_most",
            "tiers",
            "of",
        ]);
        return None;
    };
    let points = |key| {
        table
            .required(key, table.points(key))
            .map(|points| points.value)
    };
    match kind.value.as_str() {
        "points" => Some(Rule::Points {
            points: points("points")?,
        }),
        "range" => {
            let step = table.points("step");
            if let Some(step) = step.as_ref().filter(|step| step.value.is_zero()) {
                table.wrong(step.line, "step 必须大于0");
            }
            Some(Rule::Range {
                points: points("points")?,
                step: step.map_or(Points::whole(1), |step| step.value),
            })
        }
        "per-count" => per_count(table),
        "tiers" => tiers(table),
        "sum" => Some(Rule::Sum {
            of: clauses(table)?,
        }),
        "one-of" => Some(Rule::OneOf {
            of: clauses(table)?,
        }),
        "best-of" => Some(Rule::BestOf {
            of: clauses(table)?,
        }),
        other => {
            const KINDS: [&str; 7] = [
                "points",
                "range",
                "per-count",
                "tiers",
                "sum",
                "one-of",
                "best-of",
            ];
            let near = KINDS
                .into_iter()
                .map(|known| (distance(known, other), known))
                .min()
                .filter(|(distance, _)| *distance <= 2);
            let hint = near.map_or(String::new(), |(_, known)| format!("，是否应为 {known}"));
            let message = format!("kind 不能是“{other}”，可用：{}{hint}", KINDS.join("、"));
            table.wrong(kind.line, message);
            table.excuse();
            None
        }
    }
}

/// `first` (default: as `each`), `each`, and either `further_at_most` or `at_most` for all together.
fn per_count(table: &Table<'_, '_>) -> Option<Rule> {
    // All is asked for before anything is given up: what nobody asks for is told as unknown.
    let each = table.required("each", table.points("each"));
    let first = table.points("first");
    let (further, most) = (table.points("further_at_most"), table.points("at_most"));
    let each = each?;
    let first = first.map_or(each.value, |first| first.value);
    let further = match (further, most) {
        (Some(further), None) => further.value,
        (None, Some(most)) if most.value >= first => most.value - first,
        (None, Some(most)) => {
            table.fault(most.line, "at_most 小于第一次的分值");
            return None;
        }
        _ => {
            table.fault(
                table.line,
                "per-count 须写明 further_at_most 或 at_most 之一",
            );
            return None;
        }
    };
    if each.value.is_zero() {
        table.wrong(each.line, "each 必须大于0");
        return None;
    }
    Some(Rule::PerCount {
        first,
        each: each.value,
        further,
    })
}

fn tiers(table: &Table<'_, '_>) -> Option<Rule> {
    let mut tiers: Vec<Tier> = Vec::new();
    for tier in table.tables("tiers") {
        let at_least = tier.required("at_least", tier.points("at_least"));
        let points = tier.required("points", tier.points("points"));
        tier.finish();
        let (at_least, points) = (at_least?, points?);
        if tiers
            .last()
            .is_some_and(|last| last.at_least >= at_least.value)
        {
            table.fault(at_least.line, "tiers 须按 at_least 从小到大排列");
        }
        tiers.push(Tier {
            at_least: at_least.value,
            points: points.value,
        });
    }
    if tiers.is_empty() {
        table.fault(table.line, "tiers 至少要有一档");
        return None;
    }
    Some(Rule::Tiers { tiers })
}

/// None where one of them cannot be read: what the others come to says nothing then.
fn clauses(table: &Table<'_, '_>) -> Option<Vec<Clause>> {
    let mut is_whole = true;
    let mut clauses = Vec::new();
    for clause in table.tables("of") {
        let label = clause.required_text("label");
        let rule = rule(&clause);
        clause.finish();
        if let (Some(label), Some(rule)) = (label, rule) {
            clauses.push(Clause {
                label: label.value,
                rule,
            });
        } else {
            is_whole = false;
        }
    }
    if is_whole && clauses.is_empty() {
        table.fault(table.line, "of 至少要有一项");
        return None;
    }
    is_whole.then_some(clauses)
}
