//! What a cell of the form is for, wherever it stands.

use super::labels::Field;

/// A cell of the form by what it is for. Lines are indices of the scheme's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Field(Field),
    BonusCap(usize),
    DeductionCap(usize),
    Bonus(usize),
    Deduction(usize),
    /// 填报内容 of a line.
    Value(usize),
    /// 目标数 of a line.
    Target(usize),
    /// 填报内容 of an item (an index) of a society's own form.
    Item(usize),
    /// The answer to a veto (an index).
    Veto(usize),
    Remark(usize),
    Total,
}
