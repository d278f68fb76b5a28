//! 得分说明: one page for one society, for its questions. No reviewer, no other society.

use rust_xlsxwriter::XlsxError;

use super::{Binder, PaperSheet, Remarked};
use super::{based_on, below, indicator_head, made, said, scheme_of};
use crate::committee::{Award, Decision, Level, Verdict};
use crate::error::Error;
use crate::ground::Ground;
use crate::model::Points;
use crate::outcome::{Form, HeldDown, Outcome, Remarks, Society};
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, policies, words};
use crate::report::known::{Directory, SpeaksOf};
use crate::scheme::{Basis, Line, Scheme};

/// The column of what a line asks, and that of how a rule worked its points out.
const REQUIREMENT: &str = "评价要求";
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
    // The wording of the lines is published; what the society was given stands here alone.
    let ways: &[(bool, Option<Remarked>)] = if remarks {
        &[
            (true, Some(Remarked::Beside)),
            (false, Some(Remarked::Beside)),
            (false, Some(Remarked::Below)),
        ]
    } else {
        &[(true, None), (false, None)]
    };
    let pages = ways.iter().map(|(worded, remarked)| {
        let mut sheet = page(scheme, outcome, society, *worded, *remarked);
        let mut said = notes(scheme, known, society);
        if !worded {
            said.push(worded_elsewhere(scheme));
        }
        said.append(&mut sheet.table.notes);
        sheet.notes(said);
        let left = format!("{name}　{}", based_on(&outcome.fingerprint));
        sheet.head(&ground.scheme.titled("得分说明"), &left, "单位：分");
        sheet
    });
    binder.add_on_one_page(pages)?;
    binder.bytes()
}

