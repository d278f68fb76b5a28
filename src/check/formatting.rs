//! Does the form look as what stands in it? What is struck out or cannot be seen may not be meant.
//!
//! What it finds: strike-outs in points and fields; points and fields written in the colour of the paper, or hidden by
//! their number format; as far as the format of the file tells.

use super::{Family, PointsCell, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Explained, Finding, Severity};
use crate::form::{Mark, Marked};
use crate::model::CellRef;

pub const FAMILY: Family = Family {
    codes: &[&STRUCK, &UNSEEN],
    check,
    reads_table: true,
};

static STRUCK: Code = Code::warning(
    "F303",
    "struck-out",
    "有删除线",
    "照所填的全文处理，请核实划去的部分是否作数",
    Explained {
        means: "单元格里的内容（或其中一部分）划了删除线。划去的多半是不要的，但文件里字还在，程序读到的是连同划去\
            部分的全文。分值里有删除线的，暂不计分；姓名、日期、勾选等栏有删除线的，照全文处理，请核实。xlsx 能看\
            出整格和部分文字的删除线，其他格式看不出来。",
        basis: "本工具约定：划去的内容不猜作数还是不作数。",
        example: "第1组/中国能源研究会.xlsx › 评价表!I12：1.4“分支机构党的工作小组”加分“20”划了删除线。",
        remedy: "请评价人删去划掉的内容，只留下要填的，在退回件上改好后重报。",
    },
);
static UNSEEN: Code = Code::warning(
    "F304",
    "written-unseen",
    "填了内容，却看不见",
    "照常处理，请核实是不是要填的",
    Explained {
        means: "单元格里填有内容，但字色与底色相同（如白底白字），或数字格式什么也不显示（如“;;;”），打开、打印都\
            看不见，而程序照常读取。只有 xlsx 能看出来，条件格式造成的看不出来。",
        basis: "本工具约定：看不见的照读，并且说明。",
        example: "第1组/中国地质学会.xlsx › 评价表!I17：3.2“定期召开党委会”加分“40”看不见。",
        remedy: "选中这一格，在编辑栏里看内容，向评价人核实是不是他要填的。不是的，请删去后重报。",
    },
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for mark in &subject.form.marks {
        let Some(marked) = Found::of(subject, mark) else {
            continue;
        };
        let Found { title, written, .. } = &marked;
        if !mark.struck.is_empty() {
            let message = if mark.struck == *written {
                format!("{title}{}划了删除线", quote(written))
            } else {
                format!(
                    "{title}{}中的{}划了删除线",
                    quote(written),
                    quote(&mark.struck)
                )
            };
            let mut finding = marked.finding(subject, &STRUCK, mark.cell, message);
            if marked.line.is_some() {
                finding = finding
                    .severity(Severity::Error)
                    .next("暂不计分，请只留下要填的数后重报");
            }
            findings.push(finding);
        }
        if mark.is_unseen {
            let message = format!("{title}{}看不见", quote(written));
            findings.push(marked.finding(subject, &UNSEEN, mark.cell, message));
        }
    }
}

/// The cell of a mark, in words.
struct Found<'a> {
    title: String,
    written: String,
    /// The code of the line whose points they are.
    line: Option<&'a str>,
}

impl<'a> Found<'a> {
    fn of(subject: &'a Subject<'_>, mark: &Mark) -> Option<Self> {
        let points = |line: usize, is_bonus| {
            let code = &subject.ground.scheme.lines.get(line)?.code;
            let is_it =
                |cell: &PointsCell<'_>| cell.line.code == *code && cell.is_bonus == is_bonus;
            let cell = subject.sides().find(is_it)?;
            Some(Self {
                title: cell.title(subject),
                written: cell.entry.filled.shown(),
                line: Some(code),
            })
        };
        match mark.of {
            Marked::Field(field) => Some(Self {
                title: field.label().to_owned(),
                written: subject.form.text(field).to_owned(),
                line: None,
            }),
            Marked::Bonus(line) => points(line, true),
            Marked::Deduction(line) => points(line, false),
        }
    }

    fn finding(
        &self,
        subject: &Subject<'_>,
        code: &'static Code,
        cell: CellRef,
        message: String,
    ) -> Finding {
        let finding = subject.finding(code, cell, message).found(&self.written);
        match self.line {
            Some(line) => finding.line(line),
            None => finding,
        }
    }
}
