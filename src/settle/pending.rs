//! 待处理: what waits for the clerk's word, and what could settle it. Offered, never decided.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::rulings::file_mark;
use super::versions;
use crate::check::{Doubt, FormState, ReceivedFile, SettledForm};
use crate::finding::text::path;
use crate::finding::{Finding, Reader, Severity};
use crate::ground::Ground;
use crate::model::{Exact, FormKey, Keyed, Letter, Place, SocietyId};
use crate::register::{self, Treatment, Verified};

/// 待处理: something that waits for the clerk's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// As 文件或学会 names it: the whole way to the file, with the sheet where the file holds several forms.
    pub subject: String,
    /// Empty for a file of which nothing could be read.
    pub reviewer: String,
    /// What is wrong, in words.
    pub problem: String,
    /// Which treatments could settle it.
    pub treatments: Vec<Treatment>,
    /// 核实事项, where 已核实无误 can settle it.
    pub verify: String,
    /// 校验码: what lay there when this was written.
    pub mark: String,
    /// What it is about, to be held against others.
    pub shown: Shown,
}

/// What a form says that somebody has to decide about, or what is known of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The society's listed name, else what the form says; for a file, the one that its name or its mail's subject speaks
    /// of, or that nothing does.
    pub society: String,
    pub total: Option<Exact>,
    pub date: Option<Date>,
    /// Who sent the mail, and when; empty where it came in none.
    pub sent: String,
    /// In which cells it differs from another version; empty where there is none.
    pub differing: String,
}

/// What waits for a ruling among forms: those that are held, and those that count only for the time being. They lie in
/// `files`, which say which of them are theirs.
pub(super) fn of_forms<'f>(
    ground: &Ground,
    forms: &Keyed<FormKey, SettledForm>,
    files: &'f [ReceivedFile],
    theirs: impl Fn(&'f ReceivedFile) -> Vec<FormKey>,
    findings: &[Finding],
) -> Vec<Pending> {
    let mut of_form: BTreeMap<FormKey, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(form) = finding.form
            && (finding.severity == Severity::Error || is_doubt(finding))
        {
            of_form.entry(form).or_default().push(finding);
        }
    }
    let held = files
        .iter()
        .flat_map(|file| {
            let count = file.forms.len() + file.assessments.len();
            let own = theirs(file).into_iter();
            own.map(move |form| (count, form, &forms[form]))
        })
        .filter(|(_, _, form)| {
            form.state == FormState::Held || form.is_scored() && !form.doubts.is_empty()
        })
        .map(|(count, index, form)| {
            let said = of_form.get(&index).map_or(&[][..], Vec::as_slice);
            let is_held = form.state == FormState::Held;
            let wrong: Vec<&Finding> = said
                .iter()
                .filter(|finding| (finding.severity == Severity::Error) == is_held)
                .copied()
                .collect();
            let whole = Place::file(&form.place.file, &form.place.within);
            let mut problem = problem(ground, &wrong);
            if form.doubts.contains(&Doubt::RecusalUnsaid) && !is_held {
                let separate = if problem.is_empty() { "" } else { "；" };
                problem = format!("{problem}{separate}{}", Doubt::RecusalUnsaid.label());
            }
            let pending = Pending {
                subject: whole_way(if count > 1 { &form.place } else { &whole }),
                reviewer: form.reviewer.clone(),
                problem,
                treatments: treatments(&wrong, &form.doubts),
                verify: verify(ground, &wrong),
                mark: register::mark(&form.fingerprint, form.tag.as_ref()),
                shown: shown(ground, forms, form),
            };
            // Versions stand beside one another, where the first of them would stand.
            let first = form.clashes.iter().copied().min();
            (first.map_or(index, |first| first.min(index)), pending)
        });
    let mut held: Vec<(FormKey, Pending)> = held.collect();
    held.sort_by_key(|(first, _)| *first);
    held.into_iter().map(|(_, pending)| pending).collect()
}

/// What waits for a ruling: reviewers' forms, then the societies' own (`waiting`), then files.
pub(super) fn pending(
    ground: &Ground,
    forms: &Keyed<FormKey, SettledForm>,
    files: &[ReceivedFile],
    findings: &[Finding],
    waiting: Vec<Pending>,
) -> Vec<Pending> {
    let theirs = |file: &ReceivedFile| file.forms.clone();
    let mut pending = of_forms(ground, forms, files, theirs, findings);
    pending.extend(waiting);
    pending.extend(of_files(ground, files, findings));
    pending
}

