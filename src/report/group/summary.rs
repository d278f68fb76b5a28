//! 汇总: the group's societies in the order of their rank, to be signed and sealed.

use rust_xlsxwriter::XlsxError;

use crate::rank::{SocietyState, Standing};
use crate::report::parts::{Book, Cell, Column, Look, Row, score, words};

/// Column of the first part.
const FIRST_PART: u16 = 4;

/// Adds the sheet.
pub(super) fn add(book: &mut Book<'_>, group: usize, title: &str) -> Result<(), XlsxError> {
    let standings = book.standings;
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let mut columns = vec![
        Column::new("组内名次", 5, Look::Whole),
        Column::new(&words::subject_head(scheme), 28, Look::Fitted),
        Column::new("应收", 5, Look::Whole),
        Column::new("计入", 5, Look::Whole),
    ];
    columns.extend(score::columns(standings));
    columns.push(Column::new("状态", 12, Look::Centre));
    columns.push(Column::new("备注", 24, Look::Left));
    let mut sheet = book.sheet("汇总", columns, 10.5)?;
    sheet.heading(standings, title, "单位：分")?;
    sheet.header()?;
    let ranked = standings.order_in_group[group].iter().copied();
    let mut others: Vec<usize> = (0..standings.societies.len())
        .filter(|society| {
            let standing = &standings.societies[*society];
            standing.state != SocietyState::Ranked
                && ground.roster.societies[standing.society].group == group
        })
        .collect();
    others.sort_by_key(|society| standings.societies[*society].state);
    let first_other = standings.order_in_group[group].len();
    for (at, society) in ranked.chain(others).enumerate() {
        let standing = &standings.societies[society];
        let heavy = at > 0 && at == first_other;
        sheet.row(&row(book, standing).heavy(heavy))?;
    }
    sheet.end_table()?;
    sheet.notes(&[score::legend(scheme)])?;
    let lead = &ground.roster.groups[group].lead;
    sheet.signatures(&["制表人", "评价人（签字）", "组长（签字）"], lead)?;
    sheet.finish(standings, 2)?;
    book.add(sheet);
    Ok(())
}

fn row(book: &Book<'_>, standing: &Standing) -> Row {
    let standings = book.standings;
    let rank = standing.rank_in_group;
    let mut cells = vec![
        rank.map_or_else(Cell::dash, |rank| Cell::whole(rank.number)),
        Cell::text(words::subject_of(standings, standing)),
        Cell::whole(standing.forms_due),
        Cell::whole(standing.forms_counted),
    ];
    cells.extend(score::cells(&standings.ground.scheme, standing, FIRST_PART));
    let state = if standing.provisional {
        "列入（暂计）"
    } else {
        standing.state.label()
    };
    cells.push(Cell::text(state));
    let tied = rank.is_some_and(|rank| rank.tied);
    cells.push(Cell::text(words::remarks(standings, standing, tied)));
    Row::new(cells)
}
