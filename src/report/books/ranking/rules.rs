//! 评分说明: by which rules the ranking came about, put into words from the scheme itself.
//!
//! What the official document says and what this tool had to settle (本工具约定) stand apart, for the committee
//! may settle the latter otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{LineId, Points};
use crate::rank::{SocietyState, Standings};
use crate::report::kit::policies::{self, Said};
use crate::report::kit::table::Pages;
use crate::report::kit::{Cell, Layout, Look, Row, Table, columns, words};
use crate::scheme::{Basis, Quote, Rule, Scheme};
use crate::settle::FormState;

/// A section: its heading and its paragraphs, each with what it is about.
type Section = (&'static str, Vec<(String, String)>);

fn named(rules: Vec<Said>) -> Vec<(String, String)> {
    let owned = |(about, text): Said| (about.to_owned(), text);
    rules.into_iter().map(owned).collect()
}

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>) -> Table {
    let scheme = &standings.ground.scheme;
    let columns = columns![
        ("类别", 10, Look::Centre),
        ("事项", 12, Look::Centre),
        ("说明", 80, Look::Left),
    ];
    let mut rows = Vec::new();
    let quoted = |quote: &Quote| (quote.paragraph.clone(), format!("“{}”", quote.text));
    let mut settled = conventions(scheme);
    let own = standings.assessments.is_some() || scheme.policies.self_percent.is_some();
    settled.extend(own.then(|| policies::own(scheme)));
    let sections: [Section; 4] = [
        ("评价方案", named(official(scheme))),
        ("文件原文", scheme.quotes.iter().map(quoted).collect()),
        ("本工具约定", named(settled)),
        ("数据情况", named(data(standings))),
    ];
    for (heading, paragraphs) in sections {
        for (at, (about, text)) in paragraphs.into_iter().enumerate() {
            let row = Row::new(vec![
                Cell::text(heading),
                Cell::text(about),
                Cell::text(text),
            ]);
            let heavy = at == 0 && !rows.is_empty();
            rows.push(row.heavy(heavy));
        }
    }
    Table {
        name: "评分说明",
        rows,
        notes: vec![
            "注：“本工具约定”是评价文件没有写明、由本工具采用的做法，请审议时确认；如需调整，改评价方案后重新运行即可。".to_owned(),
        ],
        ..words::table(
            standings,
            words::title(standings, "评分说明"),
            columns,
            Layout {
                row_height: 18.0,
                pages: Pages::PreferOne,
                ..Layout::paper(10.5, 2)
            },
        )
    }
}

fn official(scheme: &Scheme) -> Vec<Said> {
    let source = scheme
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!("，依据{source}"));
    // The official count of lines stands apart from that of the levels.
    let structure = match policies::structure(scheme).as_slice() {
        [levels @ .., lines] if !levels.is_empty() => format!("{}，共{lines}", levels.join("、")),
        all => all.join("、"),
    };
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
                "{structure}；{}。",
                policies::by_class(scheme, |class| {
                    let bonus = scheme.full_bonus_of(class);
                    if scheme.has_deductions() {
                        let taken = scheme.full_deduction_of(class);
                        format!("加分合计{bonus}分，减分合计{taken}分")
                    } else {
                        format!("满分{bonus}分")
                    }
                })
            ),
        ),
    ];
    rules.extend(policies::parts(scheme));
    rules.extend(values(scheme));
    rules.extend(policies::beyond_lines(scheme));
    rules.extend(policies::classes(scheme));
    rules.extend(policies::reviewer_classes(scheme));
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
    if scheme.has_stars() {
        rules.push(policies::stars(scheme));
    }
    rules.extend(policies::grades(scheme));
    rules.extend(policies::vetoes_and_quotas(scheme));
    let basis = &scheme.basis;
    // What is quoted need not be said again.
    if scheme.asks.eligibility && scheme.quote(basis.eligibility.as_deref()).is_none() {
        rules.push(policies::eligibility(scheme));
    }
    if scheme.asks.membership && scheme.quote(basis.membership.as_deref()).is_none() {
        rules.push(("评价人", "评价人须为中共党员。".to_owned()));
    }
    if let Some(years) = scheme.validity_years {
        rules.push(("有效期", format!("评价结果有效期{years}年。")));
    }
    rules
}

/// How points are worked out, line by line, where they are.
fn values(scheme: &Scheme) -> Vec<Said> {
    let lines = scheme.lines.iter();
    lines
        .filter_map(|line| {
            let value = line.value.as_ref()?;
            let text = format!(
                "{}：填{}；{}。",
                scheme.title(line),
                value.asks(),
                value.in_words()
            );
            Some(("由规则算分", text))
        })
        .collect()
}

/// What `points` may be given where a criterion leaves it to the reviewer; none where none does.
fn discretion(scheme: &Scheme) -> Option<String> {
    let sides = scheme
        .lines
        .iter()
        .flat_map(|line| [&line.bonus, &line.deduction]);
    let criteria = sides.flat_map(|side| &side.criteria);
    let steps: BTreeSet<Points> = criteria
        .filter_map(|criterion| match criterion.rule {
            Rule::Range { step, .. } => Some(step),
            _ => None,
        })
        .collect();
    let told: Vec<String> = steps
        .into_iter()
        .map(|step| {
            if step == Points::whole(1) {
                "任何整数".to_owned()
            } else {
                format!("每{step}分一档的分值")
            }
        })
        .collect();
    let told = told.join("或");
    (!told.is_empty())
        .then(|| format!("酌情给分的要点，可填不超过其分值的{told}（见评价表上的提示）"))
}