/// What waits for a ruling among files: those that could not be read.
fn of_files(ground: &Ground, files: &[ReceivedFile], findings: &[Finding]) -> Vec<Pending> {
    let open = || files.iter().filter(|file| file.is_open());
    let unread: BTreeSet<Place> = open().map(ReceivedFile::place).collect();
    let mut of_file: BTreeMap<Place, Vec<&Finding>> = BTreeMap::new();
    let beside = findings.iter();
    for finding in beside.filter(|one| one.form.is_none() && unread.contains(&one.place)) {
        of_file
            .entry(finding.place.clone())
            .or_default()
            .push(finding);
    }
    let files = open().map(|file| {
        let place = file.place();
        Pending {
            subject: whole_way(&place),
            reviewer: String::new(),
            problem: problem(ground, of_file.get(&place).map_or(&[][..], Vec::as_slice)),
            treatments: vec![Treatment::Excluded],
            verify: String::new(),
            mark: file_mark(&file.sha256),
            shown: of_unread(ground, file),
        }
    });
    files.collect()
}

fn shown(ground: &Ground, forms: &Keyed<FormKey, SettledForm>, form: &SettledForm) -> Shown {
    /// A cell of the register holds more than a sentence.
    const SEVERAL: usize = 12;
    let others: Vec<&SettledForm> = form.clashes.iter().map(|other| &forms[*other]).collect();
    let differing = if others.is_empty() {
        String::new()
    } else {
        versions::told(&versions::differences(ground, form, &others), SEVERAL)
    };
    let society = form
        .society
        .map(|society| &ground.roster.societies[society].name);
    Shown {
        society: society.unwrap_or(&form.society_text).clone(),
        total: form.total(&ground.scheme),
        date: form.date,
        sent: form.letter.as_deref().map_or(String::new(), sent),
        differing,
    }
}

/// What is known of a file though nothing could be read of it.
fn of_unread(ground: &Ground, file: &ReceivedFile) -> Shown {
    let name = |society: SocietyId| &ground.roster.societies[society].name;
    let letter = file.letter.as_deref();
    let subject = letter.map_or("", |letter| letter.subject.as_str());
    let society = match (
        file.unread.and_then(|unread| unread.about),
        ground.roster.societies_in(subject).as_slice(),
    ) {
        (Some(society), _) => format!("{}（按文件名）", name(society)),
        (None, [society]) => format!("{}（按邮件主题）", name(*society)),
        (None, _) => format!("（没有读成，看不出是哪个{}的）", ground.scheme.object()),
    };
    Shown {
        society,
        total: None,
        date: None,
        sent: letter.map_or(String::new(), sent),
        differing: String::new(),
    }
}

/// Who sent a mail, and when.
fn sent(letter: &Letter) -> String {
    let words = [letter.sender.clone(), letter.sent_text()];
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The way to a place so that no other one can be meant.
fn whole_way(place: &Place) -> String {
    format!("/{}", path(place))
}

/// The first few things that are wrong.
fn problem(ground: &Ground, findings: &[&Finding]) -> String {
    const FEW: usize = 2;
    let named = findings
        .iter()
        .take(FEW)
        .map(|finding| finding.fact.message(&Reader::clerk(ground)));
    let named = named.collect::<Vec<_>>().join("；");
    if findings.len() > FEW {
        format!("{named}；等{}处", findings.len())
    } else {
        named
    }
}

/// Whether a finding says why a form counts only provisionally.
fn is_doubt(finding: &Finding) -> bool {
    finding.severity == Severity::Warning && finding.fact.doubt().is_some()
}

/// What 已核实无误 would be about.
fn verify(ground: &Ground, findings: &[&Finding]) -> String {
    let clerk = Reader::clerk(ground);
    let can_be = |finding: &&&Finding| {
        let doubt = finding.fact.doubt();
        doubt.is_some_and(|doubt| doubt.answers().contains(&Treatment::Verified))
    };
    let items = findings.iter().filter(can_be).map(|finding| {
        Verified::text(
            finding.code().id,
            finding.place.cell,
            &finding.fact.found(&clerk),
        )
    });
    items.collect::<Vec<_>>().join("；")
}

/// What can settle these errors or doubts. Putting the form aside always does.
fn treatments(findings: &[&Finding], of_form: &BTreeSet<Doubt>) -> Vec<Treatment> {
    let is_held = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    let any = |treatment| {
        let mut findings = findings.iter();
        findings.any(|finding| finding.fact.treatments().contains(&treatment))
    };
    let all = |treatment| {
        let mut findings = findings.iter();
        is_held && findings.all(|finding| finding.fact.treatments().contains(&treatment))
    };
    let mut treatments: Vec<Treatment> = [
        Treatment::Stands,
        Treatment::Alias,
        Treatment::BlankAsZero,
        Treatment::MayScore,
        Treatment::NotSame,
    ]
    .into_iter()
    .filter(|treatment| match treatment {
        // Where something else is wrong as well, it would not help.
        Treatment::BlankAsZero => all(*treatment),
        treatment => any(*treatment),
    })
    .collect();
    for doubt in of_form {
        treatments.extend(doubt.answers());
    }
    treatments.push(Treatment::Excluded);
    let mut seen = BTreeSet::new();
    treatments.retain(|one| seen.insert(one.label()));
    treatments
}
