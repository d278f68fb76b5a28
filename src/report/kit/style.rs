//! What all sheets share: fonts, widths that fit Chinese text, numbers and texts made safe for a workbook.
//!
//! Measures follow GB/T 9704-2012, adapted to a sheet.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::model::unseen::{is_unseen, unseen};

/// 宋体: body text, and the font of the workbook, whose digits tell how wide columns are. Every office has it.
pub const BODY: &str = "宋体";
/// 黑体: titles and headings. Every office has it, too.
pub const HEAD: &str = "黑体";
/// 五号: what people read in a table. Columns are chosen so that it prints at 9 points or more.
pub const SIZE: f64 = 10.5;
/// The base font's size in points, and in pixels the row and the column that go with it, as new workbooks of a Chinese
/// office have them.
const BASE: f64 = 11.0;
const ROW: u32 = 18;
const COLUMN: u32 = 72;
/// GB 2312, so that substitution stays among Chinese fonts.
const CHARSET: u8 = 134;

/// Light grey for header rows and cells that are not to be filled.
pub const GREY: u32 = 0x00D9_D9D9;

/// A font of `size` points.
#[must_use]
pub fn font(name: &str, size: f64) -> Format {
    Format::new()
        .set_font_name(name)
        .set_font_size(size)
        .set_font_charset(CHARSET)
        .set_align(FormatAlign::VerticalCenter)
}

/// A font inside thin borders.
#[must_use]
pub fn boxed(name: &str, size: f64) -> Format {
    font(name, size).set_border(FormatBorder::Thin)
}

/// The number format that shows `decimals` decimals: `0.00`.
#[must_use]
pub fn decimals(decimals: u32) -> String {
    let zeros = "0".repeat(usize::try_from(decimals).unwrap_or_default());
    if zeros.is_empty() {
        "0".to_owned()
    } else {
        format!("0.{zeros}")
    }
}

/// A decimal as the cell holds it: the nearest double, for a sheet has nothing better. Shown and recalculated
/// values are rounded by the sheet's own formulas to the printed precision.
#[must_use]
pub fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// Pixels a column needs for a line of text at `size` points: Chinese characters count two columns.
#[must_use]
pub fn pixels(text: &str, size: f64) -> u32 {
    let longest = text
        .lines()
        .map(UnicodeWidthStr::width_cjk)
        .max()
        .unwrap_or(0);
    pixels_of(u32::try_from(longest).unwrap_or(u32::MAX), size)
}

/// Pixels a column needs for so many half-width characters at `size` points.
#[must_use]
pub fn pixels_of(columns: u32, size: f64) -> u32 {
    let width = f64::from(columns) * size / 2.0 * 96.0 / 72.0;
    // 10 px of padding, as Excel leaves at both sides.
    width.ceil().to_u32().unwrap_or(u32::MAX).saturating_add(10)
}

/// How many lines a text takes when wrapped into a column of `columns` half-width characters.
#[must_use]
pub fn wrapped_lines(text: &str, columns: usize) -> usize {
    text.lines()
        .map(|line| line.width_cjk().div_ceil(columns.max(1)).max(1))
        .sum::<usize>()
        .max(1)
}

/// Text from a form as a cell may hold it: nothing unseen but line breaks, not longer than a cell.
#[must_use]
pub fn cell_text(text: &str) -> String {
    cell_words(text).into_owned()
}

/// The same of a text that nobody else needs: it is not copied where it stays as it is.
#[must_use]
pub fn own_text(text: Box<str>) -> String {
    let clean = match cell_words(&text) {
        Cow::Owned(clean) => Some(clean),
        Cow::Borrowed(_) => None,
    };
    clean.unwrap_or_else(|| text.into())
}

/// The same, not copied where it need not be.
#[must_use]
pub fn cell_words(text: &str) -> Cow<'_, str> {
    /// UTF-16 units a cell holds, less room for the mark of a cut.
    const MOST: usize = 32_760;
    // Nearly every text: no more units than bytes, and nothing unseen.
    if text.len() <= MOST && unseen(text).all(|(_, character)| character == '\n') {
        return Cow::Borrowed(text);
    }
    let is_kept = |character: char| character == '\n' || !is_unseen(character);
    let clean: String = text
        .chars()
        .map(|character| if character == '\t' { ' ' } else { character })
        .filter(|character| is_kept(*character))
        .collect();
    Cow::Owned(clipped(clean, MOST))
}

