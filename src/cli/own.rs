//! 自评: forms of the societies' own, and reviewers' forms that show what the societies say of themselves.

use std::collections::BTreeMap;

use super::args::{FormStage, Format, Forms, Reading};
use super::round::{self, Round};
use super::say;
use crate::error::Error;
use crate::form::labels;
use crate::ground::{Ground, OWN_FILE};
use crate::model::{Keyed, LineId, SocietyId};
use crate::rank::Asked;
use crate::scheme::Marks;

/// What societies say of themselves, by line of the scheme.
pub type Marked = BTreeMap<SocietyId, Keyed<LineId, Marks>>;

/// What forms are written from.
pub struct Sheets {
    pub ground: Ground,
    pub own: Marked,
}

/// The ground of the forms that are asked for.
pub fn sheets(typed: &Forms) -> Result<Sheets, Error> {
    let ground = round::ground(&typed.year, None)?;
    let is_own = typed.stage == FormStage::Own;
    if !is_own && typed.own.is_empty() {
        let own = Marked::new();
        return Ok(Sheets { ground, own });
    }
    if is_own && (typed.per_reviewer || !typed.own.is_empty()) {
        let why = "自评表由学会填，一个学会一份：--stage self 不能与 --per-reviewer、--self 同用。";
        return Err(Error::Usage(why.to_owned()));
    }
    let Some(of_societies) = ground.assessing() else {
        return Err(Error::Usage(format!(
            "这一年的方案没有自评的填报事项，出不了自评表。请在年度目录里放 {OWN_FILE}，写明各评分要点填报什么事项（样例见 xingping init 建的2018年目录）。"
        )));
    };
    if is_own {
        return Ok(Sheets {
            ground: of_societies,
            own: Marked::new(),
        });
    }
    let own = read(typed)?;
    let mut ground = ground;
    ground.scheme.shows_own = true;
    Ok(Sheets { ground, own })
}

/// What the societies' own forms come to, each that stands; what is wrong with others is said.
fn read(typed: &Forms) -> Result<Marked, Error> {
    let reading = Reading {
        year: typed.year.clone(),
        format: Format::Text,
        ..Reading::default()
    };
    Round::run(&reading, &typed.own, |round| {
        let standings = round.standings(Asked::default())?;
        let Some(assessments) = &standings.assessments else {
            return Err(Error::Usage(
                "--self 的路径下没有自评表。请指定学会报来的自评表所在的文件夹。".to_owned(),
            ));
        };
        say::about_files(&standings);
        let societies = round.ground.roster.societies.ids();
        let own = societies.filter_map(|society| {
            let marks = assessments.of(society)?.marks()?;
            Some((society, marks))
        });
        Ok(own.collect())
    })
}

/// What the name of a form's file ends in.
pub fn kind(ground: &Ground) -> String {
    if ground.scheme.own.is_some() {
        format!("-{}", labels::OWN_SHEET)
    } else {
        String::new()
    }
}

/// Whose forms show nothing, where forms are to show what societies say of themselves.
pub fn said(ground: &Ground, typed: &Forms, own: &Marked) {
    if typed.own.is_empty() {
        return;
    }
    let lacking: Vec<&str> = ground
        .roster
        .societies
        .entries()
        .filter(|(society, _)| !own.contains_key(society))
        .map(|(_, one)| one.name.as_str())
        .collect();
    say::line(&format!(
        "自评栏已按{}份自评表填好，由程序重新核算，酌情的要点不计。",
        own.len()
    ));
    if !lacking.is_empty() {
        say::line(&format!(
            "没有可用的自评表、自评栏空着的{}个：{}。",
            lacking.len(),
            lacking.join("、")
        ));
    }
}
