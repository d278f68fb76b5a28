//! 按总分 and 按分组: the same columns, once over all, once group by group. Societies without a rank stand below
//! the ranked ones, with the reason.

use crate::model::{GroupId, Keyed, SocietyId};
use crate::rank::{Rank, SocietyState, Standing, Standings};
use crate::report::books::score;
use crate::report::kit::sheet::width;
use crate::report::kit::table::{Content, Head, Pages, Signatures};
use crate::report::kit::words::Remarks;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, policies, words};
use crate::roster::ReviewGroup;

/// Column of the first part.
const FIRST_PART: u16 = 3;

/// The columns; the remarks are as wide as the longest of them, within reason.
fn columns(standings: &Standings<'_>, rank: Head<'_>, rows: &[Row]) -> Vec<Column> {
    let ground = standings.ground;
    let groups = ground.roster.groups.iter().map(ReviewGroup::label);
    let names = standings
        .societies
        .iter()
        .map(|standing| words::subject_of(standings, standing));
    let remarks = rows
        .iter()
        .filter_map(|row| match &row.cells.last()?.content {
            Content::Text(text) => Some(text.to_string()),
            _ => None,
        });
    let mut columns = vec![
        Column::new(rank, 4, Look::Whole),
        Column::new(
            &words::subject_head(&ground.scheme),
            longest(names).clamp(16, 34),
            Look::Fitted,
        ),
        Column::new(
            if ground.scheme.classes.is_empty() {
                Head::Topic(Topic::Group)
            } else {
                Head::Words("类别")
            },
            longest(groups).clamp(4, 8),
            Look::Centre,
        )
        .choosable(),
    ];
    columns.extend(score::columns(standings));
    let remarks = longest(remarks).clamp(8, 28);
    columns.push(Column::new(Topic::Remarks, remarks, Look::Left));
    columns
}

/// Half-width characters of the longest text.
fn longest(texts: impl Iterator<Item = String>) -> u32 {
    texts.map(|text| width(&text)).max().unwrap_or_default()
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
    rank: Head<'_>,
    what: &str,
    rows: Vec<Row>,
) -> Table {
    let columns = columns(standings, rank, &rows);
    let lead: Vec<String> = score::rounding_ahead(standings, ranked(standings))
        .into_iter()
        .collect();
    let layout = Layout {
        row_height: 16.0,
        pages: Pages::PreferOne,
        repeats_lead: !lead.is_empty(),
        ..Layout::paper(10.5, 2)
    };
    Table {
        name,
        unit: "单位：分",
        lead,
        rows,
        notes: notes(standings),
        signatures: Some(signatures()),
        ..words::table(standings, words::title(standings, what), columns, layout)
    }
    .without_empty(&[Topic::Group.head(), Topic::RecommendedStars.head(), "备注"])
}

/// Those whose points are shown.
fn ranked<'s>(standings: &'s Standings<'_>) -> impl Iterator<Item = &'s Standing> {
    let all = standings.societies.iter();
    all.filter(|one| one.state == SocietyState::Ranked)
}

/// What the columns mean, why parts do not add up where they do not, and what a star is worth so far.
fn notes(standings: &Standings<'_>) -> Vec<String> {
    let scheme = &standings.ground.scheme;
    score::legend(scheme)
        .into_iter()
        .chain(score::rounding(standings, ranked(standings)))
        .chain(policies::preliminary(scheme))
        .collect()
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
        match society.class.and_then(|class| scheme.classes.get(class)) {
            Some(class) => Cell::text(&class.name),
            None => {
                Cell::text(ground.roster.group_of(society).label()).ordered(society.group.place())
            }
        },
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
    table(standings, "按总分", "名次".into(), "总排名", rows)
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
    table(
        standings,
        "按分组",
        Topic::RankInGroup.into(),
        "分组排名",
        rows,
    )
}
