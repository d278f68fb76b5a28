//! What a scheme file may say, as its page in the handbook tells it: the page is the one place where sections and keys are
//! explained, and a test holds it to the keys that the reader knows.

use std::fmt::Write as _;

/// `docs/评价方案.md`.
const PAGE: &str = include_str!("../../docs/评价方案.md");

/// A section of the page: its heading, and its lines.
struct Section {
    heading: &'static str,
    lines: Vec<&'static str>,
}

/// A key as a table of the page tells it.
struct Row {
    key: &'static str,
    called: &'static str,
    means: &'static str,
}

/// What the page says of a word, made comparable by `plain`: the section headed so, else every key so named or called.
/// Of a kind only the keys are asked for.
pub(super) fn about(wanted: &str, is_kind: bool, plain: fn(&str) -> String) -> Vec<String> {
    // Each kind is told for itself, and all of them where the word for kinds is typed.
    if wanted.is_empty() || wanted == "kind" {
        return Vec::new();
    }
    let all = sections();
    let headed = |section: &&Section| {
        let words = section
            .heading
            .split(|one: char| !one.is_alphanumeric() && one != '_');
        words.map(plain).any(|word| word == wanted)
    };
    if !is_kind {
        let sections: Vec<String> = all.iter().filter(headed).map(Section::shown).collect();
        if !sections.is_empty() {
            return sections;
        }
    }
    let is_meant = |row: &Row| {
        let called = plain(row.called);
        // One character of a name is in too many.
        plain(row.key) == wanted || (wanted.chars().count() > 1 && called.contains(wanted))
    };
    let rows = all.iter().filter_map(|section| {
        let rows = section.lines.iter().filter_map(|line| row(line));
        let meant: Vec<String> = rows.filter(is_meant).map(|row| row.shown()).collect();
        (!meant.is_empty()).then(|| format!("{}：\n{}", section.heading, meant.concat()))
    });
    rows.collect()
}

fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut is_code = false;
    for line in PAGE.lines() {
        is_code ^= line.starts_with("```");
        match line.strip_prefix("## ") {
            // Behind a sharp inside an example stands a note.
            Some(heading) if !is_code => sections.push(Section {
                heading,
                lines: Vec::new(),
            }),
            _ => {
                if let Some(section) = sections.last_mut() {
                    section.lines.push(line);
                }
            }
        }
    }
    sections
}

/// A row of a table of keys.
fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.strip_prefix("| `")?.strip_suffix(" |")?.split(" | ");
    let (key, called, means) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Row {
        key: key.strip_suffix('`')?,
        called,
        means,
    })
}

impl Row {
    fn shown(&self) -> String {
        format!("  {}（{}）：{}\n", self.key, self.called, bare(self.means))
    }
}

impl Section {
    /// For the terminal: tables as lists, examples set in, no marks.
    fn shown(&self) -> String {
        let mut shown = format!("{}\n", self.heading);
        let mut is_code = false;
        for (at, line) in self.lines.iter().enumerate() {
            let next = self.lines.get(at + 1);
            let is_head = next.is_some_and(|next| next.starts_with("|-"));
            if line.starts_with("```") {
                is_code = !is_code;
            } else if is_code {
                let _ = writeln!(shown, "  {line}");
            } else if let Some(row) = row(line) {
                shown.push_str(&row.shown());
            } else if is_head || line.starts_with("|-") {
                // A table's head says nothing to who reads a list.
            } else if let Some(cells) = line.strip_prefix("| ") {
                let cells = cells.trim_end_matches(" |").replace(" | ", "：");
                let _ = writeln!(shown, "  {}", bare(&cells));
            } else {
                let _ = writeln!(shown, "{}", bare(line));
            }
        }
        format!("{}\n", shown.trim_end())
    }
}

/// Text without the marks of code and weight.
fn bare(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::{about, sections};

    fn said(word: &str, is_kind: bool) -> String {
        about(word, is_kind, str::to_owned).concat()
    }

    #[test]
    fn a_section_is_found_by_its_name_in_both_languages_and_a_key_wherever_it_may_stand() {
        assert_eq!(said("名额", false), said("quotas", false));
        assert!(said("quotas", false).contains("down_to（降到哪一等）"));
        assert!(
            said("quotas", false).contains("  [[quotas]]")
                || said("vetoes", false).contains("  [[quotas]]")
        );
        let percent = said("percent", false);
        for section in [
            "部分 parts",
            "评分行 lines",
            "名额 quotas",
            "评价人类别 reviewer_classes",
        ] {
            assert!(percent.contains(section), "{section}: {percent}");
        }
        assert!(said("权重", false).contains("percent（行权重）"));
        // Of a kind the keys of that name, not the section in which it is explained once more.
        assert!(!said("levels", true).contains("满意率"));
        assert!(said("不存在的", false).is_empty() && said("kind", true).is_empty());
    }

    #[test]
    fn notes_of_an_example_are_no_headings() {
        let all = sections();
        assert!(all.len() > 25);
        assert!(
            all.iter()
                .all(|section| !section.heading.contains("扣完为止"))
        );
    }
}
