//! Slips: a form goes back with its faulty cells marked, and comes back clean although the first one still lies
//! there. Nothing of another group or reviewer goes along.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use mail_parser::MimeHeaders;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use xingping::finding::{Finding, Reader, Severity};
use xingping::form::{self, Column, Field, Foot, FormId};
use xingping::ground::Ground;
use xingping::intake::{Sheet, Value};
use xingping::model::{CellRef, FormKey, SocietyId};
use xingping::rank::{Asked, Standings};
use xingping::report::{MANIFEST, Output};
use xingping::run::{self, Returns};
use xingping::settle::FormState;

use common::{Paper, cell_ref, sheets};
use program::xingping;

mod common;
#[path = "common/program.rs"]
mod program;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn standings<'g>(ground: &'g Ground, paths: &[PathBuf]) -> Standings<'g> {
    run::standings(ground, &paths.to_vec().into(), Asked::default(), &|_| {}).expect("it runs")
}

fn returns(standings: &Standings<'_>, paths: &[PathBuf]) -> Returns {
    run::slips(standings, &paths.to_vec().into(), &|_| {}).expect("the slips are made")
}

fn ending<'o>(outputs: &'o [Output], ending: &'o str) -> impl Iterator<Item = &'o Output> {
    outputs.iter().filter(move |one| one.name.ends_with(ending))
}

/// What is in the mistakes of the samples.
fn mistakes() -> (Ground, Vec<PathBuf>) {
    let folder = root().join("samples/mistakes");
    let ground = Ground::load(Some(&folder), &[]).expect("the year folder");
    (ground, vec![folder])
}

// ── Every case comes back clean ──

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    year: String,
    #[serde(default)]
    form: Vec<FormCase>,
}

/// As `tests/cases.rs` has it, in so far as it makes a form.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FormCase {
    society: String,
    file: String,
    reviewer: String,
    blank: bool,
    set: BTreeMap<String, String>,
    delete: Vec<u32>,
}

fn write(ground: &Ground, case: &FormCase, inbox: &Path) {
    let reviewer = match case.reviewer.as_str() {
        "" => "评价人甲",
        other => other,
    };
    let mut paper = if case.blank {
        Paper::blank(ground, &case.society)
    } else {
        Paper::sound(ground, &case.society, reviewer, "中国标准化协会党委")
    };
    if !case.blank {
        paper.field(Field::Date, "2018-08-05");
        for line in ground.scheme.base.iter().flat_map(|base| &base.lines) {
            let line = &ground.scheme.lines[*line];
            paper.bonus(&line.code, &line.bonus.cap.to_string());
        }
        let own = ground
            .roster
            .society_named(&case.society)
            .map_or(0, SocietyId::place)
            * 5;
        paper.bonus("9.1", &own.to_string());
        for (cell, text) in &case.set {
            paper.set(cell_ref(cell), text);
        }
        paper.calculate(ground);
    }
    for (cell, text) in &case.set {
        paper.set(cell_ref(cell), text);
    }
    let file = match case.file.as_str() {
        "" => format!("{}.csv", case.society),
        file => file.to_owned(),
    };
    fs::write(inbox.join(file), paper.csv(&case.delete)).expect("written");
}

/// A slip as somebody works on it: the texts of its cells.
struct Desk {
    cells: BTreeMap<CellRef, String>,
}

impl Desk {
    fn of(sheet: &Sheet, form: &form::Form) -> Self {
        let mut cells: BTreeMap<CellRef, String> = sheet
            .cells()
            .map(|(cell, value)| (cell, Value::written(value)))
            .collect();
        // The form's own formulas: the office program would calculate them anew.
        let formulas = form
            .rows
            .iter()
            .flatten()
            .filter_map(|row| row.net.as_ref());
        for entry in formulas.chain(&form.total).chain(&form.preview) {
            cells.remove(&entry.cell);
        }
        Self { cells }
    }

    fn csv(&self) -> Vec<u8> {
        common::csv_of(&self.cells, &[])
    }

    /// Puts right what a finding says, as its cell demands it.
    fn put_right(&mut self, ground: &Ground, form: &form::Form, finding: &Finding) {
        let line = finding.line.as_deref().map(|code| {
            let lines = &ground.scheme.lines;
            lines.find(|line| line.code == code).expect("a line")
        });
        let Some(cell) = finding.place.cell else {
            return;
        };
        let text = match line {
            Some(line) => {
                let row = form.rows[line].as_ref().expect("a row");
                match finding.code().name {
                    "deduction-without-reason" => {
                        // The last column.
                        self.cells.insert(cell.right(3), "补写的理由".to_owned());
                        return;
                    }
                    _ if cell == row.deduction.cell => "",
                    _ if ground.scheme.lines[line].bonus.is_open() => "0",
                    _ => "",
                }
            }
            None => match form.fields.iter().find(|(_, text)| text.cell == cell) {
                Some((Field::Reviewer, _)) => "评价人甲",
                Some((Field::Unit, _)) => "中国标准化协会党委",
                Some((Field::Member, _)) => "是",
                Some((Field::Date, _)) => "2018-08-05",
                Some((Field::Recusal, _)) => "无",
                other => panic!(
                    "{}: {other:?}",
                    finding.said(&Reader::clerk(ground)).message
                ),
            },
        };
        self.cells.insert(cell, text.to_owned());
    }
}

