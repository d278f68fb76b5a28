//! Can the criteria give these points? (附件2: 评价要求.)
//!
//! What it finds: a value within the cap that no combination of the line's criteria gives (37 for 3.2): usually
//! a slip. It counts as filled.

use super::{Family, Subject};
use crate::finding::{Code, Explained, Finding};

pub const FAMILY: Family = Family {
    codes: &[&UNATTAINABLE],
    check,
    reads_table: true,
};

static UNATTAINABLE: Code = Code::warning(
    "P401",
    "unattainable",
    "按评价要求得不出这个分值",
    "暂按所填计，请确认或更正",
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

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.sides() {
        let Some(points) = cell.points() else {
            continue;
        };
        let within = !points.is_negative() && points <= cell.side.cap;
        if within && !cell.side.attainable.contains(&points) {
            let allowed = cell.side.in_words();
            let message = format!("{}填{points}，只能为{allowed}", cell.title(subject));
            let next = format!("暂按{points}计，请确认或更正");
            findings.push(
                cell.finding(subject, &UNATTAINABLE, message)
                    .allowed(allowed)
                    .next(next),
            );
        }
    }
}
