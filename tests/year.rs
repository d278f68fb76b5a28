//! The committee's year, walked from the results to the end of a star.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::io::Read as _;
use std::path::Path;

use committee::{HEAD, NOTICE, agreed, decide, enter, everything_in, listed, propose, sheet};
use desk::{Book as Paper, everything, well};
use program::all_said as run;
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::intake::Value;
use xingping::model::CellRef;

#[path = "common/committee.rs"]
mod committee;
mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

/// What somebody does to the row of a society; the last is another star than the computed one.
type Change = fn(&mut Paper, &str, &str);

#[test]
#[allow(clippy::too_many_lines)] // one sheet, and all that can be wrong with it
fn a_sheet_that_cannot_be_decided_decides_nothing() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let sound = agreed(room);
    let names: Vec<(String, String)> = listed(&sound).into_iter().collect();
    let (name, stars) = &names[0];
    let other = if stars == "1" { "2" } else { "1" };
    let cases: [(Change, &str); 12] = [
        (
            |paper, name, other| paper.set("审议表", name, "审议星级", other),
            "审议意见是同意，审议星级却是",
        ),
        (
            |paper, name, _| {
                paper.set("审议表", name, "审议意见", "调整");
                paper.set("审议表", name, "理由", "有理由");
            },
            "审议意见是调整，审议星级却与测算的",
        ),
        (
            |paper, name, other| {
                paper.set("审议表", name, "审议星级", other);
                paper.set("审议表", name, "审议意见", "调整");
            },
            "调整和暂缓都要写明理由",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "审议意见", " "),
            "还没有审定",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "审议星级", "11"),
            "只能填0至10",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "总分", "1"),
            "总分不能在这里改",
        ),
        (
            |paper, name, _| paper.set("审议表", name, HEAD, "某学会党组织"),
            "名单中没有这个学会",
        ),
        (
            |paper, _, _| paper.set("会议情况", "审定日期", "内容", "九月二十日"),
            "审定日期填的是",
        ),
        // What was printed decides nothing: somebody who changes it there would think that it did.
        (
            |paper, name, _| paper.set("审议表", name, "名次", "99"),
            "名次不能在这里改",
        ),
        (
            |paper, name, _| paper.set("审议表", name, "等次", "一等"),
            "等次随审议星级，要改请改星级",
        ),
        // Before the forms were filled in.
        (
            |paper, _, _| paper.set("会议情况", "审定日期", "内容", "2018-08-01"),
            "早于评价数据的截至日期（2018年8月30日），请核对年月日",
        ),
        (
            |paper, _, _| paper.set("会议情况", "结果编号（请勿修改）", "内容", "R0"),
            "审议表要重新出",
        ),
    ];
    for (change, said) in cases {
        let mut paper = Paper {
            sheets: sound.sheets.clone(),
        };
        change(&mut paper, name, other);
        let (status, told) = decide(room, &paper);
        assert_eq!(status, 1, "{said}: {told}");
        assert!(
            told.contains("【须更正】填好.xlsx：") && told.contains(said),
            "{said}: {told}"
        );
        assert!(!room.join("审定").exists(), "{said}");
    }
    // Many rows that are not there are one sentence.
    let mut paper = Paper {
        sheets: sound.sheets.clone(),
    };
    for (gone, _) in &names[1..] {
        paper.set("审议表", gone, "审议意见", " ");
        paper.set("审议表", gone, HEAD, " ");
    }
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 1, "{told}");
    assert!(
        told.contains("等32行，参加审议的学会一个也不能少") && told.matches("缺少").count() == 1,
        "{told}"
    );
    // The near miss: a star changed with opinion and reason, its grade written beside it, on a day that is only late.
    let mut paper = sound;
    paper.set("审议表", name, "审议星级", other);
    paper.set("审议表", name, "等次", "—");
    paper.set("审议表", name, "审议意见", "调整");
    paper.set("审议表", name, "理由", "调研中发现");
    paper.set("会议情况", "审定日期", "内容", "2018-10-08");
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("其中调整1个；暂缓0个"), "{told}");
    assert!(
        told.contains("【请核实】审定日期2018年10月8日不在“审议”阶段"),
        "{told}"
    );
}

#[test]
fn what_is_deferred_is_completed_by_a_later_sheet() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    let names: Vec<String> = listed(&paper).into_keys().collect();
    paper.set("审议表", &names[0], "审议意见", "暂缓");
    paper.set("审议表", &names[0], "审议星级", "");
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 1, "{told}");
    paper.set("审议表", &names[0], "理由", "待补充材料");
    let name = names[0].clone();
    let cell = CellRef::new(
        paper.find("审议表", &name).row(),
        paper.find("审议表", "审议星级").column(),
    );
    let found = paper.sheets.iter_mut().find(|one| one.name == "审议表");
    found
        .expect("the sheet")
        .put(cell, Value::Text(" ".to_owned()));
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("暂缓1个"), "{told}");
    let (status, told) = run(
        room,
        &["deliberate", "结果", "--decided", "审定", "-o", "补审.xlsx"],
    );
    assert_eq!(status, 0, "{told}");
    let mut later = Paper::open(&room.join("补审.xlsx"));
    let left = listed(&later);
    assert_eq!(left.keys().collect::<Vec<_>>(), [&name]);
    later.set("审议表", &name, "审议星级", &left[&name]);
    later.set("审议表", &name, "审议意见", "同意");
    let completed = |later: &Paper| {
        later.save(&room.join("补审填好.xlsx"));
        let later = ["decide", "补审填好.xlsx", "--results", "结果"];
        let more = ["--decided", "审定", "-o", "审定二"];
        run(room, &[later, more].concat())
    };
    // It is not completed before it was put off.
    later.set("会议情况", "审定日期", "内容", "2018年9月19日");
    let (status, told) = completed(&later);
    assert_eq!(status, 1, "{told}");
    assert!(
        told.contains("早于上次审定的日期（2018年9月20日）"),
        "{told}"
    );
    later.set("会议情况", "审定日期", "内容", "2018年10月8日");
    let (status, told) = completed(&later);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("暂缓0个"), "{told}");
    let decided = fs::read_to_string(room.join("审定二/data/decided.json")).expect("decided");
    assert_eq!(decided.matches("\"day\": \"2018-10-08\"").count(), 2);
}

