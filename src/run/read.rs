//! What was received, file by file: opened, read and checked. Sheets are dropped here.

use rayon::prelude::*;

use crate::check::{self, Checked, Company, ReceivedFile};
use crate::finding::{Finding, Reader};
use crate::form::{self, Form};
use crate::ground::Ground;
use crate::intake::{Apart, Content, Defect, Intake, Item, Machine, Patience, Refusal, Shape};
use crate::model::quiet::quietly;
use crate::model::{Tag, fold};
use crate::scheme::Scheme;
use crate::settle::CheckedFile;

/// What one received file holds, read and checked. What is read apart is read one after the other, so that a file full
/// of traps costs no more than one of them, and the same ones every time.
pub(super) fn files_in(grounds: &Grounds<'_>, apart: &Apart, items: Vec<Item>) -> Vec<CheckedFile> {
    let count = items.len();
    let (risky, plain): (Vec<_>, Vec<_>) = (0..)
        .zip(items)
        .partition(|(_, item): &(usize, Item)| item.is_apart());
    let (risky, plain): (Vec<_>, Vec<_>) = rayon::join(
        || {
            let mut patience = Patience::default();
            let read = |(at, item)| (at, guarded(grounds, apart, item, &mut patience));
            risky.into_iter().map(read).collect()
        },
        || {
            let read = |(at, item)| (at, guarded(grounds, apart, item, &mut Patience::default()));
            plain.into_par_iter().map(read).collect()
        },
    );
    let mut received: Vec<(usize, CheckedFile)> = Vec::with_capacity(count);
    received.extend(risky);
    received.extend(plain);
    received.sort_by_key(|(at, _)| *at);
    received.into_iter().map(|(_, file)| file).collect()
}

/// One item, read and checked. Should the program itself fail on it, that is a finding against this one file.
fn guarded(
    grounds: &Grounds<'_>,
    apart: &Apart,
    item: Item,
    patience: &mut Patience,
) -> CheckedFile {
    let source = item.source().clone();
    quietly(|| read_and_check(grounds, &item.read(apart, patience))).unwrap_or_else(|| {
        let failed = Intake {
            source,
            content: Content::Refused(
                Refusal::Unreadable(Defect::Machine(Machine::Failed)),
                Shape::File,
            ),
        };
        read_and_check(grounds, &failed)
    })
}

/// The ground that reviewers' forms stand on, and the one of the societies' own where the year has them.
pub(super) struct Grounds<'g> {
    of_reviewers: Stand<'g>,
    of_societies: Option<Stand<'g>>,
}

/// A ground, and who reads the forms that stand on it.
struct Stand<'g> {
    ground: &'g Ground,
    reader: form::Reader<'g>,
}

impl<'g> Stand<'g> {
    fn of(ground: &'g Ground) -> Self {
        Self {
            ground,
            reader: form::Reader::of(&ground.scheme, &ground.roster),
        }
    }
}

impl<'g> Grounds<'g> {
    pub(super) fn of(of_reviewers: &'g Ground, of_societies: Option<&'g Ground>) -> Self {
        Self {
            of_reviewers: Stand::of(of_reviewers),
            of_societies: of_societies.map(Stand::of),
        }
    }
}

/// One file, read and checked; its sheets are dropped here.
fn read_and_check(grounds: &Grounds<'_>, intake: &Intake) -> CheckedFile {
    let ground = grounds.of_reviewers.ground;
    let (forms, own) = forms_of(intake, grounds);
    let count = forms.len() + own.len();
    let finding = check::file::check(ground, intake, count);
    let is_unread = finding.as_ref().is_some_and(check::file::is_unread);
    let checked = |ground: &Ground, forms: &[(&str, Form)], first: usize| -> Vec<Checked> {
        let company = Company::of(ground, forms.iter().map(|(_, form)| form));
        let forms = (first..).zip(forms);
        forms
            .map(|(number, (sheet, form))| {
                let mut one = check::check(ground, &intake.source, sheet, form, &company);
                one.form.tag = Tag::of(&intake.source.sha256, number);
                one
            })
            .collect()
    };
    // Behind the reviewers' forms of the file, so that no tag means one of each.
    let first_own = forms.len() + 1;
    CheckedFile {
        file: ReceivedFile {
            file: intake.source.file.clone(),
            within: intake.source.within.clone(),
            sha256: intake.source.sha256.clone(),
            size: intake.source.size,
            letter: intake.source.letter.clone(),
            is_holder: matches!(intake.content, Content::Holder(_)),
            scan_of: check::file::scan_of(ground, intake),
            unread: is_unread.then(check::Unread::default),
            forms: Vec::new(),
            assessments: Vec::new(),
            remark: remark(ground, &intake.content, finding.as_ref()),
        },
        forms: checked(ground, &forms, 1),
        assessments: grounds
            .of_societies
            .as_ref()
            .map_or(Vec::new(), |stand| checked(stand.ground, &own, first_own)),
        findings: finding
            .into_iter()
            .chain(check::file::parts(intake, count))
            .collect(),
    }
}

/// Why a file holds no forms, in words; empty where it does.
fn remark(ground: &Ground, content: &Content, finding: Option<&Finding>) -> String {
    match (content, finding) {
        (Content::Holder(holder), None) => {
            format!("{}，里面{}个文件", holder.what.said(), holder.files)
        }
        (_, finding) => finding.map_or(String::new(), |finding| {
            finding.fact.message(&Reader::clerk(ground))
        }),
    }
}

/// Forms, each with the sheet it stands on.
pub(super) type OnSheets<'i> = Vec<(&'i str, Form)>;

/// The forms of a file: the reviewers', and the societies' own, which are told by their headings and their ids.
pub(super) fn forms_of<'i>(
    intake: &'i Intake,
    grounds: &Grounds<'_>,
) -> (OnSheets<'i>, OnSheets<'i>) {
    let (mut reviews, mut own) = (Vec::new(), Vec::new());
    let Content::Sheets(sheets) = &intake.content else {
        return (reviews, own);
    };
    for sheet in sheets {
        let forms = grounds.of_reviewers.reader.read(sheet);
        let has_table = |form: &Form| !form.rows.is_empty();
        let of_societies = match &grounds.of_societies {
            Some(stand) if !forms.iter().all(has_table) || forms.is_empty() => stand
                .reader
                .read(sheet)
                .into_iter()
                .filter(|form| form.told.is_some() || is_of_stage(form, &stand.ground.scheme))
                .collect(),
            _ => Vec::new(),
        };
        // A sheet is one kind's: where the societies' own form is told, what was read of it as a review is not one.
        let keep = |form: &Form| of_societies.is_empty() || has_table(form);
        let on = |form| (sheet.name.as_str(), form);
        reviews.extend(forms.into_iter().filter(keep).map(on));
        own.extend(of_societies.into_iter().map(on));
    }
    (reviews, own)
}

/// Whether the id of a form names the stage that the scheme's forms belong to.
fn is_of_stage(form: &Form, scheme: &Scheme) -> bool {
    let stage = form.id.as_ref().map(|id| fold(&id.value.stage));
    stage.is_some_and(|stage| stage == fold(scheme.stage_name()))
}
