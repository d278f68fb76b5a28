//! Under which parts, dimensions and indicators a line stands, and of which class it is.

use super::{Level, reference};
use crate::scheme::reader::{At, Table};
use crate::scheme::{Dimension, Indicator, ObjectClass, Part};

/// What a line may refer to.
pub(super) struct Known<'l> {
    parts: Level<'l>,
    dimensions: Level<'l>,
    indicators: Level<'l>,
    classes: Level<'l>,
}

impl Known<'_> {
    pub(super) fn of(
        root: &Table<'_, '_>,
        parts: &[Part],
        dimensions: &[Dimension],
        indicators: &[Indicator],
        classes: &[ObjectClass],
    ) -> Self {
        Self {
            parts: Level::of(root, "parts", "部分", parts.len()),
            dimensions: Level::of(root, "dimensions", "一级指标", dimensions.len()),
            indicators: Level::of(root, "indicators", "二级指标", indicators.len()),
            classes: Level::of(root, "classes", "类别", classes.len()),
        }
    }
}

/// The indicator that a line stands under.
pub(super) fn under(
    table: &Table<'_, '_>,
    code: Option<&At<String>>,
    known: &Known<'_>,
    parts: &[Part],
    (dimensions, indicators): (&mut Vec<Dimension>, &mut Vec<Indicator>),
) -> Option<usize> {
    let Some(id) = table.text("indicator") else {
        return implied(table, code, known, parts, (dimensions, indicators));
    };
    let ids = indicators.iter().map(|one| one.id.as_str());
    reference(table, known.indicators, &id, ids)
}

/// The indicator of a line that names none: itself, under its dimension or its part.
fn implied(
    table: &Table<'_, '_>,
    code: Option<&At<String>>,
    known: &Known<'_>,
    parts: &[Part],
    (dimensions, indicators): (&mut Vec<Dimension>, &mut Vec<Indicator>),
) -> Option<usize> {
    // All is asked for before anything is given up: what nobody asks for is told as unknown.
    let (dimension, part) = (table.text("dimension"), table.text("part"));
    let Some(title) = table.text("title") else {
        table.fault(
            table.line,
            "[[lines]] 须写明 indicator（所属二级指标），或者 title（本行名称）",
        );
        return None;
    };
    let dimension = if let Some(id) = dimension {
        let ids = dimensions.iter().map(|one| one.id.as_str());
        reference(table, known.dimensions, &id, ids)?
    } else {
        let part = match part {
            Some(id) => {
                let ids = parts.iter().map(|one| one.id.as_str());
                reference(table, known.parts, &id, ids)?
            }
            None if parts.len() == 1 => 0,
            None => {
                if !table.has("part") {
                    table.fault(table.line, "[[lines]] 须写明 part（所属部分）");
                }
                return None;
            }
        };
        let of_part = &parts[part];
        let known = dimensions
            .iter()
            .position(|one| one.part == part && !one.is_written);
        known.unwrap_or_else(|| {
            dimensions.push(Dimension {
                id: of_part.id.clone(),
                title: of_part.title.clone(),
                part,
                at_most: None,
                is_written: false,
            });
            dimensions.len() - 1
        })
    };
    indicators.push(Indicator {
        id: code?.value.clone(),
        title: title.value,
        dimension,
    });
    Some(indicators.len() - 1)
}

/// It is not known what something belongs to: that is told.
pub(super) struct Untold;

/// The class of objects a line is for, if any: every line has one where the scheme has classes.
pub(super) fn class(
    table: &Table<'_, '_>,
    known: &Known<'_>,
    classes: &[ObjectClass],
) -> Result<Option<usize>, Untold> {
    if !table.has("class") {
        if classes.is_empty() {
            return Ok(None);
        }
        table.fault(table.line, "[[lines]] 须写明 class（所属类别）");
        return Err(Untold);
    }
    let name = table.text("class").ok_or(Untold)?;
    let names = classes.iter().map(|one| one.name.as_str());
    let found = reference(table, known.classes, &name, names);
    found.map(Some).ok_or(Untold)
}
