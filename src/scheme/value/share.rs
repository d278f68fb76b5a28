//! 按完成率: so many points times done over target, up to a most.

use serde::Serialize;

use super::{Ask, Given, Kind, positive, shown};
use crate::model::{Exact, Points};
use crate::scheme::kinds::About;
use crate::scheme::reader::Table;

/// What is said of it.
pub(super) const ABOUT: About = About {
    word: "share",
    called: "按完成率",
    means: "填完成数，按“完成数÷目标数×points”得分，最高 at_most 分；目标由方案写明，或由评价表填。",
    keys: "points 恰好完成时的分；at_most 最高分，不写同 points；target 目标数，不写则由评价表填",
    example: "bonus = 40\nvalue = { kind = \"share\", points = 40, at_most = 40, target = 200 }",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// What exactly meeting the target gives.
    pub points: Points,
    pub at_most: Points,
    /// The target where the scheme sets it; otherwise the form does.
    pub target: Option<Points>,
}

impl Share {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        let points = positive(table, "points");
        let or_none = |key| table.has(key).then(|| positive(table, key));
        let (at_most, target) = (or_none("at_most"), or_none("target"));
        table.finish();
        let points = points?;
        Some(Self {
            points,
            at_most: at_most.unwrap_or(Some(points))?,
            target: target.map_or(Some(None), |target| target.map(Some))?,
        })
    }
}

impl Kind for Share {
    fn most(&self) -> Points {
        self.at_most
    }

    fn doubts(&self) -> Vec<String> {
        if self.at_most < self.points {
            return vec![format!(
                "恰好完成得{}分（points），而最高才{}分（at_most）",
                self.points, self.at_most
            )];
        }
        Vec::new()
    }

    fn points(&self, given: &Given) -> Option<Exact> {
        let (done, target) = match given {
            Given::Done { done, target } => (*done, self.target.or(*target)),
            Given::Number(done) => (*done, self.target),
            Given::Level(_) => return None,
        };
        // Over nothing there is no share: a target of 0 or none holds the line back.
        let target = target.filter(|target| target.is_positive())?;
        if done.is_negative() {
            return None;
        }
        let share = Exact::from(self.points) * Exact::from(done) / Exact::from(target);
        Some(share.min(Exact::from(self.at_most)))
    }

    fn in_words(&self) -> String {
        let target = self
            .target
            .map_or_else(|| "目标数".to_owned(), |target| format!("目标数{target}"));
        format!("{}分×完成数÷{target}，最高{}分", self.points, self.at_most)
    }

    fn ask(&self) -> Ask<'_> {
        Ask::Done
    }

    fn asks_target(&self) -> bool {
        self.target.is_none()
    }

    fn formula(&self, value: &str, target: &str) -> String {
        let target = self
            .target
            .map_or_else(|| target.to_owned(), |target| target.to_string());
        format!("MIN({}*{value}/{target},{})", self.points, self.at_most)
    }

    fn working(&self, given: &Given) -> String {
        let asked = match given {
            Given::Done { target, .. } => *target,
            Given::Number(_) | Given::Level(_) => None,
        };
        let target = self.target.or(asked);
        let target = target.map_or(String::new(), |target| target.to_string());
        let end = if self.points(given) == Some(Exact::from(self.at_most)) {
            format!("，最高{}分", self.at_most)
        } else {
            String::new()
        };
        format!("{}分×{}÷{target}{end}", self.points, shown(given))
    }
}
