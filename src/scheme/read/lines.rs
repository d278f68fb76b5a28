//! 评分行: codes, caps, and criteria that must reach the caps exactly.

use std::collections::BTreeSet;

use super::rules::criteria;
use super::{reference, unique, word};
use crate::model::Points;
use crate::scheme::reader::{At, Table};
use crate::scheme::rule::{Combine, TooMany, combined};
use crate::scheme::{Criterion, Dimension, Indicator, Line, Side};

pub(super) fn lines(
    root: &Table<'_, '_>,
    indicators: &[Indicator],
    dimensions: &[Dimension],
) -> Vec<Line> {
    let tables = root.tables("lines");
    let mut seen = BTreeSet::new();
    let mut criterion_ids = BTreeSet::new();
    let codes: Vec<String> = tables
        .iter()
        .filter_map(|table| table.text("code").map(|code| code.value))
        .collect();
    let mut lines = Vec::new();
    for table in &tables {
        let code = table.required("code", table.text("code"));
        let indicator = table
            .required("indicator", table.text("indicator"))
            .and_then(|id| {
                let ids = indicators.iter().map(|one| one.id.as_str());
                reference(table, "二级指标", &id, ids)
            });
        let bonus_cap = table.required("bonus", table.points("bonus"));
        let deduction_cap = table.required("deduction", table.points("deduction"));
        let combine_bonus = combine(table, "combine_bonus");
        let combine_deduction = combine(table, "combine_deduction");
        let exclusive = table.flag("exclusive").is_some_and(|flag| flag.value);
        let wording = table.text("wording").map(|wording| wording.value);
        let mut needs = Vec::new();
        for need in table.texts("needs").map_or(Vec::new(), |list| list.value) {
            if Some(&need.value) == code.as_ref().map(|code| &code.value) {
                table.fault(need.line, format!("“{}”不能以自己为前提", need.value));
            }
            needs.extend(reference(
                table,
                "评分行",
                &need,
                codes.iter().map(String::as_str),
            ));
        }
        let (bonuses, deductions) = criteria(table, &mut criterion_ids);
        table.finish();
        let (Some(code), Some(indicator), Some(bonus_cap), Some(deduction_cap)) =
            (code, indicator, bonus_cap, deduction_cap)
        else {
            continue;
        };
        unique(table, &mut seen, "评分行", &code);
        let bonus = side(table, &code, "加分", &bonus_cap, bonuses, combine_bonus);
        let deduction = side(
            table,
            &code,
            "减分",
            &deduction_cap,
            deductions,
            combine_deduction,
        );
        if exclusive && !(bonus.is_open() && deduction.is_open()) {
            let message = format!("“{}”只有加分或只有减分，exclusive 无从谈起", code.value);
            table.fault(code.line, message);
        }
        let dimension = indicators[indicator].dimension;
        lines.push(Line {
            code: code.value,
            indicator,
            dimension,
            part: dimensions[dimension].part,
            wording,
            bonus,
            deduction,
            needs,
            exclusive,
        });
    }
    lines
}

fn combine(table: &Table<'_, '_>, key: &'static str) -> Combine {
    let words = [
        ("sum", Combine::Sum),
        ("one-of", Combine::OneOf),
        ("best-of", Combine::BestOf),
    ];
    word(table, key, &words).unwrap_or(Combine::Sum)
}

/// One side of a line; its criteria must reach the cap, exactly.
fn side(
    table: &Table<'_, '_>,
    code: &At<String>,
    name: &str,
    cap: &At<Points>,
    criteria: Vec<Criterion>,
    combine: Combine,
) -> Side {
    let attainable = combined(combine, criteria.iter().map(|criterion| &criterion.rule))
        .unwrap_or_else(|TooMany| {
            table.fault(
                code.line,
                format!("“{}”{name}的可能取值过多，请检查 range 与 step", code.value),
            );
            BTreeSet::from([Points::ZERO])
        });
    let most = attainable.last().copied().unwrap_or(Points::ZERO);
    if most != cap.value {
        let message = format!(
            "“{}”{name}上限写的是{}，各要点合起来最多{most}",
            code.value, cap.value
        );
        table.fault(cap.line, message);
    }
    Side {
        cap: cap.value,
        criteria,
        combine,
        attainable,
    }
}
