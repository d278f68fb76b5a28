//! Does the form look as what stands in it? What is struck out or cannot be seen may not be meant.
//!
//! What it finds: strike-outs in points and fields; points and fields written in the colour of the paper, or hidden by
//! their number format; as far as the format of the file tells.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader, Severity};
use crate::form::{Mark, Spot};
use crate::ground::Ground;

pub const FAMILY: Family = Family {
    codes: &[&STRUCK, &UNSEEN],
    check,
    reads_table: true,
};

static STRUCK: Code = Code::warning(
    "F303",
    "struck-out",
    "有删除线",
    "请核实划去的部分是否作数",
    Explained {
        means: "单元格里的内容（或其中一部分）划了删除线。划去的多半是不要的，但文件里字还在，程序读到的是连同划去\
            部分的全文。分值里有删除线的，暂不计分；姓名、日期、勾选等栏有删除线的，照全文处理，请核实。xlsx、xlsb、\
            xls 和 ods 能看出整格和部分文字的删除线；csv、网页没有格式，看不出来。",
        basis: "本工具约定：划去的内容不猜作数还是不作数。",
        example: "第1组/中国能源研究会.xlsx › 评价表!I12：1.4“分支机构党的工作小组”加分“20”划了删除线。",
        remedy: "请评价人删去划掉的内容，只留下要填的，在退回件上改好后重报。",
    },
);
static UNSEEN: Code = Code::warning(
    "F304",
    "written-unseen",
    "填了内容，却看不见",
    "请核实是不是要填的",
    Explained {
        means: "单元格里填有内容，但字色与底色相同或几乎相同（如白底白字，数字格式里的“[白色]”），或数字格式什么也不显示（如“;;;”），打开、打印都\
            看不见，而程序照常读取。xlsx、xlsb、xls 能看出来，ods 看不出用格式藏起来的文字；条件格式造成的、\
            主题颜色调过深浅的看不出来，csv、网页没有格式。",
        basis: "本工具约定：看不见的照读，并且说明。",
        example: "第1组/中国能源研究会.xlsx › 评价表!I12：1.4“分支机构党的工作小组”加分“20”看不见。",
        remedy: "选中这一格，在编辑栏里看内容，向评价人核实是不是他要填的。不是的，请删去后重报。",
    },
);

/// A cell that does not look as what stands in it would.
#[derive(Debug, Serialize)]
struct Looks {
    #[serde(skip)]
    spot: Spot,
    written: String,
    /// What of it is struck out; none where it cannot be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    struck: Option<String>,
}

impl Looks {
    fn title(&self, to: &Reader<'_>) -> String {
        match self.spot {
            Spot::Field(field) => field.label(&to.ground.scheme),
            Spot::Bonus(line) => format!("{}加分", to.line(line)),
            Spot::Deduction(line) => format!("{}减分", to.line(line)),
            Spot::Value(line) => format!("{}填报内容", to.line(line)),
            Spot::Target(line) => format!("{}目标数", to.line(line)),
            Spot::Item(item) => super::told::title(to, item),
            _ => String::new(),
        }
    }
}

impl Fact for Looks {
    fn code(&self) -> &'static Code {
        match self.struck {
            Some(_) => &STRUCK,
            None => &UNSEEN,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let (title, written) = (self.title(to), quote(&self.written));
        match &self.struck {
            Some(struck) if *struck == self.written => format!("{title}{written}划了删除线"),
            Some(struck) => format!("{title}{written}中的{}划了删除线", quote(struck)),
            None => format!("{title}{written}看不见"),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.written.clone()
    }

    fn next(&self, _: &Reader<'_>) -> String {
        match (&self.struck, self.spot) {
            (Some(_), Spot::Bonus(_) | Spot::Deduction(_) | Spot::Value(_) | Spot::Target(_)) => {
                "请只留下要填的数后重报".to_owned()
            }
            _ => self.code().next.to_owned(),
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![self.spot]
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        let fix = if self.struck.is_some() {
            "原表这一格有删除线，退回件上带的是连同划去部分的全文。请核对，只留下要填的内容；分值请重新填数字。"
        } else {
            "原表这一格填有内容，却看不见（字色与底色相同，或格式不显示），已照常读取。请核对，不要的请改掉；确认无误的不用改。"
        };
        Some(Advice::new(fix).found(shown(&self.written)))
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for mark in &subject.form.marks {
        let Some((written, line)) = written(subject, mark) else {
            continue;
        };
        let found = |struck| {
            let fact = Looks {
                spot: mark.spot,
                written: written.clone(),
                struck,
            };
            let finding = subject.found(mark.cell, fact);
            match line {
                Some(line) => finding.line(line),
                None => finding,
            }
        };
        if !mark.struck.is_empty() {
            let finding = found(Some(mark.struck.clone()));
            // Nobody can tell whether the number that is read is the one that is meant.
            findings.push(match line {
                Some(_) => finding.severity(Severity::Error),
                None => finding,
            });
        }
        if mark.is_unseen {
            findings.push(found(None));
        }
    }
}

/// What stands in the cell of a mark, and the code of the line whose points they are.
fn written<'a>(subject: &'a Subject<'_>, mark: &Mark) -> Option<(String, Option<&'a str>)> {
    if let Spot::Field(field) = mark.spot {
        return Some((subject.form.text(field).to_owned(), None));
    }
    if let Spot::Item(item) = mark.spot {
        let told = subject.form.told.as_ref()?.item(item)?;
        let own = subject.ground.scheme.own.as_ref()?;
        let line = own.items.get(item)?.line;
        let code = subject.ground.scheme.lines.get(line)?.code.as_str();
        return Some((told.written.clone(), Some(code)));
    }
    let cell = subject
        .typed()
        .find(|cell| cell.half.spot(cell.index) == mark.spot)?;
    Some((cell.entry.filled.shown(), Some(&cell.line.code)))
}
