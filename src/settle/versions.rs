//! The same society, reviewer and unit twice.
//!
//! The same content counts once. A corrected slip stands for the form it corrects, whatever the dates. Of other
//! differing versions the one that the clerk's register lets stand counts, else the newer, even when it is held: the one
//! whose mail is newer if all came by mail, else the one with the later 评价日期; where these are equal or missing all
//! are held. File times are never used. A form that contradicts itself supersedes nothing.

mod differ;
pub(super) mod fact;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Zoned;
use jiff::civil::Date;

use super::corrections::{Class, Corrections};
use super::persons::{self, Persons};
use super::rulings::{Rulings, Verdict};
use super::{doubts, found};
use crate::check::{Checked, FormState, SettledForm};
use crate::finding::{Code, Explained, Finding, Moot, Severity};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed};
pub(super) use differ::{differences, told};
use fact::{Because, Clock, Version};

pub const CODES: &[&Code] = &[&IDENTICAL, &SUPERSEDED, &CONFLICTING];

static IDENTICAL: Code = Code::note(
    "V101",
    "identical-copy",
    "与另一份内容相同",
    "只计一次",
    Explained {
        means: "同一评价人对同一学会的两份表，分值和各栏意思完全相同（文件格式、文件名可以不同），\
            是同一份表存了两次。只计其中一份，这一份列为“重复件”。",
        basis: "本工具约定（评分说明·重复与更正）：内容相同的计一份。",
        example: "第1组/中国地质学会(1).csv：与“中国地质学会.csv”内容相同。",
        remedy: "不用处理；想整洁的，把重复的一份移出收件文件夹。",
    },
);
static SUPERSEDED: Code = Code::warning(
    "V102",
    "superseded",
    "已被更正件或较新的一份取代",
    "以较晚的一份为准，请核实",
    Explained {
        means: "这一份已经有了更正件（用退回件改好报来的）；或者同一评价人对同一学会交了内容不同的几份，这一份较旧：都是邮件来的，看来件时间；否则看评价日期。\
            以最新的一份为准，即使那一份还须更正。不看文件的修改时间。经办人在“处理登记”里定了以哪份为准的，\
            以登记为准，按“提示”处理。",
        basis: "本工具约定（评分说明·重复与更正）：不同的以较晚的为准：都是邮件来的看来件时间，否则看评价日期。",
        example: "第1组/中国地质学会-旧.csv：评价日期早于“中国地质学会-新.csv”，已被其取代。",
        remedy: "确认较晚的一份就是更正后的表，旧表可以留着。若应以旧表为准，请在“处理登记”对旧\
            表填“以此份为准”，再运行一次。",
    },
);
static CONFLICTING: Code = Code::error(
    "V103",
    "conflicting-versions",
    "同一评价人对同一学会有内容不同的几份，分不出先后",
    "请确认以哪份为准，在“处理登记”中填“以此份为准”，或把另一份移入“作废”文件夹，再运行一次",
    Explained {
        means: "同一评价人对同一学会交了内容不同的几份（或者一个学会交了内容不同的几份自评表，不论谁填的），又不是用退回件改的；不全是邮件来的（或来件时间相同），\
            评价日期（自评表是填报日期）也相同或没有，程序分不出哪份是新的，所以几份都不计，也不看文件的修改时间。",
        basis: "本工具约定（评分说明·重复与更正）：分不出新旧的都暂不计。",
        example: "第1组/中国地质学会-一.csv：与“中国地质学会-二.csv”是同一评价人对同一学会的评价，\
            内容不同，评价日期相同，分不出先后（3.1加分（I16）15，另一份35）。",
        remedy: "问评价人以哪份为准，在“处理登记”对那一份填“以此份为准”，或把另一份移入“作废”文件夹，再运行一次。今后更正的，请评价人把评\
            价日期改成更正当天。",
    },
);

