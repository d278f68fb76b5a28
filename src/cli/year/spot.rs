//! Spot checks, as typed: the draw with the forms to verify, and what is proposed from the filled ones.

use std::path::{Path, PathBuf};

use super::args::{Recheck, SpotCheck};
use super::register::{Open, open};
use super::{entry, load_starred, name, output, put, refused, same_year, write};
use crate::cli::{received, say};
use crate::committee::{Member, meeting, recheck};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::ledger::draw::{self, DRAW, Draw, Lot, Proposal, SCHEMA};
use crate::ledger::hold;
use crate::ledger::{Event, Kind, plain};
use crate::outcome::{Kept, Outcome, SchemeId, fingerprint};
use crate::papers;
use crate::report::data::json;
use crate::report::data::json::TOOL;
use crate::report::data::manifest::Product;
use crate::report::kit::names::{FileNames, file_name};

/// Draws who is checked, writes what they need who check, and enters the draw in the register.
pub fn spot_check(request: &SpotCheck) -> Result<bool, Error> {
    let ground = load_starred(&request.year)?;
    let seed = plain(&request.seed);
    if seed.is_empty() {
        return Err(Error::Usage("--seed 不能是空的。".to_owned()));
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
    let asked = format!("{}|{}|{seed}", request.on, request.share);
    let number = fingerprint('S', asked.as_bytes());
    // Drawn again, whoever does it draws from what was there then.
    let before = open.ledger.before_draw(&number);
    let is_entered = before.events.len() < open.ledger.events.len();
    let holdings = hold::on(&before, request.on);
    let in_force = holdings
        .values()
        .filter(|one| one.state(request.on, 0).is_in_force());
    let band = |stars| ground.scheme.grade(stars).map(str::to_owned);
    let lots = draw::draw(in_force, band, request.share, &seed);
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
        check: before.last_check().unwrap_or_default(),
        lots,
        checkers,
    };
    let outputs = outputs(&ground, &draw, outcome.as_ref())?;
    if !is_entered && enter(&ground, &request.register, open, &draw)? {
        return Ok(true);
    }
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
    say::line(&format!(
        "有效的{}个，抽中{}个，抽查编号 {}；名单、抽取过程和核查表已写入“{}”。",
        draw.lots.len(),
        draw.drawn().count(),
        draw.number,
        request.output.display()
    ));
    if is_entered {
        say::line("登记簿里已经记有这次抽查，没有再记。");
    }
    Ok(false)
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

/// Enters the draw in the register. Whether it could not be.
fn enter(ground: &Ground, path: &Path, open: Open, draw: &Draw) -> Result<bool, Error> {
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
    });
    open.enter(&ground.scheme, path, events.collect())
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
    let drawn: Vec<(&str, u32)> = draw
        .drawn()
        .map(|lot| (lot.society.as_str(), lot.stars))
        .collect();
    let asked = recheck::Asked {
        number: &draw.number,
        on: draw.on,
        drawn: &drawn,
        checkers: &draw.checkers,
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
        let basis = &ground.scheme.basis;
        let again = same_year(&request.year);
        let cited =
            |paragraph: &Option<String>| paragraph.clone().unwrap_or_else(|| "依据".to_owned());
        if let Some(options) = options(*proposal) {
            say::line(&format!(
                "　同意的：xingping register adjust 登记簿.csv {options} --society {} --effective {} --basis {} --source {}{again}",
                lot.society,
                one.day,
                cited(&basis.adjustment),
                draw.number
            ));
        } else {
            say::line(&format!(
                "　同意的：先给整改期限、听取陈述，再用 xingping register revoke 登记簿.csv --society {} --effective 日期 --basis {} --reason 理由 --deadline 整改期限 --statement 陈述{again}",
                lot.society,
                cited(&basis.withdrawal)
            ));
        }
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

/// How a proposal is entered; what ends a star is not entered by adjusting.
fn options(proposal: Proposal) -> Option<String> {
    match proposal {
        Proposal::Confirm => Some("--event 复核确认".to_owned()),
        Proposal::Adjust(stars) => Some(format!("--event 调整 --stars {stars} --reason 理由")),
        Proposal::NoStar => None,
    }
}
