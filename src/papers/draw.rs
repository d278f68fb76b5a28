//! 抽查名单: who was drawn, and by which digests, so that anybody can repeat the draw.

use rust_xlsxwriter::XlsxError;

use super::{Binder, made};
use crate::committee::recheck::must_recuse;
use crate::error::Error;
use crate::ground::Ground;
use crate::ledger::draw::{Draw, Lot};
use crate::model::day;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, words};
use crate::scheme::Basis;

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(ground: &Ground, draw: &Draw) -> Result<Vec<u8>, Error> {
    made("抽查名单", build(ground, draw))
}

fn build(ground: &Ground, draw: &Draw) -> Result<Vec<u8>, XlsxError> {
    let scheme = &ground.scheme;
    let mut binder = Binder::new("抽查名单", Some(draw.on), None)?;
    let left = format!(
        "抽查编号：{}　抽取日期：{}　比例：{}%　种子：{}　抽取前末条校验码：{}",
        draw.number,
        day::say(draw.on),
        draw.per_cent,
        draw.seed,
        draw.check
    );
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 34, Look::Left),
        Column::new("现有星级", 9, Look::Star),
        Column::new(Topic::Grade, 8, Look::Centre),
        Column::new("核查人", 14, Look::Left),
        Column::new("应回避的核查人", 18, Look::Left),
        Column::new("核查情况", 36, Look::Left),
        Column::new("核查结论", 10, Look::Centre),
    ];
    let mut sheet = Binder::sheet("抽查名单", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 22.0;
    sheet.head(&ground.scheme.titled("动态验证抽查名单"), &left, "");
    let away = |lot: &Lot| {
        let recused = draw
            .checkers
            .iter()
            .filter(|one| must_recuse(ground, &draw.checkers, &lot.society, &one.name, &one.unit));
        let names: Vec<&str> = recused.map(|one| one.name.as_str()).collect();
        Cell::text(names.join("、"))
    };
    let band = |lot: &Lot| Cell::text(lot.band.as_deref().unwrap_or("—"));
    for (at, lot) in draw.drawn().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &lot.society)),
            Cell::stars(lot.stars),
            band(lot),
            Cell::blank(),
            away(lot),
        ]));
    }
    sheet.notes(vec![
        format!("注：核查人与被核查{}有利害关系的应当回避{}。核查表填好后用 xingping recheck 读回，得出建议；同意的用 xingping register 登记。", scheme.object(), Basis::cite(scheme.basis.recusal.as_deref())),
    ]);
    binder.sign(sheet, (&["抽取人", "监督人"], "单位"), 2)?;

    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(Topic::Grade, 8, Look::Centre),
        Column::new(scheme.object(), 30, Look::Left),
        // Cut by a line break it could not be compared.
        Column::new(
            &format!("SHA-256（种子接{}名称）", scheme.object()),
            70,
            Look::Fitted,
        ),
        Column::new("抽取结果", 10, Look::Centre),
    ];
    let mut sheet = Binder::sheet("抽取过程", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 18.0;
    sheet.head(&ground.scheme.titled("动态验证抽取过程"), &left, "");
    for (at, lot) in draw.lots.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            band(lot),
            Cell::text(&lot.society),
            Cell::text(&lot.digest),
            Cell::text(if lot.is_drawn { "抽中" } else { "" }),
        ]));
    }
    let example = draw.lots.first().map_or("名称", |lot| lot.society.as_str());
    sheet.notes(vec![
        "注：当日有效的都参加抽取。按等次分档（不设等次的为一档），每档抽取“比例×个数”，有零头的进一，至少一个。".to_owned(),
        format!("每个{}把种子和名称连在一起算 SHA-256，档内按这个值从小到大排列，取最前面的。在表格里按等次、SHA-256排序，就能重复抽取。", scheme.object()),
        format!("SHA-256 可自行计算，例如：printf '%s' '{}{example}' | sha256sum", draw.seed),
    ]);
    sheet.frozen(3);
    binder.add(sheet)?;
    binder.bytes()
}
