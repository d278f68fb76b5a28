//! What the lists hold: societies that are not accepted (办法7.2), and entries that met nothing.

use std::collections::BTreeSet;

use crate::check::SettledForm;
use crate::finding::{Code, Finding};
use crate::ground::{Ground, REVIEWERS_FILE, SOCIETIES_FILE};
use crate::model::{Place, fold};
use crate::scheme::Basis;

pub const CODES: &[&Code] = &[&INELIGIBLE, &ALIAS_NEVER_MET, &CONFLICT_WITH_UNKNOWN];

static INELIGIBLE: Code = Code::warning(
    "E103",
    "society-ineligible",
    "不予受理",
    "照常计分，不列入名次",
);
static ALIAS_NEVER_MET: Code = Code::note(
    "M201",
    "alias-never-met",
    "名单中的别名没有用到",
    "如已不用，可从名单中删去",
);
static CONFLICT_WITH_UNKNOWN: Code = Code::warning(
    "M202",
    "conflict-with-unknown",
    "应回避的学会不在学会名单中",
    "该回避未起作用，请核对写法",
);

pub(super) fn check(ground: &Ground, forms: &[SettledForm]) -> Vec<Finding> {
    let roster = &ground.roster;
    let basis = Basis::cite(ground.scheme.basis.eligibility.as_deref());
    let mut findings = Vec::new();
    let met: BTreeSet<String> = forms
        .iter()
        .flat_map(|form| [fold(&form.society_text), roster.bare_unit(&form.unit)])
        // An alias that a recusal hangs on is used, too.
        .chain(
            roster
                .reviewers
                .iter()
                .map(|reviewer| roster.bare_unit(&reviewer.unit)),
        )
        .chain(
            roster
                .written_conflicts
                .iter()
                .map(|conflict| roster.bare_unit(&conflict.name.value)),
        )
        .collect();
    for society in &roster.societies {
        if let Some(reason) = &society.ineligible {
            findings.push(
                Finding::new(
                    &INELIGIBLE,
                    Place::default(),
                    format!("不予受理：{reason}{basis}"),
                )
                .society(&society.name)
                .found(reason.clone()),
            );
        }
        for alias in &society.aliases {
            if !met.contains(&fold(alias)) && !met.contains(&roster.bare_unit(alias)) {
                let message = format!("“{}”的别名“{alias}”没有用到", society.name);
                findings.push(
                    Finding::new(&ALIAS_NEVER_MET, Place::file(SOCIETIES_FILE, &[]), message)
                        .society(&society.name)
                        .found(alias.clone()),
                );
            }
        }
    }
    for conflict in roster
        .written_conflicts
        .iter()
        .filter(|one| one.society.is_none())
    {
        let reviewer = &roster.reviewers[conflict.reviewer];
        let name = &conflict.name;
        let message = format!(
            "{}（{}）应回避的“{}”（{}）不在学会名单中",
            reviewer.name, reviewer.unit, name.value, name.cell
        );
        findings.push(
            Finding::new(
                &CONFLICT_WITH_UNKNOWN,
                Place::file(REVIEWERS_FILE, &[]),
                message,
            )
            .reviewer(&reviewer.name)
            .found(name.value.clone()),
        );
    }
    findings
}
