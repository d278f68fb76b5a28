//! The scheme file: what the built-in one holds, and how faults are reported.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use toml_edit::{DocumentMut, Item, Value};
use xingping::model::{LineId, Points};
use xingping::scheme::{self, Fault, Scheme};

const SOURCE: &str = include_str!("../templates/2018/scheme.toml");

fn scheme_of_2018() -> Scheme {
    scheme::read(SOURCE).expect("the built-in scheme is sound")
}

/// The faults of the 2018 scheme with one text replaced.
fn faults(from: &str, to: &str) -> Vec<Fault> {
    assert!(SOURCE.contains(from), "{from}");
    scheme::read(&SOURCE.replacen(from, to, 1)).expect_err("the scheme has a fault")
}

fn line_of(text: &str) -> usize {
    1 + SOURCE[..SOURCE.find(text).expect("it is there")]
        .matches('\n')
        .count()
}

/// The attainable values as the domain paper lists them, line by line.
const ATTAINABLE: &str = "
1.1 | 0 100 | 0
1.2 | 0 | 0 30
1.3 | 0 | 0 10 20
1.4 | 0 15 20 25 | 0
2.1 | 0 50 | 0
2.2 | 0 25 | 0
2.3 | 0 | 0 25 50
3.1 | 0 15 20 30 35 50 | 0
3.2 | 0 20 40 50 | 0
3.3 | 0 50 | 0
3.4 | 0 25 | 0
3.5 | 0 25 | 0
4.1 | 0 100 | 0
4.2 | 0 25 | 0 25
4.3 | 0 25 | 0 25
5.1 | 0 10 15 25 | 0
5.2 | 0 25 | 0
6.1 | 0..50 | 0
7.1 | 0 25 50 | 0
8.1 | 0..50 | 0
8.2 | 0 20 30 40 50 | 0
8.3 | 0 25 50 | 0
8.4 | 0 20 30 50 | 0
9.1 | 0 5 10 15 20 25 30 35 40 45 50 | 0
9.2(1) | 0 25 | 0
9.2(2) | 0 25 | 0
9.2(3) | 0 | 0 50
";

#[test]
fn the_lines_of_2018_attain_what_the_domain_paper_says() {
    let scheme = scheme_of_2018();
    let rows: Vec<&str> = ATTAINABLE.trim().lines().collect();
    assert_eq!(scheme.lines.len(), rows.len());
    let values = |text: &str| -> Vec<Points> {
        match text.trim() {
            "0..50" => (0..=50).map(Points::whole).collect(),
            list => list
                .split(' ')
                .map(|value| value.parse().expect("points"))
                .collect(),
        }
    };
    for (line, row) in scheme.lines.iter().zip(rows) {
        let cells: Vec<&str> = row.split('|').collect();
        assert_eq!(line.code, cells[0].trim());
        for (side, cell) in [(&line.bonus, cells[1]), (&line.deduction, cells[2])] {
            let attainable: Vec<Points> = side.attainable.iter().copied().collect();
            assert_eq!(attainable, values(cell), "{}", line.code);
            assert_eq!(side.attainable.last(), Some(&side.cap), "{}", line.code);
        }
    }
}

#[test]
fn needs_and_exclusions_of_2018() {
    let scheme = scheme_of_2018();
    let code = |line: LineId| scheme.lines[line].code.as_str();
    for line in &scheme.lines {
        let needs: Vec<&str> = line.needs.iter().map(|need| code(*need)).collect();
        let expected: &[&str] = match line.code.as_str() {
            "1.4" | "2.1" | "2.2" | "3.1" | "3.2" | "3.3" | "3.4" | "3.5" => &["1.1"],
            "4.2" | "4.3" => &["4.1"],
            _ => &[],
        };
        assert_eq!(needs, expected, "{}", line.code);
        assert_eq!(
            line.exclusive,
            matches!(line.code.as_str(), "4.2" | "4.3"),
            "{}",
            line.code
        );
    }
}

#[test]
fn stars_and_grades_of_2018() {
    let scheme = scheme_of_2018();
    for (total, star, grade) in [
        ("0", 0, None),
        ("99.99", 0, None),
        ("100", 1, None),
        ("499.99", 4, None),
        ("500", 5, Some("良好")),
        ("799.99", 7, Some("良好")),
        ("800", 8, Some("优秀")),
        ("1000", 10, Some("优秀")),
    ] {
        let total: Points = total.parse().expect("points");
        assert_eq!(scheme.stars.of(total), star);
        assert_eq!(scheme.grade(star), grade);
    }
}

