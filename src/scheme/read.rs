//! From `scheme.toml` to a [`Scheme`]: every fault at once, each with its line.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::reader::{At, Fault, Reader, Table};
use super::rule::{Clause, Combine, Rule, Tier, TooMany, combined};
use super::{
    Aggregation, Base, Basis, Blank, Criterion, Dimension, Eligibility, Grade, Indicator, Line,
    OverCap, Part, Policies, Scheme, Side, Stage, Stars, TieBreak, UnitField, Units,
};
use crate::model::{Points, fold};

/// Reads a scheme from the text of its file.
///
/// # Errors
/// Every fault of the file, in the order of its lines: syntax, unknown or missing keys, references that meet
/// nothing, sums and counts that disagree with what is declared, criteria that cannot reach their cap.
pub fn read(source: &str) -> Result<Scheme, Vec<Fault>> {
    let source = source.trim_start_matches('\u{feff}');
    let reader = Reader::new(source);
    let (document, errors) = DeTable::parse_recoverable(source);
    for error in errors {
        let line = error.span().map_or(1, |span| reader.line(span.start));
        reader.fault(line, format!("TOML 写法有误（{}）", error.message()));
    }
    let root = Table::new(&reader, document.get_ref(), 1, "文件开头");
    let scheme = scheme(&root);
    root.finish();
    let faults = reader.into_faults();
    match scheme {
        Some(scheme) if faults.is_empty() => Ok(scheme),
        _ => Err(faults),
    }
}

/// The whole file. None only where something so basic is missing that a fault has been reported for it.
fn scheme(root: &Table<'_, '_>) -> Option<Scheme> {
    let id = root.required("id", root.text("id"));
    let title = root.required("title", root.text("title"));
    let form_title = root.required("form_title", root.text("form_title"));
    let year = root.required("year", root.count("year"));
    let subject = root.required("subject", root.text("subject"));
    let precision = root.required("precision", root.count("precision"));
    if let Some(precision) = precision.as_ref().filter(|precision| precision.value > 6) {
        root.fault(precision.line, "precision 最多为 6");
    }
    if let Some(id) = id.as_ref().filter(|id| !is_plain_id(&id.value)) {
        root.fault(id.line, "id 只能用英文字母、数字和连字符");
    }
    let parts = parts(root);
    let dimensions = dimensions(root, &parts);
    let indicators = indicators(root, &dimensions);
    let lines = lines(root, &indicators, &dimensions);
    declared(root, &parts, &dimensions, &indicators, &lines);
    let base = base(root, &lines);
    let stars = stars(root);
    let grades = grades(root, stars.most());
    let policies = policies(root, &parts, &dimensions, &lines);
    let (stages, form_stage) = stages(root);
    let (validity_years, support_grade) = results(root, &grades);
    Some(Scheme {
        id: id?.value,
        title: title?.value,
        form_title: form_title?.value,
        year: year?.value,
        subject: subject?.value,
        subject_suffix: root
            .text("subject_suffix")
            .map_or(String::new(), |suffix| suffix.value),
        source: root.text("source").map(|source| source.value),
        precision: precision?.value,
        parts,
        dimensions,
        indicators,
        lines,
        base,
        stars,
        grades,
        policies,
        stages,
        form_stage,
        validity_years,
        support_grade,
        eligibility: eligibility(root),
        units: units(root),
        basis: basis(root),
        conventions: root.texts("conventions").map_or(Vec::new(), values),
    })
}

/// Ids go into form ids and file names.
fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn values<T>(list: At<Vec<At<T>>>) -> Vec<T> {
    list.value.into_iter().map(|item| item.value).collect()
}

/// Where `id` stands in a list of ids; a fault where it does not.
fn reference<'a>(
    table: &Table<'_, '_>,
    what: &str,
    id: &At<String>,
    ids: impl Iterator<Item = &'a str>,
) -> Option<usize> {
    let mut ids = ids;
    let found = ids.position(|known| known == id.value);
    if found.is_none() {
        table.fault(id.line, format!("没有编号为“{}”的{what}", id.value));
    }
    found
}

