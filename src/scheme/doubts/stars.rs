//! Doubts about the stars of a scheme, and about their grades.

use crate::scheme::Scheme;

impl Scheme {
    /// What is odd about thresholds, grades and nearness.
    pub(super) fn doubts_of_stars(&self) -> Vec<String> {
        [
            self.thresholds_off_the_total(),
            self.stars_without_grade(),
            self.near_for_all(),
        ]
        .concat()
    }

    /// Stars that nobody can reach, or that end far below the full total.
    fn thresholds_off_the_total(&self) -> Vec<String> {
        let thresholds = &self.stars.thresholds;
        let full = self.full_bonus();
        if self.stars.unseen {
            return Vec::new();
        }
        let Some(last) = thresholds.last() else {
            return vec![
                self.own_words("[stars] 没有一级门槛，所有学会都是0星，是否漏填 thresholds"),
            ];
        };
        let out_of_reach = thresholds.iter().filter(|one| **one > full).count();
        if out_of_reach > 0 {
            return vec![format!(
                "满分是{full}，最高的{out_of_reach}级星级（门槛{last}）谁也够不着，请核对 [stars]"
            )];
        }
        let steps = thresholds.windows(2).map(|pair| pair[1] - pair[0]);
        let widest = steps.max().unwrap_or(*last);
        if *last + widest < full {
            return vec![format!(
                "满分是{full}，而最高一级星级的门槛只有{last}，请核对 [stars] 是否与总分相称"
            )];
        }
        Vec::new()
    }

    /// Stars without a grade between or above those that have one: below the lowest grade there may be none.
    fn stars_without_grade(&self) -> Vec<String> {
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
    fn near_for_all(&self) -> Vec<String> {
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
