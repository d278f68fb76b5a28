//! Are points within 0 and the cap? (附件2: 加分、减分上限.)
//!
//! What it finds: points over their cap, a negative bonus, points where nothing can be given. A negative
//! number in the deduction column means its magnitude. The policy `over_cap` decides whether the form is held
//! or the cap counts.

use serde::Serialize;

use super::at::At;
use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader, Severity};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::Points;
use crate::scheme::OverCap;

pub const FAMILY: Family = Family {
    codes: &[&OVER_CAP, &NEGATIVE_BONUS, &WITHOUT_CAP],
    check,
    reads_table: true,
};

static OVER_CAP: Code = Code::error(
    "P301",
    "over-cap",
    "超过上限",
    "请更正后重报",
    Explained {
        means: "程序把填的加分、减分与评价方案里该行的上限比较，超过了。程序看的是方案里的上限，不\
            是表上印的。方案约定按上限计的，只作“请核实”。",
        basis: "2018年附件2（各行加分、减分上限）；超过时怎么办是本工具约定（评分说明·超过上限，方\
            案中的 policies.over_cap）。",
        example: "第1组/中国地质学会.xlsx › 评价表!I16：3.1“学习宣传贯彻党的方针、政策”加分填60，\
            超过上限50。",
        remedy: "退回评价人，请他对照评价要求改成不超过上限的分值，评价日期写更正当天再重报，旧表\
            可以留着。经办人不要代改。",
    },
);
static NEGATIVE_BONUS: Code = Code::error(
    "P302",
    "negative-bonus",
    "加分填了负数",
    "要减分请填在减分栏，更正后重报",
    Explained {
        means: "加分栏里填了负数。可能是想减分而填错了栏，也可能是多按了一个减号，程序不替人判断。\
            减分栏里的负数不算错，-10就当减10分。",
        basis: "2018年附件2（加分、减分分列两栏）；负数不计是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!I16：3.1“学习宣传贯彻党的方针、政策”加分填-15，\
            不能是负数。",
        remedy: "请评价人确认：要减分且这一行有减分的，填到减分栏，加分填0；多按减号的，改成正数。\
            评价日期写更正当天再重报。",
    },
);
static WITHOUT_CAP: Code = Code::error(
    "P303",
    "points-without-cap",
    "该处不设分值，却填了分",
    "请核对是否填错了行或栏，清空后重报",
    Explained {
        means: "这一行在指标体系里没有这一项（只能加分的没有减分，只能减分的没有加分，表上是灰格），\
            却填了0以外的数。多半是填错了行或栏。",
        basis: "2018年附件2（上限为0的一栏不设分值）。",
        example: "第1组/中国能源研究会.xlsx › 评价表!J16：3.1“学习宣传贯彻党的方针、政策”减分填10，\
            这一行没有减分。",
        remedy: "请评价人核对是不是填错了位置：该填在别处的移过去，这一格清空。评价日期写更正当天\
            再重报。",
    },
);

/// Points out of bounds.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum OutOfBounds {
    Over {
        #[serde(flatten)]
        at: At,
        given: Points,
        cap: Points,
        /// The scheme takes the cap for them.
        clipped: bool,
    },
    Negative {
        #[serde(flatten)]
        at: At,
        given: Points,
    },
    /// Nothing can be given here.
    Closed {
        #[serde(flatten)]
        at: At,
        given: Points,
    },
}

impl OutOfBounds {
    const fn at(&self) -> &At {
        match self {
            Self::Over { at, .. } | Self::Negative { at, .. } | Self::Closed { at, .. } => at,
        }
    }
}

impl Fact for OutOfBounds {
    fn code(&self) -> &'static Code {
        match self {
            Self::Over { .. } => &OVER_CAP,
            Self::Negative { .. } => &NEGATIVE_BONUS,
            Self::Closed { .. } => &WITHOUT_CAP,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let title = self.at().title(to);
        match self {
            Self::Over { given, cap, .. } => format!("{title}填{given}，超过上限{cap}"),
            Self::Negative { given, .. } => format!("{title}填{given}，不能是负数"),
            Self::Closed { at, given } => {
                format!("{title}填{given}，这一行没有{}", at.side.label())
            }
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.at().written.clone()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        self.at().allowed(to)
    }

    fn taken(&self) -> Option<String> {
        match self {
            Self::Over {
                cap, clipped: true, ..
            } => Some(format!("按方案约定以上限{cap}计")),
            _ => None,
        }
    }

    fn next(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Over { clipped: true, .. } => "请核实",
            _ => self.code().next,
        }
        .to_owned()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![self.at().spot()]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = match self {
            Self::Over { .. } => "超过上限。请改到允许的范围内。",
            Self::Negative { .. } => {
                "加分不能是负数。要减分的请填在减分栏，这一格改填得分，没有得分的填0。"
            }
            Self::Closed { .. } => {
                "这一格不设分值，不能填分。请看是否填错了行或栏，改好后把这一格清空。"
            }
        };
        Some(self.at().advice(to, fix))
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let clipped = subject.ground.scheme.policies.over_cap == OverCap::Clip;
    for cell in subject.sides() {
        let Some(given) = cell.points().filter(|points| !points.is_zero()) else {
            continue;
        };
        let cap = cell.side.cap;
        let at = || cell.at();
        if !cell.side.is_open() {
            let at = at();
            findings.push(cell.found(subject, OutOfBounds::Closed { at, given }));
        } else if given.is_negative() {
            let at = at();
            findings.push(cell.found(subject, OutOfBounds::Negative { at, given }));
        } else if given > cap {
            let over = OutOfBounds::Over {
                at: at(),
                given,
                cap,
                clipped,
            };
            let severity = if clipped {
                Severity::Warning
            } else {
                Severity::Error
            };
            findings.push(cell.found(subject, over).severity(severity));
        }
    }
}
