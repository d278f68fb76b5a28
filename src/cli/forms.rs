//! Blank forms, the year folder, and the scheme as people proof-read it.

use std::path::PathBuf;

use super::args::{Forms, Init, Show, Year};
use super::{round, say};
use crate::error::Error;
use crate::ground::{Ground, REVIEWERS_FILE, SCHEME_FILE, SOCIETIES_FILE};
use crate::publish;
use crate::report::Output;
use crate::report::forms::evaluation::Blank;
use crate::report::forms::{evaluation, lists};
use crate::report::kit::names::{FileNames, file_name};

/// Writes the blank forms.
pub fn forms(typed: &Forms) -> Result<(), Error> {
    let ground = round::ground(&typed.year, None)?;
    let mut outputs = Vec::new();
    let mut recused = Vec::new();
    let mut names = FileNames::default();
    for (index, group) in ground.roster.groups.entries() {
        let folder = file_name(&format!("{}-{}", group.label(), group.lead));
        let societies = ground
            .roster
            .societies_of(index)
            .map(|(society, _)| society);
        if typed.per_group {
            let blanks: Vec<Blank> = societies
                .map(|society| Blank {
                    society,
                    reviewer: None,
                })
                .collect();
            if !blanks.is_empty() {
                let file = names.free("", &format!("{folder}-评价表.xlsx"));
                outputs.push(output(&ground, file, &blanks)?);
            }
            continue;
        }
        for society in societies {
            let name = &ground.roster.societies[society].name;
            if !typed.per_reviewer {
                let file = names.free(&folder, &format!("{}.xlsx", file_name(name)));
                outputs.push(output(
                    &ground,
                    file,
                    &[Blank {
                        society,
                        reviewer: None,
                    }],
                )?);
                continue;
            }
            for (reviewer, person) in ground.roster.reviewers.entries() {
                if person.group != Some(index) {
                    continue;
                }
                if person.member == Some(false) {
                    recused.push(format!(
                        "{}（{}）—{name}（名单中不是中共党员）",
                        person.name, person.unit
                    ));
                    continue;
                }
                if ground.roster.must_recuse(person, society) {
                    recused.push(format!(
                        "{}（{}）—{name}（应回避）",
                        person.name, person.unit
                    ));
                    continue;
                }
                let file = file_name(&format!("{name}-{}", person.name));
                let twins = ground
                    .roster
                    .reviewers
                    .iter()
                    .filter(|one| one.name == person.name);
                let file = if twins.count() > 1 {
                    file_name(&format!("{name}-{}-{}", person.name, person.unit))
                } else {
                    file
                };
                let blank = Blank {
                    society,
                    reviewer: Some(reviewer),
                };
                let file = names.free(&folder, &format!("{file}.xlsx"));
                outputs.push(output(&ground, file, &[blank])?);
            }
        }
    }
    if outputs.is_empty() {
        return Err(Error::Usage(
            "评价人名单里没有分到组的评价人，无法按评价人出表。请先填“评价人名单”的组号。"
                .to_owned(),
        ));
    }
    publish::add(&typed.output, &outputs)?;
    say::ground(&ground);
    say::doubts(&ground);
    for one in &recused {
        say::line(&format!("不出表：{one}"));
    }
    say::line(&format!(
        "空白评价表工作簿{}个已写入“{}”。请发给各组填写，填好后原样发回。",
        outputs.len(),
        typed.output.display()
    ));
    Ok(())
}

fn output(ground: &Ground, name: String, blanks: &[Blank]) -> Result<Output, Error> {
    Ok(Output {
        bytes: evaluation::workbook(ground, blanks)?,
        name,
    })
}

/// Writes a year folder to edit.
pub fn init(typed: &Init) -> Result<(), Error> {
    let ground = round::ground(&typed.year, None)?;
    let outputs = [
        Output {
            name: SCHEME_FILE.to_owned(),
            bytes: ground.scheme_text.as_bytes().to_vec(),
        },
        Output {
            name: format!("{SOCIETIES_FILE}.xlsx"),
            bytes: lists::societies(&ground)?,
        },
        Output {
            name: format!("{REVIEWERS_FILE}.xlsx"),
            bytes: lists::reviewers(&ground)?,
        },
    ];
    publish::add(&typed.folder, &outputs)?;
    say::line(&format!(
        "年度目录已建好：“{}”，内有 {SCHEME_FILE}、{SOCIETIES_FILE}.xlsx、{REVIEWERS_FILE}.xlsx。",
        typed.folder.display()
    ));
    say::line(&format!(
        "新的一年请先改 {SCHEME_FILE} 里的 id、year、source 和各阶段日期，再改指标和名单。"
    ));
    say::line(&format!(
        "改好后请运行：xingping scheme check --scheme \"{}\"",
        typed.folder.display()
    ));
    Ok(())
}

/// Checks scheme and lists.
pub fn scheme_check(year: &Year) -> Result<(), Error> {
    let ground = round::ground(year, None)?;
    let scheme = &ground.scheme;
    say::ground(&ground);
    say::doubts(&ground);
    say::line(&format!(
        "没有须更正的问题：{}个部分、{}项一级指标、{}项二级指标、{}个评分行，加分{}、减分{}；{}个组、{}个学会、{}位评价人。",
        scheme.parts.len(),
        scheme.dimensions.len(),
        scheme.indicators.len(),
        scheme.lines.len(),
        scheme.full_bonus(),
        scheme.full_deduction(),
        ground.roster.groups.len(),
        ground.roster.societies.len(),
        ground.roster.reviewers.len(),
    ));
    Ok(())
}

/// Prints the indicator system, or writes it as a table.
pub fn scheme_show(typed: &Show) -> Result<(), Error> {
    let ground = round::ground(&typed.year, None)?;
    let Some(path) = &typed.output else {
        say::data(&lists::scheme_text(&ground.scheme));
        return Ok(());
    };
    if !path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
    {
        return Err(Error::Usage(format!(
            "“{}”应以 .xlsx 结尾，写出的是 Excel 表格。",
            path.display()
        )));
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    let folder = if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder
    };
    let output = Output {
        name: name.unwrap_or_else(|| "指标体系.xlsx".to_owned()),
        bytes: lists::scheme_table(&ground.scheme)?,
    };
    publish::add(&folder, &[output])?;
    say::line(&format!("指标体系已写入“{}”。", path.display()));
    Ok(())
}
