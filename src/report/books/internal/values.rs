//! 逐项明细: every value that was scored, with the cell it was read from. More rows than a person opens as a sheet are
//! written as data beside the workbook, and the sheet says so.

use std::io::{self, Write};

use super::which;
use crate::model::{CellRef, FormKey, LineId};
use crate::rank::Standings;
use crate::report::kit::{
    Cell, Column, Layout, Links, Look, Own, Row, Table, csv, file_text, steps, words,
};
use crate::scheme::{Line, Scheme, Side};
use crate::settle::{SettledForm, SettledLine};

const COLUMNS: [(&str, u32, Look); 15] = [
    ("表号", 5, Look::Whole),
    ("分组", 6, Look::Centre),
    ("学会", 18, Look::Left),
    ("评价人", 8, Look::Left),
    ("状态", 8, Look::Centre),
    ("编号", 7, Look::Centre),
    ("二级指标", 30, Look::Left),
    ("加分", 7, Look::Plain),
    ("加分单元格", 7, Look::Centre),
    ("减分", 7, Look::Plain),
    ("减分单元格", 7, Look::Centre),
    ("佐证材料", 20, Look::Left),
    ("评分说明", 20, Look::Left),
    ("文件", 36, Look::Left),
    ("工作表", 10, Look::Left),
];

/// Rows that a person still opens, sorts and filters without waiting: those of some 900 forms.
const MOST: usize = 20_000;

/// Rows of one file of data: as many as every office program opens.
const MOST_IN_FILE: usize = 1_000_000;

/// How the rows are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Sheet,
    /// Beside the workbook: so many rows in so many files.
    Data {
        rows: usize,
        files: usize,
    },
}

impl Where {
    fn of(rows: usize, most: usize) -> Self {
        if rows <= most {
            return Self::Sheet;
        }
        let files = rows.div_ceil(MOST_IN_FILE);
        Self::Data { rows, files }
    }

    fn of_all(standings: &Standings<'_>) -> Self {
        Self::of(listed(standings).count(), MOST)
    }
}

/// How many files of data there are beside the workbook; none where the sheet has room for all.
#[must_use]
pub fn files(standings: &Standings<'_>) -> usize {
    match Where::of_all(standings) {
        Where::Sheet => 0,
        Where::Data { files, .. } => files,
    }
}

/// What such a file (counted from 0) is called.
#[must_use]
pub fn file_name(file: usize) -> String {
    match file {
        0 => "0-逐项明细（内部）.csv".to_owned(),
        file => format!("0-逐项明细（内部）-{}.csv", file + 1),
    }
}

/// Writes such a file: the rows that the sheet would have, with its columns.
///
/// # Errors
/// What `to` refuses.
pub fn write(standings: &Standings<'_>, file: usize, to: &mut dyn Write) -> io::Result<()> {
    let own = Own::of(&standings.ground.scheme);
    // A file of values has no links.
    let rows = rows(standings, None).skip(file * MOST_IN_FILE);
    let table = blank(standings, String::new());
    csv::write(&own, &table, rows.take(MOST_IN_FILE), to)
}

/// The table; of what is not scored nothing is listed here.
#[must_use]
pub fn table(standings: &Standings<'_>, title: String) -> Table {
    within(standings, title, Where::of_all(standings))
}

fn within(standings: &Standings<'_>, title: String, place: Where) -> Table {
    let table = blank(standings, title);
    match place {
        Where::Sheet => Table {
            rows: rows(standings, Some(&Links::of(standings))).collect(),
            empty: "没有计入的评价表。",
            ..table
        },
        Where::Data { rows, files } => Table {
            lead: vec![elsewhere(rows, files)],
            ..table
        },
    }
}

/// Where the rows are, in words.
fn elsewhere(rows: usize, files: usize) -> String {
    let names: Vec<String> = (0..files)
        .map(|file| format!("“{}”", file_name(file)))
        .collect();
    format!(
        "逐项明细共{rows}行，超过一张工作表便于打开的{MOST}行，没有列在这里，列和行照旧写在同一目录的{}里，双击即可用 Excel 或 WPS 打开、筛选。只看一个学会的，请看所在组的汇总表“各表逐项”；程序请读 data/results.json，或运行时加 --export。",
        names.join("、")
    )
}

/// The table without its rows.
fn blank(standings: &Standings<'_>, title: String) -> Table {
    let mut columns = Column::all(COLUMNS);
    if standings.before.is_some() {
        columns.push(Column::new("更正", 24, Look::Left));
    }
    Table {
        name: "逐项明细",
        unit: "单位：分",
        ..words::table(standings, title, columns, Layout::list(10.5, 4))
    }
}

/// The forms and lines that are listed.
fn listed<'s>(
    standings: &'s Standings<'_>,
) -> impl Iterator<Item = (FormKey, &'s SettledForm, LineId, &'s SettledLine, &'s Line)> {
    let scored = standings
        .forms
        .entries()
        .filter(|(_, form)| form.is_scored());
    scored.flat_map(|(key, form)| {
        let class = form
            .society
            .and_then(|society| standings.ground.roster.societies[society].class);
        form.lines
            .entries()
            .zip(&standings.ground.scheme.lines)
            .filter(move |(_, line)| Scheme::is_line_of(line, class))
            .map(move |((at, settled), line)| (key, form, at, settled, line))
    })
}

