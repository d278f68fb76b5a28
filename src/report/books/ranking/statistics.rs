//! 统计分析: how stars, dimensions and groups are spread, as small tables with charts that print.
//!
//! Shown, never applied: no score is changed by anything here. The charts are native and draw from the tables;
//! marks and hatching tell their series apart without colour.

mod groups;

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartPatternFill,
    ChartPatternFillType, XlsxError,
};

pub use groups::table as groups;

use crate::rank::{Standing, Standings};
use crate::report::kit::{
    Book, Cell, Column, Layout, Look, Row, Sheet, Table, Topic, columns, mean, style, words,
};

/// Columns of the tables; the charts stand right of them.
const TABLE: u16 = 7;
const CHART_WIDTH: u32 = 392;
/// So that two of the charts stand on a page.
const CHART_HEIGHT: u32 = 234;
/// Row heights in points that a chart covers, and a little more: offices differ in how high a row comes out.
const CHART_POINTS: f64 = CHART_HEIGHT as f64 * 0.75 + 4.0;
/// Points of a row, so that two of the tables stand on a page.
const ROW: f64 = 14.0;

/// Rows of a table in the sheet, first and last.
type Span = (u32, u32);

/// Adds the sheet: the tables one below the other, each with its chart.
pub(super) fn add(book: &mut Book, standings: &Standings<'_>) -> Result<(), XlsxError> {
    let columns = vec![
        Column::new("", 7, Look::Centre),
        Column::new("", 18, Look::Fitted),
        Column::new("", 8, Look::Whole),
        Column::new("", 8, Look::Whole),
        Column::new("", 8, Look::Whole),
        Column::new("", 8, Look::Whole),
        Column::new("", 8, Look::Whole),
        // As wide as the charts.
        Column::new("", 58, Look::Left),
    ];
    let mark = book.mark().map(str::to_owned);
    let mut sheet = book.sheet("统计分析", columns, style::SIZE)?;
    let title = words::title(standings, "统计分析");
    sheet.heading(
        mark.as_deref(),
        &title,
        &words::dated(standings),
        "单位：分",
    )?;
    sheet.rows(ROW);
    let name = sheet.name();
    let scheme = &standings.ground.scheme;
    if scheme.has_stars() {
        let table = stars(standings);
        let (top, span) = block(&mut sheet, &table)?;
        sheet.chart(top, TABLE, &chart_of_stars(&name, &table, span))?;
    }
    if scheme.has_dimensions() {
        let table = dimensions(standings);
        let (top, span) = block(&mut sheet, &table)?;
        sheet.chart(top, TABLE, &chart_of_dimensions(&name, &table, span))?;
    }
    if scheme.asks.groups {
        groups::add(&mut sheet, standings, &name)?;
    }
    let (means, apart) = if scheme.asks.groups {
        (
            "，各组平均＝本组总分之和÷个数",
            "；各组评分宽严的差异只作展示，不据以调整任何得分",
        )
    } else {
        ("", "")
    };
    let note = format!(
        "注：以上只统计列入名次的{}个{}，供审议参考：平均加分＝加分合计÷个数{means}{apart}。",
        standings.order.len(),
        scheme.object()
    );
    sheet.notes(&[note.as_str()])?;
    book.push(sheet)?;
    if scheme.asks.groups && groups::stand_apart(standings) {
        book.add(groups::sheet(standings))?;
    }
    Ok(())
}

fn ranked<'s>(standings: &'s Standings<'_>) -> Vec<&'s Standing> {
    standings
        .order
        .iter()
        .map(|society| &standings.societies[*society])
        .collect()
}

/// One of the small tables.
fn small(standings: &Standings<'_>, title: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        rows,
        ..words::table(standings, title.to_owned(), columns, Layout::paper(10.5, 0))
    }
}

