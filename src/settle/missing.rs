//! What is missing: forms that are due and have not come, and how far each society has got.
//!
//! With a list of reviewers a form is due from every one of the group who need not recuse, for every accepted
//! society of the group; without such a list one form per accepted society.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{FormState, ReceivedFile, SettledForm};
use crate::finding::{Code, Explained, Fact, Finding, Reader};
use crate::ground::Ground;
use crate::model::{Keyed, Place, ReviewerId, SocietyId};
use crate::register::Treatment;
use crate::scheme::Basis;

pub const CODES: &[&Code] = &[&SOCIETY_WITHOUT_FORM, &REVIEWER_WITHOUT_FORM];

static SOCIETY_WITHOUT_FORM: Code = Code::warning(
    "M101",
    "society-without-form",
    "没有收到评价表",
    "请向牵头联系单位催报",
    Explained {
        means: "学会名单里应当参评的学会，没有收到一份能认出是它的、填过的评价表。文件名是这个学会、\
            但没有读成或认不出来的，会把文件名一并写明。未交期间不能出正式稿。",
        basis: "2018年附件3（应评的学会）；原则上必须参评的见2018年办法2.2。",
        example: "中国能源研究会：没有收到评价表（第1组，牵头：中国农业机械学会党委），该学会原则\
            上必须参评（办法2.2）。",
        remedy: "先看有没有写错学会名称、没有读成的文件，有就先处理那个文件。确实没有交的，向牵头\
            联系单位催报；不会再来的，在“处理登记”填“不再等”；\
            不参加评价的，填“不参评”。",
    },
);
static REVIEWER_WITHOUT_FORM: Code = Code::warning(
    "M102",
    "reviewer-without-form",
    "以下评价人没有交评价表",
    "请催报",
    Explained {
        means: "评价人名单里该组的评价人，除应回避的和登记为非党员的以外，都应给该组每个受理的学会\
            交一份表，这几位还没有交。没有评价人名单时不查。未交期间不能出正式稿。",
        basis: "本工具约定：有评价人名单的，应交份数按名单计（评分说明·暂计）。",
        example: "中国能源研究会：没有收到评价人乙（中国标准化协会）的评价表。",
        remedy: "对照“缺报与进度”向评价人催报。已经交了、只是姓名或单位的写法与名单不同的，把名单\
            里的写法改一致再运行；不会再来的，在“处理登记”填“不再等”；不需要他评的，在评价人名单里\
            改正组别、补上应回避的学会或删去此人。",
    },
)
.folding()
.implied_by(&SOCIETY_WITHOUT_FORM);

/// A form that is due and has not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    /// Index into the roster.
    pub society: SocietyId,
    /// Index into the roster's reviewers; none where no list of reviewers is kept.
    pub reviewer: Option<ReviewerId>,
}

/// A form that was due and is no longer waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    pub owing: Owing,
    /// The ruling (an index into the register).
    pub ruling: usize,
}

/// What is missing: who owes what, what is no longer waited for, how far each society is, and the findings that say so.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    pub(super) owing: Vec<Owing>,
    pub(super) given_up: Vec<GivenUp>,
    pub(super) progress: Keyed<SocietyId, Progress>,
    pub(super) findings: Vec<Finding>,
}

/// How far a society has got, or a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is due is counted, held, aside or still owed: each form due is one of these.
    pub due: usize,
    pub counted: usize,
    /// Of the forms due, those that wait for a correction.
    pub held: usize,
    /// Of the forms due, those that came and count for nothing as they are: the reviewer must stand aside.
    pub aside: usize,
    /// Of the forms received, those dated within the stage.
    pub in_time: usize,
    /// Forms that a newer version has replaced.
    pub corrected: usize,
}

impl Progress {
    /// Of the forms due, how many have not come.
    #[must_use]
    pub const fn owed(&self) -> usize {
        self.due - self.counted - self.held - self.aside
    }

    /// Of the forms due, how many came.
    #[must_use]
    pub const fn received(&self) -> usize {
        self.counted + self.held + self.aside
    }

