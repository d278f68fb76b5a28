//! Is what stands in the place of points something that points can be worked out from?
//!
//! What it finds: a value that is missing, that is none of the levels, not a whole number or below 0; a target that
//! is missing or 0, over which there is no share; points shown beside a value that are not those of the value. The
//! points are worked out here by the scheme; the form's own are only compared.

use serde::Serialize;

use super::at::{At, Half};
use super::{Family, Subject, total};
use crate::finding::text::{self, quote};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Asked, Filled, Row, Spot};
use crate::ground::Ground;
use crate::model::{Exact, LineId, Points, fold};
use crate::scheme::{Ask, Given, Line, Value, named};

pub const FAMILY: Family = Family {
    codes: &[&MISSING, &NOT_ALLOWED, &TARGET_MISSING, &DISAGREES],
    check,
    reads_table: true,
};

static MISSING: Code = Code::error(
    "P501",
    "value-missing",
    "填报内容未填",
    "请补填后重报",
    Explained {
        means: "这一行填的不是分，而是次数、数量、比率或等级，分由规则算出。这一格空着，就算不出分。空白不等于0次，程序不替人判断。",
        basis: "本工具约定：空白不当0；怎样算分由评价方案中该行的取值规则定。",
        example: "部门甲.csv › 评价表!I6：1“公文差错”填报内容未填，应填次数（不小于0的整数）。",
        remedy: "请评价人在退回件上补填这一格，一次也没有的填0，填等级的须选一级，评价日期写更正当天再重报。经办人不要代填。",
    },
);
static NOT_ALLOWED: Code = Code::error(
    "P502",
    "value-not-allowed",
    "填报内容不在可填的范围",
    "请更正后重报",
    Explained {
        means: "填的等级不是评价方案里的等级，或次数不是整数，或数量、比率是负数，而评价方案没有写明可以是负数。程序不猜相近的等级，也不取整。比率按百分数填，\
            95.5%填95.5。",
        basis: "本工具约定：照评价方案中该行的取值规则，不能算分的不算。",
        example: "部门甲.csv › 评价表!I7：2“服务质量”填报内容填“良+”，应填等级（优、良、中、差）。",
        remedy: "请评价人对照表上写明的填法改正这一格，评价日期写更正当天再重报。经办人不要代改。",
    },
);
static TARGET_MISSING: Code = Code::error(
    "P503",
    "target-missing",
    "目标数未填或不大于0",
    "请补填大于0的目标数后重报",
    Explained {
        means: "这一行按完成数与目标数之比算分，目标数空着、是0或负数，就没有可比的数，算不出分。",
        basis: "本工具约定：没有目标数的不计，不当全部完成，也不当没有完成。",
        example: "部门甲.csv › 评价表!J8：3“完成任务数”目标数填“0”，应填大于0的数。",
        remedy: "请评价人补上下达的目标数，评价日期写更正当天再重报；没有下达目标的，请先与主管单位核实。",
    },
);
static DISAGREES: Code = Code::warning(
    "P504",
    "points-disagree",
    "表上显示的分与填报内容算出的分不一致",
    "以按填报内容算出的分为准，请核实",
    Explained {
        means: "程序按评价方案由填报内容重新算分，与表上自动显示的分不同。多半是公式被手填的数盖掉，或者填好后没有重新计算。",
        basis: "本工具约定：由规则算出的分以程序所算为准，表上显示的只作比对。",
        example: "部门甲.csv › 评价表!K6：1“公文差错”表上显示9分，按填报内容应为8分。",
        remedy: "问评价人这一格是不是手填过。填报内容没有错的，不必重报；填报内容错了的，请改正后评价日期写当天再重报。",
    },
);

/// What keeps points from being worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    Missing,
    NotAllowed,
    /// It is no number at all, which the numbers' own family says.
    NoNumber,
    NoTarget,
}

/// Whether a line asks for a level, by name.
pub(super) fn asks_level(line: &Line) -> bool {
    matches!(line.value.as_ref().map(Value::ask), Some(Ask::Level(_)))
}

/// What a line was given in the place of points, where points can be worked out from it.
pub(super) fn given(line: &Line, row: &Row) -> Result<Given, Wrong> {
    let (Some(value), Some(asked)) = (&line.value, &row.asked) else {
        return Err(Wrong::Missing);
    };
    if let Ask::Level(names) = value.ask() {
        if fold(&asked.written).is_empty() {
            return Err(Wrong::Missing);
        }
        let mut names = names.into_iter();
        return match names.find(|name| named::is_called(name, &asked.written)) {
            Some(name) => Ok(Given::Level(name.to_owned())),
            None => Err(Wrong::NotAllowed),
        };
    }
    let number = number(asked)?;
    let is_whole = number.decimals() == 0;
    let is_below = number.is_negative() && !value.may_be_negative();
    if is_below || value.ask() == Ask::Count && !is_whole {
        return Err(Wrong::NotAllowed);
    }
    if value.ask() != Ask::Done {
        return Ok(Given::Number(number));
    }
    let target = target(value, asked)?;
    Ok(Given::Done {
        done: number,
        target,
    })
}

fn number(asked: &Asked) -> Result<Points, Wrong> {
    match &asked.value.filled {
        Filled::Blank => Err(Wrong::Missing),
        filled => filled.points().ok_or(Wrong::NoNumber),
    }
}

