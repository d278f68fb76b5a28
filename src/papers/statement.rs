//! 得分说明: one page for one society, for its questions. No reviewer, no other society.
//!
//! The page is one page, whatever was written: what it has no room for stands whole on an annex, and the page says so.
//! Shortened it would not answer the question that it is asked for.

mod told;

use rust_xlsxwriter::XlsxError;

use super::remarked::{ANNEX, More, Remarked, Said, annex, below, said};
use super::{Binder, PaperSheet, REQUIREMENT};
use super::{asked, based_on, called, indicator_head, made, scheme_of};
use crate::committee::{Decision, Verdict};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::{Form, Outcome, Remarks, Society};
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, words};
use crate::report::known::{Directory, SpeaksOf};
use crate::scheme::{Basis, Scheme};

/// The column of how a rule worked points out.
const STEP: &str = "怎样算出";
/// The column of what the reviewers wrote.
const REMARKS: &str = "评分说明";

/// What a page is made from.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    pub ground: &'k Ground,
    pub outcome: &'k Outcome,
    pub verdict: Option<&'k Verdict>,
    /// Everybody's name: a society reads neither of other societies nor of who reviewed.
    pub directory: &'k Directory<'k>,
}

impl Known<'_> {
    /// What was decided on a society.
    fn decision(&self, society: &Society) -> Option<&Decision> {
        let mut all = self.verdict?.decided.societies.iter();
        all.find(|one| one.name == society.name)
    }

    /// Whether the reason of what was decided is kept back, for it speaks of somebody else.
    #[must_use]
    pub fn keeps_reason_back(&self, society: &Society) -> bool {
        self.decision(society).is_some_and(|decision| {
            let forms = self.outcome.forms_of(&society.name);
            let units = forms.iter().filter_map(|form| form.unit.as_deref());
            let about = self.ground.roster.society_named(&society.name);
            let met = self.directory.in_text(about, units, &decision.reason);
            !met.is_empty()
        })
    }
}

/// The page of a society. With `remarks`, what the reviewers wrote, but for
/// what speaks of any of them or of other societies.
///
/// # Errors
/// The writer refuses something.
pub fn workbook(known: Known<'_>, society: &Society, remarks: bool) -> Result<Vec<u8>, Error> {
    made("得分说明", build(known, society, remarks))
}

fn build(known: Known<'_>, society: &Society, remarks: bool) -> Result<Vec<u8>, XlsxError> {
    let Known {
        ground, outcome, ..
    } = known;
    let scheme = &*scheme_of(ground, society);
    let name = words::subject(scheme, &society.name);
    let mut binder = Binder::new(
        &format!("{name}得分说明"),
        outcome.results.as_of,
        outcome.results.mark.as_deref(),
    )?;
    let remarks: Option<Vec<Said>> = remarks.then(|| written(scheme, outcome, society));
    let ways = Way::all(remarks.is_some()).into_iter().map(|way| {
        let mut page = page(scheme, outcome, society, way, remarks.as_deref());
        let mut said = told::notes(scheme, known, society, way.reason_apart);
        if !way.worded {
            said.push(worded_elsewhere(scheme));
        }
        said.append(&mut page.table.notes);
        page.notes(said);
        let left = format!("{name}　{}", based_on(&outcome.fingerprint));
        let title = ground.scheme.titled("得分说明");
        page.head(&title, &left, "单位：分");
        let annex = way.has_annex().then(|| {
            let reason = if way.reason_apart {
                told::reason_apart(known, society)
            } else {
                None
            };
            let more: Vec<More> = reason.into_iter().collect();
            let remarks = remarks.as_deref().unwrap_or_default();
            let mut annex = annex(ANNEX, scheme, &more, remarks);
            annex.head(&format!("{title}{ANNEX}"), &left, "");
            annex
        });
        (page, annex.filter(PaperSheet::has_rows))
    });
    binder.add_on_one_page(ways)?;
    binder.bytes()
}

/// A way to set the page out.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// With what each line asks: that is published, what the society was given stands here alone.
    worded: bool,
    remarked: Option<Remarked>,
    /// Whether the reason of what was decided stands on the annex.
    reason_apart: bool,
    /// Whether the rows stand closer.
    close: bool,
}

impl Way {
    /// From the one that takes most room to the one that takes least.
    fn all(remarks: bool) -> Vec<Self> {
        let way = |worded, remarked| Self {
            worded,
            remarked,
            reason_apart: false,
            close: false,
        };
        let mut all = Vec::new();
        let mut last = way(false, None);
        if remarks {
            all.extend([
                way(true, Some(Remarked::Beside)),
                way(false, Some(Remarked::Beside)),
                way(false, Some(Remarked::Below)),
                way(true, Some(Remarked::Apart)),
            ]);
            last.remarked = Some(Remarked::Apart);
        } else {
            all.push(way(true, None));
        }
        let reason_apart = Self {
            reason_apart: true,
            ..last
        };
        let close = Self {
            close: true,
            ..reason_apart
        };
        all.extend([last, reason_apart, close]);
        all
    }

