//! What we had to settle.

use super::{Level, reference, word};
use crate::model::{LineId, Points};
use crate::scheme::reader::{At, Table};
use crate::scheme::{Aggregation, Blank, Dimension, Line, OverCap, Part, Per, Policies, TieBreak};

/// How reviewers' forms can be put together.
pub(super) const AGGREGATIONS: [(&str, Aggregation); 3] = [
    ("mean", Aggregation::Mean),
    ("median", Aggregation::Median),
    ("trimmed-mean", Aggregation::TrimmedMean),
];

pub(super) fn policies(
    root: &Table<'_, '_>,
    parts: &[Part],
    dimensions: &[Dimension],
    lines: &[Line],
) -> Policies {
    let mut policies = Policies {
        aggregation: Aggregation::Mean,
        blank: Blank::Hold,
        over_cap: OverCap::Hold,
        tie_breaks: Vec::new(),
        per: None,
        trims_from: None,
        self_percent: None,
    };
    let Some(table) = root.table("policies") else {
        return policies;
    };
    policies.aggregation = word(&table, "aggregation", &AGGREGATIONS).unwrap_or(Aggregation::Mean);
    policies.per = word(&table, "per", &[("line", Per::Line), ("total", Per::Total)]);
    if let Some(from) = table.count("trims_from") {
        // Of two forms the highest and the lowest are all there is.
        if from.value < 3 {
            table.wrong(from.line, "trims_from 至少为3");
        }
        policies.trims_from = usize::try_from(from.value).ok();
    }
    if let Some(percent) = table.points("self_percent") {
        if percent.value.is_zero() || percent.value >= Points::whole(100) {
            table.wrong(
                percent.line,
                "self_percent 是自评占总分的百分比，须大于0、小于100；自评不计分的不写这一项",
            );
        }
        policies.self_percent = Some(percent.value);
    }
    policies.blank = word(
        &table,
        "blank",
        &[("hold", Blank::Hold), ("zero", Blank::Zero)],
    )
    .unwrap_or(Blank::Hold);
    policies.over_cap = word(
        &table,
        "over_cap",
        &[("hold", OverCap::Hold), ("clip", OverCap::Clip)],
    )
    .unwrap_or(OverCap::Hold);
    for written in table
        .texts("tie_breaks")
        .map_or(Vec::new(), |list| list.value)
    {
        let of = |prefix: &str| {
            written.value.strip_prefix(prefix).map(|id| At {
                value: id.to_owned(),
                line: written.line,
            })
        };
        let tie_break = if written.value == "fewer-deductions" {
            Some(TieBreak::FewerDeductions)
        } else if written.value == "more-bonus" {
            Some(TieBreak::MoreBonus)
        } else if let Some(id) = of("part:") {
            let ids = parts.iter().map(|one| one.id.as_str());
            let known = Level::of(root, "parts", "部分", parts.len());
            reference(&table, known, &id, ids).map(TieBreak::Part)
        } else if let Some(id) = of("dimension:") {
            let ids = dimensions.iter().map(|one| one.id.as_str());
            let known = Level::of(root, "dimensions", "一级指标", dimensions.len());
            reference(&table, known, &id, ids).map(TieBreak::Dimension)
        } else if let Some(id) = of("line:") {
            let ids = lines.iter().map(|one| one.code.as_str());
            let known = Level::of(root, "lines", "评分行", lines.len());
            let line = reference(&table, known, &id, ids);
            line.map(|line| TieBreak::Line(LineId::at(line)))
        } else {
            let message = format!(
                "tie_breaks 不能有“{}”，可用：fewer-deductions、more-bonus、part:编号、dimension:编号、line:编号",
                written.value
            );
            table.wrong(written.line, message);
            None
        };
        policies.tie_breaks.extend(tie_break);
    }
    table.finish();
    policies
}
