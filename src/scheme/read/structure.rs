//! Parts, dimensions, indicators, and what the lines under them must add up to.

use std::collections::BTreeSet;

use super::{reference, unique};
use crate::model::{Keyed, LineId, Points};
use crate::scheme::reader::Table;
use crate::scheme::{Base, Dimension, Indicator, Line, Part};

pub(super) fn parts(root: &Table<'_, '_>) -> Vec<Part> {
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for table in root.tables("parts") {
        let id = table.required("id", table.text("id"));
        let title = table.required("title", table.text("title"));
        let bonus = table.points("bonus");
        let deduction = table.points("deduction");
        let percent = table.points("percent").map(|percent| percent.value);
        let at_most = table.points("at_most").map(|most| most.value);
        table.finish();
        // What is wrong with its title is said; what refers to it is right all the same.
        if let Some(id) = id {
            unique(&table, &mut seen, "部分", &id);
            parts.push(Part {
                id: id.value,
                title: title.map_or(String::new(), |title| title.value),
                bonus: bonus.map_or(Points::ZERO, |bonus| bonus.value),
                deduction: deduction.map_or(Points::ZERO, |deduction| deduction.value),
                percent,
                at_most,
            });
        }
    }
    if root.tables("parts").is_empty() {
        parts.push(Part {
            id: String::new(),
            title: String::new(),
            bonus: Points::ZERO,
            deduction: Points::ZERO,
            percent: None,
            at_most: None,
        });
    }
    parts
}

pub(super) fn dimensions(root: &Table<'_, '_>, parts: &[Part]) -> Vec<Dimension> {
    let are_parts_known = is_whole(root, "parts", parts.len());
    let mut seen = BTreeSet::new();
    let mut dimensions = Vec::new();
    for table in root.tables("dimensions") {
        let id = table.required("id", table.text("id"));
        let title = table.required("title", table.text("title"));
        let part = table.required("part", table.text("part")).and_then(|part| {
            let ids = parts.iter().map(|one| one.id.as_str());
            reference(&table, ("部分", are_parts_known), &part, ids)
        });
        let at_most = table.points("at_most").map(|most| most.value);
        table.finish();
        if let Some(id) = id {
            unique(&table, &mut seen, "一级指标", &id);
            dimensions.push(Dimension {
                id: id.value,
                title: title.map_or(String::new(), |title| title.value),
                part: part.unwrap_or_default(),
                at_most,
            });
        }
    }
    dimensions
}

pub(super) fn indicators(root: &Table<'_, '_>, dimensions: &[Dimension]) -> Vec<Indicator> {
    let are_dimensions_known = is_whole(root, "dimensions", dimensions.len());
    let mut seen = BTreeSet::new();
    let mut indicators = Vec::new();
    for table in root.tables("indicators") {
        let id = table.required("id", table.text("id"));
        let title = table.required("title", table.text("title"));
        let dimension = table
            .required("dimension", table.text("dimension"))
            .and_then(|dimension| {
                let ids = dimensions.iter().map(|one| one.id.as_str());
                reference(&table, ("一级指标", are_dimensions_known), &dimension, ids)
            });
        table.finish();
        if let Some(id) = id {
            unique(&table, &mut seen, "二级指标", &id);
            indicators.push(Indicator {
                id: id.value,
                title: title.map_or(String::new(), |title| title.value),
                dimension: dimension.unwrap_or_default(),
            });
        }
    }
    indicators
}

/// Whether each table under a key has been read: what refers to one that has not is no fault of its own.
pub(super) fn is_whole(root: &Table<'_, '_>, key: &'static str, read: usize) -> bool {
    root.tables(key).len() <= read
}

