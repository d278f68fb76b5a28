//! The documentation of the codes: whole, plain, true to what the program says, and in step with its page.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xingping::codes;
use xingping::finding::Code;

const PAGE: &str = "docs/问题代码.md";
const SCHEME: &str = include_str!("../templates/2018/scheme.toml");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Exit status, stdout and stderr of `xingping explain`.
fn explain(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .arg("explain")
        .args(arguments)
        .output()
        .expect("it runs");
    (
        output.status.code(),
        String::from_utf8(output.stdout).expect("text"),
        String::from_utf8(output.stderr).expect("text"),
    )
}

/// The parts of a code's documentation, each with its name.
fn parts(code: &Code) -> [(&'static str, &'static str); 4] {
    let explained = &code.explained;
    [
        ("means", explained.means),
        ("basis", explained.basis),
        ("example", explained.example),
        ("remedy", explained.remedy),
    ]
}

/// Fails with all of it at once.
fn all_hold(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every part of every code that `is_wrong`, named.
fn wrong(is_wrong: impl Fn(&Code, &str, &str) -> Option<String>) -> Vec<String> {
    let codes = codes::all();
    assert!(codes.len() > 50, "the codes are there");
    codes
        .into_iter()
        .flat_map(|code| parts(code).map(|part| (code, part)))
        .filter_map(|(code, (part, text))| {
            let what = is_wrong(code, part, text)?;
            Some(format!("{} {} {part}: {what}: {text}", code.id, code.name))
        })
        .collect()
}

#[test]
fn the_page_is_what_the_program_prints() {
    let (status, printed, said) = explain(&["--all"]);
    assert_eq!((status, said.as_str()), (Some(0), ""));
    let page = fs::read_to_string(root().join(PAGE)).unwrap_or_default();
    assert!(
        page.replace("\r\n", "\n") == printed,
        "{PAGE} is out of step with the codes. Write it anew:\n    cargo run --quiet -- explain --all > {PAGE}"
    );
}

#[test]
fn the_page_holds_every_code_and_its_links_lead_somewhere() {
    let (_, page, _) = explain(&["--all"]);
    let headings: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .map(|heading| {
            let kept = |one: &char| one.is_alphanumeric() || *one == ' ';
            heading.to_lowercase().chars().filter(kept).collect()
        })
        .map(|heading: String| heading.replace(' ', "-"))
        .collect();
    let links: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.split_once("](#")?.1.split_once(')'))
        .map(|(link, _)| link.to_owned())
        .collect();
    assert_eq!(headings, links);
    assert_eq!(links.len(), codes::all().len());
    for book in ["README.md", "docs/手册.md"] {
        let text = fs::read_to_string(root().join(book)).expect("a book");
        assert!(text.contains("问题代码.md)"), "{book} leads to the page");
    }
}

#[test]
fn a_code_says_the_same_by_id_and_by_name() {
    for code in codes::all() {
        let by_id = explain(&[code.id]);
        assert_eq!(by_id, explain(&[code.name]), "{}", code.id);
        let (status, said, _) = by_id;
        assert_eq!(status, Some(0));
        assert!(said.starts_with(&format!("{} {}（", code.id, code.name)));
        for (_, text) in parts(code) {
            assert!(said.contains(text), "{}: {text}", code.id);
        }
        let headings: Vec<&str> = said
            .lines()
            .skip(1)
            .filter_map(|line| line.split('：').next())
            .collect();
        assert_eq!(headings, ["含义", "依据", "举例", "处理", "后果"]);
    }
}

#[test]
fn words_of_a_fact_find_all_codes_that_state_it_and_slips_find_neighbours() {
    let (status, said, _) = explain(&["评价日期"]);
    assert_eq!(status, Some(0));
    for id in ["D101 ", "D102 ", "D103 "] {
        assert!(said.contains(id), "{id}: {said}");
    }
    let (status, out, said) = explain(&["over-cpa"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(
        said.contains("没有“over-cpa”这个问题代码。相近的有：\n  P301 over-cap"),
        "{said}"
    );
    assert!(!said.contains("P401"), "{said}");
}

#[test]
fn one_code_or_all_must_be_asked_for() {
    for (arguments, part) in [(&[][..], "缺少"), (&["--all", "P301"], "不能与")] {
        let (status, out, said) = explain(arguments);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
}

#[test]
fn every_code_is_fully_documented_in_whole_sentences() {
    /// Characters below which nothing was said.
    const FEWEST: usize = 15;
    all_hold(&wrong(|_, _, text| {
        let is_short = text.chars().count() < FEWEST;
        let is_open = !text.ends_with('。');
        let is_broken = text.chars().any(char::is_control) || text.trim() != text;
        let doubled = ["。。", "，，", "，。", "；。", "  "]
            .into_iter()
            .find(|doubled| text.contains(doubled));
        let closed = [('“', '”'), ('（', '）')]
            .into_iter()
            .find(|(open, close)| text.matches(*open).count() != text.matches(*close).count());
        match (doubled, closed) {
            _ if is_short => Some("says nothing".to_owned()),
            _ if is_open => Some("ends without a full stop".to_owned()),
            _ if is_broken => Some("is not one clean line".to_owned()),
            (Some(doubled), _) => Some(format!("holds “{doubled}”")),
            (_, Some((open, _))) => Some(format!("opens {open} and does not close it")),
            _ => None,
        }
    }));
    let mut seen = BTreeSet::new();
    for code in codes::all() {
        for text in [code.explained.means, code.explained.example] {
            assert!(seen.insert(text), "{}: said twice: {text}", code.id);
        }
    }
}

/// Words of Latin letters, with what belongs to them.
fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| {
        !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | '#'))
    })
    .map(|word| word.trim_matches(['.', '-', '#']))
    .filter(|word| word.contains(|character: char| character.is_ascii_alphabetic()))
    .collect()
}

