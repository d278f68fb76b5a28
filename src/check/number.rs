//! Are points numbers?
//!
//! What it finds: text, error values, dates and formulas without a result where points belong, none of them
//! ever taken for 0; numbers that are seen as others; numbers with more decimals than are printed.

use serde::Serialize;

use super::at::At;
use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader, Severity};
use crate::form::{Filled, Spot};
use crate::ground::Ground;
use crate::model::Points;

pub const FAMILY: Family = Family {
    codes: &[
        &NOT_A_NUMBER,
        &NO_CACHED_VALUE,
        &ERROR_VALUE,
        &DATE_IN_POINTS,
        &TOO_MANY_DECIMALS,
        &SHOWN_OTHERWISE,
    ],
    check,
    reads_table: true,
};

static NOT_A_NUMBER: Code = Code::error(
    "P101",
    "not-a-number",
    "填的不是数字",
    "请改为数字后重报",
    Explained {
        means: "分值格里写的是文字，或读不成一个确定的数（如“约25”“20+5”“2 0”），或数字过大。程序不猜数，也不把文字当0。“25分”“二十五”“无”“/”“不得分”在分值格里是认得的。\
            “填报内容”一格填的是次数、数量或比率，不是分：“40分”“不得分”“/”在那里说不清是多少，不认；次数、数量填“无”的，按0。",
        basis: "本工具约定：分值须是一个确定的数。",
        example: "第1组/中国地质学会.xlsx › 评价表!I16：3.1“学习宣传贯彻党的方针、政策”加分填“约15”，\
            不是数字。",
        remedy: "请评价人把这一格改成一个数，没有得分的填0，需要说明的写到“评分说明”里。更正后评价\
            日期写当天再重报。",
    },
);
static NO_CACHED_VALUE: Code = Code::error(
    "P102",
    "no-cached-value",
    "是没有计算结果的公式",
    "请在 Excel 或 WPS 中打开、保存一次，或直接填数字后重报",
    Explained {
        means: "格里是公式，但文件里没有存下计算结果。多见于由别的程序生成、没有用 Excel 或 WPS 打\
            开保存过的文件。程序不代为计算。",
        basis: "本工具约定：没有结果的公式不当0，也不猜。",
        example: "第1组/中国水力发电工程学会.xlsx › 评价表!I17：3.2“定期召开党委会”加分是没有计算\
            结果的公式。",
        remedy: "请评价人用 Excel 或 WPS 打开，看数对不对，保存一次再报，最好直接填数字。经办人不要替人改数。",
    },
)
.folding();
static ERROR_VALUE: Code = Code::error(
    "P103",
    "error-value",
    "是公式错误值",
    "请直接填数字后重报",
    Explained {
        means: "分值格里是公式算错后显示的错误值（如“#REF!”），多半是引用的单元格被删，原来的数已\
            经看不出来。",
        basis: "本工具约定：错误值不当0，也不猜。",
        example: "第1组/中国水力发电工程学会.xlsx › 评价表!I16：3.1“学习宣传贯彻党的方针、政策”加\
            分是错误值#REF!。",
        remedy: "请评价人在这一格直接填数字，更正后评价日期写当天再重报。",
    },
);
static DATE_IN_POINTS: Code = Code::error(
    "P104",
    "date-in-points",
    "填的是日期",
    "请把单元格改为数值格式后重填",
    Explained {
        means: "分值格里是日期。多半是填“5-10”一类的内容时被软件自动变成了日期，原来想填的数已经无\
            法还原。",
        basis: "本工具约定：日期不是分值，不折算。",
        example: "第1组/中国水力发电工程学会.xlsx › 评价表!I16：3.1“学习宣传贯彻党的方针、政策”加\
            分填的是日期“5月10日”。",
        remedy: "请评价人把单元格格式改为“数值”，重新填一个数，更正后评价日期写当天再重报。",
    },
);
static TOO_MANY_DECIMALS: Code = Code::warning(
    "P105",
    "too-many-decimals",
    "小数位数过多",
    "请核实",
    Explained {
        means: "填的小数位数比总分保留的位数还多。程序按原数精确计算，不预先取整，但这样的数多半是\
            算出来粘贴的或手误。小数超过12位的（如16.666666666666668）无法精确计算，暂不计分。",
        basis: "本工具约定（评分说明·取位，方案中的 precision）：总分保留两位小数，只在最后四舍五\
            入一次。",
        example: "第1组/中国作物学会.ods › 评价表!I28：6.1“开展主题活动”加分填12.345，最多2位小数。",
        remedy: "问评价人这个数是怎么来的。要改的，请他改成评价要求里有的分值，评价日期写更正当天\
            再重报；不改的，按所填计。",
    },
);