/// Warnings and errors of one file.
fn of_file<'s>(standings: &'s Standings<'_>, file: &str) -> Vec<&'s Finding> {
    let findings = standings.findings.iter();
    findings
        .filter(|one| one.place.file == file && one.severity <= Severity::Warning)
        .collect()
}

/// Works on a slip until it is clean by itself, and gives it with its tags; none where it holds no form.
fn corrected(ground: &Ground, workbook: &[u8], room: &Path) -> Option<(Vec<u8>, Vec<String>)> {
    let pages = sheets(workbook);
    assert_eq!(pages[0].name, "退回说明");
    assert_eq!(form::read(&pages[0], &ground.scheme, &ground.roster), []);
    let page = pages.get(1)?;
    let forms = form::read(page, &ground.scheme, &ground.roster);
    let [form] = forms.as_slice() else {
        panic!("one form");
    };
    assert_eq!((&form.damage, &form.strays), (&Vec::new(), &Vec::new()));
    assert!(!form.corrects.is_empty());
    let mut desk = Desk::of(page, form);
    let alone = room.join("退回件.csv");
    for _ in 0..5 {
        fs::write(&alone, desk.csv()).expect("written");
        let standings = standings(ground, std::slice::from_ref(&alone));
        let open = of_file(&standings, "退回件.csv");
        if open.is_empty() {
            let tags = form.corrects.iter().map(ToString::to_string);
            return Some((desk.csv(), tags.collect()));
        }
        for finding in open {
            desk.put_right(ground, form, finding);
        }
    }
    panic!("the slip does not come clean");
}

/// The cases that are made of forms alone, under the year of all.
fn folders(cases: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(cases)
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|folder| folder.join("forms.toml").is_file())
        .filter(|folder| !folder.join("year").is_dir() && !folder.join("in").is_dir())
        .collect();
    folders.sort();
    folders
}

#[test]
fn a_corrected_slip_of_every_case_stands_for_the_form_that_was_sent_back() {
    let cases = root().join("tests/cases");
    let mut codes = BTreeSet::new();
    let ground = Ground::load(Some(&cases.join("year")), &[]).expect("the year of the cases");
    for folder in folders(&cases) {
        let text = fs::read_to_string(folder.join("forms.toml")).expect("forms.toml");
        let case: Case = toml::from_str(&text).expect("a case");
        // Under another scheme other lines are filled in.
        if !case.year.is_empty() {
            continue;
        }
        let room = tempfile::tempdir().expect("a room");
        let inbox = room.path().join("收件");
        fs::create_dir(&inbox).expect("an inbox");
        for form in &case.form {
            write(&ground, form, &inbox);
        }
        let paths = vec![inbox.clone()];
        let before = standings(&ground, &paths);
        let returned = returns(&before, &paths);
        let mut names = Vec::new();
        // The forms that come again, by their tags.
        let mut back: BTreeSet<String> = BTreeSet::new();
        for (number, slip) in ending(&returned.outputs, ".xlsx").enumerate() {
            let Some((bytes, tags)) = corrected(&ground, &slip.bytes, room.path()) else {
                continue;
            };
            // Of several slips of one person for one society, one comes back.
            let society = slip.name.split('/').next_back().expect("a name");
            let stem = society.trim_end_matches(".xlsx").trim_end_matches("(2)");
            if names
                .iter()
                .any(|(_, known): &(String, String)| known == stem)
            {
                continue;
            }
            let file = format!("回-{number}-{stem}.csv");
            fs::write(inbox.join(&file), bytes).expect("written");
            names.push((file, stem.to_owned()));
            back.extend(tags);
        }
        let after = standings(&ground, &paths);
        for finding in &before.findings {
            codes.insert(finding.code().name);
        }
        for (file, _) in &names {
            let form = after.forms.iter().find(|form| form.place.file == *file);
            let form = form.expect("the slip is read");
            let open: Vec<String> = of_file(&after, file)
                .into_iter()
                .filter(|finding| finding.code().name != "same-lines-as-another-society")
                .map(|finding| finding.said(&Reader::clerk(&ground)).message)
                .collect();
            let open = (form.state, open);
            assert_eq!(
                open,
                (FormState::Counted, Vec::new()),
                "{}",
                folder.display()
            );
        }
        // What was sent back and came again is replaced, and no fault of it stands any more.
        let replaced = after
            .forms
            .iter()
            .filter(|form| form.instead.is_some())
            .count();
        assert!(replaced >= names.len(), "{}", folder.display());
        let held: Vec<&str> = after
            .forms
            .iter()
            .filter(|form| form.state == FormState::Held)
            .filter(|form| back.contains(&format!("{}-1", &form.sha256[..12])))
            .map(|form| form.place.file.as_str())
            .collect();
        assert_eq!(held, Vec::<&str>::new(), "{}", folder.display());
        let standing: BTreeSet<(Option<SocietyId>, &str, &str)> = after
            .forms
            .iter()
            .filter(|form| form.is_scored())
            .map(|form| (form.society, form.reviewer.as_str(), form.unit.as_str()))
            .collect();
        let scored = after.forms.iter().filter(|form| form.is_scored()).count();
        assert_eq!(standing.len(), scored, "{}: twice", folder.display());
    }
    for code in [
        "over-cap",
        "not-scored",
        "not-a-number",
        "date-in-points",
        "error-value",
        "reviewer-missing",
        "membership-missing",
        "unattainable",
        "deduction-without-reason",
        "line-missing",
        "line-twice",
        "table-damaged",
        "conflicting-versions",
        "identity-contradiction",
        "other-form-edition",
        "society-unknown",
    ] {
        assert!(codes.contains(code), "{code}");
    }
}

