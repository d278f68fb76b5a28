//! Which way the paper lies and how wide the columns are, so that a table can be read on it: running text gives way
//! before the font does, and what is wider still takes several pages side by side.

use super::wrap::width;
use crate::report::kit::print::Paper;
use crate::report::kit::table::{Column, Look};

/// The columns as they are to be written, and their paper; `asked` is how it shall lie if it can.
#[must_use]
pub fn fit(columns: Vec<Column>, size: f64, asked: Option<Paper>) -> (Vec<Column>, Paper) {
    let all = pixels(&columns, size);
    let lying = Paper::A4Landscape;
    let paper = asked.unwrap_or_else(|| Paper::fitting(all, size));
    if paper.reads(all, size) {
        return (columns, paper);
    }
    if let Some(narrow) = narrowed(&columns, paper.most(size), size) {
        return (narrow, paper);
    }
    if lying.reads(all, size) {
        return (columns, lying);
    }
    let narrow = narrowed(&columns, lying.most(size), size);
    (narrow.unwrap_or(columns), lying)
}

/// Pixels of all columns.
pub(super) fn pixels(columns: &[Column], size: f64) -> u32 {
    columns.iter().map(|column| column.pixels(size)).sum()
}

/// The columns within `most` pixels, running text broken into more lines; none where that leaves too little of it.
fn narrowed(columns: &[Column], most: u32, size: f64) -> Option<Vec<Column>> {
    let mut columns = columns.to_vec();
    let least: Vec<u32> = columns.iter().map(narrowest).collect();
    while pixels(&columns, size) > most {
        // The widest gives way first: of equal ones the last.
        let (widest, _) = (0..columns.len())
            .filter(|at| columns[*at].width > least[*at])
            .map(|at| (at, columns[at].width))
            .max_by_key(|(_, width)| *width)?;
        columns[widest].width -= 1;
    }
    Some(columns)
}

/// Half-width characters below which a column is no longer pleasant to read.
fn narrowest(column: &Column) -> u32 {
    /// Of what was asked for, in tenths.
    const LEAST: u32 = 6;
    const WORDS: u32 = 8;
    if matches!(column.look, Look::Left | Look::Fitted) {
        let head = width(&column.head).min(WORDS);
        (column.width * LEAST / 10)
            .max(WORDS)
            .max(head)
            .min(column.width)
    } else {
        column.width
    }
}

#[cfg(test)]
mod tests {
    use super::{fit, pixels};
    use crate::report::kit::print::Paper;
    use crate::report::kit::table::{Column, Look};
    use crate::report::kit::{Topic, columns};

    const SIZE: f64 = 10.5;

    fn columns(text: u32) -> Vec<Column> {
        columns![
            ("序号", 6, Look::Whole),
            (Topic::Object, text, Look::Left),
            ("说明", text, Look::Left),
            ("总分", 9, Look::Plain),
        ]
    }

    #[test]
    fn text_gives_way_before_the_font_and_the_paper_turns_last() {
        let widths = |text, asked| {
            let (columns, paper) = fit(columns(text), SIZE, asked);
            let widths: Vec<u32> = columns.iter().map(|column| column.width).collect();
            (widths, paper, paper.reads(pixels(&columns, SIZE), SIZE))
        };
        assert_eq!(
            widths(30, None),
            (vec![6, 30, 30, 9], Paper::A4Portrait, true)
        );
        let (narrow, paper, reads) = widths(45, Some(Paper::A4Portrait));
        assert!(narrow[1] < 45 && narrow[3] == 9 && reads, "{narrow:?}");
        assert_eq!(paper, Paper::A4Portrait);
        let (narrow, paper, reads) = widths(80, Some(Paper::A4Portrait));
        assert!(narrow[1] < 80 && reads, "{narrow:?}");
        assert_eq!(paper, Paper::A4Landscape);
        // Several pages side by side.
        let (wide, paper, reads) = widths(200, None);
        assert!(wide[1] == 200 && !reads, "{wide:?}");
        assert_eq!(paper, Paper::A4Landscape);
    }
}