#[test]
#[allow(clippy::too_many_lines)] // one walk, in its order
fn the_year_and_the_three_after_it() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    // Points are corrected: the sheet made before holds no more, and the next draft says what changed.
    let stale = agreed(room);
    let (society, _) = corrected(room);
    let (status, said) = decide(room, &stale);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("审议表要重新出"), "{said}");
    let changed = everything_in(&room.join("结果/总排名.xlsx"), "变更对照");
    assert!(changed.contains(&society), "{changed}");
    let mut paper = sheet(room, "更正后审议表.xlsx");
    let (up, down) = ("中国能源研究会党组织", "中国地质学会党组织");
    for (name, stars, reason) in [
        (up, "7", "密语一：与中国作物学会比较后核实"),
        (down, "7", "密语一：调研走访核实"),
    ] {
        paper.set("审议表", name, "审议星级", stars);
        paper.set("审议表", name, "审议意见", "调整");
        paper.set("审议表", name, "理由", reason);
    }
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("其中调整2个"), "{said}");

    // 得分说明: nobody else is in it.
    well(
        room,
        &[
            "statement",
            "结果",
            "--society",
            "中国地质学会",
            "--decided",
            "审定",
            "-o",
            "说明",
        ],
    );
    let paper = fs::read(room.join("说明/中国地质学会-得分说明.xlsx")).expect("a page");
    assert!(is_one_page(&paper));
    let told = everything(&room.join("说明"));
    assert!(
        told.contains("审定为7星") && told.contains("由测算的8星调整"),
        "{told}"
    );
    assert!(
        !told.contains("中国能源研究会") && !told.contains("评价人甲"),
        "{told}"
    );

    assert!(told.contains("，理由：密语一：调研走访核实。"), "{told}");
    // A reason that speaks of somebody else stays with the committee, and the clerk is told so.
    let all = [
        "statement",
        "结果",
        "--all",
        "--decided",
        "审定",
        "-o",
        "各份",
    ];
    let said = well(room, &all);
    assert!(
        said.contains("【请核实】“中国能源研究会”的审定理由提到评价人或其他学会"),
        "{said}"
    );
    let told = everything_in(&room.join("各份/中国能源研究会-得分说明.xlsx"), "得分说明");
    assert!(
        told.contains("由测算的6星调整，理由提到个人或其他单位，此处不列")
            && !told.contains("作物学会"),
        "{told}"
    );

    // 公示, an objection, 发布.
    propose(room);
    let mut objections = Paper::open(&room.join("异议登记.xlsx"));
    objections.set("异议登记", "1", "学会", "中国茶叶学会");
    objections.set("异议登记", "1", "异议内容", "密语二：材料不实");
    objections.save(&room.join("异议.xlsx"));
    let announced = [
        &[
            "publish",
            "审定",
            "--kind",
            "发布",
            "-o",
            "发布",
            "--date",
            "2018-10-08",
            "--objections",
            "异议.xlsx",
        ],
        &NOTICE[..],
    ]
    .concat();
    let said = well(room, &announced);
    assert!(
        said.contains("不列“中国茶叶学会”：异议登记第4行的异议还没有办结"),
        "{said}"
    );
    let (proposed, announced) = (
        everything(&room.join("公示")),
        everything(&room.join("发布")),
    );
    assert!(proposed.contains("中国茶叶学会") && !announced.contains("中国茶叶学会"));
    let decided = fs::read_to_string(room.join("审定/data/decided.json")).expect("decided");
    assert!(decided.contains("密语一") && decided.contains("\"total\""));
    for public in [&proposed, &announced] {
        for planted in [
            "密语",
            "评价人",
            "总分",
            "名次",
            "total",
            "813.50",
            "643.00",
            "中国标准化协会党委",
        ] {
            assert!(!public.contains(planted), "{planted}");
        }
        for foreign in ["http://", "https://", "onclick", "onload"] {
            assert!(!public.contains(foreign), "{foreign}");
        }
    }

    // 登记: what is open is not entered; what is entered twice is not.
    let add = [
        "register",
        "add",
        "登记簿.csv",
        "--decided",
        "审定",
        "--results",
        "结果",
        "--objections",
        "异议.xlsx",
        "--basis",
        "科协社团党发〔2018〕99号",
        "--date",
        "2018-10-09",
    ];
    let said = well(room, &add);
    assert!(said.contains("不登记“中国茶叶学会”"), "{said}");
    let said = well(room, &add);
    assert!(
        said.contains("没有要登记的") && said.contains("已经登记过的32个没有再登记"),
        "{said}"
    );

    // A spot check: the same seed draws the same, and the draw is entered once.
    let draw = |folder: &'static str| {
        well(
            room,
            &[
                "spot-check",
                "--register",
                "登记簿.csv",
                "--on",
                "2020-09-01",
                "--share",
                "20%",
                "--seed",
                "种子",
                "--results",
                "结果",
                "-o",
                folder,
            ],
        )
    };
    let entries = || fs::read_to_string(room.join("登记簿.csv")).expect("the register");
    let before = entries().lines().count();
    draw("抽查");
    let drawn = drawn(room);
    assert_eq!(entries().lines().count(), before + drawn.len());
    assert!(draw("又抽").contains("没有再记"));
    assert_eq!(entries().lines().count(), before + drawn.len());
    let list = |folder: &str| fs::read(room.join(folder).join("抽查名单.xlsx")).expect("a draw");
    assert_eq!(list("抽查"), list("又抽"));
    verified(room, &drawn[0]);

    // Two years later: one downgrade, with what must come before it.
    let downgrade = |deadline: &'static str, basis: &'static str| {
        vec![
            "register",
            "downgrade",
            "登记簿.csv",
            "--society",
            "中国地质学会",
            "--stars",
            "4",
            "--effective",
            "2020-10-20",
            "--date",
            "2020-10-21",
            "--basis",
            basis,
            "--reason",
            "抽查发现材料不实",
            "--statement",
            "学会已书面陈述",
            "--deadline",
            deadline,
        ]
    };
    let before = fs::read(room.join("登记簿.csv")).expect("the register");
    let (status, said) = run(room, &downgrade("2020-10-20", "办法7.8后一条"));
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("还没有过"), "{said}");
    assert_eq!(
        fs::read(room.join("登记簿.csv")).expect("the register"),
        before
    );
    // Two paragraphs have this number: what is done tells which, and it is said.
    let said = well(room, &downgrade("2020-10-19", "办法第7.8条"));
    let meant = "有两条同号，这里指的是“办法7.8后一条”，最好写明";
    assert!(said.contains(meant), "{said}");

    let show = |on: &'static str| well(room, &["register", "show", "登记簿.csv", "--on", on]);
    assert!(show("2020-10-19").contains("中国地质学会 7星 良好 2018-09-20至2021-09-19 有效"));
    assert!(show("2020-10-20").contains("中国地质学会 4星 — 2018-09-20至2021-09-19 有效"));
    assert!(show("2021-09-19").contains("即将到期"));
    let last = show("2021-09-20");
    assert!(
        last.contains("有效0个") && last.contains("已到期32个"),
        "{last}"
    );

    well(
        room,
        &[
            "register",
            "export",
            "登记簿.csv",
            "--on",
            "2020-12-31",
            "-o",
            "台账.xlsx",
        ],
    );
    let ledger = Paper::open(&room.join("台账.xlsx"));
    let head = ledger
        .sheet("星级台账")
        .cells()
        .map(|(_, value)| value.written());
    let text = fs::read_to_string(room.join("登记簿.csv")).expect("the register");
    let check = text
        .trim_end()
        .rsplit(',')
        .next()
        .expect("a check")
        .to_owned();
    assert!(
        head.into_iter().any(|text| text.contains(&check)),
        "{check}"
    );
    let supported: Vec<String> = ledger
        .sheet("支持名单")
        .cells()
        .map(|(_, value)| value.written())
        .collect();
    assert!(supported.contains(&up.to_owned()) && !supported.contains(&down.to_owned()));
}