/// Counts and sums as declared, held against what the items add up to. A part that declares nothing has the sums.
pub(super) fn declared(
    root: &Table<'_, '_>,
    parts: &mut [Part],
    indicators: &[Indicator],
    lines: &[Line],
    has_classes: bool,
) {
    let tables = root.tables("parts");
    // What a line that cannot be read would add is not known: then sums are no faults of their own.
    let is_whole = is_whole(root, "lines", lines.len());
    for (index, part) in parts.iter_mut().enumerate() {
        let of_part = || lines.iter().filter(|line| line.part == index);
        let sums = [
            ("bonus", "加分", of_part().map(|line| line.bonus.cap).sum()),
            (
                "deduction",
                "减分",
                of_part().map(|line| line.deduction.cap).sum::<Points>(),
            ),
        ];
        for (key, name, sum) in sums {
            let declared = tables.get(index).and_then(|table| table.points(key));
            if let Some(declared) = declared
                && declared.value != sum
                && is_whole
            {
                let message = format!(
                    "第{}部分{name}写的是{}，各行加起来是{sum}",
                    part.id, declared.value
                );
                let line = tables.get(index).map_or(root.line, |table| table.line);
                root.fault_beside_others(line, message);
            }
        }
        part.bonus = sums[0].2;
        part.deduction = sums[1].2;
    }
    for (index, indicator) in indicators.iter().enumerate() {
        if is_whole && !lines.iter().any(|line| line.indicator == index) {
            let message = format!("二级指标“{}”没有评分行", indicator.id);
            root.fault_beside_others(root.line, message);
        }
    }
    // Classes declare their own sums.
    if has_classes && root.table("declared").is_none() {
        return;
    }
    let Some(table) = root.table("declared") else {
        root.fault_beside_others(root.line, "缺少 [declared] 一节（各级数目与合计）");
        return;
    };
    for (key, name) in [
        ("parts", "部分"),
        ("dimensions", "一级指标"),
        ("indicators", "二级指标"),
        ("lines", "评分行"),
    ] {
        let written = root.tables(key).len();
        let declared = table.count(key);
        // A level that the scheme does not have need not be counted.
        let declared = if written > 0 {
            table.required(key, declared)
        } else {
            declared
        };
        if let Some(declared) = declared
            && usize::try_from(declared.value).ok() != Some(written)
        {
            let message = format!("{key}：写的是{}个{name}，实有{written}个", declared.value);
            table.fault_beside_others(declared.line, message);
        }
    }
    let bonus: Points = lines.iter().map(|line| line.bonus.cap).sum();
    let deduction: Points = lines.iter().map(|line| line.deduction.cap).sum();
    for (key, name, sum) in [("bonus", "加分", bonus), ("deduction", "减分", deduction)] {
        let declared = table.points(key);
        let declared = if sum.is_positive() {
            table.required(key, declared)
        } else {
            declared
        };
        if let Some(declared) = declared
            && declared.value != sum
            && is_whole
        {
            let message = format!(
                "{key}：写的是{name}合计{}，各行加起来是{sum}",
                declared.value
            );
            table.fault_beside_others(declared.line, message);
        }
    }
    table.finish();
}

pub(super) fn base(root: &Table<'_, '_>, lines: &Keyed<LineId, Line>) -> Option<Base> {
    let table = root.table("base")?;
    let is_whole = is_whole(root, "lines", lines.len());
    let codes = table.required("lines", table.texts("lines"));
    let points = table.required("points", table.points("points"));
    table.finish();
    let (codes, points) = (codes?, points?);
    let mut base = Vec::new();
    for code in &codes.value {
        let known = lines.iter().map(|line| line.code.as_str());
        base.extend(reference(&table, ("评分行", is_whole), code, known).map(LineId::at));
    }
    let sum: Points = base.iter().map(|line| lines[*line].bonus.cap).sum();
    if is_whole && sum != points.value {
        let message = format!("基础分写的是{}，所列各行上限加起来是{sum}", points.value);
        table.fault_beside_others(points.line, message);
    }
    Some(Base {
        lines: base,
        points: points.value,
    })
}
