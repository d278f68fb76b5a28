//! Whatever anybody writes into lists, forms, names of files and sheets, or behind `--mark`: it stays text. No
//! formula, no broken name, no command to a terminal. Through the real program.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::*;
use quick_xml::events::Event;
use xingping::form::{Column, Field};
use xingping::ground::Ground;
use xingping::model::unseen::is_unseen;
use xingping::model::{SocietyId, sha256_hex};
use xingping::report::data::manifest::Manifest;
use xingping::report::forms::evaluation::{Blank, workbook};
use xingping::report::kit::names::{SheetNames, file_name};
use xingping::report::kit::style;
use xingping::report::{BASIS, MANIFEST, ORIGINALS, RESULTS};

use common::{Paper, sheets};

mod common;

/// What names and texts try.
fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "=HYPERLINK(\"http://evil.example\",\"总排名\")",
        "+1+EVIL",
        "@SUM(1+1)*EVIL",
        "-2+3+EVIL",
        "\t=EVIL()",
        "{=EVIL()}",
        "http://evil.example/会",
        "internal:EVIL!A1",
        "a/b\\c:d*e?f\"g<h>i|j[k]l",
        "A/B\\C:D*E?F\"G<H>I|J[K]L",
        "</t></si><f>EVIL()</f>&amp;&lt;&evil;",
        "红\u{1b}[31m字\u{1b}]0;EVIL\u{7}",
        "\u{9b}31m\u{90}EVIL\u{9c}",
        "反\u{202e}学会\u{2066}藏\u{200f}\u{e0041}",
        "非\u{fffe}字\u{ffff}\u{fdd0}",
        "_x001B_EVIL_x0000_",
        "CON",
        "aux.xlsx",
        "History",
        "'单引号'",
        "尾巴. . ",
        "..",
        "~$开着",
        "&R&\"宋体\"&72EVIL&&",
        "一\n【须更正】二",
        "👩\u{200d}🔬\u{20000}学会",
    ]
    .map(str::to_owned)
    .into();
    all.push("长".repeat(300));
    all.push(format!("{}'长", "短".repeat(30)));
    all.push("</td><script>EVIL()</script><img src=//evil.example onerror=EVIL()>".to_owned());
    all.push("\"' onfocus=EVIL() autofocus href=javascript:EVIL() style=x '\"".to_owned());
    all
}

/// A year whose lists hold all of it, and an inbox of forms that do.
struct Room {
    folder: tempfile::TempDir,
    ground: Ground,
}

impl Room {
    /// A year in which every name is that of a society, of its group's lead, and of a reviewer and the unit of
    /// that; so many societies to a group.
    fn new(names: &[String], societies: usize) -> Self {
        let folder = tempfile::tempdir().expect("a room");
        let year = folder.path().join("年度");
        fs::create_dir(&year).expect("a folder");
        let scheme = include_str!("../templates/2018/scheme.toml");
        fs::write(year.join("scheme.toml"), scheme).expect("written");
        let numbered = || (1..).zip(names);
        let rows = ["", "二"].iter().take(societies).flat_map(|behind| {
            numbered().map(move |(number, name): (usize, &String)| {
                vec![number.to_string(), name.clone(), format!("{name}{behind}")]
            })
        });
        list(
            &year.join("学会名单.xlsx"),
            &["组号", "牵头联系单位", "学会名称"],
            rows,
        );
        let rows = numbered().map(|(number, name): (usize, &String)| {
            vec![name.clone(), name.clone(), number.to_string()]
        });
        list(
            &year.join("评价人名单.xlsx"),
            &["姓名", "单位", "组号"],
            rows,
        );
        let ground = Ground::load(Some(&year), &[]).expect("the lists are read");
        let read = |text: &str| {
            let societies = &ground.roster.societies;
            societies.iter().any(|society| society.name.contains(text))
        };
        assert!(
            read("=HYPERLINK") && read("\u{1b}[31m"),
            "there is nothing to fear"
        );
        Self { folder, ground }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Forms that hold all of it, in files and sheets that are called so.
    fn fill(&self) {
        /// Societies by the number of their name: a formula, an escape, no characters, the longest.
        const SCORED: [usize; 5] = [0, 11, 14, 18, 26];
        let inbox = self.path("收件");
        fs::create_dir(&inbox).expect("an inbox");
        for (number, text) in hostile().iter().enumerate() {
            let society = SCORED[number % SCORED.len()];
            let society = &self.ground.roster.societies[SocietyId::at(society)];
            let mut paper = Paper::sound(&self.ground, &society.name, text, text);
            for field in [Field::Phone, Field::Mode, Field::Recusal] {
                paper.field(field, text);
            }
            paper.bonus("6.1", &number.to_string());
            if number % 4 == 3 {
                paper.bonus("3.2", text);
            }
            for column in [Column::Evidence, Column::Remark] {
                let cell = paper.at("6.1", column);
                paper.set(cell, text);
            }
            paper.calculate(&self.ground);
            fs::write(inbox.join(format!("{number}.xlsx")), form(&paper, &[])).expect("written");
            self.send(number, text, &form(&paper, &[1]));
        }
        // Sheets called so; this tool would not call them so.
        let blank = Blank {
            society: SocietyId::at(0),
            reviewer: None,
        };
        let blank = workbook(&self.ground, &[blank]).expect("a form");
        for (number, name) in hostile().iter().enumerate().step_by(2) {
            let bytes = renamed(&blank, name);
            fs::write(inbox.join(format!("表{number}.xlsx")), bytes).expect("written");
        }
    }

    /// A file called so, as far as this system allows.
    fn send(&self, number: usize, name: &str, bytes: &[u8]) {
        let mut name: String = name.replace('/', "\u{2215}").replace('\0', "");
        while name.len() > 200 {
            name.pop();
        }
        let folder = self.path("收件").join(if number.is_multiple_of(2) {
            "夹".to_owned()
        } else {
            format!("夹{name}")
        });
        // Where the system does not allow the name, there is no such danger.
        let sent = fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join(format!("{name}.xlsx")), bytes));
        assert!(sent.is_ok() || !cfg!(unix), "{name:?}: {sent:?}");
    }

    fn run(&self, arguments: &[&str], coloured: bool) -> Output {
        run_in(self.folder.path(), arguments, coloured)
    }
}

