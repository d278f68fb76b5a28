//! Is anything hidden? What is hidden counts all the same, but nobody who looks at the form sees it.
//!
//! What it finds: a form on a hidden sheet; points in hidden rows or columns, as far as the format tells (xlsx, ods).

use super::{Family, Subject};
use crate::finding::{Code, Finding};

pub const FAMILY: Family = Family {
    codes: &[&SHEET, &POINTS],
    check,
    reads_table: true,
};

static SHEET: Code = Code::note(
    "F301",
    "hidden-sheet",
    "评价表在隐藏的工作表里",
    "照常读取；如果是留着没用的旧表，请填报人删去后重报",
);
static POINTS: Code = Code::warning(
    "F302",
    "hidden-points",
    "隐藏的行或列里填有分值",
    "照常计分，请取消隐藏看一眼，向评价人核实",
)
.folding();

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.form.is_hidden {
        findings.push(subject.finding(&SHEET, None, SHEET.states));
    }
    for (line, cell) in &subject.form.unseen {
        let line = &subject.ground.scheme.lines[*line];
        let title = subject.ground.scheme.title(line);
        let message = format!("{title}所在的行或列被隐藏，里面填有分值");
        findings.push(subject.finding(&POINTS, *cell, message).line(&line.code));
    }
}
