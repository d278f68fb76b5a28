//! Before the forms go out: a year is begun, checked as a whole, and it is said who reviews whom.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;

use xingping::intake::Value;

use program::xingping;

mod common;
#[path = "common/program.rs"]
mod program;

/// A year folder with its scheme changed, and these lists.
fn year(room: &Path, change: impl Fn(&str) -> String, societies: &str, reviewers: &str) {
    let scheme = include_str!("../templates/2018/scheme.toml");
    let folder = room.join("年度");
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join("scheme.toml"), change(scheme)).expect("written");
    fs::write(folder.join("学会名单.csv"), societies).expect("written");
    fs::write(folder.join("评价人名单.csv"), reviewers).expect("written");
}

const SOCIETIES: &str = "组号,牵头联系单位,学会名称\n1,某单位,中国地质学会\n1,某单位,中国能源研究会\n2,另一单位,中国茶叶学会\n";
const REVIEWERS: &str = "姓名,单位,组号,是否中共党员,应回避的学会\n张三,甲单位,1,是,中国能源研究会\n李四,乙单位,,是,\n王五,丙单位,1,否,\n";

/// Every text of a workbook.
fn texts(path: &Path) -> String {
    let bytes = fs::read(path).expect("a workbook");
    let mut all = String::new();
    for sheet in common::sheets(&bytes) {
        for (_, value) in sheet.cells() {
            if let Value::Text(text) = value {
                all.push_str(text);
                all.push('\n');
            }
        }
    }
    all
}

#[test]
fn who_reviews_whom_is_said_and_goes_with_the_forms() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    year(room, str::to_owned, SOCIETIES, REVIEWERS);
    let (status, said) = xingping(&["scheme", "check", "--scheme", "年度"], room);
    assert_eq!(status, 0, "{said}");
    for words in [
        "评价分工：1位评价人应交1份",
        "第1组：张三1份、王五0份",
        "应回避：张三（甲单位）不评中国能源研究会",
        "没有人评的学会2个：中国能源研究会、中国茶叶学会",
        "没有学会可评的评价人：李四（乙单位），没有填组号",
        "没有学会可评的评价人：王五（丙单位），名单中不是中共党员",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (status, said) = xingping(&["forms", "--scheme", "年度", "-o", "空白表"], room);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("评价分工表1份"), "{said}");
    let told = texts(&room.join("空白表/第1组-某单位/第1组-评价分工表.xlsx"));
    assert!(
        told.contains("张三") && told.contains("还没有人评的学会：中国能源研究会。"),
        "{told}"
    );
    // A group's paper is that group's alone.
    assert!(!told.contains("中国茶叶学会"), "{told}");
    // Nobody is named for the second group.
    let second = room.join("空白表/第2组-另一单位");
    assert_eq!(fs::read_dir(second).expect("a folder").count(), 1);
}

#[test]
fn the_day_and_the_place_are_printed_where_the_office_has_said_them() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let form = "空白表/第1组-某单位/中国地质学会.xlsx";
    year(room, str::to_owned, SOCIETIES, REVIEWERS);
    xingping(&["forms", "--scheme", "年度", "-o", "空白表"], room);
    let plain = texts(&room.join(form));
    assert!(
        !plain.contains("发到") && !plain.contains("前发回"),
        "{plain}"
    );
    let set = |scheme: &str| {
        scheme.replacen(
            "year = 2018\n",
            "year = 2018\ndeadline = 2018-08-25\nreturn_to = \"xh@example.org\"\n",
            1,
        )
    };
    year(room, set, SOCIETIES, REVIEWERS);
    fs::remove_dir_all(room.join("空白表")).expect("removed");
    xingping(&["forms", "--scheme", "年度", "-o", "空白表"], room);
    let dated = texts(&room.join(form));
    let sending = "请于2018年8月25日前发到xh@example.org。";
    assert!(dated.contains(sending), "{dated}");
    let assigned = texts(&room.join("空白表/第1组-某单位/第1组-评价分工表.xlsx"));
    assert!(assigned.contains(sending), "{assigned}");
    // A form sent out before that day was set is the same form.
    let id = |texts: &str| {
        let mut lines = texts.lines();
        lines
            .find(|line| line.starts_with("cast-2018·"))
            .map(str::to_owned)
    };
    assert!(id(&plain).is_some());
    assert_eq!(id(&plain), id(&dated));
    // Letters say both.
    fs::create_dir(room.join("收件")).expect("made");
    fs::copy(
        room.join("空白表/第2组-另一单位/中国茶叶学会.xlsx"),
        room.join("收件/a.xlsx"),
    )
    .expect("copied");
    fs::write(room.join("收件/坏.xlsx"), "PK broken").expect("written");
    let (_, said) = xingping(&["return", "收件", "--scheme", "年度", "-o", "退"], room);
    let letters: Vec<String> = walkdir::WalkDir::new(room.join("退"))
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| fs::read_to_string(path).expect("a letter"))
        .collect();
    assert!(!letters.is_empty(), "{said}");
    for letter in letters {
        assert!(letter.contains("2018年8月25日前"), "{letter}");
        assert!(letter.contains("请发到：xh@example.org"), "{letter}");
    }
}

