//! Stars, and grades upon them or by the total itself.

use super::values;
use crate::model::Points;
use crate::scheme::reader::Table;
use crate::scheme::{Grade, Stars};

/// Stars and the grades upon them; or grades by the total itself, or nothing at all, and then no stars.
pub(super) fn stars_and_grades(root: &Table<'_, '_>) -> (Stars, Vec<Grade>) {
    let tables = root.tables("grades");
    if !root.has("stars") {
        let upon_stars = tables
            .iter()
            .find(|table| table.has("from") || table.has("to"));
        if let Some(table) = upon_stars {
            let message =
                "等次按星级（from、to）划分须有 [stars] 一节；直接按总分划分请写 at_least";
            root.fault_beside_others(table.line, message, Vec::new());
            return (unseen(Vec::new()), named(&tables));
        }
        return by_total(&tables);
    }
    let stars = stars(root);
    let by_total = tables.iter().find(|table| table.has("at_least"));
    if let Some(table) = by_total {
        let message = "有 [stars] 一节，而等次写了 at_least：等次按星级划分请写 from、to；直接按总分划分请删去 [stars]";
        root.fault_beside_others(table.line, message, Vec::new());
        return (stars, named(&tables));
    }
    let grades = upon(root, &tables, stars.most());
    (stars, grades)
}

fn unseen(thresholds: Vec<Points>) -> Stars {
    Stars {
        thresholds,
        near: Points::ZERO,
        unseen: true,
    }
}

/// Grades by their names and order alone, where nothing else of them can be meant: what refers to them is right all the
/// same.
fn named(tables: &[Table<'_, '_>]) -> Vec<Grade> {
    let levels = (1..=u32::try_from(tables.len()).unwrap_or(u32::MAX)).rev();
    let named = tables.iter().zip(levels).filter_map(|(table, level)| {
        table.know(&["from", "to", "at_least"]);
        let name = table.required_text("name");
        table.finish();
        Some(Grade {
            name: name?.value,
            from: level,
            to: level,
        })
    });
    named.collect()
}

/// Grades by the least total each of them needs, best first; a grade from 0 is what everybody else has.
fn by_total(tables: &[Table<'_, '_>]) -> (Stars, Vec<Grade>) {
    let mut read: Vec<(String, Points)> = Vec::new();
    for table in tables {
        let name = table.required_text("name");
        let at_least = table.required("at_least", table.points("at_least"));
        table.finish();
        let (Some(name), Some(at_least)) = (name, at_least) else {
            continue;
        };
        if let Some((above, last)) = read.last().filter(|(_, last)| *last <= at_least.value) {
            let message = format!(
                "等次须按 at_least 从高到低排列：“{}”要{}分，排在它前面的“{above}”只要{last}分",
                name.value, at_least.value
            );
            table.fault(at_least.line, message);
        }
        if read.iter().any(|(known, _)| *known == name.value) {
            table.wrong(name.line, format!("等次“{}”重复", name.value));
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
    (unseen(thresholds), grades)
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
        (Some(width), Some(count), None)
            if width.value.is_positive() && (1..=100).contains(&count.value) =>
        {
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
                    table.wrong(high.line, "thresholds 须从小到大排列");
                }
            }
            values(list)
        }
        _ => {
            table.fault(
                table.line,
                "[stars] 须写明 width（每级几分，大于0）与 count（共几级，1至100），或者 thresholds",
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

/// Grades by the stars each of them holds.
fn upon(root: &Table<'_, '_>, tables: &[Table<'_, '_>], most: u32) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    let mut beyond: Vec<(String, usize)> = Vec::new();
    for table in tables {
        let name = table.required_text("name");
        let from = table.required("from", table.count("from"));
        let to = table.required("to", table.count("to"));
        table.finish();
        let (Some(name), Some(from), Some(to)) = (name, from, to) else {
            continue;
        };
        if from.value > to.value {
            let message = format!("等次“{}”的 from 大于 to", name.value);
            table.fault(from.line, message);
        } else if to.value > most {
            beyond.push((name.value.clone(), to.line));
        } else if let Some(other) = grades
            .iter()
            .find(|grade| grade.from <= to.value && from.value <= grade.to)
        {
            let message = format!(
                "等次“{}”（from、to）与前面的“{}”重叠",
                name.value, other.name
            );
            table.fault(from.line, message);
        }
        grades.push(Grade {
            name: name.value,
            from: from.value,
            to: to.value,
        });
    }
    if let Some((_, line)) = beyond.first() {
        let names: Vec<String> = beyond.iter().map(|(name, _)| format!("“{name}”")).collect();
        let message = format!(
            "等次{}超出了星级：[stars] 只有{most}级星级，from、to 为0至{most}",
            names.join("、")
        );
        root.fault_beside_others(*line, message, root.spans(&["stars", "grades"]));
    }
    grades
}
