//! A table as a part of a page: sorted by its heads, filtered by what it offers to choose from, read aloud as a table.
//!
//! The same values as in the workbooks, written another way. Knows no standings.

use std::borrow::Cow;
use std::collections::BTreeSet;

use maud::{Markup, Render, html};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Points, Short, day};
use crate::report::kit::style::cell_words;
use crate::report::kit::table::{Cell, Column, Content, Look, Row, Table, Tone};

/// A table and how it is shown.
pub(super) struct Shown<'t> {
    /// Of the page: no two are alike.
    pub id: &'t str,
    pub table: &'t Table,
    /// By row: the part of the page that its name leads to.
    pub links: Vec<Option<String>>,
    pub gauge: Option<Gauge>,
    /// The class of a cell, by row and column.
    pub shade: Option<&'t dyn Fn(usize, usize) -> Option<&'static str>>,
    /// Stands as it is: neither sorted nor filtered.
    pub is_still: bool,
}

/// Bars in the cells of one column.
pub(super) struct Gauge {
    pub column: usize,
    /// By row.
    pub parts: Vec<Option<Part>>,
}

/// A part of a whole, with a mark at what comes next.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub here: Decimal,
    pub whole: Decimal,
    pub goal: Option<Decimal>,
}

impl Gauge {
    /// Bars for the totals of a table as parts of `most`; `goals`, by row, are what they would have to come to next.
    pub(super) fn of_totals(table: &Table, most: Points, goals: &[Option<Points>]) -> Option<Self> {
        let mut columns = table.columns.iter();
        let column = columns.position(|column| column.gauged)?;
        let printed = |row: &Row| match row.cells.get(column)?.content {
            Content::Total(ref total) => Some(total.printed.decimal()),
            Content::Number(total) => Some(total),
            _ => None,
        };
        let part = |(at, row): (usize, &Row)| {
            let total = printed(row)?;
            Some(Part {
                here: total,
                whole: most.decimal(),
                goal: goals.get(at).copied().flatten().map(Points::decimal),
            })
        };
        Some(Self {
            column,
            parts: table.rows.iter().enumerate().map(part).collect(),
        })
    }
}

impl<'t> Shown<'t> {
    pub(super) const fn new(id: &'t str, table: &'t Table) -> Self {
        Self {
            id,
            table,
            links: Vec::new(),
            gauge: None,
            shade: None,
            is_still: false,
        }
    }

    pub(super) const fn still(id: &'t str, table: &'t Table) -> Self {
        let mut shown = Self::new(id, table);
        shown.is_still = true;
        shown
    }

