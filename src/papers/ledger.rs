//! 星级台账: who holds which star on a day, to be printed; every entry; and who is to be supported.

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

use super::group_label;
use super::made;
use super::{Binder, PaperSheet};
use crate::error::Error;
use crate::ground::Ground;
use crate::ledger::Ledger;
use crate::ledger::grading::Grading;
use crate::ledger::hold::{Holding, State};
use crate::outcome::Outcome;
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, words};
use crate::scheme::{Basis, Scheme};

/// What the file is called when nothing else is said.
pub const TITLE: &str = "星级台账";

/// What stands above a table on the left.
#[derive(Clone, Copy)]
struct Left<'l> {
    dated: &'l str,
    /// 校验码 of the last row, which is to be on every page.
    check: &'l str,
}

impl Left<'_> {
    fn head(self, sheet: &mut PaperSheet, title: &str, right: &'static str) {
        sheet.head(title, self.dated, right);
        sheet.table.lead = vec![self.check.to_owned()];
        sheet.table.layout.repeats_lead = true;
    }
}

/// The whole workbook.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(
    ground: &Ground,
    ledger: &Ledger,
    holdings: &[(&Holding, State)],
    on: Date,
    results: Option<&Outcome>,
) -> Result<Vec<u8>, Error> {
    made(TITLE, build(ground, ledger, holdings, on, results))
}

fn build(
    ground: &Ground,
    ledger: &Ledger,
    holdings: &[(&Holding, State)],
    on: Date,
    results: Option<&Outcome>,
) -> Result<Vec<u8>, XlsxError> {
    let scheme = &ground.scheme;
    let mut binder = Binder::new(TITLE, Some(on), None)?;
    let check = ledger.last_check().unwrap_or_else(|| "（空）".to_owned());
    let left = format!("截至：{}", crate::model::day::say(on));
    let check = format!("登记{}条　末条校验码：{check}", ledger.events.len());
    let left = Left {
        dated: &left,
        check: &check,
    };
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 34, Look::Left),
        Column::new(Topic::Stars, 7, Look::Star),
        Column::new(Topic::Grade, 7, Look::Centre),
        Column::new("起始日期", 17, Look::Centre),
        Column::new("有效期至", 17, Look::Centre),
        Column::new("状态", 10, Look::Centre),
        Column::new("最近一次登记", 24, Look::Left),
    ];
    let mut sheet = Binder::sheet(TITLE, columns);
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    sheet.table.layout.row_height = 20.0;
    left.head(&mut sheet, TITLE, "");
    for (at, (one, state)) in holdings.iter().enumerate() {
        let (kind, day) = one.last;
        let (stars, grade) = held(ground, one, *state);
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.society)),
            stars,
            grade,
            Cell::text(crate::model::day::say(one.from)),
            Cell::text(
                one.until
                    .map_or_else(|| "—".to_owned(), crate::model::day::say),
            ),
            Cell::text(state.label()),
            Cell::text(format!(
                "{}（{}）",
                kind.label(),
                crate::model::day::say(day)
            )),
        ]));
    }
    sheet.notes(vec![
        "注：由登记簿算出，不另存；等次按授予时的标准；星级调整不延长有效期。已到期、已撤销的不再有星级。"
            .to_owned(),
    ]);
    binder.sign(sheet, (&["制表人", "审核人", "负责人（签字）"], "单位"), 2)?;
    entries(&mut binder, scheme, ledger, left)?;
    support(&mut binder, ground, holdings, left)?;
    reports(&mut binder, ground, holdings, left)?;
    if let Some(outcome) = results.filter(|_| scheme.asks.groups) {
        work(&mut binder, ground, outcome, left.check)?;
    }
    binder.bytes()
}

fn held(ground: &Ground, one: &Holding, state: State) -> (Cell, Cell) {
    if state.is_in_force() {
        let grading = one.grading(&ground.scheme);
        let grade = grading.grade(one.stars).unwrap_or("—");
        (Cell::stars(one.stars), Cell::text(grade))
    } else {
        (Cell::dash(), Cell::dash())
    }
}

