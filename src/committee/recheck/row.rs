//! A row of the 核查表: of one line, called as it is, and with nothing written where nobody reads it.

use std::collections::BTreeMap;

use super::column;
use crate::model::fold;
use crate::roster::list::{Faults, List};
use crate::scheme::{Line, Scheme};

/// Holds the row of a line to it: there is one, and its title is that of its code.
pub(super) fn hold(scheme: &Scheme, line: &Line, list: &List<'_>, row: u32, faults: &mut Faults) {
    let code = fold(&line.code);
    let mut others = list.rows().filter(|other| *other > row);
    if let Some(again) = others.find(|row| fold(&list.text(*row, column::CODE)) == code) {
        let message = format!(
            "{}在第{}行已有一行，不知以哪一行为准；只能留一行",
            line.code,
            row + 1
        );
        list.fault(faults, again, column::CODE, &message);
    }
    let title = &scheme.indicator(line).title;
    let titles = column::TITLES.map(|heading| (heading, list.text(row, heading)));
    let mut titles = titles.iter().filter(|(_, written)| !written.is_empty());
    if let Some((heading, written)) = titles.find(|(_, one)| fold(one) != fold(title)) {
        let message = format!(
            "编号是{}，{heading}却写“{written}”，应为“{title}”；编号和{heading}不能改",
            line.code
        );
        list.fault(faults, row, heading, &message);
    }
}

/// What is written of a line where nobody reads it: it may be what was found in the end. Once for each column.
pub(super) fn outside(list: &List<'_>, row: u32, unread: &mut BTreeMap<u32, String>) {
    let printed = [column::REQUIREMENT, column::LAST_DEDUCTION];
    let printed = printed.into_iter().chain(column::LAST).chain(column::CAPS);
    let printed: Vec<String> = printed.map(fold).collect();
    for (cell, heading, written) in list.outside(row) {
        if !printed.contains(&fold(&heading)) {
            unread.entry(cell.column()).or_insert_with(|| {
                format!(
                    "{cell}：“{heading}”不是核查表的栏目，填有“{written}”，不会读取；核查的分数和说明请填在表上原有的栏里，不要的请删去"
                )
            });
        }
    }
}
