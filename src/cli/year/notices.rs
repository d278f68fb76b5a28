//! 得分说明, 公示 and 发布, as typed.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::{NoticeKind, Publish, Statement};
use super::{entry, load, name, output, refused, results, write};
use crate::cli::{received, say};
use crate::committee::{Level, Verdict, objection};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::ledger::Ledger;
use crate::model::unseen::is_unseen;
use crate::notice::{Kind, Notice, Said, page};
use crate::outcome::{Outcome, Society, hold};
use crate::papers;
use crate::publish;
use crate::rank::SocietyState;
use crate::report::data::json;
use crate::report::data::manifest::Product;
use crate::report::kit::names::{FileNames, file_name};
use crate::report::known::Directory;

/// Writes a page for one society, or one file for each.
pub fn statement(request: &Statement) -> Result<(), Error> {
    let (ground, outcome) = results(&request.year, &request.results)?;
    let verdict = match &request.decided {
        None => None,
        Some(folder) => {
            let verdict = Verdict::load(folder)?;
            verdict.hold(&outcome.fingerprint)?;
            Some(verdict)
        }
    };
    let societies = match &request.society {
        None => outcome.ranked(),
        Some(written) => vec![asked(&ground, &outcome, written)?],
    };
    let mut names = FileNames::default();
    let mut outputs = Vec::new();
    let forms = outcome.results.forms.iter();
    let directory = Directory::among(&ground, forms.filter_map(|form| form.reviewer.as_deref()));
    let known = papers::statement::Known {
        ground: &ground,
        outcome: &outcome,
        verdict: verdict.as_ref(),
        directory: &directory,
    };
    let mut kept_back = Vec::new();
    for one in societies {
        if known.keeps_reason_back(one) {
            kept_back.push(format!("“{}”", one.name));
        }
        let bytes = papers::statement::workbook(known, one, request.remarks)?;
        let file = names.free(
            "",
            &format!("{}.xlsx", file_name(&format!("{}-得分说明", one.name))),
        );
        outputs.push(output(&file, bytes));
    }
    received::refuse_mixture(&ground, &request.output, &outputs)?;
    publish::add(&request.output, &outputs)?;
    say::line(&format!(
        "得分说明{}份已写入“{}”，每份只有一个{}。",
        outputs.len(),
        request.output.display(),
        ground.scheme.object()
    ));
    if !kept_back.is_empty() {
        say::line(&format!(
            "【请核实】{}的审定理由提到评价人或其他{}，没有写进得分说明，请另行答复。",
            kept_back.join("、"),
            ground.scheme.object()
        ));
    }
    if request.remarks {
        say::line(&format!(
            "【请核实】已附评分说明，提到评价人或其他{}的没有列出；发出前请逐条看过，里面可能还提到名单以外的人和单位。",
            ground.scheme.object()
        ));
    }
    Ok(())
}

/// The society that is meant, if it has a score.
fn asked<'o>(ground: &Ground, outcome: &'o Outcome, written: &str) -> Result<&'o Society, Error> {
    let listed = ground.society_named(written);
    let found = listed.and_then(|at| outcome.society(&ground.roster.societies[at].name));
    match found {
        Some(society) if society.state == SocietyState::Ranked => Ok(society),
        Some(society) => Err(Error::Usage(format!(
            "“{}”{}，没有可说明的分数。",
            society.name,
            society.state.label()
        ))),
        None => {
            let near = ground.roster.hint(written);
            Err(Error::Usage(format!("名单中没有“{written}”{near}。")))
        }
    }
}

