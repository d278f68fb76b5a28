//! Below the table: what is left to score, the star it would give, the opinion, the signature, the form id.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Formula, XlsxError,
};

use super::filling::{Put, Spot};
use super::table::Table;
use super::{Order, Page, looks};
use crate::form::FormId;
use crate::form::labels::{self, Column, Foot};
use crate::model::Exact;
use crate::report::kit::{policies, style};

impl Page<'_> {
    /// Gives the row of the form id.
    pub(super) fn foot(&mut self, order: &Order, table: &Table) -> Result<u32, XlsxError> {
        if self.ground.scheme.own.is_some() {
            self.own_preview(table)?;
            self.own_signature()?;
        } else {
            self.preview(table)?;
            self.vetoes()?;
            self.opinion()?;
            self.signature()?;
        }
        let row = self.row();
        let looks = self.looks;
        let (first, last) = (self.at(Column::Code), self.at(Column::Indicator));
        self.merge(first, last, Foot::FormId.label(), &looks.tiny)?;
        let id = FormId::of(&self.ground.scheme, &self.ground.roster, order.index);
        let at = self.at(Column::Requirement);
        let id = style::cell_text(&id.to_string());
        self.sheet
            .write_string_with_format(row, at, id, &looks.tiny)?;
        self.corrects()?;
        self.close(15.0)?;
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
        let (first, last) = (self.at(Column::BonusCap), self.last());
        self.merge(first, last, &text, &looks.tiny)
    }

    /// 未评项数, and 星级预览 where there are stars.
    fn preview(&mut self, table: &Table) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        let scheme = &self.ground.scheme;
        let open = scheme
            .lines_of_class(self.class)
            .filter(|(_, line)| line.bonus.is_open())
            .count();
        let open = self
            .filling
            .map_or(open, |filling| filling.unscored(scheme, self.class));
        self.label(Foot::Unscored.label(), &looks.label)?;
        let value = self.at(self.beside_label());
        let unscored = Formula::new(self.unscored(table)).set_result(open.to_string());
        let last = self.at(Column::Indicator);
        if value < last {
            self.merge(value, last, "", &looks.sum)?;
        }
        self.sheet
            .write_formula_with_format(row, value, unscored, &looks.count)?;
        let above_none = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThan(0))
            .set_format(&looks.unscored);
        self.sheet
            .add_conditional_format(row, value, row, value, &above_none)?;
        let label = self.at(Column::Requirement);
        if !scheme.has_stars() {
            let last = self.last();
            self.merge(label, last, "全部评完后总分才准确", &looks.note)?;
            return self.close(19.0);
        }
        let value = self.at(Column::BonusCap);
        self.sheet.write_string_with_format(
            row,
            label,
            Foot::Preview.label(),
            &looks.label_right,
        )?;
        let total = self
            .filling
            .map_or_else(Exact::zero, |filling| filling.total(scheme));
        let star = Formula::new(self.star(table)).set_result(scheme.own_star(&total).to_string());
        let last = self.at(Column::Net);
        self.merge(value, last, "", &looks.star)?;
        self.sheet
            .write_formula_with_format(row, value, star, &looks.star)?;
        let (first, last) = (self.at(Column::Evidence), self.last());
        self.merge(first, last, "全部评完后才准确", &looks.note)?;
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
            self.cell(table.total, Column::Net),
            scheme.precision,
            thresholds.join(",")
        )
    }

    /// 一票否决: one row for each, to be answered.
    fn vetoes(&mut self) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        for (index, veto) in scheme.vetoes.iter().enumerate() {
            let row = self.row();
            let looks = self.looks;
            let (first, last) = (self.at(Column::Code), self.at(Column::Indicator));
            self.merge(first, last, &labels::veto(veto), &looks.label)?;
            let answer = self.filling.and_then(|filling| filling.vetoes.get(index));
            let answer = answer.cloned().unwrap_or_default();
            let at = self.at(Column::Requirement);
            self.put(
                Spot::Veto(index),
                (at, at),
                &Put::text(&answer),
                &looks.entry_choice,
            )?;
            let validation = DataValidation::new()
                .allow_list_strings(&labels::VETO_CHOICES)?
                .set_input_title("一票否决")?
                .set_input_message(style::clipped(
                    format!(
                        "没有的填“无”。有这一情形的，{}。",
                        policies::effect(scheme, &veto.effect)
                    ),
                    255,
                ))?
                .set_error_title("请从列表中选择")?
                .set_error_message("只能填：无、有。")?;
            self.sheet
                .add_data_validation(row, at, row, at, &validation)?;
            // What stands beside the answer would be read as one.
            let (first, last) = (self.at(Column::BonusCap), self.last());
            self.merge(first, last, "", &looks.note)?;
            self.close(19.0)?;
        }
        Ok(())
    }

    fn opinion(&mut self) -> Result<(), XlsxError> {
        let looks = self.looks;
        self.label(Foot::Opinion.label(), &looks.label)?;
        let opinion = self.filling.map_or("", |filling| filling.opinion.as_str());
        let opinion = style::cell_text(opinion);
        let (first, last) = (self.at(self.beside_label()), self.last());
        self.merge(first, last, &opinion, &looks.opinion)?;
        let lines = looks::opinion_lines(&opinion, &self.ground.scheme);
        self.close(looks::height(lines).max(32.0))
    }

    /// Signed by hand on paper, hence locked.
    fn signature(&mut self) -> Result<(), XlsxError> {
        let looks = self.looks;
        self.close(4.0)?;
        let row = self.row();
        // The first column alone is too narrow for the label.
        let (last, line) = if Column::Dimension.is_shown(&self.ground.scheme) {
            (Column::Dimension, Column::Indicator)
        } else {
            (Column::Indicator, Column::Requirement)
        };
        let (first, last) = (self.at(Column::Code), self.at(last));
        self.merge(first, last, Foot::Signature.label(), &looks.sign)?;
        let at = self.at(line);
        self.sheet.write_blank(row, at, &looks.sign_line)?;
        let (first, last) = (self.at(Column::Evidence), self.last());
        self.merge(first, last, "　　　　年　　月　　日", &looks.sign_day)?;
        self.close(26.0)
    }

    /// Counts the blank bonus cells where a bonus could be given; blanks and spaces are no score.
    fn unscored(&self, table: &Table) -> String {
        let counts: Vec<String> = table
            .parts
            .iter()
            .map(|rows| {
                format!(
                    "SUMPRODUCT(({}>0)*(LEN(TRIM({}))=0))",
                    self.range(*rows, Column::BonusCap),
                    self.range(*rows, Column::Bonus)
                )
            })
            .collect();
        format!("={}", counts.join("+"))
    }
}