/// Settles duplicates, corrections and versions among the checked forms, and says so. Gives the rulings (indices) as well
/// that contradict one another about versions.
pub(super) fn settle(
    ground: &Ground,
    forms: &mut Keyed<FormKey, Checked>,
    rulings: &Rulings,
) -> (Vec<Finding>, BTreeSet<usize>) {
    let mut findings = Vec::new();
    let mut contradicting = BTreeSet::new();
    let corrections = Corrections::new(forms);
    let mut classes: Vec<Class> = Vec::new();
    // By group: which classes are its versions.
    let mut versions: Vec<Vec<usize>> = Vec::new();
    // Classes that a ruling has decided about.
    let mut decided: BTreeSet<usize> = BTreeSet::new();
    let (groups, unclear) = groups(ground, forms, &corrections, rulings);
    for group in groups {
        let first = classes.len();
        for form in &group {
            let alike = classes[first..]
                .iter_mut()
                .find(|class| forms[class.first()].content == forms[*form].content);
            match alike {
                Some(class) => {
                    let first = class.first();
                    class.push(*form);
                    let of = forms[first].form.place.clone();
                    findings.push(found(
                        ground,
                        Version::Copy { of },
                        (*form, &forms[*form].form),
                    ));
                    set(&mut forms[*form], FormState::Duplicate, first);
                }
                None => classes.push(Class::of(*form)),
            }
        }
        let group_classes = first..classes.len();
        match rulings.verdict(ground, &group) {
            Verdict::Stands(form, ruling) if group_classes.len() > 1 => {
                let by = (form, ruling);
                let (others, said) =
                    ruled(ground, forms, &classes, &group_classes, &corrections, by);
                decided.extend(others);
                findings.extend(said);
            }
            Verdict::Contradicts(rulings) => contradicting.extend(rulings),
            Verdict::Stands(..) | Verdict::Nothing => {}
        }
        versions.push(group_classes.collect());
    }
    // What is in no group can be corrected, too: a form that contradicts itself, or whose society nobody knows.
    let mut grouped: Keyed<FormKey, bool> = Keyed::of(false, forms.len());
    for form in classes.iter().flat_map(Class::forms) {
        grouped[form] = true;
    }
    let alone = forms
        .ids()
        .filter(|form| !grouped[*form] && forms[*form].form.state != FormState::Excluded);
    classes.extend(alone.map(Class::of));
    let mut corrected = corrections.among(ground, forms, &classes);
    corrected.retain(|older, _| !decided.contains(older));
    for (older, newer) in &corrected {
        let (older, newer) = (classes[*older].first(), classes[*newer].first());
        // As was asked for: nothing to look at.
        let said = superseded(ground, forms, (older, newer), Because::Correction);
        findings.push(said.severity(Severity::Note));
        set(&mut forms[older], FormState::Superseded, newer);
    }
    for group in versions {
        let versions: Vec<&Class> = group
            .into_iter()
            .filter(|class| !corrected.contains_key(class) && !decided.contains(class))
            .map(|class| &classes[class])
            .collect();
        if versions.len() < 2 {
            continue;
        }
        let (newest, clock) = newest(ground, forms, &versions);
        // Of equally new ones nobody can tell which counts; what is older than all of them surely does not.
        for older in &versions {
            if let (Some(first), Some(clock)) = (newest.first(), clock)
                && !newest.contains(&older.first())
            {
                let older = older.first();
                let because = Because::Newer(clock);
                findings.push(superseded(ground, forms, (older, *first), because));
                set(&mut forms[older], FormState::Superseded, *first);
            }
        }
        if newest.len() > 1 {
            findings.extend(conflict(ground, forms, &newest, clock));
        }
    }
    findings.extend(doubts::maybe_one(ground, forms, &unclear));
    findings.extend(doubts::returned(ground, forms, &corrections));
    (findings, contradicting)
}

/// The version that the register lets stand, by one of its copies, and what corrects it; the others (indices of
/// classes) give way.
fn ruled(
    ground: &Ground,
    forms: &mut Keyed<FormKey, Checked>,
    classes: &[Class],
    group: &Range<usize>,
    corrections: &Corrections,
    (named, ruling): (FormKey, usize),
) -> (Vec<usize>, Vec<Finding>) {
    forms[named].form.rulings.push(ruling);
    let by = ground.register.rulings[ruling].label();
    let stands = |class: &Class| class.forms().any(|form| form == named);
    let standing = classes[group.clone()].iter().find(|class| stands(class));
    let corrects = |class: &Class| {
        let mut pairs = class.forms().flat_map(|newer| {
            let standing = standing.into_iter().flat_map(Class::forms);
            standing.map(move |older| (newer, older))
        });
        pairs.any(|(newer, older)| corrections.corrects(newer, older))
    };
    let others: Vec<usize> = group
        .clone()
        .filter(|class| !stands(&classes[*class]) && !corrects(&classes[*class]))
        .collect();
    let instead = standing.map_or(named, Class::first);
    let mut findings = Vec::new();
    for other in &others {
        let other = classes[*other].first();
        let because = Because::Ruling(by.clone());
        let said = superseded(ground, forms, (other, named), because);
        findings.push(said.severity(Severity::Note));
        set(&mut forms[other], FormState::Superseded, instead);
    }
    (others, findings)
}

/// That another form stands for one: the older and the newer.
fn superseded(
    ground: &Ground,
    forms: &Keyed<FormKey, Checked>,
    (older, newer): (FormKey, FormKey),
    because: Because,
) -> Finding {
    let by = forms[newer].form.place.clone();
    let class = |form: FormKey| {
        let class = forms[form].form.class?;
        Some(ground.scheme.reviewer_classes.get(class)?.name.clone())
    };
    let classes = class(older).zip(class(newer));
    let classes = classes.filter(|(own, other)| own != other);
    let fact = Version::Superseded {
        by,
        because,
        classes: classes.map(|(own, other)| [own, other]),
    };
    found(ground, fact, (older, &forms[older].form))
}

