//! The words that both the blank form and the reader use, so that they cannot disagree.

use crate::scheme::{Scheme, Veto};

/// The fields above the table, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// 学会名称, filled in and locked.
    Society,
    /// 对口分组, filled in and locked.
    Group,
    /// 牵头联系单位, filled in and locked.
    Lead,
    /// 评价人.
    Reviewer,
    /// 评价人单位.
    Unit,
    /// 是否中共党员 (办法7.4).
    Member,
    /// 评价日期.
    Date,
    /// 评价方式 (办法3.1).
    Mode,
    /// 有无应回避情形 (办法7.4).
    Recusal,
    /// 联系电话.
    Phone,
    /// 推荐星级 (办法7.5).
    Recommended,
    /// 评价人类别, where reviewers of several classes weigh differently.
    Class,
}

impl Field {
    pub const ALL: [Self; 12] = [
        Self::Society,
        Self::Group,
        Self::Lead,
        Self::Reviewer,
        Self::Unit,
        Self::Member,
        Self::Date,
        Self::Mode,
        Self::Recusal,
        Self::Phone,
        Self::Recommended,
        Self::Class,
    ];

    /// Whether the forms of a scheme have it.
    #[must_use]
    pub fn is_asked(self, scheme: &Scheme) -> bool {
        match self {
            Self::Unit | Self::Mode | Self::Recommended if scheme.own.is_some() => false,
            Self::Group | Self::Lead => scheme.asks.groups,
            Self::Member => scheme.asks.membership,
            Self::Recusal => scheme.asks.recusal,
            Self::Recommended => scheme.has_stars(),
            Self::Class => !scheme.reviewer_classes.is_empty(),
            _ => true,
        }
    }

    /// As printed.
    #[must_use]
    pub fn label(self, scheme: &Scheme) -> String {
        let label = match self {
            Self::Society => return format!("{}名称", scheme.object()),
            Self::Group => "对口分组",
            Self::Lead => "牵头联系单位",
            Self::Reviewer if scheme.own.is_some() => "填报人",
            Self::Reviewer => "评价人",
            Self::Unit => "评价人单位",
            Self::Member => "是否中共党员",
            Self::Date if scheme.own.is_some() => "填报日期",
            Self::Date => "评价日期",
            Self::Mode => "评价方式",
            Self::Recusal => "有无应回避情形",
            Self::Phone => "联系电话",
            Self::Recommended => "推荐星级",
            Self::Class => "评价人类别",
        };
        label.to_owned()
    }

    /// What the form offers in a list; none where it is free text.
    #[must_use]
    pub const fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Member => &["是", "否"],
            Self::Recusal => &["无", "有"],
            Self::Mode => &["现场", "非现场"],
            _ => &[],
        }
    }
}

/// The columns of the table, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// 编号.
    Code,
    /// 一级指标.
    Dimension,
    /// 二级指标.
    Indicator,
    /// 评价要求.
    Requirement,
    /// 加分上限.
    BonusCap,
    /// 减分上限.
    DeductionCap,
    /// 自评加分, locked, hidden unless filled in for the reviewer.
    SelfBonus,
    /// 自评减分, likewise.
    SelfDeduction,
    /// 事项号: the items of a society's own form.
    Item,
    /// 填报事项: what an item asks.
    Asks,
    /// 填报内容: to fill where points are worked out from it.
    Value,
    /// 目标数: to fill where the value is measured against it.
    Target,
    /// 初评加分: to fill.
    Bonus,
    /// 初评减分: to fill.
    Deduction,
    /// 初评得分: a formula.
    Net,
    /// 佐证材料: to fill.
    Evidence,
    /// 评分说明: to fill.
    Remark,
}

impl Column {
    pub const ALL: [Self; 17] = [
        Self::Code,
        Self::Dimension,
        Self::Indicator,
        Self::Requirement,
        Self::BonusCap,
        Self::DeductionCap,
        Self::SelfBonus,
        Self::SelfDeduction,
        Self::Item,
        Self::Asks,
        Self::Value,
        Self::Target,
        Self::Bonus,
        Self::Deduction,
        Self::Net,
        Self::Evidence,
        Self::Remark,
    ];

    /// The columns that the forms of a scheme have, in their order.
    pub fn of(scheme: &Scheme) -> impl Iterator<Item = Self> {
        let (values, targets) = (scheme.has_values(), scheme.has_targets());
        let is_own = scheme.own.is_some();
        Self::ALL.into_iter().filter(move |column| match column {
            Self::Item | Self::Asks => is_own,
            Self::SelfBonus | Self::SelfDeduction => !is_own,
            Self::Value => values || is_own,
            Self::Target => targets,
            _ => true,
        })
    }

