//! What a cell of the form is for, wherever it stands.

use super::labels::Field;
use crate::model::LineId;

/// A cell of the form by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Field(Field),
    BonusCap(LineId),
    DeductionCap(LineId),
    Bonus(LineId),
    Deduction(LineId),
    /// 填报内容 of a line.
    Value(LineId),
    /// 目标数 of a line.
    Target(LineId),
    /// 填报内容 of an item (an index) of a society's own form.
    Item(usize),
    /// The answer to a veto (an index).
    Veto(usize),
    Remark(LineId),
    Total,
}
