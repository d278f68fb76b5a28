//! 与上次相比: what moved since an earlier outcome, society by society, and below each the forms that it comes from.

use crate::model::{Points, day};
use crate::rank::{FormChange, Had, Since, SocietyChange, SocietyState, Standings, Why};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, columns, policies, words};
use crate::scheme::Scheme;

/// Columns before those of stars or grades.
const BEFORE_LEVELS: usize = 11;

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>, since: &Since, title: String) -> Table {
    let points = Look::Points(standings.ground.scheme.precision);
    let mut columns = columns![
        (Topic::Group, 7, Look::Centre),
        (Topic::Object, 24, Look::Left),
        ("变动", 9, Look::Centre),
        ("评价人", 9, Look::Left),
        ("上次", 11, Look::Centre),
        ("这次", 11, Look::Centre),
        ("上次分数", 9, points),
        ("这次分数", 9, points),
        ("分数增减", 9, points),
        ("上次名次", 6, Look::Whole),
        ("这次名次", 6, Look::Whole),
    ];
    let scheme = &standings.ground.scheme;
    if scheme.has_stars() {
        columns.extend(["上次星级", "这次星级"].map(|head| Column::new(head, 6, Look::Star)));
    } else if !scheme.grades.is_empty() {
        columns.extend(["上次等次", "这次等次"].map(|head| Column::new(head, 8, Look::Centre)));
    }
    columns.push(Column::new("原因或材料", 34, Look::Left));
    let mut rows = Vec::new();
    let mut told = vec![false; since.forms.len()];
    for change in &since.societies {
        rows.push(society(scheme, change).heavy(!rows.is_empty()));
        for (form, told) in since.forms.iter().zip(&mut told) {
            if form.society.as_ref() == Some(&change.society) {
                *told = true;
                rows.push(form_row(scheme, form));
            }
        }
    }
    let mut rest = since.forms.iter().zip(&told).filter(|(_, told)| !**told);
    if let Some((first, _)) = rest.next() {
        rows.push(form_row(scheme, first).heavy(!rows.is_empty()));
        rows.extend(rest.map(|(form, _)| form_row(scheme, form)));
    }
    Table {
        name: "与上次相比",
        unit: "单位：分",
        rows,
        empty: "评价表、得分和名次都没有变化。",
        notes: vec![notes(scheme, since)],
        ..words::table(standings, title, columns, Layout::list(9.0, 2))
    }
}

fn notes(scheme: &Scheme, since: &Since) -> String {
    let object = scheme.object();
    let outcome = policies::outcome(scheme);
    let earlier = &since.earlier;
    let edition = if earlier.is_final {
        "正式稿"
    } else {
        "非正式稿"
    };
    let as_of = earlier.as_of.map_or_else(|| "未注明".to_owned(), day::say);
    format!(
        "注：上次指结果编号为{}的一稿（{edition}，数据截至：{as_of}）。{object}一行是该{object}{outcome}的变化，下面是引起变化的评价表；没有列出的都没有变化。",
        earlier.number
    )
}

fn society(scheme: &Scheme, change: &SocietyChange) -> Row {
    let (was, is) = (change.before.as_ref(), change.after.as_ref());
    let total = |had: Option<&Had>| had.and_then(|had| had.total);
    let mut cells = vec![
        group(Some(change.group)),
        Cell::text(&change.society),
        Cell::text(what(was, is)),
        Cell::dash(),
        state(was),
        state(is),
    ];
    cells.extend(points(total(was), total(is)));
    cells.extend([was, is].map(|had| {
        let rank = had.and_then(|had| had.rank);
        rank.map_or_else(Cell::dash, Cell::whole)
    }));
    cells.extend([was, is].map(|had| {
        // Only the ranked have stars and grades.
        let had = had.filter(|had| had.state == SocietyState::Ranked);
        let stars = had.and_then(|had| had.stars).map(Cell::stars);
        let grade = had.and_then(|had| had.grade.as_ref()).map(Cell::text);
        let level = if scheme.has_stars() { stars } else { grade };
        level.unwrap_or_else(Cell::dash)
    }));
    cells.truncate(BEFORE_LEVELS + levels(scheme));
    let causes = change.causes.iter().copied();
    let causes: Vec<String> = causes.map(|one| why(scheme, one)).collect();
    cells.push(Cell::text(causes.join("；")));
    Row::new(cells).sum()
}

/// What moved most visibly.
fn what(was: Option<&Had>, is: Option<&Had>) -> &'static str {
    let (Some(was), Some(is)) = (was, is) else {
        return if is.is_some() {
            "新列入"
        } else {
            "已不在名单"
        };
    };
    if was.state != is.state {
        "状态"
    } else if was.stars != is.stars {
        "星级"
    } else if was.stars.is_none() && was.grade != is.grade {
        "等次"
    } else if was.total != is.total {
        "总分"
    } else if was.rank != is.rank {
        "名次"
    } else {
        "状态"
    }
}

fn state(had: Option<&Had>) -> Cell {
    let Some(had) = had else {
        return Cell::dash();
    };
    Cell::text(match had.state {
        SocietyState::Ranked if had.provisional => "列入（暂计）",
        state => state.label(),
    })
}

fn why(scheme: &Scheme, why: Why) -> String {
    let object = scheme.object();
    match why {
        Why::Forms => format!("本{object}的评价表有变化，见下"),
        Why::Scheme => "评价方案改过".to_owned(),
        Why::Program => "程序版本不同".to_owned(),
        Why::Lists => "名单或处理登记改过".to_owned(),
        Why::Others => format!("本{object}没有变化，其他{object}变了"),
    }
}

/// How many columns stars or grades take.
fn levels(scheme: &Scheme) -> usize {
    if scheme.has_stars() || !scheme.grades.is_empty() {
        2
    } else {
        0
    }
}

fn form_row(scheme: &Scheme, form: &FormChange) -> Row {
    let (was, is) = (form.before.as_ref(), form.after.as_ref());
    let state = |state: Option<&crate::rank::Was>| {
        state.map_or_else(Cell::dash, |one| Cell::text(one.state.label()))
    };
    let mut cells = vec![
        group(form.group),
        Cell::text(form.society.as_deref().unwrap_or_default()),
        Cell::text(form.happened.label()),
        Cell::text(form.reviewer.as_deref().unwrap_or_default()),
        state(was),
        state(is),
    ];
    cells.extend(points(
        was.and_then(|one| one.total),
        is.and_then(|one| one.total),
    ));
    cells.extend((0..2 + levels(scheme)).map(|_| Cell::dash()));
    cells.push(Cell::text(&form.file));
    Row::new(cells)
}

fn group(number: Option<u32>) -> Cell {
    number.map_or_else(Cell::dash, |number| Cell::text(format!("第{number}组")))
}

/// 上次, 这次, and by how much.
fn points(was: Option<Points>, is: Option<Points>) -> [Cell; 3] {
    let moved = was.zip(is).map(|(was, is)| is - was);
    [was, is, moved].map(Cell::points_or_dash)
}
