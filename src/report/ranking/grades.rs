//! 等次名单: the ranked societies by grade, in the order of the ranking. A star without a grade has none here.

use rust_xlsxwriter::XlsxError;

use super::list::ONE_PAGE;
use crate::rank::Standing;
use crate::report::parts::{Book, Cell, Column, Look, Row, score, words};
use crate::report::print::Fit;

/// Adds the sheet.
pub(super) fn add(book: &mut Book<'_>) -> Result<(), XlsxError> {
    let standings = book.standings;
    let ground = standings.ground;
    let scheme = &ground.scheme;
    let columns = vec![
        Column::new("序号", 6, Look::Whole),
        Column::new("等次", 10, Look::Centre),
        Column::new(&words::subject_head(scheme), 34, Look::Fitted),
        Column::new("分组", 8, Look::Centre),
        Column::new("总分", 10, Look::Points(scheme.precision)),
        Column::new("测算星级", 10, Look::Star),
    ];
    let mut sheet = book.sheet("等次名单", columns, 10.5)?;
    sheet.heading(standings, &words::title(standings, "等次名单"), "单位：分")?;
    sheet.header()?;
    sheet.row_height = 18.0;
    let mut number = 0;
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
            let heavy = at == 0 && number > 0;
            number += 1;
            let row = Row::new(vec![
                Cell::whole(number),
                score::grade(result),
                Cell::text(words::subject_of(standings, standing)),
                Cell::text(ground.roster.group_of(society).label()),
                Cell::points(result.total),
                Cell::stars(result.stars),
            ]);
            sheet.row(&row.heavy(heavy))?;
        }
        let count = members.len();
        notes.push(name.map_or_else(
            || format!("不设等次：{count}个"),
            |name| format!("{name}{}：{count}个", range(scheme, name)),
        ));
    }
    sheet.end_table()?;
    let mut notes = vec![format!("注：{}。", notes.join("；"))];
    if let Some(grade) = &scheme.support_grade {
        notes.push(format!("按规定，{grade}及以上等次在有效期内每年给予支持。"));
    }
    sheet.notes(&notes)?;
    sheet.signatures(&["制表人", "审核人", "负责人（签字）"], "单位")?;
    if standings.order.len() <= ONE_PAGE {
        sheet.fit = Fit::One;
    }
    sheet.finish(standings, 3)?;
    book.add(sheet);
    Ok(())
}

/// The stars of a grade: `（8至10星）`.
fn range(scheme: &crate::scheme::Scheme, name: &str) -> String {
    scheme
        .grades
        .iter()
        .find(|grade| grade.name == name)
        .map_or(String::new(), |grade| {
            format!("（{}至{}星）", grade.from, grade.to)
        })
}
