//! The table: header, one heading and one subtotal per part, the lines between, the total.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, Format, Formula, IgnoreError,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::filling::{FilledLine, Put, Spot};
use super::{Page, at, looks};
use crate::form::labels::{self, Column, Foot};
use crate::model::{CellRef, Points};
use crate::report::kit::style;
use crate::scheme::{Line, Side};

/// Where the table's rows came to stand.
pub(super) struct Table {
    /// First and last row of each part's lines.
    pub parts: Vec<(u32, u32)>,
    /// The row of 总分.
    pub total: u32,
}

/// What a part's sums, or the total, come to.
#[derive(Clone, Copy, Default)]
struct Sums {
    bonus: Points,
    deduction: Points,
}

impl Sums {
    fn add(&mut self, line: &FilledLine) {
        self.bonus = self.bonus + line.bonus_seen();
        self.deduction = self.deduction + line.deduction_seen();
    }

    fn join(&mut self, part: Self) {
        self.bonus = self.bonus + part.bonus;
        self.deduction = self.deduction + part.deduction;
    }
}

/// A cell as formulas name it.
pub(super) fn cell(row: u32, column: Column) -> String {
    CellRef::new(row, u32::from(at(column))).to_string()
}

/// A piece of one column as formulas name it.
pub(super) fn range((first, last): (u32, u32), column: Column) -> String {
    format!("{}:{}", cell(first, column), cell(last, column))
}

/// As much of a text as an alert or prompt can hold.
fn clipped(text: String) -> String {
    const MOST: usize = 255;
    style::clipped(text, MOST)
}

