//! From the file to the ledger, whatever program saved it: days are read as people write them, quotes and marks do not
//! count. What no longer fits its digest is refused, with its row.

use std::collections::BTreeSet;

use super::grading::Grading;
use super::{COLUMNS, Event, GRADING, Kind, Ledger, plain, plain_heading, rules};
use crate::intake::Sheet;
use crate::model::{Points, day, fold};
use crate::roster::list::{Faults, List};

/// Whether it is such a file at all, if one of which a heading was lost.
#[must_use]
pub fn is_ledger(sheets: &[Sheet]) -> bool {
    List::resembles(sheets, &COLUMNS, &plain_heading)
}

fn find<'s>(sheets: &'s [Sheet], faults: &mut Faults) -> Option<List<'s>> {
    let mut known = COLUMNS.to_vec();
    known.push(GRADING);
    let mut own = Faults::new();
    let list = List::find_said(sheets, &known, COLUMNS.len(), &plain_heading, &mut own);
    if list.is_none() {
        // Which of both it has is not known where it has neither.
        let heads = COLUMNS.map(|heading| match plain_heading(heading) {
            plain if plain == heading => plain,
            plain => format!("{heading}（或{plain}）"),
        });
        own = vec![format!("找不到登记簿的表头，应有：{}", heads.join("、"))];
    }
    faults.append(&mut own);
    list
}

/// What else stands in the file, and would be gone once it is written again.
#[must_use]
pub fn beside(sheets: &[Sheet]) -> Option<String> {
    let list = find(sheets, &mut Faults::new())?;
    let mut sheets = sheets.iter().filter(|sheet| !sheet.is_empty());
    if let Some(other) = sheets.find(|sheet| sheet.name != list.sheet_name()) {
        return Some(format!("另有工作表“{}”", other.name));
    }
    let mut cells = list.beside();
    let (cell, value) = cells.next()?;
    let more = match cells.count() {
        0 => String::new(),
        more => format!("等{}处", more + 1),
    };
    let said = format!(
        "{cell}{more}写有登记簿各栏以外的内容（“{}”）",
        value.written()
    );
    Some(said)
}

/// Reads it.
///
/// # Errors
/// Every row that cannot be read; the first that does not fit the row before.
pub fn read(sheets: &[Sheet]) -> Result<Ledger, Faults> {
    let mut faults = Faults::new();
    let Some(list) = find(sheets, &mut faults) else {
        return Err(faults);
    };
    let mut ledger = Ledger::default();
    let mut checks = Vec::new();
    let mut rows = Vec::new();
    for row in list.rows() {
        if let Some(event) = event(&list, row, &mut faults) {
            ledger.events.push(event);
            checks.push(list.text(row, "校验码"));
            rows.push((row, list.text(row, "序号")));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for (at, expected) in ledger.checks().iter().enumerate() {
        let (row, number) = &rows[at];
        // A spreadsheet shows it as somebody likes: 01, 1.0.
        let counted: Option<Points> = fold(number).parse().ok();
        if counted.is_none() {
            let message = format!("序号填的是“{number}”，应为{}", at + 1);
            list.fault(&mut faults, *row, "序号", &message);
            break;
        }
        let expected_number = i64::try_from(at + 1).map(Points::whole).ok();
        if counted != expected_number {
            let message = format!(
                "序号是“{number}”，应为{}：登记簿只能在末尾追加，有行被删除、插入或调换了",
                at + 1
            );
            list.fault(&mut faults, *row, "序号", &message);
            break;
        }
        if checks[at] != *expected {
            let message = format!(
                "第{}条的内容与校验码对不上，这一条或上一条写入以后被改动过；请用备份恢复，要改请另登记一条“更正”",
                at + 1
            );
            list.fault(&mut faults, *row, "校验码", &message);
            break;
        }
    }
    if faults.is_empty() {
        // What was entered once was allowed; a file put together otherwise need not be.
        let mut before = Ledger::default();
        for (at, event) in ledger.events.iter().enumerate() {
            if let Err(why) = rules::allowed(&before, event) {
                list.fault(&mut faults, rows[at].0, "事件", &why);
                break;
            }
            before.events.push(event.clone());
        }
    }
    if faults.is_empty() {
        Ok(ledger)
    } else {
        Err(faults)
    }
}

fn event(list: &List<'_>, row: u32, faults: &mut Faults) -> Option<Event> {
    let before = faults.len();
    let text = |heading| plain(&list.text(row, heading));
    let written = text("事件");
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.label() == fold(&written));
    if kind.is_none() {
        let labels: BTreeSet<&str> = Kind::ALL.map(Kind::label).into_iter().collect();
        let labels: Vec<&str> = labels.into_iter().collect();
        let message = format!("事件填的是“{written}”，只能是{}", labels.join("、"));
        list.fault(faults, row, "事件", &message);
    }
    let mut day_of = |heading: &'static str, needed: bool| {
        let written = text(heading);
        let read = day::read(&written);
        if read.is_none() && (needed || !written.is_empty()) {
            let message = format!("{heading}填的是“{written}”，应是2018-09-20这样的日期");
            list.fault(faults, row, heading, &message);
        }
        read
    };
    let (effective, entered) = (day_of("生效日期", true), day_of("登记日期", true));
    let (until, deadline) = (day_of("有效期至", false), day_of("整改期限", false));
    let stars = text("星级");
    let number = crate::committee::level::star(&stars);
    if number.is_none() && !stars.is_empty() {
        let message = format!("星级填的是“{stars}”，应是一个整数");
        list.fault(faults, row, "星级", &message);
    }
    let written = text(GRADING);
    let grading = Grading::read(&written);
    if grading.is_none() && !written.is_empty() {
        let message = format!("等次标准“{written}”被改动过，读不懂；请用备份恢复");
        list.fault(faults, row, GRADING, &message);
    }
    if faults.len() > before {
        return None;
    }
    Some(Event {
        kind: kind?,
        society: text("学会"),
        stars: number,
        new_name: text("新名称"),
        effective: effective?,
        entered: entered?,
        until,
        basis: text("依据"),
        reason: text("理由"),
        deadline,
        statement: text("学会陈述"),
        source: text("来源编号"),
        grading,
    })
}
