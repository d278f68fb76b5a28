//! Subtotals and the total: sums of their rows, or what weights and caps make of them.

use rust_xlsxwriter::{Formula, XlsxError};

use super::Page;
use super::filling::Spot;
use super::table::RESULT_DECIMALS;
use crate::form::labels::{Column, Foot};
use crate::model::Exact;
use crate::report::kit::style;
use crate::scheme::Marks;

/// A row of sums: what it is called, what it could come to, and what it comes to.
pub(super) struct Sums<'s> {
    pub label: &'s str,
    pub full: (Exact, Exact),
    pub marks: Marks,
    pub net: Exact,
    /// What the society says of itself, where that is shown.
    pub own: Option<Marks>,
}

impl Page<'_> {
    /// A row of sums: the caps as numbers, bonus and deduction by `formula`, the net as their difference or, where
    /// weights or caps make it another, by `net`.
    pub(super) fn sums(
        &mut self,
        sums: &Sums<'_>,
        formula: impl Fn(&Self, Column) -> String,
        net: Option<String>,
    ) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        let (first, last) = (self.at(Column::Code), self.at(Column::Requirement));
        self.merge(first, last, sums.label, &looks.sum_label)?;
        let caps = [
            (Column::BonusCap, &sums.full.0),
            (Column::DeductionCap, &sums.full.1),
        ];
        for (column, cap) in caps {
            let (at, cap) = (self.at(column), style::number(cap.quotient()));
            self.sheet
                .write_number_with_format(row, at, cap, &looks.cap_sum)?;
        }
        self.own_marks(sums.own.as_ref(), None)?;
        let blank = [
            Column::Item,
            Column::Asks,
            Column::Value,
            Column::Target,
            Column::Evidence,
            Column::Remark,
        ];
        for column in blank {
            if self.columns.contains(&column) {
                let at = self.at(column);
                self.sheet.write_blank(row, at, &looks.sum)?;
            }
        }
        let difference = format!(
            "{}-{}",
            self.cell(row, Column::Bonus),
            self.cell(row, Column::Deduction)
        );
        let is_total = sums.label == Foot::Total.label();
        let is_plain = net.is_none();
        let net = format!("={}", net.unwrap_or(difference));
        for (column, formula, result) in [
            (
                Column::Bonus,
                formula(self, Column::Bonus),
                &sums.marks.bonus,
            ),
            (
                Column::Deduction,
                formula(self, Column::Deduction),
                &sums.marks.deduction,
            ),
            (Column::Net, net, &sums.net),
        ] {
            let at = self.at(column);
            // Where weights or caps come in, a sum of bonuses says nothing.
            if !is_plain && column != Column::Net {
                self.sheet.write_blank(row, at, &looks.sum)?;
                continue;
            }
            let look = if is_total && column == Column::Net {
                self.marked(Spot::Total, at, &looks.sum)?
            } else {
                looks.sum.clone()
            };
            let formula = Formula::new(formula).set_result(result.shown(RESULT_DECIMALS));
            self.sheet
                .write_formula_with_format(row, at, formula, &look)?;
        }
        self.close(18.0)
    }
}
