//! Is every bonus scored? Blank is not 0.
//!
//! What it finds: a blank where a bonus could be given. A blank deduction is no deduction. The scheme's policy
//! `blank`, or a ruling of the clerk on this form, decides whether the form is held or the blank counts as 0.

use super::{Family, PointsCell, Subject};
use crate::finding::{Code, Explained, Finding, Severity};
use crate::scheme::Blank;

pub const FAMILY: Family = Family {
    codes: &[&NOT_SCORED],
    check,
    reads_table: true,
};

static NOT_SCORED: Code = Code::error(
    "P201",
    "not-scored",
    "加分未填，应填0至上限，没有得分的填0",
    "请补填后重报",
    Explained {
        means: "这一行可以加分，加分格却空着。空着可能是没有得分，也可能是漏评，程序分不出来，所以\
            空白不当0；减分格空着就是不减分。方案约定空白按0分计的，只作“请核实”。",
        basis: "本工具约定（评分说明·加分未填，方案中的 policies.blank）。",
        example: "第1组/中国地质学会.xlsx › 评价表!I16：3.1“学习宣传贯彻党的方针、政策”加分未填，\
            应填0、15、20、30、35、50。",
        remedy: "请评价人把空着的加分格补齐，没有得分的填0，表底“未评项数”为0再报。评价日期写补填\
            当天，旧表可以留着。",
    },
)
.folding();

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.sides().filter(PointsCell::is_unscored) {
        let message = format!("{}未填，应填{}", cell.title(subject), cell.side.in_words());
        let finding = cell
            .finding(subject, &NOT_SCORED, message)
            .allowed(cell.side.in_words());
        let by_scheme = subject.ground.scheme.policies.blank;
        findings.push(match (subject.blank, by_scheme) {
            (Blank::Hold, _) => finding,
            (Blank::Zero, Blank::Zero) => finding
                .severity(Severity::Warning)
                .next("按方案约定以0分计，请核实"),
            (Blank::Zero, Blank::Hold) => {
                finding.severity(Severity::Note).next("按处理登记以0分计")
            }
        });
    }
}
