//! 自评表: what is otherwise on a society's own form. Each line has a row per item; its points stand over them, worked
//! out by live formulas of what is filled in.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationRule, Format,
    Formula, IgnoreError, XlsxError,
};

use super::filling::{FilledItem, Put, Spot};
use super::table::{RESULT_DECIMALS, Table, clipped};
use super::{Page, looks};
use crate::form::labels::Column;
use crate::model::{Exact, LineId};
use crate::report::kit::style;
use crate::scheme::assess::Holds;
use crate::scheme::{Item, Line, Scheme};

/// How to fill the form in.
const INSTRUCTION: &str = "填写说明：请逐项填浅黄色格，是或否、次数、比率等照提示填，一次也没有的填“0”，填报事项里写明怎么填的照它填，不要留空；佐证材料请写文件名、文号或日期；\
    分数按所填事项自动算出。按事项算分是本工具约定：酌情的要点由评价人评定，自评不计；";

/// The same, with what the scheme makes of the points.
pub(super) fn instruction(scheme: &Scheme) -> String {
    let counts = match scheme.policies.self_percent {
        None => "自评供评价人参考，是否计入总分以评价方案为准".to_owned(),
        Some(percent) => format!("自评占总分的{percent}%"),
    };
    format!("{INSTRUCTION}{counts}。")
}

