//! Do bonus and deduction exclude each other? (附件2: 4.2, 4.3 备案加分、未备案减分.)
//!
//! What it finds: both above 0 in a line that the scheme marks `exclusive`.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::{LineId, Points};

pub const FAMILY: Family = Family {
    codes: &[&EXCLUDED],
    check,
    reads_table: true,
};

static EXCLUDED: Code = Code::error(
    "P402",
    "excluded-by",
    "同一行加分与减分不能同时出现",
    "请只保留其一后重报",
    Explained {
        means: "同一行既加了分又减了分，而这一行的加分和减分说的是同一件事的正反两面（如备案加分、\
            未备案减分），只能有一个。",
        basis: "2018年附件2的4.2、4.3（备案加25分、未备案减25分）；两者互斥是本工具约定（评分说明·\
            加减互斥，方案中各行的 exclusive）。",
        example: "第1组/中国能源研究会.xlsx › 评价表!J24：4.2“学会办事机构单独成立基层党组织”加分25\
            又减分25，两者不能同时出现。",
        remedy: "请评价人查明事实，如有没有备案，只留一边：留加分的，减分清空；留减分的，加分填0。\
            评价日期写更正当天再重报。",
    },
);

/// Bonus and deduction in a line that has only one of them.
#[derive(Debug, Serialize)]
struct Both {
    #[serde(skip)]
    line: LineId,
    bonus: Points,
    deduction: Points,
}

impl Fact for Both {
    fn code(&self) -> &'static Code {
        &EXCLUDED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        format!(
            "{}加分{}又减分{}，两者不能同时出现",
            to.line(self.line),
            self.bonus,
            self.deduction
        )
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.deduction.to_string()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        "加分、减分只填其一".to_owned()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Bonus(self.line), Spot::Deduction(self.line)]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = "这一行的加分和减分不能同时有。请只保留一个；加分不要的填0，减分不要的清空。";
        let advice = Advice::new(fix)
            .about(to.line(self.line))
            .found(format!("加{}、减{}", self.bonus, self.deduction))
            .allowed(self.allowed(to));
        Some(advice)
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, line, row) in subject.lines().filter(|(_, line, _)| line.exclusive) {
        let (Some(bonus), Some(deduction)) =
            (row.bonus.filled.points(), row.deduction.filled.points())
        else {
            continue;
        };
        if bonus.is_positive() && !deduction.is_zero() {
            let fact = Both {
                line: index,
                bonus,
                deduction: deduction.magnitude(),
            };
            findings.push(subject.found(row.deduction.cell, fact).line(&line.code));
        }
    }
}
