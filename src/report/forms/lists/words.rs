//! Rules and policies of a scheme in words, for proof-reading.

use crate::model::Points;
use crate::report::kit::policies::{self, Said};
use crate::scheme::rule::{Clause, Combine};
use crate::scheme::{Line, Rule, Scheme, Side};

/// The criteria of both sides of a line, one to a text: `建立规则并备案：加50分`.
pub fn criteria(line: &Line) -> Vec<String> {
    let mut all: Vec<String> = value(line).into_iter().collect();
    all.extend(side("加", &line.bonus));
    all.extend(side("减", &line.deduction));
    all
}

fn side(verb: &str, side: &Side) -> Vec<String> {
    let mut all: Vec<String> = side
        .criteria
        .iter()
        .map(|criterion| format!("{}：{}", criterion.label, rule(verb, &criterion.rule)))
        .collect();
    if let (Some(first), true) = (all.first_mut(), side.criteria.len() > 1)
        && let Some(how) = combine(side.combine)
    {
        *first = format!("（以下{how}）{first}");
    }
    all
}

/// None for adding up, which goes without saying.
const fn combine(combine: Combine) -> Option<&'static str> {
    match combine {
        Combine::Sum => None,
        Combine::OneOf => Some("取其一"),
        Combine::BestOf => Some("取最高"),
    }
}

pub(super) fn rule(verb: &str, rule: &Rule) -> String {
    match rule {
        Rule::Points { points } => format!("{verb}{points}分"),
        Rule::Range { points, step } if *step == Points::whole(1) => {
            format!("酌情{verb}0至{points}分（整数）")
        }
        Rule::Range { points, step } => format!("酌情{verb}0至{points}分（每{step}分一档）"),
        Rule::PerCount {
            first,
            each,
            further,
        } if first == each => format!("每次{verb}{each}分，最多{}分", *first + *further),
        Rule::PerCount {
            first,
            each,
            further,
        } => format!("首次{verb}{first}分，每多一次{verb}{each}分，多出部分最多{further}分"),
        Rule::Tiers { tiers } => {
            let steps: Vec<String> = tiers
                .iter()
                .map(|tier| format!("达到{}的{verb}{}分", tier.at_least, tier.points))
                .collect();
            steps.join("，")
        }
        Rule::Sum { of } => clauses(verb, of, "相加"),
        Rule::OneOf { of } => clauses(verb, of, "取其一"),
        Rule::BestOf { of } => clauses(verb, of, "取最高"),
    }
}

fn clauses(verb: &str, of: &[Clause], how: &str) -> String {
    let all: Vec<String> = of
        .iter()
        .map(|clause| format!("{}{}", clause.label, rule(verb, &clause.rule)))
        .collect();
    format!("{}（{how}）", all.join("、"))
}

/// What is asked for in the place of points, and what it comes to; nothing where points are asked for.
fn value(line: &Line) -> Option<String> {
    let value = line.value.as_ref()?;
    Some(format!("填{}：{}", value.asks(), value.in_words()))
}

/// What a line presupposes or excludes; empty where nothing.
pub fn conditions(scheme: &Scheme, line: &Line) -> String {
    let needs: Vec<&str> = line
        .needs
        .iter()
        .filter_map(|index| scheme.lines.get(*index))
        .map(|line| line.code.as_str())
        .collect();
    let mut all = Vec::new();
    if let Some(percent) = line.percent {
        all.push(format!("占本部分的{percent}"));
    }
    if let Some(decimals) = line.decimals {
        all.push(format!("本行得分保留{decimals}位小数"));
    }
    if !needs.is_empty() {
        all.push(format!("以{}得分为前提", needs.join("、")));
    }
    if line.exclusive {
        all.push("加分与减分不得同时有".to_owned());
    }
    all.join("；")
}

/// What fingerprints are called.
pub const FINGERPRINTS: &str = "校验码";

/// Everything of a scheme that is not a line: what it is called, and how it is said.
pub fn rules(scheme: &Scheme) -> Vec<Said> {
    let mut all = vec![
        ("评价方案", format!("{}（{}）", scheme.title, scheme.id)),
        ("年度", format!("{}年", scheme.year)),
    ];
    if let Some(source) = &scheme.source {
        all.push(("依据", source.clone()));
    }
    all.push(("结构", policies::structure(scheme).join("、")));
    all.push(("满分", policies::full(scheme)));
    if let Some(base) = &scheme.base {
        let codes: Vec<&str> = base
            .lines
            .iter()
            .filter_map(|index| scheme.lines.get(*index))
            .map(|line| line.code.as_str())
            .collect();
        all.push((
            "基础分",
            format!("{}分，即{}，不另加", base.points, codes.join("、")),
        ));
    }
    let stars = scheme.has_stars().then(|| policies::stars(scheme));
    let eligibility = scheme.asks.eligibility;
    let eligibility = eligibility.then(|| policies::eligibility(scheme));
    let decided = policies::beyond_lines(scheme)
        .into_iter()
        .chain(policies::classes(scheme))
        .chain(policies::reviewer_classes(scheme))
        .chain(stars)
        .chain(policies::grades(scheme))
        .chain(policies::vetoes_and_quotas(scheme))
        .chain(policies::policies(scheme))
        .chain(eligibility);
    // Entries of this table end without a full stop.
    all.extend(decided.map(|(about, text)| (about, text.trim_end_matches('。').to_owned())));
    for (number, stage) in scheme.stages.iter().enumerate() {
        let ours = if number == scheme.form_stage {
            "（评价表属于此阶段）"
        } else {
            ""
        };
        all.push((
            "评价阶段",
            format!("{}：{}至{}{ours}", stage.name, stage.from, stage.to),
        ));
    }
    if let Some(years) = scheme.validity_years {
        all.push(("有效期", format!("{years}年")));
    }
    if let Some(grade) = &scheme.support_grade {
        all.push(("支持", format!("{grade}及以上每年给予支持")));
    }
    all.extend(units(scheme));
    all.extend(
        scheme
            .conventions
            .iter()
            .map(|text| ("其他约定", text.clone())),
    );
    all.push((
        FINGERPRINTS,
        format!("方案{}，评价表{}", scheme.fingerprint(), editions(scheme)),
    ));
    all
}

/// The editions of the form, one for each class of objects.
fn editions(scheme: &Scheme) -> String {
    let classes: Vec<String> = scheme
        .classes
        .iter()
        .enumerate()
        .map(|(class, one)| format!("{}{}", one.name, scheme.edition(Some(class))))
        .collect();
    if classes.is_empty() {
        return scheme.form_fingerprint().to_owned();
    }
    classes.join("、")
}

fn units(scheme: &Scheme) -> Vec<Said> {
    let mut all = Vec::new();
    if !scheme.units.suffixes.is_empty() {
        let text = format!("比较单位名称时先去掉：{}", scheme.units.suffixes.join("、"));
        all.push(("单位名称", text));
    }
    for field in &scheme.units.members {
        let text = format!("{}：{}", field.field, field.names.join("、"));
        all.push(("评价小组成员单位", text));
    }
    all
}
