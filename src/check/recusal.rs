//! 回避 (办法7.4): a reviewer does not score a society they belong to, nor one listed as their conflict.
//!
//! What it finds: the unit is the society itself (after folding, without 党委 and the like, through aliases); a
//! conflict declared in the list of reviewers; 有无应回避情形 ticked 有. The form is shown, struck out, and never
//! counted.

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Bearing, Code, Explained, Finding};
use crate::form::Field;
use crate::model::fold;
use crate::scheme::Basis;

pub const FAMILY: Family = Family {
    codes: &[&RECUSED, &UNCLEAR],
    check,
    reads_table: false,
};

pub static RECUSED: Code = Code::error(
    "R201",
    "recused",
    "评价人应当回避",
    "单位或回避情形填错了的，请评价人更正后重报",
    Explained {
        means: "查出下列情形之一：评价人的单位就是被评的学会；评价人名单注明他须回避这个学会；他自\
            己在“有无应回避情形”填了“有”。比较单位时，去掉“党委”“秘书处”等后缀，并认别名。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；比较时去掉哪些后缀是本工具约定（方案\
            中的 units.suffixes）。",
        example: "第1组/中国地质学会.xlsx › 评价表!E4：评价人单位“中国地质学会党委”就是被评的“中国\
            地质学会”，应当回避（办法7.4）。",
        remedy: "请该组另请一位不需回避的评价人评这个学会。这份表照样列在汇总里并划线，不计入，可\
            以留着。单位填错或误选“有”的，请评价人更正，评价日期写更正当天再重报。",
    },
);
static UNCLEAR: Code = Code::warning(
    "R202",
    "recusal-unclear",
    "有无应回避情形填写不明",
    "暂按“无”处理，请向评价人核实",
    Explained {
        means: "“有无应回避情形”填的既不是明白的“无”，也不是“有”（如“待定”“无，但曾任副理事长”），\
            或表上找不到这一栏。空着、填“否”或“/”都当作“无”。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；先按“无”处理是本工具约定。",
        example: "第4组/中国自动化学会.xlsx › 评价表!M5：有无应回避情形填“？”，应填“无”或“有”。",
        remedy: "问评价人本人。应当回避的，请他改填“有”，评价日期写更正当天再重报，并另请他人评价；\
            没有的，把他的答复记在核对清单的“处理意见”里。",
    },
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let roster = &subject.ground.roster;
    let form = subject.form;
    let basis = Basis::cite(subject.ground.scheme.basis.recusal.as_deref());
    let unit = form.text(Field::Unit);
    if let Some(society) = subject.society.filter(|_| !unit.is_empty()) {
        let name = &roster.societies[society].name;
        let reviewer = form.text(Field::Reviewer);
        let declared = roster
            .reviewer_named(reviewer, unit)
            .is_some_and(|(_, listed)| listed.conflicts.contains(&society));
        let reason = if roster.same_unit(unit, society) {
            Some(format!("评价人单位{}就是被评的“{name}”", quote(unit)))
        } else if declared {
            Some(format!("评价人名单注明{}须回避“{name}”", quote(reviewer)))
        } else {
            None
        };
        if let Some(reason) = reason {
            findings.push(
                subject
                    .finding(
                        &RECUSED,
                        form.cell(Field::Unit),
                        format!("{reason}，应当回避{basis}"),
                    )
                    .found(unit)
                    .bears(Bearing::Recuses),
            );
        }
    }
    let ticked = form.text(Field::Recusal);
    let cell = form.cell(Field::Recusal);
    if cell.is_none() && !form.rows.is_empty() {
        let message = "找不到“有无应回避情形”一栏，不知评价人是否声明过回避";
        findings.push(subject.finding(&UNCLEAR, None, message).allowed("无、有"));
    }
    match ticks(ticked) {
        Some(true) => findings.push(
            subject
                .finding(
                    &RECUSED,
                    cell,
                    format!("有无应回避情形填{}，应当回避{basis}", quote(ticked)),
                )
                .found(ticked)
                .allowed("无")
                .bears(Bearing::Recuses),
        ),
        Some(false) => {}
        None => findings.push(
            subject
                .finding(
                    &UNCLEAR,
                    cell,
                    format!("有无应回避情形填{}，应填“无”或“有”", quote(ticked)),
                )
                .found(ticked)
                .allowed("无、有"),
        ),
    }
}

/// Whether a conflict is declared; none where what is written says neither. Only plain words say no: “无，但…” is
/// for a person to read.
pub(super) fn ticks(text: &str) -> Option<bool> {
    const NO: [&str; 14] = [
        "",
        "无",
        "否",
        "没有",
        "不存在",
        "不需要",
        "不用",
        "/",
        "-",
        "—",
        "——",
        "×",
        "无应回避情形",
        "无回避情形",
    ];
    let folded = fold(text);
    let plain = folded.trim_end_matches(['。', '.']);
    if NO.contains(&plain) {
        Some(false)
    } else if plain.starts_with(['有', '是', '√']) {
        Some(true)
    } else {
        None
    }
}
