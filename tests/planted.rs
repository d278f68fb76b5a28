//! Who can see what: random words are planted in every name and field of whole rounds, and every part of every file
//! written is looked over for words that its reader may not know; and for those that the reader may.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use rust_xlsxwriter::Workbook;
use xingping::form::{Column, Field, Foot};
use xingping::ground::Ground;
use xingping::rank::Asked;
use xingping::report::{Held, Output};
use xingping::run;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use common::Paper;
use words::words_in;

mod common;
#[path = "common/words.rs"]
mod words;

const GROUPS: usize = 3;
const SOCIETIES: usize = 6;
const PEOPLE: usize = 7;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("it fits") % most
    }

    fn is_one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// Whose a planted word is: of these forms. A word of no form is nobody's.
#[derive(Debug, Clone, Default)]
struct Word {
    what: &'static str,
    forms: Vec<usize>,
}

/// A form that was filled, or the scan of one.
#[derive(Debug, Clone)]
struct Filled {
    society: usize,
    /// None of a scan: nobody knows whose of the society's.
    person: Option<usize>,
    /// Its file is named after another society.
    contradicts: bool,
    sheet: String,
}

impl Filled {
    const fn group(&self) -> usize {
        self.society / (SOCIETIES / GROUPS)
    }
}

/// What lies in the inbox, or in something that lies there.
enum Thing {
    File(String, Vec<u8>),
    Folder(String, Vec<Thing>),
    Zip(String, Vec<Thing>),
    Mail {
        name: String,
        subject: String,
        sender: String,
        things: Vec<Thing>,
    },
}

/// A round being made up.
struct Round {
    dice: Dice,
    words: BTreeMap<String, Word>,
    forms: Vec<Filled>,
    societies: Vec<String>,
    people: Vec<(String, String)>,
    mails: usize,
}

impl Round {
    fn new(seed: u64) -> Self {
        Self {
            dice: Dice(0x9e37_79b9_7f4a_7c15 ^ (seed + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9)),
            words: BTreeMap::new(),
            forms: Vec::new(),
            societies: Vec::new(),
            people: Vec::new(),
            mails: 0,
        }
    }

    /// A word that is met nowhere else, of these forms.
    fn plant(&mut self, what: &'static str, forms: &[usize]) -> String {
        let word = format!("zq{:08x}qz", self.dice.next() >> 32);
        let planted = Word {
            what,
            forms: forms.to_vec(),
        };
        self.words.insert(word.clone(), planted);
        word
    }

    /// The year's lists.
    fn year(&mut self, folder: &Path) -> Ground {
        let mut list = String::from("组号,牵头联系单位,学会名称,别名\n");
        for society in 0..SOCIETIES {
            let group = society / (SOCIETIES / GROUPS);
            let name = format!("中国{}学会", self.plant("society", &[]));
            let number = group + 1;
            writeln!(list, "{number},牵头单位{group},{name},").expect("written");
            self.societies.push(name);
        }
        fs::write(folder.join("学会名单.csv"), list).expect("written");
        let mut list = String::from("姓名,单位,组号\n");
        for person in 0..PEOPLE {
            let (name, unit) = (self.plant("person", &[]), self.plant("unit", &[]));
            let unit = format!("{unit}党委");
            // Some are listed.
            if person % 2 == 0 {
                let group = person % GROUPS + 1;
                writeln!(list, "{name},{unit},{group}").expect("written");
            }
            self.people.push((name, unit));
        }
        fs::write(folder.join("评价人名单.csv"), list).expect("written");
        Ground::load(Some(folder), &[]).expect("the year is sound")
    }

    /// A form with words in every field.
    fn form(&mut self, ground: &Ground) -> (usize, Paper) {
        let form = self.forms.len();
        let society = self.dice.below(SOCIETIES);
        let person = self.dice.below(PEOPLE);
        let (reviewer, unit) = self.people[person].clone();
        self.forms.push(Filled {
            society,
            person: Some(person),
            contradicts: false,
            sheet: String::new(),
        });
        let mut paper = Paper::sound(ground, &self.societies[society], &reviewer, &unit);
        let phone = self.plant("phone", &[form]);
        paper.field(Field::Phone, &phone);
        let mode = self.plant("mode", &[form]);
        paper.field(Field::Mode, &mode);
        let evidence = self.plant("evidence", &[form]);
        paper.set(paper.at("1.1", Column::Evidence), &evidence);
        let remark = self.plant("remark", &[form]);
        paper.remark("1.2", &remark);
        let opinion = self.plant("opinion", &[form]);
        paper.foot(Foot::Opinion, &opinion);
        match self.dice.below(5) {
            0 => {
                let points = self.plant("points", &[form]);
                paper.bonus("3.1", &points);
            }
            1 => paper.field(Field::Date, "某日"),
            2 => {
                let recusal = self.plant("recusal", &[form]);
                paper.field(Field::Recusal, &recusal);
            }
            3 => paper.bonus("6.1", "10"),
            _ => {}
        }
        paper.calculate(ground);
        (form, paper)
    }

