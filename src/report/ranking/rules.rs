//! 评分说明: by which rules the ranking came about, put into words from the scheme itself.
//!
//! What the official document says and what this tool had to settle (本工具约定) stand apart, for the committee
//! may settle the latter otherwise.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use crate::rank::{SocietyState, Standings};
use crate::report::parts::{Book, Cell, Column, Look, Row, words};
use crate::scheme::{Aggregation, Blank, OverCap, Scheme, TieBreak};
use crate::settle::FormState;

/// A section: its heading and its paragraphs, each with what it is about.
type Section = (&'static str, Vec<(&'static str, String)>);

/// Adds the sheet.
pub(super) fn add(book: &mut Book<'_>) -> Result<(), XlsxError> {
    let standings = book.standings;
    let scheme = &standings.ground.scheme;
    let columns = vec![
        Column::new("类别", 11, Look::Centre),
        Column::new("事项", 13, Look::Centre),
        Column::new("说明", 72, Look::Left),
    ];
    let mut sheet = book.sheet("评分说明", columns, 10.5)?;
    sheet.heading(standings, &words::title(standings, "评分说明"), "")?;
    sheet.header()?;
    sheet.row_height = 19.0;
    let sections: [Section; 3] = [
        ("评价方案", official(scheme)),
        ("本工具约定", conventions(scheme)),
        ("数据情况", data(standings)),
    ];
    for (section, (heading, paragraphs)) in sections.into_iter().enumerate() {
        for (at, (about, text)) in paragraphs.into_iter().enumerate() {
            let row = Row::new(vec![
                Cell::text(heading),
                Cell::text(about),
                Cell::text(text),
            ]);
            sheet.row(&row.heavy(section > 0 && at == 0))?;
        }
    }
    sheet.end_table()?;
    sheet.notes(&[
        "注：“本工具约定”是评价文件没有写明、由本工具采用的做法，请审议时确认；如需调整，改评价方案后重新运行即可。".to_owned(),
    ])?;
    sheet.prefer_one_page();
    sheet.finish(standings, 2)?;
    book.add(sheet);
    Ok(())
}

fn official(scheme: &Scheme) -> Vec<(&'static str, String)> {
    let source = scheme
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!("，依据{source}"));
    let mut rules = vec![
        (
            "方案",
            format!(
                "{}年{}（编号{}）{source}。",
                scheme.year, scheme.title, scheme.id
            ),
        ),
        (
            "指标体系",
            format!(
                "{}个部分、{}项一级指标、{}项二级指标，共{}个评分行；加分合计{}分，减分合计{}分。",
                scheme.parts.len(),
                scheme.dimensions.len(),
                scheme.indicators.len(),
                scheme.lines.len(),
                scheme.full_bonus(),
                scheme.full_deduction()
            ),
        ),
    ];
    for part in &scheme.parts {
        rules.push((
            "各部分",
            format!(
                "{}　{}：加分上限{}分，减分上限{}分。",
                words::part(&part.id),
                part.title,
                part.bonus,
                part.deduction
            ),
        ));
    }
    if let Some(base) = &scheme.base {
        let lines: Vec<String> = base
            .lines
            .iter()
            .map(|line| scheme.title(&scheme.lines[*line]))
            .collect();
        rules.push((
            "基础分",
            format!(
                "{}均得满分的，即有基础分{}分；基础分已含在总分内，不另加。",
                lines.join("、"),
                base.points
            ),
        ));
    }
    rules.push(("星级", stars(scheme)));
    let grades: Vec<String> = scheme
        .grades
        .iter()
        .map(|grade| format!("{}至{}星为{}", grade.from, grade.to, grade.name))
        .collect();
    if !grades.is_empty() {
        rules.push((
            "等次",
            format!("{}；其余不设等次，以“—”表示。", grades.join("，")),
        ));
    }
    rules.push(("不予受理", eligibility(scheme)));
    rules.push((
        "评价人与回避",
        "评价人须为中共党员；不评价本人所在学会和申报有利害关系的学会。应回避的评价表只列示，不计入。".to_owned(),
    ));
    if let Some(years) = scheme.validity_years {
        rules.push(("有效期", format!("评价结果有效期{years}年。")));
    }
    rules
}

fn stars(scheme: &Scheme) -> String {
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
    format!("{bands}；按打印的总分测算。")
}

fn eligibility(scheme: &Scheme) -> String {
    let inspections = &scheme.eligibility.refused_inspections;
    let inspections = if inspections.is_empty() {
        String::new()
    } else {
        format!("上年度年检{}的、", inspections.join("或"))
    };
    let on = scheme.eligibility.on.map_or_else(String::new, |on| {
        format!("处罚期是否届满按{}判断。", words::day(on))
    });
    format!(
        "{inspections}受通报批评或停业整顿未完成整改的、仍在处罚期内的学会不予受理；此类学会列于名次之后，不排名次、不显示得分。{on}"
    )
}

