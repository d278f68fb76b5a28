//! Columns, cells and rows, as a sheet is told what to write.
//!
//! Knows no standings and no pages.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::model::Points;
use crate::report::style;

/// How the cells of a column look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Text at the left, wrapped.
    Left,
    /// Text in the middle, wrapped.
    Centre,
    /// Text at the left in one line, made smaller where it is too long.
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

impl Look {
    /// Whether text is broken into several lines.
    #[must_use]
    pub const fn wraps(self) -> bool {
        matches!(self, Self::Left | Self::Centre | Self::Star)
    }

    /// The number format of cells that hold a number.
    #[must_use]
    pub fn number_format(self) -> Option<String> {
        match self {
            Self::Left | Self::Centre | Self::Fitted => None,
            Self::Points(decimals) => Some(style::decimals(decimals)),
            Self::Plain => Some("General".to_owned()),
            Self::Whole => Some("0".to_owned()),
            Self::Star => Some("0\"星\"".to_owned()),
            Self::Rate => Some("0.0%".to_owned()),
            Self::Day => Some("yyyy\"年\"m\"月\"d\"日\"".to_owned()),
        }
    }
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    pub head: String,
    /// In half-width characters of the body's size.
    pub width: u32,
    pub look: Look,
}

impl Column {
    #[must_use]
    pub fn new(head: &str, width: u32, look: Look) -> Self {
        Self {
            head: head.to_owned(),
            width,
            look,
        }
    }

    /// Pixels it takes at `size` points, padding included.
    #[must_use]
    pub fn pixels(&self, size: f64) -> u32 {
        let sample = "0".repeat(usize::try_from(self.width).unwrap_or(1));
        // Excel needs less padding than the safe measure of running text gives.
        style::pixels(&sample, size).saturating_sub(5)
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Content {
    #[default]
    Blank,
    Text(String),
    Number(f64),
    /// `MAX(0,ROUND(SUM(these columns of the row),decimals))`, with the printed total as its result.
    Total {
        first: u16,
        last: u16,
        decimals: u32,
        printed: Points,
    },
    /// A value struck out and the words that say why.
    Struck {
        value: String,
        words: String,
    },
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    pub content: Content,
    /// Struck out.
    pub struck: bool,
    /// A pale fill; never the only carrier of a meaning.
    pub fill: Option<u32>,
    /// The file that a text leads to, relative and escaped.
    pub link: Option<String>,
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
            Content::Text(text)
        })
    }

    /// An unrounded value; the column's look rounds what is shown.
    #[must_use]
    pub fn number(value: Decimal) -> Self {
        // A negative zero would show its sign.
        let value = if value.is_zero() {
            Decimal::ZERO
        } else {
            value
        };
        Self::from(Content::Number(style::number(value)))
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

    #[must_use]
    pub fn whole(count: usize) -> Self {
        Self::number(Decimal::from(count))
    }

    #[must_use]
    pub fn stars(stars: u32) -> Self {
        Self::number(Decimal::from(stars))
    }

    /// A day as the number a sheet counts it by, so that days can be sorted.
    #[must_use]
    pub fn day(day: Date) -> Self {
        // From 1900-03-01 on; earlier days are counted wrongly by every sheet.
        let days = date(1899, 12, 30)
            .until(day)
            .map_or(0, |span| span.get_days());
        Self::number(Decimal::from(days))
    }

    #[must_use]
    pub fn struck(mut self) -> Self {
        self.struck = true;
        self
    }

    #[must_use]
    pub fn filled(mut self, fill: Option<u32>) -> Self {
        self.fill = fill;
        self
    }

    #[must_use]
    pub fn linked(mut self, link: Option<String>) -> Self {
        self.link = link;
        self
    }

    /// The text it shows, as far as it decides the height of its row.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.content {
            Content::Text(text) => text.clone(),
            Content::Struck { value, words } => format!("{value}{words}"),
            Content::Blank | Content::Number(_) | Content::Total { .. } => String::new(),
        }
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

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// A heavier line above it.
    pub heavy: bool,
    /// In the font of headings: sums and means.
    pub sum: bool,
}

impl Row {
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn heavy(mut self, heavy: bool) -> Self {
        self.heavy = heavy;
        self
    }

    #[must_use]
    pub fn sum(mut self) -> Self {
        self.sum = true;
        self
    }
}
