//! 下一步: what is to be done after a run, in the last line.

use std::path::{Path, PathBuf};

use super::args::Year;
use crate::finding::Severity;
use crate::rank::Standings;
use crate::register::AMENDMENTS;
use crate::report::{INTERNAL, INTERNAL_REPORT, RANKING, REGISTER, REPORT};
use crate::settle::FormState;

/// What a next command has to be told to read the same by the same year: “收件” --scheme “年度”.
#[derive(Debug, Clone)]
pub struct Again {
    paths: String,
    /// Empty where the year is found or the usual one.
    year: String,
}

impl Again {
    #[must_use]
    pub fn of(paths: &[PathBuf], year: &Year) -> Self {
        let paths = paths.iter().map(|path| format!("“{}”", path.display()));
        let scheme = year.scheme.as_ref();
        let scheme = scheme.map(|folder| format!(" --scheme “{}”", folder.display()));
        let number = year.year.map(|year| format!(" --year {year}"));
        Self {
            paths: paths.collect::<Vec<_>>().join(" "),
            year: scheme.into_iter().chain(number).collect(),
        }
    }

    fn inputs(&self) -> String {
        format!("{}{}", self.paths, self.year)
    }
}

/// How the person goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By the next command.
    Typed,
    /// In the window of the program, which asks for a number.
    Window,
}

/// What to do once the results are written. `returned`: what is to be sent back has been written, too.
#[must_use]
pub fn after_results(
    standings: &Standings<'_>,
    again: &Again,
    output: &Path,
    returned: bool,
    way: Way,
) -> String {
    if standings.is_final {
        let printed = format!("下一步：打印“{RANKING}”签章，送审；会上看“{REPORT}”");
        return match way {
            Way::Window => format!("{printed}。"),
            Way::Typed => format!(
                "{printed}，审议表用 xingping deliberate “{}”{} -o 审议表.xlsx 生成。",
                output.display(),
                again.year
            ),
        };
    }
    let finally = match way {
        Way::Window => "出正式稿",
        Way::Typed => "加 --final 再运行一次，出正式稿",
    };
    if standings.open.is_empty() {
        let findings = standings.findings.iter();
        let doubts = findings
            .filter(|finding| finding.severity <= Severity::Warning)
            .count();
        return if doubts > 0 {
            format!(
                "下一步：看过“{INTERNAL}”里请核实的{doubts}处，没有要改的就{finally}；现在的名次看“{REPORT}”和“{RANKING}”。"
            )
        } else {
            format!("下一步：没有要更正或核实的。名次看“{REPORT}”和“{RANKING}”，无误就{finally}。")
        };
    }
    let mut steps = vec![format!("先看“{INTERNAL}”或“{INTERNAL_REPORT}”")];
    if let Some(what) = to_send(standings) {
        steps.push(match way {
            _ if returned => format!("把写好的退回件和催报发出去（{what}）"),
            Way::Window => format!("{what}，写好退回件和催报再发出"),
            Way::Typed => format!(
                "{what}，用 xingping return {} -o 退回件 写好回信再发出",
                again.inputs()
            ),
        });
    }
    if !standings.not_amended.is_empty() {
        steps.push(format!(
            "{AMENDMENTS}里没有采用的{}行改好",
            standings.not_amended.len()
        ));
    }
    if !standings.pending.is_empty() {
        steps.push(format!(
            "要由您决定的{}条填在“{REGISTER}”里，放进收件文件夹",
            standings.pending.len()
        ));
    }
    format!("下一步：{}；收齐后再运行一次。", steps.join("；"))
}

/// What to do after a mere check.
#[must_use]
pub fn after_check(standings: &Standings<'_>, again: &Again) -> String {
    let inputs = again.inputs();
    match to_send(standings) {
        Some(what) => format!(
            "下一步：{what}，用 xingping return {inputs} -o 退回件 写好回信再发出；要出汇总和排名，用 xingping consolidate {inputs} -o 星评结果。"
        ),
        None => format!(
            "下一步：没有要退回或催报的，用 xingping consolidate {inputs} -o 星评结果 出汇总和排名。"
        ),
    }
}

/// Whether anybody else has to be asked for anything.
#[must_use]
pub fn is_to_send(standings: &Standings<'_>) -> bool {
    to_send(standings).is_some()
}

/// What somebody else has to be asked for.
fn to_send(standings: &Standings<'_>) -> Option<String> {
    let forms = standings.forms.iter();
    let held = forms.filter(|form| form.state == FormState::Held).count();
    let told: Vec<String> = [("须更正的", held), ("没有交的", standings.owing.len())]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what}{count}份"))
        .collect();
    (!told.is_empty()).then(|| told.join("、"))
}
