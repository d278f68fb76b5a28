//! 暂计: what keeps forms that count from counting for good, and what answers it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::corrections::Corrections;
use super::found;
use crate::check::{Checked, Doubt, FormState, SettledForm};
use crate::finding::{Bearing, Code, Explained, Fact, Finding, Outcome, Reader};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Name, Place};

pub const CODES: &[&Code] = &[&UNSAID, &MAYBE_ONE, &RETURNED];

static UNSAID: Code = Code::warning(
    "R206",
    "recusal-unsaid",
    "有的评价表“有无应回避情形”空着",
    "请核实；没有应回避情形的，可在“处理登记”对一人、一组（如“第1组”）或“全部”填一行“无须回避”",
    Explained {
        means: "有的评价表“有无应回避情形”一栏空着（或表上没有这一栏），不知道评价人是没有应回避情形，还是没有看到这一栏。先按“无”\
            计分，核实之前只是暂计，不能出正式稿。一次运行只提示一次，写明共几份、是哪几份。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；空着的先按“无”计是本工具约定。",
        example: "2份评价表“有无应回避情形”空着：“中国地质学会.csv”、“中国能源研究会.csv”。",
        remedy: "问评价人，或由经办人统一核实。没有应回避情形的，在“处理登记”填一行“无须回避”：文件或学会可填文件名、学会全称、\
            “第1组”或“全部”，只核实一位评价人的，填在“评价人”一栏；这样的一行只答空着的，单位或所填有疑问的另要逐份登记。应当回避的，对那份填“不计入”，另请他人评价。",
    },
);

static MAYBE_ONE: Code = Code::warning(
    "V104",
    "maybe-one-reviewer",
    "与另一份可能是同一评价人填的",
    "请核实是否同一人，在“处理登记”填“同一人”或“不是同一人”",
    Explained {
        means: "对同一学会有两份表，评价人的姓名相同、单位不同，或一个姓名比另一个只多出一个备注（如“张三（大）”）。是同一个人，就\
            只应计一份；是两个人，就都计。程序不猜，两份都计，但只是暂计，不能出正式稿。姓名里的空格、间隔点、繁体字和后面的“同\
            志”“教授”“（组长）”之类不算不同；“李明”和“李明华”是两个人。",
        basis: "本工具约定（评分说明·重复与更正）：同一评价人对同一学会只计一份，分不清的由经办人定。",
        example: "地质二.csv：评价人“张三”（中国水产学会）与“地质一.csv”的“张三”（中国标准化协会党委）可能是同一人。",
        remedy: "问清是不是一个人。是的，在“处理登记”对其中一份填“同一人”，以较晚的一份为准；不是的，填“不是同一人”，以后不再提示。",
    },
);
static RETURNED: Code = Code::warning(
    "V105",
    "returned-as-another",
    "更正件上的学会或评价人与原来的不同",
    "请核实；确是如此的，在“处理登记”填“已核实无误”",
    Explained {
        means: "这一份是用退回件改好报来的，上面写的学会或评价人却与退回的那一份不同。可能是原来填错了，也可能是拿别人的退回件改\
            的。先照常计分，核实之前只是暂计，不能出正式稿。",
        basis: "本工具约定（评分说明·重复与更正）：更正件取代它更正的那一份；换了人或学会的由经办人核实。",
        example: "更正.csv：更正件上的学会或评价人与原来的“原件.csv”不同。",
        remedy: "问清楚为什么换了。确是如此的，在“处理登记”对这份填“已核实无误”，核实事项写“V105”；不是的，对这份填“不计入”，请评价\
            人另报。",
    },
);

/// What keeps forms that count from counting for good.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Doubtful {
    /// Nothing was declared.
    Unsaid { forms: Vec<Place> },
    /// Other forms may be by the same person.
    MaybeOne { own: Signed, others: Vec<Signed> },
    /// A correction that says another society or person than what was sent back.
    Returned { original: Place },
}

/// A form, by where it lies and who filled it.
#[derive(Debug, Clone, Serialize)]
struct Signed {
    place: Place,
    reviewer: String,
    unit: String,
}

impl Signed {
    fn of(form: &SettledForm) -> Self {
        Self {
            place: form.place.clone(),
            reviewer: form.reviewer.clone(),
            unit: form.unit.clone(),
        }
    }

    fn person(&self) -> String {
        format!("“{}”（{}）", self.reviewer, self.unit)
    }
}

