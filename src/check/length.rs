//! Is more written in a cell than a person writes there? Only the beginning is kept, and the cell is named.
//!
//! What it finds: fields, answers, 佐证材料, 评分说明 and 推荐意见 that are longer than is kept of them.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::form::length::{Cut, FIELD, FREELY, Whole};
use crate::ground::Ground;

pub const FAMILY: Family = Family {
    codes: &[&TOO_LONG],
    check,
    reads_table: false,
};

static TOO_LONG: Code = Code::warning(
    "F305",
    "too-long",
    "填写的内容太长，只读了前面的部分",
    "其余照常处理，请核实填的内容",
    Explained {
        means: "姓名、单位、日期、勾选等栏超过200字，或一份表上的佐证材料、评分说明（自评表是备注）合计超过4万字（推荐意见另计），不像是人填的，\
            多半是误贴进来的。栏目只读前200字，文字只读前4万字，其余照常处理；原文在收到的文件里。",
        basis: "本工具约定：一份表的文字以够用为限，不让一份表拖住整批。",
        example: "中国地质学会.csv › 评价表!B4：评价人填了201字，只读了前面的部分。",
        remedy: "打开原文件看这一格是什么内容，向评价人核实，请他改短后重报。",
    },
);

/// A cell of which only the beginning is kept.
#[derive(Debug, Serialize)]
struct TooLong {
    #[serde(skip)]
    of: Whole,
    letters: usize,
}

impl TooLong {
    fn title(&self, to: &Reader<'_>) -> String {
        match self.of {
            Whole::Field(field) => field.label(&to.ground.scheme),
            Whole::Veto(_) => "一票否决项".to_owned(),
            Whole::Evidence(line) => format!("{}佐证材料", to.line(line)),
            Whole::Remark(line) => format!("{}评分说明", to.line(line)),
            Whole::ItemEvidence(item) => format!("{}佐证材料", super::told::title(to, item)),
            Whole::ItemRemark(item) => format!("{}备注", super::told::title(to, item)),
            Whole::Opinion => "推荐意见".to_owned(),
        }
    }
}

impl Fact for TooLong {
    fn code(&self) -> &'static Code {
        &TOO_LONG
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let (title, letters) = (self.title(to), self.letters);
        let together = match self.of {
            Whole::Evidence(_) | Whole::Remark(_) => "佐证材料、评分说明",
            Whole::ItemEvidence(_) | Whole::ItemRemark(_) => "佐证材料、备注",
            Whole::Field(_) | Whole::Veto(_) | Whole::Opinion => {
                return format!("{title}填了{letters}字，只读了前面的部分");
            }
        };
        format!(
            "{title}的{letters}字没有读完：这份表的{together}合计超过{}万字",
            FREELY / 10_000
        )
    }

    fn found(&self, _: &Reader<'_>) -> String {
        format!("{}字", self.letters)
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        if self.of.is_free() {
            format!("合计不超过{}万字", FREELY / 10_000)
        } else {
            format!("不超过{FIELD}字")
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        self.of.spot().into_iter().collect()
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        Some(Advice::new(
            "原表这一格的内容太长，只读了前面的部分，退回件上带的也只是这一部分。请核对，改短后发回。",
        ))
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for Cut { cell, of, letters } in &subject.form.cut {
        let (of, letters) = (*of, *letters);
        findings.push(subject.found(*cell, TooLong { of, letters }));
    }
}
