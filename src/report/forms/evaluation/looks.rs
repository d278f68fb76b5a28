//! How the blank form looks: widths, fonts, colours, and its few standing words.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::form::labels::Column;
use crate::report::kit::style::{self, BODY, GREY, HEAD, KAI, SONG, TITLE};
use crate::scheme::Scheme;

/// 五号: what people read and write.
const SIZE: f64 = 10.5;
/// 评价要求, the longest text, and the hint behind it.
const SMALL: f64 = 10.0;
/// Small print at the foot.
const TINY: f64 = 8.0;
/// A pale tint for what is to be filled in; on paper it is white.
const ENTRY: u32 = 0x00FF_F9E3;
/// Points over the cap: font, and a light fill.
const OVER: u32 = 0x00C0_0000;
const OVER_FILL: u32 = 0x00FF_D9D9;
/// The hint: set apart from the official wording, dark enough to read.
const HINT: u32 = 0x0040_4040;

/// How to fill the form in.
pub fn instruction(scheme: &Scheme) -> String {
    let deductions = if scheme.has_deductions() {
        "没有减分的可不填；"
    } else {
        ""
    };
    let (points, values) = if scheme.has_deductions() {
        ("加分", "")
    } else if scheme.has_values() {
        (
            "评分",
            "“填报内容”照评价要求填次数、数量或等级，分自动算出，没有发生的填“0”；",
        )
    } else {
        ("评分", "")
    };
    format!(
        "填写说明：请填浅黄色格，灰色格不填；{values}{points}每格都填，没有得分的填“0”，不要留空；{deductions}\
         每格不超过上限；得分、小计、总分自动计算；文字写不下时可拉高行、拉宽列。"
    )
}

/// Pixels of a column. What a scheme asks for beyond points takes its room from 评价要求, and what it does not have
/// gives its room there.
pub fn width(column: Column, scheme: &Scheme) -> u32 {
    match column {
        Column::Requirement => {
            let own = |column: Column| width(column, scheme);
            let more = [Column::Value, Column::Target];
            let there = Column::of(scheme).filter(|one| more.contains(one));
            let less = [Column::Dimension, Column::DeductionCap, Column::Deduction];
            let gone = less.into_iter().filter(|one| !one.is_shown(scheme));
            544 + gone.map(own).sum::<u32>() - there.map(own).sum::<u32>()
        }
        Column::Code | Column::Dimension => 70,
        Column::Indicator => 160,
        Column::BonusCap | Column::DeductionCap | Column::SelfBonus | Column::SelfDeduction => 40,
        Column::Value => 76,
        Column::Target | Column::Bonus | Column::Deduction | Column::Net => 60,
        Column::Evidence => 112,
        Column::Remark => 144,
    }
}

/// Half-width characters of `size` points that surely fit into `pixels`: one Chinese character less than
/// reckoned, because fonts differ and punctuation may not begin a line.
fn columns(pixels: u32, size: f64) -> usize {
    use rust_decimal::prelude::ToPrimitive;
    let fit = (f64::from(pixels) - 8.0) / (size * 2.0 / 3.0) - 2.0;
    fit.floor().to_usize().unwrap_or(1).max(1)
}

/// Half-width characters on a line of 评价要求.
pub fn requirement_columns(scheme: &Scheme) -> usize {
    columns(width(Column::Requirement, scheme), SMALL)
}

/// Lines a text takes in one column of the table.
pub fn lines(text: &str, column: Column, scheme: &Scheme) -> usize {
    let size = if column == Column::Requirement {
        SMALL
    } else {
        SIZE
    };
    style::wrapped_lines(text, columns(width(column, scheme), size))
}

/// Lines a text takes over all columns that are shown but the first.
pub fn opinion_lines(text: &str, scheme: &Scheme) -> usize {
    let pixels = Column::of(scheme)
        .filter(|column| *column != Column::Code && column.is_shown(scheme))
        .map(|column| width(column, scheme))
        .sum();
    style::wrapped_lines(text, columns(pixels, SIZE))
}

/// Points a row needs for so many lines. Chinese fonts differ in height: the highest of the usual ones counts.
pub fn height(lines: usize) -> f64 {
    /// Two lines of a remark, even beside a requirement of one line.
    const LEAST: f64 = 25.0;
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * SMALL * 1.3 + 5.0).max(LEAST)
}

/// An empty cell whose font is so large that a row which fits itself to its contents becomes `height` points high.
pub fn strut(height: f64) -> Format {
    /// Height of a line in sizes of its font, as office programs reckon it for most fonts.
    const LINE: f64 = 1.2;
    style::font(BODY, (height / LINE).floor())
}

