//! What can be had and lost in all. Where objects have classes, each class for itself: nobody has the lines of two.

use super::{Figures, Scheme};
use crate::model::{Exact, LineId, Points};

impl Scheme {
    /// Every class of objects (an index); where there are none, the one that all belong to.
    #[must_use]
    pub fn all_classes(&self) -> Vec<Option<usize>> {
        if self.classes.is_empty() {
            return vec![None];
        }
        (0..self.classes.len()).map(Some).collect()
    }

    /// Something that may differ from class to class: once, of no class, where it is the same of all.
    #[must_use]
    pub fn by_class<T: PartialEq>(
        &self,
        of: impl Fn(Option<usize>) -> T,
    ) -> Vec<(Option<usize>, T)> {
        let classes = self.all_classes();
        let mut all: Vec<(Option<usize>, T)> = classes
            .into_iter()
            .map(|class| (class, of(class)))
            .collect();
        if all.windows(2).all(|pair| pair[0].1 == pair[1].1) {
            all.truncate(1);
            if let Some((class, _)) = all.first_mut() {
                *class = None;
            }
        }
        all
    }

    /// 满分: what every line at its cap comes to, of classes of objects the highest.
    #[must_use]
    pub fn full_bonus(&self) -> Points {
        let classes = self.all_classes().into_iter();
        let full = classes.map(|class| self.full_bonus_of(class));
        full.max().unwrap_or_default()
    }

    /// The same of one class.
    #[must_use]
    pub fn full_bonus_of(&self, class: Option<usize>) -> Points {
        Figures::full(self, class).total.rounded(self.precision)
    }

    /// What can be taken, of classes of objects the most.
    #[must_use]
    pub fn full_deduction(&self) -> Points {
        let classes = self.all_classes().into_iter();
        let full = classes.map(|class| self.full_deduction_of(class));
        full.max().unwrap_or_default()
    }

    /// The same of one class.
    #[must_use]
    pub fn full_deduction_of(&self, class: Option<usize>) -> Points {
        let parts = 0..self.parts.len();
        parts.map(|part| self.caps_of_part(part, class).1).sum()
    }

    /// What a part (an index) comes to where every line of a class is at its cap.
    #[must_use]
    pub fn full_part(&self, part: usize, class: Option<usize>) -> Exact {
        let mut parts = Figures::full(self, class).parts;
        parts.swap_remove(part)
    }

    /// What the caps of a class's lines in a part (an index) add up to: what they give, what they take.
    #[must_use]
    pub fn caps_of_part(&self, part: usize, class: Option<usize>) -> (Points, Points) {
        let own = |line: &LineId| Self::is_line_of(&self.lines[*line], class);
        let lines = self.lines_of(part).map(|(line, _)| line).filter(own);
        let caps = lines.map(|line| &self.lines[line]);
        caps.fold((Points::ZERO, Points::ZERO), |(given, taken), line| {
            (given + line.bonus.cap, taken + line.deduction.cap)
        })
    }

    /// The classes whose lines a dimension (an index) holds; where all share them, no class.
    #[must_use]
    pub fn classes_in(&self, dimension: usize) -> Vec<Option<usize>> {
        let lines = || self.lines.iter().filter(|line| line.dimension == dimension);
        if lines().all(|line| line.class.is_none()) {
            return vec![None];
        }
        let mut classes = self.all_classes();
        classes.retain(|class| lines().any(|line| Self::is_line_of(line, *class)));
        classes
    }
}