// ── One form, looked at closely ──

/// A room with one form of 中国地质学会, and where its file lies.
fn one(change: impl Fn(&mut Paper)) -> (Ground, tempfile::TempDir, PathBuf) {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    let mut paper = Paper::sound(&ground, "中国地质学会", "评价人甲", "中国标准化协会党委");
    change(&mut paper);
    paper.calculate(&ground);
    fs::write(inbox.join("地质.csv"), paper.csv(&[])).expect("written");
    (ground, room, inbox)
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut text = String::new();
    let mut part = parts.by_name(name).expect("the part");
    part.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn own_values_are_carried_over_and_the_faulty_cell_has_a_mark_and_a_note() {
    let (ground, _room, inbox) = one(|paper| {
        paper.field(Field::Phone, "010-12345678");
        paper.bonus("1.1", "无");
        paper.bonus("3.1", "60");
        paper.bonus("3.5", "25分左右");
        paper.deduction("1.2", "-30");
        paper.remark("1.2", "=委员不足");
    });
    let paths = vec![inbox];
    let standings = standings(&ground, &paths);
    let returned = returns(&standings, &paths);
    assert_eq!(returned.slips, 1);
    let slip = ending(&returned.outputs, ".xlsx").next().expect("a slip");
    assert_eq!(
        slip.name,
        "第1组-中国农业机械学会党委/中国地质学会-评价人甲-退回.xlsx"
    );
    let page = &sheets(&slip.bytes)[1];
    let forms = form::read(page, &ground.scheme, &ground.roster);
    let form = &forms[0];
    let society = ground.roster.society_named("中国地质学会").expect("listed");
    let id = form.id.as_ref().expect("an id");
    assert_eq!(
        id.value,
        FormId::of(&ground.scheme, &ground.roster, society)
    );
    assert_eq!(form.text(Field::Phone), "010-12345678");
    assert!(matches!(
        form.fields[&Field::Date].value,
        Some(Value::Date { day: Some(_), .. })
    ));
    let cell = |code: &str, column: Column| Paper::blank(&ground, "中国地质学会").at(code, column);
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let number = |number: i64| Some(Value::Number(number.into()));
    for (code, column, value) in [
        ("1.1", Column::Bonus, text("无")),
        ("3.1", Column::Bonus, number(60)),
        ("3.5", Column::Bonus, text("25分左右")),
        ("1.2", Column::Deduction, number(30)),
        ("1.2", Column::Remark, text("=委员不足")),
        ("1.2", Column::Net, number(-30)),
        ("3.1", Column::Net, number(60)),
    ] {
        assert_eq!(
            page.get(cell(code, column)),
            value.as_ref(),
            "{code} {column:?}"
        );
    }
    // Formulas have their results: nobody need calculate before reading.
    let total = form.total.as_ref().and_then(|total| total.filled.points());
    assert_eq!(total.map(|total| total.to_string()).as_deref(), Some("30"));
    let tag = format!("{}-1", &standings.forms[FormKey::at(0)].sha256[..12]);
    assert_eq!(form.corrects[0].to_string(), tag);
    let comments = part(&slip.bytes, "xl/comments1.xml");
    for (code, words) in [("3.1", "超过上限"), ("3.5", "不是数字")] {
        let cell = cell(code, Column::Bonus);
        let note = comments
            .split("<comment ")
            .find(|one| one.contains(&format!("ref=\"{cell}\"")));
        assert!(
            note.is_some_and(|note| note.contains(words)),
            "{code}: {comments}"
        );
    }
    // 3.1 presupposes 1.1, which got nothing: the two are marked for that, too.
    assert_eq!(comments.matches("<comment ").count(), 3, "{comments}");
    assert!(comments.contains("星评"));
    // The list leads to the cell.
    let links = part(&slip.bytes, "xl/worksheets/sheet1.xml");
    let target = format!("评价表'!{}", cell("3.1", Column::Bonus));
    assert!(links.contains(&target), "{links}");
    let letter = ending(&returned.outputs, "回信.txt")
        .next()
        .expect("a letter");
    let letter = String::from_utf8(letter.bytes.clone()).expect("UTF-8");
    assert!(letter.starts_with("\u{feff}评价人甲同志：\r\n"), "{letter}");
    for words in [
        "填的是“60”",
        "0、15、20、30、35、50",
        "请于2018年8月30日",
        "25分左右",
    ] {
        assert!(letter.contains(words), "{letter}");
    }
    assert_eq!(letter.matches('\n').count(), letter.matches("\r\n").count());
}

#[test]
fn a_cell_where_nothing_can_be_given_can_be_emptied() {
    let (ground, _room, inbox) = one(|paper| paper.bonus("2.3", "25"));
    let paths = vec![inbox];
    let returned = returns(&standings(&ground, &paths), &paths);
    let slip = ending(&returned.outputs, ".xlsx").next().expect("a slip");
    let cell = Paper::blank(&ground, "中国地质学会").at("2.3", Column::Bonus);
    let sheet = part(&slip.bytes, "xl/worksheets/sheet2.xml");
    let style = sheet
        .split(&format!("<c r=\"{cell}\" s=\""))
        .nth(1)
        .expect("the cell");
    let style: usize = style
        .split('"')
        .next()
        .and_then(|style| style.parse().ok())
        .expect("a number");
    let styles = part(&slip.bytes, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).expect("formats");
    let format = formats.split("<xf ").nth(style + 1).expect("the format");
    assert!(format.contains("locked=\"0\""), "{format}");
}

#[test]
fn the_chain_of_corrections_ends_in_the_last_and_an_unchanged_slip_is_a_copy() {
    let (ground, _room, inbox) = one(|paper| paper.bonus("3.1", "60"));
    let paths = vec![inbox.clone()];
    let first = returns(&standings(&ground, &paths), &paths);
    let slip = ending(&first.outputs, ".xlsx").next().expect("a slip");
    // Sent back as it is, it is a copy, and goes out again.
    fs::write(inbox.join("回一.xlsx"), &slip.bytes).expect("written");
    let second = standings(&ground, &paths);
    let states = |standings: &Standings<'_>| -> Vec<(String, FormState)> {
        let forms = standings.forms.iter();
        forms
            .map(|form| (form.place.file.clone(), form.state))
            .collect()
    };
    let both = [
        ("回一.xlsx", FormState::Held),
        ("地质.csv", FormState::Duplicate),
    ];
    let both = both.map(|(file, state)| (file.to_owned(), state));
    assert_eq!(states(&second), both);
    // The slip of the slip, corrected on the same date.
    let again = returns(&second, &paths);
    let slip = ending(&again.outputs, ".xlsx").next().expect("a slip");
    let page = &sheets(&slip.bytes)[1];
    let form = &form::read(page, &ground.scheme, &ground.roster)[0];
    let mut desk = Desk::of(page, form);
    let bonus = Paper::blank(&ground, "中国地质学会").at("3.1", Column::Bonus);
    desk.cells.insert(bonus, "50".to_owned());
    fs::write(inbox.join("回二.csv"), desk.csv()).expect("written");
    let third = standings(&ground, &paths);
    let state = |file: &str| {
        let form = third.forms.iter().find(|form| form.place.file == file);
        form.expect("the form").state
    };
    assert_eq!(state("回二.csv"), FormState::Counted);
    assert!(matches!(state("回一.xlsx"), FormState::Superseded));
    assert!(
        !of_file(&third, "回二.csv")
            .iter()
            .any(|one| one.severity == Severity::Error)
    );
    let said = third
        .findings
        .iter()
        .find(|one| one.code().name == "superseded");
    let said = said.expect("it is said").said(&Reader::clerk(&ground));
    assert_eq!(said.message, "已由更正件“回二.csv”更正");
    // And back to what it was first: the later correction stands, not the first form.
    let page = &sheets(&slip.bytes)[1];
    let mut back = Desk::of(page, form);
    let corrected = form::read(page, &ground.scheme, &ground.roster)[0].corrects[0].to_string();
    let tag = third
        .forms
        .iter()
        .find(|form| form.place.file == "回二.csv")
        .expect("it");
    let label = Foot::Corrects.label();
    let foot = *back
        .cells
        .iter()
        .find(|(_, text)| text.contains(label))
        .expect("the tag")
        .0;
    let own = format!("{}-1", &tag.sha256[..12]);
    let text = back.cells[&foot].replace(&corrected, &own);
    back.cells.insert(foot, text);
    fs::write(inbox.join("回三.csv"), back.csv()).expect("written");
    let fourth = standings(&ground, &paths);
    let instead = fourth
        .forms
        .iter()
        .find(|form| form.place.file == "回二.csv");
    assert_eq!(instead.expect("it").state, FormState::Superseded);
}

