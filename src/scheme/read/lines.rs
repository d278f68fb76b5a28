//! 评分行: codes, caps, and criteria that must reach the caps exactly.

use std::collections::BTreeSet;

use super::rules::criteria;
use super::structure::is_whole;
use super::{reference, unique, word};
use crate::model::{Keyed, LineId, Points};
use crate::scheme::reader::{At, Table};
use crate::scheme::rule::{Combine, Rule, TooMany, combined};
use crate::scheme::{Criterion, Dimension, Indicator, Line, ObjectClass, Part, Side, Value};

/// Lines, and the levels above them that the file leaves out: a line may stand under an indicator, a dimension, a
/// part, or nothing but the scheme.
pub(super) fn lines(
    root: &Table<'_, '_>,
    parts: &[Part],
    dimensions: &mut Vec<Dimension>,
    indicators: &mut Vec<Indicator>,
    classes: &[ObjectClass],
) -> Keyed<LineId, Line> {
    let tables = root.tables("lines");
    let known = Known {
        parts: is_whole(root, "parts", parts.len()),
        dimensions: is_whole(root, "dimensions", dimensions.len()),
        indicators: is_whole(root, "indicators", indicators.len()),
    };
    let mut seen = BTreeSet::new();
    let mut criterion_ids = BTreeSet::new();
    let codes: Vec<String> = tables.iter().filter_map(code_of).collect();
    let all = (codes.as_slice(), codes.len() == tables.len());
    let mut lines = Keyed::default();
    for table in &tables {
        let code = table.required("code", table.text("code"));
        let indicator = under(
            table,
            code.as_ref(),
            &known,
            parts,
            (dimensions, indicators),
        );
        let class = class(table, classes);
        let percent = table.points("percent").map(|percent| percent.value);
        let value = table.table("value").and_then(|value| Value::read(&value));
        let decimals = decimals(table);
        let step = table.points("step");
        let capped = table.flag("capped").is_some_and(|flag| flag.value);
        let bonus_cap = table.required("bonus", table.points("bonus"));
        let deduction_cap = table.points("deduction").or(Some(At {
            value: Points::ZERO,
            line: table.line,
        }));
        let combine_bonus = combine(table, "combine_bonus");
        let combine_deduction = combine(table, "combine_deduction");
        let exclusive = table.flag("exclusive").is_some_and(|flag| flag.value);
        let wording = table.text("wording").map(|wording| wording.value);
        let needs = needs(table, code.as_ref(), all, !classes.is_empty());
        let criteria = criteria(table, &mut criterion_ids);
        table.finish();
        let (Some(code), Some(indicator), Some(bonus_cap), Some(deduction_cap)) =
            (code, indicator, bonus_cap, deduction_cap)
        else {
            continue;
        };
        let (mut bonuses, deductions) =
            criteria.unwrap_or_else(|| (whole(&code, &bonus_cap), whole(&code, &deduction_cap)));
        unique(table, &mut seen, "评分行", &within(classes, class, &code));
        let bare = bonuses.is_empty() && deductions.is_empty();
        let alone = bare && deduction_cap.value.is_zero() && !capped;
        let may_step = bare && value.is_none();
        let title = &indicators[indicator].title;
        bonuses.extend(
            step.and_then(|step| stepped(table, &code, may_step, title, (&bonus_cap, &step))),
        );
        let bonus = match &value {
            Some(value) => worked_out(table, &code, value, &bonus_cap, alone),
            None => side(
                table,
                &code,
                "加分",
                &bonus_cap,
                bonuses,
                combine_bonus,
                capped,
            ),
        };
        let deduction = side(
            table,
            &code,
            "减分",
            &deduction_cap,
            deductions,
            combine_deduction,
            false,
        );
        if exclusive && !(bonus.is_open() && deduction.is_open()) {
            let message = format!("“{}”只有加分或只有减分，exclusive 无从谈起", code.value);
            table.fault(code.line, message);
        }
        let dimension = indicators[indicator].dimension;
        lines.push(Line {
            code: code.value,
            indicator,
            dimension,
            part: dimensions.get(dimension).map_or(0, |one| one.part),
            wording,
            bonus,
            deduction,
            needs,
            exclusive,
            value,
            percent,
            class,
            decimals: decimals.map(|decimals| decimals.value),
        });
    }
    lines
}