/// A table with its heading, and beside it room for a chart that no page tears. Gives the rows of the table.
fn block(sheet: &mut Sheet, table: &Table) -> Result<(u32, Span), XlsxError> {
    sheet.gap(8.0)?;
    let top = sheet.next_row();
    sheet.subheading(&table.title)?;
    // Beside this the chart begins.
    let before = sheet.height();
    let heads: Vec<&str> = table.columns.iter().map(|one| one.head.as_str()).collect();
    sheet.small_header(&heads)?;
    let first = sheet.next_row();
    let looks: Vec<Look> = table.columns.iter().map(|column| column.look).collect();
    for row in &table.rows {
        sheet.row_as(row.clone(), &looks)?;
    }
    let last = sheet.next_row().saturating_sub(1).max(first);
    let missing = CHART_POINTS - (sheet.height() - before);
    if missing > 0.0 {
        sheet.gap(missing)?;
    }
    sheet.keep(top);
    Ok((top + 1, (first, last)))
}

fn font(chart: &mut ChartFont, size: f64) -> &mut ChartFont {
    chart.set_name(style::BODY).set_size(size)
}

/// Size, fonts and titles that all charts share.
fn dress(chart: &mut Chart, title: &str, alt: &str) {
    chart
        .set_width(CHART_WIDTH)
        .set_height(CHART_HEIGHT)
        .set_alt_text(alt);
    let mut head = ChartFont::new();
    head.set_name(style::HEAD).set_size(12.0).unset_bold();
    chart.title().set_name(title).set_font(&head);
    let mut small = ChartFont::new();
    font(&mut small, style::SIZE);
    chart.x_axis().set_font(&small);
    chart.y_axis().set_font(&small);
    chart.legend().set_font(&small);
}

/// Bars that print well: grey with a dark edge.
fn bars() -> ChartFormat {
    let mut format = ChartFormat::new();
    let mut fill = ChartPatternFill::new();
    fill.set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
        .set_foreground_color(0x0040_6080)
        .set_background_color(0x00FF_FFFF);
    format.set_pattern_fill(&fill);
    format.set_border(ChartLine::new().set_color(0x0020_2020).set_width(0.75));
    format
}

fn labels(number_format: &str) -> ChartDataLabel {
    let mut small = ChartFont::new();
    font(&mut small, style::SIZE);
    let mut label = ChartDataLabel::new();
    label
        .show_value()
        .set_num_format(number_format)
        .set_font(&small);
    label
}

/// How many societies have which star.
#[must_use]
pub fn stars(standings: &Standings<'_>) -> Table {
    let scheme = &standings.ground.scheme;
    let societies = ranked(standings);
    let rows: Vec<Row> = (0..=scheme.stars.most())
        .rev()
        .map(|star| {
            let with = societies
                .iter()
                .filter(|standing| {
                    standing
                        .result
                        .as_ref()
                        .is_some_and(|result| result.stars == star)
                })
                .count();
            Row::new(vec![
                Cell::stars(star),
                scheme.grade(star).map_or_else(Cell::dash, Cell::text),
                Cell::whole(with),
                Cell::number(share(Decimal::from(with), Decimal::from(societies.len()))),
            ])
        })
        .collect();
    let columns = columns![
        (Topic::Stars, 7, Look::Star),
        (Topic::Grade, 18, Look::Centre),
        (Topic::Count, 8, Look::Whole),
        ("占比", 8, Look::Rate),
    ];
    small(standings, "一、星级分布", columns, rows)
}

/// Where a column stands in the sheet: the tables begin at its left edge.
fn column(table: &Table, topic: Topic) -> u16 {
    let at = table.column(topic).and_then(|at| u16::try_from(at).ok());
    at.unwrap_or(u16::MAX)
}

fn chart_of_stars(name: &str, table: &Table, (first, last): Span) -> Chart {
    let (star, count) = (column(table, Topic::Stars), column(table, Topic::Count));
    let mut chart = Chart::new_column();
    chart
        .add_series()
        .set_name("个数")
        .set_categories((name, first, star, last, star))
        .set_values((name, first, count, last, count))
        .set_format(&mut bars())
        .set_gap(60)
        .set_data_label(&labels("0;;"));
    dress(
        &mut chart,
        "星级分布（横轴为星级，柱上为个数）",
        "各星级的个数",
    );
    chart.legend().set_hidden();
    chart.x_axis().set_reverse().set_num_format("0");
    chart
        .y_axis()
        .set_hidden(true)
        .set_min(0)
        .set_major_gridlines(false);
    chart
}