#[test]
fn a_slip_saved_over_the_one_before_still_supersedes_the_first_form() {
    let (ground, _room, inbox) = one(|paper| {
        paper.bonus("3.1", "60");
        paper.bonus("3.2", "三十七");
    });
    let paths = vec![inbox.clone()];
    let mut tags = Vec::new();
    for (code, points, file) in [("3.1", "50", "回.csv"), ("3.2", "37", "回.csv")] {
        let returned = returns(&standings(&ground, &paths), &paths);
        assert_eq!(returned.slips, 1, "the newest alone goes back");
        let slip = ending(&returned.outputs, ".xlsx").next().expect("a slip");
        let page = &sheets(&slip.bytes)[1];
        let form = &form::read(page, &ground.scheme, &ground.roster)[0];
        tags.push(form.corrects.clone());
        let mut desk = Desk::of(page, form);
        let cell = Paper::blank(&ground, "中国地质学会").at(code, Column::Bonus);
        desk.cells.insert(cell, points.to_owned());
        fs::write(inbox.join(file), desk.csv()).expect("written");
    }
    // Its own form first, then what that corrects.
    assert_eq!(tags[1].len(), 2);
    assert_eq!(tags[1][1..], tags[0][..]);
    let after = standings(&ground, &paths);
    let states: Vec<(&str, FormState)> = after
        .forms
        .iter()
        .map(|form| (form.place.file.as_str(), form.state))
        .collect();
    assert_eq!(
        states,
        [
            ("回.csv", FormState::Counted),
            ("地质.csv", FormState::Superseded)
        ]
    );
}

