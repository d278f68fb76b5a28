//! 人: a person's name and units, made comparable, and when two of them are one person.
//!
//! Nothing here measures how near two names are: 李明 and 李明华 are two people. What is shown is always the original.

use std::collections::BTreeSet;

use super::folded;

/// How a folded text is made alike further where people and units are compared: simplified for traditional
/// characters, lower case.
#[must_use]
pub fn fold_chinese(text: &str) -> String {
    let mut simplified = fast2s::convert(&folded(text));
    // Nearly every text: beside ASCII nothing that is written large and small.
    let is_plain = |one: char| one.is_ascii() || matches!(one, '一'..='\u{9fff}');
    if simplified.chars().all(is_plain) {
        simplified.make_ascii_lowercase();
        simplified
    } else {
        simplified.to_lowercase()
    }
}

/// A text as names are looked for in it: the same without the dots that stand within names.
#[must_use]
pub fn fold_names(text: &str) -> String {
    let mut folded = fold_chinese(text);
    folded.retain(|one| !is_dot(one));
    folded
}

/// A person's name without what people vary: middle dots, blanks, titles and remarks behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

/// What is written behind a name, or in brackets, and is no part of it; longer ones first.
const TITLES: [&str; 56] = [
    "高级工程师",
    "党委副书记",
    "副秘书长",
    "党委书记",
    "副研究员",
    "副理事长",
    "常务理事",
    "支部书记",
    "中共党员",
    "联系人",
    "副组长",
    "副教授",
    "副主任",
    "副书记",
    "副处长",
    "副会长",
    "副部长",
    "秘书长",
    "理事长",
    "研究员",
    "工程师",
    "评价人",
    "负责人",
    "已签字",
    "组长",
    "组员",
    "成员",
    "委员",
    "理事",
    "会长",
    "部长",
    "同志",
    "教授",
    "主任",
    "书记",
    "处长",
    "院士",
    "博士",
    "老师",
    "专家",
    "高工",
    "讲师",
    "先生",
    "女士",
    "签字",
    "签名",
    "签章",
    "盖章",
    "代签",
    "代填",
    "党员",
    "签",
    "章",
    "代",
    "男",
    "女",
];

/// Fewer characters are no name: stripping stops there.
const FEWEST: usize = 2;

impl Name {
    /// The name in a cell.
    #[must_use]
    pub fn of(written: &str) -> Self {
        let folded = fold_names(written);
        let labelled = folded.rsplit_once(':');
        let mut name = match labelled {
            Some(("评价人" | "姓名" | "评价人姓名", behind)) if !behind.is_empty() => {
                behind
            }
            _ => folded.as_str(),
        };
        while let Some(shorter) = shorter(name) {
            name = shorter;
        }
        Self(name.to_owned())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The comparable text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the longer of two names has beyond the shorter; none where neither contains the other.
    fn rest(&self, other: &Self) -> Option<String> {
        let (long, short) = if self.0.len() >= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        short.chars().nth(FEWEST - 1)?;
        let (before, behind) = long.split_once(short.as_str())?;
        Some(format!("{before}{behind}"))
    }
}

/// Every dot that stands between the parts of a foreign or minority name.
const fn is_dot(character: char) -> bool {
    matches!(
        character,
        '·' | '•'
            | '・'
            | '‧'
            | '∙'
            | '⋅'
            | '●'
            | '.'
            | '﹒'
            | '᛫'
            | 'ꞏ'
            | '⸱'
            | '◦'
            | '˙'
    )
}

/// The name without one title or bracketed remark behind it, if enough of it is left.
fn shorter(name: &str) -> Option<&str> {
    let bracketed = || {
        let (before, within) = name.strip_suffix(')')?.rsplit_once('(')?;
        (within.is_empty() || is_title(within)).then_some(before)
    };
    let plain = || {
        // A title of one character may be the end of a name.
        let mut titles = TITLES.iter().filter(|title| title.len() > '签'.len_utf8());
        titles.find_map(|title| name.strip_suffix(title))
    };
    let left = bracketed()
        .or_else(plain)?
        .trim_end_matches(['-', '—', ',', '、', '/', ':']);
    left.chars().nth(FEWEST - 1).is_some().then_some(left)
}

/// Whether a text is nothing but titles.
fn is_title(text: &str) -> bool {
    let parts = text
        .split([',', '、', '/', ';'])
        .filter(|part| !part.is_empty());
    parts.clone().count() > 0 && parts.into_iter().all(|part| TITLES.contains(&part))
}

/// What two people are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One person.
    Same,
    /// To be asked: one name at two units, or one name with a remark behind it.
    Maybe,
    /// Two people.
    Different,
}

