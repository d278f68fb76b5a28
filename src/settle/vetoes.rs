//! 一票否决 and classes of reviewers, among all forms of a society: which vetoes apply, and whether anybody of every
//! class came.
//!
//! What the list says of a veto stands over the forms. Where the list says nothing, a veto that any form states applies
//! that counts or is held; where others deny it, or it is held, somebody has to look.

use serde::Serialize;

use super::by_society;
use crate::check::{Checked, FormState, SettledForm};
use crate::finding::{Code, Doubt, Explained, Fact, Finding, Reader};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Place, SocietyId};

pub const CODES: &[&Code] = &[&DISPUTED, &CLASS_ABSENT];

pub(super) static DISPUTED: Code = Code::warning(
    "E202",
    "veto-disputed",
    "一票否决的填法还没有核实",
    "先按“有”处理，请核实，在名单的“一票否决”一栏写明（没有的写“无”）",
    Explained {
        means: "对同一单位，有的表填了有一票否决的情形，有的填无；或者只有待更正的表填了有。程序不按多数，先按有处理，核实之前只是暂计，不能出正式稿。",
        basis: "本工具约定：否决的情形有一份表填了就先适用，这份表因别的问题待更正的也一样；名单写明的，以名单为准。",
        example: "部门甲：一票否决“发生责任事故”，1份填有、1份填无。",
        remedy: "查明有没有这一情形，在名单该单位的“一票否决”一栏写上否决项的名称，没有的写“无”，再运行一次。",
    },
);
static CLASS_ABSENT: Code = Code::warning(
    "M103",
    "reviewer-class-absent",
    "有一类评价人一份都没有计入，没有总分",
    "请催齐这一类评价人的表；不会来的，须先改评价方案的权重",
    Explained {
        means: "评价方案按评价人类别加权，有一类一份计入的表都没有。缺的一类不能由别的类顶替，也不悄悄改权重，所以没有总分，不排名次。",
        basis: "本工具约定：缺一类评价人的，没有总分。",
        example: "部门甲：没有“同级”的评价表计入。",
        remedy: "催齐这一类评价人的表后再运行一次。这一类确实不参加的，由有权的人改评价方案中各类的权重，所有单位一起改。",
    },
);

/// Something to be settled about a society.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Unsettled {
    Disputed {
        veto: String,
        said: usize,
        denied: usize,
        /// Those among the first that do not count yet.
        held: usize,
    },
    Absent {
        class: String,
    },
}

impl Fact for Unsettled {
    fn code(&self) -> &'static Code {
        match self {
            Self::Disputed { .. } => &DISPUTED,
            Self::Absent { .. } => &CLASS_ABSENT,
        }
    }

    fn doubt(&self) -> Option<Doubt> {
        match self {
            Self::Disputed { .. } => Some(Doubt::Veto),
            Self::Absent { .. } => None,
        }
    }

    fn message(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Disputed {
                veto,
                said,
                denied,
                held,
            } => {
                let held = match held {
                    0 => String::new(),
                    held => format!("（其中{held}份待更正）"),
                };
                format!("一票否决“{veto}”，{said}份填有{held}、{denied}份填无")
            }
            Self::Absent { class } => format!("没有“{class}”的评价表计入"),
        }
    }
}

/// Whether what it says of vetoes has to be looked at: it counts, or is held and may yet.
fn stands(form: &SettledForm) -> bool {
    form.is_scored() || form.state == FormState::Held
}

/// Which vetoes (indices into the scheme's) apply to a society.
pub(super) fn apply<'f, F: Iterator<Item = &'f SettledForm>>(
    ground: &Ground,
    of_society: &impl Fn(SocietyId) -> F,
    society: SocietyId,
) -> Vec<usize> {
    if let Some(listed) = &ground.roster.societies[society].vetoes {
        return listed.clone();
    }
    let is_said = |veto: &usize| {
        // What a form says that is held for something else is said all the same, until somebody rules on it.
        let mut standing = of_society(society).filter(|form| stands(form));
        standing.any(|form| form.vetoes.get(*veto) == Some(&Some(true)))
    };
    (0..ground.scheme.vetoes.len()).filter(is_said).collect()
}

/// Vetoes on which the forms of a society disagree; its forms count only provisionally then.
pub(super) fn disputed(ground: &Ground, forms: &mut Keyed<FormKey, Checked>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if ground.scheme.vetoes.is_empty() {
        return findings;
    }
    let by_society = by_society(ground, forms.entries().map(|(key, one)| (key, &*one.form)));
    for (society, listed) in ground.roster.societies.entries() {
        if listed.vetoes.is_some() {
            continue;
        }
        for (index, veto) in ground.scheme.vetoes.iter().enumerate() {
            let answers = |wanted: bool, is_such: fn(&SettledForm) -> bool| {
                let own = by_society[society].iter().map(|form| &forms[*form].form);
                own.filter(|form| is_such(form))
                    .filter(|form| form.vetoes.get(index) == Some(&Some(wanted)))
                    .count()
            };
            let (said, denied) = (
                answers(true, stands),
                answers(false, SettledForm::is_scored),
            );
            let held = said - answers(true, SettledForm::is_scored);
            let is_by_held_alone = said > 0 && held == said;
            if said == 0 || denied == 0 && !is_by_held_alone {
                continue;
            }
            let fact = Unsettled::Disputed {
                veto: veto.name.clone(),
                said,
                denied,
                held,
            };
            for form in &by_society[society] {
                let form = &mut forms[*form].form;
                if form.state == FormState::Counted {
                    form.doubts.extend(fact.doubt());
                }
            }
            findings.push(Finding::of(fact, Place::default()).society(&listed.name));
        }
    }
    findings
}

/// The classes of reviewers (indices) of which no form counts, for a society of which some do; these are its forms.
pub(super) fn absent<'f>(
    ground: &Ground,
    own: impl Iterator<Item = &'f SettledForm>,
) -> Vec<usize> {
    let counted: Vec<&SettledForm> = own.filter(|form| form.is_scored()).collect();
    if counted.is_empty() {
        return Vec::new();
    }
    let is_absent = |class: &usize| !counted.iter().any(|form| form.class == Some(*class));
    (0..ground.scheme.reviewer_classes.len())
        .filter(is_absent)
        .collect()
}

/// Each of them said, unless a form that is held is of the class, or may be: what is wrong with that is the cause.
pub(super) fn lacking<'f, F: Iterator<Item = &'f SettledForm>>(
    ground: &Ground,
    of_society: &impl Fn(SocietyId) -> F,
) -> Vec<Finding> {
    let societies = ground.roster.societies.entries();
    societies
        .flat_map(|(society, listed)| {
            let may_come = |class: &usize| {
                let mut held = of_society(society).filter(|form| form.state == FormState::Held);
                held.any(|form| form.class.is_none_or(|of| of == *class))
            };
            absent(ground, of_society(society))
                .into_iter()
                .filter(|class| !may_come(class))
                .map(|class| {
                    let class = ground.scheme.reviewer_classes[class].name.clone();
                    Finding::of(Unsettled::Absent { class }, Place::default()).society(&listed.name)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}
