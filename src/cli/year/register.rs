//! The register of stars, as typed.

mod called;
mod file;

use jiff::civil::Date;

use super::args::{Add, Change, ChangeKind, RegisterCommand, ShowLedger};
use super::{load_starred, put, refused};
use crate::cli::say;
use crate::committee::{Verdict, objection, term};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::ledger::grading::Grading;
use crate::ledger::hold::{self, Entry, Holding, State};
use crate::ledger::{Event, Kind, plain};
use crate::outcome::{self, Outcome};
use crate::papers;
use called::{bare, held_name, not_named};
pub(super) use file::{Entered, Open, open, read_in, say_ungraded};

/// Whether there was a fault in what somebody wrote.
pub fn register(command: &RegisterCommand) -> Result<bool, Error> {
    match command {
        RegisterCommand::Add(request) => add(request),
        RegisterCommand::Adjust(request) => {
            let kind = match request.event {
                ChangeKind::Adjusted => Kind::Adjusted,
                ChangeKind::Corrected => Kind::Corrected,
                ChangeKind::Confirmed => Kind::Confirmed,
                ChangeKind::Renamed => Kind::Renamed,
                ChangeKind::Merged => Kind::Merged,
                ChangeKind::Dissolved => Kind::Dissolved,
            };
            change(request, kind)
        }
        RegisterCommand::Downgrade(request) => change(request, Kind::Downgraded),
        RegisterCommand::Revoke(request) => change(request, Kind::Revoked),
        RegisterCommand::Show(request) => show(request),
        RegisterCommand::Export(request) => export(request),
    }
}

fn today(date: Option<Date>) -> Date {
    date.unwrap_or_else(|| jiff::Zoned::now().date())
}

fn add(request: &Add) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let verdict = Verdict::load(&request.decided)?;
    outcome::hold(&verdict.decided.scheme, &ground)?;
    verdict.hold(&Outcome::load(&request.results)?.fingerprint)?;
    let (sheets, _) = ground::sheets_in(&request.objections)?;
    let Some(open) = open(&request.ledger, true)? else {
        return Ok(true);
    };
    let entered = today(request.date);
    if let Some(why) = objection::still_open(&sheets, entered) {
        refused(&request.objections, &[format!("{why}，不能登记")]);
        return Ok(true);
    }
    let named = |written: &str| open.ledger.society_named(&ground, written);
    let waiting = match objection::open(ground.scheme.object(), &named, &sheets) {
        Ok(waiting) => waiting,
        Err(faults) => {
            refused(&request.objections, &faults);
            say::line("异议登记没有读通，什么都没有登记。");
            return Ok(true);
        }
    };
    let years = ground.scheme.validity_years;
    let began = ground.scheme.began();
    let mut events = Vec::new();
    let mut already = 0;
    for one in &verdict.decided.societies {
        let listed = ground.roster.society_named(&one.name);
        let society = open.ledger.name_now(&one.name);
        let why = match (one.stars, listed.and_then(|at| waiting.get(&at))) {
            (None, _) => "暂缓，还没有审定".to_owned(),
            (Some(0), _) => "没有星级".to_owned(),
            (Some(_), Some(why)) => why.clone(),
            (Some(stars), None) => match hold::entry(&open.ledger, began, &society, one.day, stars)
            {
                // A later sheet completes a decision: what was entered from the earlier one stays as it is.
                Entry::Same => {
                    already += 1;
                    continue;
                }
                Entry::Ended(kind) => format!("本次评价的星级已{}", kind.label()),
                Entry::Gone(kind) => format!(
                    "登记簿里它{}；登记错了的，请先用 register adjust --event 更正 登记",
                    State::Ended(kind).label()
                ),
                Entry::Other(held) => format!(
                    "本次评价已登记为{held}星，现审定为{stars}星；同一次评价不算续评，有效期不变，请用 register adjust --event 更正 登记"
                ),
                Entry::New(kind) => {
                    let earlier = hold::on(&open.ledger, one.day);
                    if kind == Kind::Awarded && earlier.contains_key(&society) {
                        say::line(&format!(
                            "【请核实】“{society}”的星级撤销过，这次登记为授予，不是续评。"
                        ));
                    }
                    events.push(Event {
                        kind,
                        society,
                        stars: Some(stars),
                        new_name: String::new(),
                        effective: one.day,
                        entered,
                        until: years.map(|years| term::last_day(one.day, years)),
                        basis: plain(&request.basis),
                        reason: String::new(),
                        deadline: None,
                        statement: String::new(),
                        source: verdict.fingerprint.clone(),
                        grading: Some(Grading::of(&ground.scheme)),
                    });
                    continue;
                }
            },
        };
        say::line(&format!("【请核实】不登记“{}”：{why}。", one.name));
    }
    if already > 0 {
        say::line(&format!("已经登记过的{already}个没有再登记。"));
    }
    if events.is_empty() {
        say::line("没有要登记的。");
        return Ok(false);
    }
    open.enter(&ground.scheme, &request.ledger, events)
}

