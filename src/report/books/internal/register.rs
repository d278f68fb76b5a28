//! 处理登记: what the clerk decided, row by row, and what it was applied to.

use crate::finding::text::path;
use crate::finding::{Bearing, Reader};
use crate::rank::Standings;
use crate::register::{Ruling, Treatment, Verified};
use crate::report::kit::{Cell, Layout, Look, Row, Table, Topic, columns, words};

/// What 已核实无误 was about.
const VERIFIED: &str = "核实事项";

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, title: String) -> Table {
    let columns = columns![
        ("行", 5, Look::Whole),
        (Topic::FileOrObject, 30, Look::Left),
        ("评价人", 10, Look::Left),
        ("处理", 10, Look::Centre),
        (Topic::RuledObject, 20, Look::Left),
        (VERIFIED, 16, Look::Left),
        ("依据", 30, Look::Left),
        ("处理人", 10, Look::Left),
        ("日期", 12, Look::Centre),
        ("用在", 40, Look::Left),
    ];
    let rulings = standings.ground.register.rulings.iter().enumerate();
    let rows = rulings.map(|(index, ruling)| row(standings, index, ruling));
    let mut table = Table {
        name: "处理登记",
        rows: rows.collect(),
        empty: "没有登记处理意见。",
        ..words::table(standings, title, columns, Layout::list(10.5, 2))
    };
    table.leave_out(&[VERIFIED]);
    table
}

fn row(standings: &Standings<'_>, index: usize, ruling: &Ruling) -> Row {
    let roster = &standings.ground.roster;
    let society = ruling
        .society
        .map_or("", |society| roster.societies[society].name.as_str());
    let row = usize::try_from(ruling.cell.row() + 1).unwrap_or_default();
    let verified: Vec<String> = ruling.verified.iter().map(Verified::said).collect();
    Row::new(vec![
        Cell::whole(row),
        Cell::text(&ruling.subject),
        Cell::text(&ruling.reviewer),
        Cell::text(ruling.treatment.label()),
        Cell::text(society),
        if verified.is_empty() {
            Cell::blank()
        } else {
            Cell::text(verified.join("；"))
        },
        Cell::text(&ruling.reason),
        Cell::text(&ruling.by),
        Cell::text(&ruling.date),
        Cell::text(used(standings, index, ruling)),
    ])
}

/// What a ruling was applied to: forms and files, or why to none.
fn used(standings: &Standings<'_>, index: usize, ruling: &Ruling) -> String {
    let forms = standings
        .forms
        .iter()
        .filter(|form| form.rulings.contains(&index))
        .map(|form| path(&form.place));
    let files = standings
        .files
        .iter()
        .filter(|file| file.unread.and_then(|unread| unread.ruling) == Some(index))
        .map(|file| format!("{}（没有读成，不再等）", path(&file.place())));
    let roster = &standings.ground.roster;
    let given_up = standings.given_up.iter().filter(|one| one.ruling == index);
    let given_up = given_up.map(|one| {
        let society = &roster.societies[one.owing.society].name;
        let reviewer = one
            .owing
            .reviewer
            .and_then(|index| roster.reviewers.get(index));
        match reviewer {
            Some(reviewer) => format!("{society}（{}，不再等）", reviewer.name),
            None => format!("{society}（不再等）"),
        }
    });
    let withdrawn = (ruling.treatment == Treatment::Withdrawn)
        .then(|| roster.society_named(&ruling.subject))
        .flatten()
        .map(|society| format!("{}（不参评）", roster.societies[society].name));
    let used: Vec<String> = forms
        .chain(files)
        .chain(given_up)
        .chain(withdrawn)
        .collect();
    if !used.is_empty() {
        // What the tool wrote is bound to the content that was ruled; what was typed, to a name.
        let is_of_name = matches!(ruling.treatment, Treatment::Withdrawn | Treatment::GivenUp);
        let by = if ruling.is_marked() || is_of_name {
            ""
        } else {
            "\n（手写的登记，没有校验码，按名称对应）"
        };
        return format!("{}{by}", used.join("\n"));
    }
    let place = ruling.place();
    let not_applied = standings
        .findings
        .iter()
        .find(|finding| finding.place == place && finding.bearing() == Bearing::NotApplied);
    match not_applied {
        Some(finding) => format!(
            "没有用上：{}",
            finding.said(&Reader::clerk(standings.ground)).message
        ),
        None if ruling.treatment == Treatment::Alias => "评价人单位的写法".to_owned(),
        None => "没有用上：对应到几个同名文件，分不清是哪一个".to_owned(),
    }
}
