//! One society for the secretariat: line by line what it has and what each form gave it, and what became of its forms.

use crate::rank::{Standing, Standings};
use crate::report::kit::{
    Cell, Column, Layout, Look, Row, Table, Topic, columns, file_text, words,
};
use crate::settle::{SettledForm, SettledLine};

/// Line by line.
#[must_use]
pub fn lines(standings: &Standings<'_>, standing: &Standing) -> Table {
    let scheme = &standings.ground.scheme;
    let forms: Vec<&SettledForm> = forms_of(standings, standing)
        .filter(|form| form.is_scored())
        .collect();
    let points = Look::Points(scheme.precision);
    let mut columns = columns![
        ("编号", 7, Look::Centre),
        (Topic::Indicator, 26, Look::Fitted),
        (Topic::Cap, 6, Look::Plain),
        (Topic::Score, 10, points),
    ];
    columns.extend(
        forms
            .iter()
            .map(|form| Column::new(&form.reviewer, 8, Look::Plain)),
    );
    let class = standings.ground.roster.societies[standing.society].class;
    let mut above = None;
    let rows = scheme.lines_of_class(class).map(|(index, line)| {
        let score = standing
            .result
            .as_ref()
            .map(|result| result.score.line(index).quotient());
        let mut cells = vec![
            Cell::text(&line.code),
            Cell::text(scheme.name(line)),
            Cell::points(line.bonus.cap),
            score.map_or_else(Cell::dash, Cell::number),
        ];
        cells.extend(forms.iter().map(|form| {
            let given = form.lines.get(index);
            let given = given.and_then(SettledLine::marks);
            Cell::exact_or_dash(given.map(|marks| marks.net()).as_ref())
        }));
        let heavy = above.is_some_and(|above| above != line.part);
        above = Some(line.part);
        Row::new(cells).heavy(heavy)
    });
    Table {
        unit: "单位：分",
        rows: rows.collect(),
        ..words::table(
            standings,
            "各项得分".to_owned(),
            columns,
            Layout::list(9.0, 2),
        )
    }
}

/// Its forms, whatever became of them.
#[must_use]
pub fn forms(standings: &Standings<'_>, standing: &Standing) -> Table {
    let columns = columns![
        ("评价人", 10, Look::Fitted),
        ("评价人单位", 20, Look::Left),
        ("评价日期", 12, Look::Day),
        ("合计", 8, Look::Plain),
        (Topic::RecommendedStars, 6, Look::Star),
        ("状态", 12, Look::Centre),
        ("文件", 30, Look::Left),
        ("工作表", 10, Look::Left),
    ];
    let rows = forms_of(standings, standing).map(|form| {
        Row::new(vec![
            Cell::text(&form.reviewer),
            Cell::text(&form.unit),
            form.date.map_or_else(Cell::blank, Cell::day),
            Cell::exact_or_dash(form.total(&standings.ground.scheme).as_ref()),
            form.recommended.map_or_else(Cell::blank, Cell::stars),
            Cell::text(words::form_state(form)),
            Cell::text(file_text(&form.place.file, &form.place.within)),
            Cell::text(&form.place.sheet),
        ])
    });
    Table {
        unit: "单位：分",
        rows: rows.collect(),
        empty: "没有收到评价表。",
        ..words::table(
            standings,
            "评价表".to_owned(),
            columns,
            Layout::list(9.0, 1),
        )
    }
}

fn forms_of<'s>(
    standings: &'s Standings<'_>,
    standing: &'s Standing,
) -> impl Iterator<Item = &'s SettledForm> {
    let forms = standing.forms.iter();
    forms.filter_map(|form| standings.forms.get(*form))
}
