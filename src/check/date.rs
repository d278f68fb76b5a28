//! 评价日期: when the form was filled (通知二: the stages of the year).
//!
//! What it finds: no date, a date that cannot be read, a date outside the stage. The form counts all the same.

use jiff::civil::Date;
use serde::Serialize;

use super::{Family, Subject};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Field, Form, Spot};
use crate::ground::Ground;
use crate::intake::Value;
use crate::model::day;

pub const FAMILY: Family = Family {
    codes: &[&MISSING, &UNREADABLE, &OUTSIDE],
    check,
    reads_table: false,
};

static MISSING: Code = Code::warning(
    "D101",
    "date-missing",
    "评价日期未填",
    "请补填",
    Explained {
        means: "表上没有填评价日期（自评表是填报日期）。日期用来判断是否按期，同一人交了两份不同的表时，也靠它分先后，\
            没有日期就分不出来。",
        basis: "2018年通知二（各阶段的起止日期）；未填照常计分是本工具约定。",
        example: "第2组/中华口腔医学会.xlsx › 评价表!B5：评价日期未填。",
        remedy: "请评价人补填。只有这一份表、又不急于统计按期情况的，可以先不重报；在退回件上补填的，自动取代旧表；另填的如与旧表分不出先后，在\
            “处理登记”对新表填“以此份为准”。",
    },
);
static UNREADABLE: Code = Code::warning(
    "D102",
    "date-unreadable",
    "评价日期看不懂",
    "请写成 2018-08-05 这样的日期",
    Explained {
        means: "评价日期填了，但读不成一个确定的日子：没有写年份（如“8月5日”）、写成“八月上旬”，或\
            没有这一天。程序不猜年份。只剩一个五位数的（如43327），是日期格式丢了，程序只提示可能是哪一天。",
        basis: "2018年通知二（各阶段的起止日期）；看不懂的照常计分是本工具约定。",
        example: "第5组/中国感光学会.xlsx › 评价表!B5：评价日期填“八月初”，看不懂。",
        remedy: "请评价人写成“2018-08-05”或“2018年8月5日”这样的日期，年份写四位。在退回件上改的，\
            自动取代旧表；另填的如与旧表分不出先后，在“处理登记”对新表填“以此份为准”。",
    },
);
static OUTSIDE: Code = Code::warning(
    "D103",
    "outside-stage",
    "评价日期不在评价阶段内",
    "请核实",
    Explained {
        means: "评价日期早于或晚于评价方案规定的本阶段起止日期。可能是逾期，也可能是年份、月份写错。\
            逾期不影响得分，但进度表里不算按期。",
        basis: "2018年通知二（初评8月1日至8月30日），起止日期写在方案的 stages 中；照常计分是本工\
            具约定。",
        example: "第5组/中国复合材料学会.xlsx › 评价表!B5：评价日期2018年7月31日不在初评阶段（2018\
            年8月1日至2018年8月30日）内。",
        remedy: "问评价人：日期写错的，请他在退回件上改正后重报；确实逾\
            期的，由秘书处决定是否接受，不接受的在“处理登记”填“不计入”。",
    },
);

/// 评价日期, if it can be read.
#[must_use]
pub fn day(form: &Form) -> Option<Date> {
    match form.fields.get(&Field::Date)?.value.as_ref()? {
        Value::Date { day: Some(day), .. } => Some(*day),
        // 20180805 typed into a cell with a date format.
        Value::Date { serial, .. } => day::read(&serial.to_string()),
        _ => day::read(form.text(Field::Date)),
    }
}

/// What is the matter with the day.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Day {
    Missing {
        /// What the form calls the day: 评价日期, 填报日期.
        #[serde(skip)]
        called: String,
    },
    Unreadable {
        #[serde(skip)]
        called: String,
        written: String,
        /// The day that a spreadsheet would show for the number that stands there: a guess, to be offered.
        #[serde(skip_serializing_if = "Option::is_none")]
        meant: Option<Date>,
    },
    Outside {
        #[serde(skip)]
        called: String,
        day: Date,
        stage: String,
        from: Date,
        to: Date,
    },
}

impl Fact for Day {
    fn code(&self) -> &'static Code {
        match self {
            Self::Missing { .. } => &MISSING,
            Self::Unreadable { .. } => &UNREADABLE,
            Self::Outside { .. } => &OUTSIDE,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Missing { called } => format!("{called}未填"),
            Self::Unreadable {
                called,
                written,
                meant,
            } => {
                let meant = meant.map_or_else(String::new, |day| {
                    format!("，可能是{}（{day}）", day::say(day))
                });
                format!("{called}填{}，看不懂{meant}", quote(written))
            }
            Self::Outside {
                called, day, stage, ..
            } => format!(
                "{called}{}不在{stage}阶段（{}）内",
                day::say(*day),
                self.allowed(to)
            ),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Missing { .. } => String::new(),
            Self::Unreadable { written, .. } => written.clone(),
            Self::Outside { day, .. } => day.to_string(),
        }
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Outside { from, to, .. } => format!("{}至{}", day::say(*from), day::say(*to)),
            _ => String::new(),
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(Field::Date)]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let scheme = &to.ground.scheme;
        let example = scheme.stage().map_or_else(
            || format!("{}-8-5", scheme.year),
            |stage| stage.from.to_string(),
        );
        Some(match self {
            Self::Missing { called } => {
                Advice::new(format!("请补填{called}，样式如{example}。")).left_out("没有填")
            }
            Self::Unreadable { written, meant, .. } => {
                let asked =
                    meant.map_or_else(String::new, |day| format!("是不是{}？", day::say(day)));
                Advice::new(format!(
                    "看不出是哪一天。{asked}请写成{example}这样的日期。"
                ))
                .found(shown(written))
            }
            Self::Outside { day, stage, .. } => Advice::new(format!(
                "不在{}阶段之内。填错了的请改正；确是这一天的不用改，请在回信中说明。",
                match &scheme.own {
                    Some(_) => stage,
                    None => "评价",
                }
            ))
            .found(day.to_string())
            .allowed(self.allowed(to)),
        })
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let form = subject.form;
    let cell = form.cell(Field::Date);
    let written = form.text(Field::Date);
    let scheme = &subject.ground.scheme;
    let called = Field::Date.label(scheme);
    let fact = match (day(form), scheme.stage()) {
        (None, _) if written.is_empty() => Day::Missing { called },
        (None, _) => Day::Unreadable {
            called,
            written: written.to_owned(),
            meant: day::of_serial(written),
        },
        (Some(day), Some(stage)) if !stage.holds(day) => Day::Outside {
            called,
            day,
            stage: stage.name.clone(),
            from: stage.from,
            to: stage.to,
        },
        _ => return,
    };
    findings.push(subject.found(cell, fact));
}