#[test]
#[allow(clippy::too_many_lines)] // one file, and all that can befall it
fn the_register_survives_excel_and_names_the_row_that_was_changed() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let paper = agreed(room);
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    well(
        room,
        &[
            "register",
            "add",
            "登记簿.csv",
            "--decided",
            "审定",
            "--results",
            "结果",
            "--objections",
            "异议登记.xlsx",
            "--basis",
            "第99号文，见“附件”",
            "--date",
            "2018-10-09",
        ],
    );
    let path = room.join("登记簿.csv");
    let written = fs::read_to_string(&path).expect("the register");
    let put = |text: &str| fs::write(&path, text).expect("written");
    let show = || {
        run(
            room,
            &["register", "show", "登记簿.csv", "--on", "2019-01-01"],
        )
    };
    // As programs save it: other dates, other line ends, no mark, quotes around everything.
    for saved in [
        written
            .replace("2018-09-20", "2018/9/20")
            .replace("2018-10-09", "2018/10/9"),
        written.replace("\r\n", "\n"),
        written.replace('\u{feff}', ""),
        written
            .replace('\u{feff}', "")
            .lines()
            .map(|line| ["\"", &line.replace(',', "\",\""), "\"\r\n"].concat())
            .collect::<String>(),
    ] {
        put(&saved);
        let (status, said) = show();
        assert_eq!(status, 0, "{said}");
    }
    // As people change it.
    let lines: Vec<&str> = written.lines().collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\r\n");
    for (changed, row) in [
        (
            written.replacen(",10,", ",9,", 1),
            "O2：第1条的内容与校验码对不上",
        ),
        (without(3), "A4：序号是“4”，应为3"),
        (
            written.replacen("2018-09-20", "43363", 1),
            "F2：生效日期填的是“43363”",
        ),
    ] {
        assert_ne!(changed, written);
        put(&changed);
        let (status, said) = show();
        assert_eq!(status, 1, "{said}");
        assert!(said.contains(row), "{said}");
    }
    put(&written);
    // What a spreadsheet would turn into something else never gets in.
    let adjust = |basis: &'static str| {
        run(
            room,
            &[
                "register",
                "adjust",
                "登记簿.csv",
                "--society",
                "中国地质学会",
                "--stars",
                "6",
                "--effective",
                "2019-05-01",
                "--date",
                "2019-05-02",
                "--reason",
                "抽查后调整",
                "--deadline",
                "2019-04-01",
                "--statement",
                "未陈述",
                "--basis",
                basis,
            ],
        )
    };
    for basis in ["007", "2018-9-1", "3-5", "=1+1", "1e5"] {
        let (status, said) = adjust(basis);
        assert_eq!(status, 1, "{basis}: {said}");
        assert!(said.contains("什么都没有登记"), "{said}");
    }
    let (status, said) = adjust("办法7.8前一条");
    assert_eq!(status, 0, "{said}");
}

