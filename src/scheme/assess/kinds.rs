//! What items of several kinds say beside their question: units, tiers, choices, what numbers must be.

use super::{Answer, Bound, Met, Required};
use crate::model::Points;
use crate::scheme::named;
use crate::scheme::read::listed;
use crate::scheme::reader::{At, Table};

pub(super) fn unit(table: &Table<'_, '_>) -> String {
    let unit = table.required_text("unit");
    unit.map_or(String::new(), |unit| unit.value)
}

/// The tiers of a rate, rising, each up to the next.
pub(super) fn tiers(table: &Table<'_, '_>, item: usize) -> Vec<(At<String>, Met)> {
    let mut read: Vec<(At<String>, Bound)> = Vec::new();
    let tables = table.tables("tiers");
    if tables.is_empty() {
        table.fault(table.line, "percent 须写明 tiers");
    }
    for tier in &tables {
        let gives = tier.required_text("gives");
        let bound = match (tier.points("above"), tier.points("at_least")) {
            (Some(above), None) => Some((above, false)),
            (None, Some(least)) => Some((least, true)),
            _ => {
                tier.fault(
                    tier.line,
                    "tiers 须写明 above（大于）或 at_least（不小于）之一",
                );
                None
            }
        };
        tier.finish();
        let (Some(gives), Some((at, inclusive))) = (gives, bound) else {
            continue;
        };
        if read.last().is_some_and(|(_, last)| last.at >= at.value) {
            table.fault(at.line, "tiers 须按 above、at_least 从小到大排列");
        }
        if at.value > Points::whole(100) {
            table.wrong(at.line, "比率不超过100");
        }
        let at = at.value;
        read.push((gives, Bound { at, inclusive }));
    }
    let next: Vec<Option<Bound>> = read.iter().skip(1).map(|(_, bound)| Some(*bound)).collect();
    let next = next.into_iter().chain([None]);
    read.into_iter()
        .zip(next)
        .map(|((id, from), to)| (id, Met::Within(item, from, to)))
        .collect()
}

/// The names one chooses from, and what each makes apply.
pub(super) fn choices(table: &Table<'_, '_>, item: usize) -> (Vec<String>, Vec<(At<String>, Met)>) {
    let (mut names, mut made): (Vec<String>, Vec<_>) = (Vec::new(), Vec::new());
    for choice in table.tables("choices") {
        let name = choice.required_text("name");
        let gives = choice.text("gives");
        choice.finish();
        let Some(name) = name else { continue };
        listed(&choice, "name", &name);
        if name.value.contains('"') {
            table.wrong(name.line, "name 中不能有英文引号");
        }
        if names.iter().any(|one| named::is_called(one, &name.value)) {
            table.wrong(name.line, format!("name “{}”重复", name.value));
        }
        made.extend(gives.map(|id| (id, Met::Is(item, Answer::Choice(names.len())))));
        names.push(name.value);
    }
    if names.len() < 2 {
        table.fault(table.line, "choice 须写明 choices，至少两项");
    }
    (names, made)
}

pub(super) fn required(table: &Table<'_, '_>) -> Vec<Required> {
    let mut read: Vec<Required> = Vec::new();
    let tables = table.tables("required");
    for one in &tables {
        let from = one.required("from", one.points("from"));
        let least = one.required("at_least", one.points("at_least"));
        let odd = one.flag("odd").is_some_and(|odd| odd.value);
        one.finish();
        let (Some(from), Some(at_least)) = (from, least) else {
            continue;
        };
        if read.last().is_some_and(|last| last.from >= from.value) {
            table.fault(from.line, "required 须按 from 从小到大排列");
        }
        read.push(Required {
            from: from.value,
            at_least: at_least.value,
            odd,
        });
    }
    if !read.first().is_some_and(|first| first.from.is_zero()) && tables.len() == read.len() {
        table.fault(table.line, "required 的第一项须从0起（from = 0）");
    }
    read
}
