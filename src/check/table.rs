//! Is the table whole?
//!
//! What it finds: lost or doubled columns, lines missing or twice, rows that belong to no line. Reviewers
//! insert rows, unlock the sheet and delete what they do not need; what is left cannot be guessed at.

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Finding};
use crate::form::Damage;

pub const FAMILY: Family = Family {
    codes: &[&DAMAGED, &LINE_MISSING, &LINE_TWICE, &UNKNOWN_LINE],
    check,
    reads_table: false,
};

static DAMAGED: Code = Code::error(
    "F201",
    "table-damaged",
    "评分表结构被改动，无法读取",
    "暂不计分，请用空白表重填后重报",
);
static LINE_MISSING: Code = Code::error(
    "F202",
    "line-missing",
    "评分行缺失",
    "暂不计分，请恢复该行或用空白表重填后重报",
)
.folding();
static LINE_TWICE: Code = Code::error(
    "F203",
    "line-twice",
    "同一编号出现两次，不知以哪行为准",
    "暂不计分，请删去多余的一行后重报",
);
static UNKNOWN_LINE: Code = Code::warning(
    "F204",
    "unknown-line",
    "表内有指标体系以外的评分行",
    "该行不计分，请核实是否改错了编号",
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    for damage in &subject.form.damage {
        findings.push(match damage {
            Damage::NoTable { cell } => {
                subject.finding(&DAMAGED, *cell, "有表单编号，却找不到评分表的表头")
            }
            Damage::ColumnMissing { label, cell } => subject
                .finding(&DAMAGED, *cell, format!("评分表缺少“{label}”一列"))
                .allowed(label.clone()),
            Damage::ColumnTwice { label, cell } => subject
                .finding(&DAMAGED, *cell, format!("评分表有两列“{label}”，不知以哪列为准"))
                .found(label.clone()),
            Damage::LineMissing { line, cell } => {
                let line = &scheme.lines[*line];
                subject
                    .finding(&LINE_MISSING, *cell, format!("找不到{}这一行", scheme.title(line)))
                    .line(&line.code)
                    .allowed(line.code.clone())
            }
            Damage::LineTwice { line, cell } => {
                let line = &scheme.lines[*line];
                subject
                    .finding(&LINE_TWICE, *cell, format!("{}出现两次", scheme.title(line)))
                    .line(&line.code)
                    .found(line.code.clone())
            }
        });
    }
    if subject.form.damage.iter().any(|damage| {
        matches!(damage, Damage::ColumnMissing { .. } | Damage::ColumnTwice { .. })
    }) || findings.iter().any(|finding| finding.code == &super::edition::OTHER)
    {
        return;
    }
    for stray in &subject.form.strays {
        findings.push(
            subject
                .finding(
                    &UNKNOWN_LINE,
                    stray.cell,
                    format!("指标体系中没有这一行（{}）", quote(&stray.text)),
                )
                .found(stray.text.clone()),
        );
    }
}