impl Fact for Doubtful {
    fn code(&self) -> &'static Code {
        match self {
            Self::Unsaid { .. } => &UNSAID,
            Self::MaybeOne { .. } => &MAYBE_ONE,
            Self::Returned { .. } => &RETURNED,
        }
    }

    fn tells_people(&self) -> bool {
        true
    }

    fn message(&self, to: &Reader<'_>) -> String {
        /// More names than this help nobody; the list of forms has them all.
        const NAMED: usize = 5;
        match self {
            Self::Unsaid { forms } => {
                let named = forms.iter().take(NAMED).map(|place| {
                    let file = Place::file(&place.file, &place.within);
                    format!("“{}”", to.way(&file))
                });
                let named: Vec<String> = named.collect();
                let more = if forms.len() > NAMED { "等" } else { "" };
                format!(
                    "{}份评价表“有无应回避情形”空着：{}{more}",
                    forms.len(),
                    named.join("、")
                )
            }
            Self::MaybeOne { own, others } => {
                let others: Vec<String> = others
                    .iter()
                    .map(|other| format!("“{}”的{}", to.way(&other.place), other.person()))
                    .collect();
                format!("评价人{}与{}可能是同一人", own.person(), others.join("、"))
            }
            Self::Returned { original } => {
                format!(
                    "更正件上的{}或评价人与原来的“{}”不同",
                    to.object(),
                    to.way(original)
                )
            }
        }
    }

    fn taken(&self) -> Option<String> {
        matches!(self, Self::Unsaid { .. }).then(|| "按“无”计".to_owned())
    }

    fn doubt(&self) -> Option<Doubt> {
        Some(match self {
            Self::Unsaid { .. } => Doubt::RecusalUnsaid,
            Self::MaybeOne { .. } => Doubt::Person,
            Self::Returned { .. } => Doubt::Returned,
        })
    }

    fn bearing(&self) -> Bearing {
        Bearing::Beside
    }
}

/// That nothing was declared, once for all forms that count.
pub(super) fn unsaid(forms: &[Checked]) -> Option<Finding> {
    let forms: Vec<Place> = forms
        .iter()
        .map(|one| &one.form)
        .filter(|form| form.state == FormState::Counted)
        .filter(|form| form.doubts.contains(&Doubt::RecusalUnsaid))
        .map(|form| form.place.clone())
        .collect();
    if forms.is_empty() {
        return None;
    }
    let mut finding = Finding::of(Doubtful::Unsaid { forms }, Place::default());
    finding.outcome = Some(Outcome {
        state: FormState::Counted,
        doubtful: true,
    });
    finding.leads = true;
    Some(finding)
}

/// Forms that count beside one another though they may be by one person.
pub(super) fn maybe_one(
    ground: &Ground,
    forms: &mut Keyed<FormKey, Checked>,
    pairs: &[[FormKey; 2]],
) -> Vec<Finding> {
    let mut beside: BTreeMap<FormKey, Vec<FormKey>> = BTreeMap::new();
    let waits = |form: &FormKey| {
        let state = forms[*form].form.state;
        matches!(state, FormState::Counted | FormState::Held)
    };
    for [one, other] in pairs {
        if waits(one) && waits(other) {
            beside.entry(*one).or_default().push(*other);
            beside.entry(*other).or_default().push(*one);
        }
    }
    let mut findings = Vec::new();
    for (form, others) in beside {
        let signed = |form: FormKey| Signed::of(&forms[form].form);
        let fact = Doubtful::MaybeOne {
            own: signed(form),
            others: others.into_iter().map(signed).collect(),
        };
        findings.push(doubted(ground, fact, (form, &mut forms[form])));
    }
    findings
}

/// Slips that came back about another society, or from somebody else, than they were sent for.
pub(super) fn returned(
    ground: &Ground,
    forms: &mut Keyed<FormKey, Checked>,
    corrections: &Corrections,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for newer in forms.ids() {
        let state = forms[newer].form.state;
        if !matches!(state, FormState::Counted | FormState::Held) {
            continue;
        }
        let mut older = corrections.of(newer);
        let Some(older) = older.find(|older| is_another(ground, &forms[*older], &forms[newer]))
        else {
            continue;
        };
        let original = forms[older].form.place.clone();
        let fact = Doubtful::Returned { original };
        findings.push(doubted(ground, fact, (newer, &mut forms[newer])));
    }
    findings
}

/// Whether a correction is about another society, or by somebody else, than what was sent back. What was not said
/// there is filled in.
fn is_another(ground: &Ground, older: &Checked, newer: &Checked) -> bool {
    let (old, new) = (&older.form, &newer.form);
    let name = Name::of(&old.reviewer);
    // Of a society's own form it does not matter who filled it in.
    let is_person = ground.scheme.own.is_none();
    !older.stands_alone && old.society.is_some() && old.society != new.society
        || is_person && !name.is_empty() && name != Name::of(&new.reviewer)
}

/// What was found of a form, which is doubtful by it.
pub(super) fn doubted(
    ground: &Ground,
    fact: impl Fact + 'static,
    (key, form): (FormKey, &mut Checked),
) -> Finding {
    form.form.doubts.extend(fact.doubt());
    found(ground, fact, (key, &form.form))
}
