//! Every bound of the intake, stated once, with the words it is told in.
//!
//! All of them lie far above what a form can be: who meets one has sent something else. Knows nothing of
//! formats.

use std::borrow::Cow;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Defect, Refusal, Sheet, Value};
use crate::model::CellRef;

/// The most of something that is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    most: u64,
    /// What is counted, in Chinese.
    what: Cow<'static, str>,
    unit: Unit,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Unit {
    /// Shown as MB; `most` is bytes.
    Megabytes,
    /// Shown as is, followed by the Chinese measure word.
    Pieces(Cow<'static, str>),
}

const MB: u64 = 1024 * 1024;

/// The size of one file as it lies on the disk or inside another.
pub const FILE: Limit = Limit::megabytes(64, "文件大小");
/// The size of an archive as it lies on the disk: scans make it large.
pub const ARCHIVE: Limit = Limit::megabytes(160, "压缩包大小");
/// One part of a workbook, unpacked. A reader holds some of them whole.
pub const PART: Limit = Limit::megabytes(128, "文件内单个部分解压后的大小");
/// All parts of a workbook together, unpacked.
pub const PARTS: Limit = Limit::megabytes(256, "文件解压后的总大小");
/// The number of parts of a workbook, or of files in an archive or a mail.
pub const ENTRIES: Limit = Limit::pieces(5_000, "里面文件的数目", "个");
/// Lines in the lists of a zip and of the zips that lie in it unpacked, and the names in them: whoever opens the zip
/// holds its list several times over.
pub const LINES: Limit = Limit::pieces(100_000, "压缩包目录里的条目", "条");
pub const NAMES: Limit = Limit::megabytes(8, "压缩包目录里的文件名总量");
/// Archives and mails one inside the other.
pub const DEPTH: Limit = Limit::pieces(4, "压缩包、邮件层层相套", "层");
/// Everything inside one file that was received, unpacked, at all depths together.
pub const INSIDE: Limit = Limit::megabytes(512, "压缩包、邮件里的文件解压后的总大小");
/// What is kept of it at a time: spreadsheets, until they are read.
pub const KEPT: Limit = Limit::megabytes(128, "压缩包、邮件里的表格解压后的总大小");
/// What the workbooks among them unpack to, one after the other. A form unpacks to less than 0.2 MB.
pub const BOOKS: Limit = Limit::megabytes(640, "压缩包、邮件里的表格再解压后的总大小");
pub const SHEETS: Limit = Limit::pieces(256, "工作表数目", "张");
/// What is gone through more than once because several worksheets of an .xlsx stand in one part.
pub const AGAIN: Limit = Limit::megabytes(32, "各工作表共用的内容");
/// Non-empty cells of all sheets of a file.
pub const CELLS: Limit = Limit::pieces(500_000, "非空单元格数目", "个");
/// Those of them that stand only because another one is said to stand for several, which takes next to no bytes.
pub const REPEATED: Limit = Limit::pieces(20_000, "重复填充的单元格数目", "个");
/// Letters of one cell; no program allows more. What is beyond is cut off, and the cell is named.
pub const LETTERS: usize = 32_767;
/// Texts of all cells of a file. One long text may be shared by many cells, so the file's size says nothing.
pub const TEXT: Limit = Limit::megabytes(16, "单元格文字总量");
/// Merged regions of all sheets of a file.
pub const MERGED: Limit = Limit::pieces(100_000, "合并单元格数目", "处");
/// Cells looked at while emptying merged regions; regions that overlap could ask for any number.
pub const COVERED: Limit = Limit::pieces(20_000_000, "合并单元格覆盖的范围", "个单元格");
/// Cells of a web page that are passed over because they reach down from rows above.
pub const PASSED: Limit = Limit::pieces(3_000_000, "跨行的单元格数目", "个");
/// What trying passwords at one file may cost, in digests: some hundred passwords at a file as Excel locks it.
pub const ROUNDS: u64 = 12_000_000;
/// What the files inside one received file that stay shut may cost together; what is locked behind them is not tried.
pub const ROUNDS_TOGETHER: u64 = 10 * ROUNDS;
/// Digests a second on the slowest computer that is thought of: so long is waited, lest the clock decide what is read.
pub const SLOWEST: u64 = 25_000;
/// What is larger than this is read in a process of its own; so is, at any size, what its reader can only read whole.
pub const AT_HOME: u64 = 8 * MB;
/// The same for the parts of a workbook, unpacked.
pub const UNPACKED_AT_HOME: u64 = 32 * MB;
/// The same for the styles of an .xlsx: five bytes of them become a style of hundreds.
pub const STYLES_AT_HOME: u64 = MB;
/// The memory of a process that reads one file apart.
pub const MEMORY: Limit = Limit::megabytes(384, "读取时占用的内存");
/// The time it may take.
pub const TIME: Limit = Limit::pieces(6, "读取的时间", "秒");
/// The time in which nearly every file is read. What the files inside one received file take beyond it is added up, and
/// may together be no more than one of them may take.
pub const NEEDED: Duration = Duration::from_millis(200);
/// What one received file may cost in processes that ran out of time or memory; what is left in it is then not tried.
pub const FAILURES: u64 = 5;

impl Limit {
    const fn megabytes(most: u64, what: &'static str) -> Self {
        Self {
            most: most * MB,
            what: Cow::Borrowed(what),
            unit: Unit::Megabytes,
        }
    }

    const fn pieces(most: u64, what: &'static str, measure: &'static str) -> Self {
        Self {
            most,
            what: Cow::Borrowed(what),
            unit: Unit::Pieces(Cow::Borrowed(measure)),
        }
    }

    /// The figure itself: this much is still read.
    #[must_use]
    pub const fn most(&self) -> u64 {
        self.most
    }

    /// Accepts `found`, or says which limit it is beyond.
    ///
    /// # Errors
    ///
    /// [`Refusal::OverLimits`] when `found` is more than the limit.
    pub fn hold(&self, found: u64) -> Result<(), Refusal> {
        if found <= self.most {
            Ok(())
        } else {
            Err(Refusal::OverLimits(self.clone()))
        }
    }

    /// That it is exceeded, with its figure.
    #[must_use]
    pub fn exceeded(&self) -> String {
        let most = match &self.unit {
            Unit::Megabytes => format!("{} MB", self.most / MB),
            Unit::Pieces(measure) if self.most.is_multiple_of(10_000) => {
                format!("{}万{measure}", self.most / 10_000)
            }
            Unit::Pieces(measure) => format!("{}{measure}", self.most),
        };
        format!("{}超过{most}", self.what)
    }
}

/// What was taken from one file so far. Every reader puts its cells through here.
#[derive(Debug, Default)]
pub(super) struct Tally {
    cells: u64,
    text: u64,
    merged: u64,
    covered: u64,
    looks: u64,
}

impl Tally {
    /// Puts `value` into the zero-based cell of `sheet`.
    pub(super) fn put(
        &mut self,
        sheet: &mut Sheet,
        row: u32,
        column: u32,
        mut value: Value,
    ) -> Result<(), Refusal> {
        let cell = on_the_grid(row, column)?;
        if let Value::Text(text) | Value::Error(text) = &mut value
            && text.len() > LETTERS
            && let Some((end, _)) = text.char_indices().nth(LETTERS)
        {
            text.truncate(end);
            sheet.clipped.push(cell);
        }
        if let Value::Text(text) | Value::Error(text) = &value {
            self.text += text.len() as u64;
            TEXT.hold(self.text)?;
        }
        self.cells += 1;
        CELLS.hold(self.cells)?;
        sheet.put(cell, value);
        Ok(())
    }

    /// Counts a cell of which something is noted though it may be empty.
    pub(super) fn look(&mut self) -> Result<(), Refusal> {
        self.looks += 1;
        CELLS.hold(self.looks)
    }

    /// Merges a region of `sheet`. To be called when all its cells are there, for what is covered is emptied.
    pub(super) fn merge(
        &mut self,
        sheet: &mut Sheet,
        first: (u32, u32),
        last: (u32, u32),
    ) -> Result<(), Refusal> {
        let first = on_the_grid(first.0, first.1)?;
        let last = on_the_grid(last.0, last.1)?;
        self.merged += 1;
        MERGED.hold(self.merged)?;
        self.covered += sheet.merge_and_empty(first, last);
        COVERED.hold(self.covered)
    }
}

/// The cell, if any program could have written it.
fn on_the_grid(row: u32, column: u32) -> Result<CellRef, Refusal> {
    if row < CellRef::ROWS && column < CellRef::COLUMNS {
        Ok(CellRef::new(row, column))
    } else {
        Err(Refusal::Unreadable(Defect::OffTheGrid))
    }
}

#[cfg(test)]
mod tests {
    use super::{CELLS, FILE, Refusal, SHEETS, Sheet, Tally, Value};

    #[test]
    fn are_told_with_their_figure() {
        assert_eq!(FILE.hold(FILE.most()), Ok(()));
        for (limit, told) in [
            (FILE, "文件大小超过64 MB"),
            (SHEETS, "工作表数目超过256张"),
            (CELLS, "非空单元格数目超过50万个"),
        ] {
            assert_eq!(limit.exceeded(), told);
            let held = limit.hold(limit.most() + 1);
            assert_eq!(held, Err(Refusal::OverLimits(limit)));
        }
    }

    #[test]
    fn cells_off_the_grid_are_refused() {
        let mut sheet = Sheet::default();
        for (row, column) in [(1_048_576, 0), (0, 16_384), (u32::MAX, u32::MAX)] {
            let put = Tally::default().put(&mut sheet, row, column, Value::Bool(true));
            assert!(matches!(put, Err(Refusal::Unreadable(_))));
        }
        assert!(sheet.is_empty());
    }
}
