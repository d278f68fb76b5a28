//! 按总分 and 按分组: the same columns, once over all, once group by group. Societies without a rank stand below
//! the ranked ones, with the reason.

use rust_xlsxwriter::XlsxError;

use crate::rank::{Rank, SocietyState, Standing};
use crate::report::parts::{Book, Cell, Column, Look, Row, Sheet, score, words};
use crate::report::print::{Fit, Paper};

/// Up to so many societies stand on one portrait page, with the block to sign.
const ONE_PAGE: usize = 35;
/// Points of the body.
const SIZE: f64 = 9.0;
/// Column of the first part.
const FIRST_PART: u16 = 3;

fn columns(book: &Book<'_>, rank: &str) -> Vec<Column> {
    let scheme = &book.standings.ground.scheme;
    let mut columns = vec![
        Column::new(rank, 4, Look::Whole),
        Column::new(&words::subject_head(scheme), 26, Look::Fitted),
        Column::new("分组", 6, Look::Centre),
    ];
    columns.extend(score::columns(scheme));
    columns.push(Column::new("备注", 16, Look::Left));
    columns
}

fn sheet(book: &mut Book<'_>, name: &str, rank: &str, what: &str) -> Result<Sheet, XlsxError> {
    let columns = columns(book, rank);
    let mut sheet = book.sheet(name, columns, SIZE)?;
    sheet.row_height = 15.0;
    // The committee signs a portrait page; only a scheme of many parts needs more room.
    if Paper::A4Portrait.scale(sheet.pixels()) >= 0.75 {
        sheet.paper = Some(Paper::A4Portrait);
    }
    let standings = book.standings;
    sheet.heading(standings, &words::title(standings, what), "单位：分")?;
    sheet.header()?;
    Ok(sheet)
}

fn row(book: &Book<'_>, standing: &Standing, rank: Option<Rank>) -> Row {
    let standings = book.standings;
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
        cells.extend(vec![Cell::dash(); score::columns(scheme).len()]);
    }
    let tied = rank.is_some_and(|rank| rank.tied);
    cells.push(Cell::text(words::remarks(standings, standing, tied)));
    Row::new(cells)
}

/// Societies without a rank, by state and then in roster order.
fn unranked(book: &Book<'_>) -> Vec<usize> {
    let societies = &book.standings.societies;
    let mut unranked: Vec<usize> = (0..societies.len())
        .filter(|society| societies[*society].state != SocietyState::Ranked)
        .collect();
    unranked.sort_by_key(|society| societies[*society].state);
    unranked
}

fn stars(standing: &Standing) -> Option<u32> {
    standing.result.as_ref().map(|result| result.stars)
}

/// All societies, with a heavier line between the stars and before those without a rank.
pub(super) fn by_total(book: &mut Book<'_>) -> Result<(), XlsxError> {
    let standings = book.standings;
    let mut sheet = sheet(book, "按总分", "名次", "总排名")?;
    let mut above: Option<Option<u32>> = None;
    for society in &standings.order {
        let standing = &standings.societies[*society];
        let stars = stars(standing);
        let heavy = above.is_some_and(|above| above != stars);
        above = Some(stars);
        sheet.row(&row(book, standing, standing.rank).heavy(heavy))?;
    }
    for (at, society) in unranked(book).into_iter().enumerate() {
        sheet.row(&row(book, &standings.societies[society], None).heavy(at == 0))?;
    }
    sheet.end_table()?;
    finish(book, sheet)
}

/// Group after group, with a heavier line between them; the rank is the one within the group.
pub(super) fn by_group(book: &mut Book<'_>) -> Result<(), XlsxError> {
    let standings = book.standings;
    let roster = &standings.ground.roster;
    let mut sheet = sheet(book, "按分组", "组内名次", "分组排名")?;
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); roster.groups.len()];
    for society in unranked(book) {
        let group = roster.societies[standings.societies[society].society].group;
        waiting[group].push(society);
    }
    for (group, (ranked, waiting)) in standings.order_in_group.iter().zip(&waiting).enumerate() {
        for (at, society) in ranked.iter().chain(waiting).enumerate() {
            let standing = &standings.societies[*society];
            let row = row(book, standing, standing.rank_in_group);
            sheet.row(&row.heavy(group > 0 && at == 0))?;
        }
    }
    sheet.end_table()?;
    finish(book, sheet)
}

fn finish(book: &mut Book<'_>, mut sheet: Sheet) -> Result<(), XlsxError> {
    let standings = book.standings;
    let scheme = &standings.ground.scheme;
    sheet.notes(&[score::legend(scheme)])?;
    sheet.signatures(&["制表人", "审核人", "负责人（签字）"], "单位")?;
    if standings.societies.len() <= ONE_PAGE {
        sheet.fit = Fit::One;
    }
    sheet.finish(standings, 2)?;
    book.add(sheet);
    Ok(())
}
