//! The register of stars, as typed.

use std::path::Path;

use jiff::civil::Date;

use super::args::{Add, Change, ChangeKind, RegisterCommand, ShowLedger};
use super::{load_starred, name, put, refused};
use crate::cli::say;
use crate::committee::{Verdict, objection, term};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::ledger::asked::asked;
use crate::ledger::grading::Grading;
use crate::ledger::hold::{self, Entry, Holding, State};
use crate::ledger::{Event, Kind, Ledger, bytes, plain, read, rules};
use crate::model::fold;
use crate::outcome::{self, Outcome};
use crate::papers;
use crate::publish;
use crate::scheme::Scheme;

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

/// A ledger, and the file as it was read.
pub(super) struct Open {
    pub(super) ledger: Ledger,
    before: Option<Vec<u8>>,
    /// What else stands in the file, and would be gone once it is written again.
    beside: Option<String>,
}

/// A register with new entries, not written yet.
pub(super) struct Entered {
    ledger: Ledger,
    before: Option<Vec<u8>>,
    bytes: Vec<u8>,
    count: usize,
}

/// Reads the file; none where it has faults, which are said.
pub(super) fn open(path: &Path, may_be_new: bool) -> Result<Option<Open>, Error> {
    if may_be_new && !path.exists() {
        return Ok(Some(Open {
            ledger: Ledger::default(),
            before: None,
            beside: None,
        }));
    }
    let (sheets, found) = ground::sheets_in(path)?;
    match read::read(&sheets) {
        Ok(ledger) => Ok(Some(Open {
            ledger,
            before: Some(found),
            beside: read::beside(&sheets),
        })),
        Err(faults) => {
            refused(path, &faults);
            say::line("登记簿没有读通，什么都没有写。");
            Ok(None)
        }
    }
}

/// What is in a register; none where it has faults, which are said.
pub(super) fn read_in(path: &Path) -> Result<Option<Ledger>, Error> {
    Ok(open(path, false)?.map(|open| open.ledger))
}

impl Open {
    /// Enters events, all or none. Whether there were faults.
    fn enter(self, scheme: &Scheme, path: &Path, events: Vec<Event>) -> Result<bool, Error> {
        match self.with(scheme, path, events)? {
            Some(entered) => entered.write(path).map(|()| false),
            None => Ok(true),
        }
    }

    /// The register with these events, all or none: then there were faults, which are said. Nothing is written yet.
    pub(super) fn with(
        mut self,
        scheme: &Scheme,
        path: &Path,
        events: Vec<Event>,
    ) -> Result<Option<Entered>, Error> {
        self.may_be_written(path)?;
        let mut sound = true;
        let today = jiff::Zoned::now().date();
        let count = events.len();
        for event in events {
            // Every later entry would have to be later still.
            let timely = if event.entered > today {
                Err(format!(
                    "登记日期{}在今天（{today}）之后；登记日期写登记的那一天，不写就是今天",
                    event.entered
                ))
            } else {
                Ok(())
            };
            // What was entered before stays readable: this is asked only of what is new.
            let clear = match scheme.basis.either(&event.basis) {
                None => Ok(()),
                Some([adjustment, withdrawal]) => Err(format!(
                    "依据“{}”有两条同号，请写明是哪一条：调整写“{adjustment}”，降级、撤销写“{withdrawal}”",
                    event.basis
                )),
            };
            let allowed = timely
                .and(clear)
                .and_then(|()| rules::allowed(&self.ledger, &event))
                .and_then(|()| asked(&self.ledger, &event));
            match allowed {
                Ok(()) => self.ledger.events.push(event),
                Err(why) => {
                    say::line(&format!(
                        "【须更正】{}（{}）：{why}。",
                        event.society,
                        event.kind.label()
                    ));
                    sound = false;
                }
            }
        }
        if !sound {
            say::line("什么都没有登记。");
            return Ok(None);
        }
        let bytes = bytes(scheme, &self.ledger, &path.to_string_lossy())?;
        Ok(Some(Entered {
            ledger: self.ledger,
            before: self.before,
            bytes,
            count,
        }))
    }

