//! What a row of the 审议表 was printed with beside total and star: nobody decides anything by changing it there.

use super::{Award, Level, column};
use crate::ground::Ground;
use crate::model::fold;
use crate::outcome::Society;
use crate::roster::list::{Faults, List};

/// How somebody has a rank: `2（并列）`.
#[must_use]
pub fn rank(society: &Society) -> Option<String> {
    let tied = if society.tied { "（并列）" } else { "" };
    society.rank.map(|rank| format!("{rank}{tied}"))
}

/// The columns that are held to the results where a sheet has them.
pub(super) fn columns(ground: &Ground) -> Vec<&'static str> {
    let mut columns = vec![column::RANK];
    if Level::of(&ground.scheme) == Level::Stars {
        columns.push(column::GRADE);
    }
    columns
}

/// Holds a row to the results. A grade may also be that of the star which was decided: it follows the star.
pub(super) fn hold(
    ground: &Ground,
    list: &List<'_>,
    society: &Society,
    decided: Option<&Award>,
    row: u32,
    faults: &mut Faults,
) {
    let mut held = |heading: &str, allowed: &[String], why: &str| {
        let written = list.text(row, heading);
        let is_there = list.cell(row, heading).is_some();
        if is_there && !allowed.iter().any(|one| fold(one) == fold(&written)) {
            let message = format!(
                "{heading}填的是“{written}”，结果中是{}；{why}",
                allowed.first().map_or("", String::as_str)
            );
            list.fault(faults, row, heading, &message);
        }
    };
    if let Some(rank) = rank(society) {
        held(column::RANK, &[rank], "名次不能在这里改");
    }
    if Level::of(&ground.scheme) == Level::Stars {
        let said = |grade: Option<&str>| grade.unwrap_or(NONE).to_owned();
        let mut allowed = vec![said(society.grade.as_deref())];
        let stars = decided.and_then(|award| award.stars);
        allowed.extend(stars.map(|stars| said(ground.scheme.grade(stars))));
        held(column::GRADE, &allowed, "等次随审议星级，要改请改星级");
    }
}

/// How it is printed that somebody has no grade.
pub const NONE: &str = "—";
