//! An invented outcome for the tests of the reports: every state a society and a form can be in.

mod forms;

pub use forms::Told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::date;

use crate::ground::Ground;
use crate::intake::{self, Content, Sheet, Source, Value};
use crate::model::{CellRef, FormKey, GroupId, Keyed, Points, ReviewerId, SocietyId};
use crate::rank::{
    self, Cause, GroupSpread, Merit, Open, Owing, Progress, Rank, SocietyState, Standing, Standings,
};
use crate::roster::{ReviewGroup, Reviewer, Society};
use crate::score::{self, ScoredForm};
use crate::settle::{FormState, ReceivedFile, SettledForm};

/// The built-in year with three reviewers per group, one society not accepted and one that must take part.
pub(crate) fn ground() -> Ground {
    let mut ground = Ground::load(None, &[]).expect("the built-in year is sound");
    let roster = &mut ground.roster;
    roster.societies[SocietyId::at(3)].ineligible = Some("上年度年检基本合格".to_owned());
    roster.societies[SocietyId::at(8)].must_take_part = true;
    for (at, group) in roster.groups.iter().enumerate() {
        let lead = &group.lead;
        for (surname, unit) in [
            ("赵", lead.as_str()),
            ("钱", "科技社团党委"),
            ("孙", "中国力学会党委"),
        ] {
            roster.reviewers.push(Reviewer {
                name: format!(
                    "{surname}{}",
                    ["一", "二", "三", "四", "五", "六", "七"][at % 7]
                ),
                unit: unit.to_owned(),
                group: Some(GroupId::at(at)),
                class: None,
                member: Some(true),
                conflicts: Vec::new(),
                unknown_conflicts: Vec::new(),
                email: String::new(),
            });
        }
    }
    ground
}

/// A year of `groups` groups with `each` societies.
pub(crate) fn large_ground(groups: usize, each: usize) -> Ground {
    let mut ground = ground();
    let roster = &mut ground.roster;
    roster.reviewers = Keyed::default();
    roster.groups = (1..)
        .take(groups)
        .map(|number| ReviewGroup {
            number,
            lead: format!("第{number}牵头学会党委"),
        })
        .collect();
    let model = roster.societies[SocietyId::at(0)].clone();
    roster.societies = (0..groups * each)
        .map(|index| Society {
            name: format!("中国第{index}学会"),
            group: GroupId::at(index / each),
            ..model.clone()
        })
        .collect();
    ground
}

fn standing(ground: &Ground, forms: &Keyed<FormKey, SettledForm>, society: SocietyId) -> Standing {
    let own: Vec<FormKey> = forms
        .ids()
        .filter(|form| forms[*form].society == Some(society))
        .collect();
    let scored: Vec<&SettledForm> = own
        .iter()
        .map(|form| &forms[*form])
        .filter(|form| form.is_scored())
        .collect();
    let forms_scored: Vec<ScoredForm> = scored
        .iter()
        .map(|form| ScoredForm {
            class: None,
            lines: form.counting().expect("scored"),
        })
        .collect();
    let result = score::score_forms(&ground.scheme, &forms_scored);
    let state = if ground.roster.societies[society].ineligible.is_some() {
        SocietyState::Ineligible
    } else if result.is_some() {
        SocietyState::Ranked
    } else if own.is_empty() {
        SocietyState::Missing
    } else {
        SocietyState::Held
    };
    let mut recommended: BTreeMap<u32, usize> = BTreeMap::new();
    for stars in scored.iter().filter_map(|form| form.recommended) {
        *recommended.entry(stars).or_default() += 1;
    }
    let counted = scored
        .iter()
        .filter(|form| form.state == FormState::Counted)
        .count();
    let due: BTreeSet<ReviewerId> = ground
        .roster
        .due(society)
        .map(|(reviewer, _)| reviewer)
        .collect();
    let forms_due = due
        .len()
        .max(usize::from(ground.roster.reviewers.is_empty()));
    let due_counted = if ground.roster.reviewers.is_empty() {
        counted.min(forms_due)
    } else {
        let counted = scored
            .iter()
            .filter(|form| form.state == FormState::Counted);
        counted
            .filter_map(|form| form.listed)
            .filter(|reviewer| due.contains(reviewer))
            .count()
    };
    let held = own
        .iter()
        .filter(|form| forms[**form].state == FormState::Held)
        .count();
    let held_due = held.min(forms_due - due_counted);
    let is_ranked = state == SocietyState::Ranked;
    Standing {
        society,
        state,
        provisional: [
            (due_counted < forms_due, Cause::Owed),
            (held > 0, Cause::Held),
        ]
        .into_iter()
        .filter(|(holds, _)| is_ranked && *holds)
        .map(|(_, cause)| cause)
        .collect(),
        progress: Progress {
            due: forms_due,
            counted: due_counted,
            held: held_due,
            aside: (own.len() - counted - held).min(forms_due - due_counted - held_due),
            in_time: counted,
            corrected: 0,
        },
        held,
        doubtful: 0,
        forms_counted: counted,
        rank: None,
        rank_in_group: None,
        held_down: None,
        vetoes: Vec::new(),
        lacks_own: false,
        absent: Vec::new(),
        would_be_rank: None,
        result,
        recommended: recommended.into_iter().rev().collect(),
        forms: own,
    }
}

