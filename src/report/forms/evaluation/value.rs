//! 填报内容 and 目标数: what points are worked out from, and the points beside it as a live formula.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, XlsxError};

use super::Page;
use super::filling::{FilledLine, Spot};
use super::table::{RESULT_DECIMALS, clipped};
use crate::form::labels::Column;
use crate::model::LineId;
use crate::scheme::{Ask, Line, Value};

impl Page<'_> {
    /// A cell for what points are worked out from, one for its target where that is asked for, and the points as a
    /// live formula.
    pub(super) fn value(
        &mut self,
        index: LineId,
        line: &Line,
        value: &Value,
        filled: &FilledLine,
    ) -> Result<(), XlsxError> {
        let (row, looks) = (self.row(), self.looks);
        let at = self.at(Column::Value);
        self.put(Spot::Value(index), (at, at), &filled.value, &looks.value)?;
        let asks = value.ask();
        let validation = DataValidation::new();
        let validation = match &asks {
            // A list longer than a sheet allows is left out; the name is then typed by hand.
            Ask::Level(names) => match validation.allow_list_strings(names) {
                Ok(validation) => validation,
                Err(_) => DataValidation::new(),
            },
            Ask::Count => {
                validation.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
            }
            // Any number; words are none.
            Ask::Number(_) if value.may_be_negative() => {
                validation.allow_decimal_number(DataValidationRule::Between(-1e9, 1e9))
            }
            Ask::Number(_) | Ask::Done => {
                validation.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            }
        };
        let validation = validation
            .set_input_title(clipped(format!("请填{}", value_title(&asks))))?
            .set_input_message(clipped(format!(
                "{}。{}。",
                value.asks_one(),
                value.in_words()
            )))?
            .set_error_title("填报内容不在范围内")?
            .set_error_message(clipped(format!("此格应填{}。", value.asks_one())))?;
        self.sheet
            .add_data_validation(row, at, row, at, &validation)?;
        if self.columns.contains(&Column::Target) {
            let at = self.at(Column::Target);
            if value.asks_target() {
                self.put(Spot::Target(index), (at, at), &filled.target, &looks.value)?;
                let validation = DataValidation::new()
                    .allow_decimal_number(DataValidationRule::GreaterThan(0.0))
                    .set_input_title("请填目标数")?
                    .set_input_message("下达的目标数，大于0。")?
                    .set_error_title("目标数不在范围内")?
                    .set_error_message("目标数须大于0。")?;
                self.sheet
                    .add_data_validation(row, at, row, at, &validation)?;
            } else {
                self.sheet.write_blank(row, at, &looks.closed)?;
            }
        }
        let target = self.cell(row, Column::Target);
        let formula = value.formula(&self.cell(row, Column::Value), &target, line.decimals);
        let result = filled.worked_out.as_ref();
        let result = result.map_or(String::new(), |points| points.shown(RESULT_DECIMALS));
        let at = self.at(Column::Bonus);
        self.sheet.write_formula_with_format(
            row,
            at,
            Formula::new(format!("={formula}")).set_result(result),
            &looks.net,
        )?;
        Ok(())
    }
}

/// How a value is asked for at the head of its prompt.
fn value_title(asks: &Ask<'_>) -> &'static str {
    match asks {
        Ask::Level(_) => "等级",
        Ask::Count => "次数",
        Ask::Number("%") => "比率",
        Ask::Number(_) => "数量",
        Ask::Done => "完成数",
    }
}