static SHOWN_OTHERWISE: Code = Code::error(
    "P106",
    "shown-otherwise",
    "显示的数与存的数不同",
    "请把单元格格式改为“常规”，重新填一个数后重报",
    Explained {
        means: "单元格的数字格式使看到的数与文件里存的数不是同一个：如存的是0.4，显示成“40%”；存的是12.5，显示成\
            “13”；存的是0，显示成“满分”；存的是43，显示成“(43)”“约43”“4E+01”。评价人想填的是哪一个，程序不猜。“25分”“25.00”一类只加单位、补零的格式不在此列。xlsx、\
            xlsb、xls 和 ods 看得出来；csv 里存的就是“40%”，按“填的不是数字”处理。",
        basis: "本工具约定：看到的数与存的数一致，才作为分值。",
        example: "第1组/中国能源研究会.xlsx › 评价表!I12：1.4“分支机构党的工作小组”加分显示为“40%”，存的数是0.4。",
        remedy: "请评价人在退回件上重新填一个数（单元格格式用“常规”），评价日期写更正当天再重报。",
    },
);

/// What stands where a number belongs.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum NoNumber {
    Text {
        #[serde(flatten)]
        at: At,
    },
    /// A number that nothing can be counted with: far too large, or with far too many decimals.
    TooLarge {
        #[serde(flatten)]
        at: At,
    },
    TooFine {
        #[serde(flatten)]
        at: At,
        /// So many can be counted with.
        most_decimals: u32,
    },
    Error {
        #[serde(flatten)]
        at: At,
        error: String,
    },
    Date {
        #[serde(flatten)]
        at: At,
        date: String,
    },
    NoResult {
        #[serde(flatten)]
        at: At,
    },
    /// A number whose format shows another one.
    Otherwise {
        #[serde(flatten)]
        at: At,
        stored: String,
    },
    /// A number, but longer than any sum is printed.
    Long {
        #[serde(flatten)]
        at: At,
        given: Points,
        most_decimals: u32,
    },
}

impl NoNumber {
    const fn at(&self) -> &At {
        match self {
            Self::Text { at }
            | Self::TooLarge { at }
            | Self::TooFine { at, .. }
            | Self::Error { at, .. }
            | Self::Date { at, .. }
            | Self::NoResult { at }
            | Self::Otherwise { at, .. }
            | Self::Long { at, .. } => at,
        }
    }
}