    /// One file with a form or several, its name and its forms.
    fn file(&mut self, ground: &Ground) -> (Thing, Vec<usize>) {
        if self.dice.is_one_in(8) {
            let name = format!("{}.xlsx", self.plant("unread", &[]));
            return (
                Thing::File(name, b"PK\x03\x04 broken".to_vec()),
                vec![usize::MAX],
            );
        }
        if self.dice.is_one_in(8) {
            let society = self.dice.below(SOCIETIES);
            let scan = self.forms.len();
            self.forms.push(Filled {
                society,
                person: None,
                contradicts: false,
                sheet: String::new(),
            });
            let word = self.plant("scan", &[scan]);
            let name = format!("{}签字{word}.pdf", self.societies[society]);
            return (Thing::File(name, b"%PDF-1.4".to_vec()), vec![scan]);
        }
        if self.dice.is_one_in(2) {
            let (form, paper) = self.form(ground);
            let mut name = self.plant("file", &[form]);
            if self.dice.is_one_in(6) {
                let other = (self.forms[form].society + 1) % SOCIETIES;
                name = format!("{}{name}", self.societies[other]);
                self.forms[form].contradicts = true;
            }
            return (
                Thing::File(format!("{name}.csv"), paper.csv(&[])),
                vec![form],
            );
        }
        let count = 1 + self.dice.below(3);
        let papers: Vec<(usize, Paper)> = (0..count).map(|_| self.form(ground)).collect();
        let mut book = Workbook::new();
        for (form, paper) in &papers {
            let sheet = self.plant("sheet", &[*form]);
            let page = book.add_worksheet();
            page.set_name(&sheet).expect("a name");
            self.forms[*form].sheet = sheet;
            for (cell, text) in paper.cells() {
                let column = u16::try_from(cell.column()).expect("few columns");
                match text.parse::<f64>() {
                    Ok(number) => page.write(cell.row(), column, number),
                    Err(_) => page.write(cell.row(), column, text),
                }
                .expect("written");
            }
        }
        let forms: Vec<usize> = papers.iter().map(|(form, _)| *form).collect();
        let name = format!("{}.xlsx", self.plant("workbook", &forms));
        let bytes = book.save_to_buffer().expect("a workbook");
        (Thing::File(name, bytes), forms)
    }

    /// A few files, folders, archives and mails, and the forms below them.
    fn things(&mut self, ground: &Ground, depth: usize, in_mail: bool) -> (Vec<Thing>, Vec<usize>) {
        let mut things = Vec::new();
        let mut all = Vec::new();
        for _ in 0..=self.dice.below(if depth == 0 { 7 } else { 3 }) {
            let kind = if depth < 3 { self.dice.below(8) } else { 0 };
            let (thing, forms) = if kind < 3 || in_mail && kind != 4 {
                self.file(ground)
            } else {
                let (inner, forms) = self.things(ground, depth + 1, kind > 4);
                let name = self.plant("holder", &forms);
                let thing = match kind {
                    3 => Thing::Folder(name, inner),
                    4 => Thing::Zip(format!("{name}.zip"), inner),
                    _ => Thing::Mail {
                        name: format!("{name}.eml"),
                        subject: self.plant("subject", &forms),
                        sender: self.plant("sender", &forms),
                        things: inner,
                    },
                };
                (thing, forms)
            };
            all.extend(forms);
            things.push(thing);
        }
        (things, all)
    }

    fn mail(&mut self, subject: &str, sender: &str, things: Vec<Thing>) -> Vec<u8> {
        self.mails += 1;
        let mark = format!("mark{}", self.mails);
        let mut mail = format!(
            "From: {sender} <{sender}@example.org>\r\nSubject: {subject}\r\nDate: Wed, 15 Aug 2018 09:{:02}:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary={mark}\r\n\r\n",
            self.mails % 60
        )
        .into_bytes();
        for thing in things {
            if let Some((name, bytes)) = self.packed(thing) {
                // Names with other letters than a mail's own are written as RFC 2231 has it.
                let name = name.bytes().fold(String::new(), |mut name, byte| {
                    write!(name, "%{byte:02X}").expect("written");
                    name
                });
                mail.extend(
                    format!("--{mark}\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: attachment; filename*=utf-8''{name}\r\n\r\n").bytes(),
                );
                mail.extend(bytes);
                mail.extend(b"\r\n");
            }
        }
        mail.extend(format!("--{mark}--\r\n").bytes());
        mail
    }

