//! 评价日期: when the form was filled (通知二: the stages of the year).
//!
//! What it finds: no date, a date that cannot be read, a date outside the stage. The form counts all the same.

use jiff::civil::Date;

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Finding};
use crate::form::{Field, Form};
use crate::intake::Value;
use crate::model::day;

pub const FAMILY: Family = Family {
    codes: &[&MISSING, &UNREADABLE, &OUTSIDE],
    check,
    reads_table: false,
};

static MISSING: Code = Code::warning("D101", "date-missing", "评价日期未填", "照常计分，请补填");
static UNREADABLE: Code = Code::warning(
    "D102",
    "date-unreadable",
    "评价日期看不懂",
    "照常计分，请写成 2018-08-05 这样的日期",
);
static OUTSIDE: Code = Code::warning(
    "D103",
    "outside-stage",
    "评价日期不在评价阶段内",
    "照常计分，请核实",
);

/// 评价日期, if it can be read.
#[must_use]
pub fn day(form: &Form) -> Option<Date> {
    match form.fields.get(&Field::Date)?.value.as_ref()? {
        Value::Date { day: Some(day), .. } => Some(*day),
        // 20180805 typed into a cell with a date format.
        Value::Date { serial, .. } => day::read(&serial.to_string()),
        _ => day::read(form.text(Field::Date)),
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let form = subject.form;
    let cell = form.cell(Field::Date);
    let written = form.text(Field::Date);
    let stage = subject.ground.scheme.stage();
    match (day(form), stage) {
        (None, _) if written.is_empty() => {
            findings.push(subject.finding(&MISSING, cell, MISSING.states));
        }
        (None, _) => findings.push(
            subject
                .finding(&UNREADABLE, cell, format!("评价日期填{}，看不懂", quote(written)))
                .found(written),
        ),
        (Some(date), Some(stage)) if !stage.holds(date) => {
            let allowed = format!(
                "{}至{}",
                day::say(stage.from),
                day::say(stage.to)
            );
            let message = format!(
                "评价日期{}不在{}阶段（{allowed}）内",
                day::say(date),
                stage.name
            );
            findings.push(
                subject
                    .finding(&OUTSIDE, cell, message)
                    .found(date.to_string())
                    .allowed(allowed),
            );
        }
        _ => {}
    }
}
