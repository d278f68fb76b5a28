//! Blank forms, the year folder, and the scheme as people proof-read it.

use std::path::{Path, PathBuf};

use super::args::{Forms, Init, Show, Year};
use super::{cover, own, received, round, say};
use crate::error::Error;
use crate::form::labels;
use crate::ground::{BUILT_IN, Ground, OWN_FILE, REVIEWERS_FILE, SCHEME_FILE, Wanted, gallery};
use crate::publish;
use crate::report::Output;
use crate::report::forms::evaluation::Blank;
use crate::report::forms::{assignment, evaluation, lists};
use crate::report::kit::names::{FileNames, file_name};
use crate::report::kit::policies;
use crate::roster::{Cover, ReviewGroup};
use crate::scheme::of_another_year;

/// Writes the blank forms.
pub fn forms(typed: &Forms) -> Result<(), Error> {
    let own::Sheets { ground, own } = own::sheets(typed)?;
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
                let sheet = labels::sheet(&ground.scheme);
                let separate = if folder.is_empty() { "" } else { "-" };
                let file = format!("{folder}{separate}{sheet}.xlsx");
                let file = names.free("", &file);
                outputs.push(output(&ground, file, &blanks, &own)?);
            }
            continue;
        }
        for society in societies {
            let name = &ground.roster.societies[society].name;
            if !typed.per_reviewer {
                let kind = own::kind(&ground);
                let file = names.free(&folder, &format!("{}{kind}.xlsx", file_name(name)));
                let blank = Blank {
                    society,
                    reviewer: None,
                };
                outputs.push(output(&ground, file, &[blank], &own)?);
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
                outputs.push(output(&ground, file, &[blank], &own)?);
            }
        }
    }
    if outputs.is_empty() {
        return Err(nobody(&ground));
    }
    let books = outputs.len();
    let cover = ground.roster.cover();
    if ground.scheme.own.is_none() {
        outputs.extend(assignments(&ground, &cover, typed.per_group, &mut names)?);
    }
    let assignments = outputs.len() - books;
    received::refuse_mixture(&ground, &typed.output, &outputs)?;
    publish::add(&typed.output, &outputs)?;
    say::ground(&ground);
    say::doubts(&ground);
    if ground.scheme.own.is_none() {
        cover::gaps(&ground, &cover);
    }
    own::said(&ground, typed, &own);
    for one in &recused {
        say::line(&format!("不出表：{one}"));
    }
    say_written(&ground, books, assignments, &typed.output);
    Ok(())
}

fn say_written(ground: &Ground, books: usize, assignments: usize, folder: &Path) {
    let assignments = match assignments {
        0 => String::new(),
        count => format!("、{}{count}份", assignment::NAME),
    };
    say::line(&format!(
        "空白{}工作簿{books}个{assignments}已写入“{}”。请发给{}填写，填好后原样发回。",
        labels::sheet(&ground.scheme),
        folder.display(),
        if ground.scheme.own.is_some() {
            "各参评单位"
        } else if ground.scheme.asks.groups {
            "各组"
        } else {
            "评价人"
        }
    ));
}

