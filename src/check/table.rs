//! Is the table whole?
//!
//! What it finds: lost or doubled columns, lines missing or twice, rows that belong to no line. Reviewers
//! insert rows, unlock the sheet and delete what they do not need; what is left cannot be guessed at.

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Explained, Finding};
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
    Explained {
        means: "表头缺了必需的一列、同一列出现两次，或只剩表单编号、找不到评分表的表头，程序不知道\
            哪一格是加分、哪一格是减分，所以一格也不读。",
        basis: "本工具约定：分值在哪一列读不准的表不猜、不计分。",
        example: "第2组/中国粮油学会.xlsx › 评价表!I7：评分表缺少“初评加分”一列。",
        remedy: "请评价人用空白表重填后重报，不要改表头，不要增删列。确系只改了表头几个字的，由评\
            价人改回原样即可。旧表可以留着，新表的评价日期写更正当天。",
    },
);
static LINE_MISSING: Code = Code::error(
    "F202",
    "line-missing",
    "评分行缺失",
    "暂不计分，请恢复该行或用空白表重填后重报",
    Explained {
        means: "指标体系里的这一行在表上找不到：整行被删，或编号被改、被清空。缺一行就算不出总分，\
            也不能当0分。",
        basis: "2018年附件2（指标体系的评分行一行不少）；缺行的表不计分是本工具约定。",
        example: "第2组/中国细胞生物学学会.xlsx › 评价表!A17：找不到3.2“定期召开党委会”这一行。",
        remedy: "编号被改了的，请评价人改回原来的编号；整行被删的，请用空白表重填。更正后评价日期\
            写当天，重报后再运行一次。",
    },
)
.folding();
static LINE_TWICE: Code = Code::error(
    "F203",
    "line-twice",
    "同一编号出现两次，不知以哪行为准",
    "暂不计分，请删去多余的一行后重报",
    Explained {
        means: "表上有两行用了同一个编号，多半是复制、插入行时带出来的，或把别的行的编号改成了这个。\
            两行分值可能不同，程序不替人选。",
        basis: "本工具约定：同一评分行只能有一行。",
        example: "第2组/中国细胞生物学学会.xlsx › 评价表!A18：3.2“定期召开党委会”出现两次。",
        remedy: "请评价人看清哪一行是对的：多出来的一行删掉；编号改错的改回原编号。更正后评价日期\
            写当天再重报。",
    },
);
static UNKNOWN_LINE: Code = Code::warning(
    "F204",
    "unknown-line",
    "表内有指标体系以外的评分行",
    "该行不计分，请核实是否改错了编号",
    Explained {
        means: "评分表里有一行，编号不在指标体系中，或没有编号却填了分。这一行的分不计入，表上自带\
            的总分也因此不作比对。",
        basis: "2018年附件2（只按指标体系的评分行计分）。",
        example: "第2组/中国细胞生物学学会.xlsx › 评价表!A20：指标体系中没有这一行（“3.9”）。",
        remedy: "若是把某一行的编号改错了（常常同时报“评分行缺失”），请评价人改回，评价日期写更正\
            当天再重报。若是自己加的说明行，分值没有问题的，不必重报。",
    },
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
                .finding(
                    &DAMAGED,
                    *cell,
                    format!("评分表有两列“{label}”，不知以哪列为准"),
                )
                .found(label.clone()),
            Damage::LineMissing { line, cell } => {
                let line = &scheme.lines[*line];
                subject
                    .finding(
                        &LINE_MISSING,
                        *cell,
                        format!("找不到{}这一行", scheme.title(line)),
                    )
                    .line(&line.code)
                    .allowed(line.code.clone())
            }
            Damage::LineTwice { line, cell } => {
                let line = &scheme.lines[*line];
                subject
                    .finding(
                        &LINE_TWICE,
                        *cell,
                        format!("{}出现两次", scheme.title(line)),
                    )
                    .line(&line.code)
                    .found(line.code.clone())
            }
        });
    }
    if subject.form.damage.iter().any(|damage| {
        matches!(
            damage,
            Damage::ColumnMissing { .. } | Damage::ColumnTwice { .. }
        )
    }) || findings
        .iter()
        .any(|finding| finding.code() == &super::edition::OTHER)
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
