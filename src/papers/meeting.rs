//! 会议情况: when and where the committee met, who was there, who recused, what was minuted.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::based_on;
use crate::committee::meeting::recused_head;
use crate::committee::{Item, Level, Member, column};
use crate::ground::Ground;
use crate::outcome::Outcome;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row};

/// Rows for members where none are listed yet.
const LEAST: usize = 12;

/// Adds both sheets.
pub(super) fn add(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    members: &[Member],
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    let object = scheme.object();
    let left = based_on(&outcome.fingerprint);
    let columns = vec![
        Column::new(column::ITEM, 24, Look::Left),
        Column::new(column::CONTENT, 66, Look::Left),
    ];
    let mut sheet = Binder::sheet("会议情况", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 32.0;
    sheet.head(&ground.scheme.titled("审议会议情况"), &left, "");
    for item in Item::ALL {
        let content = match item {
            Item::Results => Cell::text(&outcome.fingerprint),
            _ => Cell::blank(),
        };
        sheet.row(Row::new(vec![Cell::text(item.label()), content]));
    }
    let from = if scheme.validity_years.is_some() {
        format!("，{}有效期从这一天算起", Level::of(scheme).noun())
    } else {
        String::new()
    };
    sheet.notes(vec![format!(
        "注：审定日期必填{from}，写成{}这样的日期。",
        scheme.deciding_day()
    )]);
    sheet.signatures(&["记录人", "主持人（签字）"], "审议单位");
    sheet.frozen(1);
    binder.add(sheet)?;

    let columns = vec![
        // Notes below the table stand in the first column: they must not be taken for members.
        Column::new(column::NUMBER, 6, Look::Whole),
        Column::new(column::MEMBER, 14, Look::Centre),
        Column::new(column::UNIT, 30, Look::Left),
        Column::new(column::PRESENT, 10, Look::Centre),
        Column::new(&recused_head(scheme), 34, Look::Left),
        Column::new("签到", 16, Look::Centre),
    ];
    let mut sheet = Binder::sheet("委员名单", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 26.0;
    sheet.head(&ground.scheme.titled("审议委员名单"), &left, "");
    for (at, member) in members.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(&member.name),
            Cell::text(&member.unit),
            Cell::text(&member.present),
            Cell::text(member.recused.join("、")),
        ]));
    }
    for at in members.len()..LEAST {
        sheet.row(Row::new(vec![Cell::whole(at + 1)]));
    }
    sheet.choose(column::PRESENT, &["出席", "请假", "缺席"]);
    sheet.notes(vec![
        format!("注：应回避的{object}写全称，几个的用顿号隔开；应回避的委员不发该{object}的单页，审议、表决该{object}时离席（本工具约定）。"),
    ]);
    sheet.frozen(1);
    binder.add(sheet)
}
