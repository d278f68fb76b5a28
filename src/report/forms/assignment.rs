//! 评价分工表: who of a group reviews whom, to be sent with the group's forms. It shows that group and nobody else.

use rust_xlsxwriter::XlsxError;

use crate::error::Error;
use crate::ground::Ground;
use crate::model::{GroupId, SocietyId};
use crate::report::kit::table::{Pages, Signatures};
use crate::report::kit::{self, Book, Cell, Layout, Look, Row, Table, Topic, columns};
use crate::roster::Cover;

/// What the file is called, without its ending.
pub const NAME: &str = "评价分工表";

/// The workbook of a group (an index); none where nobody of the list belongs to it.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(ground: &Ground, cover: &Cover, group: GroupId) -> Result<Option<Vec<u8>>, Error> {
    let mut reviewers = ground.roster.reviewers.iter();
    if !reviewers.any(|reviewer| reviewer.group == Some(group)) {
        return Ok(None);
    }
    let title = ground
        .scheme
        .titled(&format!("{}{NAME}", ground.roster.groups[group].label()));
    let build = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Book::new(&title, None, None)?;
        book.add(table(ground, cover, group, title.clone()))?;
        book.bytes()
    };
    build().map(Some).map_err(|error| kit::fault(NAME, &error))
}

fn table(ground: &Ground, cover: &Cover, group: GroupId, title: String) -> Table {
    let roster = &ground.roster;
    let scheme = &ground.scheme;
    let mut columns = columns![
        ("序号", 6, Look::Whole),
        ("评价人", 12, Look::Centre),
        ("评价人单位", 26, Look::Left),
        (Topic::OwnObjects, 40, Look::Left),
        ("份数", 6, Look::Whole),
        ("应回避，不评", 24, Look::Left),
    ];
    for column in &mut columns {
        column.head = scheme.own_words(&column.head);
    }
    let names = |societies: &[SocietyId]| -> String {
        let names = societies
            .iter()
            .map(|one| roster.societies[*one].name.as_str());
        names.collect::<Vec<_>>().join("、")
    };
    let own = roster.reviewers.entries();
    let own = own.filter(|(_, reviewer)| reviewer.group == Some(group));
    let rows: Vec<Row> = (1..)
        .zip(own.clone())
        .map(|(number, (index, reviewer))| {
            let due = &cover.of_reviewer[index];
            let due_names = if reviewer.member == Some(false) {
                "—（名单中不是中共党员，不参加评价）".to_owned()
            } else {
                names(due)
            };
            Row::new(vec![
                Cell::whole(number),
                Cell::text(&reviewer.name),
                Cell::text(&reviewer.unit),
                Cell::text(due_names),
                Cell::whole(due.len()),
                Cell::text(names(&cover.recused[index])),
            ])
        })
        .collect();
    let all: usize = own.map(|(index, _)| cover.of_reviewer[index].len()).sum();
    let mut sum = vec![Cell::blank(); columns.len()];
    sum[1] = Cell::text("合计");
    sum[4] = Cell::whole(all);
    let uncovered: Vec<SocietyId> = cover
        .nobodys
        .iter()
        .copied()
        .filter(|society| roster.societies[*society].group == group)
        .collect();
    let mut notes = vec![
        scheme.own_words("每位评价人对“评价的学会”各填一份评价表，一个学会一份；应回避的不填（办法中的回避规定）。分工有不对的，请先告知，不要自行调换。"),
    ];
    if !uncovered.is_empty() {
        notes.push(format!(
            "还没有人评的{}：{}。",
            scheme.object(),
            names(&uncovered)
        ));
    }
    let send_back = ground.scheme.send_back();
    if !send_back.is_empty() {
        notes.push(send_back);
    }
    let lead = &roster.groups[group];
    Table {
        name: NAME,
        title,
        dated: format!("牵头联系单位：{}", lead.lead),
        unit: "单位：份",
        rows,
        sums: vec![Row::new(sum).sum()],
        notes,
        signatures: Some(Signatures {
            people: &["制表人", "组长（签字）"],
            unit: lead.lead.clone(),
        }),
        layout: Layout {
            pages: Pages::PreferOne,
            ..Layout::paper(10.5, 0)
        },
        ..Table::of(columns, Layout::paper(10.5, 0))
    }
}