/// Writes what is made public. Whether the list of objections has faults: then nothing is written.
pub fn publish(request: &Publish) -> Result<bool, Error> {
    let ground = load(&request.year)?;
    let verdict = Verdict::load(&request.decided)?;
    hold(&verdict.decided.scheme, &ground)?;
    if Level::of(&ground.scheme) == Level::Ranks {
        return Err(Error::Usage(format!(
            "方案“{}”不评星级，也不评等次，没有可公示、发布的；名次请看“总排名.xlsx”。",
            ground.scheme.title
        )));
    }
    if let Some(folder) = &request.results {
        verdict.hold(&Outcome::load(folder)?.fingerprint)?;
    }
    let kind = match request.kind {
        NoticeKind::Proposed => Kind::Proposed,
        NoticeKind::Announced => Kind::Announced,
    };
    let ledger = match &request.register {
        None => Ledger::default(),
        Some(path) => match super::register::read_in(path)? {
            Some(ledger) => ledger,
            None => return Ok(true),
        },
    };
    let named = |written: &str| ledger.society_named(&ground, written);
    let mut inputs = vec![verdict.source.clone()];
    let open = match (kind, &request.objections) {
        (Kind::Announced, None) => {
            return Err(Error::Usage(
                "发布要用 --objections 给出公示时的异议登记；没有收到异议的，给空白的异议登记即可。".to_owned(),
            ));
        }
        (Kind::Announced, Some(path)) => {
            let (sheets, bytes) = ground::sheets_in(path)?;
            inputs.push(entry(path, &bytes));
            if let Some(why) = objection::still_open(&sheets, request.date) {
                refused(path, &[format!("{why}，不能发布")]);
                return Ok(true);
            }
            match objection::open(ground.scheme.object(), &named, &sheets) {
                Ok(open) => open,
                Err(faults) => {
                    refused(path, &faults);
                    say::line("异议登记没有读通，什么都没有写。");
                    return Ok(true);
                }
            }
        }
        (Kind::Proposed, _) => BTreeMap::new(),
    };
    let said = said(request, kind)?;
    let made = Notice::of(&ground, &verdict, kind, request.date, &said, &open);
    let notice = &made.notice;
    let product = match kind {
        Kind::Proposed => Product::Proposal,
        Kind::Announced => Product::Announcement,
    };
    received::refuse_exchange(&request.output, product)?;
    let stem = kind.label();
    let mut outputs = vec![
        output(&format!("{stem}.html"), page::html(notice).into_bytes()),
        output(
            &format!("{stem}.xlsx"),
            papers::notice::workbook(&ground, notice)?,
        ),
        output(&format!("{stem}.json"), json::bytes(stem, notice)?),
        output(&format!("{stem}.csv"), notice.csv(stem)?),
    ];
    write(
        (product, &request.output),
        &verdict.decided.scheme,
        inputs,
        {
            outputs.sort_by(|one, other| one.name.cmp(&other.name));
            outputs
        },
    )?;
    if kind == Kind::Proposed {
        // Kept by the clerk, and no part of what is made public.
        let beside = request.output.parent().unwrap_or(Path::new(""));
        let file = format!("{}.xlsx", objection::FILE);
        let path = beside.join(&file);
        if path.exists() {
            say::line(&format!("已有“{}”，没有改动。", path.display()));
        } else {
            super::put(&path, papers::notice::objections(&ground, notice)?)?;
            say::line(&format!("收到的异议请登记在“{}”。", path.display()));
        }
    }
    for (society, why) in &made.left_out {
        say::line(&format!("【请核实】不列“{society}”：{why}。"));
    }
    say::line(&format!(
        "{stem}已写入“{}”：{}个。网页“{stem}.html”可以直接放到网站上，不需要别的文件。",
        name(&request.output),
        notice.societies.len()
    ));
    Ok(false)
}

/// What the issuer says; what stands on the paper must be there.
fn said(request: &Publish, kind: Kind) -> Result<Said, Error> {
    let clean = |text: &str| {
        let clean: String = text.chars().filter(|one| !is_unseen(*one)).collect();
        clean.trim().to_owned()
    };
    let contact = clean(request.contact.as_deref().unwrap_or_default());
    if kind == Kind::Proposed && contact.is_empty() {
        return Err(Error::Usage(
            "公示要用 --contact 写明联系人和联系方式。".to_owned(),
        ));
    }
    for (option, text) in [
        ("--scope", &request.scope),
        ("--basis", &request.basis),
        ("--issuer", &request.issuer),
    ] {
        if clean(text).is_empty() {
            return Err(Error::Usage(format!("{option} 不能是空的。")));
        }
    }
    Ok(Said {
        title: request
            .title
            .as_deref()
            .map(clean)
            .filter(|one| !one.is_empty()),
        issuer: clean(&request.issuer),
        scope: clean(&request.scope),
        basis: clean(&request.basis),
        days: request.days,
        contact,
    })
}