fn conventions(scheme: &Scheme) -> Vec<(&'static str, String)> {
    let precision = scheme.precision;
    let mut rules = vec![
        ("行得分", "评分行得分＝加分－减分；总分为各行得分之和。".to_owned()),
        ("多位评价人", aggregation(scheme.policies.aggregation).to_owned()),
        (
            "取位",
            format!(
                "全程精确计算，只对总分四舍五入一次，保留{precision}位小数；星级、等次和名次均以该打印总分为准。其余数字各自四舍五入显示。"
            ),
        ),
        ("总分低于0", "总分低于0的按0计，并在备注中注明。".to_owned()),
        ("名次与并列", ties(scheme)),
        (
            "加分未填",
            match scheme.policies.blank {
                Blank::Hold => "加分空白不等于0分：该份评价表暂不计分，待补填；不得分须填0。减分空白视为不减分。",
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
        (
            "不可得的分值",
            "填报在上限之内、但评分要点得不出的分值，按所填计，并请核实；酌情给分的要点可填至其分值的任何整数。".to_owned(),
        ),
        (
            "重复与更正",
            "同一评价人对同一学会交来多份：内容相同计一份；不同的以较新者为准，分不出新旧的均暂不计。".to_owned(),
        ),
        (
            "暂计",
            "备注“暂计2/3份”指应有3份、已计入2份；其余更正或补交后，得分和名次可能变动。".to_owned(),
        ),
    ];
    if scheme.stars.near.is_positive() {
        rules.push((
            "临界提示",
            format!(
                "距上一星不足{}分的，在备注中提示；只作提示，不影响测算。",
                scheme.stars.near
            ),
        ));
    }
    rules.push((
        "推荐星级",
        "推荐星级是评价表上所填，几份一致的写一个，不一致的分别写明份数；与测算星级不一致的在备注中注明，不影响测算。".to_owned(),
    ));
    rules.extend(links(scheme));
    rules.push((
        "组间差异",
        "各组宽严差异只在“统计分析”中展示，不作任何调整。".to_owned(),
    ));
    rules.extend(scheme.conventions.iter().map(|text| ("其他", text.clone())));
    rules
}

/// Which lines depend on each other.
fn links(scheme: &Scheme) -> Vec<(&'static str, String)> {
    let mut rules = Vec::new();
    let exclusive: Vec<&str> = scheme
        .lines
        .iter()
        .filter(|line| line.exclusive)
        .map(|line| line.code.as_str())
        .collect();
    if !exclusive.is_empty() {
        let lines = exclusive.join("、");
        rules.push((
            "加减互斥",
            format!("{lines}的加分与减分只能有其一；同时填报的暂不计分，待更正。"),
        ));
    }
    let mut needs: BTreeMap<&[usize], Vec<&str>> = BTreeMap::new();
    for line in scheme.lines.iter().filter(|line| !line.needs.is_empty()) {
        needs.entry(&line.needs).or_default().push(&line.code);
    }
    if !needs.is_empty() {
        let words: Vec<String> = needs
            .iter()
            .map(|(needs, lines)| {
                let needs: Vec<&str> = needs
                    .iter()
                    .map(|line| scheme.lines[*line].code.as_str())
                    .collect();
                format!("{}以{}得分为前提", lines.join("、"), needs.join("、"))
            })
            .collect();
        rules.push((
            "前提",
            format!("{}；前提未得分而有加分的照计，并请核实。", words.join("；")),
        ));
    }
    rules
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

fn data(standings: &Standings<'_>) -> Vec<(&'static str, String)> {
    let count = standings.count();
    let of = |state: SocietyState| count.get(&state).copied().unwrap_or_default();
    let forms = |state: FormState| {
        standings
            .forms
            .iter()
            .filter(|form| form.state == state)
            .count()
    };
    let states = [
        FormState::Counted,
        FormState::Held,
        FormState::Recused,
        FormState::Ineligible,
        FormState::Superseded,
        FormState::Duplicate,
        FormState::Excluded,
        FormState::Blank,
    ];
    let told: Vec<String> = states
        .into_iter()
        .filter(|state| *state == FormState::Counted || forms(*state) > 0)
        .map(|state| format!("{}{}份", state.label(), forms(state)))
        .collect();
    let mut facts = vec![
        ("数据截至", format!("{}。", words::as_of(standings))),
        ("方案与名单", format!("{}。", standings.ground.origin)),
        (
            "学会",
            format!(
                "名单{}个：列入名次{}个，待更正{}个，未交{}个，不予受理{}个。",
                standings.societies.len(),
                of(SocietyState::Ranked),
                of(SocietyState::Held),
                of(SocietyState::Missing),
                of(SocietyState::Ineligible)
            ),
        ),
        (
            "评价表",
            format!(
                "收到文件{}个，评价表{}份：{}。",
                standings.files.len(),
                standings.forms.len(),
                told.join("、")
            ),
        ),
    ];
    let state = if standings.is_final {
        "正式稿。".to_owned()
    } else if standings.open.is_empty() {
        "没有未了事项。".to_owned()
    } else {
        // The committee's sheets name no reviewer, and files are named after them.
        let open: Vec<&str> = standings
            .open
            .iter()
            .map(|open| open.what.as_str())
            .collect();
        format!("初稿，名次和得分可能变动。未了事项：{}。", open.join("；"))
    };
    facts.push(("状态", state));
    facts
}
