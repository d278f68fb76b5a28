//! 指标体系: the table people proof-read against the official document, as a workbook and as plain text.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{SIZE, failed, heading, high, items, printable, readable, wide, words};
use crate::error::Error;
use crate::ground::Ground;
use crate::model::Points;
use crate::report::kit::print::Paper;
use crate::report::kit::style::{self, BODY, HEAD};
use crate::scheme::{Figures, Line, Scheme, Side};

/// Headings and widths in half-width characters.
const COLUMNS: [(&str, u32); 10] = [
    ("编号", 8),
    ("一级指标", 14),
    ("二级指标", 24),
    ("评价要求", 50),
    ("评分要点与分值", 46),
    ("加分上限", 4),
    ("减分上限", 4),
    ("加分可填", 24),
    ("减分可填", 16),
    ("前提与互斥", 16),
];
const DIMENSION: u16 = 1;
const BONUS: u16 = 5;
const DEDUCTION: u16 = 6;
const LAST: u16 = 9;

/// 指标体系.xlsx: the lines on the first sheet, everything else on 规则, and the items of self-assessments on 自评事项.
///
/// # Errors
/// The workbook cannot be made.
pub fn table(ground: &Ground) -> Result<Vec<u8>, Error> {
    let scheme = &ground.scheme;
    let write = || -> Result<Vec<u8>, XlsxError> {
        let title = format!("{}年{}指标体系", scheme.year, scheme.title);
        let mut workbook = style::workbook(&title, None)?;
        lines(
            workbook.add_worksheet().set_name("指标体系")?,
            scheme,
            &title,
        )?;
        rules(&mut workbook, scheme)?;
        items::sheet(&mut workbook, ground)?;
        style::saved(&mut workbook)
    };
    write().map_err(|error| failed("指标体系", &error))
}

/// The lines alone.
///
/// # Errors
/// The workbook cannot be made.
pub fn line_table(scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = style::workbook("", None)?;
        lines(workbook.add_worksheet(), scheme, "")?;
        style::saved(&mut workbook)
    };
    write().map_err(|error| failed("指标体系", &error))
}

/// What can be given on one side of a line; a dash where nothing can.
fn attainable(side: &Side) -> String {
    if side.is_open() {
        side.in_words()
    } else {
        "—".to_owned()
    }
}

/// The texts of a line, by column; the caps are numbers and stand elsewhere.
fn texts(scheme: &Scheme, line: &Line) -> [String; 10] {
    [
        line.code.clone(),
        dimension_title(scheme, line),
        scheme.indicator(line).title.clone(),
        scheme.requirement_in_short(line).trim().to_owned(),
        words::criteria(line).join("\n"),
        String::new(),
        String::new(),
        // What a rule works out has no list of its own: the rule stands beside it.
        match &line.value {
            Some(_) => "由填报内容算出".to_owned(),
            None => attainable(&line.bonus),
        },
        attainable(&line.deduction),
        words::conditions(scheme, line),
    ]
}

/// The columns that something fills: what can be given and what depends on what are left out where there is none.
fn kept(scheme: &Scheme) -> Vec<usize> {
    let says = |at: usize| {
        let mut lines = scheme.lines.iter().map(|line| texts(scheme, line));
        lines.any(|texts| !matches!(texts[at].as_str(), "" | "—"))
    };
    let fixed = usize::from(DEDUCTION);
    (0..COLUMNS.len())
        .filter(|at| *at <= fixed || says(*at))
        .collect()
}

/// 一级指标 of a line, and before it the class of objects whose line it is; nothing where there is neither.
fn dimension_title(scheme: &Scheme, line: &Line) -> String {
    let dimension = scheme.dimension(line);
    let title = if scheme.has_dimensions() {
        format!("{}.{}", dimension.id, dimension.title)
    } else {
        String::new()
    };
    match line.class.and_then(|class| scheme.classes.get(class)) {
        Some(class) => format!("{}\n{title}", class.name),
        None => title,
    }
}

