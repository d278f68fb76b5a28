//! A society's page for the meeting: points per line, spread, remarks and warnings, its place in the group. Names no
//! reviewer. One page, whatever was written: what it has no room for stands on an annex behind it.

use rust_xlsxwriter::XlsxError;

use super::remarked::{ANNEX, More, Remarked, Said, annex, below, said};
use super::{Binder, PaperSheet, based_on, called, group_label, indicator_head, scheme_of};
use crate::committee::{Award, Member};
use crate::finding::Severity;
use crate::ground::Ground;
use crate::model::Points;
use crate::outcome::{Form, Outcome, Remarks, Society};
use crate::report::kit::print::Paper;
use crate::report::kit::{Cell, Column, Look, Row, Topic, policies, words};
use crate::report::known::SpeaksOf;

/// With fewer reviewers in a group, whose points are whose would show.
const VEILED_BELOW: usize = 3;

/// Adds the page.
pub(super) fn add(
    binder: &mut Binder,
    ground: &Ground,
    outcome: &Outcome,
    society: &Society,
    members: &[Member],
) -> Result<(), XlsxError> {
    let scheme = &*scheme_of(ground, society);
    let forms = outcome.forms_of(&society.name);
    let remarks: Vec<Said> = (0..scheme.lines.len())
        .map(|at| (at, said(&Remarks::on(&forms, at, &[SpeaksOf::Reviewer]))))
        .collect();
    let way = |remarked, warned_apart| Way {
        remarked,
        warned_apart,
    };
    let ways = [
        way(Remarked::Beside, false),
        way(Remarked::Below, false),
        way(Remarked::Apart, false),
        way(Remarked::Apart, true),
    ];
    let pages = ways.map(|way| {
        let page = page(ground, outcome, society, members, way, &remarks);
        let annex = (way.remarked == Remarked::Apart).then(|| {
            let warned = way.warned_apart.then(|| {
                let warnings = warnings(outcome, society);
                ("请核实的问题", warnings.join("；\n"))
            });
            let more: Vec<More> = warned.into_iter().collect();
            let mut annex = annex(
                &format!("{ANNEX}-{}", society.name),
                scheme,
                &more,
                &remarks,
            );
            let title = format!("{}审议单页{ANNEX}", words::subject(scheme, &society.name));
            annex.head(&title, &page.table.dated, "");
            annex.notes(away(ground, society, members).into_iter().collect());
            annex
        });
        (page, annex.filter(PaperSheet::has_rows))
    });
    binder.add_on_one_page(pages)
}

/// A way to set the page out; from the one that takes most room to the one that takes least.
#[derive(Debug, Clone, Copy)]
struct Way {
    remarked: Remarked,
    /// Whether what is to be looked at stands on the annex.
    warned_apart: bool,
}

