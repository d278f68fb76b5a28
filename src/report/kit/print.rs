//! 打印: paper, margins, page numbers, what is repeated and where a page must not break.
//!
//! Measures follow GB/T 9704-2012, adapted to a sheet (the compact profile). Knows no standings and no cells.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style;

/// Half-width characters of a mark or title that a page header has room for.
const HEADER_TEXT: usize = 48;
/// Points in a centimetre.
const CENTIMETRE: f64 = 72.0 / 2.54;
/// Points in a pixel of a column.
const PIXEL: f64 = 0.75;

/// A sheet of paper and how it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    A4Portrait,
    A4Landscape,
    A3Landscape,
}

/// How many pages a sheet may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// All on one page.
    One,
    /// One page wide, as many as it takes below each other.
    Wide,
}

impl Paper {
    /// The smallest paper on which `pixels` of columns stay readable. Upright only where they hardly shrink:
    /// turning the page costs nothing, larger paper does.
    #[must_use]
    pub fn fitting(pixels: u32) -> Self {
        [(Self::A4Portrait, 0.85), (Self::A4Landscape, 0.75)]
            .into_iter()
            .find(|(paper, least)| paper.scale(pixels) >= *least)
            .map_or(Self::A3Landscape, |(paper, _)| paper)
    }

    /// Width and height in centimetres.
    const fn size(self) -> (f64, f64) {
        match self {
            Self::A4Portrait => (21.0, 29.7),
            Self::A4Landscape => (29.7, 21.0),
            Self::A3Landscape => (42.0, 29.7),
        }
    }

    /// Left, right, top, bottom, header, footer in centimetres.
    const fn margins(self) -> [f64; 6] {
        match self {
            // Narrow at the sides, for a ranking has many columns and shall be printed as large as may be.
            Self::A4Portrait => [1.5, 1.5, 2.0, 1.8, 1.0, 0.8],
            Self::A4Landscape | Self::A3Landscape => [1.8, 1.8, 2.0, 1.8, 1.0, 0.8],
        }
    }

    /// By how much columns of `pixels` shrink to fit the width; never more than 1.
    #[must_use]
    pub fn scale(self, pixels: u32) -> f64 {
        let [left, right, ..] = self.margins();
        let width = (self.size().0 - left - right) * CENTIMETRE;
        (width / (f64::from(pixels.max(1)) * PIXEL)).min(1.0)
    }

    /// Points of rows that fit on one page when columns of `pixels` are shrunk to its width.
    #[must_use]
    pub fn room(self, pixels: u32) -> f64 {
        let [_, _, top, bottom, ..] = self.margins();
        (self.size().1 - top - bottom) * CENTIMETRE / self.scale(pixels)
    }

    /// How many pages side by side keep columns of `pixels` readable: one, unless even A3 is too small.
    #[must_use]
    pub fn pages_wide(self, pixels: u32) -> u16 {
        /// Smaller than this and letters can no longer be read.
        const READABLE: f64 = 0.65;
        let mut pages = 1;
        while self.scale(pixels / u32::from(pages)) < READABLE && pages < u16::MAX {
            pages += 1;
        }
        pages
    }

    /// Sets up `worksheet` to be printed on this paper, with the mark and the running title (empty where one page
    /// is enough) in the page header and the page number in the footer.
    pub fn set_up(
        self,
        worksheet: &mut Worksheet,
        fit: Fit,
        pixels: u32,
        mark: Option<&str>,
        title: &str,
    ) {
        let [left, right, top, bottom, header, footer] = self.margins().map(|margin| margin / 2.54);
        let (code, landscape) = match self {
            Self::A4Portrait => (9, false),
            Self::A4Landscape => (9, true),
            Self::A3Landscape => (8, true),
        };
        worksheet.set_paper_size(code);
        if landscape {
            worksheet.set_landscape();
        } else {
            worksheet.set_portrait();
        }
        worksheet.set_margins(left, right, top, bottom, header, footer);
        worksheet.set_print_center_horizontally(true);
        match fit {
            Fit::One => worksheet.set_print_fit_to_pages(1, 1),
            Fit::Wide => worksheet.set_print_fit_to_pages(self.pages_wide(pixels), 0),
        };
        // A blank after the size, for a text that begins with a digit would lengthen the number.
        let font = format!("&\"{},常规\"&9 ", style::SONG);
        let mark = mark.map_or(String::new(), |mark| {
            format!("&L&\"{},常规\"&10 {}", style::HEAD, header_text(mark))
        });
        let title = match header_text(title) {
            title if title.is_empty() => title,
            title => format!("&R{font}{title}"),
        };
        worksheet.set_header(format!("{mark}{title}"));
        worksheet.set_footer(format!("&C{font}第 &P 页 共 &N 页"));
    }
}

/// Text as a page header holds it: `&` begins a code there, and the whole must stay short.
#[must_use]
pub fn header_text(text: &str) -> String {
    let clean = style::without_codes(&style::cell_text(text)).replace('\n', " ");
    let short: String = clean.chars().take(HEADER_TEXT).collect();
    short.replace('&', "&&")
}

/// The row before which a page must break so that the block from row `from` to the end stays on one page,
/// together with two rows before it. None where it does so by itself.
///
/// `heights` are those of all rows in points, `repeated` is the height of the rows repeated on each page after
/// the first, `room` what fits on a page.
#[must_use]
pub fn break_before(heights: &[f64], repeated: f64, room: f64, from: usize) -> Option<usize> {
    /// Office programs differ a little in how high a row comes out.
    const CAREFUL: f64 = 0.95;
    const COMPANY: usize = 2;
    let room = room * CAREFUL;
    let company = from.saturating_sub(COMPANY);
    let (mut used, mut page) = (0.0, 0);
    for (row, height) in heights.iter().enumerate() {
        if used + height > room {
            used = repeated;
            page = row;
        }
        used += height;
    }
    (page > company && company > 0).then_some(company)
}

/// Keeps rows together: breaks the page before `row`.
///
/// # Errors
/// More breaks than a sheet holds.
pub fn break_at(worksheet: &mut Worksheet, rows: &[usize]) -> Result<(), XlsxError> {
    let rows: Vec<u32> = rows
        .iter()
        .filter_map(|row| u32::try_from(*row).ok())
        .collect();
    worksheet.set_page_breaks(&rows)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Paper, break_before, header_text};

    #[test]
    fn wide_tables_take_larger_paper_and_then_several_pages() {
        assert_eq!(Paper::fitting(600), Paper::A4Portrait);
        assert_eq!(Paper::fitting(1200), Paper::A4Landscape);
        assert_eq!(Paper::fitting(1800), Paper::A3Landscape);
        assert_eq!(Paper::A3Landscape.pages_wide(1800), 1);
        assert_eq!(Paper::A3Landscape.pages_wide(9000), 5);
    }

    #[test]
    fn a_block_takes_two_rows_along_to_the_next_page() {
        let mut heights = vec![10.0; 50];
        heights.push(100.0);
        // All fits; the block would be torn off; the page would end just before it.
        assert_eq!(break_before(&heights, 20.0, 700.0, 50), None);
        assert_eq!(break_before(&heights, 20.0, 600.0, 50), Some(48));
        assert_eq!(break_before(&heights, 20.0, 520.0, 50), Some(48));
        // A new page begins long before the block.
        assert_eq!(break_before(&heights, 20.0, 400.0, 50), None);
    }

    #[test]
    fn header_texts_begin_no_codes() {
        assert_eq!(header_text("A&B"), "A&&B");
    }
}