/// Runs the program and looks at what a terminal would get.
fn run_in(folder: &Path, arguments: &[&str], coloured: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xingping"));
    command.args(arguments).current_dir(folder);
    if coloured {
        command.env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
    } else {
        command.env("NO_COLOR", "1");
    }
    let output = command.output().expect("it runs");
    for said in [&output.stdout, &output.stderr] {
        let said = String::from_utf8(said.clone()).expect("UTF-8");
        let mut plain = said.clone();
        if coloured {
            for own in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[31m", "\u{1b}[33m"] {
                plain = plain.replace(own, "");
            }
        }
        let command = plain.chars().find(|one| is_unseen(*one) && *one != '\n');
        assert_eq!(command, None, "{arguments:?}: {said:?}");
        // A text with a line break begins no line that looks like a finding.
        assert!(!plain.contains("\n【须更正】二"), "{plain}");
    }
    output
}

fn list(path: &Path, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let head = head.iter().map(|&text| text.to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    fs::write(path, table(&rows)).expect("written");
}

/// A filled form as a workbook: in a csv control characters are refused from the start.
fn form(paper: &Paper, delete: &[u32]) -> Vec<u8> {
    let csv = paper.csv(delete);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_slice());
    let rows: Vec<Vec<String>> = reader
        .deserialize()
        .map(|record| record.expect("a record"))
        .collect();
    table(&rows)
}

fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(texts) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// A workbook whose sheet is called otherwise.
fn renamed(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut escaped = String::new();
    for one in name
        .chars()
        .filter(|one| !matches!(one, '\u{fffe}' | '\u{ffff}'))
    {
        if matches!(one, '&' | '<' | '"') || one.is_control() {
            let code = u32::from(one).to_string();
            escaped.extend(["&#", &code, ";"]);
        } else {
            escaped.push(one);
        }
    }
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let path = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part");
        if path == "xl/workbook.xml" {
            let text = String::from_utf8(content).expect("UTF-8");
            let called = text.replace(
                "<sheet name=\"评价表\"",
                &format!("<sheet name=\"{escaped}\""),
            );
            assert_ne!(called, text);
            content = called.into_bytes();
        }
        to.start_file(path, zip::write::SimpleFileOptions::default())
            .expect("a part");
        to.write_all(&content).expect("written");
    }
    to.finish().expect("a zip").into_inner()
}

/// The files below a folder, with `/`.
fn files(folder: &Path) -> Vec<String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let relative = entry.path().strip_prefix(folder).expect("below");
            let relative = relative.to_str().expect("UTF-8");
            // Elsewhere it is a letter like any other.
            if cfg!(windows) {
                relative.replace('\\', "/")
            } else {
                relative.to_owned()
            }
        })
        .collect()
}

