//! The register of stars over the years: what may be entered, and what a file may look like that is written again.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;

use desk::{Book as Paper, well};
use jiff::civil::{Date, date};
use program::all_said as run;
use xingping::ground::Ground;
use xingping::ledger::grading::Grading;
use xingping::ledger::{Event, Kind, Ledger, bytes};
use xingping::scheme::Scheme;

mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

const REGISTER: &str = "登记簿.csv";

fn scheme() -> Scheme {
    Ground::load(None, &[]).expect("the built-in year").scheme
}

fn event(kind: Kind, society: &str, stars: Option<u32>, day: Date) -> Event {
    Event {
        kind,
        society: society.to_owned(),
        stars,
        new_name: String::new(),
        effective: day,
        entered: day,
        until: None,
        basis: "第99号文".to_owned(),
        reason: String::new(),
        deadline: None,
        statement: String::new(),
        source: String::new(),
        grading: None,
    }
}

fn awarded(society: &str, stars: u32) -> Event {
    let day = date(2018, 9, 20);
    Event {
        until: Some(date(2021, 9, 19)),
        source: "D0123456789abcdef".to_owned(),
        grading: Some(Grading::of(&scheme())),
        ..event(Kind::Awarded, society, Some(stars), day)
    }
}

/// Three that hold a star, and what happened since; in a room of its own.
fn room(since: &[Event]) -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a room");
    let mut events = vec![
        awarded("中国作物学会", 9),
        awarded("中国地质学会", 8),
        awarded("中国茶叶学会", 5),
    ];
    events.extend(since.iter().cloned());
    let written = bytes(&scheme(), &Ledger { events }, REGISTER).expect("a register");
    fs::write(room.path().join(REGISTER), written).expect("written");
    room
}

fn entries(room: &Path) -> String {
    fs::read_to_string(room.join(REGISTER)).expect("the register")
}

/// Enters a change about 中国作物学会: 2019-05-01, entered the day after, with all that is asked for. What is given again counts.
fn change(room: &Path, command: &str, more: &[(&str, &str)]) -> (i32, String) {
    let mut options = vec![
        ("--society", "中国作物学会"),
        ("--effective", "2019-05-01"),
        ("--date", "2019-05-02"),
        ("--basis", "第100号文"),
        ("--reason", "情况变化"),
    ];
    for (option, value) in more {
        options.retain(|(one, _)| one != option);
        if !value.is_empty() {
            options.push((option, value));
        }
    }
    let mut arguments = vec!["register", command, REGISTER];
    for (option, value) in options {
        arguments.extend([option, value]);
    }
    run(room, &arguments)
}

/// What is refused leaves the file as it was, and says why.
fn refused(since: &[Event], command: &str, more: &[(&str, &str)], told: &str) {
    let room = room(since);
    let before = entries(room.path());
    let (status, said) = change(room.path(), command, more);
    assert_ne!(status, 0, "{more:?}: {said}");
    assert!(said.contains(told), "{more:?}: {told}: {said}");
    assert_eq!(entries(room.path()), before, "{more:?}");
}

fn entered(since: &[Event], command: &str, more: &[(&str, &str)]) {
    let room = room(since);
    let (status, said) = change(room.path(), command, more);
    assert_eq!(status, 0, "{more:?}: {said}");
    let (status, said) = run(
        room.path(),
        &["register", "show", REGISTER, "--on", "2019-06-01"],
    );
    assert_eq!(status, 0, "{more:?}: {said}");
}

#[test]
fn a_society_is_merged_only_into_one_that_is_there() {
    let merge = |to: &'static str| [("--event", "合并"), ("--to", to)];
    let day = date(2019, 2, 1);
    let reasoned = |kind, society: &str, stars| Event {
        reason: "某理由".to_owned(),
        ..event(kind, society, stars, day)
    };
    let revoked = Event {
        deadline: Some(date(2019, 1, 1)),
        statement: "未陈述".to_owned(),
        ..reasoned(Kind::Revoked, "中国茶叶学会", None)
    };
    let merged = Event {
        new_name: "中国作物学会".to_owned(),
        ..reasoned(Kind::Merged, "中国茶叶学会", None)
    };
    let renamed = Event {
        new_name: "中华茶业联合会".to_owned(),
        ..reasoned(Kind::Renamed, "中国茶叶学会", None)
    };
    refused(
        &[],
        "adjust",
        &merge("不存在学会"),
        "不在学会名单里，登记簿里也没有",
    );
    refused(&[], "adjust", &merge("中国作物 学会"), "就是现在的名称");
    refused(
        &[revoked],
        "adjust",
        &merge("中国茶叶学会"),
        "已撤销，不能合并到它",
    );
    // Round in a circle nobody would be left.
    refused(
        &[merged],
        "adjust",
        &merge("中国茶叶学会"),
        "已合并，不能合并到它",
    );
    refused(
        std::slice::from_ref(&renamed),
        "adjust",
        &merge("中国茶叶学会"),
        "已更名为“中华茶业联合会”",
    );
    // The near misses: into a holder, by its name of now, into one that is listed and holds none.
    entered(&[], "adjust", &merge("中国茶叶学会党组织"));
    entered(&[renamed], "adjust", &merge("中华茶业联合会"));
    entered(&[], "adjust", &merge("中国水利学会"));
}