fn entries(
    binder: &mut Binder,
    scheme: &Scheme,
    ledger: &Ledger,
    left: Left<'_>,
) -> Result<(), XlsxError> {
    let columns = vec![
        Column::new("序号", 5, Look::Whole),
        Column::new("事件", 8, Look::Centre),
        Column::new(scheme.object(), 22, Look::Left),
        Column::new(Topic::Stars, 5, Look::Star),
        Column::new("生效日期", 11, Look::Centre),
        Column::new("登记日期", 11, Look::Centre),
        Column::new("有效期至", 11, Look::Centre),
        Column::new("依据和理由", 26, Look::Left),
        Column::new(
            &format!("整改期限和{}陈述", scheme.object()),
            22,
            Look::Left,
        ),
        // Cut by a line break they could not be compared.
        Column::new("来源编号", 19, Look::Centre),
        Column::new("校验码", 19, Look::Centre),
    ];
    let mut sheet = Binder::sheet("登记流水", columns);
    sheet.table.layout.row_height = 16.0;
    sheet.table.layout.paper = Some(Paper::A4Landscape);
    left.head(&mut sheet, "星级登记流水", "");
    for (at, (event, check)) in ledger.events.iter().zip(ledger.checks()).enumerate() {
        let society = if event.kind.names() {
            format!("{}→{}", event.society, event.new_name)
        } else {
            event.society.clone()
        };
        let together = |one: &str, other: &str| {
            let both: Vec<&str> = [one, other]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            both.join("；")
        };
        let deadline = event.deadline.map_or(String::new(), |day| {
            format!("限{}前", crate::model::day::say(day))
        });
        let mut why = parts(&together(&event.basis, &event.reason)).into_iter();
        let mut heard = parts(&together(&deadline, &event.statement)).into_iter();
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(event.kind.label()),
            Cell::text(society),
            event.stars.map_or_else(Cell::dash, Cell::stars),
            Cell::text(event.effective.to_string()),
            Cell::text(event.entered.to_string()),
            event
                .until
                .map_or_else(Cell::dash, |until| Cell::text(until.to_string())),
            Cell::text(why.next().unwrap_or_default()),
            Cell::text(heard.next().unwrap_or_default()),
            Cell::text(&event.source),
            Cell::text(check),
        ]));
        // What has no room in a row goes on in the next.
        loop {
            let (more, further) = (why.next(), heard.next());
            if more.is_none() && further.is_none() {
                break;
            }
            let mut cells = vec![Cell::whole(at + 1), Cell::text("（续）")];
            cells.resize(7, Cell::blank());
            cells.push(Cell::text(more.unwrap_or_default()));
            cells.push(Cell::text(further.unwrap_or_default()));
            sheet.row(Row::new(cells));
        }
    }
    sheet.frozen(3);
    binder.add(sheet)
}

/// A text in parts of which each has room in one row: a row can only be so high.
fn parts(text: &str) -> Vec<String> {
    /// Characters of one part, in the narrower of both columns.
    const MOST: usize = 200;
    let all: Vec<char> = text.chars().collect();
    all.chunks(MOST).map(|part| part.iter().collect()).collect()
}