/// Whether Windows, too, allows a name.
fn is_allowed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let device =
        ["CON", "PRN", "AUX", "NUL", "COM1", "LPT1"].contains(&stem.to_uppercase().as_str());
    !name.is_empty()
        && !device
        && name.len() <= 255
        && !name.ends_with(['.', ' '])
        && !name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*'])
        && !name.chars().any(is_unseen)
}

fn check_names(folder: &Path) {
    let mut met = BTreeSet::new();
    for file in files(folder) {
        assert!(file.split('/').all(is_allowed), "{file:?}");
        assert!(met.insert(file.to_lowercase()), "{file} is there twice");
    }
}

/// Every workbook below a folder opens, and holds no formula, link or name but what this tool writes.
fn check_workbooks(folder: &Path) -> usize {
    let workbooks: Vec<String> = files(folder)
        .into_iter()
        .filter(|file| !file.starts_with(ORIGINALS) && !file.starts_with(BASIS))
        .filter(|file| {
            Path::new(file)
                .extension()
                .is_some_and(|ending| ending == "xlsx")
        })
        .collect();
    for file in &workbooks {
        let bytes = fs::read(folder.join(file)).expect("a workbook");
        assert!(!sheets(&bytes).is_empty(), "{file}");
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        for index in 0..parts.len() {
            let mut part = parts.by_index(index).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut xml = String::new();
            part.read_to_string(&mut xml).expect("UTF-8");
            check_part(&format!("{file} {name}"), &xml);
        }
    }
    workbooks.len()
}

/// Every page below a folder holds no element, attribute, link or script but what this tool writes.
fn check_pages(folder: &Path) -> usize {
    const ELEMENTS: &str = "html head meta title style body script a header p h1 h2 h3 span nav main section article \
        footer dl div dt dd ul ol li details summary figure figcaption svg desc text rect line path label input select \
        option datalist button table caption thead tbody tfoot tr th td s";
    const ATTRIBUTES: &str = "lang charset http-equiv content name id class href tabindex role aria-label \
        aria-labelledby aria-hidden aria-controls aria-pressed aria-live scope colspan data-for data-col data-key \
        data-number type value autocomplete list rel width height x y x1 x2 y1 y2 d viewbox preserveaspectratio \
        text-anchor overflow";
    let pages: Vec<String> = files(folder)
        .into_iter()
        .filter(|file| !file.starts_with(ORIGINALS) && file.to_lowercase().ends_with(".html"))
        .collect();
    for file in &pages {
        let page = fs::read_to_string(folder.join(file)).expect("UTF-8");
        assert!(
            !page.chars().any(|one| is_unseen(one) && one != '\n'),
            "{file}"
        );
        let mut scripts = 0;
        for token in html5gum::Tokenizer::new(&page) {
            let html5gum::Token::StartTag(tag) = token.expect("it cannot fail") else {
                continue;
            };
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
            let name = text(&tag.name);
            assert!(
                ELEMENTS.split_whitespace().any(|one| one == name),
                "{file}: <{name}>"
            );
            scripts += usize::from(name == "script");
            for (attribute, value) in &tag.attributes {
                let (attribute, value) = (text(attribute), text(&value.value));
                assert!(
                    ATTRIBUTES.split_whitespace().any(|one| one == attribute),
                    "{file}: <{name} {attribute}>"
                );
                assert!(
                    attribute != "href" || value.starts_with('#'),
                    "{file}: {value}"
                );
            }
        }
        assert_eq!(scripts, 1, "{file}");
    }
    pages.len()
}

