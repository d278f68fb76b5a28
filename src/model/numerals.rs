//! Numbers written in words: 叁拾, 二十五.

use chinese_number::{ChineseCountMethod, ChineseToNumber};

/// 中文数字, plain and capital, that can make up a small whole number.
const NUMERALS: &str = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟";

/// The whole number that a folded text writes in words; none where anything else stands in it.
#[must_use]
pub fn read(text: &str) -> Option<u32> {
    // A multiplier stands once in a number below ten thousand.
    let is_twice = |multiplier: &str| text.matches(|one| multiplier.contains(one)).count() > 1;
    if text.is_empty()
        || !text.chars().all(is_numeral)
        || ["十拾", "百佰", "千仟"].into_iter().any(is_twice)
    {
        return None;
    }
    text.to_number(ChineseCountMethod::TenThousand).ok()
}

/// Whether a character is a numeral in words.
#[must_use]
pub fn is_numeral(character: char) -> bool {
    NUMERALS.contains(character)
}
