//! The house: which module may know which. Module privacy holds most of it, this the rest.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
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
        ("mail_builder", &["report/slip/draft.rs"]),
        ("mail_parser", &["intake/mail.rs", "intake/mail/"]),
        ("rust_xlsxwriter", &["report/"]),
        ("maud", &["notice/page.rs"]),
        ("rayon", &["run.rs", "run/", "cli/work.rs"]),
        ("clap", &["cli/"]),
        ("clap_complete", &["cli/"]),
        ("parquet", &["report/export/"]),
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

#[test]
fn every_station_knows_only_the_ground_and_the_one_before_it() {
    let strangers: BTreeMap<&str, &[&str]> = BTreeMap::from([
        (
            "model/",
            &[
                "scheme", "roster", "intake", "form", "check", "settle", "score", "rank", "report",
                "finding", "run", "cli", "ground", "publish",
            ][..],
        ),
        (
            "finding/",
            &[
                "roster", "intake", "check", "settle", "score", "rank", "report", "run", "cli",
                "publish",
            ],
        ),
        (
            "scheme/",
            &[
                "roster", "intake", "form", "check", "settle", "score", "rank", "report",
                "finding", "run", "cli", "ground", "publish",
            ],
        ),
        (
            "roster/",
            &[
                "form", "check", "settle", "score", "rank", "report", "finding", "run", "cli",
                "ground", "publish",
            ],
        ),
        (
            "intake/",
            &[
                "scheme", "roster", "form", "check", "settle", "score", "rank", "report",
                "finding", "run", "cli", "ground", "publish",
            ],
        ),
        (
            "form/",
            &[
                "check", "settle", "score", "rank", "report", "finding", "run", "cli", "publish",
            ],
        ),
        (
            "check/",
            &["settle", "score", "rank", "report", "run", "cli", "publish"],
        ),
        (
            "settle/",
            &["intake", "form", "score", "report", "run", "cli", "publish"],
        ),
        (
            "score/",
            &[
                "intake", "form", "check", "settle", "rank", "report", "finding", "run", "cli",
                "ground", "publish", "roster",
            ],
        ),
        (
            "rank/",
            &["intake", "form", "check", "report", "run", "cli", "publish"],
        ),
        ("report/", &["run", "cli", "publish"]),
    ]);
    for (file, source) in sources() {
        let Some((_, banned)) = strangers.iter().find(|(home, _)| file.starts_with(**home)) else {
            continue;
        };
        for module in *banned {
            let named = format!("crate::{module}::");
            assert!(
                !code(&source).contains(&named),
                "{file} must not know {module}"
            );
        }
    }
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
