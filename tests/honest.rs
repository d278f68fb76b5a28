//! A budget for honesty: whoever fills a form as it is meant is neither held nor asked more than is stated here.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::Paper;
use xingping::finding::{Doubt, Severity};
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::rank::Asked;
use xingping::roster::Bond;
use xingping::run::{self, Inbox};
use xingping::settle::FormState;

/// How people write that there is nothing to recuse for.
const NOTHING: [&str; 12] = [
    "",
    "无",
    "没有",
    "否",
    "□有 ☑无",
    "□有☑无",
    "/",
    "—",
    "×",
    "无。",
    " 无 ",
    "不存在",
];
/// Names as they are common, some of them within others, some with what people add to them.
const NAMES: [&str; 16] = [
    "李明",
    "李明华",
    "王伟",
    "王伟东",
    "张 丽",
    "评价人1",
    "评价人10",
    "评价人2",
    "欧阳修",
    "赵强（组长）",
    "钱进 教授",
    "孙洁同志",
    "周涛（签字）",
    "买买提·艾力",
    "陈静",
    "陈静怡",
];

#[test]
fn an_honest_round_is_not_held_and_hardly_asked() {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let roster = &ground.roster;
    let mut units: Vec<String> = roster
        .groups
        .iter()
        .map(|group| group.lead.clone())
        .collect();
    let members = ground.scheme.units.members.iter();
    units.extend(members.flat_map(|field| field.names.clone()));
    units.extend(
        roster
            .societies
            .iter()
            .map(|one| format!("{}党委", one.name)),
    );
    units.sort();
    units.dedup();
    let room = tempfile::tempdir().expect("a room");
    let mut written = 0;
    for (at, (society, one)) in roster.societies.entries().enumerate() {
        let mut blank = Paper::sound(&ground, &one.name, "", "");
        // No society is worth the same as another.
        blank.bonus("6.1", &at.to_string());
        let others = units
            .iter()
            .filter(|unit| roster.bond(unit, society) != Bond::Own);
        for (nth, unit) in others.enumerate() {
            let mut paper = blank.clone();
            // Nobody of one name comes from two units to one society.
            let name = match NAMES.get(nth) {
                Some(name) => (*name).to_owned(),
                None => format!("评价人{}", nth + 100),
            };
            paper.field(Field::Reviewer, &name);
            paper.field(Field::Unit, unit);
            paper.field(Field::Recusal, NOTHING[(at + nth) % NOTHING.len()]);
            paper.calculate(&ground);
            let file = room.path().join(format!("{at}-{nth}.csv"));
            fs::write(file, paper.csv(&[])).expect("written");
            written += 1;
        }
    }
    let inbox = Inbox::from(vec![room.path().to_owned()]);
    let standings = run::standings(&ground, &inbox, Asked::default(), &|_| ()).expect("a run");
    assert_eq!(standings.forms.len(), written);
    let held: Vec<_> = standings
        .forms
        .iter()
        .filter(|form| {
            let mut doubts = form.doubts.iter();
            form.state != FormState::Counted || doubts.any(|one| *one != Doubt::RecusalUnsaid)
        })
        .map(|form| (&form.reviewer, &form.unit, &form.society_text, form.state))
        .collect();
    assert!(
        held.is_empty(),
        "{} of {written}: {:?}",
        held.len(),
        &held[..held.len().min(10)]
    );
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &standings.findings {
        if finding.severity <= Severity::Warning {
            *asked.entry(finding.code().id).or_default() += 1;
        }
    }
    // That some said nothing of recusing themselves is asked once for all.
    assert_eq!(asked, BTreeMap::from([("R206", 1)]), "of {written} forms");
}