/// What stands for criteria that could not be read, so that nothing else is said of them.
fn whole(code: &At<String>, cap: &At<Points>) -> Vec<Criterion> {
    let some = cap.value.is_positive().then(|| Criterion {
        id: code.value.clone(),
        label: String::new(),
        rule: Rule::Points { points: cap.value },
    });
    some.into_iter().collect()
}

/// A code within its class: classes number their lines each for itself.
fn within(classes: &[ObjectClass], class: Option<usize>, code: &At<String>) -> At<String> {
    let of_class = class.map_or(String::new(), |class| format!("{}：", classes[class].name));
    At {
        value: format!("{of_class}{}", code.value),
        line: code.line,
    }
}

/// A line's own rounding, for points that are worked out.
fn decimals(table: &Table<'_, '_>) -> Option<At<u32>> {
    let decimals = table.count("decimals")?;
    if table.table("value").is_none() {
        let message = "decimals 用于填数量、等级等、由规则算分（value）的行";
        table.fault(decimals.line, message);
    }
    if decimals.value > 6 {
        table.fault(decimals.line, "decimals 最多为 6");
        return None;
    }
    Some(decimals)
}

/// The one criterion of a line that is given points as a whole, in steps.
fn stepped(
    table: &Table<'_, '_>,
    code: &At<String>,
    may_be: bool,
    label: &str,
    (cap, step): (&At<Points>, &At<Points>),
) -> Option<Criterion> {
    if may_be && !step.value.is_zero() {
        return Some(direct(code, label.to_owned(), cap, step));
    }
    table.fault(step.line, "step 用于没有要点、直接给分的行，且须大于0");
    None
}

/// The one criterion of a line that is given points as a whole.
fn direct(code: &At<String>, label: String, cap: &At<Points>, step: &At<Points>) -> Criterion {
    Criterion {
        id: code.value.clone(),
        label,
        rule: Rule::Range {
            points: cap.value,
            step: step.value,
        },
    }
}

/// The lines whose bonus a line presupposes.
fn needs(
    table: &Table<'_, '_>,
    code: Option<&At<String>>,
    (codes, are_codes_known): (&[String], bool),
    has_classes: bool,
) -> Vec<LineId> {
    let written = table.texts("needs");
    if let Some(written) = written.as_ref().filter(|_| has_classes) {
        table.fault(written.line, "分类的方案中不能写 needs");
    }
    let mut needs = Vec::new();
    for need in written.map_or(Vec::new(), |list| list.value) {
        if Some(&need.value) == code.map(|code| &code.value) {
            table.fault(need.line, format!("“{}”不能以自己为前提", need.value));
        }
        let known = codes.iter().map(String::as_str);
        needs.extend(reference(table, ("评分行", are_codes_known), &need, known).map(LineId::at));
    }
    needs
}

fn code_of(table: &Table<'_, '_>) -> Option<String> {
    table.text("code").map(|code| code.value)
}

/// Whether all of a level could be read: what refers to one that could not is no fault of its own.
struct Known {
    parts: bool,
    dimensions: bool,
    indicators: bool,
}

/// The indicator that a line stands under.
fn under(
    table: &Table<'_, '_>,
    code: Option<&At<String>>,
    known: &Known,
    parts: &[Part],
    (dimensions, indicators): (&mut Vec<Dimension>, &mut Vec<Indicator>),
) -> Option<usize> {
    let Some(id) = table.text("indicator") else {
        return implied(table, code, known, parts, (dimensions, indicators));
    };
    let ids = indicators.iter().map(|one| one.id.as_str());
    reference(table, ("二级指标", known.indicators), &id, ids)
}

