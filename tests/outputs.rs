//! What the commands of the year write, and what becomes of what lay there.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use committee::{NOTICE, agreed, decide, enter, propose};
use desk::well;
use program::all_said as run;

#[path = "common/committee.rs"]
mod committee;
mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

/// Every file below a folder, with its bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter();
    let files = files.map(|entry| entry.expect("an entry"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// Folders beside that begin so.
fn beginning(room: &Path, with: &str) -> Vec<String> {
    let entries = fs::read_dir(room).expect("the room");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(with)).collect()
}

#[test]
fn one_output_never_takes_the_place_of_another_kind() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    assert_eq!(decide(room, &paper).0, 0);
    propose(room);
    enter(room);
    let before = contents(room);
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2018");
    let samples = samples.to_str().expect("a plain path");
    let publish = |from, to| {
        let day = ["publish", from, "-o", to, "--date", "2018-09-21"];
        [&day[..], &["--contact", "甲"], &NOTICE].concat()
    };
    let check: Vec<&str> =
        "spot-check --register 登记簿.csv --on 2020-09-01 --share 20% --seed 种子 -o 结果"
            .split(' ')
            .collect();
    for (command, there) in [
        (publish("审定", "审定"), "审定结果"),
        (publish("审定", "结果"), "汇总结果"),
        (check, "汇总结果"),
        (
            vec!["decide", "填好.xlsx", "--results", "结果", "-o", "结果"],
            "汇总结果",
        ),
        (vec!["consolidate", samples, "-o", "审定"], "审定结果"),
        (vec!["consolidate", samples, "-o", "公示"], "公示"),
        (vec!["return", samples, "-o", "结果"], "汇总结果"),
        (
            vec!["consolidate", samples, "-o", "新", "--export", "审定"],
            "审定结果",
        ),
    ] {
        let (status, said) = run(room, &command);
        assert_eq!(status, 2, "{command:?}: {said}");
        let said = said.replace('\n', "");
        assert!(said.contains(&format!("里是{there}，换成")), "{said}");
        assert_eq!(contents(room), before, "{command:?}");
    }
    // Another decision takes the place of one, which stays; the same one changes nothing.
    assert_eq!(decide(room, &paper).0, 0);
    assert!(beginning(room, "审定_前稿_").is_empty());
    paper.set("会议情况", "审定日期", "内容", "2018-09-21");
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    let kept = beginning(room, "审定_前稿_D");
    assert_eq!(kept.len(), 1, "{said}");
    assert!(
        said.contains("上一稿留在") && said.contains(&kept[0]),
        "{said}"
    );
    // So it is with what is made public.
    let mut again = publish("审定", "公示");
    again[5] = "2018-09-25";
    well(room, &again);
    assert_eq!(beginning(room, "公示_前稿_G").len(), 1);
}

#[test]
fn no_span_of_time_is_too_long_to_be_said_so() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    assert_eq!(decide(room, &agreed(room)).0, 0);
    propose(room);
    enter(room);
    let many = "4000000000";
    let publish = ["publish", "审定", "-o", "另", "--date", "2018-09-21"];
    let publish = [&publish[..], &["--contact", "甲", "--days", many], &NOTICE].concat();
    let show = [
        "register",
        "show",
        "登记簿.csv",
        "--on",
        "2018-10-31",
        "--within",
    ];
    for (command, allowed) in [
        (publish, "应是1至366的整数"),
        ([&show[..], &["400000"]].concat(), "应是0至1200的整数"),
        ([&show[..], &["-1"]].concat(), ""),
    ] {
        let (status, said) = run(room, &command);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(allowed), "{said}");
    }
    well(room, &[&show[..], &["1200"]].concat());
}

#[test]
fn status_takes_nothing_for_what_it_is_not() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    assert_eq!(decide(room, &agreed(room)).0, 0);
    propose(room);
    enter(room);
    let (status, said) = run(room, &["status", "--on", "2018-10-09", "公示"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("“公示”是公示，从中看不出进度"), "{said}");
    let register = fs::read_to_string(room.join("登记簿.csv")).expect("the register");
    let one_less = register.replacen("生效日期", "起算日", 1);
    let changed = register.replacen("2018-09-20", "2018-09-21", 1);
    for text in [one_less, changed] {
        fs::write(room.join("改过.csv"), text).expect("written");
        let (status, said) = run(room, &["status", "--on", "2018-10-09", "改过.csv"]);
        assert_eq!(status, 1, "{said}");
        assert!(said.contains("【须更正】改过.csv"), "{said}");
    }
    well(room, &["status", "--on", "2018-10-09", "登记簿.csv"]);
}

#[test]
fn a_folder_is_not_called_like_a_file() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    assert_eq!(decide(room, &agreed(room)).0, 0);
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2018");
    let samples = samples.to_str().expect("a plain path");
    let one = |to| {
        let of = ["statement", "结果", "--society", "中国地质学会"];
        [&of[..], &["-o", to]].concat()
    };
    for (command, named) in [
        (vec!["consolidate", samples, "-o", "总.xlsx"], "“总”"),
        (vec!["return", samples, "-o", "退.XLSX"], "“退”"),
        (one("说明.xlsx"), "“说明”"),
        (
            vec!["decide", "填好.xlsx", "--results", "结果", "-o", "定.csv"],
            "“定”",
        ),
        (vec!["forms", "-o", "表.et"], "“表”"),
    ] {
        let before = contents(room);
        let (status, said) = run(room, &command);
        assert_eq!(status, 2, "{command:?}: {said}");
        let said = said.replace('\n', "");
        assert!(said.contains("像文件名") && said.contains(named), "{said}");
        assert_eq!(contents(room), before);
    }
    // The near misses: another ending, and a folder that is there.
    well(room, &one("说明.2018"));
    fs::create_dir(room.join("说明.xlsx")).expect("a folder");
    well(room, &one("说明.xlsx"));
}