fn lines(sheet: &mut Worksheet, scheme: &Scheme, title: &str) -> Result<(), XlsxError> {
    let title_look = style::font(HEAD, 18.0).set_align(FormatAlign::Center);
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    let centred = body.clone().set_align(FormatAlign::Center);
    let head = style::boxed(HEAD, SIZE);
    let kept = kept(scheme);
    let last = u16::try_from(kept.len() - 1).unwrap_or(LAST);
    sheet.merge_range(0, 0, 0, last, title, &title_look)?;
    sheet.set_row_height(0, 32.0)?;
    let widths = readable(kept.iter().map(|at| COLUMNS[*at].1), Paper::A4Landscape);
    for ((at, column), width) in (0_u16..).zip(&kept).zip(&widths) {
        let name = COLUMNS[*column].0;
        sheet.set_column_width_pixels(at, width.pixels(SIZE))?;
        sheet.write_string_with_format(1, at, name, &heading())?;
    }
    sheet.set_row_height(1, 34.0)?;
    let mut row = 2;
    for (number, part) in scheme.parts.iter().enumerate() {
        if !part.id.is_empty() {
            let weight = part
                .percent
                .map_or(String::new(), |percent| format!("（占总分的{percent}）"));
            let (bonus, of_classes) = full_of_part(scheme, number);
            let name = format!("{}.{}{weight}{of_classes}", part.id, part.title);
            sums(sheet, (row, last), &name, (bonus, part.deduction), &head)?;
            row += 1;
        }
        let first = row;
        let lines: Vec<&Line> = scheme.lines_of(number).map(|(_, line)| line).collect();
        for line in &lines {
            let texts = texts(scheme, line);
            let mut most = 1;
            for ((at, column), width) in (0_u16..).zip(&kept).zip(&widths) {
                let text = &texts[*column];
                match at {
                    BONUS => cap(sheet, (row, at), line.bonus.cap, &centred)?,
                    DEDUCTION => cap(sheet, (row, at), line.deduction.cap, &centred)?,
                    _ => {
                        let look = if at == 0 { &centred } else { &body };
                        sheet.write_string_with_format(row, at, style::cell_text(text), look)?;
                    }
                }
                if at != DIMENSION {
                    most = most.max(style::wrapped_lines(text, wide(width)));
                }
            }
            sheet.set_row_height(row, high(most))?;
            row += 1;
        }
        merge_dimensions(sheet, scheme, first, &lines, &centred)?;
    }
    let full = (Some(scheme.full_bonus()), scheme.full_deduction());
    sums(sheet, (row, last), "合计", full, &head)?;
    sheet.ignore_error_range(
        2,
        0,
        row,
        0,
        rust_xlsxwriter::IgnoreError::NumberStoredAsText,
    )?;
    sheet.set_print_area(0, 0, row, last)?;
    printable(sheet, 1, Paper::A4Landscape, "")
}

fn cap(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cap: Points,
    look: &Format,
) -> Result<(), XlsxError> {
    sheet.write_number_with_format(row, at, style::number(cap.decimal()), look)?;
    Ok(())
}

/// What a part (an index) comes to at most, by weights and caps; of several classes of objects each has its own, which is
/// said behind its title.
fn full_of_part(scheme: &Scheme, part: usize) -> (Option<Points>, String) {
    if scheme.classes.is_empty() {
        let full = Figures::full(scheme, None).parts[part].rounded(scheme.precision);
        return (Some(full), String::new());
    }
    (None, format!("（{}分）", scheme.full_of_part(part)))
}

/// The row of a part or of the whole, with what its caps add up to.
fn sums(
    sheet: &mut Worksheet,
    (row, last): (u32, u16),
    name: &str,
    caps: (Option<Points>, Points),
    look: &Format,
) -> Result<(), XlsxError> {
    let centred = look.clone().set_align(FormatAlign::Center);
    sheet.merge_range(row, 0, row, BONUS - 1, name, look)?;
    match caps.0 {
        Some(bonus) => cap(sheet, (row, BONUS), bonus, &centred)?,
        None => {
            sheet.write_string_with_format(row, BONUS, "—", &centred)?;
        }
    }
    cap(sheet, (row, DEDUCTION), caps.1, &centred)?;
    for at in DEDUCTION + 1..=last {
        sheet.write_blank(row, at, look)?;
    }
    sheet.set_row_height(row, 21.0)?;
    Ok(())
}

/// 一级指标 once over the lines that share it.
fn merge_dimensions(
    sheet: &mut Worksheet,
    scheme: &Scheme,
    first: u32,
    lines: &[&Line],
    look: &Format,
) -> Result<(), XlsxError> {
    let mut row = first;
    for run in
        lines.chunk_by(|one, next| (one.dimension, one.class) == (next.dimension, next.class))
    {
        let below = row + u32::try_from(run.len()).unwrap_or(u32::MAX);
        if run.len() > 1 {
            let title = dimension_title(scheme, run[0]);
            sheet.merge_range(row, DIMENSION, below - 1, DIMENSION, &title, look)?;
        }
        row = below;
    }
    Ok(())
}

