//! The fields above the table: a label in one cell, its value in the cell to the right.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, XlsxError};

use super::filling::{Put, Spot};
use super::{Order, Page, at};
use crate::form::labels::{Column, Field};

/// The fields as they stand, three to a row.
const ROWS: [[Option<Field>; 3]; 4] = [
    [Some(Field::Society), Some(Field::Group), Some(Field::Lead)],
    [
        Some(Field::Reviewer),
        Some(Field::Unit),
        Some(Field::Member),
    ],
    [Some(Field::Date), Some(Field::Mode), Some(Field::Recusal)],
    [Some(Field::Phone), Some(Field::Recommended), None],
];

/// Label column, first and last column of the value.
const PLACES: [(u16, u16, u16); 3] = [
    (
        at(Column::Code),
        at(Column::Dimension),
        at(Column::Indicator),
    ),
    (
        at(Column::Requirement),
        at(Column::BonusCap),
        at(Column::Net),
    ),
    (at(Column::Evidence), at(Column::Remark), at(Column::Remark)),
];

impl Page<'_> {
    pub(super) fn fields(&mut self, order: &Order) -> Result<(), XlsxError> {
        for fields in ROWS {
            for (field, (label, first, last)) in fields.into_iter().zip(PLACES) {
                match field {
                    Some(field) => self.field(field, order, (label, first, last))?,
                    None => self.merge(label, last, "", &self.looks.empty)?,
                }
            }
            self.close(19.5)?;
        }
        Ok(())
    }

    fn field(
        &mut self,
        field: Field,
        order: &Order,
        (label, first, last): (u16, u16, u16),
    ) -> Result<(), XlsxError> {
        let row = self.row();
        let looks = self.looks;
        let label_look = if label == at(Column::Requirement) {
            &looks.label_right
        } else {
            &looks.label
        };
        self.sheet
            .write_string_with_format(row, label, field.label(), label_look)?;
        let look = match field {
            Field::Society | Field::Group | Field::Lead => &looks.given,
            Field::Date => &looks.entry_day,
            Field::Member | Field::Mode | Field::Recusal | Field::Recommended => {
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
                        field.label(),
                        choices.join("、")
                    ))?
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
                DataValidation::new()
                    .allow_date(DataValidationRule::Between(
                        ExcelDateTime::from_ymd(1950, 1, 1)?,
                        ExcelDateTime::from_ymd(2199, 12, 31)?,
                    ))
                    .set_error_title("日期写法不对")?
                    .set_error_message("请按“2018-8-1”的样式填写年、月、日。")?
                    .set_input_title(field.label())?
                    .set_input_message(format!("请按“2018-8-1”的样式填写。{when}"))?
            }
            _ => return Ok(None),
        };
        Ok(Some(validation))
    }
}
