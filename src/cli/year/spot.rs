//! Spot checks, as typed: the draw with the forms to verify, and what is proposed from the filled ones.

use std::path::{Path, PathBuf};

use jiff::ToSpan;

use super::args::{Recheck, SpotCheck};
use super::register::{Entered, Open, open, say_ungraded};
use super::spans::{AHEAD, far_ahead};
use super::{entry, load_starred, name, output, put, refused, same_year, write};
use crate::cli::{received, say};
use crate::committee::{Member, meeting, recheck};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::ledger::draw::{self, DRAW, Draw, Lot, Proposal, SCHEMA};
use crate::ledger::hold::{self, Holding};
use crate::ledger::{Event, Kind, Ledger, plain};
use crate::outcome::{Kept, Outcome, SchemeId, fingerprint};
use crate::papers;
use crate::report::data::json;
use crate::report::data::json::TOOL;
use crate::report::data::manifest::Product;
use crate::report::kit::names::{FileNames, file_name};
use crate::scheme::Basis;

/// Draws who is checked, writes what they need who check, and enters the draw in the register.
pub fn spot_check(request: &SpotCheck) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let seed = plain(&request.seed);
    if seed.is_empty() {
        return Err(Error::Usage("--seed 不能是空的。".to_owned()));
    }
    let today = jiff::Zoned::now().date();
    if far_ahead(request.on, today).is_some() {
        return Err(Error::Usage(format!(
            "抽取日期{}比今天（{today}）晚十年以上，请核对年份。",
            request.on
        )));
    }
    // Before the draw is entered in the register.
    received::refuse_exchange(&request.output, Product::Draw)?;
    let outcome = request.results.as_deref().map(Outcome::load).transpose()?;
    let checkers = match &request.checkers {
        None => Vec::new(),
        Some(path) => members(&ground, path)?,
    };
    let Some(open) = open(&request.register, false)? else {
        return Ok(true);
    };
    let holdings = hold::on(&open.ledger, request.on);
    say_ungraded(holdings.values(), &ground.scheme);
    let drawn_from = |ledger: &Ledger| {
        let lots = lots(&ground, ledger, request, &seed);
        let check = ledger.last_check().unwrap_or_default();
        let number = number(request, &seed, &check, &lots);
        (lots, check, number)
    };
    // Drawn again, whoever does it draws from what was there then.
    let mut earlier = open.ledger.before_draws();
    let entered = earlier.find_map(|(number, before)| {
        let again = drawn_from(&before);
        (again.2 == number).then_some(again)
    });
    drop(earlier);
    let is_entered = entered.is_some();
    let (lots, check, number) = entered.unwrap_or_else(|| drawn_from(&open.ledger));
    if lots.is_empty() {
        return Err(Error::Usage(format!(
            "{}没有有效的星级，没有可抽的。",
            request.on
        )));
    }
    let draw = Draw {
        schema: SCHEMA,
        tool: TOOL.to_owned(),
        number,
        on: request.on,
        per_cent: request.share,
        seed,
        check,
        lots,
        checkers,
    };
    // Of the same number, it has to be the same draw.
    let mut before = open.ledger.drawn(&draw.number);
    let mut now: Vec<&str> = draw.drawn().map(|lot| lot.society.as_str()).collect();
    before.sort_unstable();
    now.sort_unstable();
    if is_entered && before != now {
        return Err(Error::Usage(format!(
            "登记簿里记有抽查 {}，抽中的却不是这次抽出的这些；什么都没有写。请核对登记簿和所用的方案。",
            draw.number
        )));
    }
    let outputs = outputs(&ground, &draw, outcome.as_ref())?;
    // What cannot be entered is not written; what cannot be written is not entered.
    let entered = if is_entered {
        None
    } else {
        match enter(&ground, &request.register, open, &draw)? {
            Some(entered) => Some(entered),
            None => return Ok(true),
        }
    };
    let results = outcome.as_ref().map(|outcome| outcome.fingerprint.clone());
    let inputs = outcome.map(|outcome| outcome.source);
    let scheme = SchemeId {
        id: ground.scheme.id.clone(),
        year: ground.scheme.year,
        fingerprint: ground.scheme.fingerprint(),
    };
    write(
        (Product::Draw, &request.output),
        &scheme,
        inputs.into_iter().collect(),
        outputs,
    )?;
    if let Some(entered) = entered {
        entered.write(&request.register)?;
    }
    told(&draw, &request.output, is_entered, results.as_deref());
    Ok(false)
}

