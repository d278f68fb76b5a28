//! 表上问什么: what forms ask and papers show, and only where the scheme has it. An office without stars meets no
//! star, one without groups no group.

use crate::model::LineId;
use serde::Serialize;

use super::{Line, Scheme};

/// What a form asks beside the points, and a run checks; all of it where the scheme does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(clippy::struct_excessive_bools)] // independent questions, each asked or not
pub struct Asks {
    /// 是否中共党员 (2018: 办法7.4).
    pub membership: bool,
    /// 有无应回避情形 (2018: 办法7.4).
    pub recusal: bool,
    /// 对口分组, each with a lead (2018: 附件3).
    pub groups: bool,
    /// Who takes part and who is not accepted (2018: 办法2.2, 7.2).
    pub eligibility: bool,
}

impl Default for Asks {
    fn default() -> Self {
        Self {
            membership: true,
            recusal: true,
            groups: true,
            eligibility: true,
        }
    }
}

impl Asks {
    /// Whether nothing is left out.
    #[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
    pub(super) fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

impl Scheme {
    /// Whether there are stars; otherwise grades stand on the total itself, or there are none.
    #[must_use]
    pub fn has_stars(&self) -> bool {
        !self.stars.unseen
    }

    /// Whether anything is deducted in any line.
    #[must_use]
    pub fn has_deductions(&self) -> bool {
        self.lines.iter().any(|line| line.deduction.is_open())
    }

    /// Whether any line asks for a value in the place of points.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.lines.iter().any(|line| line.value.is_some())
    }

    /// Whether any line asks for a target beside its value.
    #[must_use]
    pub fn has_targets(&self) -> bool {
        self.lines.iter().any(Line::asks_target)
    }

    /// Whether there are parts, or lines stand under nothing but the scheme.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        self.parts.iter().any(|part| !part.id.is_empty())
    }

    /// Whether there are dimensions between parts and lines.
    #[must_use]
    pub fn has_dimensions(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.is_written)
    }

    /// What the evaluated are called where they are listed: `学会`, whose party organisation is the subject; else the
    /// subject itself.
    #[must_use]
    pub fn object(&self) -> &str {
        self.subject
            .strip_suffix(&self.subject_suffix)
            .filter(|object| !object.is_empty())
            .unwrap_or(&self.subject)
    }

    /// Whether societies are evaluated, and nothing else.
    #[must_use]
    pub fn is_about_societies(&self) -> bool {
        self.object() == "学会"
    }

    /// What the list of the evaluated is called: `学会名单`.
    #[must_use]
    pub fn list_name(&self) -> String {
        format!("{}名单", self.object())
    }

    /// Whether the total is nothing but the sum of all lines.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let is_plain =
            |index: usize| self.part_adds_up(index) && self.parts[index].percent.is_none();
        (0..self.parts.len()).all(is_plain) && self.total_at_most.is_none()
    }

    /// Whether what a part (an index) comes to is nothing but the sum of its lines.
    #[must_use]
    pub fn part_adds_up(&self, part: usize) -> bool {
        let mut lines = self.lines_of(part);
        let mut dimensions = self.dimensions.iter().filter(|one| one.part == part);
        let mut groups = self.caps.iter().flat_map(|cap| &cap.lines);
        self.parts[part].at_most.is_none()
            && lines.all(|(_, line)| line.percent.is_none())
            && dimensions.all(|dimension| dimension.at_most.is_none())
            && groups.all(|line| self.lines[*line].part != part)
    }

    /// Whether a line is one of the class of objects (an index); without classes every line is.
    #[must_use]
    pub fn is_line_of(line: &Line, class: Option<usize>) -> bool {
        line.class.is_none() || line.class == class
    }

    /// Whether another part ends right above a line.
    #[must_use]
    pub fn begins_part(&self, line: LineId) -> bool {
        let above = line.place().checked_sub(1).map(LineId::at);
        above.is_some_and(|above| self.lines[above].part != self.lines[line].part)
    }

    /// The lines of one class of objects.
    pub fn lines_of_class(&self, class: Option<usize>) -> impl Iterator<Item = (LineId, &Line)> {
        let lines = self.lines.entries();
        lines.filter(move |(_, line)| Self::is_line_of(line, class))
    }
}