/// What is wrong with a form that no longer matters is worth knowing, no more: the copy says the same once, the
/// newer version is what counts, and what the clerk has set aside is done with.
pub(super) fn demote(forms: &Keyed<FormKey, Checked>, findings: &mut [Finding]) {
    for finding in findings
        .iter_mut()
        .filter(|finding| !finding.bearing().is_beside())
    {
        let state = finding.form.map(|form| forms[form].form.state);
        match state {
            Some(FormState::Excluded) => finding.close(Moot::Excluded),
            Some(FormState::Superseded | FormState::Duplicate) => finding.close(Moot::Aside),
            _ => {}
        }
    }
}

/// Puts the copies of one content in order: the soundest stands for all.
fn groups(
    ground: &Ground,
    forms: &mut Keyed<FormKey, Checked>,
    corrections: &Corrections,
    rulings: &Rulings,
) -> (Vec<Vec<FormKey>>, Vec<[FormKey; 2]>) {
    let Persons {
        mut groups,
        unclear,
        applied,
    } = persons::among(ground, forms, rulings);
    for (form, ruling) in applied {
        let own = &mut forms[form].form.rulings;
        if !own.contains(&ruling) {
            own.push(ruling);
        }
    }
    for group in &mut groups {
        // Of copies the soundest stands for all, then the latest correction, the newest mail and the one that explains
        // the most: remarks are no part of what is compared. Copies carry longer names, (1) or 副本, so that the plain
        // name is the original.
        group.sort_by_key(|form| {
            let place = &forms[*form].form.place;
            let state = forms[*form].form.state;
            let file = place.within.last().unwrap_or(&place.file);
            let corrected = Reverse(corrections.depth(*form));
            let sent = Reverse(forms[*form].form.sent().cloned());
            let explained = Reverse(explained(&forms[*form].form));
            (
                state,
                forms[*form].form.doubts.len(),
                corrected,
                sent,
                explained,
                file.chars().count(),
                *form,
            )
        });
    }
    (groups, unclear)
}

/// The newest versions, by the forms that stand for them, and what tells that: the time of the mails if all came by
/// mail, else 评价日期. Several where it cannot be told which is the newest; all where a date is missing.
fn newest(
    ground: &Ground,
    forms: &Keyed<FormKey, Checked>,
    versions: &[&Class],
) -> (Vec<FormKey>, Option<Clock>) {
    // A content that came once more is as new as its latest copy.
    let sent = |class: &Class| {
        let sent = class.forms().filter_map(|form| forms[form].form.sent());
        sent.max().cloned()
    };
    let mails: Option<Vec<Zoned>> = versions.iter().map(|class| sent(class)).collect();
    if let Some(mails) = mails {
        return (latest(versions, &mails), Some(Clock::Sent));
    }
    let date = |class: &&Class| forms[class.first()].form.date;
    match versions.iter().map(date).collect::<Option<Vec<Date>>>() {
        Some(dates) => {
            let clock = match ground.scheme.own {
                Some(_) => Clock::Filed,
                None => Clock::Dated,
            };
            (latest(versions, &dates), Some(clock))
        }
        None => (versions.iter().map(|class| class.first()).collect(), None),
    }
}

/// The versions with the latest moment.
fn latest<T: Ord>(versions: &[&Class], moments: &[T]) -> Vec<FormKey> {
    let latest = moments.iter().max();
    let dated = versions.iter().zip(moments);
    dated
        .filter(|(_, moment)| Some(*moment) == latest)
        .map(|(class, _)| class.first())
        .collect()
}

/// Versions of which none is newer than the others; `equal` is what they were compared by, none where a date is missing.
fn conflict(
    ground: &Ground,
    forms: &mut Keyed<FormKey, Checked>,
    versions: &[FormKey],
    equal: Option<Clock>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for version in versions {
        let others = versions.iter().filter(|other| *other != version);
        let others: Vec<&SettledForm> = others.map(|other| &*forms[*other].form).collect();
        let own = &forms[*version].form;
        let with = others.iter().map(|other| other.place.clone()).collect();
        let differing = differences(ground, own, &others);
        let fact = match ground.scheme.own {
            None => Version::Clashing {
                with,
                equal,
                differing,
            },
            Some(_) => Version::OwnClashing {
                with,
                equal,
                differing,
            },
        };
        findings.push(found(ground, fact, (*version, own)));
    }
    for version in versions {
        let form = &mut forms[*version].form;
        form.clashes = versions
            .iter()
            .filter(|other| *other != version)
            .copied()
            .collect();
        if form.state == FormState::Counted {
            form.state = FormState::Held;
        }
    }
    findings
}

/// How many lines say what they rest on or why.
fn explained(form: &SettledForm) -> usize {
    let said = form
        .lines
        .iter()
        .flat_map(|line| [line.evidence(), line.remark()]);
    said.filter(|text| !text.is_empty()).count()
}

fn set(form: &mut Checked, state: FormState, instead: FormKey) {
    form.form.state = state;
    form.form.instead = Some(instead);
}
