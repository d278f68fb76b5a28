//! 退回说明: the first sheet of a slip. What is wrong, cell by cell, in words, and how to send it back.
//!
//! Must not look like a form: no cell of it holds a label or an id of one.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatUnderline, Url, Worksheet, XlsxError};

use super::advice::Point;
use super::sender::Sender;
use super::told::{becomes, date_stays, deadline, how_marked, said, without_form};
use crate::finding::{Outcome, Severity};
use crate::form::FormId;
use crate::form::labels::{self, Field};
use crate::ground::Ground;
use crate::model::CellRef;
use crate::rank::Standings;
use crate::report::forms::evaluation::filling::Spot;
use crate::report::kit::print::{Fit, Paper};
use crate::report::kit::sheet::{fit, row_height, width};
use crate::report::kit::style;
use crate::report::kit::{Cell, Column, Look, Row};
use crate::report::known::Came;

/// The name of the sheet.
pub(super) const SHEET: &str = labels::GUIDE_SHEET;

const SIZE: f64 = style::SIZE;
const LINK: u32 = 0x0005_63C1;
/// As the marks on the form, but paler.
const ERROR: u32 = 0x00FF_DDE1;
const WARNING: u32 = 0x00FF_F3C4;

/// The columns of the list; the last takes the most.
fn columns() -> Vec<Column> {
    [
        ("序号", 6, Look::Whole),
        ("级别", 8, Look::Centre),
        ("位置", 11, Look::Centre),
        ("原表位置", 10, Look::Centre),
        ("指标或栏目", 28, Look::Left),
        ("您填的", 16, Look::Left),
        ("允许的", 20, Look::Left),
        ("怎么改", 48, Look::Left),
    ]
    .map(|(head, width, look)| Column::new(head, width, look))
    .into()
}

/// What the sheet says.
pub(super) struct Guide<'g> {
    pub standings: &'g Standings<'g>,
    pub form: Came,
    /// That of the form.
    pub ground: &'g Ground,
    pub sender: &'g Sender<'g, 'g>,
    pub society: String,
    pub reviewer: String,
    pub points: &'g [Point],
    /// Where marked cells stand on the form; none where no form could be made.
    pub cells: Option<&'g BTreeMap<Spot, CellRef>>,
    /// What became of the form.
    pub outcome: Outcome,
}

