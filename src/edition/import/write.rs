//! From the rows of the sheet to the text of a scheme: the file it is based on, with what the sheet says otherwise.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::lines;
use super::rows::{LineRow, Sheeted};
use crate::ground::Ground;
use crate::model::{Points, Weight};
use crate::roster::list::{Faults, List};

/// The text; none where a row is not understood, which is told.
pub(super) fn text(
    base: &Ground,
    list: &List<'_>,
    (before, after): (&Sheeted, &Sheeted),
    faults: &mut Faults,
) -> Option<String> {
    let text = base.scheme_text.trim_start_matches('\u{feff}');
    if before == after {
        return Some(text.to_owned());
    }
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        faults.push("所据的方案没有读成".to_owned());
        return None;
    };
    let old = Old {
        before,
        lines: tables(&document, "lines"),
        indicators: tables(&document, "indicators"),
        dimensions: tables(&document, "dimensions"),
    };
    if old.lines.len() != before.lines.len() {
        faults.push("所据的方案不是一行一个 [[lines]] 写的，请直接改 scheme.toml".to_owned());
        return None;
    }
    let lines = lines::tables(base, list, &old, after, faults)?;
    let written = [
        ("parts", parts(&document, before, after)),
        ("dimensions", dimensions(&old, after)),
        ("indicators", indicators(&old, after, &lines)),
        ("lines", lines),
    ];
    for (key, new) in written {
        let is_same = plain(&tables(&document, key)) == plain(&new);
        if is_same {
            continue;
        }
        // Behind everything else, in this order.
        document.remove(key);
        let new: ArrayOfTables = new.into_iter().collect();
        document.insert(key, Item::ArrayOfTables(new));
    }
    declared(&mut document, after);
    Some(document.to_string())
}

/// What the scheme says that the sheet is based on.
pub(super) struct Old<'o> {
    pub(super) before: &'o Sheeted,
    pub(super) lines: Vec<Table>,
    pub(super) indicators: Vec<Table>,
    pub(super) dimensions: Vec<Table>,
}

impl Old<'_> {
    /// The row and the table of a line.
    pub(super) fn line(&self, key: &(String, String)) -> Option<(&LineRow, &Table)> {
        let row = self.before.lines.iter().find(|one| one.key() == *key)?;
        let table = self.lines.iter().find(|one| of_line(one) == *key)?;
        Some((row, table))
    }
}

/// What tells the table of a line from all others, as [`LineRow::key`] has it.
pub(super) fn of_line(table: &Table) -> (String, String) {
    (text_of(table, "class"), text_of(table, "code"))
}

/// A text of a table; empty where there is none.
pub(super) fn text_of(table: &Table, key: &str) -> String {
    let text = table.get(key).and_then(Item::as_str);
    text.unwrap_or_default().trim().to_owned()
}

/// The tables under a key, without their place in the file: they are put in another.
fn tables(document: &DocumentMut, key: &str) -> Vec<Table> {
    let tables = document.get(key).and_then(Item::as_array_of_tables);
    let tables = tables.into_iter().flatten();
    tables
        .map(|old| {
            let mut table = Table::new();
            for (key, item) in old {
                table.insert(key, item.clone());
            }
            table
        })
        .collect()
}

/// What tables say, without what stands around it.
fn plain(tables: &[Table]) -> Vec<String> {
    let said = |table: &Table| {
        let items = table.iter();
        let items = items.map(|(key, item)| format!("{key}={}", item.to_string().trim()));
        items.collect::<Vec<_>>().join("\n")
    };
    tables.iter().map(said).collect()
}

/// In which order things stand: as on the sheet, where the file has them in that order; else as in the file, what is new
/// behind what it follows on the sheet.
pub(super) fn ordered<T: PartialEq + Clone>(file: &[T], before: &[T], now: &[T]) -> Vec<T> {
    if file == before {
        return now.to_vec();
    }
    let is_gone = |one: &T| before.contains(one) && !now.contains(one);
    let mut all: Vec<T> = file.iter().filter(|one| !is_gone(one)).cloned().collect();
    for (at, one) in now.iter().enumerate() {
        if !all.contains(one) {
            let above = at.checked_sub(1).and_then(|above| now.get(above));
            let above = above.and_then(|above| all.iter().position(|one| one == above));
            all.insert(above.map_or(0, |above| above + 1), one.clone());
        }
    }
    all
}

