//! What a sender is told of a form that goes back, on its first sheet and in the letter with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::advice::Point;
use crate::finding::{Outcome, Severity};
use crate::form::labels::Field;
use crate::model::{CellRef, FormKey, Letter as Mail};
use crate::report::forms::evaluation::filling::Spot;
use crate::scheme::Scheme;

/// One form that goes back, as its sender is told of it.
pub(in crate::report) struct Part {
    pub form: FormKey,
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
    mut points: impl Iterator<Item = &'p Point>,
) -> &'static str {
    let date = Spot::Field(Field::Date);
    if points.any(|point| point.spots.contains(&date)) {
        ""
    } else {
        "评价日期不用改，"
    }
}

/// What to do where no fresh form can be made.
pub(in crate::report) fn without_form(scheme: &Scheme, points: &[Point]) -> String {
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
