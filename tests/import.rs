//! A scheme goes through Excel and back: exactly, or not at all.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;

use desk::{Book as Paper, well};
use program::all_said as run;
use serde_json::Value;
use xingping::ground::Ground;
use xingping::model::CellRef;

mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

#[test]
fn a_scheme_goes_through_excel_and_back_as_it_is() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    well(room, &["scheme", "show", "-o", "指标体系.xlsx"]);
    let import = |sheet: &str, to: &str| run(room, &["scheme", "import", sheet, "-o", to]);
    let (status, said) = import("指标体系.xlsx", "照旧");
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("不变27，有改动0，新增0，取消0"), "{said}");
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let read = |folder: &str| {
        let text = fs::read_to_string(room.join(folder).join("scheme.toml")).expect("a scheme");
        let scheme = xingping::scheme::read(&text).expect("a sound scheme");
        (text, scheme)
    };
    let (text, scheme) = read("照旧");
    assert_eq!(scheme.fingerprint(), ground.scheme.fingerprint());
    assert_eq!(scheme.id, ground.scheme.id);
    assert!(text.contains("validity_years = 3"), "{text}");
    // What societies fill in about themselves is kept to the letter, and shown.
    let kept = fs::read_to_string(room.join("照旧/self.toml")).expect("the items");
    assert_eq!(kept, include_str!("../templates/2018/self.toml"));
    let table = Paper::open(&room.join("指标体系.xlsx"));
    let item = |head: &str| table.get("自评事项", "3.2-a", head);
    assert_eq!(item("填报事项"), "全年召开党委会次数");
    assert_eq!(item("填什么"), "不小于0的整数（次）");
    assert!(
        item("怎样算分").starts_with("按所填的数："),
        "{}",
        item("怎样算分")
    );
    let rate = table.get("自评事项", "1.4-a", "怎样算分");
    assert!(rate.contains("不小于50%、小于85%："), "{rate}");
    // What it is shown as is the same to the letter.
    let shown = |arguments: &[&str]| well(room, &[&["scheme", "show"], arguments].concat());
    assert_eq!(shown(&["--scheme", "照旧"]), shown(&["--year", "2018"]));
    // A title changed in Excel is changed, and nothing else.
    let mut book = Paper::open(&room.join("指标体系.xlsx"));
    let sheet = book.sheets[0].name.clone();
    book.set(&sheet, "3.2", "二级指标", "按期召开党委会");
    book.save(&room.join("改.xlsx"));
    let (status, said) = import("改.xlsx", "改");
    assert_eq!(status, 0, "{said}");
    let (_, changed) = read("改");
    let titles = |scheme: &xingping::scheme::Scheme| -> Vec<String> {
        let lines = scheme.lines.iter();
        lines
            .map(|line| scheme.indicator(line).title.clone())
            .collect()
    };
    let apart: Vec<(String, String)> = titles(&scheme)
        .into_iter()
        .zip(titles(&changed))
        .filter(|(old, new)| old != new)
        .collect();
    assert_eq!(
        apart,
        [("定期召开党委会".to_owned(), "按期召开党委会".to_owned())]
    );
    // An item changed in Excel is refused, not dropped; and so is a line that the items no longer tell about.
    let mut facts = Paper::open(&room.join("指标体系.xlsx"));
    facts.set("自评事项", "3.2-a", "填报事项", "全年召开党委扩大会次数");
    facts.save(&room.join("改事项.xlsx"));
    let (status, said) = import("改事项.xlsx", "改事项");
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("自评事项不在表格里改，请改 self.toml") && !room.join("改事项").exists(),
        "{said}"
    );
    let mut points = Paper::open(&room.join("指标体系.xlsx"));
    points.set(&sheet, "3.2", "评分要点与分值", "召开党委会：加50分");
    points.save(&room.join("改要点.xlsx"));
    let (status, said) = import("改要点.xlsx", "改要点");
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("与自评事项（self.toml）对不上") && !room.join("改要点").exists(),
        "{said}"
    );
    // Changed in its own file it is told by the comparison.
    let asked = kept.replace("全年召开党委会次数", "全年召开党委扩大会次数");
    fs::write(room.join("照旧/self.toml"), asked).expect("written");
    let said = well(room, &["scheme", "diff", "2018", "照旧"]);
    assert!(
        said.contains("自评事项3.2-a：全年召开党委会次数：填不小于0的整数（次）")
            && said.contains(" → 全年召开党委扩大会次数：填不小于0的整数（次）")
            && said.matches("自评事项").count() == 1,
        "{said}"
    );
    fs::remove_file(room.join("照旧/self.toml")).expect("gone");
    let said = well(room, &["scheme", "diff", "2018", "照旧"]);
    assert!(
        said.contains("自评事项：创建星级学会党组织自评表，38项 → （无）"),
        "{said}"
    );
    // The near miss: a cap that the points do not come to is refused, with its cell; nothing is written.
    book.set(&sheet, "3.2", "加分上限", "55");
    book.save(&room.join("错.xlsx"));
    let (status, said) = import("错.xlsx", "错");
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("【须更正】错.xlsx") && !room.join("错").exists(),
        "{said}"
    );
}

