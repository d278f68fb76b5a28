//! What a committee or a clerk wrote beside the places that are read, and days that do not fit: neither is passed over.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::path::Path;

use committee::{HEAD, NOTICE, agreed, decide, enter, listed, propose};
use desk::{Book as Paper, everything, well};
use program::all_said as run;
use xingping::intake::Value;
use xingping::model::CellRef;

#[path = "common/committee.rs"]
mod committee;
mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

const NAME: &str = "中国作物学会党组织";

/// Puts a text so many rows and columns from where a text stands.
fn put_from(paper: &mut Paper, sheet: &str, from: CellRef, (down, right): (u32, u32), text: &str) {
    let found = paper.sheets.iter_mut().find(|one| one.name == sheet);
    let cell = CellRef::new(from.row() + down, from.column() + right);
    found
        .expect("the sheet")
        .put(cell, Value::Text(text.to_owned()));
}

/// Adds a column behind the last one, with what is written in the row of [`NAME`].
fn add_column(paper: &mut Paper, heading: &str, text: &str) {
    let last = paper.find("审议表", "表决（同意／反对／弃权）");
    put_from(paper, "审议表", last, (0, 1), heading);
    let row = paper.find("审议表", NAME).row();
    put_from(paper, "审议表", last, (row - last.row(), 1), text);
}

fn adjusted(paper: &mut Paper, reason: &str) {
    paper.set("审议表", NAME, "审议星级", "8");
    paper.set("审议表", NAME, "审议意见", "调整");
    paper.set("审议表", NAME, "理由", reason);
}

/// Another sheet of the same kind, with a row changed.
fn copy(paper: &mut Paper, sheet: &str, name: &str, change: &dyn Fn(&mut Paper, &str)) {
    let mut other = paper.sheet(sheet).clone();
    name.clone_into(&mut other.name);
    paper.sheets.push(other);
    change(paper, name);
}

type Change = fn(&mut Paper);
/// The same of what is at hand.
type Edit<'e> = &'e dyn Fn(&mut Paper);

#[test]
#[allow(clippy::too_many_lines)] // one sheet, and all that can be written where nobody reads it
fn nothing_that_was_decided_is_passed_over() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let sound = agreed(room);
    let refused: [(Change, &str); 16] = [
        (
            |paper| add_column(paper, "最终星级", "8"),
            "“最终星级”不是审议表的栏目，填有“8”，不会读取",
        ),
        (
            |paper| add_column(paper, "", "改为8星"),
            "没有表头的一栏填有“改为8星”",
        ),
        (
            |paper| add_column(paper, "审议星级", "3"),
            "O3：表头“审议星级”与K3重复",
        ),
        (
            |paper| {
                let last = paper.find("审议表", "理由");
                put_from(paper, "审议表", last, (44, 0), "中国作物学会改为8星");
            },
            "这一行写了审议结果，学会党组织名称却没有填",
        ),
        (
            |paper| copy(paper, "审议表", "会后", &|_, _| ()),
            "工作表“审议表”和“会后”都是这种表",
        ),
        (
            |paper| {
                let from = paper.find("会议情况", "会议纪要（可另附）");
                put_from(paper, "会议情况", from, (3, 0), "审定日期");
                put_from(paper, "会议情况", from, (3, 1), "2018-09-28");
            },
            "“审定日期”在第5行已有一行",
        ),
        (
            |paper| {
                let from = paper.find("委员名单", "姓名");
                put_from(paper, "委员名单", from, (1, 1), "某单位");
                put_from(paper, "委员名单", from, (1, 3), "中国作物学会");
            },
            "这一行填了内容，姓名却没有填",
        ),
        (|paper| adjusted(paper, "/"), "填“/”不算写明"),
        (|paper| adjusted(paper, "无。"), "填“无。”不算写明"),
        (|paper| adjusted(paper, "0"), "填“0”不算写明"),
        // The groups' pages.
        (
            |paper| {
                paper.set("推荐-第1组", NAME, "小组推荐星级", "9");
                copy(paper, "推荐-第1组", "另一张", &|paper, name| {
                    paper.set(name, NAME, "小组推荐星级", "6");
                });
            },
            "的推荐与推荐-第1组!G4的不同",
        ),
        (
            |paper| {
                paper.set("推荐-第1组", NAME, "小组推荐星级", "9");
                let at = paper.find("推荐-第1组", NAME);
                put_from(paper, "推荐-第1组", at, (0, 0), "中国作物党组织");
            },
            "填了推荐，名单中却没有“中国作物党组织”这个学会",
        ),
        (
            |paper| {
                let at = paper.find("推荐-第1组", "小组推荐星级");
                put_from(paper, "推荐-第1组", at, (0, 0), "小组推荐");
            },
            "推荐-第1组!找不到表头“小组推荐星级”",
        ),
        (
            |paper| {
                let at = paper.find("推荐-第1组", HEAD);
                put_from(paper, "推荐-第1组", at, (7, 0), "中国细胞生物学学会党组织");
                put_from(paper, "推荐-第1组", at, (7, 5), "2");
            },
            "“中国细胞生物学学会党组织”不是本组的",
        ),
        (
            |paper| {
                let at = paper.find("推荐-第1组", "小组推荐星级");
                put_from(paper, "推荐-第1组", at, (0, 2), "小组推荐星级");
                put_from(paper, "推荐-第1组", at, (1, 2), "2");
            },
            "推荐-第1组!I3：表头“小组推荐星级”与G3重复",
        ),
        (
            |paper| paper.set("推荐-第1组", NAME, "小组推荐星级", "十一"),
            "只能填0至10",
        ),
    ];
    for (change, said) in refused {
        let mut paper = Paper {
            sheets: sound.sheets.clone(),
        };
        change(&mut paper);
        let (status, told) = decide(room, &paper);
        assert_eq!(status, 1, "{said}: {told}");
        assert!(told.contains(said), "{said}: {told}");
        assert!(!room.join("审定").exists(), "{said}");
    }
    // The near misses: a sheet of other kind; a heading with nothing below; the same said twice by the group; a reason; a
    // chairman who does not deliberate on all, which is told.
    let mut paper = sound;
    copy(&mut paper, "会议情况", "说明", &|paper, name| {
        let at = paper.find(name, "会议事项");
        put_from(paper, name, at, (0, 0), "事项");
    });
    add_column(&mut paper, "备注", " ");
    paper.set("推荐-第1组", NAME, "小组推荐星级", "8");
    copy(&mut paper, "推荐-第1组", "抄件", &|_, _| ());
    adjusted(&mut paper, "无会议记录");
    let from = paper.find("委员名单", "姓名");
    put_from(&mut paper, "委员名单", from, (1, 0), "王五（副会长）");
    put_from(&mut paper, "委员名单", from, (1, 3), "中国作物学会");
    paper.set("会议情况", "主持人", "内容", "王五");
    let (status, told) = decide(room, &paper);
    assert_eq!(status, 0, "{told}");
    assert!(
        told.contains("其中调整1个")
            && told.contains("【请核实】主持人王五应回避中国作物学会的审议"),
        "{told}"
    );
}