/// Text for places where `_x001B_` stands for the character of that number, as it does in names of sheets and in
/// page headers, and where the writer does not say that none is meant.
#[must_use]
pub fn without_codes(text: &str) -> String {
    let is_code = |rest: &[char]| matches!(rest, ['_', 'x' | 'X', number @ .., '_'] if number.iter().all(char::is_ascii_hexdigit));
    let characters: Vec<char> = text.chars().collect();
    (0..characters.len())
        .map(|at| match characters.get(at..at + 7) {
            Some(rest) if is_code(rest) => '-',
            _ => characters[at],
        })
        .collect()
}

/// A text of at most `most` UTF-16 units, with … in place of what does not fit.
#[must_use]
pub fn clipped(text: String, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text;
    }
    // One unit less, for the mark of the cut.
    format!("{}…", cut(&text, most.saturating_sub(1)))
}

/// The first `units` UTF-16 units of a text, without half a character.
#[must_use]
pub fn cut(text: &str, units: usize) -> &str {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += character.len_utf16();
        if used > units {
            return &text[..at];
        }
    }
    text
}

/// A new workbook whose bytes depend on its contents alone: the creation time is `day`, never the clock.
///
/// # Errors
/// The writer refuses the base font.
pub fn workbook(title: &str, day: Option<Date>) -> Result<Workbook, XlsxError> {
    /// UTF-16 units that office programs show of a document's title.
    const LONGEST_TITLE: usize = 255;
    /// The workbooks of 667 groups are 17.4 MB at 3 and 18.0 MB at 2, for four fifths of the work of packing them; 1 takes
    /// half of that again but makes them 21.9 MB, and a list of ten thousand rows half as large again.
    const PACKED: u8 = 2;
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(PACKED);
    workbook.set_default_format(&base(), ROW, COLUMN)?;
    let day = day.unwrap_or(jiff::civil::date(2018, 1, 1));
    let created = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
    .unwrap_or_default();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(clipped(without_codes(&cell_text(title)), LONGEST_TITLE))
            .set_author("星评")
            .set_creation_datetime(&created),
    );
    Ok(workbook)
}

/// How cells look of which nothing else is said.
#[must_use]
pub fn base() -> Format {
    font(BODY, BASE)
}

/// A sheet that will be pushed into such a workbook.
///
/// # Errors
/// The writer refuses the base font.
pub fn worksheet() -> Result<Worksheet, XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_default_format(&base(), ROW, COLUMN)?;
    Ok(worksheet)
}

/// The same with its rows outside memory, each from when the next one begins.
///
/// # Errors
/// There is no room for it; the writer refuses the base font.
pub fn worksheet_outside(workbook: &mut Workbook) -> Result<Worksheet, XlsxError> {
    let mut worksheet = workbook.new_worksheet_with_low_memory()?;
    worksheet.set_default_format(&base(), ROW, COLUMN)?;
    Ok(worksheet)
}

/// The finished workbook: the same bytes on every system.
///
/// # Errors
/// The writer refuses something.
pub fn saved(workbook: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    workbook.save_to_buffer().map(super::alike::alike)
}

#[cfg(test)]
mod tests {
    use super::{cell_text, without_codes, wrapped_lines};

    #[test]
    fn cell_texts_lose_what_a_cell_cannot_hold() {
        assert_eq!(cell_text("=1+1\u{1}\n"), "=1+1\n");
        assert_eq!(
            cell_text(&"学".repeat(40_000)).encode_utf16().count(),
            32_760
        );
    }

    #[test]
    fn what_stands_for_a_character_is_broken_up() {
        assert_eq!(without_codes("_x001B_[1m_x0000_"), "-x001B_[1m-x0000_");
        assert_eq!(without_codes("a_x12_学_xyzwv_"), "a_x12_学_xyzwv_");
    }

    #[test]
    fn wrapped_text_is_counted_in_chinese_widths() {
        assert_eq!(wrapped_lines("四个汉字\n两行", 8), 2);
        assert_eq!(wrapped_lines("四个汉字", 4), 2);
    }
}