/// 支持名单 (办法9.1): those in force whose grade is good enough.
fn support(
    binder: &mut Binder,
    ground: &Ground,
    holdings: &[(&Holding, State)],
    left: Left<'_>,
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    let now = Grading::of(scheme);
    let gradings = || holdings.iter().map(|(one, _)| one.grading(scheme));
    let mut any = gradings().chain([now.clone()]);
    if !any.any(|grading| grading.least_supported().is_some()) {
        return Ok(());
    }
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(&words::subject_head(scheme), 36, Look::Left),
        Column::new(Topic::Stars, 8, Look::Star),
        Column::new(Topic::Grade, 8, Look::Centre),
        Column::new("有效期至", 18, Look::Centre),
        Column::new("备注", 20, Look::Left),
    ];
    let mut sheet = Binder::sheet("支持名单", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 20.0;
    let what = ground.scheme.titled("支持名单");
    left.head(&mut sheet, &what, "");
    let supported = holdings.iter().filter(|(one, state)| {
        let least = one.grading(scheme).least_supported();
        state.is_in_force() && least.is_some_and(|least| one.stars >= least)
    });
    for (at, (one, state)) in supported.enumerate() {
        let (stars, grade) = held(ground, one, *state);
        let remark = if *state == State::Expiring {
            state.label()
        } else {
            ""
        };
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(words::subject(scheme, &one.society)),
            stars,
            grade,
            Cell::text(
                one.until
                    .map_or_else(|| "—".to_owned(), crate::model::day::say),
            ),
            Cell::text(remark),
        ]));
    }
    let which = match now.support_grade() {
        Some(least) if gradings().all(|grading| grading == now) => {
            format!("等次在{least}及以上的")
        }
        _ => "等次按授予时的标准够得上支持的".to_owned(),
    };
    sheet.notes(vec![format!(
        "注：按登记簿，当日有效且{which}，每年给予支持和鼓励{}。",
        Basis::cite(scheme.basis.support.as_deref())
    )]);
    binder.sign(sheet, (&["制表人", "审核人", "负责人（签字）"], "单位"), 0)
}

/// 报送清单 (办法7.7): what those report who hold a star, when, and which of their organs does.
fn reports(
    binder: &mut Binder,
    ground: &Ground,
    holdings: &[(&Holding, State)],
    left: Left<'_>,
) -> Result<(), XlsxError> {
    let scheme = &ground.scheme;
    if scheme.reports.is_empty() {
        return Ok(());
    }
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new("报送内容", 36, Look::Left),
        Column::new("何时报送", 22, Look::Left),
        Column::new("由谁报送", 20, Look::Left),
        Column::new("依据", 22, Look::Left),
    ];
    let mut sheet = Binder::sheet("报送清单", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 26.0;
    left.head(&mut sheet, &scheme.titled("报送清单"), "");
    for (at, report) in scheme.reports.iter().enumerate() {
        sheet.row(Row::new(vec![
            Cell::whole(at + 1),
            Cell::text(&report.what),
            Cell::text(&report.when),
            Cell::text(&report.by),
            Cell::text(&report.basis),
        ]));
    }
    let in_force = holdings.iter().filter(|(_, state)| state.is_in_force());
    sheet.notes(vec![format!(
        "注：星级当日有效的{}个都应报送，名单见“星级台账”；有变动的另按登记簿登记。",
        in_force.count()
    )]);
    sheet.prefer_one_page();
    sheet.frozen(0);
    binder.add(sheet)
}

/// 分组工作情况 (通知三、3): what the groups have done, for those who decide on support.
fn work(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    check: &str,
) -> Result<(), XlsxError> {
    let columns = vec![
        Column::new(Topic::Group, 9, Look::Centre),
        Column::new(Topic::Lead, 34, Look::Left),
        Column::new("应交", 9, Look::Whole),
        Column::new("已交", 9, Look::Whole),
        Column::new("按期", 9, Look::Whole),
        Column::new("待更正", 9, Look::Whole),
        Column::new("已更新", 9, Look::Whole),
    ];
    let mut sheet = Binder::sheet("分组工作情况", columns);
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    sheet.table.layout.row_height = 22.0;
    let left = Left {
        dated: &super::based_on(&outcome.fingerprint),
        check,
    };
    left.head(
        &mut sheet,
        &ground.scheme.titled("分组工作情况"),
        "单位：份",
    );
    for group in &outcome.results.groups {
        let counts = [
            group.due,
            group.received,
            group.in_time,
            group.held,
            group.corrected,
        ];
        let mut cells = vec![
            Cell::text(group_label(group.number)),
            Cell::text(&group.lead),
        ];
        cells.extend(counts.map(Cell::whole));
        sheet.row(Row::new(cells));
    }
    sheet.notes(vec![format!(
        "注：供研究支持用{}；“按期”指评价日期在评价阶段之内，“已更新”指已被更正件取代的旧件。",
        Basis::cite(ground.scheme.basis.group_support.as_deref())
    )]);
    sheet.prefer_one_page();
    sheet.frozen(0);
    binder.add(sheet)
}
