//! 评分行: codes, caps, and criteria that must reach the caps exactly.

use std::collections::BTreeSet;

use super::rules::criteria;
use super::sides::{combine, side, worked_out};
use super::under::{Known, class, under};
use super::{Level, reference, unique};
use crate::model::{Keyed, LineId, Points};
use crate::scheme::reader::{At, Table};
use crate::scheme::rule::Rule;
use crate::scheme::{Criterion, Dimension, Indicator, Line, ObjectClass, Part, Value};

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
    let known = Known::of(root, parts, dimensions, indicators, classes);
    let mut seen = BTreeSet::new();
    let mut criterion_ids = BTreeSet::new();
    let codes: Vec<String> = tables.iter().filter_map(code_of).collect();
    let level = Level::of(root, "lines", "评分行", codes.len());
    let mut lines = Keyed::default();
    for table in &tables {
        let code = table.required_text("code");
        let indicator = under(
            table,
            code.as_ref(),
            &known,
            parts,
            (dimensions, indicators),
        );
        let class = class(table, &known, classes);
        let percent = table.weight("percent").map(|percent| percent.value);
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
        let needs = needs(table, code.as_ref(), (&codes, level), !classes.is_empty());
        let criteria = criteria(table, &mut criterion_ids);
        table.finish();
        let (Some(code), Some(indicator), Ok(class), Some(bonus_cap), Some(deduction_cap)) =
            (code, indicator, class, bonus_cap, deduction_cap)
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
                "bonus（加分）",
                &bonus_cap,
                bonuses,
                combine_bonus,
                capped,
            ),
        };
        let deduction = side(
            table,
            &code,
            "deduction（减分）",
            &deduction_cap,
            deductions,
            combine_deduction,
            false,
        );
        if exclusive && !(bonus.is_open() && deduction.is_open()) {
            let message = format!(
                "“{}”只有加分或只有减分，写 exclusive 没有意义，请删去",
                code.value
            );
            table.fault_beside_others(code.line, message, vec![table.span()]);
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
    if !table.has("value") {
        let message = "decimals 用于填数量、等级等、由规则算分（value）的行";
        table.fault(decimals.line, message);
    }
    if decimals.value > 6 {
        table.wrong(decimals.line, "decimals 最多为 6");
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
    (codes, level): (&[String], Level<'_>),
    has_classes: bool,
) -> Vec<LineId> {
    let written = table.texts("needs");
    if let Some(written) = written.as_ref().filter(|_| has_classes) {
        table.fault(written.line, "分类的方案中不能写 needs");
    }
    let mut needs = Vec::new();
    for need in written.map_or(Vec::new(), |list| list.value) {
        if Some(&need.value) == code.map(|code| &code.value) {
            table.wrong(
                need.line,
                format!("“{}”不能以自己为前提（needs）", need.value),
            );
        }
        let known = codes.iter().map(String::as_str);
        needs.extend(reference(table, level, &need, known).map(LineId::at));
    }
    needs
}

fn code_of(table: &Table<'_, '_>) -> Option<String> {
    let code = table.text("code")?.value;
    (!code.trim().is_empty()).then_some(code)
}
