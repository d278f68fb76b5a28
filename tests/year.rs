//! The committee's year, walked from the results to the end of a star.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::Workbook;
use xingping::intake::{Sheet, Value};
use xingping::model::CellRef;

mod common;

/// Runs the program; its exit status and what it says to people.
fn run(room: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(arguments)
        .current_dir(room)
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let data = String::from_utf8(output.stdout).expect("UTF-8");
    (output.status.code().expect("a status"), said + &data)
}

/// A workbook that somebody fills in.
struct Paper {
    sheets: Vec<Sheet>,
}

impl Paper {
    fn open(path: &Path) -> Self {
        Self {
            sheets: common::sheets(&fs::read(path).expect("a workbook")),
        }
    }

    fn find(&self, sheet: &str, text: &str) -> CellRef {
        let sheet = self.sheet(sheet);
        let found = sheet.cells().find(|(_, value)| value.written() == text);
        found.unwrap_or_else(|| panic!("no {text}")).0
    }

    fn sheet(&self, name: &str) -> &Sheet {
        let found = self.sheets.iter().find(|sheet| sheet.name == name);
        found.unwrap_or_else(|| panic!("no sheet {name}"))
    }

    /// The text in the row of `row` under the heading `column`.
    fn get(&self, sheet: &str, row: &str, column: &str) -> String {
        let cell = CellRef::new(
            self.find(sheet, row).row(),
            self.find(sheet, column).column(),
        );
        let value = self.sheet(sheet).get(cell);
        value.map_or(String::new(), Value::written)
    }

    fn set(&mut self, sheet: &str, row: &str, column: &str, text: &str) {
        let cell = CellRef::new(
            self.find(sheet, row).row(),
            self.find(sheet, column).column(),
        );
        let found = self.sheets.iter_mut().find(|one| one.name == sheet);
        let value = text
            .parse()
            .map_or_else(|_| Value::Text(text.to_owned()), Value::Number);
        found.expect("the sheet").put(cell, value);
    }

    fn save(&self, path: &Path) {
        let mut book = Workbook::new();
        for sheet in &self.sheets {
            let into = book.add_worksheet();
            into.set_name(&sheet.name).expect("a name");
            for (cell, value) in sheet.cells() {
                let column = u16::try_from(cell.column()).expect("a column");
                let text = value.written();
                match value {
                    Value::Number(_) => {
                        let number: f64 = text.parse().expect("a number");
                        into.write_number(cell.row(), column, number).expect("put");
                    }
                    _ => {
                        into.write_string(cell.row(), column, &text).expect("put");
                    }
                }
            }
        }
        fs::write(path, book.save_to_buffer().expect("bytes")).expect("written");
    }
}

/// What somebody does to the row of a society; the last is another star than the computed one.
type Change = fn(&mut Paper, &str, &str);

const HEAD: &str = "学会党组织名称";

/// The societies of the sheet, best first, with their computed stars.
fn listed(paper: &Paper) -> BTreeMap<String, String> {
    let sheet = paper.sheet("审议表");
    let column = paper.find("审议表", HEAD);
    sheet
        .cells()
        .filter(|(cell, _)| cell.column() == column.column() && cell.row() > column.row())
        .map(|(_, value)| value.written())
        .filter(|name| name.ends_with("党组织"))
        .map(|name| {
            let stars = paper.get("审议表", &name, "测算星级");
            (name, stars)
        })
        .collect()
}

/// The final results of the samples in `结果`, and the sheet made from them with everything agreed.
fn agreed(room: &Path) -> Paper {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2018");
    let samples = samples.to_str().expect("a plain path");
    let (status, said) = run(
        room,
        &["consolidate", samples, "-o", "结果", "--final", "-q"],
    );
    assert_eq!(status, 0, "{said}");
    let (status, said) = run(room, &["deliberate", "结果", "-o", "审议表.xlsx"]);
    assert_eq!(status, 0, "{said}");
    let mut paper = Paper::open(&room.join("审议表.xlsx"));
    for (name, stars) in listed(&paper) {
        paper.set("审议表", &name, "审议星级", &stars);
        paper.set("审议表", &name, "审议意见", "同意");
    }
    paper.set("会议情况", "审定日期", "内容", "2018-09-20");
    paper
}

