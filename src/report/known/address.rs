//! Whether a text speaks of somebody by surname and title: 欧阳老师, 张工. The whole name is not there to be found, and whoever
//! knows the people knows who is meant.

use std::collections::BTreeSet;

use crate::model::Name;

/// How people are addressed, behind their surname.
const TITLES: [&str; 22] = [
    "老师",
    "教授",
    "研究员",
    "院士",
    "博士",
    "高工",
    "总工",
    "工",
    "主任",
    "书记",
    "处长",
    "部长",
    "局长",
    "会长",
    "理事长",
    "秘书长",
    "组长",
    "委员",
    "专家",
    "先生",
    "女士",
    "同志",
];

/// Surnames of two characters.
const DOUBLE: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木",
    "司徒", "长孙", "南宫", "百里", "轩辕", "宇文", "赫连", "澹台",
];

/// Surnames that most people have, but for those which end other words before a title (对方老师, 班主任老师).
const COMMON: &str = "王李张刘陈杨赵黄周吴徐孙胡朱郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟\
                      汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙万段雷钱汤尹黎武乔贺赖龚庞樊殷翁";

/// What makes another word of 工 before it: 紧张工作.
const WORK: &str = "作会程人业委资具艺种期地党青团农厂段伤龄";
/// And of a surname: 紧张, 主张.
const STRAINED: &str = "紧主扩开夸伸";

/// The surname of a person.
pub(super) fn surname(name: &Name) -> Option<String> {
    let name = name.as_str();
    let double = DOUBLE.iter().find(|one| {
        let given = name.strip_prefix(**one);
        given.is_some_and(|given| !given.is_empty())
    });
    let single = || name.chars().next().map(String::from);
    double.map(|one| (*one).to_owned()).or_else(single)
}

/// Whether a title may begin with a letter: most letters of a text are told by it to be in none.
const fn may_begin(letter: char) -> bool {
    matches!(
        letter,
        '老' | '教'
            | '研'
            | '院'
            | '博'
            | '高'
            | '总'
            | '工'
            | '主'
            | '书'
            | '处'
            | '部'
            | '局'
            | '会'
            | '理'
            | '秘'
            | '组'
            | '委'
            | '专'
            | '先'
            | '女'
            | '同'
    )
}

/// Whether somebody is addressed in a text that is folded as names are, of these surnames or of a usual one.
pub(super) fn addresses(text: &str, known: &BTreeSet<String>) -> bool {
    let mut letters = text.char_indices();
    letters.any(|(at, letter)| {
        let (before, from) = text.split_at(at);
        may_begin(letter)
            && TITLES.iter().any(|title| {
                from.strip_prefix(title).is_some_and(|behind| {
                    let before = before.strip_suffix('副').unwrap_or(before);
                    let is_word = *title == "工" && behind.starts_with(|one| WORK.contains(one));
                    !is_word && ends_in_surname(before, known)
                })
            })
    })
}

fn ends_in_surname(before: &str, known: &BTreeSet<String>) -> bool {
    let mut letters = before.char_indices().rev();
    let Some((at, last)) = letters.next() else {
        return false;
    };
    let two = letters.next();
    let is_double = two.is_some_and(|(at, _)| {
        let two = &before[at..];
        DOUBLE.contains(&two) || known.contains(two)
    });
    let is_strained = last == '张' && two.is_some_and(|(_, one)| STRAINED.contains(one));
    is_double || !is_strained && (COMMON.contains(last) || known.contains(&before[at..]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TITLES, addresses, may_begin, surname};
    use crate::model::{Name, fold_names};

    #[test]
    fn every_title_is_told_by_its_first_letter() {
        let begins = |title: &&str| title.starts_with(may_begin);
        assert!(TITLES.iter().all(begins));
    }

    #[test]
    fn people_are_addressed_by_surname_and_title() {
        let known: BTreeSet<String> = ["欧阳建国", "闫六"]
            .iter()
            .filter_map(|name| surname(&Name::of(name)))
            .collect();
        assert!(known.contains("欧阳") && known.contains("闫"));
        for text in [
            "欧阳老师意见：材料齐全",
            "与中国农业机械学会的张工商议",
            "王 老 师看过",
            "闫工、闫副主任都同意",
            "请示赵副书记",
            "張工已核",
            "欧阳副教授",
        ] {
            assert!(addresses(&fold_names(text), &known), "{text}");
        }
        for text in [
            "工作紧张，党工委、职工代表参加",
            "紧张工作、主张工会参加",
            "党委书记主持，支部书记参加",
            "班主任老师、对方老师",
            "老师们参加",
            "理事长办公会",
            "高工职称",
            "张工程",
            "",
        ] {
            assert!(!addresses(&fold_names(text), &known), "{text}");
        }
    }
}