/// The gallery, and one of those evaluated by each.
const GALLERY: [(&str, &str); 6] = [
    ("社会组织评估", "社会组织名称\n甲社会组织\n"),
    ("分类考核", "机构名称,类别\n甲机构,A类\n乙机构,B类\n"),
    ("定量考核", "单位名称\n甲单位\n"),
    ("专家评审", "项目名称\n甲项目\n"),
    ("支部评星", "党支部名称\n甲党支部\n"),
    ("目标考核", "部门名称\n甲部门\n"),
];

/// A year folder by a scheme of the gallery, and its sheet; the text of the scheme.
fn year(room: &Path, template: &str, list: &str) -> String {
    let path = format!(
        "{}/templates/{template}/scheme.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = fs::read_to_string(path).expect("a scheme");
    fs::create_dir(room.join("年度")).expect("a folder");
    fs::write(room.join("年度/scheme.toml"), &text).expect("written");
    let named = list.split(['名', ',']).next().expect("a name");
    fs::write(room.join(format!("年度/{named}名单.csv")), list).expect("written");
    well(
        room,
        &["scheme", "show", "--scheme", "年度", "-o", "指标体系.xlsx"],
    );
    text
}

/// Reads a sheet back, with these cells changed: by the row of the first cell of a text, and a heading.
fn edited(room: &Path, to: &str, changes: &[(&str, &str, &str)]) -> (i32, String) {
    let mut book = Paper::open(&room.join("指标体系.xlsx"));
    for (row, heading, text) in changes {
        let sheet = &mut book.sheets[0];
        let find = |wanted: &str, column: Option<u32>| {
            let mut cells = sheet.cells();
            let found = cells.find(|(cell, value)| {
                value.written() == wanted && column.is_none_or(|column| cell.column() == column)
            });
            found.unwrap_or_else(|| panic!("no {wanted}")).0
        };
        let cell = CellRef::new(find(row, Some(0)).row(), find(heading, None).column());
        let value = text.parse().map_or_else(
            |_| xingping::intake::Value::Text((*text).to_owned()),
            xingping::intake::Value::Number,
        );
        sheet.put(cell, value);
    }
    let file = format!("{to}.xlsx");
    book.save(&room.join(&file));
    run(
        room,
        &["scheme", "import", &file, "--scheme", "年度", "-o", to],
    )
}

/// What the second scheme says otherwise: `code fate what: from → to`, `what: from → to`.
fn differing(room: &Path, to: &str) -> Vec<String> {
    let json = well(room, &["scheme", "diff", "年度", to, "--format", "json"]);
    let diff: Value = serde_json::from_str(&json).expect("json");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let said = |one: &Value| {
        let (from, to) = (text(&one["from"]), text(&one["to"]));
        format!("{}: {from} → {to}", text(&one["what"]))
    };
    let mut all = Vec::new();
    for line in diff["lines"].as_array().expect("lines") {
        let fate = text(&line["fate"]);
        let code = line["to_code"].as_str().or(line["from_code"].as_str());
        let code = code.unwrap_or_default();
        let changes = line["changes"].as_array().expect("changes");
        if fate != "same" && changes.is_empty() {
            all.push(format!("{code} {fate}"));
        }
        all.extend(changes.iter().map(|one| format!("{code} {}", said(one))));
    }
    all.extend(diff["rules"].as_array().expect("rules").iter().map(said));
    all
}

#[test]
fn every_scheme_of_the_gallery_goes_through_excel_and_back_to_the_letter() {
    for (template, list) in GALLERY {
        let room = tempfile::tempdir().expect("a room");
        let room = room.path();
        let text = year(room, template, list);
        let (status, said) = edited(room, "照旧", &[]);
        assert_eq!(status, 0, "{template}: {said}");
        let back = fs::read_to_string(room.join("照旧/scheme.toml")).expect("a scheme");
        assert_eq!(back, text, "{template}");
        assert!(said.contains("有改动0，新增0，取消0"), "{template}: {said}");
    }
}

#[test]
#[allow(clippy::too_many_lines)] // cells of every kind, and what comes of each
fn an_edited_cell_is_the_only_difference_or_is_told() {
    /// Cells to change, and what is said of it: with a status of 0 all that differs then.
    type Edit = (
        &'static [(&'static str, &'static str, &'static str)],
        i32,
        &'static [&'static str],
    );
    let edits: [(usize, &[Edit]); 6] = [
        (
            0,
            &[
                (
                    &[("2.1", "评价要求", "机构健全")],
                    0,
                    &["2.1 评价要求:  → 机构健全"],
                ),
                // A line of another title is another line.
                (
                    &[("2.1", "二级指标", "组织机构建设")],
                    0,
                    &["2.1 added", "2.1 removed"],
                ),
                (
                    &[("4.社会评价", "编号", "4.各方评价")],
                    0,
                    &["4.1 部分: 4.社会评价 → 4.各方评价"],
                ),
                // A cap that its clauses run up to may be another, and so are the sums.
                (
                    &[("5.1", "加分上限", "35"), ("5.附加分", "加分上限", "35")],
                    0,
                    &["5.1 加分上限: 30 → 35"],
                ),
                (
                    &[("5.1", "加分上限", "35")],
                    1,
                    &["加分上限填30，按各行算出来是35"],
                ),
                (
                    &[(
                        "5.1",
                        "评分要点与分值",
                        "受到表彰：酌情加0至20分（每5分一档）\n创新成果：加15分",
                    )],
                    0,
                    &[
                        "5.1 评分要点与分值: 受到表彰：酌情加0至20分（每5分一档）\n创新成果：酌情加0至20分（每5分一档） → 受到表彰：酌情加0至20分（每5分一档）\n创新成果：加15分",
                    ],
                ),
                (
                    &[("2.1", "一级指标", "1.组织")],
                    1,
                    &["所据的方案没有一级指标"],
                ),
            ],
        ),
        (
            1,
            &[
                (
                    &[("1.2.1", "评价要求", "培训覆盖面")],
                    0,
                    &["1.2.1 评价要求: 培训覆盖 → 培训覆盖面"],
                ),
                (
                    &[("1.2.1", "一级指标", "B类\n1.2.队伍和作风")],
                    0,
                    &["1.2.1 一级指标: 1.2.队伍建设 → 1.2.队伍和作风"],
                ),
                (
                    &[("1.2.1", "一级指标", "C类\n1.2.队伍建设")],
                    1,
                    &["应是类别：A类、B类"],
                ),
                (
                    &[("1.2.1", "二级指标", "人员培养")],
                    0,
                    &["1.2.1 added", "1.2.1 removed"],
                ),
                // One of several lines of an indicator.
                (&[("1.1.2", "二级指标", "任务")], 1, &["请照原来的样式写"]),
            ],
        ),
        (
            2,
            &[
                (
                    &[("4", "评价要求", "以采用通知为准")],
                    0,
                    &["4 评价要求:  → 以采用通知为准"],
                ),
                (
                    &[("4", "评分要点与分值", "采用：加20分")],
                    1,
                    &["取值规则不在表格里改"],
                ),
                (
                    &[("4", "加分上限", "30")],
                    1,
                    &["bonus（加分）上限写的是30"],
                ),
            ],
        ),
        (
            3,
            &[
                (
                    &[
                        ("1.1", "前提与互斥", "占本部分的50%"),
                        ("1.2", "前提与互斥", "占本部分的50%"),
                    ],
                    0,
                    &[
                        "1.1 前提与互斥: 占本部分的40% → 占本部分的50%",
                        "1.2 前提与互斥: 占本部分的60% → 占本部分的50%",
                        "权重: 评分行在本部分中：1.1占40%、1.2占60% → 评分行在本部分中：1.1占50%、1.2占50%",
                    ],
                ),
                (
                    &[("1.1", "前提与互斥", "占本部分的50%")],
                    1,
                    &["按各行算出来是101.35"],
                ),
                (
                    &[("1.1", "前提与互斥", "占一半")],
                    1,
                    &["只能写“以1.1得分为前提”"],
                ),
                (
                    &[
                        ("1.必要性（占总分的30%）", "编号", "1.必要性（占总分的40%）"),
                        (
                            "3.预期效益（占总分的20%）",
                            "编号",
                            "3.预期效益（占总分的10%）",
                        ),
                        ("合计", "加分上限", "98"),
                    ],
                    0,
                    &[
                        "满分: 98.5分 → 98分",
                        "权重: 总分由各部分按权重合成：第1部分“必要性”占30%、第2部分“可行性”占50%、第3部分“预期效益”占20% → 总分由各部分按权重合成：第1部分“必要性”占40%、第2部分“可行性”占50%、第3部分“预期效益”占10%",
                    ],
                ),
                (
                    &[(
                        "3.1",
                        "评分要点与分值",
                        "经济社会效益：酌情加0至100分（整数）",
                    )],
                    0,
                    &[
                        "3.1 评分要点与分值: 经济社会效益：酌情加0至100分（每0.1分一档） → 经济社会效益：酌情加0至100分（整数）",
                    ],
                ),
            ],
        ),
        (
            4,
            &[
                (
                    &[("1", "加分上限", "20"), ("3", "加分上限", "40")],
                    0,
                    &[
                        "1 加分上限: 30 → 20",
                        "1 评分要点与分值: 组织建设：酌情加0至30分（每0.5分一档） → 组织建设：酌情加0至20分（每0.5分一档）",
                        "3 加分上限: 30 → 40",
                        "3 评分要点与分值: 党员评价：酌情加0至30分（每0.5分一档） → 党员评价：酌情加0至40分（每0.5分一档）",
                    ],
                ),
                (
                    &[(
                        "1",
                        "评分要点与分值",
                        "组织建设：酌情加0至20分（每0.5分一档）",
                    )],
                    1,
                    &["30"],
                ),
                (&[("1", "加分上限", "三十")], 1, &["应是不小于0的数"]),
                (&[("1", "编号", "2")], 1, &["出现了两次"]),
                (&[("1", "编号", "4")], 0, &["4 编号: 1 → 4"]),
            ],
        ),
        (
            5,
            &[
                (
                    &[("5.2", "评价要求", "有上级文件")],
                    0,
                    &["5.2 评价要求:  → 有上级文件"],
                ),
                // What the rules beside the lines name is not taken away.
                (&[("5.2", "编号", "5.4")], 1, &["5.2"]),
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (at, edits) in edits {
        let (template, list) = GALLERY[at];
        let room = tempfile::tempdir().expect("a room");
        let room = room.path();
        year(room, template, list);
        for (number, (changes, wanted, told)) in edits.iter().enumerate() {
            let to = format!("改{number}");
            let (status, said) = edited(room, &to, changes);
            if status != *wanted {
                wrong.push(format!("{template} {changes:?}: {said}"));
            } else if status == 0 {
                let named = list.split(['名', ',']).next().expect("a name");
                let named = format!("{named}名单.csv");
                let list = room.join(&to).join(&named);
                fs::copy(room.join("年度").join(&named), list).expect("a list");
                let found = differing(room, &to);
                if found != *told {
                    wrong.push(format!("{template} {changes:?}: {found:#?}"));
                }
                well(room, &["scheme", "check", "--scheme", &to]);
            } else if !said.contains(told[0]) || room.join(&to).exists() {
                wrong.push(format!("{template} {changes:?}: {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands in a sheet, row by row: a line is put behind another, or taken away.
fn rows_of(sheet: &xingping::intake::Sheet) -> Vec<Vec<(u32, xingping::intake::Value)>> {
    let rows = sheet.rows().into_iter().map(|row| {
        let cells = sheet.row(row);
        cells
            .map(|(cell, value)| (cell.column(), value.clone()))
            .collect()
    });
    rows.collect()
}

#[test]
#[allow(clippy::too_many_lines)] // three sheets, and what comes of each
fn lines_are_put_in_and_taken_out() {
    use xingping::intake::{Sheet, Value};
    // By template: the line that is copied, what is changed in the copy and in others, and what differs then. An empty
    // copy takes the line away.
    type Cells = &'static [(&'static str, &'static str, &'static str)];
    let edits: [(usize, &str, Cells, Cells, &[&str]); 3] = [
        (
            4,
            "3",
            &[
                ("3", "编号", "4"),
                ("3", "指标", "群众工作"),
                ("3", "评分要点与分值", "群众工作：酌情加0至10分（整数）"),
                ("3", "加分上限", "10"),
            ],
            &[("1", "加分上限", "20")],
            &["1 加分上限", "1 评分要点与分值", "4 added", "结构"],
        ),
        (
            4,
            "3",
            &[],
            &[("1", "加分上限", "60")],
            &["1 加分上限", "1 评分要点与分值", "3 removed", "结构"],
        ),
        (
            0,
            "2.2",
            &[
                ("2.2", "编号", "2.3"),
                ("2.2", "二级指标", "民主决策"),
                ("2.2", "评分要点与分值", "甲：加20分\n乙：加10分"),
                ("2.2", "加分上限", "30"),
            ],
            &[("2.1", "加分上限", "140")],
            &["2.1 加分上限", "2.1 评分要点与分值", "2.3 added", "结构"],
        ),
    ];
    for (at, line, copied, changes, told) in edits {
        let (template, list) = GALLERY[at];
        let room = tempfile::tempdir().expect("a room");
        let room = room.path();
        year(room, template, list);
        let book = Paper::open(&room.join("指标体系.xlsx"));
        let mut rows = rows_of(&book.sheets[0]);
        let head = rows[1].clone();
        let column = |heading: &str| {
            // The name of a line is under one heading on all sheets.
            let heading = if heading == "指标" {
                "二级指标"
            } else {
                heading
            };
            let found = head.iter().find(|(_, value)| value.written() == heading);
            found.expect("a heading").0
        };
        let is_line = |row: &[(u32, Value)], code: &str| {
            row.first()
                .is_some_and(|(_, value)| value.written() == code)
        };
        let set = |row: &mut Vec<(u32, Value)>, heading: &str, text: &str| {
            let at = column(heading);
            let value = text
                .parse()
                .map_or_else(|_| Value::Text(text.to_owned()), Value::Number);
            let value = if at == 0 {
                Value::Text(text.to_owned())
            } else {
                value
            };
            row.retain(|(column, _)| *column != at);
            row.push((at, value));
            row.sort_by_key(|(column, _)| *column);
        };
        for (code, heading, text) in changes {
            let mut rows = rows.iter_mut();
            let row = rows.find(|row| is_line(row, code)).expect("a line");
            set(row, heading, text);
        }
        let at = rows
            .iter()
            .position(|row| is_line(row, line))
            .expect("a line");
        if copied.is_empty() {
            rows.remove(at);
        } else {
            let mut copy = rows[at].clone();
            for (_, heading, text) in copied {
                set(&mut copy, heading, text);
            }
            rows.insert(at + 1, copy);
        }
        let mut sheet = Sheet::new("指标体系");
        for (row, cells) in (0..).zip(rows) {
            for (column, value) in cells {
                sheet.put(CellRef::new(row, column), value);
            }
        }
        let edited = Paper {
            sheets: vec![sheet],
        };
        edited.save(&room.join("改.xlsx"));
        well(
            room,
            &[
                "scheme", "import", "改.xlsx", "--scheme", "年度", "-o", "改",
            ],
        );
        let named = list.split(['名', ',']).next().expect("a name");
        let named = format!("{named}名单.csv");
        let list = room.join("改").join(&named);
        fs::copy(room.join("年度").join(&named), list).expect("a list");
        let found = differing(room, "改");
        let found: Vec<&str> = found
            .iter()
            .map(|one| one.split(':').next().unwrap_or_default())
            .collect();
        assert_eq!(found, told, "{template}");
    }
}