fn decide(room: &Path, paper: &Paper) -> (i32, String) {
    let path: PathBuf = room.join("填好.xlsx");
    paper.save(&path);
    run(
        room,
        &["decide", "填好.xlsx", "--results", "结果", "-o", "审定"],
    )
}

#[test]
fn a_sheet_that_cannot_be_decided_decides_nothing() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let sound = agreed(room);
    let names: Vec<(String, String)> = listed(&sound).into_iter().collect();
    let (name, stars) = &names[0];
    let other = if stars == "1" { "2" } else { "1" };
    let cases: [(Change, &str); 9] = [
        (
            |paper, name, other| paper.set("审议表", name, "审议星级", other),
            "审议意见是同意，审议星级却是",
        ),
        (
            |paper, name, _| {
                paper.set("审议表", name, "审议意见", "调整");
                paper.set("审议表", name, "理由", "有理由");
            },
            "审议意见是调整，审议星级却与测算的",
        ),
        (
            |paper, name, other| {
                paper.set("审议表", name, "审议星级", other);
                paper.set("审议表", name, "审议意见", "调整");
            },
            "调整和暂缓都要写明理由",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "审议意见", " "),
            "还没有审定",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "审议星级", "11"),
            "只能填0至10",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "总分", "1"),
            "总分不能在这里改",
        ),
        (
            |paper, name, _| paper.set("审议表", name, HEAD, "某学会党组织"),
            "名单中没有这个学会",
        ),
        (
            |paper, _, _| paper.set("会议情况", "审定日期", "内容", "九月二十日"),
            "审定日期填的是",
        ),
        (
            |paper, _, _| paper.set("会议情况", "结果编号（请勿修改）", "内容", "R0"),
            "审议表要重新出",
        ),
    ];
    for (change, said) in cases {
        let mut paper = Paper {
            sheets: sound.sheets.clone(),
        };
        change(&mut paper, name, other);
        let (status, told) = decide(room, &paper);
        assert_eq!(status, 1, "{said}: {told}");
        assert!(
            told.contains("【须更正】填好.xlsx：") && told.contains(said),
            "{said}: {told}"
        );
        assert!(!room.join("审定").exists(), "{said}");
    }
    // The near miss: a star changed with opinion and reason.
    let mut paper = sound;
    paper.set("审议表", name, "审议星级", other);
    paper.set("审议表", name, "审议意见", "调整");
    paper.set("审议表", name, "理由", "调研中发现");
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("其中调整1个；暂缓0个"), "{told}");
}

#[test]
fn what_is_deferred_is_completed_by_a_later_sheet() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    let names: Vec<String> = listed(&paper).into_keys().collect();
    paper.set("审议表", &names[0], "审议意见", "暂缓");
    paper.set("审议表", &names[0], "审议星级", "");
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 1, "{told}");
    paper.set("审议表", &names[0], "理由", "待补充材料");
    let name = names[0].clone();
    let cell = CellRef::new(
        paper.find("审议表", &name).row(),
        paper.find("审议表", "审议星级").column(),
    );
    let found = paper.sheets.iter_mut().find(|one| one.name == "审议表");
    found
        .expect("the sheet")
        .put(cell, Value::Text(" ".to_owned()));
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("暂缓1个"), "{told}");
    let (status, told) = run(
        room,
        &["deliberate", "结果", "--decided", "审定", "-o", "补审.xlsx"],
    );
    assert_eq!(status, 0, "{told}");
    let mut later = Paper::open(&room.join("补审.xlsx"));
    let left = listed(&later);
    assert_eq!(left.keys().collect::<Vec<_>>(), [&name]);
    later.set("审议表", &name, "审议星级", &left[&name]);
    later.set("审议表", &name, "审议意见", "同意");
    later.set("会议情况", "审定日期", "内容", "2018年10月8日");
    later.save(&room.join("补审填好.xlsx"));
    let (status, told) = run(
        room,
        &[
            "decide",
            "补审填好.xlsx",
            "--results",
            "结果",
            "--decided",
            "审定",
            "-o",
            "审定二",
        ],
    );
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("暂缓0个"), "{told}");
    let decided = fs::read_to_string(room.join("审定二/data/decided.json")).expect("decided");
    assert_eq!(decided.matches("\"day\": \"2018-10-08\"").count(), 2);
}
