//! How the clerk's register was applied, without names.

use crate::rank::{SocietyState, Standings};
use crate::register::Treatment;
use crate::settle::{FormState, SettledForm};

/// How the clerk's register was applied, without names: `以此份为准1份、不计入2份`; none where it was not.
#[must_use]
pub fn ruled(standings: &Standings<'_>) -> Option<String> {
    let rulings = &standings.ground.register.rulings;
    let count = |treatment: Treatment| {
        let is_ruled = |form: &&SettledForm| {
            let mut own = form.rulings.iter().filter_map(|one| rulings.get(*one));
            own.any(|ruling| ruling.treatment == treatment)
        };
        // What is set aside counts only as that.
        let is_so = |form: &&SettledForm| {
            (form.state == FormState::Excluded) == (treatment == Treatment::Excluded)
        };
        standings
            .forms
            .iter()
            .filter(is_ruled)
            .filter(is_so)
            .count()
    };
    let given_up = standings.given_up.len();
    let withdrawn = standings
        .societies
        .iter()
        .filter(|one| one.state == SocietyState::Withdrawn)
        .count();
    let files = standings
        .files
        .iter()
        .filter(|file| file.unread.is_some_and(|unread| unread.ruling.is_some()))
        .count();
    let told: Vec<String> = Treatment::ALL
        .into_iter()
        .map(|treatment| (treatment.label(), count(treatment)))
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{label}{count}份"))
        .chain((given_up > 0).then(|| format!("不再等的评价表{given_up}份")))
        .chain(
            (withdrawn > 0)
                .then(|| format!("不参评的{}{withdrawn}个", standings.ground.scheme.object())),
        )
        .chain((files > 0).then(|| format!("没有读成而不再等的文件{files}个")))
        .collect();
    (!told.is_empty()).then(|| format!("经办人逐份登记了处理意见：{}", told.join("、")))
}
