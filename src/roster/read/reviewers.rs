//! 评价人名单: who reviews, and that one person in several rows is one.

use std::collections::BTreeMap;
use std::mem;

use super::{as_written, class, headings, names};
use crate::intake::Sheet;
use crate::model::{Keyed, Likeness, Located, Name, Person, ReviewerId};
use crate::roster::columns::ReviewerColumn;
use crate::roster::list::{Faults, List};
use crate::roster::{ReviewGroup, Reviewer, Roster, WrittenConflict, group_number};
use crate::scheme::Scheme;

/// Whether a text is one address of a mail.
fn is_address(text: &str) -> bool {
    let is_plain =
        |one: char| one.is_ascii_graphic() && !matches!(one, '<' | '>' | ',' | ';' | '"');
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && text.chars().all(is_plain)
    })
}

pub(super) fn read(roster: &mut Roster, scheme: &Scheme, sheets: &[Sheet], faults: &mut Faults) {
    let columns = ReviewerColumn::of(scheme);
    let conflicting = &as_written(
        sheets,
        ReviewerColumn::Conflicts.heading(scheme),
        "应回避的学会",
    );
    let (known, required) = headings(&columns, ReviewerColumn::is_needed, |one| match one {
        ReviewerColumn::Conflicts => conflicting.clone(),
        other => other.heading(scheme),
    });
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let Some(list) = List::find(sheets, &known, required, faults) else {
        return;
    };
    let mut known: Keyed<ReviewerId, (Person, u32)> = Keyed::default();
    let mut by_name: BTreeMap<Name, Vec<ReviewerId>> = BTreeMap::new();
    for row in list.rows() {
        let (name, unit) = (list.text(row, "姓名"), list.text(row, "单位"));
        if name.is_empty() {
            list.fault(faults, row, "姓名", "姓名未填");
        }
        if unit.is_empty() {
            list.fault(faults, row, "单位", "单位未填");
        }
        let written = list.text(row, "组号");
        let number = if scheme.asks.groups {
            group_number(&written)
        } else {
            Some(ReviewGroup::ALL)
        };
        let group = number.and_then(|number| roster.groups.find(|group| group.number == number));
        if group.is_none() && !written.is_empty() {
            list.fault(
                faults,
                row,
                "组号",
                &format!("{}名单中没有“{written}”这一组", scheme.object()),
            );
        }
        let member = member(&list, faults, row);
        let class = class(
            &list,
            faults,
            row,
            scheme.reviewer_classes.iter().map(|one| &one.name),
        );
        let email = email(&list, faults, row);
        let mut conflicts = Vec::new();
        let mut unknown_conflicts = Vec::new();
        for name in names(&list.text(row, conflicting)) {
            let key = roster.unit_key(&name);
            let society = roster
                .societies
                .ids()
                .find(|society| roster.unit_key(&roster.societies[*society].name) == key);
            if let Some(cell) = list.cell(row, conflicting) {
                roster.written_conflicts.push(WrittenConflict {
                    reviewer: roster.reviewers.next(),
                    name: Located::new(name.clone(), cell),
                    society,
                });
            }
            match society {
                Some(society) => conflicts.push(society),
                None => unknown_conflicts.push(name),
            }
        }
        let person = roster.person(&name, &unit);
        let same: Vec<ReviewerId> = by_name
            .get(&person.name)
            .into_iter()
            .flatten()
            .copied()
            .filter(|index| known[*index].0.likeness(&person) == Likeness::Same)
            .collect();
        let says = |index: &&ReviewerId| roster.reviewers[**index].member.is_some();
        if let Some(other) = same.iter().find(says)
            && member.is_some()
            && roster.reviewers[*other].member != member
        {
            let at = known[*other].1 + 1;
            let message = format!("“{name}”（{unit}）是否中共党员与第{at}行不一致");
            list.fault(faults, row, "是否中共党员", &message);
        }
        let rows = by_name.entry(person.name.clone()).or_default();
        rows.push(known.push((person, row)));
        roster.reviewers.push(Reviewer {
            name,
            unit,
            group,
            class,
            member,
            conflicts,
            unknown_conflicts,
            email,
        });
    }
    unite(roster, &known, &by_name);
}

/// 邮箱; empty where the list does not say.
fn email(list: &List<'_>, faults: &mut Faults, row: u32) -> String {
    let email = list.text(row, "邮箱");
    if !email.is_empty() && !is_address(&email) {
        let message = format!("邮箱填“{email}”，应是一个邮箱地址，如 name@example.org");
        list.fault(faults, row, "邮箱", &message);
    }
    email
}

/// 是否中共党员, where the list says.
fn member(list: &List<'_>, faults: &mut Faults, row: u32) -> Option<bool> {
    match list
        .choice(faults, row, "是否中共党员", &["", "是", "否"])
        .as_str()
    {
        "是" => Some(true),
        "否" => Some(false),
        _ => None,
    }
}

/// One person in several rows is one person: every row says what all of them say, and a row that adds no group goes.
fn unite(
    roster: &mut Roster,
    known: &Keyed<ReviewerId, (Person, u32)>,
    by_name: &BTreeMap<Name, Vec<ReviewerId>>,
) {
    let mut stands_for: Keyed<ReviewerId, ReviewerId> = roster.reviewers.ids().collect();
    for rows in by_name.values().filter(|rows| rows.len() > 1) {
        let listed = roster.reviewers.clone();
        for row in rows {
            let same = rows
                .iter()
                .filter(|other| known[**other].0.likeness(&known[*row].0) == Likeness::Same);
            let one = &mut roster.reviewers[*row];
            for other in same {
                one.member = one.member.or(listed[*other].member);
                let conflicts = listed[*other].conflicts.iter().copied();
                one.conflicts.extend(conflicts);
                let is_earlier = other < row && stands_for[*other] == *other;
                let adds_no_group = one.group.is_none() || one.group == listed[*other].group;
                if is_earlier && adds_no_group && stands_for[*row] == *row {
                    stands_for[*row] = *other;
                }
            }
            one.conflicts.sort_unstable();
            one.conflicts.dedup();
        }
    }
    // What goes has said all it says in the row that stays.
    let mut places: Keyed<ReviewerId, ReviewerId> = Keyed::default();
    let mut kept = Keyed::default();
    for ((row, stands), reviewer) in stands_for.entries().zip(mem::take(&mut roster.reviewers)) {
        let place = if *stands == row {
            kept.push(reviewer)
        } else {
            places[*stands]
        };
        places.push(place);
    }
    roster.reviewers = kept;
    for conflict in &mut roster.written_conflicts {
        conflict.reviewer = places[conflict.reviewer];
    }
}