    /// Notes one form that is due, by the forms that came for it.
    fn note(&mut self, ground: &Ground, came: &[&SettledForm]) {
        let has = |state| came.iter().any(|form| form.state == state);
        if has(FormState::Counted) {
            self.counted += 1;
        } else if has(FormState::Held) {
            self.held += 1;
        } else {
            self.aside += 1;
        }
        self.in_time += usize::from(came.iter().any(|form| is_in_time(ground, form)));
    }

    /// Of several societies or groups.
    #[must_use]
    pub fn sum<'p>(several: impl IntoIterator<Item = &'p Self>) -> Self {
        several.into_iter().fold(Self::default(), |sum, one| Self {
            due: sum.due + one.due,
            counted: sum.counted + one.counted,
            aside: sum.aside + one.aside,
            in_time: sum.in_time + one.in_time,
            held: sum.held + one.held,
            corrected: sum.corrected + one.corrected,
        })
    }
}

/// How many forms are due for a society.
fn due(ground: &Ground, society: SocietyId) -> usize {
    if ground.roster.reviewers.is_empty() {
        usize::from(ground.roster.societies[society].is_due())
    } else {
        ground.roster.due(society).count()
    }
}

/// Who owes what, what is no longer waited for, per society how far it is, and the findings that say so.
pub(super) fn check<'f, F: Iterator<Item = &'f SettledForm>>(
    ground: &Ground,
    of_society: &impl Fn(SocietyId) -> F,
    files: &[ReceivedFile],
) -> Gaps {
    let mut named_after = None;
    let roster = &ground.roster;
    let mut missing = Gaps {
        progress: Keyed::of(Progress::default(), roster.societies.len()),
        ..Gaps::default()
    };
    for (index, society) in roster.societies.entries() {
        let came: Vec<&SettledForm> = of_society(index)
            // What the clerk set aside stands for nothing.
            .filter(|form| !matches!(form.state, FormState::Blank | FormState::Excluded))
            .collect();
        let own = &mut missing.progress[index];
        own.due = due(ground, index);
        let corrected = came.iter();
        own.corrected = corrected
            .filter(|form| form.state == FormState::Superseded)
            .count();
        if came.is_empty() && society.is_due() && given_up(ground, index, "").is_none() {
            let named_after = named_after.get_or_insert_with(|| named_after_each(ground, files));
            let finding = without_form(ground, index, named_after.get(&index).copied());
            missing.findings.push(finding);
        }
        if roster.reviewers.is_empty() {
            if !society.is_due() {
                continue;
            }
            if came.is_empty() {
                missing.owe(ground, index, None, None);
            } else {
                own.note(ground, &came);
            }
            continue;
        }
        let mut received: BTreeMap<ReviewerId, Vec<&SettledForm>> = BTreeMap::new();
        let unsigned = came.iter().find(|form| is_unsigned(form));
        let unsigned = unsigned.map(|form| &form.place);
        for form in &came {
            if let Some(reviewer) = form.listed {
                received.entry(reviewer).or_default().push(form);
            }
        }
        for (reviewer, _) in roster.due(index) {
            match received.get(&reviewer) {
                Some(own) => missing.progress[index].note(ground, own),
                None => missing.owe(ground, index, Some(reviewer), unsigned),
            }
        }
    }
    missing
}

impl Gaps {
    /// Notes what has not come: it is owed, unless the clerk's register says that it will not come. A form of the society
    /// that came unsigned may be the one.
    fn owe(
        &mut self,
        ground: &Ground,
        society: SocietyId,
        reviewer: Option<ReviewerId>,
        unsigned: Option<&Place>,
    ) {
        let roster = &ground.roster;
        let one = &roster.societies[society];
        let person = reviewer.and_then(|reviewer| roster.reviewers.get(reviewer));
        let owing = Owing { society, reviewer };
        let name = person.map_or("", |person| person.name.as_str());
        if let Some(ruling) = given_up(ground, society, name) {
            self.progress[society].due -= 1;
            self.given_up.push(GivenUp { owing, ruling });
            return;
        }
        self.owing.push(owing);
        if let (Some(reviewer), Some(person)) = (reviewer, person) {
            let fact = Missing::Reviewer {
                reviewer,
                unit: person.unit.clone(),
                unsigned: unsigned.cloned(),
            };
            let finding = Finding::of(fact, Place::default());
            self.findings
                .push(finding.society(&one.name).reviewer(&person.name));
        }
    }
}