#[test]
fn a_correction_is_compared_beside_the_draft_and_voids_what_was_decided() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let paper = agreed(room);
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    let (society, reviewer) = corrected(room);
    let ranking = Paper::open(&room.join("结果/总排名.xlsx"));
    let changed = ranking.sheet("变更对照").cells();
    let changed: Vec<String> = changed.map(|(_, value)| value.written()).collect();
    assert!(
        changed.iter().any(|text| text.contains(&society)),
        "{changed:?}"
    );
    assert!(!changed.iter().any(|text| text.contains(&reviewer)));
    let internal = Paper::open(&room.join("结果/0-工作底稿（内部）.xlsx"));
    let told = internal.sheet("评分更正").cells();
    let told: Vec<String> = told.map(|(_, value)| value.written()).collect();
    assert!(told.contains(&"批准人甲".to_owned()), "{told:?}");
    // What was decided before is void.
    let (status, said) = run(
        room,
        &[
            "register",
            "add",
            "登记簿.csv",
            "--decided",
            "审定",
            "--results",
            "结果",
            "--objections",
            "异议登记.xlsx",
            "--basis",
            "第99号文",
        ],
    );
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("原审定不再有效"), "{said}");
    assert!(!room.join("登记簿.csv").exists());
}

/// Points of a form are corrected after they came in, and the results made again. The society and the reviewer.
fn corrected(room: &Path) -> (String, String) {
    well(room, &["amend", "-o", "空白更正单.xlsx"]);
    let mut list = Paper::open(&room.join("空白更正单.xlsx"));
    let (society, reviewer, from) = first_points(room);
    let sheet = list.sheets.iter_mut().find(|one| one.name == "评分更正单");
    let row = [
        society.as_str(),
        "3.2 定期召开党委会",
        "加",
        reviewer.as_str(),
        from.as_str(),
        if from == "50" { "40" } else { "50" },
        "补充会议记录",
        "批准人甲",
        "2018-10-09",
    ];
    let sheet = sheet.expect("the list");
    for (column, text) in (0..).zip(row) {
        sheet.put(CellRef::new(1, column), Value::Text(text.to_owned()));
    }
    let inbox = room.join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    list.save(&inbox.join("评分更正单.xlsx"));
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2018");
    let samples = samples.to_str().expect("a plain path");
    let again = ["consolidate", "收件", samples, "-o", "结果", "--final"];
    let said = well(room, &again);
    assert!(said.contains("使用评分更正单"), "{said}");
    assert!(said.contains(&format!("加分由{from}更正为")), "{said}");
    (society, reviewer)
}

/// A society, a reviewer whose form counts for it, and the points that it has in 3.2.
fn first_points(room: &Path) -> (String, String, String) {
    let results = fs::read(room.join("结果/data/results.json")).expect("the results");
    let results: serde_json::Value = serde_json::from_slice(&results).expect("json");
    let forms = results["forms"].as_array().expect("forms");
    let form = forms
        .iter()
        .filter(|form| form["state"] == "counted")
        // Of whom the walk decides otherwise is left as it is.
        .find(|form| form["society"] == "中国水利学会")
        .expect("a form that counts");
    let mut lines = form["lines"].as_array().expect("lines").iter();
    let line = lines.find(|line| line["code"] == "3.2").expect("the line");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let points = text(&line["bonus"]);
    // Points of 3.2 are whole.
    let points = points.split('.').next().unwrap_or_default().to_owned();
    (text(&form["society"]), text(&form["reviewer"]), points)
}

/// Whether every sheet of a workbook is printed on one page.
fn is_one_page(workbook: &[u8]) -> bool {
    on_one_page(workbook).into_iter().all(|is_one| is_one)
}