/// Reports an id that has been used before.
fn unique(table: &Table<'_, '_>, seen: &mut BTreeSet<String>, what: &str, id: &At<String>) {
    if !seen.insert(fold(&id.value)) {
        table.fault(id.line, format!("{what}编号“{}”重复", id.value));
    }
}

fn parts(root: &Table<'_, '_>) -> Vec<Part> {
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

fn dimensions(root: &Table<'_, '_>, parts: &[Part]) -> Vec<Dimension> {
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

fn indicators(root: &Table<'_, '_>, dimensions: &[Dimension]) -> Vec<Indicator> {
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

fn lines(root: &Table<'_, '_>, indicators: &[Indicator], dimensions: &[Dimension]) -> Vec<Line> {
    let tables = root.tables("lines");
    let mut seen = BTreeSet::new();
    let mut criterion_ids = BTreeSet::new();
    let codes: Vec<String> = tables
        .iter()
        .filter_map(|table| table.text("code").map(|code| code.value))
        .collect();
    let mut lines = Vec::new();
    for table in &tables {
        let code = table.required("code", table.text("code"));
        let indicator = table
            .required("indicator", table.text("indicator"))
            .and_then(|id| {
                let ids = indicators.iter().map(|one| one.id.as_str());
                reference(table, "二级指标", &id, ids)
            });
        let bonus_cap = table.required("bonus", table.points("bonus"));
        let deduction_cap = table.required("deduction", table.points("deduction"));
        let combine_bonus = combine(table, "combine_bonus");
        let combine_deduction = combine(table, "combine_deduction");
        let exclusive = table.flag("exclusive").is_some_and(|flag| flag.value);
        let wording = table.text("wording").map(|wording| wording.value);
        let mut needs = Vec::new();
        for need in table.texts("needs").map_or(Vec::new(), |list| list.value) {
            if Some(&need.value) == code.as_ref().map(|code| &code.value) {
                table.fault(need.line, format!("“{}”不能以自己为前提", need.value));
            }
            needs.extend(reference(
                table,
                "评分行",
                &need,
                codes.iter().map(String::as_str),
            ));
        }
        let (bonuses, deductions) = criteria(table, &mut criterion_ids);
        table.finish();
        let (Some(code), Some(indicator), Some(bonus_cap), Some(deduction_cap)) =
            (code, indicator, bonus_cap, deduction_cap)
        else {
            continue;
        };
        unique(table, &mut seen, "评分行", &code);
        let bonus = side(table, &code, "加分", &bonus_cap, bonuses, combine_bonus);
        let deduction = side(
            table,
            &code,
            "减分",
            &deduction_cap,
            deductions,
            combine_deduction,
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
            part: dimensions[dimension].part,
            wording,
            bonus,
            deduction,
            needs,
            exclusive,
        });
    }
    lines
}

/// A word of a closed list; a fault that names the list where it is none of it.
fn word<T: Copy>(table: &Table<'_, '_>, key: &'static str, words: &[(&str, T)]) -> Option<T> {
    let written = table.text(key)?;
    let found = words.iter().find(|(word, _)| *word == written.value);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!(
            "{key} 不能是“{}”，可用：{}",
            written.value,
            known.join("、")
        );
        table.fault(written.line, message);
    }
    found.map(|(_, value)| *value)
}

fn combine(table: &Table<'_, '_>, key: &'static str) -> Combine {
    let words = [
        ("sum", Combine::Sum),
        ("one-of", Combine::OneOf),
        ("best-of", Combine::BestOf),
    ];
    word(table, key, &words).unwrap_or(Combine::Sum)
}

/// The criteria of a line: those that give and those that take.
fn criteria(table: &Table<'_, '_>, ids: &mut BTreeSet<String>) -> (Vec<Criterion>, Vec<Criterion>) {
    let mut bonuses = Vec::new();
    let mut deductions = Vec::new();
    for criterion in table.tables("criteria") {
        let id = criterion.required("id", criterion.text("id"));
        let label = criterion.required("label", criterion.text("label"));
        let takes = word(&criterion, "side", &[("bonus", false), ("deduction", true)]);
        let rule = rule(&criterion);
        criterion.finish();
        if let (Some(id), Some(label), Some(rule)) = (id, label, rule) {
            unique(&criterion, ids, "评分要点", &id);
            let side = if takes == Some(true) {
                &mut deductions
            } else {
                &mut bonuses
            };
            side.push(Criterion {
                id: id.value,
                label: label.value,
                rule,
            });
        }
    }
    (bonuses, deductions)
}

fn rule(table: &Table<'_, '_>) -> Option<Rule> {
    let kind = table.required("kind", table.text("kind"))?;
    let points = |key| {
        table
            .required(key, table.points(key))
            .map(|points| points.value)
    };
    match kind.value.as_str() {
        "points" => Some(Rule::Points {
            points: points("points")?,
        }),
        "range" => {
            let step = table.points("step");
            if let Some(step) = step.as_ref().filter(|step| step.value.is_zero()) {
                table.fault(step.line, "step 必须大于0");
            }
            Some(Rule::Range {
                points: points("points")?,
                step: step.map_or(Points::whole(1), |step| step.value),
            })
        }
        "per-count" => per_count(table),
        "tiers" => tiers(table),
        "sum" => Some(Rule::Sum { of: clauses(table) }),
        "one-of" => Some(Rule::OneOf { of: clauses(table) }),
        "best-of" => Some(Rule::BestOf { of: clauses(table) }),
        other => {
            let message = format!(
                "kind 不能是“{other}”，可用：points、range、per-count、tiers、sum、one-of、best-of"
            );
            table.fault(kind.line, message);
            None
        }
    }
}

/// `first` (default: as `each`), `each`, and either `further_at_most` or `at_most` for all together.
fn per_count(table: &Table<'_, '_>) -> Option<Rule> {
    let each = table.required("each", table.points("each"))?;
    let first = table
        .points("first")
        .map_or(each.value, |first| first.value);
    let further = match (table.points("further_at_most"), table.points("at_most")) {
        (Some(further), None) => further.value,
        (None, Some(most)) if most.value >= first => most.value - first,
        (None, Some(most)) => {
            table.fault(most.line, "at_most 小于第一次的分值");
            return None;
        }
        _ => {
            table.fault(
                table.line,
                "per-count 须写明 further_at_most 或 at_most 之一",
            );
            return None;
        }
    };
    if each.value.is_zero() {
        table.fault(each.line, "each 必须大于0");
        return None;
    }
    Some(Rule::PerCount {
        first,
        each: each.value,
        further,
    })
}

fn tiers(table: &Table<'_, '_>) -> Option<Rule> {
    let mut tiers: Vec<Tier> = Vec::new();
    for tier in table.tables("tiers") {
        let at_least = tier.required("at_least", tier.points("at_least"));
        let points = tier.required("points", tier.points("points"));
        tier.finish();
        let (at_least, points) = (at_least?, points?);
        if tiers
            .last()
            .is_some_and(|last| last.at_least >= at_least.value)
        {
            table.fault(at_least.line, "tiers 须按 at_least 从小到大排列");
        }
        tiers.push(Tier {
            at_least: at_least.value,
            points: points.value,
        });
    }
    if tiers.is_empty() {
        table.fault(table.line, "tiers 至少要有一档");
        return None;
    }
    Some(Rule::Tiers { tiers })
}

fn clauses(table: &Table<'_, '_>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    for clause in table.tables("of") {
        let label = clause.required("label", clause.text("label"));
        let rule = rule(&clause);
        clause.finish();
        if let (Some(label), Some(rule)) = (label, rule) {
            clauses.push(Clause {
                label: label.value,
                rule,
            });
        }
    }
    if clauses.is_empty() {
        table.fault(table.line, "of 至少要有一项");
    }
    clauses
}

/// One side of a line; its criteria must reach the cap, exactly.
fn side(
    table: &Table<'_, '_>,
    code: &At<String>,
    name: &str,
    cap: &At<Points>,
    criteria: Vec<Criterion>,
    combine: Combine,
) -> Side {
    let attainable = combined(combine, criteria.iter().map(|criterion| &criterion.rule))
        .unwrap_or_else(|TooMany| {
            table.fault(
                code.line,
                format!("“{}”{name}的可能取值过多，请检查 range 与 step", code.value),
            );
            BTreeSet::from([Points::ZERO])
        });
    let most = attainable.last().copied().unwrap_or(Points::ZERO);
    if most != cap.value {
        let message = format!(
            "“{}”{name}上限写的是{}，各要点合起来最多{most}",
            code.value, cap.value
        );
        table.fault(cap.line, message);
    }
    Side {
        cap: cap.value,
        criteria,
        combine,
        attainable,
    }
}

/// Counts and sums as declared, held against what the items add up to.
fn declared(
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

fn base(root: &Table<'_, '_>, lines: &[Line]) -> Option<Base> {
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

/// Either `width` and `count`, or `thresholds`.
fn stars(root: &Table<'_, '_>) -> Stars {
    let none = Stars {
        thresholds: Vec::new(),
        near: Points::ZERO,
    };
    let Some(table) = root.table("stars") else {
        root.fault(root.line, "缺少 [stars] 一节");
        return none;
    };
    let near = table.points("near").map_or(Points::ZERO, |near| near.value);
    let (width, count) = (table.points("width"), table.count("count"));
    let thresholds = match (width, count, table.all_points("thresholds")) {
        (Some(width), Some(count), None) if width.value.is_positive() && count.value <= 100 => {
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
                    table.fault(high.line, "thresholds 须从小到大排列");
                }
            }
            values(list)
        }
        _ => {
            table.fault(
                table.line,
                "[stars] 须写明 width 与 count（最多100），或者 thresholds",
            );
            Vec::new()
        }
    };
    table.finish();
    Stars { thresholds, near }
}

fn grades(root: &Table<'_, '_>, most: u32) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    for table in root.tables("grades") {
        let name = table.required("name", table.text("name"));
        let from = table.required("from", table.count("from"));
        let to = table.required("to", table.count("to"));
        table.finish();
        let (Some(name), Some(from), Some(to)) = (name, from, to) else {
            continue;
        };
        if from.value > to.value || to.value > most {
            let message = format!("等次“{}”的星级范围不成立（星级为0至{most}）", name.value);
            table.fault(from.line, message);
        }
        if grades
            .iter()
            .any(|grade| grade.from <= to.value && from.value <= grade.to)
        {
            table.fault(from.line, format!("等次“{}”与前面的等次重叠", name.value));
        }
        grades.push(Grade {
            name: name.value,
            from: from.value,
            to: to.value,
        });
    }
    grades
}

