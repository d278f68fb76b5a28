//! 填报核对清单: one row per finding, never folded, with a column for what is to be done.

use std::iter;

use crate::finding::{Said, Severity, glance};
use crate::rank::Standings;
use crate::report::kit::table::Tone;
use crate::report::kit::{
    Cell, Column, Layout, Look, Row, Table, Topic, columns, file_text, words,
};

fn columns() -> Vec<Column> {
    columns![
        ("序号", 5, Look::Whole),
        ("级别", 6, Look::Centre),
        (Topic::Object, 16, Look::Left),
        ("评价人", 8, Look::Left),
        ("文件", 20, Look::Left),
        ("工作表", 8, Look::Left),
        ("单元格", 6, Look::Centre),
        ("指标", 18, Look::Left),
        ("问题", 28, Look::Left),
        ("填报内容", 12, Look::Left),
        ("允许范围", 14, Look::Left),
        ("处理建议", 28, Look::Left),
        ("备注", 10, Look::Left),
    ]
}

/// What weighs most first, and of that root causes.
#[must_use]
pub fn in_order(findings: impl Iterator<Item = Said>) -> Vec<Said> {
    let mut findings: Vec<Said> = findings.collect();
    glance::root_first(&mut findings);
    findings
}

/// The table; above it how many there are of what.
#[must_use]
pub fn table(
    standings: &Standings<'_>,
    title: String,
    findings: impl Iterator<Item = Said>,
) -> Table {
    let findings = in_order(findings);
    let lead = match findings.len() {
        0 => Vec::new(),
        count => iter::once(format!("共{count}处，按级别和原因："))
            .chain(glance::lines(&findings))
            .collect(),
    };
    let rows: Vec<Row> = (1..)
        .zip(&findings)
        .map(|(number, finding)| row(standings, number, finding))
        .collect();
    let notes = if rows.is_empty() {
        Vec::new()
    } else {
        // No run reads the list again, and what is written into it must not be thought lost.
        vec![
            "备注栏供经办人随手记录，不会被读取；重新运行会生成新表，旧表另存。要让处理起作用，请填“处理登记.xlsx”，放进收件文件夹后重新运行。"
                .to_owned(),
        ]
    };
    Table {
        name: "填报核对清单",
        lead,
        rows,
        empty: "没有需要核对的问题。",
        notes,
        ..words::table(standings, title, columns(), Layout::list(10.5, 3))
    }
}

fn row(standings: &Standings<'_>, number: usize, finding: &Said) -> Row {
    let scheme = &standings.ground.scheme;
    let place = &finding.place;
    let line = finding.line.as_deref().unwrap_or_default();
    let line = scheme
        .lines
        .iter()
        .find(|known| known.code == line)
        .map_or_else(|| line.to_owned(), |known| scheme.title(known));
    Row::new(vec![
        Cell::whole(number),
        Cell::text(finding.severity.label()).toned(tone(finding.severity)),
        Cell::text(finding.society.as_deref().unwrap_or_default()),
        Cell::text(finding.reviewer.as_deref().unwrap_or_default()),
        // Some are about a list, or about all files: there is nothing to open.
        Cell::text(file_text(&place.file, &place.within)),
        Cell::text(&place.sheet),
        Cell::text(place.cell.map_or(String::new(), |cell| cell.to_string())),
        Cell::text(line),
        Cell::text(format!("{}（{}）", finding.message, finding.code.id)),
        Cell::text(&finding.found),
        Cell::text(&finding.allowed),
        Cell::text(&finding.next),
        Cell::blank(),
    ])
}

/// Only beside the word.
#[must_use]
pub const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Wrong,
        Severity::Warning => Tone::Doubtful,
        Severity::Note => Tone::Plain,
    }
}
