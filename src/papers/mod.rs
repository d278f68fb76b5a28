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
pub mod society;
pub mod statement;

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{Remarks, SchemeId};
use crate::report::data::manifest as made_of;
use crate::report::kit::table::{Pages, Signatures};
use crate::report::kit::{self, Book, Column, Layout, Row, Table};
use crate::report::{Made, Output};
use crate::scheme::Line;

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

    /// Offers a list to choose from in one column.
    fn choose(&mut self, column: usize, choices: &[&'static str]) {
        if let Some(column) = self.table.columns.get_mut(column) {
            column.choices = choices.to_vec();
        }
    }
}

/// The lines of a society's class of objects, each with its place among them, by which the outcome has them.
fn lines_of<'g>(ground: &'g Ground, society: &str) -> impl Iterator<Item = (usize, &'g Line)> {
    let listed = ground.society_named(society);
    let class = listed.and_then(|at| ground.roster.societies[at].class);
    let lines = ground.scheme.lines_of_class(class);
    lines.map(|(_, line)| line).enumerate()
}

/// Remarks as papers show them, one a line; how many are kept back is said.
fn said(remarks: &Remarks<'_>) -> String {
    let kept_back = match remarks.kept_back {
        0 => None,
        count => {
            let more = if remarks.shown.is_empty() { "" } else { "另" };
            Some(format!(
                "（{more}有{count}条说明提到个人或其他单位，不列出）"
            ))
        }
    };
    let shown = remarks.shown.iter().map(|remark| (*remark).to_owned());
    shown.chain(kept_back).collect::<Vec<_>>().join("\n")
}

/// The stars there are, as a list to choose from; a scheme of more stars than anybody has seen offers none.
fn stars(ground: &Ground) -> Vec<&'static str> {
    const NUMBERS: [&str; 21] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
        "17", "18", "19", "20",
    ];
    let most = usize::try_from(ground.scheme.stars.most()).unwrap_or(usize::MAX);
    NUMBERS.get(..=most).unwrap_or_default().to_vec()
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
    scheme: &SchemeId,
    inputs: Vec<made_of::Entry>,
    outputs: &[Output],
) -> Result<Output, Error> {
    let made: Vec<Made> = outputs.iter().map(Output::made).collect();
    made_of::of(&scheme.id, &scheme.fingerprint, inputs, &made)
}