fn check_part(part: &str, xml: &str) {
    // More than XML forbids: no command to a terminal either.
    let allowed = |one: char| {
        matches!(one, '\t' | '\n' | '\r')
            || !one.is_control() && !matches!(one, '\u{fffe}' | '\u{ffff}')
    };
    assert!(xml.chars().all(allowed), "{part} is no XML");
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    let mut formula = String::new();
    let mut sheets = BTreeSet::new();
    loop {
        let event = reader.read_event().expect("well-formed");
        match &event {
            Event::Eof => break,
            Event::End(_) => {
                let name = open.pop().expect("it was opened");
                if matches!(
                    name.as_str(),
                    "f" | "formula" | "formula1" | "formula2" | "definedName"
                ) {
                    check_formula(part, &name, &formula);
                    formula.clear();
                }
            }
            Event::Text(text) => {
                let text = text.xml10_content();
                match open.last().map(String::as_str) {
                    Some("f" | "formula" | "formula1" | "formula2" | "definedName") => {
                        formula.push_str(&text);
                    }
                    Some("oddHeader" | "oddFooter") => {
                        assert!(text.encode_utf16().count() <= 255, "{part}: {text}");
                    }
                    _ => {}
                }
            }
            Event::GeneralRef(entity) => {
                let known = quick_xml::escape::resolve_xml_entity(entity.as_ref());
                formula.push_str(known.expect("a known entity"));
            }
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("well-formed");
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .expect("known entities");
                    match (name.as_str(), attribute.key.as_ref()) {
                        ("sheet", "name") => {
                            check_sheet_name(part, &value);
                            assert!(sheets.insert(value.to_lowercase()), "{part}: {value} twice");
                        }
                        ("Relationship", "Target") if xml.contains("TargetMode=\"External\"") => {
                            assert!(
                                !value.contains(':') && !value.contains(".."),
                                "{part}: {value}"
                            );
                            let inside = value.starts_with("worksheets/")
                                || value.starts_with(ORIGINALS)
                                || value.starts_with("../");
                            assert!(inside, "{part}: {value}");
                        }
                        ("hyperlink", "location") => panic!("{part}: {value}"),
                        _ => {}
                    }
                }
                if matches!(event, Event::Start(_)) {
                    if name == "f" || name == "definedName" {
                        formula.clear();
                    }
                    open.push(name);
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{part}");
}

/// Formulas of this tool call these functions only; texts of strangers say EVIL or HYPERLINK.
fn check_formula(part: &str, kind: &str, formula: &str) {
    const KNOWN: [&str; 15] = [
        "SUM",
        "MAX",
        "ROUND",
        "IF",
        "AND",
        "OR",
        "N",
        "SUMPRODUCT",
        "LEN",
        "TRIM",
        "ISERROR",
        "VALUE",
        "FALSE",
        "TRUE",
        "_xlnm",
    ];
    // Names of sheets in quotes and lists to choose from are no calls.
    let mut outside = String::new();
    let mut quote = None;
    for one in formula.chars() {
        match (quote, one) {
            (None, '\'' | '"') => quote = Some(one),
            (None, _) => outside.push(one),
            (Some(open), _) if one == open => quote = None,
            _ => {}
        }
    }
    assert_eq!(quote, None, "{part}: {kind} {formula}");
    let words = outside.split(|one: char| !one.is_alphabetic() && one != '_');
    for word in words.filter(|word| !word.is_empty()) {
        let is_column = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_sheet = !word.is_ascii() && kind == "definedName"
            || part.contains("chart")
            // The sheet from which a society is chosen in 处理登记.
            || formula.starts_with("名称清单!$A$1:$A$") && word == "名称清单";
        assert!(
            KNOWN.contains(&word) || is_column || is_sheet,
            "{part}: {kind} {formula} calls {word}"
        );
    }
    assert!(!outside.contains("EVIL"), "{part}: {kind} {formula}");
}

fn check_sheet_name(part: &str, name: &str) {
    assert!(!name.trim().is_empty(), "{part}");
    assert!(name.encode_utf16().count() <= 31, "{part}: {name}");
    assert!(
        !name.contains(['[', ']', ':', '*', '?', '/', '\\']),
        "{part}: {name}"
    );
    assert!(
        !name.starts_with('\'') && !name.ends_with('\''),
        "{part}: {name}"
    );
    assert!(!name.eq_ignore_ascii_case("history"), "{part}");
    assert!(!name.chars().any(is_unseen), "{part}: {name:?}");
}

#[test]
fn texts_of_strangers_stay_texts_in_every_output() {
    let names = hostile();
    let room = Room::new(&names, 1);
    room.fill();
    for (mark, format) in [(&names[0], "text"), (&names[11], "json")] {
        let mark_option = format!("--mark={mark}");
        let run = [
            "consolidate",
            "收件",
            "--scheme=年度",
            "-o=结果",
            "--archive",
            "--format",
            format,
            &mark_option,
        ];
        let done = room.run(&run, format == "text");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{said}");
        let output = room.path("结果");
        check_names(&output);
        // One per group, and the internal one, the ranking, the register.
        assert_eq!(check_workbooks(&output), names.len() + 3);
        assert_eq!(check_pages(&output), 2);
        let bytes = fs::read(output.join(RESULTS)).expect("results");
        if format == "json" {
            assert!(bytes == done.stdout);
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.chars().any(|one| is_unseen(one) && one != '\n'));
        let results: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        // Escaped, not lost.
        assert_eq!(results["mark"].as_str(), Some(mark.as_str()));
        check_originals(&room.path("收件"), &output);
    }
    let done = room.run(&["check", "收件/夹", "--scheme=年度"], true);
    assert!(done.status.code() < Some(2) && !done.stdout.is_empty());
}

/// Every original that was read is kept as it was, and the manifest says where.
fn check_originals(inbox: &Path, output: &Path) {
    let manifest = fs::read(output.join(MANIFEST)).expect("a manifest");
    let manifest: Manifest = serde_json::from_slice(&manifest).expect("a manifest");
    let kept: Vec<_> = manifest
        .inputs
        .iter()
        .filter_map(|entry| Some((entry, entry.kept.as_deref()?)))
        .collect();
    for (entry, path) in &kept {
        let bytes = fs::read(output.join(path)).expect("kept");
        assert_eq!(sha256_hex(&bytes), entry.sha256, "{path}");
        assert!(
            manifest.outputs.iter().any(|output| output.file == *path),
            "{path}"
        );
    }
    let names: BTreeSet<&str> = kept.iter().map(|(_, path)| *path).collect();
    assert_eq!(names.len(), kept.len());
    let sent: BTreeSet<String> = files(inbox)
        .iter()
        // What is set aside by its name was not read.
        .filter(|file| !file.split('/').any(|part| part.starts_with(['.', '~'])))
        .map(|file| sha256_hex(&fs::read(inbox.join(file)).expect("sent")))
        .collect();
    let digests: BTreeSet<String> = kept
        .iter()
        .filter(|(_, path)| path.starts_with(ORIGINALS))
        .map(|(entry, _)| entry.sha256.clone())
        .collect();
    assert_eq!(digests, sent);
}

#[test]
fn texts_of_strangers_stay_texts_in_blank_forms_and_lists() {
    let names = hostile();
    let few: Vec<String> = [0, 8, 9, 11, 19, 26, 27]
        .map(|number| names[number].clone())
        .into();
    let (all, twos) = (Room::new(&names, 1), Room::new(&few, 2));
    for (room, option, expected) in [
        (&all, None, names.len()),
        (&twos, Some("--per-group"), few.len()),
        // Each for the one society of the group that is not the reviewer's own.
        (&twos, Some("--per-reviewer"), few.len()),
    ] {
        let folder = format!("空白表{}", option.unwrap_or_default());
        let mut run = vec!["forms", "--scheme=年度", "-o", &folder];
        run.extend(option);
        let done = room.run(&run, true);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(0), "{said}");
        let output = room.path(&folder);
        check_names(&output);
        // Beside them who reviews whom, for each group that has somebody to review.
        let who = files(&output)
            .iter()
            .filter(|file| file.ends_with("评价分工表.xlsx"))
            .count();
        assert!(who > 0, "{said}");
        assert_eq!(check_workbooks(&output) - who, expected, "{said}");
    }
    for run in [
        &["scheme", "check", "--scheme=年度"][..],
        &["scheme", "show", "--scheme=年度"],
        &["scheme", "show", "--scheme=年度", "-o", "指标体系.xlsx"],
        &["init", "新年度", "--scheme=年度"],
    ] {
        assert_eq!(all.run(run, true).status.code(), Some(0), "{run:?}");
    }
    assert_eq!(check_workbooks(&all.path("新年度")), 2);
}

#[test]
fn what_is_typed_is_said_back_as_text() {
    let room = tempfile::tempdir().expect("a room");
    let folder = room.path().join("内");
    fs::create_dir(&folder).expect("a folder");
    for strange in hostile() {
        for run in [
            vec!["check", strange.as_str()],
            vec!["explain", strange.as_str()],
            vec!["check", ".", "--date", strange.as_str()],
            vec!["check", ".", "--scheme", strange.as_str()],
            vec!["forms", "-o", "x", strange.as_str()],
        ] {
            let status = run_in(&folder, &run, true).status.code();
            assert_eq!(status, Some(2), "{run:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_gives_a_name_that_every_system_allows(text in "\\PC{0,4}|[\\x00-\\x7f]{0,40}|.{0,60}|学{0,90}'.?") {
        let name = file_name(&text);
        prop_assert!(is_allowed(&name), "{:?}", name);
        prop_assert!(name.len() <= 181, "{:?}", name);
        prop_assert_eq!(file_name(&name), name);
        let mut names = SheetNames::default();
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for _ in 0..3 {
            let name = names.name(&text);
            check_sheet_name("", &name);
            prop_assert!(workbook.add_worksheet().set_name(&name).is_ok(), "{:?}", name);
        }
        prop_assert!(workbook.save_to_buffer().is_ok());
        let shown = style::cell_text(&text);
        prop_assert!(!shown.chars().any(|one| is_unseen(one) && one != '\n'));
    }
}
