//! 自评: which of the societies' own forms stands, who has sent none, and where reviewers' points and the facts differ.
//!
//! A society has one form of its own, whoever filled it in: the same content counts once; a corrected slip stands for
//! what it corrects; of other differing ones the newer stands, by mail if all came by mail, else by 填报日期; where these
//! are equal or missing none does, unless the clerk's register says which. Nothing here changes a reviewer's points.

mod among;
mod fact;

use std::collections::BTreeSet;

use super::rulings::Rulings;
use super::{GivenUp, Owing, Pending, SettledForm, found, missing};
use crate::check::FormState;
use crate::finding::{Code, Finding};
use crate::ground::Ground;
use crate::model::{Exact, FormKey, Keyed, LineId, Place, SocietyId};
use crate::scheme::assess::Reckoned;
use crate::scheme::{Answer, Figures, Marks};
pub(super) use among::Among;
use fact::{Against, Lacking};

pub const CODES: &[&Code] = &[&fact::ABOVE, &fact::BELOW, &fact::LACKING];

/// What a row of the register has in the place of a reviewer, to be about a society's own form.
const NAME: &str = "自评表";

/// What came of the societies' own forms.
#[derive(Debug, Clone, Default)]
pub struct Assessments {
    /// In the order of files and tabs.
    pub forms: Vec<Assessed>,
    /// By society: the form (an index) that stands.
    pub standing: Keyed<SocietyId, Option<usize>>,
}

/// A society's own form.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// Its points are those that follow from its answers; where it names other forms, they are the societies' own.
    pub form: SettledForm,
    /// It contradicts itself: it may be another society's.
    pub is_unclear: bool,
    /// By item.
    pub answers: Vec<Option<Answer>>,
    /// By line; none where an answer is missing.
    pub reckoned: Keyed<LineId, Option<Reckoned>>,
}

impl Assessments {
    /// Whether anything has come of a society; what the clerk has set aside stands for nothing.
    #[must_use]
    pub fn has_come(&self, society: SocietyId) -> bool {
        let mut own = self.forms.iter().map(|own| &own.form);
        own.any(|form| {
            form.society == Some(society)
                && !matches!(form.state, FormState::Blank | FormState::Excluded)
        })
    }

    /// The societies that owe one of which nothing has come, with the row of the register (an index) by which they are not
    /// waited for.
    fn absent<'g>(
        &'g self,
        ground: &'g Ground,
    ) -> impl Iterator<Item = (SocietyId, Option<usize>)> + 'g {
        let societies = ground.roster.societies.entries();
        let absent = societies.filter(|(society, one)| one.is_due() && !self.has_come(*society));
        absent.map(|(society, _)| (society, missing::given_up(ground, society, NAME)))
    }

    /// The societies that owe one, have sent none and are still waited for.
    pub fn owing<'g>(&'g self, ground: &'g Ground) -> impl Iterator<Item = SocietyId> + 'g {
        let absent = self.absent(ground).filter(|(_, ruling)| ruling.is_none());
        absent.map(|(society, _)| society)
    }

    /// The form that stands for a society.
    #[must_use]
    pub fn of(&self, society: SocietyId) -> Option<&Assessed> {
        self.forms.get(self.standing[society]?)
    }
}

impl Assessed {
    /// What its facts come to, with what stands above the lines; none where an answer is missing.
    #[must_use]
    pub fn figures(&self, ground: &Ground) -> Option<Figures> {
        Some(Figures::of(&ground.scheme, self.marks()?))
    }

    /// What its facts come to, line by line.
    #[must_use]
    pub fn marks(&self) -> Option<Keyed<LineId, Marks>> {
        let lines = self.reckoned.iter();
        lines
            .map(|line| line.as_ref().map(Reckoned::marks))
            .collect()
    }
}

