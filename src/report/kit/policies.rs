//! How a scheme decides what the official document leaves open, in words: the same in 评分说明 and in 指标体系.
//!
//! Knows no standings.

use super::words;
use crate::model::day;
use crate::scheme::{Aggregation, Blank, OverCap, Scheme, TieBreak};

/// A rule: what it is about, and how it goes.
pub type Said = (&'static str, String);

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
    ("星级", format!("{bands}；按打印的总分测算。"))
}

/// 等次; none where the scheme has no grades.
#[must_use]
pub fn grades(scheme: &Scheme) -> Option<Said> {
    let grades: Vec<String> = scheme
        .grades
        .iter()
        .map(|grade| format!("{}至{}星为{}", grade.from, grade.to, grade.name))
        .collect();
    let text = format!("{}；其余不设等次，以“—”表示。", grades.join("，"));
    (!grades.is_empty()).then_some(("等次", text))
}

/// 不予受理: who is not accepted.
#[must_use]
pub fn eligibility(scheme: &Scheme) -> Said {
    let inspections = &scheme.eligibility.refused_inspections;
    let inspections = if inspections.is_empty() {
        String::new()
    } else {
        format!("上年度年检{}的、", inspections.join("或"))
    };
    let on = scheme.eligibility.on.map_or_else(String::new, |on| {
        format!("处罚期是否届满按{}判断。", day::say(on))
    });
    let text = format!(
        "{inspections}受通报批评或停业整顿未完成整改的、仍在处罚期内的学会不予受理；\
         此类学会列于名次之后，不排名次、不显示得分。{on}"
    );
    ("不予受理", text)
}

/// How points become a total and totals a ranking, and what becomes of cells that are not filled in as asked.
#[must_use]
pub fn policies(scheme: &Scheme) -> Vec<Said> {
    let precision = scheme.precision;
    let mut said = vec![
        ("多位评价人", aggregation(scheme.policies.aggregation).to_owned()),
        (
            "取位",
            format!(
                "全程精确计算，只对总分四舍五入一次，保留{precision}位小数；星级、等次和名次均以该打印总分为准。\
                 其余数字各自四舍五入显示。"
            ),
        ),
        (
            "总分低于0",
            "总分低于0的按0计，并在备注中注明。".to_owned(),
        ),
        ("名次与并列", ties(scheme)),
        (
            "加分未填",
            match scheme.policies.blank {
                Blank::Hold => {
                    "加分空白不等于0分：该份评价表暂不计分，待补填；没有得分的须填0。减分空白视为不减分。"
                }
                Blank::Zero => "加分空白按0分计；减分空白视为不减分。",
            }
            .to_owned(),
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

const fn aggregation(aggregation: Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Mean => "同一学会有多份评价表的，各评分行取各份的平均数。",
        Aggregation::Median => "同一学会有多份评价表的，各评分行的加分、减分分别取各份的中位数。",
        Aggregation::TrimmedMean => {
            "同一学会有五份及以上评价表的，去掉总分最高和最低的各一份，其余各评分行取平均数；不足五份的取全部平均数。"
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
