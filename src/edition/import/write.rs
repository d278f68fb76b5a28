//! From the rows of the sheet to the text of a scheme: the file it is based on, with the lines of the sheet.

use std::collections::BTreeSet;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::rule::{self, Said};
use super::{LineRow, Sheeted, column};
use crate::ground::Ground;
use crate::model::Points;
use crate::roster::list::{Faults, List};
use crate::scheme::rule::{Clause, Combine};
use crate::scheme::{Line, Rule};

/// The text; none where a row is not understood, which is told.
pub(super) fn text(
    base: &Ground,
    list: &List<'_>,
    sheeted: &Sheeted,
    faults: &mut Faults,
) -> Option<String> {
    let text = base.scheme_text.trim_start_matches('\u{feff}');
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        faults.push("所据的方案没有读成".to_owned());
        return None;
    };
    let mut parts = ArrayOfTables::new();
    for part in &sheeted.parts {
        let mut table = Table::new();
        table.insert("id", value(&part.id));
        table.insert("title", value(&part.title));
        table.insert("bonus", number(part.bonus));
        table.insert("deduction", number(part.deduction));
        parts.push(table);
    }
    let (mut dimensions, mut indicators) = (ArrayOfTables::new(), ArrayOfTables::new());
    let mut lines = ArrayOfTables::new();
    let (mut above, mut below): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
    for row in &sheeted.lines {
        let (id, title) = &row.dimension;
        if above.insert(id) {
            let mut table = Table::new();
            table.insert("id", value(id));
            table.insert("part", value(&row.part));
            table.insert("title", value(title));
            dimensions.push(table);
        }
        let indicator = indicator(&row.code);
        if below.insert(indicator) {
            let mut table = Table::new();
            table.insert("id", value(indicator));
            table.insert("dimension", value(id));
            table.insert("title", value(&row.title));
            indicators.push(table);
        }
        lines.push(line(base, list, row, indicator, faults)?);
    }
    declared(&mut document, sheeted, &[&dimensions, &indicators]);
    for (key, tables) in [
        ("parts", parts),
        ("dimensions", dimensions),
        ("indicators", indicators),
        ("lines", lines),
    ] {
        // Behind everything else, in this order.
        document.remove(key);
        document.insert(key, Item::ArrayOfTables(tables));
    }
    Some(document.to_string())
}

/// `9.2` of `9.2(1)`.
fn indicator(code: &str) -> &str {
    code.split_once('(')
        .map_or(code, |(indicator, _)| indicator)
}

/// What the scheme declares of itself, as the sheet has it.
fn declared(document: &mut DocumentMut, sheeted: &Sheeted, counted: &[&ArrayOfTables; 2]) {
    let Some(declared) = document.get_mut("declared").and_then(Item::as_table_mut) else {
        return;
    };
    let whole = |count: usize| number(Points::whole(i64::try_from(count).unwrap_or(i64::MAX)));
    let mut items = vec![
        ("parts", whole(sheeted.parts.len())),
        ("dimensions", whole(counted[0].len())),
        ("indicators", whole(counted[1].len())),
        ("lines", whole(sheeted.lines.len())),
    ];
    if let Some((bonus, deduction)) = sheeted.full {
        items.extend([("bonus", number(bonus)), ("deduction", number(deduction))]);
    }
    for (key, item) in items {
        if declared.contains_key(key) {
            declared.insert(key, item);
        }
    }
}

/// Points, exact: a float would not be.
fn number(points: Points) -> Item {
    Item::Value(figure(points))
}

fn figure(points: Points) -> Value {
    let written = points.to_string();
    match written.parse::<i64>() {
        Ok(whole) => whole.into(),
        Err(_) => written.into(),
    }
}

