//! 归并: one verdict per form among all forms. Duplicates, versions, copies of another society's form, what is
//! missing, and what the lists hold that met nothing.
//!
//! Knows nothing of sheets; adds up nothing.

mod amend;
pub mod assess;
mod corrections;
mod doubts;
mod due;
mod elsewhere;
mod lists;
mod missing;
mod outcome;
mod pending;
mod persons;
mod rulings;
mod same_lines;
mod scans;
mod versions;
mod vetoes;

use crate::check::Checked;
pub use assess::{Assessed, Assessments};
pub use due::Nobody;
pub use elsewhere::Elsewhere;
pub use missing::{GivenUp, Owing, Progress, is_unsigned};
pub use pending::{Pending, Shown};
use rulings::Rulings;

pub use crate::check::{FormState, ReceivedFile, SettledForm, SettledLine};
use crate::finding::{Code, Fact, Finding};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Place, SocietyId};

/// The codes raised here.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    [
        versions::CODES,
        same_lines::CODES,
        missing::CODES,
        lists::CODES,
        rulings::CODES,
        doubts::CODES,
        elsewhere::CODES,
        vetoes::CODES,
        amend::CODES,
        assess::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// One file, read and checked.
#[derive(Debug)]
pub struct CheckedFile {
    /// Its `forms` and `assessments` are filled in here.
    pub file: ReceivedFile,
    pub forms: Vec<Checked>,
    /// The societies' own.
    pub assessments: Vec<Checked>,
    /// Findings about the file as a whole.
    pub findings: Vec<Finding>,
}

/// Every form with its final verdict.
#[derive(Debug)]
pub struct Settled {
    /// In the order of files and tabs.
    pub forms: Keyed<FormKey, SettledForm>,
    pub files: Vec<ReceivedFile>,
    /// The societies' own forms; none where none came.
    pub assessments: Option<Assessments>,
    /// What waits for the clerk's word.
    pub pending: Vec<Pending>,
    /// Whether most forms are another edition's.
    pub elsewhere: Option<Elsewhere>,
    /// In the order of [`Finding::order`].
    pub findings: Vec<Finding>,
    pub owing: Vec<Owing>,
    /// What is no longer waited for.
    pub given_up: Vec<GivenUp>,
    /// By society of the roster: its forms.
    pub by_society: Keyed<SocietyId, Vec<FormKey>>,
    /// By society of the roster: how many forms are due, and what became of them.
    pub progress: Keyed<SocietyId, Progress>,
    /// Accepted societies for which nobody is there to fill a form that counts.
    pub nobody: Vec<Nobody>,
    /// By society of the roster: the forms that count, in the order of the reviewers: row in the list, then unit and name
    /// by code point.
    pub scored: Keyed<SocietyId, Vec<FormKey>>,
    /// Which vetoes apply (indices into the scheme's).
    pub vetoes: Keyed<SocietyId, Vec<usize>>,
    /// The classes of reviewers (indices) of which nobody's form counts, though others' do.
    pub absent: Keyed<SocietyId, Vec<usize>>,
    /// Points of some form were corrected after it came in.
    pub is_corrected: bool,
    /// Rows of 评分更正单 that were not applied.
    pub not_amended: Vec<String>,
}

