//! What a person answers to a question of yes and no, in words or by ticking a box.

use crate::model::fold;

/// An answer, as far as it can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing is written, or nothing is ticked.
    Unsaid,
    Yes,
    No,
    /// For a person to read.
    Unclear,
}

/// 有无应回避情形: only plain words say no; “无，但…” is for a person to read.
pub(super) fn recusal(written: &str) -> Answer {
    const NO: [&str; 16] = [
        "无",
        "否",
        "没有",
        "不存在",
        "不需要",
        "不用",
        "无需",
        "/",
        "-",
        "—",
        "——",
        "--",
        "×",
        "x",
        "无应回避情形",
        "无回避情形",
    ];
    let text = match said(written) {
        Said::Nothing => return Answer::Unsaid,
        Said::Several => return Answer::Unclear,
        Said::Text(text) => text,
    };
    let plain = text
        .trim_end_matches(['。', '.'])
        .trim_start_matches("有无应回避情形:");
    let yes = ["有", "是", "√"]
        .iter()
        .find_map(|yes| plain.strip_prefix(yes));
    if plain.is_empty() {
        Answer::Unsaid
    } else if NO.contains(&plain) {
        Answer::No
    } else if yes.is_some_and(|rest| !rest.contains(['无', '没', '否', '不', '?'])) {
        Answer::Yes
    } else {
        Answer::Unclear
    }
}

/// 是否中共党员. A candidate member (预备党员) is for the clerk to judge, and is told as such.
pub(super) fn member(written: &str) -> Answer {
    let text = match said(written) {
        Said::Nothing => return Answer::Unsaid,
        Said::Several => return Answer::Unclear,
        Said::Text(text) => text,
    };
    match text.trim_end_matches(['。', '.']) {
        "" => Answer::Unsaid,
        "是" | "中共党员" | "党员" | "是中共党员" | "正式党员" | "中共正式党员" | "√" | "TRUE" => {
            Answer::Yes
        }
        "预备党员" | "中共预备党员" | "是预备党员" => Answer::Yes,
        "否" | "不是" | "非" | "非党员" | "非中共党员" | "不是中共党员" | "群众" | "无党派"
        | "无党派人士" | "×" | "FALSE" => Answer::No,
        _ => Answer::Unclear,
    }
}

/// Whether 是否中共党员 says 预备党员.
pub(super) fn is_candidate(written: &str) -> bool {
    matches!(said(written), Said::Text(text) if text.contains("预备"))
}

/// What is written, boxes read.
enum Said {
    Nothing,
    Text(String),
    /// More than one box is ticked.
    Several,
}

fn said(written: &str) -> Said {
    let text = fold(written);
    let is_ticked = |character: char| "☑☒✓✔√■▣◉●".contains(character);
    let is_box = |character: char| is_ticked(character) || "□☐○◯▢❏".contains(character);
    if text.is_empty() {
        return Said::Nothing;
    }
    // A tick alone is an answer, not a choice.
    if !text.contains(is_box) || text.chars().count() == 1 && text.contains(is_ticked) {
        return Said::Text(text);
    }
    // Boxes stand before what they are for, or behind it.
    let is_before = text.starts_with(is_box);
    let mut options: Vec<(bool, String)> = Vec::new();
    let mut label = String::new();
    for character in text.chars() {
        if !is_box(character) {
            match options.last_mut().filter(|_| is_before) {
                Some((_, label)) => label.push(character),
                None => label.push(character),
            }
        } else if is_before {
            options.push((is_ticked(character), String::new()));
        } else {
            options.push((is_ticked(character), std::mem::take(&mut label)));
        }
    }
    let mut ticked = options.into_iter().filter(|(is_ticked, _)| *is_ticked);
    match (ticked.next(), ticked.next()) {
        (None, _) => Said::Nothing,
        (Some((_, label)), None) => Said::Text(label),
        (Some(_), Some(_)) => Said::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, member, recusal};

    #[test]
    fn whether_to_recuse() {
        for text in [
            "有",
            "有。",
            "是",
            "√",
            "☑有 □无",
            "有☑ 无□",
            "√有 □无",
            "■有□无",
            "有，系该学会理事",
        ] {
            assert_eq!(recusal(text), Answer::Yes, "{text}");
        }
        for text in [
            "无",
            "无。",
            "否",
            "没有",
            "/",
            "—",
            "×",
            "□有 ☑无",
            "□有 √无",
            "有□ 无☑",
            "有无应回避情形：无",
        ] {
            assert_eq!(recusal(text), Answer::No, "{text}");
        }
        for text in ["", " ", "□有 □无"] {
            assert_eq!(recusal(text), Answer::Unsaid, "{text}");
        }
        for text in [
            "?",
            "待定",
            "无，但曾任副理事长",
            "☑有 ☑无",
            "有无",
            "有?",
            "√有 无",
        ] {
            assert_eq!(recusal(text), Answer::Unclear, "{text}");
        }
    }

    #[test]
    fn whether_a_member() {
        for text in ["是", "中共党员", "党员", "☑是 □否", "√"] {
            assert_eq!(member(text), Answer::Yes, "{text}");
        }
        for text in ["否", "□是 ☑否", "群众"] {
            assert_eq!(member(text), Answer::No, "{text}");
        }
        for text in ["?", "民主党派成员", "☑是 ☑否", "申请中"] {
            assert_eq!(member(text), Answer::Unclear, "{text}");
        }
    }
}
