//! 得分说明, 公示 and 发布, as typed.

use std::path::Path;

use jiff::civil::Date;

use super::args::{NoticeKind, Publish, Statement};
use super::{entry, load, name, output, refused, results, write};
use crate::cli::{received, say};
use crate::committee::objection::{self, Objections, Period};
use crate::committee::{Level, Verdict};
use crate::error::Error;
use crate::ground::{self, Ground};
use crate::ledger::Ledger;
use crate::model::unseen::is_unseen;
use crate::model::{SocietyId, day, says_nothing};
use crate::notice::{Kind, Notice, Said, page};
use crate::outcome::{Outcome, Society, hold};
use crate::papers;
use crate::publish;
use crate::rank::SocietyState;
use crate::report::data::json;
use crate::report::data::manifest::{Entry, Product};
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
    not_before(&verdict, request.date, kind)?;
    let objections = match kind {
        Kind::Proposed => None,
        Kind::Announced => match heard(request, &ground, &named, &mut inputs)? {
            Some(objections) => Some(objections),
            None => return Ok(true),
        },
    };
    let said = said(request, kind)?;
    let made = Notice::of(
        &ground,
        &verdict,
        kind,
        request.date,
        &said,
        objections.as_ref(),
    );
    if made.notice.societies.is_empty() {
        left_out(&made.left_out);
        say::line(&format!("没有可{}的，什么都没有写。", kind.label()));
        return Ok(true);
    }
    // Kept by the clerk, and no part of what is made public.
    let beside = request.output.parent().unwrap_or(Path::new(""));
    let beside = beside.join(format!("{}.xlsx", objection::FILE));
    let list = match made.notice.period {
        Some(period) if beside.exists() => {
            match List::of(&ground, &made.notice, period, &beside)? {
                Some(list) => list,
                None => return Ok(true),
            }
        }
        _ => List::New,
    };
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
        list.put(&beside, &papers::notice::objections(&ground, notice)?)?;
    }
    left_out(&made.left_out);
    if made.decided_before > 0 {
        say::line(&format!(
            "【请核实】以前审定的{}个没有再列入这次公示；还没有公示过的，加 --all 全部列入。",
            made.decided_before
        ));
    }
    say::line(&format!(
        "{stem}已写入“{}”：{}个。网页“{stem}.html”可以直接放到网站上，不需要别的文件。",
        name(&request.output),
        notice.societies.len()
    ));
    Ok(false)
}

/// Who is not in a notice, those of the same reason together.
fn left_out(left_out: &[(String, String)]) {
    let mut told: Vec<(&str, Vec<String>)> = Vec::new();
    for (society, why) in left_out {
        let named = format!("“{society}”");
        match told.iter_mut().find(|(one, _)| one == why) {
            Some((_, societies)) => societies.push(named),
            None => told.push((why, vec![named])),
        }
    }
    for (why, societies) in told {
        say::line(&format!("【请核实】不列{}：{why}。", societies.join("、")));
    }
}

/// The list of objections beside a 公示: by its days an award waits for the end of it.
enum List {
    /// There is none yet.
    New,
    /// There is one, of this 公示.
    Kept,
    /// There is one of an earlier 公示, as it was written then.
    Untouched(Vec<u8>),
}

impl List {
    /// The list that is there; none where somebody has filled in one of other days, which is said.
    fn of(
        ground: &Ground,
        notice: &Notice,
        period: Period,
        path: &Path,
    ) -> Result<Option<Self>, Error> {
        let (sheets, bytes) = ground::sheets_in(path)?;
        let mut faults = Vec::new();
        let before = Period::read(&sheets, &mut faults);
        if before == Some(period) {
            return Ok(Some(Self::Kept));
        }
        if let Some(before) = before {
            let earlier = Notice {
                date: before.first,
                period: Some(before),
                ..notice.clone()
            };
            if papers::notice::objections(ground, &earlier)? == bytes {
                return Ok(Some(Self::Untouched(bytes)));
            }
        }
        let why = before.map(|before| format!("上面的公示时间是{}", before.say()));
        let why = why.unwrap_or_else(|| faults.join("；"));
        refused(
            path,
            &[format!(
                "{why}，这次公示是{}；还用这份登记的，请把那一行改成“{}”，另起一份的，请把旧的移开或改名，再运行一次",
                period.say(),
                period.line()
            )],
        );
        say::line("没有公示，什么都没有写。");
        Ok(None)
    }

    /// Sees to it that there is one, which is `new` where nobody has filled one in.
    fn put(self, path: &Path, new: &[u8]) -> Result<(), Error> {
        let shown = path.display();
        match self {
            Self::Kept => say::line(&format!("已有“{shown}”，公示时间相同，没有改动。")),
            Self::Untouched(before) => {
                publish::replace(path, Some(&before), new)?;
                say::line(&format!(
                    "“{shown}”还没有填过，上面的公示时间已改成这一次的。"
                ));
            }
            Self::New => {
                super::put(path, new.to_vec())?;
                say::line(&format!("收到的异议请登记在“{shown}”。"));
            }
        }
        Ok(())
    }
}

/// Nothing is made public before it was decided: such a day is a slip.
fn not_before(verdict: &Verdict, on: Date, kind: Kind) -> Result<(), Error> {
    let decided = verdict.decided.meeting.day;
    if on >= decided {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "--date {on} 早于审定日期（{}），不能{}；请核对年月日。",
        day::say(decided),
        kind.label()
    )))
}

/// The objections to be heard before an award; none where they forbid it or cannot be read, which is said.
fn heard(
    request: &Publish,
    ground: &Ground,
    named: &dyn Fn(&str) -> Option<SocietyId>,
    inputs: &mut Vec<Entry>,
) -> Result<Option<Objections>, Error> {
    let Some(path) = &request.objections else {
        return Err(Error::Usage(
            "发布要用 --objections 给出公示时的异议登记；没有收到异议的，给空白的异议登记即可。"
                .to_owned(),
        ));
    };
    let (sheets, bytes) = ground::sheets_in(path)?;
    inputs.push(entry(path, &bytes));
    match Objections::read(ground.scheme.object(), named, &sheets, request.date) {
        Err(faults) => {
            refused(path, &faults);
            say::line("异议登记没有读通，什么都没有写。");
            Ok(None)
        }
        Ok(objections) => match objections.still_open() {
            Some(why) => {
                refused(path, &[format!("{why}，不能发布")]);
                Ok(None)
            }
            None => Ok(Some(objections)),
        },
    }
}

/// What the issuer says; what stands on the paper must be there.
fn said(request: &Publish, kind: Kind) -> Result<Said, Error> {
    let clean = |text: &str| {
        let clean: String = text.chars().filter(|one| !is_unseen(*one)).collect();
        clean.trim().to_owned()
    };
    let contact = clean(request.contact.as_deref().unwrap_or_default());
    // A telephone number will do.
    if kind == Kind::Proposed && !contact.contains(char::is_alphanumeric) {
        return Err(Error::Usage(
            "公示要用 --contact 写明联系人和联系方式。".to_owned(),
        ));
    }
    for (option, text) in [
        ("--scope", &request.scope),
        ("--basis", &request.basis),
        ("--issuer", &request.issuer),
    ] {
        if says_nothing(&clean(text)) {
            return Err(Error::Usage(format!(
                "{option} 要写明，不能是空的或“/”“无”之类。"
            )));
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
        all: request.all,
    })
}
