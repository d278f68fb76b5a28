//! The fields above the table: a label in one cell, its value in the cell to the right.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, XlsxError};

use super::filling::{Put, Spot};
use super::{Order, Page, looks};
use crate::form::labels::{Column, Field};
use crate::scheme::Stage;

impl Page<'_> {
    /// The fields that the scheme asks for, three to a row.
    pub(super) fn fields(&mut self, order: &Order) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let fields: Vec<Field> = Field::ALL
            .into_iter()
            .filter(|field| field.is_asked(scheme))
            .collect();
        // Label column, first and last column of the value.
        // A label does not stand beside a column that is hidden.
        let beside = self.beside_label();
        let places = if scheme.own.is_some() {
            vec![
                (Column::Code, beside, Column::Item),
                (Column::Asks, Column::Value, Column::Remark),
            ]
        } else {
            vec![
                (Column::Code, beside, Column::Indicator),
                (Column::Requirement, Column::BonusCap, Column::Net),
                (Column::Evidence, Column::Remark, Column::Remark),
            ]
        };
        let places = places.into_iter();
        let places: Vec<(u16, u16, u16)> = places
            .map(|(label, first, last)| (self.at(label), self.at(first), self.at(last)))
            .collect();
        for row in fields.chunks(places.len()) {
            let mut lines = 1;
            for (at, (label, first, last)) in places.iter().copied().enumerate() {
                match row.get(at) {
                    Some(field) => {
                        self.field(*field, order, (label, first, last))?;
                        lines = lines.max(self.lines_in(*field, order, (label, first, last)));
                    }
                    None if label == last => {}
                    None => self.merge(label, last, "", &self.looks.empty)?,
                }
            }
            self.close(looks::field_height(lines))?;
        }
        Ok(())
    }

    /// Lines that a field takes: its label, and what is already known of it.
    fn lines_in(
        &self,
        field: Field,
        order: &Order,
        (label, first, last): (u16, u16, u16),
    ) -> usize {
        let scheme = &self.ground.scheme;
        let own = |from: u16, to: u16| -> Vec<Column> {
            Column::of(scheme)
                .filter(|one| one.is_shown(scheme) && (from..=to).contains(&self.at(*one)))
                .collect()
        };
        let text = match self.given(field, order) {
            Put::Text(text) => text,
            Put::Blank | Put::Number(_) | Put::Day(_) => String::new(),
        };
        let own_label = own(label, first.saturating_sub(1));
        looks::lines_over(&field.label(scheme), &own_label, scheme).max(looks::lines_over(
            &text,
            &own(first, last),
            scheme,
        ))
    }

    fn field(
        &mut self,
        field: Field,
        order: &Order,
        (label, first, last): (u16, u16, u16),
    ) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        let label_look = if [Column::Requirement, Column::Asks]
            .map(|column| self.at(column))
            .contains(&label)
        {
            &looks.label_right
        } else {
            &looks.label
        };
        let text = field.label(&self.ground.scheme);
        if label == self.at(Column::Code) {
            self.label(&text, label_look)?;
        } else {
            self.sheet
                .write_string_with_format(row, label, &text, label_look)?;
        }
        let look = match field {
            Field::Society | Field::Group | Field::Lead => &looks.given,
            Field::Date => &looks.entry_day,
            Field::Member | Field::Mode | Field::Recusal | Field::Recommended | Field::Class => {
                &looks.entry_choice
            }
            Field::Reviewer | Field::Unit | Field::Phone => &looks.entry,
        };
        let put = self.given(field, order);
        self.put(Spot::Field(field), (first, last), &put, look)?;
        // The first field left to fill in; Tab goes on from there.
        let start = if order.reviewer.is_some() {
            Field::Date
        } else {
            Field::Reviewer
        };
        if field == start {
            self.sheet.set_selection(row, first, row, last)?;
        }
        if let Some(validation) = self.validation(field)? {
            self.sheet
                .add_data_validation(row, first, row, first, &validation)?;
        }
        Ok(())
    }

    /// What is already known of a field; nothing where the reviewer is to say.
    fn given(&self, field: Field, order: &Order) -> Put {
        if let Some(put) = order.filling.and_then(|filling| filling.fields.get(&field)) {
            return put.clone();
        }
        let group = self.ground.roster.group_of(order.society);
        let member = |is: bool| Field::Member.choices()[usize::from(!is)].to_owned();
        let text = match (field, order.reviewer) {
            (Field::Society, _) => order.society.name.clone(),
            (Field::Group, _) => group.label(),
            (Field::Lead, _) => group.lead.clone(),
            (Field::Reviewer, Some(reviewer)) => reviewer.name.clone(),
            (Field::Unit, Some(reviewer)) => reviewer.unit.clone(),
            (Field::Class, Some(reviewer)) => reviewer
                .class
                .and_then(|class| self.ground.scheme.reviewer_classes.get(class))
                .map_or(String::new(), |class| class.name.clone()),
            (Field::Member, Some(reviewer)) => reviewer.member.map(member).unwrap_or_default(),
            _ => String::new(),
        };
        Put::text(&text)
    }

    fn validation(&self, field: Field) -> Result<Option<DataValidation>, XlsxError> {
        let validation = match field {
            Field::Member | Field::Mode | Field::Recusal => {
                let choices = field.choices();
                DataValidation::new()
                    .allow_list_strings(choices)?
                    .set_error_title("请从列表中选择")?
                    .set_error_message(format!(
                        "“{}”只能填：{}。",
                        field.label(&self.ground.scheme),
                        choices.join("、")
                    ))?
            }
            Field::Class => {
                let classes = self.ground.scheme.reviewer_classes.iter();
                let names: Vec<&str> = classes.map(|class| class.name.as_str()).collect();
                let Ok(list) = DataValidation::new().allow_list_strings(&names) else {
                    return Ok(None);
                };
                list.set_error_title("请从列表中选择")?
                    .set_error_message(format!("“评价人类别”只能填：{}。", names.join("、")))?
            }
            Field::Recommended => {
                let most = self.ground.scheme.stars.most();
                let choices: Vec<String> = (0..=most).map(|star| format!("{star}星")).collect();
                // A list longer than a sheet allows is left out; the form is then filled by hand.
                let Ok(list) = DataValidation::new().allow_list_strings(&choices) else {
                    return Ok(None);
                };
                list.set_error_title("请从列表中选择")?
                    .set_error_message(format!("“推荐星级”请填0星至{most}星中的一个。"))?
            }
            Field::Date => {
                let stage = self.ground.scheme.stage();
                let when = stage.map_or(String::new(), |stage| {
                    format!("{}时间：{}至{}。", stage.name, stage.from, stage.to)
                });
                // A day of the year's own, as people write one.
                let like = stage.map_or_else(
                    || "2018-8-1".to_owned(),
                    |Stage { from, .. }| format!("{}-{}-{}", from.year(), from.month(), from.day()),
                );
                DataValidation::new()
                    .allow_date(DataValidationRule::Between(
                        ExcelDateTime::from_ymd(1950, 1, 1)?,
                        ExcelDateTime::from_ymd(2199, 12, 31)?,
                    ))
                    .set_error_title("日期写法不对")?
                    .set_error_message(format!("请按“{like}”的样式填写年、月、日。"))?
                    .set_input_title(field.label(&self.ground.scheme))?
                    .set_input_message(format!("请按“{like}”的样式填写。{when}"))?
            }
            _ => return Ok(None),
        };
        Ok(Some(validation))
    }
}