/// The target that the form sets; none where the scheme does.
fn target(value: &Value, asked: &Asked) -> Result<Option<Points>, Wrong> {
    if !value.asks_target() {
        return Ok(None);
    }
    let filled = asked.target.as_ref().map(|target| &target.filled);
    match filled {
        None | Some(Filled::Blank) => Err(Wrong::NoTarget),
        Some(filled) => match filled.points() {
            Some(points) if points.is_positive() => Ok(Some(points)),
            Some(_) => Err(Wrong::NoTarget),
            None => Err(Wrong::NoNumber),
        },
    }
}

/// What is wrong with a value or its target.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Unsound {
    Missing {
        #[serde(flatten)]
        at: At,
    },
    NotAllowed {
        #[serde(flatten)]
        at: At,
    },
    NoTarget {
        #[serde(flatten)]
        at: At,
    },
    Disagrees {
        #[serde(skip)]
        line: LineId,
        shown: String,
        /// As they are printed.
        points: String,
    },
}

impl Fact for Unsound {
    fn code(&self) -> &'static Code {
        match self {
            Self::Missing { .. } => &MISSING,
            Self::NotAllowed { .. } => &NOT_ALLOWED,
            Self::NoTarget { .. } => &TARGET_MISSING,
            Self::Disagrees { .. } => &DISAGREES,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Missing { at } => format!("{}未填，应填{}", at.title(to), at.allowed(to)),
            Self::NoTarget { at } if at.written.is_empty() => {
                format!("{}未填，应填{}", at.title(to), at.allowed(to))
            }
            Self::NotAllowed { at } | Self::NoTarget { at } => {
                let written = quote(&at.written);
                format!("{}填{written}，应填{}", at.title(to), at.allowed(to))
            }
            Self::Disagrees {
                line,
                shown,
                points,
            } => format!(
                "{}表上显示{}分，按填报内容应为{points}分",
                to.line(*line),
                shown.clone()
            ),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Missing { .. } => String::new(),
            Self::NotAllowed { at } | Self::NoTarget { at } => at.written.clone(),
            Self::Disagrees { shown, .. } => shown.clone(),
        }
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Missing { at } | Self::NotAllowed { at } | Self::NoTarget { at } => {
                at.allowed(to)
            }
            Self::Disagrees { points, .. } => points.clone(),
        }
    }

    fn next(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Missing { at } if at.asks_count(to) => "请补填后重报，一次也没有的填0".to_owned(),
            _ => self.code().next.to_owned(),
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        match self {
            Self::Missing { at } | Self::NotAllowed { at } | Self::NoTarget { at } => {
                vec![at.spot()]
            }
            Self::Disagrees { line, .. } => vec![Spot::Value(*line)],
        }
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        Some(match self {
            Self::Missing { at } => {
                let fix = if at.asks_count(to) {
                    "没有填，算不出分。请补填；一次也没有的填0。"
                } else {
                    "没有填，算不出分。请补填。"
                };
                at.advice(to, fix).found("（没有填）")
            }
            Self::NotAllowed { at } => at.advice(to, "不在可填的范围，算不出分。请照填法改正。"),
            Self::NoTarget { at } => at.advice(to, "没有目标数，算不出分。请填大于0的目标数。"),
            Self::Disagrees { shown, .. } => {
                Advice::new("原表显示的分与填报内容对不上，退回件已重新自动计算。请核对填报内容。")
                    .found(text::shown(shown))
            }
        })
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.typed() {
        if cell.half != Half::Value {
            continue;
        }
        let (line, index) = (cell.line, cell.index);
        let Some(row) = subject.form.rows.get(index).and_then(Option::as_ref) else {
            continue;
        };
        let Some(asked) = &row.asked else { continue };
        // The target is asked for whatever the value says.
        if let (Some(target), Some(value)) = (&asked.target, &line.value)
            && self::target(value, asked) == Err(Wrong::NoTarget)
        {
            let at = At {
                line: index,
                side: Half::Target,
                // As it is written: “/” is no 0.
                written: match &target.filled {
                    Filled::Nothing(word) => word.clone(),
                    filled => filled.shown(),
                },
                by_formula: false,
            };
            let finding = subject.found(target.cell, Unsound::NoTarget { at });
            findings.push(finding.line(&line.code));
        }
        let written = At {
            written: asked.written.clone(),
            ..cell.at()
        };
        match given(line, row) {
            Ok(given) => findings.extend(disagreement(subject, index, line, row, &given)),
            Err(Wrong::Missing) => {
                findings.push(cell.found(subject, Unsound::Missing { at: written }));
            }
            Err(Wrong::NotAllowed) => {
                findings.push(cell.found(subject, Unsound::NotAllowed { at: written }));
            }
            Err(Wrong::NoNumber | Wrong::NoTarget) => {}
        }
    }
}

/// Points that the form shows beside a value, where they are not those of the value. A number typed as text gives
/// nothing there, and neither does a form that was never calculated.
fn disagreement(
    subject: &Subject<'_>,
    index: LineId,
    line: &Line,
    row: &Row,
    given: &Given,
) -> Option<Finding> {
    let scheme = &subject.ground.scheme;
    let points = line.worked_out(given)?;
    if matches!(row.bonus.filled, Filled::Blank | Filled::NoCachedValue) {
        return None;
    }
    let shown = total::shown(&row.bonus.filled).map(Exact::from);
    let near = Exact::from(scheme.half_unit());
    let is_near =
        |shown: Exact| shown.clone() - points.clone() <= near && points.clone() - shown <= near;
    if shown.is_some_and(is_near) {
        return None;
    }
    let fact = Unsound::Disagrees {
        line: index,
        shown: row.bonus.filled.shown(),
        points: points.shown(scheme.precision),
    };
    Some(subject.found(row.bonus.cell, fact).line(&line.code))
}
