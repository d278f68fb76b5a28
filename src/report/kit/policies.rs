//! How a scheme decides what the official document leaves open, in words: the same in 评分说明 and in 指标体系.
//!
//! Knows no standings.

mod terms;

use super::words;
use crate::model::{Points, day};
use crate::scheme::{Aggregation, Basis, Blank, Grade, OverCap, Scheme, TieBreak};

pub use terms::{
    beyond_lines, by_quota, classes, effect, parts, reviewer_classes, vetoes_and_quotas,
};

/// A rule: what it is about, and how it goes.
pub type Said = (&'static str, String);

/// The levels that the scheme has, counted: `3个部分、9项一级指标、25项二级指标、27个评分行`.
#[must_use]
pub fn structure(scheme: &Scheme) -> Vec<String> {
    let levels = [
        (scheme.has_parts(), scheme.parts.len(), "个部分"),
        (
            scheme.has_dimensions(),
            scheme.dimensions.len(),
            "项一级指标",
        ),
        (
            scheme.has_dimensions(),
            scheme.indicators.len(),
            "项二级指标",
        ),
        (true, scheme.lines.len(), "个评分行"),
    ];
    let levels = levels.into_iter().filter(|(is_there, ..)| *is_there);
    levels
        .map(|(_, count, what)| format!("{count}{what}"))
        .collect()
}

/// What may differ from class to class of objects, said once where it does not: `A类满分60分，B类满分40分`.
#[must_use]
pub fn by_class(scheme: &Scheme, said: impl Fn(Option<usize>) -> String) -> String {
    let of = |(class, said): (Option<usize>, String)| {
        let class = class.and_then(|class| scheme.classes.get(class));
        format!("{}{said}", class.map_or("", |class| class.name.as_str()))
    };
    let all: Vec<String> = scheme.by_class(said).into_iter().map(of).collect();
    all.join("，")
}

/// 满分.
#[must_use]
pub fn full(scheme: &Scheme) -> String {
    by_class(scheme, |class| {
        let bonus = scheme.full_bonus_of(class);
        if scheme.has_deductions() {
            let taken = scheme.full_deduction_of(class);
            format!("加分{bonus}分，减分最多{taken}分")
        } else {
            format!("{bonus}分")
        }
    })
}

/// 星级, from the thresholds.
#[must_use]
pub fn stars(scheme: &Scheme) -> Said {
    let thresholds = &scheme.stars.thresholds;
    let even = thresholds.first().filter(|first| {
        thresholds
            .windows(2)
            .all(|pair| matches!(pair, [low, high] if *high - *low == **first))
    });
    let bands = match even {
        Some(width) => format!("每{width}分为一个星级，最高{}星", scheme.stars.most()),
        None => (1..)
            .zip(thresholds)
            .map(|(star, threshold)| format!("{threshold}分起{star}星"))
            .collect::<Vec<String>>()
            .join("，"),
    };
    let kept = kept(scheme.precision);
    ("星级", format!("{bands}。测算星级按{kept}的总分确定。"))
}

/// What a total is rounded to: `保留两位小数`.
fn kept(precision: u32) -> String {
    const NUMBERS: [&str; 7] = ["零", "一", "两", "三", "四", "五", "六"];
    let at = usize::try_from(precision).unwrap_or(usize::MAX);
    match (precision, NUMBERS.get(at)) {
        (0, _) => "取整数".to_owned(),
        (_, Some(number)) => format!("保留{number}位小数"),
        (_, None) => format!("保留{precision}位小数"),
    }
}

/// What a star that was reckoned is worth before anybody has decided on it; nothing where there are none.
#[must_use]
pub fn preliminary(scheme: &Scheme) -> Option<String> {
    let decision = Basis::cite(scheme.basis.decision.as_deref());
    scheme
        .has_stars()
        .then(|| format!("测算星级由计分得出，供审议参考；星级以审议确定的为准{decision}。"))
}

/// What an outcome says of somebody: `总分、名次、星级`.
#[must_use]
pub fn outcome(scheme: &Scheme) -> &'static str {
    match (scheme.has_stars(), scheme.grades.is_empty()) {
        (true, _) => "总分、名次、星级",
        (false, false) => "总分、名次、等次",
        (false, true) => "总分、名次",
    }
}

