//! The house: which module may know which. Module privacy holds most of it, this the rest.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The sources of the program; files that only tests see are none.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                into.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs") && !path.ends_with("sample.rs"))
        .filter(|path| !path.iter().any(|part| part == "sample"))
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(&path).expect("a source"))
        })
        .collect()
}

/// The code of a file without its comments and unit tests.
fn code(source: &str) -> String {
    let body = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or(source);
    body.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_crate_with_one_home_stays_there() {
    for (name, homes) in [
        ("calamine", &["intake/"][..]),
        ("encoding_rs", &["intake/text.rs"]),
        ("html5gum", &["intake/html/"]),
        ("mail_builder", &["report/letters/draft.rs"]),
        ("mail_parser", &["intake/mail.rs", "intake/mail/"]),
        ("rust_xlsxwriter", &["report/", "papers/"]),
        ("maud", &["notice/page.rs", "report/page/"]),
        ("rayon", &["run.rs", "run/", "cli/round.rs"]),
        ("clap", &["cli/"]),
        ("clap_complete", &["cli/"]),
        ("parquet", &["report/data/export/"]),
        ("clap_mangen", &["cli/"]),
        ("ctrlc", &["cli/interrupt.rs"]),
        ("indicatif", &["cli/progress.rs"]),
        ("toml", &["scheme/reader.rs", "scheme/read/"]),
    ] {
        for (file, source) in sources() {
            let uses = [format!("use {name}"), format!("{name}::")];
            if uses
                .iter()
                .any(|written| code(&source).contains(written.as_str()))
            {
                assert!(
                    homes.iter().any(|home| file.starts_with(home)),
                    "{file} uses {name}, whose home is {homes:?}"
                );
            }
        }
    }
}

/// The rooms of the table in `lib.rs`, in its order, each with those that it must not know.
fn rooms() -> Vec<(String, Vec<String>)> {
    let head = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("the head of the house");
    let rows = head
        .lines()
        .filter_map(|line| line.strip_prefix("//! | [`"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_end_matches(" |").split(" | ").collect();
        let name = cells[0].trim_end_matches("`]").trim_start_matches("mod@");
        let banned = cells.get(2).copied().unwrap_or_default();
        let banned = banned.trim_end_matches('|').split(", ").map(str::trim);
        let banned = banned.filter(|name| !name.is_empty()).map(str::to_owned);
        (name.to_owned(), banned.collect())
    })
    .collect()
}

/// The rooms that a source names: `crate::scheme::…`, `use crate::{form, scheme}`.
fn named(source: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|one| one.is_alphanumeric() || *one == '_')
            .collect::<String>()
    };
    let mut named = BTreeSet::new();
    for rest in source.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => drop(named.insert(word(rest))),
            Some(several) => {
                // Of what is within further braces nothing is a room.
                let mut depth = 0;
                let mut begins = true;
                for (at, one) in several.char_indices() {
                    match one {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        one if begins && !one.is_whitespace() => {
                            named.insert(word(&several[at..]));
                            begins = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    named
}

#[test]
fn every_room_knows_only_rooms_above_it_and_not_all_of_them() {
    let rooms = rooms();
    for (file, source) in sources() {
        let home = file.split('/').next().unwrap_or(&file);
        let home = home.trim_end_matches(".rs");
        if matches!(home, "lib" | "main") {
            continue;
        }
        let at = rooms
            .iter()
            .position(|(room, _)| room == home)
            .unwrap_or_else(|| panic!("{file} belongs to no room of the table in src/lib.rs"));
        let (_, banned) = &rooms[at];
        for other in named(&code(&source)) {
            let Some(place) = rooms.iter().position(|(room, _)| *room == other) else {
                continue;
            };
            assert!(place <= at, "{file} knows {other}, which stands below it");
            assert!(!banned.contains(&other), "{file} must not know {other}");
        }
    }
}

/// The folders of `report`, each with those that it may know.
const FOLDERS: &[(&str, &[&str])] = &[
    ("kit", &[]),
    ("known", &["kit"]),
    ("books", &["kit", "known"]),
    ("page", &["kit", "known", "books"]),
    ("data", &["kit"]),
    ("forms", &["kit"]),
    ("returns", &["kit", "known", "forms"]),
    ("letters", &["kit", "known", "returns"]),
];

#[test]
fn the_folders_of_report_stand_upon_one_another() {
    for (file, source) in sources() {
        let Some((home, _)) = file
            .strip_prefix("report/")
            .and_then(|inner| inner.split_once('/'))
        else {
            continue;
        };
        let (_, known) = FOLDERS
            .iter()
            .find(|(name, _)| *name == home)
            .unwrap_or_else(|| panic!("{file} lies in no folder that is declared here"));
        let code = code(&source);
        for (other, _) in FOLDERS.iter().filter(|(name, _)| *name != home) {
            // From the head of a folder what lies beside it is reached by `super`.
            let beside = file.ends_with("mod.rs") && file.matches('/').count() == 2;
            let is_named = code.contains(&format!("report::{other}"))
                || (beside && code.contains(&format!("super::{other}")));
            assert!(
                !is_named || known.contains(other),
                "{file} knows report/{other}"
            );
        }
    }
}

#[test]
fn the_rooms_named_in_a_source_are_found() {
    let source = "use crate::{form, scheme::{self, Line}, rank};\nfn x(y: crate::model::Points) {}";
    let found: Vec<String> = named(source).into_iter().collect();
    assert_eq!(found, ["form", "model", "rank", "scheme"]);
}

#[test]
fn rooms_are_small_and_say_what_they_are_for() {
    for (file, source) in sources() {
        let lines = source
            .split("#[cfg(test)]")
            .next()
            .unwrap_or(&source)
            .lines()
            .count();
        assert!(lines <= 400, "{file} has {lines} lines");
        assert!(source.starts_with("//!"), "{file} has no head");
    }
}

#[test]
fn no_float_decides_a_score() {
    for (file, source) in sources() {
        if [
            "score/", "rank/", "check/", "settle/", "form/", "scheme/", "model/",
        ]
        .iter()
        .any(|home| file.starts_with(home))
        {
            assert!(!code(&source).contains("f64"), "{file} knows floats");
        }
    }
}