#[test]
fn a_sum_that_disagrees_is_named_with_its_line_and_both_figures() {
    // A cap that its criteria do not reach: what it adds to the part and to the whole is not known, and not held up.
    let cap = "code = \"3.1\"\nindicator = \"3.1\"\nbonus = 50";
    for (from, to, at, said) in [
        (
            cap,
            "code = \"3.1\"\nindicator = \"3.1\"\nbonus = 60",
            line_of(cap) + 2,
            "“3.1”的 bonus（加分）上限写的是60，各要点（criteria）合起来最多50",
        ),
        (
            "bonus = 400",
            "bonus = 410",
            line_of("bonus = 400"),
            "第1部分 bonus（加分）写的是410，各行加起来是400",
        ),
        (
            "bonus = 1000",
            "bonus = 1010",
            line_of("bonus = 1000"),
            "bonus：写的是加分合计1010，各行加起来是1000",
        ),
    ] {
        let faults = faults(from, to);
        let said_of: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said_of, [format!("第{at}行：{said}")], "{to}");
    }
}

#[test]
fn all_faults_come_at_once_each_with_its_line() {
    let broken = SOURCE
        .replacen("precision = 2", "percision = 2", 1)
        .replacen("lines = 27", "lines = 28", 1)
        .replacen("needs = [\"1.1\"]", "needs = [\"1.9\"]", 1)
        .replacen(
            "kind = \"range\", points = 20",
            "kind = \"rangee\", points = 20",
            1,
        )
        .replacen("to = 2018-08-30", "to = 2018-07-30", 1);
    let faults = scheme::read(&broken).expect_err("five faults");
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for part in [
        "不认识 percision 这一项，是否应为 precision",
        "lines：写的是28个评分行，实有27个",
        "没有编号为“1.9”的评分行",
        "kind 不能是“rangee”",
        "阶段“初评”的起止日期颠倒",
    ] {
        assert!(
            said.iter().any(|one| one.contains(part)),
            "{part}\n{said:#?}"
        );
    }
    assert!(faults.windows(2).all(|pair| pair[0].line <= pair[1].line));
    // One slip of the pen is one fault: what is missing is what was written wrongly.
    let is_missing = |one: &String| one.contains("缺少 precision");
    assert!(!said.iter().any(is_missing), "{said:#?}");
}

#[test]
fn broken_syntax_has_a_line_too() {
    let faults = faults("year = 2018", "year = = 2018");
    assert_eq!(faults[0].line, line_of("year = 2018"));
    assert!(faults[0].message.starts_with("写法有误"));
}

#[test]
fn chinese_punctuation_is_told_as_such() {
    let faults = faults(
        "title = \"创建星级学会党组织试点评价\"",
        "title = “创建星级学会党组织试点评价”",
    );
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].message.contains("中文引号"), "{faults:#?}");
}

#[test]
fn a_changed_date_leaves_forms_valid_and_a_changed_cap_does_not() {
    let scheme = scheme_of_2018();
    let later = SOURCE.replacen("to = 2018-08-30", "to = 2018-08-31", 1);
    let later = scheme::read(&later).expect("sound");
    assert_eq!(later.form_fingerprint(), scheme.form_fingerprint());
    assert_ne!(later.fingerprint(), scheme.fingerprint());
    let other = SOURCE.replacen("每篇5分（最高50分）", "每篇五分（最高50分）", 1);
    let other = scheme::read(&other).expect("sound");
    assert_ne!(other.form_fingerprint(), scheme.form_fingerprint());
}

