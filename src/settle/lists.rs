//! What the lists hold: societies that are not accepted (办法7.2), and entries that met nothing.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::check::SettledForm;
use crate::finding::{Code, Explained, Fact, Finding, Reader};
use crate::ground::{Ground, REVIEWERS_FILE};
use crate::model::{CellRef, Place, SocietyId, fold};
use crate::scheme::Basis;

pub const CODES: &[&Code] = &[&INELIGIBLE, &ALIAS_NEVER_MET, &CONFLICT_WITH_UNKNOWN];

static INELIGIBLE: Code = Code::warning(
    "E103",
    "society-ineligible",
    "不予受理",
    "不列入名次；登记有误的，请改正学会名单后重新运行",
    Explained {
        means: "学会名单登记了该学会上年度年检基本合格或不合格、通报批评或停业整顿未整改，或仍在处\
            罚期内。收到的表照常计分，但学会列为“不予受理”，不排名次，不催报。",
        basis: "2018年办法7.2；年检结论看方案中的 eligibility.refused_inspections，处罚期是否届满\
            按 eligibility.on 判断，该日期是本工具约定。",
        example: "中国地质学会：不予受理：上年度年检不合格（办法7.2）。",
        remedy: "核对学会名单的年检、通报、整顿、处罚期几栏是否准确。已经整改完毕或登记有误的，改\
            正名单后重新运行；属实的，不用处理。",
    },
);
static ALIAS_NEVER_MET: Code = Code::note(
    "M201",
    "alias-never-met",
    "名单中的别名没有用到",
    "如已不用，可从名单中删去",
    Explained {
        means: "学会名单的别名栏登记了这个别名，这一轮收到的表、评价人单位和应回避的学会都没有用到\
            它。可能是多余的，也可能是别名写错了字，没有起作用。",
        basis: "本工具约定：名单里没有用到的内容照实提示。",
        example: "学会名单：“中国地质学会”的别名“地质会”没有用到。",
        remedy: "看别名有没有写错字，写错的改正；不再用的可以删去，留着也不影响。",
    },
);
static CONFLICT_WITH_UNKNOWN: Code = Code::warning(
    "M202",
    "conflict-with-unknown",
    "应回避的学会不在学会名单中",
    "该回避未起作用，请核对写法",
    Explained {
        means: "评价人名单注明某人应回避某学会，但这个学会名称在学会名单里没有，也不是别名，所以这\
            一条回避没有起作用，他若评了该学会也查不出来。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）。",
        example: "评价人名单：评价人甲（中国标准化协会）应回避的“中国地志学会”（E2）不在学会名单中。",
        remedy: "核对写法，把名单中的学会改成学会名单里的全称（或在别名栏补上），再运行一次。该学\
            会本来就不参评的，可以不管。",
    },
);

/// What the lists hold.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Listed {
    Ineligible {
        reason: String,
    },
    AliasNeverMet {
        #[serde(skip)]
        society: SocietyId,
        alias: String,
    },
    ConflictWithUnknown {
        #[serde(skip)]
        reviewer: String,
        unit: String,
        /// As the list has it.
        society: String,
        cell: CellRef,
    },
}

impl Fact for Listed {
    fn code(&self) -> &'static Code {
        match self {
            Self::Ineligible { .. } => &INELIGIBLE,
            Self::AliasNeverMet { .. } => &ALIAS_NEVER_MET,
            Self::ConflictWithUnknown { .. } => &CONFLICT_WITH_UNKNOWN,
        }
    }

    fn tells_people(&self) -> bool {
        matches!(self, Self::ConflictWithUnknown { .. })
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Ineligible { reason } => {
                let basis = Basis::cite(to.ground.scheme.basis.eligibility.as_deref());
                format!("不予受理：{reason}{basis}")
            }
            Self::AliasNeverMet { society, alias } => format!(
                "“{}”的别名“{}”没有用到",
                to.society(*society),
                alias.clone()
            ),
            Self::ConflictWithUnknown {
                reviewer,
                unit,
                society,
                cell,
            } => format!(
                "{reviewer}（{unit}）应回避的“{}”（{cell}）不在{}中",
                society.clone(),
                to.ground.scheme.list_name()
            ),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Ineligible { reason } => reason.clone(),
            Self::AliasNeverMet { alias, .. } => alias.clone(),
            Self::ConflictWithUnknown { society, .. } => society.clone(),
        }
    }
}

pub(super) fn check(ground: &Ground, forms: &[SettledForm]) -> Vec<Finding> {
    let roster = &ground.roster;
    let mut findings = Vec::new();
    // As they are written there are far fewer than there are forms.
    let written =
        |text: fn(&SettledForm) -> &str| -> BTreeSet<&str> { forms.iter().map(text).collect() };
    // Asked of aliases, which few lists have.
    let met = LazyCell::new(|| -> BTreeSet<String> {
        let units = written(|form| &form.unit);
        written(|form| &form.society_text)
            .into_iter()
            .map(fold)
            .chain(units.into_iter().map(|unit| roster.bare_unit(unit)))
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
            .collect()
    });
    for (index, society) in roster.societies.entries() {
        if let Some(reason) = &society.ineligible {
            findings.push(
                Finding::of(
                    Listed::Ineligible {
                        reason: reason.clone(),
                    },
                    Place::default(),
                )
                .society(&society.name),
            );
        }
        for alias in &society.aliases {
            if !met.contains(&fold(alias)) && !met.contains(&roster.bare_unit(alias)) {
                let fact = Listed::AliasNeverMet {
                    society: index,
                    alias: alias.clone(),
                };
                findings.push(
                    Finding::of(fact, Place::file(&ground.scheme.list_name(), &[]))
                        .society(&society.name),
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
        let fact = Listed::ConflictWithUnknown {
            unit: reviewer.unit.clone(),
            reviewer: reviewer.name.clone(),
            society: conflict.name.value.clone(),
            cell: conflict.name.cell,
        };
        findings.push(Finding::of(fact, Place::file(REVIEWERS_FILE, &[])).reviewer(&reviewer.name));
    }
    findings
}