/// Whether each sheet of a workbook is printed on one page; and that no row hides anything.
fn on_one_page(workbook: &[u8]) -> Vec<bool> {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a workbook");
    (1..)
        .map_while(|number| {
            let name = format!("xl/worksheets/sheet{number}.xml");
            let mut text = String::new();
            let mut part = parts.by_name(&name).ok()?;
            part.read_to_string(&mut text).expect("a text");
            assert!(!text.contains("ht=\"409"), "a row is cut in {name}");
            // One page wide and one high is what is meant where nothing else is written.
            Some(
                text.contains("fitToPage=\"1\"")
                    && !text.contains("fitToHeight=")
                    && !text.contains("fitToWidth="),
            )
        })
        .collect()
}

/// Results of three forms for one society, with these remarks on each line.
fn remarked(room: &Path, remark: impl Fn(&str, &str) -> String) {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    fs::create_dir(room.join("收件")).expect("an inbox");
    for reviewer in ["评价人甲", "评价人乙", "评价人丙"] {
        let unit = "中国标准化协会党委";
        let mut form = common::Paper::sound(&ground, "中国地质学会", reviewer, unit);
        for line in &ground.scheme.lines {
            form.remark(&line.code, &remark(reviewer, &line.code));
        }
        form.calculate(&ground);
        let path = room.join(format!("收件/{reviewer}.csv"));
        fs::write(path, form.csv(&[])).expect("a form");
    }
    let (_, said) = run(room, &["consolidate", "收件", "-o", "结果", "-q"]);
    assert!(room.join("结果/总排名.xlsx").exists(), "{said}");
}

#[test]
fn what_a_page_has_no_room_for_stands_whole_on_an_annex() {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for (longest, has_annex) in [(0, false), (1, false), (12, true), (60, true)] {
        let room = tempfile::tempdir().expect("a room");
        let room = room.path();
        let sentence = |code: &str| format!("对照{code}查阅了会议记录和备案回执，材料齐全。");
        let is_asked = |code: &str| longest > 1 || code == "1.1" || code == "9.2(3)";
        let remark = |reviewer: &str, code: &str| match reviewer {
            "评价人甲" if is_asked(code) => sentence(code).repeat(longest),
            _ => String::new(),
        };
        remarked(room, remark);
        let one = [
            "statement",
            "结果",
            "--society",
            "中国地质学会",
            "--remarks",
        ];
        well(room, &[&one[..], &["-o", "说明"]].concat());
        let path = room.join("说明/中国地质学会-得分说明.xlsx");
        let pages = on_one_page(&fs::read(&path).expect("a page"));
        assert_eq!((pages[0], pages.len() > 1), (true, has_annex), "{longest}");
        let whole = if has_annex { "附页" } else { "得分说明" };
        let said = bare(&everything_in(&path, whole));
        for code in ["1.1", "9.2(3)"] {
            let said = said.matches(&bare(&sentence(code))).count();
            assert_eq!(said, longest, "{code}");
        }
        let page = everything_in(&path, "得分说明");
        assert_eq!(page.contains("评分说明较长，全文另见附页。"), has_annex);
        // The page for the meeting is one page, too.
        well(room, &["deliberate", "结果", "-o", "审议表.xlsx"]);
        let path = room.join("审议表.xlsx");
        let names: Vec<String> = Paper::open(&path)
            .sheets
            .into_iter()
            .map(|sheet| sheet.name)
            .collect();
        let at = names.iter().position(|name| name == "中国地质学会");
        let pages = on_one_page(&fs::read(&path).expect("sheets"));
        assert!(pages[at.expect("its page")], "{longest}");
        assert_eq!(
            names.iter().any(|name| name == "附页-中国地质学会"),
            has_annex
        );
    }
}

#[test]
fn what_a_group_says_of_its_recommendation_is_kept_and_goes_no_further() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    let page = "推荐-第1组";
    let (one, other) = ("中国地质学会党组织", "中国能源研究会党组织");
    let stars = listed(&paper);
    let less = |name: &str| (stars[name].parse::<u32>().expect("stars") - 1).to_string();
    for (name, reason) in [(one, "密语三：小组核实后从严"), (other, "")] {
        paper.set(page, name, "小组推荐星级", &less(name));
        if !reason.is_empty() {
            paper.set(page, name, "推荐理由", reason);
        }
    }
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("小组推荐与测算星级不同、没有写推荐理由的：“中国能源研究会”。"),
        "{said}"
    );
    let decided = fs::read_to_string(room.join("审定/data/decided.json")).expect("decided");
    assert_eq!(decided.matches("recommended_reason").count(), 1);
    // The committee kept to what was computed: that it did not follow the group is shown.
    let changes = Paper::open(&room.join("审定/审定结果.xlsx"));
    assert_eq!(
        changes.get("变更对照", one, "推荐理由"),
        "密语三：小组核实后从严"
    );
    assert_eq!(changes.get("变更对照", other, "审定星级"), stars[other]);
    let signed = everything_in(&room.join("审定/审定结果.xlsx"), "审定结果");
    assert!(!signed.contains("密语"), "{signed}");
    let all = ["statement", "结果", "--all", "--decided", "审定"];
    well(room, &[&all[..], &["-o", "说明"]].concat());
    propose(room);
    for folder in ["说明", "公示"] {
        assert!(!everything(&room.join(folder)).contains("密语"), "{folder}");
    }
}

/// The societies that were drawn.
fn drawn(room: &Path) -> Vec<String> {
    let draw = fs::read(room.join("抽查/data/draw.json")).expect("the draw");
    let draw: serde_json::Value = serde_json::from_slice(&draw).expect("json");
    let lots = draw["lots"].as_array().expect("lots").iter();
    let drawn = lots.filter(|lot| lot["is_drawn"] == true);
    drawn
        .map(|lot| lot["society"].as_str().expect("a name").to_owned())
        .collect()
}

