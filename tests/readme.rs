//! The README's commands are true: each is run as it stands there.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;

use program::xingping as run;

#[path = "common/program.rs"]
mod program;

const README: &str = include_str!("../README.md");

/// The lines of the fenced shell blocks.
fn commands() -> Vec<&'static str> {
    let mut inside = false;
    README
        .lines()
        .filter(|line| {
            if line.starts_with("```") {
                inside = *line == "```sh";
                return false;
            }
            inside
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_two_commands_come_first() {
    assert_eq!(
        commands()[..2],
        [
            "cargo run --release -- consolidate samples/2018 -o out --mark 虚构示例数据",
            "cargo test"
        ]
    );
}

#[test]
fn the_first_command_does_the_job() {
    let room = tempfile::tempdir().expect("a room");
    let out = room.path().join("out");
    let command = commands()[0].replace("-o out", &format!("-o {}", out.display()));
    let words: Vec<&str> = command
        .split(' ')
        .skip_while(|word| *word != "--")
        .skip(1)
        .collect();
    let (status, said) = run(&words, root());
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("收到文件41个，评价表45份：计入45。学会33个：列入名次33个。"),
        "{said}"
    );
    for file in [
        "0-工作底稿（内部）.xlsx",
        "0-报告（内部）.html",
        "总排名.xlsx",
        "报告.html",
        "data/results.json",
        "data/manifest.json",
    ] {
        assert!(out.join(file).is_file(), "{file}");
        assert!(README.contains(file), "{file}");
    }
}

#[test]
fn every_other_command_works_in_its_order() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("收件");
    copy(&root().join("samples/2018"), &inbox);
    let mut count = 0;
    for command in commands()
        .into_iter()
        .filter(|line| line.starts_with("xingping "))
    {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let (status, said) = run(&words, room.path());
        assert_eq!(status, 0, "{command}: {said}");
        count += 1;
    }
    assert!(count >= 7);
    assert!(room.path().join("指标体系.xlsx").is_file());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the sample") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn every_command_of_the_program_is_in_the_readme() {
    for command in [
        "init",
        "forms",
        "check",
        "consolidate",
        "return",
        "explain",
        "scheme check",
        "scheme show",
    ] {
        assert!(README.contains(&format!("xingping {command}")), "{command}");
    }
}