fn change(request: &Change, kind: Kind) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let Some(open) = open(&request.ledger, false)? else {
        return Ok(true);
    };
    let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
    let society = held_name(&ground, &open.ledger, &request.society);
    let most = ground.scheme.stars.most();
    if let Some(stars) = request.stars
        && stars > most
    {
        return Err(Error::Usage(format!("--stars 只能是1至{most}。")));
    }
    let holdings = hold::on(&open.ledger, request.effective);
    if let Some(held) = holdings.get(&society)
        && held.state(request.effective, 0) == State::Expired
        && kind != Kind::Renamed
    {
        let until = held.until.map_or(String::new(), |day| day.to_string());
        say::line(&format!(
            "【须更正】{society}（{}）：有效期到{until}，生效日期{}时已到期。",
            kind.label(),
            request.effective
        ));
        return Ok(true);
    }
    let to = match kind {
        Kind::Merged => held_name(&ground, &open.ledger, &text(&request.to)),
        // As all else in the register without what is added to it on papers.
        _ => bare(&ground, &text(&request.to)).to_owned(),
    };
    if let Some(why) = not_named(&ground, &open.ledger, (kind, &society), &to) {
        say::line(&format!("【须更正】{society}（{}）：{why}。", kind.label()));
        return Ok(true);
    }
    let event = Event {
        kind,
        society,
        stars: request.stars,
        new_name: to,
        effective: request.effective,
        entered: today(request.date),
        until: None,
        basis: plain(&request.basis),
        reason: text(&request.reason),
        deadline: request.deadline,
        statement: text(&request.statement),
        source: text(&request.source),
        grading: None,
    };
    open.enter(&ground.scheme, &request.ledger, vec![event])
}

/// The holdings of a day, most stars first, then in the order of the list of societies.
fn sorted<'h>(
    ground: &Ground,
    holdings: impl Iterator<Item = &'h Holding>,
    request: &ShowLedger,
) -> Vec<(&'h Holding, State)> {
    let mut sorted: Vec<(&Holding, State)> = holdings
        .map(|one| (one, one.state(request.on, request.within)))
        .collect();
    sorted.sort_by_key(|(one, state)| {
        let listed = ground.roster.society_named(&one.society);
        (
            !state.is_in_force(),
            std::cmp::Reverse(one.stars),
            listed.is_none(),
            listed,
            one.society.clone(),
        )
    });
    sorted
}

fn show(request: &ShowLedger) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let Some(open) = open(&request.ledger, false)? else {
        return Ok(true);
    };
    let holdings = hold::on(&open.ledger, request.on);
    let sorted = sorted(&ground, holdings.values(), request);
    say_ungraded(holdings.values(), &ground.scheme);
    for (one, state) in &sorted {
        let grading = one.grading(&ground.scheme);
        let grade = grading.grade(one.stars).unwrap_or("—");
        let until = one
            .until
            .map_or_else(|| "—".to_owned(), |day| day.to_string());
        say::data(&format!(
            "{}\t{}星\t{grade}\t{}至{until}\t{}\n",
            one.society,
            one.stars,
            one.from,
            state.label()
        ))?;
    }
    let count = |wanted: State| sorted.iter().filter(|(_, state)| *state == wanted).count();
    let ended = sorted
        .iter()
        .filter(|(_, state)| matches!(state, State::Ended(_)))
        .count();
    say::line(&format!(
        "截至{}：有效{}个（其中{}个月内到期{}个），已到期{}个，已撤销、合并或注销{ended}个。末条校验码 {}。",
        request.on,
        count(State::InForce) + count(State::Expiring),
        request.within,
        count(State::Expiring),
        count(State::Expired),
        open.ledger.last_check().unwrap_or_default()
    ));
    Ok(false)
}

fn export(request: &ShowLedger) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let results = request.results.as_deref().map(Outcome::load).transpose()?;
    let Some(output) = &request.output else {
        return Err(Error::Usage(
            "export 要用 -o 写明台账写成哪个文件。".to_owned(),
        ));
    };
    let Some(open) = open(&request.ledger, false)? else {
        return Ok(true);
    };
    let holdings = hold::on(&open.ledger, request.on);
    let sorted = sorted(&ground, holdings.values(), request);
    let workbook =
        papers::ledger::workbook(&ground, &open.ledger, &sorted, request.on, results.as_ref())?;
    put(output, workbook)?;
    say_ungraded(holdings.values(), &ground.scheme);
    say::line(&format!("星级台账已写入“{}”。", output.display()));
    Ok(false)
}