fn policies(
    root: &Table<'_, '_>,
    parts: &[Part],
    dimensions: &[Dimension],
    lines: &[Line],
) -> Policies {
    let mut policies = Policies {
        aggregation: Aggregation::Mean,
        blank: Blank::Hold,
        over_cap: OverCap::Hold,
        tie_breaks: Vec::new(),
    };
    let Some(table) = root.table("policies") else {
        return policies;
    };
    let aggregations = [
        ("mean", Aggregation::Mean),
        ("median", Aggregation::Median),
        ("trimmed-mean", Aggregation::TrimmedMean),
    ];
    policies.aggregation = word(&table, "aggregation", &aggregations).unwrap_or(Aggregation::Mean);
    policies.blank = word(
        &table,
        "blank",
        &[("hold", Blank::Hold), ("zero", Blank::Zero)],
    )
    .unwrap_or(Blank::Hold);
    policies.over_cap = word(
        &table,
        "over_cap",
        &[("hold", OverCap::Hold), ("clip", OverCap::Clip)],
    )
    .unwrap_or(OverCap::Hold);
    for written in table
        .texts("tie_breaks")
        .map_or(Vec::new(), |list| list.value)
    {
        let of = |prefix: &str| {
            written.value.strip_prefix(prefix).map(|id| At {
                value: id.to_owned(),
                line: written.line,
            })
        };
        let tie_break = if written.value == "fewer-deductions" {
            Some(TieBreak::FewerDeductions)
        } else if written.value == "more-bonus" {
            Some(TieBreak::MoreBonus)
        } else if let Some(id) = of("part:") {
            let ids = parts.iter().map(|one| one.id.as_str());
            reference(&table, "部分", &id, ids).map(TieBreak::Part)
        } else if let Some(id) = of("dimension:") {
            let ids = dimensions.iter().map(|one| one.id.as_str());
            reference(&table, "一级指标", &id, ids).map(TieBreak::Dimension)
        } else if let Some(id) = of("line:") {
            let ids = lines.iter().map(|one| one.code.as_str());
            reference(&table, "评分行", &id, ids).map(TieBreak::Line)
        } else {
            let message = format!(
                "tie_breaks 不能有“{}”，可用：fewer-deductions、more-bonus、part:编号、dimension:编号、line:编号",
                written.value
            );
            table.fault(written.line, message);
            None
        };
        policies.tie_breaks.extend(tie_break);
    }
    table.finish();
    policies
}