impl Page<'_> {
    /// How many rows a line takes.
    pub(super) fn rows_of(&self, line: LineId) -> usize {
        self.ground.scheme.own_items(line).count().max(1)
    }

    /// A line with its items, one row each; gives nothing else than what it writes.
    pub(super) fn own_line(&mut self, index: LineId, line: &Line) -> Result<(), XlsxError> {
        /// Points between words over several rows and their frame, for no row grows with them.
        const LOOSE: f64 = 4.0;
        let scheme = &self.ground.scheme;
        let first = self.row();
        let count = self.rows_of(index);
        let last = first + u32::try_from(count).unwrap_or(u32::MAX) - 1;
        let looks = self.looks;
        let code = self.at(Column::Code);
        self.sheet
            .ignore_error_range(first, code, first, code, IgnoreError::NumberStoredAsText)?;
        self.over_rows(first, last, Column::Code, &looks.code)?;
        self.sheet
            .write_string_with_format(first, code, &line.code, &looks.code)?;
        self.over_rows(first, last, Column::Requirement, &looks.requirement)?;
        let requirement = self.requirement(line)?;
        for (column, spot, side) in [
            (Column::BonusCap, Spot::BonusCap(index), &line.bonus),
            (
                Column::DeductionCap,
                Spot::DeductionCap(index),
                &line.deduction,
            ),
        ] {
            let (at, cap) = (self.at(column), style::number(side.cap.decimal()));
            let look = self.marked(spot, at, &looks.cap)?;
            self.over_rows(first, last, column, &look)?;
            self.sheet.write_number_with_format(first, at, cap, &look)?;
        }
        self.own_points(index, (first, last))?;
        let needed = [
            looks::lines(&requirement, Column::Requirement, scheme),
            looks::lines(&scheme.indicator(line).title, Column::Indicator, scheme),
        ];
        let needed = looks::height(needed.into_iter().max().unwrap_or(1)) + LOOSE;
        let items: Vec<(usize, &Item)> = scheme.own_items(index).collect();
        let heights: Vec<f64> = items
            .iter()
            .map(|(at, item)| {
                let choices = item.choices().into_iter();
                let widest = choices.map(|choice| looks::lines(choice, Column::Value, scheme));
                let asks = looks::lines(&item.asks, Column::Asks, scheme);
                let own = self.filled_item(*at);
                let written = match &own.value {
                    Put::Text(text) => text.as_str(),
                    _ => "",
                };
                let own = [
                    (written, Column::Value),
                    (&own.evidence, Column::Evidence),
                    (&own.remark, Column::Remark),
                ];
                let own = own.map(|(text, column)| looks::lines(text, column, scheme));
                looks::height(widest.chain([asks]).chain(own).max().unwrap_or(1))
            })
            .collect();
        // What the words over all rows need beyond these is shared out evenly.
        let sum: f64 = heights.iter().sum();
        let rows = f64::from(last - first + 1);
        let more = (needed - sum).max(0.0) / rows;
        if items.is_empty() {
            return self.close(needed);
        }
        for ((item, one), height) in items.into_iter().zip(heights) {
            self.item(item, one)?;
            let height = height + more;
            let outside = self.last() + 1;
            let row = self.row();
            self.sheet
                .write_blank(row, outside, &looks::strut(height))?;
            self.close(height)?;
        }
        Ok(())
    }

    /// One format over the rows of a line.
    fn over_rows(
        &mut self,
        first: u32,
        last: u32,
        column: Column,
        look: &Format,
    ) -> Result<(), XlsxError> {
        let at = self.at(column);
        if first < last {
            self.sheet.merge_range(first, at, last, at, "", look)?;
        }
        Ok(())
    }

    /// 自评加分, 自评减分 and 自评得分 of a line.
    fn own_points(&mut self, index: LineId, (first, last): (u32, u32)) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let Some(own) = &scheme.own else {
            return Ok(());
        };
        let start = own.items_of(index).next().map_or(0, |(item, _)| item);
        let cell = |item: usize| {
            let row = first + u32::try_from(item - start).unwrap_or(u32::MAX);
            self.cell(row, Column::Value)
        };
        let formulas = own.formulas(scheme, index, &cell);
        let (bonus, deduction) = (
            self.cell(first, Column::Bonus),
            self.cell(first, Column::Deduction),
        );
        let net = format!("IF({bonus}=\"\",\"\",N({bonus})-N({deduction}))");
        let [gives, takes] = formulas;
        let looks = self.looks;
        let filled = self.filling.map(|filling| filling.line(index));
        let filled = filled.filter(|filled| filled.bonus != Put::Blank);
        let shown = filled.map(|filled| (filled.seen(), filled.net()));
        let result = |points: Option<&Exact>| {
            points.map_or(String::new(), |points| points.shown(RESULT_DECIMALS))
        };
        for (column, spot, formula, result) in [
            (
                Column::Bonus,
                Some(Spot::Bonus(index)),
                gives,
                result(shown.as_ref().map(|(marks, _)| &marks.bonus)),
            ),
            (
                Column::Deduction,
                Some(Spot::Deduction(index)),
                takes,
                result(shown.as_ref().map(|(marks, _)| &marks.deduction)),
            ),
            (
                Column::Net,
                None,
                net,
                result(shown.as_ref().and_then(|(_, net)| net.as_ref())),
            ),
        ] {
            let at = self.at(column);
            let look = match spot {
                Some(spot) => self.marked(spot, at, &looks.net)?,
                None => looks.net.clone(),
            };
            self.over_rows(first, last, column, &look)?;
            let formula = Formula::new(format!("={formula}")).set_result(result);
            self.sheet
                .write_formula_with_format(first, at, formula, &look)?;
        }
        Ok(())
    }

    /// What was put into the row of an item (an index); nothing on a blank form.
    fn filled_item(&self, item: usize) -> FilledItem {
        let filled = self.filling.and_then(|filling| filling.items.get(item));
        filled.cloned().unwrap_or_default()
    }

    /// The cells of one item in the current row.
    fn item(&mut self, index: usize, item: &Item) -> Result<(), XlsxError> {
        let (row, looks) = (self.row(), self.looks);
        for (column, text) in [(Column::Item, &item.code), (Column::Asks, &item.asks)] {
            let at = self.at(column);
            self.sheet
                .write_string_with_format(row, at, text, &looks.given)?;
        }
        let at = self.at(Column::Value);
        let filled = self.filled_item(index);
        self.put(Spot::Item(index), (at, at), &filled.value, &looks.answer)?;
        let allowed = item.allowed();
        let validation = DataValidation::new();
        let (validation, title) = match &item.holds {
            Holds::YesNo => (validation.allow_list_strings(&item.choices())?, "是或否"),
            // A list longer than a sheet allows is left out; the name is then typed by hand.
            Holds::Choice(_) => match validation.allow_list_strings(&item.choices()) {
                Ok(validation) => (validation, "一项"),
                Err(_) => (DataValidation::new(), "一项"),
            },
            Holds::Count(_) => {
                let whole = DataValidationRule::GreaterThanOrEqualTo(0);
                (validation.allow_whole_number(whole), "整数")
            }
            Holds::Percent => {
                let share = DataValidationRule::Between(0.0, 100.0);
                (validation.allow_decimal_number(share), "百分数")
            }
        };
        let validation = validation
            .set_input_title(format!("请填{title}"))?
            .set_input_message(clipped(format!("{}。应填{allowed}。", item.asks)))?
            .set_error_title("填报内容不在范围内")?
            .set_error_message(clipped(format!("此格应填{allowed}。")))?;
        self.sheet
            .add_data_validation(row, at, row, at, &validation)?;
        for (column, text) in [
            (Column::Evidence, &filled.evidence),
            (Column::Remark, &filled.remark),
        ] {
            let at = self.at(column);
            let text = style::cell_text(text);
            if text.is_empty() {
                self.sheet.write_blank(row, at, &looks.remark)?;
            } else {
                self.sheet
                    .write_string_with_format(row, at, &text, &looks.remark)?;
            }
        }
        Ok(())
    }

    /// 未填项数, and what the total is worth before everything is filled in.
    pub(super) fn own_preview(&mut self, table: &Table) -> Result<(), XlsxError> {
        let (row, looks) = (self.row(), self.looks);
        let scheme = &self.ground.scheme;
        let (first, last) = (self.at(Column::Code), self.at(Column::Indicator));
        self.merge(first, last, "未填项数", &looks.label)?;
        let counts: Vec<String> = table
            .parts
            .iter()
            .map(|rows| {
                let (number, value) = (
                    self.range(*rows, Column::Item),
                    self.range(*rows, Column::Value),
                );
                format!("SUMPRODUCT((LEN({number})>0)*(LEN(TRIM({value}))=0))")
            })
            .collect();
        let items = scheme.own.as_ref().map_or(0, |own| own.items.len());
        let items = (0..items).filter(|item| self.filled_item(*item).value == Put::Blank);
        let items = items.count();
        let count = Formula::new(format!("={}", counts.join("+"))).set_result(items.to_string());
        let at = self.at(Column::Requirement);
        self.sheet
            .write_formula_with_format(row, at, count, &looks.count)?;
        let above_none = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThan(0))
            .set_format(&looks.unscored);
        self.sheet
            .add_conditional_format(row, at, row, at, &above_none)?;
        let (first, last) = (self.at(Column::BonusCap), self.last());
        let note = "全部填完后总分才准确；酌情的要点由评价人评定，自评不计";
        self.merge(first, last, note, &looks.note)?;
        self.close(19.0)
    }

    /// Signed and sealed by hand on paper, hence locked.
    pub(super) fn own_signature(&mut self) -> Result<(), XlsxError> {
        let looks = self.looks;
        self.close(4.0)?;
        let row = self.row();
        let (first, last) = (self.at(Column::Code), self.at(Column::Indicator));
        self.merge(first, last, "填报人（签字）", &looks.sign)?;
        let at = self.at(Column::Requirement);
        self.sheet.write_blank(row, at, &looks.sign_line)?;
        let (first, last) = (self.at(Column::BonusCap), self.at(Column::Asks));
        let seal = format!("　　{}（盖章）", self.ground.scheme.subject);
        self.merge(first, last, &seal, &looks.sign)?;
        let (first, last) = (self.at(Column::Value), self.last());
        self.merge(first, last, "　　　　年　　月　　日", &looks.sign_day)?;
        self.close(30.0)
    }

    /// The rows of each line of a society's own form: they are not parted by the end of a page, and pages end where it is
    /// said, however high a program makes the rows above.
    pub(super) fn own_blocks(&self, table: &Table) -> Vec<(usize, usize)> {
        let mut blocks = Vec::new();
        if self.ground.scheme.own.is_none() {
            return blocks;
        }
        let parts = table.parts.iter().zip(&table.lines);
        for ((first, _), lines) in parts {
            let mut row = usize::try_from(*first).unwrap_or_default();
            for line in lines {
                let rows = self.rows_of(*line);
                blocks.push((row, row + rows));
                row += rows;
            }
        }
        blocks
    }
}