#[test]
fn a_tag_supersedes_nobody_else() {
    let (ground, _room, inbox) = one(|paper| paper.bonus("3.2", "37"));
    let paths = vec![inbox.clone()];
    let first = returns(&standings(&ground, &paths), &paths);
    let slip = ending(&first.outputs, ".xlsx").next().expect("a slip");
    let page = &sheets(&slip.bytes)[1];
    let form = &form::read(page, &ground.scheme, &ground.roster)[0];
    // Somebody else takes the slip for a blank form.
    let mut desk = Desk::of(page, form);
    let reviewer = form.cell(Field::Reviewer).expect("the field");
    desk.cells.insert(reviewer, "评价人乙".to_owned());
    fs::write(inbox.join("乙.csv"), desk.csv()).expect("written");
    // A tag that meets nothing is no matter.
    let mut desk = Desk::of(page, form);
    let label = Foot::Corrects.label();
    let foot = *desk
        .cells
        .iter()
        .find(|(_, text)| text.contains(label))
        .expect("the tag")
        .0;
    desk.cells.insert(foot, format!("{label}：0123456789ab-1"));
    desk.cells.insert(reviewer, "评价人丙".to_owned());
    fs::write(inbox.join("丙.csv"), desk.csv()).expect("written");
    let after = standings(&ground, &paths);
    assert_eq!(after.forms.len(), 3);
    assert!(
        after
            .forms
            .iter()
            .all(|form| form.state == FormState::Counted)
    );
}

// ── What the sender is told ──

/// The year of the cases, and an inbox with these files.
fn posted(files: &[(&str, &[u8])]) -> (Ground, tempfile::TempDir, Vec<PathBuf>) {
    let ground = Ground::load(Some(&root().join("tests/cases/year")), &[]).expect("the year");
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("收件");
    for (name, bytes) in files {
        let path = inbox.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("an inbox");
        fs::write(path, bytes).expect("written");
    }
    (ground, room, vec![inbox])
}

/// A sound form of 中国地质学会 but for what is changed.
fn geology(ground: &Ground, change: impl Fn(&mut Paper)) -> Vec<u8> {
    let mut paper = Paper::sound(ground, "中国地质学会", "评价人甲", "中国标准化协会党委");
    paper.field(Field::Date, "2018-08-05");
    change(&mut paper);
    paper.calculate(ground);
    paper.csv(&[])
}