#[test]
fn a_new_name_is_neither_the_own_nor_that_of_another_unit() {
    let rename = |to: &'static str| [("--event", "更名"), ("--to", to)];
    for (to, told) in [
        ("中国作物 学会", "就是现在的名称"),
        ("中国力学会", "另一个单位，不能更名成它"),
        ("中国水利学会", "另一家，不能更名成它"),
    ] {
        refused(&[], "adjust", &rename(to), told);
    }
    entered(&[], "adjust", &rename("中国新作物学会"));
    // By its new name it is found with or without what papers add, but not before the name holds.
    let renamed = Event {
        new_name: "中国新作物学会".to_owned(),
        reason: "某理由".to_owned(),
        ..event(Kind::Renamed, "中国作物学会", None, date(2019, 4, 1))
    };
    let to_10 = ("--stars", "10");
    let called = |name: &'static str| [("--society", name), to_10];
    entered(
        std::slice::from_ref(&renamed),
        "adjust",
        &called("中国新作物学会党组织"),
    );
    let early = [
        ("--society", "中国新作物学会"),
        to_10,
        ("--effective", "2019-03-01"),
    ];
    refused(
        &[renamed],
        "adjust",
        &early,
        "更名2019-04-01才生效，在2019-03-01还叫“中国作物学会”",
    );
}

#[test]
fn whoever_loses_stars_had_time_and_was_heard() {
    let heard = [("--deadline", "2019-04-01"), ("--statement", "未陈述")];
    let with =
        |more: &[(&'static str, &'static str)]| [&heard[..], &[("--stars", "6")], more].concat();
    {
        let command = "downgrade";
        for (changed, told) in [
            (("--deadline", ""), "要给整改期限"),
            (("--statement", ""), "要听取陈述"),
            (("--deadline", "2019-05-01"), "还没有过"),
            (
                ("--deadline", "2018-09-19"),
                "早于“中国作物学会”的星级起始日期",
            ),
            (
                ("--statement", "/"),
                "陈述“/”等于没有写；没有陈述的写“未陈述”",
            ),
            (("--reason", "无"), "理由“无”等于没有写"),
            (("--basis", "。"), "依据“。”等于没有写"),
        ] {
            refused(&[], command, &with(&[changed]), told);
        }
        entered(&[], command, &with(&[]));
    }
    // Entered before the deadline is over, nobody can know what came of it.
    let ahead = with(&[("--effective", "2019-12-01"), ("--deadline", "2019-11-30")]);
    refused(&[], "downgrade", &ahead, "过了期限再登记");
    // Stars that are taken away are not called an adjustment; those that a check found to be fewer are.
    let taken = [("--stars", "6"), ("--basis", "办法7.8的后一条")];
    refused(&[], "adjust", &taken, "是降级、撤销的那一条");
    entered(&[], "adjust", &[("--stars", "6")]);
    // The near misses: more stars, a slip put right.
    entered(&[], "adjust", &[("--stars", "10")]);
    entered(&[], "adjust", &[("--event", "更正"), ("--stars", "6")]);
}

#[test]
fn a_day_that_cannot_be_blocks_nothing() {
    let up = ("--stars", "10");
    refused(&[], "adjust", &[up, ("--date", "2919-01-01")], "比今天（");
    refused(
        &[],
        "adjust",
        &[up, ("--effective", "2021-05-01")],
        "晚一年以上，请核对年份",
    );
    entered(&[], "adjust", &[up, ("--effective", "2019-10-01")]);
    let room = room(&[]);
    let (status, said) = spot(room.path(), "2919-01-01", "抽");
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("抽取日期2919-01-01比今天（"), "{said}");
}

fn spot(room: &Path, on: &str, folder: &str) -> (i32, String) {
    let from = ["spot-check", "--register", REGISTER, "--on", on];
    let how = ["--share", "20%", "--seed", "种子", "-o", folder];
    run(room, &[&from[..], &how].concat())
}

