//! The papers of the committee's year: sheets to deliberate on and to sign, what was decided, what is published and
//! kept.
//!
//! Shows and never decides; what it shows stands in the outcome of a run, in a decision or in the ledger.

pub mod decided;
pub mod deliberation;
pub mod draw;
pub mod edition;
pub mod ledger;
pub mod meeting;
pub mod notice;
pub mod recheck;
mod remarked;
pub mod society;
pub mod statement;

use std::borrow::Cow;

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

use crate::committee::{Award, Level, column};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{HeldDown, SchemeId, Society};
use crate::report::data::manifest::{self as made_of, Product};
use crate::report::kit::sheet::takes_one_page;
use crate::report::kit::table::{Pages, Signatures};
use crate::report::kit::{self, Book, Cell, Column, Layout, Look, Row, Table, policies};
use crate::report::{Made, Output};
use crate::scheme::{Line, Scheme};

/// The column of what a line asks.
const REQUIREMENT: &str = "评价要求";

/// What a paper was made from.
#[must_use]
pub fn based_on(fingerprint: &str) -> String {
    format!("依据结果：{fingerprint}")
}

/// A workbook of papers.
struct Binder(Book);

impl Binder {
    /// An empty one, as if written on `day`; `mark` is printed on every sheet.
    fn new(title: &str, day: Option<Date>, mark: Option<&str>) -> Result<Self, XlsxError> {
        Book::new(title, day, mark).map(Self)
    }

    fn sheet(name: &str, columns: Vec<Column>) -> PaperSheet {
        PaperSheet {
            name: name.to_owned(),
            table: Table::of(columns, Layout::paper(10.5, 0)),
        }
    }

    fn add(&mut self, page: PaperSheet) -> Result<(), XlsxError> {
        self.0.add_called(&page.name, page.table)
    }

    /// Adds the first of these, each of which takes less room than the one before, that stands on one page, and behind it
    /// its annex; the last where none does.
    fn add_on_one_page(
        &mut self,
        ways: impl IntoIterator<Item = (PaperSheet, Option<PaperSheet>)>,
    ) -> Result<(), XlsxError> {
        let mut least = None;
        for (mut page, annex) in ways {
            page.prefer_one_page();
            let is_one = takes_one_page(&page.table)?;
            least = Some((page, annex));
            if is_one {
                break;
            }
        }
        let Some((page, annex)) = least else {
            return Ok(());
        };
        self.add(page)?;
        annex.map_or(Ok(()), |annex| self.add(annex))
    }

    /// Adds a paper that these people sign for this unit: on one page, where it can be read there. So many columns stay in
    /// sight.
    fn sign(
        &mut self,
        mut page: PaperSheet,
        (people, unit): (&'static [&'static str], &str),
        frozen: u16,
    ) -> Result<(), XlsxError> {
        page.signatures(people, unit);
        page.prefer_one_page();
        page.frozen(frozen);
        self.add(page)
    }

    fn bytes(self) -> Result<Vec<u8>, XlsxError> {
        self.0.bytes()
    }
}

/// One paper: a table under a name that is known only now.
struct PaperSheet {
    name: String,
    table: Table,
}

impl PaperSheet {
    fn head(&mut self, title: &str, left: &str, right: &'static str) {
        title.clone_into(&mut self.table.title);
        left.clone_into(&mut self.table.dated);
        self.table.unit = right;
    }

    fn row(&mut self, row: Row) {
        self.table.rows.push(row);
    }

    fn has_rows(&self) -> bool {
        !self.table.rows.is_empty()
    }

    fn notes(&mut self, notes: Vec<String>) {
        self.table.notes = notes;
    }

    fn signatures(&mut self, people: &'static [&'static str], unit: &str) {
        let unit = unit.to_owned();
        self.table.signatures = Some(Signatures { people, unit });
    }

    fn frozen(&mut self, columns: u16) {
        self.table.layout.frozen = columns;
    }

    fn prefer_one_page(&mut self) {
        self.table.layout.pages = Pages::PreferOne;
    }

    /// Offers a list to choose from in the column under a heading, if it is there.
    fn choose<S: AsRef<str>>(&mut self, head: &str, choices: &[S]) {
        let mut columns = self.table.columns.iter_mut();
        if let Some(column) = columns.find(|column| column.head == head) {
            column.choices = choices.iter().map(|one| one.as_ref().to_owned()).collect();
        }
    }

    /// Leaves out the columns under these headings.
    fn without(&mut self, heads: &[&str]) {
        let columns = &self.table.columns;
        let gone: Vec<usize> = (0..columns.len())
            .filter(|at| heads.contains(&columns[*at].head.as_str()))
            .collect();
        self.table.remove(&gone);
    }
}