/// The indicator of a line that names none: itself, under its dimension or its part.
fn implied(
    table: &Table<'_, '_>,
    code: Option<&At<String>>,
    known: &Known,
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
        reference(table, ("一级指标", known.dimensions), &id, ids)?
    } else {
        let part = match part {
            Some(id) => {
                let ids = parts.iter().map(|one| one.id.as_str());
                reference(table, ("部分", known.parts), &id, ids)?
            }
            None if parts.len() == 1 => 0,
            None => {
                table.fault(table.line, "[[lines]] 须写明 part（所属部分）");
                return None;
            }
        };
        let of_part = &parts[part];
        let known = dimensions
            .iter()
            .position(|one| one.part == part && one.id == of_part.id);
        known.unwrap_or_else(|| {
            dimensions.push(Dimension {
                id: of_part.id.clone(),
                title: of_part.title.clone(),
                part,
                at_most: None,
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

/// The class of objects a line is for; every line has one where the scheme has classes.
fn class(table: &Table<'_, '_>, classes: &[ObjectClass]) -> Option<usize> {
    let Some(name) = table.text("class") else {
        if !classes.is_empty() {
            table.fault(table.line, "[[lines]] 须写明 class（所属类别）");
        }
        return None;
    };
    let names = classes.iter().map(|one| one.name.as_str());
    reference(table, ("类别", true), &name, names)
}

/// The side of a line whose points are worked out from a value: nobody types them.
fn worked_out(
    table: &Table<'_, '_>,
    code: &At<String>,
    value: &Value,
    cap: &At<Points>,
    alone: bool,
) -> Side {
    if !alone {
        table.fault(
            code.line,
            format!("“{}”有 value，不能再有要点、减分或 capped", code.value),
        );
    }
    let most = value.most();
    is_reached(table, code, cap, most, ("加分", "按取值规则"));
    Side {
        cap: cap.value,
        criteria: Vec::new(),
        combine: Combine::Sum,
        attainable: BTreeSet::from([Points::ZERO, cap.value]),
    }
}

fn combine(table: &Table<'_, '_>, key: &'static str) -> Combine {
    let words = [
        ("sum", Combine::Sum),
        ("one-of", Combine::OneOf),
        ("best-of", Combine::BestOf),
    ];
    word(table, key, &words).unwrap_or(Combine::Sum)
}

/// A cap must be what its side comes to at most, exactly; `side` is called so and comes to it by what is named behind.
fn is_reached(
    table: &Table<'_, '_>,
    code: &At<String>,
    cap: &At<Points>,
    most: Points,
    (side, by): (&str, &str),
) {
    if most != cap.value {
        let message = format!(
            "“{}”{side}上限写的是{}，{by}最多{most}",
            code.value, cap.value
        );
        table.fault(cap.line, message);
    }
}

/// One side of a line; its criteria must reach the cap, exactly.
fn side(
    table: &Table<'_, '_>,
    code: &At<String>,
    name: &str,
    cap: &At<Points>,
    criteria: Vec<Criterion>,
    combine: Combine,
    capped: bool,
) -> Side {
    let mut attainable = combined(combine, criteria.iter().map(|criterion| &criterion.rule))
        .unwrap_or_else(|TooMany| {
            table.fault(
                code.line,
                format!("“{}”{name}的可能取值过多，请检查 range 与 step", code.value),
            );
            BTreeSet::from([Points::ZERO])
        });
    if capped {
        // 最高不超过: what the clauses come to beyond the cap is the cap.
        let most = attainable.last().copied().unwrap_or(Points::ZERO);
        if most <= cap.value {
            let message = format!(
                "“{}”写了 capped，而各要点合起来最多{most}，到不了上限{}",
                code.value, cap.value
            );
            table.fault(cap.line, message);
        }
        attainable = attainable
            .into_iter()
            .map(|value| value.min(cap.value))
            .collect();
    }
    let most = attainable.last().copied().unwrap_or(Points::ZERO);
    is_reached(table, code, cap, most, (name, "各要点合起来"));
    Side {
        cap: cap.value,
        criteria,
        combine,
        attainable,
    }
}