    /// Whether a form shows it: not what nothing can stand in.
    #[must_use]
    pub fn is_shown(self, scheme: &Scheme) -> bool {
        match self {
            // Self-assessment is shown to the reviewer only once there is any.
            Self::SelfBonus => scheme.shows_own,
            Self::SelfDeduction => scheme.shows_own && scheme.has_deductions(),
            Self::DeductionCap | Self::Deduction => scheme.has_deductions(),
            // The items take its room.
            Self::Dimension => scheme.has_dimensions() && scheme.own.is_none(),
            _ => true,
        }
    }

    /// As printed; three columns carry the name of the stage the forms belong to (初评).
    #[must_use]
    pub fn label(self, scheme: &Scheme) -> String {
        let stage = scheme.stage_name();
        let label = match self {
            Self::Code => "编号",
            Self::Dimension => "一级指标",
            Self::Indicator if scheme.has_dimensions() => "二级指标",
            Self::Indicator => "指标",
            Self::Requirement => "评价要求",
            Self::BonusCap if scheme.has_deductions() => "加分上限",
            Self::BonusCap => "满分",
            Self::DeductionCap => "减分上限",
            Self::SelfBonus => "自评加分",
            Self::SelfDeduction => "自评减分",
            Self::Item => "事项号",
            Self::Asks => "填报事项",
            Self::Value => "填报内容",
            Self::Target => "目标数",
            Self::Bonus if scheme.has_deductions() => return format!("{stage}加分"),
            Self::Bonus => return format!("{stage}评分"),
            Self::Deduction => return format!("{stage}减分"),
            Self::Net => return format!("{stage}得分"),
            Self::Evidence => "佐证材料",
            Self::Remark if scheme.own.is_some() => "备注",
            Self::Remark => "评分说明",
        };
        label.to_owned()
    }

    /// Without these a table cannot be read.
    pub fn needed(scheme: &Scheme) -> impl Iterator<Item = Self> {
        let is_own = scheme.own.is_some();
        let asked = [
            (Self::Item, is_own),
            (Self::Value, is_own || scheme.has_values()),
            (Self::Target, scheme.has_targets()),
        ];
        let asked = asked.into_iter().filter(|(_, is_asked)| *is_asked);
        [Self::Code, Self::Bonus, Self::Deduction]
            .into_iter()
            .chain(asked.map(|(column, _)| column))
    }
}

/// The words below the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foot {
    /// 总分: in the code column; the sum stands in the net column of its row.
    Total,
    /// 未评项数.
    Unscored,
    /// 星级预览.
    Preview,
    /// 推荐意见.
    Opinion,
    /// 评价人（签字）.
    Signature,
    /// 表单编号（请勿修改）.
    FormId,
    /// 更正件（请勿修改）: which form received earlier this one corrects; on slips only.
    Corrects,
}

impl Foot {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Total => "总分",
            Self::Unscored => "未评项数",
            Self::Preview => "星级预览",
            Self::Opinion => "推荐意见",
            Self::Signature => "评价人（签字）",
            Self::FormId => "表单编号（请勿修改）",
            Self::Corrects => "更正件（请勿修改）",
        }
    }
}

/// The label of a part's subtotal row: `第1部分小计`.
#[must_use]
pub fn subtotal(part: &str) -> String {
    format!("第{part}部分小计")
}

/// The label of a veto below the table, and what may stand beside it.
#[must_use]
pub fn veto(veto: &Veto) -> String {
    format!("一票否决：{}", veto.name)
}

/// What a veto may be answered with.
pub const VETO_CHOICES: [&str; 2] = ["无", "有"];

/// The name of a form's sheet.
#[must_use]
pub fn sheet(scheme: &Scheme) -> &'static str {
    if scheme.own.is_some() {
        OWN_SHEET
    } else {
        SHEET
    }
}

/// The name of the sheet of a society's own form.
pub const OWN_SHEET: &str = "自评表";

/// The name of the form's sheet, and of the defined name that points to the form id.
pub const SHEET: &str = "评价表";
pub const ID_NAME: &str = "表单编号";

/// The name and the title of the sheet before the form in a slip. It is no form, but a file that holds nothing else is
/// a slip that was saved without its form.
pub const GUIDE_SHEET: &str = "退回说明";
#[must_use]
pub fn guide_title(sheet: &str) -> String {
    format!("{sheet}{GUIDE_SHEET}")
}