fn conventions(scheme: &Scheme) -> Vec<Said> {
    let object = scheme.object();
    let mut rules = Vec::new();
    if scheme.has_deductions() && scheme.adds_up() {
        rules.push((
            "行得分",
            "评分行得分＝加分－减分；总分为各行得分之和。".to_owned(),
        ));
    }
    rules.extend(policies::preliminary(scheme).map(|text| ("测算星级", text)));
    rules.extend(policies::policies(scheme));
    rules.extend(policies::refusal(scheme));
    if scheme.asks.recusal {
        rules.push((
            "回避",
            format!(
                "评价人不评价本人所在{object}，也不评价申报有利害关系的{object}{}；应回避的评价表只列示，不计入。",
                Basis::cite(scheme.basis.recusal.as_deref())
            ),
        ));
    }
    if scheme.asks.recusal && !scheme.units.suffixes.is_empty() {
        rules.push((
            "单位名称",
            format!(
                "比较单位名称时先去掉：{}。",
                scheme.units.suffixes.join("、")
            ),
        ));
    }
    let discretion = discretion(scheme).map_or(String::new(), |told| format!("；{told}"));
    rules.extend([
        (
            "不可得的分值",
            format!(
                "填报在上限之内、但评分要点得不出的分值，按所填计，并请核实{discretion}。"
            ),
        ),
        (
            "重复与更正",
            format!("同一评价人对同一{object}交来多份：内容相同计一份；不同的，有更正件的以更正件为准，都经邮件报送的以邮件较晚者为准，其余以评价日期较晚者为准，分不出新旧的均暂不计；经办人登记了以哪份为准的从其登记。"),
        ),
        (
            "暂计",
            "备注“暂计2/3份”指应收3份、其中2份已计入（名单外评价人的评价表不算应收）；“另有1份待更正”指另收到1份、更正前不计入。补交或更正后，得分和名次可能变动。"
                .to_owned(),
        ),
    ]);
    if scheme.has_stars() {
        rules.push((
            "推荐星级",
            "推荐星级是评价表上所填，几份一致的写一个，不一致的分别写明份数；与测算星级不一致的在备注中注明，不影响测算。".to_owned(),
        ));
    }
    rules.extend(links(scheme));
    if scheme.asks.groups {
        rules.push((
            "组间差异",
            "各组宽严差异只在“统计分析”中展示，不作任何调整。".to_owned(),
        ));
    }
    rules.extend(scheme.conventions.iter().map(|text| ("其他", text.clone())));
    rules
}

/// Which lines depend on each other.
fn links(scheme: &Scheme) -> Vec<Said> {
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
    let mut needs: BTreeMap<&[LineId], Vec<&str>> = BTreeMap::new();
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

fn data(standings: &Standings<'_>) -> Vec<Said> {
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
    ];
    let told: Vec<String> = states
        .into_iter()
        .filter(|state| *state == FormState::Counted || forms(*state) > 0)
        .map(|state| format!("{}{}份", state.label(), forms(state)))
        .collect();
    // A blank form stands for nothing and is no form received.
    let blank = forms(FormState::Blank);
    let apart = if blank > 0 {
        format!("；另有空白表{blank}份，不计在内")
    } else {
        String::new()
    };
    let scheme = &standings.ground.scheme;
    let ineligible = if scheme.asks.eligibility {
        format!("，不予受理{}个", of(SocietyState::Ineligible))
    } else {
        String::new()
    };
    let own = standings.societies.iter();
    let own = own.filter(|one| one.lacks_only_own()).count();
    let others: Vec<String> = [
        (SocietyState::Vetoed.label(), of(SocietyState::Vetoed)),
        (
            SocietyState::Incomplete.label(),
            of(SocietyState::Incomplete) - own,
        ),
        ("缺自评", own),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(label, count)| format!("，{label}{count}个"))
    .collect();
    let others = others.concat();
    let withdrawn = match of(SocietyState::Withdrawn) {
        0 => String::new(),
        some => format!("，不参评{some}个"),
    };
    let mut facts = vec![
        ("数据截至", format!("{}。", words::as_of(standings))),
        ("方案与名单", format!("{}。", standings.ground.origin)),
        (
            if scheme.is_about_societies() {
                "学会"
            } else {
                "评价对象"
            },
            format!(
                "名单{}个：列入名次{}个，待更正{}个，未交{}个{ineligible}{others}{withdrawn}。",
                standings.societies.len(),
                of(SocietyState::Ranked),
                of(SocietyState::Held),
                of(SocietyState::Missing),
            ),
        ),
        (
            "评价表",
            format!(
                "{}，评价表{}份：{}{apart}。",
                standings.received(),
                standings.forms.len() - blank,
                told.join("、")
            ),
        ),
    ];
    if let Some(ruled) = words::ruled(standings) {
        facts.push(("处理登记", format!("{ruled}。")));
    }
    let state = if standings.is_final {
        "正式稿。".to_owned()
    } else if standings.open.is_empty() {
        "核对稿：没有未了事项，尚未定为正式稿。".to_owned()
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
