//! Are the printed caps the scheme's? (附件2)
//!
//! What it finds: 加分上限 or 减分上限 changed in the form. The scheme's caps count.

use serde::Serialize;

use super::at::Half;
use super::{Family, Subject};
use crate::finding::text::shown;
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::{LineId, Points};

pub const FAMILY: Family = Family {
    codes: &[&CHANGED],
    check,
    reads_table: true,
};

static CHANGED: Code = Code::warning(
    "F205",
    "caps-changed",
    "表上的分值上限被改动",
    "以指标体系的上限为准，请核实",
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

/// A printed cap that somebody changed.
#[derive(Debug, Serialize)]
struct CapChanged {
    #[serde(skip)]
    line: LineId,
    side: Half,
    printed: String,
    cap: Points,
}

impl Fact for CapChanged {
    fn code(&self) -> &'static Code {
        &CHANGED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let written = if self.printed.is_empty() {
            "空白".to_owned()
        } else {
            self.printed.clone()
        };
        format!(
            "{}{}上限被改为{written}，应为{}",
            to.line(self.line),
            self.side.label(),
            self.cap
        )
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.printed.clone()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        self.cap.to_string()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![match self.side {
            Half::Bonus | Half::Value | Half::Target => Spot::BonusCap(self.line),
            Half::Deduction => Spot::DeductionCap(self.line),
        }]
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        let advice = Advice::new("原表上的上限被改过，退回件已恢复。请核对这一行的分值。")
            .found(shown(&self.printed))
            .allowed(self.cap.to_string());
        Some(advice)
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, line, row) in subject.lines() {
        for (half, printed) in [
            (Half::Bonus, &row.bonus_cap),
            (Half::Deduction, &row.deduction_cap),
        ] {
            let Some(printed) = printed else { continue };
            let cap = half.of(line).cap;
            let is_same = printed
                .filled
                .points()
                .is_some_and(|shown| shown.magnitude() == cap);
            if !is_same {
                let fact = CapChanged {
                    line: index,
                    side: half,
                    printed: printed.filled.shown(),
                    cap,
                };
                findings.push(subject.found(printed.cell, fact).line(&line.code));
            }
        }
    }
}
