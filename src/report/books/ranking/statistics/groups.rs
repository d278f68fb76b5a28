//! How the groups differ: a small table with its chart, or, where there are more groups than a page and a chart hold, a
//! sheet of its own whose heads every page repeats.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, ChartFormat, ChartLine, ChartMarker, ChartMarkerType, XlsxError};

use super::{Span, TABLE, bars, block, column, dress, labels, small};
use crate::rank::Standings;
use crate::report::kit::{Cell, Layout, Look, Row, Sheet, Table, Topic, columns, style, words};

const TITLE: &str = "三、各组总分的平均与离散";
/// The sheet of its own.
const NAME: &str = "各组离散";
/// Groups that are told apart in a chart, and stand on a page.
const MOST: usize = 40;

/// Whether the groups are too many for a small table.
pub(super) fn stand_apart(standings: &Standings<'_>) -> bool {
    standings.spread.len() > MOST
}

/// The sheet of its own.
pub(super) fn sheet(standings: &Standings<'_>) -> Table {
    let table = table(standings);
    Table {
        name: NAME,
        title: words::title(standings, "各组总分的平均与离散"),
        unit: "单位：分",
        layout: Layout::list(10.5, 2),
        ..table
    }
}

/// How far the groups lie apart, as numbers and drawn.
pub(super) fn add(
    sheet: &mut Sheet,
    standings: &Standings<'_>,
    name: &str,
) -> Result<(), XlsxError> {
    if stand_apart(standings) {
        sheet.gap(8.0)?;
        sheet.subheading(TITLE)?;
        return sheet.say(&format!(
            "共{}组，另见工作表“{NAME}”。",
            standings.spread.len()
        ));
    }
    let table = table(standings);
    let (top, (first, _)) = block(sheet, &table)?;
    // Groups without a score stand behind the others, where the chart does not draw from.
    let scored = standings
        .spread
        .iter()
        .filter(|spread| spread.mean.is_some());
    let drawn = u32::try_from(scored.count()).unwrap_or(u32::MAX);
    if drawn > 0 {
        let span = (first, first.saturating_add(drawn - 1));
        let most = standings.ground.scheme.full_bonus().decimal();
        sheet.chart(top, TABLE, &chart_of_groups(name, &table, span, most))?;
    }
    Ok(())
}

/// How far the totals of a group's societies lie apart.
#[must_use]
pub fn table(standings: &Standings<'_>) -> Table {
    let scheme = &standings.ground.scheme;
    let precision = Look::Points(scheme.precision);
    // A group without a score is not at 0: it stands behind the others.
    let (scored, without): (Vec<_>, Vec<_>) = standings
        .spread
        .iter()
        .partition(|spread| spread.mean.is_some());
    let rows: Vec<Row> = scored
        .into_iter()
        .chain(without)
        .map(|spread| {
            let group = &standings.ground.roster.groups[spread.group];
            let apart = spread
                .highest
                .zip(spread.lowest)
                .map(|(high, low)| high - low);
            Row::new(vec![
                Cell::text(group.label()),
                Cell::text(&group.lead),
                Cell::whole(spread.ranked),
                spread.highest.map_or_else(Cell::dash, Cell::points),
                spread.lowest.map_or_else(Cell::dash, Cell::points),
                spread.mean.map_or_else(Cell::dash, Cell::number),
                apart.map_or_else(Cell::dash, Cell::points),
            ])
        })
        .collect();
    let columns = columns![
        (Topic::Group, 7, Look::Centre),
        (Topic::Lead, 18, Look::Fitted),
        (Topic::Count, 8, Look::Whole),
        (Topic::Highest, 8, precision),
        (Topic::Lowest, 8, precision),
        (Topic::Mean, 8, precision),
        ("极差", 8, precision),
    ];
    small(standings, TITLE, columns, rows)
}

fn chart_of_groups(name: &str, table: &Table, (first, last): Span, most: Decimal) -> Chart {
    let mut chart = Chart::new_line();
    let group = column(table, Topic::Group);
    for (topic, mark) in [
        (Topic::Highest, ChartMarkerType::Triangle),
        (Topic::Lowest, ChartMarkerType::Square),
        (Topic::Mean, ChartMarkerType::Diamond),
    ] {
        let column = column(table, topic);
        let mut marker = ChartMarker::new();
        let mut look = bars();
        marker.set_type(mark).set_size(8).set_format(&mut look);
        let mut line = ChartFormat::new();
        line.set_no_line();
        let series = chart.add_series();
        series
            .set_name((name, first.saturating_sub(1), column))
            .set_categories((name, first, group, last, group))
            .set_values((name, first, column, last, column))
            .set_marker(&marker)
            .set_format(&mut line);
        if topic == Topic::Mean {
            series.set_data_label(&labels("0"));
        }
    }
    // Joins the highest to the lowest of each group.
    chart.set_high_low_lines(true);
    dress(
        &mut chart,
        "各组最高、平均、最低总分",
        "各组的最高、平均和最低总分",
    );
    chart
        .legend()
        .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    let mut grid = ChartLine::new();
    grid.set_color(0x00D0_D0D0).set_width(0.5);
    chart
        .y_axis()
        .set_min(0)
        .set_max(style::number(most))
        .set_major_gridlines_line(&grid)
        .set_num_format("0");
    chart
}
