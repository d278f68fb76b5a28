//! 核查表 and 核查结论: what those who verify a star fill in, with the last values beside, and what is proposed from it.

use rust_xlsxwriter::XlsxError;

use super::{Binder, REQUIREMENT, asked, indicator_head, made};
use crate::committee::recheck::{Ask, Checked, column, scheme_of};
use crate::error::Error;
use crate::ground::Ground;
use crate::ledger::draw::{Draw, Lot, Proposal};
use crate::ledger::plain;
use crate::model::day;
use crate::outcome::Society;
use crate::report::kit::print::Paper;
use crate::report::kit::table::Head;
use crate::report::kit::{Cell, Column, Look, Row, Topic, words};
use crate::scheme::{Basis, Scheme};

/// What the sheet to sign is called.
pub const CONCLUSIONS: &str = "核查结论";

/// The sheets for one society; `last` are its settled points of the review, where they are known.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(
    ground: &Ground,
    draw: &Draw,
    lot: &Lot,
    last: Option<&Society>,
) -> Result<Vec<u8>, Error> {
    made("核查表", build(ground, draw, lot, last))
}

fn build(
    ground: &Ground,
    draw: &Draw,
    lot: &Lot,
    last: Option<&Society>,
) -> Result<Vec<u8>, XlsxError> {
    let name = words::subject(&ground.scheme, &lot.society);
    let mut binder = Binder::new(&format!("{name}核查表"), Some(draw.on), None)?;
    head(&mut binder, &ground.scheme, draw, lot, &name)?;
    let scheme = scheme_of(ground, &lot.society);
    lines(&mut binder, &scheme, last, &name)?;
    binder.bytes()
}