/// 等次; none where the scheme has no grades.
#[must_use]
pub fn grades(scheme: &Scheme) -> Option<Said> {
    if scheme.grades.is_empty() {
        return None;
    }
    let is_all = scheme.grades.iter().any(|grade| grade.from == 0);
    let rest = if is_all {
        ""
    } else {
        "；其余不设等次，以“—”表示"
    };
    let grades: Vec<String> = scheme
        .grades
        .iter()
        .map(|grade| {
            if scheme.has_stars() {
                format!("{}为{}", stars_of(grade), grade.name)
            } else {
                by_total(scheme, grade)
            }
        })
        .collect();
    let by = if scheme.has_stars() {
        ""
    } else {
        "按打印的总分："
    };
    Some(("等次", format!("{by}{}{rest}。", grades.join("，"))))
}

/// The stars of a grade: `8至10星`, `4星`.
#[must_use]
pub fn stars_of(grade: &Grade) -> String {
    if grade.from == grade.to {
        format!("{}星", grade.from)
    } else {
        format!("{}至{}星", grade.from, grade.to)
    }
}

/// `90分及以上优秀`, or what is left for the lowest grade.
fn by_total(scheme: &Scheme, grade: &Grade) -> String {
    let below = usize::try_from(grade.from)
        .ok()
        .and_then(|at| at.checked_sub(1));
    match below.and_then(|at| scheme.stars.thresholds.get(at)) {
        Some(least) => format!("{least}分及以上{}", grade.name),
        None => format!("其余{}", grade.name),
    }
}

/// 不予受理: who is not accepted.
#[must_use]
pub fn eligibility(scheme: &Scheme) -> Said {
    let object = scheme.object();
    let inspections = &scheme.eligibility.refused_inspections;
    let inspections = if inspections.is_empty() {
        String::new()
    } else {
        format!("上年度年检{}的、", inspections.join("或"))
    };
    let text = format!(
        "{inspections}受通报批评或停业整顿未完成整改的、仍在处罚期内的{object}不予受理{}。",
        Basis::cite(scheme.basis.eligibility.as_deref())
    );
    ("不予受理", text)
}

/// How it is found out who is not accepted, and what becomes of them.
#[must_use]
pub fn refusal(scheme: &Scheme) -> Option<Said> {
    if !scheme.asks.eligibility {
        return None;
    }
    let on = scheme.eligibility.on.map_or_else(String::new, |on| {
        format!("处罚期是否届满按{}判断；", day::say(on))
    });
    let text = format!(
        "{on}不予受理的{}列于名次之后，不排名次、不显示得分。",
        scheme.object()
    );
    Some(("不予受理", text))
}

/// How points become a total and totals a ranking, and what becomes of cells that are not filled in as asked.
#[must_use]
pub fn policies(scheme: &Scheme) -> Vec<Said> {
    let precision = scheme.precision;
    let decided = match (scheme.has_stars(), scheme.grades.is_empty()) {
        (true, _) => "星级、等次和名次",
        (false, false) => "等次和名次",
        (false, true) => "名次",
    };
    let bonus = if scheme.has_deductions() {
        "加分"
    } else {
        "评分"
    };
    let blank_deduction = if scheme.has_deductions() {
        "减分空白视为不减分。"
    } else {
        ""
    };
    let mut said = vec![
        ("多位评价人", aggregation(scheme)),
        (
            "取位",
            format!(
                "全程精确计算，只对总分四舍五入一次，保留{precision}位小数；{decided}均按这样保留的总分确定。\
                 其余数字各自四舍五入显示。{}",
                own_rounding(scheme)
            ),
        ),
        ("总分低于0", "总分低于0的按0计，并在备注中注明。".to_owned()),
        ("名次与并列", ties(scheme)),
        (
            if scheme.has_deductions() {
                "加分未填"
            } else {
                "评分未填"
            },
            match scheme.policies.blank {
                Blank::Hold => format!(
                    "{bonus}空白不等于0分：该份评价表暂不计分，待补填；没有得分的须填0。{blank_deduction}"
                ),
                Blank::Zero if scheme.has_deductions() => {
                    format!("{bonus}空白按0分计；{blank_deduction}")
                }
                Blank::Zero => format!("{bonus}空白按0分计。"),
            },
        ),
        (
            "超过上限",
            match scheme.policies.over_cap {
                OverCap::Hold => "填报超过上限的，该份评价表暂不计分，待更正。",
                OverCap::Clip => "填报超过上限的，按上限计，并请核实。",
            }
            .to_owned(),
        ),
    ];
    if scheme.stars.near.is_positive() {
        said.push((
            "临界提示",
            format!(
                "距上一星不足{}分的，在备注中提示；只作提示，不影响测算。",
                scheme.stars.near
            ),
        ));
    }
    said
}

