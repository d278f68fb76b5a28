//! The committee's table: the sheet that it decides on, and what follows from it. Apart from the rest of the common part as
//! `program.rs` is.

#![allow(dead_code)] // each test binary uses its part

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::desk::{Book as Paper, well};
use crate::program::all_said as run;

pub const HEAD: &str = "学会党组织名称";

pub const NOTICE: [&str; 6] = [
    "--scope",
    "各全国学会党组织",
    "--basis",
    "科协社团党发〔2018〕65号",
    "--issuer",
    "中国科协科技社团党委",
];

/// The societies of the sheet, best first, with their computed stars.
pub fn listed(paper: &Paper) -> BTreeMap<String, String> {
    let sheet = paper.sheet("审议表");
    let column = paper.find("审议表", HEAD);
    sheet
        .cells()
        .filter(|(cell, _)| cell.column() == column.column() && cell.row() > column.row())
        .map(|(_, value)| value.written())
        .filter(|name| name.ends_with("党组织"))
        .map(|name| {
            let stars = paper.get("审议表", &name, "测算星级");
            (name, stars)
        })
        .collect()
}

/// The final results of the samples in `结果`, and the sheet made from them with everything agreed.
pub fn agreed(room: &Path) -> Paper {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2018");
    let samples = samples.to_str().expect("a plain path");
    let (status, said) = run(
        room,
        &["consolidate", samples, "-o", "结果", "--final", "-q"],
    );
    assert_eq!(status, 0, "{said}");
    sheet(room, "审议表.xlsx")
}

/// The sheet made from the results there are, with everything agreed.
pub fn sheet(room: &Path, file: &str) -> Paper {
    well(room, &["deliberate", "结果", "-o", file]);
    let mut paper = Paper::open(&room.join(file));
    for (name, stars) in listed(&paper) {
        paper.set("审议表", &name, "审议星级", &stars);
        paper.set("审议表", &name, "审议意见", "同意");
    }
    paper.set("会议情况", "审定日期", "内容", "2018-09-20");
    paper
}

pub fn decide(room: &Path, paper: &Paper) -> (i32, String) {
    let path: PathBuf = room.join("填好.xlsx");
    paper.save(&path);
    run(
        room,
        &["decide", "填好.xlsx", "--results", "结果", "-o", "审定"],
    )
}

/// The texts of one sheet of a workbook.
pub fn everything_in(path: &Path, sheet: &str) -> String {
    let book = Paper::open(path);
    let cells = book.sheet(sheet).cells();
    cells
        .map(|(_, value)| value.written() + "\n")
        .collect::<String>()
}

/// 公示 of what was decided.
pub fn propose(room: &Path) {
    let proposed = [
        &[
            "publish",
            "审定",
            "-o",
            "公示",
            "--date",
            "2018-09-21",
            "--contact",
            "联系人甲",
        ],
        &NOTICE[..],
    ]
    .concat();
    well(room, &proposed);
}

/// Enters what was decided, with no objection.
pub fn enter(room: &Path) {
    let add = [
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
        "--date",
        "2018-10-09",
    ];
    well(room, &add);
}
