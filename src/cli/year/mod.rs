//! The committee's year, as typed: deliberation and decision.

pub mod args;
pub mod edition;
pub mod notices;
pub mod register;
mod spans;
pub mod spot;
pub mod status;

use std::path::{Path, PathBuf};

use args::{Amend, Decide, Deliberate};

use super::args::Year;
use super::{folders, received, say};
use crate::committee::{DECIDED, Level, Verdict, meeting, quota, read};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::model::{day, sha256_hex};
use crate::outcome::{Outcome, fingerprint};
use crate::papers;
use crate::publish;
use crate::register::AMENDMENTS;
use crate::report::Output;
use crate::report::data::json;
use crate::report::data::manifest::{Entry, Product};
use crate::report::forms::lists;

/// Writes a blank list of corrected points.
pub fn amend(request: &Amend) -> Result<(), Error> {
    let ground = load(&request.year)?;
    put(&request.output, lists::amendments(&ground)?)?;
    say::line(&format!(
        "空白的{AMENDMENTS}已写入“{}”。填好后以“{AMENDMENTS}.xlsx”为名放在收件文件夹里，再出一次汇总。",
        request.output.display()
    ));
    Ok(())
}

/// Writes the sheet that the committee fills in.
pub fn deliberate(request: &Deliberate) -> Result<(), Error> {
    let (ground, outcome) = results(&request.year, &request.results)?;
    let earlier = earlier(request.decided.as_deref(), &outcome)?;
    let due = read::due(&outcome, earlier.as_ref().map(|one| &one.decided));
    if due.is_empty() {
        let object = ground.scheme.object();
        return Err(Error::Usage(if earlier.is_some() {
            format!("上次审定没有暂缓的{object}，不用补审。")
        } else {
            format!("结果中没有列入名次的{object}，没有可审议的。")
        }));
    }
    let members = match &request.members {
        None => Vec::new(),
        Some(path) => {
            let (sheets, _) = ground::sheets_in(path)?;
            let mut faults = Vec::new();
            let members = meeting::members(&ground, &sheets, &mut faults);
            if !faults.is_empty() {
                let file = format!("“{}”", path.display());
                return Err(Error::List { file, faults });
            }
            members
        }
    };
    let bytes = papers::deliberation::workbook(&ground, &outcome, &due, &members)?;
    put(&request.output, bytes)?;
    say::line(&format!(
        "审议表已写入“{}”：{}个{}，依据结果 {}。",
        request.output.display(),
        due.len(),
        ground.scheme.object(),
        outcome.fingerprint
    ));
    if outcome.results.state == crate::outcome::Edition::Draft {
        say::line(
            "【请核实】依据的结果还不是正式稿，只供准备会议用；审定前请用 consolidate --final 出正式稿，再出审议表。",
        );
    }
    Ok(())
}

/// Reads it back. Whether there was a fault: then nothing is decided and nothing written.
pub fn decide(request: &Decide) -> Result<bool, Error> {
    let (ground, outcome) = results(&request.year, &request.results)?;
    let earlier = earlier(request.decided.as_deref(), &outcome)?;
    let earlier = earlier.as_ref().map(|one| &one.decided);
    let (sheets, bytes) = ground::sheets_in(&request.sheet)?;
    let decided = match read::read(&ground, &outcome, earlier, &sheets) {
        Ok(decided) => decided,
        Err(faults) => {
            refused(&request.sheet, &faults);
            say::line(&format!(
                "没有审定任何{}，什么都没有写。请改好审议表再运行一次。",
                ground.scheme.object()
            ));
            return Ok(true);
        }
    };
    let exceeded = quota::exceeded(&ground.scheme, &outcome, &decided);
    received::refuse_exchange(&request.output, Product::Decision)?;
    let data = json::bytes(DECIDED, &decided)?;
    let sheet = entry(&request.sheet, &bytes);
    let verdict = Verdict {
        fingerprint: fingerprint('D', &data),
        source: sheet.clone(),
        decided,
    };
    let workbook = papers::decided::workbook(&ground, &verdict)?;
    let outputs = vec![
        output(papers::decided::FILE, workbook),
        output(DECIDED, data),
    ];
    let inputs = vec![outcome.source.clone(), sheet];
    write(
        (Product::Decision, &request.output),
        &outcome.results.scheme,
        inputs,
        outputs,
    )?;
    let societies = &verdict.decided.societies;
    let changed = societies.iter().filter(|one| one.is_changed()).count();
    let pending = societies.iter().filter(|one| one.is_pending()).count();
    say::line(&format!(
        "审定{}个，其中调整{changed}个；暂缓{pending}个。审定编号 {}，已写入“{}”。",
        societies.len() - pending,
        verdict.fingerprint,
        request.output.display()
    ));
    for over in exceeded {
        say::line(&format!("【请核实】{over}。"));
    }
    unusual(&ground, &verdict);
    Ok(false)
}

