//! 异议登记: what was objected during 公示, and what became of it. Kept by the clerk in a list.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::intake::Sheet;
use crate::model::{SocietyId, day, fold};
use crate::roster::list::{Faults, List};

/// What the file is called, without its ending.
pub const FILE: &str = "异议登记";

/// Headings behind the one above those whom an objection is about ([`crate::scheme::Scheme::object`]); the first is required, too.
pub const COLUMNS: [&str; 8] = [
    "异议内容",
    "提出日期",
    "提出人",
    "承办人",
    "核查情况",
    CONCLUSION,
    "答复内容",
    "答复日期",
];

/// The heading above what an objection came to.
pub const CONCLUSION: &str = "结论";

/// 结论: what an objection that was looked into came to.
pub const CONCLUSIONS: [&str; 2] = ["不成立", "成立"];

/// What stands before the days of the 公示, above the list.
const PERIOD: &str = "公示时间：";
const TO: char = '至';

/// The days of the 公示, as the list has them.
#[must_use]
pub fn period(first: Date, last: Date) -> String {
    format!("{PERIOD}{}{TO}{}", day::say(first), day::say(last))
}

/// That the 公示 is not over on a day, in one clause; none where it is, or where the list does not say when it ends.
#[must_use]
pub fn still_open(sheets: &[Sheet], on: Date) -> Option<String> {
    let mut cells = sheets.iter().flat_map(Sheet::cells);
    let last = cells.find_map(|(_, value)| {
        let written = value.written();
        let (_, last) = written.trim().strip_prefix(PERIOD)?.split_once(TO)?;
        day::read(last)
    })?;
    (on <= last).then(|| format!("公示到{}为止，{}还在公示期内", day::say(last), day::say(on)))
}

/// Why societies (by index into the roster, as `named` finds them) cannot be awarded yet. `object` is what the scheme calls
/// them.
///
/// # Errors
/// A row that cannot be understood, with its cell.
pub fn open(
    object: &str,
    named: &dyn Fn(&str) -> Option<SocietyId>,
    sheets: &[Sheet],
) -> Result<BTreeMap<SocietyId, String>, Faults> {
    let mut faults = Faults::new();
    let mut open = BTreeMap::new();
    let known: Vec<&str> = std::iter::once(object).chain(COLUMNS).collect();
    let Some(list) = List::find(sheets, &known, 2, &mut faults) else {
        return Err(faults);
    };
    for row in list.rows() {
        let text = |heading| list.text(row, heading);
        let written = text(object);
        // A row in which anything is written is an objection: it is not passed over.
        if written.is_empty() {
            let message = format!("这一行写了异议，{object}却没有填");
            list.fault(&mut faults, row, object, &message);
            continue;
        }
        let Some(society) = named(&written) else {
            let message = format!("“{written}”不在{object}名单中，请写名单中的全称");
            list.fault(&mut faults, row, object, &message);
            continue;
        };
        let conclusion = fold(&text(CONCLUSION));
        if !conclusion.is_empty() && !CONCLUSIONS.contains(&conclusion.as_str()) {
            let message = format!("结论填的是“{conclusion}”，只能填不成立或成立，没有办结的留空");
            list.fault(&mut faults, row, CONCLUSION, &message);
            continue;
        }
        let before = faults.len();
        let mut day_of = |heading: &'static str| {
            let written = text(heading);
            let read = day::read(&written);
            if read.is_none() && !written.is_empty() {
                let message = format!("{heading}填的是“{written}”，应写成2018-09-20这样的日期");
                list.fault(&mut faults, row, heading, &message);
            }
            read
        };
        let (raised, answered) = (day_of("提出日期"), day_of("答复日期"));
        if let (Some(raised), Some(answered)) = (raised, answered)
            && answered < raised
        {
            let message = format!("答复日期{answered}早于提出日期{raised}");
            list.fault(&mut faults, row, "答复日期", &message);
        }
        if faults.len() > before {
            continue;
        }
        let number = row + 1;
        if conclusion.is_empty() || answered.is_none() {
            let why = format!("{FILE}第{number}行的异议还没有办结（结论和答复日期都要填）");
            open.insert(society, why);
        } else if conclusion == CONCLUSIONS[1] {
            let why = format!("{FILE}第{number}行的异议成立，须重新审议");
            open.entry(society).or_insert(why);
        }
    }
    if faults.is_empty() {
        Ok(open)
    } else {
        Err(faults)
    }
}
