//! Whatever those evaluated are called, nothing that anybody reads calls them otherwise; and where a scheme has no stars,
//! nothing speaks of any. The whole year is walked by every scheme of the gallery, under an odd word.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::{Path, PathBuf};

use common::Paper;
use desk::Book;
use program::all_said as run;
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::scheme::{Ask, Scheme};

mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

/// What those evaluated are called here.
const ODD: &str = "观测点";
/// What they are called in the first scheme of all.
const FOREIGN: &str = "学会";

const NOTICE: [&str; 10] = [
    "--scope",
    "全市",
    "--basis",
    "第9号文",
    "--issuer",
    "评审办",
    "--date",
    "2031-03-21",
    "--contact",
    "联系人甲",
];

/// Every text of a folder, each with where it stands; what was received is not what we say.
fn told(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if path.is_dir() {
            let given = ["原件", "依据", "收件", "净", "年度", "乱年度"];
            if !given.contains(&&*name) {
                told(&path, into);
            }
            continue;
        }
        into.push((path.clone(), name.clone().into_owned()));
        if name.ends_with(".xlsx") {
            for sheet in Book::open(&path).sheets {
                into.push((path.clone(), sheet.name.clone()));
                for (_, value) in sheet.cells() {
                    into.push((path.clone(), value.written()));
                }
            }
        } else {
            let bytes = fs::read(&path).expect("a file");
            let text = String::from_utf8_lossy(&bytes);
            let lines = text.lines().filter(|line| !is_code(line));
            into.extend(lines.map(|line| (path.clone(), line.to_owned())));
        }
    }
}

/// Style and script of a page, in which nobody reads.
fn is_code(line: &str) -> bool {
    ["//", "/*", "const ", "let ", "if ", "for "]
        .iter()
        .any(|begin| line.trim_start().starts_with(begin))
}

/// Says where a word stands that must not stand anywhere.
fn without(word: &str, ours: &[&str], all: &[(PathBuf, String)]) {
    let met: Vec<String> = all
        .iter()
        .filter(|(_, text)| {
            let text = ours
                .iter()
                .fold(text.clone(), |text, own| text.replace(own, ""));
            text.contains(word)
        })
        .map(|(path, text)| format!("{}: {text}", path.display()))
        .collect();
    assert!(met.is_empty(), "“{word}”:\n{}", met.join("\n"));
}

