//! Numbers written in words: 叁拾, 二十五.

use chinese_number::{ChineseCountMethod, ChineseToNumber};

/// 中文数字, plain and capital, that can make up a small whole number.
const NUMERALS: &str = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟";

/// The whole number that a folded text writes in words; none where anything else stands in it.
#[must_use]
pub fn read(text: &str) -> Option<u32> {
    if text.is_empty() || !text.chars().all(|character| NUMERALS.contains(character)) {
        return None;
    }
    text.to_number(ChineseCountMethod::TenThousand).ok()
}
