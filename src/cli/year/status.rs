//! Where the year is, as typed: whatever is given is looked at for what it is.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::args::Status;
use super::{register, same_year, typed};
use crate::agenda::{Agenda, Due, Seen, Step};
use crate::cli::args::Reading;
use crate::cli::round::Round;
use crate::cli::say;
use crate::committee::Verdict;
use crate::error::Error;
use crate::ground;
use crate::ledger::{self, Ledger};
use crate::model::day;
use crate::outcome::Outcome;
use crate::rank::Asked;
use crate::report::data::manifest::{Manifest, Product};

/// More names than this are counted.
const NAMED: usize = 8;

/// What the paths are.
#[derive(Default)]
struct Given {
    inbox: Vec<PathBuf>,
    results: Option<PathBuf>,
    decided: Option<PathBuf>,
    ledger: Option<(PathBuf, Ledger)>,
}

/// Says where the year is. Whether what was given has faults: then nothing is said.
pub fn status(request: &Status) -> Result<bool, Error> {
    let Some(given) = given(&request.paths)? else {
        return Ok(true);
    };
    let on = request.on.unwrap_or_else(|| jiff::Zoned::now().date());
    let reading = Reading {
        year: request.year.clone(),
        password_file: request.password_file.clone(),
        ..Reading::default()
    };
    Round::run(&reading, &given.inbox, |round| {
        tell(round, &given, on, &same_year(&request.year))
    })?;
    Ok(false)
}

fn tell(round: &Round<'_>, given: &Given, on: Date, again: &str) -> Result<(), Error> {
    let ground = &round.ground;
    let standings = if given.inbox.is_empty() {
        None
    } else {
        Some(round.standings(Asked::default())?)
    };
    let outcome = given.results.as_deref().map(Outcome::load).transpose()?;
    if let Some(outcome) = &outcome {
        outcome.hold(ground)?;
    }
    let verdict = given.decided.as_deref().map(Verdict::load).transpose()?;
    let agenda = Agenda::of(
        ground,
        on,
        &Seen {
            standings: standings.as_ref(),
            outcome: outcome.as_ref(),
            verdict: verdict.as_ref(),
            ledger: given.ledger.as_ref().map(|(_, ledger)| ledger),
        },
    );
    let mut told = vec![format!("{}：{}。", day::say(on), agenda.position.say())];
    told.extend(agenda.due.iter().map(|due| of_due(due, on)));
    if !agenda.late.is_empty() {
        let late: Vec<String> = agenda
            .late
            .iter()
            .map(|one| {
                format!(
                    "{}（{}，{}，“{}”）",
                    one.society,
                    one.reviewer,
                    day::say(one.day),
                    one.file
                )
            })
            .collect();
        told.push(format!(
            "【逾期】逾期填报或送达的评价表{}份：{}。",
            late.len(),
            few(&late)
        ));
    }
    let next = agenda.next.iter();
    told.extend(next.map(|step| format!("下一步：{}{again}", command(*step, given, on))));
    say::data(&(told.join("\n") + "\n"))
}

/// What each path is: an output folder by its manifest, a register by its headings, all else was received. None where a
/// register has faults, which are said.
fn given(paths: &[PathBuf]) -> Result<Option<Given>, Error> {
    let mut given = Given::default();
    for path in paths {
        if !path.exists() {
            return Err(Error::NoSuchPath(path.clone()));
        }
        let twice = |what: &str| {
            Error::Usage(format!(
                "给了两个{what}，请只给一个：“{}”。",
                path.display()
            ))
        };
        match Manifest::load(path).and_then(|manifest| manifest.product()) {
            Some(Product::Results) => {
                if given.results.replace(path.clone()).is_some() {
                    return Err(twice("结果目录"));
                }
            }
            Some(Product::Decision) => {
                if given.decided.replace(path.clone()).is_some() {
                    return Err(twice("审定目录"));
                }
            }
            Some(other) => {
                return Err(Error::Usage(format!(
                    "“{}”是{}，从中看不出进度。请给收件文件夹、结果目录、审定目录或登记簿。",
                    path.display(),
                    other.label()
                )));
            }
            None if is_ledger(path) => {
                let Some(ledger) = register::read_in(path)? else {
                    return Ok(None);
                };
                if given.ledger.replace((path.clone(), ledger)).is_some() {
                    return Err(twice("登记簿"));
                }
            }
            None => given.inbox.push(path.clone()),
        }
    }
    Ok(Some(given))
}

