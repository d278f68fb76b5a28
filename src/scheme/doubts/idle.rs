//! What stands in a scheme and does nothing.

use std::collections::BTreeSet;

use crate::model::{Points, Weight};
use crate::scheme::{Aggregation, Effect, Places, Quota, Scheme, TieBreak};

impl Scheme {
    /// What changes no result, whatever is filled in.
    pub(super) fn doubts_of_idle(&self) -> Vec<String> {
        [
            self.idle_vetoes(),
            self.idle_quotas(),
            self.idle_policies(),
            self.weightless(),
            self.without_lines(),
        ]
        .concat()
    }

    /// The best grade (an index).
    fn best(&self) -> Option<usize> {
        (0..self.grades.len()).max_by_key(|grade| self.grades[*grade].from)
    }

    fn idle_vetoes(&self) -> Vec<String> {
        let vetoes = self.vetoes.iter();
        vetoes
            .filter_map(|veto| match veto.effect {
                Effect::AtMost(grade) if self.best() == Some(grade) => Some(format!(
                    "一票否决“{}”的 at_most 是最高的等次“{}”，有没有都一样，请核对",
                    veto.name, self.grades[grade].name
                )),
                Effect::NoGrade if self.grades.is_empty() => Some(format!(
                    "一票否决“{}”是 no-grade（不评等次），而方案没有等次，有没有都一样，请核对",
                    veto.name
                )),
                Effect::NotRanked | Effect::NoGrade | Effect::AtMost(_) => None,
            })
            .collect()
    }

    fn idle_quotas(&self) -> Vec<String> {
        let of = |quota: &Quota| {
            let grade = &self.grades[quota.grade];
            let places = match quota.places {
                Places::Percent(percent) if percent >= Points::whole(100) => Some(format!(
                    "等次“{}”的名额是100%，谁都不会因名额降等，请核对",
                    grade.name
                )),
                Places::Percent(percent) if percent.is_zero() => Some(none(&grade.name)),
                Places::Count(0) => Some(none(&grade.name)),
                Places::Percent(_) | Places::Count(_) => None,
            };
            let skips = quota.down_to.and_then(|down_to| {
                let down_to = &self.grades[down_to];
                let mut between = self.grades.iter();
                let between = between.find(|one| one.from > down_to.to && one.to < grade.from)?;
                Some(format!(
                    "等次“{}”名额以外的降到“{}”（down_to），越过了“{}”，请核对",
                    grade.name, down_to.name, between.name
                ))
            });
            [places, skips]
        };
        self.quotas.iter().flat_map(of).flatten().collect()
    }

    fn idle_policies(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        let classes = self.reviewer_classes.iter();
        let mut all = classes
            .filter_map(|class| class.aggregation)
            .chain([self.policies.aggregation]);
        if self.policies.trims_from.is_some() && !all.any(|one| one == Aggregation::TrimmedMean) {
            doubts.push(
                "[policies] 写了 trims_from，而没有一处用 trimmed-mean（去最高最低后平均），不起作用；要去最高最低的，请写 aggregation = \"trimmed-mean\""
                    .to_owned(),
            );
        }
        let mut seen: Vec<TieBreak> = Vec::new();
        for one in &self.policies.tie_breaks {
            if seen.contains(one) {
                doubts.push("[policies] 的 tie_breaks 里有一条写了两遍，后一遍不起作用".to_owned());
            }
            seen.push(*one);
        }
        if let [only] = self.reviewer_classes.as_slice() {
            doubts.push(format!(
                "评价人只有“{}”一类，分类和权重不起作用；还有别的类的，请补上",
                only.name
            ));
        }
        if !self.asks.eligibility && !self.eligibility.refused_inspections.is_empty() {
            doubts.push(
                "[eligibility] 写了不予受理的条件，而 asks 里没有 eligibility，名单不问这些，不起作用"
                    .to_owned(),
            );
        }
        doubts
    }

    /// Weights and caps of 0.
    pub(super) fn weightless(&self) -> Vec<String> {
        let none = |weight: Option<Weight>| weight.is_some_and(Weight::is_zero);
        let zero = |points: &Option<Points>| points.is_some_and(Points::is_zero);
        let parts = self.parts.iter().filter(|part| none(part.percent));
        let parts = parts.map(|part| format!("第{}部分", part.id));
        let lines = self.lines.iter().filter(|line| none(line.percent));
        let lines = lines.map(|line| self.title(line));
        let weights = parts
            .chain(lines)
            .map(|what| format!("{what}的权重（percent）是0，得多少分都不计，请核对"));
        let caps = self
            .caps
            .iter()
            .map(|cap| (format!("“{}”", cap.name), Some(cap.at_most)));
        let dimensions = self.dimensions.iter();
        let dimensions = dimensions.map(|one| (format!("一级指标“{}”", one.title), one.at_most));
        let of_parts = self.parts.iter();
        let of_parts = of_parts.map(|part| (format!("第{}部分", part.id), part.at_most));
        let total = [("总分".to_owned(), self.total_at_most)];
        let capped = caps.chain(dimensions).chain(of_parts).chain(total);
        let capped = capped
            .filter(|(_, most)| zero(most))
            .map(|(what, _)| format!("{what}最高（at_most）0分，得多少分都不计，请核对"));
        weights.chain(capped).collect()
    }

    /// Levels and classes under which nothing is scored.
    fn without_lines(&self) -> Vec<String> {
        let parts: BTreeSet<usize> = self.lines.iter().map(|line| line.part).collect();
        let dimensions: BTreeSet<usize> = self.lines.iter().map(|line| line.dimension).collect();
        let classes: BTreeSet<usize> = self.lines.iter().filter_map(|line| line.class).collect();
        let of_parts = self.parts.iter().enumerate();
        let of_parts = of_parts
            .filter(|(part, _)| !parts.contains(part))
            .map(|(_, part)| format!("第{}部分“{}”", part.id, part.title));
        let of_dimensions = self.dimensions.iter().enumerate();
        let of_dimensions = of_dimensions
            .filter(|(one, _)| !dimensions.contains(one))
            .filter(|(_, one)| parts.contains(&one.part))
            .map(|(_, one)| format!("一级指标“{}”", one.title));
        let of_classes = self.classes.iter().enumerate();
        let of_classes = of_classes
            .filter(|(class, _)| !classes.contains(class))
            .map(|(_, class)| format!("类别“{}”", class.name));
        of_parts
            .chain(of_dimensions)
            .chain(of_classes)
            .map(|what| format!("{what}没有一个评分行，请补上，或删去它"))
            .collect()
    }
}

fn none(grade: &str) -> String {
    format!("等次“{grade}”的名额是0，没有人能评上，请核对")
}
