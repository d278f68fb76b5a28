//! Names from texts that anybody may have written: of sheets and files, allowed everywhere, different from each
//! other, and the same for the same texts.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::style;
use crate::model::first_free;
use crate::model::unseen::{is_invisible, is_unseen};
use crate::rank::Standings;
use crate::report::ORIGINALS;

/// Where nothing is left of a name.
const NAMELESS: &str = "未命名";

/// As systems that take capital and small letters for the same compare names.
fn key(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// Names of the sheets of one workbook: cleaned, cut to 31 UTF-16 units, different from each other.
#[derive(Debug, Default)]
pub struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// A name near `wanted` that no sheet has yet.
    pub fn name(&mut self, wanted: &str) -> String {
        /// UTF-16 units.
        const MOST: usize = 31;
        // An apostrophe may stand within only; it begins and ends the name in formulas.
        let at_the_edge = |character: char| character == '\'' || character.is_whitespace();
        let clean: String = wanted
            .chars()
            .filter(|character| !is_unseen(*character))
            .map(|character| match character {
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
                other => other,
            })
            .collect();
        let clean = style::without_codes(clean.trim_matches(at_the_edge));
        let clean = style::cut(&clean, MOST).trim_end_matches(at_the_edge);
        let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") {
            "表"
        } else {
            clean
        };
        let numbered = |number| match number {
            1 => clean.to_owned(),
            number => {
                let suffix = format!("({number})");
                format!("{}{suffix}", style::cut(clean, MOST - suffix.len()))
            }
        };
        first_free(numbered, |name| self.taken.insert(key(name)))
    }
}

/// A name as a file of any system may have it, short enough for something to be added.
#[must_use]
pub fn file_name(wanted: &str) -> String {
    /// Bytes in UTF-8: with 60 Chinese characters a path still opens in Excel.
    const MOST: usize = 180;
    file_name_within(wanted, MOST)
}

/// The same, of at most so many bytes; a short ending is kept.
fn file_name_within(wanted: &str, most: usize) -> String {
    const LONGEST_ENDING: usize = 8;
    let clean: String = wanted
        .chars()
        .filter(|character| !is_invisible(*character))
        .map(|character| match character {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            other => other,
        })
        .collect();
    // Behind a dot a file hides; behind `~$` it is taken for what Excel leaves.
    let at_the_start =
        |character: char| matches!(character, '.' | '~') || character.is_whitespace();
    let at_the_end = |character: char| character == '.' || character.is_whitespace();
    let clean = clean
        .trim_start_matches(at_the_start)
        .trim_end_matches(at_the_end);
    let clean = if clean.len() > most {
        let (stem, ending) = split(clean);
        let ending = if ending.len() > LONGEST_ENDING {
            ""
        } else {
            ending
        };
        let mut cut = stem.len().min(most - ending.len());
        while !stem.is_char_boundary(cut) {
            cut -= 1;
        }
        format!("{}{ending}", stem[..cut].trim_end_matches(at_the_end))
    } else {
        clean.to_owned()
    };
    if clean.is_empty() {
        NAMELESS.to_owned()
    } else if is_device(&clean) {
        format!("_{clean}")
    } else {
        clean
    }
}

/// A name before and from its last dot.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 => name.split_at(dot),
        _ => (name, ""),
    }
}

/// Names that mean a device on Windows, whatever their ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| {
            let mut characters = number.chars();
            let is_number = |one: char| one.is_ascii_digit() || matches!(one, '¹' | '²' | '³');
            characters.next().is_some_and(is_number) && characters.next().is_none()
        })
    };
    matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) || numbered("COM")
        || numbered("LPT")
}

/// Names of files that lie together: different from each other on any system.
#[derive(Debug, Default)]
pub struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// `name` in `folder`, with a number before its ending where it is taken. Both must be clean.
    pub fn free(&mut self, folder: &str, name: &str) -> String {
        let below = |name: &str| match folder {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        let (stem, ending) = split(name);
        let numbered = |number| match number {
            1 => below(name),
            number => below(&format!("{stem}({number}){ending}")),
        };
        first_free(numbered, |name| self.taken.insert(key(name)))
    }

    /// A path that several files take, each with an ending of its own; a number behind it where it is taken.
    pub fn stem(&mut self, stem: &str) -> String {
        let numbered = |number| match number {
            1 => stem.to_owned(),
            number => format!("{stem}({number})"),
        };
        first_free(numbered, |name| self.taken.insert(key(name)))
    }

    /// Takes the name of a folder and of those above it: no file may have it. Folders may share theirs.
    fn folder(&mut self, folder: &str) {
        for (end, _) in folder.match_indices('/') {
            self.taken.insert(key(&folder[..end]));
        }
        if !folder.is_empty() {
            self.taken.insert(key(folder));
        }
    }
}

/// Where the files received are kept with the outputs: named by their place, but as every system allows.
#[derive(Debug, Default)]
pub struct Originals {
    names: BTreeMap<String, String>,
}

