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
        ("aes", &["intake/crypt/"][..]),
        ("rc4", &["intake/crypt/"]),
        ("calamine", &["intake/xlsx/tests.rs"]),
        ("encoding_rs", &["intake/text.rs"]),
        ("html5gum", &["intake/html/"]),
        ("mail_builder", &["report/letters/draft.rs"]),
        ("mail_parser", &["intake/mail.rs", "intake/mail/"]),
        ("rust_xlsxwriter", &["report/", "papers/"]),
        ("maud", &["notice/page.rs", "report/page/"]),
        ("rayon", &["run.rs", "run/", "publish/", "cli/round.rs"]),
        ("clap", &["cli/"]),
        ("clap_complete", &["cli/"]),
        ("parquet", &["report/data/export/"]),
        ("clap_mangen", &["cli/"]),
        ("ctrlc", &["cli/interrupt.rs"]),
        ("indicatif", &["cli/progress.rs"]),
        (
            "toml",
            &[
                "scheme/reader.rs",
                "scheme/reader/",
                "scheme/read/",
                "edition/import/",
            ],
        ),
        ("toml_edit", &["edition/import/"]),
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
    ("data", &["kit", "known"]),
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

/// Whether a text is for people: Chinese letters or marks.
fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|one| matches!(one, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”'))
}