impl Fact for NoNumber {
    fn code(&self) -> &'static Code {
        match self {
            Self::Text { .. } | Self::TooLarge { .. } => &NOT_A_NUMBER,
            Self::Error { .. } => &ERROR_VALUE,
            Self::Date { .. } => &DATE_IN_POINTS,
            Self::NoResult { .. } => &NO_CACHED_VALUE,
            Self::Otherwise { .. } => &SHOWN_OTHERWISE,
            Self::Long { .. } | Self::TooFine { .. } => &TOO_MANY_DECIMALS,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let title = self.at().title(to);
        match self {
            Self::Text { at } => format!("{title}填{}，不是数字", quote(&at.written)),
            Self::TooLarge { at } => format!("{title}填{}，数字过大", quote(&at.written)),
            Self::TooFine { at, most_decimals } => format!(
                "{title}填{}，小数位数过多，最多{most_decimals}位小数",
                quote(&at.written)
            ),
            Self::Error { error, .. } => format!("{title}是错误值{error}"),
            Self::Date { date, .. } => format!("{title}填的是日期{}", quote(date)),
            Self::NoResult { .. } => format!("{title}是没有计算结果的公式"),
            Self::Otherwise { at, stored } => {
                format!("{title}显示为{}，存的数是{stored}", quote(&at.written))
            }
            Self::Long {
                given,
                most_decimals,
                ..
            } => format!("{title}填{given}，最多{most_decimals}位小数"),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.at().written.clone()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Long { most_decimals, .. } | Self::TooFine { most_decimals, .. } => {
                format!("最多{most_decimals}位小数")
            }
            _ => self.at().allowed(to),
        }
    }

    fn next(&self, _: &Reader<'_>) -> String {
        match self {
            Self::TooFine { .. } => "请改短后重报".to_owned(),
            Self::Text { at } | Self::TooLarge { at } if at.is_points() => {
                "请改为数字后重报，没有得分的填0".to_owned()
            }
            _ => self.code().next.to_owned(),
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![self.at().spot()]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = match self {
            Self::Text { at } if !at.is_points() => "填的不是数字，算不出分。请照填法只填数字。",
            Self::TooLarge { at } if !at.is_points() => "数字过大。请改对。",
            Self::Text { .. } => "填的不是数字。请只填数字；没有得分的填0。",
            Self::TooLarge { .. } => "数字过大。请改对；没有得分的填0。",
            Self::TooFine { .. } => "小数位数过多，没能计分。请改短。",
            Self::Error { .. } | Self::NoResult { .. } => {
                "原表这一格的公式没有结果，没能带过来。请直接填数字。"
            }
            Self::Otherwise { .. } => {
                "原表这一格的格式使显示的数与存的数不同，看不出要填的是哪一个。请删掉后重新填数字。"
            }
            Self::Date { .. } => "软件把它当成了日期。请删掉后重新填数字。",
            Self::Long { .. } => "小数位数过多。请改短；确认无误的不用改。",
        };
        let advice = self.at().advice(to, fix).allowed(self.allowed(to));
        Some(match self {
            Self::NoResult { .. } => advice.found("没有算出结果的公式"),
            _ => advice,
        })
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let most_decimals = subject.ground.scheme.precision;
    for cell in subject.numbers() {
        let is_points = cell.half.is_points();
        let at = || cell.at();
        let fact = match &cell.entry.filled {
            Filled::Text(_) => NoNumber::Text { at: at() },
            Filled::TooLarge(_) => NoNumber::TooLarge { at: at() },
            Filled::TooFine(_) => NoNumber::TooFine {
                at: at(),
                most_decimals: Points::MOST_DECIMALS,
            },
            Filled::Error(error) => NoNumber::Error {
                at: at(),
                error: error.clone(),
            },
            Filled::Date(date) => NoNumber::Date {
                at: at(),
                date: date.clone(),
            },
            Filled::NoCachedValue => NoNumber::NoResult { at: at() },
            Filled::Otherwise { stored, .. } => NoNumber::Otherwise {
                at: at(),
                stored: stored.clone(),
            },
            Filled::Points { points, .. } if is_points && points.decimals() > most_decimals => {
                NoNumber::Long {
                    at: at(),
                    given: *points,
                    most_decimals,
                }
            }
            _ => continue,
        };
        // What cannot be counted with exactly is not counted with at all.
        let is_held = matches!(fact, NoNumber::TooFine { .. });
        let finding = cell.found(subject, fact);
        findings.push(if is_held {
            finding.severity(Severity::Error)
        } else {
            finding
        });
    }
}