/// How the column of what is awarded looks: stars are numbers, grades are words.
fn awarded(level: Level) -> Look {
    match level {
        Level::Stars => Look::Star,
        Level::Grades | Level::Ranks => Look::Centre,
    }
}

/// What is awarded, as a cell of such a column.
fn award(award: &Award) -> Cell {
    award
        .stars
        .map_or_else(|| Cell::text(award.say()), Cell::stars)
}

/// Why star and grade are not the ones of the total; none where they are.
fn held_down(scheme: &Scheme, society: &Society) -> Option<String> {
    let why = match society.held_down.as_ref()? {
        HeldDown::Quota { grade, veto: None } if society.stars.is_none() => {
            format!("因名额，按总分为{grade}")
        }
        HeldDown::Quota { veto: None, .. } => "因名额".to_owned(),
        HeldDown::Quota { grade, veto } => policies::by_quota(grade, veto.as_deref()),
        HeldDown::Veto { veto } => format!("一票否决：{veto}"),
    };
    let by_total = society.total.map(|total| scheme.stars.of(total));
    let by_total = by_total.filter(|_| society.stars.is_some());
    let by_total = by_total.filter(|by_total| society.stars != Some(*by_total));
    Some(match by_total {
        Some(stars) => format!("{why}，按总分为{stars}星"),
        None => why,
    })
}

/// Where somebody is placed beside the others: the group, or the class where there are classes; none where all are one.
fn placed(ground: &Ground) -> Option<&'static str> {
    let scheme = &ground.scheme;
    if !scheme.classes.is_empty() {
        Some("类别")
    } else if scheme.asks.groups {
        Some(column::GROUP)
    } else {
        None
    }
}

/// What stands in that column.
fn place(ground: &Ground, class: Option<&str>, group: u32) -> Cell {
    match class {
        Some(class) => Cell::text(class),
        None if ground.scheme.asks.groups => Cell::text(group_label(group)),
        None => Cell::blank(),
    }
}

/// What a line is called where its wording does not stand beside it: several lines of one indicator are told apart by the
/// beginning of what they ask.
fn called(scheme: &Scheme, line: &Line) -> String {
    /// Characters of it.
    const MOST: usize = 20;
    let title = &scheme.indicator(line).title;
    let lines = scheme.lines.iter();
    let shared = lines.filter(|one| one.indicator == line.indicator && one.class == line.class);
    if shared.count() < 2 {
        return title.clone();
    }
    let wording = scheme.requirement(line);
    let wording = wording.trim_start_matches(['*', ' ']);
    let first = wording.lines().next().unwrap_or_default();
    let short: String = first.chars().take(MOST).collect();
    let is_whole = short.len() == first.len();
    // Broken at a mark, where there is one.
    let end = short.rfind(|one: char| !one.is_alphanumeric());
    let (short, more) = match end.filter(|at| *at > 0 && !is_whole) {
        Some(at) => (&short[..at], ""),
        None if is_whole => (&*short, ""),
        None => (&*short, "…"),
    };
    if short.is_empty() {
        title.clone()
    } else {
        format!("{title}：{short}{more}")
    }
}

/// What a line asks: as officially worded, else the rule that works its points out.
fn asked(scheme: &Scheme, line: &Line) -> String {
    let wording = scheme.requirement(line);
    match &line.value {
        Some(value) if wording.is_empty() => value.in_words(),
        _ => wording,
    }
}

/// The heading above what a line is called.
fn indicator_head(scheme: &Scheme) -> &'static str {
    if scheme.has_dimensions() {
        "二级指标"
    } else {
        "指标"
    }
}

/// The scheme of a society: where there are classes, its own lines and no others.
fn scheme_of<'g>(ground: &'g Ground, society: &Society) -> Cow<'g, Scheme> {
    let scheme = &ground.scheme;
    let class = society.class.as_deref().and_then(|name| {
        let mut classes = scheme.classes.iter();
        classes.position(|class| class.name == name)
    });
    class.map_or(Cow::Borrowed(scheme), |class| {
        Cow::Owned(scheme.of_class(class))
    })
}

/// The label of a group by its number.
#[must_use]
pub fn group_label(number: u32) -> String {
    format!("第{number}组")
}

/// What the writer refused, as the error of a run.
fn made(file: &str, bytes: Result<Vec<u8>, XlsxError>) -> Result<Vec<u8>, Error> {
    bytes.map_err(|error| kit::fault(file, &error))
}

/// The manifest of a paper made from these inputs.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn manifest(
    product: Product,
    scheme: &SchemeId,
    inputs: Vec<made_of::Entry>,
    outputs: &[Output],
) -> Result<Output, Error> {
    let made: Vec<Made> = outputs.iter().map(Output::made).collect();
    made_of::of(product, (&scheme.id, &scheme.fingerprint), inputs, &made)
}