fn publish(room: &Path, more: &[&str]) -> (i32, String) {
    run(room, &[&["publish"], more, &NOTICE].concat())
}

#[test]
fn an_award_waits_until_it_is_clear_that_the_notice_is_over() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let (status, said) = decide(room, &agreed(room));
    assert_eq!(status, 0, "{said}");
    propose(room);
    let blank = Paper::open(&room.join("异议登记.xlsx"));
    let line = "公示时间：2018年9月21日至2018年9月25日";
    let after = |written: &str| {
        let mut list = Paper {
            sheets: blank.sheets.clone(),
        };
        let at = list.find("异议登记", line);
        put_from(&mut list, "异议登记", at, (0, 0), written);
        list.save(&room.join("异议.xlsx"));
        let announced = ["审定", "--kind", "发布", "-o", "发布"];
        let by = ["--date", "2018-09-27", "--objections", "异议.xlsx"];
        let published = publish(room, &[&announced[..], &by].concat());
        let add = ["register", "add", "登记簿.csv", "--decided", "审定"];
        let of = ["--results", "结果", "--basis", "第99号文"];
        let by = ["--date", "2018-09-27", "--objections", "异议.xlsx"];
        let entered = run(room, &[&add[..], &of, &by].concat());
        assert_eq!(published.0, entered.0, "{}{}", published.1, entered.1);
        (published.0, published.1 + &entered.1)
    };
    for (written, told) in [
        (" ", "找不到公示时间"),
        ("公示时间：2018年9月21日至25日", "看不出公示从哪天到哪天"),
        ("公示时间：2018年9月21日—2018年9月28日", "还在公示期内"),
        ("公示时间:2018-9-21到2018-9-27", "还在公示期内"),
        ("公示时间：2018年9月25日至2018年9月21日", "早于开始的一天"),
    ] {
        let (status, said) = after(written);
        assert_eq!(status, 1, "{written}: {said}");
        assert_eq!(said.matches(told).count(), 2, "{written}: {said}");
        assert!(!room.join("发布").exists() && !room.join("登记簿.csv").exists());
    }
    // The near miss: written otherwise, and over.
    let (status, said) = after("公示时间:2018/9/21—2018/9/26");
    assert_eq!(status, 0, "{said}");
    // Nothing is made public before it was decided; nor on no grounds.
    let early = [
        "审定",
        "--date",
        "2018-09-19",
        "-o",
        "早",
        "--contact",
        "甲",
    ];
    let (status, said) = publish(room, &early);
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("早于审定日期（2018年9月20日），不能公示"),
        "{said}"
    );
    let bare = ["publish", "审定", "--date", "2018-09-21", "-o", "无据"];
    let said_so = [
        "--scope",
        "各学会",
        "--basis",
        "/",
        "--issuer",
        "某单位",
        "--contact",
        "甲",
    ];
    let (status, said) = run(room, &[&bare[..], &said_so].concat());
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("--basis 要写明"), "{said}");
}

