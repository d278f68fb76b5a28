//! What reviewers wrote on the lines: beside the lines or below them, where one page has room for it; else whole on an
//! annex, for whoever asks why reads all of it or asks again.

use super::{Binder, PaperSheet, called, indicator_head};
use crate::outcome::Remarks;
use crate::report::kit::print::Paper;
use crate::report::kit::sheet::width;
use crate::report::kit::{Cell, Column, Look, Row};
use crate::scheme::Scheme;

/// The annex of a page.
pub(super) const ANNEX: &str = "附页";
/// What remarks are called.
const REMARKS: &str = "评分说明";

/// Where the remarks on the lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remarked {
    /// In a column of their own.
    Beside,
    /// Below the table, for a column would take more than a page has.
    Below,
    /// On an annex, for one page has no room for them.
    Apart,
}

/// Remarks on a line, by its place in the scheme.
pub(super) type Said = (usize, String);

/// Remarks on lines, by their codes, as they stand below a table.
pub(super) fn below(scheme: &Scheme, remarks: &[Said]) -> Vec<String> {
    let remarks = remarks.iter().filter(|(_, said)| !said.is_empty());
    let lines: Vec<&str> = scheme.lines.iter().map(|line| line.code.as_str()).collect();
    remarks
        .map(|(at, said)| {
            let code = lines.get(*at).copied().unwrap_or_default();
            format!("{code}{REMARKS}：{}", said.replace('\n', "；"))
        })
        .collect()
}

/// Remarks as papers show them, one a line; how many are kept back is said.
pub(super) fn said(remarks: &Remarks<'_>) -> String {
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

/// What else an annex holds: what it is, and the text.
pub(super) type More = (&'static str, String);

/// The annex: what else there is, then the remarks line by line, as many pages as they take. What is longer than a row may
/// be high goes on in the next one.
pub(super) fn annex(sheet: &str, scheme: &Scheme, more: &[More], remarks: &[Said]) -> PaperSheet {
    let columns = vec![
        Column::new("编号", 7, Look::Centre),
        Column::new(indicator_head(scheme), 24, Look::Left),
        Column::new("说明", 60, Look::Left),
    ];
    let mut page = Binder::sheet(sheet, columns);
    page.table.layout.row_height = 18.0;
    page.table.layout.paper = Some(Paper::A4Portrait);
    let more = more
        .iter()
        .map(|(what, text)| ("", (*what).to_owned(), text));
    let lines: Vec<_> = scheme.lines.iter().collect();
    let remarks = remarks.iter().filter_map(|(at, said)| {
        let line = lines.get(*at)?;
        Some((line.code.as_str(), called(scheme, line), said))
    });
    for (code, title, text) in more.chain(remarks) {
        for (number, portion) in portions(text).into_iter().enumerate() {
            let on = if number == 0 { "" } else { "（续）" };
            page.row(Row::new(vec![
                Cell::text(code),
                Cell::text(format!("{title}{on}")),
                Cell::text(portion),
            ]));
        }
    }
    page
}

/// A text in pieces none of which is higher than a row may be, broken at the end of a line or sentence where there is one.
fn portions(text: &str) -> Vec<String> {
    /// Lines of a row: far below what a spreadsheet allows, so that pages are filled.
    const MOST: u32 = 12;
    /// Lines of the narrowest that the column comes to.
    const NARROW: u32 = 40;
    const ENDS: &str = "。；！？\n";
    let mut portions = Vec::new();
    let mut portion = String::new();
    // Lines that have ended, and how wide the last one is.
    let (mut ended, mut wide) = (0, 0);
    for piece in text.split_inclusive(|one| ENDS.contains(one)) {
        for part in halved(piece, NARROW * MOST / 2) {
            let own = width(part);
            if ended + (wide + own).div_ceil(NARROW) > MOST && !portion.is_empty() {
                portions.push(std::mem::take(&mut portion));
                (ended, wide) = (0, 0);
            }
            portion.push_str(part);
            wide += own;
            if part.ends_with('\n') {
                ended += wide.div_ceil(NARROW).max(1);
                wide = 0;
            }
        }
    }
    portions.push(portion);
    let portions = portions.into_iter().map(|one| one.trim_end().to_owned());
    portions.filter(|one| !one.is_empty()).collect()
}

/// A piece in parts of at most so many half-width characters.
fn halved(piece: &str, most: u32) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut wide) = (0, 0);
    for (at, character) in piece.char_indices() {
        let own = width(character.encode_utf8(&mut [0; 4]));
        if wide + own > most {
            parts.push(&piece[from..at]);
            (from, wide) = (at, 0);
        }
        wide += own;
    }
    parts.push(&piece[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::portions;

    #[test]
    fn a_long_text_goes_on_in_the_next_row_and_loses_nothing() {
        let sentence = "材料齐全，查阅会议记录与备案回执，酌情给分。";
        for text in [
            "一句话。".to_owned(),
            sentence.repeat(400),
            "没有标点的长文字".repeat(900),
            format!("{sentence}\n").repeat(120),
            "word ".repeat(2000),
        ] {
            let all = portions(&text);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&all.concat()), bare(&text));
            // As high as a row may be: 26 lines of 10.5 points.
            for one in &all {
                let lines: usize = one
                    .lines()
                    .map(|line| crate::report::kit::sheet::width(line) as usize / 58 + 1)
                    .sum();
                assert!(lines <= 26, "{lines}");
            }
        }
        assert_eq!(portions("甲。乙。"), ["甲。乙。"]);
        assert!(portions("").is_empty() && portions(" \n").is_empty());
    }
}
