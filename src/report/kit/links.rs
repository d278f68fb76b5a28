//! Links from an output to the files that were read: relative, so that the folders can be moved together.

use super::Cell;
use crate::rank::Standings;
use crate::report::kit::names::Originals;

/// UTF-16 units of a link that Excel still opens.
const LONGEST: usize = 2079;

/// Where the files that were read can be opened from the outputs.
pub struct Links {
    base: Option<String>,
    originals: Originals,
}

impl Links {
    #[must_use]
    pub fn of(standings: &Standings<'_>) -> Self {
        let base = standings.link_base.clone();
        let originals = if base.is_some() {
            Originals::of(standings)
        } else {
            Originals::default()
        };
        Self { base, originals }
    }

    /// Where a form or file lies, as a cell: `组1.zip › 中国地质学会.xlsx`. The link leads to what was
    /// received: of something inside an archive or mail, to that.
    #[must_use]
    pub fn cell(&self, file: &str, within: &[String]) -> Cell {
        let link = self
            .base
            .as_deref()
            .zip(self.originals.below(file))
            .and_then(|(base, name)| target(base, name));
        Cell::text(file_text(file, within)).linked(link)
    }

    /// The same, without a link where there are none.
    #[must_use]
    pub fn cell_of(links: Option<&Self>, file: &str, within: &[String]) -> Cell {
        links.map_or_else(
            || Cell::text(file_text(file, within)),
            |links| links.cell(file, within),
        )
    }
}

/// The same in words only.
#[must_use]
pub fn file_text(file: &str, within: &[String]) -> String {
    let path: Vec<&str> = std::iter::once(file)
        .chain(within.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    path.join(" › ")
}

/// The link to `file` below `base`. None for names that no office program surely finds again.
fn target(base: &str, file: &str) -> Option<String> {
    // The writer takes the first for an anchor, office programs the second for a query, the third for a drive.
    if file.is_empty() || file.contains(['#', '?', ':', '\\']) {
        return None;
    }
    let base = base.trim_end_matches('/');
    let path = if base.is_empty() {
        file.to_owned()
    } else {
        format!("{base}/{file}")
    };
    let mut link = String::with_capacity(path.len());
    for character in path.chars() {
        // Chinese characters stand as they are, as Excel writes them.
        match character {
            ' ' => link.push_str("%20"),
            '%' => link.push_str("%25"),
            '"' => link.push_str("%22"),
            '`' => link.push_str("%60"),
            '<' => link.push_str("%3C"),
            '>' => link.push_str("%3E"),
            '[' => link.push_str("%5B"),
            ']' => link.push_str("%5D"),
            '^' => link.push_str("%5E"),
            '{' => link.push_str("%7B"),
            '}' => link.push_str("%7D"),
            other if other.is_control() => return None,
            other => link.push(other),
        }
    }
    (link.encode_utf16().count() <= LONGEST).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::{file_text, target};

    #[test]
    fn links_are_relative_and_escaped() {
        let link = |base: &str, file: &str| target(base, file);
        assert_eq!(
            link("../收件", "第1组/中国地质学会(1) 改.xlsx").as_deref(),
            Some("../收件/第1组/中国地质学会(1)%20改.xlsx")
        );
        assert_eq!(link("..", "50%.xls").as_deref(), Some("../50%25.xls"));
        assert_eq!(link("", "甲.xlsx").as_deref(), Some("甲.xlsx"));
        assert_eq!(link("..", "C#.xlsx"), None);
        assert_eq!(link("..", &"长".repeat(3000)), None);
    }

    #[test]
    fn what_lies_inside_another_file_is_said_with_both() {
        let within = ["内/甲.xlsx".to_owned()];
        assert_eq!(file_text("组1.zip", &within), "组1.zip › 内/甲.xlsx");
    }
}