/// A mail with one attachment.
fn mail(sent: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut mail = format!(
        "From: zhang@example.org\r\nSubject: forms\r\nDate: {sent}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: 8bit\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    mail.extend(bytes);
    mail.extend(b"\r\n--XX--\r\n");
    mail
}

const MORNING: &str = "Wed, 15 Aug 2018 09:30:00 +0800";

/// All that the workbooks and letters of an inbox say.
fn letters(ground: &Ground, paths: &[PathBuf]) -> BTreeMap<String, String> {
    let returned = returns(&standings(ground, paths), paths);
    let outputs = returned.outputs.iter();
    outputs
        .filter(|output| ending_of(output) != Some("eml"))
        .map(|output| (output.name.clone(), words(output)))
        .collect()
}

#[test]
fn a_society_whose_only_form_was_set_aside_is_reminded() {
    let register = "文件或学会,评价人,处理,对应学会,依据,处理人,日期\n地质.csv,,不计入,,电话核实,王五,2018-8-20\n";
    let (ground, room, paths) = posted(&[]);
    let inbox = &paths[0];
    fs::create_dir_all(inbox).expect("an inbox");
    fs::write(inbox.join("地质.csv"), geology(&ground, |_| {})).expect("written");
    let reminded = |ground: &Ground| {
        let letters = letters(ground, &paths);
        letters
            .iter()
            .any(|(name, text)| name.ends_with("催报.txt") && text.contains("中国地质学会"))
    };
    assert!(!reminded(&ground));
    let file = room.path().join("处理登记.csv");
    fs::write(&file, register).expect("written");
    let ground = ground
        .with_register(std::slice::from_ref(&file))
        .expect("the register");
    assert!(reminded(&ground));
}

#[test]
fn what_waits_for_the_clerk_alone_is_not_sent_back() {
    let (ground, room, paths) = posted(&[]);
    for (folder, bonus) in [("甲", "15"), ("乙", "20")] {
        let inbox = paths[0].join(folder);
        fs::create_dir_all(&inbox).expect("an inbox");
        let reviewer = format!("评价人{folder}");
        let form = geology(&ground, |paper| {
            paper.field(Field::Reviewer, &reviewer);
            paper.bonus("9.1", bonus);
        });
        fs::write(inbox.join("地质.csv"), form).expect("written");
    }
    let slips = |ground: &Ground| {
        let standings = standings(ground, &paths);
        let raised = standings.findings.iter();
        let unclear = raised
            .filter(|one| one.code().name == "ruling-ambiguous")
            .count();
        let returned = returns(&standings, &paths);
        let sent = returned.outputs.iter().filter(|one| one.name != MANIFEST);
        let said: String = sent.map(words).collect();
        assert!(!said.contains("处理登记"), "{said}");
        (unclear, returned.slips)
    };
    let before = slips(&ground).1;
    let file = room.path().join("处理登记.csv");
    let register = "文件或学会,评价人,处理,对应学会,依据,处理人,日期\n地质.csv,,以此份为准,,电话核实,王五,2018-8-20\n";
    fs::write(&file, register).expect("written");
    let ground = ground
        .with_register(std::slice::from_ref(&file))
        .expect("the register");
    assert_eq!(slips(&ground), (2, before));
}

#[test]
fn a_hidden_row_is_said_to_the_sender_in_the_senders_terms() {
    let folder = root().join("tests/cases/hidden-points/in");
    let ground = Ground::load(Some(&root().join("tests/cases/year")), &[]).expect("the year");
    let said: String = letters(&ground, &[folder]).into_values().collect();
    assert!(said.contains("退回件上已取消隐藏"), "{said}");
    assert!(!said.contains("向评价人核实"), "{said}");
}

#[test]
fn versions_in_conflict_are_told_why_and_what_to_send_back() {
    let build = |ground: &Ground, bonus: &str, date: &str| {
        geology(ground, |paper| {
            paper.bonus("3.1", bonus);
            paper.field(Field::Date, date);
        })
    };
    let (ground, ..) = posted(&[]);
    let [one, other] = ["15", "20"].map(|bonus| build(&ground, bonus, "2018-08-05"));
    let undated = build(&ground, "20", "");
    let mails = [&one, &other].map(|form| mail(MORNING, "a.csv", form));
    for (files, why) in [
        ([("一.csv", &one), ("二.csv", &other)], "评价日期相同"),
        ([("一.csv", &one), ("二.csv", &undated)], "有的没有评价日期"),
        (
            [("一.eml", &mails[0]), ("二.eml", &mails[1])],
            "来件时间相同",
        ),
    ] {
        let files = files.map(|(name, bytes)| (name, bytes.as_slice()));
        let (ground, _room, paths) = posted(&files);
        let letters = letters(&ground, &paths);
        let mut told = letters.iter().filter(|(name, _)| {
            name.contains("回信") && name.split('.').next_back() == Some("txt")
        });
        let (_, text) = told.next().expect("a letter");
        // One letter for both, which says how they differ.
        assert!(told.next().is_none());
        assert!(text.contains("加分，本份15、第2份20"), "{text}");
        for words in [
            &format!("内容不同的几份，{why}，分不出"),
            "评价日期不用改",
            "另一份的不要发回",
        ] {
            assert!(text.contains(words), "{text}");
        }
        assert!(!text.contains("有问题的格已标出：，"), "{text}");
    }
}

#[test]
fn an_unread_file_is_named_as_its_sender_knows_it() {
    let broken = b"PK\x03\x04 broken";
    let rar = b"Rar!\x1a\x07\x00 packed";
    let inside = mail(MORNING, "forms.rar", rar);
    let broken_inside = mail(MORNING, "forms.zip", broken);
    let (ground, _room, paths) = posted(&[
        ("防痨.eml", &inside),
        ("坏.zip", broken),
        ("茶叶.eml", &broken_inside),
        ("坏.eml", b"\xff\xfe\x00"),
    ]);
    let letters = letters(&ground, &paths);
    let about = |part: &str| {
        let mut met = letters
            .iter()
            .filter(|(name, _)| name.starts_with("没有读成的文件/") && name.contains(part));
        met.next().map(|(_, text)| text.as_str()).expect("a letter")
    };
    let text = about("防痨");
    assert!(
        text.contains("邮件《forms》发来的文件“forms.rar”")
            || text.contains("邮件《forms》中发来的文件“forms.rar”"),
        "{text}"
    );
    assert!(!text.contains("防痨"), "{text}");
    for part in ["坏.zip", "茶叶"] {
        let text = about(part);
        assert!(
            text.contains("请重新压缩后再发，或直接发送里面的文件"),
            "{text}"
        );
        assert!(
            !text.contains("可以用 zip") && !text.contains("Excel"),
            "{text}"
        );
    }
    let text = about("坏.eml");
    assert!(!text.contains("Excel"), "{text}");
}

#[test]
fn what_to_send_again_is_told_by_what_the_file_is_not_by_its_name() {
    let locked = fs::read(root().join("tests/cases/encrypted/in/自设密码.xlsx")).expect("a file");
    let broken = b"PK\x03\x04 broken";
    let (ground, _room, paths) = posted(&[
        ("锁着.zip", &locked),
        ("锁着.eml", &mail(MORNING, "form.zip", &locked)),
        // Nobody knows who sent them, and under which name.
        ("张三评地质210分、李四评能源230分.xlsx", broken),
        ("中国地质学会、中国能源研究会.xlsx", broken),
        ("中国地质学会-评价人甲.xlsx", broken),
    ]);
    let letters = letters(&ground, &paths);
    let own = letters.iter();
    let own: Vec<(&str, &str)> = own
        .filter_map(|(name, text)| Some((name.strip_prefix("没有读成的文件/")?, text.as_str())))
        .collect();
    let locked = own.iter().filter(|(name, _)| name.starts_with("锁着"));
    let locked: Vec<_> = locked.collect();
    assert_eq!(locked.len(), 2, "{own:?}");
    for (_, text) in locked {
        assert!(text.contains("请去掉密码另存后重报"), "{text}");
    }
    for (name, shown) in [
        ("中国地质学会、中国能源研究会", false),
        ("张三评地质210分、李四评能源230分", false),
        ("中国地质学会-评价人甲", true),
    ] {
        let (_, text) = own
            .iter()
            .find(|(own, _)| own.starts_with(name))
            .expect(name);
        assert_eq!(text.contains(name), shown, "{text}");
        assert_eq!(text.contains("您发来的文件“材料"), !shown, "{text}");
    }
}

#[test]
fn a_society_nobody_knows_is_asked_for_and_what_to_do_is_said_once() {
    let (ground, ..) = posted(&[]);
    for (name, question) in [
        (
            "中国地质协会",
            Some("是不是“中国地质学会”？如是，请在回信中确认"),
        ),
        ("某某会", None),
    ] {
        let mut paper = Paper::sound(&ground, "中国地质学会", "评价人甲", "中国标准化协会党委");
        paper.field(Field::Date, "2018-08-05");
        paper.field(Field::Society, name);
        paper.calculate(&ground);
        let text = String::from_utf8(paper.csv(&[])).expect("UTF-8");
        // Nor does the form id tell the society.
        let text = text.replace("中国地质学会", name);
        let (ground, _room, paths) = posted(&[("一.csv", text.as_bytes())]);
        let letters = letters(&ground, &paths);
        let of_ending = |ending: &str| {
            let mut met = letters.iter();
            let met = met.find(|(name, _)| name.starts_with("未定学会/") && name.ends_with(ending));
            met.map(|(_, text)| text.as_str()).expect("it")
        };
        for text in [of_ending(".txt"), of_ending(".xlsx")] {
            assert_eq!(text.matches("本年度空白表重填").count(), 1, "{text}");
            assert_eq!(text.contains("是不是"), question.is_some(), "{text}");
            assert!(text.contains(question.unwrap_or_default()), "{text}");
        }
    }
}

#[test]
fn a_point_that_cannot_be_reached_but_is_meant_need_not_be_changed() {
    let folder = root().join("tests/cases/unattainable");
    let ground = Ground::load(Some(&root().join("tests/cases/year")), &[]).expect("the year");
    let case = fs::read_to_string(folder.join("forms.toml")).expect("forms.toml");
    let case: Case = toml::from_str(&case).expect("a case");
    let room = tempfile::tempdir().expect("a room");
    for form in &case.form {
        write(&ground, form, room.path());
    }
    let said: String = letters(&ground, &[room.path().to_owned()])
        .into_values()
        .collect();
    assert!(
        said.contains("确认无误的不用改，在回信里说明即可"),
        "{said}"
    );
}

fn scrawl() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "0",
        "25分",
        "-10",
        "12.345",
        "无",
        "约25",
        "#REF!",
        "5月10日",
        "79228162514264337593543950335",
        "初评加分",
        "学会名称：中国地质学会",
        "评价人",
        "总分",
        "3.2",
        "9.9",
        "中国茶叶学会",
        "更正件（请勿修改）：0123456789ab-1",
        "cast-2017·初评·第9组·某学会·abcdef",
        "有",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => ".{0,12}", 1 => "[学\n&<>\u{202e}]{900,1000}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_was_written_into_a_form_its_slip_is_whole(
        edits in vec((0_u32..47, 0_u32..14, scrawl()), 0..30),
    ) {
        let (ground, _room, inbox) = one(|paper| {
            for (row, column, text) in &edits {
                paper.set(CellRef::new(*row, *column), text);
            }
        });
        let paths = vec![inbox];
        let standings = standings(&ground, &paths);
        let returned = returns(&standings, &paths);
        for slip in ending(&returned.outputs, ".xlsx") {
            let pages = sheets(&slip.bytes);
            prop_assert_eq!(form::read(&pages[0], &ground.scheme, &ground.roster).len(), 0);
            if let Some(page) = pages.get(1) {
                let forms = form::read(page, &ground.scheme, &ground.roster);
                prop_assert_eq!(forms.len(), 1);
                prop_assert!(forms[0].damage.is_empty());
                let id = forms[0].id.as_ref().map(|id| id.value.scheme.as_str());
                prop_assert_eq!(id, Some("cast-2018"));
            }
        }
    }
}

