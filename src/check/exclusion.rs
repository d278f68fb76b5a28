//! Do bonus and deduction exclude each other? (附件2: 4.2, 4.3 备案加分、未备案减分.)
//!
//! What it finds: both above 0 in a line that the scheme marks `exclusive`.

use super::{Family, Subject};
use crate::finding::{Code, Explained, Finding};

pub const FAMILY: Family = Family {
    codes: &[&EXCLUDED],
    check,
    reads_table: true,
};

static EXCLUDED: Code = Code::error(
    "P402",
    "excluded-by",
    "同一行加分与减分不能同时出现",
    "暂不计分，请只保留其一后重报",
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

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (line, row) in subject.lines().filter(|(line, _)| line.exclusive) {
        let (Some(bonus), Some(deduction)) =
            (row.bonus.filled.points(), row.deduction.filled.points())
        else {
            continue;
        };
        if bonus.is_positive() && !deduction.is_zero() {
            let deduction = deduction.magnitude();
            let message = format!(
                "{}加分{bonus}又减分{deduction}，两者不能同时出现",
                subject.ground.scheme.title(line)
            );
            findings.push(
                subject
                    .finding(&EXCLUDED, row.deduction.cell, message)
                    .line(&line.code)
                    .found(deduction.to_string())
                    .allowed("加分、减分只填其一"),
            );
        }
    }
}
