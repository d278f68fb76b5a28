//! What the clerk's register says of a form before it is checked: whose name is meant, and whether blanks are 0.
//!
//! Only what takes effect here is noted as applied; the rest is `settle`'s.

use super::who::Who;
use super::{content, date, identity, recusal};
use crate::form::{Field, Filled, Form};
use crate::ground::Ground;
use crate::intake::Source;
use crate::model::{Place, SocietyId};
use crate::register::{Concern, Ruling, Treatment};
use crate::scheme::Blank;

/// What the register answers.
pub(super) struct Asked<'g> {
    pub(super) who: Who<'g>,
    pub(super) named: Option<SocietyId>,
    pub(super) society: Option<SocietyId>,
    pub(super) blank: Blank,
    pub(super) rulings: Vec<usize>,
}

/// Asks the register about a form.
pub(super) fn ask<'g>(
    ground: &'g Ground,
    source: &Source,
    place: &Place,
    form: &Form,
    by_file: Option<SocietyId>,
) -> Asked<'g> {
    let register = &ground.register;
    let written = form.text(Field::Society);
    let mut rulings = Vec::new();
    let mut named = ground.roster.society_named(written);
    // A blank form stands for nothing; nothing is ruled about it.
    if register.rulings.is_empty() || super::is_blank(ground, form) {
        let society = identity::society(ground, form, named, by_file);
        return Asked {
            who: Who::of(ground, form, society),
            named,
            society,
            blank: ground.scheme.policies.blank,
            rulings,
        };
    }
    let reviewer = form.text(Field::Reviewer);
    let fingerprint = content::fingerprint(form);
    let sent = source
        .letter
        .as_ref()
        .and_then(|letter| letter.sent.as_ref());
    let day = date::day(form).max(sent.map(jiff::Zoned::date));
    let concern = |society| {
        Concern::form(place, society, written, reviewer).with(&fingerprint, &form.corrects, day)
    };
    let one = concern("");
    let aliases: Vec<(usize, &Ruling)> = register.of(Treatment::Alias, &one).collect();
    // A row that names the file knows better than one for everybody who writes this name.
    let (of_file, of_name): (Vec<_>, Vec<_>) = aliases
        .into_iter()
        .partition(|(_, ruling)| ruling.named(&one).is_some());
    let is_listed = named.is_some() && !ground.roster.is_ruled_alias(written);
    if !is_listed && let Some(meant) = agreed(&of_file).or_else(|| agreed(&of_name)) {
        named = Some(meant);
    }
    for (index, ruling) in of_file.into_iter().chain(of_name) {
        if !is_listed && named == ruling.society {
            rulings.push(index);
        }
    }
    let society = identity::society(ground, form, named, by_file);
    let listed = society.map_or("", |society| ground.roster.societies[society].name.as_str());
    let mut blank = ground.scheme.policies.blank;
    for (index, _) in register.of(Treatment::BlankAsZero, &concern(listed)) {
        if has_blanks(ground, form) {
            rulings.push(index);
            blank = Blank::Zero;
        }
    }
    let who = Who::of(ground, form, society);
    for question in recusal::questions(ground, form, &who, society) {
        let group = ground.roster.group_at(society);
        let group = group.map(|group| ground.roster.groups[group].number);
        let one = concern(listed).in_group(group);
        for treatment in question.answers() {
            for (index, ruling) in register.of(*treatment, &one) {
                if question.is_answered_by(ruling) && !rulings.contains(&index) {
                    rulings.push(index);
                }
            }
        }
    }
    Asked {
        who,
        named,
        society,
        blank,
        rulings,
    }
}

/// The one society that all of these rulings lead to.
fn agreed(rulings: &[(usize, &Ruling)]) -> Option<SocietyId> {
    let (_, first) = rulings.first()?;
    let society = first.society?;
    rulings
        .iter()
        .all(|(_, ruling)| ruling.society == Some(society))
        .then_some(society)
}

/// Whether any bonus that could be given is left blank.
fn has_blanks(ground: &Ground, form: &Form) -> bool {
    let lines = ground.scheme.lines.iter().zip(&form.rows);
    lines
        .filter_map(|(line, row)| Some((line, row.as_ref()?)))
        // What a rule works out is not typed.
        .filter(|(line, _)| line.value.is_none())
        .any(|(line, row)| line.bonus.is_open() && row.bonus.filled == Filled::Blank)
}
