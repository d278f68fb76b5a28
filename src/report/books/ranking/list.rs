//! 按总分 and 按分组: the same columns, once over all, once group by group. Societies without a rank stand below
//! the ranked ones, with the reason.

use crate::model::{GroupId, Keyed, SocietyId};
use crate::rank::{Rank, SocietyState, Standing, Standings};
use crate::report::books::score;
use crate::report::kit::print::Paper;
use crate::report::kit::sheet::{row_height, width};
use crate::report::kit::table::{Pages, Signatures};
use crate::report::kit::words::Remarks;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, words};
use crate::roster::ReviewGroup;

/// Up to so many societies stand on one portrait page, with the block to sign.
pub(super) const ONE_PAGE: usize = 35;
/// Points of the body.
const SIZE: f64 = 9.0;
/// Points of a row of one line.
const ROW: f64 = 14.0;
/// Points of heading, header, notes and block to sign.
const AROUND: f64 = 270.0;
/// Column of the first part.
const FIRST_PART: u16 = 3;

/// The columns; the remarks are `remarks` half-width characters wide.
fn columns(standings: &Standings<'_>, rank: &str, remarks: u32) -> Vec<Column> {
    let ground = standings.ground;
    let groups = ground.roster.groups.iter().map(ReviewGroup::label);
    let names = standings
        .societies
        .iter()
        .map(|standing| words::subject_of(standings, standing));
    let mut columns = vec![
        Column::new(rank, 4, Look::Whole),
        Column::new(
            &words::subject_head(&ground.scheme),
            // A name that is longer still is printed smaller.
            longest(names).clamp(16, 26),
            Look::Fitted,
        ),
        Column::new("分组", longest(groups).clamp(4, 8), Look::Centre).choosable(),
    ];
    columns.extend(score::columns(standings));
    columns.push(Column::new("备注", remarks, Look::Left));
    columns
}

/// Half-width characters of the longest text.
fn longest(texts: impl Iterator<Item = String>) -> u32 {
    texts.map(|text| width(&text)).max().unwrap_or_default()
}

/// Points of all rows, those of one line `least` high.
fn height(columns: &[Column], rows: &[Row], least: f64) -> f64 {
    rows.iter()
        .map(|row| row_height(columns, row, SIZE, least))
        .sum()
}

fn pixels(columns: &[Column]) -> u32 {
    columns.iter().map(|column| column.pixels(SIZE)).sum()
}

/// The columns with the remarks as wide as it takes for the whole to be printed largest: narrow ones make high
/// rows, wide ones a wide table.
fn fitted(standings: &Standings<'_>, rank: &str, rows: &[Row]) -> Vec<Column> {
    if rows.len() > ONE_PAGE || !is_portrait(&columns(standings, rank, 14)) {
        return columns(standings, rank, 22);
    }
    let scale = |columns: &[Column]| {
        // At full size the room is what the page has; the sheet shrinks to it.
        let high = Paper::A4Portrait.room(1) / (height(columns, rows, ROW) + AROUND);
        Paper::A4Portrait.scale(pixels(columns)).min(high)
    };
    (14..=32)
        .step_by(2)
        .map(|remarks| columns(standings, rank, remarks))
        .reduce(|best, next| {
            if scale(&next) > scale(&best) {
                next
            } else {
                best
            }
        })
        .unwrap_or_default()
}

/// The height of rows of one line with which the table and what stands around it fill the page.
fn filling(columns: &[Column], rows: &[Row]) -> f64 {
    /// Steps of a pixel; rows that are higher still tear a table apart.
    const STEPS: u32 = 12;
    /// Office programs differ a little in how high a row comes out.
    const CAREFUL: f64 = 0.98;
    let room = Paper::A4Portrait.room(pixels(columns)) * CAREFUL - AROUND;
    (0..=STEPS)
        .map(|step| ROW + 0.75 * f64::from(step))
        .take_while(|least| height(columns, rows, *least) <= room)
        .last()
        .unwrap_or(ROW)
}

/// The committee signs a portrait page; only a scheme of many parts needs more room.
fn is_portrait(columns: &[Column]) -> bool {
    Paper::A4Portrait.scale(pixels(columns)) >= 0.75
}

/// Who signs for the committee.
pub(super) fn signatures() -> Signatures {
    Signatures {
        people: &["制表人", "审核人", "负责人（签字）"],
        unit: "单位".to_owned(),
    }
}

