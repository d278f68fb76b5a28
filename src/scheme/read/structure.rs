//! Parts, dimensions, indicators, and what the lines under them must add up to.

use std::collections::BTreeSet;

use super::{Level, reference, unique};
use crate::model::{Keyed, LineId, Points};
use crate::scheme::reader::Table;
use crate::scheme::{Base, Dimension, Indicator, Line, Part, Scheme};

pub(super) fn parts(root: &Table<'_, '_>) -> Vec<Part> {
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for table in root.tables("parts") {
        let id = table.required_text("id");
        let title = table.required_text("title");
        let bonus = table.points("bonus");
        let deduction = table.points("deduction");
        let percent = table.weight("percent").map(|percent| percent.value);
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
    let known = Level::of(root, "parts", "部分", parts.len());
    let mut seen = BTreeSet::new();
    let mut dimensions = Vec::new();
    for table in root.tables("dimensions") {
        let id = table.required_text("id");
        let title = table.required_text("title");
        let part = table.required_text("part").and_then(|part| {
            let ids = parts.iter().map(|one| one.id.as_str());
            reference(&table, known, &part, ids)
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
                is_written: true,
            });
        }
    }
    dimensions
}

pub(super) fn indicators(root: &Table<'_, '_>, dimensions: &[Dimension]) -> Vec<Indicator> {
    let known = Level::of(root, "dimensions", "一级指标", dimensions.len());
    let mut seen = BTreeSet::new();
    let mut indicators = Vec::new();
    for table in root.tables("indicators") {
        let id = table.required_text("id");
        let title = table.required_text("title");
        let dimension = table.required_text("dimension").and_then(|dimension| {
            let ids = dimensions.iter().map(|one| one.id.as_str());
            reference(&table, known, &dimension, ids)
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
    root.is_list_of_tables(key) && root.tables(key).len() <= read
}

/// What the levels of a file are called under `[declared]`, and what is in them.
const LEVELS: [(&str, &str); 4] = [
    ("parts", "部分"),
    ("dimensions", "一级指标"),
    ("indicators", "二级指标"),
    ("lines", "评分行"),
];

/// Counts and sums as declared, held against what the items add up to. A part that declares nothing has the sums.
pub(super) fn declared(
    root: &Table<'_, '_>,
    parts: &mut [Part],
    indicators: &[Indicator],
    lines: &[Line],
) {
    root.know(&["declared"]);
    if lines.is_empty() && is_whole(root, "lines", 0) {
        let message = "一个评分行也没有；评分行写在 [[lines]] 中，一行一节";
        root.fault_beside_others(root.line, message, Vec::new());
        return;
    }
    // What a line that cannot be read would add is not known: then sums are no faults of their own.
    let is_whole = is_whole(root, "lines", lines.len());
    // Nor is what stands under which part, while a name of a level meets nothing.
    let is_placed = is_whole && LEVELS.iter().all(|(_, name)| !root.lacks_any(name));
    let sums = sums_of_parts(root, parts, lines, is_placed);
    for (index, indicator) in indicators.iter().enumerate() {
        if is_placed && !lines.iter().any(|line| line.indicator == index) {
            let message = format!(
                "二级指标“{}”没有评分行；请补上它的评分行，或删去这个二级指标",
                indicator.id
            );
            root.fault_beside_others(root.line, message, root.spans(&["lines", "indicators"]));
        }
    }
    let table = root.table("declared");
    // Classes declare their own sums.
    let has_classes = root.has("classes") || lines_have_classes(root);
    let Some(table) = table else {
        if !has_classes && !root.has("declared") {
            let message = "缺少 [declared] 一节（各级数目与合计）";
            root.fault_beside_others(root.line, message, Vec::new());
        }
        return;
    };
    counts(root, &table);
    for ((key, name), declared) in [("bonus", "加分"), ("deduction", "减分")]
        .into_iter()
        .zip(sums)
    {
        let written = table.points(key);
        let written = if declared.lines.is_positive() {
            table.required(key, written)
        } else {
            written
        };
        // Where it is what the parts say it is, the parts are at fault and told as such.
        if let Some(written) = written
            && written.value != declared.lines
            && written.value != declared.parts
            && is_whole
        {
            let message = format!(
                "{key}：写的是{name}合计{}，各行加起来是{}",
                written.value, declared.lines
            );
            root.fault_beside_others(written.line, message, root.spans(&["lines"]));
        }
    }
    table.finish();
}

fn lines_have_classes(root: &Table<'_, '_>) -> bool {
    root.tables("lines").iter().any(|line| line.has("class"))
}

/// What one side of all lines adds up to.
#[derive(Clone, Copy)]
struct Sums {
    lines: Points,
    /// By what the parts say of themselves.
    parts: Points,
}

/// What the parts say they add up to, held against their lines; what they do add up to is noted in them.
fn sums_of_parts(
    root: &Table<'_, '_>,
    parts: &mut [Part],
    lines: &[Line],
    is_placed: bool,
) -> [Sums; 2] {
    let tables = root.tables("parts");
    let cap = |line: &Line, takes: bool| {
        if takes {
            line.deduction.cap
        } else {
            line.bonus.cap
        }
    };
    let mut sums = [false, true].map(|takes| Sums {
        lines: lines.iter().map(|line| cap(line, takes)).sum(),
        parts: Points::ZERO,
    });
    for (index, part) in parts.iter_mut().enumerate() {
        let of_part = |takes| -> Points {
            let own = lines.iter().filter(|line| line.part == index);
            own.map(|line| cap(line, takes)).sum()
        };
        let sides = [("bonus", "加分"), ("deduction", "减分")];
        let own = [of_part(false), of_part(true)];
        for (((key, name), sum), whole) in sides.into_iter().zip(own).zip(&mut sums) {
            let declared = tables.get(index).and_then(|table| table.points(key));
            whole.parts = whole.parts + declared.as_ref().map_or(sum, |declared| declared.value);
            if let Some(declared) = declared
                && declared.value != sum
                && is_placed
            {
                let message = format!(
                    "第{}部分 {key}（{name}）写的是{}，各行加起来是{sum}",
                    part.id, declared.value
                );
                let levels = ["parts", "dimensions", "indicators", "lines"];
                root.fault_beside_others(declared.line, message, root.spans(&levels));
            }
        }
        [part.bonus, part.deduction] = own;
    }
    sums
}

/// How many there are of each level, as declared and as written.
fn counts(root: &Table<'_, '_>, table: &Table<'_, '_>) {
    for (key, name) in LEVELS {
        let written = root.tables(key).len();
        let declared = table.count(key);
        // A level that the scheme does not have need not be counted.
        let declared = if written > 0 {
            table.required(key, declared)
        } else {
            declared
        };
        // One that is missing, and is missed already, is not told again.
        let is_told = !root.is_list_of_tables(key) || written == 0 && root.lacks(name);
        if let Some(declared) = declared
            && usize::try_from(declared.value).ok() != Some(written)
            && !is_told
        {
            let message = format!("{key}：写的是{}个{name}，实有{written}个", declared.value);
            root.fault_beside_others(declared.line, message, Vec::new());
        }
    }
}

pub(super) fn base(root: &Table<'_, '_>, lines: &Keyed<LineId, Line>) -> Option<Base> {
    let table = root.table("base")?;
    let codes = table.required("lines", table.texts("lines"));
    let points = table.required("points", table.points("points"));
    table.finish();
    let (codes, points) = (codes?, points?);
    let level = Level::of(root, "lines", "评分行", lines.len());
    let mut base = Vec::new();
    for code in &codes.value {
        let known = lines.iter().map(|line| line.code.as_str());
        base.extend(reference(&table, level, code, known).map(LineId::at));
    }
    let sum: Points = base.iter().map(|line| lines[*line].bonus.cap).sum();
    // A line that there is not is told already.
    if base.len() == codes.value.len() && sum != points.value {
        let message = format!(
            "[base] 的 points（基础分）写的是{}，lines 所列各行上限加起来是{sum}",
            points.value
        );
        root.fault_beside_others(points.line, message, root.spans(&["base", "lines"]));
    }
    Some(Base {
        lines: base,
        points: points.value,
    })
}

/// Every table that was written has been read or told: what was skipped without a word would be lost to everybody.
pub(super) fn nothing_lost(root: &Table<'_, '_>, scheme: &Scheme) {
    if !root.is_sound() {
        return;
    }
    for (key, read) in [
        ("parts", scheme.parts.len()),
        ("dimensions", scheme.dimensions.len()),
        ("indicators", scheme.indicators.len()),
        ("lines", scheme.lines.len()),
        ("classes", scheme.classes.len()),
        ("reviewer_classes", scheme.reviewer_classes.len()),
        ("caps", scheme.caps.len()),
        ("grades", scheme.grades.len()),
        ("quotas", scheme.quotas.len()),
        ("vetoes", scheme.vetoes.len()),
        ("stages", scheme.stages.len()),
    ] {
        let written = root.tables(key);
        if let (Some(first), true) = (written.first(), written.len() > read) {
            let message = format!(
                "[[{key}]] 写了{}节，能用的只有{read}节，请逐节核对写法",
                written.len()
            );
            root.fault(first.line, message);
        }
    }
}