    /// The table with its filters, and what stands around it.
    pub(super) fn html(&self) -> Markup {
        let table = self.table;
        let is_small = table.columns.iter().map(|column| column.width).sum::<u32>() < SMALL;
        let keyed: Vec<bool> = (0..table.columns.len())
            .map(|column| self.is_weighed(column))
            .collect();
        html! {
            @if !self.is_still { (self.filters()) }
            div .wide tabindex="0" role="region" aria-labelledby={ (self.id) "-c" } {
                table #(self.id) .sorted[!self.is_still && table.rows.len() > 1] .small[is_small] {
                    caption #{ (self.id) "-c" } {
                        (clean(&table.title))
                        @if !table.unit.is_empty() { span .unit { (table.unit) } }
                    }
                    (head(&table.columns))
                    tbody {
                        @for (at, row) in table.rows.iter().enumerate() { (self.row(Some(at), row, &keyed)) }
                        @if table.rows.is_empty() && !table.empty.is_empty() {
                            tr { td colspan=(table.columns.len()) { (table.empty) } }
                        }
                    }
                    @if !table.sums.is_empty() {
                        tfoot { @for row in &table.sums { (self.row(None, row, &keyed)) } }
                    }
                }
            }
            @for note in &table.notes { p .note { (clean(note)) } }
        }
    }

    /// What is offered to find rows by; nothing for a table that is seen at a glance.
    fn filters(&self) -> Markup {
        let table = self.table;
        html! {
            @if table.rows.len() > FEW {
                div .find role="search" data-for=(self.id) {
                    label {
                        "查找"
                        input type="search" autocomplete="off" aria-controls=(self.id);
                    }
                    @for (at, column) in table.columns.iter().enumerate().filter(|(_, one)| one.choosable) {
                        (self.choice(at, column))
                    }
                    @if table.columns.iter().any(|column| column.minor) {
                        button type="button" .more aria-pressed="false" aria-controls=(self.id) { "全部列" }
                    }
                    p .count role="status" aria-live="polite" { "共" (table.rows.len()) "行" }
                }
            }
        }
    }

    /// What rows of a column may be chosen by: a list, or, where that is long, a field that proposes.
    fn choice(&self, at: usize, column: &Column) -> Markup {
        let choices = choices(self.table, at);
        let list = format!("{}-{at}", self.id);
        html! {
            label {
                (clean(&column.head))
                @if choices.len() > MANY {
                    input type="search" autocomplete="off" data-col=(at) list=(list) aria-controls=(self.id);
                    datalist #(list) { @for choice in choices { option { (choice) } } }
                } @else {
                    select data-col=(at) aria-controls=(self.id) {
                        option value="" { "全部" }
                        @for choice in choices { option { (choice) } }
                    }
                }
            }
        }
    }

    /// Whether a column's cells weigh more or less, as their tones say.
    fn is_weighed(&self, column: usize) -> bool {
        let mut rows = self.table.rows.iter();
        rows.any(|row| {
            row.cells
                .get(column)
                .is_some_and(|cell| cell.tone != Tone::Plain)
        })
    }

    /// A row of the body (its index) or one below it.
    fn row(&self, at: Option<usize>, row: &Row, keyed: &[bool]) -> Markup {
        let columns = &self.table.columns;
        let name = columns
            .iter()
            .position(|column| column.look == Look::Fitted);
        html! {
            tr .heavy[row.heavy] .sum[row.sum] {
                @for (column, (one, cell)) in columns.iter().zip(&row.cells).enumerate() {
                    @if Some(column) == name {
                        th scope="row" { (self.name(at, one.look, cell)) }
                    } @else {
                        td class=[self.class(at, column, one, cell)] data-key=[keyed[column].then(|| weight(cell.tone))] {
                            @match (&cell.content, self.part(at, column)) {
                                (Content::Struck(said), _) => { s { (clean(&said.value)) } (clean(&said.words)) }
                                (content, _) if cell.struck => s { (said(one.look, content)) },
                                (content, Some(part)) => { (bar(part)) span { (said(one.look, content)) } }
                                (content, None) => (said(one.look, content)),
                            }
                        }
                    }
                }
            }
        }
    }

    fn class(&self, at: Option<usize>, column: usize, one: &Column, cell: &Cell) -> Option<Class> {
        let shade = self.shade.zip(at).and_then(|(shade, at)| shade(at, column));
        class(one, cell, shade)
    }

    fn name(&self, at: Option<usize>, look: Look, cell: &Cell) -> Markup {
        let text = said(look, &cell.content);
        html! {
            @match at.and_then(|at| self.links.get(at)) {
                Some(Some(link)) => a href={ "#" (link) } { (text) },
                _ => (text),
            }
        }
    }

    /// What is drawn as a bar in a cell.
    fn part(&self, at: Option<usize>, column: usize) -> Option<Part> {
        let gauge = self.gauge.as_ref().filter(|gauge| gauge.column == column)?;
        gauge.parts.get(at?).copied().flatten()
    }
}

/// Rows that are seen at a glance.
const FEW: usize = 8;
/// Choices that are too many for a list.
const MANY: usize = 24;
/// Half-width characters of a table that does not need the whole width.
const SMALL: u32 = 64;

/// Heavy before light.
const fn weight(tone: Tone) -> u8 {
    match tone {
        Tone::Wrong => 0,
        Tone::Doubtful => 1,
        Tone::Plain => 2,
    }
}

/// A part as a bar.
fn bar(part: Part) -> Markup {
    let Part { here, whole, goal } = part;
    html! {
        svg .gauge aria-hidden="true" {
            rect width=(share(here, whole)) height="8" {}
            @if let Some(goal) = goal { rect .goal x=(share(goal, whole)) width="1.5" height="8" {} }
        }
    }
}

/// A part of a whole as a share of the width: `43.2%`.
pub(super) fn share(part: Decimal, whole: Decimal) -> String {
    let hundredths = thousandths(part, whole) / Decimal::TEN;
    format!("{}%", Short::decimal(hundredths, 0))
}

