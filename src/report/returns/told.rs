//! What a sender is told of a form that goes back, on its first sheet and in the letter with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::advice::Point;
use crate::finding::{FormState, Outcome, Severity};
use crate::form::labels::Field;
use crate::ground::Ground;
use crate::model::{CellRef, Letter as Mail, day};
use crate::rank::Standings;
use crate::report::forms::evaluation::filling::Spot;
use crate::report::kit::words;
use crate::report::known::Came;
use crate::scheme::Scheme;

/// One form that goes back, as its sender is told of it.
pub(in crate::report) struct Part {
    pub form: Came,
    pub society: String,
    /// The file as it came, where its name may be said.
    pub file: Option<String>,
    /// The mail it came in.
    pub mail: Option<Arc<Mail>>,
    /// What became of the form.
    pub outcome: Outcome,
    pub points: Vec<Point>,
    /// Where marked cells stand; none where there is no form.
    pub cells: Option<BTreeMap<Spot, CellRef>>,
}

impl Part {
    /// What becomes of the form, in one clause; `is_theirs`: it is the sender who can put it right.
    pub(in crate::report) fn becomes(&self, is_theirs: bool) -> &'static str {
        becomes(self.form, self.outcome, is_theirs)
    }
}

/// What becomes of a form, in one clause. A society's own form is used, or is not.
pub(super) const fn becomes(came: Came, outcome: Outcome, is_theirs: bool) -> &'static str {
    match (came, outcome.state) {
        (Came::Review(_), _) => outcome.to_sender(is_theirs),
        (Came::Own(_), FormState::Counted) => "这份自评表已经采用",
        (Came::Own(_), FormState::Held) if is_theirs => "更正之前，这份自评表暂不采用",
        (Came::Own(_), _) => "",
    }
}

/// By when a form is to be sent back, in words. That the stage of the societies' own forms is over is no reason to ask for
/// a day that is gone.
pub(in crate::report) fn deadline(standings: &Standings<'_>, ground: &Ground) -> Option<String> {
    if ground.scheme.own.is_none() {
        return words::deadline(standings);
    }
    let stage = ground.scheme.stage()?;
    let is_over = standings.as_of.is_some_and(|today| today > stage.to);
    (!is_over).then(|| format!("{}（{}截止）", day::say(stage.to), stage.name))
}

/// How the marks look that these points make; empty where they make none.
pub(in crate::report) fn how_marked<'p>(
    points: &(impl Iterator<Item = &'p Point> + Clone),
) -> String {
    let has = |severity| {
        let mut marking = points.clone().filter(|point| !point.spots.is_empty());
        marking.any(|point| point.severity == severity)
    };
    let looks: Vec<&str> = [
        (Severity::Error, "红色粗实线框的须更正"),
        (Severity::Warning, "黄色虚线框的请核实"),
    ]
    .into_iter()
    .filter(|(severity, _)| has(*severity))
    .map(|(_, look)| look)
    .collect();
    looks.join("，")
}

/// That the date need not be changed, unless it is what is wrong.
pub(in crate::report) fn date_stays<'p>(
    scheme: &Scheme,
    mut points: impl Iterator<Item = &'p Point>,
) -> String {
    let date = Spot::Field(Field::Date);
    if points.any(|point| point.spots.contains(&date)) {
        String::new()
    } else {
        format!("{}不用改，", Field::Date.label(scheme))
    }
}

/// What to do where no fresh form can be made.
pub(in crate::report) fn without_form(scheme: &Scheme, points: &[Point]) -> String {
    if scheme.own.is_some() {
        return scheme.own_words(
            "没有认出是哪个学会的自评表，附不上带所填内容的新表。请用本学会的本年度空白自评表重填后发回。",
        );
    }
    let otherwise = if points.iter().any(|point| point.advice.asks) {
        "如不是上面所问的学会，"
    } else {
        ""
    };
    scheme.own_words(&format!(
        "没有认出所评的学会，附不上带您所填内容的新表。{otherwise}请用所评学会的本年度空白表重填后发回。"
    ))
}

/// `I12、J12`, or `I9等24处`.
pub(in crate::report) fn said(cells: &[CellRef]) -> String {
    /// More cells than this are only counted.
    const NAMED: usize = 2;
    match cells {
        [] => "—".to_owned(),
        [first, ..] if cells.len() > NAMED => format!("{first}等{}处", cells.len()),
        _ => {
            let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
            cells.join("、")
        }
    }
}
