//! 自评加分 and 自评减分 on a reviewer's form: what the society says of itself, for the reviewer to look at.

use rust_xlsxwriter::XlsxError;

use super::Page;
use crate::form::labels::Column;
use crate::model::LineId;
use crate::report::kit::style;
use crate::scheme::{Line, Marks};

impl Page<'_> {
    /// 自评加分 and 自评减分 in the current row, as far as the society says anything of itself; of a line only where
    /// anything can be given.
    pub(super) fn own_marks(
        &mut self,
        marks: Option<&Marks>,
        line: Option<&Line>,
    ) -> Result<(), XlsxError> {
        let (row, looks) = (self.row(), self.looks);
        let look = if line.is_some() {
            &looks.cap
        } else {
            &looks.sum
        };
        let sides = line.map(|line| (line.bonus.is_open(), line.deduction.is_open()));
        let (gives, takes) = sides.unwrap_or((true, true));
        for (column, points, is_open) in [
            (Column::SelfBonus, marks.map(|marks| &marks.bonus), gives),
            (
                Column::SelfDeduction,
                marks.map(|marks| &marks.deduction),
                takes,
            ),
        ] {
            if !self.columns.contains(&column) {
                continue;
            }
            let at = self.at(column);
            match points.filter(|_| is_open) {
                Some(points) => self.sheet.write_number_with_format(
                    row,
                    at,
                    style::number(points.quotient()),
                    look,
                )?,
                None => self.sheet.write_blank(row, at, look)?,
            };
        }
        Ok(())
    }

    /// What the society says of itself in these lines.
    pub(super) fn own_sum(&self, lines: &[LineId]) -> Option<Marks> {
        let own: Option<Vec<&Marks>> = lines.iter().map(|line| self.own?.get(*line)).collect();
        let own = own?;
        Some(Marks {
            bonus: own.iter().map(|marks| marks.bonus.clone()).sum(),
            deduction: own.iter().map(|marks| marks.deduction.clone()).sum(),
        })
    }
}
