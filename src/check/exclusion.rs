//! Do bonus and deduction exclude each other? (附件2: 4.2, 4.3 备案加分、未备案减分.)
//!
//! What it finds: both above 0 in a line that the scheme marks `exclusive`.

use super::{Family, Subject};
use crate::finding::{Code, Finding};

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
