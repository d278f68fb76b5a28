//! 打印: paper, margins, page numbers, what is repeated and where a page must not break.
//!
//! Measures follow GB/T 9704-2012, adapted to a sheet (the compact profile). Everything is printed on A4, and nothing
//! that people read is smaller than `LEAST`: what does not fit takes another page, not a smaller font. Knows no
//! standings and no cells.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style;

/// Names, figures and points are never smaller on paper, in points.
const LEAST: f64 = 9.0;
/// How much wider columns come out where another font stands in for the base font of a workbook: columns are measured
/// in its digits, and those of the widest common one take 7 of the base font's 6.
const WIDER: f64 = 1.19;
/// Points of page headers and footers, which shrink with the sheet.
const AROUND: u32 = 11;
/// Half-width characters of a mark or title that a page header has room for.
const HEADER_TEXT: usize = 48;
/// Breaks that a sheet can hold.
const MOST_BREAKS: usize = 1000;
/// Points in a centimetre.
const CENTIMETRE: f64 = 72.0 / 2.54;
/// Points in a pixel of a column.
const PIXEL: f64 = 0.75;

/// How a sheet of A4 lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    A4Portrait,
    A4Landscape,
}

/// How many pages a sheet may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// All on one page.
    One,
    /// So many pages side by side, as many as it takes below each other.
    Wide(u16),
}

impl Paper {
    /// Upright where `pixels` of columns can be read so at `size` points: turning the page costs nothing.
    #[must_use]
    pub fn fitting(pixels: u32, size: f64) -> Self {
        if Self::A4Portrait.reads(pixels, size) {
            Self::A4Portrait
        } else {
            Self::A4Landscape
        }
    }

    /// Width and height in centimetres.
    const fn size(self) -> (f64, f64) {
        match self {
            Self::A4Portrait => (21.0, 29.7),
            Self::A4Landscape => (29.7, 21.0),
        }
    }

    /// Left, right, top, bottom, header, footer in centimetres. Narrow at the sides, for tables have many columns and
    /// shall be printed as large as may be.
    const fn margins(self) -> [f64; 6] {
        match self {
            Self::A4Portrait => [1.2, 1.2, 2.0, 1.8, 1.0, 0.8],
            Self::A4Landscape => [1.2, 1.2, 1.8, 1.6, 0.9, 0.7],
        }
    }

    /// Points between the margins, from side to side.
    #[must_use]
    pub fn width(self) -> f64 {
        let [left, right, ..] = self.margins();
        (self.size().0 - left - right) * CENTIMETRE
    }

    /// Points between the margins, from top to bottom.
    #[must_use]
    pub fn height(self) -> f64 {
        let [_, _, top, bottom, ..] = self.margins();
        (self.size().1 - top - bottom) * CENTIMETRE
    }

    /// By how much columns of `pixels` shrink at most to fit the width, in whole per cent as office programs have it;
    /// never more than 1.
    fn scale(self, pixels: u32) -> f64 {
        let scale = self.width() / (f64::from(pixels.max(1)) * PIXEL * WIDER);
        (scale.min(1.0) * 100.0).floor() / 100.0
    }

    /// Whether text of `size` points in columns of `pixels` can be read when they are shrunk to one page's width.
    #[must_use]
    pub fn reads(self, pixels: u32, size: f64) -> bool {
        self.scale(pixels) * size >= LEAST
    }

    /// Pixels of columns that can be read on one page's width.
    #[must_use]
    pub fn most(self, size: f64) -> u32 {
        let scale = (LEAST / size * 100.0).ceil() / 100.0;
        let pixels = self.width() / (PIXEL * WIDER * scale.min(1.0));
        pixels.floor().to_u32().unwrap_or(u32::MAX)
    }

    /// Whether rows of `height` points and columns of `pixels` can be read on one page.
    #[must_use]
    pub fn takes(self, pixels: u32, height: f64, size: f64) -> bool {
        let high = (self.height() / height.max(1.0) * 100.0).floor() / 100.0;
        self.scale(pixels).min(high) * size >= LEAST
    }

