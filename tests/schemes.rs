//! Schemes that offices really use, held against an independent program: `schemes.json`, and `schemes_edges.json` for
//! what random rounds do not meet.
//!
//! `XINGPING_SCHEMES=FILE` takes another file of the same shape in the place of the first.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::Paper;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use xingping::finding::Reader;
use xingping::form::{Field, labels};
use xingping::ground::Ground;
use xingping::model::{Exact, Keyed, LineId, Points};
use xingping::rank::{self, Asked, Contender, HeldDown};
use xingping::report::{Held, Output};
use xingping::run;
use xingping::scheme::{self, Given, Line, Scheme};
use xingping::score::{self, Marks, ScoredForm};

mod common;

/// By name of the scheme: rounds, each a list of those evaluated.
type Rounds = BTreeMap<String, Vec<Vec<Subject>>>;

#[derive(Deserialize)]
struct Subject {
    name: String,
    class: Option<String>,
    #[serde(default)]
    vetoes: Vec<String>,
    forms: Vec<Filled>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Filled {
    reviewer: String,
    class: Option<String>,
    entries: BTreeMap<String, Entry>,
}

/// What the reviewer wrote in one line.
#[derive(Deserialize)]
struct Entry {
    bonus: Option<serde_json::Number>,
    clauses: Option<Vec<serde_json::Number>>,
    level: Option<String>,
    count: Option<serde_json::Number>,
    value: Option<serde_json::Number>,
    target: Option<serde_json::Number>,
}

#[derive(Deserialize)]
struct Expected {
    /// None where there is no total: a class of reviewers is missing, a target is blank.
    total: Option<String>,
    grade: Option<String>,
    rank: Option<usize>,
    rank_in_class: Option<usize>,
    #[serde(default)]
    by_quota: bool,
    #[serde(default)]
    lines: BTreeMap<String, String>,
}

fn scheme_called(name: &str) -> Scheme {
    let path = format!(
        "{}/templates/{name}/scheme.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let source = fs::read_to_string(&path).expect("the scheme is there");
    scheme::read(&source).unwrap_or_else(|faults| panic!("{name}: {faults:?}"))
}

fn points(number: &serde_json::Number) -> Points {
    number.to_string().parse().expect("a plain decimal")
}

/// What one line gets; none where nothing can be worked out from it.
fn marks(line: &Line, entry: &Entry) -> Option<Marks> {
    let bonus = if let Some(value) = &line.value {
        let given = match (&entry.level, &entry.count, &entry.value) {
            (Some(level), None, None) => Given::Level(level.clone()),
            (None, None, Some(done)) if matches!(value, scheme::Value::Share(_)) => Given::Done {
                done: points(done),
                target: entry.target.as_ref().map(points),
            },
            (None, Some(number), None) | (None, None, Some(number)) => {
                Given::Number(points(number))
            }
            _ => panic!("{}: one kind of entry", line.code),
        };
        value.points(&given)?
    } else {
        let given = match (&entry.bonus, &entry.clauses) {
            (Some(bonus), None) => points(bonus),
            // What a reviewer adds up on paper, capped where the form says so.
            (None, Some(clauses)) => {
                let sum: Points = clauses.iter().map(points).sum();
                sum.min(line.bonus.cap)
            }
            _ => panic!("{}: one kind of entry", line.code),
        };
        assert!(line.bonus.attainable.contains(&given), "{given}");
        Exact::from(given)
    };
    Some(Marks {
        bonus,
        deduction: Exact::zero(),
    })
}

fn form(scheme: &Scheme, filled: &Filled) -> Option<ScoredForm> {
    assert_eq!(filled.entries.len(), scheme.lines.len());
    let class = filled.class.as_ref().map(|name| {
        let mut classes = scheme.reviewer_classes.iter();
        classes
            .position(|class| class.name == *name)
            .expect("a class of the scheme")
    });
    let lines: Option<Keyed<LineId, Marks>> = scheme
        .lines
        .iter()
        .map(|line| marks(line, &filled.entries[&line.code]))
        .collect();
    Some(ScoredForm {
        class,
        lines: lines?,
    })
}

fn round(whole: &Scheme, what: &str, round: &[Subject]) {
    let scheme_of = |subject: &Subject| match &subject.class {
        Some(name) => {
            let mut classes = whole.classes.iter();
            let class = classes.position(|class| class.name == *name);
            whole.of_class(class.expect("a class of the scheme"))
        }
        None => whole.clone(),
    };
    let mut contenders = Vec::new();
    let mut merits: Vec<Option<rank::Merit>> = Vec::new();
    for subject in round {
        let name = format!("{what} {}", subject.name);
        let scheme = scheme_of(subject);
        // A form of which a line is held back does not count.
        let forms: Vec<ScoredForm> = subject
            .forms
            .iter()
            .filter_map(|filled| form(&scheme, filled))
            .collect();
        let result = score::score_forms(&scheme, &forms);
        let total = result
            .as_ref()
            .map(|result| result.total.with_decimals(scheme.precision));
        assert_eq!(
            total.as_deref(),
            subject.expected.total.as_deref(),
            "{name} total"
        );
        for (code, printed) in &subject.expected.lines {
            let index = scheme.lines.find(|line| line.code == *code);
            let line = result
                .as_ref()
                .expect("a score")
                .score
                .line(index.expect("a line"));
            assert_eq!(*line.printed(scheme.precision), **printed, "{name} {code}");
        }
        contenders.push(Contender {
            total: result.as_ref().map_or(Points::ZERO, |result| result.total),
            step: result.as_ref().map_or(0, |result| result.stars),
            vetoes: subject
                .vetoes
                .iter()
                .map(|veto| {
                    let mut vetoes = scheme.vetoes.iter();
                    vetoes
                        .position(|one| one.name == *veto)
                        .expect("a veto of the scheme")
                })
                .collect(),
            ranked: result.is_some(),
        });
        merits.push(result.map(|result| rank::merit(&scheme, &result)));
    }
    let awards = rank::award(whole, &contenders);
    for (index, subject) in round.iter().enumerate() {
        let name = format!("{what} {}", subject.name);
        let (award, expected) = (&awards[index], &subject.expected);
        if merits[index].is_some() {
            let grade = award.grade.map(|grade| whole.grades[grade].name.clone());
            assert_eq!(grade, expected.grade, "{name} grade");
        }
        let by_quota = matches!(award.held_down, Some(HeldDown::Quota { .. }));
        assert_eq!(by_quota, expected.by_quota, "{name} by quota");
        let among: Vec<usize> = (0..round.len())
            .filter(|other| awards[*other].ranked && round[*other].class == subject.class)
            .collect();
        let of: Vec<rank::Merit> = among
            .iter()
            .filter_map(|other| merits[*other].clone())
            .collect();
        let place = among.iter().position(|other| *other == index);
        let number = place.map(|place| rank::ranks(&of)[place].number);
        let expected = expected.rank.or(expected.rank_in_class);
        assert_eq!(number, expected, "{name} rank");
    }
}

/// The rounds of `XINGPING_SCHEMES`, or those that lie here.
fn given_rounds() -> Rounds {
    let given = std::env::var_os("XINGPING_SCHEMES");
    let source = match &given {
        Some(path) => fs::read_to_string(path).expect("the file can be read"),
        None => include_str!("schemes.json").to_owned(),
    };
    let rounds: Rounds = serde_json::from_str(&source).expect("rounds");
    assert!(given.is_some() || rounds.len() == 6);
    rounds
}

fn all_rounds(rounds: &Rounds) {
    for (name, rounds) in rounds {
        let scheme = scheme_called(name);
        for (index, one) in rounds.iter().enumerate() {
            round(&scheme, &format!("{name} {}", index + 1), one);
        }
    }
}

#[test]
fn filled_rounds_come_out_as_the_independent_program_says() {
    all_rounds(&given_rounds());
}

/// A tie across the line of a quota, quotas of no place, totals within 0.01 of a threshold, rates at a bound, lines
/// whose rounded points do not add up to the rounded total, a class of reviewers that did not come, a target of 0.
#[test]
fn edges_come_out_as_reckoned_by_hand() {
    let rounds = serde_json::from_str(include_str!("schemes_edges.json")).expect("rounds");
    all_rounds(&rounds);
}

/// The year folder of a round: the scheme as it is shipped, and a list of those evaluated.
fn year(folder: &Path, name: &str, scheme: &Scheme, round: &[Subject]) {
    let template = format!(
        "{}/templates/{name}/scheme.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::create_dir_all(folder).expect("a folder");
    fs::copy(template, folder.join("scheme.toml")).expect("a scheme");
    let list = folder.join(format!("{}.csv", scheme.list_name()));
    let mut writer = csv::Writer::from_path(list).expect("a list");
    let object = format!("{}名称", scheme.object());
    let head: &[&str] = if scheme.classes.is_empty() {
        &[&object]
    } else {
        &[&object, "类别"]
    };
    writer.write_record(head).expect("a head");
    for subject in round {
        let class = subject.class.as_deref();
        let row = [Some(subject.name.as_str()), class];
        writer
            .write_record(row.into_iter().flatten())
            .expect("a row");
    }
    writer.flush().expect("written");
}

/// The blank form of a subject as the tool writes it, filled in as a reviewer would.
fn filled(ground: &Ground, subject: &Subject, form: &Filled) -> Vec<u8> {
    let scheme = &ground.scheme;
    let mut paper = Paper::blank(ground, &subject.name);
    paper.field(Field::Reviewer, &form.reviewer);
    paper.field(Field::Mode, "现场");
    let date = scheme.stage().expect("a stage").from.to_string();
    paper.field(Field::Date, &date);
    if let Some(class) = &form.class {
        paper.field(Field::Class, class);
    }
    for veto in &scheme.vetoes {
        let answer = if subject.vetoes.contains(&veto.name) {
            "有"
        } else {
            "无"
        };
        paper.veto(&labels::veto(veto), answer);
    }
    for (code, entry) in &form.entries {
        let mut lines = scheme.lines.iter();
        let line = lines.find(|line| line.code == *code).expect("a line");
        if let Some(bonus) = &entry.bonus {
            paper.bonus(code, &bonus.to_string());
        } else if let Some(clauses) = &entry.clauses {
            let sum: Points = clauses.iter().map(points).sum();
            paper.bonus(code, &sum.min(line.bonus.cap).to_string());
        } else if let Some(level) = &entry.level {
            paper.value(code, level);
        } else if let Some(number) = entry.count.as_ref().or(entry.value.as_ref()) {
            paper.value(code, &number.to_string());
            if let Some(target) = &entry.target {
                paper.target(code, &target.to_string());
            }
        }
    }
    paper.csv(&[])
}

/// The whole road for one round: the year folder, blank forms written, filled in, consolidated, read back from the
/// data that others rely on.
fn walked(name: &str, what: &str, round: &[Subject]) {
    let room = tempfile::tempdir().expect("a folder");
    let folder = room.path().join("年度");
    let scheme = scheme_called(name);
    year(&folder, name, &scheme, round);
    let ground = Ground::load(Some(&folder), &[]).unwrap_or_else(|error| panic!("{what}: {error}"));
    let inbox = room.path().join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    for subject in round {
        for (number, form) in subject.forms.iter().enumerate() {
            let file = format!("{}-{}-{number}.csv", subject.name, form.reviewer);
            fs::write(inbox.join(file), filled(&ground, subject, form)).expect("written");
        }
    }
    let standings =
        run::standings(&ground, &vec![inbox].into(), Asked::default(), &|_| {}).expect("it runs");
    let held = Held::default();
    run::outputs(&standings, Vec::new(), &held, &|_| {}).expect("books");
    let outputs = held.outputs();
    let data = outputs
        .iter()
        .find(|output| output.name == "data/results.json")
        .expect("data");
    let data: serde_json::Value = serde_json::from_slice(&data.bytes).expect("data");
    let reader = Reader::clerk(&ground);
    for (subject, row) in round
        .iter()
        .zip(data["societies"].as_array().expect("rows"))
    {
        let who = format!("{what} {}", subject.name);
        let said = || {
            let findings = standings.findings.iter();
            let told = findings.filter(|one| one.society.as_ref() == Some(&subject.name));
            let told = told.map(|one| one.said(&reader).message);
            told.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(row["name"].as_str(), Some(subject.name.as_str()));
        let expected = &subject.expected;
        let text = |key: &str| row[key].as_str();
        assert_eq!(text("total"), expected.total.as_deref(), "{who} {}", said());
        assert_eq!(
            text("grade"),
            expected.grade.as_deref(),
            "{who} grade {}",
            said()
        );
        let rank = expected.rank.or(expected.rank_in_class);
        assert_eq!(
            row["rank"].as_u64(),
            rank.map(|rank| rank as u64),
            "{who} rank {}",
            said()
        );
        let by = row["held_down"]["by"].as_str();
        assert_eq!(by == Some("quota"), expected.by_quota, "{who} by quota");
        assert!(row.get("stars").is_none() && row.get("recommended").is_none());
        for line in row["lines"].as_array().expect("lines") {
            let code = line["code"].as_str().expect("a code");
            if let Some(printed) = expected.lines.get(code) {
                assert_eq!(
                    line["bonus"].as_str(),
                    Some(printed.as_str()),
                    "{who} {code}"
                );
            }
        }
    }
    let held = Held::default();
    run::export(&standings, &held).expect("an export");
    exported(what, &data, &held.outputs());
}

/// The rows of an exported table, each by the names of its columns.
fn rows_of(outputs: &[Output], table: &str) -> Vec<BTreeMap<String, String>> {
    let name = format!("{table}.csv");
    let file = outputs.iter().find(|output| output.name == name);
    let bytes = &file.expect("the table").bytes;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a mark");
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.deserialize();
    rows.map(|row| row.expect("a row")).collect()
}

/// The export says of every scheme what the results say: the class and its lines alone, no stars where there are none,
/// and what its total can be worked out from.
fn exported(what: &str, data: &serde_json::Value, outputs: &[Output]) {
    let societies = rows_of(outputs, "societies");
    let told = data["societies"].as_array().expect("rows");
    assert_eq!(societies.len(), told.len(), "{what}");
    for (row, told) in societies.iter().zip(told) {
        let who = format!("{what} {}", row["society"]);
        assert_eq!(row["class"], told["class"].as_str().unwrap_or(""), "{who}");
        assert_eq!(row["stars"], "", "{who}");
        if row["total"].is_empty() {
            continue;
        }
        let number = |key: &str| row[key].parse::<Decimal>().expect("a number");
        let decimals = row["decimals"].parse().expect("a number");
        let total = (number("total_sum") / number("divisor"))
            .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
            .max(Decimal::ZERO);
        assert_eq!(total, number("total"), "{who}");
    }
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows_of(outputs, "lines") {
        let of = lines.entry(row["form"].clone()).or_default();
        of.push(row["line"].clone());
    }
    for form in data["forms"].as_array().expect("forms") {
        let codes = form["lines"].as_array().expect("lines").iter();
        let codes: Vec<&str> = codes.filter_map(|line| line["code"].as_str()).collect();
        assert_eq!(lines[&form["id"].to_string()], codes, "{what}");
    }
}

#[test]
fn the_whole_road_comes_out_as_the_independent_program_says() {
    let rounds = given_rounds();
    for (name, rounds) in &rounds {
        for (index, round) in rounds.iter().enumerate() {
            walked(name, &format!("{name} {}", index + 1), round);
        }
    }
}

#[test]
fn the_whole_road_holds_at_the_edges() {
    let rounds: Rounds = serde_json::from_str(include_str!("schemes_edges.json")).expect("rounds");
    for (name, rounds) in &rounds {
        for (index, round) in rounds.iter().enumerate() {
            walked(name, &format!("{name} {}", index + 1), round);
        }
    }
}

/// A slip in each of the new kinds is told with what is allowed.
#[test]
fn slips_in_a_rule_are_told() {
    for (name, from, to, told) in [
        (
            "支部评星",
            "percent = 70",
            "percent = 60",
            "合计应为100%，现为90%",
        ),
        (
            "支部评星",
            "grade = \"五星\"",
            "grade = \"六星\"",
            "没有编号为“六星”的等次",
        ),
        (
            "支部评星",
            "effect = \"not-ranked\"",
            "effect = \"gone\"",
            "not-ranked、no-grade",
        ),
        ("支部评星", "at_least = 80", "at_least = 95", "从高到低"),
        (
            "目标考核",
            "\"5.2\", \"5.3\"",
            "\"5.2\", \"5.2\"",
            "已在一组上限中",
        ),
        ("目标考核", "minus = 5", "mines = 5", "是否应为 minus"),
        (
            "目标考核",
            "base = 10,",
            "base = 12,",
            "按取值规则（value）最多12",
        ),
        (
            "社会组织评估",
            "bonus = 230",
            "bonus = 290",
            "不超过上限（bonus）290",
        ),
        (
            "社会组织评估",
            "trims_from = 5",
            "trims_from = 2",
            "至少为3",
        ),
        (
            "定量考核",
            "step = \"full\"",
            "step = \"half\"",
            "可用：full、begun",
        ),
        ("定量考核", "from = 90", "from = 96", "从大到小"),
        (
            "专家评审",
            "\"levels\"",
            "\"level\"",
            "levels、count、bands、linear、share、steps",
        ),
        ("分类考核", "class = \"A类\"\n", "", "须写明 class"),
    ] {
        let path = format!(
            "{}/templates/{name}/scheme.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let source = fs::read_to_string(&path).expect("the scheme is there");
        assert!(source.contains(from), "{name} {from}");
        let faults = scheme::read(&source.replacen(from, to, 1)).expect_err(told);
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(all.iter().any(|one| one.contains(told)), "{told}: {all:?}");
    }
}

/// What is allowed and cannot be meant is doubted, with a way out; as it is shipped no template is.
#[test]
fn what_cannot_be_meant_is_doubted() {
    for (name, from, to, told) in [
        ("专家评审", "percent = 20", "percent = 10", "合计90%"),
        ("专家评审", "percent = 60", "percent = 50", "合计90%"),
        ("目标考核", "at_most = 5", "at_most = 8", "“附加分”最高8分"),
        (
            "目标考核",
            "at_most = 100",
            "at_most = 200",
            "总分最高200分",
        ),
        (
            "支部评星",
            "at_least = 90",
            "at_least = 101",
            "没有人能达到",
        ),
        // Ranks are within a class: a quota over all has none to go by.
        (
            "分类考核",
            "[[stages]]",
            "[[grades]]\nname = \"优\"\nat_least = 90\n[[grades]]\nname = \"良\"\nat_least = 0\n[[quotas]]\ngrade = \"优\"\npercent = 20\n[[stages]]",
            "名额按名次给，而名次在各类之内排",
        ),
    ] {
        let path = format!(
            "{}/templates/{name}/scheme.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let source = fs::read_to_string(&path).expect("the scheme is there");
        let sound = scheme::read(&source).expect("sound");
        assert_eq!(sound.doubts(), Vec::<String>::new(), "{name}");
        assert!(source.contains(from), "{name} {from}");
        let odd = scheme::read(&source.replacen(from, to, 1)).expect("allowed");
        let doubts = odd.doubts();
        let [doubt] = doubts.as_slice() else {
            panic!("{name} {to}: {doubts:?}");
        };
        assert!(doubt.contains(told), "{doubt}");
    }
}

/// Stars that do not go with the total, and caps that the wording does not know.
#[test]
fn stars_and_wordings_that_cannot_be_meant_are_doubted() {
    let path = format!("{}/templates/2018/scheme.toml", env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(&path).expect("the scheme is there");
    let stars = "width = 100\ncount = 10\n";
    assert_eq!(doubts_of(&source), Vec::<String>::new());
    for (from, to, told) in [
        (
            stars,
            "width = 120\ncount = 10\n",
            "最高的2级星级（门槛1200）谁也够不着",
        ),
        (
            stars,
            "width = 10\ncount = 10\n",
            "最高一级星级的门槛只有100",
        ),
        (
            "每篇5分（最高50分）",
            "每篇5分（最高60分）",
            "9.1 的 wording 写到60分，而上限是50",
        ),
    ] {
        assert!(source.contains(from), "{from}");
        let doubts = doubts_of(&source.replacen(from, to, 1));
        let [doubt] = doubts.as_slice() else {
            panic!("{to}: {doubts:?}");
        };
        assert!(doubt.contains(told), "{doubt}");
    }
    // No star at all: grades by stars would be faults of their own.
    let (before, after) = source.split_once("[[grades]]").expect("grades");
    let (_, after) = after.split_once("[policies]").expect("policies");
    let none = format!("{before}[policies]{after}")
        .replacen(stars, "thresholds = []\n", 1)
        .replacen("support_grade", "# support_grade", 1);
    let doubts = doubts_of(&none);
    assert!(
        doubts.len() == 1 && doubts[0].contains("是否漏填 thresholds"),
        "{doubts:?}"
    );
    // The last step may end below the full total: 优秀 from 900 of 1000 is one.
    let wide = source.replacen(
        stars,
        "thresholds = [100, 200, 300, 400, 500, 600, 700, 800, 850, 900]\n",
        1,
    );
    assert_eq!(doubts_of(&wide), Vec::<String>::new());
}

fn doubts_of(source: &str) -> Vec<String> {
    scheme::read(source).expect("allowed").doubts()
}

/// A line's own rounding is done before anything is added up.
#[test]
fn a_line_may_round_for_itself() {
    let path = format!(
        "{}/templates/定量考核/scheme.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let source = fs::read_to_string(&path).expect("the scheme is there");
    let from = "code = \"1\"\n";
    let rounding = scheme::read(&source.replacen(from, "code = \"1\"\ndecimals = 1\n", 1));
    let rounding = rounding.expect("sound");
    let given = Given::Done {
        done: Points::whole(1),
        target: Some(Points::whole(3)),
    };
    let points = |scheme: &Scheme| {
        scheme.lines[LineId::at(0)]
            .worked_out(&given)
            .expect("points")
            .shown(4)
    };
    assert_eq!(points(&scheme_called("定量考核")), "13.3333");
    assert_eq!(points(&rounding), "13.3");
}