// ── Nothing of others, the same bytes, the commands ──

fn ending_of(output: &Output) -> Option<&str> {
    Path::new(&output.name).extension()?.to_str()
}

/// Every text in a workbook or letter; of a mail what its reader sees, but for the workbooks, which lie beside it.
fn words(output: &Output) -> String {
    if ending_of(output) == Some("eml") {
        let mail = mail_parser::MessageParser::default().parse(&output.bytes);
        let mail = mail.expect("a mail");
        let mut seen = vec![format!("{:?}", mail.to())];
        seen.push(mail.subject().expect("a subject").to_owned());
        seen.push(mail.body_text(0).expect("a text").into_owned());
        let names = mail.attachments().filter_map(MimeHeaders::attachment_name);
        seen.extend(names.map(str::to_owned));
        return seen.join("\n");
    }
    if ending_of(output) != Some("xlsx") {
        return String::from_utf8(output.bytes.clone()).expect("UTF-8");
    }
    let mut parts = zip::ZipArchive::new(Cursor::new(&output.bytes)).expect("a workbook");
    let mut words = String::new();
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        words.push_str(&String::from_utf8_lossy(&bytes));
    }
    words
}

#[test]
fn nothing_of_another_reviewer_or_group_is_in_a_slip() {
    let (ground, paths) = mistakes();
    let standings = standings(&ground, &paths);
    let returned = returns(&standings, &paths);
    let people: BTreeSet<&str> = ground
        .roster
        .reviewers
        .iter()
        .map(|reviewer| reviewer.name.as_str())
        .chain(standings.forms.iter().map(|form| form.reviewer.as_str()))
        .filter(|name| !name.is_empty())
        .collect();
    let mut count = 0;
    for output in &returned.outputs {
        let group = ground
            .roster
            .groups
            .find(|group| output.name.starts_with(&format!("{}-", group.label())));
        let Some(group) = group else { continue };
        let words = words(output);
        for society in &ground.roster.societies {
            if society.group != group {
                assert!(
                    !words.contains(&society.name),
                    "{}: {}",
                    output.name,
                    society.name
                );
            }
        }
        let own: BTreeSet<&str> = if output.name.contains("/催报.") {
            let of_group = |society: SocietyId| ground.roster.societies[society].group == group;
            let forms = standings.forms.iter();
            forms
                .filter(|form| form.society.is_some_and(of_group))
                .map(|form| form.reviewer.as_str())
                .chain(
                    standings
                        .owing
                        .iter()
                        .filter(|one| of_group(one.society))
                        .filter_map(|one| {
                            Some(ground.roster.reviewers[one.reviewer?].name.as_str())
                        }),
                )
                .collect()
        } else {
            let name = output.name.rsplit('/').next().expect("a name");
            let name = name.split('-').nth_back(1).expect("the reviewer");
            people
                .iter()
                .copied()
                .filter(|person| *person == name)
                .collect()
        };
        for person in people.difference(&own) {
            assert!(!words.contains(person), "{}: {person}", output.name);
        }
        count += 1;
    }
    assert!(count > 30, "{count}");
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let (ground, paths) = mistakes();
    let standings = standings(&ground, &paths);
    let [one, other] = [(), ()].map(|()| returns(&standings, &paths).outputs);
    let bytes = |outputs: &[Output]| -> Vec<(String, Vec<u8>)> {
        let outputs = outputs.iter();
        outputs
            .map(|one| (one.name.clone(), one.bytes.clone()))
            .collect()
    };
    assert!(bytes(&one) == bytes(&other));
    let names: BTreeSet<&String> = one.iter().map(|output| &output.name).collect();
    assert_eq!(names.len(), one.len());
}

