//! 审议表: what the committee fills in at its meeting, and the pages it has before it.

use rust_xlsxwriter::{Formula, XlsxError};

use super::{based_on, choose, group_label, made, meeting, society, stars, title};
use crate::committee::{Member, Opinion, column};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{Outcome, Society};
use crate::rank::SocietyState;
use crate::report::parts::{Binder, Cell, Column, Look, Row, words};
use crate::report::print::{Fit, Paper};
use crate::report::style;

/// The sheet that is read back.
pub const NAME: &str = "审议表";
/// Column of the group's recommendation on its own page.
const RECOMMENDED: u16 = 6;

/// The whole workbook: the sheet to decide on, the meeting, a page per group, a page per society.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(
    ground: &Ground,
    outcome: &Outcome,
    due: &[&Society],
    members: &[Member],
) -> Result<Vec<u8>, Error> {
    made(NAME, build(ground, outcome, due, members))
}

fn build(
    ground: &Ground,
    outcome: &Outcome,
    due: &[&Society],
    members: &[Member],
) -> Result<Vec<u8>, XlsxError> {
    let mut binder = Binder::new(&title(ground, NAME), outcome.results.as_of);
    table(&mut binder, ground, outcome, due)?;
    meeting::add(&mut binder, ground, outcome, members)?;
    for group in &ground.roster.groups {
        let own: Vec<&Society> = due
            .iter()
            .copied()
            .filter(|one| one.group == group.number)
            .collect();
        if !own.is_empty() {
            recommendation(
                &mut binder,
                ground,
                outcome,
                group.number,
                &group.lead,
                &own,
            )?;
        }
    }
    for one in due {
        society::add(&mut binder, ground, outcome, one, members)?;
    }
    binder.bytes()
}

fn page(group: u32) -> String {
    format!("推荐-{}", group_label(group))
}

fn table(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    due: &[&Society],
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    let mark = outcome.results.mark.as_deref();
    let columns = vec![
        Column::new(column::NUMBER, 5, Look::Whole),
        Column::new(&words::subject_head(scheme), 26, Look::Left),
        Column::new(column::GROUP, 7, Look::Centre),
        Column::new(column::TOTAL, 9, Look::Points(scheme.precision)),
        Column::new(column::RANK, 12, Look::Centre),
        Column::new(column::COMPUTED, 8, Look::Star),
        Column::new(column::GRADE, 6, Look::Centre),
        Column::new(column::RECOMMENDED, 8, Look::Star),
        Column::new(column::VISIT, 26, Look::Left),
        Column::new(column::FEEDBACK, 26, Look::Left),
        Column::new(column::STARS, 8, Look::Star),
        Column::new(column::OPINION, 8, Look::Centre),
        Column::new(column::REASON, 26, Look::Left),
        Column::new(column::VOTES, 14, Look::Centre),
    ];
    let mut sheet = binder.sheet(NAME, columns, 10.5)?;
    sheet.paper = Some(Paper::A3Landscape);
    sheet.row_height = 30.0;
    let left = based_on(&outcome.fingerprint);
    sheet.head(mark, &title(ground, NAME), &left, "单位：分")?;
    sheet.header()?;
    let mut in_group = std::collections::BTreeMap::new();
    for (at, one) in due.iter().enumerate() {
        let place = in_group.entry(one.group).or_insert(0_u32);
        let rank = one.rank.map_or_else(Cell::dash, |rank| {
            Cell::text(format!("{rank}{}", if one.tied { "（并列）" } else { "" }))
        });
        let row = sheet.next_row();
        sheet.row(&Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::text(group_label(one.group)),
            Cell::points_or_dash(one.total),
            rank,
            one.stars.map_or_else(Cell::dash, Cell::stars),
            Cell::text(one.grade.as_deref().unwrap_or("—")),
        ]))?;
        // The group's own page says it; here it is only shown.
        let source = format!("'{}'!$G${}", page(one.group), first_row(mark) + *place + 1);
        let formula = Formula::new(format!("=IF({source}=\"\",\"\",{source})")).set_result("");
        let format = style::boxed(style::BODY, 10.5)
            .set_align(rust_xlsxwriter::FormatAlign::Center)
            .set_num_format("0\"星\"");
        sheet
            .worksheet()
            .write_formula_with_format(row, 7, formula, &format)?;
        *place += 1;
    }
    sheet.end_table()?;
    let opinions: Vec<String> = Opinion::ALL.map(|one| one.label().to_owned()).to_vec();
    let most = scheme.stars.most();
    choose(
        &mut sheet,
        10,
        &stars(ground),
        &format!("审议星级只能填0至{most}。"),
    )?;
    choose(
        &mut sheet,
        11,
        &opinions,
        "审议意见只能填同意、调整或暂缓。",
    )?;
    let mut notes = vec![
        "注：1. 审议意见：星级与测算相同填“同意”；不同填“调整”，必须写明理由；暂不能定的填“暂缓”，写明理由，审议星级留空，以后另出审议表补审。".to_owned(),
        "2. 推荐星级由各组的推荐页带出，请在推荐页填写。总分、名次、测算星级不能在本表改动；填好后用 xingping decide 读回。".to_owned(),
        "3. 理由必填、委员回避均为本工具约定，待党委确认。".to_owned(),
    ];
    let others: Vec<String> = outcome
        .results
        .societies
        .iter()
        .filter(|one| one.state != SocietyState::Ranked)
        .map(|one| format!("{}（{}）", one.name, one.state.label()))
        .collect();
    if !others.is_empty() {
        notes.push(format!(
            "4. 未列入名次、不在审议之列：{}。",
            others.join("、")
        ));
    }
    if outcome.results.state == crate::outcome::Edition::Draft {
        notes.push("依据的结果还不是正式稿，只供准备会议用，不能据以审定。".to_owned());
    }
    sheet.notes(&notes)?;
    sheet.signatures(&["记录人", "监票人", "主持人（签字）"], "审议单位")?;
    sheet.close(mark, 2)?;
    binder.add(sheet);
    Ok(())
}

