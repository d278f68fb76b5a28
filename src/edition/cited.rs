//! What a scheme says beside its rules: the paragraphs that they come from and that are quoted, what is reported, the day by
//! which a penalty must be over. No sheet lists it, and a year may differ in nothing else.

use crate::model::day;
use crate::report::forms::lists::said::Said;
use crate::scheme::Scheme;

/// Item by item.
pub(super) fn cited(scheme: &Scheme) -> Vec<Said> {
    let basis = &scheme.basis;
    let paragraphs = [
        ("原则上必须参评", &basis.participation),
        ("不予受理", &basis.eligibility),
        ("评价人须为中共党员", &basis.membership),
        ("回避", &basis.recusal),
        ("审定", &basis.decision),
        ("支持", &basis.support),
        ("抽查、调整", &basis.adjustment),
        ("降级、撤销", &basis.withdrawal),
        ("对评价小组的支持", &basis.group_support),
    ];
    let paragraphs = paragraphs.into_iter().filter_map(|(rule, paragraph)| {
        let paragraph = paragraph.as_ref()?;
        Some(("条款", format!("{rule}：{paragraph}")))
    });
    let quotes = scheme.quotes.iter();
    let quotes = quotes.map(|quote| ("文件原文", format!("{}：{}", quote.paragraph, quote.text)));
    let reports = scheme.reports.iter().map(|report| {
        let text = format!(
            "{}：{}，{}（{}）",
            report.what, report.by, report.when, report.basis
        );
        ("报送", text)
    });
    let on = scheme.eligibility.on.filter(|_| scheme.asks.eligibility);
    let on = on.map(|on| ("处罚期满", format!("以{}为准", day::say(on))));
    paragraphs.chain(quotes).chain(reports).chain(on).collect()
}