/// One row after the other.
fn rows<'s>(
    standings: &'s Standings<'_>,
    links: Option<&'s Links>,
) -> impl Iterator<Item = Row> + 's {
    listed(standings).map(move |(key, form, at, settled, line)| {
        let mut row = row(standings, links, (key, form), (line, settled));
        if standings.before.is_some() {
            row.cells.push(Cell::text(corrected(standings, form, at)));
        }
        row
    })
}

/// What the points of a line were before they were corrected, and by which row.
fn corrected(standings: &Standings<'_>, form: &SettledForm, line: LineId) -> String {
    let own = form.amended.iter().filter(|one| one.line == line);
    let from: Vec<String> = own
        .map(|one| format!("{}原{}", one.half.label(), one.from))
        .collect();
    if from.is_empty() {
        return String::new();
    }
    let by = words::amended(standings, form, |one| one.line == line);
    format!("{}，{by}", from.join("、"))
}

fn row(
    standings: &Standings<'_>,
    links: Option<&Links>,
    (key, form): (FormKey, &SettledForm),
    (line, settled): (&Line, &SettledLine),
) -> Row {
    let ground = standings.ground;
    // Where nothing can be given there is nothing to look up.
    let cell = |cell: Option<CellRef>, side: &Side, by_formula: bool| {
        let by = if by_formula { "（公式）" } else { "" };
        let shown = cell.filter(|_| side.is_open());
        Cell::text(shown.map_or(String::new(), |cell| format!("{cell}{by}")))
    };
    let [bonus_by_formula, deduction_by_formula] = settled.by_formula;
    let (path, within) = (&form.place.file, &form.place.within);
    let file = links.map_or_else(
        || Cell::text(file_text(path, within)),
        |links| links.cell(path, within),
    );
    let mut cells = which(standings, key, form);
    cells.extend([
        Cell::text(form.state.label()),
        Cell::text(&line.code),
        Cell::text(&ground.scheme.indicator(line).title),
        Cell::exact_or_dash(settled.bonus.as_ref().filter(|_| line.bonus.is_open())),
        cell(settled.bonus_cell, &line.bonus, bonus_by_formula),
        Cell::exact_or_dash(
            settled
                .deduction
                .as_ref()
                .filter(|_| line.deduction.is_open()),
        ),
        cell(
            settled.deduction_cell,
            &line.deduction,
            deduction_by_formula,
        ),
        Cell::text(&*settled.evidence),
        Cell::text(said(standings, line, settled)),
        file,
        Cell::text(&form.place.sheet),
    ]);
    Row::new(cells)
}

/// 评分说明, and before it how points came about that were worked out.
fn said(standings: &Standings<'_>, line: &Line, settled: &SettledLine) -> String {
    let step = steps::step(&standings.ground.scheme, line, settled);
    match step {
        Some(step) if settled.remark.is_empty() => step,
        Some(step) => format!("{step}；{}", settled.remark),
        None => settled.remark.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_IN_FILE, Where, file_name, listed, within, write};
    use crate::report::kit::sample;
    use crate::report::kit::table::Content;

    #[test]
    fn what_no_person_opens_is_written_as_data_and_the_sheet_says_so() {
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        let all = listed(&standings).count();
        assert!(all > 10);
        let title = || "明细".to_owned();
        // Just as many as a sheet takes, and one more.
        assert_eq!(Where::of(all, all), Where::Sheet);
        let sheet = within(&standings, title(), Where::of(all, all));
        assert_eq!((sheet.rows.len(), sheet.lead.len()), (all, 0));
        let data = Where::of(all, all - 1);
        assert_eq!(
            data,
            Where::Data {
                rows: all,
                files: 1
            }
        );
        let told = within(&standings, title(), data);
        assert!(told.rows.is_empty());
        let said = &told.lead[0];
        assert!(
            said.contains(&format!("共{all}行")) && said.contains(&file_name(0)),
            "{said}"
        );
        // Nothing is lost on the way: the same cells, row by row.
        let mut to = Vec::new();
        write(&standings, 0, &mut to).expect("written");
        let mut read = ::csv::Reader::from_reader(&to["\u{feff}".len()..]);
        let heads: Vec<String> = read
            .headers()
            .expect("heads")
            .iter()
            .map(str::to_owned)
            .collect();
        let cell = heads
            .iter()
            .position(|head| head == "加分单元格")
            .expect("the cell");
        let read: Vec<::csv::StringRecord> =
            read.records().collect::<Result<_, _>>().expect("rows");
        assert_eq!(read.len(), all);
        for (record, row) in read.iter().zip(&sheet.rows) {
            let on_sheet = match &row.cells[cell].content {
                Content::Text(text) => text.as_ref(),
                _ => "",
            };
            assert_eq!(&record[cell], on_sheet);
        }
        assert!(read.iter().any(|record| !record[cell].is_empty()));
    }

    #[test]
    fn more_than_an_office_program_opens_is_several_files() {
        let most = MOST_IN_FILE;
        for (rows, files) in [(most, 1), (most + 1, 2), (2 * most + 1, 3)] {
            assert_eq!(Where::of(rows, 5), Where::Data { rows, files });
        }
        assert_eq!(file_name(1), "0-逐项明细（内部）-2.csv");
    }
}