/// Fills a form of the draw, wrongly and well, and reads it back.
fn verified(room: &Path, society: &str) {
    let mut paper = Paper::open(&room.join(format!("抽查/核查表/{society}-核查表.xlsx")));
    let scheme = Ground::load(None, &[]).expect("the built-in year").scheme;
    for line in &scheme.lines {
        for (side, heading) in [(&line.bonus, "核查加分"), (&line.deduction, "核查减分")] {
            let is_bonus = heading == "核查加分";
            if side.is_open() {
                let points = if is_bonus {
                    side.cap.to_string()
                } else {
                    "0".to_owned()
                };
                paper.set("核查表", &line.code, heading, &points);
            }
        }
    }
    paper.set("核查情况", "核查日期", "填写", "2020年9月20日");
    paper.set("核查情况", "核查人单位", "填写", society);
    paper.set("核查情况", "核查人", "填写", "核查人甲");
    let check = |paper: &Paper| {
        paper.save(&room.join("核查.xlsx"));
        run(
            room,
            &[
                "recheck",
                "核查.xlsx",
                "--draw",
                "抽查",
                "-o",
                "核查结论.xlsx",
            ],
        )
    };
    let wrong: [(&str, &str, &str, &str, &str); 6] = [
        ("核查情况", "核查人单位", "填写", "中国图书馆学会", ""),
        (
            "核查表",
            "3.2",
            "核查加分",
            "60",
            "3.2核查加分填60，应在0至50之间",
        ),
        ("核查表", "3.2", "核查加分", " ", "3.2核查加分没有填"),
        ("核查表", "1.1", "核查减分", "5", "1.1核查减分不设分"),
        ("核查情况", "核查日期", "填写", "2020-08-31", "早于抽取日期"),
        (
            "核查情况",
            "现有星级",
            "填写",
            "0星",
            "现有星级不能在这里改",
        ),
    ];
    let (status, said) = check(&paper);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("应当回避"), "{said}");
    let (sheet, row, column, text, _) = wrong[0];
    paper.set(sheet, row, column, text);
    for (sheet, row, column, text, told) in &wrong[1..] {
        let mut slip = Paper {
            sheets: paper.sheets.clone(),
        };
        slip.set(sheet, row, column, text);
        let (status, said) = check(&slip);
        assert_eq!(status, 1, "{told}: {said}");
        assert!(
            said.contains(told) && !room.join("核查结论.xlsx").exists(),
            "{told}: {said}"
        );
    }
    let (status, said) = check(&paper);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("核查1000.00分，测算10星"), "{said}");
    assert!(!said.contains("只能为"), "{said}");
    fs::remove_file(room.join("核查结论.xlsx")).expect("the sheet");
    // What the criteria do not give counts, and is told.
    paper.set("核查表", "3.2", "核查加分", "37");
    let (status, said) = check(&paper);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("3.2核查加分填37，按评价要求只能为0、20、40、50"),
        "{said}"
    );
}