fn number(room: &Path, folder: &str) -> String {
    let draw = fs::read(room.join(folder).join("data/draw.json")).expect("the draw");
    let draw: serde_json::Value = serde_json::from_slice(&draw).expect("json");
    draw["number"].as_str().expect("a number").to_owned()
}

#[test]
fn what_a_draw_confirms_is_what_it_drew() {
    let room = room(&[]);
    let room = room.path();
    let (status, said) = spot(room, "2019-04-01", "抽");
    assert_eq!(status, 0, "{said}");
    let number = number(room, "抽");
    let draw = fs::read_to_string(room.join("抽/data/draw.json")).expect("the draw");
    let draw: serde_json::Value = serde_json::from_str(&draw).expect("json");
    let lots = draw["lots"].as_array().expect("lots");
    let of = |is_drawn: bool| {
        let mut lots = lots.iter().filter(|lot| lot["is_drawn"] == is_drawn);
        lots.next().expect("one")["society"]
            .as_str()
            .expect("a name")
    };
    let (drawn, other) = (of(true), of(false));
    let confirm = |society: &str, source: &str| {
        let (what, who) = (("--event", "复核确认"), ("--society", society));
        change(room, "adjust", &[what, who, ("--source", source)])
    };
    let before = entries(room);
    for (society, source, told) in [
        (drawn, "S000", "没有编号为“S000”的抽查"),
        (other, number.as_str(), "没有抽到"),
    ] {
        let (status, said) = confirm(society, source);
        assert_eq!(status, 1, "{said}");
        assert!(said.contains(told), "{told}: {said}");
    }
    assert_eq!(entries(room), before);
    let (status, said) = confirm(drawn, &number);
    assert_eq!(status, 0, "{said}");
    // Once it has another star, that draw tells nothing of it.
    let corrected = [("--event", "更正"), ("--society", drawn), ("--stars", "7")];
    let (status, said) = change(room, "adjust", &corrected);
    assert_eq!(status, 0, "{said}");
    let (status, said) = confirm(drawn, &number);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("已登记更正（7星），核查的是原来的星级"),
        "{said}"
    );
}

#[test]
fn the_number_of_a_draw_is_of_what_was_drawn_from() {
    let room_of = room(&[]);
    let one = room_of.path();
    let (status, said) = spot(one, "2019-04-01", "抽");
    assert_eq!(status, 0, "{said}");
    let after = entries(one);
    // Again, also after other entries: the same draw, entered once.
    let (status, said) = change(one, "adjust", &[("--stars", "10")]);
    assert_eq!(status, 0, "{said}");
    let (status, said) = spot(one, "2019-04-01", "又抽");
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("没有再记"), "{said}");
    assert_eq!(number(one, "抽"), number(one, "又抽"));
    assert_eq!(entries(one).lines().count(), after.lines().count() + 1);
    // From another register it is another.
    let two = room(&[event(
        Kind::Confirmed,
        "中国作物学会",
        None,
        date(2019, 1, 1),
    )]);
    let (status, said) = spot(two.path(), "2019-04-01", "抽");
    assert_eq!(status, 0, "{said}");
    assert_ne!(number(one, "抽"), number(two.path(), "抽"));
    // What cannot be written is not entered.
    let three = room(&[]);
    let before = entries(three.path());
    fs::write(three.path().join("文件"), "x").expect("written");
    let (status, said) = spot(three.path(), "2019-04-01", "文件/抽");
    assert_eq!(status, 2, "{said}");
    assert_eq!(entries(three.path()), before);
}

#[test]
fn a_star_means_what_it_meant_when_it_was_awarded() {
    let room = room(&[]);
    let room = room.path();
    well(room, &["init", "2021"]);
    let file = room.join("2021/scheme.toml");
    let text = fs::read_to_string(&file).expect("a scheme");
    let other = text
        .replace("from = 8", "from = 9")
        .replace("from = 5", "from = 6")
        .replace("to = 7", "to = 8");
    assert_ne!(text, other);
    fs::write(&file, other).expect("written");
    let show = ["register", "show", REGISTER, "--on", "2019-06-01"];
    let by_own = well(room, &show);
    let by_later = well(room, &[&show[..], &["--scheme", "2021"]].concat());
    assert_eq!(by_own, by_later);
    assert!(
        by_own.contains("中国地质学会 8星 优秀") && by_own.contains("中国茶叶学会 5星 良好"),
        "{by_own}"
    );
    let export = ["register", "export", REGISTER, "--on", "2019-06-01"];
    let to = ["--scheme", "2021", "-o", "台账.xlsx"];
    well(room, &[&export[..], &to].concat());
    let book = Paper::open(&room.join("台账.xlsx"));
    assert_eq!(book.get("支持名单", "中国茶叶学会党组织", "等次"), "良好");
    // Where it was not kept, that is said.
    let old = Event {
        grading: None,
        ..awarded("中国作物学会", 9)
    };
    let written = bytes(&scheme(), &Ledger { events: vec![old] }, REGISTER).expect("a register");
    // Nor is there a column for it in a register of old.
    let text = String::from_utf8(written).expect("UTF-8");
    let text = text
        .replace(",等次标准", "")
        .replace(",D0123456789abcdef,,", ",D0123456789abcdef,");
    fs::write(room.join(REGISTER), text).expect("written");
    let said = well(room, &show);
    assert!(said.contains("1个没有记等次标准"), "{said}");
}