    /// As one file; none for a folder.
    fn packed(&mut self, thing: Thing) -> Option<(String, Vec<u8>)> {
        match thing {
            Thing::File(name, bytes) => Some((name, bytes)),
            Thing::Folder(..) => None,
            Thing::Zip(name, things) => {
                let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
                self.zipped(&mut zip, "", things);
                Some((name, zip.finish().expect("a zip").into_inner()))
            }
            Thing::Mail {
                name,
                subject,
                sender,
                things,
            } => Some((name, self.mail(&subject, &sender, things))),
        }
    }

    fn zipped(&mut self, zip: &mut ZipWriter<Cursor<Vec<u8>>>, below: &str, things: Vec<Thing>) {
        for thing in things {
            if let Thing::Folder(name, things) = thing {
                self.zipped(zip, &format!("{below}{name}/"), things);
            } else if let Some((name, bytes)) = self.packed(thing) {
                zip.start_file(format!("{below}{name}"), SimpleFileOptions::default())
                    .expect("started");
                zip.write_all(&bytes).expect("written");
            }
        }
    }

    fn put(&mut self, folder: &Path, things: Vec<Thing>) {
        fs::create_dir_all(folder).expect("a folder");
        for thing in things {
            if let Thing::Folder(name, things) = thing {
                self.put(&folder.join(name), things);
            } else if let Some((name, bytes)) = self.packed(thing) {
                fs::write(folder.join(name), bytes).expect("written");
            }
        }
    }

    // ── Who may know what ──

    /// Whether all forms that a word is of are the reader's.
    fn may_know(&self, word: &str, reader: Reader) -> bool {
        if let Some(society) = self.societies.iter().position(|name| name.contains(word)) {
            let group = society / (SOCIETIES / GROUPS);
            return match reader {
                Reader::Committee => true,
                Reader::Group(own) => own == group,
                Reader::Person { group: own, .. } => own == Some(group) || own.is_none(),
            };
        }
        let is_of = |(name, unit): &(String, String)| name.contains(word) || unit.contains(word);
        if let Some(person) = self.people.iter().position(is_of) {
            return match reader {
                Reader::Committee => false,
                Reader::Group(group) => {
                    let mut forms = self.forms.iter();
                    // A listed person is known to the own group.
                    person % 2 == 0 && person % GROUPS == group
                        || forms.any(|form| form.person == Some(person) && form.group() == group)
                }
                Reader::Person { person: own, .. } => own == person,
            };
        }
        let known = &self.words[word];
        !known.forms.is_empty() && known.forms.iter().all(|form| self.is_of(*form, reader))
    }

    fn is_of(&self, form: usize, reader: Reader) -> bool {
        let Some(form) = self.forms.get(form) else {
            return false;
        };
        let is_persons = |person: usize| {
            if form.person.is_some() {
                return form.person == Some(person);
            }
            let same = self.forms.iter().filter(|one| one.society == form.society);
            let people: BTreeSet<usize> = same.filter_map(|one| one.person).collect();
            people == BTreeSet::from([person])
        };
        let is_groups = |group: usize| form.group() == group && !form.contradicts;
        match reader {
            Reader::Committee => false,
            Reader::Group(group) => is_groups(group),
            Reader::Person { person, group } => is_persons(person) && group.is_none_or(is_groups),
        }
    }

    /// Every planted word in a text.
    fn met(text: &str) -> BTreeSet<&str> {
        let at = text.match_indices("zq").map(|(at, _)| at);
        at.filter_map(|at| text.get(at..at + 12))
            .filter(|word| word.ends_with("qz"))
            // What a mail carries is letters and digits at random; a planted word is hexadecimal within.
            .filter(|word| word[2..10].bytes().all(|one| one.is_ascii_hexdigit()))
            .collect()
    }
}

/// For whom a file is.
#[derive(Debug, Clone, Copy)]
enum Reader {
    /// Every society, and of reviewers and what they sent nothing.
    Committee,
    Group(usize),
    /// Whoever filled a form; in the folder of a group, it is read there, too.
    Person {
        person: usize,
        group: Option<usize>,
    },
}

