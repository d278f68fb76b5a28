//! One reviewer, two societies, all lines equal: the form was probably copied and only renamed.
//!
//! Both forms count; both are to be looked at.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{Checked, FormState};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Named, Reader};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Name, SocietyId};

pub const CODES: &[&Code] = &[&SAME_LINES];

static SAME_LINES: Code = Code::warning(
    "V201",
    "same-lines-as-another-society",
    "各行分值与同一评价人给另一学会的完全相同",
    "请核实是否复制后忘了修改",
    Explained {
        means: "同一评价人给两个学会的评价表，每一行的加分、减分都一样。碰巧的可能不大，多半是复制\
            一份改了学会名称，忘了改分。",
        basis: "本工具约定：两份都照常计分，请人核实。",
        example: "第1组/中国地质学会.xlsx › 评价表：各行分值与同一评价人给“中国能源研究会”的完全相\
            同。",
        remedy: "把两份表一起发给评价人核对：有复制没改的，请他按实际评价重填，评价日期写重填当天\
            再重报；确实如此的，记在核对清单的“处理意见”里。",
    },
);

/// Other societies for which the same person gave the same points.
#[derive(Debug, Serialize)]
struct SameLines {
    societies: Vec<Named>,
}

impl Fact for SameLines {
    fn code(&self) -> &'static Code {
        &SAME_LINES
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let others = self.societies.iter();
        let others: Vec<String> = others.map(|other| to.society(other.society)).collect();
        format!("各行分值与同一评价人给“{}”的完全相同", others.join("”“"))
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = to.words(
            "各行分值与您给另一个学会填的完全相同。请核实是否复制后忘了修改；确实相同的不用改。",
        );
        Some(Advice::new(fix).about("各行分值"))
    }
}

pub(super) fn check(ground: &Ground, forms: &Keyed<FormKey, Checked>) -> Vec<Finding> {
    let mut alike: BTreeMap<(Name, String, &str), Vec<FormKey>> = BTreeMap::new();
    for (key, one) in forms.entries() {
        let form = &one.form;
        let stands = matches!(
            form.state,
            FormState::Counted | FormState::Held | FormState::Recused | FormState::Ineligible
        );
        let reviewer = Name::of(&form.reviewer);
        let is_whole = form.is_whole();
        if stands && is_whole && !one.stands_alone && form.society.is_some() && !reviewer.is_empty()
        {
            let unit = ground.roster.unit_key(&form.unit);
            let points = one.content.lines();
            alike.entry((reviewer, unit, points)).or_default().push(key);
        }
    }
    let mut findings = Vec::new();
    for group in alike.into_values() {
        for key in &group {
            let form = &forms[*key].form;
            let mut others: Vec<SocietyId> = group
                .iter()
                .filter_map(|other| forms[*other].form.society)
                .filter(|other| form.society != Some(*other))
                .collect();
            others.sort_unstable();
            others.dedup();
            if !others.is_empty() {
                let others = others.into_iter();
                let fact = SameLines {
                    societies: others.map(|other| Named::of(ground, other)).collect(),
                };
                findings.push(super::found(ground, fact, (*key, form)));
            }
        }
    }
    findings
}
