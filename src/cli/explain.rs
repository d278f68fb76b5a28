//! What a code means: one code for the terminal, all of them as the page `docs/问题代码.md`. The kind words and the keys of a
//! scheme are explained beside ([`super::kinds`], [`super::language`]).
//!
//! Everything said of a code comes from the code itself; what a severity entails and how the families are called
//! is said here. Knows no rule.

use std::fmt::Write as _;

use super::args::Explain;
use super::{kinds, language, say};
use crate::codes;
use crate::error::Error;
use crate::finding::{Code, Severity};
use crate::model::{fold, near};

/// The families in the order of the work: their letter, what they are called, what they are about.
const FAMILIES: [(char, &str, &str); 10] = [
    ('I', "收到的文件", "文件读不读得成，里面有没有评价表。"),
    (
        'F',
        "评价表本身",
        "是不是本年度的表，是哪个学会的表，有没有被改动。",
    ),
    ('P', "分值", "各行的加分、减分填得对不对。"),
    ('R', "评价人与回避", "谁评的，能不能评。"),
    ('E', "学会与分组", "评的是谁，在不在名单里，该不该受理。"),
    ('D', "评价日期", "是否填写，是否按期。"),
    ('T', "总分与星级", "表上自带的总分、星级与各行对不对得上。"),
    ('V', "重复与更正", "同一人交来的几份表以哪份为准。"),
    (
        'S',
        "自评",
        "学会自己填报的事项填得对不对，与评价人的分合不合。",
    ),
    ('M', "缺报与名单", "谁还没交，名单里有没有没起作用的内容。"),
];

/// What stands above all codes.
const HEAD: &str = "\
# 星评：问题代码

本页由 `xingping explain --all` 生成，请勿直接改动。只查一个代码，用 `xingping explain P301`，也可以写英文名或问题里的几个字。

运行时屏幕上和“填报核对清单”里，每个问题后面的括号里是它的代码。问题分三级：

";

/// What holds for all of them.
const CORRECTING: &str = "
凡是退回评价人更正的：

1. 经办人不替评价人改数。运行后，输出的“退回件”里有按寄件人备好的退回件：原表加上标记和说明，连同“退回说明”一起发回去即可。
2. 评价人在退回件上改好、另存后寄回。把寄回的表放进收件文件夹，再运行一次：由退回件改成的表，程序认得它更正的是哪一份，自动以新表为准；\
旧表留着，会写明已被取代。
3. 另填一份寄来的，都以邮件（.eml）收存时按寄件时间分先后；否则按评价日期，请评价人写更正当天的日期。
4. 分不出先后、认不出学会或评价人、不该受理的，在输出的“处理登记.xlsx”里各有一行：填好处理、依据、经办人，存进收件文件夹再运行。不要移走或改动原件。

“依据”里写办法、附件、通知的，指科协社团党发〔2018〕65号；别的年度以该年的文件为准。写“本工具约定”的，是文件没有写明、由本工具采用的做法，\
其中影响计分的印在“评分说明”里，待审议确认；由方案决定的，改方案（`scheme.toml`）里写明的那一项即可。

";

/// Explains what was asked for, to stdout.
///
/// # Errors
/// No code is called so.
pub fn explain(asked: &Explain) -> Result<(), Error> {
    let Some(word) = asked.code.as_deref() else {
        return say::data(&page());
    };
    let mut cards: Vec<String> = kinds::named(&plain(word)).map(kinds::card).collect();
    let is_kind = !cards.is_empty();
    let found = if is_kind { Vec::new() } else { found(word) };
    // Who names a code means the code.
    let is_code = matches!(found.as_slice(), [code] if is_named(code, &plain(word)));
    cards.extend(found.into_iter().map(card));
    if !is_code {
        cards.extend(language::about(&plain(word), is_kind, plain));
    }
    if cards.is_empty() {
        return Err(unknown(word));
    }
    say::data(&cards.join(
        "
",
    ))
}

/// Comparable: `Ｐ３０１`, `（P301）` and `p301` are the same.
fn plain(text: &str) -> String {
    fold(text)
        .to_lowercase()
        .chars()
        .filter(|character| character.is_alphanumeric() || *character == '-')
        .collect()
}

/// Whether a code has this id or name.
fn is_named(code: &Code, wanted: &str) -> bool {
    plain(code.id) == wanted || code.name == wanted
}

/// The code of this id or name; else all whose fact is stated in these words.
fn found(word: &str) -> Vec<&'static Code> {
    let wanted = plain(word);
    let codes = codes::all();
    if let Some(code) = codes.iter().copied().find(|code| is_named(code, &wanted)) {
        return vec![code];
    }
    codes
        .into_iter()
        .filter(|code| !wanted.is_empty() && plain(code.states).contains(&wanted))
        .collect()
}

/// That there is no such code, with those that come near or else all.
fn unknown(word: &str) -> Error {
    let list = |codes: &[&Code]| {
        codes
            .iter()
            .map(|code| format!("{} {}：{}", code.id, code.name, code.states))
            .collect::<Vec<_>>()
            .join("\n  ")
    };
    let near = near(&plain(word));
    let hint = if near.is_empty() {
        format!("全部代码：\n  {}", list(&codes::all()))
    } else {
        format!(
            "相近的有：\n  {}\n全部代码请看：xingping explain --all；规则的种类请看：xingping explain kind；方案里能写的各项，写键名或名称，如：xingping explain 名额",
            list(&near)
        )
    };
    Error::Usage(format!(
        "没有“{}”这个问题代码。{hint}",
        say::on_one_line(word)
    ))
}