    /// Points of rows that surely fit on one page when columns of `pixels` are shrunk to its width: where columns come
    /// out no wider than asked, they shrink least.
    #[must_use]
    pub fn room(self, pixels: u32) -> f64 {
        let scale = self.width() / (f64::from(pixels.max(1)) * PIXEL);
        self.height() / scale.min(1.0)
    }

    /// How many pages side by side keep columns of `pixels` readable, `repeated` of them on each.
    #[must_use]
    pub fn pages_wide(self, pixels: u32, repeated: u32, size: f64) -> u16 {
        /// Columns are not torn: a page is seldom full.
        const RAGGED: f64 = 0.9;
        let most = self.most(size);
        if pixels <= most {
            return 1;
        }
        let room = f64::from(most.saturating_sub(repeated)) * RAGGED;
        let own = f64::from(pixels.saturating_sub(repeated));
        (own / room.max(1.0)).ceil().to_u16().unwrap_or(1).max(1)
    }

    /// Sets up `worksheet` to be printed on this paper, with the mark and the running title (empty where one page
    /// is enough) in the page header and the page number in the footer.
    pub fn set_up(self, worksheet: &mut Worksheet, fit: Fit, mark: Option<&str>, title: &str) {
        let [left, right, top, bottom, header, footer] = self.margins().map(|margin| margin / 2.54);
        worksheet.set_paper_size(9);
        match self {
            Self::A4Portrait => worksheet.set_portrait(),
            Self::A4Landscape => worksheet.set_landscape(),
        };
        worksheet.set_margins(left, right, top, bottom, header, footer);
        worksheet.set_print_center_horizontally(true);
        match fit {
            Fit::One => worksheet.set_print_fit_to_pages(1, 1),
            Fit::Wide(pages) => worksheet.set_print_fit_to_pages(pages, 0),
        };
        let mark = mark.map_or(String::new(), |mark| {
            format!("&L{}{}", code(style::HEAD), header_text(mark))
        });
        let title = match header_text(title) {
            title if title.is_empty() => title,
            title => format!("&R{}{title}", code(style::BODY)),
        };
        worksheet.set_header(format!("{mark}{title}"));
        worksheet.set_footer(format!("&C{}第 &P 页 共 &N 页", code(style::BODY)));
    }
}

/// The code that begins a text of a page header in this font. A blank after the size, for a text that begins with a
/// digit would lengthen the number.
#[must_use]
pub fn code(font: &str) -> String {
    format!("&\"{font},常规\"&{AROUND} ")
}

/// Half-width characters that the page header has room for on this paper.
#[must_use]
pub fn header_room(paper: Paper) -> u32 {
    let wide = paper.width() / (f64::from(AROUND) / 2.0);
    wide.floor().to_u32().unwrap_or(u32::MAX)
}

/// Text as a page header holds it: `&` begins a code there, and the whole must stay short.
#[must_use]
pub fn header_text(text: &str) -> String {
    let clean = style::without_codes(&style::cell_text(text)).replace('\n', " ");
    let short: String = clean.chars().take(HEADER_TEXT).collect();
    short.replace('&', "&&")
}

/// The rows before which pages break so that each of the spans (first row, row below) stays on one page, unless it is
/// higher than a page. All of them: an office that gets more on a page would else end the pages elsewhere, and tear what
/// stood together.
///
/// `heights` are those of all rows in points, `repeated` is the height of the rows repeated on each page after
/// the first, `room` what surely fits on a page.
#[must_use]
pub fn breaks(heights: &[f64], repeated: f64, room: f64, spans: &[(usize, usize)]) -> Vec<usize> {
    let all = ends(heights, repeated, room, spans);
    let is_torn = |row: &usize| spans.iter().any(|(first, _)| first == row);
    if all.len() <= MOST_BREAKS {
        all
    } else {
        all.into_iter().filter(is_torn).take(MOST_BREAKS).collect()
    }
}

