//! The same inputs give the same bytes: whatever the order of files and the number of threads.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use xingping::ground::Ground;

use common::Paper;

mod common;

fn consolidate(inboxes: &[&Path], out: &Path, jobs: &str) -> BTreeMap<String, Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .arg("consolidate")
        .args(inboxes)
        .args(["--jobs", jobs, "-q", "-o"])
        .arg(out)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code < 2), "{said}");
    let mut files = BTreeMap::new();
    for folder in [out.to_owned(), out.join("data")] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned();
                files.insert(name, fs::read(path).expect("a file"));
            }
        }
    }
    files
}

#[test]
fn one_thread_or_eight_and_any_order_of_files() {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let room = tempfile::tempdir().expect("a room");
    let mut papers = Vec::new();
    for (index, society) in ground.roster.societies.iter().enumerate() {
        for reviewer in ["评价人甲", "评价人乙", "评价人丙"]
            .into_iter()
            .take(1 + index % 3)
        {
            let mut paper = Paper::sound(&ground, &society.name, reviewer, "中国标准化协会党委");
            paper.bonus("6.1", &((index * 7 + reviewer.len()) % 60).to_string());
            paper.calculate(&ground);
            papers.push((format!("{}-{reviewer}.csv", society.name), paper.csv(&[])));
        }
    }
    // Three folders filled in different orders; the third is given file by file.
    let forward = room.path().join("一");
    let backward = room.path().join("二");
    for folder in [&forward, &backward] {
        fs::create_dir(folder).expect("a folder");
    }
    for (name, bytes) in &papers {
        fs::write(forward.join(name), bytes).expect("written");
    }
    for (name, bytes) in papers.iter().rev() {
        fs::write(backward.join(name), bytes).expect("written");
    }
    let first = consolidate(&[&forward], &room.path().join("out1"), "1");
    let second = consolidate(&[&backward], &room.path().join("out2"), "8");
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &first {
        assert!(*bytes == second[name], "{name} differs");
    }
    assert_eq!(
        first.len(),
        14,
        "three workbooks, two pages, seven groups, results and manifest"
    );
}