/// One of the two tables, complete.
fn table(
    standings: &Standings<'_>,
    name: &'static str,
    rank: &str,
    what: &str,
    rows: Vec<Row>,
) -> Table {
    let columns = fitted(standings, rank, &rows);
    let portrait = is_portrait(&columns);
    let one_page = portrait && rows.len() <= ONE_PAGE;
    let layout = Layout {
        row_height: if one_page {
            filling(&columns, &rows)
        } else {
            ROW
        },
        paper: portrait.then_some(Paper::A4Portrait),
        pages: if one_page {
            Pages::One
        } else {
            Pages::PreferOne
        },
        ..Layout::paper(SIZE, 2)
    };
    Table {
        name,
        unit: "单位：分",
        rows,
        notes: score::legend(&standings.ground.scheme)
            .into_iter()
            .collect(),
        signatures: Some(signatures()),
        ..words::table(standings, words::title(standings, what), columns, layout)
    }
}

fn row(
    standings: &Standings<'_>,
    standing: &Standing,
    rank: Option<Rank>,
    remarks: Remarks,
) -> Row {
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let society = &ground.roster.societies[standing.society];
    let mut cells = vec![
        rank.map_or_else(Cell::dash, |rank| Cell::whole(rank.number)),
        Cell::text(words::subject_of(standings, standing)),
        Cell::text(ground.roster.group_of(society).label()),
    ];
    if standing.state == SocietyState::Ranked {
        cells.extend(score::cells(scheme, standing, FIRST_PART));
    } else {
        // A society that is not accepted may have been scored; its points are for the secretariat alone.
        cells.extend(vec![Cell::dash(); score::count(scheme)]);
    }
    let tied = rank.is_some_and(|rank| rank.tied);
    let said = words::remarks(standings, standing, tied, remarks);
    cells.push(Cell::text(said));
    Row::new(cells)
}

/// Societies without a rank, by state and then in roster order.
fn unranked(standings: &Standings<'_>) -> Vec<SocietyId> {
    let societies = &standings.societies;
    let mut unranked: Vec<SocietyId> = societies
        .ids()
        .filter(|society| societies[*society].state != SocietyState::Ranked)
        .collect();
    unranked.sort_by_key(|society| societies[*society].state);
    unranked
}

fn stars(standing: &Standing) -> Option<u32> {
    standing.result.as_ref().map(|result| result.stars)
}

/// Whom the rows of [`by_total`] are about (indices into the standings' societies).
#[must_use]
pub fn in_order(standings: &Standings<'_>) -> Vec<SocietyId> {
    let ranked = standings.order.iter().copied();
    ranked.chain(unranked(standings)).collect()
}

/// All societies, with a heavier line between the stars and before those without a rank.
#[must_use]
pub fn by_total(standings: &Standings<'_>, remarks: Remarks) -> Table {
    let mut rows = Vec::new();
    let mut above: Option<Option<u32>> = None;
    for society in &standings.order {
        let standing = &standings.societies[*society];
        let stars = stars(standing);
        let heavy = above.is_some_and(|above| above != stars);
        above = Some(stars);
        rows.push(row(standings, standing, standing.rank, remarks).heavy(heavy));
    }
    for (at, society) in unranked(standings).into_iter().enumerate() {
        let standing = &standings.societies[society];
        rows.push(row(standings, standing, None, remarks).heavy(at == 0));
    }
    table(standings, "按总分", "名次", "总排名", rows)
}

/// Group after group, with a heavier line between them; the rank is the one within the group.
#[must_use]
pub fn by_group(standings: &Standings<'_>, remarks: Remarks) -> Table {
    let roster = &standings.ground.roster;
    let mut waiting: Keyed<GroupId, Vec<SocietyId>> = Keyed::of(Vec::new(), roster.groups.len());
    for society in unranked(standings) {
        let group = roster.societies[standings.societies[society].society].group;
        waiting[group].push(society);
    }
    let mut rows = Vec::new();
    for (ranked, waiting) in standings.order_in_group.iter().zip(&waiting) {
        for (at, society) in ranked.iter().chain(waiting).enumerate() {
            let standing = &standings.societies[*society];
            let row = row(standings, standing, standing.rank_in_group, remarks);
            let heavy = at == 0 && !rows.is_empty();
            rows.push(row.heavy(heavy));
        }
    }
    table(standings, "按分组", "组内名次", "分组排名", rows)
}
