//! Leaks that were found once: a case is a folder, what comes in and what each reader must not and must read.
//!
//! `in/` is what comes in, under the built-in year; `leak.toml` says of the outputs whose names begin so which words may
//! not stand in them, and which must: a paper that shows nothing hides everything. What is planted at random is looked
//! for in `planted.rs`.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use xingping::ground::Ground;
use xingping::rank::Asked;
use xingping::report::{Held, Output};
use xingping::run;

use words::words_in;

#[path = "common/words.rs"]
mod words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leak {
    /// What the case shows, for the reader.
    #[allow(dead_code)]
    shows: String,
    reader: Vec<Reader>,
}

/// Who reads the outputs whose names begin so.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reader {
    outputs: String,
    hidden: Vec<String>,
    shown: Vec<String>,
}

fn outputs(inbox: &Path) -> Vec<Output> {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let paths = vec![inbox.to_owned()];
    let standings =
        run::standings(&ground, &paths.clone().into(), Asked::default(), &|_| {}).expect("it runs");
    let held = Held::default();
    run::outputs(&standings, Vec::new(), &held, &|_| {}).expect("books");
    let mut outputs = held.outputs();
    let returned = run::slips(&standings, &paths.into(), &|_| {}).expect("slips");
    outputs.extend(returned.outputs);
    outputs
}

#[test]
fn what_leaked_once_leaks_no_more() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/leaks");
    let folders = fs::read_dir(cases).expect("the cases");
    let mut folders: Vec<PathBuf> = folders.map(|one| one.expect("an entry").path()).collect();
    folders.sort();
    assert!(folders.len() >= 3, "{folders:?}");
    for folder in folders {
        let case = fs::read_to_string(folder.join("leak.toml")).expect("leak.toml");
        let case: Leak = toml::from_str(&case).expect("sound");
        let outputs = outputs(&folder.join("in"));
        for reader in case.reader {
            let own = outputs.iter();
            let own: Vec<&Output> = own
                .filter(|output| output.name.starts_with(&reader.outputs))
                .collect();
            assert!(!own.is_empty(), "{}: {}", folder.display(), reader.outputs);
            let all: Vec<String> = own
                .iter()
                .map(|output| words_in(&output.name, &output.bytes))
                .collect();
            for word in &reader.hidden {
                let leak = own.iter().zip(&all).find(|(_, text)| text.contains(word));
                let leak = leak.map(|(output, _)| &output.name);
                assert_eq!(leak, None, "{}: {word}", folder.display());
            }
            for word in &reader.shown {
                let is_shown = all.iter().any(|text| text.contains(word));
                assert!(
                    is_shown,
                    "{}: {word} in {}",
                    folder.display(),
                    reader.outputs
                );
            }
        }
    }
}
