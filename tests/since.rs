//! 与上次相比: what changed since an earlier output, what it comes from, and where the earlier draft stays.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use xingping::finding::FormState;
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::outcome::Outcome;
use xingping::rank::{Happened, Since, SocietyState, Why};
use xingping::report::data::manifest::Manifest;

use common::Paper;
use program::xingping;

mod common;
#[path = "common/program.rs"]
mod program;

/// One form of 评价人甲, with these points in 3.2.
fn write(room: &Path, file: &str, society: &str, points: &str, day: &str) {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let mut paper = Paper::sound(&ground, society, "评价人甲", "中国标准化协会党委");
    paper.field(Field::Date, day);
    paper.bonus("3.2", points);
    paper.calculate(&ground);
    let path = room.join("收件").join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, paper.csv(&[])).expect("written");
}

fn since(room: &Path, output: &str) -> Option<Since> {
    let outcome = Outcome::load(&room.join(output)).expect("an outcome");
    outcome.results.since
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter();
    files
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.strip_prefix(folder).expect("below");
            let bytes = fs::read(&path).expect("a file");
            (name.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

/// Four forms, consolidated once.
fn begun() -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a room");
    for (society, points) in [
        ("中国地质学会", "50"),
        ("中国作物学会", "40"),
        ("中国能源研究会", "20"),
        ("中国粮油学会", "20"),
    ] {
        let file = format!("{society}.csv");
        write(room.path(), &file, society, points, "2018-08-10");
    }
    let (status, said) = xingping(&["收件", "-q", "-o", "结果"], room.path());
    assert_eq!(status, 0, "{said}");
    assert!(!said.contains("与上次"), "{said}");
    assert_eq!(since(room.path(), "结果"), None);
    room
}

#[test]
fn the_same_once_more_is_the_same_to_the_byte() {
    let room = begun();
    let room = room.path();
    let first = bytes(&room.join("结果"));
    let (_, said) = xingping(&["收件", "-q", "-o", "结果"], room);
    assert!(said.contains("没有变化"), "{said}");
    assert!(bytes(&room.join("结果")) == first);
    write(room, "新.csv", "中华预防医学会", "50", "2018-08-10");
    xingping(&["收件", "-q", "-o", "结果"], room);
    let second = bytes(&room.join("结果"));
    xingping(&["收件", "-q", "-o", "结果"], room);
    // What has changed is still said when somebody looks once more.
    assert!(bytes(&room.join("结果")) == second);
    assert!(since(room, "结果").is_some());
}

#[test]
fn what_came_was_corrected_and_went_is_said_with_what_it_moved() {
    let room = begun();
    let room = room.path();
    let old = bytes(&room.join("结果"));
    // Corrected beside the old one, in its place, renamed, gone, and new.
    write(room, "更正/地质.csv", "中国地质学会", "20", "2018-08-11");
    write(
        room,
        "中国作物学会.csv",
        "中国作物学会",
        "999",
        "2018-08-10",
    );
    fs::rename(
        room.join("收件/中国能源研究会.csv"),
        room.join("收件/改了名.csv"),
    )
    .expect("renamed");
    fs::remove_file(room.join("收件/中国粮油学会.csv")).expect("removed");
    write(room, "预防.csv", "中华预防医学会", "50", "2018-08-10");
    let (status, said) = xingping(&["收件", "-q", "-o", "结果"], room);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("新到1份、更正2份、这次没有1份"), "{said}");
    let since = since(room, "结果").expect("a comparison");
    let forms: Vec<(Happened, &str, Option<FormState>)> = since
        .forms
        .iter()
        .map(|form| {
            let society = form.society.as_deref().unwrap_or_default();
            (
                form.happened,
                society,
                form.after.as_ref().map(|was| was.state),
            )
        })
        .collect();
    assert_eq!(
        forms,
        [
            (Happened::Corrected, "中国作物学会", Some(FormState::Held)),
            (
                Happened::Corrected,
                "中国地质学会",
                Some(FormState::Counted)
            ),
            (Happened::New, "中华预防医学会", Some(FormState::Counted)),
            (Happened::Gone, "中国粮油学会", None),
        ]
    );
    let causes = |society: &str| {
        let mut all = since.societies.iter();
        let one = all.find(|one| one.society == society);
        one.map(|one| one.causes.iter().copied().collect::<Vec<_>>())
    };
    for moved in [
        "中国地质学会",
        "中国作物学会",
        "中国粮油学会",
        "中华预防医学会",
    ] {
        assert_eq!(causes(moved), Some(vec![Why::Forms]), "{moved}");
    }
    assert_eq!(causes("中国能源研究会"), Some(vec![Why::Others]));
    assert_eq!(causes("中国自动化学会"), None, "nothing came before or now");
    let lost = since
        .societies
        .iter()
        .find(|one| one.society == "中国粮油学会")
        .expect("moved");
    let state = |had: &Option<xingping::rank::Had>| had.as_ref().map(|had| had.state);
    assert_eq!(state(&lost.before), Some(SocietyState::Ranked));
    assert_eq!(state(&lost.after), Some(SocietyState::Missing));

    // The earlier draft stays as it was, named by its number, and is an input that the manifest names.
    let kept = room.join(format!("结果_前稿_{}", since.earlier.number));
    assert!(bytes(&kept) == old);
    let manifest = fs::read(room.join("结果/data/manifest.json")).expect("a manifest");
    let manifest: Manifest = serde_json::from_slice(&manifest).expect("a manifest");
    assert!(
        manifest
            .inputs
            .iter()
            .any(|input| input.sha256 == since.earlier.sha256)
    );

    // Asked for by name, the same comparison anywhere.
    let old = kept.to_string_lossy();
    xingping(&["收件", "-q", "-o", "别处", "--since", &old], room);
    assert!(bytes(&room.join("别处")) == bytes(&room.join("结果")));
}

