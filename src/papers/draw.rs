//! 抽查名单: who was drawn, and by which digests, so that anybody can repeat the draw.

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

use super::{Binder, made};
use crate::error::Error;
use crate::ground::Ground;
use crate::ledger::draw::Lot;
use crate::model::day;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, words};
use crate::scheme::Basis;

/// What was asked for, printed with the outcome.
#[derive(Debug)]
pub struct Asked<'a> {
    pub on: Date,
    pub per_cent: u32,
    pub seed: &'a str,
    /// 校验码 of the register's last row.
    pub check: &'a str,
}

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(ground: &Ground, asked: &Asked<'_>, lots: &[Lot]) -> Result<Vec<u8>, Error> {
    made("抽查名单", build(ground, asked, lots))
}

fn build(ground: &Ground, asked: &Asked<'_>, lots: &[Lot]) -> Result<Vec<u8>, XlsxError> {
    let scheme = &ground.scheme;
    let mut binder = Binder::new("抽查名单", Some(asked.on), None)?;
    let left = format!(
        "抽取日期：{}　比例：{}%　种子：{}　登记簿末条校验码：{}",
        day::say(asked.on),
        asked.per_cent,
        asked.seed,
        asked.check
    );
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 34, Look::Left),
        Column::new("现有星级", 9, Look::Star),
        Column::new("等次", 8, Look::Centre),
        Column::new("核查人", 16, Look::Left),
        Column::new("核查情况", 36, Look::Left),
        Column::new("核查结论", 10, Look::Centre),
    ];
    let mut sheet = Binder::sheet("抽查名单", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 26.0;
    sheet.head(&ground.scheme.titled("动态验证抽查名单"), &left, "");
    let band = |lot: &Lot| Cell::text(lot.band.as_deref().unwrap_or("—"));
    for (at, lot) in lots.iter().filter(|lot| lot.is_drawn).enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &lot.society)),
            Cell::stars(lot.stars),
            band(lot),
        ]));
    }
    sheet.notes(vec![
        format!("注：核查人与被核查{}有利害关系的应当回避{}。核查后星级有变动的，用 xingping register 登记调整或降级；没有变动的登记复核确认。", scheme.object(), Basis::cite(scheme.basis.recusal.as_deref())),
    ]);
    sheet.signatures(&["抽取人", "监督人"], "单位");
    sheet.frozen(2);
    binder.add(sheet)?;

    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new("等次", 8, Look::Centre),
        Column::new(scheme.object(), 30, Look::Left),
        Column::new("SHA-256（种子接学会名称）", 68, Look::Left),
        Column::new("抽取结果", 10, Look::Centre),
    ];
    let mut sheet = Binder::sheet("抽取过程", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 18.0;
    sheet.head(&ground.scheme.titled("动态验证抽取过程"), &left, "");
    for (at, lot) in lots.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            band(lot),
            Cell::text(&lot.society),
            Cell::text(&lot.digest),
            Cell::text(if lot.is_drawn { "抽中" } else { "" }),
        ]));
    }
    let example = lots.first().map_or("学会名称", |lot| lot.society.as_str());
    sheet.notes(vec![
        "注：当日有效的都参加抽取。按等次分档（不设等次的为一档），每档抽取“比例×个数”，有零头的进一，至少一个。".to_owned(),
        "每个学会把种子和名称连在一起算 SHA-256，档内按这个值从小到大排列，取最前面的。在表格里按等次、SHA-256排序，就能重复抽取。".to_owned(),
        format!("SHA-256 可自行计算，例如：printf '%s' '{}{example}' | sha256sum", asked.seed),
    ]);
    sheet.frozen(3);
    binder.add(sheet)?;
    binder.bytes()
}
