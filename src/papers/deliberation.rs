//! 审议表: what the committee fills in at its meeting, and the pages it has before it.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::{based_on, group_label, made, meeting, society, stars};
use crate::committee::{Member, Opinion, column};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{Outcome, Society};
use crate::rank::SocietyState;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, policies, words};

/// The sheet that is read back.
pub const NAME: &str = "审议表";
/// Column of the group's recommendation on its own page.
const RECOMMENDED: usize = 6;

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
    let mut binder = Binder::new(
        &ground.scheme.titled(NAME),
        outcome.results.as_of,
        outcome.results.mark.as_deref(),
    )?;
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
    let mut sheet = Binder::sheet(NAME, columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 30.0;
    let left = based_on(&outcome.fingerprint);
    sheet.head(&ground.scheme.titled(NAME), &left, "单位：分");
    for (at, one) in due.iter().enumerate() {
        let rank = one.rank.map_or_else(Cell::dash, |rank| {
            Cell::text(format!("{rank}{}", if one.tied { "（并列）" } else { "" }))
        });
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::text(group_label(one.group)),
            Cell::points_or_dash(one.total),
            rank,
            one.stars.map_or_else(Cell::dash, Cell::stars),
            Cell::text(one.grade.as_deref().unwrap_or("—")),
        ]));
    }
    sheet.choose(7, &stars(ground));
    sheet.choose(10, &stars(ground));
    sheet.choose(11, &Opinion::ALL.map(Opinion::label));
    let mut notes = vec![
        "注：1. 审议意见：星级与测算相同填“同意”；不同填“调整”，必须写明理由；暂不能定的填“暂缓”，写明理由，审议星级留空，以后另出审议表补审。".to_owned(),
        "2. 推荐星级填在各组的推荐页，本表的推荐星级可以抄录供会上看，抄错会指出。总分、名次、测算星级不能在本表改动；填好后用 xingping decide 读回。".to_owned(),
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
    notes.extend(policies::preliminary(scheme));
    sheet.notes(notes);
    sheet.signatures(&["记录人", "监票人", "主持人（签字）"], "审议单位");
    sheet.frozen(2);
    binder.add(sheet)
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
    let mut sheet = Binder::sheet(&page(group), columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 30.0;
    let what = format!("{}推荐星级", group_label(group));
    let left = format!("牵头单位：{lead}　{}", based_on(&outcome.fingerprint));
    sheet.head(&ground.scheme.titled(&what), &left, "单位：分");
    for (at, one) in own.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::points_or_dash(one.total),
            one.rank_in_group.map_or_else(Cell::dash, Cell::whole),
            one.stars.map_or_else(Cell::dash, Cell::stars),
            said(one),
        ]));
    }
    sheet.choose(RECOMMENDED, &stars(ground));
    sheet.notes(vec![
        "注：小组推荐星级由评价小组集体研究提出，与测算星级不同的写明理由；“评价人推荐”是各份评价表上的推荐星级，供参考。".to_owned(),
    ]);
    binder.sign(
        sheet,
        (&["记录人", "小组成员", "组长（签字）"], "评价小组牵头单位"),
        2,
    )
}

/// What the reviewers recommended.
fn said(society: &Society) -> Cell {
    let said: Vec<(u32, usize)> = society
        .recommended
        .iter()
        .map(|one| (one.stars, one.forms))
        .collect();
    match words::recommended(&said).content {
        crate::report::kit::table::Content::Number(_) => {
            Cell::text(format!("{}星", said.first().map_or(0, |one| one.0)))
        }
        content => Cell::from(content),
    }
}