#[test]
fn the_stage_what_is_due_and_what_comes_next_are_told() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let status = |arguments: &[&str]| well(room, &[&["status"], arguments].concat());
    assert!(status(&["--on", "2018-07-01"]).contains("下一步：发空白评价表"));
    let said = status(&["--on", "2018-07-20"]);
    assert!(
        said.contains("“自评”阶段")
            && said.contains("【待办】2018年创建星级学会党组织自评表（各学会填报）（2018年7月31日前）：参评的学会党组织33个。")
            && said.contains("下一步：发空白自评表　xingping forms --stage self"),
        "{said}"
    );
    let said = status(&["--on", "2018-11-30"]);
    assert!(
        said.contains("“总结”阶段") && said.contains("总结材料（各学会党组织办理"),
        "{said}"
    );
    assert!(status(&["--on", "2018-12-01"]).contains("各阶段都已结束"));
    // One form, filled in when the stage was over.
    fs::create_dir(room.join("收件")).expect("an inbox");
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let mut form = common::Paper::sound(&ground, "中国地质学会", "评价人甲", "中国标准化协会党委");
    form.field(Field::Date, "2018-09-01");
    form.calculate(&ground);
    fs::write(room.join("收件/地质.csv"), form.csv(&[])).expect("a form");
    let said = status(&["--on", "2018-09-01", "收件"]);
    for told in [
        "在两个阶段之间：“初评”已于2018年8月30日结束",
        "【已过期】未交的评价表（2018年8月30日前）",
        "第2组（牵头：中国防痨协会党委）",
        "【逾期】逾期填报或送达的评价表1份：中国地质学会（评价人甲，2018年9月1日",
        "下一步：退回要更正的，催报未交的　xingping return 收件",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    // Nobody else is asked for what the clerk has to put right.
    fs::create_dir(room.join("更正")).expect("a folder");
    let list = "学会,指标,加减,评价人,原分,改后,依据,批准人,日期\n某学会,3.2,加,全部,20,40,补充材料,批准人甲,2018-09-04\n";
    fs::write(room.join("更正/评分更正单.csv"), list).expect("a list");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2018");
    let samples = samples.to_str().expect("a plain path");
    let said = status(&["--on", "2018-09-05", "更正", samples]);
    assert!(
        said.contains("没有采用的评分更正（请改好评分更正单）：评分更正单第2行")
            && said.contains("下一步：读收到的评价表")
            && !said.contains("下一步：退回"),
        "{said}"
    );
    let paper = agreed(room);
    let said = status(&["--on", "2018-09-10", "结果"]);
    assert!(
        said.contains("“审议”阶段") && said.contains("xingping deliberate 结果"),
        "{said}"
    );
    let (code, said) = decide(room, &paper);
    assert_eq!(code, 0, "{said}");
    let said = status(&["--on", "2018-09-21", "结果", "审定"]);
    for told in ["公示　", "公示期满发布　", "公示期满登记　"] {
        assert!(said.contains(&format!("下一步：{told}")), "{told}: {said}");
    }
    propose(room);
    enter(room);
    let said = status(&["--on", "2021-06-01", "登记簿.csv"]);
    for told in [
        "register export 登记簿.csv --on 2021-06-01",
        "各阶段都已结束",
        "报送党委工作全面报告",
        "有效期将满，准备新一轮评价",
        "下一步：抽查",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    // The term is that of the award, whatever a later scheme says.
    let longer = ground
        .scheme_text
        .replace("validity_years = 3", "validity_years = 5");
    fs::create_dir(room.join("新年度")).expect("a year");
    fs::write(room.join("新年度/scheme.toml"), longer).expect("a scheme");
    let said = well(
        room,
        &[
            "register",
            "show",
            "登记簿.csv",
            "--on",
            "2021-09-20",
            "--scheme",
            "新年度",
        ],
    );
    assert!(said.contains("有效0个"), "{said}");
    compared(room);
}

/// Two schemes beside each other, and last year's forms by the newer.
fn compared(room: &Path) {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let other = ground
        .scheme_text
        .replace("title = \"定期召开党委会\"", "title = \"召开党委扩大会\"");
    fs::write(room.join("新年度/scheme.toml"), other).expect("a scheme");
    let diff = |more: &[&str]| {
        let all = [
            &["scheme", "diff", "2018", "新年度", "--results", "结果"],
            more,
        ];
        well(room, &all.concat())
    };
    let said = diff(&[]);
    assert!(
        said.contains("新增，不可比") && said.contains("取消，不可比"),
        "{said}"
    );
    assert!(
        said.contains("新方案 不可比；不可比：原3.2，新3.2"),
        "{said}"
    );
    diff(&["-o", "方案对照.xlsx"]);
    let sheet = Paper::open(&room.join("方案对照.xlsx"));
    assert!(
        sheet
            .sheet("试算")
            .cells()
            .any(|(_, value)| value.written() == "不可比")
    );
    let json = diff(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("json");
    assert!(json["trials"][0]["new_stars"].is_null());
    let same = well(
        room,
        &["scheme", "diff", "2018", "2018", "--results", "结果"],
    );
    assert!(
        same.contains("不变27") && same.contains("不可比：原无，新无"),
        "{same}"
    );
}

#[test]
fn an_objection_is_met_under_the_name_that_a_society_has_now() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let paper = agreed(room);
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    enter(room);
    let rename = |to: &str| {
        let what = ["register", "adjust", "登记簿.csv", "--event", "更名"];
        let who = ["--society", "中国茶叶学会", "--to", to];
        let on = ["--effective", "2018-11-01", "--date", "2018-11-02"];
        let why = ["--basis", "民政部批复", "--reason", "章程修改"];
        run(room, &[&what[..], &who, &on, &why].concat())
    };
    // Another's name is not taken, however it is written.
    for taken in ["中国水利学会", "中国水利学会党组织"] {
        let (status, said) = rename(taken);
        assert_eq!(status, 1, "{said}");
        assert!(said.contains("另一家，不能更名成它"), "{said}");
    }
    let (status, said) = rename("中华茶业联合会党组织");
    assert_eq!(status, 0, "{said}");
    let names = fs::read_to_string(room.join("登记簿.csv")).expect("the register");
    assert!(names.contains(",中华茶业联合会,"), "{names}");
    let mut objections = Paper::open(&room.join("异议登记.xlsx"));
    objections.set("异议登记", "1", "学会", "中华茶业联合会");
    objections.set("异议登记", "1", "异议内容", "材料不实");
    objections.save(&room.join("异议.xlsx"));
    // What is entered again is known under its new name, too.
    let before = fs::read(room.join("登记簿.csv")).expect("the register");
    enter(room);
    assert_eq!(
        fs::read(room.join("登记簿.csv")).expect("the register"),
        before
    );
    let announce = |more: &[&str]| {
        let all: [&[&str]; 4] = [
            &["publish", "审定", "--kind", "发布", "-o", "发布"],
            &["--date", "2018-11-08", "--objections", "异议.xlsx"],
            &NOTICE,
            more,
        ];
        run(room, &all.concat())
    };
    // Without the register nobody knows who that is: nothing is published past an objection.
    let (status, said) = announce(&[]);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("“中华茶业联合会”不在学会名单中") && !room.join("发布").exists(),
        "{said}"
    );
    let (status, said) = announce(&["--register", "登记簿.csv"]);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("不列“中国茶叶学会”：异议登记第4行的异议还没有办结"),
        "{said}"
    );
    assert!(!everything(&room.join("发布")).contains("中国茶叶学会"));
}

