//! Rules and policies of a scheme in words, for proof-reading.

use crate::report::kit::policies::{self, Said};
use crate::scheme::{Line, Scheme};

pub use crate::scheme::said::criteria;
pub(super) use crate::scheme::said::rule;

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
    all.extend(line.rounding());
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
