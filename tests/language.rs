//! The page of the scheme language: whole by what the reader knows, and every example on it is a scheme that is read.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use toml::Table;
use xingping::model::Points;
use xingping::scheme::{self, Scheme, assess, kinds};

const PAGE: &str = include_str!("../docs/评价方案.md");
const SELF: &str = include_str!("../templates/2018/self.toml");

/// A section of the page and what stands in it, examples included.
fn sections() -> Vec<(&'static str, String)> {
    let mut sections: Vec<(&'static str, String)> = Vec::new();
    let mut inside = false;
    for line in PAGE.lines() {
        inside ^= line.starts_with("```");
        match line.strip_prefix("## ") {
            Some(heading) if !inside => sections.push((heading, String::new())),
            _ => {
                if let Some((_, text)) = sections.last_mut() {
                    let _ = writeln!(text, "{line}");
                }
            }
        }
    }
    sections
}

/// The examples, in their order.
fn examples() -> Vec<String> {
    let mut examples: Vec<String> = Vec::new();
    let mut inside = false;
    for line in PAGE.lines() {
        if line.starts_with("```") {
            inside = line == "```toml";
            if inside {
                examples.push(String::new());
            }
        } else if inside && let Some(example) = examples.last_mut() {
            let _ = writeln!(example, "{line}");
        }
    }
    examples
}

/// An example with what a scheme needs besides: everything that it says itself stays its own.
fn completed(example: &str) -> String {
    let written: Table = example.parse().expect("an example is TOML");
    let has = |key: &str| written.contains_key(key);
    let mut whole = String::new();
    for (key, value) in [
        ("id", "\"example-2027\""),
        ("title", "\"例\""),
        ("form_title", "\"例\""),
        ("year", "2027"),
        ("subject", "\"单位\""),
        ("stage", "\"review\""),
        ("precision", "2"),
        ("asks", "[]"),
    ] {
        if !has(key) {
            let _ = writeln!(whole, "{key} = {value}");
        }
    }
    whole.push_str(example);
    if !has("stages") {
        whole.push_str(
            "\n[[stages]]\nid = \"review\"\nname = \"评价\"\nfrom = 2027-01-01\nto = 2027-12-31\n",
        );
    }
    if !has("lines") {
        whole.push_str("\n[[lines]]\ncode = \"1\"\ntitle = \"例\"\nbonus = 100\nstep = 1\n");
    }
    if !has("declared") && !has("classes") {
        whole.push_str("\n[declared]\n");
        let counted: Table = whole.parse().expect("TOML");
        for key in ["parts", "dimensions", "indicators", "lines"] {
            if let Some(all) = counted.get(key).and_then(|all| all.as_array()) {
                let _ = writeln!(whole, "{key} = {}", all.len());
            }
        }
        for key in ["bonus", "deduction"] {
            let lines = counted["lines"].as_array().expect("lines");
            let given = lines.iter().filter_map(|line| line.get(key));
            let sum: Points = given
                .map(|points| points.to_string().parse::<Points>().expect("points"))
                .sum();
            if sum.is_positive() {
                let _ = writeln!(whole, "{key} = {sum}");
            }
        }
    }
    whole
}

/// Every example, whole: schemes, and items with the scheme before them.
fn wholes() -> Vec<(String, Option<Scheme>)> {
    let mut wholes: Vec<(String, Option<Scheme>)> = Vec::new();
    for example in examples() {
        if example.starts_with("# self.toml") {
            let (before, _) = wholes.last().expect("a scheme before it");
            let scheme = scheme::read(before).expect("it is sound");
            wholes.push((example, Some(scheme)));
        } else {
            wholes.push((completed(&example), None));
        }
    }
    wholes
}

#[test]
fn every_example_is_read_without_fault_and_doubted_by_nobody() {
    let wholes = wholes();
    assert!(wholes.len() >= 10, "the examples are there");
    for (source, items_of) in wholes {
        if let Some(scheme) = items_of {
            let read = assess::read(&source, &scheme);
            assert!(read.is_ok(), "{source}\n{read:?}");
            continue;
        }
        match scheme::read(&source) {
            Ok(scheme) => assert!(
                scheme.doubts().is_empty(),
                "{source}\n{:?}",
                scheme.doubts()
            ),
            Err(faults) => panic!("{source}\n{faults:?}"),
        }
    }
}

/// What the reader asks for in all that is at hand, each key with the word of its table.
fn known() -> BTreeSet<(bool, String, &'static str)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources: Vec<(String, Option<Scheme>)> = wholes();
    for template in fs::read_dir(root.join("templates")).expect("the gallery") {
        let file = template.expect("a template").path().join("scheme.toml");
        sources.push((fs::read_to_string(file).expect("its scheme"), None));
    }
    for about in kinds::all() {
        let line = format!(
            "[[lines]]\ncode = \"1\"\ntitle = \"例\"\n{}\n",
            about.example
        );
        sources.push((completed(&line), None));
    }
    let of_2018 = fs::read_to_string(root.join("templates/2018/scheme.toml")).expect("2018");
    let of_2018 = scheme::read(&of_2018).expect("it is sound");
    sources.push((SELF.to_owned(), Some(of_2018)));
    let mut known = BTreeSet::new();
    for (source, items_of) in &sources {
        for (table, key) in scheme::keys(source, items_of.as_ref()) {
            known.insert((items_of.is_some(), table, key));
        }
    }
    known
}

/// The words of a heading that name tables: `名额 quotas`, `评分要点 criteria（of、tiers）`.
fn named(heading: &str) -> Vec<&str> {
    let parts = heading.split(|one: char| !(one.is_ascii_alphabetic() || one == '_'));
    parts.filter(|word| !word.is_empty()).collect()
}

#[test]
fn every_key_of_the_reader_is_told_in_its_section() {
    let sections = sections();
    let headed = |is_self: bool, table: &str| {
        let own = sections
            .iter()
            .filter(|(heading, _)| heading.starts_with("自评") == is_self);
        let found = own.filter(|(heading, _)| {
            let root = if is_self {
                "自评 self.toml"
            } else {
                "文件开头"
            };
            if table == "文件开头" {
                *heading == root
            } else {
                named(heading).contains(&table)
            }
        });
        found.collect::<Vec<_>>()
    };
    let known = known();
    assert!(known.len() > 120, "the reader asks: {}", known.len());
    let mut faults = Vec::new();
    for (is_self, table, key) in known {
        let table = table.trim_matches(['[', ']']).to_owned();
        let in_its_section = headed(is_self, &table)
            .iter()
            .any(|(_, text)| text.contains(&format!("| `{key}` |")));
        // A table that has a section of its own is told there.
        let is_table = !headed(is_self, key).is_empty();
        if !in_its_section && !is_table {
            faults.push(format!("{table}: {key}"));
        }
    }
    assert!(faults.is_empty(), "not on the page:\n{}", faults.join("\n"));
}

#[test]
fn the_page_tells_no_key_that_the_reader_does_not_know() {
    let known: BTreeSet<&str> = known().into_iter().map(|(_, _, key)| key).collect();
    for (heading, text) in sections() {
        for line in text.lines() {
            let key = line
                .strip_prefix("| `")
                .and_then(|rest| rest.split_once("` |"));
            let is_kind = |word: &str| kinds::all().any(|about| about.word == word);
            if let Some((key, _)) = key {
                assert!(known.contains(key) || is_kind(key), "{heading}: {key}");
            }
        }
    }
}

#[test]
fn every_kind_is_on_the_page_and_the_page_can_be_found() {
    for about in kinds::all() {
        assert!(
            PAGE.contains(&format!("| `{}` |", about.word)),
            "{}",
            about.word
        );
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for book in ["README.md", "docs/手册.md"] {
        let text = fs::read_to_string(root.join(book)).expect("a book");
        assert!(text.contains("评价方案.md)"), "{book} leads to the page");
    }
}

#[test]
fn links_of_the_books_lead_to_files() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for entry in fs::read_dir(&docs).expect("the books") {
        let path = entry.expect("a book").path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a book");
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !link.starts_with('#') && !link.contains(':')) {
            let file = link.split('#').next().unwrap_or(link);
            assert!(docs.join(file).exists(), "{}: {link}", path.display());
        }
    }
}

#[test]
fn a_word_of_the_language_is_explained_and_a_code_stays_a_code() {
    let explain = |word: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
            .args(["explain", word])
            .output()
            .expect("it runs");
        let said = String::from_utf8(output.stdout).expect("text");
        (output.status.code(), said)
    };
    for word in [
        "quotas",
        "名额",
        "caps",
        "percent",
        "decimals",
        "aggregation",
        "一票否决",
        "down_to",
        "权重",
        "trims_from",
    ] {
        let (status, said) = explain(word);
        assert_eq!(status, Some(0), "{word}");
        assert!(said.contains('：'), "{word}: {said}");
        assert!(
            !said.contains("| ") && !said.contains("```"),
            "{word}: {said}"
        );
    }
    let (_, count) = explain("count");
    assert!(
        count.starts_with("count（按次（填次数））") && count.contains("名额 quotas"),
        "{count}"
    );
    let (_, code) = explain("P301");
    assert!(!code.contains("over_cap（"), "{code}");
    assert_eq!(explain("名额额").0, Some(2));
}
