//! Can the criteria give these points? (附件2: 评价要求.)
//!
//! What it finds: a value within the cap that no combination of the line's criteria gives (37 for 3.2): usually
//! a slip. It counts as filled.

use serde::Serialize;

use super::at::At;
use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::Points;

pub const FAMILY: Family = Family {
    codes: &[&UNATTAINABLE],
    check,
    reads_table: true,
};

static UNATTAINABLE: Code = Code::warning(
    "P401",
    "unattainable",
    "按评价要求得不出这个分值",
    "请确认或更正",
    Explained {
        means: "分值没有超过上限，但按该行评价要求的各个要点怎么组合也得不出这个数，多半是手误。要\
            点注明“酌情”的，可以给0到该分值之间的任何整数，不在此列。",
        basis: "2018年附件2（评价要求）；酌情给分限整数是本工具约定。",
        example: "第1组/中国作物学会.ods › 评价表!I17：3.2“定期召开党委会”加分填37，只能为0、20、40、\
            50。",
        remedy: "对照该行的评价要求问评价人：填错的请他更正，评价日期写更正当天再重报；确认如此的，\
            照所填计，把理由记在核对清单的“处理意见”里。",
    },
);

/// Points that no combination gives.
#[derive(Debug, Serialize)]
struct Unattainable {
    #[serde(flatten)]
    at: At,
    given: Points,
}

impl Fact for Unattainable {
    fn code(&self) -> &'static Code {
        &UNATTAINABLE
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let title = self.at.title(to);
        format!("{title}填{}，只能为{}", self.given, self.at.allowed(to))
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.at.written.clone()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        self.at.allowed(to)
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![self.at.spot()]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix =
            "按评价要求得不出这个分值。请改为允许的分值；确认无误的不用改，在回信里说明即可。";
        Some(self.at.advice(to, fix))
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.sides() {
        let Some(given) = cell.points() else { continue };
        let within = !given.is_negative() && given <= cell.side.cap;
        if within && !cell.side.attainable.contains(&given) {
            let at = cell.at();
            findings.push(cell.found(subject, Unattainable { at, given }));
        }
    }
}