/// The lines; `worded` with what each asks.
fn page(
    scheme: &Scheme,
    outcome: &Outcome,
    society: &Society,
    worded: bool,
    remarked: Option<Remarked>,
) -> PaperSheet {
    let points = Look::Points(scheme.precision);
    let deducts = scheme.has_deductions();
    let is_beside = remarked == Some(Remarked::Beside);
    // As wide as what stands beside it leaves.
    let title = if worded || is_beside { 24 } else { 56 };
    let mut columns = vec![
        Column::new("编号", 7, Look::Centre),
        Column::new(indicator_head(scheme), title, Look::Left),
        Column::new(REQUIREMENT, 60, Look::Left),
    ];
    columns.extend(if deducts {
        vec![
            Column::new(Topic::BonusCap, 5, Look::Plain),
            Column::new(Topic::DeductionCap, 5, Look::Plain),
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
    sheet.table.layout.row_height = 18.0;
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    let forms = outcome.forms_of(&society.name);
    let mut remarks = Vec::new();
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
            Cell::text(&scheme.indicator(line).title),
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
        if remarked.is_some() {
            // A society reads neither of other societies nor of who reviewed.
            let hidden = [SpeaksOf::Reviewer, SpeaksOf::Society];
            remarks.push((line.code.as_str(), said(&Remarks::on(&forms, at, &hidden))));
        }
        if let (true, Some((_, said))) = (is_beside, remarks.last()) {
            cells.push(Cell::text(said));
        }
        sheet.row(Row::new(cells));
    }
    sheet.table.leave_out(&[REQUIREMENT, REMARKS]);
    if !is_beside {
        sheet.notes(below(&remarks));
    }
    sheet.frozen(2);
    sheet
}

/// Where the wording of the lines is found.
fn worded_elsewhere(scheme: &Scheme) -> String {
    let source = Basis::cite(scheme.source.as_deref());
    format!("各项的评价要求见发布的评价指标{source}。")
}

/// What a line asks: as officially worded, else the rule that works its points out.
fn asked(scheme: &Scheme, line: &Line) -> String {
    let wording = scheme.requirement(line);
    match &line.value {
        Some(value) if wording.is_empty() => value.in_words(),
        _ => wording,
    }
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

/// How the total and what comes of it came about.
fn notes(scheme: &Scheme, known: Known<'_>, society: &Society) -> Vec<String> {
    let counted = known.outcome.forms_of(&society.name).len();
    let classes = policies::reviewer_classes(scheme);
    let classes = classes.map_or(String::new(), |(_, how)| how);
    let mut notes = vec![
        format!(
            "一、分数：计入评价表{counted}份。{}{classes}",
            policies::aggregation(scheme)
        ),
        format!("二、总分：{}", total(scheme, society)),
    ];
    notes.extend(computed(scheme, society).map(|said| format!("三、{said}")));
    let reason = |decision: &Decision| {
        if known.keeps_reason_back(society) {
            "理由提到个人或其他单位，此处不列".to_owned()
        } else {
            format!("理由：{}", decision.reason)
        }
    };
    let decision = known.decision(society);
    let decision = decision.map(|decision| (decision, reason(decision)));
    let last = if notes.len() > 2 { "四" } else { "三" };
    notes.push(format!("{last}、{}", decided(scheme, decision.as_ref())));
    notes
}

/// How the lines come to the total.
fn total(scheme: &Scheme, society: &Society) -> String {
    let printed =
        |points: Option<Points>| points.unwrap_or_default().with_decimals(scheme.precision);
    let total = printed(society.total);
    let sum = match (scheme.adds_up(), scheme.has_deductions()) {
        (true, true) => format!(
            "加分合计{}－减分合计{}＝{total}分",
            printed(society.bonus),
            printed(society.deduction)
        ),
        (true, false) => format!("各项得分之和，{total}分"),
        (false, _) => {
            let how: Vec<String> = policies::beyond_lines(scheme)
                .into_iter()
                .map(|(_, how)| how)
                .collect();
            format!("{}得{total}分", how.concat())
        }
    };
    let least = if scheme.has_deductions() {
        "；低于0分的按0分计"
    } else {
        ""
    };
    format!(
        "{sum}，一次四舍五入到{}位小数（各栏分别四舍五入，以总分为准{least}）。",
        scheme.precision
    )
}

/// What the total comes to; nothing where a scheme has neither stars nor grades.
fn computed(scheme: &Scheme, society: &Society) -> Option<String> {
    let Some(stars) = society.stars else {
        let (_, rule) = policies::grades(scheme)?;
        let held = match &society.held_down {
            Some(HeldDown::Quota { grade, veto: None }) => format!("因名额（按总分为{grade}）"),
            Some(HeldDown::Quota {
                grade,
                veto: Some(veto),
            }) => {
                format!("因一票否决（{veto}，至多{grade}）和名额")
            }
            Some(HeldDown::Veto { veto }) => format!("因一票否决（{veto}）"),
            None => String::new(),
        };
        let computed = Award::of(society).say();
        let quotas = policies::vetoes_and_quotas(scheme);
        let quotas: Vec<String> = quotas.into_iter().map(|(_, how)| how).collect();
        let quotas = if society.held_down.is_some() {
            quotas.concat()
        } else {
            String::new()
        };
        let computed = if held.is_empty() {
            computed
        } else {
            format!("{held}评为{computed}")
        };
        return Some(format!("测算等次：{computed}。{rule}{quotas}"));
    };
    let at = usize::try_from(stars).unwrap_or_default();
    let reached = at
        .checked_sub(1)
        .and_then(|at| scheme.stars.thresholds.get(at));
    let reached = reached.map_or_else(
        || "没有达到1星的分数".to_owned(),
        |least| format!("达到{stars}星的{least}分"),
    );
    let next = scheme.stars.thresholds.get(at);
    let next = next.map_or(String::new(), |next| {
        format!("，没有达到{}星的{next}分", stars + 1)
    });
    let grade = society.grade.as_deref().unwrap_or("不设等次");
    Some(format!(
        "测算星级：{reached}{next}，测算为{stars}星，{grade}。"
    ))
}

/// What the committee decided on it.
fn decided(scheme: &Scheme, decision: Option<&(&Decision, String)>) -> String {
    let level = Level::of(scheme);
    let noun = level.noun();
    let Some((decision, reason)) = decision else {
        return format!("以上是测算，{noun}以审定结果为准。");
    };
    let day = crate::model::day::say(decision.day);
    let Some(decided) = decision.decided() else {
        return format!("审定：{day}暂缓审定，{reason}。");
    };
    if level == Level::Ranks {
        return format!("审定：{day}同意测算的总分和名次。");
    }
    let grade = match (decided.stars, decision.grade.as_deref()) {
        (Some(_), grade) => format!("，{}", grade.unwrap_or("不设等次")),
        (None, _) => String::new(),
    };
    let why = if decision.is_changed() {
        format!("，由测算的{}调整，{reason}", decision.computed().say())
    } else {
        "，与测算相同".to_owned()
    };
    format!("审定：{day}审定为{}{grade}{why}。", decided.say())
}
