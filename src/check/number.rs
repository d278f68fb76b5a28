//! Are points numbers?
//!
//! What it finds: text, error values, dates and formulas without a result where points belong, none of them
//! ever taken for 0; numbers with more decimals than are printed.

use super::{Family, PointsCell, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Explained, Finding};
use crate::form::Filled;

pub const FAMILY: Family = Family {
    codes: &[
        &NOT_A_NUMBER,
        &NO_CACHED_VALUE,
        &ERROR_VALUE,
        &DATE_IN_POINTS,
        &TOO_MANY_DECIMALS,
    ],
    check,
    reads_table: true,
};

static NOT_A_NUMBER: Code = Code::error(
    "P101",
    "not-a-number",
    "填的不是数字",
    "暂不计分，请改为数字后重报，没有得分的填0",
    Explained {
        means: "分值格里写的是文字，或读不成一个确定的数（如“约25”“20+5”“2 0”）。程序不猜数，也不\
            把文字当0。“25分”“二十五”“无”“/”“不得分”是认得的。",
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
    "暂不计分，请在 Excel 或 WPS 中打开、保存一次，或直接填数字后重报",
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
    "暂不计分，请直接填数字后重报",
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
    "暂不计分，请把单元格改为数值格式后重填",
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
    "暂按所填计，请核实",
    Explained {
        means: "填的小数位数比总分保留的位数还多。程序按原数精确计算，不预先取整，但这样的数多半是\
            算出来粘贴的或手误。",
        basis: "本工具约定（评分说明·取位，方案中的 precision）：总分保留两位小数，只在最后四舍五\
            入一次。",
        example: "第1组/中国作物学会.ods › 评价表!I28：6.1“开展主题活动”加分填12.345，最多2位小数。",
        remedy: "问评价人这个数是怎么来的。要改的，请他改成评价要求里有的分值，评价日期写更正当天\
            再重报；不改的，按所填计。",
    },
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.sides() {
        let title = cell.title(subject);
        let finding = match &cell.entry.filled {
            Filled::Text(text) => {
                let message = format!("{title}填{}，不是数字", quote(text));
                cell.finding(subject, &NOT_A_NUMBER, message)
            }
            Filled::Error(error) => {
                let message = format!("{title}是错误值{error}");
                cell.finding(subject, &ERROR_VALUE, message)
            }
            Filled::Date(date) => {
                let message = format!("{title}填的是日期{}", quote(date));
                cell.finding(subject, &DATE_IN_POINTS, message)
            }
            Filled::NoCachedValue => {
                let message = format!("{title}是没有计算结果的公式");
                cell.finding(subject, &NO_CACHED_VALUE, message)
            }
            Filled::Points { points, .. }
                if points.decimals() > subject.ground.scheme.precision =>
            {
                let most = subject.ground.scheme.precision;
                let message = format!("{title}填{points}，最多{most}位小数");
                let allowed = format!("最多{most}位小数");
                findings.push(
                    cell.finding(subject, &TOO_MANY_DECIMALS, message)
                        .allowed(allowed),
                );
                continue;
            }
            _ => continue,
        };
        let allowed = allowed(&cell);
        findings.push(finding.allowed(allowed));
    }
}

/// What may stand in the cell, in words.
fn allowed(cell: &PointsCell<'_>) -> String {
    if cell.side.is_open() {
        cell.side.in_words()
    } else {
        "不填".to_owned()
    }
}