fn stages(root: &Table<'_, '_>) -> (Vec<Stage>, usize) {
    let mut seen = BTreeSet::new();
    let mut stages: Vec<Stage> = Vec::new();
    for table in root.tables("stages") {
        let id = table.required("id", table.text("id"));
        let name = table.required("name", table.text("name"));
        let from = table.required("from", table.date("from"));
        let to = table.required("to", table.date("to"));
        table.finish();
        if let (Some(id), Some(name), Some(from), Some(to)) = (id, name, from, to) {
            unique(&table, &mut seen, "阶段", &id);
            if from.value > to.value {
                table.fault(from.line, format!("阶段“{}”的起止日期颠倒", name.value));
            }
            stages.push(Stage {
                id: id.value,
                name: name.value,
                from: from.value,
                to: to.value,
            });
        }
    }
    let form_stage = root
        .required("stage", root.text("stage"))
        .and_then(|id| reference(root, "阶段", &id, stages.iter().map(|one| one.id.as_str())));
    (stages, form_stage.unwrap_or_default())
}

fn results(root: &Table<'_, '_>, grades: &[Grade]) -> (Option<u32>, Option<String>) {
    let Some(table) = root.table("results") else {
        return (None, None);
    };
    let validity = table.count("validity_years").map(|years| years.value);
    let support = table.text("support_grade");
    table.finish();
    if let Some(support) = &support {
        reference(
            &table,
            "等次",
            support,
            grades.iter().map(|grade| grade.name.as_str()),
        );
    }
    (validity, support.map(|support| support.value))
}