/// Says what was drawn, and from which results the points beside are.
fn told(draw: &Draw, output: &Path, is_entered: bool, results: Option<&str>) {
    say::line(&format!(
        "有效的{}个，抽中{}个，抽查编号 {}；名单、抽取过程和核查表已写入“{}”。",
        draw.lots.len(),
        draw.drawn().count(),
        draw.number,
        output.display()
    ));
    if is_entered {
        say::line("登记簿里已经记有这次抽查，没有再记。");
    }
    // The register has the number of the decision, which alone has that of its results.
    if let Some(results) = results {
        say::line(&format!(
            "核查表上的上次分值取自结果 {results}；与“审定结果.xlsx”上的“依据结果”不是同一编号的，不是授予时的分值。"
        ));
    }
}

/// The list, a form for each society that was drawn, and the draw for programs.
fn outputs(
    ground: &Ground,
    draw: &Draw,
    outcome: Option<&Outcome>,
) -> Result<Vec<crate::report::Output>, Error> {
    let mut outputs = vec![
        output("抽查名单.xlsx", papers::draw::workbook(ground, draw)?),
        output(DRAW, json::bytes(DRAW, draw)?),
    ];
    let mut names = FileNames::default();
    for lot in draw.drawn() {
        let listed = ground.society_named(&lot.society);
        let last = outcome.and_then(|outcome| {
            let mut all = outcome.results.societies.iter();
            all.find(|one| {
                one.name == lot.society
                    || listed.is_some() && ground.society_named(&one.name) == listed
            })
        });
        if outcome.is_some() && last.is_none() {
            say::line(&format!(
                "【请核实】结果里没有“{}”，核查表上的上次得分空着。",
                lot.society
            ));
        }
        let file = format!("{}-核查表.xlsx", file_name(&lot.society));
        let file = names.free("核查表", &file);
        outputs.push(output(
            &file,
            papers::recheck::workbook(ground, draw, lot, last)?,
        ));
    }
    Ok(outputs)
}

/// What is drawn from a register.
fn lots(ground: &Ground, ledger: &Ledger, request: &SpotCheck, seed: &str) -> Vec<Lot> {
    let holdings = hold::on(ledger, request.on);
    let in_force = holdings
        .values()
        .filter(|one| one.state(request.on, 0).is_in_force());
    let band = |one: &Holding| {
        let grading = one.grading(&ground.scheme);
        grading.grade(one.stars).map(str::to_owned)
    };
    draw::draw(in_force, band, request.share, seed)
}

/// 抽查编号: over what was asked, from which register, and what could be drawn in which band.
fn number(request: &SpotCheck, seed: &str, check: &str, lots: &[Lot]) -> String {
    let mut asked = format!("{}|{}|{seed}|{check}", request.on, request.share);
    for lot in lots {
        let band = lot.band.as_deref().unwrap_or_default();
        let lot = [lot.society.as_str(), &lot.stars.to_string(), band].join("\u{1f}");
        asked.push('\n');
        asked.push_str(&lot);
    }
    fingerprint('S', asked.as_bytes())
}

/// The register with the draw in it; none where it cannot be entered, which is said.
fn enter(ground: &Ground, path: &Path, open: Open, draw: &Draw) -> Result<Option<Entered>, Error> {
    let events = draw.drawn().map(|lot| Event {
        kind: Kind::Drawn,
        society: lot.society.clone(),
        stars: None,
        new_name: String::new(),
        effective: draw.on,
        entered: draw.on,
        until: None,
        basis: format!("按等次抽取{}%，种子“{}”", draw.per_cent, draw.seed),
        reason: String::new(),
        deadline: None,
        statement: String::new(),
        source: draw.number.clone(),
        grading: None,
    });
    open.with(&ground.scheme, path, events.collect())
}

/// Those who check, as their list has them.
fn members(ground: &Ground, path: &Path) -> Result<Vec<Member>, Error> {
    let (sheets, _) = ground::sheets_in(path)?;
    let mut faults = Vec::new();
    let members = meeting::members(ground, &sheets, &mut faults);
    if faults.is_empty() {
        return Ok(members);
    }
    let file = format!("“{}”", path.display());
    Err(Error::List { file, faults })
}

