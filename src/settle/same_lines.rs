//! One reviewer, two societies, all lines equal: the form was probably copied and only renamed.
//!
//! Both forms count; both are to be looked at.

use std::collections::BTreeMap;

use crate::check::{Checked, FormState};
use crate::finding::{Code, Finding};
use crate::ground::Ground;
use crate::model::fold;

pub const CODES: &[&Code] = &[&SAME_LINES];

static SAME_LINES: Code = Code::warning(
    "V201",
    "same-lines-as-another-society",
    "各行分值与同一评价人给另一学会的完全相同",
    "照常计分，请核实是否复制后忘了修改",
);

pub(super) fn check(ground: &Ground, forms: &[Checked]) -> Vec<Finding> {
    let mut alike: BTreeMap<(String, String, &[String]), Vec<&Checked>> = BTreeMap::new();
    let lines = ground.scheme.lines.len() * 2;
    for one in forms {
        let form = &one.form;
        let stands = matches!(
            form.state,
            FormState::Counted | FormState::Held | FormState::Recused | FormState::Ineligible
        );
        let reviewer = fold(&form.reviewer);
        let is_whole = form.total().is_some();
        if stands && is_whole && !one.contradicts && form.society.is_some() && !reviewer.is_empty()
        {
            let unit = ground.roster.unit_key(&form.unit);
            let points = one.content.get(..lines).unwrap_or_default();
            alike.entry((reviewer, unit, points)).or_default().push(one);
        }
    }
    let mut findings = Vec::new();
    for group in alike.into_values() {
        for one in &group {
            let mut others: Vec<&str> = group
                .iter()
                .filter(|other| other.form.society != one.form.society)
                .filter_map(|other| other.form.society)
                .map(|society| ground.roster.societies[society].name.as_str())
                .collect();
            others.sort_unstable();
            others.dedup();
            if let (false, Some(society)) = (others.is_empty(), one.form.society) {
                let message = format!("各行分值与同一评价人给“{}”的完全相同", others.join("”“"));
                findings.push(
                    Finding::new(&SAME_LINES, one.form.place.clone(), message)
                        .society(&ground.roster.societies[society].name)
                        .reviewer(&one.form.reviewer),
                );
            }
        }
    }
    findings
}