/// Says what of a decision is unusual, and stands.
fn unusual(ground: &Ground, verdict: &Verdict) {
    let societies = &verdict.decided.societies;
    let unexplained: Vec<String> = societies
        .iter()
        .filter(|one| one.is_recommended_otherwise() && one.recommended_reason.is_empty())
        .map(|one| format!("“{}”", one.name))
        .collect();
    if !unexplained.is_empty() {
        let noun = Level::of(&ground.scheme).noun();
        say::line(&format!(
            "【请核实】小组推荐与测算{noun}不同、没有写推荐理由的：{}。",
            unexplained.join("、")
        ));
    }
    let meeting = &verdict.decided.meeting;
    let aside = meeting.chair_stands_aside();
    if !aside.is_empty() {
        say::line(&format!(
            "【请核实】主持人{}应回避{}的审议，请在会议纪要中写明由谁主持这一项。",
            meeting.chair,
            aside.join("、")
        ));
    }
    let day = meeting.day;
    if let Some(stage) = ground.scheme.deciding_stage()
        && !stage.holds(day)
    {
        say::line(&format!(
            "【请核实】审定日期{}不在“{}”阶段（{}至{}）之内；填错了的，改好审议表再运行一次。",
            day::say(day),
            stage.name,
            day::say(stage.from),
            day::say(stage.to)
        ));
    }
}

/// The year in use, and the results that were scored by it.
fn results(year: &Year, folder: &Path) -> Result<(Ground, Outcome), Error> {
    let ground = load(year)?;
    let outcome = Outcome::load(folder)?;
    outcome.hold(&ground)?;
    Ok((ground, outcome))
}

/// The same for what is about stars alone: the register, its spot checks.
///
/// # Errors
/// The scheme has no stars.
fn load_starred(year: &Year) -> Result<Ground, Error> {
    let ground = load(year)?;
    if ground.scheme.has_stars() {
        return Ok(ground);
    }
    let scheme = &ground.scheme;
    Err(Error::Usage(match scheme.grades.first() {
        None => format!(
            "方案“{}”不评星级，没有星级可登记、抽查；登记簿和抽查只用于评星级的方案。",
            scheme.title
        ),
        // A grade may well be called 五星.
        Some(grade) => format!(
            "方案“{}”按总分直接评等次（{}等），不另评星级；登记簿和抽查只用于先评几颗星、再定等次的方案。",
            scheme.title, grade.name
        ),
    }))
}

fn load(year: &Year) -> Result<Ground, Error> {
    let candidates: Vec<PathBuf> = folders::of_program().into_iter().collect();
    Ground::of(year.wanted(), &candidates)
}

/// The decision that is to be completed; it must be of the same results.
fn earlier(folder: Option<&Path>, outcome: &Outcome) -> Result<Option<Verdict>, Error> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let verdict = Verdict::load(folder)?;
    verdict.hold(&outcome.fingerprint)?;
    Ok(Some(verdict))
}

/// A path as it is typed in a command.
fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) {
        format!("\"{path}\"")
    } else {
        path
    }
}

/// What a next command is told besides, so that it goes by the same year; nothing where that is found.
fn same_year(year: &Year) -> String {
    let folder = year.scheme.as_deref().map(typed);
    let folder = folder.map(|folder| format!(" --scheme {folder}"));
    let number = year.year.map(|number| format!(" --year {number}"));
    folder.into_iter().chain(number).collect()
}

/// The faults of a sheet that somebody filled in, one a line.
fn refused(file: &Path, faults: &[String]) {
    for fault in faults {
        say::line(&format!("【须更正】{}：{fault}。", name(file)));
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn output(name: &str, bytes: Vec<u8>) -> Output {
    Output {
        name: name.to_owned(),
        bytes,
    }
}

/// A file that was read, as a manifest lists it.
fn entry(path: &Path, bytes: &[u8]) -> Entry {
    Entry {
        file: name(path),
        within: Vec::new(),
        sha256: sha256_hex(bytes),
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        kept: None,
    }
}

/// Writes one workbook; one of other contents is never overwritten, for people may have filled it in. Under another name than
/// a workbook's it would not open.
fn put(path: &Path, bytes: Vec<u8>) -> Result<(), Error> {
    let is_workbook = path
        .extension()
        .is_some_and(|one| one.eq_ignore_ascii_case("xlsx"));
    if !is_workbook {
        return Err(Error::Usage(format!(
            "写出的是 Excel 工作簿，文件名应以.xlsx结尾；“{}”不是，什么都没有写。",
            name(path)
        )));
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    publish::add(
        folder.unwrap_or(Path::new(".")),
        &[output(&name(path), bytes)],
    )
}

/// Exchanges a whole folder, with its manifest.
fn write(
    (product, folder): (Product, &Path),
    scheme: &crate::outcome::SchemeId,
    inputs: Vec<Entry>,
    mut outputs: Vec<Output>,
) -> Result<(), Error> {
    outputs.push(papers::manifest(product, scheme, inputs, &outputs)?);
    let published = publish::publish(folder, &outputs, &folders::stamp())?;
    folders::say_published(folder, &published);
    Ok(())
}
