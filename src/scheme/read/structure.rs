//! Parts, dimensions, indicators, and what the lines under them must add up to.

use std::collections::BTreeSet;

use super::{reference, unique};
use crate::model::Points;
use crate::scheme::reader::Table;
use crate::scheme::{Base, Dimension, Indicator, Line, Part};

pub(super) fn parts(root: &Table<'_, '_>) -> Vec<Part> {
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for table in root.tables("parts") {
        let id = table.required("id", table.text("id"));
        let title = table.required("title", table.text("title"));
        let bonus = table.required("bonus", table.points("bonus"));
        let deduction = table.required("deduction", table.points("deduction"));
        table.finish();
        if let (Some(id), Some(title), Some(bonus), Some(deduction)) = (id, title, bonus, deduction)
        {
            unique(&table, &mut seen, "部分", &id);
            parts.push(Part {
                id: id.value,
                title: title.value,
                bonus: bonus.value,
                deduction: deduction.value,
            });
        }
    }
    parts
}

pub(super) fn dimensions(root: &Table<'_, '_>, parts: &[Part]) -> Vec<Dimension> {
    let mut seen = BTreeSet::new();
    let mut dimensions = Vec::new();
    for table in root.tables("dimensions") {
        let id = table.required("id", table.text("id"));
        let title = table.required("title", table.text("title"));
        let part = table.required("part", table.text("part")).and_then(|part| {
            reference(
                &table,
                "部分",
                &part,
                parts.iter().map(|one| one.id.as_str()),
            )
        });
        table.finish();
        if let (Some(id), Some(title), Some(part)) = (id, title, part) {
            unique(&table, &mut seen, "一级指标", &id);
            dimensions.push(Dimension {
                id: id.value,
                title: title.value,
                part,
            });
        }
    }
    dimensions
}

pub(super) fn indicators(root: &Table<'_, '_>, dimensions: &[Dimension]) -> Vec<Indicator> {
    let mut seen = BTreeSet::new();
    let mut indicators = Vec::new();
    for table in root.tables("indicators") {
        let id = table.required("id", table.text("id"));
        let title = table.required("title", table.text("title"));
        let dimension = table
            .required("dimension", table.text("dimension"))
            .and_then(|dimension| {
                let ids = dimensions.iter().map(|one| one.id.as_str());
                reference(&table, "一级指标", &dimension, ids)
            });
        table.finish();
        if let (Some(id), Some(title), Some(dimension)) = (id, title, dimension) {
            unique(&table, &mut seen, "二级指标", &id);
            indicators.push(Indicator {
                id: id.value,
                title: title.value,
                dimension,
            });
        }
    }
    indicators
}

/// Counts and sums as declared, held against what the items add up to.
pub(super) fn declared(
    root: &Table<'_, '_>,
    parts: &[Part],
    dimensions: &[Dimension],
    indicators: &[Indicator],
    lines: &[Line],
) {
    for (index, part) in parts.iter().enumerate() {
        let of_part = || lines.iter().filter(|line| line.part == index);
        let bonus: Points = of_part().map(|line| line.bonus.cap).sum();
        let deduction: Points = of_part().map(|line| line.deduction.cap).sum();
        let tables = root.tables("parts");
        let line = tables.get(index).map_or(root.line, |table| table.line);
        if bonus != part.bonus {
            let message = format!(
                "第{}部分加分写的是{}，各行加起来是{bonus}",
                part.id, part.bonus
            );
            root.fault(line, message);
        }
        if deduction != part.deduction {
            let message = format!(
                "第{}部分减分写的是{}，各行加起来是{deduction}",
                part.id, part.deduction
            );
            root.fault(line, message);
        }
    }
    for (index, indicator) in indicators.iter().enumerate() {
        if !lines.iter().any(|line| line.indicator == index) {
            root.fault(root.line, format!("二级指标“{}”没有评分行", indicator.id));
        }
    }
    let Some(table) = root.table("declared") else {
        root.fault(root.line, "缺少 [declared] 一节（各级数目与合计）");
        return;
    };
    for (key, name, counted) in [
        ("parts", "部分", parts.len()),
        ("dimensions", "一级指标", dimensions.len()),
        ("indicators", "二级指标", indicators.len()),
        ("lines", "评分行", lines.len()),
    ] {
        if let Some(declared) = table.required(key, table.count(key))
            && usize::try_from(declared.value).ok() != Some(counted)
        {
            let message = format!("{key}：写的是{}个{name}，实有{counted}个", declared.value);
            table.fault(declared.line, message);
        }
    }
    for (key, name, sum) in [
        (
            "bonus",
            "加分",
            lines.iter().map(|line| line.bonus.cap).sum::<Points>(),
        ),
        (
            "deduction",
            "减分",
            lines.iter().map(|line| line.deduction.cap).sum(),
        ),
    ] {
        if let Some(declared) = table.required(key, table.points(key))
            && declared.value != sum
        {
            let message = format!(
                "{key}：写的是{name}合计{}，各行加起来是{sum}",
                declared.value
            );
            table.fault(declared.line, message);
        }
    }
    table.finish();
}

pub(super) fn base(root: &Table<'_, '_>, lines: &[Line]) -> Option<Base> {
    let table = root.table("base")?;
    let codes = table.required("lines", table.texts("lines"));
    let points = table.required("points", table.points("points"));
    table.finish();
    let (codes, points) = (codes?, points?);
    let mut base = Vec::new();
    for code in &codes.value {
        base.extend(reference(
            &table,
            "评分行",
            code,
            lines.iter().map(|line| line.code.as_str()),
        ));
    }
    let sum: Points = base.iter().map(|line| lines[*line].bonus.cap).sum();
    if sum != points.value {
        let message = format!("基础分写的是{}，所列各行上限加起来是{sum}", points.value);
        table.fault(points.line, message);
    }
    Some(Base {
        lines: base,
        points: points.value,
    })
}
