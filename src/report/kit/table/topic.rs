//! What a column is about, where that decides whether a paper has it and how it is called there: not every scheme has
//! groups, stars or deductions, and each calls those evaluated in its own way ([`Own`](crate::report::kit::Own)). What is
//! drawn from a table finds its columns by this too, for a number counted by hand draws another column once one is added.

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Those evaluated.
    Object,
    FileOrObject,
    /// The one that a ruling is about.
    RuledObject,
    /// Those that somebody evaluates.
    OwnObjects,
    Group,
    Lead,
    RankInGroup,
    ComputedStars,
    RecommendedStars,
    Stars,
    StarsBefore,
    StarsNow,
    Grade,
    GradeBefore,
    GradeNow,
    Bonus,
    BonusCap,
    BonusCell,
    Deduction,
    DeductionCap,
    DeductionCell,
    /// Whether the reviewer is a member of the party.
    Membership,
    Dimension,
    Indicator,
    /// How many.
    Count,
    Highest,
    Lowest,
    Mean,
    /// What was given of what could be had.
    Rate,
    /// The most that can be had.
    Cap,
    Score,
    Remarks,
}

impl Topic {
    /// What stands above the column where the scheme has nothing to say about it.
    #[must_use]
    pub const fn head(self) -> &'static str {
        match self {
            Self::Object => "学会",
            Self::FileOrObject => "文件或学会",
            Self::RuledObject => "对应学会",
            Self::OwnObjects => "评价的学会",
            Self::Group => "分组",
            Self::Lead => "牵头联系单位",
            Self::RankInGroup => "组内名次",
            Self::ComputedStars => "测算星级",
            Self::RecommendedStars => "推荐星级",
            Self::Stars => "星级",
            Self::StarsBefore => "原星级",
            Self::StarsNow => "现星级",
            Self::Grade => "等次",
            Self::GradeBefore => "原等次",
            Self::GradeNow => "现等次",
            Self::Bonus => "加分",
            Self::BonusCap => "加分上限",
            Self::BonusCell => "加分单元格",
            Self::Deduction => "减分",
            Self::DeductionCap => "减分上限",
            Self::DeductionCell => "减分单元格",
            Self::Membership => "中共党员",
            Self::Dimension => "一级指标",
            Self::Indicator => "二级指标",
            Self::Count => "个数",
            Self::Highest => "最高",
            Self::Lowest => "最低",
            Self::Mean => "平均",
            Self::Rate => "得分率",
            Self::Cap => "上限",
            Self::Score => "得分",
            Self::Remarks => "备注",
        }
    }
}

/// What stands above a column: what it is about, or words that no scheme changes; these may be somebody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head<'h> {
    Topic(Topic),
    Words(&'h str),
}

impl From<Topic> for Head<'_> {
    fn from(topic: Topic) -> Self {
        Self::Topic(topic)
    }
}

impl<'h> From<&'h str> for Head<'h> {
    fn from(words: &'h str) -> Self {
        Self::Words(words)
    }
}

impl<'h> From<&'h String> for Head<'h> {
    fn from(words: &'h String) -> Self {
        Self::Words(words)
    }
}