/// Reads filled forms back and proposes. Whether one has faults: then nothing is written.
pub fn recheck(request: &Recheck) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let kept = Kept::load(&request.draw, DRAW, "抽查")?;
    let draw: Draw = kept.parse(SCHEMA)?;
    let drawn = draw.drawn().map(|lot| recheck::Drawn {
        society: &lot.society,
        stars: lot.stars,
        until: lot.until,
    });
    let drawn: Vec<recheck::Drawn<'_>> = drawn.collect();
    let asked = recheck::Asked {
        number: &draw.number,
        on: draw.on,
        drawn: &drawn,
        checkers: &draw.checkers,
        latest: jiff::Zoned::now().date().saturating_add(AHEAD.years()),
    };
    let mut checked = Vec::new();
    let mut sound = true;
    for path in &request.sheets {
        let (sheets, bytes) = ground::sheets_in(path)?;
        match recheck::read(&ground, asked, &sheets) {
            Ok(one) => checked.push((path, one, entry(path, &bytes))),
            Err(faults) => {
                refused(path, &faults);
                sound = false;
            }
        }
    }
    if let Some((path, one)) = twice(&checked) {
        refused(path, &[format!("“{one}”给了两份核查表，只能有一份")]);
        sound = false;
    }
    if !sound {
        say::line("没有得出建议，什么都没有写。请改好核查表再运行一次。");
        return Ok(true);
    }
    let rows: Vec<(&Lot, &recheck::Checked, Proposal)> = draw
        .drawn()
        .filter_map(|lot| {
            let (_, one, _) = checked
                .iter()
                .find(|(_, one, _)| one.society == lot.society)?;
            Some((lot, one, Proposal::of(lot.stars, one.stars)))
        })
        .collect();
    put(
        &request.output,
        papers::recheck::conclusions(&ground, &draw, &rows)?,
    )?;
    for (lot, one, proposal) in &rows {
        say::line(&format!(
            "{}：现为{}星，核查{}分，测算{}星；建议：{}。",
            lot.society,
            lot.stars,
            one.total.with_decimals(ground.scheme.precision),
            one.stars,
            proposal.say(&ground.scheme)
        ));
        for doubt in &one.doubts {
            say::line(&format!("【请核实】{}：{doubt}。", lot.society));
        }
        say::line(&format!(
            "　同意的：{}{}",
            accepted(
                (*proposal, &lot.society),
                one,
                &draw.number,
                &ground.scheme.basis
            ),
            same_year(&request.year)
        ));
    }
    let missing: Vec<&str> = draw
        .drawn()
        .filter(|lot| !rows.iter().any(|(row, _, _)| row.society == lot.society))
        .map(|lot| lot.society.as_str())
        .collect();
    if !missing.is_empty() {
        say::line(&format!(
            "【请核实】还没有核查表的：{}。",
            missing.join("、")
        ));
    }
    say::line(&format!(
        "核查结论{}个已写入“{}”；登记以后才生效。",
        rows.len(),
        name(&request.output)
    ));
    Ok(false)
}

/// A society with two forms.
fn twice<'c, E>(checked: &'c [(&'c PathBuf, recheck::Checked, E)]) -> Option<(&'c Path, &'c str)> {
    checked.iter().enumerate().find_map(|(at, (path, one, _))| {
        let mut earlier = checked[..at].iter();
        earlier
            .any(|(_, other, _)| other.society == one.society)
            .then_some((path.as_path(), one.society.as_str()))
    })
}

/// How a proposal is entered. What ends a star is not entered by adjusting: who loses it is given time and heard before.
fn accepted(
    (proposal, society): (Proposal, &str),
    one: &recheck::Checked,
    number: &str,
    basis: &Basis,
) -> String {
    let cited = |paragraph: &Option<String>| paragraph.clone().unwrap_or_else(|| "依据".to_owned());
    let adjust = format!("xingping register adjust 登记簿.csv --society {society}");
    let from = format!("--basis {} --source {number}", cited(&basis.adjustment));
    match proposal {
        Proposal::Confirm => format!("{adjust} --event 复核确认 --effective {} {from}", one.day),
        Proposal::Adjust(stars) => format!(
            "{adjust} --event 调整 --stars {stars} --effective {} --reason 理由 {from}",
            one.day
        ),
        Proposal::NoStar => format!(
            "先给整改期限、听取陈述，再用 xingping register revoke 登记簿.csv --society {society} --effective 日期 --reason 理由 --deadline 整改期限 --statement 陈述 --basis {}",
            cited(&basis.withdrawal)
        ),
    }
}
