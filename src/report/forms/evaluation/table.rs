//! The table: header, one heading and one subtotal per part, the lines between, the total.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, Formula, IgnoreError, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::filling::{FilledLine, Put, Spot};
use super::sums::Sums;
use super::{Page, looks, rules};
use crate::form::labels::{self, Column, Foot};
use crate::model::LineId;
use crate::report::kit::style;
use crate::scheme::{Figures, Line, Marks, Side};

/// Decimals of a stored result that has no end.
pub(super) const RESULT_DECIMALS: u32 = 10;

/// Where the table's rows came to stand.
pub(super) struct Table {
    /// First and last row of each part's lines.
    pub parts: Vec<(u32, u32)>,
    /// The lines of each part.
    pub lines: Vec<Vec<LineId>>,
    /// The row of 总分.
    pub total: u32,
}

/// As much of a text as an alert or prompt can hold.
pub(super) fn clipped(text: String) -> String {
    const MOST: usize = 255;
    style::clipped(text, MOST)
}

impl Page<'_> {
    pub(super) fn table(&mut self) -> Result<Table, XlsxError> {
        self.header()?;
        let scheme = &self.ground.scheme;
        let (figures, full) = (self.figures(), self.full());
        let sum = |figures: &Figures, lines: &[LineId]| -> Marks {
            let own = lines.iter().map(|line| &figures.lines[*line]);
            Marks {
                bonus: own.clone().map(|marks| marks.bonus.clone()).sum(),
                deduction: own.map(|marks| marks.deduction.clone()).sum(),
            }
        };
        let (mut parts, mut lines_of) = (Vec::new(), Vec::new());
        let mut rows_of: BTreeMap<LineId, u32> = BTreeMap::new();
        let mut all: Vec<LineId> = Vec::new();
        let mut bonuses = Vec::new();
        let mut nets = Vec::new();
        for (number, part) in scheme.parts.iter().enumerate() {
            let lines = self.lines_of(number);
            if lines.is_empty() && self.class.is_some() {
                continue;
            }
            if !part.id.is_empty() {
                let title = rules::part(scheme, number, &full.parts[number]);
                self.merge(super::FIRST, self.last(), &title, &self.looks.part)?;
                self.close(18.0)?;
            }
            let first = self.row();
            self.lines(&lines, &mut rows_of)?;
            // A part without lines sums up its own heading, which holds no number.
            let rows = (first.min(self.row() - 1), self.row() - 1);
            self.marks(rows)?;
            parts.push(rows);
            let indices: Vec<LineId> = lines.iter().map(|(index, _)| *index).collect();
            let net = self.part_net(number, &rows_of);
            if part.id.is_empty() {
                bonuses.push((rows, false));
                nets.push(net);
            } else {
                let row = self.row();
                bonuses.push(((row, row), true));
                nets.push(rules::weighed(&self.cell(row, Column::Net), part.percent));
                let capped = sum(&full, &indices);
                let weight = part
                    .percent
                    .map_or(String::new(), |percent| format!("（占总分的{percent}）"));
                let sums = Sums {
                    own: self.own_sum(&indices),
                    label: &format!("{}{weight}", labels::subtotal(&part.id)),
                    full: (full.parts[number].clone(), capped.deduction),
                    marks: sum(&figures, &indices),
                    net: figures.parts[number].clone(),
                };
                let plain = scheme.part_adds_up(number);
                self.sums(
                    &sums,
                    |page, column| format!("=SUM({})", page.range(rows, column)),
                    (!plain).then_some(net),
                )?;
            }
            all.extend(&indices);
            lines_of.push(indices);
        }
        let row = self.row();
        let capped = sum(&full, &all);
        let sums = Sums {
            own: self.own_sum(&all),
            label: Foot::Total.label(),
            full: (full.total.clone(), capped.deduction),
            marks: sum(&figures, &all),
            net: figures.total.clone(),
        };
        let net = nets.join("+");
        let net = match scheme.total_at_most {
            Some(most) => format!("MIN({net},{most})"),
            None => net,
        };
        self.sums(
            &sums,
            |page, column| {
                let cells = bonuses.iter().map(|(rows, is_sum)| {
                    if *is_sum {
                        page.cell(rows.0, column)
                    } else {
                        format!("SUM({})", page.range(*rows, column))
                    }
                });
                format!("={}", cells.collect::<Vec<_>>().join("+"))
            },
            (!scheme.adds_up()).then_some(net),
        )?;
        self.rules()?;
        Ok(Table {
            parts,
            lines: lines_of,
            total: row,
        })
    }

    /// The rows of these lines, and where each begins.
    fn lines(
        &mut self,
        lines: &[(LineId, &Line)],
        rows_of: &mut BTreeMap<LineId, u32>,
    ) -> Result<(), XlsxError> {
        for (index, line) in lines {
            rows_of.insert(*index, self.row());
            if self.ground.scheme.own.is_some() {
                self.own_line(*index, line)?;
                continue;
            }
            let filled = self
                .filling
                .map_or_else(FilledLine::default, |filling| filling.line(*index));
            self.line(*index, line, &filled)?;
        }
        Ok(())
    }

    /// What the sender's own values come to, as the form's formulas see them.
    fn figures(&self) -> Figures {
        let scheme = &self.ground.scheme;
        let lines = scheme.lines.ids().map(|index| {
            self.filling
                .map_or_else(Marks::default, |filling| filling.line(index).seen())
        });
        Figures::of(scheme, lines.collect())
    }

    /// What all lines at their caps come to.
    fn full(&self) -> Figures {
        Figures::full(&self.ground.scheme, self.class)
    }

    /// What a part (an index) comes to, as a formula of the net column: weights of lines, caps from the inside out.
    fn part_net(&self, part: usize, rows_of: &BTreeMap<LineId, u32>) -> String {
        let scheme = &self.ground.scheme;
        rules::part_formula(scheme, part, |line| {
            let row = rows_of.get(&line)?;
            Some(format!("N({})", self.cell(*row, Column::Net)))
        })
    }

    /// What holds beyond single lines, in words, below the table; nothing where every line simply adds up.
    fn rules(&mut self) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let rules = rules::in_words(scheme);
        if rules.is_empty() {
            return Ok(());
        }
        let text = format!("计分规则：{}", rules.join("；"));
        let last = self.last();
        self.merge(super::FIRST, last, &text, &self.looks.rules)?;
        let lines = looks::opinion_lines(&text, scheme);
        self.close(looks::height(lines))
    }

    fn header(&mut self) -> Result<(), XlsxError> {
        let row = self.row();
        let scheme = &self.ground.scheme;
        for column in Column::of(scheme) {
            let (at, label) = (self.at(column), column.label(scheme));
            self.sheet
                .write_string_with_format(row, at, &label, &self.looks.header)?;
        }
        self.close(31.0)
    }

    fn line(&mut self, index: LineId, line: &Line, filled: &FilledLine) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        let code = self.at(Column::Code);
        self.sheet
            .write_string_with_format(row, code, &line.code, &looks.code)?;
        let here = (row, code);
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
            let column = self.at(column);
            self.put(spot, (column, column), &Put::Number(side.cap), &looks.cap)?;
        }
        self.own_marks(self.own.and_then(|own| own.get(index)), Some(line))?;
        let (bonus, deduction) = (Spot::Bonus(index), Spot::Deduction(index));
        if let Some(value) = &line.value {
            self.value(index, line, value, filled)?;
        } else {
            for column in [Column::Value, Column::Target] {
                if self.columns.contains(&column) {
                    let at = self.at(column);
                    self.sheet.write_blank(row, at, &looks.closed)?;
                }
            }
            self.points(bonus, Column::Bonus, &line.bonus, &filled.bonus)?;
        }
        self.points(
            deduction,
            Column::Deduction,
            &line.deduction,
            &filled.deduction,
        )?;
        let bonus = self.cell(row, Column::Bonus);
        let deduction = self.cell(row, Column::Deduction);
        let net_at = self.at(Column::Net);
        // N() keeps text such as 25分 from breaking every sum below.
        let net = format!("=IF(AND({bonus}=\"\",{deduction}=\"\"),\"\",N({bonus})-N({deduction}))");
        self.sheet.write_formula_with_format(
            row,
            net_at,
            Formula::new(net).set_result(
                filled
                    .net()
                    .map_or(String::new(), |net| net.shown(RESULT_DECIMALS)),
            ),
            &looks.net,
        )?;
        self.texts(index, filled)?;
        let indicator = &self.ground.scheme.indicator(line).title;
        let scheme = &self.ground.scheme;
        let lines = [
            (&requirement, Column::Requirement),
            (indicator, Column::Indicator),
            (&filled.evidence, Column::Evidence),
            (&filled.remark, Column::Remark),
        ]
        .map(|(text, column)| looks::lines(text, column, scheme));
        let lines = lines.into_iter().max().unwrap_or(1);
        let height = looks::height(lines);
        // Outside the print area: where rows fit themselves to what is in them, it keeps this one as high.
        let outside = self.last() + 1;
        self.sheet
            .write_blank(row, outside, &looks::strut(height))?;
        self.close(height)
    }

    /// 佐证材料 and 评分说明.
    fn texts(&mut self, index: LineId, filled: &FilledLine) -> Result<(), XlsxError> {
        let (row, looks) = (self.row(), self.looks);
        let evidence = style::cell_text(&filled.evidence);
        let at = self.at(Column::Evidence);
        if evidence.is_empty() {
            self.sheet.write_blank(row, at, &looks.remark)?;
        } else {
            self.sheet
                .write_string_with_format(row, at, &evidence, &looks.remark)?;
        }
        let remark = self.at(Column::Remark);
        self.put(
            Spot::Remark(index),
            (remark, remark),
            &Put::text(&filled.remark),
            &looks.remark,
        )
    }

    /// Writes 评价要求 with the hint behind it, on the same line where there is room. Gives the whole text.
    pub(super) fn requirement(&mut self, line: &Line) -> Result<String, XlsxError> {
        let (row, column) = (self.row(), self.at(Column::Requirement));
        let looks = self.looks;
        let wording = style::cell_text(self.ground.scheme.requirement(line).trim());
        let hint = match self.ground.scheme.hint(line) {
            hint if hint.is_empty() => String::new(),
            hint => format!("〔{}〕", clipped(hint)),
        };
        if wording.is_empty() || hint.is_empty() {
            let text = format!("{wording}{hint}");
            self.sheet
                .write_string_with_format(row, column, &text, &looks.requirement)?;
            return Ok(text);
        }
        let columns = looks::requirement_columns(&self.ground.scheme);
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
        let (row, at, looks) = (self.row(), self.at(column), self.looks);
        if !side.is_open() {
            return self.put(spot, (at, at), put, &looks.closed);
        }
        self.put(spot, (at, at), put, &looks.points)?;
        let values = side.in_words();
        let (title, advice) = if column == Column::Bonus {
            let title = if self.ground.scheme.has_deductions() {
                "加分"
            } else {
                "评分"
            };
            (title, "没有得分的填0，不要留空。")
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

    /// Turns points red that are over their cap or below 0, also when they were typed as text.
    fn marks(&mut self, rows: (u32, u32)) -> Result<(), XlsxError> {
        let value = self.cell(rows.0, Column::Bonus);
        let cap = self.cell(rows.0, Column::BonusCap);
        let rule =
            format!("=IF(ISERROR(VALUE({value})),FALSE,OR(VALUE({value})>{cap},VALUE({value})<0))");
        let mark = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(&self.looks.over);
        let (first, last) = (self.at(Column::Bonus), self.at(Column::Deduction));
        self.sheet
            .add_conditional_format(rows.0, first, rows.1, last, &mark)?;
        Ok(())
    }
}