/// The societies' own forms, settled among themselves, with what is left to say of them.
#[derive(Default)]
pub(super) struct Settled {
    pub(super) forms: Keyed<FormKey, SettledForm>,
    /// By form: it contradicts itself.
    pub(super) unclear: Keyed<FormKey, bool>,
    pub(super) answers: Keyed<FormKey, Vec<Option<Answer>>>,
    pub(super) rulings: Rulings,
    /// Rulings (indices) that contradict one another about versions.
    pub(super) contradicting: BTreeSet<usize>,
    pub(super) findings: Vec<Finding>,
    pub(super) pending: Vec<Pending>,
}

impl Settled {
    /// What came of them; none where none came: a blank form lying about stands for nothing.
    pub(super) fn assessments(self, ground: &Ground) -> Option<Assessments> {
        if self.forms.iter().all(|one| one.state == FormState::Blank) {
            return None;
        }
        let (own, _) = ground.own.as_ref()?;
        let mut standing: Keyed<SocietyId, Option<usize>> =
            Keyed::of(None, ground.roster.societies.len());
        for (key, form) in self.forms.entries() {
            if let Some(society) = form.society
                && form.state == FormState::Counted
                && !self.unclear[key]
            {
                standing[society] = Some(key.place());
            }
        }
        let told = self.unclear.into_iter().zip(self.answers);
        let forms = self.forms.into_iter().zip(told);
        let forms = forms.map(|(form, (is_unclear, answers))| {
            let lines = ground.scheme.lines.ids();
            Assessed {
                reckoned: lines
                    .map(|line| own.reckon(&ground.scheme, line, &answers))
                    .collect(),
                is_unclear,
                form,
                answers,
            }
        });
        Some(Assessments {
            forms: forms.collect(),
            standing,
        })
    }
}

/// Where reviewers give more than the facts allow, or take less than they require.
pub(super) fn compare(
    ground: &Ground,
    forms: &Keyed<FormKey, SettledForm>,
    assessments: &Assessments,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, form) in forms.entries().filter(|(_, form)| form.is_scored()) {
        let own = form.society.and_then(|society| assessments.of(society));
        let Some(own) = own else { continue };
        for ((index, line), reckoned) in form.lines.entries().zip(&own.reckoned) {
            let (Some(marks), Some(reckoned)) = (line.marks(), reckoned) else {
                continue;
            };
            let against = |points: Exact, bound| Against {
                line: index,
                points: points.shown(ground.scheme.precision),
                bound,
                takes: false,
                facts: facts(ground, own, index),
            };
            let code = &ground.scheme.lines[index].code;
            let mut note = |cell, fact| {
                let mut finding = found(ground, fact, (key, form)).line(code);
                finding.place = finding.place.at(cell);
                findings.push(finding);
            };
            if marks.bonus > Exact::from(reckoned.bonus.most) {
                note(line.bonus_cell, against(marks.bonus, reckoned.bonus.most));
            }
            if marks.deduction < Exact::from(reckoned.deduction.least) {
                let against = against(marks.deduction, reckoned.deduction.least);
                let takes = true;
                note(line.deduction_cell, Against { takes, ..against });
            }
        }
    }
    findings
}

/// Which societies have sent nothing of their own that stands for anything, and which of them are not waited for.
pub(super) fn lacking(ground: &Ground, assessments: &Assessments) -> (Vec<Finding>, Vec<GivenUp>) {
    let (mut findings, mut given_up) = (Vec::new(), Vec::new());
    for (society, ruling) in assessments.absent(ground) {
        let Some(ruling) = ruling else {
            let name = &ground.roster.societies[society].name;
            findings.push(Finding::of(Lacking {}, Place::default()).society(name));
            continue;
        };
        let owing = Owing {
            society,
            reviewer: None,
        };
        given_up.push(GivenUp { owing, ruling });
    }
    (findings, given_up)
}

/// The facts of a line, in words: `全年召开党委会次数：2次`.
#[must_use]
pub fn facts(ground: &Ground, own: &Assessed, line: LineId) -> Vec<String> {
    let items = ground
        .own
        .iter()
        .flat_map(|(items, _)| items.items_of(line));
    items
        .filter_map(|(index, item)| {
            let answer = own.answers.get(index)?.as_ref()?;
            Some(format!("{}：{}", item.asks, item.said(answer)))
        })
        .collect()
}
