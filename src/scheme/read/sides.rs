//! 加分 and 减分 of a line: what its criteria, or its value, come to, which must be its cap exactly.

use std::collections::BTreeSet;

use super::word;
use crate::model::Points;
use crate::scheme::reader::{At, Table};
use crate::scheme::rule::{Combine, TooMany, combined};
use crate::scheme::{Criterion, Side, Value};

/// The side of a line whose points are worked out from a value: nobody types them.
pub(super) fn worked_out(
    table: &Table<'_, '_>,
    code: &At<String>,
    value: &Value,
    cap: &At<Points>,
    alone: bool,
) -> Side {
    if !alone {
        table.fault(
            code.line,
            format!("“{}”有 value，不能再有要点、减分或 capped", code.value),
        );
    }
    let most = value.most();
    is_reached(
        table,
        code,
        cap,
        most,
        ("bonus（加分）", "按取值规则（value）"),
    );
    Side {
        cap: cap.value,
        criteria: Vec::new(),
        combine: Combine::Sum,
        attainable: BTreeSet::from([Points::ZERO, cap.value]),
    }
}

pub(super) fn combine(table: &Table<'_, '_>, key: &'static str) -> Combine {
    let words = [
        ("sum", Combine::Sum),
        ("one-of", Combine::OneOf),
        ("best-of", Combine::BestOf),
    ];
    word(table, key, &words).unwrap_or(Combine::Sum)
}

/// A cap must be what its side comes to at most, exactly; `side` is called so and comes to it by what is named behind.
fn is_reached(
    table: &Table<'_, '_>,
    code: &At<String>,
    cap: &At<Points>,
    most: Points,
    (side, by): (&str, &str),
) {
    if most != cap.value {
        let message = format!(
            "“{}”的 {side}上限写的是{}，{by}最多{most}",
            code.value, cap.value
        );
        table.fault_of_outcome(cap.line, message);
    }
}

/// One side of a line; its criteria must reach the cap, exactly.
pub(super) fn side(
    table: &Table<'_, '_>,
    code: &At<String>,
    name: &str,
    cap: &At<Points>,
    criteria: Vec<Criterion>,
    combine: Combine,
    capped: bool,
) -> Side {
    let mut attainable = combined(combine, criteria.iter().map(|criterion| &criterion.rule))
        .unwrap_or_else(|TooMany| {
            table.fault(
                code.line,
                format!("“{}”{name}的可能取值过多，请检查 range 与 step", code.value),
            );
            BTreeSet::from([Points::ZERO])
        });
    let mut is_told = false;
    if capped {
        // 最高不超过: what the clauses come to beyond the cap is the cap.
        let most = attainable.last().copied().unwrap_or(Points::ZERO);
        if most <= cap.value {
            let message = format!(
                "“{}”写了 capped，而各要点（criteria）合起来最多{most}，不超过上限（bonus）{}；请改小上限，或删去 capped",
                code.value, cap.value
            );
            table.fault_of_outcome(cap.line, message);
            is_told = true;
        }
        attainable = attainable
            .into_iter()
            .map(|value| value.min(cap.value))
            .collect();
    }
    let most = attainable.last().copied().unwrap_or(Points::ZERO);
    if !is_told {
        is_reached(table, code, cap, most, (name, "各要点（criteria）合起来"));
    }
    Side {
        cap: cap.value,
        criteria,
        combine,
        attainable,
    }
}