    /// Whether the file can be written back as what it is, with all that is in it.
    ///
    /// # Errors
    /// It is no csv file, or somebody keeps something else in it.
    fn may_be_written(&self, path: &Path) -> Result<(), Error> {
        let is_csv = path
            .extension()
            .is_some_and(|one| one.eq_ignore_ascii_case("csv"));
        if !is_csv {
            return Err(Error::Usage(format!(
                "登记簿是 CSV 文件，文件名应以.csv结尾；“{}”不是，什么都没有登记。在 Excel 或 WPS 里存成了工作簿的，请打开它，另存为“CSV UTF-8（逗号分隔）”，再用那个文件登记。",
                name(path)
            )));
        }
        match &self.beside {
            None => Ok(()),
            Some(beside) => Err(Error::Usage(format!(
                "“{}”里{beside}，再登记就会丢掉；请先移到别的文件，什么都没有登记。",
                name(path)
            ))),
        }
    }
}

impl Entered {
    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        publish::replace(path, self.before.as_deref(), &self.bytes)?;
        let check = self.ledger.last_check().unwrap_or_default();
        say::line(&format!(
            "已登记{}条，共{}条，末条校验码 {check}。",
            self.count,
            self.ledger.events.len()
        ));
        Ok(())
    }
}

/// Registers of old do not say what their stars mean.
pub(super) fn say_ungraded<'h>(holdings: impl Iterator<Item = &'h Holding>, scheme: &Scheme) {
    let unknown = holdings.filter(|one| one.grading.is_none()).count();
    if unknown > 0 {
        say::line(&format!(
            "【请核实】登记簿里{unknown}个没有记等次标准（较早登记的），等次按现在用的方案“{}”算。",
            scheme.title
        ));
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

/// The name under which a society stands in the ledger.
fn held_name(ground: &Ground, ledger: &Ledger, written: &str) -> String {
    let written = plain(written);
    // With a blank in it, or with what is added on papers, it is the same name.
    let known = |wanted: &str| {
        let events = ledger.events.iter().rev();
        let mut names = events.flat_map(|event| [&event.society, &event.new_name]);
        let wanted = fold(wanted);
        names.find(|name| fold(name) == wanted && !wanted.is_empty())
    };
    let known = known(&written).or_else(|| known(bare(ground, &written)));
    if let Some(known) = known {
        return known.clone();
    }
    ground
        .society_named(&written)
        .map(|at| ground.roster.societies[at].name.clone())
        .unwrap_or(written)
}

/// A name without what is added to it on papers.
fn bare<'n>(ground: &Ground, name: &'n str) -> &'n str {
    let suffix = ground.scheme.subject_suffix.as_str();
    let bare = name.strip_suffix(suffix).map(str::trim_end);
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// Why a society cannot get this name, or be merged into whoever bears it.
fn not_named(
    ground: &Ground,
    ledger: &Ledger,
    (kind, society): (Kind, &str),
    to: &str,
) -> Option<String> {
    let roster = &ground.roster;
    let list = ground.scheme.list_name();
    let listed = |name: &str| ground.society_named(name);
    match kind {
        _ if to.is_empty() => None,
        Kind::Merged => {
            let is_there = listed(to).is_some() || hold::ever(ledger).contains_key(to);
            (!is_there && ledger.name_now(to) == to).then(|| {
                format!(
                    "“{to}”不在{list}里，登记簿里也没有；名称写错了的请改正，新成立的请先写进{list}"
                )
            })
        }
        Kind::Renamed => {
            let own = listed(society);
            if let (Some(own), Some(new)) = (own, listed(to))
                && own != new
            {
                return Some(format!("“{to}”是{list}里的另一家，不能更名成它"));
            }
            // A unit that others are of: a member, a lead.
            let is_own = own.is_some_and(|own| roster.same_unit(to, own));
            (roster.knows_unit(to) && !is_own && fold(to) != fold(society)).then(|| {
                format!(
                    "“{to}”是方案或名单里的另一个单位，不能更名成它；确已改用这个名称的，请先在{list}里写作它的别名"
                )
            })
        }
        _ => None,
    }
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
        ));
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
