//! Rules of lines in words: the same on forms, in 指标体系 and in `explain`.

use super::rule::{Clause, Combine, Rule, combined};
use super::{Line, Side};
use crate::model::Points;

/// The criteria of both sides of a line, one to a text: `建立规则并备案：加50分`.
#[must_use]
pub fn criteria(line: &Line) -> Vec<String> {
    let mut all: Vec<String> = value(line).into_iter().collect();
    all.extend(side("加", &line.bonus));
    all.extend(side("减", &line.deduction));
    all
}

/// The same for who fills a form in, with what else decides what can be given; nothing for a line that is given points as a
/// whole, or worked out.
pub(super) fn asked(line: &Line) -> Vec<String> {
    let mut all = Vec::new();
    for (verb, of) in [("加", &line.bonus), ("减", &line.deduction)] {
        if of.criteria.iter().all(|one| one.id == line.code) {
            continue;
        }
        all.extend(side(verb, of));
        if is_cut(of) {
            all.push(format!("合计最多{verb}{}分", of.cap));
        }
    }
    if line.exclusive && !all.is_empty() {
        all.push("加分与减分不能同时有".to_owned());
    }
    all
}

/// Whether the criteria come to more than the cap (最高不超过).
fn is_cut(side: &Side) -> bool {
    let rules = side.criteria.iter().map(|criterion| &criterion.rule);
    let reached = combined(side.combine, rules);
    reached.is_ok_and(|values| values.last().is_some_and(|most| *most > side.cap))
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

#[must_use]
pub fn rule(verb: &str, rule: &Rule) -> String {
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

#[cfg(test)]
mod tests {
    use crate::scheme::kinds;

    /// What the form asks of an example's line.
    fn asked(word: &str) -> String {
        let about = kinds::all().find(|about| about.word == word);
        let read = about.and_then(kinds::About::read);
        read.map_or(String::new(), |(scheme, line)| scheme.requirement(&line))
    }

    #[test]
    fn a_form_without_official_wording_says_what_each_criterion_gives() {
        assert_eq!(asked("points"), "建立制度并备案：加25分");
        assert_eq!(
            asked("per-count"),
            "召开会议：首次加20分，每多一次加10分，多出部分最多30分"
        );
        assert_eq!(asked("tiers"), "培训人次：达到10的加10分，达到50的加30分");
        assert_eq!(
            asked("one-of"),
            "评估结果：优秀加30分、合格加10分（取其一）"
        );
    }

    #[test]
    fn a_cut_and_an_exclusion_are_said_and_official_wording_stands_alone() {
        let (scheme, line) = kinds::all()
            .find_map(|about| (about.word == "sum").then(|| about.read())?)
            .unwrap_or_else(|| unreachable!("the kind is there"));
        let mut cut = line.clone();
        cut.bonus.cap = crate::model::Points::whole(25);
        cut.exclusive = true;
        let asked = scheme.requirement(&cut);
        assert!(
            asked.ends_with("合计最多加25分\n加分与减分不能同时有"),
            "{asked}"
        );
        assert!(!scheme.requirement(&line).contains("合计"));
        let worded = crate::scheme::Line {
            wording: Some("原文".to_owned()),
            ..cut
        };
        assert_eq!(scheme.requirement(&worded), "原文");
        // What is worked out is told by its hint.
        assert_eq!(self::asked("bands"), "");
    }

    #[test]
    fn points_worked_out_to_no_decimals_are_whole() {
        let (_, mut line) = kinds::all()
            .find_map(|about| (about.word == "linear").then(|| about.read())?)
            .unwrap_or_else(|| unreachable!("the kind is there"));
        assert_eq!(line.rounding(), None);
        line.decimals = Some(0);
        assert_eq!(line.rounding().as_deref(), Some("本行得分取整数"));
        line.decimals = Some(2);
        assert_eq!(line.rounding().as_deref(), Some("本行得分保留2位小数"));
        let begins = line.value.as_ref().and_then(crate::scheme::Value::begins);
        assert_eq!(begins, Some(crate::model::Points::whole(60)));
    }
}
