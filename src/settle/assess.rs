//! 自评: which of the societies' own forms stands, who has sent none, and where reviewers' points and the facts differ.
//!
//! A society has one form of its own: the same content counts once; of differing ones the newer stands, by mail if all
//! came by mail, else by 评价日期; where these are equal or missing none does. Nothing here changes a reviewer's points.

mod fact;

use std::collections::BTreeMap;

use jiff::Zoned;
use jiff::civil::Date;

use super::versions;
use super::{CheckedFile, SettledForm, found};
use crate::check::{Checked, FormState};
use crate::finding::{Code, Fact, Finding, Moot};
use crate::ground::Ground;
use crate::model::{Exact, FormKey, Keyed, LineId, Place, SocietyId};
use crate::scheme::assess::Reckoned;
use crate::scheme::{Answer, Figures, Marks, SelfAssessment};
use fact::{Against, Lacking};
use versions::fact::{Because, Clock, Version};

pub const CODES: &[&Code] = &[&fact::ABOVE, &fact::BELOW, &fact::LACKING];

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
    /// Its points are those that follow from its answers.
    pub form: SettledForm,
    /// It contradicts itself: it may be another society's.
    pub is_unclear: bool,
    /// By item.
    pub answers: Vec<Option<Answer>>,
    /// By line; none where an answer is missing.
    pub reckoned: Keyed<LineId, Option<Reckoned>>,
}

impl Assessments {
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

/// The societies' own forms, taken out of the files they came in.
pub(super) fn taken(received: &mut [CheckedFile]) -> Vec<Checked> {
    let mut own = Vec::new();
    for one in received {
        let here = own.len()..own.len() + one.assessments.len();
        one.file.assessments.extend(here);
        own.append(&mut one.assessments);
    }
    own
}

/// Settles the societies' own forms among themselves, and says what there is to say of them. None where there are none.
pub(super) fn settle(
    ground: &Ground,
    mut own: Vec<Checked>,
    reviews: &Keyed<FormKey, SettledForm>,
    findings: &mut Vec<Finding>,
) -> Option<Assessments> {
    let (assessment, _) = ground.own.as_ref()?;
    let mut groups: BTreeMap<SocietyId, Vec<usize>> = BTreeMap::new();
    for (index, one) in own.iter().enumerate() {
        let is_aside = matches!(one.form.state, FormState::Blank | FormState::Excluded);
        if let Some(society) = one.form.society.filter(|_| !is_aside && !one.stands_alone) {
            groups.entry(society).or_default().push(index);
        }
    }
    let mut standing: Keyed<SocietyId, Option<usize>> =
        Keyed::of(None, ground.roster.societies.len());
    for (society, group) in groups {
        standing[society] = newest(ground, &mut own, group, findings);
    }
    for one in &mut own {
        let state = one.form.state;
        let mut said = std::mem::take(&mut one.findings);
        // What is wrong with a form that no longer matters is worth knowing, no more.
        for finding in said.iter_mut().filter(|one| !one.bearing().is_beside()) {
            match state {
                FormState::Excluded => finding.close(Moot::Excluded),
                FormState::Superseded | FormState::Duplicate => finding.close(Moot::Aside),
                _ => {}
            }
        }
        findings.append(&mut said);
    }
    // A blank form lying about stands for nothing.
    if own.iter().all(|one| one.form.state == FormState::Blank) {
        return None;
    }
    let forms = own.into_iter().map(|one| assessed(ground, assessment, one));
    let assessments = Assessments {
        forms: forms.collect(),
        standing,
    };
    findings.extend(compare(ground, reviews, &assessments));
    Some(assessments)
}

fn assessed(ground: &Ground, own: &SelfAssessment, one: Checked) -> Assessed {
    let answers = one.answers.unwrap_or_default();
    let lines = ground.scheme.lines.ids();
    Assessed {
        reckoned: lines
            .map(|line| own.reckon(&ground.scheme, line, &answers))
            .collect(),
        is_unclear: one.stands_alone,
        form: one.form,
        answers,
    }
}

/// Which of a society's own forms (indices) stands; none where it cannot be told, or is not sound.
fn newest(
    ground: &Ground,
    own: &mut [Checked],
    mut group: Vec<usize>,
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    // Of copies the soundest stands for all, then the one of the plainest name.
    group.sort_by_key(|form| {
        let form = &own[*form].form;
        (
            form.state,
            form.place.file.chars().count(),
            form.place.clone(),
        )
    });
    let mut apart: Vec<usize> = Vec::new();
    for form in group {
        let alike = apart
            .iter()
            .find(|one| own[**one].content == own[form].content);
        let Some(first) = alike.copied() else {
            apart.push(form);
            continue;
        };
        let of = own[first].form.place.clone();
        findings.push(about(ground, Version::Copy { of }, &own[form].form));
        own[form].form.state = FormState::Duplicate;
    }
    if let [only] = apart.as_slice() {
        return Some(*only).filter(|only| own[*only].form.state == FormState::Counted);
    }
    let mails: Option<Vec<Zoned>> = apart
        .iter()
        .map(|one| own[*one].form.sent().cloned())
        .collect();
    let dates: Option<Vec<Date>> = apart.iter().map(|one| own[*one].form.date).collect();
    let (latest, clock) = match (mails, dates) {
        (Some(mails), _) => (latest(&apart, &mails), Some(Clock::Sent)),
        (None, Some(dates)) => (latest(&apart, &dates), Some(Clock::Dated)),
        (None, None) => (apart.clone(), None),
    };
    if let (Some(newer), Some(clock)) = (latest.first().copied(), clock) {
        for older in apart.iter().filter(|one| !latest.contains(one)) {
            let fact = Version::Superseded {
                by: own[newer].form.place.clone(),
                because: Because::Newer(clock),
            };
            findings.push(about(ground, fact, &own[*older].form));
            own[*older].form.state = FormState::Superseded;
        }
    }
    if let [one] = latest.as_slice() {
        return Some(*one).filter(|one| own[*one].form.state == FormState::Counted);
    }
    for version in &latest {
        let with = latest.iter().filter(|other| *other != version);
        let with: Vec<Place> = with.map(|other| own[*other].form.place.clone()).collect();
        let fact = Version::OwnClashing { with, equal: clock };
        findings.push(about(ground, fact, &own[*version].form));
    }
    for version in latest {
        own[version].form.state = FormState::Held;
    }
    None
}

/// What was found about a society's own form as a whole.
fn about(ground: &Ground, fact: impl Fact + 'static, form: &SettledForm) -> Finding {
    let mut finding = Finding::of(fact, form.place.clone());
    finding.society = form
        .society
        .map(|society| ground.roster.societies[society].name.clone());
    finding.reviewer = Some(form.reviewer.clone()).filter(|name| !name.is_empty());
    finding
}

/// The forms with the latest moment.
fn latest<T: Ord>(forms: &[usize], moments: &[T]) -> Vec<usize> {
    let latest = moments.iter().max();
    let dated = forms.iter().zip(moments);
    let dated = dated.filter(|(_, moment)| Some(*moment) == latest);
    dated.map(|(form, _)| *form).collect()
}

/// Where a reviewer gives more than the facts allow, or takes less than they require; and who has sent nothing.
fn compare(
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
    for (society, one) in ground.roster.societies.entries() {
        let mut own = assessments.forms.iter();
        let has_sent =
            own.any(|own| own.form.society == Some(society) && own.form.state != FormState::Blank);
        if one.is_due() && !has_sent {
            let finding = Finding::of(Lacking {}, Place::default());
            findings.push(finding.society(&one.name));
        }
    }
    findings
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
