//! The columns of the two lists, as far as a scheme has them: the same for who writes a list and who reads it.

use crate::scheme::Scheme;

/// A column of the list of those evaluated, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SocietyColumn {
    Group,
    Lead,
    Name,
    Class,
    Aliases,
    MustTakePart,
    Inspection,
    Criticism,
    Suspension,
    PenaltyUntil,
    Vetoes,
}

impl SocietyColumn {
    /// Those of a scheme's list.
    #[must_use]
    pub fn of(scheme: &Scheme) -> Vec<Self> {
        let asks = scheme.asks;
        [
            (Self::Group, asks.groups),
            (Self::Lead, asks.groups),
            (Self::Name, true),
            (Self::Class, !scheme.classes.is_empty()),
            (Self::Aliases, true),
            (Self::MustTakePart, asks.eligibility),
            (Self::Inspection, asks.eligibility),
            (Self::Criticism, asks.eligibility),
            (Self::Suspension, asks.eligibility),
            (Self::PenaltyUntil, asks.eligibility),
            (Self::Vetoes, !scheme.vetoes.is_empty()),
        ]
        .into_iter()
        .filter_map(|(column, is_there)| is_there.then_some(column))
        .collect()
    }

    /// Without it a list is none.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Group | Self::Lead | Self::Name | Self::Class)
    }

    #[must_use]
    pub fn heading(self, scheme: &Scheme) -> String {
        let heading = match self {
            Self::Name => return format!("{}名称", scheme.object()),
            Self::Group => "组号",
            Self::Lead => "牵头联系单位",
            Self::Class => "类别",
            Self::Aliases => "别名",
            Self::MustTakePart => "原则上必须参评",
            Self::Inspection => "上年度年检结论",
            Self::Criticism => "通报批评",
            Self::Suspension => "停业整顿",
            Self::PenaltyUntil => "处罚期至",
            Self::Vetoes => "一票否决",
        };
        heading.to_owned()
    }
}

/// A column of 评价人名单, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewerColumn {
    Name,
    Unit,
    Group,
    Class,
    Member,
    Conflicts,
    Email,
}

impl ReviewerColumn {
    /// Those of a scheme's list.
    #[must_use]
    pub fn of(scheme: &Scheme) -> Vec<Self> {
        let asks = scheme.asks;
        [
            (Self::Name, true),
            (Self::Unit, true),
            (Self::Group, asks.groups),
            (Self::Class, !scheme.reviewer_classes.is_empty()),
            (Self::Member, asks.membership),
            (Self::Conflicts, asks.recusal),
            (Self::Email, true),
        ]
        .into_iter()
        .filter_map(|(column, is_there)| is_there.then_some(column))
        .collect()
    }

    /// Without it a list is none.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Name | Self::Unit)
    }

    #[must_use]
    pub fn heading(self, scheme: &Scheme) -> String {
        let heading = match self {
            Self::Conflicts => return format!("应回避的{}", scheme.object()),
            Self::Name => "姓名",
            Self::Unit => "单位",
            Self::Group => "组号",
            Self::Class => "类别",
            Self::Member => "是否中共党员",
            Self::Email => "邮箱",
        };
        heading.to_owned()
    }
}