/// A small number in words: `五`.
fn few(number: usize) -> String {
    const WORDS: [&str; 11] = [
        "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
    ];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// A line's own rounding, where any has one.
fn own_rounding(scheme: &Scheme) -> String {
    let lines: Vec<String> = scheme
        .lines
        .iter()
        .filter_map(|line| Some(format!("{}保留{}位", line.code, line.decimals?)))
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("由规则算出的分，{}后再相加。", lines.join("、"))
}

/// What the societies' own facts weigh in the total.
#[must_use]
pub fn own_weight(scheme: &Scheme) -> String {
    match scheme.policies.self_percent {
        None => "自评不计入总分".to_owned(),
        Some(percent) => {
            let rest = Points::whole(100) - percent;
            format!(
                "总分由{}占{rest}%、自评占{percent}%合成",
                scheme.stage_name()
            )
        }
    }
}

/// 自评: what the societies' own facts are worth.
#[must_use]
pub fn own(scheme: &Scheme) -> Said {
    let stage = scheme.stage_name();
    let counts = match scheme.policies.self_percent {
        None => format!("自评只供与{stage}比对，不计入总分"),
        Some(_) => format!(
            "{}，精确计算，只对总分四舍五入一次，没有可用自评表的没有总分",
            own_weight(scheme)
        ),
    };
    let text = format!(
        "自评表上填的是事项，由程序按评分要点算出加分、减分，酌情的要点不计；{counts}。\
         {stage}加分超过所填事项最多可得的，或减分少于所填事项应减的，提请核实，{stage}得分不改。"
    );
    ("自评", text)
}

/// How several forms of one object are put together.
#[must_use]
pub fn aggregation(scheme: &Scheme) -> String {
    let policies = &scheme.policies;
    let is_total = policies.by_total(policies.aggregation);
    // Classes of reviewers are put together each for itself, some of them in ways of their own.
    let classes = &scheme.reviewer_classes;
    let who = match classes
        .iter()
        .filter(|one| one.aggregation.is_some())
        .count()
    {
        _ if classes.is_empty() => format!("同一{}", scheme.object()),
        0 => format!("同一{}的同一类评价人", scheme.object()),
        _ => format!(
            "同一{}的同一类评价人（“评价人类别”另写了类内办法的除外）",
            scheme.object()
        ),
    };
    let several = format!("{who}有多份评价表的，");
    let from = policies.trim();
    match (policies.aggregation, is_total) {
        (Aggregation::Mean, false) => format!("{several}各评分行取各份的平均数。"),
        (Aggregation::Mean, true) => {
            format!("{several}各份先算出各自的总分（含上限、权重），再取平均数。")
        }
        (Aggregation::Median, false) => {
            format!("{several}各评分行的加分、减分分别取各份的中位数。")
        }
        (Aggregation::Median, true) => {
            format!("{several}各份先算出各自的总分（含上限、权重），再取中位数。")
        }
        (Aggregation::TrimmedMean, true) => {
            let from = few(from);
            format!(
                "{who}有{from}份及以上评价表的，去掉总分最高和最低的各一份，其余各评分行取平均数；不足{from}份的取全部平均数。"
            )
        }
        (Aggregation::TrimmedMean, false) => {
            let from = few(from);
            format!(
                "{who}有{from}份及以上评价表的，各评分行去掉最高和最低的各一个，其余取平均数；不足{from}份的取全部平均数。"
            )
        }
    }
}

fn ties(scheme: &Scheme) -> String {
    let breaks: Vec<String> = scheme
        .policies
        .tie_breaks
        .iter()
        .map(|tie_break| match tie_break {
            TieBreak::FewerDeductions => "减分少者".to_owned(),
            TieBreak::MoreBonus => "加分多者".to_owned(),
            TieBreak::Part(part) => format!("{}得分高者", words::part(&scheme.parts[*part].id)),
            TieBreak::Dimension(dimension) => {
                let dimension = &scheme.dimensions[*dimension];
                format!("一级指标{}“{}”得分高者", dimension.id, dimension.title)
            }
            TieBreak::Line(line) => format!("{}得分高者", scheme.title(&scheme.lines[*line])),
        })
        .collect();
    let after = "名次并列的注明“并列”，按名单顺序列出，其后名次顺延（如1、2、2、4）。";
    if breaks.is_empty() {
        format!("按总分由高到低排列，总分相同的名次并列。{after}")
    } else {
        format!(
            "按总分由高到低排列；总分相同的依次以{}在前，仍相同的并列。{after}",
            breaks.join("、")
        )
    }
}