#[test]
fn an_objection_is_closed_on_the_day_on_which_it_was() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let (status, said) = decide(room, &agreed(room));
    assert_eq!(status, 0, "{said}");
    propose(room);
    let blank = Paper::open(&room.join("异议登记.xlsx"));
    let announce = |change: &dyn Fn(&mut Paper)| {
        let mut list = Paper {
            sheets: blank.sheets.clone(),
        };
        change(&mut list);
        list.save(&room.join("异议.xlsx"));
        let announced = ["审定", "--kind", "发布", "-o", "发布"];
        let by = ["--date", "2018-10-08", "--objections", "异议.xlsx"];
        publish(room, &[&announced[..], &by].concat())
    };
    let closed = |list: &mut Paper, raised: &str, answered: &str| {
        list.set("异议登记", "1", "学会", "中国茶叶学会");
        list.set("异议登记", "1", "提出日期", raised);
        list.set("异议登记", "1", "答复日期", answered);
        list.set("异议登记", "1", "结论", "不成立");
    };
    let refused: [(Edit<'_>, &str); 4] = [
        (
            &|list| closed(list, "2018-11-01", "2018-11-02"),
            "提出日期2018-11-01晚于发布、登记的日期2018-10-08",
        ),
        (
            &|list| {
                let at = list.find("异议登记", "答复日期");
                put_from(list, "异议登记", at, (1, 1), "中国茶叶学会来电");
            },
            "“中国茶叶学会来电”写在登记各栏以外",
        ),
        (
            &|list| {
                let at = list.find("异议登记", "序号");
                put_from(list, "异议登记", at, (30, 0), "另：来电");
            },
            "“另：来电”写在登记各栏以外",
        ),
        (
            &|list| {
                copy(list, "异议登记", "补充", &|list, name| {
                    list.set(name, "1", "学会", "中国茶叶学会");
                });
            },
            "工作表“异议登记”和“补充”都是这种表",
        ),
    ];
    for (change, told) in refused {
        let (status, said) = announce(change);
        assert_eq!(status, 1, "{told}: {said}");
        assert!(
            said.contains(told) && !room.join("发布").exists(),
            "{told}: {said}"
        );
    }
    let (status, said) = announce(&|list| closed(list, "2018-09-22", "2018-10-09"));
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("不列“中国茶叶学会”：异议登记第4行的异议2018年10月9日才答复"),
        "{said}"
    );
    // The near misses: answered on the day; the clerk's own column beside an objection; an empty copy of the list.
    let (status, said) = announce(&|list| {
        copy(list, "异议登记", "空白", &|_, _| ());
        closed(list, "2018-09-22", "2018-10-08");
        let at = list.find("异议登记", "答复日期");
        put_from(list, "异议登记", at, (0, 1), "经办备注");
        put_from(list, "异议登记", at, (1, 1), "已归档");
    });
    assert_eq!(status, 0, "{said}");
    assert!(!said.contains("不列“中国茶叶学会”"), "{said}");
}

