//! 等次名单: the ranked societies by grade, in the order of the ranking. A star without a grade has none here.

use super::list::signatures;
use crate::rank::{Standing, Standings};
use crate::report::books::score;
use crate::report::kit::table::Pages;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, columns, policies, words};
use crate::scheme::Basis;

/// The table.
#[must_use]
pub fn table(standings: &Standings<'_>) -> Table {
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new(Topic::Grade, 10, Look::Centre),
        Column::new(&words::subject_head(scheme), 34, Look::Fitted),
        Column::new(Topic::Group, 8, Look::Centre),
        Column::new("总分", 10, Look::Points(scheme.precision)),
        Column::new(Topic::ComputedStars, 10, Look::Star),
    ];
    let mut rows: Vec<Row> = Vec::new();
    let mut notes = Vec::new();
    let names = scheme.grades.iter().map(|grade| Some(grade.name.as_str()));
    for name in names.chain([None]) {
        let members: Vec<&Standing> = standings
            .order
            .iter()
            .map(|society| &standings.societies[*society])
            .filter(|standing| {
                standing
                    .result
                    .as_ref()
                    .is_some_and(|result| result.grade.as_deref() == name)
            })
            .collect();
        for (at, standing) in members.iter().enumerate() {
            let Some(result) = &standing.result else {
                continue;
            };
            let society = &ground.roster.societies[standing.society];
            let heavy = at == 0 && !rows.is_empty();
            let row = Row::new(vec![
                Cell::whole(rows.len() + 1),
                score::grade(result),
                Cell::text(words::subject_of(standings, standing)),
                Cell::text(ground.roster.group_of(society).label()),
                Cell::points(result.total),
                Cell::stars(result.stars),
            ]);
            rows.push(row.heavy(heavy));
        }
        let count = members.len();
        // A grade that everybody else has leaves nobody over.
        if name.is_none() && count == 0 && !scheme.has_stars() {
            continue;
        }
        notes.push(name.map_or_else(
            || format!("不设等次：{count}个"),
            |name| format!("{name}{}：{count}个", range(scheme, name)),
        ));
    }
    let mut notes = vec![format!("注：{}。", notes.join("；"))];
    if let Some(grade) = &scheme.support_grade {
        let basis = scheme.basis.support.as_deref();
        notes.push(match scheme.quote(basis) {
            Some(quote) => format!("{}：“{}”", quote.paragraph, quote.text),
            None => format!("{grade}及以上等次每年给予支持{}。", Basis::cite(basis)),
        });
    }
    notes.extend(policies::preliminary(scheme));
    Table {
        name: "等次名单",
        unit: "单位：分",
        rows,
        notes,
        signatures: Some(signatures()),
        ..words::table(
            standings,
            words::title(standings, "等次名单"),
            columns,
            Layout {
                row_height: 16.0,
                pages: Pages::PreferOne,
                ..Layout::paper(10.5, 3)
            },
        )
    }
}

/// 等次分布: how many of those ranked have which grade, the best first.
#[must_use]
pub fn counts(standings: &Standings<'_>) -> Table {
    let with = |name: Option<&str>| {
        let results = standings.order.iter().filter_map(|society| {
            let standing = &standings.societies[*society];
            standing.result.as_ref()
        });
        results
            .filter(|result| result.grade.as_deref() == name)
            .count()
    };
    let grades = &standings.ground.scheme.grades;
    let named = grades.iter().map(|grade| Some(grade.name.as_str()));
    let rows = named
        .chain([None])
        .map(|name| (name, with(name)))
        .filter(|(name, count)| name.is_some() || *count > 0)
        .map(|(name, count)| {
            let name = name.unwrap_or("不评等次");
            Row::new(vec![Cell::text(name), Cell::whole(count)])
        });
    let columns = columns![
        (Topic::Grade, 18, Look::Centre),
        (Topic::Count, 8, Look::Whole)
    ];
    Table {
        rows: rows.collect(),
        ..words::table(
            standings,
            "等次分布".to_owned(),
            columns,
            Layout::paper(10.5, 0),
        )
    }
}

/// The stars of a grade: `（8至10星）`.
fn range(scheme: &crate::scheme::Scheme, name: &str) -> String {
    scheme
        .grades
        .iter()
        .find(|grade| grade.name == name)
        .map_or(String::new(), |grade| {
            if scheme.has_stars() {
                format!("（{}）", policies::stars_of(grade))
            } else {
                String::new()
            }
        })
}