    fn has_annex(self) -> bool {
        self.reason_apart || self.remarked == Some(Remarked::Apart)
    }
}

/// What the reviewers wrote: a society reads neither of other societies nor of who reviewed.
fn written(scheme: &Scheme, outcome: &Outcome, society: &Society) -> Vec<Said> {
    let hidden = [SpeaksOf::Reviewer, SpeaksOf::Society];
    let forms = outcome.forms_of(&society.name);
    (0..scheme.lines.len())
        .map(|at| (at, said(&Remarks::on(&forms, at, &hidden))))
        .collect()
}

/// The lines.
fn page(
    scheme: &Scheme,
    outcome: &Outcome,
    society: &Society,
    way: Way,
    remarks: Option<&[Said]>,
) -> PaperSheet {
    let Way {
        worded, remarked, ..
    } = way;
    let points = Look::Points(scheme.precision);
    let deducts = scheme.has_deductions();
    let is_beside = remarked == Some(Remarked::Beside);
    let says_more = worded
        && scheme
            .lines
            .iter()
            .any(|line| !asked(scheme, line).is_empty());
    // As wide as what stands beside it leaves.
    let title = if says_more || is_beside { 24 } else { 56 };
    let mut columns = vec![
        Column::new("编号", 7, Look::Centre),
        Column::new(indicator_head(scheme), title, Look::Left),
        Column::new(REQUIREMENT, 60, Look::Left),
    ];
    columns.extend(if deducts {
        vec![
            Column::new(Topic::BonusCap, 4, Look::Plain),
            Column::new(Topic::DeductionCap, 4, Look::Plain),
            Column::new(Topic::Bonus, 8, points),
            Column::new(Topic::Deduction, 8, points),
        ]
    } else {
        vec![
            Column::new("满分", 6, Look::Plain),
            Column::new("得分", 8, points),
        ]
    });
    if scheme.has_values() {
        columns.push(Column::new(STEP, 34, Look::Left));
    }
    if is_beside {
        columns.push(Column::new(REMARKS, 34, Look::Left));
    }
    let mut sheet = Binder::sheet("得分说明", columns);
    sheet.table.layout.row_height = if way.close { 15.0 } else { 18.0 };
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    let forms = outcome.forms_of(&society.name);
    for (at, line) in scheme.lines.iter().enumerate() {
        let settled = society.lines.get(at);
        let side = |is_open: bool, value: Option<crate::model::Points>| {
            if is_open {
                Cell::points_or_dash(value)
            } else {
                Cell::dash()
            }
        };
        let asks = if worded {
            Cell::text(asked(scheme, line))
        } else {
            Cell::blank()
        };
        let mut cells = vec![
            Cell::text(&line.code),
            Cell::text(if worded {
                scheme.indicator(line).title.clone()
            } else {
                called(scheme, line)
            }),
            asks,
            Cell::points(line.bonus.cap),
        ];
        let bonus = side(line.bonus.is_open(), settled.map(|line| line.bonus));
        if deducts {
            let deduction = settled.map(|line| line.deduction);
            cells.extend([
                Cell::points(line.deduction.cap),
                bonus,
                side(line.deduction.is_open(), deduction),
            ]);
        } else {
            cells.push(bonus);
        }
        if scheme.has_values() {
            cells.push(step(&forms, at));
        }
        if is_beside {
            let said = remarks.and_then(|all| all.get(at));
            cells.push(said.map_or_else(Cell::blank, |(_, said)| Cell::text(said)));
        }
        sheet.row(Row::new(cells));
    }
    sheet.table.leave_out(&[REQUIREMENT, STEP, REMARKS]);
    match (remarked, remarks) {
        (Some(Remarked::Below), Some(remarks)) => sheet.notes(below(scheme, remarks)),
        (Some(Remarked::Apart), Some(remarks)) if remarks.iter().any(|one| !one.1.is_empty()) => {
            sheet.notes(vec![format!("评分说明较长，全文另见{ANNEX}。")]);
        }
        _ => {}
    }
    sheet.frozen(2);
    sheet
}

/// Where the wording of the lines is found.
fn worded_elsewhere(scheme: &Scheme) -> String {
    let source = Basis::cite(scheme.source.as_deref());
    format!("各项的评价要求见发布的评价指标{source}。")
}

/// How a rule worked out the points of a line, where all forms took the same step: others would tell who gave what.
fn step(forms: &[&Form], line: usize) -> Cell {
    let mut steps = forms.iter().map(|form| {
        let line = form.lines.get(line);
        line.and_then(|line| line.step.as_deref())
    });
    match steps.next().flatten() {
        Some(first) if steps.all(|step| step == Some(first)) => Cell::text(first),
        _ => Cell::dash(),
    }
}
