//! What holds beyond single lines (weights, caps of groups, parts and the total) as a spreadsheet works it out.
//!
//! Must say the same as `scheme::Figures`, which decides; the total of a form is compared with it when it comes back.

use crate::model::{Exact, LineId, Points, Weight};
use crate::report::kit::policies;
use crate::scheme::Scheme;

/// The heading of a part: `1.必要性（95分，占总分的30%）`.
pub(super) fn part(scheme: &Scheme, part: usize, full: &Exact) -> String {
    let one = &scheme.parts[part];
    let weight = one
        .percent
        .map_or(String::new(), |percent| format!("，占总分的{percent}"));
    // A part that only takes is told by what it takes.
    let points = if *full <= Exact::zero() && one.deduction.is_positive() {
        format!("最多减{}分", one.deduction)
    } else {
        format!("{}分", full.shown(scheme.precision))
    };
    format!("{}.{}（{points}{weight}）", one.id, one.title)
}

/// `formula` times a weight.
pub(super) fn weighed(formula: &str, weight: Option<Weight>) -> String {
    match weight {
        Some(weight) => format!("{formula}*{}", weight.factor()),
        None => formula.to_owned(),
    }
}

/// What a part (an index) comes to; `net` is the formula of a line, none where it is not on the form.
pub(super) fn part_formula(
    scheme: &Scheme,
    part: usize,
    net: impl Fn(LineId) -> Option<String>,
) -> String {
    let worth = |line: LineId| Some(weighed(&net(line)?, scheme.lines[line].percent));
    let sum = |lines: &mut dyn Iterator<Item = LineId>| {
        let terms: Vec<String> = lines.filter_map(worth).collect();
        if terms.is_empty() {
            "0".to_owned()
        } else {
            terms.join("+")
        }
    };
    let beyond = |most: Points, lines: &[LineId]| {
        let sum = sum(&mut lines.iter().copied());
        format!("-MAX(0,{sum}-{most})")
    };
    let capped = |formula: String, most: Option<Points>| match most {
        Some(most) => format!("MIN({formula},{most})"),
        None => formula,
    };
    let one_dimension = |lines: &[LineId]| {
        let first = lines.first().map(|line| scheme.lines[*line].dimension);
        let mut lines = lines.iter();
        first.filter(|first| lines.all(|line| scheme.lines[*line].dimension == *first))
    };
    let of_part = |lines: &[LineId]| {
        let first = lines.first().map(|line| scheme.lines[*line].part);
        first == Some(part)
    };
    let dimensions = scheme.dimensions.iter().enumerate();
    let dimensions: Vec<String> = dimensions
        .filter(|(_, dimension)| dimension.part == part)
        .map(|(index, dimension)| {
            let lines = scheme.lines.entries();
            let own = lines.filter(|(_, line)| line.dimension == index);
            let sum = sum(&mut own.map(|(line, _)| line));
            let groups = scheme.caps.iter();
            let groups = groups.filter(|cap| one_dimension(&cap.lines) == Some(index));
            let beyond: String = groups.map(|cap| beyond(cap.at_most, &cap.lines)).collect();
            capped(format!("{sum}{beyond}"), dimension.at_most)
        })
        .collect();
    let groups = scheme.caps.iter();
    let groups = groups.filter(|cap| of_part(&cap.lines) && one_dimension(&cap.lines).is_none());
    let beyond: String = groups.map(|cap| beyond(cap.at_most, &cap.lines)).collect();
    let sum = if dimensions.is_empty() {
        "0".to_owned()
    } else {
        dimensions.join("+")
    };
    format!(
        "({})",
        capped(format!("{sum}{beyond}"), scheme.parts[part].at_most)
    )
}

/// The same in words, with what decides grades; nothing of what goes without saying.
pub(super) fn in_words(scheme: &Scheme) -> Vec<String> {
    let all = policies::beyond_lines(scheme).into_iter();
    let all = all.chain(policies::reviewer_classes(scheme));
    let grades = policies::grades(scheme).filter(|_| !scheme.has_stars());
    // The societies' own form says it where it says how to fill it in.
    let is_weighed = scheme.own.is_none() && scheme.policies.self_percent.is_some();
    let own = is_weighed.then(|| policies::own_weight(scheme));
    all.chain(own.map(|text| ("自评", text)))
        .chain(grades)
        .map(|(_, text)| text.trim_end_matches('。').to_owned())
        .collect()
}