/// How much of what could be had was given, by dimension; where classes have lines of their own in it, class by class,
/// for nobody can have the lines of two.
#[must_use]
pub fn dimensions(standings: &Standings<'_>) -> Table {
    let scheme = &standings.ground.scheme;
    let precision = Look::Points(scheme.precision);
    let rows = (0..scheme.dimensions.len()).flat_map(|dimension| {
        let classes = scheme.classes_in(dimension).into_iter();
        classes.map(move |class| row_of_dimension(standings, dimension, class))
    });
    let rows: Vec<Row> = rows.collect();
    let columns = columns![
        ("部分", 7, Look::Centre),
        (Topic::Dimension, 18, Look::Fitted),
        (Topic::BonusCap, 8, Look::Plain),
        ("加分合计", 8, precision),
        ("平均加分", 8, precision),
        (Topic::Rate, 8, Look::Rate),
    ];
    let title = "二、一级指标平均得分率（加分平均数占加分上限的比例）";
    small(standings, title, columns, rows)
}

/// A dimension (an index), of one class or of all.
fn row_of_dimension(standings: &Standings<'_>, dimension: usize, class: Option<usize>) -> Row {
    let scheme = &standings.ground.scheme;
    let roster = &standings.ground.roster;
    let one = &scheme.dimensions[dimension];
    let lines = scheme.lines_of_class(class).map(|(_, line)| line);
    let cap: Decimal = lines
        .filter(|line| line.dimension == dimension)
        .map(|line| line.bonus.cap.decimal())
        .sum();
    let given: Vec<Decimal> = ranked(standings)
        .into_iter()
        .filter(|standing| class.is_none() || roster.societies[standing.society].class == class)
        .filter_map(|standing| standing.result.as_ref())
        .map(|result| result.score.dimension_bonus(scheme, dimension).quotient())
        .collect();
    let bonus = mean(given.iter().copied());
    let rate = bonus
        .filter(|_| !cap.is_zero())
        .map(|bonus| share(bonus, cap));
    let whose = class.and_then(|class| scheme.classes.get(class));
    let whose = whose.map_or_else(String::new, |class| format!("（{}）", class.name));
    Row::new(vec![
        Cell::text(words::part(&scheme.parts[one.part].id)),
        Cell::text(format!("{} {}{whose}", one.id, one.title)),
        Cell::number(cap),
        Cell::number(given.into_iter().sum()),
        bonus.map_or_else(Cell::dash, Cell::number),
        rate.map_or_else(Cell::dash, Cell::number),
    ])
}

fn chart_of_dimensions(name: &str, table: &Table, (first, last): Span) -> Chart {
    let (of, rate) = (column(table, Topic::Dimension), column(table, Topic::Rate));
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_name("平均得分率")
        .set_categories((name, first, of, last, of))
        .set_values((name, first, rate, last, rate))
        .set_format(&mut bars())
        .set_gap(50)
        .set_data_label(&labels("0%"));
    dress(&mut chart, "一级指标平均得分率", "各一级指标的平均得分率");
    chart.legend().set_hidden();
    // Of bars lying down the second axis is the one with the names. None of them is left out.
    let mut names = ChartFont::new();
    font(&mut names, 10.0);
    chart
        .y_axis()
        .set_reverse()
        .set_font(&names)
        .set_label_interval(1);
    // The numbers stand at the bars.
    chart
        .x_axis()
        .set_hidden(true)
        .set_min(0)
        .set_max(1)
        .set_major_gridlines(false);
    chart
}

/// A part of a whole; 0 of nothing.
fn share(part: Decimal, whole: Decimal) -> Decimal {
    if whole.is_zero() {
        Decimal::ZERO
    } else {
        part / whole
    }
}
