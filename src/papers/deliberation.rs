//! 审议表: what the committee fills in at its meeting, and the pages it has before it.

use rust_xlsxwriter::XlsxError;

use super::Binder;
use super::{award, awarded, based_on, made, meeting, place, placed, society};
use crate::committee::level::Heads;
use crate::committee::{Award, Level, Member, Opinion, column, printed};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{Outcome, Society};
use crate::rank::SocietyState;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, policies, words};
use crate::roster::ReviewGroup;
use crate::scheme::Scheme;

/// The sheet that is read back.
pub const NAME: &str = "审议表";
/// What the forms recommend, on a group's page.
const REVIEWERS: &str = "评价人推荐";

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
    let heads = Level::of(&ground.scheme).heads();
    let heads = heads.filter(|_| ground.scheme.asks.groups);
    for (heads, group) in heads
        .into_iter()
        .flat_map(|heads| ground.roster.groups.iter().map(move |group| (heads, group)))
    {
        let own: Vec<&Society> = due
            .iter()
            .copied()
            .filter(|one| one.group == group.number)
            .collect();
        if !own.is_empty() {
            recommendation(&mut binder, ground, outcome, group, heads, &own)?;
        }
    }
    for one in due {
        society::add(&mut binder, ground, outcome, one, members)?;
    }
    binder.bytes()
}

fn table(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    due: &[&Society],
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    let level = Level::of(scheme);
    let look = awarded(level);
    let has_stars = level == Level::Stars;
    let mut columns = vec![
        Column::new(column::NUMBER, 5, Look::Whole),
        Column::new(&words::subject_head(scheme), 26, Look::Left),
    ];
    columns.extend(placed(ground).map(|head| Column::new(head, 6, Look::Centre)));
    columns.extend([
        Column::new(column::TOTAL, 8, Look::Points(scheme.precision)),
        Column::new(column::RANK, 9, Look::Centre),
    ]);
    if let Some(heads) = level.heads() {
        columns.push(Column::new(heads.computed, 7, look));
        if has_stars {
            columns.push(Column::new(column::GRADE, 5, Look::Centre));
        }
        if is_recommended(scheme) {
            columns.push(Column::new(heads.recommended, 7, look));
        }
    }
    columns.extend([
        Column::new(column::VISIT, 26, Look::Left),
        Column::new(column::FEEDBACK, 26, Look::Left),
    ]);
    columns.extend(
        level
            .heads()
            .map(|heads| Column::new(heads.decided, 7, look)),
    );
    columns.extend([
        Column::new(column::OPINION, 7, Look::Centre),
        Column::new(column::REASON, 26, Look::Left),
        Column::new(column::VOTES, 9, Look::Centre),
    ]);
    let mut sheet = Binder::sheet(NAME, columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 30.0;
    let left = based_on(&outcome.fingerprint);
    sheet.head(&ground.scheme.titled(NAME), &left, "单位：分");
    for (at, one) in due.iter().enumerate() {
        let rank = printed::rank(one).map_or_else(Cell::dash, Cell::text);
        let mut cells = vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
        ];
        cells.extend(placed(ground).map(|_| place(ground, one.class.as_deref(), one.group)));
        cells.extend([Cell::points_or_dash(one.total), rank]);
        cells.extend(level.heads().map(|_| award(&Award::of(one))));
        if has_stars {
            cells.push(Cell::text(one.grade.as_deref().unwrap_or(printed::NONE)));
        }
        sheet.row(Row::new(cells));
    }
    if let Some(heads) = level.heads() {
        let choices = level.choices(scheme);
        sheet.choose(heads.recommended, &choices);
        sheet.choose(heads.decided, &choices);
    }
    let opinions = Opinion::ALL.into_iter();
    let opinions = opinions.filter(|one| level.heads().is_some() || *one != Opinion::Adjusted);
    let opinions: Vec<&str> = opinions.map(Opinion::label).collect();
    sheet.choose(column::OPINION, &opinions);
    sheet.notes(notes(ground, outcome));
    sheet.signatures(&["记录人", "监票人", "主持人（签字）"], "审议单位");
    sheet.frozen(2);
    binder.add(sheet)
}

/// Whether groups or reviewers recommend what is decided.
fn is_recommended(scheme: &Scheme) -> bool {
    scheme.has_stars() || scheme.asks.groups
}