fn page(
    ground: &Ground,
    outcome: &Outcome,
    society: &Society,
    members: &[Member],
    way: Way,
    remarks: &[Said],
) -> PaperSheet {
    let remarked = way.remarked;
    let scheme = &*scheme_of(ground, society);
    let forms = outcome.forms_of(&society.name);
    let is_open = outcome.reviewers_in(society.group) >= VEILED_BELOW;
    let shown = if is_open { forms.len() } else { 0 };
    let deducts = scheme.has_deductions();
    let mut columns = vec![
        Column::new("编号", 7, Look::Centre),
        Column::new(indicator_head(scheme), 30, Look::Left),
        Column::new(if deducts { "加分上限" } else { "满分" }, 6, Look::Plain),
    ];
    if deducts {
        columns.push(Column::new(Topic::DeductionCap, 6, Look::Plain));
    }
    columns
        .extend((1..=shown).map(|number| Column::new(&format!("评价人{number}"), 8, Look::Plain)));
    if is_open {
        columns.push(Column::new("最高与最低相差", 8, Look::Plain));
    }
    columns.push(Column::new("计入得分", 9, Look::Points(scheme.precision)));
    let is_beside = remarked == Remarked::Beside;
    if is_beside {
        columns.push(Column::new("评分说明", 40, Look::Left));
    }
    let mut sheet = Binder::sheet(&society.name, columns);
    sheet.table.layout.row_height = 15.0;
    sheet.table.layout.paper = Some(Paper::A4Portrait);
    let name = words::subject(scheme, &society.name);
    sheet.head(
        &format!("{name}审议单页"),
        &[
            where_placed(ground, society),
            Some(based_on(&outcome.fingerprint)),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<String>>()
        .join("　"),
        "单位：分",
    );
    for (at, line) in scheme.lines.iter().enumerate() {
        let nets: Vec<Option<Points>> = forms.iter().map(|form| net(form, at)).collect();
        let mut cells = vec![
            Cell::text(&line.code),
            Cell::text(called(scheme, line)),
            Cell::points(line.bonus.cap),
        ];
        if deducts {
            cells.push(Cell::points(line.deduction.cap));
        }
        if is_open {
            cells.extend(nets.iter().map(|net| Cell::points_or_dash(*net)));
            let given: Vec<Points> = nets.iter().copied().flatten().collect();
            let spread = given.iter().max().zip(given.iter().min());
            cells
                .push(spread.map_or_else(Cell::dash, |(most, least)| Cell::points(*most - *least)));
        }
        let settled = society.lines.get(at);
        cells.push(
            settled.map_or_else(Cell::dash, |line| Cell::points(line.bonus - line.deduction)),
        );
        if is_beside {
            let said = remarks.get(at);
            cells.push(said.map_or_else(Cell::blank, |(_, said)| Cell::text(said)));
        }
        sheet.row(Row::new(cells));
    }
    let mut told = notes(ground, outcome, society, members, is_open, way);
    match remarked {
        Remarked::Beside => {}
        Remarked::Below => told.extend(below(scheme, remarks)),
        Remarked::Apart => {
            if remarks.iter().any(|(_, said)| !said.is_empty()) {
                told.push(format!("评分说明较长，全文另见{ANNEX}。"));
            }
        }
    }
    sheet.notes(told);
    sheet.frozen(2);
    sheet
}

/// A form's points in a line; none where it says nothing.
fn net(form: &Form, line: usize) -> Option<Points> {
    let line = form.lines.get(line)?;
    if line.bonus.is_none() && line.deduction.is_none() {
        return None;
    }
    Some(line.bonus.unwrap_or_default() - line.deduction.unwrap_or_default())
}

/// The class or the group, where there are any.
fn where_placed(ground: &Ground, society: &Society) -> Option<String> {
    let group = ground.scheme.asks.groups;
    let group = group.then(|| group_label(society.group));
    society.class.clone().or(group)
}

/// What the points come to, and its place among the others.
fn stand(ground: &Ground, outcome: &Outcome, society: &Society) -> String {
    let scheme = &ground.scheme;
    let total = society.total.unwrap_or_default();
    let computed = match (society.stars, society.grade.as_deref()) {
        (Some(stars), grade) => format!("，测算{stars}星（{}）", grade.unwrap_or("不设等次")),
        (None, _) if scheme.grades.is_empty() => String::new(),
        (None, _) => format!("，测算等次{}", Award::of(society).say()),
    };
    let held = super::held_down(scheme, society);
    let held = held.map_or(String::new(), |why| format!("（{why}）"));
    let all = outcome.ranked();
    let ranks = if let Some(class) = &society.class {
        let count = all.iter().filter(|one| one.class == society.class);
        let rank = society.rank.unwrap_or_default();
        format!("{class}内第{rank}（共{}个）", count.count())
    } else if scheme.asks.groups {
        let count = all.iter().filter(|one| one.group == society.group).count();
        format!(
            "总名次第{}，组内第{}（本组共{count}个）",
            society.rank.unwrap_or_default(),
            society.rank_in_group.unwrap_or_default(),
        )
    } else {
        let rank = society.rank.unwrap_or_default();
        format!("名次第{rank}（共{}个）", all.len())
    };
    format!(
        "总分{}分{computed}{held}；{ranks}。",
        total.with_decimals(scheme.precision)
    )
}

fn notes(
    ground: &Ground,
    outcome: &Outcome,
    society: &Society,
    members: &[Member],
    is_open: bool,
    way: Way,
) -> Vec<String> {
    let mut notes = vec![stand(ground, outcome, society)];
    notes.extend(policies::reviewer_classes(&ground.scheme).map(|(_, how)| how));
    if !is_open {
        let whose = if ground.scheme.asks.groups {
            "本组"
        } else {
            ""
        };
        notes.push(format!(
            "{whose}评价人不足{VEILED_BELOW}人，不列每位评价人的分数（本工具约定）。"
        ));
    }
    let warnings = warnings(outcome, society);
    notes.push(match warnings.len() {
        0 => "请核实的问题：无。".to_owned(),
        count if way.warned_apart => format!("请核实的问题：{count}条，另见{ANNEX}。"),
        _ => format!("请核实的问题：{}。", warnings.join("；")),
    });
    notes.extend(away(ground, society, members));
    notes
}

/// What is to be looked at before it is decided.
fn warnings<'o>(outcome: &'o Outcome, society: &Society) -> Vec<&'o str> {
    let warnings = outcome.results.findings.iter().filter(|finding| {
        finding.severity == Severity::Warning
            && finding.society.as_deref() == Some(society.name.as_str())
    });
    warnings
        .filter_map(|finding| finding.without_people.as_deref())
        .collect()
}

/// Who does not get the page.
fn away(ground: &Ground, society: &Society, members: &[Member]) -> Option<String> {
    let listed = ground.roster.society_named(&society.name);
    let away: Vec<&str> = members
        .iter()
        .filter(|member| {
            let is_own = |name: &String| listed.is_some() && ground.society_named(name) == listed;
            member.recused.iter().any(is_own)
                || listed.is_some_and(|at| ground.roster.same_unit(&member.unit, at))
        })
        .map(|member| member.name.as_str())
        .collect();
    (!away.is_empty()).then(|| format!("应回避、不发本页的委员：{}。", away.join("、")))
}