/// The year folder of a scheme of the gallery, its subject renamed.
fn year(room: &Path, template: &str) -> Ground {
    let path = format!(
        "{}/templates/{template}/scheme.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let source = fs::read_to_string(path).expect("a scheme");
    let renamed: String = source
        .lines()
        .map(|line| {
            if line.starts_with("subject = ") {
                format!("subject = \"{ODD}\"\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let folder = room.join("年度");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("scheme.toml"), &renamed).expect("written");
    let scheme = xingping::scheme::read(&renamed).expect("a sound scheme");
    let class = |at: usize| {
        let classes = &scheme.classes;
        classes
            .get(at % classes.len().max(1))
            .map(|class| &class.name)
    };
    let rows = NAMES.iter().enumerate().map(|(at, name)| {
        let class = class(at).map_or(String::new(), |class| format!(",{class}"));
        format!("{name},{name}旧称{class}\n")
    });
    let class_head = if scheme.classes.is_empty() {
        ""
    } else {
        ",类别"
    };
    let head = format!("{ODD}名称,别名{class_head}\n");
    let list: String = std::iter::once(head).chain(rows).collect();
    fs::write(folder.join(format!("{ODD}名单.csv")), list).expect("written");
    Ground::load(Some(&folder), &[]).expect("a sound year")
}

const NAMES: [&str; 5] = ["甲号台", "乙号台", "丙号台", "丁号台", "戊号台"];

/// A form with the first `full` lines full.
fn filled(ground: &Ground, name: &str, number: usize, full: usize) -> Paper {
    let reviewer = format!("评价人{}", ["一", "二"][number]);
    let mut paper = Paper::sound(ground, name, &reviewer, "某办公室");
    let scheme = &ground.scheme;
    if let Some(class) = scheme.reviewer_classes.get(number) {
        paper.field(Field::Class, &class.name);
    }
    let society = ground.roster.society_named(name).expect("listed");
    let class = ground.roster.societies[society].class;
    for (at, (_, line)) in scheme.lines_of_class(class).enumerate() {
        match &line.value {
            None if at < full => paper.bonus(&line.code, &line.bonus.cap.to_string()),
            Some(value) => match value.ask() {
                Ask::Level(names) => paper.value(&line.code, names[usize::from(at >= full)]),
                Ask::Count => paper.value(&line.code, &(full % 3).to_string()),
                Ask::Number(_) => paper.value(&line.code, "90.5"),
                Ask::Done => paper.value(&line.code, &(20 + full).to_string()),
            },
            None => {}
        }
        if line.asks_target() {
            paper.target(&line.code, "40");
        }
    }
    paper.calculate(ground);
    paper
}

/// What comes in clean: two forms for each.
fn clean(ground: &Ground, inbox: &Path) {
    fs::create_dir(inbox).expect("an inbox");
    for (at, name) in NAMES.iter().enumerate() {
        for number in 0..2 {
            let paper = filled(ground, name, number, 1 + at + number);
            fs::write(inbox.join(format!("{name}-{number}.csv")), paper.csv(&[])).expect("written");
        }
    }
}

/// The same, with what people do wrong.
fn dirty(ground: &Ground, inbox: &Path) {
    clean(ground, inbox);
    let put = |name: &str, paper: &Paper| {
        fs::write(inbox.join(name), paper.csv(&[])).expect("written");
    };
    // Another name, no name, the name of a file that is another's, and two versions that cannot be told apart.
    let mut paper = filled(ground, "甲号台", 0, 2);
    paper.field(Field::Society, "甲号");
    put("不知.csv", &paper);
    paper.field(Field::Society, "");
    put("没填.csv", &paper);
    put("丁号台-错.csv", &filled(ground, "丙号台", 0, 3));
    let mut paper = filled(ground, "乙号台", 1, 1);
    paper.field(Field::Mode, "书面");
    put("乙又一份.csv", &paper);
    // Outside the stage, without a reviewer, over the cap, blank, no number.
    let mut paper = filled(ground, "戊号台", 1, 2);
    paper.field(Field::Date, "2020-01-01");
    paper.field(Field::Reviewer, "评价人三");
    put("早.csv", &paper);
    paper.field(Field::Reviewer, "");
    put("无名.csv", &paper);
    paper.field(Field::Reviewer, "评价人四");
    let line = ground.scheme.lines.first().expect("a line");
    match line.value {
        None => paper.bonus(&line.code, "99999"),
        Some(_) => paper.value(&line.code, "若干"),
    }
    put("超.csv", &paper);
    // The same lines for two; a scan that belongs to nobody; what is no form; what cannot be read.
    fs::write(inbox.join("照片.pdf"), b"%PDF-1.4\n").expect("written");
    fs::write(inbox.join("通讯录.csv"), "姓名,电话\n某,1\n").expect("written");
    fs::write(inbox.join("坏.xlsx"), b"PK\x03\x04broken").expect("written");
    let register = format!(
        "文件或{ODD},评价人,处理,对应{ODD},依据,处理人,日期\n没有.csv,,不计入,,,,\n甲号台,,不再等,,电话,某,2027-01-01\n"
    );
    fs::write(inbox.join("处理登记.csv"), register).expect("written");
    let amended = format!(
        "{ODD},指标,加减,评价人,原分,改后,依据,批准人,日期\n无此台,1,加,全部,1,2,复核,某,2027-01-02\n"
    );
    fs::write(inbox.join("评分更正单.csv"), amended).expect("written");
}

/// The sheet of the committee, agreed to, but for the first: that gets another grade where there are any.
fn decided(room: &Path, scheme: &Scheme) {
    let mut book = Book::open(&room.join("审议表.xlsx"));
    let has_grades = !scheme.grades.is_empty();
    for (at, name) in NAMES.iter().enumerate() {
        book.set("审议表", name, "审议意见", "同意");
        if !has_grades {
            continue;
        }
        let computed = book.get("审议表", name, "测算等次");
        let mut others = scheme.grades.iter().map(|grade| &grade.name);
        let other = others.find(|other| **other != computed).expect("another");
        if at == 0 {
            book.set("审议表", name, "审议意见", "调整");
            book.set("审议表", name, "理由", "复核后调整");
            book.set("审议表", name, "审议等次", other);
        } else {
            book.set("审议表", name, "审议等次", &computed);
        }
    }
    book.set("会议情况", "审定日期", "内容", "2027-12-18");
    book.save(&room.join("填好.xlsx"));
}

/// Everything that the program says and writes in a year.
fn walked(room: &Path, ground: &Ground) -> Vec<(PathBuf, String)> {
    dirty(ground, &room.join("收件"));
    clean(ground, &room.join("净"));
    let mut all = Vec::new();
    let mut said = |arguments: &[&str], wanted: i32| {
        let arguments = [arguments, &["--scheme", "年度"]].concat();
        let (status, text) = run(room, &arguments);
        assert_eq!(status, wanted, "{arguments:?}: {text}");
        let lines = text
            .lines()
            .map(|line| (PathBuf::from(arguments[0]), line.to_owned()));
        all.extend(lines);
        text
    };
    said(&["forms", "-o", "表"], 0);
    said(&["consolidate", "收件", "-o", "乱"], 1);
    said(&["return", "收件", "-o", "退回"], 1);
    said(&["status", "收件", "--on", "2027-12-10"], 0);
    said(&["consolidate", "净", "-o", "果", "--final"], 0);
    for report in ["报告.html", "0-报告（内部）.html"] {
        assert!(room.join("果").join(report).is_file(), "{report}");
        assert!(room.join("乱").join(report).is_file(), "{report}");
    }
    said(&["amend", "-o", "更正单.xlsx"], 0);
    // Where nothing is deducted nothing is said of it.
    let list = Book::open(&room.join("更正单.xlsx"));
    let mut cells = list.sheets.iter().flat_map(xingping::intake::Sheet::cells);
    let speaks = cells.any(|(_, value)| value.written().contains("减分"));
    assert_eq!(speaks, ground.scheme.has_deductions());
    said(&["status", "果", "--on", "2027-12-10"], 0);
    said(&["deliberate", "果", "-o", "审议表.xlsx"], 0);
    said(&["decide", "审议表.xlsx", "--results", "果", "-o", "定"], 1);
    decided(room, &ground.scheme);
    said(&["decide", "填好.xlsx", "--results", "果", "-o", "定"], 0);
    said(
        &["statement", "果", "--all", "--decided", "定", "-o", "说明"],
        0,
    );
    let remarked = ["statement", "果", "--all", "--remarks", "-o", "说明二"];
    said(&remarked, 0);
    // What comes next is told by the same year.
    let text = said(&["status", "果", "定", "--on", "2027-12-19"], 0);
    let mut next = text.lines().filter(|line| line.starts_with("下一步"));
    assert!(next.all(|line| line.ends_with(" --scheme 年度")), "{text}");
    let publish = [&["publish", "定", "-o", "公示"], &NOTICE[..]].concat();
    let text = said(
        &publish,
        if ground.scheme.grades.is_empty() {
            2
        } else {
            0
        },
    );
    assert_eq!(
        ground.scheme.grades.is_empty(),
        text.contains("没有可公示、发布的")
    );
    let text = said(&["register", "show", "登记簿.csv", "--on", "2027-12-31"], 2);
    let why = if ground.scheme.grades.is_empty() {
        "不评星级"
    } else {
        "不另评星级"
    };
    assert!(text.contains(why), "{text}");
    told(room, &mut all);
    all
}

fn holds(template: &str) {
    let room = tempfile::tempdir().expect("a room");
    let ground = year(room.path(), template);
    assert!(!ground.scheme.has_stars());
    let all = walked(room.path(), &ground);
    without(FOREIGN, &[], &all);
    // Its own name; that it keeps no register of what there is not; and grades that are called so.
    let mut ours = vec!["星评", "评星", "没有星级可登记", "不另评星级", "先评几颗星"];
    ours.extend(ground.scheme.grades.iter().map(|grade| grade.name.as_str()));
    without("星", &ours, &all);
    for absent in ["第0组", "加分减减分", "党员", "牵头联系单位"] {
        let all: Vec<(PathBuf, String)> = all
            .iter()
            .map(|(path, text)| {
                (
                    path.clone(),
                    text.replace("党员群众", "").replace("党员评价", ""),
                )
            })
            .collect();
        without(absent, &[], &all);
    }
    let own = all.iter().filter(|(_, text)| text.contains(ODD)).count();
    assert!(own > 50, "{own}");
}

#[test]
fn societies_of_a_register() {
    holds("社会组织评估");
}

#[test]
fn branches() {
    holds("支部评星");
}

#[test]
fn departments() {
    holds("目标考核");
}

#[test]
fn projects() {
    holds("专家评审");
}

#[test]
fn units_by_figures() {
    holds("定量考核");
}

#[test]
fn institutions_by_class() {
    holds("分类考核");
}

/// A scheme with groups and stars whose objects are no societies: the register, spot checks and recusals, too.
#[test]
#[allow(clippy::too_many_lines)] // one walk, in its order
fn workstations_with_stars_and_groups() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/other_year"));
    for folder in ["年度", "乱年度"] {
        fs::create_dir(room.join(folder)).expect("a folder");
        for (file, name) in [
            ("scheme.toml", "scheme.toml"),
            ("学会名单.csv", "社区团体名单.csv"),
            ("评价人名单.csv", "评价人名单.csv"),
        ] {
            let text = fs::read_to_string(from.join(file)).expect("a file");
            let text = text.replace(FOREIGN, "社区团体");
            fs::write(room.join(folder).join(name), text).expect("written");
        }
    }
    fs::write(
        room.join("乱年度/评价人名单.csv"),
        "姓名,单位,组号,应回避的社区团体\n甲,区民政局,10,没有社\n乙,区民政局,20,晚霞社\n",
    )
    .expect("written");
    let ground = Ground::load(Some(&room.join("年度")), &[]).expect("a sound year");
    assert!(ground.scheme.has_stars());
    let form = |name: &str, reviewer: &str, unit: &str, bonus: &str| {
        let mut paper = Paper::sound(&ground, name, reviewer, unit);
        paper.field(Field::Recommended, "3");
        paper.bonus("A1", bonus);
        paper.calculate(&ground);
        paper
    };
    for inbox in ["净", "收件"] {
        fs::create_dir(room.join(inbox)).expect("an inbox");
    }
    let put = |path: &str, paper: &Paper| {
        fs::write(room.join(path), paper.csv(&[])).expect("written");
    };
    for (name, bonus) in [("东风社", "30"), ("朝阳社", "22.5"), ("晚霞社", "12.5")] {
        put(
            &format!("净/{name}.csv"),
            &form(name, "甲", "区民政局", bonus),
        );
    }
    // What people do wrong, of units and recusals above all.
    for (file, unit) in [
        ("自己", "东风社"),
        ("分支", "东风社分会"),
        ("相近", "北京东风社联络处"),
        ("退休", "退休"),
        ("不明", "某某大学"),
        ("没填", ""),
    ] {
        put(
            &format!("收件/{file}.csv"),
            &form("东风社", file, unit, "30"),
        );
    }
    let mut paper = form("朝阳社", "丙", "区民政局", "30");
    paper.field(Field::Recusal, "有，见说明");
    paper.field(Field::Recommended, "九星");
    paper.field(Field::Group, "第20组");
    put("收件/三.csv", &paper);
    paper.field(Field::Society, "朝阳设");
    put("收件/四.csv", &paper);
    fs::write(room.join("收件/照片.jpg"), b"\xff\xd8\xff").expect("written");

    let mut all = Vec::new();
    let mut said = |arguments: &[&str], year: &str, wanted: i32| {
        let arguments = [arguments, &["--scheme", year]].concat();
        let (status, text) = run(room, &arguments);
        assert_eq!(status, wanted, "{arguments:?}: {text}");
        let lines = text
            .lines()
            .map(|line| (PathBuf::from(arguments[0]), line.to_owned()));
        all.extend(lines);
        text
    };
    said(&["scheme", "check"], "乱年度", 0);
    said(&["forms", "-o", "表"], "乱年度", 0);
    said(&["consolidate", "收件", "-o", "乱"], "乱年度", 1);
    said(&["return", "收件", "-o", "退回"], "乱年度", 1);
    said(&["status", "收件", "--on", "2031-03-10"], "乱年度", 0);
    said(&["consolidate", "净", "-o", "果", "--final"], "年度", 0);
    said(&["deliberate", "果", "-o", "审议表.xlsx"], "年度", 0);
    let mut book = Book::open(&room.join("审议表.xlsx"));
    for name in ["东风社工作站", "朝阳社工作站", "晚霞社工作站"] {
        let stars = book.get("审议表", name, "测算星级");
        book.set("审议表", name, "审议星级", &stars);
        book.set("审议表", name, "审议意见", "同意");
    }
    book.set("审议表", "东风社工作站", "审议星级", "4");
    book.set("审议表", "东风社工作站", "审议意见", "调整");
    book.set("审议表", "东风社工作站", "理由", "复核后调整");
    book.set("会议情况", "审定日期", "内容", "2031-03-20");
    book.save(&room.join("填好.xlsx"));
    said(
        &["decide", "填好.xlsx", "--results", "果", "-o", "定"],
        "年度",
        0,
    );
    said(
        &["statement", "果", "--all", "--decided", "定", "-o", "说明"],
        "年度",
        0,
    );
    said(
        &[&["publish", "定", "-o", "公示"], &NOTICE[..]].concat(),
        "年度",
        0,
    );
    let add = [
        "register",
        "add",
        "登记簿.csv",
        "--decided",
        "定",
        "--results",
        "果",
        "--objections",
        "异议登记.xlsx",
        "--basis",
        "第9号文",
        "--date",
        "2031-04-01",
    ];
    said(&add, "年度", 0);
    let draw = [
        "spot-check",
        "--register",
        "登记簿.csv",
        "--on",
        "2032-04-01",
        "--share",
        "50%",
        "--seed",
        "种子",
        "--results",
        "果",
        "-o",
        "抽查",
    ];
    said(&draw, "年度", 0);
    let sheet = fs::read_dir(room.join("抽查/核查表"))
        .expect("sheets")
        .next();
    let sheet = sheet.expect("one").expect("an entry").path();
    let sheet = sheet.to_str().expect("a plain path");
    said(
        &["recheck", sheet, "--draw", "抽查", "-o", "结论.xlsx"],
        "年度",
        1,
    );
    let export = [
        "register",
        "export",
        "登记簿.csv",
        "--on",
        "2032-05-01",
        "--results",
        "果",
        "-o",
        "台账.xlsx",
    ];
    said(&export, "年度", 0);
    said(
        &["register", "show", "登记簿.csv", "--on", "2032-05-01"],
        "年度",
        0,
    );
    said(&["status", "登记簿.csv", "--on", "2032-05-01"], "年度", 0);
    let diff = [
        "scheme",
        "diff",
        "年度",
        "乱年度",
        "--results",
        "果",
        "-o",
        "对照.xlsx",
    ];
    let (status, text) = run(room, &diff);
    assert_eq!(status, 0, "{text}");
    told(room, &mut all);
    without(FOREIGN, &[], &all);
    let own = all.iter().filter(|(_, text)| text.contains("社区团体"));
    assert!(own.count() > 50);
}
