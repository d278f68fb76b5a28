//! A table as a value: what a sheet of a book says, before anybody writes it.
//!
//! Tables are made from the standings by what each paper is about and written by a writer that knows none of them:
//! today that of workbooks, `parts/sheet`. Knows no standings, no colours and no number formats.

mod layout;
mod row;
mod topic;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::{Exact, Points};

pub use layout::{Layout, Pages, Signatures};
pub use row::Row;
pub use topic::{Head, Topic};

/// One table with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is called within its book.
    pub name: &'static str,
    pub title: String,
    /// Said above it at the left: `数据截至：2018年8月30日`.
    pub dated: String,
    /// Said above it at the right: `单位：分`; may be empty.
    pub unit: &'static str,
    /// Above the table, one paragraph each.
    pub lead: Vec<String>,
    pub columns: Vec<Column>,
    /// What may be sorted and filtered.
    pub rows: Vec<Row>,
    /// Said where there are no rows; may be empty.
    pub empty: &'static str,
    /// Below the rows and no part of them.
    pub sums: Vec<Row>,
    /// Below the table, one paragraph each.
    pub notes: Vec<String>,
    pub signatures: Option<Signatures>,
    pub layout: Layout,
}

impl Table {
    /// Columns alone: no rows yet, and nothing said around them.
    #[must_use]
    pub fn of(columns: Vec<Column>, layout: Layout) -> Self {
        Self {
            name: "",
            title: String::new(),
            dated: String::new(),
            unit: "",
            lead: Vec::new(),
            columns,
            rows: Vec::new(),
            empty: "",
            sums: Vec::new(),
            notes: Vec::new(),
            signatures: None,
            layout,
        }
    }

    /// Where the column that is about this stands, as far as there is one.
    #[must_use]
    pub fn column(&self, topic: Topic) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns.position(|column| column.topic == Some(topic))
    }

    /// Leaves out those of these columns that no row fills; — is nothing.
    #[must_use]
    pub fn without_empty(mut self, heads: &[&str]) -> Self {
        self.leave_out(heads);
        self
    }

    /// The same in place.
    pub fn leave_out(&mut self, heads: &[&str]) {
        let mut empty = self.called(heads);
        for row in self.rows.iter().chain(&self.sums) {
            row.leaves_empty(&mut empty);
        }
        self.remove(&empty);
    }

    /// Where the columns of these heads stand.
    #[must_use]
    pub fn called(&self, heads: &[&str]) -> Vec<usize> {
        let is_called = |at: &usize| heads.contains(&self.columns[*at].head.as_str());
        (0..self.columns.len()).filter(is_called).collect()
    }

    /// Takes columns away, from left to right. What is reckoned from columns keeps to those, and so does what stays in sight.
    pub fn remove(&mut self, gone: &[usize]) {
        for at in gone.iter().rev() {
            self.columns.remove(*at);
        }
        for row in self.rows.iter_mut().chain(&mut self.sums) {
            row.remove(gone);
        }
        self.layout.frozen -= row::before(self.layout.frozen, gone);
    }
}

/// What the cells of a column hold and how they look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Text at the left, wrapped.
    Left,
    /// Text in the middle, wrapped.
    Centre,
    /// The name that a row is about: at the left, on one line where there is room for it.
    Fitted,
    /// Points, with this many decimals.
    Points(u32),
    /// Points as they are written: only the decimals they have.
    Plain,
    /// A whole number.
    Whole,
    /// A number of stars: `8星`.
    Star,
    /// A share, in per cent.
    Rate,
    /// A day.
    Day,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub head: String,
    /// What it is about, where a scheme may not have that, or call it otherwise.
    pub topic: Option<Topic>,
    /// In half-width characters of the body's size.
    pub width: u32,
    pub look: Look,
    /// What is offered to be filled in; mostly nothing.
    pub choices: Vec<String>,
    /// Holds few different things: worth choosing rows by.
    pub choosable: bool,
    /// Left out first where there is little room.
    pub minor: bool,
    /// Holds totals: parts of a whole, worth a bar.
    pub gauged: bool,
}

