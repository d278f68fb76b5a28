//! Are the printed caps the scheme's? (附件2)
//!
//! What it finds: 加分上限 or 减分上限 changed in the form. The scheme's caps count.

use super::{Family, Subject};
use crate::finding::{Code, Explained, Finding};

pub const FAMILY: Family = Family {
    codes: &[&CHANGED],
    check,
    reads_table: true,
};

static CHANGED: Code = Code::warning(
    "F205",
    "caps-changed",
    "表上的分值上限被改动",
    "按指标体系的上限计，请核实",
    Explained {
        means: "表上印的加分上限或减分上限与评价方案里的不同，说明有人改过表。计分用方案里的上限，\
            表上改过的数不起作用。",
        basis: "2018年附件2（各行加分、减分上限）。",
        example: "第1组/中华预防医学会.xls › 评价表!E16：3.1“学习宣传贯彻党的方针、政策”加分上限被\
            改为80，应为50。",
        remedy: "看该行填的分有没有跟着超过真正的上限，超过的会另报“超过上限”。向评价人说明上限不\
            能改；分值没有问题的，不必重报。",
    },
)
.folding();

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (line, row) in subject.lines() {
        for (name, printed, side) in [
            ("加分上限", &row.bonus_cap, &line.bonus),
            ("减分上限", &row.deduction_cap, &line.deduction),
        ] {
            let Some(printed) = printed else { continue };
            let is_same = printed
                .filled
                .points()
                .is_some_and(|cap| cap.magnitude() == side.cap);
            if !is_same {
                let title = subject.ground.scheme.title(line);
                let shown = printed.filled.shown();
                let written = if shown.is_empty() {
                    "空白".to_owned()
                } else {
                    shown.clone()
                };
                let message = format!("{title}{name}被改为{written}，应为{}", side.cap);
                findings.push(
                    subject
                        .finding(&CHANGED, printed.cell, message)
                        .line(&line.code)
                        .found(shown)
                        .allowed(side.cap.to_string()),
                );
            }
        }
    }
}
