//! 自评事项: what societies fill in about themselves, to be proof-read against the criteria.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{SIZE, heading, high, printable, readable, wide, words};
use crate::ground::Ground;
use crate::report::kit::print::Paper;
use crate::report::kit::style::{self, BODY};
use crate::scheme::{Scheme, SelfAssessment};

/// The name of its sheet.
const SHEET: &str = "自评事项";

/// Headings and widths in half-width characters.
const COLUMNS: [(&str, u32); 5] = [
    ("事项号", 8),
    ("二级指标", 28),
    ("填报事项", 40),
    ("填什么", 28),
    ("怎样算分", 56),
];

/// One item in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemSaid {
    pub code: String,
    /// Its line.
    pub line: String,
    pub asks: String,
    pub allowed: String,
    /// When which points are given or taken, one to a line.
    pub gives: String,
}

impl ItemSaid {
    /// By the headings of the sheet.
    #[must_use]
    pub fn texts(&self) -> [(&'static str, &str); 5] {
        let texts = [
            &self.code,
            &self.line,
            &self.asks,
            &self.allowed,
            &self.gives,
        ];
        std::array::from_fn(|at| (COLUMNS[at].0, texts[at].as_str()))
    }
}

/// The items in the order of the form.
#[must_use]
pub fn items(scheme: &Scheme, own: &SelfAssessment) -> Vec<ItemSaid> {
    let items = own.items.iter().enumerate();
    items
        .map(|(at, item)| {
            let gives = own.effects(scheme, at).into_iter().map(|effect| {
                let verb = if effect.takes { "减" } else { "加" };
                let points = words::rule(verb, effect.rule);
                format!("{}：{}，{points}", effect.when, effect.label)
            });
            ItemSaid {
                code: item.code.clone(),
                line: scheme.title(&scheme.lines[item.line]),
                asks: item.asks.clone(),
                allowed: item.allowed(),
                gives: gives.collect::<Vec<_>>().join("\n"),
            }
        })
        .collect()
}

/// A sheet of its own behind the others; none where the year has no items.
pub(super) fn sheet(workbook: &mut Workbook, ground: &Ground) -> Result<(), XlsxError> {
    let Some((own, _)) = &ground.own else {
        return Ok(());
    };
    let sheet = workbook.add_worksheet().set_name(SHEET)?;
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    let widths = readable(COLUMNS.iter().map(|(_, width)| *width), Paper::A4Landscape);
    for ((at, (name, _)), width) in (0_u16..).zip(COLUMNS).zip(&widths) {
        sheet.set_column_width_pixels(at, width.pixels(SIZE))?;
        sheet.write_string_with_format(0, at, name, &heading())?;
    }
    for (row, item) in (1_u32..).zip(items(&ground.scheme, own)) {
        let mut most = 1;
        for ((at, (_, text)), width) in (0_u16..).zip(item.texts()).zip(&widths) {
            sheet.write_string_with_format(row, at, style::cell_text(text), &body)?;
            most = most.max(style::wrapped_lines(text, wide(width)));
        }
        sheet.set_row_height(row, high(most))?;
    }
    printable(sheet, 0, Paper::A4Landscape, "")
}

/// The same as lines of plain text.
pub(super) fn lines(ground: &Ground) -> Vec<String> {
    let Some((own, _)) = &ground.own else {
        return Vec::new();
    };
    let mut all = vec![String::new(), format!("{SHEET}（{}）", own.title)];
    for item in items(&ground.scheme, own) {
        all.push(format!("{}  {}（{}）", item.code, item.asks, item.allowed));
        all.extend(item.gives.lines().map(|line| format!("      - {line}")));
    }
    all
}