/// Every key of a scheme misspelt once, and every heading throughout: the slip alone is told, and what was meant.
#[test]
fn one_slip_of_the_pen_is_one_fault() {
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let mut count = 0;
    let mut wrong = Vec::new();
    for folder in std::fs::read_dir(templates).expect("templates") {
        let path = folder.expect("a folder").path().join("scheme.toml");
        let source = std::fs::read_to_string(&path).expect("a scheme");
        for (what, misspelt) in slips(&source) {
            count += 1;
            let Err(faults) = scheme::read(&misspelt) else {
                wrong.push(format!("{}: {what}: none", path.display()));
                continue;
            };
            let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
            if said.len() != 1 || !said[0].contains("是否应为") {
                wrong.push(format!("{}: {what}: {said:#?}", path.display()));
            }
        }
    }
    assert!(count > 300, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text with one key or heading misspelt, each as often as it stands in another kind of table.
fn slips(source: &str) -> Vec<(String, String)> {
    let mut slips = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let (mut heading, mut at) = (String::new(), 0);
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(name) = line
            .strip_prefix('[')
            .filter(|_| line.trim_end().ends_with(']'))
        {
            name.trim_matches(['[', ']', '\n']).clone_into(&mut heading);
            if seen.insert((heading.clone(), String::new())) {
                let other = source.replace(&format!("[{heading}]"), &format!("[{heading}x]"));
                slips.push((format!("[{heading}]"), other));
            }
            continue;
        }
        for (mark, _) in line.match_indices('=') {
            let before = &line[..mark];
            if before.contains('#') || before.matches('"').count() % 2 == 1 {
                continue;
            }
            let key: String = before
                .trim_end()
                .chars()
                .rev()
                .take_while(|one| one.is_ascii_lowercase() || *one == '_')
                .collect();
            let key: String = key.chars().rev().collect();
            let inside = if before.contains('{') { "{" } else { "" };
            if seen.insert((format!("{heading}{inside}"), key.clone())) {
                let end = start + before.trim_end().len();
                let other = format!("{}x{}", &source[..end], &source[end..]);
                slips.push((format!("[{heading}] {inside}{key}"), other));
            }
        }
    }
    slips
}

/// Caps that overlap would take the same excess twice; those within one another, or beside, do not.
#[test]
fn overlapping_caps_are_refused() {
    let scheme = |capped: &str| {
        let dimension = |id: &str, more: &str| {
            format!("[[dimensions]]\nid = \"{id}\"\npart = \"1\"\ntitle = \"指标{id}\"\n{more}")
        };
        let indicator = |id: &str| {
            format!("[[indicators]]\nid = \"{id}.1\"\ndimension = \"{id}\"\ntitle = \"要点{id}\"\n")
        };
        let line = |id: &str, number: u32| {
            format!(
                "[[lines]]\ncode = \"{number}\"\nindicator = \"{id}.1\"\nbonus = 10\nstep = 1\n"
            )
        };
        let (one, two) = (dimension("1", "at_most = 5\n"), dimension("2", ""));
        let lines = [line("1", 1), line("2", 2), line("2", 3)].concat();
        scheme::read(&format!(
            "id = \"x-2027\"\ntitle = \"考核\"\nform_title = \"考核表\"\nyear = 2027\nsubject = \"科室\"\nstage = \"review\"\nprecision = 2\nasks = []\n[declared]\nparts = 1\ndimensions = 2\nindicators = 2\nlines = 3\nbonus = 30\n[[stages]]\nid = \"review\"\nname = \"考核\"\nfrom = 2027-12-01\nto = 2027-12-31\n[[parts]]\nid = \"1\"\ntitle = \"业务\"\n{one}{two}{}{}{lines}[[caps]]\nname = \"合计\"\nlines = [{capped}]\nat_most = 12\n",
            indicator("1"),
            indicator("2"),
        ))
    };
    let faults = scheme("\"1\", \"2\"").expect_err("overlapping caps");
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains("“指标1”又另有上限"), "{said:#?}");
    for beside in ["\"2\", \"3\"", "\"1\""] {
        scheme(beside).unwrap_or_else(|faults| panic!("{beside}: {faults:#?}"));
    }
}

/// The doubts about the 2018 scheme with one text replaced.
fn doubts(from: &str, to: &str) -> Vec<String> {
    assert!(SOURCE.contains(from), "{from}");
    let scheme = scheme::read(&SOURCE.replacen(from, to, 1)).expect("a doubt is no fault");
    scheme.doubts()
}

#[test]
fn days_and_grades_that_cannot_be_meant_are_doubted() {
    assert_eq!(scheme_of_2018().doubts(), Vec::<String>::new());
    for (from, to, said) in [
        (
            "from = 2018-09-03",
            "from = 2018-08-30",
            "“审议”从2018年8月30日开始",
        ),
        ("validity_years = 3", "validity_years = 0", "一天也没有效"),
        ("from = 5\nto = 7", "from = 5\nto = 6", "7星没有等次"),
        ("from = 8\nto = 10", "from = 8\nto = 9", "10星没有等次"),
        ("near = 5 ", "near = 500 ", "near（500分）"),
    ] {
        let doubts = doubts(from, to);
        let [doubt] = doubts.as_slice() else {
            panic!("{to}: {doubts:?}");
        };
        assert!(doubt.contains(said), "{doubt}");
    }
    // Near misses: a day between the stages, no grade for the lowest stars.
    for (from, to) in [
        ("from = 2018-09-03", "from = 2018-08-31"),
        ("near = 5 ", "near = 0 "),
    ] {
        assert_eq!(doubts(from, to), Vec::<String>::new(), "{to}");
    }
}

