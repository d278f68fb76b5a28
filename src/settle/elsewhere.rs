//! Whether this is the wrong year altogether: most forms carry the id of another edition.
//!
//! That is one cause, and said once. What else is wrong with those forms does not matter: nobody has to correct them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::check::{FormState, SettledForm};
use crate::finding::{Bearing, Code, Explained, Fact, Finding, Moot, Reader};
use crate::model::{FormKey, Keyed, Place};

pub const CODES: &[&Code] = &[&WRONG_YEAR];

static WRONG_YEAR: Code = Code::error(
    "F104",
    "wrong-year",
    "收到的评价表多数不属于现用的评价方案",
    "没有排名，也没有写退回件；请用 --scheme 指定这些表所属的年度目录，再运行一次",
    Explained {
        means: "一半以上的评价表（看得出表单编号的）属于别的方案、阶段或另一版指标。这多半不是各人填错了表，而是\
            运行时用错了年度目录，所以只说这一条，不逐份要求重填，也不出排名和退回件。",
        basis: "本工具约定：表单编号能认出的表中，一半以上不属于现用方案的，按用错年度处理。",
        example: "收到的评价表多数不属于现用的评价方案：看得出编号的3份中有2份不是“cast-2018·初评”的现行表，其中2份属于方案“cast-2017”。",
        remedy: "用 --scheme 指明这些表所属年度的目录，再运行一次。确实都填错了表的，\
            请把本年度的空白表重新发给各组；对的表先单独放一个文件夹运行。",
    },
);

/// Most forms are another edition's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// Forms whose id can be read, and how many of them are another edition's.
    pub readable: usize,
    pub other: usize,
    /// The scheme that most of those name, and how many do.
    pub scheme: String,
    pub of_scheme: usize,
}

impl Fact for Elsewhere {
    fn code(&self) -> &'static Code {
        &WRONG_YEAR
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let scheme = &to.ground.scheme;
        format!(
            "{}：看得出编号的{}份中有{}份不是“{}·{}”的现行表，其中{}份属于方案{}",
            WRONG_YEAR.states,
            self.readable,
            self.other,
            scheme.id,
            scheme.stage_name(),
            self.of_scheme,
            crate::finding::text::quote(&self.scheme)
        )
    }

    fn bearing(&self) -> Bearing {
        Bearing::OtherEdition
    }
}

/// Whether most forms are another edition's; then every other finding about those is closed.
pub(super) fn check(
    forms: &Keyed<FormKey, SettledForm>,
    findings: &mut Vec<Finding>,
) -> Option<Elsewhere> {
    let filled = || forms.iter().filter(|form| form.state != FormState::Blank);
    let readable = filled().filter(|form| form.of_scheme.is_some()).count();
    let others: BTreeSet<FormKey> = findings
        .iter()
        .filter(|finding| finding.bearing() == Bearing::OtherEdition)
        .filter_map(|finding| finding.form)
        .collect();
    if others.len() * 2 <= readable {
        return None;
    }
    let mut schemes: BTreeMap<&str, usize> = BTreeMap::new();
    let named = others.iter().map(|form| forms[*form].of_scheme.as_deref());
    for scheme in named.flatten() {
        *schemes.entry(scheme).or_default() += 1;
    }
    let (scheme, of_scheme) = schemes.into_iter().max_by_key(|(_, count)| *count)?;
    let elsewhere = Elsewhere {
        readable,
        other: others.len(),
        scheme: scheme.to_owned(),
        of_scheme,
    };
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.form.is_some_and(|form| others.contains(&form)))
    {
        finding.close(Moot::Elsewhere);
    }
    findings.push(Finding::of(elsewhere.clone(), Place::default()));
    Some(elsewhere)
}
