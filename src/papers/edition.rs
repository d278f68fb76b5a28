//! 方案对照: what one scheme says otherwise than another, to be printed and talked about.

use rust_xlsxwriter::XlsxError;

use super::{Binder, made};
use crate::edition::{Diff, Fate, Trial};
use crate::error::Error;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic};

/// What the file is called.
pub const TITLE: &str = "方案对照";

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(diff: &Diff) -> Result<Vec<u8>, Error> {
    made(TITLE, build(diff))
}

fn build(diff: &Diff) -> Result<Vec<u8>, XlsxError> {
    let mut binder = Binder::new(TITLE, None, None)?;
    lines(&mut binder, diff)?;
    rules(&mut binder, diff)?;
    if !diff.trials.is_empty() {
        trials(&mut binder, diff)?;
    }
    binder.bytes()
}

fn which(diff: &Diff) -> String {
    format!(
        "原方案：{}年 {}　新方案：{}年 {}",
        diff.from.year, diff.from.id, diff.to.year, diff.to.id
    )
}

fn lines(binder: &mut Binder, diff: &Diff) -> Result<(), XlsxError> {
    let columns = vec![
        Column::new("原编号", 8, Look::Centre),
        Column::new("新编号", 8, Look::Centre),
        Column::new(Topic::Indicator, 28, Look::Left),
        Column::new("变化", 14, Look::Centre),
        Column::new("改了什么", 14, Look::Left),
        Column::new("原方案", 46, Look::Left),
        Column::new("新方案", 46, Look::Left),
    ];
    let mut sheet = Binder::sheet("指标对照", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 15.0;
    sheet.head("评价方案对照：指标", &which(diff), "");
    let code = |code: &Option<String>| Cell::text(code.as_deref().unwrap_or("—"));
    for line in diff.lines.iter().filter(|line| line.fate != Fate::Same) {
        let head = || {
            vec![
                code(&line.from_code),
                code(&line.to_code),
                Cell::text(match &line.class {
                    Some(class) => format!("{class}：{}", line.title),
                    None => line.title.clone(),
                }),
                Cell::text(line.fate.label()),
            ]
        };
        if line.changes.is_empty() {
            sheet.row(Row::new(head()));
        }
        for change in &line.changes {
            let mut cells = head();
            cells.extend([
                Cell::text(&change.what),
                Cell::text(&change.from),
                Cell::text(&change.to),
            ]);
            sheet.row(Row::new(cells));
        }
    }
    sheet.table.empty = "各评分行都没有变化。";
    sheet.notes(vec![format!(
        "注：不变{}行，有改动{}行，新增{}行，取消{}行。编号和名称都对不上的不可比，不当作0分。",
        diff.count(Fate::Same),
        diff.count(Fate::Changed),
        diff.count(Fate::Added),
        diff.count(Fate::Removed)
    )]);
    sheet.frozen(3);
    binder.add(sheet)
}

fn rules(binder: &mut Binder, diff: &Diff) -> Result<(), XlsxError> {
    let columns = vec![
        Column::new("项目", 18, Look::Left),
        Column::new("原方案", 66, Look::Left),
        Column::new("新方案", 66, Look::Left),
    ];
    let mut sheet = Binder::sheet("规则对照", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 15.0;
    sheet.head("评价方案对照：规则", &which(diff), "");
    for rule in &diff.rules {
        sheet.row(Row::new(vec![
            Cell::text(&rule.what),
            Cell::text(&rule.from),
            Cell::text(&rule.to),
        ]));
    }
    sheet.table.empty = "各项规则都没有变化。";
    sheet.frozen(1);
    binder.add(sheet)
}

fn trials(binder: &mut Binder, diff: &Diff) -> Result<(), XlsxError> {
    let had = diff.trials.iter().any(|one| !one.had().is_empty());
    let mut columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&diff.object, 28, Look::Left),
        Column::new("原总分", 9, Look::Points(diff.precision)),
    ];
    if had {
        columns.push(Column::new(
            &format!("原{}", diff.level.0),
            10,
            Look::Centre,
        ));
    }
    columns.extend([
        Column::new("可比部分（原方案）", 12, Look::Points(diff.precision)),
        Column::new("可比部分（新方案）", 12, Look::Points(diff.precision)),
    ]);
    if !diff.level.1.is_empty() {
        let head = format!("新方案{}", diff.level.1);
        columns.push(Column::new(&head, 10, Look::Centre));
    }
    columns.extend([
        Column::new("不可比的原评分行", 26, Look::Left),
        Column::new("不可比的新评分行", 26, Look::Left),
    ]);
    let mut sheet = Binder::sheet("试算", columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 18.0;
    sheet.head("评价方案对照：按新方案试算", &which(diff), "单位：分");
    for (at, one) in diff.trials.iter().enumerate() {
        sheet.row(trial(diff, had, at, one));
    }
    let level = diff.level.1;
    let withheld = if level.is_empty() {
        String::new()
    } else {
        format!("；有不可比的不给出{level}")
    };
    let quota = if diff.has_quotas {
        "新方案的名额、一票否决不参加试算，等次只按总分。"
    } else {
        ""
    };
    sheet.notes(vec![format!(
        "注：用原来的评价表按新方案试算，只供比较，不是评价结果。编号、名称对不上的，分数超过新上限或按新要点得不出的，都不可比，不当作0分{withheld}。{quota}"
    )]);
    sheet.frozen(2);
    binder.add(sheet)
}

fn trial(diff: &Diff, had: bool, at: usize, one: &Trial) -> Row {
    let alone = |codes: &[String]| {
        if codes.is_empty() {
            Cell::text("无")
        } else {
            Cell::text(codes.join("、"))
        }
    };
    let mut cells = vec![
        Cell::whole(at + 1),
        Cell::text(&one.society),
        Cell::points(one.total),
    ];
    if had {
        cells.push(Cell::text(one.had()));
    }
    cells.extend([
        one.comparable
            .map_or_else(|| Cell::text("不可比"), |(old, _)| Cell::points(old)),
        one.comparable
            .map_or_else(|| Cell::text("不可比"), |(_, new)| Cell::points(new)),
    ]);
    if !diff.level.1.is_empty() {
        cells.push(Cell::text(
            one.would_have().unwrap_or_else(|| "不可比".to_owned()),
        ));
    }
    cells.extend([alone(&one.old_alone), alone(&one.new_alone)]);
    Row::new(cells)
}
