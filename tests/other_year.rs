//! Another year goes through the whole job with no change of code: other parts, caps, thresholds, grades,
//! precision, stage and policies. That proves that nothing of 2018 is in the code.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use xingping::form::Field;
use xingping::ground::Ground;

use common::{Paper, sheets};

mod common;
#[path = "common/program.rs"]
mod program;

/// Lines as (code, bonus, deduction).
type Points = [(&'static str, &'static str, &'static str)];

fn year() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/other_year"))
}

fn form(ground: &Ground, inbox: &Path, society: &str, reviewer: &str, points: &Points) {
    let mut paper = Paper::sound(ground, society, reviewer, "区民政局");
    paper.field(Field::Recommended, "3");
    for (code, bonus, deduction) in points {
        paper.bonus(code, bonus);
        if !deduction.is_empty() {
            paper.deduction(code, deduction);
            paper.remark(code, "见台账");
        }
    }
    paper.calculate(ground);
    fs::write(
        inbox.join(format!("{society}-{reviewer}.csv")),
        paper.csv(&[]),
    )
    .expect("written");
}

fn consolidate(inbox: &Path, out: &Path) -> (Value, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(["consolidate", "--scheme"])
        .args([year(), inbox])
        .arg("-o")
        .arg(out)
        .output()
        .expect("it runs");
    let code = output.status.code().expect("an exit status");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(code < 2, "{said}");
    let results = fs::read(out.join("data/results.json")).expect("results.json");
    (serde_json::from_slice(&results).expect("JSON"), code)
}

fn society<'v>(results: &'v Value, name: &str) -> &'v Value {
    let societies = results["societies"].as_array().expect("societies");
    societies
        .iter()
        .find(|one| one["name"] == name)
        .expect("the society")
}

#[test]
fn another_scheme_goes_through_the_whole_job() {
    let ground = Ground::load(Some(year()), &[]).expect("the scheme is sound");
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("in");
    fs::create_dir(&inbox).expect("an inbox");
    // Three reviewers: the median of each line. 12.5 + 10 is a sum inside a best-of.
    form(
        &ground,
        &inbox,
        "东风社",
        "甲",
        &[
            ("A1", "22.5", ""),
            ("B2-1", "19.5", ""),
            ("C1", "10", ""),
            ("C2", "20", ""),
        ],
    );
    form(
        &ground,
        &inbox,
        "东风社",
        "乙",
        &[
            ("A1", "30", ""),
            ("B2-1", "20", ""),
            ("C1", "12.5", ""),
            ("C2", "0", "10"),
        ],
    );
    form(
        &ground,
        &inbox,
        "东风社",
        "丙",
        &[
            ("A1", "12.5", ""),
            ("B2-1", "18", ""),
            ("B2-2", "", "2.5"),
            ("C1", "17.5", ""),
            ("C2", "20", ""),
        ],
    );
    // Blank counts as 0, what is over the cap as the cap: both warnings here.
    form(
        &ground,
        &inbox,
        "朝阳社",
        "甲",
        &[("A1", "", ""), ("B2-1", "25", "")],
    );
    form(
        &ground,
        &inbox,
        "晚霞社",
        "甲",
        &[("A1", "17.5", ""), ("B2-2", "", "2.5"), ("C1", "5", "")],
    );
    let (results, code) = consolidate(&inbox, &room.path().join("out"));
    assert_eq!(code, 0, "{:#}", results["findings"]);

    let east = society(&results, "东风社");
    assert_eq!(east["total"], "74.5");
    assert_eq!(east["parts"][0]["points"], "42.0");
    assert_eq!(east["parts"][1]["points"], "32.5");
    assert_eq!(east["stars"], 3);
    assert_eq!(east["grade"], "达标");
    assert_eq!(east["has_base"], Value::Null);
    assert_eq!(east["group"], 10);
    // 20.0 each: fewer deductions decide.
    let (sunny, dusk) = (society(&results, "朝阳社"), society(&results, "晚霞社"));
    assert_eq!(
        (&sunny["total"], &dusk["total"]),
        (&"20.0".into(), &"20.0".into())
    );
    assert_eq!((&sunny["rank"], &dusk["rank"]), (&2.into(), &3.into()));
    assert_eq!(
        (&sunny["tied"], &sunny["grade"]),
        (&false.into(), &"待提高".into())
    );

    let mut found: Vec<(&str, &str)> = results["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|one| one["severity"] != "note")
        .map(|one| {
            (
                one["name"].as_str().expect("a name"),
                one["severity"].as_str().expect("one"),
            )
        })
        .collect();
    found.sort_unstable();
    assert_eq!(found, [("not-scored", "warning"), ("over-cap", "warning")]);
}

#[test]
fn its_blank_form_and_workbooks_carry_its_own_words() {
    let ground = Ground::load(Some(year()), &[]).expect("the scheme is sound");
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("in");
    fs::create_dir(&inbox).expect("an inbox");
    form(&ground, &inbox, "东风社", "甲", &[("A1", "30", "")]);
    let out = room.path().join("out");
    consolidate(&inbox, &out);
    let mut words = String::new();
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&out).expect("the output") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            names.push(
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
            );
            for sheet in sheets(&fs::read(&path).expect("a workbook")) {
                for (_, value) in sheet.cells() {
                    words.push_str(&common::text(value));
                    words.push('\n');
                }
            }
        }
    }
    names.sort();
    assert_eq!(
        names,
        [
            "0-工作底稿（内部）.xlsx",
            "总排名.xlsx",
            "第10组-东片联席会-汇总.xlsx",
            "第20组-西片联席会-汇总.xlsx"
        ]
    );
    // The committee's page, without what a browser reads of it.
    let page = fs::read_to_string(out.join("报告.html")).expect("a page");
    let page = page.split("<body>").nth(1).expect("a body");
    let page = page.split("<script>").next().expect("its words");
    for foreign in ["学会", "党", "科协", "2018", "1000"] {
        assert!(
            !page.contains(foreign),
            "“{foreign}” of another year is on the page"
        );
    }
    assert!(page.contains("东风社") && page.contains("2031"));
    // That reviewers are party members is the tool's own matter, not a year's.
    let words = words.replace("中共党员", "");
    for foreign in ["2018", "党", "1000", "十星", "初评", "科协"] {
        assert!(
            !words.contains(foreign),
            "“{foreign}” of another year is in the workbooks"
        );
    }
    for own in ["东风社", "工作站", "示范", "评审", "2031"] {
        assert!(words.contains(own), "“{own}” is missing");
    }
}

