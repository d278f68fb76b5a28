//! What people wrote freely, on the papers of the committee's year: who may not read of somebody is not shown it, and is
//! told that there is more. Through the real program.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;

use xingping::form::Field;
use xingping::ground::Ground;

use common::Paper;
use program::xingping;
use words::words_in;

mod common;
#[path = "common/program.rs"]
mod program;
#[path = "common/words.rs"]
mod words;

/// On which line, what, and whether the society and the committee may read it.
const REMARKS: [(&str, &str, bool, bool); 9] = [
    ("1.1", "会议记录完整", true, true),
    ("1.2", "中国地质学会的材料齐全", true, true),
    ("1.3", "比中国水利学会差", false, true),
    ("2.1", "同意赵 六同志的意见", false, false),
    ("2.2", "我（錢七）现场看过", false, false),
    ("3.1", "标准化协会党委现场核过", false, false),
    // By surname and title, listed or not.
    ("3.2", "孙老师意见：材料齐全", false, false),
    ("3.3", "与张工商议过", false, false),
    ("4.1", "紧张工作，职工代表参加", true, true),
];

#[test]
fn remarks_that_speak_of_others_are_left_out_and_said_to_be() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = room.path().join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let unit = "标准化协会党委";
    for (reviewer, is_first) in [("钱七", true), ("赵六", false), ("孙八", false)] {
        let unit = if is_first {
            unit
        } else {
            "中国标准化协会党委"
        };
        let mut paper = Paper::sound(&ground, "中国地质学会", reviewer, unit);
        paper.field(Field::Recommended, "");
        if is_first {
            for (line, remark, ..) in REMARKS {
                paper.remark(line, remark);
            }
            // A warning that speaks of who reviewed, and one that does not.
            paper.bonus("3.2", "37");
            paper.field(Field::Recusal, "");
        }
        paper.calculate(&ground);
        fs::write(inbox.join(format!("{reviewer}.csv")), paper.csv(&[])).expect("written");
    }
    let run = |arguments: &[&str]| {
        let (status, said) = xingping(arguments, room.path());
        assert!(status < 2, "{arguments:?}: {said}");
    };
    run(&["consolidate", "收件", "-o", "结果"]);
    run(&["statement", "结果", "--all", "--remarks", "-o", "说明"]);
    run(&["deliberate", "结果", "-o", "审议表.xlsx"]);
    let words = |path: &str| {
        let bytes = fs::read(room.path().join(path)).expect("a paper");
        words_in(path, &bytes)
    };
    let statement = words("说明/中国地质学会-得分说明.xlsx");
    let page = words("审议表.xlsx");
    for (line, remark, to_society, to_committee) in REMARKS {
        assert_eq!(statement.contains(remark), to_society, "{line}: {remark}");
        assert_eq!(page.contains(remark), to_committee, "{line}: {remark}");
    }
    let kept_back = "（有1条说明提到个人或其他单位，不列出）";
    assert!(statement.contains(kept_back) && page.contains(kept_back));
    // Nobody who reviewed is named, and nothing of where it came from.
    for hidden in ["钱七", "赵六", "孙八", ".csv"] {
        assert!(
            !statement.contains(hidden) && !page.contains(hidden),
            "{hidden}"
        );
    }
    assert!(page.contains("加分填37，只能为0、20、40、50"), "{page}");
    // Without being asked for, none at all.
    run(&["statement", "结果", "--all", "-o", "说明二"]);
    let statement = words("说明二/中国地质学会-得分说明.xlsx");
    let any = REMARKS
        .iter()
        .find(|(_, remark, ..)| statement.contains(remark));
    assert_eq!(any, None);
}
