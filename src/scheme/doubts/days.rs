//! Doubts about the days of a scheme.

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
}
