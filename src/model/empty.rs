//! Words that say nothing where something must be said: a reason, a basis, a statement is not given by `/`, `无` or `0`.

use super::fold;

/// What people write where they have nothing to write, folded, in lower case and without marks.
const NOTHING: [&str; 19] = [
    "无",
    "没有",
    "暂无",
    "略",
    "空",
    "空白",
    "缺",
    "待补",
    "待填",
    "待定",
    "同上",
    "见上",
    "不详",
    "未填",
    "无理由",
    "na",
    "nil",
    "none",
    "null",
];

/// Whether a text has no content: nothing but marks and digits, or a word for nothing.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    let folded = fold(text).to_lowercase();
    let words: String = folded.chars().filter(|one| one.is_alphabetic()).collect();
    words.is_empty() || NOTHING.contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn marks_and_words_for_nothing_say_nothing() {
        for nothing in [
            "",
            " ",
            "/",
            "／",
            "0",
            "０",
            "。",
            "-",
            "——",
            "…",
            "无",
            "（无）",
            "没 有",
            "无。",
            "N/A",
            "n.a.",
            "123",
            "2018",
            "？",
            "略",
        ] {
            assert!(says_nothing(nothing), "{nothing}");
        }
        for something in [
            "未陈述",
            "无异议",
            "没有整改",
            "办法7.8",
            "核实",
            "无会议记录",
            "同意",
            "略高于实际",
            "王五",
            "第99号文",
        ] {
            assert!(!says_nothing(something), "{something}");
        }
    }
}