fn eligibility(root: &Table<'_, '_>) -> Eligibility {
    let Some(table) = root.table("eligibility") else {
        return Eligibility {
            on: None,
            refused_inspections: Vec::new(),
        };
    };
    let eligibility = Eligibility {
        on: table.date("on").map(|date| date.value),
        refused_inspections: table
            .texts("refused_inspections")
            .map_or(Vec::new(), values),
    };
    table.finish();
    eligibility
}

fn units(root: &Table<'_, '_>) -> Units {
    let mut units = Units {
        suffixes: Vec::new(),
        members: Vec::new(),
    };
    let Some(table) = root.table("units") else {
        return units;
    };
    units.suffixes = table.texts("suffixes").map_or(Vec::new(), values);
    units
        .suffixes
        .sort_by_key(|suffix| std::cmp::Reverse(suffix.chars().count()));
    for member in table.tables("members") {
        let field = member.required("field", member.text("field"));
        let names = member.required("names", member.texts("names"));
        member.finish();
        if let (Some(field), Some(names)) = (field, names) {
            units.members.push(UnitField {
                field: field.value,
                names: values(names),
            });
        }
    }
    table.finish();
    units
}

fn basis(root: &Table<'_, '_>) -> Basis {
    let Some(table) = root.table("basis") else {
        return Basis::default();
    };
    let paragraph = |key| table.text(key).map(|paragraph| paragraph.value);
    let basis = Basis {
        participation: paragraph("participation"),
        eligibility: paragraph("eligibility"),
        membership: paragraph("membership"),
        recusal: paragraph("recusal"),
    };
    table.finish();
    basis
}
