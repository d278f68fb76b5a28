//! Is a deduction explained? Who loses points may ask why.
//!
//! What it finds: a deduction without 评分说明. It counts as filled.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::fold::is_blank;
use crate::model::{LineId, Points};

pub const FAMILY: Family = Family {
    codes: &[&WITHOUT_REASON],
    check,
    reads_table: true,
};

static WITHOUT_REASON: Code = Code::warning(
    "P404",
    "deduction-without-reason",
    "减分没有写评分说明",
    "请补写减分理由",
    Explained {
        means: "填了减分，同一行的“评分说明”却空着。被减分的学会可能要问理由，审议时也要看。表上没\
            有“评分说明”这一列的不查。",
        basis: "本工具约定：减分须写明理由，未写的照常计分。",
        example: "第1组/中国作物学会.ods › 评价表!J15：2.3“建立学会党委请示报告工作制度”减25分，没\
            有写评分说明。",
        remedy: "请评价人补写减分理由，评价日期写补写当天再重报。来不及重报的，先问清理由，记在核\
            对清单的“处理意见”里。",
    },
)
.folding();

/// A deduction that nobody explained.
#[derive(Debug, Serialize)]
struct Unexplained {
    #[serde(skip)]
    line: LineId,
    deduction: Points,
}

impl Fact for Unexplained {
    fn code(&self) -> &'static Code {
        &WITHOUT_REASON
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let title = to.line(self.line);
        format!("{title}减{}分，没有写评分说明", self.deduction)
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.deduction.to_string()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Remark(self.line)]
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        let fix = format!("减了{}分，没有写理由。请在评分说明里补写。", self.deduction);
        Some(Advice::new(fix).left_out("没有写"))
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // Where nothing can be deducted, that is what is wrong.
    for (index, line, row) in subject
        .lines()
        .filter(|(_, line, _)| line.deduction.is_open())
    {
        let deduction = row.deduction.filled.points().map(Points::magnitude);
        let Some(deduction) = deduction.filter(|deduction| deduction.is_positive()) else {
            continue;
        };
        // Without the column nobody could explain.
        if row.remark.as_deref().is_some_and(is_blank) {
            let fact = Unexplained {
                line: index,
                deduction,
            };
            findings.push(subject.found(row.deduction.cell, fact).line(&line.code));
        }
    }
}