impl Guide<'_> {
    /// The sheet.
    pub(super) fn sheet(&self) -> Result<Worksheet, XlsxError> {
        let mut sheet = style::worksheet()?;
        sheet.set_name(SHEET)?;
        let (columns, paper) = fit(columns(), SIZE, Some(Paper::A4Landscape));
        for (at, column) in (0..).zip(&columns) {
            sheet.set_column_width_pixels(at, column.pixels(SIZE))?;
        }
        let last = u16::try_from(columns.len() - 1).unwrap_or_default();
        let mut page = GuideSheet {
            sheet: &mut sheet,
            last,
            columns,
            row: 0,
        };
        if let Some(mark) = &self.standings.mark {
            page.across(mark, &style::font(style::HEAD, SIZE), 18.0)?;
        }
        let title = style::font(style::HEAD, 20.0).set_align(FormatAlign::Center);
        let sheet_name = labels::sheet(&self.ground.scheme);
        page.across(&labels::guide_title(sheet_name), &title, 36.0)?;
        self.whom(&mut page)?;
        page.across(&self.summary(), &style::font(style::HEAD, 12.0), 28.0)?;
        let header = page.row;
        page.header()?;
        for (number, point) in (1..).zip(self.points) {
            self.point(&mut page, (number, sheet_name), point)?;
        }
        page.gap(8.0)?;
        page.across("怎么改、怎么发回", &style::font(style::HEAD, 12.0), 22.0)?;
        let body = style::font(style::BODY, 11.5).set_text_wrap();
        for (number, step) in (1..).zip(self.steps()) {
            page.across(&format!("{number}．{step}"), &body, 0.0)?;
        }
        let end = page.row - 1;
        // On paper the page header says the mark: the cell that says it is for the screen.
        let first = u32::from(self.standings.mark.is_some());
        sheet.set_print_area(first, 0, end, last)?;
        sheet.set_repeat_rows(header, header)?;
        sheet.set_screen_gridlines(false);
        sheet.set_selection(0, 0, 0, 0)?;
        let mark = self.standings.mark.as_deref();
        paper.set_up(&mut sheet, Fit::Wide(1), mark, "");
        Ok(sheet)
    }

    /// Whom it concerns.
    fn whom(&self, page: &mut GuideSheet<'_>) -> Result<(), XlsxError> {
        let scheme = &self.ground.scheme;
        let (form, object) = (scheme.full_form_title(), scheme.object());
        let filler = Field::Reviewer.label(scheme);
        page.pair(("表名", &form), (object, &self.society))?;
        let reviewer = if self.reviewer.is_empty() {
            "（没有填）"
        } else {
            &self.reviewer
        };
        page.pair((&filler, reviewer), ("原工作表", &self.sender.sheet()))?;
        page.single("原文件", &self.sender.file())?;
        page.gap(4.0)
    }

    fn summary(&self) -> String {
        let count = |severity| {
            let points = self.points.iter();
            points.filter(|point| point.severity == severity).count()
        };
        let errors = count(Severity::Error);
        let parts: Vec<String> = [(errors, "须更正"), (count(Severity::Warning), "请核实")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{what}{count}处"))
            .collect();
        let verdict = match becomes(self.form, self.outcome, errors > 0) {
            "" => String::new(),
            said => format!("{said}。"),
        };
        format!("核对结果：{}。{verdict}", parts.join("，"))
    }

    fn steps(&self) -> Vec<String> {
        let has_errors = self
            .points
            .iter()
            .any(|point| point.severity == Severity::Error);
        let mut steps = Vec::new();
        let scheme = &self.ground.scheme;
        if self.cells.is_none() {
            steps.push(without_form(scheme, self.points));
        } else {
            let marked = how_marked(&self.points.iter());
            let mut carried = format!("后面的“{}”工作表里是您原来填的内容", labels::sheet(scheme));
            if !marked.is_empty() {
                carried = format!(
                    "{carried}，有问题的格已标出：{marked}。鼠标停在格上（右上角有红色小三角），会显示哪里不对、允许填什么"
                );
            }
            steps.push(format!("{carried}。"));
            if !marked.is_empty() {
                steps.push("点上面“位置”一栏的格号，直接跳到要改的格。".to_owned());
            }
            steps.push(format!(
                "改好后保存，把这个文件直接发回：文件名不用改，本说明不用删，{}表底的小字编号请不要动。",
                date_stays(scheme, self.points.iter())
            ));
            if !has_errors {
                steps.push("没有红色的格。黄色的格看过、确认无误的，可以不发回。".to_owned());
            }
        }
        let which = if has_errors { "" } else { "要改的" };
        let day = deadline(self.standings, self.ground);
        steps.extend(day.map(|day| format!("{which}请于{day}前发回。")));
        steps
    }

    fn point(
        &self,
        page: &mut GuideSheet<'_>,
        (number, sheet): (u32, &str),
        point: &Point,
    ) -> Result<(), XlsxError> {
        let cells: Vec<CellRef> = self
            .cells
            .iter()
            .flat_map(|cells| point.spots.iter().filter_map(|spot| cells.get(spot)))
            .copied()
            // In the order of the form.
            .collect::<BTreeSet<CellRef>>()
            .into_iter()
            .collect();
        let origin = point.origin.map_or("—".to_owned(), |cell| cell.to_string());
        let dash = |text: &str| {
            if text.is_empty() {
                "—".to_owned()
            } else {
                harmless(text)
            }
        };
        let texts = [
            number.to_string(),
            point.severity.label().to_owned(),
            said(&cells),
            origin,
            harmless(&point.advice.what),
            dash(&point.advice.found),
            dash(&point.advice.allowed),
            harmless(&point.advice.fix),
        ];
        let fill = match point.severity {
            Severity::Error => ERROR,
            _ => WARNING,
        };
        let target = cells
            .first()
            .map(|cell| format!("internal:'{sheet}'!{cell}"));
        page.point(&texts, fill, target.as_deref())
    }
}

/// Whether a text of the two middle columns is but a value, which looks best in the middle.
fn is_short(column: u16, text: &str) -> bool {
    const MOST: u32 = 14;
    matches!(column, 5 | 6) && width(text) <= MOST
}

/// A text that no program takes for the id of a form.
fn harmless(text: &str) -> String {
    if FormId::find(text).is_some() {
        text.replace(['·', '•', '・', '‧', '∙'], "、")
    } else {
        text.to_owned()
    }
}

/// The sheet being written, top to bottom.
struct GuideSheet<'p> {
    sheet: &'p mut Worksheet,
    columns: Vec<Column>,
    last: u16,
    row: u32,
}