fn head(
    binder: &mut Binder,
    scheme: &Scheme,
    draw: &Draw,
    lot: &Lot,
    name: &str,
) -> Result<(), XlsxError> {
    let object = scheme.object();
    let columns = vec![
        Column::new(column::ASK, 26, Look::Left),
        Column::new(column::ANSWER, 64, Look::Left),
    ];
    let mut sheet = Binder::sheet("核查情况", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 30.0;
    sheet.head(&format!("{name}核查情况"), "", "");
    for ask in Ask::ALL {
        let answer = match ask {
            Ask::Number => Cell::text(&draw.number),
            Ask::Society => Cell::text(name),
            Ask::Stars => Cell::text(format!("{}星", lot.stars)),
            Ask::Checker | Ask::Unit | Ask::Day => Cell::blank(),
        };
        sheet.row(Row::new(vec![Cell::text(ask.label(scheme)), answer]));
    }
    sheet.notes(vec![
        format!("注：1. 核查人与被核查{object}有利害关系的应当回避{}。", Basis::cite(scheme.basis.recusal.as_deref())),
        "2. 分数填在“核查表”；填好后用 xingping recheck 读回，得出建议，登记要另用 xingping register。".to_owned(),
    ]);
    binder.sign(
        sheet,
        (&["核查人（签字）", "被核查方负责人"], "核查单位"),
        1,
    )
}

fn lines(
    binder: &mut Binder,
    scheme: &Scheme,
    last: Option<&Society>,
    name: &str,
) -> Result<(), XlsxError> {
    let points = Look::Points(scheme.precision);
    let deducts = scheme.has_deductions();
    let says_more = scheme
        .lines
        .iter()
        .any(|line| !asked(scheme, line).is_empty());
    let (cap, last_bonus) = if deducts {
        (Head::from(Topic::BonusCap), "上次加分")
    } else {
        (Head::from("满分"), "上次得分")
    };
    let columns = vec![
        Column::new(column::CODE, 7, Look::Centre),
        Column::new(
            indicator_head(scheme),
            if says_more { 20 } else { 40 },
            Look::Left,
        ),
        // As wide as the others leave.
        Column::new(REQUIREMENT, 70, Look::Left),
        Column::new(cap, 5, Look::Plain),
        Column::new(Topic::DeductionCap, 5, Look::Plain),
        Column::new(last_bonus, 6, points),
        Column::new("上次减分", 6, points),
        Column::new(column::bonus(scheme), 6, Look::Plain),
        Column::new(column::DEDUCTION, 6, Look::Plain),
        Column::new(column::NOTE, if says_more { 16 } else { 40 }, Look::Left),
    ];
    let mut sheet = Binder::sheet("核查表", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 15.0;
    sheet.head(&scheme.titled("动态验证核查表"), name, "单位：分");
    for (at, line) in scheme.lines.iter().enumerate() {
        let settled = last.and_then(|society| society.lines.get(at));
        let side = |is_open: bool, points: Option<crate::model::Points>| {
            if is_open {
                Cell::points_or_dash(points)
            } else {
                Cell::dash()
            }
        };
        let fill = |is_open: bool| {
            if is_open { Cell::blank() } else { Cell::dash() }
        };
        sheet.row(Row::new(vec![
            Cell::text(&line.code),
            Cell::text(&scheme.indicator(line).title),
            // Its clauses run on, for the table would take twice the pages; each begins with its mark.
            Cell::text(plain(&asked(scheme, line))),
            Cell::points(line.bonus.cap),
            Cell::points(line.deduction.cap),
            side(line.bonus.is_open(), settled.map(|one| one.bonus)),
            side(line.deduction.is_open(), settled.map(|one| one.deduction)),
            fill(line.bonus.is_open()),
            fill(line.deduction.is_open()),
        ]));
    }
    if !deducts {
        sheet.without(&["减分上限", "上次减分", column::DEDUCTION]);
    }
    sheet.table.leave_out(&[REQUIREMENT]);
    let (last, filled) = if deducts {
        ("上次加分、减分", "核查加分、核查减分")
    } else {
        ("上次得分", "核查得分")
    };
    sheet.notes(vec![format!(
        "注：{last}是评价时各评价人合成的得分；{filled}逐行填写，没有得分的填0，在上限以内。"
    )]);
    sheet.frozen(2);
    binder.add(sheet)
}

/// What is proposed of those that were verified, to be signed.
///
/// # Errors
/// The writer refuses something.
pub fn conclusions(
    ground: &Ground,
    draw: &Draw,
    checked: &[(&Lot, &Checked, Proposal)],
) -> Result<Vec<u8>, Error> {
    made(CONCLUSIONS, build_conclusions(ground, draw, checked))
}

fn build_conclusions(
    ground: &Ground,
    draw: &Draw,
    checked: &[(&Lot, &Checked, Proposal)],
) -> Result<Vec<u8>, XlsxError> {
    let scheme = &ground.scheme;
    let mut binder = Binder::new(CONCLUSIONS, Some(draw.on), None)?;
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 34, Look::Left),
        Column::new("现有星级", 9, Look::Star),
        Column::new("核查总分", 10, Look::Points(scheme.precision)),
        Column::new("核查测算星级", 9, Look::Star),
        Column::new("建议", 26, Look::Left),
        Column::new("核查人", 12, Look::Centre),
        Column::new("核查日期", 17, Look::Centre),
    ];
    let mut sheet = Binder::sheet(CONCLUSIONS, columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 24.0;
    let left = format!("抽查编号：{}", draw.number);
    sheet.head(&ground.scheme.titled("动态验证核查结论"), &left, "单位：分");
    for (at, (lot, one, proposal)) in checked.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &lot.society)),
            Cell::stars(lot.stars),
            Cell::points(one.total),
            Cell::stars(one.stars),
            Cell::text(proposal.say(scheme)),
            Cell::text(&one.checker),
            Cell::text(day::say(one.day)),
        ]));
    }
    sheet.notes(vec![format!(
        "注：建议由核查分数按评价方案测算得出，经研究同意后用 xingping register 登记才生效；降级、撤销{}要先给整改期限、听取陈述。",
        Basis::cite(scheme.basis.withdrawal.as_deref())
    )]);
    binder.sign(
        sheet,
        (&["核查人", "审核人", "负责人（签字）"], "核查单位"),
        2,
    )?;
    binder.bytes()
}
