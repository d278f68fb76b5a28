//! The samples: the believable round counts whole, the round with mistakes yields what its README says.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use xingping::finding::{Reader, Severity};
use xingping::ground::Ground;
use xingping::model::FormKey;
use xingping::rank::{Asked, SocietyState, Standings};
use xingping::run;
use xingping::settle::FormState;

fn samples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name)
}

fn standings<'g>(ground: &'g Ground, folder: &Path) -> Standings<'g> {
    run::standings(
        ground,
        &vec![folder.to_owned()].into(),
        Asked::default(),
        &|_| {},
    )
    .expect("it runs")
}

#[test]
fn every_form_of_the_believable_round_counts() {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let standings = standings(&ground, &samples("2018"));
    let heavy: Vec<String> = standings
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| format!("{:?}", finding.said(&Reader::clerk(&ground))))
        .collect();
    assert_eq!(heavy, Vec::<String>::new());
    assert!(standings.forms.len() > 40);
    assert!(
        standings
            .forms
            .iter()
            .all(|form| form.state == FormState::Counted)
    );
    assert!(
        standings
            .societies
            .iter()
            .all(|one| one.state == SocietyState::Ranked)
    );
    assert!(standings.open.is_empty());
    assert!(standings.societies.iter().any(|one| one.forms_counted == 3));
    assert!(
        standings
            .societies
            .iter()
            .any(|one| one.rank.is_some_and(|rank| rank.tied))
    );
    // Really written in many formats, whatever the ending says.
    let endings: BTreeMap<&str, usize> =
        standings
            .files
            .iter()
            .fold(BTreeMap::new(), |mut all, file| {
                *all.entry(file.file.rsplit('.').next().unwrap_or_default())
                    .or_default() += 1;
                all
            });
    for ending in ["xlsx", "xls", "ods", "csv"] {
        assert!(
            endings.get(ending).is_some_and(|count| *count > 1),
            "{endings:?}"
        );
    }
}

/// One finding as the README lists it: file, sheet, cell, severity, name, and the society where there is no
/// file.
type Listed = (String, String, String, String, String, String);

/// The rows of the README's table.
fn listed(readme: &str) -> Vec<Listed> {
    readme
        .lines()
        .filter(|line| line.starts_with('|') && !line.contains("---") && !line.contains("| 文件 |"))
        .map(|line| {
            let cells: Vec<String> = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`').to_owned())
                .collect();
            let [file, sheet, cell, severity, name, remark] = cells.as_slice() else {
                panic!("{line}");
            };
            let society = if file.is_empty() {
                let rest = remark.strip_prefix("学会：").unwrap_or(remark);
                let end = rest
                    .find(['：', '，', '（', '；', ' '])
                    .unwrap_or(rest.len());
                rest[..end].to_owned()
            } else {
                String::new()
            };
            (
                file.clone(),
                sheet.clone(),
                cell.clone(),
                severity.clone(),
                name.clone(),
                society,
            )
        })
        .collect()
}

#[test]
fn the_round_with_mistakes_yields_what_its_readme_says() {
    let folder = samples("mistakes");
    let ground = Ground::load(None, std::slice::from_ref(&folder)).expect("its lists are sound");
    let standings = standings(&ground, &folder);
    let readme = fs::read_to_string(folder.join("README.md")).expect("README.md");
    let mut expected = listed(&readme);
    let mut found: Vec<Listed> = standings
        .findings
        .iter()
        .filter(|finding| finding.place.file != "README.md")
        .map(|finding| {
            let place = &finding.place;
            let society = finding.society.clone().filter(|_| place.file.is_empty());
            (
                place.file.clone(),
                place.sheet.clone(),
                place.cell.map_or(String::new(), |cell| cell.to_string()),
                finding.severity.label().to_owned(),
                finding.code().name.to_owned(),
                society.unwrap_or_default(),
            )
        })
        .collect();
    expected.sort();
    found.sort();
    let only = |one: &[Listed], other: &[Listed]| -> Vec<String> {
        one.iter()
            .filter(|row| !other.contains(row))
            .map(|row| format!("{row:?}"))
            .collect()
    };
    assert_eq!(
        only(&expected, &found),
        Vec::<String>::new(),
        "listed, but not found"
    );
    assert_eq!(
        only(&found, &expected),
        Vec::<String>::new(),
        "found, but not listed"
    );
    assert_eq!(found.len(), expected.len());
}

#[test]
fn the_post_is_read_through_mails_and_archives() {
    let folder = samples("post");
    let ground = Ground::load(None, &[])
        .and_then(|ground| ground.with_register(std::slice::from_ref(&folder)))
        .expect("the built-in year and the register");
    let standings = standings(&ground, &folder);
    let way = |form: &xingping::check::SettledForm| {
        let steps: Vec<&str> = std::iter::once(&form.place.file)
            .chain(&form.place.within)
            .map(String::as_str)
            .collect();
        steps.join(" › ")
    };
    let forms: Vec<(String, FormState)> = standings
        .forms
        .iter()
        .map(|form| (way(form), form.state))
        .collect();
    let expected = [
        ("更正：第3组.eml › 中国动力工程学会.csv", FormState::Counted),
        (
            "第1组报送.eml › 评价表.zip › 中国作物学会-评价人甲.xlsx",
            FormState::Excluded,
        ),
        (
            "第1组报送.eml › 评价表.zip › 中国地质学会-评价人乙.xls",
            FormState::Counted,
        ),
        (
            "第1组报送.eml › 评价表.zip › 中国地质学会-评价人甲.xlsx",
            FormState::Counted,
        ),
        ("第2组.zip › 中国水利学会评价表.xlsx", FormState::Counted),
        ("第2组.zip › 中国茶叶学会评价表.xlsx", FormState::Counted),
        (
            "转发：第3组.eml › 动力工程学会评价表.eml › 中国动力工程学会.csv",
            FormState::Superseded,
        ),
    ]
    .map(|(way, state)| (way.to_owned(), state));
    assert_eq!(forms, expected);
    let heavy: Vec<(&str, &str)> = standings
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note && !finding.place.file.is_empty())
        .map(|finding| (finding.place.file.as_str(), finding.code().name))
        .collect();
    let expected = [
        ("第6组.eml", "not-unpacked"),
        ("转发：第3组.eml", "superseded"),
    ];
    assert_eq!(heavy, expected);
    let scans: Vec<usize> = standings
        .forms
        .iter()
        .map(|form| form.scans.len())
        .collect();
    assert_eq!(scans, [0, 0, 0, 1, 0, 0, 0]);
    let letter = standings.forms[FormKey::at(6)]
        .letter
        .as_ref()
        .expect("a letter");
    assert_eq!(letter.sender, "李四 <lisi@example.org>");
    // 不计入 leaves the society without a form.
    let crops = ground.roster.society_named("中国作物学会").expect("listed");
    assert_eq!(standings.societies[crops].state, SocietyState::Missing);
}