/// Every format of the form.
pub struct Looks {
    pub title: Format,
    pub instruction: Format,
    /// Labels of the fields above and below the table.
    pub label: Format,
    pub label_right: Format,
    /// Filled in by us, locked.
    pub given: Format,
    /// To be filled in: text, a choice, a day.
    pub entry: Format,
    pub entry_choice: Format,
    pub entry_day: Format,
    pub empty: Format,
    pub header: Format,
    pub part: Format,
    pub code: Format,
    pub dimension: Format,
    pub indicator: Format,
    /// Across a page break: on top, so that the break does not cut the words in two.
    pub dimension_broken: Format,
    pub indicator_broken: Format,
    pub requirement: Format,
    /// The two runs of a requirement: its wording and its hint.
    pub wording: Format,
    pub hint: Format,
    pub cap: Format,
    pub points: Format,
    /// Nothing can be given here.
    pub closed: Format,
    pub net: Format,
    /// A quantity, a rate or a level, in the place of points.
    pub value: Format,
    /// Rules of the whole table, below it.
    pub rules: Format,
    pub remark: Format,
    /// Subtotals and the total.
    pub sum_label: Format,
    pub sum: Format,
    pub cap_sum: Format,
    pub count: Format,
    pub star: Format,
    pub note: Format,
    pub opinion: Format,
    pub sign: Format,
    pub sign_line: Format,
    pub sign_day: Format,
    pub tiny: Format,
    pub over: Format,
    pub unscored: Format,
}

impl Looks {
    pub fn new(scheme: &Scheme) -> Self {
        // What is worked out has decimals without end; what is typed has those that were typed.
        let decimals = usize::try_from(scheme.precision).unwrap_or_default();
        let worked_out = format!("0.{}", "0".repeat(decimals));
        let is_typed = scheme.adds_up() && !scheme.has_values();
        let number = if is_typed || decimals == 0 {
            "General"
        } else {
            worked_out.as_str()
        };
        let centred = |format: Format| format.set_align(FormatAlign::Center);
        let wrapped = |format: Format| format.set_text_wrap();
        let entry = || {
            style::boxed(BODY, SIZE)
                .set_background_color(Color::RGB(ENTRY))
                .set_unlocked()
        };
        let sum = || style::boxed(HEAD, SIZE).set_border_top(FormatBorder::Thin);
        Self {
            title: centred(style::font(TITLE, 20.0)),
            instruction: wrapped(style::font(KAI, SIZE)),
            label: wrapped(style::boxed(HEAD, SIZE)),
            label_right: wrapped(style::boxed(HEAD, SIZE))
                .set_align(FormatAlign::Right)
                .set_indent(1),
            given: style::boxed(BODY, SIZE).set_shrink(),
            entry: wrapped(entry()).set_num_format("@"),
            entry_choice: entry(),
            entry_day: entry()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
            empty: style::boxed(BODY, SIZE),
            header: centred(wrapped(style::boxed(HEAD, SMALL)))
                .set_background_color(Color::RGB(GREY)),
            part: style::boxed(HEAD, SIZE),
            code: centred(style::boxed(BODY, SIZE)).set_num_format("@"),
            dimension: centred(wrapped(style::boxed(BODY, SIZE))),
            indicator: wrapped(style::boxed(BODY, SIZE)),
            dimension_broken: centred(wrapped(style::boxed(BODY, SIZE)))
                .set_align(FormatAlign::Top),
            indicator_broken: wrapped(style::boxed(BODY, SIZE)).set_align(FormatAlign::Top),
            requirement: wrapped(style::boxed(BODY, SMALL)),
            wording: style::font(BODY, SMALL),
            hint: style::font(KAI, SMALL - 0.5).set_font_color(Color::RGB(HINT)),
            cap: centred(style::boxed(BODY, SIZE)),
            points: centred(entry()).set_font_size(SIZE + 0.5),
            closed: style::boxed(BODY, SIZE).set_background_color(Color::RGB(GREY)),
            net: centred(style::boxed(BODY, SIZE)).set_num_format(number),
            value: centred(entry()).set_font_size(SIZE + 0.5),
            rules: wrapped(style::boxed(KAI, SMALL)),
            remark: wrapped(entry())
                .set_font_size(SMALL - 0.5)
                .set_num_format("@"),
            sum_label: centred(sum()),
            sum: centred(sum()).set_num_format(number),
            cap_sum: centred(sum()),
            count: centred(sum()),
            star: style::boxed(HEAD, SIZE)
                .set_num_format("0\"星\"")
                .set_align(FormatAlign::Left),
            note: wrapped(style::boxed(KAI, SMALL - 0.5)),
            opinion: wrapped(entry())
                .set_align(FormatAlign::Top)
                .set_num_format("@"),
            sign: style::font(HEAD, SIZE),
            sign_line: style::font(BODY, SIZE).set_border_bottom(FormatBorder::Thin),
            sign_day: style::font(BODY, SIZE).set_align(FormatAlign::Right),
            tiny: style::font(SONG, TINY).set_font_color(Color::RGB(HINT)),
            over: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(OVER))
                .set_background_color(Color::RGB(OVER_FILL)),
            unscored: Format::new().set_bold().set_font_color(Color::RGB(OVER)),
        }
    }
}