#[test]
fn an_objection_that_is_half_written_is_not_passed_over() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let (status, said) = decide(room, &agreed(room));
    assert_eq!(status, 0, "{said}");
    propose(room);
    let blank = Paper::open(&room.join("异议登记.xlsx"));
    let announce_on = |day: &str, written: &[(&str, &str)]| {
        let mut objections = Paper {
            sheets: blank.sheets.clone(),
        };
        for (heading, text) in written {
            objections.set("异议登记", "1", heading, text);
        }
        objections.save(&room.join("异议.xlsx"));
        let announced = ["publish", "审定", "--kind", "发布", "-o", "发布"];
        let on = ["--date", day, "--objections", "异议.xlsx"];
        run(room, &[&announced[..], &on, &NOTICE].concat())
    };
    let announce = |written: &[(&str, &str)]| announce_on("2018-10-08", written);
    // Nothing is awarded while objections can still be raised.
    let (status, said) = announce_on("2018-09-25", &[]);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("公示到2018年9月25日为止，2018年9月25日还在公示期内，不能发布"),
        "{said}"
    );
    let add = [
        "register",
        "add",
        "登记簿.csv",
        "--decided",
        "审定",
        "--results",
        "结果",
    ];
    let by = ["--objections", "异议登记.xlsx", "--basis", "第99号文"];
    let early = [&add[..], &by, &["--date", "2018-09-25"]].concat();
    let (status, said) = run(room, &early);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("还在公示期内，不能登记") && !room.join("登记簿.csv").exists());
    well(room, &[&add[..], &by, &["--date", "2018-09-26"]].concat());
    let tea = ("学会", "中国茶叶学会");
    for (written, told) in [
        (vec![("提出人", "某人")], "这一行写了异议，学会却没有填"),
        (
            vec![("异议内容", "材料不实")],
            "这一行写了异议，学会却没有填",
        ),
        (vec![tea, ("提出日期", "那天")], "提出日期填的是“那天”"),
        (
            vec![
                tea,
                ("提出日期", "2018-09-22"),
                ("答复日期", "2018-09-21"),
                ("结论", "不成立"),
            ],
            "答复日期2018-09-21早于提出日期2018-09-22",
        ),
    ] {
        let (status, said) = announce(&written);
        assert_eq!(status, 1, "{told}: {said}");
        assert!(said.contains(told) && !room.join("发布").exists(), "{said}");
    }
    // The near misses: nothing written but the numbers; answered on the day.
    let (status, said) = announce(&[]);
    assert_eq!(status, 0, "{said}");
    let day = "2018-09-22";
    let (status, said) = announce(&[
        tea,
        ("提出日期", day),
        ("答复日期", day),
        ("结论", "不成立"),
    ]);
    assert_eq!(status, 0, "{said}");
    assert!(everything(&room.join("发布")).contains("中国茶叶学会"));
}

#[test]
fn a_second_decision_of_the_same_evaluation_renews_nothing() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    enter(room);
    let before = fs::read(room.join("登记簿.csv")).expect("the register");
    let name = "中国地质学会党组织";
    paper.set("审议表", name, "审议星级", "7");
    paper.set("审议表", name, "审议意见", "调整");
    paper.set("审议表", name, "理由", "复议");
    paper.set("会议情况", "审定日期", "内容", "2018-11-01");
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    let add = [
        "register",
        "add",
        "登记簿.csv",
        "--decided",
        "审定",
        "--results",
        "结果",
    ];
    let by = [
        "--objections",
        "异议登记.xlsx",
        "--basis",
        "第100号文",
        "--date",
        "2018-11-09",
    ];
    let said = well(room, &[&add[..], &by].concat());
    for told in [
        "本次评价已登记为8星，现审定为7星；同一次评价不算续评，有效期不变",
        "已经登记过的32个没有再登记",
        "没有要登记的",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert_eq!(
        fs::read(room.join("登记簿.csv")).expect("the register"),
        before
    );
}

#[test]
fn the_groups_work_is_told_as_it_was() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let paper = agreed(room);
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    enter(room);
    let mistakes = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mistakes");
    let mistakes = mistakes.to_str().expect("a plain path");
    let (status, said) = run(room, &["consolidate", mistakes, "-o", "乱", "-q"]);
    assert_eq!(status, 1, "{said}");
    let export = [
        "register",
        "export",
        "登记簿.csv",
        "--on",
        "2018-12-31",
        "--results",
        "乱",
        "-o",
        "台账.xlsx",
    ];
    well(room, &export);
    let book = Paper::open(&room.join("台账.xlsx"));
    let row = |group: &str| {
        ["应交", "已交", "按期", "待更正", "已更新"]
            .map(|head| book.get("分组工作情况", group, head))
    };
    // Counted by hand from the folders of the samples.
    for (group, counts) in [
        ("第1组", ["5", "5", "5", "3", "0"]),
        ("第2组", ["5", "3", "3", "3", "0"]),
        ("第3组", ["4", "3", "3", "1", "0"]),
        ("第4组", ["5", "5", "5", "3", "1"]),
        ("第5组", ["5", "3", "1", "1", "0"]),
    ] {
        assert_eq!(row(group), counts, "{group}");
    }
}