/// The rows with which pages begin, the first page's aside.
fn ends(heights: &[f64], repeated: f64, room: f64, spans: &[(usize, usize)]) -> Vec<usize> {
    /// Office programs differ a little in how high a row comes out.
    const CAREFUL: f64 = 0.95;
    let room = room * CAREFUL;
    let (mut used, mut page) = (0.0, 0);
    let mut breaks = Vec::new();
    for (row, height) in heights.iter().enumerate() {
        // Of several that begin here the widest holds the others.
        let span = spans.iter().filter(|(first, _)| *first == row);
        let span = span.max_by_key(|(_, below)| *below);
        let whole = span.map_or(*height, |(first, below)| {
            heights.iter().take(*below).skip(*first).sum()
        });
        let torn = used + whole > room;
        if torn && row > page && (used + height > room || repeated + whole <= room) {
            breaks.push(row);
            used = repeated;
            page = row;
        }
        used += height;
    }
    breaks
}

/// Breaks the page before each of the rows.
///
/// # Errors
/// More breaks than a sheet holds.
pub fn break_at(worksheet: &mut Worksheet, rows: &[usize]) -> Result<(), XlsxError> {
    let rows: Vec<u32> = rows
        .iter()
        .filter_map(|row| u32::try_from(*row).ok())
        .collect();
    if !rows.is_empty() {
        worksheet.set_page_breaks(&rows)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Paper, breaks, header_text};

    #[test]
    fn wide_tables_lie_down_and_then_take_several_pages() {
        assert_eq!(Paper::fitting(600, 10.5), Paper::A4Portrait);
        assert_eq!(Paper::fitting(900, 10.5), Paper::A4Landscape);
        let pages = |pixels| Paper::A4Landscape.pages_wide(pixels, 100, 10.5);
        assert_eq!([900, 1000, 1800, 9000].map(pages), [1, 1, 3, 11]);
    }

    #[test]
    fn what_is_called_readable_is() {
        for size in [9.0, 9.5, 10.5, 12.0] {
            for paper in [Paper::A4Portrait, Paper::A4Landscape] {
                let most = paper.most(size);
                assert!(paper.reads(most, size), "{paper:?} {size}");
                assert!(!paper.reads(most * 11 / 10, size), "{paper:?} {size}");
            }
        }
    }

    #[test]
    fn a_span_goes_to_the_next_page_whole() {
        let mut heights = vec![10.0; 50];
        heights.push(100.0);
        let block = [(48, 51)];
        // All fits; the block would be torn off; the page would end just before it.
        assert_eq!(breaks(&heights, 20.0, 700.0, &block), [0; 0]);
        assert_eq!(breaks(&heights, 20.0, 600.0, &block), [48]);
        assert_eq!(breaks(&heights, 20.0, 520.0, &block), [48]);
        // A new page begins long before the block.
        assert_eq!(breaks(&heights, 20.0, 400.0, &block), [38]);
        // Several blocks; one that no page holds is torn.
        assert_eq!(
            breaks(&heights, 20.0, 220.0, &[(15, 25), (30, 40), (48, 51)]),
            [15, 30, 48]
        );
        assert_eq!(breaks(&heights, 20.0, 100.0, &[(2, 30)])[..2], [9, 16]);
    }

    /// An office where columns come out wider shrinks the sheet more and gets more on a page: the pages stay the same.
    #[test]
    fn a_block_stays_whole_whatever_a_page_takes() {
        let heights = vec![20.0; 60];
        for first in 40..58 {
            let block = (first, 60);
            let breaks = breaks(&heights, 20.0, 500.0, &[block]);
            for room in [500.0, 550.0, 600.0] {
                let mut used = 0.0;
                let mut begins = 0;
                for (row, height) in heights.iter().enumerate() {
                    if breaks.contains(&row) || used + height > room {
                        assert!(
                            breaks.contains(&row),
                            "{first} {room}: a page of its own at {row}"
                        );
                        used = 20.0;
                        begins = row;
                    }
                    used += height;
                }
                assert!(begins <= first, "{first} {room}: torn at {begins}");
            }
        }
        // More pages than a sheet holds breaks: those that keep something together are said.
        let long = vec![20.0; 50_000];
        assert!(breaks(&long, 20.0, 500.0, &[(49_990, 50_000)]).len() <= 1);
    }

    #[test]
    fn header_texts_begin_no_codes() {
        assert_eq!(header_text("A&B"), "A&&B");
    }
}
