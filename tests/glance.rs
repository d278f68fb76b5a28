//! 一览: what is wrong over the whole run, a line for each cause, and what to do next.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;
use std::process::Command;

use xingping::form::Field;
use xingping::ground::Ground;

use common::Paper;

mod common;

/// Runs the program: what it said to people, and what it gave as data.
fn xingping(arguments: &[&str], room: &Path) -> (Vec<String>, Vec<String>) {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(arguments)
        .current_dir(room)
        .output()
        .expect("it runs");
    let lines = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().map(str::to_owned).collect()
    };
    (lines(&output.stderr), lines(&output.stdout))
}

/// Six forms without a date; one of them has a value beyond its cap.
fn room() -> tempfile::TempDir {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("收件");
    fs::create_dir(&inbox).expect("made");
    for (number, society) in ground.roster.societies.iter().take(6).enumerate() {
        let mut paper = Paper::sound(&ground, &society.name, "评价人甲", "中国标准化协会党委");
        paper.field(Field::Date, "");
        if number == 2 {
            paper.bonus("3.1", "60");
        }
        paper.calculate(&ground);
        fs::write(inbox.join(format!("{}.csv", society.name)), paper.csv(&[])).expect("written");
    }
    room
}

#[test]
fn one_cause_in_many_files_is_one_line() {
    let room = room();
    let (said, _) = xingping(&["收件", "-o", "结果"], room.path());
    let about = |lines: &[String], code: &str| -> Vec<String> {
        let begins = |line: &&String| line.starts_with('【') && line.ends_with(code);
        lines.iter().filter(begins).cloned().collect()
    };
    let dates = about(&said, "（D101）");
    assert_eq!(dates.len(), 1, "{said:#?}");
    assert!(dates[0].contains("评价日期未填，共6处"), "{}", dates[0]);
    // One alone is said as it is.
    assert!(about(&said, "（P301）")[0].contains("填60，超过上限50"));
    // 27 societies have sent nothing: that follows, and stands behind.
    let at = |code: &str| said.iter().position(|line| line.contains(code));
    assert!(at("（D101）") < at("（M101）"), "{said:#?}");
    let counted: Vec<&String> = said.iter().filter(|line| line.contains("处：")).collect();
    assert!(
        counted
            .iter()
            .any(|line| line.starts_with("【须更正】1处：超过上限（P301）1处")),
        "{counted:#?}"
    );
    let last = said.last().expect("a line");
    assert!(
        last.starts_with("下一步：先看“0-工作底稿（内部）.xlsx”"),
        "{last}"
    );
    assert!(last.contains("须更正的1份、没有交的27份"), "{last}");

    // Where it is what was asked for, every place is named, apart from the others the one whose form is held for more.
    let (_, data) = xingping(&["check", "收件"], room.path());
    let dates = about(&data, "（D101）");
    let places: Vec<usize> = dates
        .iter()
        .map(|one| one.matches(".csv").count())
        .collect();
    assert_eq!(places, [5, 1], "{dates:#?}");
    assert!(dates[0].contains("照常计分"), "{}", dates[0]);
    assert!(!dates[1].contains("照常计分"), "{}", dates[1]);
}

#[test]
fn the_counts_stand_above_the_list_and_come_to_its_rows() {
    let room = room();
    xingping(&["收件", "-q", "-o", "结果"], room.path());
    let book = fs::read(room.path().join("结果/0-工作底稿（内部）.xlsx")).expect("a workbook");
    let sheets = common::sheets(&book);
    let sheet = sheets
        .iter()
        .find(|sheet| sheet.name == "填报核对清单")
        .expect("the list");
    let texts: Vec<String> = sheet
        .cells()
        .filter_map(|(cell, value)| match value {
            xingping::intake::Value::Text(text) if cell.column() == 0 => Some(text.clone()),
            _ => None,
        })
        .collect();
    let rows = sheet
        .cells()
        .filter(|(cell, value)| {
            cell.column() == 1
                && matches!(value, xingping::intake::Value::Text(text)
                    if ["须更正", "请核实", "提示"].contains(&text.as_str()))
        })
        .count();
    let above = format!("共{rows}处，按级别和原因：");
    assert!(texts.contains(&above), "{texts:#?}");
    let of_each: usize = texts
        .iter()
        .filter_map(|text| text.strip_prefix('【')?.split_once('】'))
        .filter_map(|(_, rest)| rest.split_once('处')?.0.parse::<usize>().ok())
        .sum();
    assert_eq!(of_each, rows);
}
