//! Doubts about the days of a scheme, and about the grades of its stars.

use crate::model::day;
use crate::scheme::Scheme;

impl Scheme {
    /// Stages that run into one another, a day by which forms are due that lies before they may be filled in, stars that
    /// are never valid.
    pub(super) fn doubts_of_days(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        for pair in self.stages.windows(2) {
            if let [one, next] = pair
                && next.from <= one.to
            {
                doubts.push(format!(
                    "阶段“{}”从{}开始，而前一阶段“{}”到{}才结束，请核对 [[stages]] 的日期",
                    next.name,
                    day::say(next.from),
                    one.name,
                    day::say(one.to)
                ));
            }
        }
        if let (Some(deadline), Some(stage)) = (self.deadline, self.stage())
            && deadline < stage.from
        {
            doubts.push(format!(
                "deadline（{}）在阶段“{}”开始（{}）之前，请核对",
                day::say(deadline),
                stage.name,
                day::say(stage.from)
            ));
        }
        if self.validity_years == Some(0) {
            doubts.push("validity_years 是0，星级一天也没有效，请核对".to_owned());
        }
        doubts
    }

    /// Stars without a grade between or above those that have one: below the lowest grade there may be none.
    pub(super) fn stars_without_grade(&self) -> Vec<String> {
        if !self.has_stars() || self.grades.is_empty() {
            return Vec::new();
        }
        let most = u32::try_from(self.stars.thresholds.len()).unwrap_or(u32::MAX);
        let lowest = self.grades.iter().map(|grade| grade.from).min();
        let has_none = |stars: &u32| {
            let mut grades = self.grades.iter();
            !grades.any(|grade| (grade.from..=grade.to).contains(stars))
        };
        let without = lowest.unwrap_or(most)..=most;
        let without: Vec<String> = without
            .filter(has_none)
            .map(|stars| stars.to_string())
            .collect();
        if without.is_empty() {
            return Vec::new();
        }
        vec![format!(
            "{}星没有等次，而比它低的有，请核对 [[grades]] 的 from、to",
            without.join("、")
        )]
    }

    /// A remark on how near the next star is that every society would get.
    pub(super) fn near_for_all(&self) -> Vec<String> {
        let steps = self.stars.thresholds.windows(2);
        let widest = steps.map(|pair| pair[1] - pair[0]).max();
        if self.has_stars() && widest.is_some_and(|widest| self.stars.near > widest) {
            return vec![format!(
                "[stars] 的 near（{}分）比相邻两级的差还大，个个都会注明“距上一星不足{}分”，请核对",
                self.stars.near, self.stars.near
            )];
        }
        Vec::new()
    }
}