#[test]
fn nobody_is_reminded_of_another_groups_debts() {
    let (ground, paths) = mistakes();
    let returned = returns(&standings(&ground, &paths), &paths);
    let reminders: Vec<&str> = ending(&returned.outputs, "催报.txt")
        .map(|output| output.name.split('-').next().expect("a group"))
        .collect();
    assert_eq!(reminders, ["第2组", "第3组", "第5组"]);
    let third = ending(&returned.outputs, "催报.txt").nth(1).expect("one");
    let text = words(third);
    for words in [
        "中国化学会党委：",
        "中国草学会",
        "中国卒中学会：评价人庚",
        "2018年8月30日",
    ] {
        assert!(text.contains(words), "{text}");
    }
    // A form that names nobody may be the one that is asked for.
    let second = words(ending(&returned.outputs, "催报.txt").next().expect("one"));
    let own = "评价人丁（中国防痨协会党委）：中国水利学会、中华口腔医学会（收到过没有填评价人的一份，是这一份的不用重填，请告知）";
    assert!(second.contains(own), "{second}");
    let unread: Vec<&str> = ending(&returned.outputs, ".xlsx.txt")
        .map(|output| output.name.as_str())
        .collect();
    assert_eq!(
        unread,
        [
            "没有读成的文件/中华护理学会.xlsx.txt",
            "没有读成的文件/中国技术经济学会.xlsx.txt"
        ]
    );
}

#[test]
fn both_commands_write_the_slips_and_say_so() {
    let room = tempfile::tempdir().expect("a room");
    let at = |name: &str| room.path().join(name).to_string_lossy().into_owned();
    let sample = root().join("samples/mistakes");
    let sample = sample.to_string_lossy();
    let (status, said) = xingping(&["return", &sample, "-o", &at("退"), "-q"], room.path());
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("退回件19份、催报3组"), "{said}");
    // Replaced, not moved aside: the folder is known as ours.
    let (_, said) = xingping(&["退回", &sample, "-o", &at("退"), "-q"], room.path());
    assert!(!said.contains("已移到"), "{said}");
    let (status, said) = xingping(
        &[
            "consolidate",
            &sample,
            "-o",
            &at("结果"),
            "--returns",
            &at("退二"),
            "-q",
        ],
        room.path(),
    );
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("退回件19份、催报3组"), "{said}");
    let slip = "第1组-中国农业机械学会党委/中国地质学会-评价人甲-退回.xlsx";
    let [one, other] = ["退", "退二"].map(|name| fs::read(room.path().join(name).join(slip)));
    assert!(one.expect("a slip") == other.expect("a slip"));
    let nested = at("结果/退回");
    let (status, said) = xingping(
        &[
            "consolidate",
            &sample,
            "-o",
            &at("结果"),
            "--returns",
            &nested,
            "-q",
        ],
        room.path(),
    );
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("另指定"), "{said}");
}

#[test]
fn where_nothing_is_wrong_nothing_is_written() {
    let room = tempfile::tempdir().expect("a room");
    let sample = root().join("samples/2018");
    let target = room.path().join("退");
    let (status, said) = xingping(
        &[
            "return",
            &sample.to_string_lossy(),
            "-o",
            &target.to_string_lossy(),
            "-q",
        ],
        room.path(),
    );
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("没有要退回的评价表"), "{said}");
    assert!(!target.exists());
}