/// Whether a file is a register, if one with faults.
fn is_ledger(path: &Path) -> bool {
    path.is_file()
        && ground::sheets_in(path).is_ok_and(|(sheets, _)| ledger::read::is_ledger(&sheets))
}

/// The first few, and how many there are.
fn few(all: &[String]) -> String {
    let named = all[..all.len().min(NAMED)].join("；");
    if all.len() > NAMED {
        format!("{named}；等{}项", all.len())
    } else {
        named
    }
}

fn of_due(due: &Due, on: Date) -> String {
    let by = due
        .by
        .map_or(String::new(), |by| format!("（{}前）", day::say(by)));
    let mark = if due.is_overdue(on) {
        "已过期"
    } else {
        "待办"
    };
    format!("【{mark}】{}{by}：{}。", due.what, few(&due.who))
}

/// The command of a step, with the paths that were given.
fn command(step: Step, given: &Given, on: Date) -> String {
    let shown = |path: Option<&Path>, usual: &str| path.map_or_else(|| usual.to_owned(), typed);
    let inbox = if given.inbox.is_empty() {
        "收件".to_owned()
    } else {
        let all = given.inbox.iter().map(|path| shown(Some(path), ""));
        all.collect::<Vec<_>>().join(" ")
    };
    let results = shown(given.results.as_deref(), "星评结果");
    let decided = shown(given.decided.as_deref(), "审定");
    let ledger = given.ledger.as_ref().map(|(path, _)| path.as_path());
    let ledger = shown(ledger, "登记簿.csv");
    match step {
        Step::OwnForms => "发空白自评表　xingping forms --stage self -o 空白自评表".to_owned(),
        Step::Forms => "发空白评价表　xingping forms -o 空白表".to_owned(),
        Step::Consolidate => {
            format!("读收到的评价表，出初稿　xingping consolidate {inbox} -o {results}")
        }
        Step::Return => format!("退回要更正的，催报未交的　xingping return {inbox} -o 退回"),
        Step::Final => format!("出正式稿　xingping consolidate {inbox} -o {results} --final"),
        Step::Deliberate => format!("出审议表　xingping deliberate {results} -o 审议表.xlsx"),
        Step::Decide => {
            format!("审议后读回　xingping decide 审议表.xlsx --results {results} -o {decided}")
        }
        Step::Again => {
            format!("补审暂缓的　xingping deliberate {results} --decided {decided} -o 补审表.xlsx")
        }
        Step::Propose => format!(
            "公示　xingping publish {decided} --kind 公示 --scope 范围 --basis 依据 --issuer 单位 --date 日期 --contact 联系人 -o 公示"
        ),
        Step::Announce => format!(
            "公示期满发布　xingping publish {decided} --kind 发布 --scope 范围 --basis 依据 --issuer 单位 --date 日期 --objections 异议登记.xlsx -o 发布"
        ),
        Step::Award => format!(
            "公示期满登记　xingping register add {ledger} --decided {decided} --results {results} --objections 异议登记.xlsx --basis 文号"
        ),
        Step::Export => {
            format!("印星级台账　xingping register export {ledger} --on {on} -o 星级台账.xlsx")
        }
        Step::SpotCheck => format!(
            "抽查　xingping spot-check --register {ledger} --on {on} --share 20% --seed 种子 --results {results} -o 抽查"
        ),
    }
}