/// The first row of the table (counted from one, less one) on the pages of the groups: below mark, title, day and
/// header.
fn first_row(mark: Option<&str>) -> u32 {
    3 + u32::from(mark.is_some())
}

/// 推荐星级 of one group, to fill in and to sign.
fn recommendation(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    group: u32,
    lead: &str,
    own: &[&Society],
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    let mark = outcome.results.mark.as_deref();
    let columns = vec![
        Column::new(column::NUMBER, 5, Look::Whole),
        Column::new(&words::subject_head(scheme), 30, Look::Left),
        Column::new("总分", 9, Look::Points(scheme.precision)),
        Column::new("组内名次", 6, Look::Whole),
        Column::new("测算星级", 6, Look::Star),
        Column::new("评价人推荐", 14, Look::Centre),
        Column::new(column::GROUP_RECOMMENDED, 8, Look::Star),
        Column::new(column::GROUP_REASON, 24, Look::Left),
    ];
    let mut sheet = binder.sheet(&page(group), columns, 10.5)?;
    sheet.paper = Some(Paper::A4Portrait);
    sheet.row_height = 30.0;
    let what = format!("{}推荐星级", group_label(group));
    let left = format!("牵头单位：{lead}　{}", based_on(&outcome.fingerprint));
    sheet.head(mark, &title(ground, &what), &left, "单位：分")?;
    sheet.header()?;
    for (at, one) in own.iter().enumerate() {
        sheet.row(&Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::points_or_dash(one.total),
            one.rank_in_group.map_or_else(Cell::dash, Cell::whole),
            one.stars.map_or_else(Cell::dash, Cell::stars),
            said(one),
        ]))?;
    }
    sheet.end_table()?;
    let most = scheme.stars.most();
    let message = format!("小组推荐星级只能填0至{most}。");
    choose(&mut sheet, RECOMMENDED, &stars(ground), &message)?;
    sheet.notes(&[
        "注：小组推荐星级由评价小组集体研究提出（办法7.5），与测算星级不同的写明理由；“评价人推荐”是各份评价表上的推荐星级，供参考。".to_owned(),
    ])?;
    sheet.signatures(&["记录人", "小组成员", "组长（签字）"], "评价小组牵头单位")?;
    sheet.fit = Fit::One;
    sheet.close(mark, 2)?;
    binder.add(sheet);
    Ok(())
}

/// What the reviewers recommended.
fn said(society: &Society) -> Cell {
    let said: Vec<(u32, usize)> = society
        .recommended
        .iter()
        .map(|one| (one.stars, one.forms))
        .collect();
    match words::recommended(&said).content {
        crate::report::parts::cell::Content::Number(_) => {
            Cell::text(format!("{}星", said.first().map_or(0, |one| one.0)))
        }
        content => Cell::from(content),
    }
}
