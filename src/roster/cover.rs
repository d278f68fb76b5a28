//! 评价分工: who is to review whom, before any form has come.

use super::{Reviewer, Roster};
use crate::model::{Keyed, ReviewerId, SocietyId};

/// What the lists make of who reviews whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// By listed reviewer: the societies (indices) to review.
    pub of_reviewer: Keyed<ReviewerId, Vec<SocietyId>>,
    /// By listed reviewer: the societies of their group that they must not review.
    pub recused: Keyed<ReviewerId, Vec<SocietyId>>,
    /// Societies that are due and that nobody reviews.
    pub nobodys: Vec<SocietyId>,
}

impl Roster {
    /// Who reviews whom by the lists; without a list of reviewers nobody is named.
    #[must_use]
    pub fn cover(&self) -> Cover {
        let mut cover = Cover {
            of_reviewer: Keyed::of(Vec::new(), self.reviewers.len()),
            recused: Keyed::of(Vec::new(), self.reviewers.len()),
            nobodys: Vec::new(),
        };
        if self.reviewers.is_empty() {
            return cover;
        }
        for (society, one) in self.societies.entries() {
            let mut due = self.due(society).peekable();
            if one.is_due() && due.peek().is_none() {
                cover.nobodys.push(society);
            }
            for (reviewer, _) in due {
                cover.of_reviewer[reviewer].push(society);
            }
            let is_recused =
                |reviewer: &Reviewer| one.is_due() && self.must_recuse(reviewer, society);
            for (reviewer, person) in self.reviewers_of(one.group) {
                if is_recused(person) {
                    cover.recused[reviewer].push(society);
                }
            }
        }
        cover
    }
}
