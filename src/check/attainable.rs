//! Can the criteria give these points? (附件2: 评价要求.)
//!
//! What it finds: a value within the cap that no combination of the line's criteria gives (37 for 3.2): usually
//! a slip. It counts as filled.

use super::{Family, Subject};
use crate::finding::{Code, Finding};

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
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.sides() {
        let Some(points) = cell.points() else { continue };
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