/// The literals of a source, texts and single letters: where each begins, where it ends, and what is in it.
fn literals(source: &str) -> Vec<(usize, usize, &str)> {
    let mut literals = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let raw = rest
            .strip_prefix('r')
            .map(|rest| rest.trim_start_matches('#'));
        let hashes = rest.len() - 1 - raw.map_or(rest.len() - 1, str::len);
        let length = if raw.is_some_and(|raw| raw.starts_with('"')) {
            let end = format!("\"{}", "#".repeat(hashes));
            let open = hashes + 2;
            rest[open..]
                .find(&end)
                .map(|close| open + close + end.len())
        } else if rest.starts_with('"') {
            let mut escaped = false;
            let close = rest.char_indices().skip(1).find(|(_, one)| {
                let closes = *one == '"' && !escaped;
                escaped = *one == '\\' && !escaped;
                closes
            });
            close.map(|(close, _)| close + 1)
        } else if rest.starts_with('\'') {
            // A lifetime ends in no quote.
            let letters: Vec<(usize, char)> = rest.char_indices().take(12).collect();
            match letters.as_slice() {
                [_, (_, '\\'), _, rest @ ..] => {
                    let close = rest.iter().find(|(_, one)| *one == '\'');
                    close.map(|(close, _)| close + 1)
                }
                [_, _, (close, '\''), ..] => Some(close + 1),
                _ => None,
            }
        } else {
            None
        };
        match length {
            Some(length) => {
                literals.push((at, at + length, &source[at..at + length]));
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    literals
}

/// The methods by which something is looked for in a text, or a text is cut.
const ASKING: [&str; 12] = [
    "contains",
    "find",
    "rfind",
    "split_once",
    "rsplit_once",
    "split",
    "rsplit",
    "strip_prefix",
    "strip_suffix",
    "starts_with",
    "ends_with",
    "matches",
];

/// What a source asks of words that people read: it looks for Chinese in a text, cuts at it, or compares with it.
fn asked_of_words(source: &str) -> Vec<String> {
    let mut asked = Vec::new();
    for (start, end, text) in literals(source) {
        if !is_chinese(text) {
            continue;
        }
        let (before, after) = (source[..start].trim_end(), source[end..].trim_start());
        // Through what may stand between a method and what it is asked for: `&`, `[`, and others of a list.
        let mut call = before;
        while let Some(shorter) = call.strip_suffix(['&', '[', ',', '|']) {
            call = shorter.trim_end();
            if let Some(open) = call.strip_suffix(['"', '\'']) {
                let quote = call.chars().next_back().expect("a quote");
                call = open.rfind(quote).map_or("", |at| open[..at].trim_end());
            }
        }
        let method = call.strip_suffix('(').map(str::trim_end);
        let is_asked = method.is_some_and(|method| {
            ASKING.iter().any(|name| {
                method
                    .strip_suffix(name)
                    .is_some_and(|rest| rest.ends_with('.'))
            })
        });
        let is_compared = before.ends_with("==")
            || before.ends_with("!=")
            || after.starts_with("==")
            || after.starts_with("!=");
        let mut arm = after;
        while let Some(next) = arm.strip_prefix('|') {
            let next = next.trim_start();
            let literal = literals(next).first().copied();
            match literal {
                Some((0, end, _)) => arm = next[end..].trim_start(),
                _ => break,
            }
        }
        if is_asked || is_compared || arm.starts_with("=>") {
            asked.push(text.to_owned());
        }
    }
    asked
}

/// Rooms in which what is decided is decided from facts: the rules, what is behind them, and what says why a file could
/// not be read.
const BY_FACTS: [&str; 16] = [
    "intake", "finding", "check", "settle", "codes", "score", "rank", "report", "outcome",
    "notice", "ledger", "agenda", "papers", "publish", "run", "cli",
];

/// What reads what people typed, or what they called their files: those are no sentences of ours.
const READING: [&str; 8] = [
    "check/answer.rs",
    "intake/mail/linked.rs",
    "intake/walk.rs",
    // A cell of the register, as it was written there.
    "ledger/grading.rs",
    "report/known/address.rs",
    "report/known/hush.rs",
    "settle/amend/read.rs",
    // A head that stands for the scheme's own name, before there is a table.
    "report/kit/words.rs",
];

/// The constants of a source that are texts for people, or that are something else of any name.
fn constants(source: &str, is_text: bool) -> BTreeSet<String> {
    let declared = source.split("const ").skip(1);
    let named = declared.filter_map(|rest| {
        let (name, rest) = rest.split_once(':')?;
        let (_, value) = rest.split_once('=')?;
        let value = value.trim_start();
        let literal = literals(value).first().copied();
        let is_chinese = literal.is_some_and(|(at, _, text)| at == 0 && is_chinese(text));
        (is_chinese == is_text).then(|| name.trim().to_owned())
    });
    named.collect()
}

/// Which of these constants, all of them texts for people, a source compares something with or looks for.
fn asked_of_constants(source: &str, texts: &BTreeSet<String>) -> Vec<String> {
    let own = constants(source, false);
    let is_part = |one: char| one.is_alphanumeric() || one == '_';
    let mut asked = Vec::new();
    for name in texts.difference(&own) {
        for (at, _) in source.match_indices(name.as_str()) {
            let before = source[..at].trim_end_matches(|one: char| is_part(one) || one == ':');
            let is_path = at == before.len() || source[..at].ends_with(':');
            let after = &source[at + name.len()..];
            if !is_path || after.starts_with(is_part) {
                continue;
            }
            let before = before.trim_end();
            let after = after.trim_start();
            let method = before.trim_end_matches('&').trim_end().strip_suffix('(');
            let is_asked = method.is_some_and(|method| {
                ASKING.iter().any(|asking| {
                    let rest = method.strip_suffix(asking);
                    rest.is_some_and(|rest| rest.ends_with('.'))
                })
            });
            let is_compared = [before.ends_with("=="), before.ends_with("!=")].contains(&true)
                || ["==", "!="].iter().any(|sign| after.starts_with(sign));
            let arm = after.strip_prefix(')').unwrap_or(after).trim_start();
            if is_asked || is_compared || arm.starts_with("=>") {
                asked.push(name.clone());
            }
        }
    }
    asked
}

#[test]
fn nothing_is_decided_by_the_words_of_a_sentence() {
    let sources = sources();
    let texts: BTreeSet<String> = sources
        .iter()
        .flat_map(|(_, source)| constants(&code(source), true))
        .collect();
    assert!(texts.contains("OUTPUT"), "{texts:?}");
    for (file, source) in sources {
        let home = file
            .split('/')
            .next()
            .unwrap_or(&file)
            .trim_end_matches(".rs");
        if !BY_FACTS.contains(&home) || READING.contains(&file.as_str()) {
            continue;
        }
        let code = code(&source);
        let mut asked = asked_of_words(&code);
        asked.extend(asked_of_constants(&code, &texts));
        assert!(asked.is_empty(), "{file} asks words for {asked:?}");
    }
}

#[test]
fn constants_that_are_asked_for_are_found() {
    let texts = constants(
        "pub const REPACK: &str = \"请重新压缩\"; const FILE: &str = \"登记\"; const MOST: u8 = 1;",
        true,
    );
    assert_eq!(texts.iter().collect::<Vec<_>>(), ["FILE", "REPACK"]);
    for planted in [
        "self.advice == magic::REPACK",
        "Inside::Other(REPACK) => 1",
        "REPACK != said",
        "said.contains(&magic::REPACK)",
        "match said { super::FILE => 1, _ => 2 }",
    ] {
        assert_eq!(asked_of_constants(planted, &texts).len(), 1, "{planted}");
    }
    for sound in [
        "Content::packed(REPACK, magic::REPACK)",
        "number == Self::REPACKED",
        "const FILE: u64 = 1; size == FILE",
        "found(inputs, register::FILE)",
    ] {
        assert!(asked_of_constants(sound, &texts).is_empty(), "{sound}");
    }
}

#[test]
fn what_is_asked_of_words_is_found() {
    for planted in [
        "said.message.contains(\"内容不同，\")",
        "message.rsplit_once(\n    \"内容不同\",\n)",
        "text.find('，')",
        "text.split_once(&[',', '（'])",
        "if said.next == \"请核实\" {}",
        "match text { \"a\" | \"照常\" | \"b\" => 1, _ => 2 }",
        "message.strip_prefix(r#\"暂\"#)",
    ] {
        assert_eq!(asked_of_words(planted).len(), 1, "{planted}");
    }
    for sound in [
        "format!(\"内容不同，{}\", why)",
        "message.contains(\"a\")",
        "match state { State::Held => \"暂不计分\", _ => \"照常\" }",
        "names.join(\"、\")",
        "let quote = '\\''; text.push('，');",
        "fn of<'a>(text: &'a str) -> &'a str { \"中\" }",
    ] {
        assert!(asked_of_words(sound).is_empty(), "{sound}");
    }
}

/// The ids and names of codes that a source spells.
fn codes_spelt<'s>(source: &'s str, names: &BTreeSet<&str>) -> Vec<&'s str> {
    let literals = literals(source);
    let texts = literals.iter().map(|(_, _, text)| text.trim_matches('"'));
    texts.filter(|text| names.contains(text)).collect()
}

#[test]
fn a_code_is_named_where_it_is_declared_and_nowhere_else() {
    let codes = xingping::codes::all();
    let names: BTreeSet<&str> = codes.iter().flat_map(|code| [code.id, code.name]).collect();
    let mut spelt: Vec<String> = Vec::new();
    for (file, source) in sources() {
        let source = code(&source);
        let found = codes_spelt(&source, &names).into_iter();
        spelt.extend(found.map(|name| format!("{name} in {file}")));
    }
    // Once each, where it is declared.
    assert_eq!(spelt.len(), names.len(), "{spelt:#?}");
    assert_eq!(
        codes_spelt("match code.name { \"over-cap\" => 1, _ => 2 }", &names),
        ["over-cap"]
    );
    for (file, source) in sources() {
        let asks = [
            "code.name ==",
            "code().name ==",
            "code.id ==",
            "code().id ==",
            "match code.name",
            "match said.code.name",
        ];
        let is_free = file == "cli/explain.rs";
        let asks = asks.iter().find(|asks| code(&source).contains(**asks));
        assert!(is_free || asks.is_none(), "{file}: {asks:?}");
    }
}
