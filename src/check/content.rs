//! What a form says, made comparable: two forms with the same content are copies, however they look.

use std::fmt::{self, Write as _};

use super::answer::{self, Answer};
use super::{Subject, date, reviewer, stars, veto};
use crate::form::{Asked, Entry, Field, Filled, Form};
use crate::model::{Points, fold, folded, sha256_hex};
use crate::scheme::{Answer as Answered, Side};

/// What a form says, made comparable. Short, for every form has one until all are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Content {
    /// What it says part by part, each ended by what stands in none.
    said: Box<str>,
    /// How much of it is said in the lines, in bytes.
    lines: usize,
}

impl Content {
    /// Stands in no part: folding drops it, and what is not folded is escaped.
    const END: char = '\u{1f}';

    /// Adds a part to what is said.
    fn say(said: &mut String, part: impl fmt::Display) {
        // Writing into a text does not fail.
        let _ = write!(said, "{part}");
        said.push(Self::END);
    }

    /// What is said in the lines.
    pub fn lines(&self) -> &str {
        self.said.get(..self.lines).unwrap_or_default()
    }
}

/// Points and fields in one comparable list: 25, 25分 and ２５ are the same, and so are a blank deduction and 0.
pub(super) fn content(subject: &Subject<'_>, answers: Option<&[Option<Answered>]>) -> Content {
    let mut said = String::new();
    for (line, row) in subject.ground.scheme.lines.iter().zip(&subject.form.rows) {
        match row {
            Some(row) => {
                match &row.asked {
                    Some(asked) => Content::say(&mut said, asked_for(asked).join("/")),
                    None => say_points(&mut said, &row.bonus, &line.bonus, true),
                }
                say_points(&mut said, &row.deduction, &line.deduction, false);
            }
            None => (0..2).for_each(|_| Content::say(&mut said, "")),
        }
    }
    // Other facts may come to the same points.
    for answer in answers.into_iter().flatten() {
        Content::say(&mut said, format_args!("{answer:?}"));
    }
    let lines = said.len();
    for meaning in meanings(subject) {
        Content::say(&mut said, meaning);
    }
    Content {
        said: said.into(),
        lines,
    }
}

/// Says what stands in a cell meant for points.
fn say_points(said: &mut String, entry: &Entry, side: &Side, is_bonus: bool) {
    match &entry.filled {
        Filled::Blank if !is_bonus || !side.is_open() => Content::say(said, Points::ZERO),
        filled => match filled.points() {
            Some(points) if is_bonus => Content::say(said, points),
            Some(points) => Content::say(said, points.magnitude()),
            None => {
                let shown = filled.shown();
                Content::say(said, format_args!("“{}”", shown.escape_debug()));
            }
        },
    }
}

/// What stands in the place of points: the same number is the same, however it is written.
fn asked_for(asked: &Asked) -> Vec<String> {
    let said = |entry: &Entry, written: &str| match entry.filled.points() {
        Some(points) => points.to_string(),
        None => fold(written),
    };
    let target = asked.target.as_ref();
    let target = target.map(|target| said(target, &target.filled.shown()));
    std::iter::once(said(&asked.value, &asked.written))
        .chain(target)
        .collect()
}

/// What tells a form from what may lie in its place later: all that is written in it, wherever its file lies and
/// whatever it is called. Short, for people see it.
pub(super) fn fingerprint(form: &Form) -> String {
    const DIGITS: usize = 12;
    let mut whole = String::new();
    let mut say = |text: &str| {
        whole.push_str(&folded(text));
        whole.push(Content::END);
    };
    for field in Field::ALL {
        say(form.text(field));
    }
    for row in &form.rows {
        let Some(row) = row else {
            (0..4).for_each(|_| say(""));
            continue;
        };
        match &row.asked {
            Some(asked) => say(&asked_for(asked).join("/")),
            None => say(&row.bonus.filled.shown()),
        }
        say(&row.deduction.filled.shown());
        say(&row.evidence);
        say(row.remark.as_deref().unwrap_or_default());
    }
    if let Some(id) = &form.id {
        say(&id.value.society);
    }
    say(&form.opinion);
    for veto in form.vetoes.iter().flatten() {
        say(&veto.text);
    }
    for item in form.told.iter().flat_map(|told| &told.items).flatten() {
        say(&item.written);
        say(&item.evidence);
        say(&item.remark);
    }
    // It stands between the texts.
    whole.pop();
    let mut digest = sha256_hex(whole.as_bytes());
    digest.truncate(DIGITS);
    digest
}

/// What the fields mean, whatever they look like: the same form comes as xlsx and as csv.
fn meanings(subject: &Subject<'_>) -> Vec<String> {
    let form = subject.form;
    let written = |field| fold(form.text(field));
    // What is understood is compared by what it means, the rest by how it is written.
    let meant = |field, meaning: Option<String>| meaning.unwrap_or_else(|| written(field));
    let person = &subject.who.person;
    let units: Vec<&str> = person.units.iter().map(String::as_str).collect();
    let most = subject.ground.scheme.stars.most();
    vec![
        person.name.as_str().to_owned(),
        units.join("、"),
        meant(
            Field::Member,
            reviewer::member(form).map(|is_member| is_member.to_string()),
        ),
        meant(
            Field::Recusal,
            match answer::recusal(form.text(Field::Recusal)) {
                Answer::Yes => Some(true.to_string()),
                Answer::No | Answer::Unsaid => Some(false.to_string()),
                Answer::Unclear => None,
            },
        ),
        meant(Field::Date, date::day(form).map(|day| day.to_string())),
        meant(
            Field::Recommended,
            stars::recommended(form, most).map(|stars| stars.to_string()),
        ),
        written(Field::Mode),
        written(Field::Phone),
        written(Field::Class),
        format!("{:?}", veto::answers(form)),
    ]
}
