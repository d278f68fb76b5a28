//! What a scheme does not have is on none of its papers: columns of groups, stars, deductions or membership go, and
//! those evaluated are called as the scheme calls them.

use super::{Table, Topic};
use crate::scheme::Scheme;

/// What the tables of a scheme keep.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // what a scheme has, each for itself
pub struct Own {
    /// What those evaluated are called.
    object: String,
    has_groups: bool,
    has_stars: bool,
    has_grades: bool,
    has_deductions: bool,
    has_membership: bool,
    has_dimensions: bool,
}

impl Own {
    #[must_use]
    pub fn of(scheme: &Scheme) -> Self {
        Self {
            object: scheme.object().to_owned(),
            has_groups: scheme.asks.groups,
            has_stars: scheme.has_stars(),
            // Stars have the names of their bands beside them.
            has_grades: scheme.has_stars() || !scheme.grades.is_empty(),
            has_deductions: scheme.has_deductions(),
            has_membership: scheme.asks.membership,
            has_dimensions: scheme.has_dimensions(),
        }
    }

    /// The table with nothing in it that the scheme does not have.
    #[must_use]
    pub fn table(&self, mut table: Table) -> Table {
        self.narrow(&mut table);
        table
    }

    /// The same in place. Gives the columns that it took away, for rows that come later.
    pub fn narrow(&self, table: &mut Table) -> Vec<usize> {
        let mut gone = Vec::new();
        for (at, column) in table.columns.iter_mut().enumerate() {
            // A head without a topic may be somebody's name.
            let Some(topic) = column.topic else { continue };
            match self.head(topic) {
                Some(head) => column.head = head,
                None => gone.push(at),
            }
        }
        table.remove(&gone);
        gone
    }

    /// How the scheme calls a column; nothing where it has none such. Notes and texts may hold names: they are made with
    /// the scheme's word in the first place.
    fn head(&self, topic: Topic) -> Option<String> {
        let head = match topic {
            Topic::Object | Topic::FileOrObject | Topic::RuledObject | Topic::OwnObjects => {
                return Some(topic.head().replace(Topic::Object.head(), &self.object));
            }
            Topic::Group | Topic::Lead => self.has_groups.then_some(topic.head())?,
            Topic::RankInGroup if !self.has_groups => "名次",
            Topic::ComputedStars
            | Topic::RecommendedStars
            | Topic::Stars
            | Topic::StarsBefore
            | Topic::StarsNow => self.has_stars.then_some(topic.head())?,
            Topic::Grade | Topic::GradeBefore | Topic::GradeNow => {
                self.has_grades.then_some(topic.head())?
            }
            Topic::Deduction | Topic::DeductionCap | Topic::DeductionCell => {
                self.has_deductions.then_some(topic.head())?
            }
            // Where nothing is deducted, points are not called added.
            Topic::Bonus if !self.has_deductions => "得分",
            Topic::BonusCap if !self.has_deductions => "满分",
            Topic::BonusCell if !self.has_deductions => "单元格",
            Topic::Membership => self.has_membership.then_some(topic.head())?,
            Topic::Dimension => self.has_dimensions.then_some(topic.head())?,
            Topic::Indicator if !self.has_dimensions => "指标",
            Topic::RankInGroup
            | Topic::Bonus
            | Topic::BonusCap
            | Topic::BonusCell
            | Topic::Indicator
            | Topic::Count
            | Topic::Highest
            | Topic::Lowest
            | Topic::Mean
            | Topic::Rate
            | Topic::Cap
            | Topic::Score
            | Topic::Remarks => topic.head(),
        };
        Some(head.to_owned())
    }
}