#[test]
fn every_file_is_told_in_one_run_and_one_typo_is_one_fault() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let typo = |scheme: &str| scheme.replacen("kind = \"per-count\"", "kind = \"per-cuont\"", 1);
    year(
        room,
        typo,
        "组号,牵头联系单位,学会名称\n甲,某单位,中国地质学会\n",
        "姓名,单位\n张三,\n",
    );
    let (status, said) = xingping(&["scheme", "check", "--scheme", "年度"], room);
    assert_eq!(status, 2);
    assert!(said.contains("scheme.toml”有1处须改正"), "{said}");
    assert!(said.contains("是否应为 per-count"), "{said}");
    assert!(said.contains("学会名单.csv”有1处须改正"), "{said}");
    assert!(said.contains("评价人名单.csv”有1处须改正"), "{said}");
    // The register is looked through as well.
    year(room, typo, SOCIETIES, REVIEWERS);
    fs::create_dir(room.join("收件")).expect("made");
    fs::write(
        room.join("收件/处理登记.csv"),
        "文件或学会,评价人,处理\n甲.xlsx,,作废\n",
    )
    .expect("written");
    let (status, said) = xingping(&["check", "收件", "--scheme", "年度"], room);
    assert_eq!(status, 2);
    assert!(said.contains("scheme.toml”有1处须改正"), "{said}");
    assert!(said.contains("处理填“作废”，只能是"), "{said}");
}

#[test]
fn what_a_scheme_probably_does_not_mean_is_asked() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let doubt = |from: &str, to: &str| {
        year(
            room,
            |scheme| {
                assert!(scheme.contains(from), "{from}");
                scheme.replacen(from, to, 1)
            },
            SOCIETIES,
            REVIEWERS,
        );
        let (status, said) = xingping(&["scheme", "check", "--scheme", "年度"], room);
        assert_eq!(status, 0, "{said}");
        let lines = said.lines();
        lines
            .filter(|line| line.contains("scheme.toml："))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(doubt("width = 100", "width = 100"), Vec::<String>::new());
    let told = |from: &str, to: &str, words: &str| {
        let said = doubt(from, to);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains(words), "{said:?}");
    };
    told("width = 100", "width = 120", "谁也够不着");
    told("width = 100", "width = 60", "门槛只有600");
    told(
        "理事会层面成立党委加100分",
        "理事会层面成立党委加150分",
        "1.1 的 wording 写到150分，而上限是100",
    );
}

#[test]
fn another_year_is_begun_as_that_year() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let (status, said) = xingping(&["init", "2020"], room);
    assert_eq!(status, 0, "{said}");
    let (_, said) = xingping(&["scheme", "check", "--scheme", "2020"], room);
    assert!(
        said.contains("方案 cast-2020") && !said.contains("是否忘了改"),
        "{said}"
    );
    xingping(&["forms", "--scheme", "2020", "-o", "空白表"], room);
    let form = texts(&room.join("空白表/第2组-中国防痨协会党委/中国茶叶学会.xlsx"));
    assert!(
        form.contains("2020年创建星级学会党组织评价表") && form.contains("cast-2020·"),
        "{form}"
    );
    assert!(!form.contains("2018"), "{form}");
    for list in ["学会名单.xlsx", "评价人名单.xlsx"] {
        assert!(
            !texts(&room.join("2020").join(list)).contains("2018"),
            "{list}"
        );
    }
    // A folder of another name is last year's, to be changed by hand.
    xingping(&["init", "新年度"], room);
    let scheme = fs::read_to_string(room.join("新年度/scheme.toml")).expect("a scheme");
    assert!(scheme.contains("id = \"cast-2018\""));
}
