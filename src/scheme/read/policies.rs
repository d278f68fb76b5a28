//! Stars, grades, and what we had to settle.

use super::{reference, values, word};
use crate::model::Points;
use crate::scheme::reader::{At, Table};
use crate::scheme::{
    Aggregation, Blank, Dimension, Grade, Line, OverCap, Part, Policies, Stars, TieBreak,
};

/// Either `width` and `count`, or `thresholds`.
pub(super) fn stars(root: &Table<'_, '_>) -> Stars {
    let none = Stars {
        thresholds: Vec::new(),
        near: Points::ZERO,
    };
    let Some(table) = root.table("stars") else {
        root.fault(root.line, "缺少 [stars] 一节");
        return none;
    };
    let near = table.points("near").map_or(Points::ZERO, |near| near.value);
    let (width, count) = (table.points("width"), table.count("count"));
    let thresholds = match (width, count, table.all_points("thresholds")) {
        (Some(width), Some(count), None) if width.value.is_positive() && count.value <= 100 => {
            let mut thresholds = Vec::new();
            let mut least = Points::ZERO;
            for _ in 0..count.value {
                least = least + width.value;
                thresholds.push(least);
            }
            thresholds
        }
        (None, None, Some(list)) => {
            for pair in list.value.windows(2) {
                if let [low, high] = pair
                    && low.value >= high.value
                {
                    table.fault(high.line, "thresholds 须从小到大排列");
                }
            }
            values(list)
        }
        _ => {
            table.fault(
                table.line,
                "[stars] 须写明 width 与 count（最多100），或者 thresholds",
            );
            Vec::new()
        }
    };
    table.finish();
    Stars { thresholds, near }
}

pub(super) fn grades(root: &Table<'_, '_>, most: u32) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    for table in root.tables("grades") {
        let name = table.required("name", table.text("name"));
        let from = table.required("from", table.count("from"));
        let to = table.required("to", table.count("to"));
        table.finish();
        let (Some(name), Some(from), Some(to)) = (name, from, to) else {
            continue;
        };
        if from.value > to.value || to.value > most {
            let message = format!("等次“{}”的星级范围不成立（星级为0至{most}）", name.value);
            table.fault(from.line, message);
        }
        if grades
            .iter()
            .any(|grade| grade.from <= to.value && from.value <= grade.to)
        {
            table.fault(from.line, format!("等次“{}”与前面的等次重叠", name.value));
        }
        grades.push(Grade {
            name: name.value,
            from: from.value,
            to: to.value,
        });
    }
    grades
}

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
    };
    let Some(table) = root.table("policies") else {
        return policies;
    };
    let aggregations = [
        ("mean", Aggregation::Mean),
        ("median", Aggregation::Median),
        ("trimmed-mean", Aggregation::TrimmedMean),
    ];
    policies.aggregation = word(&table, "aggregation", &aggregations).unwrap_or(Aggregation::Mean);
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
            reference(&table, "部分", &id, ids).map(TieBreak::Part)
        } else if let Some(id) = of("dimension:") {
            let ids = dimensions.iter().map(|one| one.id.as_str());
            reference(&table, "一级指标", &id, ids).map(TieBreak::Dimension)
        } else if let Some(id) = of("line:") {
            let ids = lines.iter().map(|one| one.code.as_str());
            reference(&table, "评分行", &id, ids).map(TieBreak::Line)
        } else {
            let message = format!(
                "tie_breaks 不能有“{}”，可用：fewer-deductions、more-bonus、part:编号、dimension:编号、line:编号",
                written.value
            );
            table.fault(written.line, message);
            None
        };
        policies.tie_breaks.extend(tie_break);
    }
    table.finish();
    policies
}
