//! What a form says, made comparable: two forms with the same content are copies, however they look.

use super::{Subject, date, recusal, reviewer, stars};
use crate::form::{Entry, Field, Filled};
use crate::model::{Points, fold};
use crate::scheme::Side;

/// Points and fields in one comparable list: 25, 25分 and ２５ are the same, and so are a blank deduction and 0.
pub(super) fn content(subject: &Subject<'_>) -> Vec<String> {
    let points = |entry: &Entry, side: &Side, is_bonus: bool| match &entry.filled {
        Filled::Blank if !is_bonus || !side.is_open() => Points::ZERO.to_string(),
        filled => match filled.points() {
            Some(points) if is_bonus => points.to_string(),
            Some(points) => points.magnitude().to_string(),
            None => format!("“{}”", filled.shown()),
        },
    };
    let lines = subject.ground.scheme.lines.iter().zip(&subject.form.rows);
    let rows = lines.flat_map(|(line, row)| match row {
        Some(row) => [
            points(&row.bonus, &line.bonus, true),
            points(&row.deduction, &line.deduction, false),
        ],
        None => [String::new(), String::new()],
    });
    rows.chain(meanings(subject)).collect()
}

/// What the fields mean, whatever they look like: the same form comes as xlsx and as csv.
fn meanings(subject: &Subject<'_>) -> Vec<String> {
    let form = subject.form;
    let written = |field| fold(form.text(field));
    // What is understood is compared by what it means, the rest by how it is written.
    let meant = |field, meaning: Option<String>| meaning.unwrap_or_else(|| written(field));
    let most = subject.ground.scheme.stars.most();
    vec![
        written(Field::Reviewer),
        subject.ground.roster.unit_key(form.text(Field::Unit)),
        meant(
            Field::Member,
            reviewer::member(form).map(|is_member| is_member.to_string()),
        ),
        meant(
            Field::Recusal,
            recusal::ticks(form.text(Field::Recusal)).map(|ticked| ticked.to_string()),
        ),
        meant(Field::Date, date::day(form).map(|day| day.to_string())),
        meant(
            Field::Recommended,
            stars::recommended(form, most).map(|stars| stars.to_string()),
        ),
        written(Field::Mode),
        written(Field::Phone),
    ]
}