impl Column {
    #[must_use]
    pub fn new<'h>(head: impl Into<Head<'h>>, width: u32, look: Look) -> Self {
        let (topic, head) = match head.into() {
            Head::Topic(topic) => (Some(topic), topic.head()),
            Head::Words(words) => (None, words),
        };
        Self {
            head: head.to_owned(),
            topic,
            width,
            look,
            choices: Vec::new(),
            choosable: false,
            minor: false,
            gauged: false,
        }
    }

    #[must_use]
    pub const fn choosable(mut self) -> Self {
        self.choosable = true;
        self
    }

    #[must_use]
    pub const fn minor(mut self) -> Self {
        self.minor = true;
        self
    }

    #[must_use]
    pub const fn gauged(mut self) -> Self {
        self.gauged = true;
        self
    }
}

/// Several columns at once, each by its head, width and look.
macro_rules! columns {
    [$(($head:expr, $width:expr, $look:expr $(,)?)),* $(,)?] => {
        vec![$($crate::report::kit::Column::new($head, $width, $look)),*]
    };
}
pub(crate) use columns;

/// What stands in a cell. There are hundreds of thousands at a time: what is rare stands apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Content {
    #[default]
    Blank,
    Text(Box<str>),
    /// Not rounded; the column's look rounds what is shown.
    Number(Decimal),
    Day(Date),
    Total(Box<Total>),
    Struck(Box<Struck>),
}

/// The printed total and how it comes about: `MAX(0,ROUND(SUM(these columns of the row),decimals))`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    pub first: u16,
    pub last: u16,
    pub decimals: u32,
    pub printed: Points,
}

/// A value struck out and the words that say why.
#[derive(Debug, Clone, PartialEq)]
pub struct Struck {
    pub value: String,
    pub words: String,
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    pub content: Content,
    /// Struck out.
    pub struck: bool,
    pub tone: Tone,
    /// The file that a text leads to, relative and escaped.
    pub link: Option<Box<Link>>,
    /// Where a text stands among those to choose from, as the lists have it; none where it is met is where it stands.
    pub order: Option<u32>,
}

/// Where a text leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Link(pub String);

/// What a cell warns of; never the only carrier of a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Tone {
    #[default]
    Plain,
    Doubtful,
    Wrong,
}

impl Cell {
    #[must_use]
    pub fn blank() -> Self {
        Self::default()
    }

    /// Where there is nothing to show.
    #[must_use]
    pub fn dash() -> Self {
        Self::text("—")
    }

    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::from(if text.is_empty() {
            Content::Blank
        } else {
            Content::Text(text.into())
        })
    }

    #[must_use]
    pub fn number(value: Decimal) -> Self {
        // A negative zero would show its sign.
        let value = if value.is_zero() {
            Decimal::ZERO
        } else {
            value
        };
        Self::from(Content::Number(value))
    }

    #[must_use]
    pub fn points(points: Points) -> Self {
        Self::number(points.decimal())
    }

    /// Points, or — where there are none.
    #[must_use]
    pub fn points_or_dash(points: Option<Points>) -> Self {
        points.map_or_else(Self::dash, Self::points)
    }

    /// Points that were worked out, to as many digits as a cell holds.
    #[must_use]
    pub fn exact_or_dash(points: Option<&Exact>) -> Self {
        points.map_or_else(Self::dash, |points| Self::number(points.quotient()))
    }

    #[must_use]
    pub fn whole(count: usize) -> Self {
        Self::number(Decimal::from(count))
    }

    #[must_use]
    pub fn stars(stars: u32) -> Self {
        Self::number(Decimal::from(stars))
    }

    #[must_use]
    pub fn day(day: Date) -> Self {
        Self::from(Content::Day(day))
    }

    #[must_use]
    pub fn struck(mut self) -> Self {
        self.struck = true;
        self
    }

    #[must_use]
    pub const fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    #[must_use]
    pub fn ordered(mut self, order: usize) -> Self {
        self.order = Some(u32::try_from(order).unwrap_or(u32::MAX));
        self
    }

    #[must_use]
    pub fn linked(mut self, link: Option<String>) -> Self {
        self.link = link.map(|link| Box::new(Link(link)));
        self
    }
}

impl From<Content> for Cell {
    fn from(content: Content) -> Self {
        Self {
            content,
            ..Self::default()
        }
    }
}