#[test]
fn a_file_that_cannot_be_written_back_whole_is_left_as_it_is() {
    let room_of = room(&[]);
    let room = room_of.path();
    let sound = entries(room);
    let up = [("--stars", "10")];
    let mut lines = sound.lines();
    let own_column: Vec<String> = lines
        .next()
        .map(|head| format!("{head},备注"))
        .into_iter()
        .chain(lines.map(|line| format!("{line},已电话通知")))
        .collect();
    let own_column = own_column.join("\r\n") + "\r\n";
    let titled = format!(
        "\u{feff}星级登记簿\r\n{}",
        sound.trim_start_matches('\u{feff}')
    );
    for (changed, told) in [
        (own_column, "P1等4处写有"),
        (titled, "A1写有登记簿各栏以外的内容"),
    ] {
        fs::write(room.join(REGISTER), &changed).expect("written");
        let (status, said) = change(room, "adjust", &up);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(told), "{told}: {said}");
        assert_eq!(entries(room), changed);
        // It can be read as before.
        well(room, &["register", "show", REGISTER, "--on", "2019-06-01"]);
    }
    // Counted as a spreadsheet likes to.
    for other in ["\r\n01,", "\r\n1.0,"] {
        fs::write(room.join(REGISTER), sound.replacen("\r\n1,", other, 1)).expect("written");
        well(room, &["register", "show", REGISTER, "--on", "2019-06-01"]);
    }
    fs::write(
        room.join(REGISTER),
        sound.replacen("\r\n1,", "\r\n一号,", 1),
    )
    .expect("written");
    let (status, said) = run(room, &["register", "show", REGISTER, "--on", "2019-06-01"]);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("A2：序号填的是“一号”，应为1"), "{said}");
    // As a workbook it is not the register any more.
    fs::write(room.join("登记簿.xlsx"), &sound).expect("written");
    let adjust = [
        "register",
        "adjust",
        "登记簿.xlsx",
        "--society",
        "中国作物学会",
        "--stars",
    ];
    let rest = [
        "10",
        "--effective",
        "2019-05-01",
        "--date",
        "2019-05-02",
        "--basis",
    ];
    let why = ["第100号文", "--reason", "情况变化"];
    let (status, said) = run(room, &[&adjust[..], &rest, &why].concat());
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("另存为“CSV UTF-8"), "{said}");
    assert_eq!(
        fs::read_to_string(room.join("登记簿.xlsx")).expect("it"),
        sound
    );
    fs::write(room.join(REGISTER), &sound).expect("written");
    let export = [
        "register",
        "export",
        REGISTER,
        "--on",
        "2019-06-01",
        "-o",
        "台账.csv",
    ];
    let (status, said) = run(room, &export);
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("文件名应以.xlsx结尾") && !room.join("台账.csv").exists(),
        "{said}"
    );
}

/// Fills the form of whoever was drawn with all points, by 核查人甲, and reads it back with these changes.
fn recheck(room: &Path, society: &str, changes: &[(&str, &str, &str, &str)]) -> (i32, String) {
    let mut paper = Paper::open(&room.join(format!("抽/核查表/{society}-核查表.xlsx")));
    for line in &scheme().lines {
        if line.bonus.is_open() {
            paper.set(
                "核查表",
                &line.code,
                "核查加分",
                &line.bonus.cap.to_string(),
            );
        }
        if line.deduction.is_open() {
            paper.set("核查表", &line.code, "核查减分", "0");
        }
    }
    for (row, text) in [
        ("核查日期", "2019-04-20"),
        ("核查人单位", "中国图书馆学会"),
        ("核查人", "核查人甲"),
    ] {
        paper.set("核查情况", row, "填写", text);
    }
    for (sheet, row, column, text) in changes {
        paper.set(sheet, row, column, text);
    }
    paper.save(&room.join("核查.xlsx"));
    let _ = fs::remove_file(room.join("结论.xlsx"));
    run(
        room,
        &["recheck", "核查.xlsx", "--draw", "抽", "-o", "结论.xlsx"],
    )
}