/// Settles the checked files, which come in the order of their names, each with those that lie in it.
#[must_use]
pub fn settle(ground: &Ground, received: Vec<Vec<CheckedFile>>) -> Settled {
    let mut findings = Vec::new();
    // Room that is not filled would stay until the end.
    let mut files = Vec::with_capacity(received.iter().map(Vec::len).sum());
    let mut checked: Keyed<FormKey, Checked> = Keyed::default();
    let mut own: Vec<Checked> = Vec::new();
    // Files about which there is something to say, in the order of the files.
    let mut about_files: Vec<(usize, Vec<Finding>)> = Vec::new();
    for mut one in received.into_iter().flatten() {
        let assessments = own.len()..own.len() + one.assessments.len();
        one.file.assessments.extend(assessments);
        own.append(&mut one.assessments);
        for mut form in one.forms {
            let key = checked.next();
            findings.extend(form.findings.drain(..).map(|finding| finding.form(key)));
            one.file.forms.push(key);
            checked.push(form);
        }
        // What is said of the sheet of a form is said of the form.
        for finding in &mut one.findings {
            let sheet = finding.place.at(None);
            let own = one.file.forms.iter().copied();
            let mut on = own.filter(|form| checked[*form].form.place == sheet);
            finding.form = on.next().filter(|_| on.next().is_none());
        }
        about_files.push((files.len(), one.findings));
        files.push(one.file);
    }
    let among = assess::Among::of(ground, own);
    let concerns = rulings::concerns(ground, &checked);
    let beside = among.as_ref().map_or(&[][..], |own| &own.concerns);
    let rulings = Rulings::of(ground, &concerns, &files, beside);
    let mut own = among
        .map(|own| own.settle(&files, &concerns))
        .unwrap_or_default();
    for (index, mut about) in about_files {
        tell_of_file(ground, &rulings, &mut files[index], &mut about);
        findings.append(&mut about);
    }
    let unclear = rulings.apply(ground, &mut checked);
    let (settled, mut contradicting) = versions::settle(ground, &mut checked, &rulings);
    contradicting.append(&mut own.contradicting);
    findings.extend(settled);
    versions::demote(&checked, &mut findings);
    findings.extend(unclear);
    findings.extend(same_lines::check(ground, &checked));
    rulings::verify(ground, &rulings, &mut checked, &mut findings);
    findings.extend(doubts::unsaid(&checked));
    findings.extend(vetoes::disputed(ground, &mut checked));
    let mut forms: Keyed<FormKey, SettledForm> = checked.into_iter().map(|one| *one.form).collect();
    refuse(ground, &mut forms);
    scans::match_up(&mut forms, &files);
    let (amended, not_amended) = amend::apply(ground, &mut forms);
    findings.extend(amended);
    // Nothing below changes whose a form is.
    let by_society = by_society(ground, forms.entries());
    let of_society = |society: SocietyId| by_society[society].iter().map(|form| &forms[*form]);
    let mut missing = missing::check(ground, &of_society, &files);
    findings.append(&mut missing.findings);
    findings.append(&mut own.findings);
    let waiting = std::mem::take(&mut own.pending);
    let told = (std::mem::take(&mut own.rulings), own.forms.clone());
    let assessments = own.assessments(ground);
    let mut given_up = missing.given_up.clone();
    if let Some(assessments) = &assessments {
        findings.extend(assess::compare(ground, &forms, assessments));
        let (lacking, aside) = assess::lacking(ground, assessments);
        findings.extend(lacking);
        given_up.extend(aside);
    }
    let own = Some((&told.0, &told.1));
    findings.extend(rulings.check(ground, &forms, &files, &given_up, &contradicting, own));
    findings.extend(lists::check(ground, &forms));
    findings.extend(vetoes::lacking(ground, &of_society));
    let elsewhere = elsewhere::check(&forms, &mut findings);
    findings.sort_by(|left, right| left.order().cmp(&right.order()));
    outcome::tell(&forms, &mut findings);
    let societies = ground.roster.societies.ids();
    Settled {
        pending: pending::pending(ground, &forms, &files, &findings, waiting),
        nobody: due::nobody(ground, &of_society, &missing),
        vetoes: societies
            .clone()
            .map(|society| vetoes::apply(ground, &of_society, society))
            .collect(),
        absent: societies
            .map(|society| vetoes::absent(ground, of_society(society)))
            .collect(),
        scored: scored(&forms, &by_society),
        is_corrected: forms.iter().any(|form| !form.amended.is_empty()),
        not_amended,
        assessments,
        forms,
        files,
        findings,
        owing: missing.owing,
        given_up: missing.given_up,
        progress: missing.progress,
        elsewhere,
        by_society,
    }
}

/// What the register says of a file, and whose matter it is where nothing could be read of it.
fn tell_of_file(
    ground: &Ground,
    rulings: &Rulings,
    file: &mut ReceivedFile,
    about: &mut [Finding],
) {
    if let Some(unread) = &mut file.unread {
        unread.ruling = rulings.of_file(&Place::file(&file.file, &file.within));
        if let Some(ruling) = unread.ruling {
            rulings::close(ground, ruling, about);
        }
    }
    // A file named after one society is that society's matter, even unread.
    let named = file
        .unread
        .map_or(Vec::new(), |_| ground.roster.societies_in(file.name()));
    if let (Some(unread), [society]) = (&mut file.unread, named.as_slice()) {
        unread.about = Some(*society);
        for finding in about {
            finding.society = Some(ground.roster.societies[*society].name.clone());
        }
    }
}

/// The forms of every society: each is asked for its own, and a nationwide round has thousands.
fn by_society<'f>(
    ground: &Ground,
    forms: impl Iterator<Item = (FormKey, &'f SettledForm)>,
) -> Keyed<SocietyId, Vec<FormKey>> {
    let mut own = Keyed::of(Vec::new(), ground.roster.societies.len());
    for (key, form) in forms {
        if let Some(society) = form.society {
            own[society].push(key);
        }
    }
    own
}

/// Sound forms for societies that are not accepted are scored, and stand apart.
fn refuse(ground: &Ground, forms: &mut [SettledForm]) {
    for form in forms {
        let refused = form
            .society
            .is_some_and(|society| ground.roster.societies[society].ineligible.is_some());
        if form.state == FormState::Counted && refused {
            form.state = FormState::Ineligible;
        }
    }
}

/// What was found about a form as a whole.
fn found(
    ground: &Ground,
    fact: impl Fact + 'static,
    (key, form): (FormKey, &SettledForm),
) -> Finding {
    let mut finding = Finding::of(fact, form.place.clone()).form(key);
    finding.society = form
        .society
        .map(|society| ground.roster.societies[society].name.clone());
    finding.reviewer = Some(form.reviewer.clone()).filter(|name| !name.is_empty());
    finding
}

/// The forms that count for every society, in the order of the reviewers.
fn scored(
    forms: &Keyed<FormKey, SettledForm>,
    by_society: &Keyed<SocietyId, Vec<FormKey>>,
) -> Keyed<SocietyId, Vec<FormKey>> {
    let of_society = |own: &Vec<FormKey>| {
        let own = own.iter().copied();
        let mut scored: Vec<FormKey> = own.filter(|form| forms[*form].counts()).collect();
        scored.sort_by_key(|form| {
            let form = &forms[*form];
            // Whoever is not listed stands behind.
            (
                form.listed.is_none(),
                form.listed,
                &form.unit,
                &form.reviewer,
            )
        });
        scored
    };
    by_society.iter().map(of_society).collect()
}
