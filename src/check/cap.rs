//! Are points within 0 and the cap? (附件2: 加分、减分上限.)
//!
//! What it finds: points over their cap, a negative bonus, points where nothing can be given. A negative
//! number in the deduction column means its magnitude. The policy `over_cap` decides whether the form is held
//! or the cap counts.

use super::{Family, Subject};
use crate::finding::{Code, Finding, Severity};
use crate::scheme::OverCap;

pub const FAMILY: Family = Family {
    codes: &[&OVER_CAP, &NEGATIVE_BONUS, &WITHOUT_CAP],
    check,
    reads_table: true,
};

static OVER_CAP: Code = Code::error("P301", "over-cap", "超过上限", "暂不计分，请更正后重报");
static NEGATIVE_BONUS: Code = Code::error(
    "P302",
    "negative-bonus",
    "加分填了负数",
    "暂不计分，要减分请填在减分栏，更正后重报",
);
static WITHOUT_CAP: Code = Code::error(
    "P303",
    "points-without-cap",
    "该处不设分值，却填了分",
    "暂不计分，请核对是否填错了行或栏，清空后重报",
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.sides() {
        let Some(points) = cell.points().filter(|points| !points.is_zero()) else {
            continue;
        };
        let title = cell.title(subject);
        if !cell.side.is_open() {
            let message = format!("{title}填{points}，这一行没有{}", cell.name);
            findings.push(cell.finding(subject, &WITHOUT_CAP, message).allowed("不填"));
        } else if points.is_negative() {
            let message = format!("{title}填{points}，不能是负数");
            let finding = cell.finding(subject, &NEGATIVE_BONUS, message);
            findings.push(finding.allowed(cell.side.in_words()));
        } else if points > cell.side.cap {
            let message = format!("{title}填{points}，超过上限{}", cell.side.cap);
            let finding = cell
                .finding(subject, &OVER_CAP, message)
                .allowed(format!("0至{}", cell.side.cap));
            findings.push(match subject.ground.scheme.policies.over_cap {
                OverCap::Hold => finding,
                OverCap::Clip => finding
                    .severity(Severity::Warning)
                    .next(format!("按方案约定以上限{}计，请核实", cell.side.cap)),
            });
        }
    }
}
