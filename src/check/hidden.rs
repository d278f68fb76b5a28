//! Is anything hidden? What is hidden counts all the same, but nobody who looks at the form sees it.
//!
//! What it finds: a form on a hidden sheet; points in hidden rows or columns, as far as the format tells (not csv and web pages).

use crate::model::LineId;
use serde::Serialize;

use super::at::{Half, PointsCell};
use super::{Family, Subject};
use crate::finding::{Advice, Code, Doubt, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;

pub const FAMILY: Family = Family {
    codes: &[&SHEET, &POINTS],
    check,
    reads_table: true,
};

static SHEET: Code = Code::warning(
    "F301",
    "hidden-sheet",
    "评价表在隐藏的工作表里",
    "请取消隐藏看一眼是不是要报的那份；是的，在“处理登记”填“已核实无误”，不是的，填“不计入”",
    Explained {
        means: "评价表所在的工作表是隐藏的，打开文件看不见，可能是忘了删的旧表。填过的照常读取，\
            但在核实之前只是暂计，不能出正式稿；空白的只作提示。",
        basis: "本工具约定：隐藏的工作表照读，并且说明。",
        example: "中国能源研究会.xlsx：评价表在隐藏的工作表里。",
        remedy: "在工作表标签上点右键、取消隐藏，看一眼是不是要报的那份。是的，在“处理登记”对它填“已核实无误”；是留着没用的旧表的，填“不计入”，\
            或请评价人删去后重报。",
    },
);
static POINTS: Code = Code::warning(
    "F302",
    "hidden-points",
    "隐藏的行或列里填有分值",
    "请取消隐藏看一眼，向评价人核实",
    Explained {
        means: "有的行或列被隐藏（或被筛选掉、折叠起来，或行高、列宽为0），里面却填着分值，打印出来、打开来都看不见，而这些分值\
            照样计入。xlsx、xlsb、xls 和 ods 能看出来。",
        basis: "本工具约定：隐藏的行列照读，有分值的请核实。",
        example: "中国能源研究会.xlsx!I12：1.4“分支机构党的工作小组”所在的行或列被隐藏，里面填有分值。",
        remedy: "取消隐藏（或取消筛选）看一眼，向评价人核实这些分值是不是他要给的。不是的，请改好后重报。",
    },
)
.folding();

/// What is hidden.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Hidden {
    Sheet {},
    Points {
        #[serde(skip)]
        line: LineId,
        side: Half,
    },
}

impl Fact for Hidden {
    fn code(&self) -> &'static Code {
        match self {
            Self::Sheet {} => &SHEET,
            Self::Points { .. } => &POINTS,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Sheet {} => SHEET.states.to_owned(),
            Self::Points { line, .. } => {
                format!("{}所在的行或列被隐藏，里面填有分值", to.line(*line))
            }
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        match self {
            Self::Sheet {} => Vec::new(),
            Self::Points { line, side } => vec![side.spot(*line)],
        }
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        Some(Advice::new(match self {
            Self::Sheet {} => {
                "评价表在隐藏的工作表里，已照常读取。请取消隐藏看一眼：是要报送的，不用改；是留着没用的旧表，请在回信中说明。"
            }
            Self::Points { .. } => {
                "原表这一行（或列）是隐藏的，里面填有分值，已照常读取。退回件上已取消隐藏：请核对这个分值，不要的改填0，改了的发回；确认无误的不用改。"
            }
        }))
    }

    /// A whole form that nobody sees counts only until somebody has looked.
    fn doubt(&self) -> Option<Doubt> {
        matches!(self, Self::Sheet {}).then_some(Doubt::Hidden)
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.form.is_hidden {
        findings.push(subject.found(None, Hidden::Sheet {}));
    }
    for (line, cell) in &subject.form.unseen {
        let is_it = |one: &PointsCell<'_>| one.index == *line && one.entry.cell == *cell;
        let side = subject.typed().find(is_it).map(|one| one.half);
        let side = side.unwrap_or(Half::Bonus);
        let code = &subject.ground.scheme.lines[*line].code;
        let fact = Hidden::Points { line: *line, side };
        findings.push(subject.found(*cell, fact).line(code));
    }
}
