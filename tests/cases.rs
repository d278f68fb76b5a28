//! Behaviour cases: a case is a folder, what comes in and what must come out.
//!
//! `forms.toml` says which forms come in: each is the blank form of this tool, filled soundly, saved as csv,
//! with the cells under `set` changed and the rows under `delete` removed. `in/` holds files that come in as
//! they are; `year/` a year folder to use instead of `cases/year`, `year` in `forms.toml` one that several share. `expected.txt` is what must come out: every
//! finding, the state of every form, then which societies count provisionally and why, and for which nobody is left. With `XINGPING_BLESS=1` it is written anew: read it before you
//! commit it.
//!
//! A case named after a code must raise it, and not for forms marked `near_miss`.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use xingping::codes;
use xingping::finding::{Reader, text};
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::model::{Place, SocietyId};
use xingping::rank::{Asked, Standings};
use xingping::run;

use common::{Paper, cell_ref};

mod common;

/// One case.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows, for the reader.
    #[allow(dead_code)]
    shows: String,
    /// Leave the other societies of the list missing instead of filling a sound form for each.
    #[serde(default)]
    only: bool,
    /// A folder beside the cases to use as the year, where several share one.
    #[serde(default)]
    year: String,
    /// Name the files on the command line instead of their folder.
    #[serde(default)]
    named: bool,
    #[serde(default)]
    form: Vec<FormCase>,
    /// Societies' own forms.
    #[serde(default)]
    own: Vec<OwnCase>,
}

/// One form of a case.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct FormCase {
    society: String,
    /// Default: the society's name and `.csv`.
    file: String,
    reviewer: String,
    /// Must not raise the code the case is named after.
    near_miss: bool,
    /// Nothing filled in.
    blank: bool,
    /// Cells to change, as Excel shows them before any row is removed.
    set: BTreeMap<String, String>,
    /// Rows to remove afterwards, as Excel shows them.
    delete: Vec<u32>,
}

/// A society's own form of a case.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct OwnCase {
    society: String,
    /// Default: the society's name, `-自评` and `.csv`.
    file: String,
    /// Must not raise the code the case is named after.
    near_miss: bool,
    /// Nothing filled in.
    blank: bool,
    /// Items that are answered otherwise than soundly.
    items: BTreeMap<String, String>,
    /// Cells to change, as Excel shows them before any row is removed, after the form has been calculated.
    set: BTreeMap<String, String>,
    /// Rows to remove afterwards, as Excel shows them.
    delete: Vec<u32>,
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