/// A later sheet completes what was deferred: it has its own 公示, and waits for the end of it.
#[test]
fn what_a_later_sheet_completes_is_proposed_by_itself() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    paper.set("审议表", NAME, "审议意见", "暂缓");
    paper.set("审议表", NAME, "审议星级", " ");
    paper.set("审议表", NAME, "理由", "待补充材料");
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    enter(room);
    let first = std::fs::read(room.join("异议登记.xlsx")).expect("the list");
    well(
        room,
        &["deliberate", "结果", "--decided", "审定", "-o", "补审.xlsx"],
    );
    let mut later = Paper::open(&room.join("补审.xlsx"));
    let stars = listed(&later)[NAME].clone();
    later.set("审议表", NAME, "审议星级", &stars);
    later.set("审议表", NAME, "审议意见", "同意");
    later.set("会议情况", "审定日期", "内容", "2018-10-08");
    later.save(&room.join("补审填好.xlsx"));
    let completed = ["decide", "补审填好.xlsx", "--results", "结果"];
    let more = ["--decided", "审定", "-o", "审定二"];
    well(room, &[&completed[..], &more].concat());
    // Each with its own day.
    let result = committee::everything_in(&room.join("审定二/审定结果.xlsx"), "审定结果");
    assert!(
        result.contains("审定日期：2018年9月20日、2018年10月8日")
            && result.matches("2018年9月20日\n").count() == 32
            && result.matches("2018年10月8日\n").count() == 1,
        "{result}"
    );
    // The list of the first 公示, kept by the clerk, is not that of the second.
    Paper::open(&room.join("异议登记.xlsx")).save(&room.join("异议登记.xlsx"));
    let again = [
        "审定二",
        "--date",
        "2018-10-09",
        "-o",
        "二次",
        "--contact",
        "甲",
    ];
    let (status, said) = publish(room, &again);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains(
            "上面的公示时间是2018年9月21日至2018年9月25日，这次公示是2018年10月9日至2018年10月13日"
        ) && !room.join("二次").exists(),
        "{said}"
    );
    // Before that it is not awarded, though the first 公示 is over.
    let announced = |day: &str| {
        let announced = ["审定二", "--kind", "发布", "-o", "发布", "--date", day];
        publish(
            room,
            &[&announced[..], &["--objections", "异议登记.xlsx"]].concat(),
        )
    };
    let (status, said) = announced("2018-10-09");
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("不列“中国作物学会”：2018年10月8日才审定") && said.contains("还没有公示过"),
        "{said}"
    );
    assert!(!everything(&room.join("发布")).contains("中国作物学会"));
    let mut list = Paper::open(&room.join("异议登记.xlsx"));
    let at = list.find("异议登记", "公示时间：2018年9月21日至2018年9月25日");
    let line = "公示时间：2018年10月9日至2018年10月13日";
    put_from(&mut list, "异议登记", at, (0, 0), line);
    list.save(&room.join("异议登记.xlsx"));
    let (status, said) = publish(room, &again);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("以前审定的32个没有再列入这次公示") && said.contains("公示已写入“二次”：1个"),
        "{said}"
    );
    let (status, said) = publish(
        room,
        &[&again[..4], &["全部", "--contact", "甲", "--all"]].concat(),
    );
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("公示已写入“全部”：33个"), "{said}");
    assert_eq!(announced("2018-10-13").0, 1);
    let (status, said) = announced("2018-10-14");
    assert_eq!(status, 0, "{said}");
    assert!(everything(&room.join("发布")).contains("中国作物学会"));
    assert_ne!(
        first,
        std::fs::read(room.join("异议登记.xlsx")).expect("the list")
    );
}

/// What was upheld is deliberated again, and then nothing stands against it.
#[test]
fn an_objection_that_was_upheld_has_a_way_out() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let mut paper = agreed(room);
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    propose(room);
    let mut list = Paper::open(&room.join("异议登记.xlsx"));
    for (heading, text) in [
        ("学会", "中国作物学会"),
        ("异议内容", "材料不实"),
        ("提出日期", "2018-09-22"),
        ("结论", "成立"),
        ("答复日期", "2018-09-28"),
    ] {
        list.set("异议登记", "1", heading, text);
    }
    list.save(&room.join("异议登记.xlsx"));
    let announced = |day: &str| {
        let announced = ["审定", "--kind", "发布", "-o", "发布", "--date", day];
        publish(
            room,
            &[&announced[..], &["--objections", "异议登记.xlsx"]].concat(),
        )
    };
    let (status, said) = announced("2018-10-08");
    assert_eq!(status, 0, "{said}");
    assert!(
        said.contains("不列“中国作物学会”：异议登记第4行的异议成立，须重新审议"),
        "{said}"
    );
    adjusted(&mut paper, "异议成立，复议调整");
    paper.set("会议情况", "审定日期", "内容", "2018-10-10");
    let (status, said) = decide(room, &paper);
    assert_eq!(status, 0, "{said}");
    let at = list.find("异议登记", "公示时间：2018年9月21日至2018年9月25日");
    let line = "公示时间：2018年10月11日至2018年10月15日";
    put_from(&mut list, "异议登记", at, (0, 0), line);
    list.save(&room.join("异议登记.xlsx"));
    let (status, said) = announced("2018-10-16");
    assert_eq!(status, 0, "{said}");
    assert!(
        !said.contains("不列“") && everything(&room.join("发布")).contains("中国作物学会"),
        "{said}"
    );
}
