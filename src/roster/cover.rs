//! 评价分工: who is to review whom, before any form has come.

use super::{Reviewer, Roster};

/// What the lists make of who reviews whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// By listed reviewer: the societies (indices) to review.
    pub of_reviewer: Vec<Vec<usize>>,
    /// By listed reviewer: the societies of their group that they must not review.
    pub recused: Vec<Vec<usize>>,
    /// Societies that are due and that nobody reviews.
    pub nobodys: Vec<usize>,
}

impl Roster {
    /// Who reviews whom by the lists; without a list of reviewers nobody is named.
    #[must_use]
    pub fn cover(&self) -> Cover {
        let mut cover = Cover {
            of_reviewer: vec![Vec::new(); self.reviewers.len()],
            recused: vec![Vec::new(); self.reviewers.len()],
            nobodys: Vec::new(),
        };
        if self.reviewers.is_empty() {
            return cover;
        }
        for (society, one) in self.societies.iter().enumerate() {
            let mut due = self.due(society).peekable();
            if one.is_due() && due.peek().is_none() {
                cover.nobodys.push(society);
            }
            for (reviewer, _) in due {
                cover.of_reviewer[reviewer].push(society);
            }
            let is_recused = |reviewer: &Reviewer| {
                one.is_due()
                    && reviewer.group == Some(one.group)
                    && self.must_recuse(reviewer, society)
            };
            for (reviewer, person) in self.reviewers.iter().enumerate() {
                if is_recused(person) {
                    cover.recused[reviewer].push(society);
                }
            }
        }
        cover
    }
}