#[test]
fn drafts_do_not_heap_up_unsaid() {
    let room = begun();
    let room = room.path();
    write(room, "预防.csv", "中华预防医学会", "50", "2018-08-10");
    let (_, said) = xingping(&["收件", "-q", "-o", "结果"], room);
    assert!(said.contains("上一稿留在“"), "{said}");
    write(room, "预防.csv", "中华预防医学会", "40", "2018-08-10");
    let (_, said) = xingping(&["收件", "-q", "-o", "结果"], room);
    assert!(said.contains("连以前的共留有2份"), "{said}");
}

#[test]
fn what_cannot_be_compared_with_is_refused_where_it_was_asked_for() {
    let room = begun();
    let room = room.path();
    let refused = |since: &str, because: &str| {
        let (status, said) = xingping(&["收件", "-q", "-o", "新", "--since", since], room);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(because), "{said}");
        assert!(!room.join("新").exists());
    };
    refused("没有", "没有");
    refused("收件", "里没有汇总结果");
    // Another scheme: the same rules under another name.
    let year = room.join("别的方案");
    xingping(&["init", "别的方案"], room);
    let scheme = fs::read_to_string(year.join("scheme.toml")).expect("a scheme");
    fs::write(
        year.join("scheme.toml"),
        scheme.replace("cast-2018", "other-2018"),
    )
    .expect("written");
    let other = ["收件", "-q", "--scheme", "别的方案", "-o", "别的结果"];
    let (_, said) = xingping(&other, room);
    assert!(room.join("别的结果").exists(), "{said}");
    refused("别的结果", "other-2018");
    // Where nobody asked, the work goes on, and says so.
    let (_, said) = xingping(&["收件", "-q", "-o", "别的结果"], room);
    assert!(said.contains("没有与上次的结果比较"), "{said}");
    assert_eq!(since(room, "别的结果"), None);
    // Somebody changed it.
    fs::write(room.join("结果/data/results.json"), "{}").expect("written");
    refused("结果", "改动过");
}