/// A value of a document, by the keys and places that lead to it.
#[derive(Clone)]
enum Step {
    Key(String),
    At(usize),
}

fn walk(item: &Item, way: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    if !way.is_empty() && matches!(way.last(), Some(Step::Key(_))) {
        found.push(way.clone());
    }
    if let Some(table) = item.as_table_like() {
        for (key, value) in table.iter() {
            way.push(Step::Key(key.to_owned()));
            walk(value, way, found);
            way.pop();
        }
    }
    if let Some(tables) = item.as_array_of_tables() {
        for (at, table) in tables.iter().enumerate() {
            way.push(Step::At(at));
            walk(&Item::Table(table.clone()), way, found);
            way.pop();
        }
    }
    if let Some(values) = item.as_array() {
        for (at, value) in values.iter().enumerate() {
            way.push(Step::At(at));
            walk(&Item::Value(value.clone()), way, found);
            way.pop();
        }
    }
}

/// Puts a value in the place that the way leads to.
fn put(item: &mut Item, way: &[Step], value: &Value) {
    let (step, rest) = way.split_first().expect("a way");
    match step {
        Step::Key(key) if rest.is_empty() => {
            let table = item.as_table_like_mut().expect("a table");
            table.insert(key, Item::Value(value.clone()));
        }
        Step::Key(key) => {
            let table = item.as_table_like_mut().expect("a table");
            put(table.get_mut(key).expect("a key"), rest, value);
        }
        Step::At(at) => {
            if let Some(tables) = item.as_array_of_tables_mut() {
                let mut table = Item::Table(tables.get(*at).expect("a table").clone());
                put(&mut table, rest, value);
                *tables.get_mut(*at).expect("a table") = table.into_table().expect("a table");
            } else {
                let values = item.as_array_mut().expect("a list");
                let mut one = Item::Value(values.get(*at).expect("a value").clone());
                put(&mut one, rest, value);
                values.replace(*at, one.into_value().expect("a value"));
            }
        }
    }
}