#[test]
fn every_case_comes_out_as_expected() {
    let bless = std::env::var_os("XINGPING_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    for folder in folders() {
        let name = name(&folder);
        let (said, near_misses) = outcome(&folder);
        let path = folder.join("expected.txt");
        if bless {
            fs::write(&path, &said).expect("expected.txt can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if said != expected {
            wrong.push(format!(
                "── {name}\nexpected:\n{expected}\nbut got:\n{said}"
            ));
        }
        if codes::all().iter().any(|code| code.name == name) {
            let raised = |line: &&str| line.split(' ').nth(1) == Some(name.as_str());
            if !said.lines().any(|line| raised(&line)) {
                wrong.push(format!("── {name} does not raise its code"));
            }
            for file in near_misses {
                if said.lines().filter(raised).any(|line| line.contains(&file)) {
                    wrong.push(format!("── {name} is raised by its near miss {file}"));
                }
            }
        }
        count += 1;
    }
    assert!(count > 0, "there are no cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_its_case_and_its_near_miss() {
    let mut lacking = Vec::new();
    for code in codes::all() {
        let folder = cases().join(code.name);
        if !folder.is_dir() {
            lacking.push(format!("{} {}: no case", code.id, code.name));
            continue;
        }
        let case = read(&folder);
        let near_miss =
            case.form.iter().any(|form| form.near_miss) || case.own.iter().any(|own| own.near_miss);
        if !near_miss && !folder.join("in").join("近似").is_dir() {
            lacking.push(format!("{} {}: no near miss", code.id, code.name));
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(cases())
        .expect("tests/cases is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("forms.toml").is_file())
        .collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

fn read(folder: &Path) -> Case {
    let text = fs::read_to_string(folder.join("forms.toml")).expect("forms.toml can be read");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// Runs a case: what it says, and the files of its near misses.
fn outcome(folder: &Path) -> (String, Vec<String>) {
    let case = read(folder);
    let year = folder.join("year");
    let year = if year.is_dir() {
        year
    } else if case.year.is_empty() {
        cases().join("year")
    } else {
        cases().join(&case.year)
    };
    let ground = Ground::load(Some(&year), &[]).expect("the year folder is sound");
    let room = tempfile::tempdir().expect("a temporary folder");
    let inbox = room.path().join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    copy(&folder.join("in"), &inbox);
    let mut mentioned = Vec::new();
    let mut near_misses = Vec::new();
    for form in &case.form {
        let file = write(&ground, form, &inbox);
        mentioned.push(form.society.clone());
        if form.near_miss {
            near_misses.push(file);
        }
    }
    let assessing = ground.assessing();
    for own in &case.own {
        let assessing = assessing.as_ref().expect("the year has self-assessments");
        let file = write_own(assessing, own, &inbox);
        if own.near_miss {
            near_misses.push(file);
        }
    }
    if folder.join("in/近似").is_dir() {
        near_misses.push("近似/".to_owned());
    }
    for society in &ground.roster.societies {
        if !case.only && !mentioned.contains(&society.name) {
            let sound = FormCase {
                society: society.name.clone(),
                ..FormCase::default()
            };
            write(&ground, &sound, &inbox);
        }
    }
    let ground = ground
        .with_register(std::slice::from_ref(&inbox))
        .expect("the register is sound");
    let mut paths = vec![inbox.clone()];
    if case.named {
        paths = fs::read_dir(&inbox)
            .expect("the inbox")
            .map(|entry| entry.expect("an entry").path())
            .collect();
    }
    let standings =
        run::standings(&ground, &paths.into(), Asked::default(), &|_| {}).expect("it runs");
    (said(&standings), near_misses)
}

fn copy(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Everything that was found, one line each.
fn said(standings: &Standings<'_>) -> String {
    let mut said = String::new();
    let reader = Reader::clerk(standings.ground);
    for finding in &standings.findings {
        let told = finding.said(&reader);
        let place = &finding.place;
        let cell = place.cell.map_or(String::new(), |cell| format!("!{cell}"));
        let society = finding.society.as_deref().unwrap_or("—");
        let file = if place.file.is_empty() {
            format!("（{society}）")
        } else {
            text::path(&Place::file(&place.file, &place.within))
        };
        let _ = writeln!(
            said,
            "{} {} {file}{cell}：{}。{}",
            finding.severity.label(),
            finding.code().name,
            told.message,
            told.next
        );
    }
    for form in &standings.forms {
        let total = form
            .total(&standings.ground.scheme)
            .map_or("—".to_owned(), |total| {
                total.shown(standings.ground.scheme.precision)
            });
        let _ = writeln!(
            said,
            "表 {} {} {total}",
            text::path(&Place::file(&form.place.file, &form.place.within)),
            form.state.label()
        );
    }
    for own in standings.assessments.iter().flat_map(|own| &own.forms) {
        let total = own.form.total(&standings.ground.scheme);
        let total = total.map_or("—".to_owned(), |total| {
            total.shown(standings.ground.scheme.precision)
        });
        let _ = writeln!(
            said,
            "自评 {} {} {total}",
            text::path(&Place::file(&own.form.place.file, &own.form.place.within)),
            own.form.state.label()
        );
    }
    let name = |society: SocietyId| &standings.ground.roster.societies[society].name;
    for standing in standings
        .societies
        .iter()
        .filter(|one| one.is_provisional())
    {
        let _ = writeln!(
            said,
            "暂计 {} {:?}：应交{}、其中计入{}，待更正{}",
            name(standing.society),
            standing.provisional,
            standing.progress.due,
            standing.progress.counted,
            standing.held
        );
    }
    for nobody in &standings.nobody {
        let why = if nobody.only_recused {
            "只有回避的表"
        } else {
            "没有人应评"
        };
        let _ = writeln!(said, "无人可评 {} {why}", name(nobody.society));
    }
    said
}

/// Makes a form and puts it into the inbox; gives its name.
fn write(ground: &Ground, case: &FormCase, inbox: &Path) -> String {
    let mut paper = if case.blank {
        Paper::blank(ground, &case.society)
    } else {
        sound(ground, case)
    };
    for (cell, text) in &case.set {
        paper.set(cell_ref(cell), text);
    }
    if !case.blank {
        // The form's own formulas, as the spreadsheet would have calculated them, unless the case says other.
        paper.calculate(ground);
        for (cell, text) in &case.set {
            paper.set(cell_ref(cell), text);
        }
    }
    let file = if case.file.is_empty() {
        format!("{}.csv", case.society)
    } else {
        case.file.clone()
    };
    fs::write(inbox.join(&file), paper.csv(&case.delete)).expect("the form can be written");
    file
}

/// Makes a society's own form and puts it into the inbox; gives its name.
fn write_own(ground: &Ground, case: &OwnCase, inbox: &Path) -> String {
    let mut paper = if case.blank {
        Paper::blank(ground, &case.society)
    } else {
        Paper::own(ground, &case.society)
    };
    for (item, answer) in &case.items {
        paper.item(item, answer);
    }
    if !case.blank {
        paper.calculate(ground);
    }
    for (cell, text) in &case.set {
        paper.set(cell_ref(cell), text);
    }
    let file = if case.file.is_empty() {
        format!("{}-自评.csv", case.society)
    } else {
        case.file.clone()
    };
    fs::write(inbox.join(&file), paper.csv(&case.delete)).expect("the form can be written");
    file
}

/// A sound form: the base lines at their caps, and something of its own for every society, so that no form
/// looks like a copy of another's.
fn sound(ground: &Ground, case: &FormCase) -> Paper {
    let reviewer = if case.reviewer.is_empty() {
        "评价人甲"
    } else {
        &case.reviewer
    };
    let mut paper = Paper::sound(ground, &case.society, reviewer, "中国标准化协会党委");
    paper.field(Field::Date, "2018-08-05");
    paper.field(Field::Recommended, "2星");
    for line in ground.scheme.base.iter().flat_map(|base| &base.lines) {
        let line = &ground.scheme.lines[*line];
        paper.bonus(&line.code, &line.bonus.cap.to_string());
    }
    let own = ground
        .roster
        .society_named(&case.society)
        .map_or(0, SocietyId::place);
    let lines = &ground.scheme.lines;
    if lines.iter().any(|line| line.code == "9.1") {
        paper.bonus("9.1", &(own * 5).to_string());
    } else if let Some(line) = lines.iter().rfind(|line| line.value.is_none()) {
        paper.bonus(&line.code, &own.to_string());
    }
    paper
}