/// A person, made comparable: the name, and the units by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    pub name: Name,
    /// What each unit in the cell is compared by; empty where it names none.
    pub units: BTreeSet<String>,
}

impl Person {
    /// Whether both are said, so that the person can be told from others.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.name.is_empty() && !self.units.is_empty()
    }

    /// Whether they have a unit in common.
    #[must_use]
    pub fn shares_unit(&self, other: &Self) -> bool {
        !self.units.is_disjoint(&other.units)
    }

    /// Whether this is the other.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        if !self.is_told() || !other.is_told() {
            return Likeness::Different;
        }
        let shares_unit = self.shares_unit(other);
        if self.name == other.name {
            return if shares_unit {
                Likeness::Same
            } else {
                Likeness::Maybe
            };
        }
        match self.name.rest(&other.name) {
            Some(rest) if is_remark(&rest) || shares_unit && is_more_than_a_name(&rest) => {
                Likeness::Maybe
            }
            _ => Likeness::Different,
        }
    }
}

/// Whether what stands beside a name is a remark on it: in brackets or behind a stroke, or a title.
fn is_remark(rest: &str) -> bool {
    rest.starts_with('(') && rest.ends_with(')')
        || rest.starts_with(['-', '—', ',', '、', '/', ':', ';'])
        || is_title(rest)
}

/// Whether it is more than the next character of a given name, and no number: 李明华 and 评价人10 are other people
/// than 李明 and 评价人1.
fn is_more_than_a_name(rest: &str) -> bool {
    rest.chars().count() > 1 && !rest.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Name, Person};

    fn person(name: &str, units: &[&str]) -> Person {
        Person {
            name: Name::of(name),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        }
    }

    #[test]
    fn what_people_vary_in_a_name_is_no_difference() {
        for (written, same) in [
            ("张三", "张 三"),
            ("张三", "張三"),
            ("张三", "张三（组长）"),
            ("张三", "张三同志"),
            ("张三", "张三中共党员"),
            ("张三", "张三党委副书记"),
            ("张三", "张三 副教授"),
            ("张三", "张三（签字）"),
            ("张三", "张三【教授、组长】"),
            ("张三", "评价人：张三"),
            ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
            ("阿卜杜拉·买买提", "阿卜杜拉．买买提"),
            ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
            ("劉國華", "刘国华"),
            ("Zhang San", "ZHANG SAN"),
        ] {
            assert_eq!(Name::of(written), Name::of(same), "{written} {same}");
        }
    }

    #[test]
    fn stripping_leaves_a_name() {
        for name in ["高博士", "王教授", "章同志", "评价人甲", "李文"] {
            assert_eq!(Name::of(name).as_str(), name);
        }
    }

    #[test]
    fn who_is_whom() {
        let society = &["中国标准化协会"][..];
        let other = &["中国水产学会"][..];
        for (left, right, likeness) in [
            (("张三", society), ("张三", society), Likeness::Same),
            (("张三", society), ("张三", other), Likeness::Maybe),
            (
                ("张三", society),
                ("张三同志", &["中国水产学会", "中国标准化协会"][..]),
                Likeness::Same,
            ),
            (("张三", society), ("张三（大）", other), Likeness::Maybe),
            (("张三", society), ("张三-代李四", society), Likeness::Maybe),
            (
                ("买买提", society),
                ("阿卜杜拉·买买提", society),
                Likeness::Maybe,
            ),
            (
                ("买买提", society),
                ("阿卜杜拉·买买提", other),
                Likeness::Different,
            ),
            (("李明", society), ("李明华", society), Likeness::Different),
            (("李明", society), ("李明华", other), Likeness::Different),
            (
                ("评价人1", society),
                ("评价人10", society),
                Likeness::Different,
            ),
            (
                ("评价人1", society),
                ("评价人100", society),
                Likeness::Different,
            ),
            (("张伟", society), ("张炜", society), Likeness::Different),
            (
                ("张三（大）", society),
                ("张三（小）", society),
                Likeness::Different,
            ),
            (("", society), ("", society), Likeness::Different),
            (("张三", &[][..]), ("张三", &[][..]), Likeness::Different),
        ] {
            let (one, two) = (person(left.0, left.1), person(right.0, right.1));
            assert_eq!(one.likeness(&two), likeness, "{left:?} {right:?}");
            assert_eq!(two.likeness(&one), likeness, "{right:?} {left:?}");
        }
    }
}