/// 评价分工表 of every group that has reviewers.
fn assignments(
    ground: &Ground,
    cover: &Cover,
    per_group: bool,
    names: &mut FileNames,
) -> Result<Vec<Output>, Error> {
    let mut outputs = Vec::new();
    for (index, group) in ground.roster.groups.entries() {
        let Some(bytes) = assignment::workbook(ground, cover, index)? else {
            continue;
        };
        let folder = folder_of(group);
        let name = if group.is_all() {
            names.free("", &format!("{}.xlsx", assignment::NAME))
        } else if per_group {
            names.free("", &format!("{folder}-{}.xlsx", assignment::NAME))
        } else {
            let file = format!("{}-{}.xlsx", group.label(), assignment::NAME);
            names.free(&folder, &file)
        };
        outputs.push(Output { name, bytes });
    }
    Ok(outputs)
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

fn output(
    ground: &Ground,
    name: String,
    blanks: &[Blank],
    own: &own::Marked,
) -> Result<Output, Error> {
    Ok(Output {
        bytes: evaluation::showing(ground, blanks, own)?,
        name,
    })
}

/// Writes a year folder to edit.
pub fn init(typed: &Init) -> Result<(), Error> {
    let Some(folder) = &typed.folder else {
        let all = gallery::all();
        let rows = all.iter().map(|(name, about)| format!("{name}\t{about}\n"));
        return say::data(&rows.collect::<Vec<_>>().concat());
    };
    let built_in = |name: &str| BUILT_IN.iter().find(|one| one.year.to_string() == name);
    let ground = match typed.like.as_deref() {
        Some(name) if built_in(name).is_none() => gallery::like(name)?,
        Some(name) => Ground::of(
            Wanted {
                folder: None,
                year: built_in(name).map(|one| one.year),
            },
            &[],
        )?,
        None => round::ground(&typed.year, None)?,
    };
    let from = ground.scheme.year;
    let to = year_of(folder).filter(|to| *to != from);
    let scheme = match to {
        Some(to) => of_another_year(&ground.scheme_text, from, to),
        None => ground.scheme_text.clone(),
    };
    let societies = ground.scheme.list_name();
    let own = ground.own.as_ref().map(|(_, text)| Output {
        name: OWN_FILE.to_owned(),
        bytes: text.clone().into_bytes(),
    });
    let outputs = [
        Output {
            name: SCHEME_FILE.to_owned(),
            bytes: scheme.into_bytes(),
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
    let and_own = if own.is_some() {
        format!("，另有自评的填报事项 {OWN_FILE}")
    } else {
        String::new()
    };
    let outputs: Vec<Output> = outputs.into_iter().chain(own).collect();
    publish::add(folder, &outputs)?;
    say::line(&format!(
        "年度目录已建好：“{}”，内有 {SCHEME_FILE}、{societies}.xlsx、{REVIEWERS_FILE}.xlsx{and_own}。",
        folder.display()
    ));
    say::line(&match to {
        Some(to) => format!(
            "{SCHEME_FILE} 已按{to}年写好 id、year 和各阶段日期（由{from}年的顺移，请核对），文号 source 待填；再改指标和名单。"
        ),
        None => format!(
            "新的一年请先改 {SCHEME_FILE} 里的 id、year、source 和各阶段日期，再改指标和名单。"
        ),
    });
    if ground.roster.societies.is_empty() {
        say::line(&format!(
            "“{societies}.xlsx”是空的，请先填上参评的{}。",
            ground.scheme.object()
        ));
    }
    say::line(
        "方案各项怎样写，见手册“评价方案”一页；查一项用：xingping explain 键名或名称，如 xingping explain 名额",
    );
    say::line(&format!(
        "改好后请运行：xingping scheme check --scheme \"{}\"",
        folder.display()
    ));
    Ok(())
}

/// The year that a folder is named after, if it is named after one.
fn year_of(folder: &Path) -> Option<u32> {
    const YEARS: std::ops::RangeInclusive<u32> = 2000..=2199;
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let mut numbers = name
        .split(|one: char| !one.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| YEARS.contains(year));
    numbers.next().filter(|_| numbers.next().is_none())
}

/// Checks scheme and lists.
pub fn scheme_check(year: &Year) -> Result<(), Error> {
    let ground = round::ground(year, None)?;
    let scheme = &ground.scheme;
    say::ground(&ground);
    say::doubts(&ground);
    let full = policies::by_class(scheme, |class| {
        let bonus = scheme.full_bonus_of(class);
        if scheme.has_deductions() {
            format!("加分{bonus}、减分{}", scheme.full_deduction_of(class))
        } else {
            format!("满分{bonus}")
        }
    });
    say::line(&format!(
        "没有须更正的问题：{}，{}；{}{}个{}、{}位评价人。",
        policies::structure(scheme).join("、"),
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
    cover::all(&ground);
    Ok(())
}

/// Prints the indicator system, or writes it as a table.
pub fn scheme_show(typed: &Show) -> Result<(), Error> {
    let ground = round::ground(&typed.year, None)?;
    let Some(path) = &typed.output else {
        return say::data(&lists::scheme_text(&ground));
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
        bytes: lists::scheme_table(&ground)?,
    };
    publish::add(&folder, &[output])?;
    say::line(&format!("指标体系已写入“{}”。", path.display()));
    Ok(())
}
