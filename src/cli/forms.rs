//! Blank forms, the year folder, and the scheme as people proof-read it.

use std::path::PathBuf;

use super::args::{Forms, Init, Show, Year};
use super::{round, say};
use crate::error::Error;
use crate::ground::{Ground, REVIEWERS_FILE, SCHEME_FILE};
use crate::publish;
use crate::report::Output;
use crate::report::forms::evaluation::Blank;
use crate::report::forms::{evaluation, lists};
use crate::report::kit::names::{FileNames, file_name};
use crate::report::kit::policies;
use crate::roster::ReviewGroup;

/// Writes the blank forms.
pub fn forms(typed: &Forms) -> Result<(), Error> {
    let ground = round::ground(&typed.year, None)?;
    let mut outputs = Vec::new();
    let mut recused = Vec::new();
    let mut names = FileNames::default();
    for (index, group) in ground.roster.groups.entries() {
        let folder = folder_of(group);
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
                let several = [folder.as_str(), "评价表.xlsx"];
                let file = several.join(if folder.is_empty() { "" } else { "-" });
                let file = names.free("", &file);
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
        return Err(nobody(&ground));
    }
    publish::add(&typed.output, &outputs)?;
    say::ground(&ground);
    say::doubts(&ground);
    for one in &recused {
        say::line(&format!("不出表：{one}"));
    }
    say::line(&format!(
        "空白评价表工作簿{}个已写入“{}”。请发给{}填写，填好后原样发回。",
        outputs.len(),
        typed.output.display(),
        if ground.scheme.asks.groups {
            "各组"
        } else {
            "评价人"
        }
    ));
    Ok(())
}

/// That no form is to be written, for there is nobody to write it for.
fn nobody(ground: &Ground) -> Error {
    let why = if ground.scheme.asks.groups {
        "评价人名单里没有分到组的评价人，无法按评价人出表。请先填“评价人名单”的组号。"
    } else {
        "评价人名单是空的，无法按评价人出表。请先填“评价人名单”。"
    };
    Error::Usage(why.to_owned())
}

/// The folder of a group's forms; none where there are no groups.
fn folder_of(group: &ReviewGroup) -> String {
    if group.is_all() {
        return String::new();
    }
    file_name(&format!("{}-{}", group.label(), group.lead))
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
    let societies = ground.scheme.list_name();
    let outputs = [
        Output {
            name: SCHEME_FILE.to_owned(),
            bytes: ground.scheme_text.as_bytes().to_vec(),
        },
        Output {
            name: format!("{societies}.xlsx"),
            bytes: lists::societies(&ground)?,
        },
        Output {
            name: format!("{REVIEWERS_FILE}.xlsx"),
            bytes: lists::reviewers(&ground)?,
        },
    ];
    publish::add(&typed.folder, &outputs)?;
    say::line(&format!(
        "年度目录已建好：“{}”，内有 {SCHEME_FILE}、{societies}.xlsx、{REVIEWERS_FILE}.xlsx。",
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
    let full = if scheme.has_deductions() {
        format!(
            "加分{}、减分{}",
            scheme.full_bonus(),
            scheme.full_deduction()
        )
    } else {
        format!("满分{}", scheme.full_bonus())
    };
    say::line(&format!(
        "没有须更正的问题：{}，{}；{}{}个{}、{}位评价人。",
        policies::structure(scheme),
        full,
        if scheme.asks.groups {
            format!("{}个组、", ground.roster.groups.len())
        } else {
            String::new()
        },
        ground.roster.societies.len(),
        scheme.object(),
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
