//! Commands as people type them: in Chinese, in capitals, nearly right. What is understood stands in the definition;
//! here is what a word may have been meant for, where it is none.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Command, CommandFactory};

use super::args::Args;
use crate::error::Error;
use crate::model::near::distance;

/// Words that no command bears alone, and what they may mean.
const SEVERAL: &[(&str, &str)] = &[
    (
        "导出",
        "导出数据在汇总时加 --export 目录；导出星级台账用 xingping register export；导出指标体系用 xingping scheme show -o 文件",
    ),
    ("归档", "汇总时加 --archive，收到的原件就一并存入输出目录"),
    ("定稿", "汇总时加 --final，没有未了事项的就出正式稿"),
    ("正式稿", "汇总时加 --final，没有未了事项的就出正式稿"),
];

/// What asks for help in the place of a command.
const HELP: [&str; 2] = ["help", "帮助"];

pub fn is_help(word: &OsStr) -> bool {
    HELP.iter().any(|known| word == *known)
}

/// Refuses a word in the place of the command that is no path and nearly a command: it would only be said not to be
/// there, or its options not to be known.
///
/// # Errors
/// Such a word, with what may have been meant.
pub fn mistyped(word: &Path) -> Result<(), Error> {
    if word.exists() {
        return Ok(());
    }
    let word = word.to_string_lossy();
    let Some(hint) = hint(&Args::command(), &word) else {
        return Ok(());
    };
    Err(Error::Usage(format!(
        "没有“{word}”这个文件或文件夹，也没有这个命令{hint}"
    )))
}

/// The same for the words of a command line that could not be read.
pub fn first_mistyped(arguments: &[OsString]) -> Option<Error> {
    let word = arguments.get(1)?;
    let written = word.to_string_lossy();
    if written.starts_with('-') || names_one(&Args::command(), &written) {
        return None;
    }
    mistyped(Path::new(word)).err()
}

/// What a word may have been meant for behind the command that has such below it.
pub fn hint_below(arguments: &[OsString], word: &str) -> Option<String> {
    hint(&above(arguments)?, word)
}

/// The commands below the one that was typed: `check（检查）、show（显示）`.
pub fn all_below(arguments: &[OsString]) -> Option<String> {
    let above = above(arguments)?;
    let all: Vec<String> = above.get_subcommands().map(shown).collect();
    Some(all.join("、"))
}

/// The command on a command line that has others below it.
fn above(arguments: &[OsString]) -> Option<Command> {
    let root = Args::command();
    let mut words = arguments.iter().skip(1);
    let found = words.find_map(|word| root.find_subcommand(word));
    found.filter(|one| one.has_subcommands()).cloned()
}

fn names_one(command: &Command, word: &str) -> bool {
    command.find_subcommand(word).is_some()
}

/// A question or an advice about a word, to stand behind what is said of it.
fn hint(command: &Command, word: &str) -> Option<String> {
    let told = SEVERAL.iter().find(|(known, _)| *known == word);
    if let Some((_, advice)) = told.filter(|_| command.get_name() == Args::command().get_name()) {
        return Some(format!("。{advice}。"));
    }
    let near = nearest(command, word);
    let said: Vec<String> = near.into_iter().map(shown).collect();
    (!said.is_empty()).then(|| format!("，是不是想写{}？", said.join("或")))
}

/// The commands nearest to a word, where any is near.
fn nearest<'c>(command: &'c Command, word: &str) -> Vec<&'c Command> {
    let word = word.trim().to_lowercase();
    let near = |one: &Command| {
        let names = std::iter::once(one.get_name()).chain(one.get_all_aliases());
        names.filter_map(|name| nearness(name, &word)).min()
    };
    let all = command.get_subcommands().filter(|one| !one.is_hide_set());
    let all: Vec<(usize, &Command)> = all.filter_map(|one| Some((near(one)?, one))).collect();
    let least = all.iter().map(|(distance, _)| *distance).min();
    all.into_iter()
        .filter(|(distance, _)| Some(*distance) == least)
        .map(|(_, one)| one)
        .collect()
}

/// How far a word is from a name; none where it is another word.
fn nearness(name: &str, word: &str) -> Option<usize> {
    /// Letters of a name that may be wrong, and characters that may be too many about a name in Chinese.
    const SLIPS: usize = 2;
    let length = |text: &str| text.chars().count();
    let apart = distance(name, word);
    if name.is_ascii() {
        return (apart <= SLIPS && apart < length(word)).then_some(apart);
    }
    // One character of two is another, or it stands in a longer word: 抽察, 抽查名单.
    let is_slip = apart < length(name).min(length(word)) && apart < SLIPS;
    let is_within = word.contains(name) && length(word) <= length(name) + SLIPS;
    (is_slip || is_within).then_some(apart.min(1))
}

/// A command as it is typed, with its name in Chinese: `“check”（检查）`.
fn shown(command: &Command) -> String {
    let name = command.get_name();
    let chinese = command.get_all_aliases().find(|alias| !alias.is_ascii());
    chinese.map_or_else(
        || format!("“{name}”"),
        |chinese| format!("“{name}”（{chinese}）"),
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Args, hint};

    #[test]
    fn every_command_has_a_name_in_chinese() {
        let root = Args::command();
        let below = root
            .get_subcommands()
            .flat_map(clap::Command::get_subcommands);
        for command in root.get_subcommands().chain(below) {
            if command.is_hide_set() {
                continue;
            }
            let mut aliases = command.get_all_aliases();
            assert!(
                aliases.any(|alias| !alias.is_ascii()),
                "{}",
                command.get_name()
            );
        }
    }

    #[test]
    fn a_word_that_is_near_is_asked_about() {
        let root = Args::command();
        let asked = |word| hint(&root, word).unwrap_or_default();
        for (word, command) in [
            ("chekc", "“check”"),
            ("CHECK", "“check”"),
            ("抽察", "“spot-check”（抽查）"),
            ("抽查名单", "“spot-check”（抽查）"),
            ("审义", "“deliberate”（审议）"),
            ("公告", "“publish”（公示）"),
            ("导出", "--export"),
        ] {
            assert!(asked(word).contains(command), "{word}: {}", asked(word));
        }
        // Near several: all of them are said.
        let several = asked("审核");
        assert!(
            several.contains("deliberate") && several.contains("decide"),
            "{several}"
        );
        for word in ["收件", "没有的文件夹", "2018年汇总用的收件", "x"] {
            assert_eq!(hint(&root, word), None, "{word}");
        }
        let register = root.find_subcommand("登记").expect("it is known");
        assert!(hint(register, "导出").is_some_and(|said| said.contains("export")));
    }
}
