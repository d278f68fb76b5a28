//! 自评对照: what each society's own facts come to, beside what reviewers gave, line by line and in total.
//!
//! Shows and decides nothing: reviewers' points stand as they are.

use crate::model::LineId;
use crate::rank::{Standing, Standings};
use crate::report::kit::{Cell, Column, Layout, Links, Look, Row, Table, Topic, words};
use crate::score::Exact;
use crate::settle::assess::facts;
use crate::settle::{Assessed, Assessments, FormState};

/// The table of these societies, with the cells that points were read from where there are links to the files; none where
/// no society has sent a form of its own.
#[must_use]
pub fn table<'s>(
    standings: &'s Standings<'_>,
    title: String,
    societies: impl Iterator<Item = &'s Standing>,
    links: Option<&Links>,
) -> Option<Table> {
    let assessments = standings.assessments.as_ref()?;
    let scheme = &standings.ground.scheme;
    let look = Look::Points(scheme.precision);
    let stage = scheme.stage_name();
    let mut columns = vec![
        Column::new(scheme.object(), 20, Look::Left),
        Column::new("编号", 7, Look::Centre),
        Column::new(Topic::Indicator, 26, Look::Left),
        Column::new("自评所填", 44, Look::Left),
        Column::new("自评核算", 9, look),
        Column::new("最多可得", 9, look),
        Column::new(&format!("{stage}得分"), 9, look),
        Column::new("相差", 9, look),
    ];
    if links.is_some() {
        columns.push(Column::new("单元格", 7, Look::Centre));
        columns.push(Column::new("文件", 30, Look::Left));
    }
    let rows = societies.flat_map(|standing| {
        let form = assessments.of(standing.society).map(|own| &own.form);
        let mut rows = of_society(standings, assessments, standing);
        let Some(links) = links else { return rows };
        for (at, row) in rows.iter_mut().enumerate() {
            // The first row is the total's.
            let line = at.checked_sub(1).map(LineId::at);
            let cell = line.and_then(|line| form?.lines.get(line)?.bonus_cell);
            row.cells.extend([
                Cell::text(cell.map_or(String::new(), |cell| cell.to_string())),
                form.map_or_else(Cell::blank, |form| {
                    links.cell(&form.place.file, &form.place.within)
                }),
            ]);
        }
        rows
    });
    Some(Table {
        name: "自评对照",
        unit: "单位：分",
        rows: rows.collect(),
        empty: "没有参评的。",
        notes: vec![format!(
            "注：自评核算是按自评表所填事项由程序算出的加分减减分（本工具约定），酌情的要点不计；最多可得是酌情的要点按满分算；\
             相差是{stage}得分减自评核算。自评不改{stage}得分。"
        )],
        ..words::table(standings, title, columns, Layout::list(10.5, 3))
    })
}

fn of_society(
    standings: &Standings<'_>,
    assessments: &Assessments,
    standing: &Standing,
) -> Vec<Row> {
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let name = &ground.roster.societies[standing.society].name;
    let result = standing.result.as_ref();
    let own = assessments.of(standing.society);
    let total = own.and_then(|own| own.figures(ground));
    let total = total.map(|figures| figures.total.rounded(scheme.precision));
    let reviewed = result.map(|result| result.score.reviewed_total().rounded(scheme.precision));
    let apart = reviewed.zip(total).map(|(reviewed, own)| reviewed - own);
    let mut rows = vec![
        Row::new(vec![
            Cell::text(name),
            Cell::dash(),
            Cell::text("总分"),
            Cell::text(own.map_or(lacking(assessments, standing), filled_by)),
            Cell::points_or_dash(total),
            Cell::dash(),
            Cell::points_or_dash(reviewed),
            Cell::points_or_dash(apart),
        ])
        .sum()
        .heavy(true),
    ];
    let Some(own) = own else { return rows };
    for (index, line) in scheme.lines.entries() {
        let reckoned = own.reckoned.get(index).copied().flatten();
        let net = reckoned.map(|reckoned| reckoned.marks().net());
        let most = reckoned.map(|reckoned| {
            Exact::from(reckoned.bonus.most) - Exact::from(reckoned.deduction.least)
        });
        let reviewed = result.map(|result| result.score.reviewed_line(index));
        let apart = reviewed.clone().zip(net.clone());
        let apart = apart.map(|(reviewed, own)| reviewed - own);
        rows.push(Row::new(vec![
            Cell::text(name),
            Cell::text(&line.code),
            Cell::text(scheme.name(line)),
            Cell::text(facts(ground, own, index).join("；")),
            Cell::exact_or_dash(net.as_ref()),
            Cell::exact_or_dash(most.as_ref()),
            Cell::exact_or_dash(reviewed.as_ref()),
            Cell::exact_or_dash(apart.as_ref()),
        ]));
    }
    rows
}

/// Who filled it in, and when.
fn filled_by(own: &Assessed) -> String {
    let form = &own.form;
    let day = form.date.map(|date| date.to_string());
    let by = Some(form.reviewer.clone()).filter(|name| !name.is_empty());
    let said: Vec<String> = by.into_iter().chain(day).collect();
    if said.is_empty() {
        "填报人、日期未填".to_owned()
    } else {
        said.join("，")
    }
}

/// Why a society has none that stands.
fn lacking(assessments: &Assessments, standing: &Standing) -> String {
    let own = assessments.forms.iter();
    let mut own = own.filter(|own| own.form.society == Some(standing.society));
    let has = own.any(|own| own.form.state != FormState::Blank);
    if has {
        "自评表须更正，没有采用"
    } else {
        "没有收到自评表"
    }
    .to_owned()
}
