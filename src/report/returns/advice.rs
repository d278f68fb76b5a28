//! A finding as the sender of the form reads it: which cell of the fresh form it marks, and how to put it right.
//!
//! Cells are told by what they are for, never by their address: the sender's layout may have been shifted.

use super::sender::Sender;
use crate::finding::{Advice, Code, Finding, Reader, Severity};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::{CellRef, LineId, SocietyId};
use crate::scheme::Item;

/// One thing to put right or to look at.
pub(in crate::report) struct Point {
    pub code: &'static Code,
    pub severity: Severity,
    /// The cells of the fresh form it marks; none where it is about the whole form.
    pub spots: Vec<Spot>,
    /// Where it stood in the form as it came.
    pub origin: Option<CellRef>,
    /// What the sender is told, complete: 指标/栏目 is never empty here.
    pub advice: Advice,
}

/// What findings are read against.
pub(in crate::report) struct Reading<'r> {
    /// That of the form.
    pub ground: &'r Ground,
    pub sender: &'r Sender<'r, 'r>,
    /// Whom the fresh form is about (an index); none where no form can be made.
    pub society: Option<SocietyId>,
}

impl Reading<'_> {
    /// All findings of the form as points: what weighs most first, then in the order of the form.
    pub(in crate::report) fn points(&self, findings: &[&Finding]) -> Vec<Point> {
        let mut points: Vec<Point> = findings
            .iter()
            .filter_map(|finding| self.point(finding))
            .collect();
        points.sort_by_key(|point| (point.severity, point.spots.first().copied().map(order)));
        points
    }

    fn point(&self, finding: &Finding) -> Option<Point> {
        let ground = self.ground;
        let mut advice = finding.fact.advice(&Reader::with(ground, self.sender))?;
        let spots = finding.fact.spots(ground);
        if advice.what.is_empty() {
            advice.what = self.what(&spots);
        }
        let is_scored = finding
            .outcome
            .is_some_and(|outcome| outcome.state.is_scored());
        if let Some(taken) = finding.fact.taken().filter(|_| is_scored) {
            advice.fix = format!("{}改正之前，{taken}。", advice.fix);
        }
        Some(Point {
            code: finding.code(),
            severity: finding.severity,
            origin: finding.place.cell,
            advice,
            spots: match self.society {
                Some(_) => spots,
                None => Vec::new(),
            },
        })
    }

    /// A cell of the form, as people call it.
    fn what(&self, spots: &[Spot]) -> String {
        let scheme = &self.ground.scheme;
        let part = |line: LineId, part: &str| {
            let title = scheme.title(&scheme.lines[line]);
            format!("{title}{part}")
        };
        match spots.first() {
            None => "整份表".to_owned(),
            // Quoted, so that no program takes it for the label of a form.
            Some(Spot::Field(field)) => format!("“{}”", field.label(scheme)),
            Some(Spot::BonusCap(line)) => part(*line, "加分上限"),
            Some(Spot::DeductionCap(line)) => part(*line, "减分上限"),
            Some(Spot::Bonus(line)) => part(*line, "加分"),
            Some(Spot::Deduction(line)) => part(*line, "减分"),
            Some(Spot::Value(line)) => part(*line, "填报内容"),
            Some(Spot::Target(line)) => part(*line, "目标数"),
            Some(Spot::Veto(veto)) => {
                format!("“{}”", crate::form::labels::veto(&scheme.vetoes[*veto]))
            }
            Some(Spot::Item(item)) => {
                let item = scheme.own.as_ref().and_then(|own| own.items.get(*item));
                item.map_or(String::new(), Item::title)
            }
            Some(Spot::Remark(line)) => part(*line, "评分说明"),
            Some(Spot::Total) => "总分".to_owned(),
        }
    }
}

/// The order of a form, top to bottom.
const fn order(spot: Spot) -> (u8, usize, Spot) {
    match spot {
        Spot::Field(_) => (0, 0, spot),
        Spot::BonusCap(line)
        | Spot::DeductionCap(line)
        | Spot::Bonus(line)
        | Spot::Deduction(line)
        | Spot::Value(line)
        | Spot::Target(line)
        | Spot::Remark(line) => (1, line.place(), spot),
        Spot::Item(item) => (1, item, spot),
        Spot::Total => (2, 0, spot),
        Spot::Veto(veto) => (3, veto, spot),
    }
}