impl Page<'_> {
    pub(super) fn table(&mut self) -> Result<Table, XlsxError> {
        let header = self.row();
        self.header()?;
        let scheme = &self.ground.scheme;
        let mut parts = Vec::new();
        let mut subtotals = Vec::new();
        let mut total = Sums::default();
        for (number, part) in scheme.parts.iter().enumerate() {
            let title = format!("{}.{}（{}分）", part.id, part.title, part.bonus);
            self.merge(super::FIRST, super::LAST, &title, &self.looks.part)?;
            self.close(18.0)?;
            let first = self.row();
            let mut lines: Vec<&Line> = Vec::new();
            let mut sums = Sums::default();
            for (index, line) in scheme.lines_of(number) {
                let filled = self
                    .filling
                    .map_or_else(FilledLine::default, |filling| filling.line(index));
                sums.add(&filled);
                self.line(index, line, &filled)?;
                lines.push(line);
            }
            total.join(sums);
            // A part without lines sums up its own heading, which holds no number.
            let rows = (first.min(self.row() - 1), self.row() - 1);
            self.titles(header, first, &lines)?;
            self.marks(rows)?;
            subtotals.push(self.row());
            self.sums(
                &labels::subtotal(&part.id),
                (part.bonus, part.deduction),
                sums,
                |column| format!("=SUM({})", range(rows, column)),
            )?;
            parts.push(rows);
        }
        let row = self.row();
        let caps = (scheme.full_bonus(), scheme.full_deduction());
        self.sums(Foot::Total.label(), caps, total, |column| {
            let cells: Vec<String> = subtotals.iter().map(|row| cell(*row, column)).collect();
            format!("={}", cells.join("+"))
        })?;
        Ok(Table { parts, total: row })
    }

    fn header(&mut self) -> Result<(), XlsxError> {
        let row = self.row();
        let stage = self.ground.scheme.stage_name();
        for column in Column::ALL {
            let label = column.label(stage);
            self.sheet
                .write_string_with_format(row, at(column), &label, &self.looks.header)?;
        }
        self.close(31.0)
    }

    fn line(&mut self, index: usize, line: &Line, filled: &FilledLine) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        self.sheet
            .write_string_with_format(row, at(Column::Code), &line.code, &looks.code)?;
        let here = (row, at(Column::Code));
        self.sheet.ignore_error_range(
            here.0,
            here.1,
            here.0,
            here.1,
            IgnoreError::NumberStoredAsText,
        )?;
        let requirement = self.requirement(line)?;
        for (spot, column, side) in [
            (Spot::BonusCap(index), Column::BonusCap, &line.bonus),
            (
                Spot::DeductionCap(index),
                Column::DeductionCap,
                &line.deduction,
            ),
        ] {
            let column = at(column);
            self.put(spot, (column, column), &Put::Number(side.cap), &looks.cap)?;
        }
        for column in [Column::SelfBonus, Column::SelfDeduction] {
            self.sheet.write_blank(row, at(column), &looks.cap)?;
        }
        let (bonus, deduction) = (Spot::Bonus(index), Spot::Deduction(index));
        self.points(bonus, Column::Bonus, &line.bonus, &filled.bonus)?;
        self.points(
            deduction,
            Column::Deduction,
            &line.deduction,
            &filled.deduction,
        )?;
        let (bonus, deduction) = (cell(row, Column::Bonus), cell(row, Column::Deduction));
        // N() keeps text such as 25分 from breaking every sum below.
        let net = format!("=IF(AND({bonus}=\"\",{deduction}=\"\"),\"\",N({bonus})-N({deduction}))");
        self.sheet.write_formula_with_format(
            row,
            at(Column::Net),
            Formula::new(net).set_result(filled.net().map_or(String::new(), |net| net.to_string())),
            &looks.net,
        )?;
        self.texts(index, filled)?;
        let indicator = &self.ground.scheme.indicator(line).title;
        let lines = looks::lines(&requirement, Column::Requirement)
            .max(looks::lines(indicator, Column::Indicator))
            .max(looks::lines(&filled.evidence, Column::Evidence))
            .max(looks::lines(&filled.remark, Column::Remark));
        let height = looks::height(lines);
        // Outside the print area: where rows fit themselves to what is in them, it keeps this one as high.
        self.sheet
            .write_blank(row, super::LAST + 1, &looks::strut(height))?;
        self.close(height)
    }

    /// 佐证材料 and 评分说明.
    fn texts(&mut self, index: usize, filled: &FilledLine) -> Result<(), XlsxError> {
        let (row, looks) = (self.row(), self.looks);
        let evidence = style::cell_text(&filled.evidence);
        if evidence.is_empty() {
            self.sheet
                .write_blank(row, at(Column::Evidence), &looks.remark)?;
        } else {
            self.sheet.write_string_with_format(
                row,
                at(Column::Evidence),
                &evidence,
                &looks.remark,
            )?;
        }
        let remark = at(Column::Remark);
        self.put(
            Spot::Remark(index),
            (remark, remark),
            &Put::text(&filled.remark),
            &looks.remark,
        )
    }

    /// Writes 评价要求 with the hint behind it, on the same line where there is room. Gives the whole text.
    fn requirement(&mut self, line: &Line) -> Result<String, XlsxError> {
        let (row, column) = (self.row(), at(Column::Requirement));
        let looks = self.looks;
        let wording = style::cell_text(self.ground.scheme.requirement(line).trim());
        let hint = match line.hint() {
            hint if hint.is_empty() => String::new(),
            hint => format!("〔{}〕", clipped(hint)),
        };
        if wording.is_empty() || hint.is_empty() {
            let text = format!("{wording}{hint}");
            self.sheet
                .write_string_with_format(row, column, &text, &looks.requirement)?;
            return Ok(text);
        }
        let columns = looks::requirement_columns();
        let last = wording.lines().last().unwrap_or_default().width_cjk() % columns;
        let apart = if last + hint.width_cjk() + 2 <= columns {
            "　"
        } else {
            "\n"
        };
        let hint = format!("{apart}{hint}");
        self.sheet.write_rich_string_with_format(
            row,
            column,
            &[(&looks.wording, &wording), (&looks.hint, &hint)],
            &looks.requirement,
        )?;
        Ok(wording + &hint)
    }

    /// A cell for points, held to 0…cap; locked and grey where nothing can be given.
    fn points(
        &mut self,
        spot: Spot,
        column: Column,
        side: &Side,
        put: &Put,
    ) -> Result<(), XlsxError> {
        let (row, at, looks) = (self.row(), at(column), self.looks);
        if !side.is_open() {
            return self.put(spot, (at, at), put, &looks.closed);
        }
        self.put(spot, (at, at), put, &looks.points)?;
        let values = side.in_words();
        let (title, advice) = if column == Column::Bonus {
            ("加分", "没有得分的填0，不要留空。")
        } else {
            ("减分", "填正数；没有减分的可不填。")
        };
        let validation = DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(
                0.0,
                style::number(side.cap.decimal()),
            ))
            .set_input_title(format!("{title}上限{}分", side.cap))?
            .set_input_message(clipped(format!("{advice}可填：{values}。")))?
            .set_error_title(format!("{title}不在范围内"))?
            .set_error_message(clipped(format!(
                "此格只能填0至{}的数字，不带“分”字。可填：{values}。",
                side.cap
            )))?;
        self.sheet
            .add_data_validation(row, at, row, at, &validation)?;
        Ok(())
    }

    /// Writes 一级指标 and 二级指标, each once over the lines that share it.
    fn titles(&mut self, header: u32, first: u32, lines: &[&Line]) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let looks = self.looks;
        let mut row = first;
        for run in lines.chunk_by(|one, next| one.dimension == next.dimension) {
            let dimension = scheme.dimension(run[0]);
            let title = format!("{}.{}", dimension.id, dimension.title);
            let formats = [&looks.dimension, &looks.dimension_broken];
            row = self.over(header, (row, run.len()), Column::Dimension, &title, formats)?;
        }
        let mut row = first;
        for run in lines.chunk_by(|one, next| one.indicator == next.indicator) {
            let title = &scheme.indicator(run[0]).title;
            let formats = [&looks.indicator, &looks.indicator_broken];
            row = self.over(header, (row, run.len()), Column::Indicator, title, formats)?;
        }
        Ok(())
    }

    /// Text over `rows` rows of one column, in the format for rows on one page or for rows that a page break
    /// may part. Gives the row below.
    fn over(
        &mut self,
        header: u32,
        (first, rows): (u32, usize),
        column: Column,
        text: &str,
        [whole, broken]: [&Format; 2],
    ) -> Result<u32, XlsxError> {
        /// Part of a page by which programs differ in where they break.
        const SLACK: f64 = 0.05;
        let below = first + u32::try_from(rows).unwrap_or(u32::MAX);
        let column = at(column);
        if rows == 1 {
            self.sheet
                .write_string_with_format(first, column, text, whole)?;
        } else {
            let top = self.page_at(header, first) - SLACK;
            let bottom = self.page_at(header, below) + SLACK;
            let format = if top.max(0.0).floor() < bottom.floor() {
                broken
            } else {
                whole
            };
            self.sheet
                .merge_range(first, column, below - 1, column, text, format)?;
        }
        Ok(below)
    }

    /// Turns points red that are over their cap or below 0, also when they were typed as text.
    fn marks(&mut self, rows: (u32, u32)) -> Result<(), XlsxError> {
        let value = cell(rows.0, Column::Bonus);
        let cap = cell(rows.0, Column::BonusCap);
        let rule =
            format!("=IF(ISERROR(VALUE({value})),FALSE,OR(VALUE({value})>{cap},VALUE({value})<0))");
        let mark = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(&self.looks.over);
        self.sheet.add_conditional_format(
            rows.0,
            at(Column::Bonus),
            rows.1,
            at(Column::Deduction),
            &mark,
        )?;
        Ok(())
    }

    /// A row of sums: the caps as numbers, bonus and deduction by `formula`, the net as their difference.
    fn sums(
        &mut self,
        label: &str,
        caps: (Points, Points),
        results: Sums,
        formula: impl Fn(Column) -> String,
    ) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        self.merge(
            at(Column::Code),
            at(Column::Requirement),
            label,
            &looks.sum_label,
        )?;
        for (column, cap) in [(Column::BonusCap, caps.0), (Column::DeductionCap, caps.1)] {
            let cap = style::number(cap.decimal());
            self.sheet
                .write_number_with_format(row, at(column), cap, &looks.sum)?;
        }
        for column in [
            Column::SelfBonus,
            Column::SelfDeduction,
            Column::Evidence,
            Column::Remark,
        ] {
            self.sheet.write_blank(row, at(column), &looks.sum)?;
        }
        let net = format!(
            "={}-{}",
            cell(row, Column::Bonus),
            cell(row, Column::Deduction)
        );
        let is_total = label == Foot::Total.label();
        for (column, formula, result) in [
            (Column::Bonus, formula(Column::Bonus), results.bonus),
            (
                Column::Deduction,
                formula(Column::Deduction),
                results.deduction,
            ),
            (Column::Net, net, results.bonus - results.deduction),
        ] {
            let look = if is_total && column == Column::Net {
                self.marked(Spot::Total, at(column), &looks.sum)?
            } else {
                looks.sum.clone()
            };
            let formula = Formula::new(formula).set_result(result.to_string());
            self.sheet
                .write_formula_with_format(row, at(column), formula, &look)?;
        }
        self.close(18.0)
    }
}
