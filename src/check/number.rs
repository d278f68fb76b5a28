//! Are points numbers?
//!
//! What it finds: text, error values, dates and formulas without a result where points belong, none of them
//! ever taken for 0; numbers with more decimals than are printed.

use super::{Family, PointsCell, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Finding};
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
);
static NO_CACHED_VALUE: Code = Code::error(
    "P102",
    "no-cached-value",
    "是没有计算结果的公式",
    "暂不计分，请在 Excel 或 WPS 中打开、保存一次，或直接填数字后重报",
)
.folding();
static ERROR_VALUE: Code = Code::error(
    "P103",
    "error-value",
    "是公式错误值",
    "暂不计分，请直接填数字后重报",
);
static DATE_IN_POINTS: Code = Code::error(
    "P104",
    "date-in-points",
    "填的是日期",
    "暂不计分，请把单元格改为数值格式后重填",
);
static TOO_MANY_DECIMALS: Code = Code::warning(
    "P105",
    "too-many-decimals",
    "小数位数过多",
    "暂按所填计，请核实",
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
            Filled::Points { points, .. } if points.decimals() > subject.ground.scheme.precision => {
                let most = subject.ground.scheme.precision;
                let message = format!("{title}填{points}，最多{most}位小数");
                let allowed = format!("最多{most}位小数");
                findings.push(cell.finding(subject, &TOO_MANY_DECIMALS, message).allowed(allowed));
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