/// The ruling (an index) by which a form of the reviewer of this name is no longer waited for; without one, any of the
/// society's.
pub(super) fn given_up(ground: &Ground, society: SocietyId, name: &str) -> Option<usize> {
    ground.register.rulings.iter().position(|ruling| {
        ruling.treatment == Treatment::GivenUp
            && ruling.is_for(name)
            && ground.roster.society_named(&ruling.subject) == Some(society)
    })
}

/// What has not come.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Missing {
    Society {
        #[serde(skip)]
        society: SocietyId,
        must_take_part: bool,
        /// A file named after the society that was not read: to ask again for what lies there would only confuse.
        named_after: Option<Place>,
    },
    Reviewer {
        #[serde(skip)]
        reviewer: ReviewerId,
        unit: String,
        /// A form of the society that names no reviewer: to ask again for what lies there would only confuse.
        #[serde(skip_serializing_if = "Option::is_none")]
        unsigned: Option<Place>,
    },
}

impl Fact for Missing {
    fn code(&self) -> &'static Code {
        match self {
            Self::Society { .. } => &SOCIETY_WITHOUT_FORM,
            Self::Reviewer { .. } => &REVIEWER_WITHOUT_FORM,
        }
    }

    /// Without groups there is no lead to ask.
    fn next(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Society { .. } if !to.ground.scheme.asks.groups => "请催报".to_owned(),
            Self::Society { .. } | Self::Reviewer { .. } => to.words(self.code().next),
        }
    }

    fn tells_people(&self) -> bool {
        matches!(self, Self::Reviewer { .. })
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let ground = to.ground;
        match self {
            Self::Society {
                society,
                must_take_part,
                named_after,
            } => {
                let group = ground.roster.group_of(&ground.roster.societies[*society]);
                let must = if *must_take_part {
                    let basis = Basis::cite(ground.scheme.basis.participation.as_deref());
                    format!("，该{}原则上必须参评{basis}", ground.scheme.object())
                } else {
                    String::new()
                };
                let whose = if group.is_all() {
                    String::new()
                } else {
                    format!("（{}，牵头：{}）", group.label(), group.lead)
                };
                match named_after {
                    Some(file) => format!(
                        "没有收到可用的评价表{whose}；收到过“{}”，见该文件的问题{must}",
                        to.way(file)
                    ),
                    None => format!("没有收到评价表{whose}{must}"),
                }
            }
            Self::Reviewer {
                reviewer, unsigned, ..
            } => {
                let person = &ground.roster.reviewers[*reviewer];
                let unsigned = unsigned.as_ref().map_or(String::new(), |form| {
                    format!(
                        "；收到过没有填评价人的一份“{}”，请先问清是不是这一份",
                        to.way(form)
                    )
                });
                format!(
                    "没有收到{}（{}）的评价表{unsigned}",
                    person.name, person.unit
                )
            }
        }
    }
}

/// The first file that is named after each society.
fn named_after_each<'f>(
    ground: &Ground,
    files: &'f [ReceivedFile],
) -> BTreeMap<SocietyId, &'f ReceivedFile> {
    let mut first = BTreeMap::new();
    for file in files {
        for society in ground.roster.societies_in(file.name()) {
            first.entry(society).or_insert(file);
        }
    }
    first
}

fn without_form(ground: &Ground, index: SocietyId, named_after: Option<&ReceivedFile>) -> Finding {
    let society = &ground.roster.societies[index];
    let fact = Missing::Society {
        society: index,
        must_take_part: society.must_take_part,
        named_after: named_after.map(ReceivedFile::place),
    };
    Finding::of(fact, Place::default()).society(&society.name)
}

/// Whether a form came that names nobody: whose it is has yet to be asked.
#[must_use]
pub fn is_unsigned(form: &SettledForm) -> bool {
    form.reviewer.is_empty() && form.state == FormState::Held
}

/// Dated within the stage the forms belong to.
fn is_in_time(ground: &Ground, form: &SettledForm) -> bool {
    match (form.date, ground.scheme.stage()) {
        (Some(date), Some(stage)) => stage.holds(date),
        _ => false,
    }
}