/// Ranks those of `which` (indices) that are ranked; gives their order.
fn ranked(
    ground: &Ground,
    societies: &mut Keyed<SocietyId, Standing>,
    which: &[SocietyId],
    set: impl Fn(&mut Standing, Rank),
) -> Vec<SocietyId> {
    let which: Vec<SocietyId> = which
        .iter()
        .copied()
        .filter(|society| societies[*society].state == SocietyState::Ranked)
        .collect();
    let merits: Vec<Merit> = which
        .iter()
        .map(|society| {
            rank::merit(
                &ground.scheme,
                societies[*society].result.as_ref().expect("ranked"),
            )
        })
        .collect();
    for (society, rank) in which.iter().zip(rank::ranks(&merits)) {
        set(&mut societies[*society], rank);
    }
    rank::order(&merits)
        .into_iter()
        .map(|at| which[at])
        .collect()
}

/// The files that the forms lie in, and one that holds none.
fn files(forms: &Keyed<FormKey, SettledForm>) -> Vec<ReceivedFile> {
    let mut files: BTreeMap<String, ReceivedFile> = BTreeMap::new();
    for (index, form) in forms.entries() {
        files
            .entry(form.place.file.clone())
            .or_insert_with(|| ReceivedFile {
                file: form.place.file.clone(),
                within: Vec::new(),
                sha256: form.sha256.clone(),
                size: 20_480,
                assessments: Vec::new(),
                forms: Vec::new(),
                letter: None,
                is_holder: false,
                scan_of: None,
                unread: None,
                remark: String::new(),
            })
            .forms
            .push(index);
    }
    let mut files: Vec<ReceivedFile> = files.into_values().collect();
    files.push(ReceivedFile {
        file: "通知.pdf".to_owned(),
        within: Vec::new(),
        sha256: String::new(),
        size: 1024,
        assessments: Vec::new(),
        forms: Vec::new(),
        letter: None,
        is_holder: false,
        scan_of: None,
        unread: None,
        remark: "PDF 文件".to_owned(),
    });
    files
}

/// The outcome on `ground`.
pub(crate) fn standings(ground: &Ground) -> Standings<'_> {
    let roster = &ground.roster;
    let forms = forms::forms(ground);
    let mut societies: Keyed<SocietyId, Standing> = roster
        .societies
        .ids()
        .map(|society| standing(ground, &forms, society))
        .collect();
    let all: Vec<SocietyId> = societies.ids().collect();
    let order = ranked(ground, &mut societies, &all, |standing, rank| {
        standing.rank = Some(rank);
    });
    let mut order_in_group = Keyed::default();
    let (mut progress, mut spread) = (Keyed::default(), Vec::new());
    for group in roster.groups.ids() {
        let members: Vec<SocietyId> = roster
            .societies_of(group)
            .map(|(society, _)| society)
            .collect();
        let order = ranked(ground, &mut societies, &members, |standing, rank| {
            standing.rank_in_group = Some(rank);
        });
        let totals: Vec<Points> = order
            .iter()
            .filter_map(|society| societies[*society].result.as_ref())
            .map(|result| result.total)
            .collect();
        let sum: Points = totals.iter().copied().sum();
        spread.push(GroupSpread {
            group,
            ranked: order.len(),
            mean: (!totals.is_empty())
                .then(|| sum.decimal() / rust_decimal::Decimal::from(totals.len())),
            highest: totals.iter().max().copied(),
            lowest: totals.iter().min().copied(),
        });
        let own = members.iter().map(|society| &societies[*society].progress);
        progress.push(Progress::sum(own));
        order_in_group.push(order);
    }
    if let Some(standing) = societies
        .iter_mut()
        .find(|standing| standing.state == SocietyState::Ineligible)
    {
        standing.would_be_rank = Some(5);
    }
    let recommended = societies.iter().map(|one| one.recommended.clone());
    let recommendations = recommended.collect();
    let files = files(&forms);
    let owing = if roster.societies.len() > 8 {
        [3, 4]
            .map(|reviewer| Owing {
                society: SocietyId::at(8),
                reviewer: (reviewer < roster.reviewers.len()).then_some(ReviewerId::at(reviewer)),
            })
            .into()
    } else {
        Vec::new()
    };
    Standings {
        assessments: None,
        before: None,
        ground,
        findings: forms::findings(&forms, ground),
        forms,
        societies,
        order,
        order_in_group,
        members: roster.members(),
        recommendations,
        files,
        owing,
        nobody: Vec::new(),
        given_up: Vec::new(),
        pending: Vec::new(),
        not_amended: Vec::new(),
        elsewhere: None,
        progress,
        spread,
        open: vec![Open {
            what: "未交评价表的学会1个".to_owned(),
            which: vec!["某学会".to_owned()],
        }],
        is_final: false,
        as_of: Some(date(2018, 8, 30)),
        mark: Some("内部资料 注意保密".to_owned()),
        link_base: None,
        since: OnceLock::new(),
    }
}

/// The sheets of a workbook, read back.
pub(crate) fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let source = Source {
        file: "a.xlsx".to_owned(),
        named: true,
        ..Source::default()
    };
    match intake::read_bytes(source, bytes).content {
        Content::Sheets(sheets) => sheets,
        other => panic!("{other:?}"),
    }
}

/// All texts of a sheet, one line each.
pub(crate) fn texts(sheet: &Sheet) -> String {
    sheet
        .cells()
        .filter_map(|(_, value)| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The cell below the head `head` in the row that holds the text `of`.
pub(crate) fn value<'s>(sheet: &'s Sheet, of: &str, head: &str) -> Option<&'s Value> {
    let find = |wanted: &str| {
        sheet.cells().find_map(|(cell, value)| match value {
            Value::Text(text) if text == wanted => Some(cell),
            _ => None,
        })
    };
    sheet.get(CellRef::new(find(of)?.row(), find(head)?.column()))
}