fn line(
    base: &Ground,
    list: &List<'_>,
    row: &LineRow,
    indicator: &str,
    faults: &mut Faults,
) -> Option<Table> {
    let scheme = &base.scheme;
    let known = scheme.lines.iter().find(|line| line.code == row.code);
    let mut table = Table::new();
    table.insert("code", value(&row.code));
    table.insert("indicator", value(indicator));
    table.insert("bonus", number(row.bonus));
    table.insert("deduction", number(row.deduction));
    if !row.needs.is_empty() {
        table.insert("needs", value(row.needs.iter().collect::<Array>()));
    }
    if row.exclusive {
        table.insert("exclusive", value(true));
    }
    let pieces = row.criteria.lines().map(str::trim);
    let mut criteria = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let Some(said) = rule::criterion(piece) else {
            let message =
                format!("没有读懂“{piece}”，应写成“建立规则并备案：加50分”这样，一行一个要点");
            list.fault(faults, row.row, column::CRITERIA, &message);
            return None;
        };
        criteria.push(said);
    }
    for (key, takes) in [("combine_bonus", false), ("combine_deduction", true)] {
        let mut own = criteria.iter().filter(|one| one.takes == takes);
        match own.find_map(|one| one.combine) {
            Some(Combine::OneOf) => drop(table.insert(key, value("one-of"))),
            Some(Combine::BestOf) => drop(table.insert(key, value("best-of"))),
            Some(Combine::Sum) | None => {}
        }
    }
    // Where there is no official wording the sheet shows the labels.
    let is_labels = known.is_some_and(|line| {
        line.wording.is_none() && scheme.requirement(line).trim() == row.wording
    });
    if !row.wording.is_empty() && !is_labels {
        table.insert("wording", value(&row.wording));
    }
    let mut taken: BTreeSet<String> = known.map_or(BTreeSet::new(), ids);
    let mut array = Array::new();
    for (at, said) in criteria.iter().enumerate() {
        let id = reworded(known, &criteria, at)
            .unwrap_or_else(|| id(known, said, &row.code, &mut taken));
        array.push(criterion(id, said));
    }
    table.insert("criteria", value(array));
    Some(table)
}

fn ids(line: &Line) -> BTreeSet<String> {
    let both = line.bonus.criteria.iter().chain(&line.deduction.criteria);
    both.map(|one| one.id.clone()).collect()
}

/// The id of a criterion (an index into those of the row) that was only called otherwise: as many stand on its side as
/// before, in its place stood one that gives the same, and nothing is called as that was.
fn reworded(known: Option<&Line>, all: &[Said], at: usize) -> Option<String> {
    let said = all.get(at)?;
    let line = known?;
    let old = if said.takes {
        &line.deduction.criteria
    } else {
        &line.bonus.criteria
    };
    let new: Vec<&Said> = all.iter().filter(|one| one.takes == said.takes).collect();
    let place = new.iter().position(|one| std::ptr::eq(*one, said))?;
    let before = old.get(place).filter(|_| old.len() == new.len())?;
    let is_gone = |label: &str| new.iter().all(|one| one.label != label);
    let is_new = old.iter().all(|one| one.label != said.label);
    (is_new && is_gone(&before.label) && before.rule == said.rule).then(|| before.id.clone())
}

/// The id that the criterion had; else the next letter behind the code.
fn id(known: Option<&Line>, said: &Said, code: &str, taken: &mut BTreeSet<String>) -> String {
    let side = known.map(|line| {
        if said.takes {
            &line.deduction
        } else {
            &line.bonus
        }
    });
    let same = side.and_then(|side| side.criteria.iter().find(|one| one.label == said.label));
    if let Some(same) = same {
        return same.id.clone();
    }
    let letters = ('a'..='z').map(|letter| format!("{code}-{letter}"));
    let numbers = (1_u32..).map(|number| format!("{code}-{number}"));
    let mut free = letters.chain(numbers).filter(|id| !taken.contains(id));
    let id = free.next().unwrap_or_default();
    taken.insert(id.clone());
    id
}

fn criterion(id: String, said: &Said) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("id", id.into());
    table.insert("label", said.label.as_str().into());
    if said.takes {
        table.insert("side", "deduction".into());
    }
    put(&mut table, &said.rule);
    table
}

fn put(table: &mut InlineTable, rule: &Rule) {
    let kind = match rule {
        Rule::Points { .. } => "points",
        Rule::Range { .. } => "range",
        Rule::PerCount { .. } => "per-count",
        Rule::Tiers { .. } => "tiers",
        Rule::Sum { .. } => "sum",
        Rule::OneOf { .. } => "one-of",
        Rule::BestOf { .. } => "best-of",
    };
    table.insert("kind", kind.into());
    match rule {
        Rule::Points { points } => drop(table.insert("points", figure(*points))),
        Rule::Range { points, step } => {
            table.insert("points", figure(*points));
            table.insert("step", figure(*step));
        }
        Rule::PerCount {
            first,
            each,
            further,
        } => {
            table.insert("first", figure(*first));
            table.insert("each", figure(*each));
            table.insert("further_at_most", figure(*further));
        }
        Rule::Tiers { tiers } => {
            let tiers = tiers.iter().map(|tier| {
                let mut one = InlineTable::new();
                one.insert("at_least", figure(tier.at_least));
                one.insert("points", figure(tier.points));
                one
            });
            table.insert("tiers", tiers.collect::<Array>().into());
        }
        Rule::Sum { of } | Rule::OneOf { of } | Rule::BestOf { of } => {
            let of = of.iter().map(clause);
            table.insert("of", of.collect::<Array>().into());
        }
    }
}

fn clause(clause: &Clause) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("label", clause.label.as_str().into());
    put(&mut table, &clause.rule);
    table
}