/// For whom an output is; none for the secretariat's own.
fn reader_of(round: &Round, name: &str) -> Option<Reader> {
    if name.starts_with("0-") || name.starts_with("data/") || name == "处理登记.xlsx" {
        return None;
    }
    if name.starts_with("总排名") || name.starts_with("报告") {
        return Some(Reader::Committee);
    }
    let group = (0..GROUPS).find(|group| name.starts_with(&format!("第{}组-", group + 1)));
    let person = Round::met(name).into_iter().find_map(|word| {
        let mut people = round.people.iter();
        people.position(|(name, _)| name == word)
    });
    match (person, group) {
        (Some(person), group) => Some(Reader::Person { person, group }),
        (None, Some(group)) => Some(Reader::Group(group)),
        (None, None) => None,
    }
}

/// A word with what stands around it.
fn around(text: &str, word: &str) -> String {
    let (before, after) = text.split_once(word).expect("it was met");
    let before: Vec<char> = before.chars().rev().take(120).collect();
    let after: String = after.chars().take(120).collect();
    before
        .into_iter()
        .rev()
        .chain(word.chars())
        .chain(after.chars())
        .collect()
}

fn outputs(ground: &Ground, inbox: &Path) -> Vec<Output> {
    let paths = vec![inbox.to_owned()];
    let asked = Asked {
        link_base: Some("原件".to_owned()),
        ..Asked::default()
    };
    let standings = run::standings(ground, &paths.clone().into(), asked, &|_| {}).expect("it runs");
    let held = Held::default();
    run::outputs(&standings, Vec::new(), &held, &|_| {}).expect("written");
    let mut outputs = held.outputs();
    outputs.extend(
        run::slips(&standings, &paths.into(), &|_| {})
            .expect("written")
            .outputs,
    );
    outputs
}

/// One round: what is hidden from everybody it must be hidden from, and how often something was shown.
fn play(seed: u64, shown: &mut BTreeMap<&'static str, usize>) {
    let room = tempfile::tempdir().expect("a room");
    let mut round = Round::new(seed);
    let year = room.path().join("year");
    fs::create_dir(&year).expect("a folder");
    let ground = round.year(&year);
    let (things, _) = round.things(&ground, 0, false);
    let inbox = room.path().join("in");
    round.put(&inbox, things);
    let outputs = outputs(&ground, &inbox);
    for output in &outputs {
        let Some(reader) = reader_of(&round, &output.name) else {
            continue;
        };
        let text = words_in(&output.name, &output.bytes);
        let met = Round::met(&text);
        for word in &met {
            assert!(
                round.may_know(word, reader),
                "seed {seed}: {} shows {:?} to {reader:?}: {}",
                output.name,
                round.words[*word],
                around(&text, word)
            );
        }
        if let (Reader::Group(group), true) = (reader, output.name.ends_with("汇总.xlsx")) {
            round.must_know(seed, group, &met);
        }
        for word in met {
            *shown.entry(round.words[word].what).or_default() += 1;
        }
    }
}

impl Round {
    /// What a group may know of where its forms came from stands in its workbook.
    fn must_know(&self, seed: u64, group: usize, met: &BTreeSet<&str>) {
        for (word, known) in &self.words {
            let is_place = matches!(
                known.what,
                "file" | "workbook" | "holder" | "subject" | "sender"
            );
            if is_place && self.may_know(word, Reader::Group(group)) {
                assert!(
                    met.contains(word.as_str()),
                    "seed {seed}: {word}, {known:?}, to {group}"
                );
            }
        }
        for form in self
            .forms
            .iter()
            .filter(|form| form.group() == group && !form.contradicts)
        {
            let Some(person) = form.person else {
                continue;
            };
            let (name, unit) = &self.people[person];
            let unit = unit.trim_end_matches("党委");
            assert!(
                met.contains(name.as_str()) && met.contains(unit),
                "seed {seed}: {name}"
            );
        }
    }
}

#[test]
fn nobody_is_shown_what_is_not_theirs_and_everybody_what_is() {
    let mut shown = BTreeMap::new();
    for seed in 0..12 {
        play(seed, &mut shown);
    }
    for what in [
        "society", "person", "unit", "phone", "mode", "evidence", "remark", "opinion", "points",
        "file", "workbook", "sheet", "holder", "subject", "sender",
    ] {
        assert!(
            shown.get(what).copied().unwrap_or_default() > 2,
            "{what}: {shown:?}"
        );
    }
}
