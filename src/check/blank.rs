//! Is every bonus scored? Blank is not 0.
//!
//! What it finds: a blank where a bonus could be given. A blank deduction is no deduction. The scheme's policy
//! `blank`, or a ruling of the clerk on this form, decides whether the form is held or the blank counts as 0.

use serde::Serialize;

use super::at::{At, PointsCell};
use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader, Severity};
use crate::form::Spot;
use crate::ground::Ground;
use crate::register::Treatment;
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

/// What decides about the blanks of a form.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Decided {
    /// Nobody: the form is held.
    Open,
    /// The scheme takes them for 0.
    Scheme,
    /// The clerk took them for 0.
    Register,
}

/// A bonus that could be given and is blank.
#[derive(Debug, Serialize)]
struct NotScored {
    #[serde(flatten)]
    at: At,
    decided: Decided,
}

impl Fact for NotScored {
    fn code(&self) -> &'static Code {
        &NOT_SCORED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        format!("{}未填，应填{}", self.at.title(to), self.at.allowed(to))
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        self.at.allowed(to)
    }

    fn taken(&self) -> Option<String> {
        let taken = match self.decided {
            Decided::Open => return None,
            Decided::Scheme => "按方案约定以0分计",
            Decided::Register => "按处理登记以0分计",
        };
        Some(taken.to_owned())
    }

    fn next(&self, _: &Reader<'_>) -> String {
        match self.decided {
            Decided::Open => NOT_SCORED.next,
            Decided::Scheme => "请核实",
            Decided::Register => "",
        }
        .to_owned()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![self.at.spot()]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = match self.decided {
            Decided::Open => "没有填。空白不等于0分：有得分的填分值，没有得分的填0。",
            Decided::Scheme | Decided::Register => "没有填。有得分的请补填，没有得分的填0。",
        };
        Some(self.at.advice(to, fix).left_out("没有填"))
    }

    fn treatments(&self) -> &'static [Treatment] {
        &[Treatment::BlankAsZero]
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let by_scheme = subject.ground.scheme.policies.blank;
    let (decided, severity) = match (subject.blank, by_scheme) {
        (Blank::Hold, _) => (Decided::Open, Severity::Error),
        (Blank::Zero, Blank::Zero) => (Decided::Scheme, Severity::Warning),
        (Blank::Zero, Blank::Hold) => (Decided::Register, Severity::Note),
    };
    for cell in subject.sides().filter(PointsCell::is_unscored) {
        let at = cell.at();
        findings.push(
            cell.found(subject, NotScored { at, decided })
                .severity(severity),
        );
    }
}