fn rules(workbook: &mut Workbook, scheme: &Scheme) -> Result<(), XlsxError> {
    const WIDTHS: [u32; 2] = [18, 70];
    let sheet = workbook.add_worksheet().set_name("规则")?;
    let head = style::boxed(HEAD, SIZE);
    let body = style::boxed(BODY, SIZE).set_text_wrap();
    let widths = readable(WIDTHS.into_iter(), Paper::A4Portrait);
    for ((at, name), width) in (0_u16..).zip(["项目", "内容"]).zip(&widths) {
        sheet.set_column_width_pixels(at, width.pixels(SIZE))?;
        sheet.write_string_with_format(0, at, name, &heading())?;
    }
    for (row, (name, text)) in (1_u32..).zip(words::rules(scheme)) {
        sheet.write_string_with_format(row, 0, name, &head)?;
        sheet.write_string_with_format(row, 1, style::cell_text(&text), &body)?;
        sheet.set_row_height(row, high(style::wrapped_lines(&text, 66)))?;
    }
    printable(sheet, 0, Paper::A4Portrait, "")
}

/// The same as plain text for a terminal with Chinese characters two columns wide. Ends with a line break.
#[must_use]
pub fn text(ground: &Ground) -> String {
    let scheme = &ground.scheme;
    let mut all: Vec<String> = Vec::new();
    let code_width = scheme
        .lines
        .iter()
        .map(|line| line.code.width_cjk())
        .max()
        .unwrap_or(0)
        .max(4);
    let title_width = scheme
        .indicators
        .iter()
        .map(|indicator| indicator.title.width_cjk())
        .max()
        .unwrap_or(0)
        .clamp(8, 44);
    let row = |code: &str, title: &str, caps: (&str, &str), rest: &str| {
        format!(
            "{}  {}  {}  {}  {rest}",
            padded(code, code_width),
            padded(title, title_width),
            right(caps.0, 5),
            right(caps.1, 5)
        )
    };
    for (number, part) in scheme.parts.iter().enumerate() {
        if !part.id.is_empty() {
            let caps = if scheme.has_deductions() && scheme.part_adds_up(number) {
                format!("加分{}，减分{}", part.bonus, part.deduction)
            } else {
                format!("满分{}分", scheme.full_of_part(number))
            };
            all.push(format!("{}.{}（{caps}）", part.id, part.title));
        }
        all.push(row("编号", "二级指标", ("加分", "减分"), "可填"));
        let mut dimension = None;
        for (_, line) in scheme.lines_of(number) {
            let above = dimension_title(scheme, line).replace('\n', "：");
            if dimension.as_ref() != Some(&above) {
                if !above.is_empty() {
                    all.push(format!("[{above}]"));
                }
                dimension = Some(above);
            }
            let caps = (line.bonus.cap.to_string(), line.deduction.cap.to_string());
            let title = &scheme.indicator(line).title;
            if title.width_cjk() > title_width {
                // Too long for its column: on a line of its own, the figures below.
                all.push(format!("{}  {title}", padded(&line.code, code_width)));
                all.push(row("", "", (&caps.0, &caps.1), &scheme.hint(line)));
            } else {
                all.push(row(
                    &line.code,
                    title,
                    (&caps.0, &caps.1),
                    &scheme.hint(line),
                ));
            }
            let indent = " ".repeat(code_width + 2);
            for criterion in words::criteria(line) {
                all.push(format!("{indent}- {criterion}"));
            }
            let conditions = words::conditions(scheme, line);
            if !conditions.is_empty() {
                all.push(format!("{indent}- {conditions}"));
            }
        }
        all.push(String::new());
    }
    let rules = words::rules(scheme);
    let widest = rules
        .iter()
        .map(|(name, _)| name.width_cjk())
        .max()
        .unwrap_or(0);
    for (name, text) in rules {
        all.push(format!("{}  {text}", padded(name, widest)));
    }
    all.extend(items::lines(ground));
    let lines: Vec<&str> = all.iter().map(|line| line.trim_end()).collect();
    lines.join("\n") + "\n"
}

/// `text` followed by blanks up to `width` columns.
fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width_cjk());
    format!("{text}{}", " ".repeat(blanks))
}

/// `text` preceded by blanks up to `width` columns.
fn right(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width_cjk());
    format!("{}{text}", " ".repeat(blanks))
}
