//! Words that say nothing where something must be said.

use super::fold;

/// What people write where they have nothing to write, folded.
const NOTHING: [&str; 12] = [
    "无",
    "没有",
    "暂无",
    "略",
    "同上",
    "不详",
    "待补",
    "待定",
    "空",
    "无理由",
    "n/a",
    "null",
];

/// Whether a text has no content: nothing but marks, or a word for nothing.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    let folded = fold(text).to_lowercase();
    let plain = folded.trim_matches(|one: char| !one.is_alphanumeric());
    plain.is_empty() || NOTHING.contains(&plain)
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
            "。",
            "——",
            "无",
            "（无）",
            "无。",
            "N/A",
            "略",
        ] {
            assert!(says_nothing(nothing), "{nothing}");
        }
        for something in ["未陈述", "无异议", "没有整改", "办法7.8第二条", "核实"]
        {
            assert!(!says_nothing(something), "{something}");
        }
    }
}