/// A part of a whole in thousandths, for drawing alone.
pub(super) fn thousandths(part: Decimal, whole: Decimal) -> Decimal {
    if whole.is_zero() {
        return Decimal::ZERO;
    }
    (part / whole * Decimal::ONE_THOUSAND)
        .round()
        .clamp(Decimal::ZERO, Decimal::ONE_THOUSAND)
}

fn head(columns: &[Column]) -> Markup {
    html! {
        thead {
            tr {
                @for column in columns {
                    th scope="col" class=[class(column, &Cell::default(), None)] data-number[is_number(column.look)] {
                        (clean(&column.head))
                    }
                }
            }
        }
    }
}

/// What a column holds, each once: texts as their lists have them, numbers by size, most stars first, and what has no
/// order of its own behind these as it is met.
fn choices(table: &Table, column: usize) -> Vec<Cow<'_, str>> {
    let mut met: BTreeSet<Cow<'_, str>> = BTreeSet::new();
    let look = table.columns[column].look;
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let mut choices: Vec<(Option<Decimal>, Cow<'_, str>)> = cells
        .map(|cell| (place(look, cell), said(look, &cell.content)))
        .filter(|(_, text)| !text.is_empty() && met.insert(text.clone()))
        .collect();
    choices.sort_by_key(|(place, _)| (place.is_none(), *place));
    choices.into_iter().map(|(_, text)| text).collect()
}

/// Where a cell stands among those to choose from.
fn place(look: Look, cell: &Cell) -> Option<Decimal> {
    match &cell.content {
        Content::Number(number) if look == Look::Star => Some(-*number),
        Content::Number(number) => Some(*number),
        _ => cell.order.map(Decimal::from),
    }
}

const fn is_number(look: Look) -> bool {
    matches!(
        look,
        Look::Points(_) | Look::Plain | Look::Whole | Look::Star | Look::Rate
    )
}

/// The classes of a cell, some of them empty: how it stands and what it warns of, for the page's policy allows no style of
/// a single cell.
struct Class([&'static str; 4]);

impl Render for Class {
    fn render_to(&self, to: &mut String) {
        let from = to.len();
        for class in self.0.iter().filter(|class| !class.is_empty()) {
            if to.len() > from {
                to.push(' ');
            }
            to.push_str(class);
        }
    }
}

/// None where a cell has no class.
fn class(column: &Column, cell: &Cell, shade: Option<&'static str>) -> Option<Class> {
    let stands = match (&cell.content, column.look) {
        (Content::Total(_), _) => "n t",
        (_, look) if is_number(look) => "n",
        (_, Look::Centre | Look::Day) => "c",
        (_, Look::Left) => "l",
        _ => "",
    };
    let tone = match cell.tone {
        Tone::Plain => "",
        Tone::Doubtful => "doubtful",
        Tone::Wrong => "wrong",
    };
    let minor = if column.minor { "minor" } else { "" };
    let all = [stands, tone, minor, shade.unwrap_or_default()];
    all.iter()
        .any(|class| !class.is_empty())
        .then_some(Class(all))
}

/// Text from anywhere without what commands instead of showing something.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    cell_words(text)
}

/// What a cell says, as the workbook's cell would show it.
pub(super) fn said(look: Look, content: &Content) -> Cow<'_, str> {
    Cow::Owned(match content {
        Content::Blank => return Cow::Borrowed(""),
        Content::Text(text) => return clean(text),
        Content::Number(number) => number_said(look, *number),
        Content::Day(one) => day::say(*one),
        Content::Total(total) => total.printed.with_decimals(total.decimals).to_string(),
        Content::Struck(said) => clean(&format!("{}{}", said.value, said.words)).into_owned(),
    })
}

fn number_said(look: Look, number: Decimal) -> String {
    let rounded = |number: Decimal, decimals: u32| {
        let is_short = number.scale() <= decimals;
        let rounded = if is_short {
            number
        } else {
            number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
        };
        Short::decimal(rounded, decimals)
    };
    match look {
        Look::Points(decimals) => rounded(number, decimals).to_string(),
        Look::Whole => rounded(number, 0).to_string(),
        Look::Star => format!("{}星", rounded(number, 0)),
        Look::Rate => format!("{}%", rounded(number * Decimal::ONE_HUNDRED, 1)),
        _ => Short::decimal(number, 0).to_string(),
    }
}
