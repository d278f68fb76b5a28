//! Weights, caps, classes, vetoes and places in words.

use super::Said;
use crate::report::kit::words;
use crate::scheme::{Aggregation, Effect, Figures, Per, Places, Scheme};

/// 一票否决: what it does.
#[must_use]
pub fn effect(scheme: &Scheme, effect: &Effect) -> String {
    match effect {
        Effect::NotRanked if scheme.grades.is_empty() => "不列入名次".to_owned(),
        Effect::NotRanked => "不评等次，不列入名次".to_owned(),
        Effect::NoGrade => "不评等次，仍列入名次".to_owned(),
        Effect::AtMost(grade) => {
            format!("最高评{}，仍列入名次", scheme.grades[*grade].name)
        }
    }
}

/// 一票否决 and 名额.
#[must_use]
pub fn vetoes_and_quotas(scheme: &Scheme) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    if !scheme.vetoes.is_empty() {
        let vetoes = scheme.vetoes.iter();
        let vetoes: Vec<String> = vetoes
            .map(|veto| format!("{}的，{}", veto.name, effect(scheme, &veto.effect)))
            .collect();
        said.push((
            "一票否决",
            format!(
                "{}。名单“一票否决”一栏写明的，以名单为准；没有写的，有一份评价表填“有”就适用，填法不一致的请核实。",
                vetoes.join("；")
            ),
        ));
    }
    for quota in &scheme.quotas {
        let name = &scheme.grades[quota.grade].name;
        let down = quota.down_to.map_or_else(
            || "不评等次".to_owned(),
            |down_to| format!("评为{}", scheme.grades[down_to].name),
        );
        let places = match &quota.places {
            Places::Percent(percent) => {
                format!(
                    "不超过列入名次的{}数的{percent}%，不足一个的舍去",
                    scheme.object()
                )
            }
            Places::Count(count) => format!("不超过{count}个"),
        };
        said.push((
            "名额",
            format!(
                "{name}{places}；超出的{down}，备注“因名额”。总分相同而只能取其中一部分的，一并{down}。"
            ),
        ));
    }
    said
}

/// 因名额, with what a veto had left before.
#[must_use]
pub fn by_quota(grade: &str, veto: Option<&str>) -> String {
    match veto {
        None => format!("因名额（按总分为{grade}）"),
        Some(veto) => format!("一票否决：{veto}，至多{grade}；再因名额"),
    }
}

/// 各部分: what each comes to at most.
#[must_use]
pub fn parts(scheme: &Scheme) -> Vec<Said> {
    if !scheme.has_parts() {
        return Vec::new();
    }
    let parts = scheme.parts.iter().enumerate();
    let said = parts.map(|(index, part)| {
        let most = scheme.full_of_part(index);
        let taken = format!("，减分上限{}分", part.deduction);
        let caps = if scheme.has_deductions() && scheme.part_adds_up(index) {
            format!("加分上限{}分{taken}", part.bonus)
        } else if part.deduction.is_positive() {
            format!("满分{most}分{taken}")
        } else {
            format!("满分{most}分")
        };
        let text = format!("{}　{}：{caps}。", words::part(&part.id), part.title);
        ("各部分", text)
    });
    said.collect()
}