/// How the sheet is filled in, and who is not on it.
fn notes(ground: &Ground, outcome: &Outcome) -> Vec<String> {
    let scheme = &ground.scheme;
    let level = Level::of(scheme);
    let noun = level.noun();
    let how = match level.heads() {
        Some(heads) => format!(
            "审议意见：{noun}与测算相同填“同意”；不同填“调整”，必须写明理由；暂不能定的填“暂缓”，写明理由，{}留空，以后另出审议表补审。",
            heads.decided
        ),
        None => "审议意见：同意测算的总分和名次填“同意”；暂不能定的填“暂缓”，写明理由，以后另出审议表补审。分数有误的用“评分更正单”更正，重出结果后再审议。".to_owned(),
    };
    let kept = match level.heads() {
        Some(heads) => {
            let copied = if scheme.asks.groups {
                format!(
                    "{0}填在各组的推荐页，本表的{0}可以抄录供会上看，抄错会指出。",
                    heads.recommended
                )
            } else {
                String::new()
            };
            let grade = if scheme.has_stars() { "、等次" } else { "" };
            format!(
                "{copied}总分、名次、{}{grade}不能在本表改动；填好后用 xingping decide 读回。",
                heads.computed
            )
        }
        None => "总分、名次不能在本表改动；填好后用 xingping decide 读回。".to_owned(),
    };
    let mut notes = vec![
        how,
        kept,
        "文字写不下时可拉高行。理由必填、委员回避均为本工具约定，待审议单位确认。".to_owned(),
    ];
    let held: Vec<String> = outcome
        .ranked()
        .into_iter()
        .filter_map(|one| {
            let why = super::held_down(scheme, one)?;
            Some(format!("{}（{why}）", words::subject(scheme, &one.name)))
        })
        .collect();
    if !held.is_empty() {
        let what = if scheme.has_stars() {
            "星级、等次"
        } else {
            "等次"
        };
        notes.push(format!("测算{what}与总分不一致的：{}。", held.join("、")));
    }
    let others: Vec<String> = outcome
        .results
        .societies
        .iter()
        .filter(|one| one.state != SocietyState::Ranked)
        .map(|one| format!("{}（{}）", one.name, one.state.label()))
        .collect();
    if !others.is_empty() {
        notes.push(format!("未列入名次、不在审议之列：{}。", others.join("、")));
    }
    let mut notes: Vec<String> = (1..)
        .zip(notes)
        .map(|(number, note)| format!("{}{number}. {note}", if number == 1 { "注：" } else { "" }))
        .collect();
    if outcome.results.state == crate::outcome::Edition::Draft {
        notes.push("依据的结果还不是正式稿，只供准备会议用，不能据以审定。".to_owned());
    }
    notes.extend(policies::preliminary(scheme));
    notes
}

/// What one group recommends, to fill in and to sign.
fn recommendation(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    group: &ReviewGroup,
    heads: Heads,
    own: &[&Society],
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    let level = Level::of(scheme);
    let noun = level.noun();
    let look = awarded(level);
    let columns = vec![
        Column::new(column::NUMBER, 5, Look::Whole),
        Column::new(&words::subject_head(scheme), 30, Look::Left),
        Column::new("总分", 9, Look::Points(scheme.precision)),
        Column::new(Topic::RankInGroup, 6, Look::Whole),
        Column::new(heads.computed, 8, look),
        Column::new(REVIEWERS, 14, Look::Centre),
        Column::new(heads.of_group, 8, look),
        Column::new(column::GROUP_REASON, 24, Look::Left),
    ];
    let mut sheet = Binder::sheet(&format!("推荐-{}", group.label()), columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 30.0;
    let what = format!("{}推荐{noun}", group.label());
    let left = format!(
        "牵头单位：{}　{}",
        group.lead,
        based_on(&outcome.fingerprint)
    );
    sheet.head(&ground.scheme.titled(&what), &left, "单位：分");
    for (at, one) in own.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.name)),
            Cell::points_or_dash(one.total),
            one.rank_in_group.map_or_else(Cell::dash, Cell::whole),
            award(&Award::of(one)),
            said(one),
        ]));
    }
    sheet.choose(heads.of_group, &level.choices(scheme));
    let asked = if scheme.has_stars() {
        "；“评价人推荐”是各份评价表上的推荐星级，供参考"
    } else {
        // Forms ask for stars alone.
        sheet.without(&[REVIEWERS]);
        ""
    };
    sheet.notes(vec![format!(
        "注：{}由评价小组集体研究提出，与测算{noun}不同的写明理由{asked}。",
        heads.of_group
    )]);
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
