//! Below the table: what is left to score, the star it would give, the opinion, the signature, the form id.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Formula, XlsxError};

use super::filling::Filling;
use super::table::{Table, cell, range};
use super::{LAST, Order, Page, at, looks};
use crate::form::FormId;
use crate::form::labels::{Column, Foot};
use crate::model::Points;
use crate::report::kit::style;

impl Page<'_> {
    /// Gives the row of the form id.
    pub(super) fn foot(&mut self, order: &Order, table: &Table) -> Result<u32, XlsxError> {
        self.preview(table)?;
        self.opinion()?;
        self.signature()?;
        let row = self.row();
        let looks = self.looks;
        self.merge(
            at(Column::Code),
            at(Column::Indicator),
            Foot::FormId.label(),
            &looks.tiny,
        )?;
        let id = FormId::of(&self.ground.scheme, &self.ground.roster, order.index);
        self.sheet.write_string_with_format(
            row,
            at(Column::Requirement),
            style::cell_text(&id.to_string()),
            &looks.tiny,
        )?;
        self.corrects()?;
        self.close(14.0)?;
        Ok(row)
    }

    /// Beside the form id: which form received earlier a corrected slip stands for.
    fn corrects(&mut self) -> Result<(), XlsxError> {
        let tags: Vec<String> = self
            .filling
            .iter()
            .flat_map(|filling| &filling.corrects)
            .map(ToString::to_string)
            .collect();
        if tags.is_empty() {
            return Ok(());
        }
        let text = format!("{}：{}", Foot::Corrects.label(), tags.join("、"));
        let looks = self.looks;
        self.merge(at(Column::BonusCap), LAST, &text, &looks.tiny)
    }

    /// 未评项数 and 星级预览.
    fn preview(&mut self, table: &Table) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        let scheme = &self.ground.scheme;
        let open = scheme
            .lines
            .iter()
            .filter(|line| line.bonus.is_open())
            .count();
        let open = self
            .filling
            .map_or(open, |filling| filling.unscored(scheme));
        let (label, value) = (at(Column::Code), at(Column::Dimension));
        self.sheet
            .write_string_with_format(row, label, Foot::Unscored.label(), &looks.label)?;
        let unscored = Formula::new(unscored(table)).set_result(open.to_string());
        self.merge(value, at(Column::Indicator), "", &looks.sum)?;
        self.sheet
            .write_formula_with_format(row, value, unscored, &looks.sum)?;
        let above_none = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThan(0))
            .set_format(&looks.unscored);
        self.sheet
            .add_conditional_format(row, value, row, value, &above_none)?;
        let (label, value) = (at(Column::Requirement), at(Column::BonusCap));
        self.sheet.write_string_with_format(
            row,
            label,
            Foot::Preview.label(),
            &looks.label_right,
        )?;
        let total = self.filling.map_or(Points::ZERO, Filling::total);
        let star = Formula::new(self.star(table)).set_result(scheme.own_star(total).to_string());
        self.merge(value, at(Column::Net), "", &looks.star)?;
        self.sheet
            .write_formula_with_format(row, value, star, &looks.star)?;
        self.merge(
            at(Column::Evidence),
            LAST,
            "全部评完后星级预览才准确",
            &looks.note,
        )?;
        self.close(19.0)
    }

    /// The star of the form's own total: how many of the scheme's thresholds it reaches.
    fn star(&self, table: &Table) -> String {
        let scheme = &self.ground.scheme;
        let thresholds: Vec<String> = scheme
            .stars
            .thresholds
            .iter()
            .map(ToString::to_string)
            .collect();
        if thresholds.is_empty() {
            return "=0".to_owned();
        }
        format!(
            "=SUMPRODUCT(--(MAX(0,ROUND({},{}))>={{{}}}))",
            cell(table.total, Column::Net),
            scheme.precision,
            thresholds.join(",")
        )
    }

    fn opinion(&mut self) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        self.sheet.write_string_with_format(
            row,
            at(Column::Code),
            Foot::Opinion.label(),
            &looks.label,
        )?;
        let opinion = self.filling.map_or("", |filling| filling.opinion.as_str());
        let opinion = style::cell_text(opinion);
        self.merge(at(Column::Dimension), LAST, &opinion, &looks.opinion)?;
        let lines = looks::opinion_lines(&opinion);
        self.close(looks::height(lines).max(40.0))
    }

    /// Signed by hand on paper, hence locked.
    fn signature(&mut self) -> Result<(), XlsxError> {
        let looks = self.looks;
        self.close(4.0)?;
        let row = self.row();
        self.merge(
            at(Column::Code),
            at(Column::Dimension),
            Foot::Signature.label(),
            &looks.sign,
        )?;
        self.sheet
            .write_blank(row, at(Column::Indicator), &looks.sign_line)?;
        self.merge(
            at(Column::Evidence),
            LAST,
            "　　　　年　　月　　日",
            &looks.sign_day,
        )?;
        self.close(26.0)
    }
}

/// Counts the blank bonus cells where a bonus could be given; blanks and spaces are no score.
fn unscored(table: &Table) -> String {
    let counts: Vec<String> = table
        .parts
        .iter()
        .map(|rows| {
            format!(
                "SUMPRODUCT(({}>0)*(LEN(TRIM({}))=0))",
                range(*rows, Column::BonusCap),
                range(*rows, Column::Bonus)
            )
        })
        .collect();
    format!("={}", counts.join("+"))
}