/// What holds beyond single lines: weights, and caps of groups of lines, of dimensions, parts and the total.
#[must_use]
pub fn beyond_lines(scheme: &Scheme) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let weights: Vec<String> = scheme
        .parts
        .iter()
        .filter_map(|part| {
            let percent = part.percent?;
            Some(format!(
                "{}“{}”占{percent}",
                words::part(&part.id),
                part.title
            ))
        })
        .collect();
    if !weights.is_empty() {
        said.push((
            "权重",
            format!("总分由各部分按权重合成：{}。", weights.join("、")),
        ));
    }
    let lines: Vec<String> = scheme
        .lines
        .iter()
        .filter_map(|line| Some(format!("{}占{}", line.code, line.percent?)))
        .collect();
    if !lines.is_empty() {
        said.push(("权重", format!("评分行在本部分中：{}。", lines.join("、"))));
    }
    let groups = scheme.caps.iter().map(|cap| {
        let codes: Vec<&str> = cap
            .lines
            .iter()
            .map(|line| scheme.lines[*line].code.as_str())
            .collect();
        format!(
            "{}（{}）合计最高{}分",
            cap.name,
            codes.join("、"),
            cap.at_most
        )
    });
    let dimensions = scheme
        .dimensions
        .iter()
        .filter_map(|dimension| Some(format!("{}最高{}分", dimension.title, dimension.at_most?)));
    let parts = scheme
        .parts
        .iter()
        .filter_map(|part| Some(format!("{}最高{}分", words::part(&part.id), part.at_most?)));
    let by_line = scheme.policies.per == Some(Per::Line);
    let whose = if by_line { "" } else { "每份评价表的" };
    let total = scheme
        .total_at_most
        .map(|most| format!("{whose}总分最高{most}分"));
    let caps: Vec<String> = groups.chain(dimensions).chain(parts).chain(total).collect();
    if !caps.is_empty() {
        let last = if by_line {
            "多份评价表的，先按评分行合成，再按上限封顶。"
        } else {
            ""
        };
        let text = format!("{}，超出部分不计。{last}", caps.join("；"));
        said.push(("上限", text));
    }
    said
}

/// 评价人类别: who weighs what; none where all weigh alike.
#[must_use]
pub fn reviewer_classes(scheme: &Scheme) -> Option<Said> {
    let classes: Vec<String> = scheme
        .reviewer_classes
        .iter()
        .map(|class| {
            let how = class
                .aggregation
                .map_or("", |aggregation| match aggregation {
                    Aggregation::Mean => "（类内取平均数）",
                    Aggregation::Median => "（类内取中位数）",
                    Aggregation::TrimmedMean => "（类内去最高最低后平均）",
                });
            format!("{}占{}{how}", class.name, class.percent)
        })
        .collect();
    (!classes.is_empty()).then(|| {
        let text = format!(
            "各类评价人先在类内合成，再按权重相加：{}。有一类一份都没有计入的，没有总分，不排名次。",
            classes.join("、")
        );
        ("评价人类别", text)
    })
}

/// 分类: what is evaluated in classes of its own; none where all have the same lines.
#[must_use]
pub fn classes(scheme: &Scheme) -> Option<Said> {
    let classes: Vec<String> = scheme
        .classes
        .iter()
        .enumerate()
        .map(|(index, class)| {
            // By weights and caps, which what the lines add up to knows nothing of.
            let full = Figures::full(scheme, Some(index)).total;
            format!("{}满分{}分", class.name, full.shown(scheme.precision))
        })
        .collect();
    (!classes.is_empty()).then(|| {
        let text = format!(
            "{}分类评价，各类有各自的评分行，名次在类内排：{}。",
            scheme.object(),
            classes.join("、")
        );
        ("分类", text)
    })
}

#[cfg(test)]
mod tests {
    use super::beyond_lines;
    use crate::scheme;

    #[test]
    fn a_cap_is_said_where_it_is_taken() {
        let said = |policies: &str| {
            let source = format!(
                "id = \"x-2027\"\ntitle = \"例\"\nform_title = \"例\"\nyear = 2027\nsubject = \"单位\"\nstage = \"review\"\nprecision = 2\nasks = []\n\
                 [declared]\nlines = 1\nbonus = 120\n[total]\nat_most = 100\n{policies}\
                 [[stages]]\nid = \"review\"\nname = \"评\"\nfrom = 2027-01-01\nto = 2027-12-31\n\
                 [[lines]]\ncode = \"1\"\ntitle = \"工作\"\nbonus = 120\nstep = 1\n"
            );
            let scheme = scheme::read(&source).expect("a sound scheme");
            let said = beyond_lines(&scheme).into_iter();
            said.map(|(_, how)| how).collect::<String>()
        };
        assert_eq!(said(""), "每份评价表的总分最高100分，超出部分不计。");
        let by_line = said("[policies]\naggregation = \"mean\"\nper = \"line\"\n");
        assert_eq!(
            by_line,
            "总分最高100分，超出部分不计。多份评价表的，先按评分行合成，再按上限封顶。"
        );
    }
}