/// `I16`: what people see in a spreadsheet.
fn is_cell(word: &str) -> bool {
    let digits = word.trim_start_matches(|character: char| character.is_ascii_uppercase());
    (1..=2).contains(&(word.len() - digits.len()))
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `3.2-a`: the number of an item of a society's own form.
fn is_item(word: &str) -> bool {
    let (line, item) = word.split_once('-').unwrap_or((word, ""));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    line.split('.').all(is_number)
        && item.len() == 1
        && item.bytes().all(|one| one.is_ascii_lowercase())
}

/// The keys of the scheme file, alone and with their tables: `over_cap` and `policies.over_cap`.
fn scheme_keys() -> BTreeSet<String> {
    fn walk(table: &toml::Table, within: &str, into: &mut BTreeSet<String>) {
        for (key, value) in table {
            let path = format!("{within}{key}");
            let inner = format!("{path}.");
            match value {
                toml::Value::Table(table) => walk(table, &inner, into),
                toml::Value::Array(all) => all
                    .iter()
                    .filter_map(toml::Value::as_table)
                    .for_each(|table| walk(table, &inner, into)),
                _ => {}
            }
            into.extend([path, key.clone()]);
        }
    }
    let mut keys = BTreeSet::new();
    walk(&SCHEME.parse().expect("the scheme"), "", &mut keys);
    keys
}

#[test]
fn the_documentation_is_chinese() {
    /// Programs, formats and units that an office knows by these letters.
    const KNOWN: &[&str] = &[
        "Excel",
        "WPS",
        "LibreOffice",
        "Word",
        "PDF",
        "pdf",
        "XML",
        "MB",
        "SHA-256",
        "xlsx",
        "xlsb",
        "password-file",
        "rar",
        "zip",
        "eml",
        "msg",
        "winmail.dat",
        "4E", // how a number is shown that is rounded to a power of ten
        "Outlook",
        "jpg",
        "7z",
        "xls",
        "et",
        "ods",
        "csv",
        "eml",
        "zip",
        "REF",
        "scheme",
        "cast-2017",
        "cast-2018",
    ];
    const COMMAND: &str = "--scheme";
    let keys = scheme_keys();
    all_hold(&wrong(|_, part, text| {
        let foreign = words(text).into_iter().find(|word| {
            let is_code = codes::all()
                .iter()
                .any(|code| code.id == *word || code.name == *word);
            // Where the scheme decides, its key is named with the paragraph.
            let is_key = part == "basis" && keys.contains(*word);
            !(KNOWN.contains(word) || is_cell(word) || is_item(word) || is_code || is_key)
        });
        let is_bare = text.replace(COMMAND, "").contains("scheme");
        foreign
            .map(|word| format!("holds “{word}”"))
            .or_else(|| is_bare.then(|| "holds “scheme”".to_owned()))
    }));
}

#[test]
fn the_basis_names_a_paragraph_or_says_that_it_is_our_convention() {
    all_hold(&wrong(|_, part, text| {
        if part != "basis" {
            return None;
        }
        let is_paragraph = ["办法", "附件", "通知"]
            .into_iter()
            .any(|document| text.contains(&format!("2018年{document}")));
        let is_ours = text.contains("本工具约定");
        (!is_paragraph && !is_ours).then(|| "names nothing".to_owned())
    }));
}

/// What the program says where a code's own case is run.
fn said_in_its_case(code: &Code) -> String {
    let case: PathBuf = root().join("tests/cases").join(code.name);
    let said = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
    said.lines()
        .filter(|line| line.split(' ').nth(1) == Some(code.name))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_example_is_a_real_message_at_its_real_cell() {
    all_hold(&wrong(|code, part, text| {
        if part != "example" {
            return None;
        }
        let message = text.split_once('：');
        let (place, said) = message.unwrap_or_default();
        let said = said.split('。').next().unwrap_or_default();
        let cell = place.split_once('!').map_or("", |(_, cell)| cell);
        let shown = format!("{cell}：{said}。");
        let real = said_in_its_case(code);
        let is_real = !said.is_empty() && real.contains(&shown);
        let has_cell = is_cell(cell);
        let needs_cell = real.lines().all(|line| line.contains('!'));
        match (is_real, has_cell) {
            (false, _) => Some(format!("its case says otherwise:\n{real}\n")),
            (true, false) if needs_cell => Some("names no cell".to_owned()),
            _ => None,
        }
    }));
}