#[test]
fn who_verifies_when_and_what_is_built_on_nothing_is_told() {
    let room = room(&[]);
    let room = room.path();
    let list = "姓名,单位,应回避的学会\n核查人甲,中国图书馆学会,\n钱七,某单位,中国作物学会、中国地质学会、中国茶叶学会\n";
    fs::write(room.join("核查人.csv"), list).expect("written");
    let from = ["spot-check", "--register", REGISTER, "--on", "2019-04-01"];
    let how = [
        "--share",
        "20%",
        "--seed",
        "种子",
        "--checkers",
        "核查人.csv",
        "-o",
        "抽",
    ];
    well(room, &[&from[..], &how].concat());
    let draw = fs::read_to_string(room.join("抽/data/draw.json")).expect("the draw");
    let draw: serde_json::Value = serde_json::from_str(&draw).expect("json");
    let mut lots = draw["lots"].as_array().expect("lots").iter();
    let drawn = lots.find(|lot| lot["is_drawn"] == true).expect("one");
    let drawn = drawn["society"].as_str().expect("a name");
    let (status, said) = recheck(room, drawn, &[]);
    assert_eq!(status, 0, "{said}");
    assert!(!said.contains("请核实】中国"), "{said}");
    let answered = |row: &'static str, text: &'static str| [("核查情况", row, "填写", text)];
    for (changes, told) in [
        (answered("核查人", "钱七"), "应当回避"),
        (answered("核查人", "钱七（副秘书长）"), "应当回避"),
        (answered("核查人", "核查人甲、钱七"), "应当回避"),
        (answered("核查日期", "2930-04-20"), "请核对年份"),
        (
            answered("核查日期", "2021-09-20"),
            "星级已于2021年9月19日到期",
        ),
    ] {
        let (status, said) = recheck(room, drawn, &changes);
        assert_eq!(status, 1, "{told}: {said}");
        assert!(said.contains(told), "{told}: {said}");
    }
    let nothing_below = [("核查表", "1.1", "核查加分", "0")];
    for (changes, told) in [
        (
            &answered("核查人", "核查人乙"),
            "“核查人乙”不在核查人名单里",
        ),
        (
            &nothing_below,
            "1.4以1.1得分为前提，1.1核查为0分，1.4却有加分",
        ),
    ] {
        let (status, said) = recheck(room, drawn, changes);
        assert_eq!(status, 0, "{told}: {said}");
        assert!(said.contains(told), "{told}: {said}");
    }
    let (status, said) = recheck(room, drawn, &answered("核查日期", "2021-09-19"));
    assert_eq!(status, 0, "{said}");
}

#[test]
fn a_long_reason_is_printed_whole() {
    let reason = "材料不实的情况已逐项核对，".repeat(60);
    let long = Event {
        reason: reason.clone(),
        ..event(Kind::Corrected, "中国作物学会", Some(8), date(2019, 4, 1))
    };
    let room = room(&[long]);
    let room = room.path();
    let export = [
        "register",
        "export",
        REGISTER,
        "--on",
        "2019-06-01",
        "-o",
        "台账.xlsx",
    ];
    well(room, &export);
    let book = Paper::open(&room.join("台账.xlsx"));
    let texts: String = book
        .sheet("登记流水")
        .cells()
        .map(|(_, value)| value.written())
        .filter(|text| text.contains("材料") || text.contains("核对"))
        .collect();
    assert_eq!(texts, format!("第99号文；{reason}"));
    let longest = book.sheet("登记流水").cells();
    let longest = longest.map(|(_, value)| value.written().chars().count());
    assert!(longest.max() <= Some(200));
}

#[test]
fn the_year_of_the_handbook_can_be_walked_on_its_days() {
    let handbook = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/手册.md"));
    let handbook = handbook.expect("the handbook");
    let (_, chapter) = handbook.split_once("## 十三、").expect("the chapter");
    let commands = chapter.split("```").nth(1).expect("its commands");
    let commands = commands.replace("\\\n", "");
    assert!(!commands.contains('…'), "{commands}");
    let mut entered = commands.lines().filter(|line| {
        let enters = ["add", "adjust", "downgrade", "revoke"];
        enters
            .iter()
            .any(|one| line.contains(&format!("register {one} ")))
    });
    // Entered today, nothing of the years before could follow.
    assert!(entered.clone().count() >= 2 && entered.all(|line| line.contains("--date 20")));
}
