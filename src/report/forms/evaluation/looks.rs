//! How the blank form looks: widths, fonts, colours, and its few standing words.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::form::labels::Column;
use crate::report::kit::style::{self, BODY, GREY, HEAD};
use crate::scheme::Scheme;

/// What people read and write: a form of 27 lines takes three pages, and every word of it can be read.
const SIZE: f64 = 9.5;
/// Height of a line of text in sizes of its font.
const LINE: f64 = 1.36;
/// A pale tint for what is to be filled in; on paper it is white.
const ENTRY: u32 = 0x00FF_F9E3;
/// Points over the cap: font, and a light fill.
const OVER: u32 = 0x00C0_0000;
const OVER_FILL: u32 = 0x00FF_D9D9;
/// The hint: set apart from the official wording, dark enough to read.
const HINT: u32 = 0x0040_4040;

/// How to fill the form in.
pub fn instruction(scheme: &Scheme) -> String {
    if scheme.own.is_some() {
        return super::own::instruction(scheme);
    }
    let deductions = if scheme.has_deductions() {
        "没有减分的可不填；"
    } else {
        ""
    };
    let points = if scheme.has_deductions() {
        "加分"
    } else {
        "评分"
    };
    let values = if scheme.has_values() {
        "“填报内容”照评价要求填次数、数量或等级，分自动算出，没有发生的填“0”；"
    } else {
        ""
    };
    if scheme.lines.iter().all(|line| line.value.is_some()) {
        return "填写说明：请填浅黄色格，灰色格不填；“填报内容”照评价要求填次数、数量或等级，每格都填，没有发生的填“0”，\
            不要留空；得分、小计、总分自动计算；文字写不下时可拉高行。"
            .to_owned();
    }
    let points = match (scheme.has_values(), scheme.has_deductions()) {
        // Where points are worked out, nobody types any.
        (true, true) => "其余各行加分",
        _ => points,
    };
    format!(
        "填写说明：请填浅黄色格，灰色格不填；{values}{points}每格都填，没有得分的填“0”，不要留空；{deductions}\
         每格不超过上限；得分、小计、总分自动计算；文字写不下时可拉高行。"
    )
}

/// Pixels of a column. What a scheme asks for beyond points takes its room from 评价要求, and what it does not have
/// gives its room there.
pub fn width(column: Column, scheme: &Scheme) -> u32 {
    match column {
        Column::Requirement if scheme.own.is_some() => 174,
        Column::Indicator if scheme.own.is_some() => 90,
        Column::Value if scheme.own.is_some() => 84,
        Column::Bonus | Column::Deduction | Column::Net if scheme.own.is_some() => 34,
        Column::Evidence if scheme.own.is_some() => 92,
        Column::Remark if scheme.own.is_some() => 40,
        Column::Asks => 164,
        Column::Requirement => {
            let own = |column: Column| width(column, scheme);
            let more = [
                Column::Value,
                Column::Target,
                Column::SelfBonus,
                Column::SelfDeduction,
            ];
            let there = Column::of(scheme).filter(|one| more.contains(one) && one.is_shown(scheme));
            let less = [Column::Dimension, Column::DeductionCap, Column::Deduction];
            let gone = less.into_iter().filter(|one| !one.is_shown(scheme));
            340 + gone.map(own).sum::<u32>() - there.map(own).sum::<u32>()
        }
        Column::Code => 58,
        Column::Dimension | Column::Item => 48,
        Column::Indicator => 112,
        Column::BonusCap | Column::DeductionCap | Column::SelfBonus | Column::SelfDeduction => 32,
        Column::Value => 66,
        Column::Target => 52,
        Column::Bonus | Column::Deduction | Column::Net => 40,
        Column::Evidence => 84,
        Column::Remark => 90,
    }
}

/// Half-width characters that surely fit into `pixels`: one Chinese character less than reckoned where there are
/// many, because fonts differ and punctuation may not begin a line.
fn columns(pixels: u32) -> usize {
    use rust_decimal::prelude::ToPrimitive;
    const MANY: f64 = 24.0;
    let fit = (f64::from(pixels) - 6.0) / (SIZE * 2.0 / 3.0);
    let fit = if fit > MANY { fit - 2.0 } else { fit };
    // A column of a few characters breaks where it must.
    (fit.floor().to_usize().unwrap_or(2) / 2 * 2).max(2)
}

/// Half-width characters on a line of 评价要求.
pub fn requirement_columns(scheme: &Scheme) -> usize {
    columns(width(Column::Requirement, scheme))
}

