//! Lists as they are written, read back.

use super::{register, reviewers, scheme_table, scheme_text, societies};
use crate::ground::Ground;
use crate::intake::{self, Content, Sheet, Source};
use crate::model::{CellRef, GroupId, SocietyId};
use crate::rank::Pending;
use crate::register::COLUMNS;
use crate::report::kit::sample;
use crate::roster::{self, Reviewer};

fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let source = Source {
        file: "list.xlsx".to_owned(),
        named: true,
        ..Source::default()
    };
    match intake::read_bytes(source, bytes).content {
        Content::Sheets(sheets) => sheets,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_lists_are_read_back_as_they_were() {
    let mut ground = Ground::load(None, &[]).expect("the built-in year");
    ground.roster.societies[SocietyId::at(0)].aliases =
        vec!["地质学会".to_owned(), "中地".to_owned()];
    ground.roster.societies[SocietyId::at(1)].must_take_part = true;
    ground.roster.reviewers.push(Reviewer {
        name: "=张三".to_owned(),
        unit: "中国化学会党委".to_owned(),
        group: Some(GroupId::at(0)),
        member: Some(true),
        conflicts: vec![SocietyId::at(2)],
        unknown_conflicts: vec!["某学会".to_owned()],
        email: String::new(),
    });
    let first = sheets(&societies(&ground).expect("a workbook"));
    let second = sheets(&reviewers(&ground).expect("a workbook"));
    let read = roster::read(&ground.scheme, &first, &second).expect("no fault");
    let json = |roster| serde_json::to_string(roster).expect("plain data");
    assert_eq!(json(&read), json(&ground.roster));
    assert_eq!(first.len(), 2);
}

#[test]
fn a_decision_never_takes_the_mark_of_what_came_later() {
    let mut ground = sample::ground();
    let written = [
        ("/a.csv", "不计入"),
        ("/b.csv", "已联系更正"),
        ("/c.csv", ""),
    ];
    for (row, (subject, treatment)) in (2..).zip(written) {
        let mut texts = vec![String::new(); COLUMNS.len()];
        texts[0] = subject.to_owned();
        texts[2] = treatment.to_owned();
        texts[4] = "电话核实".to_owned();
        texts[8] = "old".to_owned();
        ground.register.rows.insert(row, texts);
    }
    let mut standings = sample::standings(&ground);
    standings.pending = written
        .map(|(subject, _)| Pending {
            subject: subject.to_owned(),
            reviewer: String::new(),
            problem: "须更正".to_owned(),
            treatments: Vec::new(),
            verify: String::new(),
            mark: "new".to_owned(),
        })
        .into();
    let sheets = sheets(&register(&standings).expect("a workbook"));
    let text = |row, column| match sheets[0].get(CellRef::new(row, column)) {
        Some(intake::Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let rows = (1..5).map(|row| [0, 2, 8, 9].map(|column| text(row, column)));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            ["/a.csv", "不计入", "old", ""],
            ["/b.csv", "已联系更正", "new", "须更正"],
            ["/c.csv", "", "new", "须更正"],
            // What came in its stead waits in a row of its own.
            ["/a.csv", "", "new", "须更正"],
        ]
    );
}

#[test]
fn the_scheme_is_shown_whole_and_without_tabs() {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let text = scheme_text(&ground.scheme);
    let table = sheets(&scheme_table(&ground.scheme).expect("a workbook"));
    for line in &ground.scheme.lines {
        assert!(text.contains(&line.code), "{}", line.code);
        let shown = table[0]
            .cells()
            .filter(|(_, value)| **value == intake::Value::Text(line.code.clone()))
            .count();
        assert_eq!(shown, 1, "{}", line.code);
    }
    assert!(!text.contains('\t'));
    assert!(text.lines().all(|line| line.trim_end() == line));
}