/// The codes whose id or name comes near to what was typed, nearest first.
fn near(wanted: &str) -> Vec<&'static Code> {
    /// More would be no help.
    const MOST: usize = 5;
    let mut near: Vec<(usize, &Code)> = codes::all()
        .into_iter()
        .filter_map(|code| {
            // One wrong character in an id; a third of them in a name.
            let id = near::distance(&plain(code.id), wanted);
            let name = near::distance(code.name, wanted);
            let is_near = id <= 1 || name * 3 <= code.name.len();
            is_near.then_some((id.min(name), code))
        })
        .collect();
    near.sort_by_key(|(distance, code)| (*distance, code.id));
    near.into_iter().take(MOST).map(|(_, code)| code).collect()
}

/// What becomes of the form and of the exit status.
const fn consequence(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => {
            "有这个问题的评价表（或文件）不计分，其余照常处理；退出状态为1。已被新表取代的旧表上只作“提示”。"
        }
        Severity::Warning => "照常处理，但要有人看一眼；不影响退出状态。",
        Severity::Note => "知道即可；不影响计分和退出状态。",
    }
}

/// The parts of the documentation, each with its heading.
fn parts(code: &Code) -> [(&'static str, &'static str); 5] {
    let explained = &code.explained;
    [
        ("含义", explained.means),
        ("依据", explained.basis),
        ("举例", explained.example),
        ("处理", explained.remedy),
        ("后果", consequence(code.severity)),
    ]
}

/// One code for the terminal.
fn card(code: &Code) -> String {
    let mut card = format!(
        "{} {}（{}）：{}\n",
        code.id,
        code.name,
        code.severity.label(),
        code.states
    );
    for (heading, text) in parts(code) {
        let _ = writeln!(card, "{heading}：{text}");
    }
    card
}

/// All codes as Markdown.
fn page() -> String {
    let codes = codes::all();
    let of = |letter| codes.iter().filter(move |code| code.id.starts_with(letter));
    let mut page = HEAD.to_owned();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let (label, text) = (severity.label(), consequence(severity));
        let _ = writeln!(page, "- **{label}**：{text}");
    }
    page.push_str(CORRECTING);
    page.push_str("## 一览\n\n| 代码 | 级别 | 问题 | 英文名 |\n|---|---|---|---|\n");
    for (letter, family, _) in FAMILIES {
        let _ = writeln!(page, "| **{letter}** | | **{family}** | |");
        for code in of(letter) {
            let _ = writeln!(
                page,
                "| [{}](#{}) | {} | {} | `{}` |",
                code.id,
                anchor(&heading(code)),
                code.severity.label(),
                code.states,
                code.name
            );
        }
    }
    for (letter, family, about) in FAMILIES {
        let _ = write!(page, "\n## {letter} {family}\n\n{about}\n");
        for code in of(letter) {
            let _ = write!(
                page,
                "\n### {}\n\n{} · `{}`\n\n",
                heading(code),
                code.severity.label(),
                code.name
            );
            for (heading, text) in parts(code) {
                let _ = writeln!(page, "- **{heading}**：{}", escaped(text));
            }
        }
    }
    page
}

/// The heading of a code's section.
fn heading(code: &Code) -> String {
    format!("{} {}", code.id, code.states)
}

/// What a heading is linked by, as GitHub and the usual viewers make it.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            character if character.is_alphanumeric() => Some(character),
            _ => None,
        })
        .collect()
}

/// What Markdown would take for its own marks stays as it is written.
fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let is_mark = matches!(character, '*' | '`' | '<' | '[' | '~' | '|');
            is_mark.then_some('\\').into_iter().chain([character])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{FAMILIES, found, near};
    use crate::codes;

    #[test]
    fn every_code_belongs_to_a_family_of_the_page() {
        for code in codes::all() {
            let letter = code.id.chars().next();
            assert!(
                FAMILIES.iter().any(|family| Some(family.0) == letter),
                "{}: name its family in FAMILIES",
                code.id
            );
        }
    }

    #[test]
    fn a_code_is_found_by_id_by_name_and_by_the_words_of_its_fact() {
        let names =
            |word: &str| -> Vec<&str> { found(word).iter().map(|code| code.name).collect() };
        for word in [
            "P301",
            "p301",
            "（P301）",
            "Ｐ３０１",
            "over-cap",
            "超过上限",
        ] {
            assert_eq!(names(word), ["over-cap"], "{word}");
        }
        assert_eq!(
            names("评价日期不在"),
            ["outside-stage"],
            "the words of one fact"
        );
        assert!(names("评价日期").len() > 2, "all that speak of it");
        assert!(names("").is_empty() && names("，").is_empty() && names("X999").is_empty());
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_neighbours() {
        let names = |word| -> Vec<&str> { near(word).iter().map(|code| code.name).collect() };
        assert_eq!(names("over-cpa"), ["over-cap"]);
        assert!(names("p309").contains(&"over-cap"));
        assert!(names("x999").is_empty() && names("").is_empty());
    }
}