/// The way in words, places left out: `lines.criteria.points`.
fn said(way: &[Step]) -> String {
    let keys = way.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::At(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// Where two of the file contradict each other nobody knows which is wrong: the fault names the one that is checked, by
/// this word.
const BESIDE: [(&str, &str); 12] = [
    ("criteria.points", "criteria"),
    ("criteria.of.points", "criteria"),
    ("criteria.each", "criteria"),
    ("criteria.first", "criteria"),
    ("criteria.further_at_most", "criteria"),
    ("criteria.at_most", "criteria"),
    ("tiers.points", "criteria"),
    ("value.levels.points", "value"),
    ("value.bands.points", "value"),
    ("lines.bonus", "bonus"),
    ("value.base", "value"),
    ("value.points", "value"),
];

/// Nonsense in the place of every value of every template: at most one fault, which names what it is about.
#[test]
fn one_piece_of_nonsense_is_one_fault() {
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let (mut count, mut wrong) = (0, Vec::new());
    for folder in std::fs::read_dir(templates).expect("templates") {
        let folder = folder.expect("a folder").path();
        let source = std::fs::read_to_string(folder.join("scheme.toml")).expect("a scheme");
        let read = |text: &str| scheme::read(text).err().unwrap_or_default();
        count += nonsense(&folder.join("scheme.toml"), &source, &read, &mut wrong);
        let Ok(own) = std::fs::read_to_string(folder.join("self.toml")) else {
            continue;
        };
        let scheme = scheme::read(&source).expect("a scheme");
        let read = |text: &str| {
            scheme::assess::read(text, &scheme)
                .err()
                .unwrap_or_default()
        };
        count += nonsense(&folder.join("self.toml"), &own, &read, &mut wrong);
    }
    assert!(count > 1500, "{count}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), wrong.len());
}

/// Puts nonsense in the place of every kind of value of a file; gives how often it was refused.
fn nonsense(
    path: &std::path::Path,
    source: &str,
    read: &dyn Fn(&str) -> Vec<Fault>,
    wrong: &mut Vec<String>,
) -> usize {
    const NONSENSE: [&str; 8] = ["0", "-5", "\"x\"", "\"\"", "[]", "1e1", "true", "{}"];
    let document: DocumentMut = source.parse().expect("TOML");
    let mut found = Vec::new();
    walk(document.as_item(), &mut Vec::new(), &mut found);
    // The first and the last of each kind.
    let mut ways: std::collections::BTreeMap<String, Vec<Vec<Step>>> =
        std::collections::BTreeMap::new();
    for way in found {
        let same = ways.entry(said(&way)).or_default();
        // The largest is long to read.
        same.truncate(usize::from(source.len() < 10_000));
        same.push(way);
    }
    let mut refused = 0;
    for (name, ways) in &ways {
        for (way, nonsense) in ways.iter().flat_map(|way| NONSENSE.map(|one| (way, one))) {
            let mut document = document.clone();
            let value = nonsense.parse().expect("a value");
            put(document.as_item_mut(), way, &value);
            let faults = read(&document.to_string());
            if faults.is_empty() {
                continue;
            }
            refused += 1;
            let key = name.rsplit('.').next().expect("a key");
            let beside = BESIDE.iter().find(|(end, _)| name.ends_with(end));
            let names = |fault: &Fault| {
                // A name that there is not is named itself.
                fault.message.contains(key)
                    || fault.message.contains("没有编号为")
                    || beside.is_some_and(|(_, word)| fault.message.contains(word))
            };
            if faults.len() != 1 || !names(&faults[0]) {
                let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
                wrong.push(format!("{} {name} = {nonsense}: {said:#?}", path.display()));
            }
        }
    }
    refused
}

/// A template with one text replaced.
fn template(name: &str, from: &str, to: &str) -> Result<Scheme, Vec<Fault>> {
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let path = std::path::Path::new(templates)
        .join(name)
        .join("scheme.toml");
    let source = std::fs::read_to_string(path).expect("a template");
    assert!(source.contains(from), "{name}: {from}");
    scheme::read(&source.replacen(from, to, 1))
}

const QUOTA: &str = "grade = \"五星\"\npercent = 30";

/// What is written in a template, what instead, and what is said of it.
const DOUBTED: [(&str, &str, &str, &str); 14] = [
    (
        "目标考核",
        "at_most = \"合格\"",
        "at_most = \"优秀\"",
        "最高的等次“优秀”",
    ),
    (
        "目标考核",
        "aggregation = \"mean\"",
        "aggregation = \"mean\"\ntrims_from = 5",
        "trims_from",
    ),
    (
        "目标考核",
        "base = 40, minus = 3",
        "base = 40, minus = 50",
        "每次扣50分",
    ),
    (
        "支部评星",
        QUOTA,
        "grade = \"五星\"\npercent = 100",
        "名额是100%",
    ),
    (
        "支部评星",
        QUOTA,
        "grade = \"五星\"\npercent = 0",
        "名额是0",
    ),
    (
        "支部评星",
        QUOTA,
        "grade = \"五星\"\npercent = 30\ndown_to = \"三星\"",
        "越过了“四星”",
    ),
    (
        "支部评星",
        "effect = \"not-ranked\"",
        "at_most = \"五星\"",
        "有没有都一样",
    ),
    (
        "定量考核",
        "{ from = 80, points = 8 }",
        "{ from = 80, points = 15 }",
        "都得15分",
    ),
    (
        "定量考核",
        "{ from = 80, points = 8 }",
        "{ from = 80, points = 18 }",
        "反而得18分",
    ),
    ("定量考核", "each = 1.5", "each = 30", "每次得30分"),
    (
        "定量考核",
        "points = 40, at_most = 40",
        "points = 50, at_most = 40",
        "恰好完成得50分",
    ),
    (
        "专家评审",
        "{ name = \"B\", points = 85 }",
        "{ name = \"B\", points = 95 }",
        "“A”和“B”都得95分",
    ),
    (
        "分类考核",
        "[[classes]]\nname = \"B类\"",
        "[[classes]]\nname = \"C类\"\nbonus = 0\n[[classes]]\nname = \"B类\"",
        "类别“C类”没有一个评分行",
    ),
    (
        "2018",
        "{ at_least = 2, points = 40 }",
        "{ at_least = 2, points = 20 }",
        "高一档的分没有更多",
    ),
];

/// Near misses.
const NOT_DOUBTED: [(&str, &str, &str); 5] = [
    ("目标考核", "at_most = \"合格\"", "at_most = \"良好\""),
    ("支部评星", QUOTA, "grade = \"五星\"\npercent = 99"),
    (
        "支部评星",
        QUOTA,
        "grade = \"五星\"\npercent = 30\ndown_to = \"四星\"",
    ),
    ("定量考核", "each = 1.5", "each = 20"),
    ("目标考核", "base = 40, minus = 3", "base = 40, minus = 40"),
];

#[test]
fn what_does_nothing_or_cannot_be_meant_is_doubted_once() {
    for (name, from, to, said) in DOUBTED {
        let doubts = template(name, from, to)
            .expect("a doubt is no fault")
            .doubts();
        let [doubt] = doubts.as_slice() else {
            panic!("{name} {to}: {doubts:#?}");
        };
        assert!(doubt.contains(said), "{doubt}");
    }
    for (name, from, to) in NOT_DOUBTED {
        let doubts = template(name, from, to).expect("sound").doubts();
        assert_eq!(doubts, Vec::<String>::new(), "{to}");
    }
    // The floors of 目标考核 together are above what its lowest grade ends at.
    let low = "name = \"合格\"\nat_least = 60";
    let high = "name = \"合格\"\nat_least = 40\n";
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/templates/目标考核/scheme.toml"
    );
    let source = std::fs::read_to_string(path).expect("a template");
    let floor = "base = 40, minus = 3, at_least = 39.5";
    let source = source
        .replace(low, high)
        .replace("base = 40, minus = 3", floor);
    assert_eq!(
        scheme::read(&source).expect("sound").doubts(),
        Vec::<String>::new()
    );
    let source = source.replace(
        "base = 20, minus = 2",
        "base = 20, minus = 2, at_least = 0.5",
    );
    let doubts = scheme::read(&source).expect("sound").doubts();
    assert!(
        doubts.len() == 1 && doubts[0].contains("总分最低也有40"),
        "{doubts:#?}"
    );
    let nothing = template("目标考核", "at_most = 100", "at_most = 0").expect("a doubt");
    assert_eq!(nothing.doubts().len(), 1, "{:#?}", nothing.doubts());
    let weightless = template("专家评审", "percent = 50", "percent = 0").expect("a doubt");
    let doubts = weightless.doubts();
    assert!(
        doubts.iter().any(|one| one.contains("第2部分的权重")),
        "{doubts:#?}"
    );
}

#[test]
fn names_of_a_list_have_no_commas_and_differ_to_a_spreadsheet() {
    for (name, from, to, said) in [
        (
            "专家评审",
            "{ name = \"A\", points = 95 }",
            "{ name = \"A,优\", points = 95 }",
            "英文逗号",
        ),
        (
            "专家评审",
            "{ name = \"B\", points = 85 }",
            "{ name = \"a\", points = 85 }",
            "重复",
        ),
        (
            "专家评审",
            "{ name = \"B\", points = 85 }",
            "{ name = \"Ａ\", points = 85 }",
            "重复",
        ),
        (
            "支部评星",
            "name = \"上级党委\"",
            "name = \"上级,党委\"",
            "英文逗号",
        ),
    ] {
        let faults = template(name, from, to).expect_err("a fault");
        let said_of: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(
            said_of.len() == 1 && said_of[0].contains(said),
            "{said_of:#?}"
        );
    }
    let near = "{ name = \"A，优\", points = 95 }";
    template("专家评审", "{ name = \"A\", points = 95 }", near).expect("a Chinese comma");
}

/// One cause that touches several places of the file.
#[test]
fn one_cause_is_one_fault() {
    for (name, from, to, said) in [
        (
            "目标考核",
            "[[grades]]",
            "[stars]\nwidth = 10\ncount = 10\n[[grades]]",
            "等次写了 at_least",
        ),
        (
            "2018",
            "[stars]\nwidth = 100\ncount = 10\nnear = 5 ",
            "",
            "须有 [stars]",
        ),
        ("2018", "count = 10", "count = 4", "“优秀”、“良好”"),
        (
            "2018",
            "[[parts]]\nid = \"1\"",
            "[[parts]]\nid = \"一\"",
            "没有编号为“1”的部分；第",
        ),
        (
            "支部评星",
            "effect = \"not-ranked\"",
            "effect = \"not-ranked\"\nat_most = \"一星\"",
            "之一",
        ),
    ] {
        let faults = template(name, from, to).expect_err("a fault");
        let said_of: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(
            said_of.len() == 1 && said_of[0].contains(said),
            "{to}: {said_of:#?}"
        );
    }
}