/// Each once, in the order in which they come first.
fn once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut once = Vec::new();
    for one in all.filter(|one| !one.is_empty()) {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

fn parts(document: &DocumentMut, before: &Sheeted, after: &Sheeted) -> Vec<Table> {
    let old = tables(document, "parts");
    let ids = |sheeted: &Sheeted| once(sheeted.parts.iter().map(|part| part.id.clone()));
    let file: Vec<String> = old.iter().map(|part| text_of(part, "id")).collect();
    let mut parts = Vec::new();
    for id in ordered(&file, &ids(before), &ids(after)) {
        let found = old.iter().find(|part| text_of(part, "id") == id);
        let mut table = found.cloned().unwrap_or_default();
        if let Some(row) = after.parts.iter().find(|part| part.id == id) {
            put(&mut table, "id", &id);
            put(&mut table, "title", &row.title);
            if let Some(percent) = row.percent {
                set_weight(&mut table, "percent", percent);
            } else {
                table.remove("percent");
            }
            // Where the sheet says another sum, its cell is told.
            let lines = || after.lines.iter().filter(|line| line.part == id);
            let bonus: Points = lines().map(|line| line.bonus).sum();
            let deduction: Points = lines().map(|line| line.deduction).sum();
            for (key, points) in [("bonus", bonus), ("deduction", deduction)] {
                if table.contains_key(key) {
                    set(&mut table, key, points);
                }
            }
        }
        parts.push(table);
    }
    parts
}

fn dimensions(old: &Old<'_>, after: &Sheeted) -> Vec<Table> {
    let file: Vec<String> = old
        .dimensions
        .iter()
        .map(|one| text_of(one, "id"))
        .collect();
    // A line that stands under its part has it for a dimension; the file need not name that.
    let is_named =
        |line: &&LineRow| line.dimension.0 != line.part || file.contains(&line.dimension.0);
    let ids = |sheeted: &Sheeted| {
        let named = sheeted.lines.iter().filter(is_named);
        once(named.map(|line| line.dimension.0.clone()))
    };
    let mut dimensions = Vec::new();
    for id in ordered(&file, &ids(old.before), &ids(after)) {
        let found = old.dimensions.iter().find(|one| text_of(one, "id") == id);
        let mut table = found.cloned().unwrap_or_default();
        if let Some(row) = after.lines.iter().find(|line| line.dimension.0 == id) {
            put(&mut table, "id", &id);
            put(&mut table, "part", &row.part);
            put(&mut table, "title", &row.dimension.1);
        }
        dimensions.push(table);
    }
    dimensions
}

/// Those that the lines name.
fn indicators(old: &Old<'_>, after: &Sheeted, lines: &[Table]) -> Vec<Table> {
    let file: Vec<String> = old
        .indicators
        .iter()
        .map(|one| text_of(one, "id"))
        .collect();
    let named = |tables: &[Table], sheeted: &Sheeted| {
        let rows = sheeted.lines.iter().map(LineRow::key);
        let tables = rows.filter_map(|key| tables.iter().find(|one| of_line(one) == key));
        once(tables.map(|table| text_of(table, "indicator")))
    };
    let mut indicators = Vec::new();
    for id in ordered(&file, &named(&old.lines, old.before), &named(lines, after)) {
        let found = old.indicators.iter().find(|one| text_of(one, "id") == id);
        let was = found.map_or(String::new(), |one| text_of(one, "title"));
        let mut table = found.cloned().unwrap_or_default();
        let rows = after.lines.iter().filter(|row| {
            let mut lines = lines.iter().filter(|line| of_line(line) == row.key());
            lines.any(|line| text_of(line, "indicator") == id)
        });
        let rows: Vec<&LineRow> = rows.collect();
        // Where one of several lines is called otherwise, that is told of the others.
        let changed = rows.iter().find(|row| row.title != was);
        if let Some(row) = changed.or(rows.first()) {
            put(&mut table, "id", &id);
            // A line that stands under its part names no dimension of its own.
            put(&mut table, "dimension", &row.dimension.0);
            put(&mut table, "title", &row.title);
        }
        indicators.push(table);
    }
    indicators
}

/// What the scheme declares of itself, as it is now.
fn declared(document: &mut DocumentMut, after: &Sheeted) {
    let count = |key: &str| {
        let tables = document.get(key).and_then(Item::as_array_of_tables);
        tables.map_or(0, ArrayOfTables::len)
    };
    let counts = ["parts", "dimensions", "indicators", "lines"].map(|key| (key, count(key)));
    let Some(declared) = document.get_mut("declared").and_then(Item::as_table_mut) else {
        return;
    };
    let whole = |count: usize| Points::whole(i64::try_from(count).unwrap_or(i64::MAX));
    let mut items: Vec<(&str, Points)> = counts.map(|(key, count)| (key, whole(count))).into();
    // The last row need not say the sum: a total may be held down.
    let bonus = after.lines.iter().map(|line| line.bonus).sum();
    let deduction = after.lines.iter().map(|line| line.deduction).sum();
    items.extend([("bonus", bonus), ("deduction", deduction)]);
    for (key, points) in items {
        if declared.contains_key(key) {
            set(declared, key, points);
        }
    }
}

/// Writes a text, where it is another.
pub(super) fn put(table: &mut Table, key: &str, text: &str) {
    if text_of(table, key) != text {
        table.insert(key, value(text));
    }
}

/// Writes points, where they are others.
pub(super) fn set(table: &mut Table, key: &str, points: Points) {
    let written = table.get(key).and_then(Item::as_value);
    let written = written.map(|value| value.clone().decorated("", "").to_string());
    let written = written.and_then(|text| text.trim_matches('"').parse::<Points>().ok());
    if written != Some(points) {
        table.insert(key, Item::Value(figure(points)));
    }
}

/// The same of a weight.
pub(super) fn set_weight(table: &mut Table, key: &str, weight: Weight) {
    match weight {
        Weight::Percent(percent) => set(table, key, percent),
        Weight::Fraction { .. } if text_of(table, key) == weight.bare() => {}
        Weight::Fraction { .. } => put(table, key, &weight.bare()),
    }
}

/// Points, exact: a float would not be.
pub(super) fn figure(points: Points) -> Value {
    let written = points.to_string();
    match written.parse::<i64>() {
        Ok(whole) => whole.into(),
        Err(_) => written.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn an_order_is_that_of_the_sheet_where_the_file_has_it() {
        assert_eq!(ordered(&[1, 2, 3], &[1, 2, 3], &[3, 4, 1]), [3, 4, 1]);
        // The file has them otherwise, and one that the sheet does not show.
        assert_eq!(ordered(&[1, 3, 2, 9], &[1, 2, 3], &[1, 4, 3]), [1, 4, 3, 9]);
        assert_eq!(ordered(&[2, 1], &[1, 2], &[0, 1, 2]), [0, 2, 1]);
    }
}
