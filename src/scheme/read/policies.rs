//! Stars, grades, and what we had to settle.

use super::structure::is_whole;
use super::{reference, values, word};
use crate::model::{LineId, Points};
use crate::scheme::reader::{At, Table};
use crate::scheme::{
    Aggregation, Blank, Dimension, Grade, Line, OverCap, Part, Per, Policies, Stars, TieBreak,
};

/// Stars and the grades upon them; or grades by the total itself, or nothing at all, and then no stars.
pub(super) fn stars_and_grades(root: &Table<'_, '_>) -> (Stars, Vec<Grade>) {
    if root.table("stars").is_some() {
        let stars = stars(root);
        let grades = grades(root, stars.most());
        return (stars, grades);
    }
    by_total(root)
}

/// Grades by the least total each of them needs, best first; a grade from 0 is what everybody else has.
fn by_total(root: &Table<'_, '_>) -> (Stars, Vec<Grade>) {
    let mut read: Vec<(String, Points)> = Vec::new();
    for table in root.tables("grades") {
        let name = table.required("name", table.text("name"));
        if table.count("from").is_some() || table.count("to").is_some() {
            table.fault_beside_others(
                table.line,
                "等次按星级（from、to）划分须有 [stars] 一节；直接按总分划分请写 at_least",
            );
            continue;
        }
        let at_least = table.required("at_least", table.points("at_least"));
        table.finish();
        let (Some(name), Some(at_least)) = (name, at_least) else {
            continue;
        };
        if read.last().is_some_and(|(_, last)| *last <= at_least.value) {
            table.fault(at_least.line, "等次须按 at_least 从高到低排列");
        }
        if read.iter().any(|(known, _)| *known == name.value) {
            table.fault(name.line, format!("等次“{}”重复", name.value));
        }
        read.push((name.value, at_least.value));
    }
    let mut thresholds: Vec<Points> = read
        .iter()
        .map(|(_, least)| *least)
        .filter(|least| least.is_positive())
        .collect();
    thresholds.reverse();
    let grades = read
        .into_iter()
        .map(|(name, least)| {
            let reached = thresholds.iter().filter(|bound| **bound <= least).count();
            let level = u32::try_from(reached).unwrap_or(u32::MAX);
            Grade {
                name,
                from: level,
                to: level,
            }
        })
        .collect();
    let stars = Stars {
        thresholds,
        near: Points::ZERO,
        unseen: true,
    };
    (stars, grades)
}

/// Either `width` and `count`, or `thresholds`.
fn stars(root: &Table<'_, '_>) -> Stars {
    let none = Stars {
        thresholds: Vec::new(),
        near: Points::ZERO,
        unseen: false,
    };
    let Some(table) = root.table("stars") else {
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
    Stars {
        thresholds,
        near,
        unseen: false,
    }
}

fn grades(root: &Table<'_, '_>, most: u32) -> Vec<Grade> {
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
            table.fault_beside_others(from.line, message);
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
            table.fault(from.line, "trims_from 至少为3");
        }
        policies.trims_from = usize::try_from(from.value).ok();
    }
    if let Some(percent) = table.points("self_percent") {
        if percent.value.is_zero() || percent.value >= Points::whole(100) {
            table.fault(
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
            let known = is_whole(root, "parts", parts.len());
            reference(&table, ("部分", known), &id, ids).map(TieBreak::Part)
        } else if let Some(id) = of("dimension:") {
            let ids = dimensions.iter().map(|one| one.id.as_str());
            let known = is_whole(root, "dimensions", dimensions.len());
            reference(&table, ("一级指标", known), &id, ids).map(TieBreak::Dimension)
        } else if let Some(id) = of("line:") {
            let ids = lines.iter().map(|one| one.code.as_str());
            let known = is_whole(root, "lines", lines.len());
            let line = reference(&table, ("评分行", known), &id, ids);
            line.map(|line| TieBreak::Line(LineId::at(line)))
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
