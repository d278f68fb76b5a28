//! Is it this year's form? (附件2第四条: indicators are tuned every year.)
//!
//! What it finds: a form of another scheme, stage or edition of the indicators; a form that has lost its id.
//! Compared is the fingerprint of what the form prints, so that a changed date does not void forms sent out.

use serde::Serialize;

use super::table::every_bonus;
use super::{Family, Subject};
use crate::finding::{Advice, Bearing, Code, Explained, Fact, Finding, Reader, Severity};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::fold;

pub const FAMILY: Family = Family {
    codes: &[&OTHER, &MISSING],
    check,
    reads_table: false,
};

static OTHER: Code = Code::error(
    "F101",
    "other-form-edition",
    "不是本年度、本阶段的评价表",
    "请用本年度空白表重填后重报",
    Explained {
        means: "程序拿表底的表单编号与现用的评价方案比对，方案、阶段或末尾的指标版本有一处不同。指\
            标每年微调，旧表上的分值不能按新指标计。",
        basis: "2018年附件2第四条（指标每年微调）；表单编号是本工具约定。",
        example: "第4组/中国自然资源学会.xlsx › 评价表!D46：表单编号属于方案“cast-2017”，不是“cast-2018”。",
        remedy: "请评价人用本年度、本阶段的空白表重填，评价日期写重填当天再重报，旧表可以留着。若\
            所有表都报这个问题，多半是运行时用错了年度目录，请用 --scheme 指明。",
    },
);
static MISSING: Code = Code::note(
    "F102",
    "form-id-missing",
    "表单编号缺失或不完整",
    "按学会名称认定，请留意是否为本年度评价表",
    Explained {
        means: "表上找不到完整的表单编号，无法核对是不是本年度的表、是不是别的学会的表改的名，只能\
            按表内的学会名称认定。",
        basis: "本工具约定：编号缺失的照常计分，但少了一道核对。方案分类、表上的评分行又是别的类的，暂不计分。",
        example: "第4组/中国自动化学会.xlsx › 评价表：表单编号缺失或不完整。",
        remedy: "打开表看一眼指标和学会名称是否为本年度的。有疑问的，请评价人用空白表重填，评价日\
            期写重填当天再重报；没有疑问的，不用管。",
    },
);

/// What the form's id says, or that it says nothing.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Edition {
    Missing {},
    /// Without an id the table alone can say whose class it is of, and it says another.
    OtherClass {},
    Other {
        id: String,
        /// As it should begin and end.
        expected: String,
        differs: Differs,
    },
}

/// In what an edition differs: the first that does.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Differs {
    Scheme(String),
    Stage(String),
    Indicators,
}

impl Fact for Edition {
    fn code(&self) -> &'static Code {
        match self {
            Self::Missing {} | Self::OtherClass {} => &MISSING,
            Self::Other { .. } => &OTHER,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let scheme = &to.ground.scheme;
        match self {
            Self::Missing {} => MISSING.states.to_owned(),
            Self::OtherClass {} => format!(
                "表单编号缺失，表上的评分行又不是该{}所属类别的",
                to.object()
            ),
            Self::Other { differs, .. } => match differs {
                Differs::Scheme(other) => {
                    format!("表单编号属于方案“{other}”，不是“{}”", scheme.id)
                }
                Differs::Stage(other) => {
                    format!("表单属于“{other}”阶段，不是“{}”", scheme.stage_name())
                }
                Differs::Indicators => "表单编号末尾的指标版本与现行指标不符".to_owned(),
            },
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Missing {} | Self::OtherClass {} => String::new(),
            Self::Other { id, .. } => id.clone(),
        }
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Missing {} | Self::OtherClass {} => String::new(),
            Self::Other { expected, .. } => expected.clone(),
        }
    }

    fn next(&self, to: &Reader<'_>) -> String {
        match self {
            Self::OtherClass {} => format!("请用该{}的空白表重填后重报", to.object()),
            _ => self.code().next.to_owned(),
        }
    }

    fn spots(&self, ground: &Ground) -> Vec<Spot> {
        match self {
            Self::Missing {} => Vec::new(),
            Self::OtherClass {} | Self::Other { .. } => every_bonus(ground),
        }
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let scheme = &to.ground.scheme;
        match self {
            Self::Missing {} => None,
            Self::OtherClass {} => {
                let fix = format!(
                    "您填的不是该{}所属类别的评价表。退回件用的是所属类别的表，评分行不同，分值没有带过来，请对照评价要求逐行填写。",
                    to.object()
                );
                Some(Advice::new(fix).about("整张评分表"))
            }
            Self::Other { .. } => {
                let fix = format!(
                    "您填的不是{}年{}的评价表。退回件用的是现行的表，指标可能不同，分值没有带过来，请对照评价要求逐行填写。",
                    scheme.year,
                    scheme.stage_name()
                );
                Some(Advice::new(fix).about("整张评分表"))
            }
        }
    }

    fn bearing(&self) -> Bearing {
        match self {
            Self::Missing {} => Bearing::Plain,
            Self::OtherClass {} | Self::Other { .. } => Bearing::OtherEdition,
        }
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let Some(id) = &subject.form.id else {
        findings.push(if subject.form.is_of_another_class {
            let finding = subject.found(None, Edition::OtherClass {});
            finding.severity(Severity::Error)
        } else {
            subject.found(None, Edition::Missing {})
        });
        return;
    };
    let differs = if id.value.scheme != scheme.id {
        Differs::Scheme(id.value.scheme.clone())
    } else if fold(&id.value.stage) != fold(scheme.stage_name()) {
        Differs::Stage(id.value.stage.clone())
    } else if id.value.fingerprint != scheme.edition(subject.form.class) {
        Differs::Indicators
    } else {
        return;
    };
    let expected = format!(
        "{}·{}·…·{}",
        scheme.id,
        scheme.stage_name(),
        scheme.edition(subject.form.class)
    );
    let fact = Edition::Other {
        id: id.value.to_string(),
        expected,
        differs,
    };
    findings.push(subject.found(id.cell, fact));
}