/// Lines a text takes in one column of the table.
pub fn lines(text: &str, column: Column, scheme: &Scheme) -> usize {
    style::wrapped_lines(text, columns(width(column, scheme)))
}

/// Lines a text takes in the columns from one place to another, of all that the scheme has.
pub fn lines_over(text: &str, over: &[Column], scheme: &Scheme) -> usize {
    let pixels = over.iter().map(|column| width(*column, scheme)).sum();
    style::wrapped_lines(text, columns(pixels))
}

/// Points of a row of fields.
pub fn field_height(lines: usize) -> f64 {
    const LEAST: f64 = 19.5;
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * SIZE * LINE + 2.0).max(LEAST)
}

/// Lines a text takes over all columns that are shown but the first.
pub fn opinion_lines(text: &str, scheme: &Scheme) -> usize {
    let pixels = Column::of(scheme)
        .filter(|column| *column != Column::Code && column.is_shown(scheme))
        .map(|column| width(column, scheme))
        .sum();
    style::wrapped_lines(text, columns(pixels))
}

/// Points a row needs for so many lines. Chinese fonts differ in height: the highest of the usual ones counts.
pub fn height(lines: usize) -> f64 {
    /// Two lines of a remark, even beside a requirement of one line.
    const LEAST: f64 = 26.0;
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * SIZE * LINE + 2.0).max(LEAST)
}

/// An empty cell whose font is so large that a row which fits itself to its contents becomes `height` points high.
pub fn strut(height: f64) -> Format {
    /// The same of an empty line, as office programs reckon it for most fonts.
    const EMPTY: f64 = 1.2;
    style::font(BODY, (height / EMPTY).floor())
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
    /// What an item of a society's own form is answered with.
    pub answer: Format,
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
            title: centred(style::font(HEAD, 20.0)),
            instruction: wrapped(style::font(BODY, SIZE)),
            label: wrapped(style::boxed(HEAD, SIZE)),
            label_right: wrapped(style::boxed(HEAD, SIZE))
                .set_align(FormatAlign::Right)
                .set_indent(1),
            given: wrapped(style::boxed(BODY, SIZE)),
            entry: wrapped(entry()).set_num_format("@"),
            entry_choice: entry(),
            entry_day: entry()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
            empty: style::boxed(BODY, SIZE),
            header: centred(wrapped(style::boxed(HEAD, SIZE)))
                .set_background_color(Color::RGB(GREY)),
            part: style::boxed(HEAD, SIZE),
            code: centred(style::boxed(BODY, SIZE)).set_num_format("@"),
            dimension: centred(wrapped(style::boxed(BODY, SIZE))),
            indicator: wrapped(style::boxed(BODY, SIZE)),
            dimension_broken: centred(wrapped(style::boxed(BODY, SIZE)))
                .set_align(FormatAlign::Top),
            indicator_broken: wrapped(style::boxed(BODY, SIZE)).set_align(FormatAlign::Top),
            requirement: wrapped(style::boxed(BODY, SIZE)),
            wording: style::font(BODY, SIZE),
            hint: style::font(BODY, SIZE).set_font_color(Color::RGB(HINT)),
            cap: centred(style::boxed(BODY, SIZE)),
            points: centred(entry()).set_font_size(SIZE + 1.0),
            closed: style::boxed(BODY, SIZE).set_background_color(Color::RGB(GREY)),
            net: centred(style::boxed(BODY, SIZE)).set_num_format(number),
            value: centred(entry()).set_font_size(SIZE + 1.0),
            answer: centred(wrapped(entry())),
            rules: wrapped(style::boxed(BODY, SIZE)),
            remark: wrapped(entry()).set_font_size(SIZE).set_num_format("@"),
            sum_label: centred(sum()),
            sum: centred(sum()).set_num_format(number),
            cap_sum: centred(sum()),
            count: centred(sum()),
            star: style::boxed(HEAD, SIZE)
                .set_num_format("0\"星\"")
                .set_align(FormatAlign::Left),
            note: wrapped(style::boxed(BODY, SIZE)),
            opinion: wrapped(entry())
                .set_align(FormatAlign::Top)
                .set_num_format("@"),
            sign: style::font(HEAD, SIZE),
            sign_line: style::font(BODY, SIZE).set_border_bottom(FormatBorder::Thin),
            sign_day: style::font(BODY, SIZE).set_align(FormatAlign::Right),
            tiny: style::font(BODY, SIZE).set_font_color(Color::RGB(HINT)),
            over: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(OVER))
                .set_background_color(Color::RGB(OVER_FILL)),
            unscored: Format::new().set_bold().set_font_color(Color::RGB(OVER)),
        }
    }
}
