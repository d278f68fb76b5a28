//! Schemes compared, and a scheme read back from Excel, as typed.

use std::path::Path;

use super::args::{SchemeDiff, SchemeImport};
use super::{load, output, put, refused};
use crate::cli::args::Format;
use crate::cli::say;
use crate::edition::{Diff, Fate, Trial, import as sheet};
use crate::error::Error;
use crate::ground::{self, Ground, OWN_FILE, SCHEME_FILE, Wanted};
use crate::outcome::Outcome;
use crate::papers;
use crate::publish;
use crate::report::data::json;

/// Says what one scheme says otherwise than another.
pub fn diff(request: &SchemeDiff) -> Result<(), Error> {
    let (from, to) = (scheme(&request.from)?, scheme(&request.to)?);
    let results = request.results.as_deref().map(Outcome::load).transpose()?;
    if let Some(results) = &results {
        results.hold(&from)?;
    }
    let diff = Diff::of(&from.scheme, &to.scheme, results.as_ref()).with_items(&from, &to);
    match request.format {
        Format::Json => {
            let bytes = json::bytes("diff", &diff)?;
            say::data(&String::from_utf8_lossy(&bytes))?;
        }
        Format::Text if request.output.is_none() => say::data(&text(&diff))?,
        Format::Text => {}
    }
    if let Some(path) = &request.output {
        put(path, papers::edition::workbook(&diff)?)?;
        say::line(&format!("方案对照已写入“{}”。", path.display()));
    }
    Ok(())
}

/// Reads an edited sheet back. Whether it has faults: then nothing is written.
pub fn import(request: &SchemeImport) -> Result<bool, Error> {
    let base = load(&request.year)?;
    sheet::hold(&base)?;
    let (sheets, _) = ground::sheets_in(&request.sheet)?;
    let (text, scheme) = match sheet::read(&base, &sheets) {
        Ok(read) => read,
        Err(faults) => {
            refused(&request.sheet, &faults);
            say::line("指标体系没有读通，什么都没有写。");
            return Ok(true);
        }
    };
    let own = base.own.as_ref();
    let own = own.map(|(_, text)| output(OWN_FILE, text.clone().into_bytes()));
    let mut files = vec![output(SCHEME_FILE, text.into_bytes())];
    files.extend(own);
    publish::add(&request.output, &files)?;
    let diff = Diff::of(&base.scheme, &scheme, None);
    say::line(&format!(
        "已写入“{}”：与 {} 相比，评分行不变{}，有改动{}，新增{}，取消{}。",
        request.output.join(SCHEME_FILE).display(),
        base.scheme.id,
        diff.count(Fate::Same),
        diff.count(Fate::Changed),
        diff.count(Fate::Added),
        diff.count(Fate::Removed)
    ));
    if files.len() > 1 {
        say::line(&format!(
            "自评事项不在表格里改，照所据的方案原样写入“{}”。",
            request.output.join(OWN_FILE).display()
        ));
    }
    if base.folder.is_some() {
        say::line("名单没有一起写：请把所据年度目录里的名单也放进去。");
    }
    say::line(&format!(
        "请再改里面的 id、year 和日期，然后运行：xingping scheme check --scheme \"{}\"",
        request.output.display()
    ));
    Ok(false)
}

/// A scheme as it is named: a year folder, its scheme.toml, or the number of a built-in year.
fn scheme(written: &str) -> Result<Ground, Error> {
    let path = Path::new(written);
    let year = written.parse().ok().filter(|_| !path.exists());
    let wanted = Wanted {
        folder: year.is_none().then_some(path),
        year,
    };
    Ground::of(wanted, &[])
}

fn text(diff: &Diff) -> String {
    let mut told = vec![format!(
        "{}年 {} → {}年 {}",
        diff.from.year, diff.from.id, diff.to.year, diff.to.id
    )];
    told.push(format!(
        "评分行：不变{}，有改动{}，新增{}，取消{}。",
        diff.count(Fate::Same),
        diff.count(Fate::Changed),
        diff.count(Fate::Added),
        diff.count(Fate::Removed)
    ));
    for line in diff.lines.iter().filter(|line| line.fate != Fate::Same) {
        let code = line.to_code.as_ref().or(line.from_code.as_ref());
        let code = code.map_or("", String::as_str);
        let class = line.class.as_ref();
        let class = class.map_or(String::new(), |class| format!("{class} "));
        told.push(format!(
            "{class}{code} {}：{}",
            line.title,
            line.fate.label()
        ));
        for change in &line.changes {
            told.push(format!(
                "  {}：{} → {}",
                change.what,
                flat(&change.from),
                flat(&change.to)
            ));
        }
    }
    for rule in &diff.rules {
        told.push(format!(
            "{}：{} → {}",
            rule.what,
            flat(&rule.from),
            flat(&rule.to)
        ));
    }
    told.extend(diff.trials.iter().map(|one| trial(diff, one)));
    told.join("\n") + "\n"
}

/// On one line; nothing is said to be nothing.
fn flat(text: &str) -> String {
    if text.is_empty() {
        "（无）".to_owned()
    } else {
        text.replace('\n', "；")
    }
}

fn trial(diff: &Diff, one: &Trial) -> String {
    let would_have = if diff.level.1.is_empty() {
        String::new()
    } else {
        let level = one.would_have().unwrap_or_else(|| "不可比".to_owned());
        format!("；新方案 {level}")
    };
    let comparable = one.comparable.map_or_else(
        || "不可比".to_owned(),
        |(old, new)| format!("{old} → {new}"),
    );
    let alone = |codes: &[String]| {
        if codes.is_empty() {
            "无".to_owned()
        } else {
            codes.join("、")
        }
    };
    format!(
        "试算 {}：原{}分{}；可比部分 {comparable}{would_have}；不可比：原{}，新{}",
        one.society,
        one.total,
        one.had(),
        alone(&one.old_alone),
        alone(&one.new_alone)
    )
}