impl Originals {
    /// Of everything that was read.
    #[must_use]
    pub fn of(standings: &Standings<'_>) -> Self {
        let read = standings
            .files
            .iter()
            .filter(|file| !file.sha256.is_empty());
        Self::named(read.map(|file| file.file.as_str()))
    }

    fn named<'f>(files: impl Iterator<Item = &'f str>) -> Self {
        /// Bytes of one part of a path; a number still fits.
        const MOST: usize = 240;
        let files: BTreeSet<&str> = files.collect();
        let mut clean: Vec<(bool, &str, Vec<String>)> = files
            .into_iter()
            .map(|file| {
                let parts: Vec<String> = file
                    .split('/')
                    .map(|part| file_name_within(part, MOST))
                    .collect();
                (parts.join("/") != file, file, parts)
            })
            .collect();
        // A name that can stay as it is comes before one that becomes like it.
        clean.sort();
        let mut taken = FileNames::default();
        for (_, _, parts) in &clean {
            taken.folder(&parts[..parts.len() - 1].join("/"));
        }
        let names = clean.into_iter().map(|(_, file, mut parts)| {
            let name = parts.pop().unwrap_or_default();
            let kept = taken.free(&parts.join("/"), &name);
            (file.to_owned(), kept)
        });
        Self {
            names: names.collect(),
        }
    }

    /// Where a file is kept, below the folder of originals; none if it was not read.
    #[must_use]
    pub fn below(&self, file: &str) -> Option<&str> {
        self.names.get(file).map(String::as_str)
    }

    /// The same, below the output folder.
    #[must_use]
    pub fn path(&self, file: &str) -> Option<String> {
        self.below(file).map(|name| format!("{ORIGINALS}/{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{FileNames, Originals, SheetNames, file_name};

    #[test]
    fn sheet_names_are_clean_short_and_different() {
        let mut names = SheetNames::default();
        assert_eq!(names.name("a/b:c"), "a_b_c");
        assert_eq!(names.name("A_B_C"), "A_B_C(2)");
        assert_eq!(names.name("'"), "表");
        assert_eq!(names.name("\u{0}\u{fffe}"), "表(2)");
        assert_eq!(names.name("' 'a' "), "a");
        assert_eq!(names.name("history"), "表(3)");
        let long = "学".repeat(40);
        assert_eq!(names.name(&long).chars().count(), 31);
        assert_eq!(names.name(&long).encode_utf16().count(), 31);
        // The cut must not bare an apostrophe, nor halve a character.
        let cut = format!("{}'会会", "国".repeat(30));
        assert_eq!(names.name(&cut), "国".repeat(30));
        let wide = "\u{20000}".repeat(20);
        assert_eq!(names.name(&wide).encode_utf16().count(), 30);
    }

    #[test]
    fn file_names_are_safe_everywhere() {
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name("con.xlsx"), "_con.xlsx");
        assert_eq!(file_name("aux .txt"), "_aux .txt");
        assert_eq!(file_name("COM¹"), "_COM¹");
        assert_eq!(file_name("COMPANY"), "COMPANY");
        assert_eq!(file_name("第1组-中国\u{202e}地质. "), "第1组-中国地质");
        assert_eq!(file_name(""), "未命名");
        assert_eq!(file_name(". ."), "未命名");
        assert_eq!(file_name(" .~$表"), "$表");
        let long = file_name(&format!("{}.xlsx", "长".repeat(100)));
        assert!(long.ends_with("长.xlsx") && long.len() <= 180, "{long}");
    }

    #[test]
    fn files_that_lie_together_are_told_apart() {
        let mut names = FileNames::default();
        assert_eq!(names.free("g", "A.xlsx"), "g/A.xlsx");
        assert_eq!(names.free("g", "a.XLSX"), "g/a(2).XLSX");
        assert_eq!(names.free("h", "a.xlsx"), "h/a.xlsx");
    }

    #[test]
    fn originals_keep_their_names_where_every_system_allows_them() {
        let files = [
            "第1组/中国地质学会.xlsx",
            "第1组/a_b.xls",
            "第1组/a:b.xls",
            "第1组/A_B.xls",
            "aux/1.csv",
            "表",
            "表/甲.csv",
        ];
        let originals = Originals::named(files.into_iter());
        let kept: Vec<&str> = files
            .iter()
            .map(|file| originals.below(file).expect("kept"))
            .collect();
        assert_eq!(
            kept,
            [
                "第1组/中国地质学会.xlsx",
                "第1组/a_b(2).xls",
                "第1组/a_b(3).xls",
                "第1组/A_B.xls",
                "_aux/1.csv",
                "表(2)",
                "表/甲.csv",
            ]
        );
        assert_eq!(originals.path("表").as_deref(), Some("原件/表(2)"));
        assert_eq!(originals.below("别的"), None);
        let again = Originals::named(files.into_iter().rev());
        assert!(
            files
                .iter()
                .all(|file| again.below(file) == originals.below(file))
        );
    }
}
