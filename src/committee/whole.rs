//! Whether a filled 审议表 is whole: no row is missing, and nothing is written where nobody reads it.

use std::collections::{BTreeMap, BTreeSet};

use super::column;
use super::level::Heads;
use crate::ground::Ground;
use crate::model::fold;
use crate::outcome::Society;
use crate::report::kit::words::subject;
use crate::roster::list::List;

/// The columns in which is decided.
pub(super) fn written_in(heads: Option<Heads>) -> impl Iterator<Item = &'static str> {
    let decided = heads.map(|heads| heads.decided);
    let others = [column::OPINION, column::REASON, column::VOTES];
    decided.into_iter().chain(others)
}

/// What is written of a society where nobody reads it: it may be what was decided in the end. Once for each column.
pub(super) fn outside(
    ground: &Ground,
    list: &List<'_>,
    row: u32,
    heads: Option<Heads>,
    unread: &mut BTreeMap<u32, String>,
) {
    let printed = [column::NUMBER, column::GROUP, column::CLASS].map(fold);
    for (cell, heading, written) in list.outside(row) {
        if printed.contains(&fold(&heading)) {
            continue;
        }
        let what = if heading.is_empty() {
            format!("没有表头的一栏填有“{written}”")
        } else {
            format!("“{heading}”不是审议表的栏目，填有“{written}”")
        };
        let read: Vec<String> = written_in(heads).map(|one| format!("“{one}”")).collect();
        unread.entry(cell.column()).or_insert_with(|| {
            format!(
                "{cell}：{what}，不会读取；{}审议结果只填在{}，请移到那里，不要的请删去",
                ground.scheme.object(),
                read.join("")
            )
        });
    }
}

/// That rows are missing: one sentence, however many.
pub(super) fn missing(
    ground: &Ground,
    due: &[&Society],
    seen: &BTreeSet<String>,
) -> Option<String> {
    /// More than this are counted.
    const NAMED: usize = 5;
    let missing: Vec<String> = due
        .iter()
        .filter(|one| !seen.contains(&one.name))
        .map(|one| format!("“{}”", subject(&ground.scheme, &one.name)))
        .collect();
    let named = missing[..missing.len().min(NAMED)].join("、");
    let object = ground.scheme.object();
    match missing.len() {
        0 => None,
        1 => Some(format!("缺少{named}这一行，参加审议的{object}一个也不能少")),
        count => {
            let and = if count > NAMED { "等" } else { "" };
            Some(format!(
                "缺少{named}{and}{count}行，参加审议的{object}一个也不能少；只补审上次暂缓的，要加 --decided 上次的审定目录"
            ))
        }
    }
}