#[test]
fn a_page_about_one_of_a_class_has_its_own_lines() {
    let room = tempfile::tempdir().expect("a room");
    let at = |name: &str| room.path().join(name);
    for folder in ["年度", "收件"] {
        fs::create_dir(at(folder)).expect("a folder");
    }
    // Only a scheme with stars has such pages.
    let stars = "\n[stars]\nwidth = 10\ncount = 10\n";
    let scheme = include_str!("../templates/分类考核/scheme.toml").to_owned() + stars;
    fs::write(at("年度/scheme.toml"), scheme).expect("written");
    let list = "机构名称,类别\n机构甲,A类\n机构乙,B类\n";
    fs::write(at("年度/机构名单.csv"), list).expect("written");
    let ground = Ground::load(Some(&at("年度")), &[]).expect("the scheme is sound");
    // Both classes number their lines alike; the second has one more.
    for (name, points) in [
        (
            "机构甲",
            &[("1.1.1", "31"), ("1.1.2", "12"), ("2.1.1", "33")][..],
        ),
        (
            "机构乙",
            &[
                ("1.1.1", "11"),
                ("1.1.2", "13"),
                ("1.2.1", "24"),
                ("2.1.1", "25"),
            ],
        ),
    ] {
        let mut paper = Paper::sound(&ground, name, "评价人甲", "人事处");
        paper.field(Field::Date, "2027-12-05");
        for (code, points) in points {
            paper.bonus(code, points);
        }
        paper.calculate(&ground);
        fs::write(at("收件").join(format!("{name}.csv")), paper.csv(&[])).expect("written");
    }
    let run = |arguments: &[&str]| {
        let (status, said) = program::xingping(arguments, room.path());
        assert_eq!(status, 0, "{arguments:?}: {said}");
    };
    run(&["consolidate", "收件", "--scheme", "年度", "-o", "结果"]);
    run(&[
        "statement",
        "结果",
        "--all",
        "--scheme",
        "年度",
        "-o",
        "说明",
    ]);
    for (name, lines) in [
        (
            "机构甲",
            &[
                ("1.1.1", "40", "31"),
                ("1.1.2", "20", "12"),
                ("2.1.1", "40", "33"),
            ][..],
        ),
        (
            "机构乙",
            &[
                ("1.1.1", "20", "11"),
                ("1.1.2", "20", "13"),
                ("1.2.1", "30", "24"),
                ("2.1.1", "30", "25"),
            ],
        ),
    ] {
        let bytes = fs::read(at(&format!("说明/{name}-得分说明.xlsx"))).expect("a page");
        let sheet = sheets(&bytes).remove(0);
        let rows = sheet.rows().into_iter().filter_map(|row| {
            let cells: Vec<String> = sheet
                .row(row)
                .map(|(_, value)| common::text(value))
                .collect();
            let is_line = cells[0].starts_with(|one: char| one.is_ascii_digit());
            (is_line && cells.len() > 1).then_some(cells)
        });
        let rows: Vec<Vec<String>> = rows.collect();
        assert_eq!(rows.len(), lines.len(), "{name}: {rows:?}");
        for ((code, cap, points), row) in lines.iter().zip(&rows) {
            assert_eq!(row[0], *code, "{name}");
            assert!(row.contains(&(*cap).to_owned()), "{name}: {row:?}");
            assert!(row.contains(&(*points).to_owned()), "{name}: {row:?}");
        }
    }
}