impl GuideSheet<'_> {
    /// Half-width characters of the columns from `first` to `last`.
    fn room(&self, first: u16, last: u16) -> usize {
        let columns = usize::from(first)..=usize::from(last);
        let widths = self.columns.get(columns).unwrap_or_default();
        let all: u32 = widths.iter().map(|column| column.width).sum();
        usize::try_from(all).unwrap_or(1)
    }

    fn gap(&mut self, height: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// A text over all columns, at least this high.
    fn across(&mut self, text: &str, format: &Format, least: f64) -> Result<(), XlsxError> {
        /// A larger font and careful breaks take more room than the body's.
        const CAREFUL: usize = 12;
        let room = self.room(0, self.last) - CAREFUL;
        let lines = u32::try_from(style::wrapped_lines(text, room)).unwrap_or(1);
        let height = if least > 0.0 {
            least
        } else {
            f64::from(lines) * 17.0 + 3.0
        };
        self.sheet.set_row_height(self.row, height)?;
        let text = style::cell_text(text);
        self.sheet
            .merge_range(self.row, 0, self.row, self.last, &text, format)?;
        self.row += 1;
        Ok(())
    }

    /// Two labels with their values.
    fn pair(&mut self, left: (&str, &str), right: (&str, &str)) -> Result<(), XlsxError> {
        let room = self.room(2, 4).min(self.room(6, 7)) - 2;
        let lines = style::wrapped_lines(left.1, room).max(style::wrapped_lines(right.1, room));
        self.labelled(left, (0, 1), (2, 4))?;
        self.labelled(right, (5, 5), (6, 7))?;
        self.close(lines)
    }

    /// One label with its value.
    fn single(&mut self, label: &str, value: &str) -> Result<(), XlsxError> {
        let lines = style::wrapped_lines(value, self.room(2, 7) - 2);
        self.labelled((label, value), (0, 1), (2, 7))?;
        self.close(lines)
    }

    fn labelled(
        &mut self,
        (label, value): (&str, &str),
        of_label: (u16, u16),
        of_value: (u16, u16),
    ) -> Result<(), XlsxError> {
        let head = style::boxed(style::HEAD, SIZE)
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(style::GREY));
        let body = style::boxed(style::BODY, SIZE)
            .set_text_wrap()
            .set_align(FormatAlign::Left)
            .set_indent(1);
        for ((first, last), text, format) in [(of_label, label, &head), (of_value, value, &body)] {
            let text = style::cell_text(&harmless(text));
            if first < last {
                self.sheet
                    .merge_range(self.row, first, self.row, last, &text, format)?;
            } else {
                self.sheet
                    .write_string_with_format(self.row, first, &text, format)?;
            }
        }
        Ok(())
    }

    fn close(&mut self, lines: usize) -> Result<(), XlsxError> {
        let lines = u32::try_from(lines).unwrap_or(1);
        self.sheet
            .set_row_height(self.row, (f64::from(lines) * 15.0 + 6.0).min(400.0))?;
        self.row += 1;
        Ok(())
    }

    fn header(&mut self) -> Result<(), XlsxError> {
        let format = style::boxed(style::HEAD, SIZE)
            .set_align(FormatAlign::Center)
            .set_text_wrap()
            .set_background_color(Color::RGB(style::GREY));
        for (at, column) in (0..).zip(&self.columns) {
            self.sheet
                .write_string_with_format(self.row, at, &column.head, &format)?;
        }
        self.gap(22.0)
    }

    /// One row of the list; its place leads to `target` on the form.
    fn point(
        &mut self,
        texts: &[String; 8],
        fill: u32,
        target: Option<&str>,
    ) -> Result<(), XlsxError> {
        const LEVEL: u16 = 1;
        const PLACE: u16 = 2;
        let cells = texts.iter().map(|text| Cell::text(text.clone())).collect();
        let height = row_height(&self.columns, &Row::new(cells), SIZE, 22.0);
        self.sheet.set_row_height(self.row, height.min(400.0))?;
        for (at, text) in (0..).zip(texts) {
            let mut format = style::boxed(style::BODY, SIZE).set_text_wrap();
            format = if at < 4 || is_short(at, text) {
                format.set_align(FormatAlign::Center)
            } else {
                format.set_align(FormatAlign::Left).set_indent(1)
            };
            if at == LEVEL {
                format = format
                    .set_font_name(style::HEAD)
                    .set_background_color(Color::RGB(fill));
            }
            let text = style::cell_text(text);
            match target.filter(|_| at == PLACE) {
                Some(target) => {
                    let format = format
                        .set_font_color(Color::RGB(LINK))
                        .set_underline(FormatUnderline::Single);
                    let link = Url::new(target).set_text(text);
                    self.sheet
                        .write_url_with_format(self.row, at, &link, &format)?;
                }
                None if at == 0 => {
                    let number: u32 = text.parse().unwrap_or_default();
                    self.sheet
                        .write_number_with_format(self.row, at, number, &format)?;
                }
                None => {
                    self.sheet
                        .write_string_with_format(self.row, at, &text, &format)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }
}
